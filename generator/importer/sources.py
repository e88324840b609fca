"""Where raw articles lie: files, folders and standard input, as names and bytes."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from generator import fetch
from generator.content.text import MAX_BYTES
from generator.errors import ContentError, Problem, UsageError, warning
from generator.importer import sites
from generator.importer.decode import Decoded, decode
from generator.importer.sites import SiteFormat
from generator.records import Record, field, replace

STDIN = "-"

_LOADED = (
    "_files", "-Dateien", "_fichiers", "_archivos", "_arquivos", "_ficheiros", "_bestanden", "_file", "_pliki",
    "_filer", "_dosyalar",
)  # fmt: skip
"""How browsers end the name of the folder that they lay beside a saved page, for what the page loads."""

HEAD = 65_536
"""Bytes in which a format shows itself."""


_FETCHED = 32 * 1024 * 1024
"""Bytes of what is fetched, at most."""

_NUMBERED = re.compile(r".+\.\d{3}\.xml", re.IGNORECASE)
"""How WordPress.com names the files of an export: `site.wordpress.2026-11-23.000.xml`."""

Bring = Callable[[str], fetch.Brought]


def bring(url: str) -> fetch.Brought:
    """What lies at an address of the open internet."""
    return fetch.bring(url, most=_FETCHED, private=False)


class RawSource(Record, frozen=True, dict=True):
    """One raw file, opened when asked for.

    Attributes:
        place: As messages name it.
        name: The file's own name, for `source.name`.
        open: Gives its bytes from the beginning.
        size: In bytes; None where it is not a file.
        digest: Its SHA-256, where that is known already.
        columns: Which key of an article each column of a table is, where a person has said so: `{"Headline": "title"}`.
        folder: In which it lies, where it is a file.
        url: Where it was fetched; empty where it was not.
        bring: Fetches feeds that it names; None where nobody wants that.
        unpacked: The folder of an archive that a person has unpacked; it has no bytes then.
    """

    place: str
    name: str
    open: Callable[[], BinaryIO]
    size: int | None = None
    digest: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None
    url: str = ""
    bring: Bring | None = None
    unpacked: Path | None = None

    def loaded(self, name: str) -> Callable[[], BinaryIO] | None:
        """Opens what a saved page loads from the folder beside it (`page_files/boat.png`); None for all else."""
        folder, _, file = name.rpartition("/")
        if self.folder is None or folder not in _loaded_by(self.name):
            return None
        path = self.folder / folder / file
        real = path.is_file() and not path.is_symlink() and not path.parent.is_symlink()
        return partial(opened, str(path)) if real else None

    @cached_property
    def head(self) -> bytes:
        """Its first bytes, by which a format knows it."""
        with self.open() as file:
            return file.read(HEAD)

    @cached_property
    def data(self) -> bytes:
        """All of its bytes, for formats that hold one article, or few.

        Raises:
            ContentError: They are more than an article has.
        """
        with self.open() as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            cause = f"is larger than {MAX_BYTES} bytes, which no article is"
            raise ContentError(Problem(cause, "split it, a file for each article"))
        return data

    @cached_property
    def decoded(self) -> Decoded:
        """Its text and encoding.

        Raises:
            ContentError: It is too large, or no text.
        """
        return decode(self.data, mend=True)

    @cached_property
    def sha256(self) -> str:
        """Of all its bytes, hexadecimal."""
        if self.digest:
            return self.digest
        digest = hashlib.sha256()
        with self.open() as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
        return digest.hexdigest()


class SiteFolder(Record, frozen=True):
    """The folder of another generator's site, which is one source.

    Attributes:
        place: As messages name it.
        name: The folder's own name, for `source.name`.
        root: The folder.
        format: What reads it.
    """

    place: str
    name: str
    root: Path
    format: SiteFormat

    @property
    def sha256(self) -> str:
        """None: its articles have digests of their own."""
        return ""


class Unread(Record, frozen=True):
    """An input that gave no bytes, and why."""

    place: str
    problem: Problem


def read_all(
    inputs: Iterable[str], stdin: bytes | None, columns: Mapping[str, str], bring: Bring | None = None
) -> Iterator[RawSource | SiteFolder | Unread]:
    """Every source in the order given, folders by sorted name; one at a time, so that a large folder fits in memory.

    Args:
        inputs: Names of files and folders, addresses, and `-` for standard input.
        stdin: What standard input held.
        columns: See RawSource.
        bring: See RawSource.

    Raises:
        UsageError: `-` is among the inputs and there is no standard input.
    """
    for given in inputs:
        if is_address(given):
            yield fetched(given, bring)
        elif given != STDIN:
            for place in _files(given):
                found = _read(place, columns) if isinstance(place, str) else place
                yield replace(found, bring=bring) if isinstance(found, RawSource) else found
        elif stdin is None:
            raise UsageError(Problem("`-` means standard input, and there is none", "name a file or a folder"))
        else:
            yield RawSource("stdin", "stdin", partial(BytesIO, stdin), columns=columns)


def is_address(given: str) -> bool:
    """Whether an input is an address of the web."""
    return given.lower().startswith(("http://", "https://"))


def fetched(url: str, bring: Bring | None) -> RawSource | Unread:
    """What lies at an address, where it may be asked."""
    place = printable(url)
    host, at, _ = url.partition("/")[2].lstrip("/").partition("/")[0].rpartition("@")
    if at:
        place = place.replace(f"{host}@", "…@")
        fix = "save the feed as a file, and import that"
        return Unread(place, Problem("has a name or password in it, which is never sent", fix, place))
    if bring is None:
        fix = "add --fetch to have it fetched, or save the feed as a file and import that"
        return Unread(place, Problem("is an address of the web, and nothing is fetched unless you say so", fix, place))
    brought = bring(url)
    if not brought.data:
        cause = f"cannot be fetched: {brought.fault or 'it is empty'}"
        return Unread(place, Problem(cause, "check the address, or save the feed as a file and import that", place))
    name = printable(urlsplit(brought.url).hostname or "")
    return RawSource(place, name, partial(BytesIO, brought.data), len(brought.data), url=brought.url, bring=bring)


Walked = str | RawSource | Unread
"""A file's name, an archive that was unpacked, or what is wrong."""


def _files(given: str) -> Iterator[Walked | SiteFolder]:
    """The files that an input means, or the one site that a folder is."""
    path = Path(given)
    if not path.is_dir():
        yield given
        return
    if known := sites.find(path):
        yield SiteFolder(printable(given), printable(path.resolve().name), path, known)
        return
    found = False
    for place in _walk(given.rstrip("/") or "/"):
        found = True
        yield place
    if not found:
        place = printable(given)
        yield Unread(place, warning("holds no files", "name a folder with articles", place))


def _walk(folder: str) -> Iterator[Walked]:
    """Files below a folder, sorted; hidden ones and what saved pages load are passed over, links are not followed."""
    if _was_archive(Path(folder)):
        yield RawSource(printable(folder), printable(Path(folder).resolve().name), BytesIO, unpacked=Path(folder))
        return
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield _unreadable(folder, error)
        return
    loaded = {beside for entry in found for beside in _loaded_by(entry.name)}
    for entry in found:
        place = f"{folder.rstrip('/')}/{entry.name}"
        if entry.name.startswith(".") or (entry.name in loaded and entry.is_dir()):
            continue
        if entry.is_symlink():
            cause = "is a link, which is not followed inside a folder"
            yield Unread(printable(place), warning(cause, "name the file itself", printable(place)))
        elif entry.is_dir():
            yield from _walk(place)
        elif entry.is_file():
            yield place


def _was_archive(folder: Path) -> bool:
    """Whether a folder is what an archive unpacks to: of Substack, Medium or WordPress.com, or Takeout's of a blog."""
    posts = folder / "posts"
    try:
        if _is_numbered(folder):
            return True
        if (folder / "Blogger/Blogs").is_dir():
            return any((folder / "Blogger/Blogs").glob("*/feed.atom"))
        pages = sorted(posts.glob("*.html")) if posts.is_dir() and not posts.is_symlink() else []
        if not pages or (folder / "posts.csv").is_file():
            return any(page.name[0].isdigit() for page in pages)
        with pages[0].open("rb") as file:
            return b"h-entry" in file.read(HEAD)
    except OSError:
        return False


def _is_numbered(folder: Path) -> bool:
    """Whether a folder holds the numbered files of one WordPress export, and nothing else."""
    names = sorted(file.name for file in folder.iterdir() if not file.name.startswith("."))
    if len(names) < 2 or not all(map(_NUMBERED.fullmatch, names)):
        return False
    with (folder / names[0]).open("rb") as file:
        return b"wordpress.org/export/" in file.read(HEAD)


def _loaded_by(name: str) -> frozenset[str]:
    """The folders that may hold what a saved page loads."""
    stem, _, end = name.rpartition(".")
    return frozenset(f"{stem}{own}" for own in _LOADED) if end.lower() in ("html", "htm") else frozenset()


def _read(given: str, columns: Mapping[str, str]) -> RawSource | Unread:
    path = Path(given)
    try:
        seen = path.stat()
        if not stat.S_ISREG(seen.st_mode):  # a device may never end, a pipe is empty when it is read again
            fix = "name a file or a folder, or give the text on standard input, as `-`"
            return Unread(printable(given), Problem("is no regular file", fix, printable(given)))
        name, size = printable(path.name), seen.st_size
        source = RawSource(printable(given), name, partial(opened, given), size, columns=columns, folder=path.parent)
        _ = source.head
    except FileNotFoundError:
        problem = Problem("there is no such file or folder", "check the name", printable(given))
        return Unread(printable(given), problem)
    except OSError as error:
        return _unreadable(given, error)
    return source


def opened(path: str) -> BinaryIO:
    """A file for reading."""
    return Path(path).open("rb")


def _unreadable(given: str, error: OSError) -> Unread:
    place = printable(given)
    return Unread(place, Problem(f"cannot be read: {error.strerror or error}", "check its permissions", place))


def printable(name: str) -> str:
    """A file's name as text: what is no character of a message becomes a question mark."""
    text = name.encode("utf-8", "replace").decode()
    return "".join(char if char.isprintable() else "?" for char in text)

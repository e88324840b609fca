"""Pictures and other files that articles bring along, or that are fetched for them, below `content/images/`."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from generator import content, fetch
from generator.errors import Problem, warning
from generator.importer.addresses import is_absolute, key
from generator.importer.articles import Article, Media
from generator.importer.place import make_folder
from generator.permalinks import slugify
from generator.records import Record, field
from generator.writer import replace_file

FOLDER = "images"
LARGEST = 32 * 1024 * 1024
"""Bytes of one file."""

_KINDS: tuple[tuple[re.Pattern[bytes], tuple[str, ...]], ...] = (
    (re.compile(rb"\xff\xd8\xff"), (".jpg", ".jpeg")),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), (".png",)),
    (re.compile(rb"GIF8[79]a"), (".gif",)),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), (".webp",)),
    (re.compile(rb"....ftypavi[fs]", re.DOTALL), (".avif",)),
    (re.compile(rb"%PDF-"), (".pdf",)),
    (re.compile(rb"ID3|\xff[\xfb\xf3\xf2]"), (".mp3",)),
    (re.compile(rb"....ftypM4A", re.DOTALL), (".m4a",)),
    (re.compile(rb"....ftyp", re.DOTALL), (".mp4", ".m4v", ".mov")),
    (re.compile(rb"OggS"), (".ogg", ".oga", ".ogv", ".opus")),
    (re.compile(rb"\x1a\x45\xdf\xa3"), (".webm",)),
)
"""What may be published from an import, by its first bytes: nothing that a browser would run, as it would an SVG."""

SUFFIXES = tuple(suffix for _, suffixes in _KINDS for suffix in suffixes)

Bring = Callable[[str], fetch.Brought]


class Shown(Record):
    """What becomes of the pictures of an article.

    Attributes:
        brought: New addresses by old ones, as `addresses.key` spells them.
        written: Files that were made.
        problems: Pictures that are not there.
    """

    brought: dict[str, str] = field(default_factory=dict)
    written: int = 0
    problems: list[Problem] = field(default_factory=list)

    def new(self, address: str) -> str | None:
        """The new address for an old one."""
        return self.brought.get(key(address)) if address and self.brought else None


class Pictures:
    """Brings files.

    Args:
        root: The site's folder.
        bring: Fetches from other hosts; None where nobody wants that.
        dry: Write nothing.
    """

    def __init__(self, root: Path, bring: Bring | None, *, dry: bool) -> None:
        self._root = root
        self._bring = bring
        self._dry = dry
        self._failed: dict[str, str] = {}

    def of(self, article: Article) -> Shown:
        """Write what an article brings along."""
        shown = Shown()
        folder = _folder(article)
        for media in article.media:
            if media.open is not None:
                self._keep(media, folder, shown)
        return shown

    def _keep(self, media: Media, folder: str, shown: Shown) -> None:
        name = media.address[:300]
        try:
            with media.open() as file:  # type: ignore[misc]  # `of` has asked
                data = file.read(LARGEST + 1)
            path = self._place(data, media.address, folder, None, shown)
        except Exception as error:  # noqa: BLE001  # whatever a broken archive brings up, it is this picture's fault alone
            cause = f"has a file that cannot be brought along: {name}: {getattr(error, 'strerror', None) or error}"
            shown.problems.append(warning(cause, "add it by hand"))
            return
        shown.brought[key(media.address)] = f"/{path}"

    def fetched(self, address: str, original: str, article: Article, shown: Shown) -> str | None:
        """Bring a picture from another host; its new address."""
        if self._bring is None or not is_absolute(address):
            return None
        url = original or address
        folder, digest = _folder(article), hashlib.sha256(key(url).encode()).hexdigest()[:8]
        if not (path := self._there(url, folder, digest)):
            brought = self._asked(url)
            if not brought.data:
                cause = f"has a picture that cannot be fetched: {url[:300]}: {brought.fault or 'it is empty'}"
                shown.problems.append(warning(cause, "its address stays; add the picture by hand"))
                return None
            try:
                path = self._place(brought.data, url, folder, digest, shown)
            except (OSError, ValueError) as error:
                shown.problems.append(
                    warning(f"has a picture that cannot be kept: {url[:300]}: {error}", "add it by hand")
                )
                return None
        shown.brought[key(address)] = f"/{path}"
        return f"/{path}"

    def _asked(self, url: str) -> fetch.Brought:
        if fault := self._failed.get(url):
            return fetch.Brought(fault=fault)
        brought = self._bring(url) if self._bring else fetch.Brought(fault="nobody asked for it")
        if not brought.data and len(self._failed) < 10_000:
            self._failed[url] = brought.fault or "it is empty"
        return brought

    def _there(self, address: str, folder: str, digest: str) -> str:
        """The file in which a picture was kept by an earlier import; empty where it was not."""
        stem = f"{folder}/{_stem(address)}-{digest}"
        return next(
            (f"{stem}{end}" for end in SUFFIXES if (self._root / content.FOLDER / f"{stem}{end}").is_file()), ""
        )

    def _place(self, data: bytes, address: str, folder: str, digest: str | None, shown: Shown) -> str:
        """Write a file under a name that is free, or is its own already; the path below `content/`.

        Raises:
            OSError: The system refused.
            ValueError: It is none that may be published.
        """
        suffix = _suffix(data, address)
        stem = f"{folder}/{_stem(address)}" + (f"-{digest}" if digest else "")
        for name in (f"{stem}{suffix}", f"{stem}-{hashlib.sha256(data).hexdigest()[:12]}{suffix}"):
            target = self._root / content.FOLDER / name
            if not os.path.lexists(target):
                if not self._dry:
                    make_folder(self._root, f"{content.FOLDER}/{name}")
                    replace_file(target, data)
                shown.written += 1
                return name
            if target.is_file() and not target.is_symlink() and target.read_bytes() == data:
                return name
        raise ValueError("its name is taken")


def _suffix(data: bytes, address: str) -> str:
    """The suffix of a file, by what it is.

    Raises:
        ValueError: It is none that may be published.
    """
    if len(data) > LARGEST:
        raise ValueError(f"is larger than {LARGEST} bytes")
    written = PurePosixPath(_path(address)).suffix.lower()
    for pattern, suffixes in _KINDS:
        if pattern.match(data):
            return written if written in suffixes else suffixes[0]
    raise ValueError("is no picture, sound, film or PDF")


def _stem(address: str) -> str:
    """A safe name for what lies at an address."""
    name = unquote(_path(address)).rstrip("/").rpartition("/")[2]
    return slugify(PurePosixPath(name).stem or "picture", limit=80)


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _folder(article: Article) -> str:
    return f"{FOLDER}/{article.date.year:04}/{article.date.month:02}" if article.date else FOLDER

"""Where the addresses in articles lead: to another post by file name or id, to a file of ours, to a page of the site.

Resolved before rendering, so that an entry says all that its page depends on. What resolving asked for is remembered by
name, so that an article is looked at again only where an answer may have changed.
"""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from generator import codec, images
from generator.errors import Problem, Severity, similar
from generator.model.archive import Site
from generator.model.entry import Entry, Row, Traces
from generator.model.site import Absence, Reference, StaticFile
from generator.permalinks import PathError, href, out_path, site_path
from generator.records import Record, field, replace

_INSTEAD = "take the link out, or link to what took its place"


def names_of(entry: Entry) -> tuple[str, str]:
    """What others may ask for when they link to a document."""
    return _nfc(entry.source), f"id:{entry.id}"


def names_of_file(file: StaticFile) -> tuple[str, str]:
    """What articles may ask for when they link to a file."""
    return _nfc(file.source), f"/{file.out_path}"


def check(rows: Iterable[Row], planned: Collection[str], gone: Collection[str] = ()) -> Iterator[Problem]:
    """The links that lead nowhere, or to what is gone.

    Args:
        rows: All published documents.
        planned: All output paths.
        gone: Of these, the ones at which something was withdrawn or has expired.
    """
    guesses = 0
    for row in rows:
        yield from row.lost
        for url, problem in _doubts(row):
            paths = {out_path(url), out_path(f"{url.rstrip('/')}/")}
            if paths.intersection(gone):
                cause = f"the link {url!r} leads to what was withdrawn or has expired"
                yield replace(problem, cause=cause, fix=_INSTEAD, severity=Severity.WARNING)
            elif not paths & planned:  # type: ignore[operator]
                guesses += 1
                near = similar(out_path(url), planned, 0.8) if guesses < 20 else []
                fix = f"did you mean /{near[0].removesuffix('index.html')}?" if near else "check the path; case counts"
                yield replace(problem, fix=fix)


def _doubts(row: Row) -> Iterator[tuple[str, Problem]]:
    """Addresses of which only the plan knows whether there is a page: site path, and the problem if there is none."""
    if row.entry is None or not (traces := row.traces).unsure:
        return
    for place, url in traces.unsure:
        target, line = traces.picture if traces.picture and place < 0 else traces.mentions[place]
        absent = "is no page of the site" if target.startswith("/") else "leads to an author who has no page"
        yield url or target, _lost(row.entry, target, line, absent)


_TAIL = re.compile("[?#]")


class _Found(Record):
    """What was met on the way through one article; `place` is where it is now, as in Traces.unsure."""

    lookups: dict[str, None] = field(default_factory=dict)
    lost: list[Problem] = field(default_factory=list)
    unsure: list[tuple[int, str]] = field(default_factory=list)
    place: int = -1


class Finder:
    """Looks addresses up in a site.

    Args:
        root: The site's folder, for measuring pictures.
        site: Posts, pages and files with their places.
        base_path: The base URL's own path, which every root-relative URL begins with.
    """

    def __init__(self, root: Path, site: Site, base_path: str) -> None:
        self._site = site
        self._base_path = base_path
        self._found = _Found()
        self._file_found = ""
        self._guesses = 0
        self._measured: dict[str, tuple[int, int]] = {}
        self._size: Callable[[str], tuple[int, int] | None] = cache(lambda source: images.size(root / source))
        self._length: Callable[[str], int] = cache(lambda source: (root / source).stat().st_size)

    def _document_of(self, source: str) -> Entry | None:
        number = self._site.numbers.get(source)
        return None if number is None else self._site.documents[number]

    @cached_property
    def _by_id(self) -> dict[str, Entry]:
        return {entry.id: entry for entry in (*self._site.posts, *self._site.pages)}

    @cached_property
    def _files(self) -> dict[str, StaticFile]:
        return {file.source: file for file in self._site.files}

    @cached_property
    def _sources_by_url(self) -> dict[str, str]:
        return {f"/{file.out_path}": file.source for file in self._site.files}

    @cached_property
    def _absent(self) -> dict[str, str]:
        return {item.source: item.why for item in self._site.unpublished}

    @cached_property
    def _real_names(self) -> dict[str, str]:
        return {_nfc(name): name for name in (*self._absent, *self._files, *self._site.numbers)}

    @property
    def files(self) -> dict[str, StaticFile]:
        """The site's files by their sources."""
        return self._files

    def file_of(self, source: str, target: str) -> str | None:
        """The source of the file that an address in the document `source` means; None where it means none."""
        with contextlib.suppress(ValueError):  # PathError is one too
            path = unquote(_TAIL.split(target, maxsplit=1)[0], errors="strict")
            if path.startswith("/"):
                return self._sources_by_url.get(site_path(path))
            joined = _nfc(_join(source, path))
            name = self._real_names.get(joined, joined)
            return name if name in self._files else None
        return None

    def resolved(self, row: Row, before: Entry | None = None) -> Row:
        """The row of a published document with every address of its body and its lead picture looked up.

        It is the same one where there is nothing to look up.

        Args:
            row: The row.
            before: What it was when the site's files were the same, so that no picture need be measured again.
        """
        entry, traces = row.entry, row.traces
        self._measured = _sizes(before) if before else {}
        if entry is None or not (traces.mentions or traces.picture):
            return row
        self._found = _Found()
        found = []
        for place, (target, line) in enumerate(traces.mentions):
            self._found.place = place
            found.append(self._find(entry, target, line))
        self._file_found, self._found.place = "", -1
        picture = self._picture(entry, *traces.picture) if traces.picture else None
        codec.put(entry, length=self._length(self._file_found) if picture and self._file_found else None)
        _lead(entry, traces, tuple([reference for reference in found if reference]), picture)
        packed = replace(traces, unsure=tuple(self._found.unsure)).pack()
        return replace(row, lookups=tuple(self._found.lookups), lost=tuple(self._found.lost), packed=packed)

    def _find(self, post: Entry, target: str, line: int) -> Reference | None:
        """Where `target` in the body of `post` leads; a Problem is noted where it leads nowhere."""
        if target.startswith("id:"):
            return self._by_identity(post, target, line)
        try:
            written = _TAIL.split(target, maxsplit=1)[0]
            path = unquote(written, errors="strict")
        except ValueError:
            return self._lose(post, target, line, "is no URL", "percent-encode what is not ASCII as UTF-8")
        tail = target[len(written) :]
        if not path:
            return None
        if path.startswith("/"):
            return self._absolute(post, target, line, written, tail)
        return self._relative(post, target, line, path, tail)

    def _relative(self, post: Entry, target: str, line: int, path: str, tail: str) -> Reference | None:
        joined = _join(post.source, path)
        self._ask(_nfc(joined))
        source = joined if joined in self._site.numbers else self._real_names.get(_nfc(joined), joined)
        if other := self._document_of(source):
            return self._document(target, other, tail)
        if source in self._files:
            return self._file(target, source, tail)
        return self._lose(post, target, line, *self._why(source, post))

    def _document(self, target: str, other: Entry, tail: str) -> Reference:
        """Another document's page; that of an author file is planned only where authors have lists."""
        if other.profile:
            self._found.unsure.append((self._found.place, other.url))
        return Reference(target, href(other.url, self._base_path) + tail)

    def _picture(self, post: Entry, src: str, line: int) -> Reference | None:
        """The lead picture of a post, measured."""
        if urlsplit(src).scheme:
            return Reference(src, src)
        found = self._find(post, src, line)
        if found and PurePosixPath(src).suffix.lower() not in images.SUFFIXES:
            fix = f"pictures end in {', '.join(sorted(images.SUFFIXES))}"
            return self._lose(post, src, line, "is no picture", fix)
        return found

    def _by_identity(self, post: Entry, target: str, line: int) -> Reference | None:
        identity, mark, fragment = target.removeprefix("id:").partition("#")
        self._ask(f"id:{identity}")
        if other := self._by_id.get(identity):
            return Reference(target, href(other.url, self._base_path) + mark + fragment)
        return self._lose(post, target, line, "names no post on the site", "check the id, or link by file name")

    def _absolute(self, post: Entry, target: str, line: int, path: str, tail: str) -> Reference | None:
        try:
            url = site_path(path)
        except PathError as error:
            return self._lose(
                post, target, line, f"cannot be a page: it {error}", "write the path as the page's own address has it"
            )
        self._ask(url)
        if source := self._sources_by_url.get(url):
            return self._file(target, source, tail)
        self._found.unsure.append((self._found.place, "" if url == target else url))
        return Reference(target, href(url, self._base_path) + tail)

    def _file(self, target: str, source: str, tail: str) -> Reference:
        self._file_found = source
        url = href(f"/{self._files[source].out_path}", self._base_path) + tail
        if PurePosixPath(source).suffix.lower() not in images.SUFFIXES:
            return Reference(target, url)
        width, height = self._measured.get(url) or self._size(source) or (None, None)
        return Reference(target, url, width, height)

    def _why(self, source: str, post: Entry) -> tuple[str, str]:
        """Cause and way out for a file that is not on the site."""
        if (why := self._absent.get(source)) == Absence.WITHDRAWN:
            return "was withdrawn", _INSTEAD
        if why == Absence.EXPIRED:
            return "has expired", _INSTEAD
        if why:
            return f"is not published ({why})", "link to it once it is, or take the link out"
        if not source.startswith("content/"):
            return "leads out of content/", "move the file below content/"
        ending = PurePosixPath(source).suffix.lower()
        alike = [name for name in (*self._site.numbers, *self._files) if name.lower().endswith(ending)]
        self._guesses += 1  # a comparison with all is dear, so only for the first problems of a site
        if near := similar(source, set(alike) - {post.source}) if self._guesses < 20 else []:
            return "leads to no file", f"did you mean {_relative(near[0], post.source)}?"
        return "leads to no file", "paths count from the article's own folder; begin with / for the site's root"

    def _lose(self, post: Entry, target: str, line: int, cause: str, fix: str) -> Reference | None:
        self._found.lost.append(_lost(post, target, line, cause, fix))
        return None

    def _ask(self, name: str) -> None:
        self._found.lookups[name] = None


def _sizes(entry: Entry) -> dict[str, tuple[int, int]]:
    """The sizes of pictures that a document shows, by their addresses."""
    met = (*entry.references, *([entry.image] if entry.image else []))
    return {found.url: (found.width, found.height) for found in met if found.width and found.height}


def _lead(entry: Entry, traces: Traces, references: tuple[Reference, ...], picture: Reference | None) -> None:
    """Note where the links and the picture of a document lead; in place, since the site's groups hold it already."""
    card, story = traces.bare
    if picture:
        card = codec.digest(card, codec.of(picture))
    if references or picture:
        story = codec.digest(story, codec.of(references, picture))
    codec.put(entry, references=references, image=picture, card=card, story=story)


def _lost(post: Entry, target: str, line: int, cause: str, fix: str = "") -> Problem:
    return Problem(f"the link {target!r} {cause}", fix, post.source, line)


def _nfc(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _join(source: str, path: str) -> str:
    """`path` from the folder of `source`, without `..`; what climbs too high keeps a leading `..`."""
    parts: list[str] = list(PurePosixPath(source).parent.parts)
    for part in PurePosixPath(path).parts:
        if part == "..":
            if not parts:
                return f"../{path}"
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def _relative(source: str, start: str) -> str:
    """`source` as a link in the article `start` would name it."""
    here, there = PurePosixPath(start).parent.parts, PurePosixPath(source).parts
    common = 0
    while common < min(len(here), len(there) - 1) and here[common] == there[common]:
        common += 1
    return "/".join((*[".."] * (len(here) - common), *there[common:]))

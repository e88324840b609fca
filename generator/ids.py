"""Ids of documents that write none: which they are, and how to write them in, byte by byte beside what is there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from generator import config, content, ledger, site
from generator.build import books
from generator.build.request import BuildRequest
from generator.build.session import Session
from generator.content import Parsed
from generator.errors import ContentError, OutputError, Problem, UsageError
from generator.ledger import Nameless
from generator.model.document import Document, Kind
from generator.records import Record, replace
from generator.writer import replace_file

_LINE_END = re.compile(rb"\r\n|\r|\n")
_BOM = b"\xef\xbb\xbf"


class Found(Record, frozen=True):
    """Documents that write no id.

    Attributes:
        ids: The id that each has, by its path.
        problems: Documents that cannot be read, so that nobody knows.
    """

    ids: Mapping[str, str]
    problems: tuple[Problem, ...]


def find(request: BuildRequest, wanted: Iterable[str]) -> Found:
    """The documents of a site that write no id, each with the one that a build gives it.

    Args:
        request: Which site, and when.
        wanted: Files and folders to look at, relative to where one is; none for all.

    Raises:
        UsageError: One of them is not there, or is none of the site's.
        LedgerError: The ledger is broken.
    """
    root = request.root
    settings = config.load(root, request.overrides)
    within = [_place(root, name) for name in wanted]
    scanned = content.scan(root)
    known = books.opened(request, scanned, Session())
    nameless: list[Nameless] = []
    named: set[str] = set()
    problems: list[Problem] = []
    terms, view = site.Terms(settings), site.View(request.now)
    for source in scanned.documents.names:
        try:
            document = _read(root, source)
            if document.kind is Kind.AUTHOR:
                continue
            if document.front.id:
                named.add(document.front.id)
            else:
                nameless.append(_nameless(document, settings, terms, view))
        except ContentError as error:
            problems += [problem for problem in error.problems if _is_within(source, within)]
    sources = [*scanned.documents.names, *scanned.failed]
    given = {document.source: document.derived for document in nameless}
    if known:
        given = ledger.identities(known, nameless, named, sources)
    return Found(
        {source: identity for source, identity in sorted(given.items()) if _is_within(source, within)}, tuple(problems)
    )


def _place(root: Path, name: str) -> str:
    """A file or folder as a path below the site's folder."""
    path = Path(name)
    for candidate in (path, root / name):
        if candidate.exists() and candidate.resolve().is_relative_to(root.resolve()):
            return candidate.resolve().relative_to(root.resolve()).as_posix()
    fix = "name an article or a folder below content/" if path.exists() else "check the path"
    raise UsageError(Problem(f"{name} is {'none of the site' if path.exists() else 'not there'}", fix))


def _is_within(source: str, within: list[str]) -> bool:
    return not within or any(place in ("", ".") or f"{source}/".startswith(f"{place}/") for place in within)


def _read(root: Path, source: str) -> Document:
    """A document.

    Raises:
        ContentError: It cannot be read.
    """
    try:
        parsed = content.parse((root / source).read_bytes(), source)
    except OSError as error:
        raise ContentError(Problem(f"cannot be read: {error.strerror}", "check its permissions", source)) from error
    if parsed.document is None:
        raise ContentError(*parsed.problems)
    return parsed.document


def _nameless(document: Document, settings: config.Settings, terms: site.Terms, view: site.View) -> Nameless:
    derived = ledger.derived_id(document.path)
    site.resolve(document, settings, terms, view, derived)  # what has no date, say, has no id either
    return Nameless(document.path, derived, *site.known_by(document, settings, terms, view))


def write(root: Path, ids: Mapping[str, str]) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Write ids into their files; those that were written, and what kept the others from it.

    A file is replaced as a whole, and only where it means the same as before but for its id.

    Raises:
        OutputError: The system refused; that file and those after it are as they were.
    """
    written: dict[str, str] = {}
    problems: list[Problem] = []
    for source, identity in ids.items():
        path = root / source
        data = path.read_bytes()
        new = None if path.is_symlink() else with_id(data, source, identity)
        if new is None:
            fix = f"add it by hand: `id: {identity}`; a link needs it in the file to which it leads"
            problems.append(Problem("cannot have its id written without touching more", fix, source, 1))
            continue
        try:
            mode = path.stat().st_mode
            replace_file(path, new)
            path.chmod(mode)
        except OSError as error:
            cause = f"cannot be written: {error.strerror or error}"
            raise OutputError(Problem(cause, "check space and permissions", source)) from error
        written[source] = identity
    return written, tuple(problems)


def with_id(data: bytes, source: str, identity: str) -> bytes | None:
    """A file's bytes with an id among its front matter and no other change; None where that cannot be done safely."""
    before = content.parse(data, source)
    if before.document is None or before.document.front.id:
        return None
    for at, line in _candidates(data, before.document, identity):
        new = data[:at] + line.encode() + data[at:]
        if _is_same(before, content.parse(new, source), identity):
            return new
    return None


def _candidates(data: bytes, document: Document, identity: str) -> Iterator[tuple[int, str]]:
    """Places for an id and what to put there, the best first; whether they are sound is for others to say."""
    start = len(data) - len(data.removeprefix(_BOM).lstrip(b"\r\n \t"))
    opening = data[start : start + 3]
    if opening[:1] == b"{":
        gap = re.compile(rb"[\r\n \t]*").match(data, start + 1)
        blank = gap[0].decode() if gap else ""
        yield start + 1 + len(blank), f'"id": "{identity}",{blank or " "}'
        return
    form = "id = {}" if opening == b"+++" else "id: {}"
    values = [f'"{identity}"'] if opening == b"+++" else [identity, f"'{identity}'"]
    ends = [match.end() for match in _LINE_END.finditer(data)]
    mark = _LINE_END.search(data)
    end = mark[0].decode() if mark else "\n"
    first = sum(at <= start for at in ends) + 1
    lines = document.lines
    for line in (lines.get("date"), lines.get("title"), first):
        if line is not None and line <= len(ends):
            for value in values:
                yield ends[line - 1], form.format(value) + end


def _is_same(before: Parsed, after: Parsed, identity: str) -> bool:
    """Whether two readings of a file differ in nothing but the id of the second."""
    old, new = before.document, after.document
    if old is None or new is None or len(before.problems) != len(after.problems):
        return False
    return new.front == replace(old.front, id=identity) and new.body == old.body

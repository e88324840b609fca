"""The folder `content/`: which file is an article, which a page, which is copied, and which is none of ours."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.content import fields, matter
from generator.content.text import decode
from generator.errors import ContentError, Problem, Severity, UsageError, warning
from generator.model.document import Document, Kind
from generator.model.site import StaticFile
from generator.permalinks import segment_fault

FOLDER = "content"
_NEVER = re.compile(r"(.*~|#.*#|.*\.(pem|key|swp|swo|tmp|bak|orig)|thumbs\.db|desktop\.ini)", re.IGNORECASE)
"""Files of editors and systems, and keys: never published, whatever folder they lie in."""

_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\\\\]")
"""What a URL or a message cannot carry: control characters, ends of lines, bytes that are not UTF-8; a backslash."""


@dataclass(slots=True)
class Loaded:
    """What the folder holds.

    Attributes:
        documents: Every article and page that could be read, by path.
        files: All other files, by path; `out_path` is their place below `content/`.
        failed: Paths of articles with an error.
        problems: Of all files.
    """

    documents: list[Document] = field(default_factory=list)
    files: list[StaticFile] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Parsed:
    """One article read: the document, unless a problem is an error, and what was found."""

    document: Document | None
    problems: tuple[Problem, ...]


def load(root: Path) -> Loaded:
    """Read all of `content/` below the site's folder `root`; problems of files are gathered, never raised.

    Raises:
        UsageError: `content/` is a link, so what would be published lies who knows where.
    """
    loaded = Loaded()
    top = root / FOLDER
    if top.is_symlink():
        raise UsageError(Problem("is a link, which is not followed", "make it a folder of the site's own", FOLDER))
    if not top.is_dir():
        loaded.problems.append(warning("there is no folder content/", "`dateline new TITLE` makes the first post"))
        return loaded
    for name in _walk(top, "", loaded.problems):
        path = f"{FOLDER}/{name}"
        if fault := _name_fault(name):
            loaded.problems.append(replace(fault, path=path))
            loaded.failed += _unusable_index(path)
        elif not name.endswith(".md"):
            loaded.files.append(StaticFile(path, unicodedata.normalize("NFC", name)))
        else:
            parsed = _read(root / path, path)
            loaded.problems.extend(parsed.problems)
            if parsed.document:
                loaded.documents.append(parsed.document)
            else:
                loaded.failed.append(path)
    return loaded


def _unusable_index(path: str) -> list[str]:
    """The index that a file was meant to be: files beside it stay off the site, as its article does."""
    folder, _, name = path.rpartition("/")
    return [f"{folder}/index.md"] if name.lower().startswith("index.") else []


def _name_fault(name: str) -> Problem | None:
    """Why a file below `content/` would be lost, or not go on every system, under its name."""
    if re.search(r"\.(md|markdown|mdown|mkdn?)$", name, re.IGNORECASE) and not name.endswith(".md"):
        return Problem("is no article to Dateline, by its name", "end the name in .md, in small letters")
    if name.endswith(".md"):
        return None  # its name becomes a slug
    for part in name.split("/"):
        if part != ".well-known" and (fault := segment_fault(part)):
            return Problem(f"has a name that cannot be published: it {fault}", "rename it")
    return None


def parse(data: bytes, path: str) -> Parsed:
    """An article from its bytes; `path` is relative to the site and says where it lies."""
    problems: list[Problem] = []
    try:
        text, problems = decode(data)
        found = matter.read(text)
    except ContentError as error:
        problems = [*problems, *error.problems]
        return Parsed(None, tuple(problem.at(path) for problem in problems))
    front, faults = fields.read(found.values, found.lines)
    problems = [replace(problem, path=path) for problem in (*problems, *faults)]
    if any(problem.severity is Severity.ERROR for problem in problems):
        return Parsed(None, tuple(problems))
    kind = Kind.PAGE if path.startswith(f"{FOLDER}/pages/") else Kind.POST
    return Parsed(Document(path, kind, front, found.body, found.body_line, dict(found.lines)), tuple(problems))


def _read(file: Path, path: str) -> Parsed:
    try:
        return parse(file.read_bytes(), path)
    except OSError as error:
        return Parsed(None, (Problem(f"cannot be read: {error.strerror}", "check its permissions", path),))


def _walk(top: Path, prefix: str, problems: list[Problem]) -> list[str]:
    """Names below `top` of the files that are content, sorted; links may not lead out of it."""
    names: list[str] = []
    try:
        with os.scandir(top / prefix) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        problems.append(Problem(f"cannot be read: {error.strerror}", "check its permissions", f"{FOLDER}/{prefix}"))
        return names
    for entry in found:
        name = f"{prefix}{entry.name}"
        if _is_hidden(entry.name, top_level=not prefix):
            continue
        if problem := _fault(top, prefix, entry):
            problems.append(problem)
        elif entry.is_dir():
            names.extend(_walk(top, f"{name}/", problems))
        elif entry.is_file():  # else it was an editor's temporary file, gone by now
            names.append(name)
    return names


def _fault(top: Path, prefix: str, entry: os.DirEntry[str]) -> Problem | None:
    """Why an entry of a folder cannot be published."""
    if _UNFIT.search(entry.name):
        return Problem(f"has a name that cannot be published: {entry.name!r}", "rename it", f"{FOLDER}/{prefix}")
    place = f"{FOLDER}/{prefix}{entry.name}"
    if entry.is_symlink() and (cause := _link_fault(top, f"{prefix}{entry.name}")):
        return Problem(cause, "copy the file instead", place)
    if not entry.is_dir() and not entry.is_file() and os.path.lexists(entry.path):
        return Problem("is not a regular file, so it is left out", "remove it", place)
    return None


def _is_hidden(name: str, *, top_level: bool) -> bool:
    if top_level and name == ".well-known":
        return False
    return name.startswith((".", "_")) or _NEVER.fullmatch(name) is not None


def _link_fault(top: Path, name: str) -> str | None:
    """Why a symbolic link is not followed, or None."""
    try:
        target = (top / name).resolve(strict=True)
        inner = target.relative_to(top.resolve())
    except (OSError, RuntimeError):
        return "is a link that leads nowhere"
    except ValueError:
        return "is a link that leads out of content/, so it is not published"
    if target.is_dir():
        return "is a link to a folder, which is not followed"
    if any(_is_hidden(part, top_level=False) for part in inner.parts):
        return "is a link to a file that is not content"
    return None

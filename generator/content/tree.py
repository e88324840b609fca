"""The folder `content/`: which file is an article, which a page, which is copied, and which is none of ours."""

from __future__ import annotations

import os
import re
from operator import attrgetter
from pathlib import Path

from generator.cache import stamps
from generator.cache.stamps import Stamp
from generator.cache.tables import Table
from generator.errors import ContentError, Problem, UsageError, VanishedError, warning
from generator.model.ledger import LEDGER
from generator.permalinks import segment_fault
from generator.records import Record, field, replace

FOLDER = "content"
DEEPEST = 100
"""How many folders may lie within one another; no page has so long an address, and Python ends at some 500."""

_NEVER = re.compile(
    r"(.*~|#.*#|.*\.(pem|key|p12|pfx|swp|swo|tmp|bak|orig|md\.new)|id_(rsa|dsa|ecdsa|ed25519)(_sk)?|thumbs\.db|desktop\.ini)",
    re.IGNORECASE,
)
"""Files of editors and systems, keys, and what an import lays beside an edited post: never published anywhere."""

_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\\\\]")
"""What a URL or a message cannot carry: control characters, ends of lines, bytes that are not UTF-8; a backslash."""

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*+\.md")
"""The name of an article with which nothing can be wrong, as nearly all have."""


class Found(Record):
    """What the folder holds, unread.

    Attributes:
        documents: Every article and page.
        files: All other files.
        ledger: The stamp of the ledger, which is neither; NONE where there is none.
        failed: Paths that are off the site whatever they hold.
        problems: Of names and links.
        linked: Some article may have two names, so that whoever edits one of the two edits both.
        edited: The only articles whose files may have changed since the last build; None where that is not known.
    """

    documents: Table = field(default_factory=Table)
    files: Table = field(default_factory=Table)
    ledger: Stamp = stamps.NONE
    failed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    linked: bool = False
    edited: list[str] | None = None


def scan(root: Path) -> Found:
    """Find all of `content/` below the site's folder `root`; problems of names are gathered, never raised.

    Raises:
        UsageError: `content/` is a link, so what would be published lies who knows where.
        ContentError: A folder cannot be read, so what is in it is not known.
        VanishedError: A folder went in the meantime.
    """
    found = Found()
    top = root / FOLDER
    if top.is_symlink():
        raise UsageError(Problem("is a link, which is not followed", "make it a folder of the site's own", FOLDER))
    if not top.is_dir():
        found.problems.append(warning("there is no folder content/", "`dateline new TITLE` makes the first post"))
        return found
    _walk(top, "", found)
    if not found.documents.names and not found.problems:
        found.problems.append(warning("content/ holds no article", "`dateline new TITLE` makes the first post"))
    return found


def _note(name: str, stamp: Stamp, found: Found) -> None:
    """Put one file where it belongs."""
    path = f"{FOLDER}/{name}"
    if path == LEDGER:
        found.ledger = stamp
    elif fault := _name_fault(name):
        found.problems.append(replace(fault, path=path))
        found.failed += [*_unusable_index(path), *([path] if name.endswith(".md") else [])]
    else:
        table = found.documents if name.endswith(".md") else found.files
        table.names.append(path)
        table.stamps.extend(stamp)


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


def _walk(top: Path, prefix: str, found: Found) -> None:
    """Note the files below `top` that are content, in the order of their names; links may not lead out of it."""
    try:
        with os.scandir(top / prefix) as entries:
            listed = sorted(entries, key=attrgetter("name"))
    except FileNotFoundError:
        raise VanishedError.of(f"{FOLDER}/{prefix}") from None
    except OSError as error:  # its pages are not gone: a fault of the machine is not an author's deletion
        place = f"{FOLDER}/{prefix}"
        raise ContentError(Problem(f"cannot be read: {error.strerror}", "check its permissions", place)) from error
    note, stamp, plain = found.documents.names.append, found.documents.stamps.extend, _PLAIN.fullmatch
    for entry in listed:
        try:
            if plain(entry.name) and entry.is_file(follow_symlinks=False):
                status = entry.stat()
                note(f"{FOLDER}/{prefix}{entry.name}")
                stamp((status.st_size, status.st_mtime_ns, status.st_ctime_ns))  # as stamps.of, for many
                found.linked |= status.st_nlink > 1
            elif not _is_hidden(entry.name, top_level=not prefix):
                _take(top, prefix, entry, found)
        except FileNotFoundError:  # it was an editor's temporary file, gone by now
            continue


def _take(top: Path, prefix: str, entry: os.DirEntry[str], found: Found) -> None:
    """Note an entry of a folder, whatever it is."""
    if problem := _fault(top, prefix, entry):
        found.problems.append(problem)
    elif entry.is_dir() and prefix.count("/") >= DEEPEST:
        cause = f"lies within {DEEPEST} other folders, so that nothing in it is read"
        found.problems.append(Problem(cause, "move it up", f"{FOLDER}/{prefix}{entry.name}"))
    elif entry.is_dir():
        _walk(top, f"{prefix}{entry.name}/", found)
    elif entry.is_file():
        status = entry.stat()
        found.linked |= _has_two_names(entry, status)
        _note(f"{prefix}{entry.name}", stamps.of(status), found)


def _has_two_names(entry: os.DirEntry[str], status: os.stat_result) -> bool:
    """Whether a file is an article under another name as well."""
    if entry.is_symlink():
        return os.path.realpath(entry.path).endswith(".md")
    return entry.name.endswith(".md") and status.st_nlink > 1


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

"""Which files an output folder has, and what in it is no file at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from generator.check.facts import Found
from generator.check.reading import LIMIT, is_read
from generator.records import Record, field
from generator.writer import MARKER


class Survey(Record):
    """An output folder from outside.

    Attributes:
        files: Every file, by path.
        readable: Those that are to be opened.
        found: What is no regular file, or cannot be used.
    """

    files: set[str] = field(default_factory=set)
    readable: list[str] = field(default_factory=list)
    found: list[tuple[str, Found]] = field(default_factory=list)


def survey(output: Path) -> Survey:
    """Look at each entry once; links are told, not followed.

    What at the top begins with a dot belongs to someone else (a `.git`), but for `.well-known`.
    """
    result = Survey()
    for name, entry in _entries(output, "", result):
        _look(name, entry, result)
    result.readable.sort()
    return result


def _entries(folder: Path, prefix: str, result: Survey) -> Iterator[tuple[str, os.DirEntry[str]]]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        result.found.append((prefix.rstrip("/"), refused(error)))
        return
    for entry in entries:
        if not prefix and (entry.name == MARKER or (entry.name.startswith(".") and entry.name != ".well-known")):
            continue
        name = f"{prefix}{entry.name}"
        if not _speakable(name):
            shown = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
            result.found.append((shown, Found("file-name", 0, "the file's name is no UTF-8")))
        elif entry.is_dir(follow_symlinks=False):
            yield from _entries(Path(entry.path), f"{name}/", result)
        else:
            yield name, entry


def _speakable(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _look(name: str, entry: os.DirEntry[str], result: Survey) -> None:
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError as error:
        result.found.append((name, refused(error)))
        return
    if not stat.S_ISREG(status.st_mode):
        what = "a symbolic link" if stat.S_ISLNK(status.st_mode) else "a pipe, socket or device"
        result.found.append((name, Found("file-irregular", 0, f"this is {what}, not a file")))
        return
    result.files.add(name)
    if not is_read(name):
        return
    if status.st_size > LIMIT:
        result.found.append((name, Found("file-size", 0, f"the file has {status.st_size:,} bytes")))
    else:
        result.readable.append(name)


def read(path: Path) -> tuple[bytes, os.stat_result]:
    """A file's bytes and status; never waits, should something else have taken the file's place.

    Raises:
        OSError: It is gone, is no regular file any more, or the system refused.
    """
    file = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(file, "rb") as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise OSError(0, "is no regular file", str(path))
        return stream.read(LIMIT + 1), status


def refused(error: OSError) -> Found:
    """What the system said."""
    return Found("file-unreadable", 0, f"the file cannot be read: {error.strerror or error}")

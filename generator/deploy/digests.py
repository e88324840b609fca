"""Digests of files in an output folder, remembered by size and times, so that only what changed is read again."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from generator import codec
from generator.cache import stamps
from generator.cache.stamps import Stamp
from generator.cache.state import FOLDER, folder_of, ready
from generator.errors import DeployError, Problem
from generator.records import Record, field
from generator.writer import MARKER, replace_file

_STYLE = re.compile(rb"<style[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
_VERSION = 1
_PAGES = (".html", ".htm")
_NEVER = re.compile(
    r"^\.(?!well-known$)|~$|^#.*#$|\.(pem|key|p12|pfx|swp|swo|tmp|bak|orig)$|^id_(rsa|dsa|ecdsa|ed25519)(_sk)?$",
    re.IGNORECASE,
)
"""Names of what is never published: hidden files and folders, keys, what editors leave behind."""


class Known(Record, frozen=True):
    """A file as it was when it was read.

    Attributes:
        stamp: Its size and times; the times are NONE's where they do not tell of every change.
        digest: SHA-256, in hexadecimal.
        styles: SHA-256 of each style sheet that a page has within, in Base64, as a policy for content wants it.
    """

    stamp: tuple[int, int, int]
    digest: str
    styles: tuple[str, ...] = ()


class _Book(Record):
    """What is remembered of an output folder."""

    version: int = _VERSION
    files: dict[str, Known] = field(default_factory=dict)


class Found(Record, frozen=True):
    """An output folder.

    Attributes:
        files: What is to be published, in the order of names.
        left_out: What is never published.
    """

    files: dict[str, Known]
    left_out: tuple[str, ...]


def look(root: Path, output: Path) -> Found:
    """Look at every file of an output folder.

    Args:
        root: The site's folder, in whose `.dateline/` digests are remembered.
        output: The built site.

    Raises:
        DeployError: Something there is no file, or cannot be read.
    """
    book = root / FOLDER / f"{folder_of(root, output).name}.digests"
    before, moment = _remembered(book), _moment(root)
    left_out: list[str] = []
    found: dict[str, Known] = {}
    try:
        for name, status in _entries(str(output), "", left_out):
            found[name] = _known(output, name, status, before.get(name), moment)
    except OSError as error:
        fix = "run `dateline build` first" if not output.exists() else "check its permissions"
        raise DeployError(Problem(f"{error.filename}: {error.strerror or error}", fix)) from error
    if found != before:
        replace_file(book, codec.to_json(_Book(files=found)))
    return Found(found, tuple(left_out))


def _remembered(book: Path) -> dict[str, Known]:
    try:
        found = codec.from_json(book.read_bytes(), _Book)
    except (OSError, codec.CodecError):
        return {}
    return found.files if found.version == _VERSION else {}


def _moment(root: Path) -> int:
    """Now, in nanoseconds, by the clock of the file system."""
    folder = root / FOLDER
    ready(folder)
    clock = folder / "clock"
    clock.touch()
    return clock.stat().st_mtime_ns


def _entries(folder: str, prefix: str, left_out: list[str]) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        name = f"{prefix}{entry.name}"
        if _NEVER.search(entry.name) or (prefix and entry.name.startswith(".")):
            if name != MARKER:
                left_out.append(name)
        elif entry.is_dir(follow_symlinks=False):
            yield from _entries(entry.path, f"{name}/", left_out)
        else:
            status = entry.stat(follow_symlinks=False)
            if not stat.S_ISREG(status.st_mode):
                raise OSError(0, "is a link or something else that is no file", entry.path)
            yield name, status


def _known(output: Path, name: str, status: os.stat_result, before: Known | None, moment: int) -> Known:
    stamp = stamps.of(status)
    if before is not None and before.stamp == tuple(stamp):
        return before
    data = (output / name).read_bytes()
    styles = tuple(dict.fromkeys(map(_hash, _STYLE.findall(data)))) if name.endswith(_PAGES) else ()
    kept = stamp if stamps.at_rest(stamp, moment) else Stamp(len(data), -1, -1)
    return Known((kept.size, kept.modified, kept.changed), hashlib.sha256(data).hexdigest(), styles)


def _hash(style: bytes) -> str:
    return base64.b64encode(hashlib.sha256(style).digest()).decode()

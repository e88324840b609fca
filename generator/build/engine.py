"""What besides a site's own files decides about the bytes of its pages."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from operator import attrgetter
from pathlib import Path

from generator import codec, installed
from generator.config import Settings

_LIBRARIES = ("babel", "jinja2", "markdown", "markupsafe", "msgspec", "nh3", "pillow", "pyyaml")


APART = frozenset({"check", "cli", "deploy", "diff", "fetch.py", "ids.py", "importer", "schedule.py", "server"})
"""Rooms beside and above this one, which no build imports: whatever they do, the bytes of pages are the same."""


@cache
def engine() -> bytes:
    """The digest of Dateline's code as far as a build runs it, the libraries that shape pages, and Python's release.

    By content, not by version number, so that a developer's edit counts and a fresh installation of the same does not.
    """
    own = [_read(path) for path in _sources(Path(__file__).parent.parent)]
    versions = " ".join(f"{name} {installed.version(name)}" for name in _LIBRARIES)
    return codec.digest(versions.encode(), sys.version.encode(), *own)


def _sources(package: os.PathLike[str] | str, apart: frozenset[str] = APART) -> Iterator[str]:
    """All files of code below a package; texts, since a path for each would take twice as long."""
    with os.scandir(package) as entries:
        found = sorted(entries, key=attrgetter("name"))
    for entry in found:
        if entry.name in apart:
            continue
        if entry.name.endswith(".py"):
            yield entry.path
        elif entry.name != "__pycache__" and entry.is_dir():
            yield from _sources(entry.path, frozenset())


def _read(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123  # likewise
        return file.read()


def intake(settings: Settings) -> bytes:
    """The digest of the settings that decide what a document means by itself."""
    extensions = [_extension(name) for name in settings.markup.extensions]
    meaning = (settings.language, settings.timezone, settings.permalink, dict(settings.sections), settings.markup)
    return codec.digest(codec.of(*meaning), *extensions)


def _extension(name: str) -> bytes:
    """The code of a Markdown extension that does not come with the library, as far as it is one file."""
    if "." not in name:
        return b""
    from importlib import util  # few sites have one

    try:
        found = util.find_spec(name.partition(":")[0])
        return Path(found.origin).read_bytes() if found and found.origin else b""
    except (ImportError, OSError, ValueError):
        return b""

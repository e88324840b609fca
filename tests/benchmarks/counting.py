"""What lies in an output: files by kind, and how much work shows in them, so that equal work can be seen."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.corpus import SECTIONS

_SECTION = rf"(?:sections/)?(?:{'|'.join(SECTIONS)})"
KINDS = {
    "article pages": re.compile(r"articles/[^/]+/index\.html"),
    "front pages": re.compile(r"(page/\d+/)?index\.html"),
    "section pages": re.compile(rf"{_SECTION}/(page/\d+/)?index\.html"),
    "tag pages": re.compile(r"tags/[^/]+/(page/\d+/)?index\.html"),
    "indexes": re.compile(r"(tags|sections)/index\.html"),
    "site feeds": re.compile(r"feed\.xml"),
    "section feeds": re.compile(rf"{_SECTION}(/feed)?\.xml"),
    "tag feeds": re.compile(r"tags/[^/]+(/feed)?\.xml"),
    "sitemaps": re.compile(r"sitemap\.xml|sitemaps/[^/]+\.xml"),
    "pictures": re.compile(r"images/.+"),
    "style sheet": re.compile(r"style\.css"),
}
"""Kinds of files by their paths; whatever is none of these is `others`."""

TRACES = {
    "links to neighbours": (("article pages",), re.compile(r'rel="?(?:prev|next)"? ')),
    "links to tags": (("article pages",), re.compile(r'rel="?tag"? ')),
    "stories in lists": (("front pages", "section pages", "tag pages"), re.compile(r'class="?item"?')),
    "stories in feeds": (("site feeds", "section feeds", "tag feeds"), re.compile(r"<item>")),
    "addresses in sitemaps": (("sitemaps",), re.compile(r"<loc>")),
}
"""Traces of work in files of some kinds."""

Snapshot = dict[str, tuple[int, int]]
"""Each file below a folder, with its inode and the time of its last change."""


def kind_of(path: str) -> str:
    """The kind of a file, from its path below the output."""
    return next((kind for kind, pattern in KINDS.items() if pattern.fullmatch(path)), "others")


def tally(output: Path) -> dict[str, int]:
    """Files by kind, all files, MiB of them, and the traces of work."""
    found: Counter[str] = Counter()
    size = 0
    for path in _files(output):
        name = path.relative_to(output).as_posix()
        kind = kind_of(name)
        found[kind] += 1
        found["files"] += 1
        size += path.stat().st_size
        for trace, (kinds, pattern) in TRACES.items():
            if kind in kinds:
                found[trace] += len(pattern.findall(path.read_text("utf-8")))
    found["MiB"] = round(size / 2**20)
    return {name: found[name] for name in ("files", "MiB", *KINDS, "others", *TRACES)}


def _files(folder: Path) -> Iterator[Path]:
    """Files below a folder, but for those that a program keeps for itself (`.buildinfo` and the like)."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith("."):
                yield Path(place, name)


def snapshot(output: Path) -> Snapshot:
    """How the output lies there now."""
    found: Snapshot = {}
    for path in _files(output):
        status = path.stat()
        found[str(path)] = (status.st_ino, status.st_mtime_ns)
    return found


def written(before: Snapshot, after: Snapshot) -> int:
    """How many files came or were written between two looks; one that was written with the same bytes counts too."""
    return sum(before.get(path) != state for path, state in after.items())

"""A site on which builds are broken off: at which system call, and what must hold afterwards."""

from __future__ import annotations

import contextlib
import os
import random
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from conftest import require
from processes import Ended, Process, linux
from support import post
from tiny import site as tiny_site

Tree = Mapping[str, bytes]
"""Files below a folder by name; folders too, with a slash at the end and no bytes."""

MAKES = ("rename", "renameat", "renameat2", "link", "linkat", "symlink", "mkdir", "mkdirat", "openat")
REMOVES = ("unlink", "unlinkat", "rmdir")
WRITES = ("write", "writev", "pwrite64", "pwritev", "ftruncate", "fallocate", "copy_file_range", "sendfile")
SETTLES = ("fsync", "fdatasync")
CHANGES = (*MAKES, *REMOVES, *WRITES, *SETTLES, "flock", "utimensat", "fchmod", "chmod")
"""Calls that change a file or folder, or stand between two that do."""

READS = ("read", "pread64", "getdents64", "newfstatat")


def tree(folder: Path) -> Tree:
    """All files below a folder, and folders; a build may be at work in it."""
    found = {}
    for top, folders, files in os.walk(folder):
        prefix = "" if Path(top) == folder else f"{Path(top).relative_to(folder).as_posix()}/"
        found |= {f"{prefix}{name}/": b"" for name in folders}
        for name in files:
            with contextlib.suppress(FileNotFoundError):
                found[prefix + name] = Path(top, name).read_bytes()
    return found


def damage(old: Tree, new: Tree, now: Tree) -> list[str]:
    """What a build broken off has done that it must not: each file has its old or its new bytes, and none is lost."""
    found = []
    for name in sorted(name for name in {*old, *new, *now} if not name.endswith("/")):
        if name not in now:
            if name in old and name in new:
                found.append(f"{name}: lost")
        elif now[name] not in (old.get(name), new.get(name)) and not _is_unfinished(name, old, new):
            found.append(f"{name}: {'torn' if now[name] else 'empty'} ({len(now[name])} bytes)")
    return found


def _is_unfinished(name: str, old: Tree, new: Tree) -> bool:
    """Whether a file may be one that a killed build had not put into its place yet."""
    return name not in old and name not in new and any(part.startswith(".dateline-") for part in Path(name).parts)


def difference(wanted: Tree, now: Tree) -> list[str]:
    """How a tree differs from the one wanted."""
    return [
        *(f"{name}: {'other bytes' if name in now else 'missing'}" for name in wanted if now.get(name) != wanted[name]),
        *(f"{name}: not of the site" for name in now if name not in wanted),
    ]


def mirror(source: Path, target: Path) -> None:
    """Make one folder like another, times too; files that are alike by size and time stay."""
    target.mkdir(exist_ok=True)
    wanted = {entry.name: entry for entry in os.scandir(source)}
    for entry in os.scandir(target):
        if entry.name not in wanted or entry.is_dir() != wanted[entry.name].is_dir():
            shutil.rmtree(entry.path) if entry.is_dir() else Path(entry.path).unlink()
    for name, entry in wanted.items():
        if entry.is_dir():
            mirror(source / name, target / name)
        elif _stamp(target / name) != _stamp(source / name):
            shutil.copy2(source / name, target / name)


def _stamp(path: Path) -> tuple[int, int] | None:
    found = path.stat() if path.exists() else None
    return found and (found.st_size, found.st_mtime_ns)


_OTHERS = {
    "content/pages/about.md": "---\ntitle: Us\n---\n\nWe.\n",
    "content/a.txt": "1",
    "themes/tiny/assets/site.css": "main { margin: auto }\n",
}


class Stage:
    """A small site in two versions, the first of them built; every act begins with `reset`.

    Attributes:
        root: The site, always at the same place.
        old: Output of the first version.
        new: Output of the second, from a clean build.
        jobs: Processes of a build.
    """

    def __init__(self, folder: Path, posts: int, jobs: int) -> None:
        linux()
        self.root = folder / "site"
        self.output = self.root / "output"
        self.preview = self.root / ".dateline" / "preview"
        self.jobs = jobs
        self._saved = folder / "saved"
        self._posts = posts
        first = {f"content/posts/p{i}.md": self._post(i, "First.") for i in range(posts)}
        tiny_site(self.root, {**first, **_OTHERS})
        self.build()
        self.old = tree(self.output)
        mirror(self.root, self._saved)
        self.edit()
        shutil.rmtree(self.output)
        shutil.rmtree(self.root / ".dateline", ignore_errors=True)
        self.build()
        self.new = tree(self.output)
        self.reset()
        self.build()
        assert difference(self.new, tree(self.output)) == []
        self._names = self._aside() | {".dateline/build-output-#/changes"}  # which there are after a small edit
        self._bulk = self._size()

    def _post(self, number: int, body: str, **keys: str) -> str:
        title = keys.pop("title", f"Post {number}")
        return post(title, f"2026-01-{number % 28 + 1:02} 10:{number % 60:02}", body, tags=f"[t{number % 3}]", **keys)

    def edit(self) -> None:
        """Make the second version: posts changed, retitled, moved, deleted and added; a file of another kind too."""
        for number in range(4, self._posts):
            self._put(f"posts/p{number}.md", self._post(number, "Second.\n" * 40))
        self._put("posts/p1.md", self._post(1, "First.", title="Another title"))
        self._put("posts/p2.md", self._post(2, "First.", slug="elsewhere"))
        self._put("posts/new.md", self._post(5, "New.", title="New"))
        self._put("a.txt", "22")
        (self.root / "content/posts/p3.md").unlink()

    def _put(self, name: str, text: str) -> None:
        """Save a file as a good editor does, so that a build at the same time reads all of it."""
        aside = self.root.parent / "aside"
        aside.write_text(text)
        aside.replace(self.root / "content" / name)

    def reset(self, *, built: bool = True, edited: bool = True) -> None:
        """Bring back the first version, as if it had been built before or not, and edit it or not."""
        mirror(self._saved, self.root)
        if not built:
            shutil.rmtree(self.output)
            shutil.rmtree(self.root / ".dateline", ignore_errors=True)
        if edited:
            self.edit()

    def start(self, *options: str, tracer: Sequence[str] = (), limit: str = "") -> Process:
        """Begin a build."""
        return Process("build", self.root, "--jobs", str(self.jobs), *options, tracer=tracer, limit=limit)

    def serve(self) -> Process:
        """Begin a preview, in `.dateline/preview`."""
        options = ["-p", "0", "-u", "https://example.org", "--jobs", str(self.jobs)]
        return Process("serve", self.root, *options)

    def build(self, *options: str) -> Ended:
        """Build to a good end."""
        with self.start(*options) as process:
            ended = process.wait()
        assert ended.code == 0, (ended.out, ended.err)
        return ended

    def assert_whole(self, what: object, *, built: bool = True) -> None:
        """The output holds files of the two versions alone, each whole."""
        found = damage(self.old if built else {}, self.new, tree(self.output))
        assert not found, f"{what}: {len(found)} files of output/ are damaged: {found[0]}"

    def assert_tidy(self, what: object) -> None:
        """The output holds no file beside those of the two versions."""
        found = [name for name in tree(self.output) if not name.endswith("/") and name not in {*self.old, *self.new}]
        assert not found, f"{what}: left behind: {found[0]}"

    def assert_heals(self, what: object) -> None:
        """The next build gives what a clean one gives, and nothing lies about, beside the site neither."""
        with self.start() as process:
            ended = process.wait()
        assert ended.code == 0, f"{what}: the next build failed: {ended.err or ended.out}"
        found = difference(self.new, tree(self.output))
        assert not found, f"{what}: the next build differs from a clean one in {len(found)} files: {found[0]}"
        litter = self._aside() - self._names
        assert not litter, f"{what}: left behind: {sorted(litter)}"
        assert self._size() <= 3 * self._bulk + 1_000_000, f"{what}: .dateline/ grew to {self._size()} bytes"

    def _aside(self) -> set[str]:
        """Names of all but the output, beside the site too; those of the cache with # for numbers."""
        inside = (path.relative_to(self.root).as_posix() for path in self.root.rglob("*"))
        names = {
            re.sub(r"[0-9a-f]{8,}|\d+", "#", name) if name.startswith(".dateline/") else name
            for name in inside
            if not name.startswith("output/")
        }
        return names | {f"../{path.name}" for path in self.root.parent.iterdir()}

    def _size(self) -> int:
        return sum(path.stat().st_size for path in (self.root / ".dateline").rglob("*") if path.is_file())


@dataclass(frozen=True)
class Point:
    """A system call of a build: the n-th of its name in its process, and the path below the site that it was for."""

    call: str
    number: int
    path: str

    def __str__(self) -> str:
        return f"{self.call} number {self.number} ({self.path})"


def tracer(calls: Iterable[str], *options: str) -> list[str]:
    """The command that runs a build under strace, which looks at some system calls."""
    names = ",".join(f"?{call}" for call in calls)
    return [require("strace", "strace"), "-f", "-qq", "-e", f"trace={names}", *options]


def inject(point: Point, what: str) -> list[str]:
    """Strace that does something at a point: `signal=SIGKILL`, `error=ENOSPC`."""
    quick = [] if "signal" in what else ["--seccomp-bpf"]  # under which strace 6.1 sends no signals
    return tracer([point.call], *quick, "-o", os.devnull, "-e", f"inject={point.call}:{what}:when={point.number}")


def record(stage: Stage, calls: Sequence[str] = CHANGES, *options: str, built: bool = True) -> list[Point]:
    """Every such system call that the first process of a build makes for a path of the site."""
    stage.reset(built=built)
    with tempfile.NamedTemporaryFile("r", encoding="utf-8", errors="replace") as log:
        with stage.start(*options, tracer=tracer(calls, "--seccomp-bpf", "-y", "-s", "0", "-o", log.name)) as process:
            ended = process.wait()
        assert ended.code == 0, ended.err
        lines = [line.split(maxsplit=1) for line in log]
    counts: Counter[str] = Counter()
    points = []
    inside = re.compile(re.escape(str(stage.root)) + r'(/[^">]*)?')
    for pid, text in lines:
        call, bracket, arguments = text.partition("(")
        if pid == lines[0][0] and bracket and call in calls:
            counts[call] += 1
            if found := inside.findall(arguments):
                points.append(Point(call, counts[call], found[-1][1:]))
    return points


def sample(points: Sequence[Point], count: int, seed: int) -> list[Point]:
    """Some of the points, as many of each call as there are, in an order that a seed decides."""
    choose = random.Random(seed)
    groups = [choose.sample(group, len(group)) for group in _by_call(points)]
    chosen: list[Point] = []
    while len(chosen) < count and any(groups):
        chosen += [group.pop() for group in groups if group]
    return chosen[:count]


def _by_call(points: Sequence[Point]) -> list[list[Point]]:
    groups: dict[str, list[Point]] = {}
    for point in points:
        groups.setdefault(point.call, []).append(point)
    return [groups[call] for call in sorted(groups)]

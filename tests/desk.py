"""A site on disk under the hands of its editors: laid out, changed and built, time and again."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from support import NOW
from town import Symlink, World

from generator import build as pipeline
from generator.build import BuildReport, BuildRequest, Session
from generator.errors import DatelineError
from generator.writer import MARKER

STATE = ".dateline"
OUTSIDE = b"not yours"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build said: its report, or the error that it raised.

    Attributes:
        report: None where it raised.
        error: The message, with `ROOT` for the site's folder.
        problems: Place and cause of each; hints may differ.
        facts: What else a report says of the site.
    """

    report: BuildReport | None
    error: str = ""
    problems: frozenset[tuple[object, ...]] = frozenset()
    facts: tuple[object, ...] = ()

    @property
    def wrote(self) -> bool:
        """Whether it went as far as writing the site."""
        return self.report is not None and not self.report.stopped

    @property
    def rendered(self) -> set[str]:
        """Paths of the outputs that it made anew."""
        assert self.report is not None, self.error
        return set(self.report.rendered)


def attempt(request: BuildRequest, progress: Any = None, session: Session | None = None) -> Outcome:
    """Build, and say how it went; what is no error of Dateline's own is raised."""
    try:
        report = pipeline.build(request, progress, session)
    except DatelineError as error:
        return Outcome(None, str(error).replace(str(request.root), "ROOT"))
    problems = frozenset((p.path, p.line, p.cause.replace(str(request.root), "ROOT")) for p in report.problems)
    facts = (report.posts, report.pages, dict(report.outputs), report.unpublished, report.stopped, report.exit_code())
    return Outcome(report, "", problems, facts)


@dataclass(slots=True)
class Desk:
    """A site on disk, and what its editors mean it to be.

    Attributes:
        root: The site's folder.
        world: What the site is to be made from.
        now: The clock.
        flags: BuildRequest's, from now on.
        once: BuildRequest's, for the next build alone.
        during: At which step of the next build `world` is laid out, as by an editor who saves meanwhile; 0 for before.
        shelf: Copies of things, by name, to be put back later.
        sound: The world with which a build last went through.
        older: Worlds of former steps.
        session: Of a preview that goes on; None where each build is a process of its own.
        touched: Articles that changed since the last build of the session.
        sure: Nothing else did.
        builds: Of the session.
    """

    root: Path
    world: World
    now: dt.datetime = NOW
    flags: dict[str, Any] = field(default_factory=dict)
    once: dict[str, Any] = field(default_factory=dict)
    during: int = 0
    shelf: dict[str, Path] = field(default_factory=dict)
    sound: World = field(default_factory=World)
    older: list[World] = field(default_factory=list)
    session: Session | None = None
    touched: set[str] = field(default_factory=set)
    sure: bool = True
    builds: int = 0
    _laid: dict[str, bytes | Symlink] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.root.mkdir(parents=True, exist_ok=True)
        self.lay()

    @property
    def output(self) -> Path:
        """The output folder."""
        return self.root / "output"

    @property
    def outside(self) -> Path:
        """A folder that no build may touch, with a file in it."""
        folder = self.root.parent / "outside"
        folder.mkdir(exist_ok=True)
        (folder / "file").write_bytes(OUTSIDE)
        return folder

    def lay(self) -> None:
        """Bring the files on disk up to `world`; those that are right already are not touched."""
        wanted = self.world.sources()
        for name in self._laid.keys() - wanted.keys():
            (self.root / name).unlink()
            prune((self.root / name).parent)
        for name, data in wanted.items():
            if self._laid.get(name) != data:
                write(self.root / name, data)
                self.touched.add(name)
                self.sure = self.sure and name in self._laid and name.endswith(".md")
        self.sure = self.sure and self._laid.keys() <= wanted.keys()
        self._laid = wanted

    def rename(self, old: str, new: str) -> None:
        """Move one file on disk; `world` is for the caller to change."""
        (self.root / new).parent.mkdir(parents=True, exist_ok=True)
        (self.root / old).rename(self.root / new)
        prune((self.root / old).parent)
        self._laid[new] = self._laid.pop(old)
        self.sure = False

    def rename_folders(self, old: str, new: str) -> None:
        """Move a folder on disk and in `world`; the other one takes its place where there is one."""
        (self.root / new).parent.mkdir(parents=True, exist_ok=True)
        aside = self.root / ".aside"
        for one, other in ((old, aside), (new, old), (aside, new)):
            if (self.root / one).exists():
                (self.root / one).rename(self.root / other)
        prune((self.root / old).parent)

        def moved(name: str) -> str:
            for one, other in ((old, new), (new, old)):
                if name.startswith(f"{one}/"):
                    return other + name.removeprefix(one)
            return name

        for table in (self.world.articles, self.world.files, self.world.raw, self._laid):
            items = [(moved(name), item) for name, item in table.items()]
            table.clear()
            table.update(items)
        self.sure = False

    def laid(self, name: str, data: bytes) -> None:
        """Note that a file has been changed on disk already."""
        self._laid[name] = data

    def request(self, **options: Any) -> BuildRequest:
        """A build of the site as it is now."""
        values = {"root": self.root, "output": self.output, "now": self.now, "jobs": 1, **self.flags, **self.once}
        return BuildRequest(**{**values, **options})

    def build(self, progress: Any = None, **options: Any) -> Outcome:
        """Build it, in the session where there is one."""
        if self.session is None or "output" in options:
            return attempt(self.request(**options), progress)
        # What the watcher of a preview says: these articles were saved, and nothing else was.
        edited = frozenset(self.root / name for name in self.touched) if self.sure and self.touched else None
        self.touched, self.sure = set(), True
        outcome = attempt(self.request(edited=edited, **options), progress, self.session)
        self.builds += 1
        if self.builds % 4:  # else it is killed before, or the next build comes first
            self.commit()
        return outcome

    def commit(self) -> None:
        """Have the session write down what it did."""
        if self.session is not None:
            pipeline.commit(self.request(), self.session)

    def clean(self, folder: Path) -> tuple[Outcome, dict[str, bytes]]:
        """Build a copy in a new folder, without output and state; what came out."""
        shutil.rmtree(folder, ignore_errors=True)
        copy = Desk(folder, self.world, self.now, self.flags, self.once)
        outcome = copy.build(output=folder / "output")
        return outcome, tree(copy.output)


def clean_tree(site: Any, **options: Any) -> dict[str, bytes]:
    """What a build of a copy of a SiteFixture makes, without its output and state, with the same clock and flags."""
    folder = site.root.with_name(f"{site.root.name}-clean")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(site.root, folder, symlinks=True, ignore=shutil.ignore_patterns(STATE, site.output.name))
    values = {"now": NOW, "jobs": 1, **options, "root": folder, "output": folder / "output"}
    pipeline.build(BuildRequest(**values))
    return tree(folder / "output")


def write(path: Path, data: bytes | Symlink) -> None:
    """Lay one file, into the old one where there is one, as most editors do."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_symlink() or isinstance(data, Symlink):
        path.unlink(missing_ok=True)
    if isinstance(data, Symlink):
        path.symlink_to(data)
    else:
        path.write_bytes(data)


def prune(folder: Path) -> None:
    """Delete a folder and those above it as far as they are empty."""
    while not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below an output folder with its bytes, folders with a `/`; what belongs to git does not count."""
    found: dict[str, bytes] = {}
    for path, status in entries(folder).items():
        if stat.S_ISDIR(status.st_mode):
            found[f"{path}/"] = b""
        elif stat.S_ISLNK(status.st_mode):
            found[path] = b"-> " + bytes((folder / path).readlink())
        else:
            found[path] = (folder / path).read_bytes()
    return found


def traces(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Inode, time and size of every file and folder (with a `/`): the same only where nothing was touched."""
    return {
        f"{path}/" if stat.S_ISDIR(status.st_mode) else path: (status.st_ino, status.st_mtime_ns, status.st_size)
        for path, status in entries(folder).items()
    }


def entries(folder: Path, prefix: str = "") -> Mapping[str, os.stat_result]:
    """Everything below an output folder, by path."""
    found: dict[str, os.stat_result] = {}
    if not folder.is_dir():
        return found
    with os.scandir(folder) as items:
        for item in items:
            name = f"{prefix}{item.name}"
            if name != ".git":
                found[name] = item.stat(follow_symlinks=False)
                if item.is_dir(follow_symlinks=False):
                    found.update(entries(folder / item.name, f"{name}/"))
    return found


__all__ = [
    "MARKER",
    "OUTSIDE",
    "STATE",
    "Desk",
    "Outcome",
    "attempt",
    "clean_tree",
    "prune",
    "traces",
    "tree",
]

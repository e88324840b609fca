"""A folder on this machine without releases: for hosts that take a folder as it is, and for what publishes it further.

Each file is replaced at once, in the order in which readers may meet them. What the folder has is noted in the site's
`.dateline/`, and every file is looked at before that is believed. Where that note is lost, files are known by their
bytes.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

from generator.cache.state import FOLDER, ready
from generator.deploy import disk
from generator.deploy.place import Claim, Release, Step
from generator.deploy.publication import Item, Manifest, Publication, Stored
from generator.errors import DeployError, Problem
from generator.writer import TEMPORARY, replace_file


class Files:
    """See Place.

    Args:
        path: The folder.
        root: The site's folder.
        name: Of the place.
        now: In seconds since 1970.
    """

    site = ""
    beside: str | None = None
    headers = False
    own: Mapping[str, bytes] = MappingProxyType({})

    def __init__(self, path: Path, root: Path, name: str, now: float) -> None:
        self.title = str(path)
        self._path, self._root, self._now = path, root, now
        self._book = root / FOLDER / f"deploy-{name}.json"
        self._before: Mapping[str, Stored] = {}
        self._lock: int | None = None

    def lock(self, claim: Claim, *, force: bool) -> None:  # noqa: ARG002  # it dies with its process
        """See Place."""
        with disk.telling(self._path):
            ready(self._root / FOLDER)
            self._lock = disk.claimed(self._book.with_suffix(".lock"), claim, self._now)

    def unlock(self) -> None:
        """See Place."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def close(self) -> None:
        """See Place."""

    def look(self, items: Mapping[str, Item]) -> dict[str, Stored]:
        """See Place."""
        try:
            manifest = Manifest.load(self._book.read_bytes())
        except FileNotFoundError:
            manifest = Manifest()
        found = {path: disk.seen(f"{self._path}/{path}", stored) for path, stored in manifest.files.items()}
        there = {path: stored for path, stored in found.items() if stored}
        if not any(stored.digest for stored in there.values()):
            return self._recognized(items)
        return there

    def _recognized(self, items: Mapping[str, Item]) -> dict[str, Stored]:
        """What is there of the site, where nothing is known of the folder any more: each file by its bytes.

        Raises:
            DeployError: Most of what is there is something else.
        """
        with disk.telling(self._path):
            names = {path.relative_to(self._path).as_posix() for path in self._path.rglob("*") if path.is_file()}
            names = {name for name in names if "/." not in f"/{name}"}
            known = {name: Stored(items[name].digest) for name in names & items.keys()}
            found = {name: disk.seen(f"{self._path}/{name}", stored) for name, stored in known.items()}
        there = {name: stored for name, stored in found.items() if stored}
        if 2 * sum(bool(stored.digest) for stored in there.values()) < len(names):
            fix = "choose another `path`, or empty the folder"
            cause = f"{self._path} is not empty, and most of what is in it was not published there"
            raise DeployError(Problem(cause, fix))
        return there

    def read(self, paths: Sequence[str]) -> dict[str, bytes]:
        """See Place."""
        return disk.found(self._path, paths)

    def begin(self, publication: Publication) -> None:
        """See Place."""
        self._before = publication.before
        with disk.telling(self._path):
            self._path.mkdir(parents=True, exist_ok=True)
            for left_over in self._path.rglob(f"{TEMPORARY}*"):
                left_over.unlink()

    def put(self, items: Sequence[Item], step: Step) -> dict[str, Stored]:
        """See Place."""
        found = {}
        for item in items:
            data, target = item.data(), self._path / item.path
            with disk.telling(self._path):
                self._make_way(item.path)
                target.parent.mkdir(parents=True, exist_ok=True)
                when = disk.moment(self._now, self._before.get(item.path))
                replace_file(target, data)
                os.utime(target, (when, when))
                found[item.path] = Stored(item.digest, item.mark, disk.tag(target.lstat()))
            step()
        return found

    def _make_way(self, path: str) -> None:
        """Where a file stands in the place of a folder, or a folder in that of a file, it goes."""
        target = self._path / path
        if target.is_dir() and not target.is_symlink():
            shutil.rmtree(target)
        for folder in [*target.relative_to(self._path).parents][:-1]:  # the place's own folder may be a link
            above = self._path / folder
            if above.is_symlink() or above.is_file():
                above.unlink()

    def note(self, manifest: Manifest) -> None:
        """See Place."""
        with disk.telling(self._path):
            replace_file(self._book, manifest.dump())

    def verify(self, stored: Mapping[str, Stored]) -> None:
        """See Place."""
        for path, one in stored.items():
            if disk.seen(f"{self._path}/{path}", one) != one:
                raise DeployError(Problem(f"{self._path / path} is not what was written there", "try again"))

    def delete(self, paths: Sequence[str]) -> None:
        """See Place."""
        for path in paths:
            with disk.telling(self._path), suppress(FileNotFoundError, NotADirectoryError):
                if (self._path / path).is_dir():  # a folder has taken its place
                    continue
                (self._path / path).unlink()
                for folder in (self._path / path).parents:
                    if folder == self._path or any(folder.iterdir()):
                        break
                    folder.rmdir()

    def activate(self, manifest: Manifest) -> str:
        """See Place."""
        self.note(manifest)
        return ""

    def releases(self) -> list[Release]:
        """See Place."""
        return []

    def roll_back(self, release: str) -> list[str]:  # noqa: ARG002
        """See Place: it keeps nothing to go back to."""
        return []

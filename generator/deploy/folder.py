"""A folder on this machine: releases side by side, and a link to the one that readers see.

    PATH/current -> releases/20261123T090000Z
    PATH/releases/20261123T090000Z/site/   the site; files that did not change are hard links to the release before
    PATH/releases/20261123T090000Z/host/   files for the web server, which readers do not see
    PATH/state/                            the lock, and what each release has

A file's modification time is when its bytes changed, at least a second after those before, since web servers make an
ETag of it: unchanged files keep theirs whatever machine builds, and no two versions of a file share one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from generator.deploy import disk
from generator.deploy.names import CURRENT, NEXT, RELEASE, RELEASES, STATE, foreign, next_name
from generator.deploy.place import Claim, Release, Step
from generator.deploy.publication import Item, Manifest, Publication, Stored, differing
from generator.writer import replace_file

_OLD = "old-"
"""Before the name of a release that is being deleted."""


class Folder:
    """See Place.

    Args:
        path: The folder.
        keep: How many releases.
        now: In seconds since 1970.
    """

    site = "site/"
    beside: str | None = "host/"
    headers = False
    own: Mapping[str, bytes] = MappingProxyType({})

    def __init__(self, path: Path, keep: int, now: float) -> None:
        self.title = str(path)
        self._path, self._keep, self._now = path, keep, now
        self._lock: int | None = None
        self._there: dict[str, Stored] = {}

    # --- who may

    def lock(self, claim: Claim, *, force: bool) -> None:  # noqa: ARG002  # it dies with its process
        """See Place."""
        self._refuse_foreign()
        with disk.telling(self._path):
            for folder in (self._path, self._path / RELEASES, self._path / STATE):
                folder.mkdir(parents=True, exist_ok=True)
            self._lock = disk.claimed(self._path / STATE / "lock", claim, self._now)
            self._tidy()

    def _refuse_foreign(self) -> None:
        """What another program shows as `current` is not replaced.

        Raises:
            DeployError: There is such a thing.
        """
        link = self._path / CURRENT
        if os.path.lexists(link) and not (link.is_symlink() and RELEASE.fullmatch(link.readlink().name)):
            raise foreign(link)

    def unlock(self) -> None:
        """See Place."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def close(self) -> None:
        """See Place."""

    # --- what is there

    @property
    def _current(self) -> str:
        """The release that readers see; empty where there is none."""
        try:
            return (self._path / CURRENT).readlink().name
        except OSError:
            return ""

    def _folder(self, release: str) -> Path:
        return self._path / RELEASES / release

    def look(self, items: Mapping[str, Item]) -> dict[str, Stored]:  # noqa: ARG002
        """See Place."""
        self._refuse_foreign()
        current = self._current
        if not current:
            return {}
        with disk.telling(self._path):
            manifest = self._manifest(current)
            top = f"{self._folder(current)}/"
            found = {path: disk.seen(f"{top}{path}", stored) for path, stored in manifest.files.items()}
        return {path: stored for path, stored in found.items() if stored}

    def _manifest(self, release: str) -> Manifest:
        try:
            return Manifest.load((self._path / STATE / f"{release}.json").read_bytes())
        except FileNotFoundError:
            return Manifest()

    def public(self) -> tuple[Path | None, set[str]]:
        """Where what readers see lies, if there is any; and files there that linger or are made for the host."""
        current = self._current
        folder = self._folder(current) / self.site.rstrip("/")
        if not current or not folder.is_dir():
            return None, set()
        files = self._manifest(current).files
        site = {path.removeprefix(self.site): stored for path, stored in files.items() if path.startswith(self.site)}
        return folder, {name for name, stored in site.items() if stored.gone is not None or "-" in stored.digest}

    def read(self, paths: Sequence[str]) -> dict[str, bytes]:
        """See Place."""
        return disk.found(self._folder(self._current), paths)

    # --- what is done

    def begin(self, publication: Publication) -> None:
        """See Place: a new release begins with what the one before has and the site still wants."""
        self._there = dict(publication.before)
        current, stage = self._folder(self._current), self._folder(NEXT)
        with disk.telling(self._path):
            shutil.rmtree(stage, ignore_errors=True)
            (stage / self.site).mkdir(parents=True)
            made: set[str] = set()
            for path in (*publication.kept, *publication.lingering):
                disk.folder_of(f"{stage}/{path}", made)
                disk.link(f"{current}/{path}", f"{stage}/{path}")

    def put(self, items: Sequence[Item], step: Step) -> dict[str, Stored]:
        """See Place."""
        found, made, stage = {}, set[str](), self._folder(NEXT)
        for item in items:
            data = item.data()
            with disk.telling(self._path):
                target = f"{stage}/{item.path}"
                disk.folder_of(target, made)
                tag = disk.create(target, data, disk.moment(self._now, self._there.get(item.path)))
            found[item.path] = Stored(item.digest, item.mark, tag)
            step()
        return found

    def note(self, manifest: Manifest) -> None:
        """See Place: until the switch, nothing that readers see has changed."""

    def verify(self, stored: Mapping[str, Stored]) -> None:
        """See Place."""
        stage = self._folder(NEXT)
        with disk.telling(self._path):
            for path, one in stored.items():
                if disk.tag(os.lstat(f"{stage}/{path}")) != one.tag:
                    raise OSError(0, "is not what was written there", f"{stage}/{path}")

    def delete(self, paths: Sequence[str]) -> None:
        """See Place: what the new release never had need not be taken away."""

    def activate(self, manifest: Manifest) -> str:
        """See Place."""
        with disk.telling(self._path):
            name = next_name(self._now, [release.name for release in self.releases()])
            manifest.release = name
            replace_file(self._path / STATE / f"{name}.json", manifest.dump())
            self._folder(NEXT).rename(self._folder(name))
            self._show(name)
            self._tidy()
        return name

    def _show(self, name: str) -> None:
        """Switch the link at once: there is no moment without one."""
        link = self._path / f"{CURRENT}.next"
        link.unlink(missing_ok=True)
        link.symlink_to(f"{RELEASES}/{name}")
        link.replace(self._path / CURRENT)

    def _tidy(self) -> None:
        """Delete what a publication left that was broken off, and releases beyond those that are kept; nothing else."""
        for path in (self._path / RELEASES).iterdir():
            if path.name == NEXT or (path.name.startswith(_OLD) and RELEASE.fullmatch(path.name.removeprefix(_OLD))):
                shutil.rmtree(path)
        old = [release.name for release in self.releases() if not release.current][self._keep - 1 :]
        for name in old:
            aside = self._folder(f"{_OLD}{name}")  # so that no half of it is ever taken for a release
            self._folder(name).rename(aside)
            (self._path / STATE / f"{name}.json").unlink(missing_ok=True)
            shutil.rmtree(aside)

    def releases(self) -> list[Release]:
        """See Place."""
        try:
            names = sorted((path.name for path in (self._path / RELEASES).iterdir()), reverse=True)
        except OSError:
            return []
        return [Release(name, name == self._current) for name in names if RELEASE.fullmatch(name)]

    def roll_back(self, release: str) -> list[str]:
        """See Place."""
        with disk.telling(self._path):
            found = differing(self._manifest(self._current), self._manifest(release))
            self._show(release)
        return found

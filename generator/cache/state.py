"""The folder in which a build keeps what it remembers of one output folder: manifest, packs, lock."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from generator.cache import changes, packs, stamps
from generator.cache.extents import DamagedManifestError
from generator.cache.manifest import Manifest
from generator.cache.stamps import Stamp
from generator.errors import OutputError, Problem
from generator.writer import TEMPORARY

FOLDER = ".dateline"
_MANIFEST = "manifest"
_CHANGES = "changes"
_LOCK = "lock"


def folder_of(root: Path, output: Path) -> Path:
    """Where a site keeps what it remembers of an output folder; the same wherever the site lies."""
    try:
        name = output.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        name = str(output.resolve())
    tail = "".join(char if char.isalnum() else "-" for char in name).strip("-")[-40:]
    return root / FOLDER / f"build-{tail}-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


class State:
    """One such folder, held by one build at a time.

    Attributes:
        folder: The folder.
        packs: Reads records.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.packs = packs.Packs(folder)
        self._lock: int | None = None

    def hold(self, waiting: Callable[[], object]) -> int:
        """Make the folder and lock it; the moment in nanoseconds, by the file system's own clock.

        A lock dies with its process. Where the system has no locks, nothing is locked.

        Args:
            waiting: Called once where another build has the lock.

        Raises:
            OutputError: The folder cannot be made or written.
        """
        try:
            _make_folder(self.folder)
            self._lock = os.open(self.folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o666)
            if not _lock(self._lock, wait=False):
                waiting()
                _lock(self._lock, wait=True)
            for left_over in self.folder.glob(f"{TEMPORARY}*"):  # of a build that was killed
                left_over.unlink()
            return self.moment()
        except OSError as error:
            raise _refused(self.folder, error) from error

    def moment(self) -> int:
        """Now, in nanoseconds, by the clock of the file system."""
        lock = self.folder / _LOCK
        os.utime(lock)
        return lock.stat().st_ctime_ns

    def release(self) -> None:
        """Let the next build have it."""
        self.packs.close()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def load(self) -> Manifest | None:
        """The manifest; None where there is none.

        Raises:
            DamagedManifestError: It is no good.
        """
        manifest = Manifest.load(self.folder / _MANIFEST)
        if manifest is not None:
            changes.apply(self.folder / _CHANGES, manifest)
        return manifest

    def save(self, manifest: Manifest) -> bool:
        """Commit what a build did: as changes where they are few, else anew; whether it was anew.

        Raises:
            OutputError: The system refused; what was remembered before still is.
        """
        try:
            if changes.save(self.folder / _CHANGES, manifest):
                return False
            manifest.save(self.folder / _MANIFEST)
            (self.folder / _CHANGES).unlink(missing_ok=True)
        except OSError as error:
            raise _refused(self.folder, error) from error
        return True

    def stamp(self) -> tuple[Stamp, Stamp]:
        """Of what is remembered, which tells whether another process wrote it."""
        return _stamp(self.folder / _MANIFEST), _stamp(self.folder / _CHANGES)

    def clear(self) -> None:
        """Delete records that nobody knows any more."""
        packs.clear(self.folder)

    def tidy(self, useful: int) -> None:
        """Start over with new packs once most of what they hold is of no use any more: see `packs.wasteful`."""
        if packs.wasteful(self.folder, useful):
            self.forget()

    def forget(self) -> None:
        """Remember nothing; packs whose records nobody knows go."""
        try:
            self.packs.close()
            (self.folder / _MANIFEST).unlink(missing_ok=True)
            (self.folder / _CHANGES).unlink(missing_ok=True)
            packs.clear(self.folder)
        except OSError as error:
            raise _refused(self.folder, error) from error


def _stamp(path: Path) -> Stamp:
    try:
        return stamps.of(path.stat())
    except OSError:
        return stamps.NONE


def _refused(folder: Path, error: OSError) -> OutputError:
    where = error.filename or folder
    fix = f"check space and permissions; the folder {folder} may be deleted, a build makes it anew"
    return OutputError(Problem(f"cannot write {where}: {error.strerror or error}", fix))


def ready(top: Path) -> None:
    """Make `.dateline/`, which version control passes over (git heeds a .gitignore of its own).

    Raises:
        OSError: The system refused, or a file has that name.
    """
    top.mkdir(exist_ok=True)
    ignore = top / ".gitignore"
    if not ignore.is_file():
        _remove(ignore)
        ignore.write_text("*\n", "utf-8")


def _make_folder(folder: Path) -> None:
    """Make a folder for a cache.

    All in it is ours, so what stands in the place of one of its files and is none goes.
    """
    ready(folder.parent)
    if not folder.is_dir():
        folder.unlink(missing_ok=True)
        folder.mkdir(exist_ok=True)
    for entry in folder.iterdir():
        if entry.is_symlink() or not entry.is_file():
            _remove(entry)


def _remove(path: Path) -> None:
    """Delete whatever stands at a path."""
    if path.is_dir() and not path.is_symlink():
        import shutil  # 2 ms, for what no build of ours left there

        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _lock(file: int, *, wait: bool) -> bool:
    """Lock a file for this process; False where another has it."""
    try:
        import fcntl
    except ImportError:  # pragma: no cover  # Windows
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    return True


__all__ = ["FOLDER", "DamagedManifestError", "State", "folder_of", "ready"]

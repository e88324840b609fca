"""Files under one root: written whole or not at all, equal bytes left alone, nothing outside ever touched."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import BinaryIO

from generator.errors import OutputError, Problem

MARKER = ".dateline-output"
"""File that says a folder is ours to write and to clean."""

_MARKER_TEXT = b"Made by Dateline. The next build removes from this folder what is not part of the site.\n"
TEMPORARY = ".dateline-tmp-"
"""How the names of all that a build makes for a while begin."""


class Root:
    """An output folder.

    After `adopt`, everything in the folder is ours, except entries of its top level whose names begin with a dot (a
    `.git` of a publishing branch, say); of those, `.well-known` alone is ours.

    Attributes:
        path: The folder.
        removed: Files that were deleted.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.removed: list[str] = []
        self._top = f"{path}/"
        self._folders: set[Path] = set()
        self._made: set[str] = set()

    def adopt(self) -> None:
        """Make the folder, or check that it is ours.

        Raises:
            OutputError: It is a file or a link, or holds files that a build did not make.
        """
        with _naming(self.path):
            if self.path.is_symlink() or (self.path.exists() and not self.path.is_dir()):
                raise OutputError(Problem(f"{self.path} is not a folder", "choose another with --output DIR"))
            self.path.mkdir(parents=True, exist_ok=True)
            marker = self.path / MARKER
            if marker.is_symlink() or not marker.is_file():
                if any(not entry.name.startswith(".git") for entry in self.path.iterdir()):
                    raise OutputError(
                        Problem(
                            f"{self.path} is not empty and was not made by Dateline",
                            f"choose another folder with --output DIR, empty it, or, if all in it may be replaced, "
                            f"put an empty file named {MARKER} into it",
                        )
                    )
                marker.unlink(missing_ok=True)
            if not marker.is_file() or marker.read_bytes() != _MARKER_TEXT:
                replace_file(marker, _MARKER_TEXT)

    def write(self, name: str, data: bytes) -> bool:
        """Write one file whose folder is made as needed; whether its bytes changed.

        Raises:
            OutputError: The name leads to what is not ours, or the system refused; the file has its old bytes.
        """
        target = self._target(name)
        try:
            self._ensure_folder(target.parent)
            return self._put(target, data)
        except OSError as error:
            raise _refused(target, error) from error

    def create(self, name: str, data: bytes) -> os.stat_result:
        """Write a file that does not exist, in a root that is there and that nobody sees yet; its status.

        Raises:
            OutputError: As for `write`.
        """
        self._check(name)
        target = f"{self._top}{name}"
        try:
            if "/" in name:
                self._make_folder_of(target)
            return _create(target, data)
        except OSError as error:
            raise _refused(Path(target), error) from error

    def _make_folder_of(self, target: str) -> None:
        """Make the folder of a file; plain texts and plain calls, since this is done for every page of an archive."""
        folder = target.rpartition("/")[0]
        if folder in self._made:
            return
        try:
            os.mkdir(folder)  # noqa: PTH102
        except (FileNotFoundError, FileExistsError):
            Path(folder).mkdir(parents=True, exist_ok=True)
        self._made.add(folder)

    def holds(self, name: str, data: bytes) -> os.stat_result | None:
        """The status of a file that has these bytes; None where it has others, or is none."""
        target = self._target(name)
        try:
            status = target.lstat()
            same = stat.S_ISREG(status.st_mode) and status.st_size == len(data) and target.read_bytes() == data
        except OSError:
            return None
        return status if same else None

    def place(self, source: Path, name: str) -> os.stat_result:
        """Move a file from elsewhere on the same file system to its place at once; its status.

        Raises:
            OutputError: As for `write`.
        """
        target = self._target(name)
        try:
            self._ensure_folder(target.parent)
            try:
                source.replace(target)
            except (IsADirectoryError, PermissionError):
                if not target.is_dir() or target.is_symlink():
                    raise
                self._clear(target)
                source.replace(target)
            return target.lstat()
        except OSError as error:
            raise _refused(target, error) from error

    def _target(self, name: str) -> Path:
        self._check(name)
        return self.path / name

    def _check(self, name: str) -> None:
        if not _is_ours(name):
            fix = "give the page that wants it another `slug`, `permalink` or alias"
            raise OutputError(Problem(f"{self.path / name} is not a build's to write", fix))

    def remove(self, names: Iterable[str]) -> None:
        """Delete files that are no longer planned, and the folders that this empties.

        Raises:
            OutputError: The system refused.
        """
        for name in names:
            target = self.path / name
            try:
                target.unlink()
            except (FileNotFoundError, NotADirectoryError):
                continue  # gone already, or its place is taken by what is planned now
            except OSError as error:
                if target.is_dir() and not target.is_symlink():
                    continue
                raise _refused(target, error) from error
            self.removed.append(name)
            self._prune(target.parent)

    def _prune(self, folder: Path) -> None:
        """Delete a folder and those above it as far as they are empty."""
        while folder != self.path:
            try:
                folder.rmdir()
            except OSError:
                return
            folder = folder.parent

    def sweep(self, planned: Iterable[str]) -> None:
        """Delete every file that is not planned, and the folders that this empties.

        Raises:
            OutputError: The system refused.
        """
        with _naming(self.path):
            self._sweep(self.path, "", set(planned))

    def tidy(self, folders: Iterable[str], planned: set[str]) -> None:
        """Delete what is not planned from some folders (paths below the root), as `sweep` does.

        Folders in them that are planned are looked into only where they are named themselves.
        """
        spared = folders_of(planned)
        with _naming(self.path):
            for name in sorted(folders, reverse=True):
                folder = self.path / name if name else self.path
                if (
                    folder.is_dir()
                    and not folder.is_symlink()
                    and self._sweep(folder, f"{name}/" if name else "", planned, spared)
                ):
                    self._prune(folder)

    def _sweep(self, folder: Path, prefix: str, planned: set[str], spared: Collection[str] = ()) -> bool:
        """Sweep one folder and those in it that are not spared; True where it is empty now."""
        empty = True
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        for entry in found:
            name = f"{prefix}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if (not prefix and _is_foreign(entry.name)) or name in spared:
                    empty = False
                elif self._sweep(folder / entry.name, f"{name}/", planned):
                    (folder / entry.name).rmdir()
                else:
                    empty = False
            elif name in planned or (not prefix and _is_foreign(entry.name)):
                empty = False
            else:
                (folder / entry.name).unlink()
                self.removed.append(name)
        return empty

    def _ensure_folder(self, folder: Path) -> None:
        """Make `folder` below the root of real folders; a file or link in its place goes, since all here is ours."""
        if folder in self._folders or folder == self.path:
            return
        self._ensure_folder(folder.parent)
        try:
            mode = folder.lstat().st_mode
        except FileNotFoundError:
            folder.mkdir(exist_ok=True)  # another process may make it too
        else:
            if not stat.S_ISDIR(mode):
                folder.unlink(missing_ok=True)
                folder.mkdir(exist_ok=True)
        self._folders.add(folder)

    def _put(self, target: Path, data: bytes) -> bool:
        try:
            status = target.lstat()
        except FileNotFoundError:
            pass
        else:
            if stat.S_ISREG(status.st_mode) and status.st_size == len(data) and target.read_bytes() == data:
                return False
            if stat.S_ISDIR(status.st_mode):
                self._clear(target)
        replace_file(target, data)
        return True

    def _clear(self, folder: Path) -> None:
        import shutil  # 2 ms, for what few builds do

        shutil.rmtree(folder)
        self._folders = {known for known in self._folders if not known.is_relative_to(folder)}


_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def _create(target: str, data: bytes) -> os.stat_result:
    """Write a new file into a folder that is there; its status."""
    file = os.open(target, _CREATE, 0o666)
    try:
        while data:
            data = data[os.write(file, data) :]
        return os.fstat(file)
    finally:
        os.close(file)


def replace_file(target: Path, data: bytes | Iterable[bytes]) -> None:
    """Give `target` new bytes at once: a temporary file beside it, then a rename. Its folder must exist."""
    temporary = target.with_name(f"{TEMPORARY}{os.getpid()}")
    try:
        with _made(temporary) as file:
            file.writelines((data,) if isinstance(data, bytes) else data)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _made(temporary: Path) -> BinaryIO:
    """A new file; one that a killed process left goes, and is not followed should it be a link."""
    try:
        return temporary.open("xb")
    except FileExistsError:
        temporary.unlink()
        return temporary.open("xb")


def folders_of(paths: Iterable[str]) -> dict[str, None]:
    """Every folder above some paths, the root (`""`) included, each once."""
    found: dict[str, None] = {"": None}
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder not in found:
            found[folder] = None
            folder = folder.rpartition("/")[0]
    return found


def _is_ours(name: str) -> bool:
    """Whether a file below the root may be ours; planned paths are checked where they are made, so this is a net."""
    parts = name.split("/")
    return not _is_foreign(parts[0]) and not any(part in ("", ".", "..") for part in parts)


def _is_foreign(name: str) -> bool:
    """Whether an entry of the top level belongs to someone else."""
    return name.startswith(".") and name != ".well-known" and not name.startswith(TEMPORARY)


class _naming:  # noqa: N801  # a context manager reads as a verb
    """Turn an OSError into an OutputError that names the path."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, _type: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, OSError):
            raise _refused(self.path, error) from error


def _refused(path: Path, error: OSError) -> OutputError:
    """What the system would not do, and where."""
    where = error.filename2 or error.filename or path
    return OutputError(Problem(f"cannot write {where}: {error.strerror or error}", "check space, permissions and path"))

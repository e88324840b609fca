"""Files under one root: written whole or not at all, equal bytes left alone, nothing outside ever touched."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from generator.errors import OutputError, Problem

MARKER = ".dateline-output"
"""File that says a folder is ours to write and to clean."""

_MARKER_TEXT = b"Made by Dateline. The next build removes from this folder what is not part of the site.\n"
_TEMPORARY = ".dateline-tmp-"


class Root:
    """An output folder.

    After `adopt`, everything in the folder is ours, except entries of its top level whose names begin with a dot (a
    `.git` of a publishing branch, say); of those, `.well-known` alone is ours.

    Attributes:
        path: The folder.
        written: Files whose bytes changed.
        unchanged: Files that had the right bytes.
        removed: Files that were deleted.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.written: list[str] = []
        self.unchanged = 0
        self.removed: list[str] = []
        self._folders: set[Path] = set()

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
            self._put(marker, _MARKER_TEXT)

    def write(self, name: str, data: bytes) -> bool:
        """Write one file whose folder is made as needed; True where its bytes changed.

        Raises:
            OutputError: The name leads to what is not ours, or the system refused; the file has its old bytes.
        """
        target = self.path / name
        if not _is_ours(name):
            fix = "give the page that wants it another `slug`, `permalink` or alias"
            raise OutputError(Problem(f"{target} is not a build's to write", fix))
        with _naming(target):
            self._ensure_folder(target.parent)
            changed = self._put(target, data)
        if changed:
            self.written.append(name)
        else:
            self.unchanged += 1
        return changed

    def sweep(self, planned: Iterable[str]) -> None:
        """Delete every file that is not planned, and the folders that this empties.

        Raises:
            OutputError: The system refused.
        """
        with _naming(self.path):
            self._sweep(self.path, "", set(planned))

    def _sweep(self, folder: Path, prefix: str, planned: set[str]) -> bool:
        """Sweep one folder; True where it is empty now."""
        empty = True
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        for entry in found:
            name = f"{prefix}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if not prefix and _is_foreign(entry.name):
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
            folder.mkdir()
        else:
            if not stat.S_ISDIR(mode):
                folder.unlink()
                folder.mkdir()
        self._folders.add(folder)

    def _put(self, target: Path, data: bytes) -> bool:
        try:
            mode = target.lstat().st_mode
        except FileNotFoundError:
            mode = 0
        if stat.S_ISREG(mode) and target.stat().st_size == len(data) and target.read_bytes() == data:
            return False
        if stat.S_ISDIR(mode):
            shutil.rmtree(target)
            self._folders = {folder for folder in self._folders if not folder.is_relative_to(target)}
        replace_file(target, data)
        return True


def replace_file(target: Path, data: bytes) -> None:
    """Give `target` new bytes at once: a temporary file beside it, then a rename. Its folder must exist."""
    temporary = target.with_name(f"{_TEMPORARY}{os.getpid()}")
    try:
        with _made(temporary) as file:
            file.write(data)
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


def _is_ours(name: str) -> bool:
    """Whether a file below the root may be ours; planned paths are checked where they are made, so this is a net."""
    parts = name.split("/")
    return not _is_foreign(parts[0]) and not any(part in ("", ".", "..") for part in parts)


def _is_foreign(name: str) -> bool:
    """Whether an entry of the top level belongs to someone else."""
    return name.startswith(".") and name != ".well-known" and not name.startswith(_TEMPORARY)


class _naming:  # noqa: N801  # a context manager reads as a verb
    """Turn an OSError into an OutputError that names the path."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, _type: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, OSError):
            where = error.filename or self.path
            raise OutputError(
                Problem(f"cannot write {where}: {error.strerror or error}", "check space, permissions and path")
            ) from error

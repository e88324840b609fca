"""Packs: files to which records are appended and in which they never change. One pack a writer, so none shares any."""

from __future__ import annotations

import os
import zlib
from pathlib import Path

from generator.errors import OutputError, Problem
from generator.model.entry import Spot

_SUFFIX = ".pack"
_CHECK = 4


class DamagedError(Exception):
    """A record is not what was written; all that is remembered is then in doubt."""


class PackWriter:
    """Appends records to one pack of a folder; a killed build's half record at its end harms nobody.

    Args:
        folder: Where packs lie.
        number: Which pack; no two writers may have one at a time.
    """

    def __init__(self, folder: Path, number: int) -> None:
        self.number = number
        self._path = folder / f"{number}{_SUFFIX}"
        try:
            self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o666)
            self._end = os.fstat(self._file).st_size
            self._waiting: list[bytes] = []
            self._size = 0
        except OSError as error:
            raise _refused(self._path, error) from error

    def add(self, post: bytes, body: bytes) -> Spot:
        """Append a record; it is in the file after `flush`."""
        spot = Spot(self.number, self._end + self._size, len(post), len(body))
        self._waiting += (_check(post), post, _check(body), body)
        self._size += 2 * _CHECK + len(post) + len(body)
        return spot

    def flush(self) -> None:
        """Write what was added.

        Raises:
            OutputError: The system refused.
        """
        data = b"".join(self._waiting)
        self._waiting.clear()
        self._end, self._size = self._end + self._size, 0
        try:
            while data:
                data = data[os.write(self._file, data) :]
        except OSError as error:
            raise _refused(self._path, error) from error

    def close(self) -> None:
        """Let go of the file; what was not flushed is lost."""
        os.close(self._file)


def _refused(path: Path, error: OSError) -> OutputError:
    return OutputError(Problem(f"cannot write {path}: {error.strerror or error}", "check space and permissions"))


class Packs:
    """Reads records of a folder's packs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[int, int] = {}

    def __getstate__(self) -> Path:
        return self._folder

    def __setstate__(self, folder: Path) -> None:
        self.__init__(folder)  # type: ignore[misc]  # a copy opens its own files

    def post(self, spot: Spot) -> bytes:
        """The first part of a record.

        Raises:
            DamagedError: It is not what was written.
        """
        return self._read(spot.pack, spot.offset, spot.post)

    def body(self, spot: Spot) -> bytes:
        """The second part; see `post`."""
        return self._read(spot.pack, spot.offset + _CHECK + spot.post, spot.body)

    def _read(self, pack: int, offset: int, size: int) -> bytes:
        try:
            if pack not in self._files:
                self._files[pack] = os.open(self._folder / f"{pack}{_SUFFIX}", os.O_RDONLY | getattr(os, "O_BINARY", 0))
            data = read_at(self._files[pack], size + _CHECK, offset)
        except OSError as error:
            raise DamagedError(str(error)) from error
        record = data[_CHECK:]
        if len(record) != size or _check(record) != data[:_CHECK]:
            raise DamagedError(f"{pack}{_SUFFIX} at {offset}")
        return record

    def close(self) -> None:
        """Let go of all files."""
        for file in self._files.values():
            os.close(file)
        self._files.clear()


def _seek_and_read(file: int, size: int, offset: int) -> bytes:
    os.lseek(file, offset, os.SEEK_SET)
    return os.read(file, size)


read_at = getattr(os, "pread", _seek_and_read)
"""`pread` where there is fork, since a forked process shares its parent's place in a file."""


_SPARE = 64_000_000
"""Bytes of records that nobody needs any more and that are not worth a thought."""


def wasteful(folder: Path, useful: int) -> bool:
    """Whether the packs of a folder hold much more than so many bytes of records that are of use."""
    size = sum(path.stat().st_size for path in folder.glob(f"*{_SUFFIX}"))
    return size > _SPARE and size > 4 * useful + _SPARE


def size_of(spot: Spot) -> int:
    """Bytes that a record takes in its pack."""
    return spot.post + spot.body + 2 * _CHECK


def clear(folder: Path) -> None:
    """Delete all packs."""
    for path in folder.glob(f"*{_SUFFIX}"):
        path.unlink(missing_ok=True)


def _check(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(4)

"""Stretches of a manifest's file, read where somebody asks for them, and checked."""

from __future__ import annotations

import os
import zlib
from pathlib import Path

from generator.cache.packs import read_at


class DamagedManifestError(Exception):
    """The file is there and is no manifest that is whole."""


class Extent:
    """Where the bytes of a table's rows lie in a file, one row after the other; nothing is read before it is asked for.

    Args:
        path: The file; None where there is none yet, and `data` is all.
        offset: Of the first byte.
        check: The checksum of all.
        data: All of them, where they are at hand.
    """

    def __init__(self, path: Path | None, offset: int = 0, size: int = 0, check: int = 0, data: bytes = b"") -> None:
        self.size = size if path else len(data)
        self._path = path
        self._offset = offset
        self._check = check
        self._data = None if path and size else data
        self._file: int | None = None

    def all(self) -> bytes:
        """All bytes.

        Raises:
            DamagedManifestError: They are not what was written.
        """
        if self._data is None:
            data = self._read(0, self.size)
            if zlib.crc32(data) != self._check:
                raise DamagedManifestError("checksum")
            self._data = data
            self.close()
        return self._data

    def part(self, offset: int, size: int, check: int) -> bytes:
        """Those of one row; see `all`."""
        if self._data is not None:
            return self._data[offset : offset + size]
        data = self._read(offset, size)
        if len(data) != size or zlib.crc32(data) != check:
            raise DamagedManifestError("checksum")
        return data

    def _read(self, offset: int, size: int) -> bytes:
        assert self._path is not None
        try:
            if self._file is None:
                self._file = os.open(self._path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
            return read_at(self._file, size, self._offset + offset)
        except OSError as error:
            raise DamagedManifestError(str(error)) from error

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __del__(self) -> None:
        self.close()

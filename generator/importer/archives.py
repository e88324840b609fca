"""Archives of exports, opened without trust: no path leaves them, and none unpacks to more than it may.

One that a person has unpacked already is read as if it were packed.
"""

from __future__ import annotations

import os
import weakref
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from generator.errors import ContentError, Problem
from generator.importer.sources import RawSource, printable
from generator.records import replace

MOST_FILES = 500_000
LARGEST = 8 * 1024**3
"""Bytes that all files of an archive may have unpacked."""

DENSEST = 1_000
"""Times that a file of more than 10 MB may be larger than when packed: text is some 10 times, a bomb 1,000."""

_SMALL = 10 * 1024**2
_DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError)
"""What the standard library says of an archive that is broken, locked, or packed in a way that it does not know."""


def is_archive(source: RawSource) -> bool:
    """Whether a source begins as a zip archive does, or was one."""
    return source.unpacked is not None or source.head.startswith(b"PK\x03\x04")


def opened(source: RawSource) -> Archive:
    """The archive that a source is.

    Raises:
        ContentError: It is damaged, locked, or a bomb.
    """
    return Archive(source) if source.unpacked is None else _Unpacked(source, source.unpacked)


class Archive:
    """A zip archive.

    Attributes:
        refused: Files whose path leads out of it.

    Raises:
        ContentError: It is damaged, locked, or a bomb.
    """

    def __init__(self, source: RawSource) -> None:
        self._source = source
        self._zip = self._opened(source.open())
        infos = self._zip.infolist()
        if len(infos) > MOST_FILES or sum(info.file_size for info in infos) > LARGEST or any(map(_is_bomb, infos)):
            raise ContentError(Problem("unpacks to more than an export can be", "make the export again"))
        if any(info.flag_bits & 1 for info in infos):
            raise ContentError(Problem("is locked with a password", "unpack it, and import the folder"))
        self._sizes = {info.filename: info.file_size for info in infos if _is_inside(info)}
        self.refused = [printable(info.filename) for info in infos if not _is_inside(info) and not info.is_dir()]

    def names(self) -> list[str]:
        """Its files by path, sorted; without those whose path leads out of it."""
        return sorted(self._sizes)

    def read(self, name: str, most: int) -> bytes:
        """A file of at most so many bytes.

        Raises:
            ContentError: It has more, or is damaged.
        """
        if self._sizes[name] > most:
            raise ContentError(Problem(f"holds {printable(name)}, which is larger than {most} bytes", "split it"))
        with self.open(name) as file:
            try:
                data = file.read(most + 1)
            except _DAMAGE as error:
                raise _damaged() from error
        if len(data) > most:
            raise _damaged()
        return data

    def open(self, name: str) -> BinaryIO:
        """A file's bytes; they are only unpacked as they are read."""
        try:
            return _Member(self._zip.open(name), self)  # type: ignore[return-value]  # all of it that readers use
        except _DAMAGE as error:
            raise _damaged() from error

    def opener(self, name: str) -> Callable[[], BinaryIO]:
        """What opens a file, for later."""
        return partial(self.open, name)

    def place(self, name: str) -> str:
        """A file as messages name it: with the archive in which it is."""
        return f"{self._source.place}/{printable(name)}"

    def source(self, name: str) -> RawSource:
        """A file of it as a source of its own."""
        return RawSource(self.place(name), printable(PurePosixPath(name).name), self.opener(name))

    def _opened(self, file: BinaryIO) -> zipfile.ZipFile:
        """The archive with its table of files, which is read once: it may be long. Closed when nobody needs it."""
        weakref.finalize(self, file.close)
        try:
            return zipfile.ZipFile(file)
        except _DAMAGE as error:
            raise _damaged() from error

    def __reduce__(self) -> tuple[object, ...]:
        """On another process it is opened again, once for all its files."""
        return _again, (_Place(replace(self._source)),)


class _Place:
    """A source, known by its name."""

    def __init__(self, source: RawSource) -> None:
        self.source = source

    def __hash__(self) -> int:
        return hash(self.source.place)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Place) and other.source.place == self.source.place


@lru_cache(maxsize=2)
def _again(place: _Place) -> Archive:
    return opened(place.source)


class _Unpacked(Archive):
    """The folder that an archive was unpacked to; hidden files and links are passed over."""

    def __init__(self, source: RawSource, folder: Path) -> None:
        self._source = source
        self._folder = folder
        self.refused = []
        self._sizes = {}
        for place, folders, files in os.walk(folder):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in files:
                path = Path(place, name)
                if not name.startswith(".") and path.is_file() and not path.is_symlink():
                    self._sizes[path.relative_to(folder).as_posix()] = path.stat().st_size

    def open(self, name: str) -> BinaryIO:
        """A file's bytes."""
        return (self._folder / name).open("rb")


class _Member:
    """A file in an archive, which stays open as long as it."""

    def __init__(self, inner: object, outer: Archive) -> None:
        self._inner: BinaryIO = inner  # type: ignore[assignment]
        self._outer = outer

    def read(self, size: int = -1) -> bytes:
        """As of any file."""
        return self._inner.read(size)

    def close(self) -> None:
        """Close it."""
        self._inner.close()

    def __enter__(self) -> _Member:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._inner)


def _damaged() -> ContentError:
    return ContentError(Problem("is a damaged archive", "make the export again, or unpack it and import the folder"))


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > _SMALL and info.file_size > DENSEST * max(info.compress_size, 1)


def _is_inside(info: zipfile.ZipInfo) -> bool:
    """Whether it is a file, and its path stays within the archive."""
    path = info.filename
    if info.is_dir() or not path or "\0" in path or "\\" in path or path.startswith("/") or ":" in path.split("/")[0]:
        return False
    return ".." not in path.split("/") and not path.startswith("__MACOSX/")

"""The manifest: one file with all that the last build saw and wrote, replaced as a whole, checked before it is used.

A file of columns beats a database here: names and stamps are read in one gulp and compared with the present by their
bytes, which is all that a build asks where nothing changed. What stands in the rows is nine tenths of the file; it lies
behind the rest and is read where somebody asks for it. Each part has a checksum, so that any damage is found before it
does harm, where a database finds it only where it happens to look.
"""

from __future__ import annotations

import os
import re
import sys
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO, TypeVar

from generator.cache.stamps import Stamp
from generator.records import Record, field
from generator.writer import replace_file

B = TypeVar("B", bytes, memoryview)

_MAGIC = b"dateline manifest 3\n"
_ANY_MAGIC = re.compile(rb"dateline manifest \d+\n")


class DamagedManifestError(Exception):
    """The file is there and is no manifest that is whole."""


class Table(Record):
    """Rows in an order: a name, a stamp, and bytes that their owner understands.

    Attributes:
        names: Paths.
        stamps: Three numbers a row, flat.
    """

    names: list[str] = field(default_factory=list)
    stamps: array[int] = field(default_factory=lambda: array("q"))
    _blobs: list[bytes] | None = None
    _sizes: array[int] = field(default_factory=lambda: array("I"))
    _data: Callable[[], bytes] = bytes

    @property
    def blobs(self) -> list[bytes]:
        """The bytes of each row; read, and cut apart, where somebody asks for them.

        Raises:
            DamagedManifestError: They are not what was written.
        """
        if self._blobs is None:
            self._blobs = list(_cut(self.data(), self._sizes))
        return self._blobs

    @blobs.setter
    def blobs(self, blobs: list[bytes]) -> None:
        self._blobs = blobs

    def add(self, name: str, stamp: tuple[int, int, int], blob: bytes = b"") -> None:
        """Append a row; its stamp may be a plain tuple."""
        self.names.append(name)
        self.stamps.extend(stamp)
        self.blobs.append(blob)

    def copy(self) -> Table:
        """The same rows, free to be changed."""
        return Table(
            list(self.names),
            self.stamps[:],
            None if self._blobs is None else list(self._blobs),
            self._sizes,
            self._data,
        )

    def stamp(self, row: int) -> Stamp:
        """A row's stamp."""
        return Stamp(*self.stamps[3 * row : 3 * row + 3])

    def each_stamp(self) -> Iterator[tuple[int, int, int]]:
        """All stamps in order, as plain tuples."""
        numbers = iter(self.stamps)
        return zip(numbers, numbers, numbers, strict=True)

    def rows(self) -> dict[str, int]:
        """Row by name."""
        return dict(zip(self.names, range(len(self.names)), strict=True))

    def same_files(self, other: Table) -> bool:
        """Whether two tables have the same names with the same stamps, in the same order."""
        return self.stamps == other.stamps and self.names == other.names

    def columns(self) -> tuple[bytes, bytes, bytes]:
        """Names, stamps, and the sizes of the rows' bytes."""
        return "\0".join(self.names).encode(), _little(self.stamps).tobytes(), _little(self.sizes()).tobytes()

    def sizes(self) -> array[int]:
        """How many bytes each row has."""
        return self._sizes if self._blobs is None else array("I", map(len, self._blobs))

    def data(self) -> bytes:
        """The bytes of all rows, one after the other; read once.

        Raises:
            DamagedManifestError: They are not what was written.
        """
        if self._blobs is not None:
            return b"".join(self._blobs)
        data = self._data()
        self._data = lambda: data
        return data

    def carry(self, old: Table, fresh: Mapping[str, bytes]) -> None:
        """Give each row fresh bytes, or else those that it had in another table; these are copied in long stretches."""
        data, places, ends = memoryview(old.data()), old.rows(), [0, *accumulate(old.sizes())]
        pieces: list[bytes | memoryview] = []
        sizes, start, stop = array("I"), 0, 0
        for name in self.names:
            blob = fresh.get(name)
            if blob is not None:
                pieces += (data[start:stop], blob)
                start = stop
                sizes.append(len(blob))
                continue
            place = places[name]
            if ends[place] != stop:
                pieces.append(data[start:stop])
                start = ends[place]
            stop = ends[place + 1]
            sizes.append(stop - ends[place])
        whole = b"".join((*pieces, data[start:stop]))
        self._blobs, self._sizes, self._data = None, sizes, lambda: whole

    @classmethod
    def read(cls, columns: Iterator[memoryview], data: _Data) -> Table:
        """A table from its columns.

        Raises:
            ValueError: They do not fit together.
        """
        text = str(next(columns), "utf-8")
        stamps, sizes = array("q"), array("I")
        stamps.frombytes(next(columns))
        sizes.frombytes(next(columns))
        names, sizes = text.split("\0") if sizes else [], _little(sizes)
        if not len(names) == len(sizes) == len(stamps) / 3 or sum(sizes) != data.size:
            raise ValueError
        return cls(names, _little(stamps), None, sizes, data.read)


class _Data(Record, frozen=True):
    """Where the bytes of a table's rows lie in a file."""

    path: Path
    offset: int
    size: int
    check: int

    def read(self) -> bytes:
        """All of them.

        Raises:
            DamagedManifestError: They are not what was written.
        """
        if not self.size:
            return b""
        try:
            with self.path.open("rb") as file:
                file.seek(self.offset)
                data = file.read(self.size)
        except OSError as error:
            raise DamagedManifestError(str(error)) from error
        if zlib.crc32(data) != self.check:
            raise DamagedManifestError("checksum")
        return data


class Manifest(Record):
    """What the last build saw and wrote.

    Attributes:
        head: What its owner wants to know first, in its own words.
        documents: Articles and pages, each with its row of the archive.
        files: Files that are copied, each with the digest of its bytes.
        outputs: What was written.
        folders: Folders of the output, so that a foreign file in one is noticed.
        groups: Groups of outputs that are planned together; their stamps mean nothing.
    """

    head: bytes = b""
    documents: Table = field(default_factory=Table)
    files: Table = field(default_factory=Table)
    outputs: Table = field(default_factory=Table)
    folders: Table = field(default_factory=Table)
    groups: Table = field(default_factory=Table)

    @property
    def _tables(self) -> tuple[Table, ...]:
        return self.documents, self.files, self.outputs, self.folders, self.groups

    def save(self, path: Path) -> None:
        """Replace the file at once: magic, sizes and checksums, columns, then the bytes of the tables' rows.

        Raises:
            OSError: The system refused; the old file is as it was.
        """
        columns = [self.head, *(column for table in self._tables for column in table.columns())]
        data = [table.data() for table in self._tables]
        numbers = array("Q", [*map(len, columns), *map(len, data), *map(zlib.crc32, data)])
        front = b"".join((_little(numbers).tobytes(), *columns))
        replace_file(path, (_MAGIC, zlib.crc32(front).to_bytes(4), front, *data))

    @classmethod
    def load(cls, path: Path) -> Manifest | None:
        """The manifest in a file; None where there is no file, or one of another version.

        Raises:
            DamagedManifestError: It is damaged.
        """
        try:
            with path.open("rb") as file:
                if (start := file.read(len(_MAGIC))) != _MAGIC and _ANY_MAGIC.match(start):
                    return None
                columns, data = _front(file, path)
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise DamagedManifestError(str(error)) from error
        try:
            return cls(bytes(next(columns)), *(Table.read(columns, each) for each in data))
        except ValueError as error:
            raise DamagedManifestError(str(error)) from error


_TABLES = 5
_COLUMNS = 1 + 3 * _TABLES
_NUMBERS = 8 * (_COLUMNS + 2 * _TABLES)


def _front(file: BinaryIO, path: Path) -> tuple[Iterator[memoryview], list[_Data]]:
    """The columns, and where the rows' bytes are, of a file that holds just that.

    Raises:
        ValueError: It does not.
    """
    file.seek(0)
    start, numbers = file.read(len(_MAGIC) + 4), array("Q")
    numbers.frombytes(head := file.read(_NUMBERS))
    numbers = _little(numbers)
    sizes, checks = numbers[:-_TABLES], numbers[-_TABLES:]
    if len(head) != _NUMBERS or sum(sizes) + len(start) + _NUMBERS != os.fstat(file.fileno()).st_size:
        raise ValueError("size")
    body = memoryview(file.read(sum(sizes[:_COLUMNS])))
    if start != _MAGIC + zlib.crc32(body, zlib.crc32(head)).to_bytes(4):
        raise ValueError("checksum")
    starts = list(accumulate(sizes, initial=len(start) + _NUMBERS))[_COLUMNS:]
    data = [_Data(path, *each) for each in zip(starts, sizes[_COLUMNS:], checks, strict=False)]
    return _cut(body, sizes[:_COLUMNS]), data


def _cut(data: B, sizes: Iterable[int]) -> Iterator[B]:
    at = 0
    for size in sizes:
        yield data[at : at + size]
        at += size


def _little(numbers: array[int]) -> array[int]:
    """Numbers in little-endian order, so that a cache can move to another machine."""
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers


def names_of(tables: Iterable[Table]) -> set[str]:
    """All names of some tables."""
    return {name for table in tables for name in table.names}

"""The manifest: one file with all that the last build saw and wrote, replaced as a whole, checked as a whole.

A file of columns beats a database here: it is read in one gulp, compared with the present by its bytes where nothing
changed, and a checksum over all of it finds any damage, which a database finds only where it happens to look.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator.cache.stamps import Stamp
from generator.writer import replace_file

_MAGIC = b"dateline manifest 2\n"


class DamagedManifestError(Exception):
    """The file is there and is not a manifest of this version that is whole."""


@dataclass
class Table:
    """Rows in an order: a name, a stamp, and bytes that their owner understands.

    Attributes:
        names: Paths.
        stamps: Three numbers a row, flat.
    """

    names: list[str] = field(default_factory=list)
    stamps: array[int] = field(default_factory=lambda: array("q"))
    _blobs: list[bytes] | None = None
    _sizes: array[int] = field(default_factory=lambda: array("I"))
    _data: bytes = b""

    @property
    def blobs(self) -> list[bytes]:
        """The bytes of each row; cut out of a file where somebody asks for them."""
        if self._blobs is None:
            self._blobs = list(_cut(self._data, self._sizes))
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

    def columns(self) -> Iterator[bytes]:
        """The table as four columns of bytes."""
        yield "\0".join(self.names).encode()
        yield _little(self.stamps).tobytes()
        if self._blobs is None:
            yield _little(self._sizes).tobytes()
            yield self._data
        else:
            yield _little(array("I", map(len, self._blobs))).tobytes()
            yield b"".join(self._blobs)

    @classmethod
    def read(cls, columns: Iterator[bytes]) -> Table:
        """A table from its four columns.

        Raises:
            ValueError: They do not fit together.
        """
        text = next(columns).decode()
        stamps, sizes = array("q"), array("I")
        stamps.frombytes(next(columns))
        sizes.frombytes(next(columns))
        names, sizes, data = text.split("\0") if sizes else [], _little(sizes), next(columns)
        if not len(names) == len(sizes) == len(stamps) / 3 or sum(sizes) != len(data):
            raise ValueError
        return cls(names, _little(stamps), None, sizes, data)


@dataclass(slots=True)
class Manifest:
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

    def save(self, path: Path) -> None:
        """Replace the file at once.

        Raises:
            OSError: The system refused; the old file is as it was.
        """
        columns = [self.head]
        for table in (self.documents, self.files, self.outputs, self.folders, self.groups):
            columns.extend(table.columns())
        sizes = array("Q", map(len, columns))
        body = b"".join((_little(sizes).tobytes(), *columns))
        check = zlib.crc32(body).to_bytes(4)
        replace_file(path, b"".join((_MAGIC, len(sizes).to_bytes(4), check, body)))

    @classmethod
    def load(cls, path: Path) -> Manifest | None:
        """The manifest in a file; None where there is no file.

        Raises:
            DamagedManifestError: It is damaged, or of another version.
        """
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise DamagedManifestError(str(error)) from error
        try:
            columns = _columns(data)
            return cls(next(columns), *(Table.read(columns) for _ in range(5)))
        except (ValueError, StopIteration, RuntimeError) as error:
            raise DamagedManifestError(str(error)) from error


def _columns(data: bytes) -> Iterator[bytes]:
    start = len(_MAGIC) + 8
    count = int.from_bytes(data[start - 8 : start - 4])
    body = memoryview(data)[start:]
    if not data.startswith(_MAGIC) or zlib.crc32(body).to_bytes(4) != data[start - 4 : start]:
        raise ValueError("checksum")
    sizes = array("Q")
    sizes.frombytes(body[: 8 * count])
    at = 8 * count
    for size in _little(sizes):
        yield bytes(body[at : at + size])
        at += size


def _cut(data: bytes, sizes: Iterable[int]) -> Iterator[bytes]:
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

"""Tables: rows of a name, a stamp and some bytes, which lie in a file until somebody asks for them.

What stands in the rows is nine tenths of a manifest. Each row has a checksum, so that one can be read without the rest.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import TypeVar

from generator.cache.extents import Extent
from generator.cache.stamps import Stamp
from generator.records import Record, field

B = TypeVar("B", bytes, memoryview)


class Filed(Record):
    """A table as it lies in a file.

    Attributes:
        base: Which writing of the file; empty where there is no file.
        names: As they stand there, like all the rest.
        stamps: Three numbers a row, flat.
        numbers: One a row, or none at all.
        sizes: How many bytes each row has.
        checks: The checksum of each.
        extent: Where these bytes are.
    """

    base: bytes
    names: list[str]
    stamps: array[int]
    numbers: array[int]
    sizes: array[int]
    checks: array[int]
    extent: Extent
    _starts: list[int] | None = None
    _places: dict[str, int] | None = None

    def place(self, name: str) -> int | None:
        """The row of a name; None where there is none. Most names are in order, and then no index is made."""
        if self._places is None:
            row = bisect_left(self.names, name)
            if row < len(self.names) and self.names[row] == name:
                return row
        return self.places.get(name)

    @property
    def places(self) -> dict[str, int]:
        """Row by name."""
        if self._places is None:
            self._places = dict(zip(self.names, range(len(self.names)), strict=True))
        return self._places

    @property
    def starts(self) -> list[int]:
        """Where each row begins, and where the last one ends."""
        if self._starts is None:
            self._starts = list(accumulate(self.sizes, initial=0))
        return self._starts

    def row(self, row: int) -> bytes:
        """The bytes of a row; see `Extent.part`."""
        return self.extent.part(self.starts[row], self.sizes[row], self.checks[row])

    @classmethod
    def of(cls, names: list[str], blobs: list[bytes]) -> Filed:
        """Rows that lie in no file."""
        sizes, checks = array("I", map(len, blobs)), array("I", map(zlib.crc32, blobs))
        return cls(b"", names, array("q"), array("I"), sizes, checks, Extent(None, data=b"".join(blobs)))


class Added(Record, array_like=True, frozen=True):
    """A row that came: its place, and all that is in it; the number is -1 where its table has none."""

    place: int
    name: str
    stamp: tuple[int, int, int]
    blob: bytes
    number: int = -1


class Changed(Record, array_like=True, frozen=True):
    """What is not as a table lies in a file.

    Attributes:
        rows: The stamps of rows that changed, and their bytes where these did.
        added: Rows that came, in order.
    """

    rows: dict[int, tuple[tuple[int, int, int], bytes | None]]
    added: tuple[Added, ...]


class Table(Record):
    """Rows in an order: a name, a stamp, and bytes that their owner understands.

    Attributes:
        names: Paths.
        stamps: Three numbers a row, flat.
        filed: Rows as they lie in a file, by name.
        fresh: Bytes of rows that are not as they lie there.
        numbers: One a row that the table's owner understands, or none at all.
    """

    names: list[str] = field(default_factory=list)
    stamps: array[int] = field(default_factory=lambda: array("q"))
    filed: Filed | None = None
    fresh: dict[str, bytes] = field(default_factory=dict)
    numbers: array[int] = field(default_factory=lambda: array("I"))

    def add(self, name: str, stamp: tuple[int, int, int], blob: bytes = b"") -> None:
        """Append a row; its stamp may be a plain tuple."""
        self.names.append(name)
        self.stamps.extend(stamp)
        self.fresh[name] = blob

    def copy(self) -> Table:
        """The same rows, free to be changed."""
        return Table(list(self.names), self.stamps[:], self.filed, dict(self.fresh), self.numbers[:])

    def stamp(self, row: int) -> Stamp:
        """A row's stamp."""
        return Stamp(*self.stamps[3 * row : 3 * row + 3])

    def each_stamp(self) -> Iterator[tuple[int, int, int]]:
        """All stamps in order, as plain tuples."""
        numbers = iter(self.stamps)
        return zip(numbers, numbers, numbers, strict=True)

    def rows(self) -> Mapping[str, int]:
        """Row by name."""
        if self.filed is not None and self.filed.names is self.names:
            return self.filed.places
        return dict(zip(self.names, range(len(self.names)), strict=True))

    def __contains__(self, name: str) -> bool:
        return name in self.fresh or (self.filed is not None and self.filed.place(name) is not None)

    def same_files(self, other: Table) -> bool:
        """Whether two tables have the same names with the same stamps, in the same order."""
        return self.stamps == other.stamps and self.names == other.names

    def blob(self, name: str) -> bytes:
        """The bytes of the row of that name.

        Raises:
            DamagedManifestError: They are not what was written.
        """
        blob = self.fresh.get(name)
        if blob is not None or self.filed is None:
            return self.fresh[name]
        row = self.filed.place(name)
        if row is None:
            raise KeyError(name)
        return self.filed.row(row)

    def blobs(self) -> Iterator[bytes]:
        """Those of all rows, in order; see `blob`."""
        if self.filed is None:
            return map(self.fresh.__getitem__, self.names)
        data, sizes, _ = self.columns()
        return cut(data, sizes)

    def data(self) -> bytes:
        """Those of all rows, one after the other; see `blob`."""
        return self.columns()[0]

    def columns(self) -> tuple[bytes, array[int], array[int]]:
        """The bytes of all rows, the size of each, and its checksum; what lies in a file is copied in long stretches.

        Raises:
            DamagedManifestError: They are not what was written.
        """
        filed = self.filed or Filed.of(self.names, [self.fresh[name] for name in self.names])
        if self.filed and (self.fresh or filed.names != self.names):
            return self._carried(filed)
        return filed.extent.all(), filed.sizes, filed.checks

    def _carried(self, filed: Filed) -> tuple[bytes, array[int], array[int]]:
        data, places, ends, fresh = memoryview(filed.extent.all()), filed.places, filed.starts, self.fresh
        pieces: list[bytes | memoryview] = []
        sizes, checks, start, stop = array("I"), array("I"), 0, 0
        for name in self.names:
            blob = fresh.get(name)
            if blob is not None:
                pieces += (data[start:stop], blob)
                start = stop
                sizes.append(len(blob))
                checks.append(zlib.crc32(blob))
                continue
            place = places[name]
            if ends[place] != stop:
                pieces.append(data[start:stop])
                start = ends[place]
            stop = ends[place + 1]
            sizes.append(stop - ends[place])
            checks.append(filed.checks[place])
        return b"".join((*pieces, data[start:stop])), sizes, checks

    def carry(self, old: Table, fresh: Mapping[str, bytes]) -> None:
        """Give each row fresh bytes, or else those that it had in another table.

        Where nothing lies in a file yet, all is put together at once, so that it is not held twice.
        """
        self.filed, self.fresh = old.filed, {**old.fresh, **fresh}
        if self.filed is None:
            self.filed = Filed.of(self.names, [self.fresh[name] for name in self.names])
            self.fresh = {}

    def changes(self) -> Changed | None:
        """What is not as it lies in the file; None where that is more than rows that changed or came."""
        filed = self.filed
        if filed is None or not filed.base:
            return None
        added = additions(self.names, filed.names)
        if added is None:
            return None
        names, stamps, numbers = self.without(added)
        if numbers != filed.numbers:
            return None
        rows = dict.fromkeys(different(stamps, filed.stamps))
        rows |= {row: None for name in self.fresh if (row := filed.place(name)) is not None}
        changed = {row: (_stamp(stamps, row), self.fresh.get(names[row])) for row in sorted(rows)}
        return Changed(changed, tuple(map(self._added, added)))

    def _added(self, place: int) -> Added:
        name = self.names[place]
        return Added(place, name, self.stamp(place), self.fresh[name], self.numbers[place] if self.numbers else -1)

    def without(self, added: list[int]) -> tuple[list[str], array[int], array[int]]:
        """Names, stamps and numbers of all rows but these."""
        if not added:
            return self.names, self.stamps, self.numbers
        names, stamps, numbers = list(self.names), self.stamps[:], self.numbers[:]
        for place in reversed(added):
            del names[place], stamps[3 * place : 3 * place + 3], numbers[place : place + 1]
        return names, stamps, numbers

    def apply(self, changed: Changed) -> None:
        """Bring a table that is as it lies in the file to what it was when `changes` was asked."""
        assert self.filed is not None
        self.filed.stamps, self.filed.numbers = self.stamps[:], self.numbers[:]
        for row, (stamp, blob) in changed.rows.items():
            self.stamps[3 * row : 3 * row + 3] = array("q", stamp)
            if blob is not None:
                self.fresh[self.names[row]] = blob
        if changed.added:
            self.names = list(self.names)
        for new in changed.added:
            self.names.insert(new.place, new.name)
            self.stamps[3 * new.place : 3 * new.place] = array("q", new.stamp)
            self.fresh[new.name] = new.blob
            if new.number >= 0:
                self.numbers.insert(new.place, new.number)


def _stamp(stamps: array[int], row: int) -> tuple[int, int, int]:
    return Stamp(*stamps[3 * row : 3 * row + 3])


_MANY = 256
"""Rows that came, above which it is not worth while to find them one by one."""


def additions(names: list[str], known: list[str]) -> list[int] | None:
    """The places of the names that came; None where others went, or too many came."""
    if names == known:
        return []
    if len(names) - len(known) > _MANY:
        return None
    found: list[int] = []
    while len(found) <= len(names) - len(known):
        start = found[-1] + 1 if found else 0
        alike = _alike(names, start, known, start - len(found))
        if start - len(found) + alike == len(known):
            return [*found, *range(start + alike, len(names))]
        found.append(start + alike)
    return None


def _alike(left: list[str], start: int, right: list[str], place: int) -> int:
    """How many names are the same, from places in two lists on."""
    low, high = 0, min(len(left) - start, len(right) - place)
    while low < high:
        middle = (low + high + 1) // 2
        if left[start + low : start + middle] == right[place + low : place + middle]:
            low = middle
        else:
            high = middle - 1
    return low


_STRETCH = 3 * 512


def different(left: array[int], right: array[int]) -> Iterator[int]:
    """The rows that have not the same stamps."""
    for start in range(0, len(left), _STRETCH):
        ours, theirs = left[start : start + _STRETCH], right[start : start + _STRETCH]
        if ours != theirs:
            for at in range(0, len(ours), 3):
                if ours[at : at + 3] != theirs[at : at + 3]:
                    yield (start + at) // 3


def cut(data: B, sizes: Iterable[int]) -> Iterator[B]:
    """Data cut into pieces of these sizes."""
    at = 0
    for size in sizes:
        yield data[at : at + size]
        at += size


def little(numbers: array[int]) -> array[int]:
    """Numbers in little-endian order, so that a cache can move to another machine."""
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers


def to_bytes(numbers: Iterable[int]) -> bytes:
    """Numbers of rows, four bytes each, little-endian."""
    return little(array("I", numbers)).tobytes()


def from_bytes(data: bytes) -> array[int]:
    """The numbers that `to_bytes` wrote."""
    numbers = array("I")
    numbers.frombytes(data)
    return little(numbers)

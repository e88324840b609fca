"""Every output as the last build left it. What lies in the manifest is read where somebody asks for it."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import Self

from generator import codec
from generator.cache import stamps
from generator.cache.tables import Filed, Table
from generator.records import Record

KEPT = "(kept)"
"""The family of outputs that are no longer planned and were kept all the same; the next plan does not know it."""


class Left(Record, frozen=True, gc=False):
    """An output as it was left.

    Attributes:
        family: The one that planned it.
        digests: Of its bytes, and after it its fingerprint.
        stamp: Of its file.
    """

    family: str
    digests: bytes
    stamp: tuple[int, int, int]

    @property
    def content(self) -> bytes:
        """The digest of its bytes."""
        return self.digests[: codec.DIGEST]

    @property
    def fingerprint(self) -> bytes:
        """The digests of all that it was made from; empty where another Dateline made it."""
        return self.digests[codec.DIGEST :]


class Outputs(Mapping[str, Left]):
    """All of them by path, those that are in a table first.

    Args:
        table: As the manifest has them: digests in the rows, the place of the family among `families` in the numbers.
        families: Names.
        foreign: Another Dateline made them, so their fingerprints say nothing.
    """

    def __init__(self, table: Table | None = None, families: Iterable[str] = (), *, foreign: bool = False) -> None:
        self._table = table or Table()
        self._families = list(families)
        self._end = codec.DIGEST if foreign else None
        self._new: dict[str, Left] = {}
        self._gone: set[str] = set()

    @cached_property
    def _rows(self) -> Mapping[str, int]:
        return self._table.rows()

    def copy(self) -> Self:
        """The same ones, free to be changed."""
        other = self.__class__.__new__(self.__class__)
        other.__dict__.update(self.__dict__, _new=dict(self._new), _gone=set(self._gone), _rows=self._rows)
        return other

    def __contains__(self, path: object) -> bool:
        return path in self._new or (path in self._rows and path not in self._gone)

    def __getitem__(self, path: str) -> Left:
        if found := self._new.get(path):
            return found
        row = self._rows[path]
        if path in self._gone:
            raise KeyError(path)
        digests = self._table.blob(path)[: self._end]
        return Left(self._families[self._table.numbers[row]], digests, self._table.stamp(row))

    def __setitem__(self, path: str, left: Left) -> None:
        self._new[path] = left
        self._gone.discard(path)

    def __delitem__(self, path: str) -> None:
        self._new.pop(path, None)
        if path in self._rows:
            self._gone.add(path)

    def __iter__(self) -> Iterator[str]:
        hidden = self._gone
        yield from (name for name in self._table.names if name not in hidden) if hidden else self._table.names
        yield from self.added

    @property
    def added(self) -> Iterator[str]:
        """Those that are not in the table."""
        rows = self._rows
        return (name for name in self._new if name not in rows)

    @property
    def unfiled(self) -> list[str]:
        """Those that the manifest's file does not have, as far as changes alone are beside it."""
        filed = self._table.filed
        return [*self._table.names[len(filed.names) if filed else 0 :], *self.added]

    def __len__(self) -> int:
        return len(self._table.names) - len(self._gone) + sum(1 for _ in self.added)

    def each_stamp(self) -> Iterator[tuple[str, tuple[int, int, int]]]:
        """All with their stamps."""
        for name, stamp in zip(self._table.names, self._table.each_stamp(), strict=True):
            if name not in self._gone:
                yield name, self._new[name].stamp if name in self._new else stamp
        for name in self.added:
            yield name, self._new[name].stamp

    def each_family(self) -> Iterator[tuple[str, str]]:
        """All with their families."""
        for name, number in zip(self._table.names, self._table.numbers, strict=True):
            if name not in self._gone:
                yield name, self._new[name].family if name in self._new else self._families[number]
        for name in self.added:
            yield name, self._new[name].family

    def outside(self, families: Collection[str]) -> list[str]:
        """Those of all families but these."""
        within = {number for number, name in enumerate(self._families) if name in families}
        rows = zip(self._table.names, self._table.numbers, strict=True)
        found = [name for name, number in rows if number not in within]
        if self._new or self._gone:
            found = [name for name in found if name not in self._new and name not in self._gone]
            found += [name for name, left in self._new.items() if left.family not in families]
        return found

    def tables(self, marks: Mapping[str, bytes], before: Table) -> tuple[Table, Table]:
        """Tables of outputs and of families, for the next build.

        Args:
            marks: The mark of each family.
            before: The table of families as it lies in the manifest.
        """
        groups = _groups({**marks, KEPT: b""}, before)
        numbers = {name: number for number, name in enumerate(groups.names)}
        return self._outputs(numbers), groups

    def _outputs(self, numbers: Mapping[str, int]) -> Table:
        old, added = self._table, list(self.added)
        if not old.names:
            blobs = [left.digests for left in self._new.values()]
            table = Table(added, array("q", chain.from_iterable(left.stamp for left in self._new.values())))
            table.filed = Filed.of(added, blobs)
            table.numbers = array("I", [numbers[left.family] for left in self._new.values()])
            return table
        table = self._kept([numbers.get(name, 0) for name in self._families])
        places = table.rows() if self._gone else self._rows
        if added:
            table.names = list(table.names)
        for name, left in self._new.items():
            if (row := places.get(name)) is None:
                table.add(name, left.stamp, left.digests)
                table.numbers.append(numbers[left.family])
                continue
            table.stamps[3 * row : 3 * row + 3] = array("q", left.stamp)
            table.numbers[row] = numbers[left.family]
            if left.digests != old.blob(name):
                table.fresh[name] = left.digests
        return table

    def _kept(self, numbers: list[int]) -> Table:
        """What is left of the table, its families by other numbers."""
        old, gone = self._table, self._gone
        table = Table(old.names, old.stamps[:], old.filed, dict(old.fresh), old.numbers[:])
        if numbers != list(range(len(numbers))):
            table.numbers = array("I", [numbers[number] for number in old.numbers])
        if gone:
            rows = [row for row, name in enumerate(old.names) if name not in gone]
            table.names = [old.names[row] for row in rows]
            table.numbers = array("I", [table.numbers[row] for row in rows])
            table.stamps = array("q", chain.from_iterable(old.stamps[3 * row : 3 * row + 3] for row in rows))
            table.fresh = {name: blob for name, blob in old.fresh.items() if name not in gone}
        return table


def _groups(marks: Mapping[str, bytes], before: Table) -> Table:
    """The table of families: those that were keep their places, so that little changes; few of them may be gone."""
    places = before.rows()
    new = [name for name in marks if name not in places]
    if not before.names or len(before.names) + len(new) > 2 * len(marks):
        return Table(list(marks), array("q", stamps.NONE * len(marks)), None, dict(marks))
    table = before.copy()
    for name in before.names:
        if (mark := marks.get(name, b"")) != before.blob(name):
            table.fresh[name] = mark
    for name in new:
        table.add(name, stamps.NONE, marks[name])
    return table

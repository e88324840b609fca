"""The documents of a site that stay unread until somebody asks for one."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import overload

from generator.model.entry import Entry


class Shelf:
    """Entries by the number of their row in a table.

    Args:
        names: The source of each row.
        places: The row of each source.
        read: Reads an entry.
    """

    def __init__(
        self, names: Sequence[str], places: Callable[[], Mapping[str, int]], read: Callable[[str], Entry]
    ) -> None:
        self.names = names
        self._places = places
        self._read = read
        self._open: dict[int, Entry] = {}

    def entry(self, row: int) -> Entry:
        """The entry of a row; always the same object."""
        found = self._open.get(row)
        if found is None:
            found = self._open[row] = self._read(self.names[row])
        return found

    def row(self, source: str) -> int:
        """The row of a source.

        Raises:
            KeyError: There is none.
        """
        return self._places()[source]

    def put(self, entry: Entry) -> None:
        """Have an entry in the place of its document's."""
        self._open[self.row(entry.source)] = entry


class Posts(Sequence[Entry]):
    """Entries of a shelf, in an order of their own."""

    def __init__(self, shelf: Shelf, rows: array[int]) -> None:
        self.shelf = shelf
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, place: int) -> Entry: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Entry, ...]: ...

    def __getitem__(self, place: int | slice) -> Entry | tuple[Entry, ...]:
        if isinstance(place, slice):
            return tuple(map(self.shelf.entry, self.rows[place]))
        return self.shelf.entry(self.rows[place])

    def __iter__(self) -> Iterator[Entry]:
        return map(self.shelf.entry, self.rows)

    def index(self, entry: Entry, start: int = 0, stop: int | None = None) -> int:
        """The place of an entry; nothing is read for it."""
        return self.rows.index(self.shelf.row(entry.source), start, len(self.rows) if stop is None else stop)


class Numbers(Mapping[str, int]):
    """The place of each source among the documents of a site."""

    def __init__(self, documents: Posts) -> None:
        self._documents = documents

    @cached_property
    def _places(self) -> dict[int, int]:
        rows = self._documents.rows
        return dict(zip(rows, range(len(rows)), strict=True))

    def __getitem__(self, source: str) -> int:
        return self._places[self._documents.shelf.row(source)]

    def __iter__(self) -> Iterator[str]:
        names = self._documents.shelf.names
        return (names[row] for row in self._documents.rows)

    def __len__(self) -> int:
        return len(self._documents)

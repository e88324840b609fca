"""The documents of a site that stay unread until somebody asks for one."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import overload

from generator import codec
from generator.model.entry import Entry


class Shelf:
    """Entries by the number of their row in a table; those that were not there get the numbers after it.

    Args:
        names: The source of each row.
        place: Finds the row of a source; None where there is none.
        read: Reads an entry.
        cards: The digest of each row's card, one after the other.
    """

    def __init__(
        self,
        names: Sequence[str],
        place: Callable[[str], int | None],
        read: Callable[[str], Entry],
        cards: bytes,
    ) -> None:
        self._names = names
        self._place = place
        self._read = read
        self._filed = cards
        self._open: dict[int, Entry] = {}
        self._cards: dict[int, bytes] = {}
        self._more: dict[str, int] = {}

    def name(self, row: int) -> str:
        """The source of a row."""
        return self._names[row] if row < len(self._names) else self._open[row].source

    def entry(self, row: int) -> Entry:
        """The entry of a row; always the same object."""
        found = self._open.get(row)
        if found is None:
            found = self._open[row] = self._read(self._names[row])
        return found

    def row(self, source: str) -> int:
        """The row of a source.

        Raises:
            KeyError: There is none.
        """
        row = self._more.get(source, self._place(source)) if self._more else self._place(source)
        if row is None:
            raise KeyError(source)
        return row

    def put(self, entry: Entry) -> int:
        """Have an entry in the place of its document's, or at the end; its row."""
        if self._place(entry.source) is None and entry.source not in self._more:
            self._more[entry.source] = len(self._names) + len(self._more)
        row = self.row(entry.source)
        self._open[row], self._cards[row] = entry, entry.card
        return row

    def cards(self, rows: array[int]) -> list[bytes]:
        """The digest of the card of each row; nothing is read for it."""
        filed, fresh, size = self._filed, self._cards, codec.DIGEST
        if fresh:
            return [fresh[row] if row in fresh else filed[size * row : size * row + size] for row in rows]
        return [filed[size * row : size * row + size] for row in rows]


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
    def __getitem__(self, place: slice) -> Posts: ...

    def __getitem__(self, place: int | slice) -> Entry | Posts:
        if isinstance(place, slice):
            return Posts(self.shelf, self.rows[place])
        return self.shelf.entry(self.rows[place])

    def __iter__(self) -> Iterator[Entry]:
        return map(self.shelf.entry, self.rows)

    def index(self, entry: Entry, start: int = 0, stop: int | None = None) -> int:
        """The place of an entry; nothing is read for it."""
        return self.rows.index(self.shelf.row(entry.source), start, len(self.rows) if stop is None else stop)

    def cards(self) -> list[bytes]:
        """The digest of the card of each; nothing is read for it."""
        return self.shelf.cards(self.rows)

    def inserted(self, place: int, row: int) -> Posts:
        """The same ones, and one more at a place."""
        rows = self.rows[:]
        rows.insert(place, row)
        return Posts(self.shelf, rows)


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

    def of(self, posts: Posts) -> tuple[int, ...]:
        """The places of some posts; nothing is read for it."""
        return tuple(map(self._places.__getitem__, posts.rows))

    def __iter__(self) -> Iterator[str]:
        return map(self._documents.shelf.name, self._documents.rows)

    def __len__(self) -> int:
        return len(self._documents)


def each_card(posts: Iterable[Entry]) -> list[bytes]:
    """The digest of what lists show of each post."""
    return posts.cards() if isinstance(posts, Posts) else [post.card for post in posts]

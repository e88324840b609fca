"""What a build remembers of the ledger, so that the next one need not go through all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator import codec, ledger
from generator.build.owners import Marks
from generator.ledger import Ledger
from generator.model.entry import Row, microseconds
from generator.model.ledger import Item, State
from generator.permalinks import url_key
from generator.records import Record

_SHORT = 8
"""Bytes of a digest that is enough to tell a line, or an id, from all others."""


class Promised(Record, array_like=True, frozen=True):
    """A ledger, by digests.

    Attributes:
        lines: Of each line, and of its item's id, one after the other.
        names: Marks of all ids, files and addresses in it.
    """

    lines: bytes = b""
    names: bytes = b""

    @classmethod
    def of(cls, books: Ledger | None) -> Promised:
        """Of a ledger, if there is one."""
        if books is None:
            return cls()
        lines = [_short(line) + _short(identity.encode()) for line, identity in ledger.each_line(books)]
        return cls(b"".join(lines), Marks.of(name for item in books.items.values() for name in _names_of(item)).data)

    def has(self, source: str, row: Row) -> bool:
        """Whether the ledger may have anything to say of a document: it has its id, its file or an address of it."""
        marks = Marks(self.names)
        urls = (row.entry.url, *row.entry.aliases) if row.entry else row.traces.known[0]
        return any(
            name in marks for name in (row.id, row.derived, ledger.file_key(source), *map(url_key, urls)) if name
        )

    def since(self, data: bytes) -> list[Item] | None:
        """The items of the lines of a ledger that it had not: each is new, or in the place of one with the same id.

        None where an item went, a line more is of an item that it had, or a line is broken.
        """
        known = dict(_pairs(self.lines))
        lines = {_short(line): line for line in data.split(b"\n") if line.strip()}
        items = ledger.items([line for digest, line in lines.items() if digest not in known])
        if items is None:
            return None
        came = {_short(item.id.encode()) for item in items}
        went = {known[digest] for digest in known.keys() - lines.keys()}
        return items if came & set(known.values()) == went else None


def is_kept(item: Item, row: Row | None) -> bool:
    """Whether a document is on the site just as an item has it, so that the ledger asks for nothing more."""
    entry = row.entry if row else None
    if entry is None or entry.banner or item.aliases or item.state is not State.LIVE:
        return False
    when = microseconds(item.date) if item.date else None
    return (entry.id, entry.source, entry.url) == (item.id, item.source, item.url) and (
        when is None if entry.page else when == entry.when
    )


def _names_of(item: Item) -> Iterator[str]:
    yield item.id
    yield ledger.file_key(item.source)
    yield from map(url_key, item.urls)


def _short(data: bytes) -> bytes:
    return codec.digest(data)[:_SHORT]


def _pairs(data: bytes) -> Iterable[tuple[bytes, bytes]]:
    for place in range(0, len(data), 2 * _SHORT):
        yield data[place : place + _SHORT], data[place + _SHORT : place + 2 * _SHORT]

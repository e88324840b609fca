"""What a build asks of few documents, counted once, so that it need not ask all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

from generator.cache import packs
from generator.model.entry import ALWAYS, Row
from generator.records import Record, field


class Census(Record):
    """Documents by what is the matter with them.

    Attributes:
        now: The clock, in microseconds since 1970.
        odd: There is more to them than a published document in good order, see Row.is_odd.
        slow: They are published, and their Markdown did not take the prose lane.
        turning: They will mean something else at an instant after `now`.
        useful: Bytes of all records that are of use.
    """

    now: int
    odd: set[str] = field(default_factory=set)
    slow: set[str] = field(default_factory=set)
    turning: set[str] = field(default_factory=set)
    useful: int = 0

    @classmethod
    def of(cls, rows: Mapping[str, Row], now: int) -> Self:
        """Of all documents."""
        census = cls(now)
        for source, row in rows.items():
            census.count(source, row)
        return census

    def count(self, source: str, row: Row, before: Row | None = None) -> None:
        """A document's row, and the one that it had before."""
        entry = row.entry
        if entry is not None:
            self.useful += packs.size_of(entry.spot)
        if before is not None:
            self._forget(source, before)
        if row.is_odd:
            self.odd.add(source)
        if entry is not None and not row.quick:
            self.slow.add(source)
        if row.turns and (row.turns[-1] > self.now or ALWAYS in row.turns):
            self.turning.add(source)

    def _forget(self, source: str, row: Row) -> None:
        if row.entry is not None:
            self.useful -= packs.size_of(row.entry.spot)
        for sources in (self.odd, self.slow, self.turning):
            sources.discard(source)

    def copy(self) -> Census:
        """The same, free to be changed."""
        return Census(self.now, set(self.odd), set(self.slow), set(self.turning), self.useful)

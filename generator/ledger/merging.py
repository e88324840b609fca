"""Several lines of one item to one, and items to the bytes of a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter

from generator import codec
from generator.model.ledger import UNSET, Item, Reason, State
from generator.records import replace

VERSION = 1
MARK = "!dateline-ledger"
"""The key of the first line. `!` stands before all letters, so that sorting the lines of a file leaves it first."""


def dump(items: Iterable[Item]) -> bytes:
    """The file: a line with its version, then one line for each item, in the order of their ids."""
    lines = [codec.to_json({MARK: VERSION}), *map(codec.to_json, sorted(items, key=attrgetter("id")))]
    return b"\n".join(lines) + b"\n"


def unite(items: Sequence[Item]) -> Item:
    """One item from several lines of it, as merging two branches leaves them: no address is lost.

    Whatever the order of the lines, the result is the same. The address that counts is one that no other line calls a
    former one. The first date is the earliest. What one line calls live and another withdrawn is live, so that whoever
    takes it back must say so. Of reasons, the latest stays.
    """
    items = list(dict.fromkeys(items))
    if len(items) == 1:
        return items[0]
    former = {alias for item in items for alias in item.aliases}
    latest = [item for item in items if item.url not in former] or items
    chosen = min(latest, key=attrgetter("url", "source", "title"))
    urls = {url for item in items for url in item.urls} - {chosen.url}
    dates = [item.date for item in items if item.date is not None]
    states = {item.state for item in items}
    state = next(state for state in (State.LIVE, State.WITHDRAWN, State.EXPIRED) if state in states)
    reasons = [item.reason for item in items if isinstance(item.reason, Reason) and state is not State.LIVE]
    return replace(
        chosen,
        aliases=tuple(sorted(urls)),
        date=min(dates, default=None),
        reason=max(reasons, key=attrgetter("date", "text", "language"), default=UNSET),
        state=state,
    )

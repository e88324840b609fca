"""The ledger as it is to be after a publication, and what that changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.model.ledger import UNSET, Item, Reason, State, UnsetType
from generator.records import Record, replace


class Ending(Record, frozen=True):
    """How a document ended, and what its page says of it."""

    state: State
    reason: Reason | UnsetType = UNSET


def recorded(known: Mapping[str, Item], public: Iterable[Item], gone: Mapping[str, Ending]) -> dict[str, Item]:
    """Items by id once what is public now is written down; none is ever taken out.

    Args:
        known: What was recorded before.
        public: What is public now; `aliases` are the other addresses that lead to it.
        gone: By id, how documents ended that are gone in the open.
    """
    found = dict(known)
    for identity, ending in gone.items():
        if identity in found:
            found[identity] = replace(found[identity], state=ending.state, reason=ending.reason)
    for item in public:
        old = known.get(item.id)
        urls = {*item.aliases, *(old.urls if old else ())} - {item.url}
        date = old.date if old and old.date else item.date
        found[item.id] = replace(item, aliases=tuple(sorted(urls)), date=date)
    return found


class Change(Record, frozen=True):
    """One thing that recording changes, in words."""

    what: str
    item: Item


def changes(before: Mapping[str, Item], after: Mapping[str, Item]) -> Iterator[Change]:
    """What differs between two states of a ledger, in the order of ids."""
    for identity, item in sorted(after.items()):
        old = before.get(identity)
        if old is None:
            yield Change("new", item)
        elif old != item:
            yield Change("; ".join(_differences(old, item)), item)


def _differences(old: Item, new: Item) -> Iterator[str]:
    if old.state is not new.state:
        yield "public again" if new.state is State.LIVE else str(new.state)
    elif old.reason != new.reason:
        yield "another reason"
    if old.url != new.url:
        yield f"moved from {old.url}"
    if more := sorted(set(new.aliases) - {*old.urls}):
        yield f"also at {', '.join(more)}"
    if old.title != new.title:
        yield f"was titled {old.title!r}"
    if old.source != new.source:
        yield f"was {old.source}"
    if old.date != new.date:
        yield "dated"

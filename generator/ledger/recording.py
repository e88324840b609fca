"""The ledger as it is to be after a publication, and what that changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator import codec
from generator.model.ledger import Item, State


def recorded(known: Mapping[str, Item], public: Iterable[Item], withdrawn: Collection[str]) -> dict[str, Item]:
    """Items by id once what is public now is written down; none is ever taken out.

    Args:
        known: What was recorded before.
        public: What is public now; `aliases` are the other addresses that lead to it.
        withdrawn: Ids of documents that say so.
    """
    found = dict(known)
    for identity in withdrawn:
        if identity in found:
            found[identity] = codec.replace(found[identity], state=State.WITHDRAWN)
    for item in public:
        old = known.get(item.id)
        urls = {*item.aliases, *(old.urls if old else ())} - {item.url}
        date = old.date if old and old.date else item.date
        found[item.id] = codec.replace(item, aliases=tuple(sorted(urls)), date=date)
    return found


@dataclass(frozen=True, slots=True)
class Change:
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
        yield "withdrawn" if new.state is State.WITHDRAWN else "public again"
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

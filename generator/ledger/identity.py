"""Ids: short ones, and those of documents that do not write one, frozen by the ledger once they are published."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Collection, Iterable, Mapping

from generator.ledger.reading import Ledger
from generator.model.entry import microseconds
from generator.model.ledger import Item, State
from generator.permalinks import url_key
from generator.records import Record

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


def short_id(seed: str) -> str:
    """Twelve letters and digits (60 bits) made from `seed`."""
    number = int.from_bytes(hashlib.sha256(seed.encode("utf-8", "surrogatepass")).digest()[:8]) >> 4
    return "".join(_LETTERS[number >> shift & 31] for shift in range(55, -1, -5))


def derived_id(source: str) -> str:
    """The id of a document that has none of its own and was never published: made from its path."""
    return short_id(file_key(source))


class Nameless(Record, frozen=True):
    """A document that writes no id.

    Attributes:
        source: Its path.
        derived: See derived_id.
        urls: Its own site path and its aliases, where they say which document it is.
        when: Its date in microseconds since 1970; None for a standing page.
    """

    source: str
    derived: str
    urls: tuple[str, ...] = ()
    when: int | None = None


def identities(
    ledger: Ledger, nameless: Iterable[Nameless], named: Collection[str], sources: Iterable[str]
) -> dict[str, str]:
    """The id of each document that writes none, by source.

    It is, where nobody else has it, the id under which the ledger knows its path; else the one made from its path,
    where the ledger knows that and the file to which it went is gone; else that of an item whose file is gone and whose
    address and date it has, as after a rename; else it is new.

    Args:
        ledger: What has been published.
        nameless: All such documents.
        named: Ids that documents write.
        sources: Paths of all documents, whatever they hold.
    """
    chooser = _Chooser(ledger, set(named), {file_key(source) for source in sources})
    found: dict[str, str] = {}
    waiting = sorted(nameless, key=lambda document: document.source)
    for choose in (chooser.by_source, chooser.by_derived, chooser.by_url, chooser.new):
        left = []
        for document in waiting:
            identity = choose(document)
            if identity is None:
                left.append(document)
            else:
                chooser.taken.add(identity)
                found[document.source] = identity
        waiting = left
    return found


class _Chooser:
    """Ways to an id, each of which may lead nowhere.

    Attributes:
        taken: Ids that somebody has.
    """

    def __init__(self, ledger: Ledger, taken: set[str], sources: set[str]) -> None:
        self.taken = taken
        self._ledger = ledger
        self._sources = sources
        self._gone: Mapping[str, list[Item]] | None = None

    def by_source(self, document: Nameless) -> str | None:
        items = self._ledger.by_source.get(file_key(document.source), ())
        items = tuple([item for item in items if item.id not in self.taken])
        if len(items) == 1:
            return items[0].id
        best = min(items, key=lambda item: (item.state is not State.LIVE, item.id), default=None)
        return best.id if best else None

    def by_derived(self, document: Nameless) -> str | None:
        item = self._ledger.items.get(document.derived)
        return item.id if item and item.id not in self.taken and self._is_gone(item) else None

    def by_url(self, document: Nameless) -> str | None:
        if self._gone is None:
            self._gone = self._by_url()
        for url in document.urls:
            for item in self._gone.get(url_key(url), ()):
                if item.id not in self.taken and _when(item) == document.when:
                    return item.id
        return None

    def new(self, document: Nameless) -> str:
        identity, number = document.derived, 2
        while identity in self.taken or identity in self._ledger.items:
            identity, number = short_id(f"{file_key(document.source)}\0{number}"), number + 1
        return identity

    def _is_gone(self, item: Item) -> bool:
        return item.source not in self._sources

    def _by_url(self) -> dict[str, list[Item]]:
        """Items whose file is gone, by each address that they ever had; the last one counts first."""
        gone = [item for item in self._ledger.items.values() if item.id not in self.taken and self._is_gone(item)]
        found: dict[str, list[Item]] = {}
        for item in gone:
            found.setdefault(url_key(item.url), []).append(item)
        for item in gone:
            for url in item.aliases:
                found.setdefault(url_key(url), []).append(item)
        return found


def _when(item: Item) -> int | None:
    return microseconds(item.date) if item.date else None


def file_key(path: str) -> str:
    """A document's path, as far as it tells it from others: file systems may write letters with marks otherwise."""
    return path if path.isascii() else unicodedata.normalize("NFC", path)

"""What the ledger asks of a site: that every address ever published leads on, and that nothing goes unsaid."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from generator.errors import Problem, Severity
from generator.ledger.reading import Ledger
from generator.model.archive import Gone
from generator.model.entry import Entry, Grave, Row, instant, microseconds
from generator.model.ledger import LEDGER, Item, Reason, State
from generator.model.site import Absence
from generator.permalinks import collision_key, url_key
from generator.records import Record

Lines = Callable[[str], Mapping[str, int]]
"""The line of each front-matter key of a source."""

_DECLARED = (Absence.WITHDRAWN, Absence.EXPIRED)
"""Why a story may be gone in the open."""


class Kept(Record, frozen=True):
    """What a ledger comes to for a site.

    Attributes:
        former: By source of a document, the old site paths that must lead to it, beside its own aliases.
        problems: Promises that the site does not keep.
        vanished: Of these, the ones that `--allow-vanished` lets pass.
        gone: What was withdrawn or has expired, with the addresses that lead to nothing else.
    """

    former: Mapping[str, tuple[str, ...]]
    problems: tuple[Problem, ...]
    vanished: tuple[Problem, ...]
    gone: tuple[Gone, ...] = ()

    def told(self, *, allow_vanished: bool) -> Iterator[Problem]:
        """All problems, with the weight that they have."""
        yield from self.problems
        for problem in self.vanished:
            weight = Severity.WARNING if allow_vanished else Severity.ERROR
            yield Problem(problem.cause, problem.fix, problem.path, problem.line, weight)


def keep(ledger: Ledger, rows: Mapping[str, Row], entries: Iterable[Entry], lines: Lines) -> Kept:
    """What the ledger asks of a site.

    Args:
        ledger: What has been published.
        rows: All documents by source.
        entries: Those on the site.
        lines: For messages.
    """
    return _Books(ledger, rows, [entry for entry in entries if not entry.banner], lines).kept()


class _Books:
    """A ledger beside the site of now.

    Attributes:
        ledger: What has been published.
        entries: What is public now, newest first, then standing pages.
    """

    def __init__(self, ledger: Ledger, rows: Mapping[str, Row], entries: Sequence[Entry], lines: Lines) -> None:
        self.ledger = ledger
        self.entries = entries
        self._rows = rows
        self._lines = lines
        self._public = {entry.id for entry in entries}
        self._pages = {collision_key(entry.out_path) for entry in entries}
        self._leads: dict[str, Entry] = {}
        self._former: dict[str, list[str]] = {}

    def kept(self) -> Kept:
        gone = [item for identity, item in self.ledger.items.items() if identity not in self._public]
        self._lead_on(gone)
        problems = [*self._redated(), *self._reused()]
        vanished = [problem for item in gone if (problem := self._vanished(item))]
        former = {source: tuple(urls) for source, urls in self._former.items()}
        return Kept(former, tuple(problems), tuple(vanished), tuple(self._buried()))

    def _lead_on(self, gone: list[Item]) -> None:
        """Find for each old address the story to which it leads: an alias says so, else its item."""
        items = self.ledger.items
        for entry in self.entries:
            for url in entry.aliases:
                self._leads.setdefault(url_key(url), entry)
        for entry in self.entries:
            item = items.get(entry.id)
            if item and (item.aliases or item.url != entry.url):
                self._lead(item.urls, entry)
        # An item whose last address leads to a story has become part of it.
        while heirs := [item for item in gone if url_key(item.url) in self._leads]:
            for item in heirs:
                self._lead(item.aliases, self._leads[url_key(item.url)])
            gone = [item for item in gone if url_key(item.url) not in self._leads]

    def _buried(self) -> Iterator[Gone]:
        """What was withdrawn or has expired, each address once. With a ledger, only what it has was ever public."""
        items, taken = self.ledger.items, {*self._pages, *self._leads}
        said = {row.id: (source, row) for source, row in sorted(self._rows.items()) if row.grave}
        if self.ledger.data:
            said = {identity: found for identity, found in said.items() if identity in items}
        recorded = {identity for identity, item in items.items() if item.state is not State.LIVE}
        for identity in sorted({*said, *recorded} - self._public):
            source, row = said.get(identity, ("", None))
            item = items.get(identity)
            grave = row.grave if row and row.grave else _remembered(item)
            expired = row.absence == Absence.EXPIRED if row else bool(item and item.state is State.EXPIRED)
            urls = (*item.urls, *grave.urls[1:]) if item else grave.urls
            own = {key: url for url in urls if (key := url_key(url)) not in taken}
            taken.update(own)
            if own:
                yield Gone(source=source, urls=tuple(own.values()), expired=expired, **_words(grave))

    def _lead(self, urls: Iterable[str], entry: Entry) -> None:
        for url in urls:
            key = url_key(url)
            if key not in self._pages and key not in self._leads:
                self._leads[key] = entry
                self._former.setdefault(entry.source, []).append(url)

    # --- what is wrong

    def _redated(self) -> Iterator[Problem]:
        """Stories whose first publication is another than it was."""
        for entry in self.entries:
            item = self.ledger.items.get(entry.id)
            if item is None or entry.page or item.date is None or microseconds(item.date) == entry.when:
                continue
            first, now = item.date.isoformat(" "), instant(entry.when).isoformat(" ")
            yield Problem(
                f"was first published on {first}, and now its date is {now}",
                "put the first date back; a later change belongs in `updated`; if it was wrong from the beginning, "
                f"correct it in {self._place(item)} too",
                entry.source,
                self._lines(entry.source).get("date", 1),
            )

    def _reused(self) -> Iterator[Problem]:
        """Stories at an address that was another's."""
        for entry in self.entries:
            own = self.ledger.items.get(entry.id)
            if own and (own.url == entry.url or collision_key(entry.out_path) in map(url_key, own.urls)):
                continue
            owner = self._owners.get(collision_key(entry.out_path))
            if owner and owner.id != entry.id:
                yield self._changed_id(entry, owner) if self._is_same(entry, owner, own) else self._taken(entry, owner)

    @cached_property
    def _owners(self) -> Mapping[str, Item]:
        """Who had each address: whoever had it last counts first."""
        found = {url_key(item.url): item for item in self.ledger.items.values()}
        for item in self.ledger.items.values():
            for url in item.aliases:
                found.setdefault(url_key(url), item)
        return found

    def _is_same(self, entry: Entry, owner: Item, own: Item | None) -> bool:
        """Whether a story looks like the one that was at its address, under another id."""
        if own is not None or owner.id in self._ids or url_key(owner.url) != collision_key(entry.out_path):
            return False
        return owner.source == entry.source or owner.date is None or microseconds(owner.date) == entry.when

    def _changed_id(self, entry: Entry, owner: Item) -> Problem:
        at = self._lines(entry.source)
        return Problem(
            f"had the id {owner.id!r} when it was published, and now has {entry.id!r}: readers of feeds get it twice",
            f"write `id: {owner.id}` into it; if it is another story, give it another `slug` or `permalink`",
            entry.source,
            at.get("id", at.get("title", 1)),
        )

    def _taken(self, entry: Entry, owner: Item) -> Problem:
        at = self._lines(entry.source)
        return Problem(
            f"has the address {entry.url}, which was that of {_name(owner)} ({self._place(owner)})",
            "give it another `slug` or `permalink`, so that old links lead to what they were made for",
            entry.source,
            at.get("permalink", at.get("slug", 1)),
        )

    def _vanished(self, item: Item) -> Problem | None:
        """What is wrong with an item that is not on the site, if it is not so in the open."""
        if item.state is not State.LIVE or url_key(item.url) in self._leads or url_key(item.url) in self._pages:
            return None
        source, absence = self._ids.get(item.id, (item.source, ""))
        row = self._rows.get(source)
        if item.id not in self._ids:
            return None if row and row.absence == Absence.ERROR else self._lost(item)
        if absence in ("", *_DECLARED):  # a clash with another document is told already
            return None
        now = "a draft" if absence == Absence.DRAFT else absence
        return Problem(
            f"was published at {item.url}, and is {now} now, so that its address is dead",
            "take back what keeps it off the site; or say `status: withdrawn`",
            source,
            self._lines(source).get("status" if absence == Absence.DRAFT else "date", 1),
        )

    def _lost(self, item: Item) -> Problem:
        ways = (
            "bring the file back; or keep it with `status: withdrawn`; or write "
            f"`aliases: [{item.url}]` into the story that takes its place"
        )
        if new := self._renamed(item):
            ways = f"if it is now {new.source}, write `id: {item.id}` into that; else {ways}"
        return Problem(
            f"{_name(item)} was published at {item.url} and is gone: no article has its id, {item.id!r}",
            ways,
            LEDGER,
            self.ledger.line(item.id),
        )

    def _renamed(self, item: Item) -> Entry | None:
        """The one new story that was first published at the same instant."""
        when = microseconds(item.date) if item.date else None
        found = self._new.get(when, []) if when is not None else []
        return found[0] if len(found) == 1 else None

    @cached_property
    def _new(self) -> Mapping[int, list[Entry]]:
        found: dict[int, list[Entry]] = {}
        for entry in self.entries:
            if entry.id not in self.ledger.items and not entry.page:
                found.setdefault(entry.when, []).append(entry)
        return found

    @cached_property
    def _ids(self) -> Mapping[str, tuple[str, str]]:
        """Source and absence of whatever document has an id; a banner counts as absence."""
        found: dict[str, tuple[str, str]] = {}
        for source, row in self._rows.items():
            if row.id:
                absence = row.absence or (row.entry.banner if row.entry else "")
                found.setdefault(row.id, (source, absence))
        return found

    def _place(self, item: Item) -> str:
        line = self.ledger.line(item.id)
        return f"{LEDGER}:{line}" if line else LEDGER


def _remembered(item: Item | None) -> Grave:
    """What the ledger can say of something whose file is gone."""
    if item is None or not isinstance(item.reason, Reason):
        return Grave(())
    return Grave((), item.reason.text, item.reason.date, item.reason.language)


def _words(grave: Grave) -> dict[str, str]:
    """What is told at an address of what is gone."""
    return {"reason": grave.reason, "date": grave.date, "language": grave.language}


def _name(item: Item) -> str:
    return f"{item.title!r}" if item.title else f"the item {item.id!r}"

"""What a comparison found, as values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import TypeVar

from generator.build.record import Account
from generator.errors import Problem, worst
from generator.model.ledger import LEDGER
from generator.records import Record, field

T = TypeVar("T")


class Group(StrEnum):
    """What became of a story, the good before the bad."""

    NEW = "new"
    UPDATED = "updated"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"
    RESENT = "re-sent"
    VANISHED = "vanished"


class Gate(StrEnum):
    """What keeps a site from being published."""

    RESENT = "re-sent"
    VANISHED = "vanished"
    EARLY = "early"


class Change(Record, frozen=True):
    """One story that is not what it was; `old` is its former address, where it had another one."""

    group: Group
    url: str
    title: str
    section: str = ""
    old: str = ""


class FeedChange(Record, frozen=True):
    """What changes for subscribers of one feed; each item by its title."""

    path: str
    new: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    resent: tuple[str, ...] = ()


class Leak(Record, frozen=True):
    """An article that is to come and shows already: what of it is in which file."""

    source: str
    what: str
    path: str


class Report(Record, kw_only=True):
    """What the next publication changes.

    Attributes:
        against: With what the site was compared.
        changes: Of stories and standing pages.
        files: Of all other files, how many are new, changed or gone, by kind; empty against a ledger.
        feeds: Those that change; empty against a ledger.
        dead: Addresses of lists and feeds that are there no longer, and lead nowhere; empty against a ledger.
        leaks: What shows too early.
        problems: Of the build.
        books: The ledger beside the site.
        public: Stories and standing pages that readers find in it.
    """

    against: str
    books: Account
    changes: list[Change] = field(default_factory=list)
    files: dict[str, dict[str, int]] = field(default_factory=dict)
    feeds: list[FeedChange] = field(default_factory=list)
    dead: list[str] = field(default_factory=list)
    leaks: list[Leak] = field(default_factory=list)
    problems: tuple[Problem, ...] = ()
    public: int = 0

    def of(self, group: Group) -> list[Change]:
        """The changes of a group."""
        return [change for change in self.changes if change.group is group]

    @property
    def unseen(self) -> str:
        """What was not compared, since the ledger knows nothing of it; empty where all was."""
        if self.against == LEDGER:
            return "texts, lists and feeds"
        return "texts and lists" if self.against.startswith(f"{LEDGER} ") else ""

    @property
    def wrong(self) -> bool:
        """Whether something must not be published like this."""
        return any(True for _ in self.wrongs())

    def wrongs(self) -> Iterator[tuple[Gate, str, str]]:
        """What must not be published like this: what it is, the cause, and the way out."""
        told = {title for feed in self.feeds for title in feed.resent}
        for change in (change for change in self.of(Group.RESENT) if change.title not in told):
            fix = "write its former `id` back; `dateline ledger` shows it"
            yield Gate.RESENT, f"{change.url} is sent again, under another id", fix
        for cause, fix in self.vanished():
            yield Gate.VANISHED, cause, fix
        for cause, fix in self.resent():
            yield Gate.RESENT, cause, fix
        for (source, what), paths in _places(((leak.source, leak.what), leak.path) for leak in self.leaks):
            fix = "take it out there, or keep it back as well"
            yield Gate.EARLY, f"{source} is scheduled for later, and {what} shows in {paths}", fix

    def vanished(self) -> Iterator[tuple[str, str]]:
        """Stories that were public and are gone without a word: the cause, and the way out."""
        for change in self.of(Group.VANISHED):
            fix = "bring it back, say `status: withdrawn`, or name the address in another story's `aliases`"
            yield f"{change.url} was public and is gone ({change.title!r})", fix

    def resent(self) -> Iterator[tuple[str, str]]:
        """What subscribers would get a second time: the cause, and the way out."""
        for title, feeds in _places((title, feed.path) for feed in self.feeds for title in feed.resent):
            yield f"{title!r} is sent again by {feeds}", "put the story's former `id` and `date` back"

    def exit_code(self) -> int:
        """1 where something is wrong or the build has errors, else 0."""
        return int(self.wrong or worst(self.problems) > 0)


def _places(found: Iterable[tuple[T, str]]) -> Iterator[tuple[T, str]]:
    """Each thing once, with all files in which it was found."""
    places: dict[T, list[str]] = {}
    for what, path in found:
        places.setdefault(what, []).append(path)
    return ((what, ", ".join(paths)) for what, paths in places.items())

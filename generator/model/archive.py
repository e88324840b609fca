"""The site as a whole: everything that is published, in its order and its groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from generator.model.entry import Entry
from generator.model.site import StaticFile, Term, Unpublished
from generator.records import Record, field

T = TypeVar("T")


class Together(Record, frozen=True, kw_only=True):
    """Posts that stand together, newest first.

    Attributes:
        posts: The posts.
        memo: What was worked out from them and the site's settings; see `site.amend` for how long it is good.
    """

    posts: tuple[Entry, ...]
    memo: dict[str, Any] = field(default_factory=dict)

    def once(self, what: str, work: Callable[[tuple[Entry, ...]], T]) -> T:
        """What a function makes of these posts, worked out once."""
        if what not in self.memo:
            self.memo[what] = work(self.posts)
        found: T = self.memo[what]
        return found


class Group(Together, frozen=True, kw_only=True):
    """The posts of one term; `profile` is an author's own file, where there is one."""

    term: Term
    profile: Entry | None = None


class Stretch(Together, frozen=True, kw_only=True):
    """The posts of one stretch of time, which has a name: `2023-05`."""

    name: str


SPAN = 30 * 86_400_000_000
"""Microseconds of posts that are planned together: about a month."""


class Gone(Record, frozen=True, kw_only=True):
    """A document that was withdrawn or has expired: where readers could find it, and what they are told there.

    Attributes:
        source: Its file; empty where only the ledger knows of it.
        urls: Every site path that it ever had and that leads to nothing else now.
        reason: Why, in the editor's words; may be empty.
        date: When that was said, ISO with offset; empty without a reason.
        language: BCP 47 tag of the reason; empty without one.
        expired: Nobody took it back, its time was over.
    """

    source: str = ""
    urls: tuple[str, ...]
    reason: str = ""
    date: str = ""
    language: str = ""
    expired: bool = False


class Site(Record, frozen=True, kw_only=True):
    """Everything that is published, in order.

    Attributes:
        posts: Newest first: by instant, then by id, so that no tie is ever left.
        pages: Standing pages, by URL.
        profiles: Author files, by URL.
        bylines: The author file of each name by which posts have its author.
        numbers: The number of each source in the library: its place in `documents`.
        spans: Posts by their instants, a SPAN each.
        months: Posts by the month in which they were written where they were written; newest first.
        sections: In the order of settings, then by name; only those that have posts.
        tags: By slug. So are authors and series.
        files: Files that are copied.
        unpublished: What was read and is not on the site.
        former: Old site paths that redirect to a document because the ledger has them, by its source.
        gone: What was withdrawn.
    """

    posts: tuple[Entry, ...] = ()
    pages: tuple[Entry, ...] = ()
    profiles: tuple[Entry, ...] = ()
    bylines: Mapping[str, Entry] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    spans: tuple[Stretch, ...] = ()
    months: tuple[Stretch, ...] = ()
    sections: tuple[Group, ...] = ()
    tags: tuple[Group, ...] = ()
    authors: tuple[Group, ...] = ()
    series: tuple[Group, ...] = ()
    files: tuple[StaticFile, ...] = ()
    unpublished: tuple[Unpublished, ...] = ()
    former: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gone: tuple[Gone, ...] = ()

    @property
    def documents(self) -> tuple[Entry, ...]:
        """All that has a record, in the order of their numbers."""
        return (*self.posts, *self.pages, *self.profiles)

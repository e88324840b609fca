"""The site as a whole: everything that is published, in its order and its groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from generator.errors import Problem
from generator.model.entry import Entry
from generator.model.site import StaticFile, Term, Unpublished
from generator.records import Record, field

T = TypeVar("T")


class Carried(Record, array_like=True, frozen=True):
    """What the feeds of a list carry.

    Attributes:
        places: Of the posts that fit, among the list's.
        brief: Sources of those that are carried by their summaries alone.
        authors: Names of those who wrote them.
        items: The digest of what feeds show of the posts, and of who wrote them.
        place: The digest of what feeds say of themselves.
        problems: What does not fit.
    """

    places: tuple[int, ...]
    brief: tuple[str, ...]
    authors: tuple[str, ...]
    items: bytes
    place: bytes
    problems: tuple[Problem, ...]


class Memo(Record, array_like=True):
    """What was worked out from posts that stand together, by the room that did: see `plan`, `build.checks`.

    Numbers are places among the posts. How long each is good is said in `site.amending`.
    """

    cards: bytes | None = None
    runs: tuple[bytes, ...] | None = None
    links: bytes | None = None
    stories: bytes | None = None
    days: bytes | None = None
    walk: bytes | None = None
    company: bytes | None = None
    names: tuple[str, ...] | None = None
    authors: tuple[str, ...] | None = None
    templates: tuple[str, ...] | None = None
    sections: dict[str, int] | None = None
    pinned: tuple[int, ...] | None = None
    moved: tuple[int, ...] | None = None
    remarks: tuple[int, ...] | None = None
    map: tuple[tuple[tuple[str, str], ...], bytes] | None = None
    feed: Carried | None = None


class Together(Record, frozen=True, kw_only=True):
    """Posts that stand together, newest first.

    Attributes:
        posts: The posts.
        memo: What was worked out from them and the site's settings.
    """

    posts: Sequence[Entry]
    memo: Memo = field(default_factory=Memo)

    def once(self, what: str, work: Callable[[Sequence[Entry]], T]) -> T:
        """What a function makes of these posts, worked out once; `what` is a field of Memo."""
        found: T | None = getattr(self.memo, what)
        if found is None:
            found = work(self.posts)
            setattr(self.memo, what, found)
        return found

    def chosen(self, what: str, wanted: Callable[[Entry], object]) -> list[Entry]:
        """Those of the posts that a function wants; it is asked once."""
        places = self.once(what, lambda posts: tuple([place for place, post in enumerate(posts) if wanted(post)]))
        return [self.posts[place] for place in places]


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
        documents: All that has a record, in the order of their numbers: posts, pages, author files.
        posts: Newest first: by instant, then by id, so that no tie is ever left.
        pages: Standing pages, by URL.
        profiles: Author files, by URL.
        bylines: The author file of each name by which posts have its author.
        numbers: The number of each source in the library: its place in `documents`.
        front: What was worked out from all posts.
        spans: Posts by their instants, a SPAN each.
        months: Posts by the month in which they were written where they were written; newest first.
        sections: In the order of settings, then by name; only those that have posts.
        tags: By slug. So are authors and series.
        files: Files that are copied.
        unpublished: What was read and is not on the site.
        former: Old site paths that redirect to a document because the ledger has them, by its source.
        gone: What was withdrawn.
    """

    documents: Sequence[Entry] = ()
    posts: Sequence[Entry] = ()
    pages: Sequence[Entry] = ()
    profiles: Sequence[Entry] = ()
    bylines: Mapping[str, Entry] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    front: Memo = field(default_factory=Memo)
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

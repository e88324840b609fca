"""What an output shows, by reference: light values from which `compose` makes views when it is time to render.

Posts are named by their number in the library: newest first, then standing pages, then author files.
"""

from __future__ import annotations

import datetime as dt

from generator.model.machine import CopyView, OpmlView, RedirectView, RobotsView, SitemapView, StyleView
from generator.model.site import Term
from generator.model.views import ArchiveView, PageKind, PeriodCount, TermsView
from generator.records import Record


class Part(Record, frozen=True):
    """A story's place in its series; see series.Portion."""

    number: int
    total: int | None
    previous: int | None
    next: int | None
    parts: tuple[tuple[int, int], ...]

    @property
    def shown(self) -> tuple[int, ...]:
        """All stories that it names."""
        around = [number for number in (self.previous, self.next) if number is not None]
        return tuple(dict.fromkeys((*(number for _, number in self.parts), *around)))


class Story(Record, frozen=True):
    """A post's page, or a standing page."""

    number: int
    newer: int | None = None
    older: int | None = None
    section: tuple[int, ...] = ()
    latest: tuple[int, ...] = ()
    related: tuple[int, ...] = ()
    part: Part | None = None
    authors: tuple[int, ...] = ()


class Redirect(Record, frozen=True):
    """A page at an old URL of a post."""

    number: int


class Tombstone(Record, frozen=True):
    """A page at an address of what was withdrawn; the fields are those of `model.archive.Gone`."""

    url: str
    reason: str
    date: str
    language: str
    expired: bool


class Place(Record, frozen=True):
    """A page of a list.

    Attributes:
        kind: Of the list.
        name: Of its term; the site's title for the front page.
        url: Site path of the list.
        number: Of this page; None on the list's own URL.
        pages: How many numbered pages the list has.
        count: Its stories, on its own URL; else None.
        feed: Site path of its own feed, or None.
    """

    kind: PageKind
    name: str
    url: str
    number: int | None
    pages: int
    count: int | None
    feed: str | None


class Listing(Record, frozen=True):
    """Stories in a row.

    Attributes:
        place: Where.
        posts: In the order in which they stand.
        pinned: How many of the first are pinned.
        ranked: The same stories by rank, on the front page.
        parts: The numbers of the parts of a series.
        blocks: The sections' newest on the front page.
        author: The author file, on an author's own URL.
    """

    place: Place
    posts: tuple[int, ...]
    pinned: int = 0
    ranked: tuple[int, ...] = ()
    parts: tuple[int, ...] = ()
    blocks: tuple[tuple[Term, tuple[int, ...]], ...] = ()
    author: int | None = None


class Feed(Record, frozen=True):
    """A feed of a list.

    Attributes:
        name: Of the list's term; empty for the site's own.
        url: Site path of the list.
        posts: What it carries.
        brief: Those of them that it carries by their summaries alone.
        format: One of FORMATS.
        authors: Files of the authors of these posts.
    """

    name: str
    url: str
    posts: tuple[int, ...]
    brief: frozenset[int]
    format: str
    authors: tuple[int, ...] = ()


Said = tuple[int, int]
"""A correction: the number of its story, and its place among the story's own."""


class Corrections(Record, frozen=True):
    """A page of the list of corrections."""

    place: Place
    notes: tuple[Said, ...]


class CorrectionFeed(Record, frozen=True):
    """A feed of corrections; `format` is one of FORMATS."""

    notes: tuple[Said, ...]
    format: str


class Period(Record, frozen=True):
    """A year, month or day and its stories; `newer` and `older` are the next ones of its kind."""

    kind: PageKind
    start: dt.date
    days: tuple[tuple[dt.date, tuple[int, ...]], ...]
    periods: tuple[PeriodCount, ...]
    newer: dt.date | None
    older: dt.date | None


class News(Record, frozen=True):
    """The news sitemap, where a story is recent enough to be news."""

    posts: tuple[int, ...]


class NotFound(Record, frozen=True):
    """The 404 page."""

    posts: tuple[int, ...]


Ready = TermsView | ArchiveView | OpmlView | StyleView | SitemapView | RobotsView | RedirectView | CopyView
"""Views so small that they are made when planned."""

Lists = Listing | Feed | Corrections | CorrectionFeed | Period | News

Subject = Story | Redirect | Tombstone | Lists | NotFound | Ready


def middle(subject: Subject) -> int:
    """The number of a post that stands for all that a subject shows; what shows none comes first."""
    if isinstance(subject, Story | Redirect):
        return subject.number
    if isinstance(subject, Listing | Feed | News | NotFound):
        posts = subject.posts
    elif isinstance(subject, Period) and subject.days:
        posts = subject.days[len(subject.days) // 2][1]
    else:
        return 0
    return posts[len(posts) // 2] if posts else 0

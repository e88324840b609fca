"""Frozen views: all that a template can reach. The contract with themes; documented in docs/themes.md.

A URL in a view is ready to be written into `href`: root-relative with the base URL's path, or absolute where the
field says so. Texts are plain and escaped by the template engine; HTML appears only as `content`, which the
renderer hands over beside the view.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from generator.model.cards import AuthorView, Card, Link, PartView
from generator.model.document import Extra
from generator.records import Record, field


class PageKind(StrEnum):
    """What a page of the site is; `head.kind` tells a template."""

    FRONT = "front"
    POST = "post"
    PAGE = "page"
    SECTION = "section"
    TAG = "tag"
    AUTHOR = "author"
    SERIES = "series"
    TAGS = "tags"
    AUTHORS = "authors"
    ARCHIVE = "archive"
    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    CORRECTIONS = "corrections"
    WITHDRAWN = "withdrawn"
    NOT_FOUND = "not-found"


class FeedLink(Record, frozen=True):
    """A feed that a page points to, for `<link rel="alternate">`; `url` is absolute."""

    title: str
    url: str
    type: str = "application/rss+xml"


class Head(Record, frozen=True, kw_only=True):
    """What belongs into `<head>`, the same on every kind of page.

    Attributes:
        kind: The page's kind.
        title: For `<title>`, the site's name included.
        description: One plain sentence or two, never empty.
        canonical: Absolute URL of the page.
        feeds: The site's feeds and the page's own, in all formats, absolute.
        language: BCP 47 tag of the page, for `<html lang>`.
        direction: `ltr` or `rtl`, for `<html dir>`.
        noindex: Search engines are to leave it out (404, withdrawn stories, drafts in a preview).
    """

    kind: PageKind
    title: str
    description: str
    canonical: str
    feeds: tuple[FeedLink, ...]
    language: str
    direction: str
    noindex: bool = False


class SiteView(Record, frozen=True, kw_only=True):
    """The site's chrome, the same on every page, so nothing in it may change with each story.

    Attributes:
        title: The publication's name.
        description: What it is, in a sentence; may be empty.
        language: BCP 47 tag of the interface.
        direction: `ltr` or `rtl`.
        base_url: Absolute, without a slash at the end.
        origin: What makes a URL that begins with `/` absolute: `https://example.org`.
        home_url: The front page.
        feed_url: The site's feed.
        tags_url: The index of tags.
        authors_url: The index of authors.
        archive_url: The archive.
        corrections_url: The list of corrections; empty where there is none.
        sections: Section fronts, in the order of the section bar.
        navigation: Further links from `site.toml`.
        logo: The publication's logo; may be empty.
        copyright: A line for the foot of the page; may be empty.
        extra: `[extra]` of `site.toml`, for the theme.
    """

    title: str
    description: str
    language: str
    direction: str
    base_url: str
    origin: str
    home_url: str
    feed_url: str
    tags_url: str
    authors_url: str
    archive_url: str
    corrections_url: str
    sections: tuple[Link, ...]
    navigation: tuple[Link, ...]
    logo: str
    copyright: str
    extra: Extra = field(default_factory=Extra)


class CorrectionView(Record, frozen=True):
    """A dated note on a story.

    Attributes:
        date: When it was added.
        kind: correction, update, clarification or retraction.
        text: Plain.
        anchor: The id that the note is to have in the story's page; other pages and feeds lead to it.
    """

    date: dt.datetime
    kind: str
    text: str
    anchor: str


class SourceView(Record, frozen=True):
    """Where a story was first published; texts may be empty."""

    name: str
    url: str
    author: str
    licence: str


class PostView(Record, frozen=True, kw_only=True):
    """A story's page; also a standing page's (`head.kind` is `page`: no neighbours, no related).

    Attributes:
        head: For `<head>`.
        card: The story as lists show it, see Card.
        standfirst: The summary, where it is more than a copy of the first paragraph; else empty.
        tags: The story's tags.
        series: The story's series, or None.
        part: Its place there, with need `series:N`, or None.
        authors: Those of its authors who have a file of their own.
        modified: The last instant at which a reader saw something change, corrections included.
        corrections: Newest first.
        source: Where it was first published, or None where that is here, or only a file is known.
        newer: The next story, with need `neighbours`; None for the newest.
        older: The story before, likewise.
        section_latest: Stories of the section from before this one, with need `section-latest:N`.
        related: Stories from before this one with which it has most in common, with need `related:N`.
        latest: The site's newest stories, with need `latest:N`. Makes every story's page change daily.
        banner: Not empty only in a preview: why readers do not see it (`draft`, `scheduled`).
        extra: `extra` of the front matter.
    """

    head: Head
    card: Card
    standfirst: str
    tags: tuple[Link, ...]
    series: Link | None
    part: PartView | None
    authors: tuple[AuthorView, ...]
    modified: dt.datetime
    corrections: tuple[CorrectionView, ...]
    source: SourceView | None
    newer: Link | None
    older: Link | None
    section_latest: tuple[Card, ...]
    related: tuple[Card, ...]
    latest: tuple[Card, ...]
    banner: str
    extra: Extra


class Pager(Record, frozen=True):
    """Where one can turn from a list's page.

    The newest stories are on the list's own URL; older ones on full pages numbered from the oldest, which therefore
    never change. No total is given, since it would change every page with each story.

    Attributes:
        number: Of this page; None on the list's own URL.
        newer: The page with newer stories, or None.
        older: The page with older stories, or None.
    """

    number: int | None
    newer: Link | None
    older: Link | None


class SectionBlock(Record, frozen=True):
    """A section's newest stories, for the front page."""

    section: Link
    cards: tuple[Card, ...]


class ListView(Record, frozen=True, kw_only=True):
    """Stories in a row: the front page, a section, a tag, an author, a series.

    Attributes:
        head: For `<head>`.
        title: The term's name; the site's on the front page.
        description: The site's, on the front page; else empty for now.
        count: All stories of the list; only on its own URL, None on numbered pages.
        newest: Date of the list's newest story (the "edition date"); only on its own URL.
        cards: Newest first; on the own URL of the front page and of sections what is pinned comes before, and a series
            is in the order in which it is to be read.
        pinned: How many of the first cards are pinned.
        ranked: On the front page's own URL, the same cards by rank: the first is the lead; else empty.
        parts: In a series, the number of each card's part; else empty.
        author: On an author's own URL, what the author's file says; else None.
        pager: See Pager.
        feed_url: The list's own feed.
        blocks: On the front page with need `sections:N`: the newest N of each section, else empty.
    """

    head: Head
    title: str
    description: str
    count: int | None
    newest: dt.datetime | None
    cards: tuple[Card, ...]
    pinned: int
    ranked: tuple[Card, ...]
    parts: tuple[int, ...]
    author: AuthorView | None
    pager: Pager
    feed_url: str
    blocks: tuple[SectionBlock, ...]


class TermCount(Record, frozen=True):
    """A term and how many stories it has."""

    label: str
    url: str
    count: int


class TermsView(Record, frozen=True):
    """The index of tags or of authors, in the order of the site's alphabet."""

    head: Head
    title: str
    terms: tuple[TermCount, ...]


class PeriodCount(Record, frozen=True):
    """A year or month, its page, how many stories it has, and a year's months (newest first)."""

    start: dt.date
    url: str
    count: int
    months: tuple[PeriodCount, ...] = ()


class ArchiveView(Record, frozen=True):
    """All years, newest first, with their months and counts."""

    head: Head
    title: str
    years: tuple[PeriodCount, ...]


class DayGroup(Record, frozen=True):
    """The stories of one day, newest first; `url` is the day's own page."""

    day: dt.date
    url: str
    cards: tuple[Card, ...]


class PeriodView(Record, frozen=True, kw_only=True):
    """A year, a month or a day.

    Attributes:
        head: For `<head>`; `head.kind` is `year`, `month` or `day`.
        title: As shown, in the site's language: "May 2023".
        start: First day of the period.
        parents: Archive, year, month: where this period belongs.
        periods: A year's months with counts; empty otherwise.
        days: The stories, grouped by day; empty for a year.
        newer: The next period of the same kind that has stories, or None.
        older: The one before, likewise.
    """

    head: Head
    title: str
    start: dt.date
    parents: tuple[Link, ...]
    periods: tuple[PeriodCount, ...]
    days: tuple[DayGroup, ...]
    newer: Link | None
    older: Link | None


class NotFoundView(Record, frozen=True):
    """The 404 page; `latest` with need `latest:N`."""

    head: Head
    latest: tuple[Card, ...]


View = PostView | ListView | TermsView | ArchiveView | PeriodView | NotFoundView

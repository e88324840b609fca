"""Frozen views for machines: feeds, sitemaps, redirects, copied files."""

from __future__ import annotations

import datetime as dt

from generator.records import Record


class Person(Record, frozen=True):
    """An author.

    Attributes:
        url: Address of their page, absolute, or empty.
        email: May be empty.
        avatar: Address of their portrait, absolute, or empty.
    """

    name: str
    url: str = ""
    email: str = ""
    avatar: str = ""


class Media(Record, frozen=True):
    """A story's lead picture.

    Attributes:
        url: Absolute.
        type: Its media type, empty where unknown.
        length: Bytes of the file; None of one that is not ours.
        width: Pixels; None where unknown. So is `height`.
        alt: What it shows, for whoever does not see it.
        caption: Plain text.
        credit: Who made it.
    """

    url: str
    type: str
    length: int | None = None
    width: int | None = None
    height: int | None = None
    alt: str = ""
    caption: str = ""
    credit: str = ""


class FeedItem(Record, frozen=True, kw_only=True):
    """A story in a feed.

    Attributes:
        guid: Permanent, made from the story's id alone.
        url: Absolute.
        updated: The last edit that readers should see, corrections included; None where there was none.
        summary: Plain text, may be empty.
        media: The lead picture.
    """

    guid: str
    title: str
    url: str
    date: dt.datetime
    updated: dt.datetime | None
    authors: tuple[Person, ...]
    categories: tuple[str, ...]
    summary: str
    language: str
    media: Media | None


class FeedView(Record, frozen=True, kw_only=True):
    """A feed, newest story first.

    Attributes:
        link: Absolute URL of the list that the feed follows.
        self_url: Absolute URL of the feed.
        id: The feed's permanent identity.
        publisher: The publication's name.
        home: Absolute URL of its front page.
        hubs: WebSub hubs.
        style_url: Of its style sheet.
        updated: The last change in it; None where it is empty.
    """

    title: str
    description: str
    link: str
    self_url: str
    id: str
    publisher: str
    home: str
    hubs: tuple[str, ...]
    style_url: str
    language: str
    copyright: str
    updated: dt.datetime | None
    items: tuple[FeedItem, ...]


class FeedAddress(Record, frozen=True):
    """A feed in the list of feeds: its name, its absolute URL, its media type, the page of which it is the feed."""

    title: str
    url: str
    type: str
    page: str


class OpmlView(Record, frozen=True):
    """The list of all feeds."""

    title: str
    feeds: tuple[FeedAddress, ...]


class StyleView(Record, frozen=True):
    """The style sheet of feeds."""


class SitemapEntry(Record, frozen=True):
    """A page, or a part of the sitemap; `lastmod` is when its content changed last, None where that says nothing."""

    loc: str
    lastmod: dt.datetime | None = None


class SitemapView(Record, frozen=True):
    """A sitemap; with `index`, the list of sitemaps."""

    entries: tuple[SitemapEntry, ...]
    index: bool = False


class NewsItem(Record, frozen=True):
    """A story in the news sitemap: its canonical address, its headline, its first publication."""

    loc: str
    title: str
    date: dt.datetime


class NewsView(Record, frozen=True):
    """The news sitemap, newest story first.

    Attributes:
        name: The publication's, as the site shows it.
        language: The publication's, as `languages.of_news` has it.
    """

    name: str
    language: str
    items: tuple[NewsItem, ...]


class RobotsView(Record, frozen=True):
    """`robots.txt`, which names the sitemaps."""

    sitemaps: tuple[str, ...]


class RedirectView(Record, frozen=True):
    """A page at a story's old URL that leads to its new one.

    Attributes:
        url: Absolute URL of the story.
        title: Of the story.
        language: BCP 47 tag of the story.
    """

    url: str
    title: str
    language: str


class CopyView(Record, frozen=True):
    """A file that is copied.

    Attributes:
        file: Path on this machine.
    """

    file: str


MachineView = FeedView | OpmlView | StyleView | SitemapView | NewsView | RobotsView | RedirectView | CopyView

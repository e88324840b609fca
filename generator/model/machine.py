"""Frozen views for machines: feeds, sitemaps, redirects, copied files."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """A story in a feed.

    Attributes:
        guid: Permanent, made from the story's id alone.
        url: Absolute.
        summary: Plain text, may be empty.
    """

    guid: str
    title: str
    url: str
    date: dt.datetime
    updated: dt.datetime | None
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    summary: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedView:
    """A feed, newest story first.

    Attributes:
        link: Absolute URL of the list that the feed follows.
        self_url: Absolute URL of the feed.
        updated: The last change in it; None where it is empty.
    """

    title: str
    description: str
    link: str
    self_url: str
    language: str
    copyright: str
    updated: dt.datetime | None
    items: tuple[FeedItem, ...]


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """A page, or a part of the sitemap; `lastmod` is when its content changed last, None where that says nothing."""

    loc: str
    lastmod: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class SitemapView:
    """A sitemap; with `index`, the list of sitemaps."""

    entries: tuple[SitemapEntry, ...]
    index: bool = False


@dataclass(frozen=True, slots=True)
class RobotsView:
    """`robots.txt`, which names the sitemap."""

    sitemap: str


@dataclass(frozen=True, slots=True)
class RedirectView:
    """A page at a story's old URL that leads to its new one.

    Attributes:
        url: Absolute URL of the story.
        title: Of the story.
        language: BCP 47 tag of the story.
    """

    url: str
    title: str
    language: str


@dataclass(frozen=True, slots=True)
class CopyView:
    """A file that is copied.

    Attributes:
        file: Path on this machine.
    """

    file: str


MachineView = FeedView | SitemapView | RobotsView | RedirectView | CopyView

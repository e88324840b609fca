"""What planned outputs are, and which articles each one shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from functools import cached_property

from generator.model.entry import Entry
from generator.model.machine import CopyView, OpmlView, RedirectView, RobotsView, SitemapView, StyleView
from generator.model.views import ArchiveView, PageKind, TermsView
from generator.plan import Ground, Output
from generator.plan.subjects import (
    CorrectionFeed,
    Corrections,
    Feed,
    Listing,
    News,
    NotFound,
    Period,
    Redirect,
    Story,
    Tombstone,
)

_MACHINE: dict[type, str] = {
    Feed: "feed",
    CorrectionFeed: "feed",
    OpmlView: "list of feeds",
    StyleView: "style of feeds",
    Redirect: "redirect",
    RedirectView: "redirect",
    Tombstone: "tombstone",
    SitemapView: "sitemap",
    News: "sitemap",
    RobotsView: "robots.txt",
    CopyView: "copied file",
}


def kind_of(output: Output) -> str:
    """The template that an output is made with, or what Dateline itself writes there."""
    return _MACHINE[type(output.subject)] if output.template is None else f"{output.template}.html"


def page_of(output: Output) -> str:
    """The source that an output is the page of; empty where it is of many, or of none."""
    return output.source if isinstance(output.subject, Story) else ""


class Role(StrEnum):
    """As what an output shows an article, as messages name it."""

    ITSELF = "the article itself"
    NEWER = "the next newer story"
    OLDER = "the next older story"
    SECTION = "earlier stories of its section"
    RELATED = "earlier stories related to it"
    AUTHORS = "author files"
    PARTS = "other parts of its series"
    LATEST = "the newest stories of the site"
    LINKED = "articles to which its text links"
    TARGET = "the article to which it leads"
    LISTED = "articles that it lists"
    BLOCKS = "the newest stories of the sections"
    CARRIED = "articles that it carries in full"
    CORRECTED = "articles whose corrections it shows"
    COUNTED = "articles that it counts"


Shown = tuple[Role, tuple[int, ...]]
"""A role, and the numbers of the articles that have it."""


class Roles:
    """Says which articles each output of a site shows, and as what.

    Args:
        ground: The site.
    """

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self.entries: Sequence[Entry] = ground.site.documents

    def of(self, output: Output) -> Iterator[Shown]:
        """Each role that an article has in an output."""
        for role, numbers in self._of(output):
            if numbers:
                yield role, numbers

    def _of(self, output: Output) -> Iterator[Shown]:
        match output.subject:
            case Story() as story:
                yield from self._story(story)
            case Redirect(number):
                yield Role.TARGET, (number,)
            case Listing() as listing:
                yield Role.AUTHORS, () if listing.author is None else (listing.author,)
                yield Role.LISTED, listing.posts
                yield Role.BLOCKS, tuple([number for _, block in listing.blocks for number in block])
            case News(posts):
                yield Role.LISTED, posts
            case Feed() as feed:
                yield Role.CARRIED, feed.posts
                yield Role.AUTHORS, feed.authors
            case NotFound(posts):
                yield Role.LATEST, posts
            case Period() as period:
                yield from self._period(period)
            case other:
                yield from self._other(other)

    def _story(self, story: Story) -> Iterator[Shown]:
        yield Role.ITSELF, (story.number,)
        yield Role.NEWER, () if story.newer is None else (story.newer,)
        yield Role.OLDER, () if story.older is None else (story.older,)
        yield Role.SECTION, story.section
        yield Role.RELATED, story.related
        yield Role.PARTS, tuple([number for number in story.part.shown if number != story.number]) if story.part else ()
        yield Role.AUTHORS, story.authors
        yield Role.LATEST, story.latest
        urls = [reference.url.partition("#")[0] for reference in self.entries[story.number].references]
        yield Role.LINKED, tuple(dict.fromkeys([self._by_url[url] for url in urls if url in self._by_url]))

    def _period(self, period: Period) -> Iterator[Shown]:
        year = f"{period.start.year:04}"
        if period.kind is PageKind.YEAR:
            yield Role.COUNTED, self._posts(lambda post: post.day[:4] == year)
        yield Role.LISTED, tuple([number for _, numbers in period.days for number in numbers])

    def _other(self, subject: object) -> Iterator[Shown]:
        match subject:
            case Corrections(notes=notes) | CorrectionFeed(notes=notes):
                yield Role.CORRECTED, tuple(dict.fromkeys([number for number, _ in notes]))
            case ArchiveView():
                yield Role.COUNTED, self._posts(lambda _: True)
            case TermsView(head=head) if head.kind is PageKind.TAGS:
                yield Role.COUNTED, self._posts(lambda post: bool(post.tags))
            case TermsView():
                yield Role.COUNTED, self._posts(lambda post: bool(post.authors))
            case SitemapView(entries, index=False):
                yield Role.LISTED, tuple([self._by_address[e.loc] for e in entries if e.loc in self._by_address])
            case SitemapView():
                yield Role.COUNTED, self._posts(lambda _: True)

    def _posts(self, wanted: Callable[[Entry], bool]) -> tuple[int, ...]:
        return tuple([number for number, post in enumerate(self._ground.site.posts) if wanted(post)])

    @cached_property
    def _by_url(self) -> dict[str, int]:
        return {self._ground.chrome.url(entry.url): number for number, entry in enumerate(self.entries)}

    @cached_property
    def _by_address(self) -> dict[str, int]:
        chrome = self._ground.chrome
        return {chrome.canonical(entry): number for number, entry in enumerate(self.entries)}

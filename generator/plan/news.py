"""The news sitemap: the stories of the last two days, by the build's clock."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator import codec
from generator.model.entry import Entry
from generator.model.machine import SitemapEntry, SitemapView
from generator.plan.ground import Family, Ground, cards
from generator.plan.output import Output, Part, Rank
from generator.plan.sitemaps import Lost, indexable
from generator.plan.subjects import News, Subject
from generator.records import Record

PATH = "sitemap-news.xml"
SPAN = 48 * 3_600_000_000
"""Microseconds for which a story is news."""

MOST = 1_000
"""Stories in one news sitemap. Both numbers: developers.google.com, "Create a news sitemap"."""


class Current(Record, frozen=True):
    """What is news.

    Attributes:
        posts: Newest first.
        stand_in: The address that the sitemap has where nothing is news, since no sitemap may be empty.
        turn: When the next story ceases to be news, in microseconds since 1970; None where none is.
    """

    posts: tuple[Entry, ...] = ()
    stand_in: str = ""
    turn: int | None = None


def of(ground: Ground, lost: Lost) -> Current:
    """What is news; what is older than that is not looked at."""
    chrome = ground.chrome
    if not chrome.settings.news_sitemap:
        return Current()
    posts: list[Entry] = []
    for post in ground.site.posts:
        if len(posts) == MOST or (posts and not _is_news(ground, post)):
            break
        if indexable(chrome, post, lost):
            if not _is_news(ground, post):
                return Current(stand_in=chrome.canonical(post))
            posts.append(post)
    if not posts:
        return Current(stand_in=chrome.absolute("/"))
    return Current(tuple(posts), turn=posts[-1].when + SPAN)


def _is_news(ground: Ground, post: Entry) -> bool:
    return post.when > ground.now - SPAN


def families(ground: Ground, current: Current) -> Iterator[Family]:
    """The news sitemap, unless the site wants none."""
    if ground.chrome.settings.news_sitemap:
        places = [ground.chrome.canonical(post) for post in current.posts]
        mark = codec.digest(cards(current.posts), codec.of(places, current.stand_in))
        yield ground.family("sitemap news", partial(_news, ground, current, mark), mark)


def _news(ground: Ground, current: Current, mark: bytes) -> Iterator[Output]:
    settings = ground.chrome.settings
    about = codec.of(settings.base_url, settings.title, settings.language)
    subject: Subject = SitemapView((SitemapEntry(current.stand_in),))
    if current.posts:
        subject = News(ground.number(current.posts))
    parts = ((Part.SITE, about), (Part.PAGES, mark))
    yield Output(PATH, subject, f"the news sitemap /{PATH}", Rank.MACHINE, parts=parts)

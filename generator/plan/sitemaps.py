"""Outputs for search engines: a sitemap for each month of stories, one for all other pages, and the index over them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from generator import codec
from generator.model.archive import Stretch
from generator.model.entry import Entry
from generator.model.machine import SitemapEntry, SitemapView
from generator.plan.chrome import ARCHIVE, AUTHORS, CORRECTIONS, TAGS, Chrome
from generator.plan.ground import Family, Ground
from generator.plan.output import Output, Part, Rank
from generator.records import Record

MAX_URLS = 50_000
"""Addresses in one sitemap (sitemaps.org/protocol.html)."""


class Lost(Record, frozen=True):
    """What did not get its path.

    Attributes:
        stories: Sources of stories and standing pages.
        lists: Paths of lists.
        addresses: Paths of redirects and tombstones, each with the source that wants it.
    """

    stories: frozenset[str]
    lists: frozenset[str]
    addresses: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, losers: Iterable[Output]) -> Lost:
        """Sorted by what they are."""
        losers = list(losers)
        return cls(
            frozenset(output.source for output in losers if output.rank is Rank.STORY),
            frozenset(output.path for output in losers if output.rank in (Rank.LIST, Rank.MACHINE)),
            frozenset((output.path, output.source) for output in losers if output.rank >= Rank.REDIRECT),
        )


def families(ground: Ground, lost: Lost) -> Iterator[Family]:
    """The sitemaps of a site; only what search engines may keep stands in them."""
    files: list[tuple[str, str]] = []
    marks: list[bytes] = []
    for month in ground.site.months:
        work = partial(_mapped, ground, month.name, lost)
        parts, mark = work(month.posts) if lost.stories else month.once("map", work)
        if parts:
            files += parts
            marks.append(mark)
            yield ground.family(f"sitemap {month.name}", partial(_month, ground, month, lost, mark), mark)
    pages = _standing(ground, lost)
    page_mark = codec.of(pages)
    yield ground.family("sitemap pages", partial(_listed, ground, "pages", pages, page_mark), page_mark)
    yield ground.family("sitemap", partial(_sitemap_index, ground, files, pages), codec.digest(page_mark, *marks))


def _mapped(
    ground: Ground, month: str, lost: Lost, posts: Sequence[Entry]
) -> tuple[tuple[tuple[str, str], ...], bytes]:
    """The sitemaps of a month, each with when one of its stories changed last; the digest of all that is in them."""
    members = _listable(ground.chrome, posts, lost)
    mark = codec.of([(post.canonical or post.url, post.modified) for post in members])
    return tuple(_changed(ground, month, members)) if members else (), mark


def _listable(chrome: Chrome, posts: Sequence[Entry], lost: Lost) -> list[Entry]:
    """Those of a month's posts that its sitemap lists."""
    return [post for post in posts if indexable(chrome, post, lost)]


def indexable(chrome: Chrome, post: Entry, lost: Lost) -> bool:
    """Whether a sitemap may list a post: it has its path, is not kept from search engines, and is canonical itself."""
    return not post.banner and post.source not in lost.stories and chrome.is_canonical(post)


def _standing(ground: Ground, lost: Lost) -> list[str]:
    """Addresses of lists, indexes and standing pages that a sitemap may list."""
    site, settings = ground.site, ground.chrome.settings
    authors = site.authors if settings.author_lists else ()
    groups = (*site.sections, *site.tags, *authors, *site.series)
    urls = ["/", TAGS, *([AUTHORS] if settings.author_lists else []), *(group.term.url for group in groups)]
    urls += [ARCHIVE] if settings.archive != "none" else []
    urls += [CORRECTIONS] if ground.chrome.corrected else []
    found = [ground.chrome.absolute(url) for url in urls if f"{url}index.html"[1:] not in lost.lists]
    pages = [page for page in site.pages if indexable(ground.chrome, page, lost)]
    return sorted([*found, *(ground.chrome.canonical(page) for page in pages)])


def _located(ground: Ground, posts: list[Entry]) -> list[SitemapEntry]:
    entries = [SitemapEntry(ground.chrome.canonical(post), dt.datetime.fromisoformat(post.modified)) for post in posts]
    return sorted(entries, key=lambda entry: entry.loc)


def _month(ground: Ground, month: Stretch, lost: Lost, mark: bytes) -> Iterator[Output]:
    members = _listable(ground.chrome, month.posts, lost)
    yield from _parts(month.name, _located(ground, members), (ground.address, (Part.PAGES, mark)))


def _listed(ground: Ground, name: str, urls: list[str], mark: bytes) -> Iterator[Output]:
    yield from _parts(name, [SitemapEntry(url) for url in urls], (ground.address, (Part.PAGES, mark)))


def _parts(name: str, entries: list[SitemapEntry], parts: tuple[tuple[Part, bytes], ...]) -> Iterator[Output]:
    for path, chunk in _chunks(name, entries):
        view = SitemapView(tuple(chunk))
        yield Output(path, view, f"the sitemap /{path}", Rank.MACHINE, parts=parts)


def _file(name: str, part: int = 1) -> str:
    return f"sitemaps/{name}.xml" if part == 1 else f"sitemaps/{name}-{part}.xml"


def _chunks(name: str, entries: list[SitemapEntry]) -> Iterator[tuple[str, list[SitemapEntry]]]:
    for part, start in enumerate(range(0, len(entries), MAX_URLS), 1):
        yield _file(name, part), entries[start : start + MAX_URLS]


def _changed(ground: Ground, month: str, posts: list[Entry]) -> Iterator[tuple[str, str]]:
    """Each sitemap of a month, and when one of its stories changed last."""
    if len(posts) > MAX_URLS:
        for path, chunk in _chunks(month, _located(ground, posts)):
            yield path, max(entry.lastmod for entry in chunk if entry.lastmod).isoformat()
        return
    # By the days where they were written, which are within a day of those of UTC: few instants need be read.
    last = dt.date.fromisoformat(max([post.modified[:10] for post in posts]))
    since = (last - dt.timedelta(days=min(2, last.toordinal() - 1))).isoformat()
    found = [dt.datetime.fromisoformat(post.modified) for post in posts if post.modified >= since]
    yield _file(month), max(found).isoformat()


def _sitemap_index(ground: Ground, files: list[tuple[str, str]], pages: list[str]) -> Iterator[Output]:
    index: list[SitemapEntry] = []
    for path, _ in _chunks("pages", [SitemapEntry(url) for url in pages]):
        index.append(SitemapEntry(ground.chrome.absolute(f"/{path}")))
    for path, latest in files:
        index.append(SitemapEntry(ground.chrome.absolute(f"/{path}"), dt.datetime.fromisoformat(latest)))
    shown = codec.of([(entry.loc, entry.lastmod) for entry in index])
    parts = (ground.address, (Part.PAGES, shown))
    yield Output("sitemap.xml", SitemapView(tuple(index), index=True), "the sitemap", Rank.MACHINE, parts=parts)

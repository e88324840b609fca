"""Outputs of lists: the front page, sections, tags, authors, series, their feeds and indexes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, islice
from typing import TypeVar

from generator import codec, languages
from generator.errors import Problem, warning
from generator.model.archive import Group
from generator.model.entry import Entry
from generator.model.machine import FeedAddress, OpmlView, StyleView
from generator.model.site import Term
from generator.model.views import PageKind, TermCount, TermsView
from generator.permalinks import out_path
from generator.plan.chrome import AUTHORS, CORRECTIONS, FEED_STYLE, FORMATS, OPML, TAGS
from generator.plan.compose import page_url
from generator.plan.ground import Family, Ground, all_cards, cards
from generator.plan.output import Output, Part, Rank
from generator.plan.subjects import Feed, Listing, NotFound, Place

T = TypeVar("T")

Blocks = tuple[tuple[Term, tuple[Entry, ...]], ...]
"""The newest stories of each section."""


def families(ground: Ground) -> Iterator[Family]:
    """Every list with its numbered pages, every feed, the indexes of terms, the 404 page."""
    site, settings = ground.site, ground.chrome.settings
    yield from _front(ground)
    kinds = [(PageKind.SECTION, site.sections), (PageKind.TAG, site.tags)]
    kinds += [(PageKind.AUTHOR, site.authors)] if settings.author_lists else []
    for kind, groups in (*kinds, (PageKind.SERIES, site.series)):
        for group in groups:
            yield from _term(ground, kind, group)
    yield _index(ground, PageKind.TAGS, "tags", TAGS, site.tags)
    if settings.author_lists:
        yield _index(ground, PageKind.AUTHORS, "authors", AUTHORS, site.authors)
    yield _opml(ground)
    latest = site.posts[: ground.chrome.need("404", "latest")]
    yield ground.family("404", partial(_not_found, ground, latest), cards(latest))


def split(posts: tuple[T, ...], size: int) -> tuple[tuple[T, ...], list[tuple[T, ...]]]:
    """The stories of a list's own URL, and its numbered pages from the oldest on.

    Every numbered page is full and so never changes again; the list's own URL holds the newest `size` stories and those
    that do not fill a page yet (below twice `size`). No story stands on two pages.

    Args:
        posts: Newest first.
        size: Stories a page.
    """
    pages = max(0, len(posts) // size - 1)
    kept = len(posts) - pages * size
    numbered = [posts[len(posts) - (k + 1) * size : len(posts) - k * size] for k in range(pages)]
    return posts[:kept], numbered


def _front(ground: Ground) -> Iterator[Family]:
    site, settings = ground.site, ground.chrome.settings
    count = ground.chrome.need("front", "sections")
    blocks = tuple((group.term, group.posts[:count]) for group in site.sections if count)
    place = Place(PageKind.FRONT, settings.title, "/", None, 0, None, f"/{ground.chrome.feed_file}")
    make = partial(_pages, ground, place, site.posts, "the front page", blocks)
    yield ground.family("list /", make, all_cards(site.spans), _blocks(blocks))
    yield _feed(ground, "", "/", _carried(ground, "", site.posts))


def _blocks(blocks: Blocks) -> bytes:
    return codec.digest(*(cards(posts) for _, posts in blocks))


def _term(ground: Ground, kind: PageKind, group: Group) -> Iterator[Family]:
    term = group.term
    feed = f"{term.url}{ground.chrome.feed_file}"
    place = Place(kind, term.name, term.url, None, 0, None, feed)
    make = partial(_pages, ground, place, group.posts, f"the {kind.value} {term.name!r}", ())
    yield ground.family(f"list {term.url}", make, group.once("cards", cards), term.name.encode())
    yield _feed(ground, term.name, term.url, group.once("feed", partial(_carried, ground, term.name)))


def _pages(ground: Ground, place: Place, posts: tuple[Entry, ...], origin: str, blocks: Blocks) -> Iterator[Output]:
    first, numbered = split(posts, ground.chrome.settings.page_size)
    front = place.kind is PageKind.FRONT
    template = "front" if front else "list"
    for number, shown in [(None, first), *enumerate(numbered, 1)]:
        here = Place(
            place.kind, place.name, place.url, number, relevant(number, len(numbered)),
            len(posts) if number is None else None, place.feed,
        )  # fmt: skip
        parts = [ground.template(template), ground.around, (Part.CARDS, cards(shown)), (Part.PLACE, codec.of(here))]
        own = blocks if number is None else ()
        if front:
            parts.append((Part.BLOCKS, _blocks(own)))
        subject = Listing(here, ground.number(shown), tuple((term, ground.number(block)) for term, block in own))
        rank = Rank.MACHINE if front and number is None else Rank.LIST
        source = "" if front else posts[-1].source
        yield Output(out_path(page_url(here)), subject, origin, rank, template, source, tuple(parts))


def relevant(number: int | None, pages: int) -> int:
    """How many numbered pages a page must know of: all on the list's own URL, else whether there is a next one."""
    return pages if number is None else min(pages, number + 1)


MAX_FEED = 500_000
"""Bytes that a feed may have: some readers take no more than 512 KB."""


@dataclass(frozen=True, slots=True)
class _Carried:
    """What the feeds of a list carry.

    Attributes:
        title: Of the feeds.
        posts: Those that fit.
        brief: Sources of those that are carried by their summaries alone.
        items: The digest of what feeds show of the posts.
        problems: What does not fit.
    """

    title: str
    posts: tuple[Entry, ...]
    brief: frozenset[str]
    items: bytes
    problems: tuple[Problem, ...]


def _carried(ground: Ground, name: str, posts: tuple[Entry, ...]) -> _Carried:
    """What the feeds of a list carry, settled when they are planned, since a feed that is too large is told."""
    settings = ground.chrome.settings
    shown = tuple(islice((post for post in posts if not post.banner), settings.feeds.items))
    full: tuple[Entry, ...] = shown
    brief: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    title = f"{settings.title}: {name}" if name else settings.title
    if settings.feeds.content == "full" and sum([post.weight for post in shown]) > MAX_FEED:
        brief = frozenset(post.source for post in shown if post.weight > MAX_FEED)
        weights = accumulate(_BRIEF if post.source in brief else post.weight for post in shown)
        full = tuple(post for post, weight in zip(shown, weights, strict=True) if weight <= MAX_FEED)
        problems = _too_large(title, shown, full, brief)
    elif settings.feeds.content == "summary":
        brief = frozenset(post.source for post in shown)
    return _Carried(title, full, brief, _items(full), problems)


def _feed(ground: Ground, name: str, url: str, carried: _Carried) -> Family:
    """The feeds of a list, one a format."""
    settings = ground.chrome.settings
    place = codec.of(name, url, settings.feeds.hubs, settings.feeds.id, sorted(carried.brief))

    def make() -> Iterator[Output]:
        parts = (ground.around, (Part.ITEMS, carried.items), (Part.PLACE, place))
        numbers, short = ground.number(carried.posts), frozenset(ground.numbers[source] for source in carried.brief)
        for kind in settings.feeds.formats:
            subject = Feed(name, url, numbers, short, kind)
            path = out_path(url + FORMATS[kind].file)
            yield Output(path, subject, f"the feed of {carried.title!r}", Rank.MACHINE, parts=parts)

    return ground.family(f"feed {url}", make, carried.items, place, problems=carried.problems)


def _items(posts: tuple[Entry, ...]) -> bytes:
    """The digest of what feeds show of some posts."""
    return codec.digest(codec.joined([post.story for post in posts]), codec.of([post.length for post in posts]))


_BRIEF = 2_000
"""Bytes of a story that a feed carries by its summary."""


def _too_large(
    title: str, wanted: tuple[Entry, ...], kept: tuple[Entry, ...], brief: frozenset[str]
) -> tuple[Problem, ...]:
    """Warnings where a feed does not carry what it should."""
    fix = "shorten it, or set `items` or `content` under [feeds] in site.toml"
    problems = [
        warning(f"is too long for the feed of {title!r}, which carries its summary", fix, post.source)
        for post in kept
        if post.source in brief
    ]
    if lost := len(wanted) - len(kept):
        cause = (
            f"the feed of {title!r} would be larger than {MAX_FEED:,} bytes, so its last {lost} stories are left out"
        )
        problems.append(warning(cause, 'set a smaller `items`, or content = "summary", under [feeds] in site.toml'))
    return tuple(problems)


def _opml(ground: Ground) -> Family:
    """The list of all feeds, and the style sheet that they have in common."""
    chrome, site = ground.chrome, ground.site
    groups = (*site.sections, *site.tags, *(site.authors if chrome.settings.author_lists else ()), *site.series)
    lists = [("", "/"), *((group.term.name, group.term.url) for group in groups)]
    lists += [(chrome.words["corrections"], CORRECTIONS)] if chrome.corrected else []
    mark = codec.of(lists, chrome.settings.feeds.formats)

    def make() -> Iterator[Output]:
        feeds = [
            FeedAddress(feed.title, feed.url, feed.type, chrome.absolute(url))
            for name, url in lists
            for feed in chrome.feeds_of(name, url)[:1]
        ]
        parts, view = (ground.around, (Part.COUNTS, mark)), OpmlView(chrome.settings.title, tuple(feeds))
        yield Output(out_path(OPML), view, "the list of feeds", Rank.DEFAULT, parts=parts)
        yield Output(out_path(FEED_STYLE), StyleView(), "the style of feeds", Rank.DEFAULT, parts=(ground.address,))

    return ground.family("opml", make, mark)


def _index(ground: Ground, kind: PageKind, word: str, url: str, groups: tuple[Group, ...]) -> Family:
    counts = [(group.term.name, group.term.url, len(group.posts)) for group in groups]
    mark = codec.of(counts)

    def make() -> Iterator[Output]:
        chrome = ground.chrome
        title = chrome.words[word]
        terms = [TermCount(name, chrome.url(path), count) for name, path, count in counts]
        ordered = sorted(terms, key=lambda term: (languages.alphabetical(term.label), term.url))
        view = TermsView(chrome.head(kind, title, "", url), title, tuple(ordered))
        parts = (ground.template("terms"), ground.around, (Part.COUNTS, mark))
        yield Output(out_path(url), view, f"the index {url}", Rank.MACHINE, "terms", parts=parts)

    return ground.family(f"index {url}", make, mark)


def _not_found(ground: Ground, latest: tuple[Entry, ...]) -> Iterator[Output]:
    parts = (ground.template("404"), ground.around, (Part.LATEST, cards(latest)))
    yield Output("404.html", NotFound(ground.number(latest)), "the 404 page", Rank.MACHINE, "404", parts=parts)

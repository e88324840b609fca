"""Outputs of lists: the front page, sections, tags, authors, series, their feeds and indexes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate, islice
from operator import attrgetter
from typing import TypeVar

from generator import codec, languages
from generator.errors import Problem, warning
from generator.model.archive import Carried, Group, Memo
from generator.model.entry import Entry
from generator.model.machine import FeedAddress, OpmlView, StyleView
from generator.model.site import Term
from generator.model.views import PageKind, TermCount, TermsView
from generator.permalinks import out_path
from generator.plan import series
from generator.plan.chrome import AUTHORS, CORRECTIONS, FEED_STYLE, FORMATS, OPML, TAGS
from generator.plan.compose import page_url
from generator.plan.ground import Family, Ground, all_cards, cards
from generator.plan.output import Output, Part, Rank
from generator.plan.subjects import Feed, Listing, NotFound, Place
from generator.records import Record, field, replace

T = TypeVar("T")

Blocks = tuple[tuple[Term, Sequence[Entry]], ...]
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


def numbered_pages(posts: Sequence[T], size: int) -> int:
    """How many numbered pages a list has; see `split`."""
    return max(0, len(posts) // size - 1)


def newest_of(posts: Sequence[T], size: int) -> Sequence[T]:
    """The stories of a list's own URL, but for the pinned ones; see `split`."""
    return posts[: len(posts) - numbered_pages(posts, size) * size]


def split(posts: Sequence[T], size: int) -> tuple[Sequence[T], list[Sequence[T]]]:
    """The stories of a list's own URL, and its numbered pages from the oldest on.

    Every numbered page is full and so never changes again; the list's own URL holds the newest `size` stories and those
    that do not fill a page yet (below twice `size`). No story stands on two pages.

    Args:
        posts: Newest first.
        size: Stories a page.
    """
    numbers = range(1, numbered_pages(posts, size) + 1)
    return newest_of(posts, size), [_of_pages(posts, size, [number]) for number in numbers]


class _List(Record, frozen=True):
    """A list on its way.

    Attributes:
        place: Its own URL.
        posts: Newest first; of a series the last part first.
        origin: What asks for it.
        blocks: See Blocks.
        pinned: What stands first on its own URL.
        parts: Of a series, the number of each part by its source.
        profile: The author's own file.
        memo: What was worked out from the posts.
    """

    place: Place
    posts: Sequence[Entry]
    origin: str
    blocks: Blocks = ()
    pinned: tuple[Entry, ...] = ()
    parts: Mapping[str, int] = field(default_factory=dict)
    profile: Entry | None = None
    memo: Memo = field(default_factory=Memo)

    @property
    def heads(self) -> bytes:
        """The digest of what stands in another order than that of time; nothing in most lists."""
        if not self.pinned and not self.parts:
            return b""
        return codec.digest(
            cards(self.pinned), codec.of([self.parts.get(post.source) for post in self.posts] if self.parts else [])
        )


_IS_PINNED = attrgetter("pinned")


def _first(whole: _List, size: int) -> tuple[Entry, ...]:
    """The stories of a list's own URL: what is pinned, wherever it stands in time, then the newest."""
    newest = newest_of(whole.posts, size)
    return (*whole.pinned, *[post for post in newest if not (whole.pinned and post.pinned)])


def ranked(shown: Sequence[Entry], pinned: int) -> tuple[Entry, ...]:
    """The stories of the front page by rank: what is pinned, then what weighs more, then what is newer.

    Where the editor asks for none, the newest with a picture leads.
    """
    order = sorted(range(len(shown)), key=lambda at: (at >= pinned, -shown[at].rank))
    found = [shown[at] for at in order]
    if found and not pinned and found[0].rank == 0:
        lead = next((post for post in found if post.image and post.rank == 0), found[0])
        found = [lead, *[post for post in found if post is not lead]]
    return tuple(found)


def _front(ground: Ground) -> Iterator[Family]:
    site, settings = ground.site, ground.chrome.settings
    count = ground.chrome.need("front", "sections")
    blocks = tuple((group.term, group.posts[:count]) for group in site.sections if count)
    place = Place(PageKind.FRONT, settings.title, "/", None, 0, None, f"/{ground.chrome.feed_file}")
    pinned = tuple([post for span in site.spans for post in span.chosen("pinned", _IS_PINNED)])
    whole = _List(place, site.posts, "the front page", blocks, pinned, memo=site.front)
    ranks = codec.of([post.rank for post in _first(whole, settings.page_size)])
    mark = (all_cards(site.spans), whole.heads, ranks, _blocks(blocks))
    yield from _listed(ground, whole, mark)
    yield _feed(ground, "", "/", site.posts, _carried(ground, "", "/", site.posts))


def _blocks(blocks: Blocks) -> bytes:
    return codec.digest(*(cards(posts) for _, posts in blocks))


def _term(ground: Ground, kind: PageKind, group: Group) -> Iterator[Family]:
    term = group.term
    feed = f"{term.url}{ground.chrome.feed_file}"
    place = Place(kind, term.name, term.url, None, 0, None, feed)
    posts, parts = group.posts, {}
    if kind is PageKind.SERIES:
        order = series.numbered(posts)
        posts = tuple([post for _, post in reversed(order)])
        parts = {post.source: number for number, post in order}
    pinned = tuple(group.chosen("pinned", _IS_PINNED)) if kind is PageKind.SECTION else ()
    whole = _List(place, posts, f"the {kind.value} {term.name!r}", (), pinned, parts, group.profile, group.memo)
    problems = series.doubles(group) if parts else ()
    shown = cards(posts) if parts else group.once("cards", cards)
    mark = (shown, whole.heads, term.name.encode(), _said(group.profile))
    yield from _listed(ground, whole, mark, problems)
    carried = group.once("feed", partial(_carried, ground, term.name, term.url))
    yield _feed(ground, term.name, term.url, group.posts, carried)


RUN = 32
"""Numbered pages that are planned together, in lists that have more: most stay as they are when a story comes."""


def _listed(
    ground: Ground, whole: _List, mark: tuple[bytes, ...], problems: tuple[Problem, ...] = ()
) -> Iterator[Family]:
    """A list's pages; those of a long one in runs.

    Args:
        ground: The site.
        whole: The list.
        mark: Digests of all that its pages depend on.
        problems: What is wrong with it.
    """
    name, size = f"list {whole.place.url}", ground.chrome.settings.page_size
    last = numbered_pages(whole.posts, size)
    if last <= RUN or whole.parts:
        yield ground.family(name, partial(_pages, ground, whole, range(last + 1)), *mark, problems=problems)
        return
    yield ground.family(name, partial(_pages, ground, whole, range(1)), *mark, problems=problems)
    place = codec.of(whole.place, whole.posts[-1].source)
    runs = [range(first, min(first + RUN, last + 1)) for first in range(1, last + 1, RUN)]
    if whole.memo.runs is None:
        whole.memo.runs = tuple([cards(_of_pages(whole.posts, size, numbers)) for numbers in runs])
    for numbers, shown in zip(runs, whole.memo.runs, strict=True):
        run = (shown, place, codec.of(relevant(numbers[-1], last)))
        yield ground.family(f"{name} {numbers[0]}", partial(_pages, ground, whole, numbers), *run)


def _of_pages(posts: Sequence[T], size: int, numbers: Sequence[int]) -> Sequence[T]:
    """The stories of some numbered pages in a row."""
    return posts[-size * numbers[-1] : -size * (numbers[0] - 1) or None]


def _pages(ground: Ground, whole: _List, numbers: Iterable[int]) -> Iterator[Output]:
    """Some pages of a list by their numbers; 0 is its own URL."""
    size = ground.chrome.settings.page_size
    last = numbered_pages(whole.posts, size)
    for number in numbers:
        shown = _of_pages(whole.posts, size, [number]) if number else _first(whole, size)
        here = replace(
            whole.place,
            number=number or None,
            pages=relevant(number or None, last),
            count=None if number else len(whole.posts),
        )
        yield _page(ground, whole, here, shown[::-1] if whole.parts else shown)


def _page(ground: Ground, whole: _List, here: Place, shown: Sequence[Entry]) -> Output:
    """One page of a list; `shown` is in the order in which it stands there."""
    front, own = here.kind is PageKind.FRONT, here.number is None
    template = "front" if front else "list"
    pinned, parts = len(whole.pinned) if own else 0, _parts(whole, shown)
    order, blocks = ranked(shown, pinned) if front and own else (), whole.blocks if own else ()
    digests = [ground.template(template), ground.around, (Part.CARDS, cards(shown))]
    digests.append((Part.PLACE, codec.of(here, parts)))
    if front:
        digests.append((Part.BLOCKS, _blocks(blocks)))
    if front or here.kind is PageKind.SECTION:
        digests.append((Part.RANK, codec.digest(codec.of(pinned), cards(order))))
    author = ground.numbers[whole.profile.source] if whole.profile and own else None
    if here.kind is PageKind.AUTHOR and own:
        digests.append((Part.AUTHORS, _said(whole.profile)))
    number = ground.number
    spread = tuple((term, number(block)) for term, block in blocks)
    subject = Listing(here, number(shown), pinned, number(order), parts, spread, author)
    rank = Rank.MACHINE if front and own else Rank.LIST
    source = "" if front else whole.posts[-1].source if whole.posts else whole.profile.source if whole.profile else ""
    return Output(out_path(page_url(here)), subject, whole.origin, rank, template, source, tuple(digests))


def _parts(whole: _List, shown: Sequence[Entry]) -> tuple[int, ...]:
    """The numbers of the parts of a series."""
    return tuple([whole.parts[post.source] for post in shown]) if whole.parts else ()


def _said(profile: Entry | None) -> bytes:
    """The digest of all that an author file says."""
    return codec.digest(profile.card, profile.story) if profile else _SILENT


_SILENT = codec.digest()


def relevant(number: int | None, pages: int) -> int:
    """How many numbered pages a page must know of: all on the list's own URL, else whether there is a next one."""
    return pages if number is None else min(pages, number + 1)


MAX_FEED = 500_000
"""Bytes that a feed may have: some readers take no more than 512 KB."""


def _carried(ground: Ground, name: str, url: str, posts: Sequence[Entry]) -> Carried:
    """What the feeds of a list carry, settled when they are planned, since a feed that is too large is told."""
    settings = ground.chrome.settings
    places = tuple(islice((place for place, post in enumerate(posts) if not post.banner), settings.feeds.items))
    shown = full = tuple([posts[place] for place in places])
    brief: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    title = _title(ground, name)
    if settings.feeds.content == "full" and sum([post.weight for post in shown]) > MAX_FEED:
        brief = frozenset(post.source for post in shown if post.weight > MAX_FEED)
        weights = accumulate(_BRIEF if post.source in brief else post.weight for post in shown)
        full = tuple(post for post, weight in zip(shown, weights, strict=True) if weight <= MAX_FEED)
        problems = _too_large(title, shown, full, brief)
    elif settings.feeds.content == "summary":
        brief = frozenset(post.source for post in shown)
    authors = tuple(dict.fromkeys([name for post in full for name in post.authors]))
    items = codec.digest(_items(full), cards(ground.profiles_of(authors)))
    short = tuple(sorted(brief))
    place = codec.of(name, url, settings.feeds.hubs, settings.feeds.id, short)
    return Carried(places[: len(full)], short, authors, items, place, problems)


def _title(ground: Ground, name: str) -> str:
    """Of the feeds of a list."""
    title = ground.chrome.settings.title
    return f"{title}: {name}" if name else title


def _feed(ground: Ground, name: str, url: str, posts: Sequence[Entry], carried: Carried) -> Family:
    """The feeds of a list, one a format; `posts` are the list's."""

    def make() -> Iterator[Output]:
        parts = (ground.around, (Part.ITEMS, carried.items), (Part.PLACE, carried.place))
        numbers = ground.number([posts[at] for at in carried.places])
        authors = ground.number(ground.profiles_of(carried.authors))
        short = frozenset(ground.numbers[source] for source in carried.brief)
        for kind in ground.chrome.settings.feeds.formats:
            subject = Feed(name, url, numbers, short, kind, authors)
            path = out_path(url + FORMATS[kind].file)
            yield Output(path, subject, f"the feed of {_title(ground, name)!r}", Rank.MACHINE, parts=parts)

    return ground.family(f"feed {url}", make, carried.items, carried.place, problems=carried.problems)


def _items(posts: Sequence[Entry]) -> bytes:
    """The digest of what feeds show of some posts."""
    return codec.digest(codec.joined([post.story for post in posts]), codec.of([post.length for post in posts]))


_BRIEF = 2_000
"""Bytes of a story that a feed carries by its summary."""


def _too_large(
    title: str, wanted: Sequence[Entry], kept: Sequence[Entry], brief: frozenset[str]
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


def _not_found(ground: Ground, latest: Sequence[Entry]) -> Iterator[Output]:
    parts = (ground.template("404"), ground.around, (Part.LATEST, cards(latest)))
    yield Output("404.html", NotFound(ground.number(latest)), "the 404 page", Rank.MACHINE, "404", parts=parts)

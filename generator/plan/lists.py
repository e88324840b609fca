"""Outputs of lists: the front page, sections, tags, authors, series, their feeds and indexes."""

from __future__ import annotations

from collections.abc import Iterator

from generator import languages
from generator.model.machine import FeedView
from generator.model.site import Group, Post
from generator.model.views import (
    FeedLink,
    Link,
    ListView,
    NotFoundView,
    PageKind,
    Pager,
    SectionBlock,
    TermCount,
    TermsView,
)
from generator.permalinks import out_path
from generator.plan.chrome import AUTHORS, FEED, TAGS, Chrome
from generator.plan.output import Output, Rank


def outputs(chrome: Chrome) -> Iterator[Output]:
    """Every list with its numbered pages and feed."""
    site = chrome.site
    yield from _front(chrome)
    for kind, groups in (
        (PageKind.SECTION, site.sections),
        (PageKind.TAG, site.tags),
        (PageKind.AUTHOR, site.authors),
        (PageKind.SERIES, site.series),
    ):
        for group in groups:
            yield from _term(chrome, kind, group)
    yield _index(chrome, PageKind.TAGS, "tags", TAGS, site.tags)
    yield _index(chrome, PageKind.AUTHORS, "authors", AUTHORS, site.authors)
    yield _not_found(chrome)


def split(posts: tuple[Post, ...], size: int) -> tuple[tuple[Post, ...], list[tuple[Post, ...]]]:
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


def _pager(chrome: Chrome, url: str, number: int | None, pages: int) -> Pager:
    def page(k: int) -> Link:
        return Link(str(k), chrome.url(f"{url}page/{k}/"))

    if number is None:
        return Pager(None, None, page(pages) if pages else None)
    newer = page(number + 1) if number < pages else Link("", chrome.url(url))
    return Pager(number, newer, page(number - 1) if number > 1 else None)


def _front(chrome: Chrome) -> Iterator[Output]:
    site, settings = chrome.site, chrome.settings
    first, numbered = split(site.posts, settings.page_size)
    count = chrome.theme.need("front", "sections")
    blocks = tuple(
        SectionBlock(chrome.link(group.term), chrome.cards(group.posts[:count])) for group in site.sections if count
    )
    for number, posts in [(None, first), *enumerate(numbered, 1)]:
        url = "/" if number is None else f"/page/{number}/"
        title = settings.title if number is None else f"{settings.title} ({number})"
        view = ListView(
            head=chrome.head(PageKind.FRONT, title, settings.description if number is None else "", url),
            title=settings.title,
            description=settings.description,
            count=len(site.posts) if number is None else None,
            newest=posts[0].date if posts and number is None else None,
            cards=chrome.cards(posts),
            pager=_pager(chrome, "/", number, len(numbered)),
            feed_url=chrome.url(FEED),
            blocks=blocks if number is None else (),
        )
        rank = Rank.MACHINE if number is None else Rank.LIST
        yield Output(out_path(url), view, "the front page", rank, "front")
    yield _feed(chrome, settings.title, "/", site.posts, settings.description)


def _term(chrome: Chrome, kind: PageKind, group: Group) -> Iterator[Output]:
    term = group.term
    feed = None if kind is PageKind.SERIES else f"{term.url}feed.xml"
    first, numbered = split(group.posts, chrome.settings.page_size)
    for number, posts in [(None, first), *enumerate(numbered, 1)]:
        url = term.url if number is None else f"{term.url}page/{number}/"
        title = term.name if number is None else f"{term.name} ({number})"
        view = ListView(
            head=chrome.head(kind, title, "", url, feed=FeedLink(term.name, feed) if feed else None),
            title=term.name,
            description="",
            count=len(group.posts) if number is None else None,
            newest=posts[0].date if number is None else None,
            cards=chrome.cards(posts),
            pager=_pager(chrome, term.url, number, len(numbered)),
            feed_url=chrome.url(feed or FEED),
            blocks=(),
        )
        oldest = group.posts[-1].source
        yield Output(out_path(url), view, f"the {kind.value} {term.name!r}", template="list", source=oldest)
    if feed:
        yield _feed(chrome, f"{chrome.settings.title}: {term.name}", term.url, group.posts, "")


def _feed(chrome: Chrome, title: str, url: str, posts: tuple[Post, ...], description: str) -> Output:
    settings = chrome.settings
    shown = [post for post in posts if not post.banner][: settings.feeds.items]
    view = FeedView(
        title=title,
        description=description or settings.description or title,
        link=chrome.absolute(url),
        self_url=chrome.absolute(f"{url}feed.xml"),
        language=settings.language,
        copyright=settings.copyright,
        updated=max((post.modified for post in shown), default=None),
        items=tuple(chrome.feed_item(post) for post in shown),
    )
    return Output(out_path(f"{url}feed.xml"), view, f"the feed of {title!r}", Rank.MACHINE)


def _index(chrome: Chrome, kind: PageKind, word: str, url: str, groups: tuple[Group, ...]) -> Output:
    title = chrome.theme.words[word]
    terms = tuple(TermCount(group.term.name, chrome.url(group.term.url), len(group.posts)) for group in groups)
    ordered = sorted(terms, key=lambda term: (languages.alphabetical(term.label), term.url))
    view = TermsView(chrome.head(kind, title, "", url), title, tuple(ordered))
    return Output(out_path(url), view, f"the index {url}", Rank.MACHINE, "terms")


def _not_found(chrome: Chrome) -> Output:
    count = chrome.theme.need("404", "latest")
    head = chrome.head(PageKind.NOT_FOUND, chrome.theme.words["not_found"], "", "/404.html")
    view = NotFoundView(head, chrome.cards(chrome.site.posts[:count]))
    return Output("404.html", view, "the 404 page", Rank.MACHINE, "404")

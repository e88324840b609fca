"""Outputs of stories and standing pages, with the redirects from their old URLs."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.document import Source
from generator.model.machine import RedirectView
from generator.model.site import Post
from generator.model.views import Card, CorrectionView, Link, PageKind, PostView, SourceView
from generator.permalinks import out_path
from generator.plan.chrome import Chrome
from generator.plan.output import Output, Rank

_Around = tuple[Post | None, Post | None]
"""The next newer story and the next older one."""


def outputs(chrome: Chrome) -> Iterator[Output]:
    """Every story's and page's file, and a redirect for each alias."""
    posts = chrome.site.posts
    companions = _Companions(chrome)
    for index, post in enumerate(posts):
        newer = posts[index - 1] if index else None
        older = posts[index + 1] if index + 1 < len(posts) else None
        yield _story(chrome, post, companions, PageKind.POST, (newer, older))
        yield from _redirects(chrome, post)
    for page in chrome.site.pages:
        yield _story(chrome, page, companions, PageKind.PAGE, (None, None))
        yield from _redirects(chrome, page)


class _Companions:
    """The stories that a template asked to have beside each story."""

    def __init__(self, chrome: Chrome) -> None:
        self._chrome = chrome
        self._place = {
            post.source: (group.posts, index)
            for group in chrome.site.sections
            for index, post in enumerate(group.posts)
        }

    def of_section(self, post: Post, count: int) -> tuple[Card, ...]:
        """Stories of the section from before this one, so that a new story leaves old pages alone."""
        if not count or post.source not in self._place:
            return ()
        posts, index = self._place[post.source]
        return self._chrome.cards(posts[index + 1 : index + 1 + count])

    def latest(self, post: Post, count: int) -> tuple[Card, ...]:
        """The site's newest stories but this one."""
        newest = [other for other in self._chrome.site.posts[: count + 1] if other.source != post.source]
        return self._chrome.cards(tuple(newest[:count]))


def _story(chrome: Chrome, post: Post, companions: _Companions, kind: PageKind, around: _Around) -> Output:
    theme, template = chrome.theme, post.template
    neighbours = theme.need(template, "neighbours")
    head = chrome.head(kind, post.title, post.summary, post.url, post=post)
    view = PostView(
        head=head,
        card=chrome.card(post),
        standfirst=post.standfirst,
        tags=tuple(chrome.link(tag) for tag in post.tags),
        series=chrome.link(post.series) if post.series else None,
        corrections=_corrections(post),
        source=_source(post.origin) if post.origin else None,
        newer=_neighbour(chrome, around[0]) if neighbours else None,
        older=_neighbour(chrome, around[1]) if neighbours else None,
        section_latest=companions.of_section(post, theme.need(template, "section-latest")),
        latest=companions.latest(post, theme.need(template, "latest")),
        banner=post.banner,
        extra=post.extra,
        body=chrome.body(post),
    )
    return Output(post.out_path, view, post.source, Rank.STORY, template, post.source)


def _neighbour(chrome: Chrome, post: Post | None) -> Link | None:
    return Link(post.title, chrome.url(post.url)) if post else None


def _corrections(post: Post) -> tuple[CorrectionView, ...]:
    return tuple(CorrectionView(note.date, note.kind.value, note.text) for note in post.corrections)


def _source(origin: Source) -> SourceView:
    return SourceView(origin.name, origin.url, origin.author, origin.licence)


def _redirects(chrome: Chrome, post: Post) -> Iterator[Output]:
    view = RedirectView(chrome.absolute(post.url), post.title, post.language)
    for alias in post.aliases:
        if out_path(alias) != post.out_path:
            origin = f"the alias {alias} of {post.source}"
            yield Output(out_path(alias), view, origin, Rank.REDIRECT, source=post.source)

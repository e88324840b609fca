"""RSS 2.0 with the Advisory Board's profile (rssboard.org/rss-specification, /rss-profile) and Media RSS."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from generator.feeds.text import attributes, document, element, rfc_822
from generator.model.machine import FeedItem, FeedView, Media

_SPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}
_OPENING = f'<rss version="2.0"{attributes(**{f"xmlns:{name}": space for name, space in _SPACES.items()})}>'


def rss(view: FeedView, bodies: Sequence[str]) -> str:
    """An RSS 2.0 feed.

    Args:
        view: The feed.
        bodies: The full text of each item, safe for feeds, in the same order; empty where only a summary is given.
    """
    lines = [
        _OPENING,
        "<channel>",
        element("title", view.title),
        element("link", view.link),
        element("description", view.description),
        element("language", view.language.lower()),
    ]
    if view.copyright:
        lines.append(element("copyright", view.copyright))
    if view.updated:
        lines.append(element("lastBuildDate", rfc_822(view.updated)))
    lines.append(f"<atom:link{attributes(href=view.self_url, rel='self', type_='application/rss+xml')}/>")
    lines += [f"<atom:link{attributes(href=hub, rel='hub')}/>" for hub in view.hubs]
    for item, body in zip(view.items, bodies, strict=True):
        lines.extend(_item(item, body))
    return document([*lines, "</channel>", "</rss>"], view.style_url)


def _item(item: FeedItem, body: str) -> Iterator[str]:
    yield "<item>"
    yield element("title", item.title)
    yield element("link", item.url)
    yield element("guid", item.guid, ' isPermaLink="false"')
    yield element("pubDate", rfc_822(item.date))
    for author in item.authors:
        yield element("dc:creator", author.name)
    for category in item.categories:
        yield element("category", category)
    if item.summary:
        yield element("description", escape(item.summary, quote=False))  # readers take a description for HTML
    if body.strip():
        yield element("content:encoded", body)
    if item.media:
        yield from _media(item.media)
    yield "</item>"


def _media(media: Media) -> Iterator[str]:
    """The lead picture; an enclosure only where its length is known, since readers trust it."""
    if media.length is not None and media.type:
        yield f"<enclosure{attributes(url=media.url, length=media.length, type_=media.type)}/>"
    size = attributes(width=media.width, height=media.height)
    kind = attributes(url=media.url, medium="image", type_=media.type, fileSize=media.length)
    inner = "".join(
        element(name, text, more)
        for name, text, more in (
            ("media:title", media.alt, ' type="plain"'),
            ("media:description", media.caption, ' type="plain"'),
            ("media:credit", media.credit, ""),
        )
        if text
    )
    yield f"<media:content{kind}{size}>{inner}</media:content>" if inner else f"<media:content{kind}{size}/>"

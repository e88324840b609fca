"""Atom 1.0 (RFC 4287)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from generator.feeds.text import attributes, document, element
from generator.model.machine import FeedItem, FeedView

_NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
"""When an empty feed was changed last; a date must stand there."""


def atom(view: FeedView, bodies: Sequence[str]) -> str:
    """An Atom feed.

    Args:
        view: The feed.
        bodies: The full text of each item, safe for feeds, in the same order; empty where only a summary is given.
    """
    lines = [
        f'<feed xmlns="http://www.w3.org/2005/Atom"{attributes(**{"xml:lang": view.language})}>',
        element("id", view.id),
        element("title", view.title),
        element("subtitle", view.description),
        element("updated", _moment(view.updated or _NEVER)),
        f"<author>{element('name', view.publisher)}{element('uri', view.home)}</author>",
        f"<link{attributes(rel='self', type_='application/atom+xml', href=view.self_url)}/>",
        f"<link{attributes(rel='alternate', type_='text/html', href=view.link)}/>",
    ]
    lines += [f"<link{attributes(rel='hub', href=hub)}/>" for hub in view.hubs]
    if view.copyright:
        lines.append(element("rights", view.copyright))
    for item, body in zip(view.items, bodies, strict=True):
        lines.extend(_entry(item, body, view.language))
    return document([*lines, "</feed>"], view.style_url)


def _entry(item: FeedItem, body: str, language: str) -> Iterator[str]:
    yield f"<entry{attributes(**{'xml:lang': item.language if item.language != language else None})}>"
    yield element("id", item.guid)
    yield element("title", item.title)
    yield f"<link{attributes(rel='alternate', type_='text/html', href=item.url)}/>"
    if item.media and item.media.type:
        media = item.media
        yield f"<link{attributes(rel='enclosure', type_=media.type, length=media.length, href=media.url)}/>"
    yield element("published", _moment(item.date))
    yield element("updated", _moment(item.updated or item.date))
    for author in item.authors:
        address = element("uri", author.url) if author.url else ""
        mail = element("email", author.email) if author.email else ""
        yield f"<author>{element('name', author.name)}{address}{mail}</author>"
    for category in item.categories:
        yield f"<category{attributes(term=category)}/>"
    if item.summary:
        yield element("summary", item.summary)
    if body.strip():
        yield element("content", body, ' type="html"')
    yield "</entry>"


def _moment(instant: dt.datetime) -> str:
    return instant.isoformat("T", "seconds")

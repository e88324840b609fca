"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from generator.model.machine import FeedItem, FeedView, Person


def json_feed(view: FeedView, bodies: Sequence[str]) -> str:
    """A JSON feed.

    Args:
        view: The feed.
        bodies: The full text of each item, safe for feeds, in the same order; empty where only a summary is given.
    """
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": view.title,
        "home_page_url": view.link,
        "feed_url": view.self_url,
        "description": view.description,
        "language": view.language,
        "authors": [{"name": view.publisher, "url": view.home}],
        "hubs": [{"type": "WebSub", "url": hub} for hub in view.hubs],
        "items": [_item(item, body, view.language) for item, body in zip(view.items, bodies, strict=True)],
    }
    if not view.hubs:
        del feed["hubs"]
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def _item(item: FeedItem, body: str, language: str) -> dict[str, Any]:
    """One story. An item needs a content, so a summary or the headline stands where there is none."""
    content = {"content_html": body} if body.strip() else {"content_text": item.summary or item.title}
    values = {
        "id": item.guid,
        "url": item.url,
        "title": item.title,
        **content,
        "summary": item.summary,
        "image": item.media.url if item.media else "",
        "date_published": item.date.isoformat("T", "seconds"),
        "date_modified": (item.updated or item.date).isoformat("T", "seconds"),
        "authors": [_author(author) for author in item.authors],
        "tags": list(item.categories),
        "language": item.language if item.language != language else "",
    }
    return _filled(values)


def _author(author: Person) -> dict[str, Any]:
    return _filled({"name": author.name, "url": author.url, "avatar": author.avatar})


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}

"""OPML 2.0 (opml.org/spec2.opml): the list of all feeds, which feed readers import."""

from __future__ import annotations

from generator.feeds.text import attributes, document, element
from generator.model.machine import OpmlView


def opml(view: OpmlView) -> str:
    """The list of a site's feeds."""
    lines = ['<opml version="2.0">', "<head>", element("title", view.title), "</head>", "<body>"]
    for feed in view.feeds:
        kind = "rss" if feed.type != "application/feed+json" else "json"
        lines.append(
            f"<outline{attributes(type_=kind, text=feed.title, title=feed.title, xmlUrl=feed.url, htmlUrl=feed.page)}/>"
        )
    return document([*lines, "</body>", "</opml>"])

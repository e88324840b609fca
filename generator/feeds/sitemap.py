"""Sitemaps (sitemaps.org/protocol.html), news (developers.google.com, "news sitemap") and robots.txt (RFC 9309)."""

from __future__ import annotations

from generator.feeds.text import document, element
from generator.model.machine import NewsItem, NewsView, RobotsView, SitemapEntry, SitemapView

_MAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def sitemap(view: SitemapView) -> str:
    """A sitemap, or the index of sitemaps."""
    outer, inner = ("sitemapindex", "sitemap") if view.index else ("urlset", "url")
    lines = [f'<{outer} xmlns="{_MAPS}">']
    lines += [f"<{inner}>{_location(entry)}</{inner}>" for entry in view.entries]
    return document([*lines, f"</{outer}>"])


def _location(entry: SitemapEntry) -> str:
    lastmod = element("lastmod", entry.lastmod.isoformat("T", "seconds")) if entry.lastmod else ""
    return element("loc", entry.loc) + lastmod


def news(view: NewsView) -> str:
    """The news sitemap."""
    name = element("news:name", view.name) + element("news:language", view.language)
    publication = f"<news:publication>{name}</news:publication>"
    lines = [
        f"<url>{element('loc', item.loc)}<news:news>{publication}{_news(item)}</news:news></url>" for item in view.items
    ]
    return document([f'<urlset xmlns="{_MAPS}" xmlns:news="{_NEWS}">', *lines, "</urlset>"])


def _news(item: NewsItem) -> str:
    date = item.date.isoformat("T", "seconds")
    return element("news:publication_date", date) + element("news:title", item.title)


def robots(view: RobotsView) -> str:
    """`robots.txt`: all may be read, and here are the sitemaps."""
    lines = "".join(f"Sitemap: {sitemap}\n" for sitemap in view.sitemaps)
    return f"User-agent: *\nAllow: /\n\n{lines}"

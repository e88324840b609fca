"""Sitemaps (sitemaps.org/protocol.html) and robots.txt (RFC 9309)."""

from __future__ import annotations

from generator.feeds.text import document, element
from generator.model.machine import RobotsView, SitemapEntry, SitemapView


def sitemap(view: SitemapView) -> str:
    """A sitemap, or the index of sitemaps."""
    outer, inner = ("sitemapindex", "sitemap") if view.index else ("urlset", "url")
    lines = [f'<{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    lines += [f"<{inner}>{_location(entry)}</{inner}>" for entry in view.entries]
    return document([*lines, f"</{outer}>"])


def _location(entry: SitemapEntry) -> str:
    lastmod = element("lastmod", entry.lastmod.isoformat("T", "seconds")) if entry.lastmod else ""
    return element("loc", entry.loc) + lastmod


def robots(view: RobotsView) -> str:
    """`robots.txt`: all may be read, and here is the sitemap."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {view.sitemap}\n"

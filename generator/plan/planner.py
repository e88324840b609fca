"""All outputs of a site, in one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.model.machine import CopyView, RobotsView, SitemapEntry, SitemapView
from generator.model.views import Head, ListView, NotFoundView, PeriodView, PostView
from generator.plan import lists, periods, stories
from generator.plan.chrome import Chrome
from generator.plan.output import Output, Plan, Rank

MAX_URLS = 50_000
"""Addresses in one sitemap (sitemaps.org/protocol.html)."""


def make(chrome: Chrome, root: Path) -> Plan:
    """Plan every file of the site.

    Args:
        chrome: The site with its settings, resolved links and theme.
        root: The site's folder, for files that are copied.
    """
    pages = [
        *stories.outputs(chrome),
        *lists.outputs(chrome),
        *periods.outputs(chrome),
        *_files(chrome, root),
        Output("robots.txt", RobotsView(chrome.absolute("/sitemap.xml")), "robots.txt", Rank.DEFAULT),
    ]
    # Once for what the sitemaps list, which is what has its path; then with the sitemaps.
    return Plan.of([*pages, *_sitemaps(chrome, Plan.of(pages).outputs)])


def _files(chrome: Chrome, root: Path) -> Iterator[Output]:
    for file in chrome.site.files:
        yield Output(file.out_path, CopyView(str(root / file.source)), file.source, Rank.FILE, source=file.source)
    for name, path in chrome.theme.assets.items():
        yield Output(f"assets/{name}", CopyView(str(path)), f"the theme {chrome.theme.name!r}", Rank.DEFAULT)


def _sitemaps(chrome: Chrome, planned: Iterable[Output]) -> Iterator[Output]:
    """One sitemap a month of stories, one for all other pages that search engines may keep, and the index over them."""
    modified = {post.source: post.modified for post in chrome.site.posts}
    months: dict[str, list[SitemapEntry]] = {}
    for output in planned:
        loc = _indexable(chrome, output)
        if loc and isinstance(output.view, PostView) and output.source in modified:
            month = f"{output.view.card.date:%Y-%m}".rjust(7, "0")
            months.setdefault(month, []).append(SitemapEntry(loc, modified[output.source]))
        elif loc:
            months.setdefault("pages", []).append(SitemapEntry(loc))
    index: list[SitemapEntry] = []
    for name, entries in sorted(months.items(), reverse=True):
        for part, start in enumerate(range(0, len(entries), MAX_URLS), 1):
            path = f"/sitemaps/{name}.xml" if part == 1 else f"/sitemaps/{name}-{part}.xml"
            chunk = tuple(sorted(entries, key=lambda entry: entry.loc)[start : start + MAX_URLS])
            yield Output(path[1:], SitemapView(chunk), f"the sitemap {path}", Rank.MACHINE)
            index.append(
                SitemapEntry(chrome.absolute(path), max((e.lastmod for e in chunk if e.lastmod), default=None))
            )
    yield Output("sitemap.xml", SitemapView(tuple(index), index=True), "the sitemap", Rank.MACHINE)


def _indexable(chrome: Chrome, output: Output) -> str | None:
    """The address of a page that a sitemap may list: not kept from search engines, and canonical itself."""
    view = output.view
    if isinstance(view, PeriodView | NotFoundView) or (isinstance(view, ListView) and view.pager.number is not None):
        return None
    head = getattr(view, "head", None)
    if not isinstance(head, Head) or head.noindex:
        return None
    path = f"/{output.path}"
    own = {chrome.absolute(name) for name in (path, path.removesuffix("index.html"), path.removesuffix(".html"))}
    return head.canonical if head.canonical in own else None

"""All outputs of a site, in one place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from generator.model.machine import CopyView, RobotsView, SitemapEntry, SitemapView
from generator.plan import lists, periods, stories
from generator.plan.chrome import Chrome
from generator.plan.output import Output, Plan, Rank


def make(chrome: Chrome, root: Path) -> Plan:
    """Plan every file of the site.

    Args:
        chrome: The site with its settings, resolved links and theme.
        root: The site's folder, for files that are copied.
    """
    return Plan.of(
        [
            *stories.outputs(chrome),
            *lists.outputs(chrome),
            *periods.outputs(chrome),
            *_sitemaps(chrome),
            *_files(chrome, root),
        ]
    )


def _files(chrome: Chrome, root: Path) -> Iterator[Output]:
    for file in chrome.site.files:
        yield Output(file.out_path, CopyView(str(root / file.source)), file.source, Rank.FILE)
    for name, path in chrome.theme.assets.items():
        yield Output(f"assets/{name}", CopyView(str(path)), f"the theme {chrome.theme.name!r}", Rank.DEFAULT)


def _sitemaps(chrome: Chrome) -> Iterator[Output]:
    """One sitemap a month of stories, one for all other pages, and the index over them; then robots.txt."""
    site = chrome.site
    index = []
    visible = [post for post in site.posts if not post.banner]
    for (year, month), group in groupby(
        sorted(visible, key=lambda post: (post.date.year, post.date.month), reverse=True),
        lambda post: (post.date.year, post.date.month),
    ):
        posts = list(group)
        name = f"/sitemaps/{year:04}-{month:02}.xml"
        entries = tuple(SitemapEntry(chrome.absolute(post.url), post.modified) for post in posts)
        yield Output(name[1:], SitemapView(entries), f"the sitemap {name}")
        index.append(SitemapEntry(chrome.absolute(name), max(post.modified for post in posts)))
    groups = [group.term.url for kind in (site.sections, site.tags, site.authors, site.series) for group in kind]
    pages = [SitemapEntry(chrome.absolute(url)) for url in ("/", "/archive/", "/tags/", "/authors/", *groups)]
    pages += [SitemapEntry(chrome.absolute(page.url)) for page in site.pages]
    yield Output("sitemaps/pages.xml", SitemapView(tuple(pages)), "the sitemap of pages")
    index.append(SitemapEntry(chrome.absolute("/sitemaps/pages.xml")))
    yield Output("sitemap.xml", SitemapView(tuple(index), index=True), "the sitemap")
    yield Output("robots.txt", RobotsView(chrome.absolute("/sitemap.xml")), "robots.txt", Rank.DEFAULT)

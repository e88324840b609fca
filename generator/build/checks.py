"""Questions about a whole site that no single room can answer."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from urllib.parse import urlsplit

from generator import config
from generator.errors import Problem
from generator.model.archive import Site
from generator.model.entry import Entry
from generator.permalinks import PathError, is_feed_name, out_path, site_path
from generator.site import Lines


def dead_navigation(settings: config.Settings, paths: Collection[str]) -> Iterator[Problem]:
    """Entries of the navigation that lead to no page."""
    for entry in settings.navigation:
        if entry.url.startswith("/") and not _is_page(urlsplit(entry.url).path, paths):
            fix = "navigation begins at the site's own root, without the path of base_url"
            yield Problem(f"`navigation` has a link to {entry.url!r}, which is no page of the site", fix, config.NAME)


def dead_redirects(settings: config.Settings, paths: Collection[str]) -> Iterator[Problem]:
    """Old addresses that lead to nothing, or readers of feeds to a page."""
    for old, new in settings.redirects.items():
        if not _is_page(new, paths):
            fix = "lead it to an address that the site has"
            yield Problem(
                f"`redirects` leads {old!r} to {new!r}, which is no page and no feed of the site", fix, config.NAME
            )
        elif is_feed_name(old) and out_path(site_path(old)) not in paths:
            fix = "lead it to a feed, such as /feed.xml"
            yield Problem(f"`redirects` leads the feed {old!r} to {new!r}, which is no feed", fix, config.NAME)


def _is_page(path: str, paths: Collection[str]) -> bool:
    try:
        decoded = site_path(path)
    except PathError:
        return False
    return out_path(decoded) in paths or out_path(f"{decoded.rstrip('/')}/") in paths


def unknown_templates(site: Site, names: Collection[str], lines: Lines) -> Iterator[Problem]:
    """Documents that name a template which the theme lacks; they use the usual one."""
    used = {name for span in site.spans for name in span.once("templates", _templates)}
    for entry in site.pages if used <= set(names) else (*site.posts, *site.pages):
        if entry.template not in names:
            fix = f"templates at hand: {', '.join(sorted(names))}"
            cause = f"the theme has no template {entry.template!r}"
            yield Problem(cause, fix, entry.source, lines(entry.source).get("template", 1))


def _templates(posts: Sequence[Entry]) -> tuple[str, ...]:
    return tuple({post.template: None for post in posts})

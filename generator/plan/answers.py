"""What a host is to answer where there is nothing to see any more: redirects, and what is gone for good.

The pages that Dateline writes there (redirects, tombstones) are for hosts that know no better; a file with a host's own
rules is made from this.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.entry import Entry
from generator.permalinks import out_path
from generator.plan.ground import Ground
from generator.plan.sitemaps import Lost
from generator.records import Record


class Answers(Record, frozen=True):
    """Addresses without a page of their own, as site paths without the base URL's own path.

    Attributes:
        redirects: Old address and the new one, in the order of the old ones; no chains. 301 in terms of HTTP.
        gone: Addresses of what was withdrawn or has expired, in order. 410 in terms of HTTP.
    """

    redirects: tuple[tuple[str, str], ...]
    gone: tuple[str, ...]


def of(ground: Ground, lost: Lost) -> Answers:
    """The answers of a site; what did not get its path is not among them."""
    gone = [url for item in ground.site.gone for url in item.urls if (out_path(url), item.source) not in lost.addresses]
    return Answers(tuple(sorted(_redirects(ground, lost))), tuple(sorted(gone)))


def _redirects(ground: Ground, lost: Lost) -> Iterator[tuple[str, str]]:
    site = ground.site
    moved = [entry for span in site.spans for entry in span.once("moved", _moved)]
    moved += _moved(site.pages)
    if site.former:
        moved += [entry for entry in (*site.posts, *site.pages) if entry.source in site.former and not entry.aliases]
    for entry in moved:
        for url in (*entry.aliases, *site.former.get(entry.source, ())):
            path = out_path(url)
            if path != entry.out_path and (path, entry.source) not in lost.addresses:
                yield url, entry.url


def _moved(posts: tuple[Entry, ...]) -> list[Entry]:
    return [post for post in posts if post.aliases]

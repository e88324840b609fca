"""What a host is to answer where there is nothing to see any more: redirects, and what is gone for good.

The pages that Dateline writes there (redirects, tombstones) are for hosts that know no better; a file with a host's own
rules is made from this.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from operator import attrgetter

from generator.config import NAME
from generator.permalinks import out_path
from generator.plan import redirects
from generator.plan.ground import Ground
from generator.plan.sitemaps import Lost
from generator.records import Record


class Answers(Record, dict=True):
    """Addresses without a page of their own, as site paths without the base URL's own path.

    What did not get its path is not among them.

    Attributes:
        ground: The site.
        lost: What did not get its path.
    """

    ground: Ground
    lost: Lost

    @cached_property
    def redirects(self) -> tuple[tuple[str, str], ...]:
        """Old address and the new one, in the order of the old ones; no chains. 301 in terms of HTTP."""
        return tuple(sorted(_redirects(self.ground, self.lost)))

    @cached_property
    def gone(self) -> tuple[str, ...]:
        """Addresses of what was withdrawn or has expired, in order. 410 in terms of HTTP."""
        taken = self.lost.addresses
        found = [
            url for item in self.ground.site.gone for url in item.urls if (out_path(url), item.source) not in taken
        ]
        return tuple(sorted(found))


def _redirects(ground: Ground, lost: Lost) -> Iterator[tuple[str, str]]:
    site = ground.site
    moved = [entry for span in site.spans for entry in span.chosen("moved", attrgetter("aliases"))]
    moved += [page for page in site.pages if page.aliases]
    if site.former:
        moved += [entry for entry in (*site.posts, *site.pages) if entry.source in site.former and not entry.aliases]
    for entry in moved:
        for url in (*entry.aliases, *site.former.get(entry.source, ())):
            path = out_path(url)
            if path != entry.out_path and (path, entry.source) not in lost.addresses:
                yield url, entry.url
    for old, new in redirects.moved(ground):
        if (out_path(old), NAME) not in lost.addresses:
            yield old, new

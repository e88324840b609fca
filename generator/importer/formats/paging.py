"""Feeds in several pages: each names the next one (RFC 5005; `next_url` of JSON Feed), which is fetched if wanted."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterator
from urllib.parse import urljoin

from generator.errors import DatelineError
from generator.importer.articles import Item, SiteFound, Skipped
from generator.importer.sources import RawSource, Unread, fetched, is_address

MOST = 500
"""Pages of a feed."""

_KIND = "further page"
_SAVE = "save that page of the feed as a file, and import that"

Page = Callable[[RawSource, int], Generator[Item, None, str]]
"""Reads the page of a number, the first of 1; gives the address of the next one in the end, empty for none."""


def read(source: RawSource, page: Page) -> Iterator[Item]:
    """The items of every page; a page that was there already ends it, and so does one too many.

    Raises:
        ContentError: The first page cannot be read.
    """
    following = yield from page(source, 1)
    seen = {source.url}
    here = source
    while address := _next(here, following):
        if address in seen:
            return
        if not source.url or source.bring is None:
            yield Skipped(_KIND, address, "the feed goes on there: give its address, with --fetch, to have all of it")
            return
        if len(seen) == MOST:
            yield Skipped(_KIND, address, f"a feed of more than {MOST} pages is not followed further", fix=_SAVE)
            return
        seen.add(address)
        found = fetched(address, source.bring)
        if isinstance(found, Unread):
            yield Skipped(_KIND, address, found.problem.cause, fix=_SAVE)
            return
        here = found
        try:
            following = yield from _without_site(page(here, len(seen)))
        except DatelineError as error:
            yield Skipped(_KIND, address, "; ".join(problem.cause for problem in error.problems), fix=_SAVE)
            return


def _next(here: RawSource, following: str) -> str:
    """The whole address of the next page; empty where there is none."""
    with contextlib.suppress(ValueError):
        address = urljoin(here.url, following) if following else ""
        return address if is_address(address) else ""
    return ""


def _without_site(items: Generator[Item, None, str]) -> Generator[Item, None, str]:
    """What a page tells but for the site, which the first one told."""
    while True:
        try:
            item = next(items)
        except StopIteration as end:
            return str(end.value or "")
        if not isinstance(item, SiteFound):
            yield item

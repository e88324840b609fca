"""OPML, a list of feeds: those beside it as files are read, those on the web where that is asked."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from generator.errors import ContentError, DatelineError, Problem
from generator.importer.articles import Article, Item, Skipped
from generator.importer.formats import feeds, json_feed
from generator.importer.sources import RawSource, Unread, fetched, is_address, opened
from generator.records import replace

NAME = "OPML"

_UNASKED = "it is on the web: import with --fetch, or save it beside the list, and name the file in it"
_RETRY = "save that feed as a file, and import that"
_ROOT = re.compile(rb"\s*+(?:(?><\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*>)\s*+)*+<opml\b", re.DOTALL | re.IGNORECASE)


def recognises(source: RawSource) -> bool:
    """Its root element is `opml`."""
    return _ROOT.match(feeds.beginning(source)) is not None


def read(source: RawSource) -> Iterator[Item]:
    """The items of every feed that is named as a file beside the list, or may be fetched, in its order.

    Raises:
        ContentError: It is not well-formed, or names no feed.
    """
    from generator import trees  # brings lxml

    try:
        root = trees.document(source.data)
    except trees.UnreadableError as error:
        cause = f"is not well-formed XML: {error.cause}"
        raise ContentError(Problem(cause, "save the list anew", line=error.line)) from error
    outlines = [element for element in trees.elements(root) if trees.local(element) == "outline"]
    named = [(element.get("xmlUrl") or element.get("xmlurl"), element) for element in outlines]
    if not any(address for address, _ in named):
        raise ContentError(Problem("names no feed", "check that its outlines have xmlUrl", line=1))
    for address, element in named:
        if address:
            yield from _feed(source, address.strip(), trees.line(element))


def _feed(source: RawSource, address: str, line: int) -> Iterator[Item]:
    """A feed's items, or why there are none."""
    feed = _named(source, address)
    if isinstance(feed, str):
        yield Skipped("feed", address, feed, line, "" if feed == _UNASKED else _RETRY)
        return
    place = feed.place
    reader = next((known for known in (json_feed, feeds) if known.recognises(feed)), None)
    if reader is None:
        yield Skipped("feed", address, "what is there is no feed", line, _RETRY)
        return
    try:
        for item in reader.read(feed):
            yield replace(item, place=item.place or place) if isinstance(item, Article) else item
    except DatelineError as error:
        yield Skipped("feed", address, "; ".join(problem.cause for problem in error.problems), line, _RETRY)


def _named(source: RawSource, address: str) -> RawSource | str:
    """The feed that an address means, or why there is none."""
    whole = re.sub(
        "^feed:(?://)?(?=https?:)|^feed(?=://)", lambda scheme: "http" if scheme[0] == "feed" else "", address
    )
    if source.url:
        with contextlib.suppress(ValueError):
            whole = urljoin(source.url, whole)
    if is_address(whole):
        if source.bring is None:
            return _UNASKED
        found = fetched(whole, source.bring)
        return found.problem.cause if isinstance(found, Unread) else found
    file = None if source.url else _beside(Path(source.place).parent, address)
    if file is None:
        return "there is no such file beside the list"
    return RawSource(f"{Path(source.place).parent / file.name}", file.name, partial(opened, str(file)))


def _beside(folder: Path, address: str) -> Path | None:
    """The file that a relative address means, in the list's folder or below it."""
    try:
        name = unquote(address.removeprefix("file:") if address.startswith("file:") else urlsplit(address).path)
        root, file = folder.resolve(), (folder / name).resolve()
        return file if file.is_file() and file.is_relative_to(root) else None
    except (OSError, ValueError):
        return None

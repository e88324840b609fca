"""JSON Feed 1.0 and 1.1, saved as a file (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Generator, Iterator
from typing import Any

from generator import languages
from generator.errors import ContentError, Problem, warning
from generator.importer import bodies, moments
from generator.importer.addresses import is_absolute
from generator.importer.articles import Article, Item, Media, SiteFound, Skipped
from generator.importer.bodies import Body
from generator.importer.formats import paging
from generator.importer.mending import text_of
from generator.importer.sources import RawSource
from generator.model.document import Image
from generator.records import replace

NAME = "JSON Feed"

_VERSION = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version')


def recognises(source: RawSource) -> bool:
    """Its version is an address."""
    head = source.head.replace(b"\0", b"")
    return re.match(rb"[\s\xef\xbb\xbf\xff\xfe]*\{", head) is not None and _VERSION.search(head) is not None


def read(source: RawSource) -> Iterator[Item]:
    """What a feed tells of its site, then its items, page by page.

    Raises:
        ContentError: It is no JSON, or has no item.
    """
    return paging.read(source, _page)


def _page(source: RawSource, number: int) -> Generator[Item, None, str]:
    """One page of it; the address of the next one."""
    try:
        text, faults = text_of(source.data)
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ContentError(
            Problem(f"is not JSON: {error}", "save the feed anew", line=getattr(error, "lineno", 1))
        ) from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or not (items or number > 1):
        raise ContentError(Problem("is a feed without items", "save the feed anew, with its items", line=1))
    yield SiteFound(
        title=_text(feed, "title"),
        description=_text(feed, "description"),
        base_url=_text(feed, "home_page_url"),
        language=_language(feed) or "",
    )
    for index, item in enumerate(items, 1):
        found = _item(item if isinstance(item, dict) else {}, index, feed)
        if faults and isinstance(found, Article):
            found, faults = replace(found, problems=(*found.problems, *faults)), ()
        yield found
    return _text(feed, "next_url")


def _item(item: dict[str, Any], number: int, feed: dict[str, Any]) -> Item:
    url = _text(item, "url") or _text(item, "external_url")
    body = _body(item, url or _text(feed, "home_page_url"))
    title = bodies.one_line(_text(item, "title"))
    problems = list(body.problems)
    if not title and body.text:
        title = bodies.first_words(body.text)
        problems.append(warning("has no headline; it was made from the first words", "write one into the post"))
    if not title:
        return Skipped("item", _text(item, "id") or str(number), "it has neither a headline nor text")
    date, dateless = moments.told(_text(item, "date_published"))
    problems += dateless
    enclosed = tuple(dict.fromkeys(_enclosed(item)))
    image = _text(item, "image") or _text(item, "banner_image")
    return Article(
        title=title,
        body=bodies.with_files(body.text, enclosed),
        identity=_text(item, "id") or url,
        url=url,
        date=date,
        updated=moments.read(_text(item, "date_modified")),
        summary=_text(item, "summary") or None,
        image=Image(image) if image else None,
        authors=_authors(item),
        tags=tuple(dict.fromkeys(tag for tag in item.get("tags") or () if isinstance(tag, str) and tag.strip())),
        language=_language(item) or _language(feed),
        media=(*body.media, *((Media(image),) if image else ()), *map(Media, enclosed)),
        digest=hashlib.sha256(json.dumps(item, sort_keys=True).encode()).hexdigest(),
        dropped=body.dropped,
        problems=tuple(problems),
    )


def _enclosed(item: dict[str, Any]) -> Iterator[str]:
    """The addresses of sound and films that go with an item."""
    attachments = item.get("attachments")
    for one in attachments if isinstance(attachments, list) else ():
        kind = _text(one, "mime_type") if isinstance(one, dict) else ""
        if kind.startswith(("audio/", "video/")) and is_absolute(_text(one, "url")):
            yield _text(one, "url")


def _body(item: dict[str, Any], address: str) -> Body:
    html, text = item.get("content_html"), item.get("content_text")
    if isinstance(html, str) and html.strip():
        return bodies.from_html(html, address)
    return bodies.from_text(text) if isinstance(text, str) else Body("")


def _text(owner: dict[str, Any], key: str) -> str:
    value = owner.get(key)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    """Of version 1.1, or the one of version 1."""
    authors = item.get("authors") or [item.get("author")]
    names = (_text(author, "name") for author in authors if isinstance(author, dict))
    return tuple(dict.fromkeys(name for name in names if name))


def _language(owner: dict[str, Any]) -> str | None:
    tag = _text(owner, "language")
    return tag if languages.TAG.fullmatch(tag) else None

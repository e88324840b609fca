"""A saved web page: its article, with what the page says of it to machines and to readers."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from urllib.parse import unquote

from generator.errors import ContentError, Problem
from generator.importer.articles import Article, Media, Skipped
from generator.importer.formats import raw_text
from generator.importer.sources import RawSource
from generator.records import replace

NAME = "HTML page"

LARGEST = 64 * 1024 * 1024
"""Bytes of a page: tools that save pages whole put their pictures in."""

_BEGINS = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*|<!--.{0,4000}?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)


def recognises(source: RawSource) -> bool:
    """Whether it begins as pages do."""
    head = source.head
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", "replace").encode()
    return _BEGINS.match(head.removeprefix(codecs.BOM_UTF8)) is not None


def read(source: RawSource) -> Iterator[Article | Skipped]:
    """The article of a page, or the posts of a front page; a page that only shows a file of text is read as that is.

    Raises:
        ContentError: It is too large, no text, or has no text of an article.
    """
    from generator.importer import page  # with it the reader of HTML

    with source.open() as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ContentError(Problem(f"is larger than {LARGEST} bytes", "save the page without its pictures"))
    saved = page.Saved(data)
    if (text := saved.plain()).strip():
        for article in raw_text.articles(text):
            yield replace(article, problems=(*saved.problems, *article.problems))
        return
    for item in saved.articles():
        if isinstance(item, Article):
            yield replace(item, media=tuple(_brought(source, media) for media in item.media))
        else:
            yield item


def _brought(source: RawSource, media: Media) -> Media:
    """A picture with its bytes, where the browser laid it beside the page."""
    name = "/".join(unquote(re.split("[?#]", media.address)[0]).split("/")[-2:])
    opener = source.loaded(name) if media.open is None else None
    return replace(media, open=opener) if opener else media

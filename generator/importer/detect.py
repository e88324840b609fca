"""Which format a source is in, by what it holds; the name of a file says little."""

from __future__ import annotations

import contextlib
import re
from html import unescape
from urllib.parse import urljoin

from generator.errors import ContentError, Problem
from generator.importer import archives
from generator.importer.formats import FORMATS, Format, html_page, markdown_text, raw_text
from generator.importer.sources import RawSource, printable

_TEXT_ONLY = "copy the article's text from it into a plain text file, and import that"
_FOREIGN = (
    (re.compile(r"\s*<(?:\?xml|rss|feed)\b"), "an XML document", _TEXT_ONLY),
    (re.compile(r"\s*\{\\rtf"), "a document in Rich Text Format", _TEXT_ONLY),
    (
        re.compile(r"(?:[\w-]+:[^\n]*\n|[ \t]+[^\n]*\n)*?Content-Type:\s*multipart/related", re.IGNORECASE),
        "a page in one file (MHTML)",
        "open it in a browser, save it as a complete web page, and import that",
    ),
    (re.compile(r"%PDF-"), "a PDF document", _TEXT_ONLY),
    (
        re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]])"),
        "JSON that is no export, feed or table",
        "see docs/importing.md for what is read; if it is one of these, it was not saved whole",
    ),
    (
        re.compile(r"\s*(?:---[ \t]*\r?\n[\w-]+[ \t]*:|\+\+\+[ \t]*\r?\n)"),
        "an article with front matter already",
        "copy it into content/posts/ as it is",
    ),
)
"""What would pass for raw text and be a heap of markup: refused where no format takes it."""

_DOCUMENTS = frozenset({"word/document.xml", "content.xml"})
"""Files in archives that are documents (DOCX, ODT)."""

_GZIP = b"\x1f\x8b"
_BEGINNING = 2_000
"""Characters within which what is refused shows itself."""


def choose(source: RawSource) -> Format:
    """The first format that recognises a source.

    Raises:
        ContentError: It is of a kind that no format reads.
    """
    known = next(known for known in FORMATS if known.recognises(source))
    if source.url and known in (html_page, markdown_text, raw_text):
        raise ContentError(_no_feed(source))
    if known in (markdown_text, raw_text):
        if source.head.startswith(_GZIP):
            raise ContentError(Problem("is packed with gzip", "unpack it, and import what is in it"))
        _refuse_archive(source)
        if not source.decoded.text.strip():
            raise ContentError(Problem("is empty", "save it again with its text, or delete it", line=1))
        beginning = source.decoded.text[:_BEGINNING]
        for pattern, kind, way_out in _FOREIGN:
            if pattern.match(beginning):
                raise ContentError(Problem(f"is {kind}, which `dateline import` does not read", way_out, line=1))
    return known


_FEED = re.compile(rb"<link\b[^>]*\btype=[\"']?application/(?:rss|atom)\+xml\b[^>]*>", re.IGNORECASE)
_HREF = re.compile(rb"\bhref=(?:[\"']([^\"'<>]+)[\"']|([^\s>]+))", re.IGNORECASE)


def _no_feed(source: RawSource) -> Problem:
    """That an address gave no feed; a page may name its feed."""
    link = _FEED.search(source.head)
    href = _HREF.search(link[0]) if link else None
    fix = "name the address of the site's feed, or save the page as a file and import that"
    if href:
        address = unescape((href[1] or href[2]).decode("utf-8", "replace"))
        with contextlib.suppress(ValueError):
            fix = f"its feed is {printable(urljoin(source.url, address))}; name that, or save the page as a file"
    return Problem("is no feed, but a page or a text", fix)


def _refuse_archive(source: RawSource) -> None:
    """Say what is wrong with an archive that no format takes.

    Raises:
        ContentError: It is one; it is damaged, a bomb, or no export.
    """
    if archives.is_archive(source):
        if set(archives.opened(source).names()) & _DOCUMENTS:
            raise ContentError(Problem("is a document of a word processor", _TEXT_ONLY))
        cause = "is an archive, and no export that `dateline import` knows"
        raise ContentError(Problem(cause, "unpack it, and import the folder or the text"))

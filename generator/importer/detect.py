"""Which format a source is in, by what it holds; the name of a file says little."""

from __future__ import annotations

import re

from generator.errors import ContentError, Problem
from generator.importer.formats import FORMATS, Format

_TEXT_ONLY = "copy the article's text from it into a plain text file, and import that"
_FOREIGN = (
    (
        re.compile(r"\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL),
        "an HTML page",
        _TEXT_ONLY,
    ),
    (re.compile(r"\s*<(?:\?xml|rss|feed)\b"), "an XML document", _TEXT_ONLY),
    (re.compile(r"\s*\{\\rtf"), "a document in Rich Text Format", _TEXT_ONLY),
    (re.compile(r"%PDF-"), "a PDF document", _TEXT_ONLY),
    (
        re.compile(r"\s*(?:---[ \t]*\r?\n[\w-]+[ \t]*:|\+\+\+[ \t]*\r?\n)"),
        "an article with front matter already",
        "copy it into content/posts/ as it is",
    ),
)
"""What would pass for raw text and be a heap of markup: refused until there is a format for it."""

_BEGINNING = 2_000
"""Characters within which a format shows itself."""


def choose(text: str) -> Format:
    """The first format that recognises the text.

    Raises:
        ContentError: It is of a kind that no format reads.
    """
    for pattern, kind, way_out in _FOREIGN:
        if pattern.match(text[:_BEGINNING]):
            raise ContentError(Problem(f"is {kind}, which `dateline import` does not read", way_out, line=1))
    return next(known for known in FORMATS if known.recognises(text))

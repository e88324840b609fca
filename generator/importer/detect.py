"""Which format a source is in, by what it holds; the name of a file says little."""

from __future__ import annotations

import re

from generator.errors import ContentError, Problem
from generator.importer import archives
from generator.importer.formats import FORMATS, Format, raw_text
from generator.importer.sources import RawSource

_TEXT_ONLY = "copy the article's text from it into a plain text file, and import that"
_FOREIGN = (
    (re.compile(r"\s*<(?:\?xml|rss|feed)\b"), "an XML document", _TEXT_ONLY),
    (re.compile(r"\s*\{\\rtf"), "a document in Rich Text Format", _TEXT_ONLY),
    (re.compile(r"%PDF-"), "a PDF document", _TEXT_ONLY),
    (
        re.compile(r"\s*(?:---[ \t]*\r?\n[\w-]+[ \t]*:|\+\+\+[ \t]*\r?\n)"),
        "an article with front matter already",
        "copy it into content/posts/ as it is",
    ),
)
"""What would pass for raw text and be a heap of markup: refused where no format takes it."""

_BEGINNING = 2_000
"""Characters within which what is refused shows itself."""


def choose(source: RawSource) -> Format:
    """The first format that recognises a source.

    Raises:
        ContentError: It is of a kind that no format reads.
    """
    known = next(known for known in FORMATS if known.recognises(source))
    if known is raw_text:
        _refuse_archive(source)
        beginning = source.decoded.text[:_BEGINNING]
        for pattern, kind, way_out in _FOREIGN:
            if pattern.match(beginning):
                raise ContentError(Problem(f"is {kind}, which `dateline import` does not read", way_out, line=1))
    return known


def _refuse_archive(source: RawSource) -> None:
    """Say what is wrong with an archive that no format takes.

    Raises:
        ContentError: It is one; it is damaged, a bomb, or no export.
    """
    if archives.is_archive(source):
        archives.Archive(source)
        cause = "is an archive, and no export that `dateline import` knows"
        raise ContentError(Problem(cause, "unpack it, and import the folder or the text"))

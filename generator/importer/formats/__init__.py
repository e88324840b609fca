"""The forms in which publishers have articles: one module each, with what `Format` asks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from generator.importer.articles import Item
from generator.importer.formats import (
    blogger,
    csv_table,
    feeds,
    ghost,
    html_page,
    json_feed,
    json_lines,
    markdown_text,
    medium,
    opml,
    raw_text,
    substack,
    wordpress,
)
from generator.importer.sources import RawSource


class Format(Protocol):
    """A module that reads one source format; it imports what is heavy only when it reads."""

    @property
    def NAME(self) -> str:  # noqa: N802  # a constant of the module
        """In messages."""

    def recognises(self, source: RawSource) -> bool:
        """Whether a source is of this format, by its beginning (`head`), hardly ever by its name."""

    def read(self, source: RawSource) -> Iterable[Item]:
        """What a source holds, in its order, one item at a time: an export may be larger than the memory.

        Raises:
            ContentError: It holds no article; its problems have lines, not yet the source's name. Faults of one item
                are that Article's problems, or a Skipped, and the others go on.
        """


FORMATS: tuple[Format, ...] = (
    *(blogger, wordpress, ghost, substack, medium),
    *(opml, feeds, json_feed, json_lines),
    *(html_page, markdown_text, csv_table, raw_text),
)
"""In the order in which they are asked; raw text, which takes anything, is the last."""

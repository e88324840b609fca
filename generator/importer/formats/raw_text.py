"""Raw text as people copy it from a blog page, a portal or a wire."""

from __future__ import annotations

from generator.importer.articles import Article
from generator.importer.sources import RawSource

NAME = "raw text"


def recognises(source: RawSource) -> bool:  # noqa: ARG001
    """Any text will do."""
    return True


def read(source: RawSource) -> tuple[Article, ...]:
    """The articles of a text.

    Raises:
        ContentError: There is no headline.
    """
    return articles(source.decoded.text)


def articles(text: str) -> tuple[Article, ...]:
    """As `read`, of the text itself."""
    from generator.importer.raw import chunks, reading

    page = reading.Page.of(text)
    out: list[Article] = []
    carried = None
    for chunk in chunks.chunks(page.found):
        article, date = reading.read(page, chunk, carried)
        carried = date or carried
        out.append(article)
    return tuple(out)

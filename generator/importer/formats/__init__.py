"""The forms in which publishers have articles: one module each, with what `Format` asks for."""

from __future__ import annotations

from typing import Protocol

from generator.importer.articles import Article
from generator.importer.formats import raw_text


class Format(Protocol):
    """A module that reads one source format."""

    @property
    def NAME(self) -> str:  # noqa: N802  # a constant of the module
        """In messages."""

    def recognises(self, text: str) -> bool:
        """Whether a source's text is of this format."""

    def read(self, text: str) -> tuple[Article, ...]:
        """The articles of a source, in its order.

        Raises:
            ContentError: There is none; its problems have lines, not yet the source's name.
        """


FORMATS: tuple[Format, ...] = (raw_text,)
"""In the order in which they are asked; raw text, which takes anything, is the last."""

"""A text that somebody answers or passes on: a mark stands before each of its lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.importer.lines import Line

_LEAST = 5
"""Lines by which such a text is known."""

_OF_TEXT = 3
"""Of so many lines at least one is such."""

_MARK = re.compile(r"(?:[>|]\s?)+")


def undone(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines without marks, if that many have one; what one says who quotes them stays."""
    filled = [line for line in lines if line.text]
    marked = sum(line.text.startswith(">") for line in filled)
    if marked < _LEAST or marked * _OF_TEXT < len(filled):
        return lines
    return [_undone(line) if line.text.startswith(">") else line for line in lines]


def _undone(line: Line) -> Line:
    text = _MARK.sub("", line.text, count=1)
    return line.changed(text, "the line without the marks of a quotation")

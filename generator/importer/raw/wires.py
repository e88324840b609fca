"""What agencies send: codes above and below each piece, marks at the ends of lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.importer.lines import Line
from generator.records import replace

_LEAST = 2
"""Marked lines by which a wire is known."""

_PLACED = re.compile(
    r"[^\W\d_][^.!?()\[\]«»\"“”:;]{1,60}[(（][^()（）]{2,40}[)）]\s?(?:[.:]?\s?[-–—_]{1,2}\s?\S|[-–—_]{0,2}$)"
)
_TO_EDITORS = re.compile(r"eds?[.:]", re.IGNORECASE)
_MARKED = re.compile(r"\^(?=\S)|(?<=\w)=$|(?<=\S)<$|^<(?=\S)")
_TOKEN = re.compile(r"[A-Za-z]{1,2}|[\W\d_]+|(?=\S*[\d/_-])[A-Z\d]\S*")


def undone(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines without the marks of a wire, if a text is one."""
    if sum(line.text.startswith("^") for line in lines) < _LEAST:
        return lines
    return [_undone(line) for line in lines]


def _undone(line: Line) -> Line:
    text = _MARKED.sub("", line.text).strip()
    if _TO_EDITORS.match(text):
        return replace(line, text="", told=(*line.told, line.drop("what is for editors")))
    return (
        line
        if text == line.text
        else replace(line, text=text, told=(*line.told, line.drop("the line without its marks")))
    )


def is_code(text: str) -> bool:
    """Whether a line is no words, but what machines sort pieces by: `MNS0417 r n BC-HARBOR-2NDLD 05-09 0312`."""
    if len(text) > 60 or not (
        text.isascii() and re.search(r"\d{3}", text) and re.search(r"[A-Z][-/]?\d|\d[A-Z]|[A-Z][-/][A-Z]", text)
    ):
        return False
    words = text.split()
    others = [word for word in words if not _TOKEN.fullmatch(word)]
    return len(others) * 2 <= len(words) and all(word.isupper() for word in others)


def names_agency(text: str) -> bool:
    """Whether a line begins with a place and, in brackets, who sends the piece: `ELLERY (MNS) - The mole …`."""
    return _PLACED.match(text) is not None

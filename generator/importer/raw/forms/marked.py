"""Text with marks of Markdown in a file that does not say so, or of a messenger, around whole lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.importer.lines import Line

_KINDS = 2
"""Kinds of marks by which Markdown is known."""

_HEADING = re.compile(r"#{1,6}\s(?=\S)")
_LINK = re.compile(r"(?<!!)\[([^\[\]]{1,300})\]\([^()\s]{1,500}\)")
_PICTURE = re.compile(r"!\[[^\[\]]{0,300}\]\([^()]{1,500}\)")
_STRONG = re.compile(r"\*\*(?=\S)([^*]{1,500})(?<=\S)\*\*")
_LIGHT = re.compile(r"(?<![\w*])\*(?=\S)([^*]{1,500})(?<=\S)\*(?![\w*])")
_NOTE = re.compile(r"<!--.{0,500}?-->")
_WHOLE = re.compile(r"([*_])(?=[^\s*_])([^*_]{12,}?)(?<=[^\s*_])\1")
"""A line that a messenger shows in bold or italics."""


def undone(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines without marks."""
    text = [line.text for line in lines]
    kinds = (_HEADING.match, _LINK.search, _PICTURE.search, _STRONG.search)
    if sum(any(kind(line) for line in text) for kind in kinds) < _KINDS or not any(map(_HEADING.match, text)):
        return [_changed(line, _WHOLE.sub(r"\2", line.text)) if _WHOLE.fullmatch(line.text) else line for line in lines]
    return [_changed(line, _bare(line.text)) for line in lines]


def _bare(text: str) -> str:
    text = _NOTE.sub("", _PICTURE.sub("", _HEADING.sub("", text, count=1)))
    return _LIGHT.sub(r"\1", _STRONG.sub(r"\1", _LINK.sub(r"\1", text))).strip()


def _changed(line: Line, text: str) -> Line:
    return line.changed(text, "the line without its marks" if text else "a picture, or a note")

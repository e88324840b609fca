"""What people write into forums: words in brackets that say how a text looks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.importer.lines import Line

_LEAST = 2
"""Ends of marks by which a text is known."""

_NAMES = (
    "b|i|u|s|size|color|font|center|left|right|url|img|quote|spoiler|list|code|email|align|h[1-6]|sub|sup|video|youtube"
)
_END = re.compile(rf"\[/(?:{_NAMES})\]", re.IGNORECASE)
_MARK = re.compile(rf"\[/?(?:{_NAMES}|\*)(?:=[^\[\]\n]{{0,300}})?\]", re.IGNORECASE)
_PICTURE = re.compile(r"\[(img|video|youtube)\b[^\[\]]{0,40}\][^\[\]]{0,500}\[/\1\]", re.IGNORECASE)
_SAID = re.compile(r"\[quote=\"?([^\[\]\"]{1,60})\"?\]", re.IGNORECASE)
_CAPTION = re.compile(r"\[size=\d{1,2}\][^\[\]]{1,200}\[/size\]", re.IGNORECASE)
"""A line in letters of less than their whole size, in per cent."""


def undone(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines without marks; a picture goes, with what stands below it in small letters."""
    if sum(len(_END.findall(line.text)) for line in lines if "[/" in line.text) < _LEAST:
        return lines
    return [_undone(line) if "[" in line.text else line for line in lines]


def _undone(line: Line) -> Line:
    if _CAPTION.fullmatch(line.text):
        return line.changed("", "a note in small letters")
    text = " ".join(_MARK.sub("", _SAID.sub(r"\1: ", _PICTURE.sub("", line.text))).split())
    return line.changed(text, "the line without its marks" if text else "a picture")

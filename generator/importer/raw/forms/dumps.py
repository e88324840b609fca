"""What text browsers print of a page: each link has its number, and below the page stand all addresses."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from generator.importer.lines import Line

_LEAST = 5
"""Links by which a dump is known."""

_LINK = re.compile(r"(?<![^\W_])\[(\d{1,4})\](?=\S)")
"""The number of a link, before its first word."""

_ENTRY = re.compile(r"[*+o#-]?\s?\[\d{1,4}\][^\[\]]{1,60}")
"""A link that is all of a line: of a menu, of a list of other articles."""

_PICTURE = re.compile(r"\[\d{1,4}\]\[[^\[\]]*\]|\[[\w.-]+\.(?:jpe?g|png|gif|webp)\]", re.IGNORECASE)
_FIELD = re.compile(r"(?:.{0,24}\s)?_{8,}(?:\s.{0,24})?")
_ADDRESS = re.compile(r"\[?\d{1,4}[.\]]\s?(?:https?|ftp|mailto|file|javascript):\S*")
_HEADING = re.compile(r"[^\W\d_]+(?:\s[^\W\d_]+)?:?")


def undone(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines without numbers of links, if a text is a dump."""
    numbers = [int(match[1]) for line in lines for match in _LINK.finditer(line.text)]
    following = sum(other == one + 1 for one, other in itertools.pairwise(numbers))
    if len(numbers) < _LEAST or following * 10 < (len(numbers) - 1) * 9:
        return lines
    end = _references(lines)
    return [_undone(line) if at < end else line.changed("", "the addresses of links") for at, line in enumerate(lines)]


def _references(lines: Sequence[Line]) -> int:
    """Where the list of addresses begins that ends a dump, with its heading."""
    end = len(lines)
    while end and (not lines[end - 1].text or _ADDRESS.match(lines[end - 1].text)):
        end -= 1
    if end == len(lines) or not any(line.text for line in lines[end:]):
        return len(lines)
    for _ in range(4):
        if end and (not lines[end - 1].text or _HEADING.fullmatch(lines[end - 1].text)):
            end -= 1
    return end


def _undone(line: Line) -> Line:
    if _FIELD.fullmatch(line.text):
        return line.changed("", "a field of the page")
    if _PICTURE.fullmatch(line.text):
        return line.changed("", "a picture")
    text = _LINK.sub("", line.text)
    return line if text == line.text else line.changed(text.lstrip("#"), "the line without the numbers of its links")

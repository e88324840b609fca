"""What agencies send: codes above and below each piece, marks at the ends of lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.importer.lines import Line

_LEAST = 2
"""Marked lines by which a wire is known."""

_PLACED = re.compile(
    r"[^\W\d_][^.!?()\[\]«»\"“”:;]{1,60}[(（][^()（）]{2,40}[)）]\s?(?:[.:]?\s?[-–—_]{1,2}\s?\S|[-–—_]{0,2}$)"
)
_WORD = re.compile(r"[a-z]{3}|[^\x00-\x7f]")
_STAMP = re.compile(r"\d\d[-/.]\d\d[-/.]\d\d\s\d\d[-:.]\d\d")
"""When a piece was sent."""
_TO_EDITORS = re.compile(r"eds?[.:]", re.IGNORECASE)
_BETWEEN = 12
"""Lines between two parts of a piece, at most."""

_MARKED = re.compile(r"\^(?=\S)|(?<=\w)\s?=$|(?<=\S)<$|^<(?=\S)")
_NUMBERED = re.compile(r"([a-z]{2,5})\d{3,5}(?:\s[a-z\d]{1,4}){1,5}(?:\s\1\s\d{3,5})?")
"""`nag0231 3 vm 244 nag 0418`: an agency, the number of the piece, and how urgent, of what and how long it is."""

_KEYWORDS = re.compile(r"[^\s/]+(?:/[^\s/]+)+/")
_SENT = re.compile(r"^(?:[a-z\d]{1,6}\s){0,8}(\d\d)(\d\d)(\d\d)\s([^\W\d_]{3,9})\s(\d\d)$")
"""When a piece was sent, on its last line: `nag sr yyni 231418 Mai 19`."""

_TOKEN = re.compile(r"[A-Za-z]{1,2}|[\W\d_]+|(?=\S*[\d/_-])[A-Z\d]\S*")


def undone(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines without the marks of a wire, if a text is one."""
    added = _added(lines)
    is_sent = any(_NUMBERED.fullmatch(line.text) for line in lines)
    if not (added or is_sent) and sum(line.text.startswith("^") for line in lines) < _LEAST:
        return lines
    return [
        line.changed("", "the head of an addition") if at in added else _undone(line) for at, line in enumerate(lines)
    ]


def _added(lines: Sequence[Line]) -> set[int]:
    """Where a piece was sent in parts, what stands between two: from the end of one to the words that it ends with."""
    found: set[int] = set()
    for at, line in enumerate(lines):
        if line.text.startswith("XXX "):
            above = range(at, max(-1, at - _BETWEEN), -1)
            more = [other for other in above if lines[other].text.strip("()").casefold() in ("more", "nnnn")]
            found |= set(range(more[-1], at + 1)) if more else set()
    return found


def _undone(line: Line) -> Line:
    text = _SENT.sub(r"\1. \4 20\5 \2:\3", _MARKED.sub("", line.text).strip())
    if _TO_EDITORS.match(text) or _KEYWORDS.fullmatch(text):
        return line.changed("", "what is for editors")
    return line.changed(text, "the line without its marks")


def is_code(text: str) -> bool:
    """Whether a line is no words, but what machines sort pieces by: `MNS0417 r n BC-HARBOR-2NDLD 05-09 0312`."""
    if _NUMBERED.fullmatch(text):
        return True
    if len(text) > 60 or _WORD.search(text):
        return False
    if text in ("NNNN", "XXX") or _STAMP.fullmatch(text):
        return True
    if not (re.search(r"\d{3}", text) and re.search(r"[A-Z][-/]?\d|\d[A-Z]|[A-Z][-/][A-Z]", text)):
        return False
    words = text.split()
    others = [word for word in words if not _TOKEN.fullmatch(word)]
    return len(others) * 2 <= len(words) and all(word.isupper() for word in others)


def names_agency(text: str) -> bool:
    """Whether a line begins with a place and, in brackets, who sends the piece: `ELLERY (MNS) - The mole …`."""
    return _PLACED.match(text) is not None

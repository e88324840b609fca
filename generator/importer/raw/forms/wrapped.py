"""Text that was wrapped at a column, by a press or by hand: each paragraph is one line again, and each word is whole.

A line was wrapped where the first word of the next one had no room on it.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence

from generator.importer import datelines
from generator.importer.lines import Line, fold
from generator.importer.raw import people
from generator.importer.raw.forms import wires
from generator.importer.tongues import every
from generator.records import Record, replace

_NARROWEST, _WIDEST = 24, 100
"""Letters of a column."""

_LEAST = 4
"""Lines in the middle of a sentence by which a column is known."""

_SHARE = 0.8
"""How many of them have no room for the next word."""

_OF_TEXT = 6
"""Of so many lines at least one is such."""

_OF_TYPESCRIPT = 3
"""The same of lines each with a blank one below it."""

_WIDE_COLUMN = 50
"""Letters of a line that is hardly one of a menu."""

_ROOM = 0.85
"""How full such a line is, of the widest: a press sets letters of several widths."""

_WIDER = 1.2
"""How many times as wide as the column a line is that was not wrapped."""

_FIRST_ROOM = 0.9
"""How full a line is that is the first of a paragraph, where the next one begins with a capital."""

_HYPHENATED = 2
"""Words parted at line ends by which a text is known to part words."""

_END = re.compile(r"[.!?…:;。！？：][\"'”’“»«)\]」』）]*$|[”’»」]$")
_HYPHEN = re.compile(r"[^\W\d_][-\u00ad\u2010]$")
_MARK = re.compile(r"[•‣◦▪●∙▢□☐☑✓✔*+>■◆●※]\s*\S|-\s+\S|[-=_*~━─]{3,}")
_COUNT = re.compile(r"\d{1,3}[.)]\s")
_WIDE = ("W", "F")


_NONE = Line(0, "", "")
"""What is left of a line that belongs to the one above."""


class _Column(Record, frozen=True):
    """How a text was wrapped.

    Attributes:
        width: Of its widest lines.
        parts_words: Whether words were parted at line ends.
    """

    width: int
    parts_words: bool


def undone(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines, where those that were one are one; all as they are where no column shows."""
    lines = _single(lines)
    column = _column(lines)
    if column is None:
        return lines
    out = list(lines)
    for chain in _chains(lines, column):
        if len(chain) > 1 and _is_text(lines, chain, column):
            for one, other in itertools.pairwise(chain):
                out[chain[0]] = _joined(out[chain[0]], lines[one], lines[other], column)
                out[other] = _NONE
    return _apart([line for line in out if line is not _NONE])


def _single(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines of a typescript without the blank one below each of them."""
    gaps = [at for at, line in enumerate(lines[1:-1], 1) if not line.text and lines[at - 1].text and lines[at + 1].text]
    seams = sum(_is_seam(lines[at - 1], lines[at + 1]) for at in gaps)
    if seams < _LEAST or seams * _OF_TYPESCRIPT < len(gaps):
        return lines
    left = set(gaps)
    return [line for at, line in enumerate(lines) if at not in left]


def _chains(lines: Sequence[Line], column: _Column) -> Iterator[list[int]]:
    """Lines each of which goes on with the one before."""
    chain: list[int] = []
    turned = False
    for at, line in enumerate(lines):
        if not line.text:
            turned = turned or bool(line.told)
        elif (
            chain and _goes_on(lines, chain[-1], at, column, turned=turned) and not _is_above(lines, chain, at, column)
        ):
            chain.append(at)
            turned = False
        else:
            yield chain
            chain, turned = [at], False
    yield chain


def _is_above(lines: Sequence[Line], chain: Sequence[int], at: int, column: _Column) -> bool:
    """Whether a line is rather one above a paragraph than its first: it has a day, or room for a short word."""
    one, other = lines[chain[-1]].text, lines[at].text
    if len(chain) > 1 or _END.search(one) or _is_open(one, other) or _is_parted(one, other):
        return False
    is_dated = datelines.find(one) is not None and not wires.names_agency(one)
    return is_dated or _width(one) < column.width * _FIRST_ROOM


def _is_text(lines: Sequence[Line], chain: Sequence[int], column: _Column) -> bool:
    """Whether some line is in the middle of a sentence, which those of a menu are not; of narrow ones, a third.

    Or three lines and more end as a sentence does.
    """
    pairs = [(lines[one].text, lines[other].text) for one, other in itertools.pairwise(chain)]
    if len(chain) > 2 and _END.search(lines[chain[-1]].text):
        return True  # as no menu does
    is_open = sum(not _END.search(one) and _is_open(one, other) for one, other in pairs)
    return is_open > 0 and (column.width >= _WIDE_COLUMN or 3 * is_open >= len(pairs))


def _column(lines: Sequence[Line]) -> _Column | None:
    """How a text was wrapped, if it was: most lines in the middle of a sentence have no room for the next word."""
    seams = [(one, other) for one, other in itertools.pairwise(lines) if _is_seam(one, other)]
    filled = sum(bool(line.text) for line in lines)
    if len(seams) < _LEAST or len(seams) * _OF_TEXT < filled:
        return None
    width = max(_width(one.text) for one, _ in seams)
    full = sum(_is_full(one.text, other.text, width) for one, other in seams)
    wider = sum(_width(line.text) > width * _WIDER for line in lines)
    if width < _NARROWEST or full < len(seams) * _SHARE or wider > len(seams):
        return None
    return _Column(width, sum(_is_parted(one.text, other.text) for one, other in seams) >= _HYPHENATED)


def _is_seam(one: Line, other: Line) -> bool:
    """Whether a sentence goes on from a line to the one below it, as far as the two show by themselves."""
    if not (one.text and other.text and len(one.text) <= _WIDEST and _is_open(one.text, other.text)):
        return False
    return _width(one.text) <= _WIDEST and not (_END.search(one.text) or _MARK.match(other.text))


def _is_open(one: str, other: str) -> bool:
    """Whether a line begins in the middle of a sentence: with a small letter, or with one of a script without any."""
    if other[0].islower():
        return True
    return unicodedata.category(other[0]) == "Lo" and unicodedata.category(one[-1])[0] in "LP"


def _width(text: str) -> int:
    """Letters of a line, those of twice the width counted twice, where it may be one of a column."""
    if text.isascii() or len(text) > 2 * _WIDEST:
        return len(text)
    return len(text) + sum(unicodedata.east_asian_width(char) in _WIDE for char in text)


def _is_full(one: str, other: str, width: int) -> bool:
    """Whether the first word of a line had no room on the one above it."""
    wide = unicodedata.east_asian_width(other[0]) in _WIDE
    return _width(one) + (2 if wide else 1 + len(other.split(" ", 1)[0])) > width * _ROOM


def _is_parted(one: str, other: str) -> bool:
    """Whether a word begins at the end of a line and ends on the next."""
    return _HYPHEN.search(one) is not None and other[0].islower() and fold(other.split(" ", 1)[0]) not in every("joins")


def _goes_on(lines: Sequence[Line], last: int, at: int, column: _Column, *, turned: bool) -> bool:
    """Whether a line belongs to the paragraph of the `last` one; `turned` if between them a page was."""
    one, other = lines[last].text, lines[at].text
    if _width(one) > column.width * _WIDER or _begins(one, other) or not any(map(str.isalnum, one)):
        return False
    is_open = not _END.search(one) and _is_open(one, other)
    is_deeper = _indent(lines[at]) > _indent(lines[last]) + 1
    if is_deeper and not other[0].islower():
        return False
    if at > last + 1:
        return (turned and is_open and _is_full(one, other, column.width)) or _is_parted(one, other)
    if _is_parted(one, other) or (is_open and (other[0].islower() or _width(one) > column.width * 0.6)):
        return True
    if is_deeper or not _is_full(one, other, column.width):
        return False
    return bool(_END.search(one)) or not _is_head(one, other)


def _begins(one: str, other: str) -> bool:
    """Whether a line begins something new: a point of a list, a code; a number, where the sentence above ends."""
    is_counted = _END.search(one) and _COUNT.match(other)
    return bool(_MARK.match(other) or is_counted or wires.is_code(other))


def _indent(line: Line) -> int:
    raw = line.raw.expandtabs()
    return len(raw) - len(raw.lstrip())


def _is_head(one: str, other: str) -> bool:
    """Whether two lines, the first of which is no whole sentence, are of a head: in capitals, a byline, a date."""
    if one.isupper() != other.isupper():
        return True
    return any(people.byline(text) or people.posted(text) or datelines.read(text) for text in (one, other))


def _joined(text: Line, one: Line, other: Line, column: _Column) -> Line:
    """A paragraph and its next line; `one` is the last of it so far."""
    raw = f"{text.raw}\n{other.raw}"
    if _is_parted(one.text, other.text):
        if not column.parts_words and not one.text.endswith("\u00ad"):
            return replace(text, text=text.text + other.text, raw=raw, told=(*text.told, *other.told))
        told = (*text.told, one.drop("the line without the hyphen at its end"), *other.told)
        return replace(text, text=text.text[:-1] + other.text, raw=raw, told=told)
    wide = all(unicodedata.east_asian_width(char) in _WIDE for char in (one.text[-1], other.text[0]))
    return replace(text, text=text.text + ("" if wide else " ") + other.text, raw=raw, told=(*text.told, *other.told))


def _apart(lines: Sequence[Line]) -> list[Line]:
    """The lines, with a blank one above and below each paragraph that was joined."""
    out: list[Line] = []
    for line in lines:
        if out and line.text and out[-1].text and ("\n" in line.raw or "\n" in out[-1].raw):
            out.append(Line(line.number, "", ""))
        out.append(line)
    return out

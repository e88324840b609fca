"""Sentences that are printed on several lines: wrapped at a column, or torn at the links within them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from generator.importer.lines import fold
from generator.importer.plain import LONG_LINE
from generator.importer.raw.traits import INSIDE, Kind, Trait
from generator.records import replace

_TEXT = 40
"""Characters of a line that is rather text than a menu's."""

_WORDS = 25
"""Characters of a few words in small letters, which may be a line by themselves (`by`)."""

_LINK = 100
"""Characters of the words of a link within a sentence, at most."""

_COMMAS = (",", "、")

_PHRASES = 3
"""Lines that end with a comma on a page that breaks its sentences at phrases, as diaries in Japanese do."""

_PHRASE = 40
"""Characters of such a line."""

_LINES = frozenset({Kind.SHORT, Kind.PROSE})

_GOES_ON = re.compile(r"[,;:.!?)\]”»’%](?:\s|$)|[,;)](?=\w)|['’]s\s")
"""How a line begins that belongs to the one above."""


def whole(found: Sequence[Trait]) -> list[Trait]:
    """The traits, where what is part of a sentence is text, and none of the page."""
    out = list(found)
    in_phrases = sum(trait.kind is Kind.SHORT and trait.text.endswith("、") for trait in out) >= _PHRASES
    start = 0
    while start < len(out):
        end = start
        while end < len(out) and out[end].kind is not Kind.BLANK:
            end += 1
        _torn(out, start, end)
        if in_phrases:
            _in_phrases(out, start, end)
        start = end + 1
    _parted(out)
    _wrapped(out)
    return out


def _torn(out: list[Trait], start: int, end: int) -> None:
    """Parts of a sentence between `start` and `end`, where some line is longer than any column: none was wrapped."""
    if all(len(trait.text) <= LONG_LINE for trait in out[start:end]):
        return
    for at in range(start + 1, end):
        if _continues(out, at, end):
            out[at] = replace(out[at], kind=Kind.PROSE, torn=True)
            if out[at - 1].kind is not Kind.PROSE:
                out[at - 1] = replace(out[at - 1], kind=Kind.PROSE)


def _parted(out: list[Trait]) -> None:
    """Lines that end with a comma, above the one that ends the sentence: a list within a text."""
    going_on = False
    for at in reversed(range(len(out))):
        trait = out[at]
        if trait.kind is not Kind.BLANK:
            is_open = going_on and trait.text.endswith(_COMMAS)
            going_on = trait.kind in _LINES and (trait.ends or is_open)
            if is_open and trait.kind is Kind.SHORT:
                out[at] = replace(trait, kind=Kind.PROSE)


def _in_phrases(out: list[Trait], start: int, end: int) -> None:
    """Short lines between `start` and `end`, on a page that breaks its sentences: they are text up to the last end."""
    if any(len(trait.text) > _PHRASE for trait in out[start:end]):
        return
    going_on = False
    for at in reversed(range(start, end)):
        trait = out[at]
        going_on = trait.kind in _LINES and (going_on or trait.ends or trait.text.endswith(_COMMAS))
        if going_on:
            out[at] = replace(trait, kind=Kind.PROSE)


def _continues(out: Sequence[Trait], at: int, end: int) -> bool:
    """Whether a line goes on with the sentence above, or is a link within one that goes on below it."""
    above, trait = out[at - 1], out[at]
    below = out[at + 1] if at + 1 < end else None
    if above.kind not in _LINES or above.ends or _is_told_again(trait, below):
        return False
    is_open = len(above.text) >= _TEXT or above.torn or above.text.endswith(",")
    if _is_middle(trait):
        if _GOES_ON.match(trait.text):
            return is_open or above.kind is Kind.PROSE or len(trait.text) >= _TEXT
        if len(trait.text) < _WORDS and not trait.ends and (below is None or not _is_middle(below)):
            return False
        before = out[at - 2] if at > 1 else above
        return is_open or (before.kind is Kind.PROSE and before.ends and len(trait.text) >= _TEXT)
    is_link = len(trait.text) <= _LINK and not trait.ends and not trait.text.endswith(",")  # as a salutation does
    if not is_open or not is_link or below is None or above.text.endswith(":"):
        return False
    return _is_middle(below) and (len(below.text) >= _TEXT or _GOES_ON.match(below.text) is not None)


def _is_told_again(trait: Trait, below: Trait | None) -> bool:
    """Whether a line is what is said in a picture's place, for below it the same begins with a capital."""
    return below is not None and trait.text[0].islower() and fold(below.text).startswith(fold(trait.text))


def _is_middle(trait: Trait) -> bool:
    """Whether a line begins in the middle of a sentence, and not with a day in small letters (`mardi 9 mai`)."""
    return (
        trait.kind in _LINES
        and trait.begins is None
        and (trait.text[0].islower() or _GOES_ON.match(trait.text) is not None)
    )


def _wrapped(found: list[Trait]) -> None:
    """Lines that were wrapped at a column are text, though none of them is a sentence."""
    at = 0
    while at < len(found):
        end = at
        while end < len(found) and found[end].kind in (Kind.SHORT, Kind.PROSE):
            end += 1
        if end - at >= 2 and _is_wrapped(found[at:end]):
            found[at:end] = [replace(trait, kind=Kind.PROSE) for trait in found[at:end]]
        at = max(end, at + 1)


def _is_wrapped(run: list[Trait]) -> bool:
    lengths = [len(trait.text) for trait in run]
    longest = max(lengths)
    if not 50 <= longest <= 120 or any(length < longest * 0.6 for length in lengths[:-1]):
        return False
    going_on = sum(
        trait.text[0].islower() or unicodedata.category(trait.text[0]) in ("Lo", "Lm", "Ps", "Pi") for trait in run[1:]
    )
    return going_on * 3 >= len(run) - 1 and any(trait.ends or INSIDE.search(trait.text) for trait in run)

"""What a page puts within a text, below no heading that is known: boxes, forms, and what it says of itself."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Container, Iterator, Sequence

from generator.importer.raw import captions, looks
from generator.importer.raw.traits import Kind, Trait

_BOX = 4
"""Short lines that make a box."""

_FORM = 4
"""Lines of a form, or of a call with its button, at most."""

_PRESSED = frozenset({Kind.BUTTON, Kind.NAV})
"""What can be pressed."""

_PAGE = 0.2
"""The share of a text that may be sentences of the page."""

_LAST = 3
"""Paragraphs that are the end of a text."""


def of_page(found: Sequence[Trait], often: Counter[str], start: int, end: int, told: Container[int]) -> dict[int, str]:
    """Which lines of a text are none of it, each with the reason.

    Args:
        found: The lines of the page.
        often: How often each stands on it.
        start: Where the text begins.
        end: Where it ends.
        told: Lines that are known to be none of it.
    """
    boxes = itertools.chain(_boxes(found, often, start, end), _forms(found, start, end))
    fate = dict.fromkeys(itertools.chain.from_iterable(boxes), Kind.WIDGET.value)
    return fate | dict.fromkeys(_around(found, [at for at in range(start, end) if at not in told]), Kind.NOTICE.value)


def _around(found: Sequence[Trait], lines: Sequence[int]) -> list[int]:
    """A sentence of the page near the end of a text, which stands above it, too; and what is below it."""
    prose = [at for at in lines if found[at].kind is Kind.PROSE and found[at].mass >= captions.TOLD]
    told = {found[at].text for at in prose[-_LAST:]} & {found[at].text for at in prose[:-_LAST]}
    again = [at for at in prose if found[at].text in told]
    whole = sum(found[at].mass for at in prose)
    if not again or sum(found[at].mass for at in again) > whole * _PAGE:  # it was copied twice
        return []
    return [*again, *(at for at in lines if at > again[-1])]


def _boxes(found: Sequence[Trait], often: Counter[str], start: int, end: int) -> Iterator[list[int]]:
    """Lines within a text, four or more one after the other, of which none is a sentence, and one is in a menu, too.

    No list, which a colon announces; the last one may head what follows.
    """
    filled = [at for at in range(start, end) if found[at].kind is not Kind.BLANK]
    place = 0
    for is_short, run in itertools.groupby(filled, key=lambda at: _is_heading(found[at])):
        lines = [*run]
        above, below = found[filled[max(0, place - 1)]], filled[place + len(lines) :][:1]
        place += len(lines)
        is_between = above.kind is Kind.PROSE and above.ends and bool(below)
        if is_short and is_between and len(lines) >= _BOX and _is_known(found, often, lines):
            yield lines[:-1] if found[below[0]].kind is Kind.PROSE else lines


def _is_known(found: Sequence[Trait], often: Counter[str], lines: Sequence[int]) -> bool:
    return any(often[looks.folded(found[at].text)] > 1 for at in lines)


def _forms(found: Sequence[Trait], start: int, end: int) -> Iterator[list[int]]:
    """Lines between blank ones that begin with a short one and end with what one can press, perhaps below the text."""
    last = next((at for at in range(end, len(found)) if found[at].kind is Kind.BLANK), len(found))
    block = range(start, min(last, end + _FORM))
    for is_blank, run in itertools.groupby(block, key=lambda at: found[at].kind is Kind.BLANK):
        lines = [*run]
        is_form = found[lines[0]].kind is Kind.SHORT and found[lines[-1]].kind in _PRESSED
        if is_form and not is_blank and len(lines) <= _FORM:
            yield [at for at in lines if at < end]


def _is_heading(trait: Trait) -> bool:
    return trait.kind is Kind.SHORT and not trait.ends and not trait.part

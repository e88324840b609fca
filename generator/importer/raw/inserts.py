"""What a page puts between the paragraphs of a text: boxes, ways to other articles, captions, bylines."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Sequence

from generator.importer.raw import boxes, captions, zones
from generator.importer.raw.feet import NEVER_TEXT
from generator.importer.raw.traits import MADE_OF_PAGE, Kind, Trait

_HEADLINES = 3
"""Headlines of other articles that one line leads to."""

_TEASER = 120
"""How much text a paragraph has that belongs to the article, though it is below a date in a box."""


def inserts(
    found: Sequence[Trait], often: Counter[str], start: int, end: int, authors: Collection[str]
) -> dict[int, str]:
    """Which lines of a text are none of it, each with the reason.

    Args:
        found: The lines of the page.
        often: How often each stands on it.
        start: Where the text begins.
        end: Where it ends.
        authors: Who wrote it.
    """
    fate = _alone(found, start, end, authors)
    return boxes.of_page(found, often, start, end, fate) | fate


def _alone(found: Sequence[Trait], start: int, end: int, authors: Collection[str]) -> dict[int, str]:
    """The same, of what each line is and what is right above it."""
    fate: dict[int, str] = {}
    also, boxed, dated = 0, False, False
    onward = _onward(found, start, end)
    for at in range(start, end):
        trait = found[at]
        if trait.kind is Kind.BLANK:
            continue
        is_text = (trait.kind is Kind.PROSE or trait.ends) and not (dated and trait.mass < _TEASER)
        is_box = trait.kind is Kind.WIDGET or (trait.kind is Kind.ALSO and zones.is_teased(found, at, end))
        boxed, dated = is_box or (boxed and not is_text), trait.kind is Kind.DATE
        if boxed:
            fate[at] = Kind.WIDGET.value
        elif also and trait.kind is Kind.SHORT and not trait.ends:
            fate[at], also = "the headline of another article", also - 1
        else:
            also = _HEADLINES if _leads_on(trait) and trait.text not in onward else 0
            if reason := _reason(found, at, authors):
                fate[at] = reason
            if trait.kind is Kind.CREDIT and any(mark in trait.text for mark in (":", "：", "©")):
                fate |= dict.fromkeys(captions.above(found, start, at), "the caption of a picture")
            if trait.kind is Kind.PAGER:
                fate |= dict.fromkeys(_led_to(found, start, at), "the headline of another article")
    return fate


def _leads_on(trait: Trait) -> bool:
    """Whether a line stands above headlines of other articles."""
    return trait.kind in (Kind.ALSO, Kind.CUT) and ":" not in trait.text.rstrip(":")


def _onward(found: Sequence[Trait], start: int, end: int) -> frozenset[str]:
    """What leads to other articles by its words, but stands several times, once right above text: the way on."""
    lines = [trait for trait in found[start:end] if trait.text]
    often = Counter(trait.text for trait in lines if _leads_on(trait))
    above = {one.text for one, other in itertools.pairwise(lines) if other.kind is Kind.PROSE}
    return frozenset(text for text, count in often.items() if count > 1 and text in above)


def _reason(found: Sequence[Trait], at: int, authors: Collection[str]) -> str:
    """Why a line by itself is none of a text; empty where it is text."""
    trait = found[at]
    if trait.kind in NEVER_TEXT or (trait.kind is Kind.NAV and _among_page(found, at)):
        return trait.kind.value
    if trait.kind is Kind.BYLINE and trait.people and set(trait.people) <= set(authors):
        return trait.kind.value
    return "the caption of a picture" if captions.is_caption(found, at) else ""


def _among_page(found: Sequence[Trait], at: int) -> bool:
    """Whether a line of navigation has its like beside it; a single one may be a heading."""
    near = [found[other].kind for other in (at - 1, at + 1) if 0 <= other < len(found)]
    return any(kind in MADE_OF_PAGE for kind in near)


def _led_to(found: Sequence[Trait], start: int, pager: int) -> list[int]:
    """The short lines right above the way to other pages: the ways to them."""
    lines: list[int] = []
    for at in range(pager - 1, start - 1, -1):
        if found[at].kind is Kind.SHORT and not found[at].ends:
            lines.append(at)
        elif found[at].kind is not Kind.BLANK:
            break
    return lines

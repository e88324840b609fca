"""What a page puts between the paragraphs of a text: boxes, ways to other articles, captions, bylines."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from generator.importer.raw import signs
from generator.importer.raw.feet import NEVER_TEXT
from generator.importer.raw.traits import MADE_OF_PAGE, Kind, Trait

_HEADLINES = 3
"""Headlines of other articles that one line leads to."""

_CAPTION_LINES = 3
_CAPTION_LINE = 80
"""Lines of a caption, and how much text each is, at most."""

_CAPTION = 20
"""How much text (`traits.mass`) a caption is, and a heading need not be."""


def inserts(found: Sequence[Trait], start: int, end: int, authors: Collection[str]) -> dict[int, str]:
    """Which lines of a text are none of it, each with the reason.

    Args:
        found: The lines of the page.
        start: Where the text begins.
        end: Where it ends.
        authors: Who wrote it.
    """
    fate: dict[int, str] = {}
    also, boxed = 0, False
    for at in range(start, end):
        trait = found[at]
        if trait.kind is Kind.BLANK:
            continue
        boxed = trait.kind is Kind.WIDGET or (boxed and not (trait.kind is Kind.PROSE or trait.ends))
        if boxed:
            fate[at] = Kind.WIDGET.value
        elif also and trait.kind is Kind.SHORT and not trait.ends:
            fate[at], also = "the headline of another article", also - 1
        else:
            also = _HEADLINES if trait.kind is Kind.ALSO and ":" not in trait.text.rstrip(":") else 0
            if reason := _reason(found, at, authors):
                fate[at] = reason
            if trait.kind is Kind.CREDIT and any(mark in trait.text for mark in (":", "：", "©")):
                fate |= dict.fromkeys(_captions(found, start, at), "the caption of a picture")
            if trait.kind is Kind.PAGER:
                fate |= dict.fromkeys(_led_to(found, start, at), "the headline of another article")
    return fate


def _reason(found: Sequence[Trait], at: int, authors: Collection[str]) -> str:
    """Why a line by itself is none of a text; empty where it is text."""
    trait = found[at]
    if trait.kind in NEVER_TEXT or (trait.kind is Kind.NAV and _among_page(found, at)):
        return trait.kind.value
    if trait.kind is Kind.BYLINE and trait.people and set(trait.people) <= set(authors):
        return trait.kind.value
    return "the caption of a picture" if is_caption(found, at) else ""


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


def _captions(found: Sequence[Trait], start: int, credit: int) -> list[int]:
    """The lines above who made a picture that stand by themselves with it: what it shows, in a few words."""
    lines: list[int] = []
    for at in range(credit - 1, start - 1, -1):
        if found[at].kind is Kind.BLANK:
            return lines
        lines.append(at)
        is_text = found[at].kind in (Kind.SHORT, Kind.PROSE) and found[at].mass <= _CAPTION_LINE
        if len(lines) > _CAPTION_LINES or not is_text:
            break
    return []


def is_caption(found: Sequence[Trait], at: int) -> bool:
    """Whether a line without an end tells what a picture shows: right below it stand its own words, or who made it."""
    trait = found[at]
    if trait.kind is not Kind.SHORT or trait.ends or trait.mass < _CAPTION:
        return False
    below = next((other for other in found[at + 1 : at + 3] if other.kind is not Kind.BLANK), None)
    if below is None:
        return False
    if below.text.startswith(trait.text) and below.text != trait.text:
        return below.kind is Kind.CREDIT
    return below.text.startswith("©") or (below.kind is Kind.CREDIT and signs.sign(below.text) == "credits")

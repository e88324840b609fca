"""Whether a headline is a guess, and which other lines may be it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import nlargest
from itertools import zip_longest

from generator.importer.lines import same
from generator.importer.raw import looks
from generator.importer.raw.traits import Trait
from generator.importer.raw.weights import Weights

_SURE = 7.0
"""Points (`Weights.firm`, and the lead over the next line) with which a headline is sure."""

_LEAD = 4.0
"""The most points for a lead."""

_EACH = 2
"""How many lines are told of those at the text, and of those of the whole page."""

_MOST = 400
"""Lines of a page that are weighed: those whose words the text takes up most."""


def is_guess(found: Sequence[Trait], page: Weights, title: int) -> bool:
    """Whether too little speaks for a headline: few words in common with the text, no date at it, no lead.

    Args:
        found: The lines of the page.
        page: That has weighed them.
        title: The headline.
    """
    order = page.order()
    best = title if _is_rival(found, page, order[0], title) else order[0]  # its standfirst
    next_best = next((page.points[at] for at in order if _is_rival(found, page, at, title)), -_SURE)
    return page.firm(best) + min(_LEAD, page.score(best) - next_best) < _SURE


def rivals(found: Sequence[Trait], page: Weights, whole: Weights, title: int, chunk: range) -> tuple[int, ...]:
    """The lines that may be the headline in its place, likeliest first: two at the text, and two of the whole page.

    Args:
        found: The lines of the page.
        page: That has weighed the lines at the text.
        whole: The same of the whole page, before it weighed any.
        title: The headline that was taken.
        chunk: The lines of the article and the page around it.
    """
    lines = [
        at for at in chunk if looks.like(found[at]) and not (looks.is_label(found[at]) or looks.is_part(found, at))
    ]
    lines = nlargest(_MOST, lines, key=lambda at: (whole.shared(at), -at))
    far = whole.ranked(sorted(lines)) if lines else ()
    told = {looks.folded(found[title].text)}
    firsts = [_first(found, told, order) for order in (filter(lambda at: looks.like(found[at]), page.order()), far)]
    return tuple(at for pair in zip_longest(*firsts) for at in pair if at is not None)


def _first(found: Sequence[Trait], told: set[str], order: Iterable[int]) -> list[int]:
    """The first lines of an order whose text is not `told` yet; then it is."""
    out: list[int] = []
    for at in order:
        text = looks.folded(found[at].text)
        if text not in told and len(out) < _EACH:
            told.add(text)
            out.append(at)
    return out


def _is_rival(found: Sequence[Trait], page: Weights, at: int, title: int) -> bool:
    """Whether a line would be another headline: no standfirst right below it, no part of it, nor it and a name."""
    if same(found[at].text, found[title].text) or (at == page.below(title) and found[at].mass > found[title].mass):
        return False
    one, other = looks.folded(found[at].text), looks.folded(found[title].text)
    return min(len(one), len(other)) <= 8 or not (one in other or other in one)

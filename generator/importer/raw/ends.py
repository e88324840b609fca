"""Where articles end on a page of several: below each stands when it was posted, and what was said of it."""

from __future__ import annotations

from collections.abc import Sequence

from generator.importer.raw import beside, looks
from generator.importer.raw.traits import Kind, Trait

_FOOT = frozenset(
    {*(Kind.COMMENTS, Kind.TAGS, Kind.BYLINE, Kind.READING, Kind.BUTTON, Kind.ANSWER, Kind.NUMBER, Kind.CUT), Kind.DATE}
)
"""What a foot is made of, below its date."""

_BELOW = frozenset({Kind.COMMENTS, Kind.TAGS, Kind.PAGER})
"""What a date in a foot stands above."""

_LEAST = 2
"""Feet that are alike."""

_TEXT = 60
"""How much text (`traits.mass`) an article has at least."""


def starts(found: Sequence[Trait]) -> dict[int, int | None]:
    """Where articles begin whose feet are alike: the first with the page, others with their headlines below a foot.

    Either all feet are sentences that say when the article was posted, or all have its date below the text and above
    the line of comments.
    """
    filled = [at for at, trait in enumerate(found) if trait.kind is not Kind.BLANK]
    out: dict[int, int | None] = {}
    for is_foot in (_is_entry, _is_date_of_foot):
        feet = [place for place in range(1, len(filled) - 1) if is_foot(found, filled, place)]
        cut = _cut(found, filled, feet) if len(feet) >= _LEAST else {}
        out = max(out, cut, key=len)
    return out


def _cut(found: Sequence[Trait], filled: Sequence[int], feet: Sequence[int]) -> dict[int, int | None]:
    """The articles above feet, as far as each has a headline and text above its foot."""
    out: dict[int, int | None] = {}
    begin = 0
    for foot in feet:
        text = sum(found[at].mass for at in filled[begin:foot] if found[at].kind is Kind.PROSE)
        if text < _TEXT or (begin and not _is_headline(found, filled, begin)):
            break
        out[filled[begin]] = filled[begin] if begin else None
        begin = next((at for at in range(foot + 1, len(filled)) if found[filled[at]].kind not in _FOOT), len(filled))
    return out if len(out) >= _LEAST else {}


def _is_headline(found: Sequence[Trait], filled: Sequence[int], place: int) -> bool:
    """Whether a line looks like a headline, and the text begins right below it and what belongs to its head."""
    below = (found[at] for at in filled[place + 1 : place + 6])
    text = next((trait for trait in below if trait.kind not in _FOOT), None)
    return looks.like(found[filled[place]]) and text is not None and (text.kind is Kind.PROSE or text.ends)


def _is_entry(found: Sequence[Trait], filled: Sequence[int], place: int) -> bool:
    """Whether a line is the sentence that says when what is above it was posted."""
    return found[filled[place]].kind is Kind.DATE and beside.is_entry(found[filled[place]].text)


def _is_date_of_foot(found: Sequence[Trait], filled: Sequence[int], place: int) -> bool:
    """Whether a line is a date right below a text, and right above the line of comments, tags or the page's end."""
    above, trait, below = (found[filled[at]] for at in (place - 1, place, place + 1))
    is_text = above.kind is Kind.PROSE or (above.kind is Kind.SHORT and above.ends)
    return is_text and trait.kind is Kind.DATE and trait.date is not None and below.kind in _BELOW

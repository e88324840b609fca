"""Captions: lines of a text that tell what a picture shows, and are none of it."""

from __future__ import annotations

from collections.abc import Sequence

from generator.importer.lines import same
from generator.importer.raw import people, signs
from generator.importer.raw.traits import Kind, Trait

TOLD = 40
"""How much text (`traits.mass`) a line is that stands twice, and is no refrain."""

_NAME = 40
"""Characters of who made the picture, at its end."""

_LONGEST = 140
"""How much text a caption is at most."""

_CAPTION = 20
"""How much text (`traits.mass`) a caption is, and a heading need not be."""


_CAPTION_LINES = 3
_CAPTION_LINE = 80
"""Lines of a caption, and how much text each is, at most."""


def is_caption(found: Sequence[Trait], at: int) -> bool:
    """Whether a line without an end tells what a picture shows: right below it stand its own words, or who made it.

    Or right above it stands that this is one (`Image caption,`), or it is there twice: in the picture's place, too.
    """
    trait = found[at]
    is_line = trait.kind in (Kind.SHORT, Kind.PROSE) and trait.mass <= _LONGEST
    if is_line and (_is_labelled(found, at) or _is_twice(found, at) or _is_maker(found, at)):
        return True
    if trait.kind is not Kind.SHORT or trait.ends or trait.mass < _CAPTION:
        return False
    place = _below(found, at)
    if place is None:
        return False
    below = found[place]
    if below.text.startswith(trait.text) and below.text != trait.text:
        return below.kind is Kind.CREDIT
    return below.text.startswith("©") or (below.kind is Kind.CREDIT and signs.sign(below.text) == "credits")


def is_pictured(found: Sequence[Trait], at: int, title: int) -> bool:
    """Whether a line of a head is a caption: as those of a text are, or above who made it and the headline again."""
    below, *others = [*(trait for trait in found[at + 1 : at + 7] if trait.text), found[at]]
    is_again = any(same(trait.text, found[title].text) for trait in others[:2])
    return is_caption(found, at) or (below.kind is Kind.CREDIT and is_again)


def _is_labelled(found: Sequence[Trait], at: int) -> bool:
    """Whether right above a line stands what it is called, with a comma or colon, and that it belongs to a picture."""
    above = found[at - 1] if at else None
    return above is not None and above.kind is Kind.CREDIT and above.text.endswith((",", ":", "："))


def _is_twice(found: Sequence[Trait], at: int) -> bool:
    """Whether a line stands again right below, or above it and has who made the picture at its end, or below it."""
    above, below = _above(found, at), _below(found, at)
    if below is not None and _begins(found[below], found[at]):
        return True
    if above is None or not _begins(found[at], found[above]):
        return False
    is_signed = below is not None and (found[below].kind is Kind.CREDIT or _is_maker(found, below))
    return is_signed or found[above].text != found[at].text


def _is_maker(found: Sequence[Trait], at: int) -> bool:
    """Whether a line is the name right below a sentence that stands twice: of who made the picture."""
    above = _above(found, at) if people.is_name(found[at].text) else None
    first = _above(found, above) if above is not None else None
    return above is not None and first is not None and found[first].ends and _begins(found[above], found[first])


def _begins(trait: Trait, other: Trait) -> bool:
    """Whether a line is another one, long enough for a sentence, with a name at its end at most."""
    rest = trait.text.removeprefix(other.text)
    return other.mass >= TOLD and len(rest) <= _NAME and rest != trait.text


def _above(found: Sequence[Trait], at: int) -> int | None:
    """The line above one, with a blank one between at most."""
    return next((other for other in range(at - 1, max(-1, at - 3), -1) if found[other].text), None)


def _below(found: Sequence[Trait], at: int) -> int | None:
    return next((other for other in range(at + 1, min(at + 3, len(found))) if found[other].text), None)


def above(found: Sequence[Trait], start: int, credit: int) -> list[int]:
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

"""Where the text of an article ends, and what its foot is made of."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from generator.importer.raw import lists, zones
from generator.importer.raw.traits import MADE_OF_PAGE, Kind, Trait

NEVER_TEXT = frozenset(
    {
        *(Kind.BUTTON, Kind.READING, Kind.CREDIT, Kind.NOTICE, Kind.CUT, Kind.PAGER, Kind.ALSO, Kind.ANSWER),
        *(Kind.COMMENTS, Kind.CONTENTS, Kind.MAIL),
    }
)
"""What is left out of a text wherever it stands in it."""

FOOT = frozenset(
    {*NEVER_TEXT, Kind.TAGS, Kind.BYLINE, Kind.DATE, Kind.COMMENTS, Kind.NAV, Kind.NUMBER, Kind.ARCHIVE, Kind.ADDRESS}
)
"""What a foot is made of."""


_LINES = 4
_LINE = 80
"""Lines of a foot that are none by themselves, and how much text each is, at most."""

_NOTES = 6
"""Lines of notes to editors, at most."""

_ADDRESSED = re.compile(r"[^.!?]{0,60}\bhttps?://\S+")
"""A few words and an address: where the text stands, or what else does."""

_NETWORKS = re.compile(
    r"\b(?:facebook|twitter|instagram|youtube|whatsapp|telegram|tiktok|linkedin|bluesky|mastodon|newsletter)\b",
    re.IGNORECASE,
)
_CALL = 120
"""How much text (`traits.mass`) says on which networks one may follow the page."""


def text_end(
    found: Sequence[Trait], title: int, start: int, end: int, authors: Collection[str], *, is_page: bool
) -> int:
    """Behind the last line of the text; all lines up to the foot, unless there is more page than text in them.

    Args:
        found: The lines of the page.
        title: The line of the headline.
        start: Where the text begins.
        end: Behind its zone.
        authors: Who wrote it.
        is_page: Whether lines of the page were copied along with the article.
    """
    end = _notes(found, start, end)
    foot = about = _about(found, start, end, {name.casefold() for name in authors})
    while foot > start and _is_of_foot(found[foot - 1], found[title].text, is_page=is_page):
        foot -= 1
        foot = _block(found, start, foot, end)
    likely = zones.text_end(found, start, foot, lists.parts(found, title, start, foot))
    tail = [trait for trait in found[likely:foot] if trait.kind is not Kind.BLANK]
    if about < end or any(trait.kind in MADE_OF_PAGE or trait.kind is Kind.TAGS for trait in tail):
        return likely
    if len(tail) >= 3 and is_page and not _signed(found[foot:end]):
        return likely
    return foot


def without_calls(found: Sequence[Trait], start: int, end: int) -> int:
    """Behind the last line of a text that ends at `end` that does not say on which networks one may follow the page."""
    last = end
    while last > start and (found[last - 1].kind is Kind.BLANK or _is_call(found[last - 1])):
        last -= 1
    return last


def _is_call(trait: Trait) -> bool:
    return trait.mass <= _CALL and len({name.casefold() for name in _NETWORKS.findall(trait.text)}) > 1


def _about(found: Sequence[Trait], start: int, end: int, authors: Collection[str]) -> int:
    """Where below a text the name of one of its authors stands by itself: above a few words on them; else `end`."""
    text = 0
    for at in range(start, end):
        if text >= zones.A_TEXT and found[at].kind is Kind.SHORT and found[at].text.casefold() in authors:
            return at if zones.text_of(found, at, end)[2] < zones.A_TEXT else end
        text += found[at].mass if found[at].kind is Kind.PROSE else 0
    return end


def _notes(found: Sequence[Trait], start: int, end: int) -> int:
    """Where notes to editors begin below a text: three short lines or more on end, among them one of a foot."""
    last = end
    while last > start and found[last - 1].kind is Kind.BLANK:
        last -= 1
    top = last
    while top > start and last - top <= _NOTES and found[top - 1].kind is not Kind.BLANK:
        top -= 1
    lines = found[top:last]
    if not 2 < len(lines) <= _NOTES or top - start < _NOTES or found[top - 1].kind is not Kind.BLANK:
        return end
    is_note = any(trait.kind in FOOT for trait in lines) and all(trait.mass <= _LINE for trait in lines)
    return top if is_note and lines[0].kind is not Kind.PROSE else end


def _block(found: Sequence[Trait], start: int, foot: int, end: int) -> int:
    """Where a foot begins of which a line is none by itself: it stands on end with one, parted from the text."""
    top = foot
    while top > start and foot - top <= _LINES and found[top - 1].kind is not Kind.BLANK:
        top -= 1
    lines = found[top:foot]
    if foot == end or found[foot].kind is Kind.BLANK or not 0 < len(lines) <= _LINES or top - start < _LINES:
        return foot
    is_text = lines[0].ends or any(trait.mass > _LINE for trait in lines) or found[start:top][-1].kind is not Kind.BLANK
    return foot if is_text else top


def _is_of_foot(trait: Trait, title: str, *, is_page: bool) -> bool:
    """Whether a line at the end is none of the text: the headline again, with the site's name, too."""
    if trait.kind in FOOT or not trait.mass or (trait.loose and is_page) or _ADDRESSED.fullmatch(trait.text):
        return True
    if len(title) < 8 or not trait.text.startswith(title):
        return False
    return re.match(r"\s?[-–—|｜:·]\s?", trait.text.removeprefix(title)) is not None


def _signed(foot: Sequence[Trait]) -> bool:
    """Whether right below the text stands who posted it: then all above it is text."""
    first = next((trait for trait in foot if trait.kind is not Kind.BLANK), None)
    return first is not None and first.kind is Kind.BYLINE

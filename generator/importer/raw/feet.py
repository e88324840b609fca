"""Where the text of an article ends, and what its foot is made of."""

from __future__ import annotations

import re
from collections.abc import Sequence

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


_ADDRESSED = re.compile(r"[^.!?]{0,60}\bhttps?://\S+")
"""A few words and an address: where the text stands, or what else does."""


def text_end(found: Sequence[Trait], title: int, start: int, end: int, *, is_page: bool) -> int:
    """Behind the last line of the text; all lines up to the foot, unless there is more page than text in them.

    Args:
        found: The lines of the page.
        title: The line of the headline.
        start: Where the text begins.
        end: Behind its zone.
        is_page: Whether lines of the page were copied along with the article.
    """
    foot = end
    while foot > start and _is_of_foot(found[foot - 1], found[title].text, is_page=is_page):
        foot -= 1
    likely = zones.text_end(found, start, foot, lists.parts(found, title, start, foot))
    tail = [trait for trait in found[likely:foot] if trait.kind is not Kind.BLANK]
    if any(trait.kind in MADE_OF_PAGE or trait.kind is Kind.TAGS for trait in tail):
        return likely
    if len(tail) >= 3 and is_page and not _signed(found[foot:end]):
        return likely
    return foot


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

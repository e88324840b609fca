"""What a line of a page says by its words; the phrases are those by which raw text is read."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from generator.importer.raw import beside, heads, people, signs

if TYPE_CHECKING:
    import datetime as dt

    from generator.trees import Element

LINE_END = "\u2028"
"""White space that stands for the break before it."""

_LONGEST = 1_000
_HEAD = 120
"""Characters of a line of a head."""

_PIECES = 60
"""Pieces of text of an element that may be a line."""

_BARS = re.compile(r"\s[|·•–—/-]\s")

_NOTE = re.compile(r"\s*\([^()]{1,40}\)")
_OF_THE_PAGE = frozenset({"buttons", "pager", "nav", "widgets", "also", "notices", "answers", "comments", "cut"})
_AT_THE_END = frozenset({"buttons", "pager", "notices", "answers", "comments"})


def _pieces(element: Element) -> list[str]:
    return [piece[:_LONGEST] for piece in itertools.islice(element.itertext(), _PIECES)]


def brief(element: Element) -> str:
    """The words of an element on one line, or the first of many."""
    return " ".join("".join(_pieces(element)).split())[:_LONGEST]


def lines(element: Element) -> list[str]:
    """The words of an element, or the first of many, as its breaks part them."""
    found = (" ".join(line.split()) for line in "".join(_pieces(element)).split(LINE_END))
    return [line[:_LONGEST] for line in found if line]


def apart(element: Element | None) -> str:
    """As `brief`, its parts held apart, as a page's design does with a caption and its credit."""
    return "" if element is None else " ".join(" ".join(_pieces(element)).split())[:_LONGEST]


def credited(text: str) -> tuple[str, ...]:
    """The authors of a line that is a byline, else nobody; old blogs write `posted by Ada @ 7:48 PM`."""
    bare = without_note(text)
    return people.byline(bare) or people.posted(bare.replace(" @ ", " at "))


def without_note(text: str) -> str:
    """Names without what stands in brackets behind them."""
    return _NOTE.sub("", text)


def told(text: str, *, day_first: bool | None) -> dt.date | None:
    """The day of a line that has some of what a head has, beside a date, and nothing else; not that of a change."""
    found = beside.told(text, day_first=day_first) if 0 < len(text) <= _HEAD or is_entry(text) else None
    if found is None or found.date.updated:
        return None
    return found.date.day if found.people or found.date.called or found.date.time or _BARS.search(text) else None


def is_entry(text: str) -> bool:
    """Whether a line is what a page says in a sentence of when the article above it was posted."""
    return beside.is_entry(text)


def names(text: str) -> tuple[str, ...]:
    """The names of a list, else nobody."""
    return people.names(text)


def is_about(text: str, authors: tuple[str, ...]) -> bool:
    """Whether a paragraph at the end says who wrote the article."""
    return heads.about(text, authors)


def is_button(text: str) -> bool:
    """Whether a line at an end of a text is what a page offers to press, or says of itself."""
    return signs.sign(text) in _AT_THE_END


def is_of_the_page(text: str) -> bool:
    """Whether a whole line is a phrase that pages put around articles."""
    return signs.exact(text) in _OF_THE_PAGE


def leads_on(text: str) -> bool:
    """Whether a line leads to the rest of a text that is only begun."""
    return signs.sign(text) == "cut"


def leads_elsewhere(text: str) -> bool:
    """Whether a line begins as those do that name other stories."""
    return signs.sign(text) in _OF_THE_PAGE


def begins_talk(text: str) -> bool:
    """Whether a whole line counts comments or calls for one; a single word may be a heading of the text."""
    return signs.exact(text) == "comments" and ("#" in signs.key(text) or " " in text)


def heads_box(text: str) -> bool:
    """Whether a whole line is the heading of a box of the page."""
    return bool(text) and signs.exact(text) in ("widgets", "also")


def is_answer(text: str) -> bool:
    """Whether a whole line is what one presses at a comment."""
    return signs.exact(text) == "answers"


def without_label(text: str) -> str:
    """A list of tags without the phrase before it."""
    return signs.after(text, "labels") or text


def is_label(text: str) -> bool:
    """Whether a whole line is what stands before a name or a date."""
    return signs.exact(text) in ("by", "posted", "published", "updated", "said")


def is_labels(text: str) -> bool:
    """Whether a line names tags."""
    return signs.after(text, "labels") is not None

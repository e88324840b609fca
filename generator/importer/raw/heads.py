"""Who wrote an article and when, where the lines of its head do not say so plainly."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from generator.importer.raw import looks, people
from generator.importer.raw.traits import Kind, Trait

_ABOUT = 500
"""Characters of a paragraph about the author, at most."""


def author(found: Sequence[Trait], at: int, chunk: range) -> str:
    """The name that a line is alone, above the date and what that person does, or of who wrote as is said elsewhere."""
    trait = found[at]
    name, _, place = re.sub(r"\s(?:in|à|en|aus)\s", "\n", trait.text, count=1).partition("\n")
    name = name.rstrip(".,:") if len(place.split()) <= 2 else ""
    single = " " not in name and (name.upper() != name.lower() or len(name) > 6)
    is_person = people.is_name(name) and not looks.has_article(name) and not people.is_role(name)
    if trait.kind is not Kind.SHORT or single or not is_person:
        return ""
    behind = [other for other in found[at + 1 : at + 6] if other.kind is not Kind.BLANK][:2]
    dated = [other.kind is Kind.DATE for other in behind]
    if dated[:1] == [True] or (dated == [False, True] and behind[0].scrap):
        return name
    return name if any(name in found[other].people for other in chunk) else ""


def about(text: str, authors: Sequence[str]) -> bool:
    """Whether a paragraph at the end of a text says who wrote it (`Ada Lund is a reporter at the Post`)."""
    names = [name for name in authors if " " in name and text.startswith(f"{name} ")]
    return len(text) <= _ABOUT and any(text[len(name) + 1 :][:1].islower() for name in names)


def dated_beside(found: Sequence[Trait], title: int, text: int, chunk: range) -> int | None:
    """The line near the headline that has a day; below `text` only where it is a date and nothing else."""
    filled = [at for at in chunk if found[at].kind is not Kind.BLANK]
    place = filled.index(title)
    talk = next((at for at in filled if at > text and found[at].kind is Kind.COMMENTS), chunk.stop)
    behind = [at for at in filled[place + 1 : place + 20] if at < talk]
    for at in (*behind, *reversed(filled[max(0, place - 4) : place])):
        date = found[at].date or found[at].within
        if date and date.day and (found[at].kind is Kind.DATE or at <= text):
            return at
    return None


def lone_day(found: Sequence[Trait], places: Sequence[int]) -> int | None:
    """The first date line of some, where all of them tell the same day: it is the only one that the page has."""
    days: dict[dt.date, int] = {}
    for at in places:
        date = found[at].date if found[at].kind is Kind.DATE else None
        if date is not None and date.day is not None:
            days.setdefault(date.day, at)
    return next(iter(days.values())) if len(days) == 1 else None

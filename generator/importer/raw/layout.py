"""The text of an article from the lines that are its body."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from generator.importer import datelines, plain
from generator.importer.datelines import Found
from generator.importer.raw.traits import Kind, Trait

_PLACE = re.compile(r"[^\W\d_][^.!?—–]{1,60}?[,(]?\s.{0,60}?(?:—|–|--|-\s)")


def lines(found: Sequence[Trait], body: Sequence[int]) -> list[str]:
    """The body's lines, with a blank one where one was or something was left out, and around headings."""
    out: list[str] = []
    last = None
    for at in body:
        if last is not None and (at != last + 1 or _is_apart(found[last], found[at])):
            out.append("")
        out.append(found[at].text)
        last = at
    return out


def _is_apart(one: Trait, other: Trait) -> bool:
    longest = max(len(one.text), len(other.text))
    return {one.kind, other.kind} == {Kind.SHORT, Kind.PROSE} and longest > plain.LONG_LINE


def dateline(first: str) -> tuple[Found | None, str | None]:
    """The date of `ANKARA, May 9, 2023 (Agency) —`, with which a text begins, or its day where it has no year."""
    match = _PLACE.match(first[:120])
    found = datelines.find(match[0]) if match else None
    return found, datelines.yearless(match[0]) if match and found is None else None


def lone_day(found: Sequence[Trait], places: Sequence[int]) -> int | None:
    """The first date line of some, where all of them tell the same day: it is the only one that the page has."""
    days: dict[dt.date, int] = {}
    for at in places:
        date = found[at].date if found[at].kind is Kind.DATE else None
        if date is not None and date.day is not None:
            days.setdefault(date.day, at)
    return next(iter(days.values())) if len(days) == 1 else None

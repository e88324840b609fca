"""The text of an article from the lines that are its body."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.importer import datelines, plain
from generator.importer.datelines import Found
from generator.importer.lines import fold
from generator.importer.raw.traits import Kind, Trait
from generator.importer.tongues import every

_PLACE = re.compile(r"[^\W\d_][^.!?—–]{1,60}?[,(]?\s.{0,60}?(?:—|–|--|-\s)")

_DATED = 60
"""Characters within which a date stands before the first sentence."""


def lines(found: Sequence[Trait], body: Sequence[int]) -> list[str]:
    """The body's lines, with a blank one where one was or something was left out, and around headings."""
    out: list[str] = []
    last = None
    for at in body:
        if found[at].torn and last == at - 1:
            out[-1] = _joined(out[-1], found[at].text)
            last = at
            continue
        if last is not None and (at != last + 1 or _is_apart(found[last], found[at])):
            out.append("")
        out.append(found[at].text)
        last = at
    return out


def _joined(text: str, rest: str) -> str:
    """Two parts of a sentence; none of its marks stands behind a blank."""
    return f"{text}{rest}" if re.match(r"[,;:.!?)\]”»’'%]", rest) else f"{text} {rest}"


def _is_apart(one: Trait, other: Trait) -> bool:
    longest = max(len(one.text), len(other.text))
    return {one.kind, other.kind} == {Kind.SHORT, Kind.PROSE} and longest > plain.LONG_LINE


def dateline(first: str) -> tuple[Found | None, str | None]:
    """The date of `ANKARA, May 9, 2023 (Agency) —`, with which a text begins, or its day where it has no year.

    Or of `May 9, 2023 The mole is closed.`: before the first sentence, and none of its words.
    """
    found = datelines.find(first[:_DATED])
    if found and _begins_apart(first, found):
        return found, None
    match = _PLACE.match(first[:120])
    found = datelines.find(match[0]) if match else None
    return found, datelines.yearless(match[0]) if match and found is None else None


def _begins_apart(first: str, found: Found) -> bool:
    """Whether a text begins with a date, and anew behind it: with a capital, or behind a dash."""
    lead = fold(re.split(r"[\W\d]", first.lstrip("(["), maxsplit=1)[0])
    if first[: found.start].strip("([") or (lead in every("published") and not found.date.called):
        return False
    behind = first[found.end :]
    parted = re.match(r"[)\]]?\s?[-–—|:]\s?(?=\w)", behind)
    begins = behind[parted.end() :] if parted else behind.lstrip(" )]")
    return bool(parted and not begins[0].islower()) or begins[:1].isupper()

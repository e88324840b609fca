"""The text of an article from the lines that are its body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from generator.importer import datelines, plain
from generator.importer.datelines import Found
from generator.importer.lines import Line, fold
from generator.importer.raw import signs
from generator.importer.raw.traits import Kind, Trait
from generator.importer.tongues import every
from generator.records import replace

_PLACE = re.compile(r"[^\W\d_][^.!?—–]{1,60}?[,(]?\s.{0,60}?(?:—|–|--|-\s)")

_DATED = 60
"""Characters within which a date stands before the first sentence."""


def parted(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines, of which a headline with its day and time in brackets is two: `Mole closed [May 9th, 2023|2:33 pm]`.

    And what stands in brackets behind what it is called is told so: `[Tags|boats]` is `Tags: boats`; and so is
    `TagsBoats CategoriesTides`, on a line each.
    """
    for line in lines:
        if (glued := _glued()).match(line.text):
            _, *parts = glued.split(line.text)
            yield from (replace(line, text=f"{parts[at]}: {parts[at + 1].strip()}") for at in range(0, len(parts), 2))
            continue
        before, inner = _bracketed(line.text)
        label, bar, rest = inner.partition("|")
        if before and inner and (date := datelines.read(inner)) and date.time:
            yield replace(line, text=before)
            yield replace(line, text=inner)
        elif bar and not before and signs.key(label) in signs.phrases("labels"):
            yield replace(line, text=f"{label.strip()}: {rest.strip()}")
        else:
            yield line


@cache
def _glued() -> re.Pattern[str]:
    """What labels are called, where they begin right behind it."""
    words = {phrase.capitalize() for phrase in every("labels") if phrase.isalpha() and len(phrase) >= 4}
    return re.compile(rf"(?<!\S)({'|'.join(sorted(words))})(?=[A-Z][a-z])")


def _bracketed(text: str) -> tuple[str, str]:
    """What stands before brackets that end a line, and what stands in them; nothing twice where there are none."""
    before, bracket, inner = text.rpartition("[")
    return (before.rstrip(), inner[:-1]) if bracket and inner.endswith("]") and len(inner) <= 120 else ("", "")


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

"""Lists of a page: its contents, the rows of a table, what a recipe takes, a date of which each part has a line."""

from __future__ import annotations

import itertools
import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from generator.importer import datelines
from generator.importer.lines import same
from generator.importer.raw.traits import Kind, Trait
from generator.records import replace

_LEAST = 3
"""Lines that make a list."""

_LONGEST = 120
"""Characters of a line of a list."""

_LONGEST_HEADING = 70
"""Characters of a heading that the contents name."""

_BETWEEN = 40
"""How much text (`traits.mass`) a part of an article has, below its heading."""

_CARD = 16
"""Lines below the headline of a card within which its list begins."""

_HEADING = frozenset({Kind.SHORT, Kind.PROSE, Kind.COMMENTS, Kind.WIDGET, Kind.NAV, Kind.BULLET})
"""What a heading may be taken for where it stands by itself."""

_ROW = frozenset({Kind.SHORT, Kind.NAV, Kind.PAGER, Kind.ARCHIVE, Kind.CREDIT})
"""What a row of a table may be taken for, likewise."""

_BEFORE = re.compile(r"[\W\d_]+")
_AMOUNT = re.compile(r"(?:(?P<whole>\d+)|[½⅓⅔¼¾⅛])(?:[.,/–-]?\d+|\s?[½⅓⅔¼¾⅛])*\s?[^\W\d_]+")
_PART = re.compile(r"\d{1,2}\.?|\d{4}|[^\W\d_]{3,12}[.,]?(?:\s\d{4})?|\d{1,2}\.?\s[^\W\d_]{3,12}[.,]?")


def listed(found: Sequence[Trait]) -> list[Trait]:
    """The traits, where lines that are a list are taken for one."""
    out = list(found)
    filled = [at for at, trait in enumerate(out) if trait.kind is not Kind.BLANK]
    _contents(out, filled)
    _dates(out, filled)
    rows = [run for run in _runs(out, filled, _is_row) if _are_rows(out, run)]
    amounts = [run for run in _runs(out, filled, _is_amount) if _are_amounts(out, run)]
    for at in itertools.chain(*rows, *amounts):
        out[at] = replace(out[at], kind=Kind.BULLET)
    return out


def _contents(out: list[Trait], filled: Sequence[int]) -> None:
    """Lines that stand again below, in their order and with text below each: the contents of the article."""
    headings = [_heading(out[at]) for at in filled]
    places: dict[str, list[int]] = defaultdict(list)
    for place, heading in enumerate(headings):
        if heading:
            places[heading].append(place)
    start = 0
    while start < len(filled):
        targets = _targets(headings, places, start)
        end = start + len(targets)
        if len(targets) >= _LEAST and end <= targets[0] and _are_headings(out, filled, targets):
            for at in filled[start:end]:
                out[at] = replace(out[at], kind=Kind.CONTENTS)
            for place in targets:
                _take_part(out, filled[place : place + 3])
        start = max(start + 1, end)


def _take_part(out: list[Trait], lines: Sequence[int]) -> None:
    """Note that the first of some lines heads a part, where text is below it."""
    heading, *below = lines
    if out[heading].kind in (Kind.SHORT, Kind.PROSE) and any(out[at].kind in (Kind.PROSE, Kind.BULLET) for at in below):
        out[heading] = replace(out[heading], part=True)


def parts(found: Sequence[Trait], title: int, start: int, end: int) -> frozenset[int]:
    """The lines of a text that head a part of it.

    Those that its contents name, and its headline once more, above a list: the card of a recipe.
    """
    named = any(trait.kind is Kind.CONTENTS for trait in found[title:end])
    text = [at for at in range(start, end) if found[at].kind is not Kind.BLANK]
    cards = (
        at
        for place, at in enumerate(text)
        if same(found[at].text, found[title].text)
        and sum(found[other].kind is Kind.BULLET for other in text[place : place + _CARD]) >= _LEAST
    )
    return frozenset([*cards, *(at for at in text if named and found[at].part)])


def _heading(trait: Trait) -> str:
    """A line as the contents have it, without its number; empty where it can be none."""
    if trait.kind not in _HEADING or len(trait.text) > _LONGEST_HEADING or trait.mass < 2:
        return ""
    number = _BEFORE.match(trait.text)
    return trait.text[number.end() if number else 0 :].rstrip(" .:?!…。：？！").casefold()


def _targets(headings: Sequence[str], places: dict[str, list[int]], start: int) -> list[int]:
    """Where the lines from one on stand again, each below the one before."""
    targets: list[int] = []
    last = start
    for at in range(start, len(headings)):
        again = places.get(headings[at], ())
        place = bisect(again, last)
        if place == len(again):
            break
        last = again[place]
        targets.append(last)
    return targets


def _are_headings(out: Sequence[Trait], filled: Sequence[int], targets: Sequence[int]) -> bool:
    """Whether there is text between all of some lines."""
    pairs = itertools.pairwise(targets)
    return all(sum(out[at].mass for at in filled[one + 1 : other]) >= _BETWEEN for one, other in pairs)


def _runs(out: Sequence[Trait], filled: Sequence[int], like: Callable[[Trait], bool]) -> Iterator[list[int]]:
    """Lines one below the other that are all like something."""
    for is_like, run in itertools.groupby(filled, key=lambda at: like(out[at])):
        if is_like and len(places := list(run)) >= _LEAST:
            yield places


def _is_row(trait: Trait) -> bool:
    """Whether a line has cells, parted by tabs."""
    return trait.kind in _ROW and "\t" in trait.line.raw.strip() and len(trait.text) <= _LONGEST


def _is_amount(trait: Trait) -> bool:
    """Whether a line begins with how much of something."""
    return trait.kind is Kind.SHORT and len(trait.text) <= _LONGEST and _AMOUNT.match(trait.text) is not None


def _are_rows(out: Sequence[Trait], run: Sequence[int]) -> bool:
    """Whether lines with cells are a table: half of them have numbers."""
    return 2 * sum(any(map(str.isdigit, out[at].text)) for at in run) >= len(run)


def _are_amounts(out: Sequence[Trait], run: Sequence[int]) -> bool:
    """Whether numbers at the beginning of lines are amounts: they do not count the lines."""
    firsts = [(match := _AMOUNT.match(out[at].text)) and match["whole"] for at in run]
    return not all(one and other and int(other) == int(one) + 1 for one, other in itertools.pairwise(firsts))


def _dates(out: list[Trait], filled: Sequence[int]) -> None:
    """A date of which the day, the month and the year have a line each, or the day has one."""
    for place, at in enumerate(filled):
        parts = filled[place : place + 3]
        while len(parts) > 1 and not all(_is_part(out[part]) for part in parts):
            parts = parts[:-1]
        for count in range(len(parts), 1, -1):
            text = " ".join(out[part].text for part in parts[:count])
            date = None if text.replace(" ", "").isdigit() else datelines.read(text)
            if date and date.day:
                out[at] = replace(out[at], kind=Kind.DATE, date=date)
                for part in parts[1:count]:
                    out[part] = replace(out[part], kind=Kind.NUMBER)
                break


def _is_part(trait: Trait) -> bool:
    return trait.kind in (Kind.SHORT, Kind.NUMBER) and _PART.fullmatch(trait.text) is not None

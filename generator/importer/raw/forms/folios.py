"""What a press prints on each page of a paper: its name, the day, the number of the page."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from generator.importer import datelines
from generator.importer.lines import Line, fold

_LONGEST = 90
"""Characters of a running head."""

_APART = 3
"""Lines from one running head to the next, at least."""

_FIRST = 6
"""Lines of the first page that may be its head."""

_NUMBER = re.compile(r"[-–—]?\s?\d{1,4}\s?[-–—]?")
_GAP = re.compile(r"\s{2,}")
_OUTER = re.compile(
    r"^\d{1,4}\s?(?:[/|·•–—-]\s|\t)|(?:\s[/|·•–—-]|\t)\s?(?:\w{1,6}\.?\s)?\d{1,4}$"
    r"|\s\w{1,6}\.?\s\d{1,4}\s?(?:[^\W\d]{2,4}|/)\s?\d{1,4}$"
)


def undone(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines without running heads, but for the first that has its day."""
    filled = [at for at, line in enumerate(lines) if line.text]
    found = {*_numbered(lines, filled), *_heads(lines, filled)}
    if not found:
        return lines
    return [line.changed("", "a running head") if at in found else line for at, line in enumerate(lines)]


def _numbered(lines: Sequence[Line], filled: Sequence[int]) -> Iterator[int]:
    """Lines that differ in nothing but the number of the page, which stands on the outer side of each."""
    alike: dict[str, list[int]] = defaultdict(list)
    for place, at in enumerate(filled):
        text = lines[at].text
        if len(text) <= _LONGEST and _OUTER.search(_GAP.sub(" | ", lines[at].raw.strip())):
            alike[" ".join(sorted(re.findall(r"[^\W\d_]+", fold(text))))].append(place)
    for words, places in alike.items():
        texts = {lines[filled[place]].text for place in places}
        days = {found.date.day if (found := datelines.find(text)) else None for text in texts}
        is_one = words and len(texts) == len(places) > 1 and len(days) == 1
        if is_one and all(other - one >= _APART for one, other in itertools.pairwise(places)):
            yield from (filled[place] for place in places[0 if None in days else 1 :])
            below = [filled[place + 1] for place in places if place + 1 < len(filled)]
            if len({lines[at].text for at in below}) == 1 and len(below) == len(places):
                yield from below


def _heads(lines: Sequence[Line], filled: Sequence[int]) -> Iterator[int]:
    """Lines beside the number of a page that were on the first page, two at least."""
    first = filled[:_FIRST]
    known = {lines[at].text for at in first}
    for is_blank, run in itertools.groupby(range(len(lines)), key=lambda at: not lines[at].text):
        block = list(run)
        if is_blank or not 3 <= len(block) <= _FIRST or block[0] <= first[-1]:
            continue
        numbers = [at for at in block if _NUMBER.fullmatch(lines[at].text)]
        if numbers and all(at in numbers or lines[at].text in known for at in block):
            yield from block

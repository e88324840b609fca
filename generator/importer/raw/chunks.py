"""How many articles a page has: a blog's front page copied whole is several, each with a head or a foot of its own."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Mapping, Sequence

from generator.importer.raw import beside, ends, heads, looks, people, sheets, zones
from generator.importer.raw.traits import Kind, Trait
from generator.records import Record

_META = frozenset({Kind.BYLINE, Kind.READING, Kind.BUTTON, Kind.TAGS, Kind.COMMENTS, Kind.CREDIT, Kind.NUMBER})
"""What may stand in a head between headline, date and text."""

_CLOCK = re.compile(r"\d{1,2}:\d{2}$")
"""The end of a line that tells when a comment was written."""

_BETWEEN = ((0, 0), (1, 40), (1, 0))
"""How many lines may stand between a head and its text, and how much text each has at least."""

_WHOLE = 1_000
_TEASER = 350
"""How much text a long article has at least, and one that is only pointed to at most."""

_PARAGRAPH = 120
"""How much text an article has at least that is no teaser, however short all of them are."""

_STOPS = {Kind.COMMENTS: _WHOLE, Kind.WIDGET: _TEASER}
"""Below how much text no article begins any more where comments or a box do: what has a head there is another's."""


class Chunk(Record, frozen=True):
    """The lines of one article.

    Attributes:
        start: The first, perhaps of the page above the first article.
        head: Where its head begins, where that is known; else `start`.
        end: Behind the last.
        title: The line that is its headline, as the heads of all of them have it; or None.
    """

    start: int
    head: int
    end: int
    title: int | None = None


def chunks(found: Sequence[Trait]) -> list[Chunk]:
    """The stretches of lines that have one article each, in order; one where there is no sign of more."""
    titles = _titles(found)
    starts = list(titles)
    if len(starts) < 2 or _is_one(found, starts) or _is_chronicle(found, starts):
        return [Chunk(0, 0, len(found))]
    return [
        Chunk(start if number else 0, start, end, titles[start])
        for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(found)], strict=True))
    ]


def _titles(found: Sequence[Trait]) -> dict[int, int | None]:
    """Where articles begin, and their headlines, by the walk that cuts the page best; or by their feet."""
    lines = _Lines(found)
    best = ends.starts(found)
    for between, form in itertools.product(_BETWEEN, ("date", "title")):
        if _told(found, best) >= (len(lines.dated), len(lines.dated)):  # no head is left
            break
        titles = _Starts(lines, form, between).all()
        best = titles if _told(found, titles) > _told(found, best) else best
    return sheets.merged(found, sheets.starts(found), best)


def _told(found: Sequence[Trait], titles: Mapping[int, int | None]) -> tuple[int, int]:
    """How well a walk cuts a page: in many articles, most with a headline, few below a line that looks like one."""
    starts = list(titles)[1:]
    above = (next((at for at in range(start - 1, -1, -1) if found[at].text), start) for start in starts)
    headless = sum(looks.is_full(found[at]) and not looks.is_part(found, at) for at in above)
    return len(titles), sum(title is not None for title in titles.values()) - headless


def _is_one(found: Sequence[Trait], starts: list[int]) -> bool:
    """Whether what looks like several articles is one and lines that lead to others: all other texts are short."""
    bounds = [0, *starts, len(found)]
    sizes = [
        sum(trait.mass for trait in found[start:end] if trait.kind is Kind.PROSE and not trait.teaser)
        for start, end in itertools.pairwise(bounds)
    ]
    largest = max(sizes)
    least = max(_TEASER, largest * 0.1)
    above = next((found[at].kind for at in reversed(range(starts[0])) if found[at].text), None)
    others = [start for start, end in itertools.pairwise(bounds) if _has_another_head(found[start:end])]
    is_last = sum(size > _PARAGRAPH for size in sizes) == 1 and sizes[-1] == largest
    if (above is Kind.WIDGET and (is_last or others)) or (is_last and starts[-1] in others):
        return True
    return (largest >= _WHOLE and sum(size >= least for size in sizes) == 1) or sizes[0] == largest


def _has_another_head(lines: Sequence[Trait]) -> bool:
    """Whether of an article only a short paragraph stands above the head of another one, and that is longer."""
    text = 0
    for at, trait in enumerate(lines):
        if text > _PARAGRAPH or (text and _is_foot(trait)):
            return False
        if text and trait.head:
            return sum(other.mass for other in lines[at:] if other.kind is Kind.PROSE) > _PARAGRAPH
        text += trait.mass if trait.kind is Kind.PROSE else 0
    return False


def _is_chronicle(found: Sequence[Trait], starts: Sequence[int]) -> bool:
    """Whether at least three heads are hours of one day, below a line that tells that day: what happened in it."""
    dates = [next((trait.date for trait in found[start : start + 8] if trait.date), None) for start in starts]
    days = {date.day for date in dates if date and date.time}
    above = {trait.date.day for trait in found[: starts[0]] if trait.date}
    return len(starts) > 2 and all(date and date.time for date in dates) and len(days) == 1 and days <= above


def _is_foot(trait: Trait) -> bool:
    """Whether a line is one of the foot of an article: who posted it, its labels, how many comments it has."""
    if trait.text.startswith("#"):  # of a post elsewhere that is shown within the text
        return False
    return trait.kind in (Kind.TAGS, Kind.COMMENTS) or (
        people.posted(trait.text) != () if trait.kind is Kind.BYLINE else _is_entry(trait)
    )


def _is_entry(trait: Trait) -> bool:
    """Whether a line tells when what is above it was posted."""
    return trait.kind is Kind.DATE and beside.is_entry(trait.text)


class _Lines:
    """The lines of a page without blank ones, and what each is to the walks down it.

    Attributes:
        found: All lines.
        filled: Where those stand that are not blank; a place is one of these.
        dated: Places with a date that has a day.
        last_foot: The last place of each kind of foot.
    """

    def __init__(self, found: Sequence[Trait]) -> None:
        self.found = found
        self.filled = [at for at, trait in enumerate(found) if trait.kind is not Kind.BLANK]
        places = [(place, found[at]) for place, at in enumerate(self.filled)]
        self.dated = {
            place for place, trait in places if trait.kind is Kind.DATE and trait.date and trait.date.day is not None
        }
        self.last_foot = {trait.kind: place for place, trait in places if _is_foot(trait)}
        self._like: dict[int, bool] = {}
        self._dates: dict[int, int | None] = {}

    def at(self, place: int) -> Trait:
        """The line at a place."""
        return self.found[self.filled[place]]

    def is_box(self, at: int) -> bool:
        """Whether below a line that leads to other articles their heads follow."""
        return zones.is_teased(self.found, at, len(self.found))

    def like(self, place: int) -> bool:
        """Whether a line has the look of a headline, and is no part of a sentence."""
        if place not in self._like:
            self._like[place] = looks.like(self.at(place)) and not looks.is_part(self.found, self.filled[place])
        return self._like[place]

    def date_below(self, place: int) -> int | None:
        """The date below a headline, where nothing stands between them but what may in a head, and a name."""
        if place not in self._dates:
            below = self.beyond(place)
            if below is not None and heads.is_person(self.at(below).text):
                below = self.beyond(below)
            self._dates[place] = below if below in self.dated else None
        return self._dates[place]

    def beyond(self, place: int) -> int | None:
        """The next line that is no byline and the like, nor the same line again."""
        text = self.at(place).text
        for other in range(place + 1, min(place + 8, len(self.filled))):
            trait = self.at(other)
            if trait.kind not in _META and trait.text != text:
                return other
        return None


class _Starts:
    """A walk down a page that notes where articles begin.

    All heads have one `form`: a date and then a headline, or a `title` and then a date. Up to so many lines may stand
    `between` head and text, each of so much text.
    """

    def __init__(self, lines: _Lines, form: str, between: tuple[int, int]) -> None:
        self._lines = lines
        self._form = form
        self._between, self._long = between
        self._starts: dict[int, int | None] = {}
        self._timed = False
        self._text = 0
        self._head_end = 0
        self._foot: set[Kind] = set()
        self._comments = False
        self._titles: set[str] = set()

    def all(self) -> dict[int, int | None]:
        """Where articles begin, and which line is the headline, where the head says it."""
        above = 0
        for place, at in enumerate(self._lines.filled):
            trait = self._lines.found[at]
            kind = Kind.WIDGET if trait.kind is Kind.ALSO and self._lines.is_box(at) else trait.kind
            if self._text and kind in (Kind.WIDGET, Kind.ANSWER):
                break
            above += trait.mass if trait.kind is Kind.PROSE else 0
            if not self._starts and above >= _STOPS.get(kind, math.inf):
                break
            if not self._starts or self._text >= 40:
                self._look(place)
            if self._starts and place > self._head_end:
                self._text += trait.mass if trait.kind is Kind.PROSE else 0
                if self._text and _is_foot(trait):
                    self._foot.add(trait.kind)
                    self._comments = self._comments or trait.kind is Kind.COMMENTS
        return self._starts

    def _look(self, place: int) -> None:
        """Whether an article begins here."""
        form = self._form_at(place)
        if not form or (self._starts and not self._is_next(place, form)):
            return
        title = place if form != "date" else self._lines.beyond(place) or place
        text = self._lines.at(title).text.casefold()
        if text in self._titles:
            return
        self._titles.add(text)
        self._starts[self._lines.filled[place]] = self._lines.filled[title] if form != "bare" else None
        self._head_end = place
        if form != "bare":
            dated = self._dated_from(place)
            self._timed = self._is_timed(dated)
            self._head_end = dated
        self._text, self._foot, self._comments = 0, set(), False

    def _form_at(self, place: int) -> str:
        """How a head begins here: with its date, with its headline above one, with a bare headline; else empty."""
        trait = self._lines.found[self._lines.filled[place]]
        is_date = trait.date and trait.date.day and not trait.date.updated and not _is_entry(trait)
        if trait.kind is Kind.DATE and is_date:
            title = self._lines.beyond(place) if self._form == "date" else None
            is_head = title is not None and self._lines.like(title) and self._leads_to_text(title)
            return "date" if is_head else ""
        if not (self._form == "title" or self._foot) or not self._lines.like(place):
            return ""
        date = self._lines.date_below(place) if self._form == "title" else None
        if date is not None and self._leads_to_text(date):
            return "title"
        return "bare" if self._ends_again(place) and self._leads_to_text(place) else ""

    def _ends_again(self, place: int) -> bool:
        """Whether the article above has a foot, and a line of its kind stands below, too."""
        return any(self._lines.last_foot[kind] > place for kind in self._foot - {Kind.COMMENTS} or self._foot)

    def _is_next(self, place: int, form: str) -> bool:
        """Whether a head below an article is that of another one, and no comment and no heading within it."""
        if form == "bare":
            return not self._comments or self._is_headline(place)
        if (
            form != self._form
            or self._is_listed(place)
            or (self._between and not (self._long or self._ends_again(place)))
        ):
            return False
        if self._comments and self._is_timed(self._dated_from(place)) and not self._timed:
            return False
        title = place if form == "title" else self._lines.beyond(place) or place
        return len(self._starts) > 1 or self._ends_again(place) or self._is_headline(title)

    def _is_listed(self, place: int) -> bool:
        """Whether a head is the last of a list of them, of other articles: another one stands right above it."""
        above = range(max(0, place - 2), place)
        return any(at in self._lines.dated for at in above) and any(looks.like(self._lines.at(at)) for at in above)

    def _is_headline(self, place: int) -> bool:
        """Whether a line is rather a headline than a commenter's name or a heading."""
        trait = self._lines.at(place)
        words = trait.text.split()
        is_name = len(words) < 3 and trait.mass < 24 and people.is_name(trait.text)
        if is_name or _CLOCK.search(trait.text) or trait.text.startswith(("(", "@")):
            return False
        return trait.mass >= 15 or len(words) >= 3

    def _dated_from(self, place: int) -> int:
        """The date of a head that begins at a line."""
        near = range(place, min(place + 6, len(self._lines.filled)))
        return next((other for other in near if other in self._lines.dated), place)

    def _is_timed(self, place: int) -> bool:
        date = self._lines.at(place).date
        return date is not None and date.time is not None

    def _is_called(self, place: int) -> bool:
        """Whether a line calls its date one, as no comment does."""
        date = self._lines.at(place).date
        return date is not None and date.called

    def _leads_to_text(self, place: int) -> bool:
        """Whether text follows within a few lines, before another date."""
        text = self._lines.at(place).text
        between = 0
        for other in range(place + 1, min(place + 10, len(self._lines.filled))):
            trait = self._lines.at(other)
            if trait.kind is Kind.PROSE and trait.text != text:
                return True
            if trait.kind is Kind.ANSWER and other == place + 1 and self._is_called(place):
                continue
            if trait.kind not in _META and trait.kind is not Kind.DATE and trait.text != text:
                between += 1
                if between > self._between or trait.kind is not Kind.SHORT or trait.mass < self._long:
                    return False
        return False

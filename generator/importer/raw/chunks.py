"""How many articles a page has: a blog's front page copied whole is several, each with a head or a foot of its own."""

from __future__ import annotations

from collections.abc import Sequence

from generator.importer.raw import people, titles
from generator.importer.raw.traits import Kind, Trait

_META = frozenset({Kind.BYLINE, Kind.READING, Kind.BUTTON, Kind.TAGS, Kind.COMMENTS, Kind.CREDIT, Kind.NUMBER})
"""What may stand in a head between headline, date and text."""

_FEET = frozenset({Kind.BYLINE, Kind.TAGS, Kind.COMMENTS, Kind.CUT})


def chunks(found: Sequence[Trait]) -> list[tuple[int, int]]:
    """The stretches of lines that have one article each, in order; one where there is no sign of more."""
    starts = _Starts(found).all()
    if len(starts) < 2:
        return [(0, len(found))]
    return list(zip([0, *starts[1:]], [*starts[1:], len(found)], strict=True))


class _Starts:
    """A walk down a page that notes where articles begin."""

    def __init__(self, found: Sequence[Trait]) -> None:
        self._found = found
        self._filled = [at for at, trait in enumerate(found) if trait.kind is not Kind.BLANK]
        self._starts: list[int] = []
        self._form = ""
        self._timed = False
        self._text = 0
        self._foot = False
        self._comments = False

    def all(self) -> list[int]:
        """Where articles begin."""
        for place, at in enumerate(self._filled):
            trait = self._found[at]
            if self._text and trait.kind in (Kind.WIDGET, Kind.ANSWER):
                break
            if not self._starts or self._text >= 40:
                self._look(place)
            if self._starts:
                self._text += trait.mass if trait.kind is Kind.PROSE else 0
                if self._text and trait.kind in _FEET:
                    self._foot = True
                    self._comments = self._comments or trait.kind is Kind.COMMENTS
        return self._starts

    def _look(self, place: int) -> None:
        """Whether an article begins here."""
        form = self._form_at(place)
        if not form or (self._starts and not self._is_next(place, form)):
            return
        self._starts.append(self._filled[place])
        if form != "bare":
            date = self._date_of(place)
            self._form, self._timed = form, bool(date and date.time)
        self._text, self._foot, self._comments = 0, False, False

    def _form_at(self, place: int) -> str:
        """How a head begins here: with its date, with its headline above one, with a bare headline; else empty."""
        trait = self._found[self._filled[place]]
        if trait.kind is Kind.DATE and trait.date and trait.date.day and not trait.date.updated:
            title = self._beyond(place)
            is_head = title is not None and titles.like(self._at(title)) and self._leads_to_text(title)
            return "date" if is_head else ""
        if not titles.like(trait):
            return ""
        below = self._beyond(place)
        if below is not None and self._dated(below) and self._leads_to_text(below):
            return "title"
        return "bare" if self._starts and self._foot and self._leads_to_text(place) else ""

    def _is_next(self, place: int, form: str) -> bool:
        """Whether a head below an article is that of another one, and no comment and no heading within it."""
        if form == "bare":
            return not self._comments or self._is_headline(place)
        if form != self._form:
            return False
        date = self._date_of(place)
        if self._comments and (bool(date and date.time) and not self._timed):
            return False
        return self._is_headline(place if form == "title" else self._beyond(place) or place)

    def _is_headline(self, place: int) -> bool:
        """Whether a line is rather a headline than a commenter's name or a heading."""
        trait = self._at(place)
        return trait.mass >= 15 and not (len(trait.text.split()) < 3 and people.is_name(trait.text) and trait.mass < 24)

    def _at(self, place: int) -> Trait:
        return self._found[self._filled[place]]

    def _dated(self, place: int) -> bool:
        date = self._at(place).date if self._at(place).kind is Kind.DATE else None
        return date is not None and date.day is not None

    def _date_of(self, place: int):  # type: ignore[no-untyped-def]
        for other in range(place, min(place + 6, len(self._filled))):
            if self._dated(other):
                return self._at(other).date
        return None

    def _beyond(self, place: int) -> int | None:
        """The next line that is no byline and the like, nor the same line again."""
        text = self._at(place).text
        for other in range(place + 1, min(place + 8, len(self._filled))):
            trait = self._at(other)
            if trait.kind not in _META and trait.text != text:
                return other
        return None

    def _leads_to_text(self, place: int) -> bool:
        """Whether text follows within a few lines, before another date."""
        text = self._at(place).text
        for other in range(place + 1, min(place + 10, len(self._filled))):
            trait = self._at(other)
            if trait.kind is Kind.PROSE and trait.text != text:
                return True
            if trait.kind not in _META and trait.kind is not Kind.DATE and trait.text != text:
                return False
        return False

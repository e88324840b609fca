"""How much speaks for a line as the headline: the text takes up its words, it stands at a date, it is repeated."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from generator.importer.lines import same
from generator.importer.raw import looks, people
from generator.importer.raw.traits import MADE_OF_PAGE, Kind, Trait
from generator.importer.raw.zones import Opening

_ENOUGH = 20_000
"""Characters of the text in which the words of headlines are looked for."""

_SAID = 0.3
"""The share of its words (`Weights.shared`) that the text has of a headline, rather than of a line of the page."""

_HARDLY = 0.1
"""The share of its words that the text has of a line by chance."""

_SOURCE = re.compile(r"[.!?]\s\([^()]{3,60}\)$")
"""Whose picture it is, behind what is on it."""

_BESIDE = frozenset({Kind.READING, Kind.BUTTON, Kind.NUMBER})
"""What stands with a date, and is not counted: `4 min read`, `Share`."""

_DECK = 70
"""How much text a standfirst is, rather than a headline."""

_NEAR = 24
"""Lines within which those are counted that are not such."""

_TOLD = 4.0
"""Points for the line that is where the headlines of all articles of a page are."""

_FIRST = 2.0
"""Points for the first line of all."""


class Weights:
    """A zone made ready to judge its lines."""

    def __init__(self, found: Sequence[Trait], often: Counter[str], start: int, opening: Opening, end: int) -> None:
        text = opening.text
        self._found = found
        self._below = opening.late
        self._filled = [at for at in range(start, end) if found[at].kind is not Kind.BLANK]
        self._lines = [found[at] for at in self._filled]
        self._place = {at: place for place, at in enumerate(self._filled)}
        self._often = often
        self.points: dict[int, float] = {}
        self._head: list[str] = []
        self._dated = False
        self._prose = next((at for at in self._filled if at >= text and found[at].kind is Kind.PROSE), None)
        notices = (trait.text for trait in found[-400:] if trait.kind is Kind.NOTICE)
        self._notices = [looks.folded(text) for text in notices]
        near = sum(at < text for at in self._filled) <= 10  # no page was copied along with it
        kinds = (place for place, trait in enumerate(self._lines) if trait.kind is not Kind.DATE)
        self._first = next(kinds, None) if start == 0 and near else None
        self._counted_by = Counter(looks.counted(trait.text) for trait in self._lines if trait.kind is Kind.SHORT)
        self._listed = looks.in_lists(found, [at for at in self._filled if at < text])
        self._text: Counter[str] = Counter()
        self._counted = text
        size = 0
        for at in self._filled:
            if at >= text and found[at].kind is Kind.PROSE and size < _ENOUGH:
                size += len(found[at].text)
                self._text.update(set(looks.words(found[at].text)))

    def ranked(self, candidates: Sequence[int], told: int | None = None) -> list[int]:
        """Candidates, the best first, of equals the first; none that is another and the name of the site.

        Much speaks for the line that is `told` to be where the headlines of all articles of a page are.
        """
        self._head = [looks.folded(self._found[at].text) for at in candidates[:60]]
        head = self._filled[: self._place[candidates[-1]] + 4]
        self._dated = any(self._found[at].kind is Kind.DATE for at in head if at >= candidates[0])
        shortened = [at for at in candidates if not looks.is_longer(self._found, self._often, at, candidates)]
        self.points = {at: self.score(at) + (_TOLD if at == told else 0.0) for at in shortened or candidates}
        return self.order()

    def order(self) -> list[int]:
        """The same, of the candidates of last time."""
        return sorted(self.points, key=lambda at: (-self.points[at], at))

    def above(self, best: int) -> int:
        """The line above the best, where that is its standfirst: hardly better; longer, or with fewer of its words."""
        place = self._above_names(self._place[best])
        if place is None or self._found[self._filled[place]].named:
            return best if place is None else self._filled[place]
        at = self._filled[place]
        one, other = self._found[at], self._found[best]
        dated, again = self._is_dated(place - 1), self._is_again(at)
        if at not in self.points or one.mass < (12 if dated or again else 20) or len(one.text.split()) < 3:
            return best
        if one.about or self._is_kicker(at) or looks.is_menu(self._found, at):
            return best
        if one.mass >= other.mass and not (one.mass <= looks.LONG and self.shared(at) >= self.shared(best) >= _SAID):
            return best
        is_long = self._is_deck(best) and (other.mass > _DECK or self._is_signed(self._place[best] + 1))
        if self.shared(at) < self.shared(best) / 4 and not (dated or is_long or again):
            return best  # of the page: the text would have some of a headline's words
        away = place != self._above_head(self._place[best])
        lead = 1.0 if away else 5.0 if is_long else 4.0 if self._is_deck(best) else 2.5
        lead += self._repeats(at) if again else 0.0
        close = self._score(at, dated=True) >= self._score(best, dated=True) - lead
        return self.above(at) if close else best

    def _above_names(self, place: int) -> int | None:
        """The line above one, where who wrote it is not counted, either."""
        above = self._above_head(place)
        while above is not None and (looks.is_named(self._lines[above]) or self._lines[above].kind is Kind.BYLINE):
            above = self._above_head(above)
        return above

    def _is_signed(self, place: int) -> bool:
        """Whether who wrote it is named on a line, and no day."""
        trait = self._lines[place]
        return trait.kind is Kind.BYLINE or looks.is_named(trait)

    def _is_deck(self, at: int) -> bool:
        """Whether a line is as long as a standfirst, above a date or byline, and the second of a headline's length."""
        place = self._place[at]
        if len(self._found[at].text.split()) < 9:
            return False
        third = any(looks.is_full(trait) and trait.mass <= 90 for trait in self._lines[max(0, place - 2) : place - 1])
        return not third and any(map(looks.heads, self._lines[place + 1 : place + 4]))

    def below(self, at: int) -> int | None:
        """The first of a few lines below one that says something else."""
        lines = self._filled[self._place[at] + 1 : self._place[at] + 9]
        return next((other for other in lines if not same(self._found[other].text, self._found[at].text)), None)

    def firm(self, at: int) -> float:
        """Points for how sure a line is: as `score`, a date at it twice, and that the page's lines end above it not."""
        stands = self._stands(at, dated=self._dated)
        return self.score(at) + self._beside(at) - (0.0 if stands >= _FIRST else stands)

    def score(self, at: int) -> float:
        """Points for a line as the headline."""
        return self._score(at, dated=self._dated)

    def _score(self, at: int, *, dated: bool) -> float:
        trait = self._found[at]
        shared = self.shared(at)
        return (
            shared * 5
            + self._size(trait)
            + (self._repeats(at) if shared or self._opens_text(at) or self._is_headed(at) else 0.0)
            + self._beside(at)
            + (3.0 if self._often[f"re: {looks.folded(trait.text)}"] else 0)
            + self._stands(at, dated=dated)
            + (_FIRST if trait.named else 0)
            - self._named(trait)
            - self._late(at)
            - self._away(at)
            - (1.0 if self._is_kicker(at) else 0)
            - (4.0 if at in self._listed else 0)
            - (3.0 if self._is_motto(at) else 0)
            - (1.5 if self._is_caption(at) else 0)
            - (1.5 if looks.is_listing(trait.text) else 0)
            - (2.5 if looks.is_fact(self._found, at) else 0)
            - ((1.5 if trait.mass <= 60 else 3.0) if trait.text.endswith((".", "。")) else 0)
            - (1.5 if looks.is_several(trait.text) else 0)
            - (3.0 if looks.counted(trait.text) and self._counted_by[looks.counted(trait.text)] > 2 else 0)
            - (1.0 if trait.text.endswith(("…", "...")) else 0)
            - (2.5 if trait.text.endswith((":", "：", ",", "、", "،")) else 0)
            - (2.0 if trait.within else 0)
            - (1.5 if trait.text.startswith(("(", "（")) or _SOURCE.search(trait.text) else 0)
        )

    def _is_again(self, at: int) -> bool:
        """Whether a line of more words than a name stands on the page more than once."""
        return looks.is_full(self._found[at]) and self._often[looks.folded(self._found[at].text)] > 1

    def _is_motto(self, at: int) -> bool:
        """Whether the text has no word of a line, below it a date stands, and a headline between that and the text."""
        place = self._place[at]
        if not self._is_date(place + 1):
            return False
        below = self._filled[place + 2 : place + 3]
        return any(looks.is_full(self._found[it]) and self._opens_text(it) for it in below) and self.shared(at) == 0.0

    def _is_date(self, place: int) -> bool:
        """Whether there is a line at a place, and it is a date."""
        return place < len(self._lines) and self._lines[place].kind is Kind.DATE

    def _opens_text(self, at: int) -> bool:
        """Whether a line is the only one of its length between a date and the text: no site is named there."""
        place = self._place[at]
        behind = self._lines[place + 1 : place + 4]
        text = next((at for at, trait in enumerate(behind) if trait.kind is Kind.PROSE), None)
        return text is not None and all(trait.mass < 24 for trait in behind[:text]) and self._is_dated(place - 1)

    def shared(self, at: int) -> float:
        """The share of its words that the text has too; a single word says little."""
        trait = self._found[at]
        found = set(looks.words(trait.text))
        own = 1 if trait.kind is Kind.PROSE and (at >= self._counted or looks.is_sentence(trait)) else 0
        return sum(self._text[word] > own for word in found) / (len(found) + 2)

    def _size(self, trait: Trait) -> float:
        """Headlines are longer than names and shorter than paragraphs."""
        size = min(trait.mass, 36) / 20 - (1 if trait.text.isalpha() and len(trait.text) == trait.mass else 0)
        return (
            size
            - (0.6 if trait.mass < 16 and " " not in trait.text else 0)
            - (0.5 if trait.mass > 90 else 0)
            - (1.5 if trait.mass > looks.LONG else 0)
            - (2 if trait.mass > 200 else 0)
        )

    def _repeats(self, at: int) -> float:
        trait = self._found[at]
        place = self._place[at]
        near = [same(other.text, trait.text) for other in self._lines[place + 1 : place + 8]]
        if near[:1] == [True]:
            return 3.0
        text = looks.folded(trait.text)
        if trait.mass < 12 or looks.is_named(trait) or self._is_role(at):
            return 0.0
        if sum(map(str.isalnum, re.split(r"\W+", trait.text))) > 2 and any(near):
            return 2.0
        again = self._often[text] > 1 and not looks.is_label(trait)
        return 1.0 if again or any(text in other and text != other for other in self._head) else 0.0

    def _late(self, at: int) -> float:
        """How much speaks against a line: text above it, or the look of a person's name."""
        trait = self._found[at]
        late = at in self._below or (self._prose is not None and at > self._prose)
        return (2.0 if late else 0.0) + (3.0 if self._is_role(at) else 1.5 if looks.is_named(trait) else 0.0)

    def _is_role(self, at: int) -> bool:
        """Whether a line says what the one does whose name stands above it, below a headline, or who wrote it."""
        name, comma, role = self._found[at].text.partition(", ")
        if looks.is_signed(self._found[at]) or (comma and people.is_role(role) and people.is_name(name)):
            return True
        if people.at_work(self._found[at].text) and not self._is_date(self._place[at] + 1):
            return True
        place = self._place[at]
        above, below = self._lines[max(0, place - 2) : place], self._lines[place + 1 : place + 2]
        if any(looks.is_about(self._found[at], trait.text) for trait in above if looks.is_named(trait)):
            return True
        if above and looks.is_named(above[-1]) and self.shared(at) < _SAID and self._twice(at, above[-1]):
            return True
        if len(above) < 2 or not any(trait.head for trait in below):
            return False
        is_known = self.shared(self._filled[place - 2]) >= _HARDLY or self._is_again(self._filled[place - 2])
        is_headline = looks.is_full(above[0]) and is_known and self._found[at].text not in above[0].text
        return looks.is_named(above[1]) and is_headline and above[0].mass > self._found[at].mass

    def _is_headed(self, at: int) -> bool:
        """Whether a line stands above the text twice, once at a date, and is longer than the name of a site."""
        text = self._found[at].text
        above = self._lines[: self._place.get(self._prose or 0, 0)]
        twice = sum(trait.text == text for trait in above) > 1
        return twice and looks.is_full(self._found[at]) and self._beside(at) >= 1.5

    def _is_caption(self, at: int) -> bool:
        """Whether below a line stands who made a picture, and above it, but not right there, a date."""
        place = self._place[at]
        dates = [trait.kind is Kind.DATE for trait in self._lines[max(0, place - 5) : place]]
        below = self._lines[place + 1 : place + 2]
        return any(dates[:-1]) and not dates[-1] and any(trait.kind is Kind.CREDIT for trait in below)

    def _twice(self, at: int, name: Trait) -> bool:
        """Whether a line and the name above it both stand on the page more than once."""
        return all(self._often[looks.folded(text)] > 1 for text in (self._found[at].text, name.text))

    def _away(self, at: int) -> float:
        """How far above the text it is; what belongs to a head does not count."""
        between = self._lines[self._place[at] + 1 : self._place.get(self._prose or 0, 0)]
        page = sum(not trait.head and trait.kind not in (Kind.BUTTON, Kind.CREDIT) for trait in between)
        return min(2.5, 0.08 * page) * (0.5 if self._beside(at) > 1.0 else 1.0)

    def _named(self, trait: Trait) -> float:
        """Whether a notice of the site names it so: then it is the site's name."""
        text = looks.folded(trait.text)
        return 1.5 if any(text in notice for notice in self._notices) else 0.0

    def _beside(self, at: int) -> float:
        """How near it is to a date or byline."""
        place = self._place[at]
        text = self._found[at].text
        below = range(place + 1, min(place + _NEAR, len(self._lines)))
        counted = (self._lines[other] for other in below if not self._is_aside(other))
        behind = [other for other in itertools.islice(counted, 7) if not same(other.text, text)]
        before = self._lines[place - 1] if place else None
        if self._is_dated(place - 1) or any(map(looks.heads, behind[:1])):
            return 2.0
        if before and looks.is_label(before) and looks.is_full(self._found[at]) and self._is_dated(place - 2):
            return 1.5
        prose = [number for number, trait in enumerate(behind) if trait.kind is Kind.PROSE]
        between = behind[: prose[1]] if len(prose) > 1 else behind
        lines = next(
            (at for at, other in enumerate(between[:5]) if not looks.is_standfirst(other)), min(5, len(between))
        )
        labelled = looks.is_full(self._found[at]) and any(map(looks.is_label, behind[:1]))
        if labelled and any(map(looks.heads, behind[1:2])):
            return 1.5
        for count in (1, lines):
            if lines >= count > 0 and any(map(looks.heads, behind[count : count + 2])):
                return 1.5 if count == 1 else 1.2
        return 0.7 if prose[:1] == [0] and not (before and before.kind is Kind.WIDGET) else 0.0

    def _is_dated(self, place: int) -> bool:
        """Whether a head begins with a line, which is or begins with a date."""
        trait = self._lines[place] if place >= 0 else None
        return trait is not None and (trait.kind is Kind.DATE or trait.begins is not None) and self._opens(place)

    def _above_head(self, place: int) -> int | None:
        """The line above one, where what stands with a date (`4 min read`, `Share`) is not counted."""
        above = range(place - 1, max(-1, place - _NEAR), -1)
        return next((at for at in above if not self._is_aside(at)), None)

    def _is_aside(self, place: int) -> bool:
        """Whether a line of a head is not counted: a button, or a picture with what stands in its place."""
        return self._lines[place].kind in _BESIDE or looks.is_pictured(self._lines, place)

    def _opens(self, place: int) -> bool:
        """Whether a date begins a head: it ends none, and is not that of the page, above a headline with a date too."""
        if self._closes(place):
            return False
        behind = self._lines[place + 1 : self._place.get(self._prose or 0, 0)]
        last = next((at for at in reversed(range(len(behind))) if behind[at].kind is Kind.DATE), 0)
        return not any(map(looks.is_full, behind[1:last]))

    def _closes(self, place: int) -> bool:
        """Whether a date ends a head and does not begin one: an author is in it, or between it and a headline."""
        lines = self._lines[max(0, place - 6) : place]
        above = [trait for trait in reversed(lines) if trait.kind not in {*_BESIDE, Kind.TAGS}][:3]
        if self._lines[place].people or any(map(looks.is_signed, above[:1])):
            return True
        if self._is_headlined(place):
            return True
        names = next((at for at, trait in enumerate(above) if not (looks.is_signed(trait) or looks.is_label(trait))), 3)
        named = any(looks.is_signed(trait) or looks.is_named(trait) for trait in above[:names])
        return named and any(map(looks.is_full, above[names : names + 1]))

    def _is_headlined(self, place: int) -> bool:
        """Whether one of the lines above a date is the headline: the text has its words, and below is another line."""
        above = range(max(0, place - 2), place)
        below = "".join(looks.folded(trait.text) for trait in self._lines[place + 1 : place + 2])
        full = (at for at in above if looks.is_full(self._lines[at]))
        lines = (at for at in full if below not in looks.folded(self._lines[at].text))
        return any(self.shared(self._filled[at]) >= _SAID for at in lines)

    def _stands(self, at: int, *, dated: bool) -> float:
        """Whether it is the first of the lines around it, or of all but dates; else no stranger to the text."""
        place = self._place[at]
        below = next(iter(self._lines[place + 1 : place + 2]), None)
        behind = below.kind if below else None
        top = _FIRST if dated else _FIRST + 0.5
        if place == 0 and self._names_page(at):
            return top
        is_button = behind is Kind.BUTTON and looks.is_label(self._found[at])
        if is_button or behind in (Kind.NAV, Kind.WIDGET, Kind.PAGER, Kind.ANSWER) or looks.is_film(self._lines, place):
            return -1.5
        if place == self._first and behind is not Kind.BUTTON:
            return top
        if self.shared(at) < _HARDLY:
            return 0.0 if self._opens_text(at) else -1.0
        above = self._above_head(place)
        if above is not None and self._lines[above].kind is Kind.DATE:
            return 1.2 if self._opens(above) else 0.0
        of_article = {Kind.WIDGET, Kind.ALSO, Kind.READING}
        return 1.2 if not place or self._top(place).kind in MADE_OF_PAGE - of_article else 0.0

    def _top(self, place: int) -> Trait:
        """The line above one; above a headline and two labels at most, where there are such."""
        above = [*reversed(self._lines[max(0, place - 3) : place])]
        if not looks.is_full(self._lines[place]):
            return above[0]
        return next((trait for trait in above if not looks.is_label(trait)), above[-1])

    def _is_kicker(self, at: int) -> bool:
        """Whether a line is a label, and right below it stands a line that rather is the headline."""
        below = self.below(at)
        if below is None or not looks.is_full(self._found[below]):
            return False
        if not (looks.is_label(self._found[at]) or looks.is_in_capitals(self._found[at], self._found[below])):
            return False
        return self._found[below].mass <= 90 and self.shared(below) > 0

    def _names_page(self, at: int) -> bool:
        """Whether a line is the first of all and has the look of a headline: browsers' titles are copied along so."""
        above = any(trait.kind is not Kind.BLANK for trait in self._found[:at])
        return not above and looks.like(self._found[at]) and len(self._found[at].text.split()) >= 5

"""Which line is the headline: one whose words the text takes up, that stands at a date, that is repeated."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from generator.importer.lines import fold, same
from generator.importer.raw import people, signs
from generator.importer.raw.traits import INSIDE, MADE_OF_PAGE, Kind, Trait
from generator.importer.raw.zones import Opening

LONGEST = 250
"""Characters of a headline; a longer line is a paragraph."""

_LONG = 140
"""How much text (`traits.mass`) a headline is, but for few."""

_ENOUGH = 20_000
"""Characters of the text in which the words of headlines are looked for."""

_SAID = 0.3
"""The share of its words (`_Page._shared`) that the text has of a headline, rather than of a line of the page."""

_LENGTH = re.compile(r"\d{1,2}:\d{2}")
"""How long a film is, below what it is called."""

_ARTICLES = frozenset(
    {"the", "a", "an", "der", "die", "das", "ein", "eine", "les", "une", "los", "las", "una", "il", "gli"}
)
"""Words with which a headline begins, and no name."""

_STOP = re.compile(r"(?<!\.)\.$|[。…]$")

_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[{_CJK}]+|[^\W_]+")


def words(text: str) -> list[str]:
    """What two texts can share: beginnings of words, and pairs of characters where there are no blanks."""
    found: list[str] = []
    for word in _WORD.findall(fold(text)):
        if re.match(f"[{_CJK}]", word):
            found += [word[at : at + 2] for at in range(max(1, len(word) - 1))]
        elif len(word) >= 4 or word.isdigit():
            found.append(word[:5])
    return found


def like(trait: Trait) -> bool:
    """Whether a line has the look of a headline."""
    text = trait.text
    if trait.kind not in (Kind.SHORT, Kind.PROSE) or len(text) > LONGEST or trait.mass < 2:
        return False
    if text.startswith((",", ";", ".", ":", ")")) or text.endswith((",", ";", ":", "：", "(", "[")):
        return False
    return trait.kind is Kind.SHORT or not _is_sentence(trait)


def is_full(trait: Trait) -> bool:
    """Whether a line has the look of a headline, and more words than a name or a section."""
    return like(trait) and len(trait.text.split()) > 3


def _is_sentence(trait: Trait) -> bool:
    return trait.mass > _LONG or bool(_STOP.search(trait.text)) or bool(INSIDE.search(trait.text))


def repeats(found: Sequence[Trait]) -> Counter[str]:
    """How often each line stands on a page."""
    return Counter(_folded(trait.text) for trait in found if 0 < len(trait.text) <= LONGEST)


def choose(found: Sequence[Trait], often: Counter[str], start: int, opening: Opening, end: int) -> int | None:
    """The index of the headline of the article within `[start, end)`, or None.

    Args:
        found: The lines of the page.
        often: As of `repeats`.
        start: The first line that may be it.
        opening: Where the text begins.
        end: Behind the text.
    """
    candidates = _candidates(found, start, opening.text, end)
    if not candidates:
        return None
    page = _Page(found, often, start, opening, end)
    return _first_of(found, candidates, page.above(page.best(candidates), candidates))


def _first_of(found: Sequence[Trait], candidates: list[int], best: int) -> int:
    """The first of the lines that say the same, where between them and the best one nothing but text of a head is.

    The last of them, where the page stands between, and no paragraph.
    """
    title = found[best].text
    again = [at for at in candidates if at > best and found[at].kind is Kind.SHORT and same(found[at].text, title)]
    lines = found[best + 1 : again[-1]] if again else ()
    article = any(trait.head or trait.within or (trait.kind is Kind.PROSE and trait.mass >= 80) for trait in lines)
    if any(trait.kind in MADE_OF_PAGE for trait in lines) and not article:
        return again[-1]
    between = {Kind.BLANK, Kind.PROSE, Kind.DATE, Kind.BYLINE, Kind.READING, Kind.CREDIT, Kind.TAGS}
    for at in candidates:
        if at < best and same(found[at].text, found[best].text):
            other = (trait for trait in found[at:best] if not same(trait.text, found[best].text))
            if all(trait.kind in between for trait in other):
                return at
    return best


def _candidates(found: Sequence[Trait], start: int, text: int, end: int) -> list[int]:
    """Lines of the head that may be the headline: those above the text, and those before it is well under way."""
    lines = [at for at in range(start, text) if not is_part(found, at)]
    out = [at for at in lines if found[at].kind is Kind.SHORT or _is_short_prose(found[at]) or _is_film(found, at)]
    size = 0
    for at in range(text, end):
        trait = found[at]
        room = {Kind.PROSE: 0, Kind.SHORT: 700 if _is_headed(found, at) else 120}.get(trait.kind, -1)
        if size <= room and len(trait.text) <= LONGEST and not is_part(found, at):
            out.append(at)
        size += trait.mass if trait.kind in (Kind.PROSE, Kind.BULLET) else 0
        if size > 700 or len(out) >= 400:
            break
    return out


def is_part(found: Sequence[Trait], at: int) -> bool:
    """Whether a line is a part of a sentence that is printed on several, or the headline above a teaser."""
    below = next((trait for trait in found[at + 1 : at + 3] if trait.kind is not Kind.BLANK), None)
    return found[at].torn or (below is not None and (below.torn or below.teaser))


def _is_short_prose(trait: Trait) -> bool:
    """Whether a line is a headline's length, and the look of a sentence may be all that makes it text."""
    return trait.kind is Kind.PROSE and trait.mass <= _LONG


def _is_film(found: Sequence[Trait], at: int) -> bool:
    """Whether `Video: Mole closed` is the headline and not the way to another article: a date stands right below it."""
    dated = at + 1 < len(found) and (found[at + 1].kind is Kind.DATE or found[at + 1].within is not None)
    return found[at].kind is Kind.ALSO and dated and re.search(r"[:：]\s?\S", found[at].text) is not None


def _is_headed(found: Sequence[Trait], at: int) -> bool:
    """Whether a date or byline stands right above or below a line."""
    return any(found[other].head for other in (at - 1, at + 1) if 0 <= other < len(found))


class _Page:
    """A zone made ready to judge its lines."""

    def __init__(self, found: Sequence[Trait], often: Counter[str], start: int, opening: Opening, end: int) -> None:
        text = opening.text
        self._found = found
        self._below = opening.late
        self._filled = [at for at in range(start, end) if found[at].kind is not Kind.BLANK]
        self._lines = [found[at] for at in self._filled]
        self._place = {at: place for place, at in enumerate(self._filled)}
        self._often = often
        self._head: list[str] = []
        self._prose = next((at for at in self._filled if at >= text and found[at].kind is Kind.PROSE), None)
        notices = (trait.text for trait in found[-400:] if trait.kind is Kind.NOTICE)
        self._notices = [_folded(text) for text in notices]
        near = sum(at < text for at in self._filled) <= 10  # no page was copied along with it
        kinds = (place for place, trait in enumerate(self._lines) if trait.kind is not Kind.DATE)
        self._first = next(kinds, None) if start == 0 and near else None
        self._text: Counter[str] = Counter()
        size = 0
        for at in self._filled:
            if at >= text and found[at].kind is Kind.PROSE and size < _ENOUGH:
                size += len(found[at].text)
                self._text.update(set(words(found[at].text)))

    def best(self, candidates: list[int]) -> int:
        """The best candidate; of equals the first."""
        self._head = [_folded(self._found[at].text) for at in candidates[:60]]
        head = self._filled[: self._place[candidates[-1]] + 4]
        dated = any(self._found[at].kind is Kind.DATE for at in head if at >= candidates[0])
        shortened = [at for at in candidates if not self._is_longer(at, candidates)]
        return max(shortened or candidates, key=lambda at: (self._score(at, dated=dated), -at))

    def above(self, best: int, candidates: list[int]) -> int:
        """The line above the best, where that is its standfirst: longer, and hardly better."""
        place = self._place[best]
        at = self._filled[place - 1] if place else best
        one, other = self._found[at], self._found[best]
        if at not in candidates or one.mass >= other.mass or one.mass < 20 or len(one.text.split()) < 3:
            return best
        if self._shared(one) < self._shared(other) / 4:  # of the page: the text would have some of a headline's words
            return best
        close = self._score(at, dated=True) >= self._score(best, dated=True) - (4.0 if self._is_deck(best) else 1.5)
        return self.above(at, candidates) if close else best

    def _is_deck(self, at: int) -> bool:
        """Whether a line is as long as a standfirst, above a date or byline, and the second of a headline's length."""
        place = self._place[at]
        if len(self._found[at].text.split()) < 9:
            return False
        third = any(is_full(trait) and trait.mass <= 90 for trait in self._lines[max(0, place - 2) : place - 1])
        return not third and any(map(_heads, self._lines[place + 1 : place + 4]))

    def _is_longer(self, at: int, candidates: list[int]) -> bool:
        """Whether a line is another one and the name of the site: `Bridge closes - The Notebook`."""
        text = _folded(self._found[at].text)
        shorter = (_folded(self._found[other].text) for other in candidates[:60] if other != at)
        return any(
            len(other) > 8 and re.match(r"\s(?:--|[-–—|:·«»])\s", text[len(other) :])
            for other in shorter
            if text.startswith(other)
        )

    def _score(self, at: int, *, dated: bool) -> float:
        trait = self._found[at]
        shared = self._shared(trait)
        return (
            shared * 5
            + self._size(trait)
            + (self._repeats(at) if shared else 0.0)  # the name of a site and its menus are repeated, too
            + self._beside(at)
            + self._stands(at, dated=dated)
            - self._named(trait)
            - self._late(at)
            - self._away(at)
            - ((1.5 if trait.mass <= 60 else 3.0) if trait.text.endswith((".", "。")) else 0)
            - (1.5 if INSIDE.search(trait.text) else 0)
            - (1.0 if trait.text.endswith(("…", "...")) else 0)
            - (2.5 if trait.text.endswith((":", "：")) else 0)
            - (2.0 if trait.within else 0)
            - (1.5 if trait.text.startswith(("(", "（")) else 0)
        )

    def _shared(self, trait: Trait) -> float:
        """The share of its words that the text has too; a single word says little."""
        found = set(words(trait.text))
        own = 1 if trait.kind is Kind.PROSE else 0
        return sum(self._text[word] > own for word in found) / (len(found) + 2)

    def _size(self, trait: Trait) -> float:
        """Headlines are longer than names and shorter than paragraphs."""
        size = min(trait.mass, 36) / 20 - (1 if trait.text.isalpha() and len(trait.text) == trait.mass else 0)
        return (
            size
            - (0.6 if trait.mass < 16 and " " not in trait.text else 0)
            - (0.5 if trait.mass > 90 else 0)
            - (1.5 if trait.mass > _LONG else 0)
            - (2 if trait.mass > 200 else 0)
        )

    def _repeats(self, at: int) -> float:
        trait = self._found[at]
        place = self._place[at]
        near = [same(other.text, trait.text) for other in self._lines[place + 1 : place + 8]]
        if near[:1] == [True]:
            return 3.0
        text = _folded(trait.text)
        if trait.mass < 12 or _is_named(trait):
            return 0.0
        if len(trait.text.split()) > 2 and any(near):
            return 2.0
        again = self._often[text] > 1 and not _is_label(trait)
        return 1.0 if again or any(text in other and text != other for other in self._head) else 0.0

    def _late(self, at: int) -> float:
        """How much speaks against a line: text above it, or the look of a person's name."""
        trait = self._found[at]
        late = at in self._below or (self._prose is not None and at > self._prose)
        return (2.0 if late else 0.0) + (3.0 if self._is_role(at) else 1.5 if _is_named(trait) else 0.0)

    def _is_role(self, at: int) -> bool:
        """Whether a line says what the one does whose name stands above it, below a headline, or who wrote it."""
        name, comma, role = self._found[at].text.partition(", ")
        if _is_signed(self._found[at]) or (comma and people.is_role(role) and people.is_name(name)):
            return True
        place = self._place[at]
        above, below = self._lines[max(0, place - 2) : place], self._lines[place + 1 : place + 2]
        if len(above) < 2 or not any(trait.head for trait in below):
            return False
        return _is_named(above[1]) and is_full(above[0]) and above[0].mass > self._found[at].mass

    def _away(self, at: int) -> float:
        """How far above the text it is; what belongs to a head does not count."""
        between = self._lines[self._place[at] + 1 : self._place.get(self._prose or 0, 0)]
        page = sum(not trait.head and trait.kind not in (Kind.BUTTON, Kind.CREDIT) for trait in between)
        return min(2.5, 0.08 * page) * (0.5 if self._beside(at) > 1.0 else 1.0)

    def _named(self, trait: Trait) -> float:
        """Whether a notice of the site names it so: then it is the site's name."""
        text = _folded(trait.text)
        return 1.5 if any(text in notice for notice in self._notices) else 0.0

    def _beside(self, at: int) -> float:
        """How near it is to a date or byline."""
        place = self._place[at]
        text = self._found[at].text
        behind = [other for other in self._lines[place + 1 : place + 8] if not same(other.text, text)]
        before = self._lines[place - 1].kind if place else None
        if (before is Kind.DATE and self._opens(place - 1)) or any(map(_heads, behind[:1])):
            return 2.0
        prose = [number for number, trait in enumerate(behind) if trait.kind is Kind.PROSE]
        between = behind[: prose[1]] if len(prose) > 1 else behind
        lines = next((at for at, other in enumerate(between[:5]) if not _is_standfirst(other)), min(5, len(between)))
        for count in (1, lines):
            if lines >= count > 0 and any(map(_heads, behind[count : count + 2])):
                return 1.5 if count == 1 else 1.2
        return 0.7 if prose[:1] == [0] and before is not Kind.WIDGET else 0.0

    def _above_head(self, place: int) -> int | None:
        """The line above one, where what stands with a date (`4 min read`, `Share`) is not counted."""
        beside = {Kind.READING, Kind.BUTTON, Kind.NUMBER}
        above = range(place - 1, max(-1, place - 9), -1)
        return next((at for at in above if self._lines[at].kind not in beside), None)

    def _opens(self, place: int) -> bool:
        """Whether a date begins a head: it ends none, and is not that of the page, above a headline with a date too."""
        if self._closes(place):
            return False
        behind = self._lines[place + 1 : self._place.get(self._prose or 0, 0)]
        last = next((at for at in reversed(range(len(behind))) if behind[at].kind is Kind.DATE), 0)
        return not any(map(is_full, behind[1:last]))

    def _closes(self, place: int) -> bool:
        """Whether a date ends a head and does not begin one: an author is in it, or between it and a headline."""
        above = self._lines[max(0, place - 3) : place][::-1]
        if self._lines[place].people or any(map(_is_signed, above[:1])):
            return True
        if self._is_headlined(place, above[:2]):
            return True
        names = next((at for at, trait in enumerate(above) if not (_is_signed(trait) or _is_label(trait))), 3)
        named = any(_is_signed(trait) or _is_named(trait) for trait in above[:names])
        return named and any(map(is_full, above[names : names + 1]))

    def _is_headlined(self, place: int, above: Sequence[Trait]) -> bool:
        """Whether one of the lines above a date is the headline: the text has its words, and below is another line."""
        below = "".join(_folded(trait.text) for trait in self._lines[place + 1 : place + 2])
        lines = (trait for trait in above if is_full(trait) and below not in _folded(trait.text))
        return any(self._shared(trait) >= _SAID for trait in lines)

    def _stands(self, at: int, *, dated: bool) -> float:
        """Whether it is the first of the lines around it, or of all but dates; else no stranger to the text."""
        place = self._place[at]
        below = next(iter(self._lines[place + 1 : place + 2]), None)
        behind = below.kind if below else None
        top = 2.0 if dated else 2.5
        if place == 0 and self._names_page(at):
            return top
        if behind in (Kind.NAV, Kind.WIDGET, Kind.PAGER, Kind.ANSWER) or (below and _LENGTH.fullmatch(below.text)):
            return -1.5
        if place == self._first and behind is not Kind.BUTTON:
            return top
        if not self._shared(self._found[at]):
            return -1.0
        above = self._above_head(place)
        if above is not None and self._lines[above].kind is Kind.DATE:
            return 1.2 if self._opens(above) else 0.0
        return 1.2 if not place or self._lines[place - 1].kind in MADE_OF_PAGE - {Kind.WIDGET, Kind.ALSO} else 0.0

    def _names_page(self, at: int) -> bool:
        """Whether a line is the first of all and has the look of a headline: browsers' titles are copied along so."""
        above = any(trait.kind is not Kind.BLANK for trait in self._found[:at])
        return not above and like(self._found[at]) and len(self._found[at].text.split()) >= 5


def _heads(trait: Trait) -> bool:
    return trait.head or trait.within is not None


def _is_standfirst(trait: Trait) -> bool:
    """Whether a line may stand between headline and date: a standfirst, or a name."""
    return trait.ends or trait.mass >= 40 or _is_named(trait)


def has_article(text: str) -> bool:
    """Whether a text begins as `The Lantern` does, and no person's name."""
    return fold(text.split(" ")[0]) in _ARTICLES


def _is_signed(trait: Trait) -> bool:
    """Whether a line says who wrote it, whatever else it says: `By Ada Lund Follow her on Sundays`."""
    rest = signs.after(trait.text, "by")
    return trait.kind is Kind.BYLINE or (rest is not None and people.is_name(" ".join(rest.split()[:2])))


def _is_label(trait: Trait) -> bool:
    """Whether a line has too few words for a headline: a name, a source, a section."""
    return trait.kind is Kind.SHORT and trait.mass < 24 and len(trait.text.split()) <= 3


def _is_named(trait: Trait) -> bool:
    """Whether a line has the look of a person's name."""
    if has_article(trait.text):
        return False
    return 1 <= trait.text.count(" ") <= 3 and people.is_name(trait.text) and trait.mass < 24


def _folded(text: str) -> str:
    return " ".join(fold(text).split())

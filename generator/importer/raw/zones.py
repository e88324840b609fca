"""Where the text of an article is: a page is cut where comments and boxes begin, and the best piece is taken."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.importer.raw import signs
from generator.importer.raw.traits import Kind, Trait
from generator.records import Record, replace

_PARAGRAPH = 120
"""How much text a long paragraph has."""

_BOX = 6
"""Lines of a box within a text, at most."""

_NOTICE = 30
"""How much text a notice has that stands between two paragraphs: `Advertisement`."""

_SHARE = {None: 1.0, Kind.WIDGET: 0.4, Kind.COMMENTS: 0.0}
"""What text counts below nothing, below the heading of a box, below the line of comments."""

A_TEXT = 400.0
"""How much text (`text_of`) shows that the article has been reached."""

_WHOLE = 1_000.0
"""How much text is a whole article."""

_ABOVE = 60
"""Lines above a text among which its headline is."""

_WORTH = {
    Kind.BLANK: 0.0,
    Kind.CONTENTS: 0.0,
    Kind.BULLET: 10.0,
    Kind.NAV: -40.0,
    Kind.NUMBER: -20.0,
    Kind.DATE: -40.0,
    Kind.TAGS: -40.0,
    Kind.PAGER: -60.0,
    Kind.ANSWER: -60.0,
}
"""How much more text than page a line of a kind is, where its length says nothing."""

_BREAK = 240.0
"""How much more page than text ends a text, whatever follows: twenty short lines, or six of a menu."""

_BREAK_BELOW = 100.0
"""The same below tags, or the way to the next article."""

_FOOT = frozenset({Kind.TAGS, Kind.PAGER, Kind.BUTTON, Kind.COMMENTS})
"""What stands below an article, and hardly above a box within it."""

_BESIDE = frozenset({Kind.NOTICE, Kind.CREDIT, Kind.BUTTON, Kind.NUMBER})
"""What may stand between a paragraph and a box within the text."""

_INTERRUPTS = frozenset(
    {*(Kind.DATE, Kind.BYLINE, Kind.NAV, Kind.WIDGET, Kind.PAGER), Kind.ANSWER, Kind.COMMENTS, Kind.ARCHIVE}
)
"""What stands above a text, below lines of the page, and hardly within the first of its paragraphs."""


_TIME = re.compile(r"\d{1,2}[:.]\d{2}")
"""When something happened, above what did."""


class Zone(Record, frozen=True):
    """A stretch of lines.

    Attributes:
        start: Its first line, behind what it is below.
        end: Behind its last line.
        below: What cut it off.
    """

    start: int
    end: int
    below: Kind | None


class Opening(Record, frozen=True):
    """Where a text begins for good.

    Attributes:
        text: Its first paragraph: nothing interrupts it before it is well under way.
        late: Lines up to there and of its beginning below a paragraph, where nothing interrupts the two.
    """

    text: int
    late: frozenset[int]


def settled(found: list[Trait]) -> list[Trait]:
    """The traits, where a word that heads boxes heads a part of the article."""
    filled = [at for at, trait in enumerate(found) if trait.kind is not Kind.BLANK]
    out = list(found)
    for place, at in enumerate(filled):
        trait = found[at]
        before = found[filled[place - 1]] if place else None
        behind = [found[other] for other in filled[place + 1 : place + 5]]
        if behind and before and _is_heading(trait, before, behind[0]):
            out[at] = replace(trait, kind=Kind.SHORT)
        elif _is_aside(trait, [found[other] for other in filled[max(0, place - 3) : place]], behind):
            out[at] = replace(trait, kind=Kind.ALSO)
    return _teased(out, filled)


def _teased(out: list[Trait], filled: Sequence[int]) -> list[Trait]:
    """The traits, where a paragraph above `Read more` is none of the text: there is another one on the page."""
    teasers = [
        at for place, at in enumerate(filled[:-1]) if out[at].kind is Kind.PROSE and _is_cut_off(out, filled, place + 1)
    ]
    prose = sum(out[at].mass for at in filled if out[at].kind is Kind.PROSE) - sum(out[at].mass for at in teasers)
    if len(teasers) >= 3 and prose >= _WHOLE:
        for at in teasers:
            out[at] = replace(out[at], teaser=True)
    return out


def _is_cut_off(out: Sequence[Trait], filled: Sequence[int], place: int) -> bool:
    """Whether a line leads to the rest of what is above it, and the text does not go on below it and a head."""
    if out[filled[place]].kind is not Kind.CUT:
        return False
    behind = (out[at] for at in filled[place + 1 :])
    text = next((trait for trait in behind if not trait.head and trait.kind is not Kind.CUT), None)
    return text is None or text.kind is not Kind.PROSE


def _is_heading(trait: Trait, before: Trait, behind: Trait) -> bool:
    if trait.kind in (Kind.WIDGET, Kind.READING):
        return " " not in trait.text and before.kind is Kind.PROSE is behind.kind and behind.mass >= 100
    if trait.kind is Kind.COMMENTS:
        plain = "#" not in signs.key(trait.text) and not trait.text.endswith((":", "："))
        return plain and behind.ends and behind.kind in (Kind.PROSE, Kind.SHORT) and before.ends
    return False


def _is_aside(trait: Trait, above: Sequence[Trait], behind: Sequence[Trait]) -> bool:
    """Whether a heading over other articles stands within the text: few of them, and then the text goes on."""
    if trait.kind is not Kind.WIDGET or signs.key(trait.text) not in signs.phrases("also"):
        return False
    lines = [other for other in above if other.kind not in _BESIDE]
    if not lines or lines[-1].kind not in (Kind.PROSE, Kind.BULLET):
        return False
    place = next((at for at, other in enumerate(behind) if other.kind is not Kind.SHORT), len(behind))
    text, *below = [*behind[place : place + 2], None, None][:2]
    is_teaser = below[0] is not None and below[0].kind is Kind.CUT
    return text is not None and text.kind is Kind.PROSE and text.mass >= 100 and not is_teaser


def zones(found: Sequence[Trait], start: int, end: int) -> list[Zone]:
    """The stretches between what cuts a page."""
    out: list[Zone] = []
    begin, below, most, run, is_text = start, None, 0.0, _Run(start), False
    for at in range(start, end):
        if (kind := _cuts(found, at, end, max(most, run.best[2]) if is_text else None)) is not None:
            edge = _edge(found, at)
            out.append(Zone(begin, edge, below))
            most = max(most, run.best[2])
            begin, below, run = edge + 1, kind, _Run(edge + 1)
        else:
            run.add(at, found[at])
            is_text = is_text or _is_text(found[at])
    return [*out, Zone(begin, end, below)]


def _cuts(found: Sequence[Trait], at: int, end: int, above: float | None) -> Kind | None:
    """Whether boxes or comments begin at a line; `above` it is that much text on end, or None at all."""
    kind = found[at].kind
    if kind is Kind.WIDGET or is_teased(found, at, end):
        return Kind.WIDGET
    if above is None:
        return None
    if kind is Kind.COMMENTS:
        return None if _leads_to_text(found, at + 1, end, above) else Kind.COMMENTS
    if above >= A_TEXT and is_talk(found, at):
        again = sum(is_talk(found, other) for other in range(at, min(at + 120, end)))
        return Kind.COMMENTS if again >= 3 else None
    return None


def _leads_to_text(found: Sequence[Trait], start: int, end: int, above: float) -> bool:
    """Whether the article begins below a line of comments: far more text than `above` it, and no names first."""
    if above < A_TEXT and _paragraphs(found, start, min(start + 40, end)) is not None:
        return True
    near = [trait for trait in found[start : min(start + 12, end)] if trait.kind is not Kind.BLANK][:6]
    is_talk = any(trait.head or trait.kind is Kind.ANSWER for trait in near)
    least = A_TEXT if above < A_TEXT else above * 3
    return not is_talk and text_of(found, start, min(start + 60, end))[2] >= least


def _edge(found: Sequence[Trait], at: int) -> int:
    """Where what begins at a line begins: a comment with the name above its day."""
    return at - 1 if at and found[at].kind is Kind.DATE and found[at - 1].kind is Kind.SHORT else at


def is_talk(found: Sequence[Trait], at: int) -> bool:
    """Whether a line is one that stands with a comment: a day with its time below a name, or beside `Reply`."""
    date = found[at].date
    if found[at].kind is not Kind.DATE:
        return found[at].kind is Kind.ANSWER
    if date is None or date.time is None:
        return False
    before = next((trait for trait in reversed(found[max(0, at - 3) : at]) if trait.kind is not Kind.BLANK), None)
    is_name = before is not None and before.kind is Kind.SHORT and not before.ends and before.mass < 40
    return is_name or signs.exact(found[at].text.replace("·", "|").rpartition("|")[2]) == "answers"


def _is_text(trait: Trait) -> bool:
    return trait.kind in (Kind.PROSE, Kind.BULLET) or (trait.kind is Kind.SHORT and trait.ends)


def is_teased(found: Sequence[Trait], at: int, end: int) -> bool:
    """Whether below a line such as `Read more` other articles follow, with dates and bylines of their own."""
    if found[at].kind not in (Kind.ALSO, Kind.CUT) or ":" in found[at].text:
        return False
    behind = [trait for trait in found[at + 1 : min(at + 12, end)] if trait.kind is not Kind.BLANK]
    return any(trait.head for trait in behind[:4])


def best(found: Sequence[Trait], cut: Sequence[Zone], head: int) -> int:
    """Which zone has the article that begins at `head`: the one with the most text, comments never.

    Boxes above the first text count full: menus have words that head boxes.
    """
    weights: list[float] = []
    before = 0.0
    for zone in cut:
        size = text_of(found, max(zone.start, head), zone.end)[2]
        is_first = zone.below is Kind.WIDGET and (before < A_TEXT or size > before * 2.5)
        weights.append(size * (1.0 if is_first else _SHARE[zone.below]))
        before = max(before, size)
    return max(range(len(cut)), key=lambda index: (weights[index], -index))


def above(found: Sequence[Trait], cut: Sequence[Zone], first: int, text: int) -> int:
    """The first of the lines above a text, which is in the last zone, that may be its headline: none above another one.

    Args:
        found: The lines of the page.
        cut: The zones of the page up to that of the text.
        first: The first line that is asked for.
        text: Where most of the text begins.
    """
    least = max(A_TEXT, text_of(found, text, cut[-1].end)[2] * 0.2)
    for zone in cut[:-1]:
        if text_of(found, zone.start, zone.end)[2] >= least:
            first = zone.end
    filled = [at for at in range(first, text) if found[at].kind is not Kind.BLANK]
    return filled[-_ABOVE] if len(filled) > _ABOVE else first


def goes_on(found: Sequence[Trait], zone: Zone, foot: int) -> int | None:
    """Where the article goes on within a zone behind a box: three paragraphs or sentences on end are no box.

    Not behind a foot; `foot` is where the text before the box ended.
    """
    is_box = zone.below is Kind.WIDGET
    onward = (_pair(found, zone) or _paragraphs(found, zone.start, zone.end)) if is_box else None
    is_below_foot = onward is not None and any(trait.kind in _FOOT for trait in found[foot : zone.start - 1])
    return None if is_below_foot else onward


def _pair(found: Sequence[Trait], zone: Zone) -> int | None:
    """The first of two long paragraphs on end, below a few short lines: a box within the text."""
    filled = [at for at in range(zone.start, min(zone.start + 24, zone.end)) if found[at].kind is not Kind.BLANK]
    box = next((place for place, at in enumerate(filled) if found[at].kind is Kind.PROSE), _BOX + 1)
    pair = [found[at] for at in filled[box : box + 2]]
    is_box = 0 < box <= _BOX and all(found[at].kind in (Kind.SHORT, Kind.NOTICE) for at in filled[:box])
    is_text = len(pair) == 2 and all(trait.kind is Kind.PROSE and trait.mass >= _PARAGRAPH for trait in pair)
    return filled[box] if is_box and is_text and all(trait.ends for trait in pair) else None


def _paragraphs(found: Sequence[Trait], start: int, end: int) -> int | None:
    """The first of three paragraphs or sentences on end, of which a time above one is a part; or of three long ones.

    Headings may stand between the long ones. What is short, right below a date, is a teaser.
    """
    run: list[int] = []
    long: list[int] = []
    is_dated = False
    for at in range(start, end):
        trait = found[at]
        if trait.kind in (Kind.BLANK, Kind.CREDIT) or (trait.kind is Kind.NOTICE and trait.mass < _NOTICE):
            continue
        is_text = trait.kind is Kind.PROSE or (trait.kind is Kind.SHORT and trait.ends)
        is_text = is_text and (trait.mass >= _PARAGRAPH or not is_dated)
        is_dated = trait.kind is Kind.DATE
        run = [*run, at] if is_text or _TIME.fullmatch(trait.text) else []
        if is_text or trait.kind is not Kind.SHORT:
            long = [*long, at] if is_text and trait.mass >= _PARAGRAPH else []
        if len(run) >= 3 and sum(found[other].mass for other in run) >= 150:
            return run[0]
        if len(long) >= 3:
            return long[0]
    return None


class _Run:
    """Lines one after the other, and the stretch among them that is most text."""

    def __init__(self, start: int) -> None:
        self.best = (start, start, 0.0)
        self._begin, self._total, self._most = start, 0.0, 0.0

    def add(self, at: int, trait: Trait) -> None:
        """The next line."""
        self._total += _worth(trait)
        if self._total <= 0.0 or self._total < self._most - _BREAK:
            self._begin, self._total, self._most = at + 1, 0.0, 0.0
        self._most = max(self._most, self._total)
        if self._total > self.best[2]:
            self.best = (self._begin, at + 1, self._total)


def text_of(found: Sequence[Trait], start: int, end: int) -> tuple[int, int, float]:
    """The stretch of lines that is most text and least page: its beginning, its end, and how much text it is."""
    run = _Run(start)
    for at in range(start, end):
        run.add(at, found[at])
    return run.best


def opening(found: Sequence[Trait], start: int, end: int) -> Opening:
    """Where the text that begins at `start` does so for good.

    What a date or a menu interrupts before it is well under way is a notice of the page, a standfirst or a teaser.
    """
    begin, size = None, 0
    text, most, above = start, 0, start
    late: list[int] = []
    for at in range(start, end):
        trait = found[at]
        if trait.kind in _INTERRUPTS or trait.within:
            begin, size = None, 0
            if trait.kind is Kind.DATE:  # right above it is a headline
                late = [line for line in late if line != above]
            continue
        above = at if trait.text else above
        if begin is not None:
            late.append(at)
        if trait.kind is Kind.PROSE and not trait.teaser:
            begin, size = at if begin is None else begin, size + trait.mass
            text, most = (begin, size) if size > most else (text, most)
        if most >= A_TEXT:
            break
    return Opening(text, frozenset(late))


def worth(found: Sequence[Trait], start: int, end: int) -> float:
    """How much more text than page some lines are."""
    return sum(_worth(trait) for trait in found[start:end])


def text_end(found: Sequence[Trait], start: int, end: int, parts: frozenset[int]) -> int:
    """Behind the last line of the text that begins at `start`: what follows it is more page than text.

    Not above one of `parts`, each the first line of a part of the text.
    """
    best_end, best_sum, total, least = start, 0.0, 0.0, _BREAK
    last = max(parts, default=start)
    above = None
    for at in range(start, end):
        total = best_sum if at in parts else total + _worth(found[at], above)
        above = above if found[at].kind is Kind.BLANK else found[at]
        if total >= best_sum and found[at].kind is not Kind.BLANK:
            best_end, best_sum, least = at + 1, total, _BREAK
        if found[at].kind in (Kind.TAGS, Kind.PAGER) and best_sum >= A_TEXT:
            least = _BREAK_BELOW
        if at > last and best_sum > 0.0 and total < best_sum - least:
            break
    return best_end


def _worth(trait: Trait, above: Trait | None = None) -> float:
    """How much more text than page a line is; one that ends with dots, below a paragraph, is a paragraph, too."""
    if trait.kind is Kind.PROSE:
        goes_on = above is not None and above.kind is Kind.PROSE and not _is_cut(above)
        return (
            -12.0
            if trait.teaser or (_is_cut(trait) and not goes_on)
            else max(0.0 if trait.torn else 40.0, float(trait.mass))
        )
    if trait.kind is Kind.SHORT:
        return 5.0 if trait.ends and not _is_cut(trait) else -12.0
    return _WORTH.get(trait.kind, -10.0)


def _is_cut(trait: Trait) -> bool:
    """Whether a line is the beginning of a text that stands elsewhere."""
    return trait.mass < 120 and trait.text.endswith(("…", "..."))

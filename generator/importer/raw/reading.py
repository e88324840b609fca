"""One article from its stretch of lines: every line goes into it, or into the report with a reason."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from typing import NoReturn

from generator.errors import ContentError, Problem, warning
from generator.importer import plain
from generator.importer.articles import Article, Dropped, Guess, Rival
from generator.importer.datelines import DateLine
from generator.importer.lines import altered, same, split
from generator.importer.raw import captions, feet, forms, heads, inserts, layout, lists, looks, sentences, titles, zones
from generator.importer.raw.chunks import Chunk
from generator.importer.raw.traits import MADE_OF_PAGE, Kind, Trait, traits
from generator.records import Record, field

LONGEST_SUMMARY = 400
"""Characters of a standfirst; a longer first paragraph is just that."""

_HEAD_TEXT = 700
"""How much text (`traits.mass`) may stand between the headline and the last line of a head: the standfirst."""

_TIME = re.compile(r"(?<!\d)\d{1,2}[:.]\d{2}(?!\d)")
"""When it was published, in a line of a head that has no date: `today at 12:34`."""

_HEADLINE = 24
"""How much text a headline is that is more than a label."""

_PAGE = 60.0
"""How much more page than text (`zones.worth`) between a head and most of its text is none of it."""


class Page(Record, frozen=True):
    """All lines of a text, and how often each stands in it."""

    found: Sequence[Trait]
    often: Counter[str]

    @classmethod
    def of(cls, text: str) -> Page:
        """A text made ready."""
        found = zones.settled(
            lists.listed(sentences.whole(traits(list(layout.parted(forms.undone(list(split(text))))))))
        )
        return cls(found, titles.repeats(found))


def read(page: Page, chunk: Chunk, carried: DateLine | None) -> tuple[Article, DateLine | None]:
    """The article of a chunk, and its date, if that stands above it; `carried` stands above several articles.

    Raises:
        ContentError: There is no headline.
    """
    reading = _Reading(page.found, page.often, chunk)
    reading.find()
    return reading.article(carried), reading.date if reading.dated < reading.title else None


class _Reading(Record):
    """What was found so far."""

    found: Sequence[Trait]
    often: Counter[str]
    chunk: Chunk
    is_page: bool = False
    title: int = -1
    rivals: tuple[int, ...] = ()
    date: DateLine | None = None
    dated: int = -1
    updated: DateLine | None = None
    authors: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    fate: dict[int, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def find(self) -> None:
        """Head, body and foot."""
        lines = self.found[self.chunk.start : self.chunk.end]
        self.is_page = any(trait.kind in MADE_OF_PAGE for trait in lines)
        cut = zones.zones(self.found, self.chunk.start, self.chunk.end)
        index = zones.best(self.found, cut, self.chunk.head)
        zone = cut[index]
        text = zones.text_of(self.found, max(zone.start, self.chunk.head), zone.end)[0]
        start = zones.above(self.found, cut[: index + 1], self.chunk.head, text)
        opening = zones.opening(self.found, text, zone.end)
        choice = titles.choose(self.found, self.often, start, opening, zone.end, self.chunk)
        if choice is None:
            self._refuse(zone)
        self.title, self.rivals = choice.at, choice.rivals
        self._above(start)
        self._body(self.title + 1, text, zone.end)
        for other in range(index + 1, len(cut)):
            if cut[other].below is Kind.COMMENTS:
                break
            if (onward := zones.goes_on(self.found, cut[other], self._last())) is not None:
                self._body(onward, onward, cut[other].end)
        self._marks(cut[index + 1 :])
        if self.date is None or self.dated >= self._last() or heads.is_nearer(self.found, self.title, self.dated):
            self._date_beside(max(text, self.title + 1))
        if len(self.body) > 2 and heads.about(self.found[self.body[-1]].text, self.authors):
            self.fate[self.body.pop()] = "about the author"
        if len(self.body) > 2 and not self.authors and (names := heads.signature(self.found, self.body)):
            self.authors.extend(names)
            self.fate[self.body.pop()] = Kind.BYLINE.value
        self._rest(cut, index)

    def _refuse(self, zone: zones.Zone) -> NoReturn:
        first = next((trait for trait in self.found[zone.start : zone.end] if trait.kind is Kind.PROSE), None)
        if first is not None and len(first.text) > looks.LONGEST:
            cause = f"begins with a line of {len(first.text)} characters, where a headline belongs"
            raise ContentError(Problem(cause, "put the headline on a line of its own above it", line=first.line.number))
        raise ContentError(
            Problem("has no headline", "put it on a line of its own above the text, below the date", line=1),
            *self.problems,
        )

    def _above(self, start: int) -> None:
        """Lines above the headline: of the page, but for the date and the byline that stand right there."""
        near, other = 0, False
        for at in range(self.title - 1, start - 1, -1):
            trait = self.found[at]
            if trait.kind is Kind.BLANK:
                continue
            if same(trait.text, self.found[self.title].text):
                self.fate[at] = "the headline again"
                continue
            near += trait.kind is not Kind.NUMBER and not looks.is_fact(self.found, at)
            other = other or looks.is_full(trait)
            if trait.head and near <= 4 and not other:
                self._take_head(at)
            elif trait.kind is Kind.DATE:
                self.fate[at] = "a date of the page"
            elif near <= 4 and (names := heads.signed(self.found, at) or heads.told(self.found, self.often, at)):
                self.authors.extend(names)
                self.fate[at] = Kind.BYLINE.value

    def _body(self, start: int, text: int, end: int) -> None:
        """Head lines below the headline, then the text, most of which begins at `text`, then the foot."""
        head = self._head_end(start, end)
        for at in range(start, head):
            self._in_head(at)
        if head < text and zones.worth(self.found, head, text) < -_PAGE:
            for at in range(head, text):
                self._in_foot(at)
            head = text
        last = feet.text_end(self.found, self.title, max(head, text), end, self.authors, is_page=self.is_page)
        last = feet.without_calls(self.found, head, last)
        self._text(head, last)
        for at in range(last, end):
            if self.found[at].kind is not Kind.BLANK:
                self._in_foot(at)

    def _head_end(self, start: int, end: int) -> int:
        """Behind the last line of the head: a standfirst may stand above it."""
        head, text, date = start, 0, self.date
        is_text = not self._is_of_page(self.dated)
        for at in range(start, end):
            trait = self.found[at]
            is_head = self._is_of_head(trait, date if text and is_text else None) or heads.is_signed(self.found, at)
            is_head = is_head or (head == at and heads.is_work(self.found, at))
            if is_head or (head == at and self._is_between(at, end, start)):
                head = at + 1
                date = date or trait.date
            elif trait.kind is Kind.BLANK:
                head = head + 1 if head == at else head
            else:
                text += max(trait.mass, 60)
                is_text = is_text or not trait.scrap
            if text > _HEAD_TEXT or (text and heads.is_comment(self.found, at + 1)):
                break
        return head

    def _is_of_page(self, at: int) -> bool:
        """Whether a date above the headline may be that of the page: another line stands between the two."""
        return at >= 0 and any(trait.text for trait in self.found[at + 1 : self.title])

    def _is_between(self, at: int, end: int, start: int) -> bool:
        """Whether a line is one of the page between a head and its text: no text itself, or short and above such."""
        trait = self.found[at]
        if trait.kind in feet.FOOT:
            return True
        above = any(self.found[other].head for other in range(max(start, at - 8), at))
        behind = next((other for other in self.found[at + 1 : min(at + 4, end)] if other.kind is not Kind.BLANK), None)
        if not above or not trait.scrap or behind is None:
            return False
        return behind.kind in feet.NEVER_TEXT or (
            self.is_page and looks.is_label(trait) and self.found[at - 1].kind is Kind.BYLINE
        )

    def _is_of_head(self, trait: Trait, date: DateLine | None) -> bool:
        """Whether a line is one of the head; not another day than `date`, which the article has already."""
        if trait.kind is Kind.DATE:
            return not (date and trait.date and date.day != trait.date.day and not trait.date.called)
        return trait.kind in (Kind.BYLINE, Kind.READING) or same(trait.text, self.found[self.title].text)

    def _in_head(self, at: int) -> None:
        trait = self.found[at]
        if trait.kind is Kind.BLANK:
            return
        if same(trait.text, self.found[self.title].text):
            self.fate[at] = "the headline again"
        elif trait.head or trait.kind is Kind.TAGS:
            self._take_head(at)
        elif trait.kind in feet.FOOT or captions.is_pictured(self.found, at, self.title):
            self.fate[at] = trait.kind.value
        elif names := heads.authors(self.found, at, range(self.chunk.start, self.chunk.end)):
            self.authors.extend(names)
            self.fate[at] = Kind.BYLINE.value
        elif heads.is_aside(trait) or (trait.scrap and (self._is_of_page_in_head(at) or _TIME.search(trait.text))):
            self.fate[at] = trait.kind.value
        else:
            self.body.append(at)

    def _is_of_page_in_head(self, at: int) -> bool:
        """Whether a short line is no standfirst: the author is right above it, or a head's line or a button above."""
        above = range(max(self.title, at - 8), at)
        named = next((self.fate.get(other) for other in reversed(above) if self.found[other].text), None)
        is_below = any(self.found[other].head or self.found[other].kind is Kind.BUTTON for other in above)
        return named == Kind.BYLINE.value or is_below

    def _take_head(self, at: int) -> None:
        trait = self.found[at]
        self.authors.extend(trait.people)
        self.tags.extend(trait.tags)
        self.fate[at] = self._take_date(at) if trait.date else trait.kind.value

    def _take_date(self, at: int) -> str:
        """Take a date where it is the first or better than the one before; what became of it."""
        trait, date = self.found[at], self.found[at].date
        if date is None or date.day is None:
            cause = f"{trait.text!r} reads as a date, but there is no such day"
            self.problems.append(warning(cause, "correct it in the source, or in the post", line=trait.line.number))
            return "a date that there is not"
        if date.updated:
            self.updated = self.updated or date
            return "read as the date of a change"
        if date.contradicts:
            cause = f"{trait.text!r} names another weekday than that day has"
            self.problems.append(warning(cause, "check the date in the post", line=trait.line.number))
        self.updated = self.updated or trait.changed
        if self.date is None or self._rank(at) > self._rank(self.dated):
            if self.date:
                self.fate[self.dated] = "the date again" if date.day == self.date.day else "a second date"
            self.date, self.dated = date, at
            return "read as the date"
        return "the date again" if date.day == self.date.day else "a second date"

    def _rank(self, at: int) -> tuple[bool, bool, bool, bool]:
        """Which of two dates of a head is the article's: one that is called so, below the headline, with a time.

        None of the facts that it tells.
        """
        date = self.found[at].date
        is_own = not looks.is_fact(self.found, at)
        return bool(date and date.called), at > self.title, is_own, bool(date and date.time)

    def _text(self, start: int, end: int) -> None:
        """The text without what a page puts between its paragraphs."""
        fate = inserts.inserts(self.found, self.often, start, end, self.authors)
        self.fate |= fate
        for at in range(start, end):
            trait = self.found[at]
            is_date = self.date is None and trait.date is not None and trait.date.called
            if at in fate or trait.kind is Kind.BLANK:
                continue
            if is_date or (trait.kind is Kind.TAGS and trait.tags):
                self._take_head(at)
            else:
                self.body.append(at)

    def _in_foot(self, at: int) -> None:
        trait = self.found[at]
        if trait.kind is Kind.DATE:
            self.authors.extend(() if self.authors else trait.people)
            is_own = self.date is None and not heads.is_comment(self.found, at)
            self.fate[at] = self._take_date(at) if is_own else "a date below the text"
        elif trait.kind is Kind.TAGS or trait.loose:
            self.tags.extend(trait.tags or trait.loose)
            self.fate[at] = Kind.TAGS.value
        elif trait.kind is Kind.BYLINE:
            self.authors.extend(() if self.authors or self._is_below_another(at) else trait.people)
            self.fate[at] = trait.kind.value
        else:
            self.fate[at] = trait.kind.value

    def _is_below_another(self, at: int) -> bool:
        """Whether the headline of another article stands below the text and above a line."""
        return any(looks.is_full(trait) and trait.mass >= _HEADLINE for trait in self.found[self._last() : at])

    def _date_beside(self, text: int) -> None:
        """The date of a line near the headline that has more than a head's words in it: `Viewpoint May 9, 2023`."""
        last = self._last() - 1 if self.date is None and len(self.body) > 1 else None
        at = heads.dated_beside(self.found, self.title, text, range(self.chunk.start, self.chunk.end), last)
        if at is not None:
            if self.date:
                self.fate[self.dated] = "a second date"
            self.date, self.dated = heads.day_of(self.found[at]), at
            self.fate[at] = "read as the date"
            self.body = [other for other in self.body if other != at]
        elif self.date is None:
            filled = [at for at, trait in enumerate(self.found[:text]) if trait.kind is not Kind.BLANK]
            lone = heads.lone_day(self.found, [at for at in filled[2:] if at >= self.chunk.start])
            if lone is not None:
                self.fate[lone] = self._take_date(lone)
            elif (at := heads.day_of_paper(self.found, range(self.chunk.start, self.title))) is not None:
                self.date, self.dated = self.found[at].within, at
                self.fate[at] = "read as the date"

    def _last(self) -> int:
        """Behind the last line of the text that was found so far."""
        return max(self.body, default=self.title) + 1

    def _marks(self, cut: Sequence[zones.Zone]) -> None:
        """Labels and the author's mark below the text belong to the article, up to what is written there."""
        for zone in cut:
            for at in range(zone.start, zone.end):
                trait = self.found[at]
                if trait.kind in (Kind.TAGS, Kind.BYLINE) or trait.loose:
                    self._in_foot(at)
                elif trait.kind is Kind.PROSE or (
                    zone.below is Kind.COMMENTS and trait.kind not in feet.FOOT | {Kind.BLANK}
                ):
                    return

    def _rest(self, cut: Sequence[zones.Zone], index: int) -> None:
        """What is neither text nor read: each line with its reason."""
        kept = {self.title, *self.body}
        for number, zone in enumerate(cut):
            for at in range(zone.start - (1 if zone.below else 0), zone.end):
                trait = self.found[at]
                if trait.kind is Kind.BLANK or at in kept or at in self.fate:
                    continue
                inside = number > index and at >= zone.start
                below = "below the line of comments" if zone.below is Kind.COMMENTS else "in a box of the page"
                plain_kind = trait.kind in (Kind.SHORT, Kind.PROSE, Kind.BULLET, Kind.DATE, Kind.BYLINE, Kind.TAGS)
                self.fate[at] = below if inside and (plain_kind or zone.below is Kind.COMMENTS) else trait.kind.value

    def article(self, carried: DateLine | None) -> Article:
        """What was found, as an article."""
        blocks = plain.blocks(layout.lines(self.found, self.body))
        if not blocks:
            line = self.found[self.title].line.number
            self.problems.append(
                warning("has a headline and no text", "check that the whole article was saved", line=line)
            )
        first = plain.text_of(blocks[0]) if blocks and isinstance(blocks[0], plain.Paragraph) else ""
        date = self.date or self._dateline(carried) or carried or self.updated or self._date_of_page()
        return Article(
            title=self.found[self.title].text,
            body=plain.markdown(blocks),
            date=date.moment if date else None,
            updated=self.updated.moment if self.updated else None,
            summary=first if 0 < len(first) <= LONGEST_SUMMARY else None,
            authors=tuple(dict.fromkeys(self.authors)),
            tags=tuple(dict.fromkeys(self.tags)),
            dropped=self._dropped(),
            guess=self._guess(),
            problems=tuple(self.problems),
        )

    def _dateline(self, carried: DateLine | None) -> DateLine | None:
        """The date of `ANKARA, May 9, 2023 (Agency) —`, where the text begins so; its year may be told above."""
        if not self.body:
            return None
        first = self.found[self.body[0]]
        found, day = layout.dateline(first.text)
        if day and not carried:
            cause = f"names its day, {day}, and no year"
            fix = "give the date with --date, or write it on a line above the text"
            self.problems.append(warning(cause, fix, line=first.line.number))
        return found.date if found else None

    def _date_of_page(self) -> DateLine | None:
        """The day that a line below the text calls that of the page."""
        at = heads.day_of_page(self.found, range(self._last(), self.chunk.end))
        if at is not None:
            self.fate[at] = self._take_date(at)
        return self.date or self.updated

    def _guess(self) -> Guess | None:
        """The other lines that may be the headline, where it is a guess."""
        lines = [self.found[at].line for at in self.rivals]
        rivals = tuple(Rival(line.number, line.text) for line in lines)
        return Guess(self.found[self.title].line.number, rivals) if rivals else None

    def _dropped(self) -> tuple[Dropped, ...]:
        told = [self.found[at].line.drop(reason) for at, reason in self.fate.items()]
        lines = [trait.line for trait in self.found[self.chunk.start : self.chunk.end]]
        changed = [entry for line in lines if (entry := altered(line))]
        formed = itertools.chain.from_iterable(line.told for line in lines)
        return tuple(sorted([*told, *changed, *formed], key=lambda entry: entry.line))

"""What each line of a page is, seen by itself and beside its neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache

from generator.importer import datelines
from generator.importer.datelines import DateLine
from generator.importer.lines import Line
from generator.importer.raw import beside, people, signs
from generator.importer.raw.forms import mail, wires
from generator.importer.tongues import every
from generator.records import Record, replace


class Kind(StrEnum):
    """Kinds of lines; the value is the reason in the report where one is dropped."""

    BLANK = "blank"
    PROSE = "text beside the article"
    SHORT = "a line of the page around the article"
    BULLET = "a list of the page around the article"
    DATE = "read as the date"
    BYLINE = "read as the byline"
    TAGS = "read as tags"
    COMMENTS = "the line of comments"
    ANSWER = "what stands with a comment"
    WIDGET = "a box of the page"
    NAV = "navigation of the page"
    BUTTON = "a button of the page"
    ALSO = "the way to another article"
    NOTICE = "a notice of the page"
    CREDIT = "the credit of a picture"
    READING = "how long it takes, or how often it was read"
    PAGER = "the way to other pages"
    CUT = "where the page cut the article off"
    ARCHIVE = "an archive of the page"
    NUMBER = "a number of the page"
    ADDRESS = "an address"
    MAIL = "the head of a mail"
    CONTENTS = "the contents of the article"


MADE_OF_PAGE = frozenset(
    {
        *(Kind.ANSWER, Kind.WIDGET, Kind.NAV, Kind.BUTTON, Kind.ALSO, Kind.NOTICE, Kind.READING, Kind.PAGER),
        *(Kind.ARCHIVE, Kind.NUMBER, Kind.CUT, Kind.CONTENTS),
    }
)
"""What shows that a text was copied with the page around it."""

_BY_SIGN = {
    "comments": Kind.COMMENTS,
    "said": Kind.ANSWER,
    "answers": Kind.ANSWER,
    "widgets": Kind.WIDGET,
    "nav": Kind.NAV,
    "buttons": Kind.BUTTON,
    "also": Kind.ALSO,
    "notices": Kind.NOTICE,
    "credits": Kind.CREDIT,
    "reading": Kind.READING,
    "pager": Kind.PAGER,
    "cut": Kind.CUT,
    "labels": Kind.TAGS,
    "filed": Kind.TAGS,
    "by": Kind.BYLINE,
    "posted": Kind.BYLINE,
    "entries": Kind.NOTICE,
    "published": Kind.DATE,
    "updated": Kind.DATE,
}
_MAY_DATE = frozenset({None, Kind.BUTTON, Kind.READING, Kind.CREDIT, Kind.NAV, Kind.PROSE, Kind.COMMENTS, Kind.TAGS})
_ENGLISH = frozenset({"the", "of", "and", "to", "in", "that", "was", "for", "said", "is", "on", "with", "by", "a"})
INSIDE = re.compile(r"(?<![A-Z.])[.!?؟।။]['\"”’»)]*\s+\S|[。！？]\S")
_BULLET = re.compile(r"[•‣◦▪●∙]\s*\S|[-*]\s+\S")
_ARCHIVE = re.compile(r"[►▼▸▾▶◀◄]\s?.{0,80}|.{1,60}\s?[(（]\d{1,6}[)）]")
_HASHTAGS = re.compile(r"#[^\W\d]\w*(?:[\s,]+#\w+)*")
_PAGES = re.compile(r"(?:\w{2,10}\s)?(?:\d{1,4}|\.{3}|…|[«»‹›←→])(?:\s(?:\d{1,4}|\.{3}|…|[«»‹›←→])){2,}(?:\s\w{2,10})?")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|@\w{2,30}|\S+@\S+\.\w+", re.IGNORECASE)
_RIGHTS = re.compile(r"(?:©|\(c\)|ⓒ|℗).{0,160}|.{0,40}©\s?\d{4}.{0,80}", re.IGNORECASE)
_ARROW = re.compile(r"[«‹←]\s?[^»›→]{2,120}|[^«‹←]{2,120}[^«‹←\s]\s?(?:[»›→]|>>)")
_BRACKETED = re.compile(r"\[[^\[\]]+\s[^\[\]]+\]|(?:\[[^\[\]]{3,}\]\s?){2,}")
"""What one adds to a text who copies it, and what can be pressed."""
_AMOUNT = re.compile(r"[^\W\d_]+(?:\s[^\W\d_]+)?\s?[:：]\s?\d[\d.,]*")
"""What is counted, and how many there are: `Posts: 1184`."""
_INITIALS = re.compile(r"\([A-Za-z]{2,10}\)|[a-z]{1,4}/[a-z]{1,4}")
"""Who wrote a piece, or sent it, or that there is more of it: `(MNS)`, `jl/mr`, `(MORE)`."""
_SECTION = re.compile(r"[^\w─━=—_*~＝]{0,3}\w[^─━=—_*~＝]{0,60}?\s?([─━=—_*~＝-])\1{4,}")
"""The heading of a part of a letter to many, with a ruler behind it: `News -----`."""
_BOX = re.compile(r"[▢□☐☑✓✔]\s*\S")
_PRESSED = re.compile(r"(?:[A-Za-z]{1,2}|[^\w\s])(?:\s(?:[A-Za-z]{1,2}|[^\w\s])){2,9}|(?:\d{1,2}x){2,6}")
_PHOTOGRAPHED = re.compile(
    r"[\s/（(。｜|][^\s。，]{2,12}\s?(?:摄|攝|撮影|供图|供圖|提供)[）)]?(?:\s?\d+年\d+月\d+日)?$"
)
_TAKEN_BY = re.compile(r"\(([^()/]{3,40}) / ([^()/]{3,40})\)$")
_PICTURE = re.compile(r".*[(（]?\b(?:\w+)\s?[:：]\s?[^.!?。]{2,60}[)）]?")


class Trait(Record, frozen=True):
    """A line and what it is.

    Attributes:
        line: As it is.
        kind: What it is.
        mass: How much text it is: letters, those of scripts without blanks counted thrice.
        ends: Whether it ends as a sentence does.
        date: That it tells.
        people: That it names as authors.
        tags: That it lists.
        loose: Tags that it lists where it stands in a foot (`Categories Culture`).
        within: A date among words that say more (`Viewpoint May 9, 2023`).
        begins: The date with which a line begins that says more, though it may be as long as text.
        changed: The date of a change, beside that of publication.
        torn: Whether its sentence begins on the line above.
        teaser: Whether it is the beginning of a text that stands elsewhere.
        part: Whether it is a heading that the contents of the article name.
        named: Whether it is called the headline.
        about: Whether it says what a mail is about.
    """

    line: Line
    kind: Kind
    mass: int = 0
    ends: bool = False
    date: DateLine | None = None
    people: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    within: DateLine | None = None
    begins: DateLine | None = None
    changed: DateLine | None = None
    torn: bool = False
    teaser: bool = False
    part: bool = False
    named: bool = False
    about: bool = False

    @property
    def text(self) -> str:
        """The clean line."""
        return self.line.text

    @property
    def head(self) -> bool:
        """Whether it is a line of an article's head: date, byline or both."""
        return self.kind in (Kind.DATE, Kind.BYLINE)

    @property
    def scrap(self) -> bool:
        """Whether it is too short for text, and no sentence."""
        return self.kind is Kind.SHORT and not self.ends and self.mass < 40


def mass(text: str) -> int:
    """How much text a line is."""
    letters = sum(map(str.isalnum, text))
    return (
        letters
        if text.isascii()
        else letters + 2 * sum("\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af" for char in text)
    )


def traits(lines: Sequence[Line]) -> list[Trait]:
    """What each line is."""
    day_first, head = _day_first(lines), mail.head(lines)
    found = [
        _of_mail(line, day_first=day_first)
        if at in head.fields
        else Trait(line, Kind.MAIL)
        if at in head.others
        else _named(line, day_first=day_first)
        if at in head.titled
        else replace(_alone(mail.about(line), day_first=day_first), about=True)
        if at in head.subjects
        else _alone(line, day_first=day_first)
        for at, line in enumerate(lines)
    ]
    for at in mail.sections(lines, head.titled) if head.subjects or head.fields or head.others else ():
        found[at] = found[at] if found[at].named else replace(found[at], kind=Kind.WIDGET)
    _tags_below(found)
    _days_below(found)
    _names_below(found)
    return found


def _day_first(lines: Sequence[Line]) -> bool | None:
    """Whether `9/5/2023` is in May: the page's other days say it, or that it is long and not in English; None: open."""
    if (said := datelines.order([line.text for line in lines[:2000]])) is not None:
        return said
    words = [word for line in lines[:400] for word in line.text[:2000].lower().split()]
    foreign = len(words) >= 30 and sum(word in _ENGLISH for word in words) < len(words) * 0.08
    return True if foreign else None


def _alone(line: Line, *, day_first: bool | None) -> Trait:
    text = line.text
    if not text:
        return Trait(line, Kind.BLANK)
    size, ends = mass(text), bool(beside.END.search(text))
    if found := _of_head(line, day_first=day_first):
        return replace(found, mass=size, ends=ends)
    kind = (
        _by_words(text)
        or _by_look(text)
        or (Kind.NUMBER if wires.is_code(text) else None)
        or (Kind.NOTICE if signs.asks_consent(text) else None)
    )
    if kind is None and ((size >= 25 and ends) or size >= 160 or (size >= 60 and INSIDE.search(text))):
        kind = Kind.PROSE
    loose = signs.after(text, "labels") if kind is None and not ends and len(text) <= 80 else None
    among = beside.among(text, day_first=day_first) if kind in _MAY_DATE else None
    begins = among if among and kind is not Kind.CREDIT and beside.is_first(text, among) else None
    return Trait(
        line,
        kind or Kind.SHORT,
        size,
        ends,
        loose=_listed(loose) if loose else (),
        within=among.date if among and (kind is not Kind.PROSE or (beside.is_told(among) and not begins)) else None,
        begins=begins.date if begins else None,
    )


def _named(line: Line, *, day_first: bool | None) -> Trait:
    """A line that is called the headline."""
    return replace(_alone(mail.titled(line), day_first=day_first), named=True)


def _of_mail(line: Line, *, day_first: bool | None) -> Trait:
    """A line of the head of a mail: when it was sent, or else nothing that readers need."""
    sent = datelines.find(line.text[: datelines.LONGEST], day_first=day_first)
    date = sent.date if sent and sent.date.day else None
    return Trait(line, Kind.DATE if date else Kind.MAIL, date=date)


def _of_head(line: Line, *, day_first: bool | None) -> Trait | None:
    """A line with the date, the authors or the tags of an article."""
    text = line.text
    is_entry = beside.is_entry(text)
    if len(text) > datelines.LONGEST and not is_entry:
        return None
    tags = tuple(text.replace("#", " ").split()) if _HASHTAGS.fullmatch(text) else _labels(text)
    if tags is not None:
        return Trait(line, Kind.TAGS, tags=tags)
    if is_entry or datelines.find(text, day_first=day_first):
        told = beside.told(text, day_first=day_first)
        return Trait(line, Kind.DATE, date=told.date, people=told.people, changed=told.changed) if told else None
    if (authors := people.posted(text) or people.byline(text)) and signs.sign(text) != "buttons":
        return Trait(line, Kind.BYLINE, people=authors)
    return None


def _labels(text: str) -> tuple[str, ...] | None:
    """The tags of `Labels: a, b` or `Filed under a, b`; none of a heading over tags; None for any other line."""
    head, colon, rest = text.partition("：" if "：" in text else ":")
    if colon and signs.key(head) in signs.phrases("labels") | signs.phrases("filed") and not _is_dated(rest):
        return _listed(signs.after(text, "labels") or signs.after(text, "filed") or "")
    filed = signs.after(text, "filed")
    if filed and len(filed) <= 100 and not beside.END.search(filed):
        return _listed(filed) if not datelines.find(filed, day_first=True) else None
    return None


def _is_dated(text: str) -> bool:
    """Whether what follows a label begins with a date, or goes on with what is called one."""
    found = datelines.find(text, day_first=True)
    return found is not None and (found.date.called or not text[: found.start].strip())


def _listed(text: str) -> tuple[str, ...]:
    """The tags of `boats, tides`; behind a bar labels may be called so again, or comments stand there."""
    first, *others = text.split(" | ")
    named = (signs.after(part, "filed") or part for part in others if signs.sign(part) not in ("comments", "answers"))
    parts = (part for side in (first, *named) for part in re.split(r"[,،、;|]|\s#", side))
    return tuple(tag for part in parts if (tag := part.strip(" .#")))


def _by_words(text: str) -> Kind | None:
    sign = signs.sign(text)
    if sign in ("by", "posted", "published", "updated") and len(text) < 8 and not text.endswith((":", "：")):
        return None
    if sign:
        return _BY_SIGN[sign]
    if signs.only(text, frozenset({"comments"})):
        return Kind.COMMENTS
    if signs.only(text, frozenset({"nav", "buttons", "pager", "widgets", "answers"})) or signs.menu(text):
        return Kind.NAV
    return Kind.BUTTON if signs.together(text) else None


def _by_look(text: str) -> Kind | None:
    for pattern, kind in (
        (_PRESSED, Kind.BUTTON),
        (beside.COUNTS, Kind.NUMBER),
        (_ADDRESS, Kind.ADDRESS),
        (_PAGES, Kind.PAGER),
        (_ARROW, Kind.PAGER),
        (_RIGHTS, Kind.NOTICE),
        (beside.LINKS, Kind.NAV),
        (_ARCHIVE, Kind.ARCHIVE),
        (_BRACKETED, Kind.NOTICE),
        (_AMOUNT, Kind.NUMBER),
        (_INITIALS, Kind.CREDIT),
        (_SECTION, Kind.WIDGET),
        (_BULLET, Kind.BULLET),
        (_BOX, Kind.BULLET),
    ):
        if pattern.fullmatch(text) if kind is not Kind.BULLET else pattern.match(text):
            return kind
    if "BlogThis!" in text:
        return Kind.BUTTON
    if len(text) <= 120 and beside.CRUMBS.fullmatch(text):
        return Kind.NAV
    return Kind.CREDIT if len(text) <= 250 and _credited(text) else None


def _credited(text: str) -> bool:
    """Whether a caption ends with who made the picture: `The mole at noon. Photo: Ada Lund`, `At noon. | ADA LUND`."""
    if any(_is_parted(text, mark) for mark in (" | ", " / ", " © ")):
        return True
    sentence, stop, last = text.rpartition(". ")
    if stop and sentence and signs.sign(last) == "credits":
        return True
    for colon in re.finditer(r"(\w+)(?:\s?[:：/]\s?|(?<=\bfot)\.\s?|(?<=\bzdj)\.\s?|\.{3}\s?)", text, re.IGNORECASE):
        rest = text[colon.end() :]
        if signs.key(colon[1]) in _credits() and 2 <= len(rest) <= 60 and not re.search(r"(?<![A-Z])[.!?]\s", rest):
            return True
    return (text.endswith(")") and _is_bracketed(text)) or _PHOTOGRAPHED.search(text[-32:]) is not None


def _is_parted(text: str, mark: str) -> bool:
    """Whether a mark parts a caption from who made the picture; behind `©` stands nobody else, whoever it is."""
    caption, _, name = text.rpartition(mark)
    if len(caption) <= 20 or mark in caption or datelines.find(name):
        return False
    if mark == " © " and len(name) <= 60 and not beside.END.search(name):
        return True
    return people.is_name(name) and not datelines.find(text)


def _is_bracketed(text: str) -> bool:
    """Whether brackets at the end hold who made a picture: `(Photo Ada Lund)`, `(Ada Lund / Ellery Post)`."""
    word, _, name = text[text.rfind("(") + 1 : -1].partition(" ")
    if signs.key(word) in _credits() and people.is_name(name):
        return True
    taken = _TAKEN_BY.search(text)
    return taken is not None and any(map(people.is_name, taken.groups()))


def _tags_below(found: list[Trait]) -> None:
    """A heading over tags, and the tags on the lines below it."""
    for at, trait in enumerate(found):
        if trait.kind is Kind.TAGS and not trait.tags:
            for below in range(at + 1, min(at + 9, len(found))):
                other = found[below]
                if other.kind is not Kind.SHORT or len(other.text.split()) > 3 or other.mass > 30:
                    break
                found[below] = replace(other, kind=Kind.TAGS, tags=(other.text.lstrip("#").strip(),))


def _days_below(found: list[Trait]) -> None:
    """A date of which the day, the month and the year stand on a line each, as beside the headlines of some blogs."""
    filled = [at for at, trait in enumerate(found) if trait.kind is not Kind.BLANK]
    for place, at in enumerate(filled[:-2]):
        if len(found[at].text) > 10 or not re.fullmatch(r"\d{1,2}|[^\W\d]{3,9}\.?", found[at].text):
            continue
        month, year = filled[place + 1], filled[place + 2]
        last = re.sub(r"^['’]?(?=\d\d$)", "'", found[year].text)
        if re.fullmatch(r"'\d\d|[12]\d{3}", last):
            date = datelines.read(f"{found[at].text} {found[month].text} {last}")
            if date and date.day:
                found[at], found[month] = (replace(found[part], kind=Kind.DATE) for part in (at, month))
                found[year] = replace(found[year], kind=Kind.DATE, date=date)


def _names_below(found: list[Trait]) -> None:
    """The name below a line that says no more than `Posted by`."""
    for at, trait in enumerate(found):
        sign = signs.exact(trait.text)
        if trait.people or not (sign == "posted" or (sign == "by" and " " not in trait.text)):
            continue
        below = next((other for other in range(at + 1, min(at + 4, len(found))) if found[other].text), at)
        name = found[below].text
        if found[below].kind is Kind.SHORT and people.is_name(name) and (" " in name or trait.kind is Kind.BYLINE):
            found[at] = replace(trait, kind=Kind.BYLINE)
            found[below] = replace(found[below], kind=Kind.BYLINE, people=(name,))


@cache
def _credits() -> frozenset[str]:
    """Words that stand before who made a picture."""
    words = (signs.key(phrase.strip(" …")) for phrase in every("credits"))
    return frozenset(word for word in words if word and " " not in word and word != "#")

"""Who wrote an article and when, where the lines of its head do not say so plainly."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence

from generator.importer.datelines import DateLine
from generator.importer.raw import looks, people, signs, zones
from generator.importer.raw.traits import Kind, Trait

_OTHERS = frozenset({Kind.COMMENTS, Kind.WIDGET, Kind.PAGER})
"""What other texts than the article stand below."""

_NICK = re.compile(r"[A-Za-z][A-Za-z\d]{0,15}_\w{1,16}|[a-z]{2,16}\d{1,6}")
"""What one is called on a site."""

_ABOUT = 500
"""Characters of a paragraph about the author, at most."""


def authors(found: Sequence[Trait], at: int, chunk: range) -> tuple[str, ...]:
    """The names that a line is alone, above the date and what they do, or of who wrote as is said elsewhere.

    Or that it is twice: at a picture of the author, and beside it.
    """
    trait = found[at]
    if trait.kind is Kind.SHORT and (working := people.at_work(trait.text)):
        return working
    name, _, place = re.sub(r"\s(?:in|à|en|aus)\s", "\n", trait.text, count=1).partition("\n")
    name = name.rstrip(".,:") if len(place.split()) <= 2 else ""
    alone = _alone(found, name, chunk)
    if alone and trait.kind is Kind.SHORT:
        return alone
    named = tuple(filter(is_person, people.split(name)))
    if trait.kind is not Kind.SHORT or not named or named != people.split(name):
        return ()
    behind = [other for other in found[at + 1 : at + 6] if other.kind is not Kind.BLANK][:2]
    below = "".join(other.text for other in behind[:1])
    if name in below and name != below:  # they all stand there
        return ()
    dated = [other.kind is Kind.DATE for other in behind]
    if dated[:1] == [True] or (dated == [False, True] and behind[0].scrap):
        return named
    again = below == trait.text or signed(found, at)
    return named if again or any(name in found[other].people for other in chunk) else ()


def _alone(found: Sequence[Trait], name: str, chunk: range) -> tuple[str, ...]:
    """The name within `Comment of Ada Lund` that is a line of the page by itself."""
    words = name.split(" ")
    ends = {" ".join(words[at:]) for at in (len(words) - 2, len(words) - 3) if at > 0} if is_person(name) else set()
    alone = next((found[at].text for at in chunk if found[at].text in ends and is_person(found[at].text)), None)
    return (alone,) if alone else ()


def signed(found: Sequence[Trait], at: int) -> tuple[str, ...]:
    """The name that a line is: with what one does, above that or an address; above a date, what a site calls one."""
    name = found[at].text
    if found[at].kind is Kind.SHORT and (named := people.at_work(name)):
        return named
    below = next((trait for trait in found[at + 1 : at + 3] if trait.kind is not Kind.BLANK), None)
    if below is None or found[at].kind is not Kind.SHORT or not is_person(name):
        return ()
    if _NICK.fullmatch(name):
        return (name,) if below.kind is Kind.DATE else ()
    is_work = below.kind is Kind.SHORT and " " not in below.text and people.is_role(below.text)
    is_mail = below.kind is Kind.ADDRESS and "@" in below.text[1:]
    return (name,) if " " in name and (is_work or is_mail) else ()


def told(found: Sequence[Trait], often: Counter[str], at: int) -> tuple[str, ...]:
    """The name that a line is alone, above several things said of them, where the page has both more than once."""
    below = next((trait for trait in found[at + 1 : at + 3] if trait.text), None)
    lines = (found[at], below) if below is not None and looks.is_full(below) and "," in below.text else ()
    is_told = bool(lines) and all(often[looks.folded(trait.text)] > 1 for trait in lines)
    return (found[at].text,) if is_told and found[at].kind is Kind.SHORT and is_person(found[at].text) else ()


def is_signed(found: Sequence[Trait], at: int) -> bool:
    """Whether a line is such a name, or right below one."""
    above = next((other for other in range(at - 1, max(-1, at - 3), -1) if found[other].text), at)
    return bool(signed(found, at) or (found[at].text and signed(found, above)))


def is_aside(trait: Trait) -> bool:
    """Whether a line of a head has no words, or cells as a menu; or it stands in brackets, or says who wrote it."""
    if not trait.mass or looks.is_row(trait):
        return True
    is_signed = trait.kind is Kind.SHORT and not trait.ends and looks.is_signed(trait)
    return is_signed or (trait.kind is Kind.SHORT and trait.text[0] == "(" and trait.text[-1] == ")")


def is_work(found: Sequence[Trait], at: int) -> bool:
    """Whether a line tells what the one does, or for whom, who is named in the byline above it: `Staff Writer`."""
    above = next((trait for trait in reversed(found[max(0, at - 2) : at]) if trait.text), None)
    below = next((trait for trait in found[at + 1 : at + 3] if trait.text), None)
    if above is None or above.kind is not Kind.BYLINE or not found[at].scrap:
        return False
    is_between = below is not None and below.kind is Kind.PROSE and len(found[at].text.split()) <= 3
    return is_between or people.is_role(found[at].text)


def signature(found: Sequence[Trait], body: Sequence[int]) -> tuple[str, ...]:
    """The name of two or three words with which a text ends, right below a sentence, and which is on no other line."""
    *_, above, last = (found[at] for at in body)
    name = last.text
    if not (above.ends and last.kind is Kind.SHORT and 1 <= name.count(" ") <= 2 and is_person(name)):
        return ()
    is_other = any(trait.text == name and trait is not last for trait in found)
    is_none = any(signs.exact(word) or (len(word) > 1 and word.isupper()) for word in name.split())
    return () if is_other or is_none else (name,)


def is_person(name: str) -> bool:
    """Whether a text is a person's name, of two words where the script has blanks, or what one is called on a site."""
    if _NICK.fullmatch(name):
        return True
    single = " " not in name and (name.upper() != name.lower() or len(name) > 6)
    return people.is_name(name) and not (single or looks.has_article(name) or people.is_role(name))


def about(text: str, authors: Sequence[str]) -> bool:
    """Whether a paragraph at the end of a text says who wrote it (`Ada Lund is a reporter at the Post`)."""
    names = [name for name in authors if " " in name and text.startswith(f"{name} ")]
    return len(text) <= _ABOUT and any(text[len(name) + 1 :][:1].islower() for name in names)


def dated_beside(found: Sequence[Trait], title: int, text: int, chunk: range, last: int | None) -> int | None:
    """The line near the headline that has a day; below `text`, up to what is not the article's, only a date line.

    Else a line that begins with one, and ends the text, whose end is in `last`, or stands right below it.
    """
    filled = [at for at in chunk if found[at].kind is not Kind.BLANK]
    place = filled.index(title)
    behind = filled[place + 1 : place + 20]
    stop = next((at for at in behind if at > text and _is_other(found, at)), chunk.stop)
    behind = [at for at in behind if at < stop]
    above = reversed(filled[max(0, place - 4) : place])
    for at in (*(at for at in behind if at <= text), *above, *(at for at in behind if at > text)):
        date = day_of(found[at])
        if looks.is_fact(found, at) and at > title:
            continue
        if date and date.day and (found[at].kind is Kind.DATE or at <= text or _is_told(found[at])):
            return at
    foot = [at for at in filled if last is not None and at >= last][:2]
    return next((at for at in foot if found[at].begins), None)


def _is_told(trait: Trait) -> bool:
    """Whether a line begins with a date that is called one, or has its time."""
    return trait.begins is not None and (trait.begins.called or trait.begins.time is not None)


def _is_other(found: Sequence[Trait], at: int) -> bool:
    """Whether a line below a text begins what is not the article's."""
    return found[at].kind in _OTHERS or is_comment(found, at)


def is_nearer(found: Sequence[Trait], title: int, dated: int) -> bool:
    """Whether between a headline and a date, above all text, a line begins with another date."""
    for trait in found[title + 1 : dated]:
        if trait.begins:
            return True
        if trait.kind is Kind.PROSE and trait.ends:
            break
    return False


def is_comment(found: Sequence[Trait], at: int) -> bool:
    """Whether a line is one of several that tell who wrote a comment and when, and above no line of comments."""
    if not (at < len(found) and zones.is_talk(found, at)):
        return False
    if any(trait.kind is Kind.COMMENTS for trait in found[at : at + 12]):
        return False
    near = range(max(0, at - 12), min(at + 12, len(found)))
    return sum(zones.is_talk(found, other) for other in near) > 1


def day_of_page(found: Sequence[Trait], places: range) -> int | None:
    """The line of some below a text that says of which day the page is (`Stand: …`), up to the comments.

    In a box there is only one day, or it is of another article.
    """
    called, days, boxed = None, set(), False
    for at in places:
        trait, date = found[at], day_of(found[at])
        if trait.kind is Kind.COMMENTS:
            break
        boxed = boxed or (trait.kind is Kind.WIDGET and called is None)
        if date and date.day:
            days.add(date.day)
            is_called = trait.kind is Kind.DATE and (date.called or date.updated)
            called = at if called is None and is_called else called
    return None if boxed and len(days) > 1 else called


def day_of_paper(found: Sequence[Trait], places: range) -> int | None:
    """The line of some above the headline that has, among other words, the only day of all: `No. 143, May 9, 2023`."""
    days = [at for at in places if found[at].within or found[at].date]
    return days[0] if len(days) == 1 and found[days[0]].within else None


def day_of(trait: Trait) -> DateLine | None:
    """The date of a line, whatever else it says."""
    return trait.date or trait.within or trait.begins


def lone_day(found: Sequence[Trait], places: Sequence[int]) -> int | None:
    """The first date line of some, where all of them tell the same day, or all those that call it one."""
    days: dict[dt.date, int] = {}
    called: dict[dt.date, int] = {}
    for at in places:
        date = found[at].date if found[at].kind is Kind.DATE else None
        if date is not None and date.day is not None:
            days.setdefault(date.day, at)
            if date.called and not date.updated:
                called.setdefault(date.day, at)
    return next((next(iter(told.values())) for told in (days, called) if len(told) == 1), None)

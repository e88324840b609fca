"""What stands beside a date on its line: who wrote it, its section, how often it was read; or a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from generator.importer import datelines
from generator.importer.datelines import DateLine, Found
from generator.importer.lines import fold
from generator.importer.raw import people, signs
from generator.importer.tongues import every
from generator.records import Record, replace

END = re.compile(r"[.!?…。！？؟۔।॥။។።][\"'”’“»«)\]」』）]*$|[”»」』]$")
"""The end of a sentence."""

COUNTS = re.compile(
    r"\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?)?|\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d{2})|[#\d][\d.,]*\s?[km]?|[·•|/\\–—_=*~+<>×✕★☆-]{1,5}",
    re.IGNORECASE,
)
"""A count, a time, a short day, a mark."""

LINKS = re.compile(r"(?:\[[^\[\]]{2,40}\]\s?){3,12}")
"""Ways through a site, each in brackets: `[Entries][Archive][Friends]`."""

CRUMBS = re.compile(r"[^.!?]{1,40}(?:\s[>›»/|→]\s[^.!?]{1,80}){1,6}|[^.!?>›]{1,40}(?:[>›][^.!?>›]{1,80}){2,6}")
"""Short pieces between bars: `Home > News > Boats`."""

_HIJRI = re.compile(r"\d{1,2}\s[^\W\d]+(?:\s[^\W\d]+)?\s\d{4}\s?هـ")
"""A day by the Islamic calendar, which newspapers print beside the other."""

_BAR = re.compile(r"\s?[|·•]")


class Told(Record, frozen=True):
    """What a date line tells: the date, that of a change beside it, and the authors."""

    date: DateLine
    changed: DateLine | None
    people: tuple[str, ...]


def told(text: str, *, day_first: bool | None) -> Told | None:
    """What a line tells that has a date and nothing that the head of an article does not have; None for any other.

    Or the sentence of a page about an article: `This entry was posted on May 9, 2023 by Ada Lund`.
    """
    if is_entry(text):
        return _entry(text, day_first=day_first)
    found, changed = datelines.told(text, day_first=day_first)
    if found is None or _is_signature(text, found):
        return None
    before, behind = text[: found.start], text[found.end :]
    if _reads_on(text, found):
        return None
    authors = _people(before, behind)
    if authors is None and _is_parted(text, found):
        authors = people.byline(before) or people.byline(behind)
    return Told(found.date, changed, authors) if authors is not None else None


def is_entry(text: str) -> bool:
    """Whether a line is what a page says in a sentence of when and by whom the article above it was posted."""
    return signs.sign(text) == "entries"


def _entry(text: str, *, day_first: bool | None) -> Told | None:
    found = datelines.find(text[: datelines.LONGEST], day_first=day_first)
    if found is None or found.date.day is None:
        return None
    return Told(replace(found.date, called=True), None, people.byline(text[found.end :].strip()))


def _reads_on(text: str, found: Found) -> bool:
    """Whether a line is a sentence: it ends as one, and no bar parts it from its date."""
    behind = text[found.end :]
    return text.endswith((".", "。")) and not _BAR.match(behind) and bool(re.search(r"\w{4}", _undated(behind)))


def among(text: str, *, day_first: bool | None) -> Found | None:
    """A date among other words of a line that is no sentence."""
    found, _ = datelines.told(text[: datelines.LONGEST], day_first=day_first)
    if found is None or found.date.day is None or _is_signature(text, found):
        return None
    return None if END.search(text) and not _BAR.match(text[found.end :]) else found


def is_told(found: Found) -> bool:
    """Whether a date is one of a page wherever it stands: called one, or with a time."""
    return found.date.called or found.date.time is not None


def is_first(text: str, found: Found) -> bool:
    """Whether a date begins a line, or stands behind no more than an author, a section, a bar."""
    before = text[: found.start].strip()
    if not before or before.endswith(("|", "·", "•", "/", "–", "—", " -")) or people.byline(before):
        return True
    words = before.split()
    return len(words) <= 6 and ":" not in before and all(word[0].isupper() or not word[0].isalpha() for word in words)


def _is_parted(text: str, found: Found) -> bool:
    """Whether a line that begins so calls its date one, or has it between bars: `Boats and tides | May 9, 2023`."""
    if found.date.called and is_first(text, found):
        return True
    bars = re.search(r"(?:^|[|/>›»→]\s?)$", text[: found.start]) and re.match(r"\s?(?:[|/>›»→]|$)", text[found.end :])
    return len(text) <= 120 and bars is not None and CRUMBS.fullmatch(text) is not None


def _is_signature(text: str, found: Found) -> bool:
    """Whether a line says who said what is above it, and when: `— Ada Lund, Ellery, May 9, 2023`."""
    return text.startswith(("—", "―", "– ")) and found.start > 2


def _people(before: str, behind: str) -> tuple[str, ...] | None:
    """The authors that stand around a date; None where something stands there that a head does not have."""
    authors: list[str] = []
    for side in (_undated(before), _undated(behind)):
        for part in _parting().split(_uncounted(side)):
            piece = _uncounted(part.strip(" :.-–—/")).rstrip(" /")
            named = people.posted(piece) or people.byline(piece) or people.beside(piece)
            if not named and signs.after(piece, "labels") is not None:
                break  # all that follows is labels, too
            if piece and not named and not _harmless(piece):
                return None
            authors += named
    return tuple(authors)


@cache
def _parting() -> re.Pattern[str]:
    """What parts that which stands beside a date: bars, commas, gaps, and the words before a section or a label."""
    sections = "|".join(re.escape(phrase) for phrase in every("section"))
    return re.compile(
        rf"\s[|·•–—/-]\s|[|·•,،()\[\]–—]|\s{{2,}}|\s(?=\w{{2,12}}\s?[:：])|\s(?=(?:{sections})\s)", re.IGNORECASE
    )


def _undated(text: str) -> str:
    """A text without further dates: `, updated May 10, 2023 at 2:33 PM`."""
    text = _HIJRI.sub(" | ", text)
    while found := datelines.find(text):
        text = f"{text[: found.start]} | {text[found.end :]}"
    return text


def _uncounted(piece: str) -> str:
    """What stands before a count of comments or a button: `Staff Writer 0 Comments bell`, `Ada Lund Share 3`."""
    words = piece.split()
    for at in range(len(words) - 1):
        if words[at].isdigit() and signs.key(" ".join(words[at : at + 2])) in signs.phrases("comments"):
            return " ".join(words[:at])
    while words and (pressed := next((at for at in range(len(words)) if _is_pressed(words[at:])), None)) is not None:
        words = words[:pressed]
    return " ".join(words)


def _is_pressed(words: Sequence[str]) -> bool:
    """Whether words are no more than a button, a count, how long it takes, a name elsewhere (`@ada`)."""
    if len(words) == 1 and (words[0].startswith("@") or words[0].isdigit()):
        return True
    text = " ".join(words)
    return len(words) <= 5 and (
        signs.exact(text) in ("buttons", "comments", "answers") or signs.sign(text) == "reading"
    )


def _harmless(piece: str) -> bool:
    """What may stand beside a date: a label, a count, a time, a sign of an author, another date, a name."""
    if (
        len(piece) <= 4
        or COUNTS.fullmatch(piece)
        or signs.sign(piece) not in (None, "notices")
        or fold(piece) in _weekdays()
        or any(signs.after(piece, kind) for kind in ("labels", "filed") if len(piece) <= 60)
        or re.fullmatch(r"\d{1,2}[:.h]\d{2}.{0,12}|[^\d.]{1,14}\d{1,2}:\d{2}|\d{1,4}\s[^\W\d]{4,16}", piece)
    ):
        return True
    if signs.after(piece, "updated") is not None:
        return True
    if found := datelines.find(piece):
        return not piece[: found.start].strip(" :") and not piece[found.end :].strip(" .")
    words = piece.split()
    if len(words) > 1 and words[0].lower() in _sections() and len(words) <= 4:
        return all(not word[0].islower() for word in words[1:2])
    return len(words) <= 4 and len(piece) <= (40 if piece.upper() != piece.lower() else 6) and people.is_name(piece)


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(fold(name) for names in every("weekdays") for name in names.split())


@cache
def _sections() -> frozenset[str]:
    return frozenset({"on", "by", "from", *every("section")})

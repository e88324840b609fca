"""Lines that are a date and nothing else. Words of a language are one entry of LANGUAGES, folded by `lines.fold`."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from generator.importer.lines import fold

LONGEST = 80
"""Characters of the longest line that may be a date line."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a language says around a date.

    Attributes:
        months: From January; spellings of one month in one text.
        weekdays: From Monday, likewise.
        leads: What may stand before a date (`Published on`), without a colon.
    """

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    leads: tuple[str, ...]


LANGUAGES = {
    "en": Words(
        (
            *("january jan", "february feb", "march mar", "april apr", "may", "june jun"),
            *("july jul", "august aug", "september sept sep", "october oct", "november nov", "december dec"),
        ),
        (
            "monday mon",
            "tuesday tues tue",
            "wednesday wed",
            "thursday thurs thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        ),
        ("date", "published", "published on", "posted", "posted on"),
    ),
    "de": Words(
        (
            *("januar janner jan", "februar feber feb", "marz maerz mrz", "april apr", "mai", "juni jun"),
            *("juli jul", "august aug", "september sept sep", "oktober okt", "november nov", "dezember dez"),
        ),
        (
            "montag mo",
            "dienstag di",
            "mittwoch mi",
            "donnerstag do",
            "freitag fr",
            "samstag sonnabend sa",
            "sonntag so",
        ),
        ("datum", "vom", "am", "veroffentlicht am", "erschienen am"),
    ),
    "tr": Words(
        (
            *("ocak oca", "subat sub", "mart mar", "nisan nis", "mayis may", "haziran haz"),
            *("temmuz tem", "agustos agu", "eylul eyl", "ekim eki", "kasim kas", "aralik ara"),
        ),
        ("pazartesi pzt", "sali sal", "carsamba car", "persembe per", "cuma cum", "cumartesi cmt", "pazar paz"),
        ("tarih", "yayin tarihi", "yayinlanma", "yayinlanma tarihi"),
    ),
}


def _numbered(lists: list[tuple[str, ...]], first: int) -> dict[str, int]:
    """Every spelling and its number in its list."""
    return {
        word: number for words in lists for number, spellings in enumerate(words, first) for word in spellings.split()
    }


MONTHS = _numbered([words.months for words in LANGUAGES.values()], 1)
WEEKDAYS = _numbered([words.weekdays for words in LANGUAGES.values()], 0)

_LEADS = "|".join(sorted((lead for words in LANGUAGES.values() for lead in words.leads), key=len, reverse=True))
_NAME = r"[^\W\d_]+"
_TIME = (
    r"(?:[t,]|[ ]?[-–|])?[ ]?(?:(?:at|um|saat)[ ])?[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?"
    r"[ ]?(?:[ap]\.?m\.?|uhr)?[ ]?(?:z|[a-z]{3,4}|(?:utc|gmt)?[+-][0-9]{2}:?[0-9]{2})?"
)
_FORMS = tuple(
    re.compile(
        rf"(?:(?:{_LEADS})[ ]?:?[ ])?(?:(?P<before>{_NAME})\.?,?[ ](?:den[ ]|the[ ])?)?{form}"
        rf"(?:,?[ ]\(?(?P<after>{_NAME})\)?)??(?:{_TIME})?[.,:]?"
    )
    for form in (
        rf"(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th|\.)?[ -]?(?:of[ ])?(?P<name>{_NAME})\.?,?[ -](?P<y>[12][0-9]{{3}})",
        rf"(?P<name>{_NAME})\.?[ ](?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?,?[ ](?P<y>[12][0-9]{{3}})",
        r"(?P<y>[12][0-9]{3})(?P<sep>[-/.])(?P<m>[0-9]{1,2})(?P=sep)(?P<d>[0-9]{1,2})",
        r"(?P<d>[0-9]{1,2})\.[ ]?(?P<m>[0-9]{1,2})\.[ ]?(?P<y>[12][0-9]{3})",
    )
)
"""`9 May 2023`, `May 9, 2023`, `2023-05-09`, `9.5.2023`. Not `5/9/2023`, which is two days, by the reader's country."""


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line of the shape of a date.

    Attributes:
        day: None where there is no such day.
        weekday: The one that the line names, from Monday as 0.
    """

    day: dt.date | None
    weekday: int | None

    @property
    def contradicts(self) -> bool:
        """Whether the weekday is not that of the day."""
        return self.day is not None and self.weekday is not None and self.day.weekday() != self.weekday


def read(text: str) -> DateLine | None:
    """The date that a whole line is; None for any other line."""
    if len(text) > LONGEST or not re.search("[0-9]", text):
        return None
    folded = fold(text)
    for form in _FORMS:
        match = form.fullmatch(folded)
        if match and (found := _date_line(match.groupdict())):
            return found
    return None


def _date_line(part: dict[str, str | None]) -> DateLine | None:
    """What the parts mean; None where a name is none of a month or weekday."""
    named = [WEEKDAYS.get(word) for word in (part["before"], part["after"]) if word]
    name = part.get("name")
    month = MONTHS.get(name) if name else int(part["m"] or 0)
    if None in named or month is None:
        return None
    weekday = named[0] if named else None
    try:
        return DateLine(dt.date(int(part["y"] or 0), month, int(part["d"] or 0)), weekday)
    except ValueError:
        return DateLine(None, weekday)

"""Dates as pages print them: a line that is one, or one within a line. The words are those of `tongues`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache

from generator.importer.lines import fold
from generator.importer.tongues import every, tongues
from generator.records import Record

LONGEST = 200
"""Characters of the longest line in which a date is looked for."""

_LONG = 2_000
"""Characters of a line in which days in numbers are looked for that say which number is the day."""


class DateLine(Record, frozen=True):
    """What a date says.

    Attributes:
        day: None where there is no such day.
        weekday: The one that the line names, from Monday as 0.
        time: Of the day, where it stands with the date.
        zone: Of the time, where it is named by one that is known.
        updated: Whether it is called the date of a change.
        called: Whether it is called a date (`Published on`, and not only `on`).
    """

    day: dt.date | None
    weekday: int | None = None
    time: dt.time | None = None
    zone: dt.timezone | None = None
    updated: bool = False
    called: bool = False

    @property
    def contradicts(self) -> bool:
        """Whether the weekday is not that of the day."""
        return self.day is not None and self.weekday is not None and self.day.weekday() != self.weekday

    @property
    def moment(self) -> dt.datetime | dt.date | None:
        """The instant, the local time or the bare day that it means."""
        if self.day is None or self.time is None:
            return self.day
        return dt.datetime.combine(self.day, self.time, self.zone)


class Found(Record, frozen=True):
    """A date within a line, from `start` to `end`."""

    start: int
    end: int
    date: DateLine


_NAME = r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0900-\u0963\u1000-\u109f])*"
"""A word; accents of Greek capitals that stand by themselves, and vowels of Indic scripts, are no letters to `re`."""

_YEAR = rf"(?P<y>[12१२]\d{{3}}|[٠-٩۰-۹]{{4}})(?!\d(?!\d?(?:\.?\s{_NAME}|:\d\d|[./]\d{{1,2}}[./])))"
_SHORT = r"(?P<yy>\d{2})(?![\d.]\d|[\d/])"
_DAY = r"(?<!\d)(?:(?<!\d[.,/:-])|(?<=\d:\d\d-))(?P<d>\d{1,2})"
_MONTH = rf"(?P<name>{_NAME}(?:\s(?:الثاني|الأول|الاول))?)"
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "民國": 1911, "民国": 1911}
"""The year before the first of an era, by which Japan counts, and Taiwan: `令和3年` is 2021."""

_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_DAY}(?:st|nd|rd|th|er|º|ª|°)?(?:\.\s?|\s?[-/]\s?|,?\s)(?:(?:of|de|di|del|den)\s|d['’])?{_MONTH}\.?"
        rf"(?:\s?/\s?{_NAME}(?:\s(?:الثاني|الأول|الاول))?)?[,،]?\s?[-/]?\s?(?:(?:de|del|di)\s)?{_YEAR}",
        rf"(?:(?<!\w)|(?-i:(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z][A-Z])(?=[A-Z][a-z])))"
        rf"{_MONTH}[.,]?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:\s?[,،]\s?|\s)"
        rf"(?:(?:mon|tue|wed|thu|fri|sat|sun),?\s)?{_YEAR}",
        r"(?:(?<!\d)|(?=\d{4}\.\d\d\.\d\d\s\d\d:\d\d:\d\d))(?P<y>[12]\d{3}|0000)(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d(?!\d?:\d\d)|\s?هـ)",
        r"(?<!\d)(?P<y>[12]\d{3}|[٠-٩۰-۹]{4})\s?[/-]\s?(?P<m>\d{1,2})\s?[/-]\s?(?P<d>\d{1,2})(?!\d|\s?هـ)",
        r"(?<!\d)(?P<y>[12]\d{3})(?:\s?[(（]\w{2,6}[)）])?\s?[年년](?:\s?[(（]\w{2,6}[)）])?"
        r"\s?(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日号號일]",
        rf"(?:中[華华])?(?P<era>{'|'.join(_ERAS)})\s?(?P<y>\d{{1,3}}|元)\s?年(?:\s?[(（]\w{{4,6}}[)）])?"
        r"\s?(?P<m>\d{1,2})\s?月\s?(?P<d>\d{1,2})\s?日",
        r"(?<![\d/-])(?P<roc>1\d\d)(?P<sep>[/-])(?P<m>\d{2})(?P=sep)(?P<d>\d{2})(?![\d/-])",
        r"(?<!\d)(?P<y>[12]\d{3})\.\s(?P<m>\d{1,2})\.\s(?P<d>\d{1,2})(?!\d)\.?",
        rf"{_DAY}\.\s?(?P<m>\d{{1,2}})\.\s?{_YEAR}",
        rf"{_DAY}\stháng\s(?P<m>\d{{1,2}})(?:,\s?|\snăm\s|\s){_YEAR}",
        rf"{_DAY}(?P<sep>[/-])(?P<two>\d{{1,2}})(?P=sep){_YEAR}",
        rf"(?<!\d)(?P<y>[12]\d{{3}})\.?,?\s{_MONTH}\.?\s(?P<d>\d{{1,2}})(?!\d)\.?",
        rf"{_DAY}\.?\s{_MONTH}\.?,?\s['’](?P<yy>\d{{2}})(?!\d)",
        rf"(?<!\w){_MONTH}\.?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s['’](?P<yy>\d{{2}})(?!\d)",
        rf"{_DAY}(?P<sep>/)(?P<two>\d{{1,2}})/{_SHORT}",
        rf"(?:^|(?<=[,:|–-]\s)|(?<=\b(?:am|im|du|le)\s)|(?<=\b(?:vom|den)\s)|(?<=\bd\.\s)){_DAY}(?P<sep>\.)(?P<two>\d{{1,2}})\.{_SHORT}",
    )
)
"""`9 May 2023`, `May 9, 2023`, `2023-05-09` (twice), `2023年5月9日`, `9.5.2023`, `9 tháng 5, 2023`, `9/5/2023`,
`2023 May 9`, `9 May '23`, `May 9, '23`, `9/5/23`, `9.5.23`; by era `令和5年5月9日`, `112/05/09`.

A count may run into a day with its time to the second (`12023.05.09 14:33:00`).
A year may run into the day of a second date or a time (`9 mai 202310 mai 2023`, `9 mai 202310:22`), and what is before
a date into its month (`TrendsMay 9, 2023`).
Versions (`2.7.18`) look like the last, which therefore stands at the beginning, behind a comma or the like."""

_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?![\d/])")

_ZONES = {
    name: int(hours)
    for name, hours in re.findall(
        r"(\w+):([+-]\d+)",
        "z:+0 utc:+0 gmt:+0 wet:+0 west:+1 cet:+1 mez:+1 cest:+2 mesz:+2 eet:+2 eest:+3 msk:+3 trt:+3 jst:+9 kst:+9 "
        "edt:-4 est:-5 cdt:-5 mdt:-6 mst:-7 pdt:-7 pst:-8",
    )
}
"""Hours east of Greenwich. Not CST, IST and BST, which are three zones each."""


@cache
def _numbers(kind: str) -> dict[str, int]:
    """Every spelling of the months or weekdays and its number, from 1 or 0."""
    first = 1 if kind == "months" else 0
    return {
        fold(word): number
        for tongue in tongues().values()
        for number, spellings in enumerate(getattr(tongue, kind), first)
        for word in spellings.split()
    }


@cache
def _words(*kinds: str) -> str:
    """An alternation of phrases, the longest first."""
    phrases = {phrase.rstrip(": ") for kind in kinds for phrase in every(kind) if re.search(r"\w", phrase)}
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))


@cache
def _leads() -> frozenset[str]:
    return frozenset(fold(phrase).rstrip(" :…") for phrase in (*every("published"), *every("updated")))


@cache
def _updates() -> frozenset[str]:
    return frozenset(fold(phrase).rstrip(" :…") for phrase in every("updated"))


@cache
def _time() -> re.Pattern[str]:
    """A time behind a date, with what parts the two, which half of the day it is in, and its zone."""
    half = _words("am", "pm")
    minutes = r"(?::|\.|\s?h(?!\w)\s?|h|\s?[時点點시]\s?)(?P<M>\d{2})(?!\d)(?::(?P<S>\d{2})(?:\.\d+)?)?\s?[分분]?"
    return re.compile(
        rf"\s?(?:[|,;،、(–—·•/@-]|t(?=\d))?\s?(?:(?:{_words('at')})(?!\w)\s?:?\s?)?(?:(?P<before>{half})\s?)?"
        rf"(?<!\d)(?P<H>\d{{1,2}})(?:{minutes}|\s?(?:h|uhr)(?!\w)|(?=\s?[ap]\.?m\b))"
        rf"(?:\s?(?P<after>{half})(?!\w))?(?:\s?(?:{_words('clock')})(?!\w))?\.?"
        r"(?:\s?\(?(?P<zone>(?:utc|gmt)?\s?[+-]\d{1,2}(?::?\d{2})?|z|(?-i:[A-Z]{3,4}))(?!\w)\)?)?\)?",
        re.IGNORECASE,
    )


@cache
def _earlier() -> re.Pattern[str]:
    """A time before its date, as in `14:33 09.05.2023` or `8:42 a.m. EDT May 9, 2023`."""
    return re.compile(
        rf"(?<![\d:])(?P<H>\d{{1,2}}):(?P<M>\d{{2}})(?P<S>)(?P<before>)(?:\s?(?P<after>{_words('am', 'pm')})(?!\w)\.?)?"
        r"(?:\s(?P<zone>(?-i:[A-Z]{2,4})))?\s?[,|·•–-]?\s?$",
        re.IGNORECASE,
    )


@cache
def _weekday() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A weekday before a date and one behind it; whether a name is one is looked up."""
    name = rf"{_NAME}(?:-feira|['’]{_NAME})?"
    return (
        re.compile(rf"(?P<name>{name})[.,،、]?\s?(?:(?:den|the|le|el|il|dia|d\.)\s)?$", re.IGNORECASE),
        re.compile(rf"\s?[,،(（]?\s?(?P<name>{name})\s?[)）]?(?!\w)", re.IGNORECASE),
    )


def find(text: str, *, day_first: bool | None = None) -> Found | None:
    """The first date within a line, with its weekday, time and what calls it a date; None in a long line.

    Args:
        text: The line.
        day_first: Whether `9/5/2023` is in May, or in September; None leaves it open but for what the line says.
    """
    if len(text) > LONGEST or not re.search(r"\d", text):
        return None
    found: list[tuple[int, re.Match[str], DateLine]] = []
    for form in _FORMS:
        at = 0
        while match := form.search(text, at):
            if date := _date(match.groupdict(), text, day_first=day_first):
                found.append((match.start(), match, date))
                break
            at = match.start() + 1
    if not found:
        return None
    start, match, date = min(found, key=lambda entry: (entry[0], -entry[1].end()))
    return _around(text, start, match.end(), date)


_BAR = re.compile(r"[|·•/–—]\s?$")


def told(text: str, *, day_first: bool | None = None) -> tuple[Found | None, DateLine | None]:
    """The date of publication within a line, and that of a change beside it: the words before each say which is which.

    The first of a line is of publication, unless it is called one of a change, and another is called so, or stands
    behind a bar and is no later.
    """
    first = find(text, day_first=day_first)
    changed = first.date if first and first.date.updated else None
    at = first.end if first else len(text)
    while other := find(text[at:], day_first=day_first):
        found = Found(at + other.start, at + other.end, other.date)
        if changed and not other.date.updated and (other.date.called or _is_before(text, found, changed)):
            return found, changed
        if other.date.updated and first and _follows(other.date, first.date):
            return first, other.date
        at = found.end
    return first, None


def _is_before(text: str, found: Found, changed: DateLine) -> bool:
    """Whether a date stands behind a bar and is no later than that of a change."""
    return _BAR.search(text[: found.start]) is not None and _follows(changed, found.date)


def _follows(changed: DateLine, date: DateLine) -> bool:
    return changed.day is not None and date.day is not None and changed.day >= date.day


def read(text: str, *, day_first: bool | None = None) -> DateLine | None:
    """The date that a whole line is; None for any other line. `day_first` as of `find`."""
    found = find(text, day_first=day_first)
    if found is None or text[: found.start].strip(" :|·•–—-("):
        return None
    return None if text[found.end :].strip(" .,:;|·•–—-)") else found.date


def yearless(text: str) -> str | None:
    """The day and month of `ANKARA, May 9 (Agency) —`, as written; they are no date."""
    for match in re.finditer(rf"\d{{1,2}}\.?\s({_NAME})|({_NAME})\.?\s\d{{1,2}}(?!\d)", text):
        if fold(match[1] or match[2]) in _numbers("months"):
            return match[0]
    return None


def order(lines: Sequence[str]) -> bool | None:
    """Whether the days of a page put the day first, as those say that have a number above twelve or are written out.

    None where none says it, or one says this and another that.
    """
    said: set[bool] = set()
    short = [line for line in lines if len(line) <= LONGEST]
    numbers = {match.groups() for line in lines if "/" in line for match in _SLASHED.finditer(line[:_LONG])}
    named = {found.date.day for line in short if (found := find(line))} - {None} if numbers else set()
    for parts in numbers:
        one, two, year = map(int, parts)
        year = _whole(year)
        first, last = _checked(year, two, one).day, _checked(year, one, two).day
        if first and last and first != last:
            said |= {True} if first in named and last not in named else set()
            said |= {False} if last in named and first not in named else set()
        elif first != last:
            said.add(first is not None)
    return said.pop() if len(said) == 1 else None


def _whole(year: int) -> int:
    """The year of `23`: from 1970 to 2069."""
    return year if year > 99 else year + (1900 if year >= 70 else 2000)


def _year(part: dict[str, str | None]) -> int:
    """The year that is written out, in two numbers, by an era, or by Taiwan's reckoning."""
    if roc := part.get("roc"):
        return _ERAS["民國"] + int(roc)
    if era := part.get("era"):
        return _ERAS[era] + (1 if part["y"] == "元" else int(part["y"] or 0))
    return int(part.get("y") or _whole(int(part.get("yy") or 0)))


def _date(part: dict[str, str | None], text: str, *, day_first: bool | None) -> DateLine | None:
    """What the parts mean; None where a name is no month or the order is open."""
    year, day = _year(part), int(part["d"] or 0)
    if part.get("two"):
        month = int(part["two"] or 0)
        found = _ordered(day, month, year, day_first=True if _day_first(text) else day_first)
        found = found or _by_weekday(day, month, year, text)
        is_open = part.get("yy") and (found is None or found.day is None or (part["sep"] == "." and day == month))
        return None if is_open else found
    name = part.get("name")
    month = _numbers("months").get(fold(name).replace(" ", "-"), 0) if name else int(part["m"] or 0)
    return None if name and not month else _checked(year, month, day)


def _ordered(one: int, two: int, year: int, *, day_first: bool | None) -> DateLine | None:
    """`9/5/2023`: a day where one number can be no month, or where page or language say which is the day."""
    if one > 12 or one == two or (day_first and two <= 12):
        return _checked(year, two, one)
    return _checked(year, one, two) if two > 12 or day_first is False else None


def _by_weekday(one: int, two: int, year: int, text: str) -> DateLine | None:
    """Which of its two days `Tue, 9/5/2023` is, where only one of them is a Tuesday."""
    words = re.split(r"\d", text, maxsplit=1)[0].strip(" ,.").split()
    weekday = _numbers("weekdays").get(fold(words[-1])) if words else None
    dates = (_checked(year, one, two), _checked(year, two, one))
    fits = [date for date in dates if date.day and date.day.weekday() == weekday]
    return fits[0] if len(fits) == 1 else None


def _day_first(text: str) -> bool:
    """Whether a line calls its date in a language other than English, all of which put the day first."""
    lead = fold(re.split(r"\d", text, maxsplit=1)[0]).strip(" :")
    return lead in _leads() and lead not in _english()


@cache
def _english() -> frozenset[str]:
    tongue = tongues()["en"]
    return frozenset(fold(phrase) for phrase in (*tongue.published, *tongue.updated))


def _checked(year: int, month: int, day: int) -> DateLine:
    try:
        return DateLine(dt.date(year, month, day))
    except ValueError:
        return DateLine(None)


def _around(text: str, start: int, end: int, date: DateLine) -> Found:
    """The date with the words around it that belong to it."""
    before, after = _weekday()
    weekday = None
    left = before.search(text[:start])
    if left and (weekday := _numbers("weekdays").get(fold(left["name"]))) is not None:
        start = left.start()
    if weekday is None:
        right = after.match(text, end)
        if right and _is_said(right, text) and (weekday := _numbers("weekdays").get(fold(right["name"]))) is not None:
            end = right.end()
    years = re.compile(rf"\s?(?:{_words('after')})(?!\w)\.?", re.IGNORECASE).match(text, end)
    end = years.end() if years else end
    clock = _time().match(text, end) or _earlier().search(text[:start])
    time, zone = _clock(clock) if clock else (None, None)
    if clock and clock.re is _earlier():
        start = clock.start()
    elif clock:
        end = clock.end()
    start, called, updated = _called(text, start)
    return Found(start, end, DateLine(date.day, weekday, time, zone, updated, called))


def _is_said(right: re.Match[str], text: str) -> bool:
    """Whether a name behind a date may be a weekday: two letters may be a word, where more follows, and no comma."""
    name = right["name"]
    return len(name) > 2 or not name.isascii() or not right[0][:1].isspace() or not text[right.end() :].strip()


def _called(text: str, start: int) -> tuple[int, bool, bool]:
    """Where the words before a date begin that call it one, whether there are any, and whether of a change."""
    head = text[:start].rstrip(" :：\u200f")
    for begin in [word.start() for word in re.finditer(r"\S+", head)][-4:]:
        lead = fold(head[begin:]).strip(" :|·•,-([")
        updated = lead in _updates() or lead.rsplit(" ", 1)[0] in _updates()
        if updated or lead in _leads():
            return begin, len(lead) > 3 or not lead.isascii(), updated
    return start, False, False


def _clock(match: re.Match[str]) -> tuple[dt.time | None, dt.timezone | None]:
    """A time of the day; none where no clock shows it, or where its zone is one that we do not know."""
    hour = int(match["H"])
    half = fold(match["before"] or match["after"] or "").strip(". ")
    if half:
        afternoon = half in {fold(phrase).strip(". ") for phrase in every("pm")}
        hour = hour % 12 + (12 if afternoon else 0) if hour <= 12 else hour
    zone = _zone(match["zone"])
    if zone is None and match["zone"]:
        return None, None
    try:
        return dt.time(hour, int(match["M"] or 0), int(match["S"] or 0)), zone
    except ValueError:
        return None, None


def _zone(text: str | None) -> dt.timezone | None:
    if not text:
        return None
    name = text.lower().replace(" ", "")
    offset = re.fullmatch(r"(?:utc|gmt)?([+-])(\d{1,2}):?(\d{2})?", name)
    if offset:
        delta = dt.timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        return dt.timezone(-delta if offset[1] == "-" else delta) if delta <= dt.timedelta(hours=15) else None
    return dt.timezone(dt.timedelta(hours=_ZONES[name])) if name in _ZONES else None

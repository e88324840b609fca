"""Dates as feeds, sitemaps and structured data write them, read strictly."""

from __future__ import annotations

import datetime as dt
import re

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_RFC822 = re.compile(
    r"(?:(?P<weekday>[A-Z][a-z]{2}), )?(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]{2}) (?P<year>\d{4}) "
    r"(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))? (?P<zone>GMT|[+-]\d{4})",
    re.ASCII,
)
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_W3C = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?", re.ASCII)
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)", re.ASCII)


class BadDateError(ValueError):
    """Not a date of its format; the message says why, fit to follow the date."""


def rfc822(text: str) -> int:
    """A date of RSS in seconds since 1970.

    Raises:
        BadDateError: It is none, or its weekday is not the date's.
    """
    match = _RFC822.fullmatch(text)
    if not match or match["month"] not in _MONTHS:
        raise BadDateError("is no date of RFC 822 with a year of four digits and an offset")
    month = _MONTHS.index(match["month"]) + 1
    zone = "+0000" if match["zone"] == "GMT" else match["zone"]
    clock = f"{match['hour']}:{match['minute']}:{match['second'] or '00'}"
    day = f"{match['year']}-{month:02}-{int(match['day']):02}"
    when = _instant(f"{day}T{clock}{zone[:3]}:{zone[3:]}")
    if match["weekday"] and (right := _DAYS[dt.date.fromisoformat(day).weekday()]) != match["weekday"]:
        raise BadDateError(f"has the wrong day of the week; it is {right}")
    return when


def rfc3339(text: str) -> int:
    """A date of Atom or JSON Feed in seconds since 1970.

    Raises:
        BadDateError: It is none.
    """
    if not _RFC3339.fullmatch(text):
        raise BadDateError("is no date of RFC 3339 with time and offset")
    return _instant(text.upper())


def w3c(text: str) -> int:
    """A W3C date, with or without a time, in seconds since 1970; without a time, the end of that day, month or year.

    Raises:
        BadDateError: It is none.
    """
    if not _W3C.fullmatch(text):
        raise BadDateError("is no W3C date")
    if "T" in text:
        return _instant(text)
    year, month, day = (*text.split("-"), "12", "28")[:3] if len(text) < 10 else text.split("-")
    return _instant(f"{year}-{month}-{day}T23:59:59Z")


def iso(text: str) -> int:
    """A date of ISO 8601 with offset in seconds since 1970.

    Raises:
        BadDateError: It is none.
    """
    if not _ISO.fullmatch(text):
        raise BadDateError("is no date of ISO 8601 with time and offset")
    return _instant(text)


def _instant(text: str) -> int:
    try:
        return int(dt.datetime.fromisoformat(text).timestamp())
    except (ValueError, OverflowError) as error:
        raise BadDateError("names a day or time that does not exist") from error

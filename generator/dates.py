"""Dates as authors write them, and what they mean."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from zoneinfo import ZoneInfo

_FORM = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
    r"(?:(?:[Tt]|\s+)(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:[.,](?P<f>\d{1,9}))?)?"
    r"\s*(?P<z>[Zz]|UTC|GMT|(?P<sign>[+-])(?P<zh>\d{1,2}):?(?P<zm>\d{2})?)?)?"
)
_INSTANT = re.compile(
    r"[1-8]\d{3}-\d{2}-\d{2}[T ](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:[+-](?:0\d|1[0-5]):[0-5]\d)?", re.ASCII
)
"""The form that Python reads by itself, with offsets and years within our bounds."""

FIRST_YEAR, LAST_YEAR = 1000, 9990


def parse(text: str) -> dt.datetime | dt.date:
    """A date from front matter: a day, a local time (naive), or an instant (aware).

    Raises:
        ValueError: With a cause fit for a message.
    """
    if _INSTANT.fullmatch(text):
        with contextlib.suppress(ValueError):  # no such day: told below
            return dt.datetime.fromisoformat(text)
    match = _FORM.fullmatch(text.strip())
    if not match:
        raise ValueError(f"is not a date: {text!r}")
    part = {name: int(value) for name, value in match.groupdict().items() if value and name in "ymdHMS"}
    try:
        day = dt.date(part["y"], part["m"], part["d"])
    except ValueError as error:
        raise ValueError(f"is a day that no calendar has: {text!r}") from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"has a year beyond {FIRST_YEAR} to {LAST_YEAR}: {text!r}")
    if match["H"] is None:
        return day
    try:
        clock = dt.time(part["H"], part["M"], part.get("S", 0))
    except ValueError as error:
        raise ValueError(f"has a time that no clock shows: {text!r}") from error
    return dt.datetime.combine(day, clock, _offset(match))


def _offset(match: re.Match[str]) -> dt.timezone | None:
    if not match["z"]:
        return None
    if not match["sign"]:
        return dt.UTC
    hours, minutes = int(match["zh"]), int(match["zm"] or 0)
    if hours > 15 or minutes > 59:
        raise ValueError(f"has an offset that no place has: {match[0]!r}")
    delta = dt.timedelta(hours=hours, minutes=minutes)
    return dt.timezone(-delta if match["sign"] == "-" else delta)


def resolve(written: dt.datetime | dt.date, zone: ZoneInfo) -> dt.datetime:
    """The instant that `written` means, with a fixed offset of whole minutes (RFC 3339 knows no others).

    Where a zone's offset of old has seconds, the clock's face stays and the instant is moved by less than half a
    minute, so that a story of 1 May 1850 stays one of May.

    A day begins at midnight and a naive time is local, both in `zone`. A time that a clock change repeats is the first;
    one that it skips is as much later as the change skips.
    """
    if not isinstance(written, dt.datetime):
        written = dt.datetime.combine(written, dt.time())
    if written.tzinfo is None:
        local = written.replace(tzinfo=zone)
        written = local.astimezone(dt.UTC).astimezone(zone)
    offset = written.utcoffset() or dt.timedelta()
    if type(written.tzinfo) is dt.timezone and not (written.microsecond or written.fold or offset.seconds % 60):
        return written
    minutes = dt.timedelta(minutes=round(offset.total_seconds() / 60))
    return written.replace(tzinfo=dt.timezone(minutes), microsecond=0, fold=0)

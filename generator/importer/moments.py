"""Dates as machines wrote them: in exports, feeds and the heads of pages."""

from __future__ import annotations

import datetime as dt
from email.utils import parsedate_to_datetime

from generator import dates
from generator.errors import Problem, warning
from generator.importer import datelines

FIRST_YEAR = 1900
"""Before it, a machine's date is a mistake (`0000-00-00`, `0001-01-01`)."""


def read(text: str) -> dt.datetime | dt.date | None:
    """An ISO 8601 date (RFC 3339 or nearly), one of RFC 822, or one in words; None for anything else."""
    written = " ".join(text.split())
    if not written or len(written) > 80:
        return None
    for parse in (_iso, _mail, _words):
        try:
            found = parse(written)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if found is not None:
            return found if found.year >= FIRST_YEAR else None
    return None


def told(text: str, line: int | None = None) -> tuple[dt.datetime | dt.date | None, tuple[Problem, ...]]:
    """As `read`, and a warning where something is written that is no date (`0000-00-00`)."""
    found = read(text)
    if found is not None or not text.strip():
        return found, ()
    cause = f"has a date that there is not: {text.strip()[:60]!r}"
    return None, (warning(cause, "give the post its date", line=line),)


def _iso(text: str) -> dt.datetime | dt.date:
    try:
        found = dates.parse(text)
    except ValueError:
        found = dt.datetime.fromisoformat(text)
    return found.replace(microsecond=0) if isinstance(found, dt.datetime) else found


def _mail(text: str) -> dt.datetime:
    return parsedate_to_datetime(text)


def _words(text: str) -> dt.date | None:
    found = datelines.read(text)
    return found.day if found else None

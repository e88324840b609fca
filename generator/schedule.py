"""When the site changes by itself: posts that appear, cease to be news and expire, updates and corrections dated ahead.

Nothing else in a site depends on the clock: a front page's day is that of its newest story.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from generator import config, content, dates
from generator.build.recall import Recall
from generator.build.request import BuildRequest
from generator.config import Settings
from generator.errors import Problem
from generator.model.document import CorrectionKind, Document, Kind, Status
from generator.model.entry import ALWAYS, Row, instant, microseconds
from generator.plan import news
from generator.records import Record
from generator.site import turns


class What(StrEnum):
    """What happens to a story."""

    APPEARS = "appears"
    UPDATED = "is marked as updated"
    CORRECTED = "shows a correction"
    EXPLAINED = "says why it was withdrawn"
    AGED = "leaves the news sitemap"
    UNPINNED = "is no longer pinned"
    EXPIRES = "expires"


class Event(Record, frozen=True, order=True):
    """An instant at which the next build makes another site, and why.

    Attributes:
        when: In UTC.
        source: The article.
        what: What happens to it.
        title: Its headline.
    """

    when: dt.datetime
    source: str
    what: What
    title: str


class Found(Record, frozen=True):
    """What is to come.

    Attributes:
        events: The next ones, by instant.
        more: How many more there are within the days that were asked about.
        problems: Articles that cannot be read, so that nobody knows.
        settings: The site's.
    """

    events: tuple[Event, ...]
    more: int
    problems: tuple[Problem, ...]
    settings: Settings


def find(request: BuildRequest, days: int, limit: int | None = None) -> Found:
    """What happens within some days. Nothing is built; what the last build knew of a file that is at rest is used.

    Args:
        request: Which site, and from when on.
        days: How far to look ahead.
        limit: How many events at most; None for all.
    """
    settings = config.load(request.root, request.overrides)
    last = request.now + dt.timedelta(days=days)
    events: list[Event] = []
    problems: list[Problem] = []
    fresh = microseconds(request.now) - news.SPAN
    for source in Recall.of(request).sources(lambda row: _matters(row, fresh)):
        document, wrong = _read(request.root, source)
        problems += wrong
        if document:
            events += _of(document, settings, request.now)
    events = sorted(event for event in events if request.now < event.when <= last)
    return Found(tuple(events[:limit]), len(events[limit:]) if limit is not None else 0, tuple(problems), settings)


def _matters(row: Row, fresh: int) -> bool:
    """Whether something may be to come of an article, or may have come since `fresh`."""
    return row.absence == "error" or any(turn > fresh or turn == ALWAYS for turn in row.turns)


def _read(root: Path, source: str) -> tuple[Document | None, list[Problem]]:
    """A document, and what is wrong where there is none."""
    try:
        parsed = content.parse((root / source).read_bytes(), source)
    except OSError as error:
        return None, [Problem(f"cannot be read: {error.strerror}", "check its permissions", source)]
    return parsed.document, [] if parsed.document else list(parsed.problems)


def _of(document: Document, settings: Settings, now: dt.datetime) -> Iterator[Event]:
    """All that a document's dates bring about."""
    front = document.front
    if front.status is not Status.PUBLISHED:
        yield from _reasons(document, settings, now)
        return
    title, source = front.title or "", document.path
    expires = dates.resolve(front.expires, settings.zone) if front.expires else None
    due = {microseconds(dates.resolve(note.date, settings.zone)): What.CORRECTED for note in front.corrections}
    if front.updated:
        due.setdefault(microseconds(dates.resolve(front.updated, settings.zone)), What.UPDATED)
    if isinstance(front.pinned, dt.date):
        due.setdefault(microseconds(dates.resolve(front.pinned, settings.zone)), What.UNPINNED)
    if expires:
        due[microseconds(expires)] = What.EXPIRES
    first = _first(document, settings)
    for turn in turns(document, settings):
        what = due.get(turn, What.APPEARS)
        when = instant(turn)
        hidden = what in (What.UPDATED, What.CORRECTED, What.UNPINNED) and first is not None and first >= when
        gone = expires is not None and expires <= when and what is not What.EXPIRES
        unseen = what is What.EXPIRES and first is not None and first >= when
        if when > now and not (hidden or gone or unseen):
            yield Event(when, source, what, title)
    aged = first + _NEWS if first and _is_news(document, settings) else None
    if aged and aged > now and not (expires and expires <= aged):
        yield Event(aged, source, What.AGED, title)


_NEWS = dt.timedelta(microseconds=news.SPAN)


def _is_news(document: Document, settings: Settings) -> bool:
    """Whether a news sitemap has a document while it is new."""
    return settings.news_sitemap and document.kind is Kind.POST and document.front.canonical is None


def _reasons(document: Document, settings: Settings, now: dt.datetime) -> Iterator[Event]:
    """What is to be said of a document that was withdrawn."""
    front = document.front
    for note in front.corrections if front.status is Status.WITHDRAWN else ():
        when = dates.resolve(note.date, settings.zone).astimezone(dt.UTC)
        if note.kind is CorrectionKind.RETRACTION and when > now:
            yield Event(when, document.path, What.EXPLAINED, front.title or "")


def _first(document: Document, settings: Settings) -> dt.datetime | None:
    """When it appears."""
    if document.front.date is not None:
        return dates.resolve(document.front.date, settings.zone)
    front = document.front
    until = front.pinned if isinstance(front.pinned, dt.date) else None
    others = {front.expires, front.updated, until, *(note.date for note in front.corrections)}
    known = {microseconds(dates.resolve(date, settings.zone)) for date in others if date is not None}
    own = [turn for turn in turns(document, settings) if turn not in known]
    return instant(own[0]) if own else None


__all__ = ["Event", "Found", "What", "find"]

"""Outputs of the archive: its index, and a page for each year, month and day that has stories."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator import languages
from generator.model.site import Post
from generator.model.views import ArchiveView, DayGroup, Link, PageKind, PeriodCount, PeriodView
from generator.permalinks import out_path
from generator.plan.chrome import ARCHIVE, Chrome
from generator.plan.output import Output


@dataclass(frozen=True, slots=True)
class _Period:
    """A year, month or day and its stories, newest first; the posts' own offsets decide where they belong."""

    kind: PageKind
    start: dt.date
    posts: tuple[Post, ...]

    @property
    def url(self) -> str:
        parts = {PageKind.YEAR: "/%Y/", PageKind.MONTH: "/%Y/%m/", PageKind.DAY: "/%Y/%m/%d/"}
        return self.start.strftime(parts[self.kind].replace("%Y", f"{self.start.year:04}"))

    def title(self, language: str) -> str:
        """In words: 2023, May 2023, 9 May 2023."""
        if self.kind is PageKind.YEAR:
            return str(self.start.year)
        return languages.format_date(self.start, "LLLL y" if self.kind is PageKind.MONTH else "long", language)


def outputs(chrome: Chrome) -> Iterator[Output]:
    """The archive and all its periods."""
    days = _days(chrome.site.posts)
    months = _merge(days, PageKind.MONTH)
    years = _merge(months, PageKind.YEAR)
    counts = tuple(_count(chrome, year, months) for year in years)
    title = chrome.theme.words["archive"]
    yield Output(
        out_path(ARCHIVE),
        ArchiveView(chrome.head(PageKind.ARCHIVE, title, "", ARCHIVE), title, counts),
        "the archive",
        template="archive",
    )
    for periods in (years, months, days):
        for index, period in enumerate(periods):
            newer = periods[index - 1] if index else None
            older = periods[index + 1] if index + 1 < len(periods) else None
            yield _page(chrome, period, months, newer, older)


def _days(posts: tuple[Post, ...]) -> list[_Period]:
    """Days, newest first. Local days may interleave in the order of instants, hence the sort (which is stable)."""
    ordered = sorted(posts, key=lambda post: post.date.date(), reverse=True)
    return [_Period(PageKind.DAY, day, tuple(group)) for day, group in groupby(ordered, lambda post: post.date.date())]


def _merge(parts: Sequence[_Period], kind: PageKind) -> list[_Period]:
    def start(part: _Period) -> dt.date:
        return part.start.replace(day=1) if kind is PageKind.MONTH else part.start.replace(month=1, day=1)

    return [
        _Period(kind, day, tuple(post for part in group for post in part.posts)) for day, group in groupby(parts, start)
    ]


def _count(chrome: Chrome, year: _Period, months: Sequence[_Period]) -> PeriodCount:
    own = tuple(
        PeriodCount(month.start, chrome.url(month.url), len(month.posts))
        for month in months
        if month.start.year == year.start.year
    )
    return PeriodCount(year.start, chrome.url(year.url), len(year.posts), own)


def _page(
    chrome: Chrome, period: _Period, months: Sequence[_Period], newer: _Period | None, older: _Period | None
) -> Output:
    language = chrome.settings.language
    title = period.title(language)
    days = () if period.kind is PageKind.YEAR else tuple(_group(chrome, day) for day in _days(period.posts))
    view = PeriodView(
        head=chrome.head(period.kind, title, "", period.url),
        title=title,
        start=period.start,
        parents=_parents(chrome, period),
        periods=_count(chrome, period, months).months if period.kind is PageKind.YEAR else (),
        days=days,
        newer=Link(newer.title(language), chrome.url(newer.url)) if newer else None,
        older=Link(older.title(language), chrome.url(older.url)) if older else None,
    )
    return Output(out_path(period.url), view, f"the archive {period.url}", template="period")


def _group(chrome: Chrome, day: _Period) -> DayGroup:
    return DayGroup(day.start, chrome.url(day.url), chrome.cards(day.posts))


def _parents(chrome: Chrome, period: _Period) -> tuple[Link, ...]:
    parents = [Link(chrome.theme.words["archive"], chrome.url(ARCHIVE))]
    if period.kind is not PageKind.YEAR:
        year = _Period(PageKind.YEAR, period.start, ())
        parents.append(Link(year.title(chrome.settings.language), chrome.url(year.url)))
    if period.kind is PageKind.DAY:
        month = _Period(PageKind.MONTH, period.start, ())
        parents.append(Link(month.title(chrome.settings.language), chrome.url(month.url)))
    return tuple(parents)

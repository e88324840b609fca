"""Outputs of the archive: its index, and a page for each year, month and day that has stories."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from operator import attrgetter

from generator import codec
from generator.model.archive import Stretch
from generator.model.entry import Entry
from generator.model.views import ArchiveView, PageKind, PeriodCount
from generator.permalinks import out_path
from generator.plan import calendar
from generator.plan.chrome import ARCHIVE
from generator.plan.ground import Family, Ground, all_cards, cards
from generator.plan.output import Output, Part
from generator.plan.subjects import Period

_LENGTHS = {PageKind.YEAR: 4, PageKind.MONTH: 7, PageKind.DAY: 10}
"""Letters of an ISO date that name a period."""

_KINDS = {"none": (), "month": (PageKind.YEAR, PageKind.MONTH), "day": tuple(_LENGTHS)}
"""What the setting `archive` asks for."""


def families(ground: Ground) -> Iterator[Family]:
    """The archive, and its periods by years; the posts' own offsets decide where they belong."""
    kinds = _KINDS[ground.chrome.settings.archive]
    if not kinds:
        return
    years = [tuple(group) for _, group in groupby(ground.site.months, key=lambda month: month.name[:4])]
    counts = [(month.name, len(month.posts)) for month in ground.site.months]
    mark = codec.of(counts)
    yield ground.family("archive", partial(_index, ground, counts, mark), mark)
    for place, year in enumerate(years):
        newer = years[place - 1][-1].posts[-1].day if place else ""
        older = years[place + 1][0].posts[0].day if place + 1 < len(years) else ""
        make = partial(_year, ground, year, (newer, older), kinds)
        days = codec.joined([month.once("days", _days) for month in year])
        yield ground.family(f"archive {year[0].name[:4]}", make, all_cards(year), days, f"{newer} {older}".encode())


def _days(posts: Sequence[Entry]) -> bytes:
    return codec.of([post.day for post in posts])


def _months(posts: Sequence[Entry]) -> list[tuple[str, int]]:
    """Each month (`2023-05`) with its number of stories, newest first."""
    return [(month, sum(1 for _ in group)) for month, group in groupby(posts, key=lambda post: post.day[:7])]


def _index(ground: Ground, counts: list[tuple[str, int]], mark: bytes) -> Iterator[Output]:
    chrome = ground.chrome
    title = chrome.words["archive"]
    years = []
    for year, group in groupby(counts, key=lambda item: item[0][:4]):
        months = _counted(ground, list(group))
        start = dt.date(int(year), 1, 1)
        years.append(
            PeriodCount(start, chrome.url(calendar.url(PageKind.YEAR, start)), sum(m.count for m in months), months)
        )
    view = ArchiveView(chrome.head(PageKind.ARCHIVE, title, "", ARCHIVE), title, tuple(years))
    parts = (ground.template("archive"), ground.around, (Part.COUNTS, mark))
    yield Output(out_path(ARCHIVE), view, "the archive", template="archive", parts=parts)


def _counted(ground: Ground, counts: list[tuple[str, int]]) -> tuple[PeriodCount, ...]:
    months = [(dt.date.fromisoformat(f"{month}-01"), count) for month, count in counts]
    return tuple(
        PeriodCount(start, ground.chrome.url(calendar.url(PageKind.MONTH, start)), count) for start, count in months
    )


def _year(
    ground: Ground, months: tuple[Stretch, ...], edges: tuple[str, str], kinds: tuple[PageKind, ...]
) -> Iterator[Output]:
    """A year's page, and those of its months and days."""
    posts = tuple([post for month in months for post in month.posts])
    for kind in kinds:
        length = _LENGTHS[kind]
        periods = [tuple(group) for _, group in groupby(posts, key=lambda post: post.day[:length])]
        for place, members in enumerate(periods):
            newer = periods[place - 1][0].day if place else edges[0]
            older = periods[place + 1][0].day if place + 1 < len(periods) else edges[1]
            yield _period(ground, kind, members, (newer[:length], older[:length]))


def _period(ground: Ground, kind: PageKind, posts: Sequence[Entry], around: tuple[str, str]) -> Output:
    start = _start(posts[0].day[: _LENGTHS[kind]])
    newer, older = (_start(day) if day else None for day in around)
    counts = _months(posts) if kind is PageKind.YEAR else []
    days = (
        ()
        if kind is PageKind.YEAR
        else tuple(
            (dt.date.fromisoformat(day), ground.number(group)) for day, group in groupby(posts, key=attrgetter("day"))
        )
    )
    subject = Period(kind, start, days, _counted(ground, counts), newer, older)
    shown = codec.of(counts) if kind is PageKind.YEAR else cards(posts)
    parts = (
        ground.template("period"),
        ground.around,
        (Part.COUNTS if kind is PageKind.YEAR else Part.CARDS, shown),
        (Part.PLACE, codec.of(around, [day for day, _ in days])),
    )
    path = out_path(calendar.url(kind, start))
    return Output(path, subject, f"the archive /{path.removesuffix('index.html')}", template="period", parts=parts)


def _start(name: str) -> dt.date:
    """The first day of a period named by the beginning of an ISO date."""
    return dt.date.fromisoformat(f"{name}{'-01-01'[len(name) - 4 :] if len(name) < 10 else ''}")

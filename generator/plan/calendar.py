"""Names and addresses of years, months and days."""

from __future__ import annotations

import datetime as dt

from generator import languages
from generator.model.cards import Link
from generator.model.views import PageKind
from generator.plan.chrome import ARCHIVE, Chrome


def url(kind: PageKind, start: dt.date) -> str:
    """Site path of a period."""
    parts = {PageKind.YEAR: 1, PageKind.MONTH: 2, PageKind.DAY: 3}[kind]
    return f"/{'/'.join(start.isoformat().split('-')[:parts])}/"


def title(kind: PageKind, start: dt.date, language: str) -> str:
    """In words: 2023, May 2023, 9 May 2023."""
    if kind is PageKind.YEAR:
        return str(start.year)
    return languages.format_date(start, "LLLL y" if kind is PageKind.MONTH else "long", language)


def parents(chrome: Chrome, kind: PageKind, start: dt.date) -> tuple[Link, ...]:
    """The archive, and the year and month in which a period lies."""
    above = {PageKind.YEAR: (), PageKind.MONTH: (PageKind.YEAR,), PageKind.DAY: (PageKind.YEAR, PageKind.MONTH)}[kind]
    links = [Link(chrome.words["archive"], chrome.url(ARCHIVE))]
    links += [Link(title(part, start, chrome.settings.language), chrome.url(url(part, start))) for part in above]
    return tuple(links)

"""One article as a source tells it, and the front matter and Markdown that it becomes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from generator.errors import Problem
from generator.model.document import FrontMatter, Source, Status


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line of a source that the post does not have as it was.

    Attributes:
        line: Its 1-based number in the source.
        text: Verbatim.
        reason: Why, and what became of it.
    """

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What a format reads from a source; nothing of the site is in it yet.

    Attributes:
        title: The headline, plain text on one line.
        body: Markdown.
        date: As the source says it; a bare day where it names no time zone.
        summary: The standfirst as plain text, where there is one.
        authors: From bylines.
        tags: From labels.
        language: Where the source says it.
        dropped: By line.
        problems: With the source's lines, not yet its name.
    """

    title: str
    body: str
    date: dt.datetime | dt.date | None = None
    summary: str | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str | None = None
    dropped: tuple[Dropped, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the person who imports says of every article."""

    date: dt.datetime | dt.date | None = None
    draft: bool = False
    language: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()


def front_matter(article: Article, identity: str, source: Source, wanted: Wanted) -> FrontMatter:
    """The article's front matter; its own date comes before the one that is wanted."""
    return FrontMatter(
        title=article.title,
        date=article.date or wanted.date,
        id=identity,
        section=wanted.section,
        tags=tuple(dict.fromkeys((*wanted.tags, *article.tags))),
        authors=article.authors,
        summary=article.summary,
        status=Status.DRAFT if wanted.draft else Status.PUBLISHED,
        language=wanted.language or article.language,
        source=source,
    )

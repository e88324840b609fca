"""What is asked of an import, and what came of it."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from generator.errors import Problem
from generator.importer.articles import Dropped


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """One run of `dateline import`.

    Attributes:
        root: The site's folder.
        inputs: Files, folders, or `-` for `stdin`.
        now: The clock; its day, in the site's time zone, becomes `source.retrieved`.
        stdin: What standard input held, where `-` is among the inputs.
        date: First publication of articles without a date line, as front matter writes it.
        draft: Import as drafts, which need no date.
        language: Of the articles, where it is not the site's.
        source_name: Who published them first; else the file's name.
        section: The section they belong to.
        tags: For all of them, before those that they bring.
    """

    root: Path
    inputs: tuple[str, ...]
    now: dt.datetime
    stdin: bytes | None = None
    date: str | None = None
    draft: bool = False
    language: str | None = None
    source_name: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()


class Outcome(StrEnum):
    """What became of an article: only `written` changed a file."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of one article, or of a source without a readable one.

    Attributes:
        source: The input, as messages name it.
        outcome: What became of it.
        path: The post's file, relative to the site's root; None where there is none.
        title: Its headline.
        encoding: Of the source; a name that Python knows.
        note: Why the outcome is what it is, where that needs saying.
        dropped: Lines of the source that are not in the post as they were, in order.
        problems: Of this article.
    """

    source: str
    outcome: Outcome
    path: str | None = None
    title: str | None = None
    encoding: str | None = None
    note: str = ""
    dropped: tuple[Dropped, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __str__(self) -> str:
        target = f" {self.path}" if self.path else ""
        note = f" ({self.note})" if self.note else ""
        return f"{self.outcome}{target} from {self.source}{note}"


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of a run.

    Attributes:
        articles: In the order in which they were read.
    """

    articles: tuple[Imported, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Those of every article."""
        return tuple(problem for article in self.articles for problem in article.problems)

    def lines(self) -> list[str]:
        """For the terminal: a line for each article, and the sums of more than one."""
        lines = [str(article) for article in self.articles if article.outcome is not Outcome.FAILED]
        if len(self.articles) > 1:
            found = Counter(article.outcome for article in self.articles)
            lines.append(", ".join(f"{found[outcome]} {outcome}" for outcome in Outcome if found[outcome]))
        return lines

    def to_json(self) -> str:
        """The report as a file: what was made, and verbatim what was left out."""
        values = {"articles": [_plain(article) for article in self.articles]}
        return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def _plain(article: Imported) -> dict[str, Any]:
    return {
        "source": article.source,
        "outcome": article.outcome.value,
        "path": article.path,
        "title": article.title,
        "encoding": article.encoding,
        "note": article.note,
        "dropped": [{"line": item.line, "text": item.text, "reason": item.reason} for item in article.dropped],
        "problems": [
            {
                "severity": problem.severity.value,
                "path": problem.path,
                "line": problem.line,
                "cause": problem.cause,
                "fix": problem.fix,
            }
            for problem in article.problems
        ],
    }

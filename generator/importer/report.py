"""What is asked of an import, and what came of it: the receipt."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from generator.errors import Problem, Severity
from generator.importer.articles import Dropped, Guess, SiteFound
from generator.importer.spool import Spool
from generator.records import Record, asdict, field


class ImportRequest(Record, frozen=True, kw_only=True):
    """One run of `dateline import`.

    Attributes:
        root: The site's folder.
        inputs: Files, folders, addresses of feeds, or `-` for `stdin`.
        now: The clock; its day, in the site's time zone, becomes `source.retrieved`.
        stdin: What standard input held, where `-` is among the inputs.
        date: First publication of articles without a date line, as front matter writes it.
        draft: Import as drafts, which need no date.
        language: Of the articles, where it is not the site's.
        source_name: Who published them first; else the file's name.
        section: The section they belong to.
        tags: For all of them, before those that they bring.
        old_urls: Addresses of the site that they come from.
        columns: Which key each column of a table is, where its name does not say: `{"Headline": "title"}`.
        only: Kinds (`posts`, `pages`, `drafts`) or patterns of headlines and addresses; none for all.
        since: Articles of that day and later, as front matter writes a date.
        limit: No more articles than this.
        into: A folder below `content/` for posts.
        similarity: The share of common phrases from which two texts are nearly the same; 0 looks for none.
        skip_similar: Leave an article out that is nearly the same as another; else it is told and imported.
        auto_tags: Give articles without tags those of the site's that their text names.
        accepted_tags: New tags for articles whose text names them, as if the site had them already.
        suggest_tags: Propose new tags.
        parity: A sitemap, feed or list of the old site's addresses.
        fetch: Bring feeds that are given by their address.
        fetch_images: Bring pictures from other hosts.
        dry_run: Write nothing.
        jobs: Processes; None for all cores.
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
    old_urls: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    only: tuple[str, ...] = ()
    since: str | None = None
    limit: int | None = None
    into: str | None = None
    similarity: float = 0.8
    skip_similar: bool = False
    auto_tags: bool = True
    accepted_tags: tuple[str, ...] = ()
    suggest_tags: bool = False
    parity: Path | None = None
    fetch: bool = False
    fetch_images: bool = False
    dry_run: bool = False
    jobs: int | None = None


_CHANGES = ("written", "updated", "beside")
_FEW = 20
"""Articles of which each is told, changed or not."""


class Progress(Protocol):
    """Told how far an import is."""

    def stage(self, name: str, total: int) -> None:
        """A stage of `total` steps begins; 0 where nobody knows how many."""

    def step(self) -> None:
        """A step is done."""

    def waiting(self, what: str = "build") -> None:
        """Another import has the lock."""


class Outcome(StrEnum):
    """What became of an article: `written`, `updated` and `beside` changed a file."""

    WRITTEN = "written"
    UPDATED = "updated"
    BESIDE = "beside"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    FAILED = "failed"


class Imported(Record, frozen=True, kw_only=True):
    """What came of one article, or of a source without a readable one.

    Attributes:
        source: The input, as messages name it.
        outcome: What became of it.
        kind: `post`, `page` or `draft`; empty for a source without a readable article.
        path: The post's file, relative to the site's root; None where there is none.
        title: Its headline.
        url: Its old address; empty where it had none.
        encoding: Of the source; a name that Python knows.
        note: Why the outcome is what it is, where that needs saying.
        unkept: Old addresses of it at which the new site cannot answer, each with the reason.
        pictures: Addresses of pictures that stay on other hosts.
        comments: How many came with it.
        dropped: Lines of the source that are not in the post as they were, in order.
        guess: Where the post's headline is one.
        problems: Of this article.
    """

    source: str
    outcome: Outcome
    kind: str = ""
    path: str | None = None
    title: str | None = None
    url: str = ""
    encoding: str | None = None
    note: str = ""
    unkept: tuple[tuple[str, str], ...] = ()
    pictures: tuple[str, ...] = ()
    comments: int = 0
    dropped: tuple[Dropped, ...] = ()
    guess: Guess | None = None
    problems: tuple[Problem, ...] = ()

    def __str__(self) -> str:
        target = f" {self.path}" if self.path else ""
        note = f" ({self.note})" if self.note else ""
        return f"{self.outcome}{target} from {self.source}{note}"


class Left(Record, frozen=True):
    """Something of a source that is no article, or one that was not asked for.

    Attributes:
        source: The input, as messages name it.
        kind: In the source's own word.
        name: What it is called there.
        reason: Why it is left out.
    """

    source: str
    kind: str
    name: str
    reason: str


class Unresolved(Record, frozen=True):
    """A link to the old site for which there is no article; it stays as it was.

    Attributes:
        path: The post with the link.
        target: Where it leads.
        reason: Why it is left.
    """

    path: str
    target: str
    reason: str


class Parity(Record, frozen=True):
    """The old site's addresses, held against the new site's.

    Attributes:
        total: How many there are.
        dead: Those at which nothing answers.
        missing: The first of them, and why.
    """

    total: int
    dead: int
    missing: tuple[tuple[str, str], ...]


NOT_ASKED_FOR = "not asked for"
"""The kind of an article that a request passes over."""


class Tally(Record):
    """Sums, which stay small however much comes in.

    Attributes:
        articles: By kind and outcome.
        skipped: By kind.
        comments: Kept.
        pictures: Written.
        remote: Pictures that stay on other hosts; one that two articles show counts twice.
        unkept: Old addresses at which the new site cannot answer.
        guessed: Headlines that are a guess.
        errors: Problems that are errors.
        warnings: Problems that are none.
    """

    articles: Counter[tuple[str, str]] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    comments: int = 0
    pictures: int = 0
    remote: int = 0
    unkept: int = 0
    guessed: int = 0
    errors: int = 0
    warnings: int = 0

    def count(self, item: Imported) -> None:
        """Add an article."""
        self.articles[item.kind or "source", item.outcome.value] += 1
        self.remote += len(item.pictures)
        self.unkept += len(item.unkept)
        self.guessed += item.guess is not None
        for problem in item.problems:
            self.blame(problem)

    def blame(self, problem: Problem) -> None:
        """Add a problem."""
        if problem.severity is Severity.ERROR:
            self.errors += 1
        else:
            self.warnings += 1

    @property
    def came(self) -> bool:
        """Whether any article came in, wanted or not."""
        return any(number for (kind, _), number in self.articles.items() if kind != "source") or bool(
            self.skipped[NOT_ASKED_FOR]
        )

    def outcomes(self) -> Counter[str]:
        """Articles by outcome, whatever their kind."""
        found: Counter[str] = Counter()
        for (_, outcome), number in self.articles.items():
            found[outcome] += number
        return found


class ImportReport(Record):
    """What came of a run.

    Attributes:
        articles: In the order in which they were read.
        skipped: What is no article.
        unresolved: Links that lead to the old site still.
        tally: Sums.
        sites: What sources tell of the site that they come from.
        proposal: Lines for `site.toml`.
        suggested: Tags that might be given, with the number of articles that name them.
        parity: The old site's addresses, where they were given.
        general: Problems of no one article.
        dry: Nothing was written.
    """

    articles: Spool[Imported] = field(default_factory=lambda: Spool(Imported))
    skipped: Spool[Left] = field(default_factory=lambda: Spool(Left))
    unresolved: Spool[Unresolved] = field(default_factory=lambda: Spool(Unresolved))
    tally: Tally = field(default_factory=Tally)
    sites: list[SiteFound] = field(default_factory=list)
    proposal: tuple[str, ...] = ()
    suggested: tuple[tuple[str, int], ...] = ()
    parity: Parity | None = None
    general: list[Problem] = field(default_factory=list)
    dry: bool = False

    def take(self, item: Imported) -> None:
        """Note what came of an article."""
        self.articles.append(item)
        self.tally.count(item)

    def leave(self, left: Left) -> None:
        """Note what is no article."""
        self.skipped.append(left)
        self.tally.skipped[left.kind] += 1

    def blame(self, problem: Problem) -> None:
        """Note a problem of no one article."""
        self.general.append(problem)
        self.tally.blame(problem)

    @property
    def guessed(self) -> Iterator[Imported]:
        """Articles whose headline is a guess."""
        return (item for item in self.articles if item.guess) if self.tally.guessed else iter(())

    @property
    def problems(self) -> Iterator[Problem]:
        """Those of every article, then those of the whole."""
        for article in self.articles:
            yield from article.problems
        yield from self.general

    def lines(self, most: int | None = None, *, whole: bool = False) -> Iterator[str]:
        """For the terminal: a line for each article, no more than `most`, and the sums of more than one.

        Of many, those that are as they were are told with `whole` alone; why one failed is a problem.
        """
        few = whole or len(self.articles) <= _FEW
        silent = {Outcome.FAILED} if few else {Outcome.FAILED, Outcome.UNCHANGED}
        told = (self._would(str(article)) for article in self.articles if article.outcome not in silent)
        yield from islice(told, most)
        if more := sum(1 for _ in told):
            yield f"and {more:,} more; -v shows all"
        if len(self.articles) > 1:
            found = self.tally.outcomes()
            yield ", ".join(f"{found[outcome]:,} {self._would(outcome)}" for outcome in Outcome if found[outcome])

    def _would(self, told: str) -> str:
        """What is told of an article, as what would become of it where nothing was written."""
        return f"would be {told}" if self.dry and told.split(" ", 1)[0] in _CHANGES else told

    @property
    def exit_code(self) -> int:
        """1 where anything is an error."""
        return int(self.tally.errors > 0)

    def to_json(self) -> str:
        """The report as a file: what was made, and verbatim what was left out."""
        return "".join(self.json_pieces())

    def json_pieces(self) -> Iterator[str]:
        """The same in pieces, since it may be larger than the memory."""
        head = json.dumps(self._head(), ensure_ascii=False, indent=1)
        yield head.removesuffix("\n}")
        for name, items in (("articles", self.articles), ("skipped", self.skipped), ("unresolved", self.unresolved)):
            yield f',\n "{name}": ['
            for number, line in enumerate(items.lines()):
                yield ("," if number else "") + f"\n  {line}"
            yield "\n ]"
        yield "\n}\n"

    def _head(self) -> dict[str, Any]:
        tally = self.tally
        kinds: dict[str, dict[str, int]] = {}
        for (kind, outcome), number in sorted(tally.articles.items()):
            kinds.setdefault(kind, {})[outcome] = number
        return {
            "dry_run": self.dry,
            "counts": {
                "articles": kinds,
                "skipped": dict(sorted(tally.skipped.items())),
                "comments": tally.comments,
                "pictures": tally.pictures,
                "pictures_elsewhere": tally.remote,
                "addresses_lost": tally.unkept,
                "headlines_guessed": tally.guessed,
                "unresolved": len(self.unresolved),
                "errors": tally.errors,
                "warnings": tally.warnings,
            },
            "parity": asdict(self.parity) if self.parity else None,
            "suggested_tags": [{"tag": tag, "articles": number} for tag, number in self.suggested],
            "site": [asdict(site) for site in self.sites],
            "proposal": list(self.proposal),
            "problems": [asdict(problem) for problem in self.general],
        }

"""What is asked of a build, and what it reports."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from generator.errors import Problem, UsageError, worst
from generator.model.site import Unpublished
from generator.records import Record, field


class BuildRequest(Record, frozen=True, kw_only=True):
    """What to build.

    Attributes:
        root: The site's folder.
        output: Where to write.
        now: The clock.
        overrides: Settings from the command line.
        drafts: Show drafts.
        future: Show scheduled posts.
        strict: Warnings fail, and any problem stops the build before it writes.
        keep: Delete nothing after an error, so that the last good page of a broken post stays; for previews.
        allow_vanished: What the ledger has and the site has not is a warning, not an error.
        fresh: Forget what earlier builds remembered, and make everything again.
        profile: Measure what each article and each page costs, too.
        jobs: Processes; None for all cores.
        edited: Known articles that changed since this session's last build, where nothing else did; None: look for it.
        first: Outputs that somebody looks at: where many are made, these are in their places before the others.
        state: Where to remember; None for the site's own `.dateline/`.
    """

    root: Path
    output: Path
    now: dt.datetime
    overrides: Mapping[str, str] = field(default_factory=dict)
    drafts: bool = False
    future: bool = False
    strict: bool = False
    keep: bool = False
    allow_vanished: bool = False
    fresh: bool = False
    profile: bool = False
    jobs: int | None = None
    edited: frozenset[Path] | None = None
    first: frozenset[str] = frozenset()
    state: Path | None = None

    def refuse_overlap(self) -> None:
        """The output folder may not be, hold or lie in what the site is made from.

        Raises:
            UsageError: It would.
        """
        output, root = self.output.resolve(), self.root.resolve()
        sources = [root / name for name in ("content", "themes")]
        if output == root or root.is_relative_to(output) or any(output.is_relative_to(source) for source in sources):
            raise UsageError(
                Problem(f"the output folder {output} overlaps the site's own files", "choose another with --output DIR")
            )


class Overdue(Record, frozen=True):
    """A story that should have been built again at an instant that had long passed when it was; `due` is in UTC."""

    due: dt.datetime
    source: str


class BuildReport(Record, kw_only=True):
    """What a build did.

    Attributes:
        posts: Stories published.
        pages: Standing pages published.
        outputs: How many files the site has, by kind.
        articles: How many documents are rendered from Markdown, and how many of them took the prose lane.
        rendered: Files that were made again, each with the reason.
        written: Files whose bytes changed.
        unchanged: Files that were right already.
        removed: Files that are no longer planned.
        unpublished: What was read and is not on the site, and why.
        overdue: What was due since the last build and before this one, the longest first.
        problems: All that is wrong, in the order of files.
        stopped: True where problems kept the build from writing at all.
        stages: Seconds that each stage took, in order.
        costs: Processor seconds of each file that was rendered.
        kinds: With `profile`, of each of those files its kind (see `kind_of`) and the source that it is the page of.
        reading: With `profile`, processor seconds of each article that was read.
    """

    posts: int = 0
    pages: int = 0
    outputs: Counter[str] = field(default_factory=Counter)
    articles: tuple[int, int] = (0, 0)
    rendered: dict[str, str] = field(default_factory=dict)
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    unpublished: tuple[Unpublished, ...] = ()
    overdue: tuple[Overdue, ...] = ()
    problems: tuple[Problem, ...] = ()
    stopped: bool = False
    stages: dict[str, float] = field(default_factory=dict)
    costs: dict[str, float] = field(default_factory=dict)
    kinds: dict[str, tuple[str, str]] = field(default_factory=dict)
    reading: dict[str, float] = field(default_factory=dict)

    def exit_code(self, *, strict: bool = False) -> int:
        """0, or 1 with errors (when strict, warnings too)."""
        return worst(self.problems, strict=strict)


class Progress(Protocol):
    """Told how far a build is; the terminal draws a bar from it."""

    def stage(self, name: str, total: int) -> None:
        """A stage of `total` steps begins."""

    def step(self) -> None:
        """A step is done."""

    def waiting(self) -> None:
        """Another build of this site is running, and this one waits for it."""

    def ready(self) -> None:
        """The outputs that were asked for first are in their places."""


class Silent:
    """Progress that nobody watches."""

    def stage(self, name: str, total: int) -> None:
        """Do nothing."""

    def step(self) -> None:
        """Do nothing."""

    def waiting(self) -> None:
        """Do nothing."""

    def ready(self) -> None:
        """Do nothing."""

"""What a person reads: colour and progress bars on a terminal, plain lines in a pipe."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

import click

from generator import clock
from generator.build import BuildReport, BuildRequest, Overdue
from generator.errors import Problem, Severity
from generator.model.site import Absence, Unpublished

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_SHOWN = 20


class Console:
    """Prints results to stdout and problems to stderr.

    Args:
        quiet: Print problems only.
        verbose: Print all that is not published, not the first few.
    """

    def __init__(self, *, quiet: bool = False, verbose: bool = False) -> None:
        self.quiet = quiet
        self.verbose = verbose

    def say(self, text: str) -> None:
        """A line of results."""
        if not self.quiet:
            click.echo(text)

    def problems(self, problems: Iterable[Problem]) -> None:
        """Each problem with its place, cause and way out."""
        colours = _colours(sys.stderr)
        for problem in problems:
            text = str(problem)
            if colours:
                colour = "red" if problem.severity is Severity.ERROR else "yellow"
                word = f"{problem.severity}:"
                text = text.replace(word, click.style(word, fg=colour, bold=True), 1)
            click.echo(text, err=True, color=colours)

    def errors(self, problems: Iterable[Problem]) -> None:
        """The problems of a build that somebody ran to learn something else: warnings with `-v` alone."""
        self.problems(found for found in problems if self.verbose or found.severity is Severity.ERROR)

    def built(self, report: BuildReport, request: BuildRequest, seconds: float) -> None:
        """The summary of a build."""
        self.problems(report.problems)
        if report.stopped:
            click.echo("Nothing was written: --strict allows no problems", err=True)
        else:
            files = report.written + report.unchanged
            self.say(
                f"Built {counted(report.posts, 'post')} and {counted(report.pages, 'page')} into {request.output}/: "
                f"{counted(files, 'file')}, {report.written} written, {report.removed} removed, in {seconds:.1f} s"
            )
        self._overdue(report.overdue, request.now)
        self._unpublished(report.unpublished, request.now)
        errors = sum(problem.severity is Severity.ERROR for problem in report.problems)
        warnings = len(report.problems) - errors
        if report.problems:
            click.echo(f"{counted(errors, 'error')}, {counted(warnings, 'warning')}", err=True)

    def _overdue(self, items: tuple[Overdue, ...], now: dt.datetime) -> None:
        """That a build came late; it is done now, so this is no problem of the content."""
        if items:
            late, due = lasting(now - items[0].due), items[0].due.strftime("%Y-%m-%d %H:%M %z")
            more = f", and {len(items) - 1:,} more since" if len(items) > 1 else ""
            self.say(f"overdue by {late}: {items[0].source} was due at {due}{more} (see `dateline schedule`)")

    def _unpublished(self, items: tuple[Unpublished, ...], now: dt.datetime) -> None:
        if not items:
            return
        self.say(f"Not published: {len(items)}")
        for line in some([f"{item.source}: {_reason(item, now)}" for item in items], _SHOWN, whole=self.verbose):
            self.say(f"  {line}")


def some(lines: Sequence[str], most: int, *, whole: bool) -> Iterator[str]:
    """The first `most` lines, and how many more there are; all with `whole`."""
    shown = lines if whole or len(lines) <= most + 1 else lines[:most]
    yield from shown
    if len(shown) < len(lines):
        yield f"and {len(lines) - len(shown):,} more; -v shows all"


def _reason(item: Unpublished, now: dt.datetime) -> str:
    if item.when is None:
        return "has an error" if item.why is Absence.ERROR else item.why.value
    when = item.when.strftime("%Y-%m-%d %H:%M %z")
    if item.why is Absence.SCHEDULED:
        return f"scheduled for {when}, in {_span(item.when - now)}"
    return f"{item.why.value} since {when}"


def _span(delta: dt.timedelta) -> str:
    """A span of time in its largest unit, rounded down."""
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        count = int(delta.total_seconds()) // size
        if count:
            return counted(count, unit)
    return "less than a minute"


def lasting(delta: dt.timedelta) -> str:
    """A span of time in its two largest units: `2 h 10 min`, `3 d 4 h`."""
    left = max(0, int(delta.total_seconds())) // 60
    parts = [(left // 1_440, "d"), (left // 60 % 24, "h"), (left % 60, "min")]
    first = next((number for number, (count, _) in enumerate(parts) if count), 2)
    shown = [f"{count} {unit}" for count, unit in parts[first : first + 2] if count]
    return " ".join(shown) or "less than a minute"


def counted(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _colours(stream: TextIO) -> bool:
    """Whether to colour: a terminal, and nobody said NO_COLOR (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR")  # noqa: TID251


class Announcer:
    """Tells the terminal what the preview server does, and brings it the clock."""

    def __init__(self, console: Console, clock: Callable[[], dt.datetime]) -> None:
        self._console = console
        self.clock = clock

    def listening(self, url: str) -> None:
        """The server answers."""
        self._console.say(f"Serving at {url} (Ctrl-C stops)")

    def built(self, report: BuildReport, request: BuildRequest, seconds: float) -> None:
        """A build ended."""
        self._console.built(report, request, seconds)

    def failed(self, problems: Iterable[Problem]) -> None:
        """A build was impossible."""
        self._console.problems(problems)

    def note(self, text: str) -> None:
        """A line."""
        self._console.say(text)


class Bar:
    """A progress bar on a terminal; nothing in a pipe, with `-q`, or for work that is done before one could look."""

    def __init__(self, *, quiet: bool) -> None:
        self._wanted = not quiet and sys.stderr.isatty()
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def stage(self, name: str, total: int) -> None:
        """A stage of `total` steps begins."""
        if not self._wanted:
            return
        if self._bar is None:
            from rich.console import Console as Terminal
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (TextColumn("{task.description:<9}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            self._bar = Progress(*columns, console=Terminal(stderr=True), transient=True)
            self._bar.start()
        self._task = self._bar.add_task(name, total=total or None)

    def step(self) -> None:
        """A step is done."""
        if self._bar and self._task is not None:
            self._bar.advance(self._task)

    def waiting(self, what: str = "build") -> None:
        """Another build, or whatever it is, has the lock."""
        click.echo(f"another {what} of this site is running; waiting for it to end", err=True)

    def ready(self) -> None:
        """Nobody asked."""


def instant(text: str | None) -> dt.datetime:
    """The clock: `--now`, else the machine's.

    Raises:
        click.BadParameter: Not an instant.
    """
    if text is None:
        return clock.now()
    try:
        return clock.parse_instant(text)
    except ValueError as error:
        hint = f"{text!r} is no instant ({error}); write 2026-11-23T09:00:00+01:00"
        raise click.BadParameter(hint, param_hint="--now") from error

"""What `dateline diff` prints: for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from generator.cli.console import Console, counted, some
from generator.diff import Change, FeedChange, Group, Report
from generator.errors import Severity, warning
from generator.records import asdict

_SHOWN = 5
_DEAD = 10
_MOVED = "who reads them gets nothing more; docs/deploy.md, under 'A feed or a list that moved', tells the ways out"
MEANING = {
    Group.NEW: "not public before",
    Group.UPDATED: "readers see something else",
    Group.MOVED: "the old address leads to the new one",
    Group.WITHDRAWN: "taken back in the open",
    Group.RESENT: "under another id or date: subscribers get it twice",
    Group.VANISHED: "the address is dead",
}


def tell(report: Report, form: str, console: Console) -> None:
    """Print a report as `text` or `json`."""
    if form == "json":
        console.errors(report.problems)
        click.echo(_json(report))
        return
    changes(report, console)
    for line in _wrong(report):
        click.echo(line, err=True)


def changes(report: Report, console: Console) -> None:
    """Print a report without a verdict, which is another's."""
    console.errors(report.problems)
    for line in _text(report, console):
        console.say(line)
    if report.dead:
        names = ", ".join(some(report.dead, _DEAD, whole=console.verbose))
        console.problems([warning(f"lists or feeds are there no longer: {names}", _MOVED)])


def _json(report: Report) -> str:
    problems = [{**asdict(problem), "severity": problem.severity.value} for problem in report.problems]
    body = {
        "version": 1,
        "passed": report.exit_code() == 0,
        "against": report.against,
        "stories": {group.value: [_story(change) for change in report.of(group)] for group in Group},
        "files": report.files,
        "feeds": [asdict(feed) for feed in report.feeds],
        "dead": report.dead,
        "leaks": [asdict(leak) for leak in report.leaks],
        "problems": problems,
    }
    return json.dumps(body, indent=2)


def _story(change: Change) -> dict[str, str]:
    return {"url": change.url, "title": change.title, "section": change.section, "old": change.old}


def _text(report: Report, console: Console) -> Iterator[str]:
    yield f"Compared with {report.against}:"
    if not (report.changes or report.files or report.feeds):
        none = "no story is new, moved, gone or under another headline"
        yield f"  {none if report.unseen else 'nothing changes for readers'}"
    for group in Group:
        if found := report.of(group):
            yield f"  {group}: {len(found):,} ({MEANING[group]})"
            lines = [line(change) for change in found]
            yield from (f"    {text}" for text in some(lines, _SHOWN, whole=console.verbose))
    for kind, counts in report.files.items():
        yield f"  {kind}: {', '.join(f'{count:,} {what}' for what, count in counts.items())}"
    for feed in report.feeds:
        yield f"  {feed.path}: {', '.join(f'{len(titles):,} {what}' for what, titles in parts(feed)) or 'other order'}"
        if console.verbose:
            yield from (f"    {what}: {title}" for what, titles in parts(feed) for title in titles)
    if report.unseen:
        yield f"  {unseen(report)}"


def unseen(report: Report) -> str:
    """What the comparison says nothing of, and what would."""
    return f"not compared: {report.unseen}; `dateline diff --against DIR` does so, with a copy of what is public"


def line(change: Change) -> str:
    """A story on one line."""
    return f"{f'{change.old} → ' if change.old else ''}{change.url} {change.title!r}"


def parts(feed: FeedChange) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What changes in a feed, by its name."""
    names = (("new", feed.new), ("updated", feed.updated), ("dropped", feed.dropped), ("re-sent", feed.resent))
    return ((what, titles) for what, titles in names if titles)


def _wrong(report: Report) -> Iterator[str]:
    found = list(report.wrongs())
    for _, cause, fix in found:
        yield f"error: {cause}\n    {fix}"
    errors = len(found) + sum(problem.severity is Severity.ERROR for problem in report.problems)
    if errors:
        yield counted(errors, "error")

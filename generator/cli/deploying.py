"""`dateline deploy`: its options, what it calls, what it says."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.options import BUILDING, COMMON, build_request
from generator.records import replace

if TYPE_CHECKING:
    from generator.cli.console import Console
    from generator.deploy import DeployReport, Past
    from generator.diff import Report as Changes

_ACCEPT = ("errors", "check", "re-sent", "vanished", "early", "empty")
_SHOWN = 20


@click.command()
@click.argument("name", required=False, default="", metavar="[NAME]")
@COMMON
@BUILDING
@click.option("-n", "--dry-run", is_flag=True, help="Tell what would be done, and do nothing there.")
@click.option(
    "--accept",
    multiple=True,
    type=click.Choice(_ACCEPT),
    metavar="WHAT",
    help=f"What is no reason to stop: {', '.join(_ACCEPT)}; may be given several times.",
)
@click.option(
    "--max-deletes", type=click.IntRange(0), metavar="N", help="Files that may be deleted (default: site.toml's)."
)
@click.option("--break-lock", is_flag=True, help="Go on although another publication seems to be at work there.")
@click.option("--list", "list_", is_flag=True, help="List what was published there, and publish nothing.")
@click.option(
    "--rollback",
    is_flag=False,
    flag_value=1,
    type=click.IntRange(1),
    metavar="[N]",
    help="Show readers the release before, or the Nth before; write NAME first. Not for buckets and plain folders.",
)
def deploy(name: str, source: str, now: str | None, *, quiet: bool, verbose: bool, **values: Any) -> int:
    """Publish the site to NAME, a place in site.toml (default: the first).

    Builds, checks, tells what changes for readers, and sends what differs. Nothing is published where a story vanished,
    would be sent a second time or shows before its time, where the site would be empty, or where the build or the check
    finds an error. Readers see the old site or the new one, never half of either.
    """
    from generator import deploy as publishing
    from generator.cli.console import Bar, Console, instant

    console = Console(quiet=quiet, verbose=verbose)
    if values.pop("list_"):
        _past(publishing.past(Path(source), name, instant(now).timestamp()), console)
        return 0
    own = {key: values.pop(key) for key in ("dry_run", "break_lock", "max_deletes")}
    accept = frozenset(publishing.Accept(word) for word in values.pop("accept"))
    back = values.pop("rollback")
    build = build_request(source, now=instant(now), **values)
    request = publishing.DeployRequest(build=build, name=name, owner=_owner(), accept=accept, **own)
    if back:
        console.say(f"readers see {publishing.roll_back(request, back)} again")
        return 0
    started = time.perf_counter()
    with Bar(quiet=quiet) as bar:
        report = publishing.deploy(request, bar)
    _tell(report, console, time.perf_counter() - started)
    return report.exit_code()


def _owner() -> str:
    """Who publishes, for others to see: user, machine and process."""
    import getpass
    import socket

    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a container may know no name for its user
        user = "someone"
    return f"{user}@{socket.gethostname()}:{os.getpid()}"


def _tell(report: DeployReport, console: Console, seconds: float) -> None:
    from generator.cli import differing

    if report.changes:
        told = {problem.cause for _, problem in (*report.stopped, *report.accepted)}
        differing.changes(_without(report.changes, told), console)
    for line in _lines(report, console, seconds):
        console.say(line)
    for word, problem in report.accepted:
        click.echo(f"warning: {problem.cause}\n    let pass by --accept {word}", err=True)
    for name, problem in report.stopped:
        fix = f"{problem.fix}; or accept it with --accept {name}" if name else problem.fix
        click.echo(f"error: {problem.cause}\n    {fix}", err=True)
    if report.stopped:
        click.echo(f"Nothing was published to {report.title}", err=True)
    console.problems(report.notes)


def _without(changes: Changes, told: Set[str]) -> Changes:
    """The changes, but for problems that are told as reasons to stop."""
    left = (
        problem for problem in changes.problems if told.isdisjoint((problem.cause, f"{problem.place}: {problem.cause}"))
    )
    return replace(changes, problems=tuple(left))


def _lines(report: DeployReport, console: Console, seconds: float) -> Iterator[str]:
    from generator.cli.console import counted, some

    if report.left_out:
        yield f"Never published: {', '.join(some(report.left_out, _SHOWN, whole=console.verbose))}"
    work = report.publication
    if work is None or report.stopped:
        return
    for word, paths in (("send", [item.path for item in work.send]), ("delete", list(work.delete))):
        if console.verbose or not report.done:
            yield from (f"  {word} {path}" for path in some(paths, _SHOWN, whole=console.verbose))
    files = counted(len(work.send) + len(work.kept), "file")
    counts = Counter(sent=len(work.send), deleted=len(work.delete), lingering=len(work.lingering))
    told = ", ".join(f"{count:,} {what}" for what, count in counts.items() if count or what == "sent")
    if not report.done:
        yield f"Would publish to {report.title}: {files}, {told}"
    elif work.empty:
        yield f"Nothing to publish to {report.title}: {files} there already, in {seconds:.1f} s"
    else:
        release = f", release {report.release}" if report.release else ""
        yield f"Published to {report.title}: {files}, {told}{release}, in {seconds:.1f} s"
    if report.made_up:
        yield f"Did what an earlier publication had left undone, for {counted(report.made_up, 'file')}"
    yield from (f"Told {hub} of {feed}" for hub, feed in report.told)


def _past(past: Past, console: Console) -> None:
    if past.releases:
        console.say(f"Releases at {past.title}:")
        for release in past.releases:
            console.say(f"  {release.name}{' (readers see this one)' if release.current else ''}")
    if past.log:
        console.say("Published from this machine:")
        for line in past.log[: None if console.verbose else _SHOWN]:
            if "rolled_back_to" in line:
                console.say(f"  {line['when']}: back to {line['rolled_back_to']}")
            else:
                console.say(
                    f"  {line['when']}: {line['sent']} sent, {line['deleted']} deleted of {line['files']} files"
                )
    if not past.releases and not past.log:
        console.say(f"Nothing was published to {past.title} yet")

"""What `dateline schedule` prints: a list, and what lets a machine build at the right instants."""

from __future__ import annotations

import datetime as dt
import json
import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from generator.cli.console import Console, lasting
from generator.errors import Problem, UsageError
from generator.schedule import Event, Found

_GRAIN = 5
"""Minutes of GitHub's clock."""


def zone(name: str | None) -> ZoneInfo | None:
    """A time zone by name; None for the machine's.

    Raises:
        UsageError: There is none of that name.
    """
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError) as error:
        fix = 'use a name such as "Europe/London", or "UTC"'
        raise UsageError(Problem(f"--timezone names no time zone: {name!r}", fix)) from error


def tell(found: Found, form: str, now: dt.datetime, where: tuple[Path, str, ZoneInfo | None], console: Console) -> None:
    """Print what is to come as `--format` asks; `where` is the site's folder, the command, and the zone."""
    root, command, place = where
    if form == "json":
        click.echo(_json(found, now))
        return
    writers = {
        "cron": lambda: _cron(found.events, root, command, place),
        "systemd": lambda: _systemd(found.events, root, command),
        "github": lambda: _github(found.events, command),
    }
    for line in writers[form]() if form in writers else _text(found, now, place or found.settings.zone):
        if form in writers:
            click.echo(line)
        else:
            console.say(line)


def _text(found: Found, now: dt.datetime, place: ZoneInfo) -> Iterator[str]:
    if not found.events:
        yield "Nothing changes by itself"
    for event in found.events:
        when = event.when.astimezone(place).strftime("%Y-%m-%d %H:%M %z")
        yield f"{when}  in {lasting(event.when - now)}: {event.source} {event.what} ({event.title!r})"
    if found.more:
        yield f"and {found.more:,} more; --limit 0 shows all"


def _json(found: Found, now: dt.datetime) -> str:
    events = [
        {
            "when": event.when.isoformat(),
            "seconds": round((event.when - now).total_seconds()),
            "what": event.what.name.lower(),
            "source": event.source,
            "title": event.title,
        }
        for event in found.events
    ]
    return json.dumps({"version": 1, "now": now.isoformat(), "more": found.more, "events": events}, indent=2)


def minutes(events: Iterable[Event], grain: int = 1) -> list[dt.datetime]:
    """The first minute at or after each instant that a clock of `grain` minutes knows; each once, in UTC."""
    step = 60 * grain
    seconds = {-(-int(event.when.timestamp() + (event.when.microsecond > 0)) // step) * step for event in events}
    return [dt.datetime.fromtimestamp(second, dt.UTC) for second in sorted(seconds)]


def local(minute: dt.datetime, place: ZoneInfo | None) -> dt.datetime:
    """A minute as the clock on the wall shows it, and cron knows it.

    Of an hour that the clock shows twice, cron knows the first; so what is due in the second waits until it is over.
    """
    while True:
        # Without a zone the machine's own is asked, and Python marks a repeated hour by `fold` alone.
        shown = minute.astimezone(place) if place else dt.datetime.fromtimestamp(minute.timestamp())  # noqa: DTZ006
        if not shown.fold:
            return shown.replace(tzinfo=None)
        minute += dt.timedelta(minutes=1)


def _cron(events: Iterable[Event], root: Path, command: str, place: ZoneInfo | None) -> Iterator[str]:
    yield f"# Times are those of {place.key if place else 'this machine'}; cron must keep the same time zone."
    yield "# cron knows no years: write this anew before a year is over, best after each publication."
    run = f"cd {shlex.quote(str(root.resolve()))} && {command}".replace("%", r"\%")
    shown = dict.fromkeys(local(minute, place) for minute in minutes(events))
    for at in shown:
        yield f"{at.minute} {at.hour} {at.day} {at.month} * {run}"


def _systemd(events: Iterable[Event], root: Path, command: str) -> Iterator[str]:
    where = str(root.resolve()).replace("%", "%%")
    yield "# dateline.timer"
    yield from ("[Unit]", "Description=Builds the site when it changes by itself", "", "[Timer]")
    yield from (f"OnCalendar={minute:%Y-%m-%d %H:%M:%S} UTC" for minute in minutes(events))
    yield from ("AccuracySec=1s", "Persistent=true", "", "[Install]", "WantedBy=timers.target", "")
    yield "# dateline.service"
    yield from ("[Unit]", "Description=Builds the site", "", "[Service]", "Type=oneshot")
    yield f"WorkingDirectory={where}"
    yield f"ExecStart=/bin/sh -c {shlex.quote(command.replace('%', '%%').replace('$', '$$'))}"


def _github(events: Iterable[Event], command: str) -> Iterator[str]:
    yield "# GitHub looks at its clock every 5 minutes, is often late, and knows no years."
    yield "# Write this file anew after each publication."
    yield "name: Build when due"
    yield from ("on:", "  workflow_dispatch:")
    if found := minutes(events, _GRAIN):
        yield "  schedule:"
        yield from (f'    - cron: "{at.minute} {at.hour} {at.day} {at.month} *"' for at in found)
    yield from ("jobs:", "  build:", "    runs-on: ubuntu-latest", "    steps:", "      - uses: actions/checkout@v4")
    yield "      # Install Dateline here, and deploy output/ after the build."
    yield f"      - run: {json.dumps(command)}"

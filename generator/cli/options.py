"""Options that several commands share, and the build that they ask for."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from pathlib import Path
from typing import Any

import click

Command = Callable[..., Any]


def options(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Several options as one decorator, shown by `--help` in the order given."""
    return lambda command: reduce(lambda inner, option: option(inner), reversed(options), command)


COMMON = options(
    click.option("-s", "--source", default=".", metavar="DIR", help="The site's folder (default: this one)."),
    click.option("-q", "--quiet", is_flag=True, help="Say nothing but problems."),
    click.option("-v", "--verbose", is_flag=True, help="Say more."),
)
NOW = click.option("--now", metavar="INSTANT", help="Act as if it were this instant: 2026-11-23T09:00:00+01:00.")
BUILDING = options(
    click.option("-o", "--output", metavar="DIR", help="Where to write (default: output/ in the site)."),
    click.option("-u", "--base-url", metavar="URL", help="The site's address, instead of site.toml's."),
    click.option("--theme", metavar="NAME", help="The theme, instead of site.toml's."),
    NOW,
    click.option("-j", "--jobs", type=click.IntRange(1, 256), metavar="N", help="Processes (default: all cores)."),
)


def build_request(
    source: str, *, now: Any, output: str | None, base_url: str | None, theme: str | None, **values: Any
) -> Any:
    """The build that the options ask for."""
    from generator.build import BuildRequest

    overrides = {key: value for key, value in (("base_url", base_url), ("theme", theme)) if value is not None}
    root = Path(source)
    return BuildRequest(
        root=root, output=Path(output) if output else root / "output", now=now, overrides=overrides, **values
    )

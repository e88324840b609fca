"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
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
NOW = click.option("--now", metavar="INSTANT", help="Build as if it were this instant: 2026-11-23T09:00:00+01:00.")

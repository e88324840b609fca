"""The `dateline` command, run in this process, and what it said."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from typing import NamedTuple

from support import NOW

from generator import cli


class Said(NamedTuple):
    """The exit code of a command, and its lines."""

    code: int
    out: str
    err: str


def dateline(*arguments: object) -> Said:
    """Run a command."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            cli.main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
    return Said(code, out.getvalue(), err.getvalue())


def build(site, *arguments: object) -> Said:
    """Build a SiteFixture's site, with the clock at NOW."""
    return dateline("build", "-s", site.root, "-j", 1, "--now", NOW.isoformat(), *arguments)

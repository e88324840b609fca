"""Names at a place that keeps releases."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection

from generator.errors import DeployError, Problem

CURRENT, RELEASES, STATE = "current", "releases", "state"
NEXT = "next"
"""The release that is being made."""

RELEASE = re.compile(r"\d{8}T\d{6}Z(-\d{3})?")


def next_name(now: float, taken: Collection[str]) -> str:
    """A name for a release: its instant; later in the order of names than all others."""
    name = dt.datetime.fromtimestamp(now, dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    last = max((other for other in taken if RELEASE.fullmatch(other)), default="")
    if name > last:
        return name
    stem, _, number = last.partition("-")
    return f"{stem}-{int(number or 0) + 1:03}"


def foreign(link: object) -> DeployError:
    """What another program shows as `current` is not replaced."""
    cause = f"{link} is there, and was not published by Dateline"
    return DeployError(Problem(cause, "choose another `path`, or move it away"))

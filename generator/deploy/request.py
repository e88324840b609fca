"""What is asked of a publication, and what it reports."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from typing import Protocol

from generator import check, diff
from generator.build import BuildRequest
from generator.deploy.place import Release
from generator.deploy.publication import Publication
from generator.errors import Problem, worst
from generator.records import Record, field


class Accept(StrEnum):
    """What keeps a site from being published, unless one accepts it by its name."""

    ERRORS = "errors"
    CHECK = "check"
    RESENT = diff.Gate.RESENT.value
    VANISHED = diff.Gate.VANISHED.value
    EARLY = diff.Gate.EARLY.value
    EMPTY = "empty"


class DeployRequest(Record, frozen=True, kw_only=True):
    """What to publish.

    Attributes:
        build: How the site is built.
        name: Of the place; empty for the first one in `site.toml`.
        owner: Who publishes, for others to see.
        accept: What is no reason to stop.
        dry_run: Tell what would be done, and do nothing.
        break_lock: Go on although another publication seems to be at work.
        max_deletes: Files that may be deleted; None for what the settings say.
        sleep: Waits some seconds.
    """

    build: BuildRequest
    name: str = ""
    owner: str = "someone"
    accept: Collection[Accept] = ()
    dry_run: bool = False
    break_lock: bool = False
    max_deletes: int | None = None
    sleep: Callable[[float], object] = time.sleep


class DeployReport(Record, kw_only=True):
    """What a publication did, or would do.

    Attributes:
        name: Of the place, in `site.toml`.
        title: Where it is.
        changes: For readers and subscribers; None where it was not looked at.
        findings: Of the check of the site.
        publication: What was to be done; None where it did not come to that.
        release: Its name, where the place keeps releases.
        left_out: Files of the output that are never published.
        stopped: Why nothing was published: what nobody accepted.
        accepted: What would have stopped it, each with the name by which it was accepted.
        notes: What went otherwise than it should after readers saw the site.
        told: WebSub hubs that were told of a feed.
        done: Whether readers see the site.
        made_up: Files of a publication that was broken off, for which now followed what had not.
    """

    name: str
    title: str
    changes: diff.Report | None = None
    findings: tuple[check.Finding, ...] = ()
    publication: Publication | None = None
    release: str = ""
    left_out: tuple[str, ...] = ()
    stopped: list[tuple[Accept | None, Problem]] = field(default_factory=list)
    accepted: list[tuple[Accept, Problem]] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)
    done: bool = False
    made_up: int = 0

    def exit_code(self) -> int:
        """0, or 1 where it was stopped or something went wrong."""
        return int(bool(self.stopped) or worst(self.notes) > 0)


class Past(Record, frozen=True):
    """What was published to a place, as far as this machine and the place know.

    Attributes:
        releases: That the place still has, the newest first.
        log: What this machine published there, the newest first.
    """

    title: str
    releases: list[Release]
    log: list[Mapping[str, object]]


class Progress(Protocol):
    """Told how far a publication is."""

    def stage(self, name: str, total: int) -> None:
        """A stage of `total` steps begins."""

    def step(self) -> None:
        """A step is done."""

"""What every place can do to which a site is published, and who may do it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from generator import codec
from generator.deploy.publication import Item, Manifest, Publication, Stored
from generator.errors import DeployError, Problem
from generator.records import Record

STALE = 900.0
"""Seconds after which a publication of which nothing was heard is taken for dead."""


class Clock(Record, frozen=True):
    """What time it is, in seconds since 1970, and how to wait some seconds."""

    now: float
    sleep: Callable[[float], object]


Step = Callable[[], object]
"""Called after each file."""


class Claim(Record, frozen=True):
    """Who publishes, and since when.

    Attributes:
        owner: `user@machine:process`.
        since: In seconds since 1970; renewed while files go up.
    """

    owner: str
    since: float

    def dump(self) -> bytes:
        """As a file."""
        return codec.to_json(self)

    @classmethod
    def load(cls, data: bytes) -> Claim:
        """From a file; one that is as old as can be where that says nothing."""
        try:
            return codec.from_json(data, cls)
        except codec.CodecError:
            return cls("nobody knows who", 0.0)

    def refused(self, now: float) -> DeployError:
        """What to say to whoever comes second."""
        age = dt.timedelta(seconds=max(0, int(now - self.since)))
        return DeployError(
            Problem(
                f"{self.owner} is publishing there, and was at work {age} ago",
                "wait for its end; if it is dead, `dateline deploy --break-lock` goes on without it",
            )
        )


def is_dead(holder: Claim, claim: Claim) -> bool:
    """Whether a claim was made on this machine by a process that is no more."""
    theirs, _, number = holder.owner.rpartition(":")
    if os.name == "nt":  # pragma: no cover  # where asking would be a signal
        return False
    if theirs != claim.owner.rpartition(":")[0] or not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


class Release(Record, frozen=True):
    """A state of the site that the place still has; `name` says when it was made."""

    name: str
    current: bool = False


class Place(Protocol):
    """A place.

    Attributes:
        title: What it is called in messages.
        site: Where below its root the site lies, with a `/` at the end; empty for the root itself.
        beside: Where below its root files for its host lie that readers must not see; None where it has no such place.
        headers: Whether it keeps headers with its files.
        own: Files that it wants beside those of the site.
    """

    title: str
    site: str
    beside: str | None
    headers: bool
    own: Mapping[str, bytes]

    def lock(self, claim: Claim, *, force: bool) -> None:
        """Be the only one to publish there.

        Raises:
            DeployError: Someone else is.
        """

    def unlock(self) -> None:
        """Let others publish."""

    def close(self) -> None:
        """Let go of whatever connects us with it."""

    def look(self, items: Mapping[str, Item]) -> Mapping[str, Stored]:
        """What it has, each file looked at; a digest is empty where the file is not what we put there."""

    def read(self, paths: Sequence[str]) -> dict[str, bytes]:
        """Files that it has, as readers get them; those that are not there are left out."""

    def begin(self, publication: Publication) -> None:
        """Prepare."""

    def put(self, items: Sequence[Item], step: Step) -> dict[str, Stored]:
        """Put files there, and say how they are stored."""

    def note(self, manifest: Manifest) -> None:
        """Remember what is there while more goes up, where readers see it at once."""

    def verify(self, stored: Mapping[str, Stored]) -> None:
        """Look whether all that went up is there.

        Raises:
            DeployError: It is not.
        """

    def delete(self, paths: Sequence[str]) -> None:
        """Take files away that readers could find."""

    def activate(self, manifest: Manifest) -> str:
        """Show readers what was put there, and note it; the name of the release, where there are any."""

    def releases(self) -> list[Release]:
        """States that it still has, the newest first; none where it keeps none."""

    def roll_back(self, release: str) -> Sequence[str]:
        """Show readers a former state; the files that differ."""

"""What a site has published: one Item for each story or page that readers could ever find."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import UNSET, UnsetType

from generator.records import Record

__all__ = ["LEDGER", "UNSET", "Item", "Reason", "State", "UnsetType"]

LEDGER = "content/ledger.jsonl"
"""Where a site keeps its ledger, relative to its folder."""


class State(StrEnum):
    """Whether an item is promised to its readers, or gone in the open."""

    LIVE = "live"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Reason(Record, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    """Why an item was taken back, as its page says it.

    Attributes:
        date: When that was said, ISO with offset.
        language: BCP 47 tag of the text.
        text: In the editor's words.
    """

    date: str
    language: str
    text: str


class Item(Record, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    """A line of the ledger. Fields are in the order of their names, since that is how lines are written.

    Attributes:
        aliases: Every other site path that it ever had.
        date: First publication; None for a standing page.
        id: Permanent identity.
        reason: Of what was taken back and why, so that its file may go; most lines have none.
        source: The file that it was last published from, relative to the site's folder.
        state: See State.
        title: When it was last recorded, for people who read the ledger.
        url: Site path at which it was last recorded.
    """

    aliases: tuple[str, ...] = ()
    date: Annotated[dt.datetime, msgspec.Meta(tz=True)] | None = None
    id: Annotated[str, msgspec.Meta(min_length=1)]
    reason: Reason | UnsetType = UNSET
    source: str = ""
    state: State = State.LIVE
    title: str = ""
    url: str

    @property
    def urls(self) -> tuple[str, ...]:
        """Every site path that it ever had, the last one first."""
        return (self.url, *self.aliases)

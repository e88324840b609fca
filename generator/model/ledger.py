"""What a site has published: one Item for each story or page that readers could ever find."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated

import msgspec

LEDGER = "content/ledger.jsonl"
"""Where a site keeps its ledger, relative to its folder."""


class State(StrEnum):
    """Whether an item is promised to its readers, or was taken back in the open."""

    LIVE = "live"
    WITHDRAWN = "withdrawn"


class Item(msgspec.Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    """A line of the ledger. Fields are in the order of their names, since that is how lines are written.

    Attributes:
        aliases: Every other site path that it ever had.
        date: First publication; None for a standing page.
        id: Permanent identity.
        source: The file that it was last published from, relative to the site's folder.
        state: See State.
        title: When it was last recorded, for people who read the ledger.
        url: Site path at which it was last recorded.
    """

    aliases: tuple[str, ...] = ()
    date: Annotated[dt.datetime, msgspec.Meta(tz=True)] | None = None
    id: Annotated[str, msgspec.Meta(min_length=1)]
    source: str = ""
    state: State = State.LIVE
    title: str = ""
    url: str

    @property
    def urls(self) -> tuple[str, ...]:
        """Every site path that it ever had, the last one first."""
        return (self.url, *self.aliases)

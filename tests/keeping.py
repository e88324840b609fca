"""What a publisher does to the ledger: recorded, edited by hand, merged, lost, broken."""

from __future__ import annotations

import datetime as dt
import shutil
from random import Random

from desk import Desk
from editing import breaking, edit

from generator import ledger
from generator.build.record import account
from generator.errors import DatelineError
from generator.model.ledger import LEDGER, Item, State
from generator.records import replace


@edit
def record_ledger(desk: Desk, _: Random) -> str | None:
    """What is public now is written down, as found in a copy of the site, so that this one's builds are its own."""
    folder = desk.root.parent / "recorded"
    shutil.rmtree(folder, ignore_errors=True)
    try:
        found = account(Desk(folder, desk.world, desk.now, desk.flags).request())
    except DatelineError:
        return None
    desk.world.files[LEDGER] = ledger.dump(found.after.values())
    return f"record {sorted(found.after)}"


def _known(desk: Desk) -> list[Item]:
    data = desk.world.files.get(LEDGER)
    return sorted(ledger.read(data).items.values(), key=lambda item: item.id) if isinstance(data, bytes) else []


CHANGES = (
    {"url": "/old/1/"},
    {"url": "/2026/01/bridge/"},
    {"id": "one"},
    {"id": "two"},
    {"aliases": ("/old/1/", "/old/3/")},
    {"aliases": ("/2026/01/ferry/", "/tags/sea/", "/about/")},
    {"aliases": ("/2026/01/FAIR/", "/old")},
    {"date": dt.datetime(2026, 1, 2, 10, tzinfo=dt.UTC)},
    {"date": None},
    {"source": "content/posts/new.md"},
    {"source": "content/posts/gone.md"},
    {"source": "content/posts/m.md"},
    {"state": State.WITHDRAWN},
    {"state": State.LIVE},
    {"title": "Other"},
)


@edit
def edit_ledger(desk: Desk, dice: Random) -> str | None:
    """A line of the ledger is changed, doubled or taken out by hand, or by a merge."""
    if not (items := _known(desk)):
        return None
    chosen = dice.choice(items)
    new = replace(chosen, **dice.choice(CHANGES))
    way = dice.choice(("change", "change", "double", "take out"))
    kept = items if way == "double" else [item for item in items if item is not chosen]
    desk.world.files[LEDGER] = ledger.dump(kept if way == "take out" else [*kept, new])
    return f"{way} {chosen} for {new}"


@edit
def lose_ledger(desk: Desk, _: Random) -> str | None:
    """The ledger is deleted."""
    return "delete the ledger" if desk.world.files.pop(LEDGER, None) is not None else None


@breaking
def break_ledger(desk: Desk, dice: Random) -> str:
    """The ledger cannot be read."""
    broken = (b"", b"{}\n", b"<<<<<<< HEAD\n", b'{"!dateline-ledger":9}\n', b'{"!dateline-ledger":1}\n{"id":"a"}\n')
    desk.world.raw[LEDGER] = dice.choice(broken)
    return f"break the ledger: {desk.world.raw[LEDGER]!r}"

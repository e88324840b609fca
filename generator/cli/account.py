"""What `dateline ledger` and `dateline ids` tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator import ids
from generator.build import BuildRequest
from generator.build.record import Account, account, record
from generator.cli.console import Console, counted, some
from generator.errors import worst
from generator.ledger import Change
from generator.model.ledger import LEDGER, Item, State

_SHOWN = 20


def show(request: BuildRequest, console: Console) -> int:
    """Build, and tell what is recorded and what the next record would change; the exit code."""
    found = account(request)
    console.errors(found.report.problems)
    for line in _shown(found, console):
        console.say(line)
    return found.report.exit_code()


def write_down(request: BuildRequest, console: Console) -> int:
    """Build, and record what is public; the exit code."""
    found = record(request)
    console.errors(found.report.problems)
    for line in _changes(found.changes, console):
        console.say(line)
    if found.data is None:
        console.say(f"{LEDGER} is right already: {_counts(found.after.values())}")
    else:
        console.say(f"wrote {LEDGER}: {_counts(found.after.values())}; commit it with the articles")
    return found.report.exit_code()


def _shown(found: Account, console: Console) -> Iterator[str]:
    if found.before is None:
        yield f"There is no {LEDGER} yet; `dateline ledger record` begins it"
    else:
        yield f"{LEDGER}: {_counts(found.before.values())}"
        if console.verbose:
            yield from (f"  {_line(item)}" for _, item in sorted(found.before.items()))
    if found.data is None:
        yield "`dateline ledger record` would change nothing"
        return
    yield "`dateline ledger record` would write:" if found.changes else "`dateline ledger record` would tidy the file"
    yield from _changes(found.changes, console)


def _changes(changes: tuple[Change, ...], console: Console) -> Iterator[str]:
    lines = [f"{_line(change.item)}: {change.what}" for change in changes]
    yield from (f"  {line}" for line in some(lines, _SHOWN, whole=console.verbose))


def _line(item: Item) -> str:
    state = "" if item.state is State.LIVE else f" ({item.state})"
    return f"{item.id} {item.url} {item.title!r}{state}"


def _counts(items: Iterable[Item]) -> str:
    states = Counter(item.state for item in items)
    total = counted(states.total(), "item")
    return ", ".join(
        [total, *(f"{states[state]} {state}" for state in State if state is not State.LIVE and states[state])]
    )


def identify(request: BuildRequest, paths: tuple[str, ...], console: Console, *, write: bool) -> int:
    """Tell which documents write no id, and write it in where that is wanted; the exit code."""
    found = ids.find(request, paths)
    problems = list(found.problems)
    told = found.ids
    if write:
        told, refused = ids.write(Path(request.root), found.ids)
        problems += refused
    for source, identity in told.items():
        console.say(f"{source}: {identity}")
    what = "wrote an id into" if write else "without an id:"
    console.say(f"{what} {counted(len(told), 'file')}")
    console.problems(problems)
    return worst(problems)

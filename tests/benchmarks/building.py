"""Builds in turns: the baseline, the other program, the baseline, and so on, so that a busy machine slows both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.benchmarks import counting, measuring, peers
from tests.benchmarks.results import Pair, Run
from tests.benchmarks.works import WORKS, Work
from tests.benchmarks.worksite import Checks, Worksite


@dataclass(frozen=True, slots=True)
class Conditions:
    """How runs are made.

    Attributes:
        root: The folder of programs, sites and logs.
        patience: Seconds to wait for a quiet machine before each run.
        limit: Seconds that a run may take.
    """

    root: Path
    patience: float
    limit: float


def pairs(base: Worksite | None, own: Worksite, work: str, count: int, conditions: Conditions) -> Iterator[Pair]:
    """Runs in turns, each pair as soon as it is there.

    Raises:
        measuring.CommandError: A program failed.
    """
    if not WORKS[work].cold:
        for site in (base, own):
            if site and not site.settled:
                _prime(site, conditions)
    for number in range(count):
        first = build(base, WORKS[work], number, conditions) if base else None
        yield Pair(base=first, own=build(own, WORKS[work], number, conditions))


def build(site: Worksite, work: Work, number: int, conditions: Conditions) -> Run:
    """Prepare the site, build it, look at what came out."""
    if work.cold:
        site.clean()
    before = counting.snapshot(site.output)
    checks = work.prepare(site, number)
    cost = _run(site, conditions, again=not work.cold)
    after = counting.snapshot(site.output)
    return Run(
        **asdict(cost),
        files=len(after),
        written=counting.written(before, after),
        right=shows(lambda path: (site.output / path).read_text("utf-8"), checks),
    )


def shows(read: Callable[[str], str], checks: Checks) -> bool:
    """Whether every text is where it must be."""
    try:
        return all(text in read(path) for path, text in checks.items())
    except OSError:
        return False


def _prime(site: Worksite, conditions: Conditions) -> None:
    """A build that is not measured: it meets what was done to the site since its last build."""
    measuring.wait_for_quiet(0)
    _run(site, conditions, again=True, patience=0)


def _run(site: Worksite, conditions: Conditions, *, again: bool, patience: float | None = None) -> measuring.Cost:
    peer = site.peer
    line = peers.command(site.name, conditions.root, (again and peer.rebuild) or peer.build)
    if line is None:
        raise measuring.CommandError(f"{peer.title} is not installed")
    measuring.wait_for_quiet(conditions.patience if patience is None else patience)
    log = conditions.root / "log" / f"{site.name}-{site.archive.posts}.log"
    cost = measuring.run(line, site.folder, site.environment(), log, conditions.limit)
    site.settled = again or not peer.rebuild
    return cost

"""Results: every run of every pair, as JSON, and the figures that are drawn from them."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

DISTURBED = 0.15
"""A run is marked as disturbed where the rest of the machine took more processor time than this share of its wall."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of one program.

    Attributes:
        wall: Seconds.
        cpu: Seconds of processor time.
        memory: MiB at the peak, shared pages once.
        resident: MiB at the peak, as a plain sum.
        foreign: Seconds of processor time that the rest of the machine took.
        files: In its output; 0 where that is not looked at.
        written: Files that it wrote.
        right: Whether the output shows the change.
    """

    wall: float
    cpu: float
    memory: float
    resident: float
    foreign: float = 0.0
    files: int = 0
    written: int = 0
    right: bool = True

    @property
    def disturbed(self) -> bool:
        """Whether others were at work too."""
        return self.foreign > 0.3 + DISTURBED * self.wall


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A run of the baseline, and right after it one of the other program; without a baseline where it is absent."""

    base: Run | None
    own: Run

    def ratio(self, figure: str) -> float | None:
        """`wall`, `cpu`, `memory` or `resident` of the program's run as a multiple of the baseline's."""
        below = getattr(self.base, figure) if self.base else 0.0
        return float(getattr(self.own, figure) / below) if below else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """All pairs of one program, one kind of work and one size.

    Attributes:
        posts: Size of the archive.
        work: Key of the kind of work.
        program: Key of the program.
        versions: Of the programs, by key.
        machine: On what it ran.
        day: When.
        pairs: In their order.
    """

    posts: int
    work: str
    program: str
    versions: dict[str, str]
    machine: dict[str, str]
    day: str
    pairs: list[Pair]

    @property
    def key(self) -> tuple[int, str, str]:
        """What a later series of the same kind takes the place of."""
        return self.posts, self.work, self.program

    def ratios(self, figure: str = "wall") -> list[float]:
        """The ratio of each pair."""
        return [ratio for pair in self.pairs if (ratio := pair.ratio(figure)) is not None]

    def ratio(self, figure: str = "wall") -> float | None:
        """The median of the pairs' ratios."""
        ratios = self.ratios(figure)
        return statistics.median(ratios) if ratios else None

    def own(self, figure: str = "wall") -> float:
        """The median of the program's runs."""
        return float(statistics.median(getattr(pair.own, figure) for pair in self.pairs))

    def base(self, figure: str = "wall") -> float | None:
        """The median of the baseline's runs."""
        values = [getattr(pair.base, figure) for pair in self.pairs if pair.base]
        return statistics.median(values) if values else None

    @property
    def disturbed(self) -> int:
        """How many pairs have a disturbed run."""
        return sum(any(run and run.disturbed for run in (pair.base, pair.own)) for pair in self.pairs)

    @property
    def wrong(self) -> int:
        """How many runs did not show the change."""
        return sum(not run.right for pair in self.pairs for run in (pair.base, pair.own) if run)


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What lay in a program's output after a cold build: see `counting.tally`."""

    posts: int
    program: str
    counts: dict[str, int]


@dataclass(slots=True)
class Results:
    """All that was measured, the newest series of each kind."""

    series: list[Series] = field(default_factory=list)
    outputs: list[Output] = field(default_factory=list)

    def add(self, new: Series) -> None:
        """Keep a series in place of an older one of the same kind."""
        self.series = [*(old for old in self.series if old.key != new.key), new]

    def add_output(self, new: Output) -> None:
        """Keep a count in place of an older one."""
        old = (kept for kept in self.outputs if (kept.posts, kept.program) != (new.posts, new.program))
        self.outputs = [*old, new]

    def find(self, posts: int, work: str, program: str) -> Series | None:
        """One series."""
        return next((series for series in self.series if series.key == (posts, work, program)), None)

    def sizes(self) -> list[int]:
        """The sizes of archives that were measured."""
        return sorted({series.posts for series in self.series})

    def programs(self) -> list[str]:
        """The programs that were measured, in the order of their first series."""
        return list(dict.fromkeys(series.program for series in self.series))


def load(path: Path) -> Results:
    """Results from a file; none where there is none."""
    return msgspec.json.decode(path.read_bytes(), type=Results) if path.is_file() else Results()


def save(results: Results, path: Path) -> None:
    """Write results, sorted, so that two files can be compared."""
    ordered = Results(
        sorted(results.series, key=lambda series: series.key),
        sorted(results.outputs, key=lambda output: (output.posts, output.program)),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(ordered), indent=1) + b"\n")


def machines(series: Iterable[Series]) -> list[dict[str, str]]:
    """The different machines of some series."""
    found: list[dict[str, str]] = []
    for one in series:
        if one.machine not in found:
            found.append(one.machine)
    return found

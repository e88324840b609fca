"""A whole run: which programs, which work, which sizes; every pair is printed and kept."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import building, counting, installing, machine, peers, results, serving
from tests.benchmarks.building import Conditions
from tests.benchmarks.measuring import CommandError
from tests.benchmarks.peers import BASELINE, OURS, PEERS
from tests.benchmarks.results import Output, Pair, Results, Run, Series
from tests.benchmarks.works import WORKS
from tests.benchmarks.worksite import Worksite, archive_of, lay_out

OTHERS_WORK = ("cold", "nothing", "body", "new")
"""What programs other than ours are asked to do, unless work is named: the rest takes hours and says little more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to measure.

    Attributes:
        sizes: Of archives.
        programs: Keys of `PEERS`; the baseline runs with each of them.
        works: Keys of `WORKS`; none for all that a program is asked by default.
        pairs: For ours against the baseline.
        others: Pairs for other programs.
        edits: Pairs of edits for the servers.
    """

    sizes: Sequence[int]
    programs: Sequence[str]
    works: Sequence[str]
    pairs: int
    others: int
    edits: int

    def of(self, program: str) -> Iterator[tuple[str, int]]:
        """Kinds of work and numbers of pairs for a program."""
        for work in WORKS:
            asked = work in self.works if self.works else program == OURS or work in OTHERS_WORK
            if asked and WORKS[work].served and not PEERS[program].serve:
                continue
            if asked:
                yield work, self.edits if WORKS[work].served else self.pairs if program == OURS else self.others


def measure(wanted: Wanted, conditions: Conditions, file: Path) -> None:
    """Measure all that is wanted; the file is written after each series, so that nothing is lost."""
    names = installed(wanted.programs, conditions.root)
    versions = {name: peers.version(name, conditions.root) for name in names}
    print("; ".join(f"{PEERS[name].title} {version}" for name, version in versions.items()))
    found = results.load(file)
    for posts in wanted.sizes:
        print(f"\n{posts:,} posts: laying out", flush=True)
        sites = lay_out(conditions.root, archive_of(posts), names)
        base = sites.get(BASELINE)
        for program in (name for name in names if name != BASELINE):
            _Contest(base, sites[program], versions, conditions, found, file).hold(wanted)
        for site in sites.values():
            shutil.rmtree(site.aside, ignore_errors=True)


def installed(programs: Sequence[str], root: Path) -> list[str]:
    """The baseline and those of some programs that are there; the others are named and left out."""
    names = []
    for name in dict.fromkeys((BASELINE, *programs)):
        if PEERS[name].installer.find(root):
            names.append(name)
        else:
            print(f"{PEERS[name].title} is not installed and is left out: python -m tests.benchmarks install {name}")
    return names


@dataclass(slots=True)
class _Contest:
    """The baseline and one program at one size."""

    base: Worksite | None
    own: Worksite
    versions: dict[str, str]
    conditions: Conditions
    found: Results
    file: Path

    def hold(self, wanted: Wanted) -> None:
        """Measure one kind of work after the other; one that fails is told, and the next is tried."""
        for site in (self.base, self.own):
            if site:
                site.restore()
        for work, count in wanted.of(self.own.name):
            code = installing.code()
            pairs = self._run(work, count)
            if code != installing.code():
                print(f"{work}: Dateline's code was edited meanwhile, so these pairs are not kept", flush=True)
                self.own.settled = False
            elif pairs:
                self._keep(work, pairs)

    def _run(self, work: str, count: int) -> list[Pair]:
        """The pairs of one kind of work, as far as they went well, each printed as soon as it is there."""
        pairs: list[Pair] = []
        try:
            for pair in self._pairs(work, count):
                pairs.append(pair)
                print(line(work, self.own.name, pair), flush=True)
        except CommandError as error:
            print(f"{work}: {error}", flush=True)
        if pairs and work == "cold":
            self._count()
        return pairs

    def _pairs(self, work: str, count: int) -> Iterator[Pair]:
        if WORKS[work].served:
            return serving.pairs(self.base, self.own, count, self.conditions)
        return building.pairs(self.base, self.own, work, count, self.conditions)

    def _keep(self, work: str, pairs: list[Pair]) -> None:
        series = Series(
            posts=self.own.archive.posts,
            work=work,
            program=self.own.name,
            versions={name: self.versions[name] for name in (BASELINE, self.own.name) if name in self.versions},
            machine=machine.describe(),
            day=dt.datetime.now(dt.UTC).date().isoformat(),
            pairs=pairs,
        )
        ratio = series.ratio()
        print(f"{work}: median {series.own():.3f} s" + (f", ratio {ratio:.4f}" if ratio else ""), flush=True)
        self.found.add(series)
        results.save(self.found, self.file)

    def _count(self) -> None:
        """Count the outputs, so that the work is seen to be equal."""
        for site in (self.base, self.own):
            if site:
                counts = counting.tally(site.output)
                self.found.add_output(Output(posts=site.archive.posts, program=site.name, counts=counts))
                told = ", ".join(f"{kind} {count:,}" for kind, count in counts.items() if count)
                print(f"output of {site.peer.title}: {told}", flush=True)
        results.save(self.found, self.file)


def line(work: str, program: str, pair: Pair) -> str:
    """A pair as a line of text."""
    runs = [f"{PEERS[BASELINE].title} {_told(pair.base)}"] if pair.base else []
    runs.append(f"{PEERS[program].title} {_told(pair.own)}")
    ratio = pair.ratio("wall")
    return f"{work}: {' | '.join(runs)}" + (f" | ratio {ratio:.4f}" if ratio else "")


def _told(run: Run) -> str:
    figures = f"{run.wall:.3f} s, CPU {run.cpu:.2f} s, {run.memory:.0f} MiB ({run.resident:.0f} as a sum)"
    marks = [f"{run.written:,} of {run.files:,} files written"] if run.files else []
    marks += ["others were at work"] if run.disturbed else []
    marks += [] if run.right else ["THE CHANGE DOES NOT SHOW"]
    return ", ".join([figures, *marks])

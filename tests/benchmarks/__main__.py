"""`python -m tests.benchmarks`: measure, and write docs/performance.md."""

from __future__ import annotations

import argparse
import fcntl
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks import report, running
from tests.benchmarks.building import Conditions
from tests.benchmarks.peers import BASELINE, PEERS
from tests.benchmarks.works import WORKS

ROOT = Path("~/.cache/dateline-bench")
RESULTS = Path(__file__).parent / "results.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says."""
    given = _parser().parse_args(arguments)
    given.root = given.root.expanduser().resolve()
    if given.command == "install":
        return _install(given.root, given.programs)
    if given.command in ("all", "run"):
        _run(given)
    if given.command in ("all", "report"):
        report.write(given.results)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Dateline beside other generators.")
    parser.add_argument(
        "command",
        nargs="?",
        default="all",
        choices=["all", "install", "run", "report"],
        help="install the programs; run the measurements; report: write docs/performance.md; all: run, then report",
    )
    names = [name for name in PEERS if name != BASELINE]
    add = parser.add_argument
    add("--root", type=Path, default=ROOT, help="folder of programs, sites and logs (%(default)s)")
    add("--results", type=Path, default=RESULTS, help="where every pair is kept")
    add("--programs", nargs="+", default=names, choices=list(PEERS), help="the programs beside Hugo (all)")
    add("--sizes", nargs="+", type=int, default=[1_000, 10_000], help="posts; 100000 takes hours (1000 10000)")
    add("--work", nargs="+", default=[], choices=list(WORKS), help="kinds of work (what each program is asked)")
    add("--pairs", type=int, default=5, help="pairs of Hugo and Dateline (%(default)s)")
    add("--others", type=int, default=2, help="pairs of Hugo and another program (%(default)s)")
    add("--edits", type=int, default=10, help="edits for the servers (%(default)s)")
    add("--patience", type=float, default=10, help="seconds to wait for a quiet machine before a run (%(default)s)")
    add("--limit", type=float, default=3600, help="seconds that a run may take (%(default)s)")
    return parser


def _install(root: Path, programs: Sequence[str]) -> int:
    """Install each program; one that cannot be installed here is told and does not keep the others from it."""
    failed = 0
    for installer in dict.fromkeys(PEERS[name].installer for name in (BASELINE, *programs)):
        title = next(peer.title for peer in PEERS.values() if peer.installer == installer)
        try:
            installer.install(root)
        except (subprocess.CalledProcessError, FileNotFoundError) as error:
            failed += 1
            print(f"{title}: {error}")
        else:
            print(f"{title}: {'installed' if installer.find(root) else 'not found after installing'}")
    return 1 if failed else 0


def _run(given: argparse.Namespace) -> None:
    given.root.mkdir(parents=True, exist_ok=True)
    wanted = running.Wanted(
        sizes=given.sizes,
        programs=given.programs,
        works=given.work,
        pairs=given.pairs,
        others=given.others,
        edits=given.edits,
    )
    conditions = Conditions(given.root, given.patience, given.limit)
    with (given.root / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit("another run is at work: two at once would measure each other") from None
        running.measure(wanted, conditions, given.results)


if __name__ == "__main__":
    raise SystemExit(main())

"""Histories of a site: edits and mishaps at random, and after each of them a build that must equal a clean one.

A history is a list of steps, each the name of an edit and a number from which it draws its choices. So a step may be
taken out of a history and the others still mean something: that is how a failing one is made short. A `+` before the
name says that the next edit follows before anything is built, as when someone pulls the work of a week.
"""

from __future__ import annotations

import difflib
import shutil
import traceback
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import breaking  # noqa: F401  # registers its edits
import keeping  # noqa: F401  # likewise
import mishaps  # noqa: F401  # likewise
from desk import MARKER, OUTSIDE, Desk, Outcome, traces, tree
from editing import BREAKING, EDITS
from planting import Walk, sound
from sweeps import SWEEPS, Sweep
from town import town

from generator.build import Session, Silent
from generator.plan import lists

lists.RUN = 2
"""So that a town's lists are long."""

LENGTH = 10
TRIALS = 60
"""Shorter histories that are tried before the shortest is shown."""

Step = tuple[str, int]


class DifferenceError(AssertionError):
    """A build that is not what a clean one is."""


@dataclass(slots=True)
class Cleaned:
    """Clean builds that were made already: undoing an edit is common, and the first site is always the same.

    No fault that a test planted is in them.
    """

    room: int = 200
    _known: OrderedDict[object, tuple[Outcome, dict[str, bytes]]] = field(default_factory=OrderedDict)

    def of(self, desk: Desk) -> tuple[Outcome, dict[str, bytes]]:
        """A clean build of the site as it is."""
        sources = tuple(sorted((name, type(data), data) for name, data in desk.world.sources().items()))
        once = {name: value for name, value in desk.once.items() if name not in ("keep", "fresh")}
        key = (sources, desk.now, repr(desk.flags), repr(once))
        if key not in self._known:
            with sound():
                self._known[key] = desk.clean(desk.root.parent / "clean")
            if len(self._known) > self.room:
                self._known.popitem(last=False)
        self._known.move_to_end(key)
        return self._known[key]


CLEANED = Cleaned()


PUBLISHING = (
    "record_ledger", "record_ledger", "edit_ledger", "lose_ledger", "rename_article", "rename_article", "reslug",
    "reidentify", "redate", "restate", "alias", "delete_article", "add_article", "revert",
)  # fmt: skip
"""Edits that a ledger has something to say of."""


def steps_of(seed: int, *, lasting: bool = False, published: bool = False) -> list[Step]:
    """The history of a seed; what may break the build is often mended soon, and what is copied is put back.

    A preview knows of edits alone, so its histories have more of them; nothing else can be restarted. Those of a
    published site begin with a ledger.
    """
    dice, names = Random(seed), sorted(EDITS.keys() - ({"put_back"} if lasting else {"put_back", "restart"}))
    names += (3 if lasting else 1) * [name for name in names if EDITS[name].__module__ != "mishaps"]
    if dice.random() < 0.5:  # a history of few kinds of edits meets itself more often
        names = dice.sample(names, 8)
    if published:
        names = [*dice.sample(names, min(5, len(names))), *PUBLISHING]
    steps: list[Step] = [("record_ledger", 0)] if published else []

    def add(name: str) -> None:
        steps.append((("+" if dice.random() < 0.25 else "") + name, dice.randrange(10**6)))

    while len(steps) < LENGTH:
        add(name := dice.choice(names))
        if name in BREAKING or name == "keep_copy":
            if name == "keep_copy" or dice.random() < 0.5:
                add(dice.choice(names))
            add("mend" if name in BREAKING else "put_back")
    return steps[:LENGTH]


def run(steps: Iterable[Step], folder: Path, *, lasting: bool = False) -> list[str]:
    """Live through a history below a folder; what was done.

    Args:
        steps: What happens.
        folder: Where.
        lasting: One process builds all the time, and is told which articles were saved, as a preview is.

    Raises:
        DifferenceError: With what was done, and the first thing that is not as it should be.
    """
    return _live(lambda desk: _taken(steps, desk), folder, lasting=lasting)


def sweep(name: str, folder: Path, *, lasting: bool = False) -> list[str]:
    """The same with a sweep."""
    return _live(SWEEPS[name], folder, lasting=lasting)


def _live(history: Sweep, folder: Path, *, lasting: bool) -> list[str]:
    """Check a site at its beginning, after each step of a history, and at its end."""
    shutil.rmtree(folder, ignore_errors=True)
    desk, said = Desk(folder / "site", town(), session=Session.lasting() if lasting else None), ["begin"]
    try:
        check(desk)
        for done in history(desk):
            said.append(done)
            check(desk)
        check(desk)
    except Exception as error:
        fault = str(error) if isinstance(error, DifferenceError) else "".join(traceback.format_exception(error))
        raise DifferenceError("\n".join([*(f"  {n}. {line}" for n, line in enumerate(said)), fault])) from error
    return said


def _taken(steps: Iterable[Step], desk: Desk) -> Iterator[str]:
    """Take the steps of a history; what was done before each build."""
    waiting: list[str] = []
    for name, number in steps:
        before = desk.world.copy()
        done = EDITS[name.removeprefix("+")](desk, Random(number))
        waiting.append(f"{name}: {done or 'nothing to do'}")
        desk.sure = desk.sure and EDITS[name.removeprefix("+")].__module__ != "mishaps"
        desk.older = [*desk.older[-5:], before]
        if name.startswith("+") and not desk.during:
            desk.lay()
        else:
            yield "; ".join(waiting)
            waiting.clear()
    if waiting:
        yield "; ".join(waiting)


def check(desk: Desk) -> None:
    """Build, and compare with a clean build; then build again, which must do nothing."""
    if desk.during:
        _build_meanwhile(desk)
    desk.lay()
    want, wanted = CLEANED.of(desk)
    foreign, before, old = _foreign(desk), traces(desk.output), tree(desk.output)
    got = desk.build()
    _compare_words(got, want)
    now = tree(desk.output)
    if not got.wrote:
        _must(traces(desk.output) == before, f"a build that failed changed the output\n{_first(now, old)}")
    elif desk.once.get("keep") and got.report and got.report.exit_code():
        kept = {name: data for name, data in now.items() if name in wanted}
        _must(kept == wanted, f"a build that keeps is not the clean one\n{_first(kept, wanted)}")
    else:
        _must(now == wanted, f"the output is not the clean one\n{_first(now, wanted)}")
    if got.wrote:
        desk.sound = desk.world.copy()
        _check_report(got, before, traces(desk.output))
    if desk.session is None or desk.builds % 3 == 0:  # it looks at everything, which a preview does not
        _check_again(desk, want)
    _must(_foreign(desk) == foreign, "a file that is not ours was touched")
    outside = {path.name: path.read_bytes() for path in desk.outside.iterdir()}
    _must(outside == {"file": OUTSIDE}, f"a build wrote where it must not: {outside}")
    desk.once = {}


def _build_meanwhile(desk: Desk) -> None:
    """A build during which the world's last change is saved; it may see either."""
    meddler = _Meddler(desk, desk.during)
    desk.build(meddler)
    desk.during = 0


@dataclass(slots=True)
class _Meddler(Silent):
    """Progress of a build that lays the files out at some step of it."""

    desk: Desk
    left: int

    def stage(self, *_: object) -> None:
        """A stage begins."""
        self.step()

    def waiting(self) -> None:
        """Another build is at work."""

    def step(self) -> None:
        """Something is done."""
        self.left -= 1
        if self.left == 0:
            self.desk.lay()


def _compare_words(got: Outcome, want: Outcome) -> None:
    _must(got.error == want.error, f"the error is\n  {got.error!r}\nand of a clean build\n  {want.error!r}")
    more, less = sorted(map(str, got.problems - want.problems)), sorted(map(str, want.problems - got.problems))
    _must(got.problems == want.problems, f"problems that a clean build has not: {more}; that only it has: {less}")
    _must(got.facts == want.facts, f"the report says\n  {got.facts}\nand that of a clean build\n  {want.facts}")


def _check_report(got: Outcome, before: Mapping[str, object], after: Mapping[str, object]) -> None:
    """The report counts what was written, and names it."""
    assert got.report is not None
    fresh = {name for name in after if before.get(name) != after[name] and not name.endswith("/")} - {MARKER}
    _must(got.report.written == len(fresh), f"{got.report.written} files are said to be written, not {sorted(fresh)}")
    _must(fresh <= got.rendered, f"written, but not said to be rendered: {sorted(fresh - got.rendered)}")


def _check_again(desk: Desk, want: Outcome) -> None:
    """A second build finds nothing to do."""
    before = traces(desk.output)
    desk.once.pop("fresh", None)
    again = desk.build()
    _compare_words(again, want)
    _must(traces(desk.output) == before, "a second build touched the output")
    if again.wrote:
        assert again.report is not None
        _must(not again.report.written and not again.report.removed, "a second build says that it changed something")
        _must(not again.rendered, f"a second build rendered {again.report.rendered}")


def _foreign(desk: Desk) -> bytes | None:
    file = desk.output / ".git/config"
    return file.read_bytes() if file.is_file() else None


def _must(holds: object, fault: str) -> None:
    if not holds:
        raise DifferenceError(fault)


def _first(got: Mapping[str, bytes], want: Mapping[str, bytes]) -> str:
    """All paths that differ, and the first of them in detail."""
    paths = sorted(path for path in got.keys() | want.keys() if got.get(path) != want.get(path))
    if not paths:
        return ""
    path = paths[0]
    words = [f"too many: {sorted(got.keys() - want.keys())}", f"missing: {sorted(want.keys() - got.keys())}"]
    lines = [data.get(path, b"").decode("utf-8", "replace").splitlines() for data in (want, got)]
    diff = difflib.unified_diff(*lines, f"{path} (clean)", f"{path} (incremental)", lineterm="", n=0)
    return "\n".join([f"differ: {paths}", *words, *(line[:300] for line in [*diff][:20])])


def check_history(seed: int, folder: Path, *, lasting: bool = False, published: bool = False) -> None:
    """Live through the history of a seed; when it fails, show the shortest one that still does."""
    steps = steps_of(seed, lasting=lasting, published=published)
    try:
        run(steps, folder, lasting=lasting)
    except DifferenceError as error:
        best, shortest = error, steps
        for shorter in _shorter(steps, folder, lasting=lasting):
            best, shortest = shorter
        raise DifferenceError(f"seed {seed}, steps {shortest}:\n{best}") from None


def _shorter(steps: list[Step], folder: Path, *, lasting: bool) -> Iterator[tuple[DifferenceError, list[Step]]]:
    """Ever shorter histories that fail, by taking out one step after the other until none can go."""
    at, trials = len(steps) - 1, 0
    while at >= 0 and trials < TRIALS:
        trials += 1
        shorter = steps[:at] + steps[at + 1 :]
        try:
            run(shorter, folder, lasting=lasting)
        except DifferenceError as error:
            yield error, (steps := shorter)
            at = len(steps)
        at -= 1


def histories_find_a_difference(walks: Iterable[Walk], folder: Path, *, lasting: bool = False) -> bool:
    """Whether one of some histories shows that a build is not what a clean one is; for tests that plant a fault.

    Raises:
        DifferenceError: A build crashed, or the first one is wrong already: that is no fault of incremental builds.
    """
    try:
        for walk in walks:
            if isinstance(walk, str):
                sweep(walk, folder, lasting=lasting)
            else:
                run(steps_of(walk, lasting=lasting), folder, lasting=lasting)
    except DifferenceError as error:
        if not isinstance(error.__cause__, DifferenceError):
            raise
        if "\n  1. " not in str(error) and "second build" not in str(error):
            raise
        return True
    return False

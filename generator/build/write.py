"""From a plan to files: what differs is rendered and written, what is no longer planned is deleted."""

from __future__ import annotations

import os
import shutil
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Set
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from generator import codec, executor
from generator.build.left import KEPT, Left, Outputs
from generator.build.survey import Survey, folder_stamp
from generator.cache import stamps
from generator.cache.tables import Table
from generator.errors import OutputError, Problem
from generator.model.machine import CopyView
from generator.plan import Output, Plan
from generator.plan.subjects import middle
from generator.press import Press, Printed
from generator.records import Record, field, replace
from generator.writer import MARKER, TEMPORARY, Root, folders_of

_PART = codec.DIGEST


class Work(Record, dict=True):
    """What is to be done.

    Attributes:
        todo: Outputs to render, each with its family and the reason.
        left: Outputs that stay as they are.
        gone: Outputs that are no longer planned.
    """

    todo: list[tuple[Output, str, str]] = field(default_factory=list)
    left: Outputs = field(default_factory=Outputs)
    gone: list[str] = field(default_factory=list)

    @cached_property
    def paths(self) -> Set[str]:
        """Of every file of the site."""
        return _Paths(self.left, {output.path for output, _, _ in self.todo})


class _Paths(Set[str]):
    """Paths that stay, and those that come."""

    def __init__(self, left: Outputs, todo: set[str]) -> None:
        self._left = left
        self._todo = todo

    @classmethod
    def _from_iterable(cls, paths: Iterable[str]) -> Set[str]:  # type: ignore[override]  # what they have in common
        return set(paths)

    def __contains__(self, path: object) -> bool:
        return path in self._todo or path in self._left

    def __iter__(self) -> Iterator[str]:
        yield from self._left
        yield from (path for path in self._todo if path not in self._left)

    def __len__(self) -> int:
        return len(self._left) + sum(1 for path in self._todo if path not in self._left)


class Done(Record):
    """What was done.

    Attributes:
        left: Every output as it stands now.
        written: Files whose bytes changed.
        removed: Files that were deleted.
        problems: Files that could not be copied.
        costs: Processor seconds of each rendered file.
    """

    left: Outputs = field(default_factory=Outputs)
    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    costs: dict[str, float] = field(default_factory=dict)


def compare(plan: Plan, left: Outputs, found: Survey) -> Work:
    """What differs between a plan and what the last build left."""
    work = Work()
    still = plan.marks.keys() - plan.planned
    work.left = left.copy()
    doubtful = left.outside(still)
    for name in doubtful:
        del work.left[name]
    for name, stamp in found.touched.items():
        if name in work.left:
            work.left[name] = _seen(left[name], stamp)
    for output, family in plan.outputs:
        old = left.get(output.path)
        reason = _reason(output, old, found)
        if reason:
            work.todo.append((output, family, reason))
        elif old:
            work.left[output.path] = replace_family(_seen(old, found.touched.get(output.path)), family)
    work.gone = [name for name in doubtful if name not in work.paths]
    return work


def _seen(item: Left, stamp: stamps.Stamp | None) -> Left:
    return replace(item, stamp=stamp) if stamp else item


def replace_family(item: Left, family: str) -> Left:
    """The output, planned by that family."""
    return item if item.family == family else replace(item, family=family)


def _reason(output: Output, old: Left | None, found: Survey) -> str:
    """Why an output must be rendered; empty where it need not be."""
    if old is None:
        return "new"
    if output.path in found.gone:
        return "its file was gone"
    if output.path in found.altered:
        return "its file was altered by someone else"
    if old.fingerprint == output.fingerprint:
        return ""
    if len(old.fingerprint) != len(output.fingerprint):
        return "it is made from other things than before" if old.fingerprint else "made by another Dateline"
    was = [old.fingerprint[at : at + _PART] for at in range(0, len(old.fingerprint), _PART)]
    changed = [part for (part, digest), before in zip(output.parts, was, strict=True) if digest != before]
    return f"changed: {'; '.join(changed)}"


class Writer(Record):
    """Carries work out.

    Attributes:
        output: The output folder.
        press: Renders.
        jobs: Processes.
        step: Told how many outputs are rendered, then after each with 0.
        first: Outputs that are put into their places before the others, where there are many.
        ready: Called when they are.
    """

    output: Path
    press: Press
    jobs: int
    step: Callable[[int], object]
    first: Collection[str] = ()
    ready: Callable[[], object] = lambda: None

    def into_place(self, work: Work, *, keep: Callable[[list[Problem]], bool]) -> Done:
        """Write what differs, put it into its places once all is there, then delete, unless `keep` says so.

        Raises:
            OutputError: The folder is not ours, or the system refused.
            ThemeError: A template failed; nothing changed.
        """
        root = Root(self.output)
        root.adopt()
        done = Done(left=work.left.copy())
        drafts = self.output / f"{TEMPORARY}{os.getpid()}"
        try:
            with _telling(drafts):
                shutil.rmtree(drafts, ignore_errors=True)
                drafts.mkdir()
            press = replace(self.press, drafts=drafts)
            ahead = [planned for planned in work.todo if self._goes_ahead(planned[0])] if self._in_turns(work) else []
            if ahead:
                self._put(root, ahead, press, done)
                self.ready()
            gone = {output.path for output, _, _ in ahead}
            self._put(root, [planned for planned in work.todo if planned[0].path not in gone], press, done)
        finally:
            shutil.rmtree(drafts, ignore_errors=True)
        if keep(done.problems):
            for name in work.gone:
                if name not in done.left:
                    done.left[name] = Left(KEPT, b"\0" * _PART, stamps.NONE)
        else:
            root.remove(work.gone)
            done.removed = root.removed
        return done

    def _in_turns(self, work: Work) -> bool:
        """Whether somebody who looks at one of the pages would wait for the others."""
        return len(work.todo) >= executor.SERIAL_BELOW and any(output.path in self.first for output, _, _ in work.todo)

    def _goes_ahead(self, output: Output) -> bool:
        """A page that somebody looks at, and whatever it may load."""
        return output.path in self.first or isinstance(output.subject, CopyView)

    def _put(self, root: Root, todo: list[tuple[Output, str, str]], press: Press, done: Done) -> None:
        """Make some outputs, and put them into their places once all of them are made."""
        for (output, family, _), result in zip(todo, self._printed(todo, press), strict=True):
            draft = press.drafts / result.draft if press.drafts and result.draft else None
            stamp = stamps.of(root.place(draft, output.path)) if draft else result.stamp
            self._note(output, family, result._replace(stamp=stamp), done)

    def anew(self, work: Work) -> Done:
        """Write a folder that does not exist yet, beside its place, and put it there when it is whole.

        Raises:
            OutputError: The system refused.
            ThemeError: A template failed.
        """
        stage = self.output.with_name(f"{self.output.name}{TEMPORARY}{os.getpid()}")
        try:
            with _telling(self.output):
                for left_over in self.output.parent.glob(f"{self.output.name}{TEMPORARY}*"):
                    shutil.rmtree(left_over)
                Root(stage).adopt()
            done = Done()
            for (output, family, _), result in zip(
                work.todo, self._printed(work.todo, replace(self.press, target=stage)), strict=True
            ):
                self._note(output, family, result, done)
            with _telling(self.output):
                stage.rename(self.output)
        except BaseException:
            shutil.rmtree(stage, ignore_errors=True)
            raise
        done.written = [output.path for output, _, _ in work.todo if output.path in done.left]
        return done

    def _printed(self, todo: list[tuple[Output, str, str]], press: Press) -> list[Printed]:
        """What became of each output; made in the order of the posts that they show, so that these are at hand."""
        order = sorted(range(len(todo)), key=lambda place: middle(todo[place][0].subject))
        outputs = [todo[place][0] for place in order]
        self.step(len(outputs))
        made: dict[int, Printed] = {}
        for index, result in executor.spread(Press.print, press, outputs, self.jobs):
            made[order[index]] = result
            self.step(0)
        return [made[place] for place in range(len(todo))]

    def _note(self, output: Output, family: str, printed: Printed, done: Done) -> None:
        done.costs[output.path] = printed.seconds
        done.problems.extend(printed.problems)
        if printed.digest:
            done.left[output.path] = Left(family, printed.digest + output.fingerprint, printed.stamp)
        if printed.draft:
            done.written.append(output.path)


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Turn an OSError into an OutputError that names the path."""
    try:
        yield
    except OSError as error:
        cause = f"cannot write {error.filename or path}: {error.strerror or error}"
        raise OutputError(Problem(cause, "check space, permissions and path")) from error


def folders_table(output: Path, before: Table, touched: set[str], left: Outputs) -> Table:
    """Every folder of the output with its stamp.

    Args:
        output: The output folder.
        before: The table of the last build.
        touched: Files that came, went or changed, and folders that did.
        left: Every output as it stands now.
    """
    rows, table = before.rows(), before.copy()
    if not rows:
        touched = set(left)
    top, gone = f"{output}/", False
    for name in folders_of([*touched, MARKER]):
        stamp = folder_stamp(top + name)
        gone = gone or stamp == stamps.NONE
        if name in rows:
            table.stamps[3 * rows[name] : 3 * rows[name] + 3] = array("q", stamp)
        else:
            table.add(name, stamp)
    return _without_gone(table) if gone else table


def _without_gone(folders: Table) -> Table:
    """Those that are there."""
    there = Table()
    for name, stamp in zip(folders.names, folders.each_stamp(), strict=True):
        if stamp != stamps.NONE:
            there.add(name, stamp)
    return there

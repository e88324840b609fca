"""From a plan to files: what differs is rendered and written, what is no longer planned is deleted."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator import codec, executor
from generator.build.memory import KEPT, Left
from generator.build.survey import Survey, folder_stamp, folders_of
from generator.cache import stamps
from generator.cache.manifest import Table
from generator.errors import OutputError, Problem
from generator.plan import Output, Plan
from generator.press import Press, Printed
from generator.writer import MARKER, Root

_PART = codec.DIGEST


@dataclass(slots=True)
class Work:
    """What is to be done.

    Attributes:
        todo: Outputs to render, each with its family and the reason.
        left: Outputs that stay as they are.
        gone: Outputs that are no longer planned.
    """

    todo: list[tuple[Output, str, str]] = field(default_factory=list)
    left: dict[str, Left] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Done:
    """What was done.

    Attributes:
        left: Every output as it stands now.
        written: Files whose bytes changed.
        removed: Files that were deleted.
        problems: Files that could not be copied.
        costs: Processor seconds of each rendered file.
    """

    left: dict[str, Left] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    costs: dict[str, float] = field(default_factory=dict)


def compare(plan: Plan, left: dict[str, Left], found: Survey) -> Work:
    """What differs between a plan and what the last build left."""
    work = Work()
    for name, item in left.items():
        if item.family in plan.marks and item.family not in plan.planned:
            work.left[name] = _seen(item, found.touched.get(name))
    for output, family in plan.outputs:
        old = left.get(output.path)
        reason = _reason(output, old, found)
        if reason:
            work.todo.append((output, family, reason))
        elif old:
            work.left[output.path] = replace_family(_seen(old, found.touched.get(output.path)), family)
    planned = work.left.keys() | {output.path for output, _, _ in work.todo}
    work.gone = [name for name in left if name not in planned]
    return work


def _seen(item: Left, stamp: stamps.Stamp | None) -> Left:
    return item._replace(stamp=stamp) if stamp else item


def replace_family(item: Left, family: str) -> Left:
    """The output, planned by that family."""
    return item if item.family == family else item._replace(family=family)


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


@dataclass(slots=True)
class Writer:
    """Carries work out.

    Attributes:
        output: The output folder.
        press: Renders.
        jobs: Processes.
        step: Told how many outputs are rendered, then after each with 0.
    """

    output: Path
    press: Press
    jobs: int
    step: Callable[[int], object]

    def into_place(self, work: Work, *, keep: Callable[[list[Problem]], bool]) -> Done:
        """Write into the output folder as it is; then delete, unless `keep` says so.

        Raises:
            OutputError: The folder is not ours, or the system refused.
            ThemeError: A template failed.
        """
        root = Root(self.output)
        root.adopt()
        done = Done(left=dict(work.left))
        self._print(work, done)
        if keep(done.problems):
            for name, item in self._known(work).items():
                done.left.setdefault(name, item)
        else:
            root.remove(work.gone)
            done.removed = root.removed
        return done

    def _known(self, work: Work) -> dict[str, Left]:
        return {name: Left(KEPT, b"\0" * _PART, b"", stamps.NONE) for name in work.gone}

    def anew(self, work: Work) -> Done:
        """Write a folder that does not exist yet, beside its place, and put it there when it is whole.

        Raises:
            OutputError: The system refused.
            ThemeError: A template failed.
        """
        stage = self.output.with_name(f"{self.output.name}{_STAGE}{os.getpid()}")
        try:
            try:
                for left_over in self.output.parent.glob(f"{self.output.name}{_STAGE}*"):
                    shutil.rmtree(left_over)
                Root(stage).adopt()
            except OSError as error:
                cause = f"cannot write {error.filename or self.output}: {error.strerror}"
                raise OutputError(Problem(cause, "check space, permissions and path")) from error
            done = Done()
            self.press = replace(self.press, target=stage, new=True)
            self._print(work, done)
            try:
                stage.rename(self.output)
            except OSError as error:
                raise OutputError(
                    Problem(f"cannot write {self.output}: {error.strerror}", "check permissions")
                ) from error
        except BaseException:
            shutil.rmtree(stage, ignore_errors=True)
            raise
        return done

    def _print(self, work: Work, done: Done) -> None:
        outputs = [output for output, _, _ in work.todo]
        self.step(len(outputs))
        results = executor.stream(Press.print, self.press, outputs, self.jobs)
        for (output, family, _), printed in zip(work.todo, results, strict=True):
            self._note(output, family, printed, done)
            self.step(0)

    def _note(self, output: Output, family: str, printed: Printed, done: Done) -> None:
        done.costs[output.path] = printed.seconds
        done.problems.extend(printed.problems)
        if printed.stamp != stamps.NONE:
            done.left[output.path] = Left(family, printed.digest, output.fingerprint, printed.stamp)
        if printed.changed:
            done.written.append(output.path)


_STAGE = ".dateline-tmp-"


def folders_table(output: Path, before: Table, touched: set[str], left: dict[str, Left]) -> Table:
    """Every folder of the output with its stamp.

    Args:
        output: The output folder.
        before: The table of the last build.
        touched: Files that came, went or changed, and folders that did.
        left: Every output as it stands now.
    """
    known = {name: before.stamp(row) for row, name in enumerate(before.names)}
    if not known:
        touched = set(left)
    top = f"{output}/"
    for name in folders_of([*touched, MARKER]):
        known[name] = folder_stamp(top + name)
    table = Table()
    for name, stamp in known.items():
        if stamp != stamps.NONE:
            table.add(name, stamp)
    return table

"""Whether the output is what a clean build makes: it is built afresh elsewhere, and every byte is compared."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from generator.build.front import build
from generator.build.request import BuildRequest, Progress
from generator.cache.state import State, folder_of
from generator.errors import OutputError, Problem
from generator.records import Record, replace
from generator.writer import MARKER

_WIDTH = 80
"""Letters of a line that are shown."""

_LEAD = 20
"""Letters shown before the first one that differs."""


class Fault(StrEnum):
    """How an output is not what a clean build makes."""

    MISSING = "missing"
    SUPERFLUOUS = "superfluous"
    DIFFERENT = "different"


class Difference(Record, frozen=True):
    """A file that is not what a clean build makes.

    Attributes:
        path: Below the output folder.
        fault: What is wrong with it.
        line: The first line that differs; 0 where the file is not text.
        here: That line as it is, shortened.
        clean: The same line of a clean build.
    """

    path: str
    fault: Fault
    line: int = 0
    here: str = ""
    clean: str = ""


class Verdict(Record, frozen=True):
    """What a comparison found.

    Attributes:
        files: How many files a clean build makes.
        differences: By path; empty where all is well.
    """

    files: int
    differences: tuple[Difference, ...]


def verify(request: BuildRequest, progress: Progress) -> Verdict:
    """Compare what the build of a request left with what it leaves when it starts from nothing.

    No other build touches the output meanwhile.

    Raises:
        OutputError: The system refused to write the second copy.
    """
    state = request.state or folder_of(request.root, request.output)
    lock = State(state)
    lock.hold(progress.waiting)
    try:
        with _workshop(state.with_name(f"verify-{state.name}")) as folder:
            afresh = replace(
                request, output=folder / "output", state=folder / "state", fresh=True, strict=False, profile=False
            )
            build(afresh, progress)
            progress.stage("Comparing", 0)
            return _compared(request.output, afresh.output)
    finally:
        lock.release()


@contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    """A folder of its own that is gone afterwards, whatever happens; so is what a killed process left there."""
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        yield folder
    except OSError as error:
        cause = f"cannot verify: {error.filename or folder}: {error.strerror or error}"
        raise OutputError(Problem(cause, "check space and permissions")) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _compared(here: Path, clean: Path) -> Verdict:
    old, new = set(_files(here)), set(_files(clean))
    found = [Difference(name, Fault.MISSING) for name in new - old]
    found += [Difference(name, Fault.SUPERFLUOUS) for name in old - new]
    found += [difference for name in old & new if (difference := _difference(name, here / name, clean / name))]
    return Verdict(len(new), tuple(sorted(found, key=lambda difference: difference.path)))


def _files(root: Path) -> Iterator[str]:
    """Every file below a folder, but the marker and what at its top belongs to someone else (`.git`)."""
    top = str(root)
    for folder, folders, names in os.walk(top):
        if folder == top:
            folders[:] = [name for name in folders if not name.startswith(".") or name == ".well-known"]
            names = [name for name in names if not name.startswith(".") and name != MARKER]
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        for name in (*names, *links):
            yield (Path(folder) / name).relative_to(root).as_posix()


def _difference(name: str, here: Path, clean: Path) -> Difference | None:
    if not stat.S_ISREG(here.lstat().st_mode):
        return Difference(name, Fault.DIFFERENT)
    old, new = here.read_bytes(), clean.read_bytes()
    if old == new:
        return None
    try:
        lines = old.decode().split("\n"), new.decode().split("\n")
    except UnicodeDecodeError:
        return Difference(name, Fault.DIFFERENT)
    at = _shared(*lines)
    was, now = ("".join(part[at : at + 1]) for part in lines)
    start = max(0, _shared(was, now) - _LEAD)
    return Difference(name, Fault.DIFFERENT, at + 1, _excerpt(was, start), _excerpt(now, start))


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many items two sequences begin with alike."""
    most = min(len(one), len(other))
    return next((at for at in range(most) if one[at] != other[at]), most)


def _excerpt(line: str, start: int) -> str:
    """Some letters of a line from `start` on, printable, with an ellipsis where it was cut."""
    start = start if len(line) > _WIDTH else 0
    cut = line[start : start + _WIDTH]
    text = f"{'…' if start else ''}{cut}{'…' if len(line) > start + _WIDTH else ''}"
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text)

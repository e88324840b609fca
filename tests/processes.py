"""The command as a process of its own: begun, watched, sent signals, and never left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from conftest import absent
from support import REPOSITORY

NOW = "2026-11-23T09:00:00+00:00"
_COMPILED = tempfile.TemporaryDirectory(prefix="compiled-")
ENVIRONMENT = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONPYCACHEPREFIX": _COMPILED.name}
"""Sets keep their order, and Python its compiled modules where no other test writes them, so that the n-th call of the
system is the same in every run."""

ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)


@dataclass(frozen=True)
class Ended:
    """How a process ended; `code` is what a shell shows (128 + n for one that died of signal n)."""

    code: int
    out: str
    err: str
    seconds: float


class Process:
    """`dateline` in a session of its own; leaving the `with` block ends whatever of it is left.

    Args:
        command: What to do: "build" or "serve".
        root: The site.
        options: Further options.
        tracer: A program with its options under which it runs.
        limit: What the shell is told before, such as "ulimit -n 256".
    """

    def __init__(
        self,
        command: str,
        root: Path,
        *options: str,
        tracer: Sequence[str] = (),
        limit: str = "",
    ) -> None:
        shell = ["sh", "-c", f'{limit} && exec "$@"', "sh"] if limit else []
        words = [*tracer, *shell, sys.executable, "-u", "-m", "generator", command, "-s", str(root), "--now", NOW]
        self._out = tempfile.TemporaryFile()  # noqa: SIM115  # pipes would stay open with a child that is left
        self._err = tempfile.TemporaryFile()  # noqa: SIM115
        self._started = time.monotonic()
        self._process = subprocess.Popen(
            [*words, *options],
            cwd=REPOSITORY,
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=self._out,
            stderr=self._err,
            start_new_session=True,
        )
        self.session = self._process.pid

    def __enter__(self) -> Process:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self._out.close()
        self._err.close()

    @property
    def running(self) -> bool:
        """Whether the process that was started still runs."""
        return self._process.poll() is None

    def printed(self) -> tuple[str, str]:
        """What it has said so far: standard output and standard error."""
        return tuple(os.pread(file.fileno(), 1 << 20, 0).decode("utf-8", "replace") for file in (self._out, self._err))

    def send(self, number: int, *, group: bool = False) -> None:
        """Send a signal, as a terminal does to the whole group or as `kill` does to the one process."""
        if self.running:
            (os.killpg if group else os.kill)(self.session, number)

    def wait(self, seconds: float = 60) -> Ended:
        """Wait for its end.

        Raises:
            AssertionError: It still runs; it is killed.
        """
        try:
            code = self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            said, living = self.printed(), self.members()
            self.kill()
            raise AssertionError(f"still running after {seconds} s: {living}; it said {said}") from None
        took = time.monotonic() - self._started
        out, err = self.printed()
        return Ended(code if code >= 0 else 128 - code, out, err, took)

    def heard(self, text: str, times: int = 1, seconds: float = 30) -> bool:
        """Whether it says a text, so many times, before some seconds are over or it ends."""
        within(seconds, lambda: "".join(self.printed()).count(text) >= times or not self.running)
        return "".join(self.printed()).count(text) >= times

    def members(self) -> dict[int, str]:
        """Processes of its session that live, with their names."""
        return {each.pid: each.name for each in _processes() if each.session == self.session}

    def children(self) -> list[int]:
        """Processes that were begun by the one that was started: its workers, or what a tracer runs."""
        try:
            return [int(pid) for pid in Path(f"/proc/{self.session}/task/{self.session}/children").read_text().split()]
        except OSError:
            return []

    def wait_killed(self, seconds: float = 60) -> bool:
        """Wait until what a tracer runs was killed, and kill what it left; False where it came to its own end."""
        within(seconds, lambda: self.children() or not self.running)
        gone = within(seconds, lambda: not (self.children() and self.running))
        assert gone, f"neither killed nor done after {seconds} s: {self.members()}"
        ended = within(0.5, lambda: not self.running)
        self.kill()
        return not ended or self._process.returncode < 0

    def survivors(self, seconds: float = 1.0) -> dict[int, str]:
        """Processes of its session that have not ended by themselves within some seconds."""
        within(seconds, lambda: not self.members())
        return self.members()

    def kill(self) -> None:
        """Kill all of its session, and wait until it is gone."""
        while living := self.members():
            for pid in living:
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue
            time.sleep(0.005)
        self._process.wait()


def within(seconds: float, holds: Callable[[], object]) -> bool:
    """Whether a condition comes true within some seconds."""
    end = time.monotonic() + seconds
    while not (true := holds()) and time.monotonic() < end:
        time.sleep(0.01)
    return bool(true)


@contextmanager
def gathering() -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """Go on after what fails in a block of the kind that this yields, and tell all of it at the end."""
    found: list[str] = []

    @contextmanager
    def one() -> Iterator[None]:
        try:
            yield
        except AssertionError as error:
            found.append(str(error).partition("\nassert ")[0])

    yield one
    assert not found, "\n".join(found)


class _Entry(NamedTuple):
    pid: int
    name: str
    session: int


def _processes() -> Iterator[_Entry]:
    """Every process of the machine that is not a mere entry waiting to be read (proc(5), /proc/PID/stat)."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                head, _, tail = (entry / "stat").read_text("utf-8", "replace").rpartition(")")
            except OSError:
                continue
            state, _parent, _group, session, *_ = tail.split()
            if state not in "ZX":
                yield _Entry(int(entry.name), head.partition("(")[2], int(session))


def linux() -> None:
    """Skip, or fail in CI, where processes cannot be seen in /proc."""
    if not Path("/proc/self/stat").exists():
        absent("this system has no /proc to see processes in")

"""What a command costs: wall time, processor time of all its processes, and the most memory that they held together.

Memory is sampled over all processes of the command's session. A page that several of them share, as forked workers do,
counts once (the kernel's proportional share, PSS); the plain sum (RSS) is kept beside it. On systems without /proc
there is only the largest process, as the kernel tells at its end.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_MIB = 2**20
_SHARE = 0.04
"""How much of a processor sampling may take: a look into a process of many gigabytes costs some 50 ms."""


class CommandError(Exception):
    """A command failed or took too long."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command cost.

    Attributes:
        wall: Seconds from its start to its end.
        cpu: Seconds of processor time, its own and that of all processes that it waited for.
        memory: MiB at the peak, shared pages once.
        resident: MiB at the peak, shared pages once for each process.
        foreign: Seconds of processor time that the rest of the machine took meanwhile.
    """

    wall: float
    cpu: float
    memory: float
    resident: float
    foreign: float


def run(line: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path, limit: float) -> Cost:
    """Run a command to its end.

    Args:
        line: The command.
        folder: Where it runs.
        environment: Its variables.
        log: What it says is written there.
        limit: Seconds after which it is ended.

    Raises:
        CommandError: It failed, or took longer than `limit`.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    before = busy()
    with log.open("wb") as told:
        started = time.perf_counter()
        process = start(line, folder, environment, told.fileno())
        sampler = Sampler(process.pid)
        clock = threading.Timer(limit, _kill, [process.pid])
        sampler.start()
        clock.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - started
        except BaseException:
            _kill(process.pid)
            raise
        finally:
            clock.cancel()
            sampler.end()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        tail = "\n".join(log.read_text("utf-8", "replace").splitlines()[-8:])
        raise CommandError(f"{' '.join(line)} ended with {process.returncode} after {wall:.1f} s\n{tail}")
    cpu = usage.ru_utime + usage.ru_stime
    largest = usage.ru_maxrss / 1024
    return Cost(
        wall=wall,
        cpu=cpu,
        memory=sampler.memory or largest,
        resident=max(sampler.resident, largest),
        foreign=max(0.0, busy() - before - cpu - sampler.cost),
    )


def start(
    line: Sequence[str], folder: Path, environment: Mapping[str, str], output: int = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    """Start a command in a session of its own, by which all its processes are found."""
    return subprocess.Popen(
        list(line),
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
    )


def _kill(session: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(session, signal.SIGKILL)


class Sampler:
    """Looks at a session's memory until told to end; the bigger the processes, the more rarely.

    Attributes:
        memory: MiB at the peak, shared pages once.
        resident: MiB at the peak, as a plain sum.
        cost: Seconds of processor time that the looking took.
    """

    def __init__(self, session: int) -> None:
        self.memory = self.resident = self.cost = 0.0
        self._session = session
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def end(self) -> None:
        """Stop looking."""
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        pause = 0.0
        while not self._done.wait(pause):
            before = time.thread_time()
            memory, resident = held(self._session)
            self.memory, self.resident = max(self.memory, memory), max(self.resident, resident)
            spent = time.thread_time() - before
            self.cost += spent
            pause = max(0.05, spent / _SHARE)


def held(session: int) -> tuple[float, float]:
    """MiB that a session's processes hold now: shared pages once, and as a plain sum."""
    shared_once = plain = 0.0
    for process in _members(session):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            text = (process / "smaps_rollup").read_text()
            found = {key: int(size) for key, size in re.findall(r"^(Rss|Pss): +(\d+) kB", text, re.MULTILINE)}
            shared_once += found.get("Pss", 0) / 1024
            plain += found.get("Rss", 0) / 1024
    return shared_once, plain


def spent(session: int) -> float:
    """Seconds of processor time that a session's processes took so far."""
    ticks = 0
    for process in _members(session):
        with contextlib.suppress(OSError, IndexError):
            ticks += sum(int(value) for value in _status(process)[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def _members(session: int) -> Iterator[Path]:
    for entry in os.scandir(_PROC) if _PROC.is_dir() else ():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, IndexError):
                if int(_status(Path(entry.path))[3]) == session:
                    yield Path(entry.path)


def _status(process: Path) -> list[str]:
    """The fields of `stat` from the third on; the second is a name that may hold anything (man 5 proc)."""
    return (process / "stat").read_text().rpartition(")")[2].split()


def busy() -> float:
    """Seconds that all processors have been at work since the machine began."""
    if not (_PROC / "stat").is_file():
        return 0.0
    with (_PROC / "stat").open() as lines:
        ticks = [int(value) for value in lines.readline().split()[1:9]]
    return (sum(ticks) - ticks[3] - ticks[4]) / os.sysconf("SC_CLK_TCK")


def wait_for_quiet(patience: float) -> None:
    """Let what was written reach the disk; then wait until others left the machine alone for a second, or give up."""
    os.sync()
    calm, end = 0, time.perf_counter() + patience
    while calm < 4 and time.perf_counter() < end:
        before = busy()
        time.sleep(0.25)
        calm = calm + 1 if busy() - before < 0.05 else 0


def wait_for_rest(session: int, patience: float = 60.0) -> None:
    """Wait until a session's processes do nothing."""
    calm, end = 0, time.perf_counter() + patience
    while calm < 3 and time.perf_counter() < end:
        before = spent(session)
        time.sleep(0.25)
        calm = calm + 1 if spent(session) - before < 0.02 else 0

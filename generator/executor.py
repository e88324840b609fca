"""Map a function over items: at home or on processes; the same results in the same order.

The pool has the shape of `concurrent.futures`, so that another executor can take its place. Workers get values and
give values; an exception travels back and is raised at home.
"""

from __future__ import annotations

import gc
import inspect
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from itertools import islice
from types import FrameType
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from generator.errors import OutputError, Problem
from generator.records import Record

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")
B = TypeVar("B", bound="Bench")

SERIAL_BELOW = 64
"""Items below which starting processes costs more than it saves."""

AT_HOME = 16
"""Items between two looks at progress where there are no processes."""

CHUNK = 256
"""Most items that a process is given at once, so that progress shows and nothing piles up."""


class Bench(Protocol):
    """What a process works with: it is handed over once, and readied there."""

    def open(self, number: int) -> None:
        """Begin to work, as the process of that number (0 at home)."""

    def flush(self) -> None:
        """Make what was done so far last: its results are handed over next."""

    def close(self) -> None:
        """End."""


def workers(jobs: int | None) -> int:
    """How many processes `--jobs` means; all cores that this process may use where it is not given."""
    if jobs is not None:
        return max(1, jobs)
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def stream(function: Callable[[B, T], R], bench: B, items: Sequence[T], jobs: int, *, most: int = CHUNK) -> Iterator[R]:
    """`function(bench, item)` for every item, in order, on up to `jobs` processes.

    Args:
        function: A function of a module, so that a process can import it.
        bench: What it works with; with items and results it must be possible to pickle it.
        items: Values.
        jobs: Processes; 1 works at home, and so do few items.
        most: Items that a process is given at once, at most.
    """
    if min(jobs, len(items)) < 2 or len(items) < SERIAL_BELOW:
        yield from _at_home(function, bench, items)
        return
    for _, results in _side_by_side(_Shop(function, bench, items), jobs, most):
        yield from results


def spread(function: Callable[[B, T], R], bench: B, items: Sequence[T], jobs: int) -> Iterator[tuple[int, R]]:
    """As `stream`, for items whose neighbours have much in common: each process is given a stretch of them.

    Yields:
        The place of an item and its result, as soon as it is there.
    """
    if min(jobs, len(items)) < 2 or len(items) < SERIAL_BELOW:
        yield from enumerate(_at_home(function, bench, items))
        return
    for places, results in _side_by_side(_Shop(function, bench, items, stretches=True), jobs, CHUNK):
        yield from zip(places, results, strict=True)


def _at_home(function: Callable[[B, T], R], bench: B, items: Sequence[T]) -> Iterator[R]:
    bench.open(0)
    try:
        for start in range(0, len(items), AT_HOME):
            done = [function(bench, item) for item in items[start : start + AT_HOME]]
            bench.flush()
            yield from done
    finally:
        bench.close()


def _side_by_side(shop: _Shop, jobs: int, most: int) -> Iterator[tuple[range, list[Any]]]:
    """Chunks of results, each with the places of its items; in order, but for stretches."""
    import multiprocessing  # 10 ms that a build of few items need not pay, and the pool too
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    context = multiprocessing.get_context(_method())
    total, jobs = len(shop.items), min(jobs, len(shop.items))
    size = max(1, min(most, total // (jobs * 8)))
    chunks = [range(start, min(start + size, total)) for start in range(0, total, size)]
    bounds = [len(chunks) * (part + end) // jobs for part in range(jobs) for end in (0, 1)]
    phase = context.Value("b", _GOING, lock=False)
    shared = _Shared(phase, context.Value("i", 0), context.Array("i", bounds), chunks)
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(shared, shop)) as pool:
        try:
            with _uninterrupted():
                results = pool.map(_work, range(len(chunks)))
            for number, part in results:
                yield chunks[number], part
            phase.value = _OVER
        except BrokenProcessPool as error:
            raise _ended() from error
        except BaseException:
            # Workers end by themselves at the next item, and are waited for: one that is killed, or finds its
            # semaphores gone while it starts, would leave the pool's threads stuck.
            phase.value = _UNWANTED
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _method() -> str:
    """How processes start: fork is quick but unsafe beside threads; the server's thread then asks for fresh ones."""
    return "fork" if threading.active_count() == 1 and hasattr(os, "fork") else "spawn"


def _ended() -> OutputError:
    cause = "a worker process was ended from outside, most likely for want of memory"
    return OutputError(Problem(cause, "try --jobs 1"))


def ahead(function: Callable[[T], Iterator[R]], given: T, jobs: int) -> Iterator[R]:
    """The values of `function(given)`, in order, made some steps ahead by a process of its own where `jobs` are many.

    Args:
        function: A function of a module; it may only look, and raises nothing.
        given: What it works with; it must be possible to pickle it. Values that cannot be pickled are made at home.
        jobs: Processes; 1 works at home.

    Raises:
        OutputError: That process was ended from outside.
    """
    if jobs < 2:
        yield from function(given)
        return
    import multiprocessing

    context = multiprocessing.get_context(_method())
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=_run_ahead, args=(reader, writer, function, given), daemon=True)  # type: ignore[attr-defined]  # every kind has it
    with _uninterrupted():
        process.start()
    writer.close()
    count = 0
    try:
        while part := reader.recv():
            count += len(part)
            yield from part
        if part is None:
            yield from islice(function(given), count, None)
    except EOFError:
        raise _ended() from None
    finally:
        reader.close()  # where nobody wants the rest, the other end finds the pipe broken, and ends
        process.join()


def _run_ahead(reader: Connection, writer: Connection, function: Callable[[T], Iterator[R]], given: T) -> None:
    """In the other process: some values at a time, then an empty list; None where they cannot be handed over."""
    import pickle  # which a build has no use for

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    reader.close()
    values = function(given)
    with suppress(BrokenPipeError):
        while part := list(islice(values, AT_HOME)):
            try:
                data = pickle.dumps(part)
            except Exception:  # noqa: BLE001  # pickle raises many kinds
                writer.send(None)
                return
            writer.send_bytes(data)
        writer.send([])


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Put Ctrl-C off to the end of the block: a pool that is half started can neither work nor end."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt


class _Shop(Record, frozen=True):
    """What all processes of a pool have: forked ones inherit it, so that nothing needs to be sent."""

    function: Callable[[Any, Any], Any]
    bench: Bench
    items: Sequence[Any]
    stretches: bool = False


_GOING, _UNWANTED, _OVER = range(3)
"""Phases of a work: results are made, nobody wants them any more, all of them are there."""


class _Shared(Record, frozen=True):
    """What the processes of a pool tell each other.

    Attributes:
        phase: One of these; a lone byte, since it is looked at before each item.
        count: How many processes have begun.
        left: First chunk and end of what is left of each process's stretch.
        chunks: Places of items.
    """

    phase: Any
    count: Any
    left: Any
    chunks: Sequence[range]

    def claim(self, process: int) -> int:
        """The next chunk of a process's own stretch; where nothing is left of it, the last of the longest one."""
        with self.left.get_lock():
            if self.left[2 * process] == self.left[2 * process + 1]:
                process = max(range(len(self.left) // 2), key=lambda k: self.left[2 * k + 1] - self.left[2 * k])
                self.left[2 * process + 1] -= 1
                return int(self.left[2 * process + 1])
            self.left[2 * process] += 1
            return int(self.left[2 * process]) - 1


_own: tuple[int, _Shared, _Shop] | None = None
"""In a worker: its number, and what it was readied with."""


def _begin(shared: _Shared, shop: _Shop) -> None:
    """Ready a worker. Ctrl-C reaches the whole process group; the parent alone decides what it means."""
    global _own
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, args=(shared,), daemon=True).start()
    with shared.count.get_lock():
        number = shared.count.value
        shared.count.value += 1
    gc.disable()  # a worker's values live for a chunk; what it keeps, it keeps to its end
    shop.bench.open(number)
    _own = number, shared, shop


def _end_with_parent(shared: _Shared | None = None) -> None:
    """End this process with its parent, however that ended: an orphan would hold locks and wait for ever.

    And end a worker soon after the last result: where another one is killed while it waits for work, its lock is never
    let go, and the pool would wait for this one for ever.
    """
    from multiprocessing import parent_process

    parent = parent_process()
    while parent is not None:
        parent.join(1)
        is_over = shared is not None and shared.phase.value == _OVER
        if is_over or not parent.is_alive():
            os._exit(0 if is_over else 1)


def _work(number: int) -> tuple[int, list[Any]]:
    """The number of a chunk, and its results."""
    if _own is None:
        raise RuntimeError("a worker was not readied")
    process, shared, shop = _own
    if shop.stretches:
        number = shared.claim(process)
    results = []
    for place in shared.chunks[number]:
        if shared.phase.value == _UNWANTED:
            raise KeyboardInterrupt
        results.append(shop.function(shop.bench, shop.items[place]))
    shop.bench.flush()
    return number, results


class OutOfTimeError(BaseException):
    """Work under `time_limit` took too long. Not an Exception, so that no library swallows it."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Stop the block with OutOfTimeError after `seconds` of this process's own CPU time.

    CPU time, so that a busy machine changes nothing. Works in the main thread of a process on systems with
    `setitimer`; elsewhere the block runs without a limit.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    _be_ready_to_stop()
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


@cache
def _be_ready_to_stop() -> None:
    """Turn the timer's signal into an exception, from now on; nobody else in a build has a use for it."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise OutOfTimeError

    signal.signal(signal.SIGVTALRM, stop)


@contextmanager
def recursion_limit(frames: int) -> Iterator[None]:
    """Give the block `frames` of recursion, however deep its caller stands, so that it ends alike everywhere."""
    depth, frame = 0, inspect.currentframe()
    while frame:
        depth, frame = depth + 1, frame.f_back
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(depth + frames)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)

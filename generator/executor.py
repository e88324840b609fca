"""Map a function over items: at home or on processes; the same results in the same order.

The pool has the shape of `concurrent.futures`, so that another executor can take its place. Workers get values and
give values; an exception travels back and is raised at home.
"""

from __future__ import annotations

import inspect
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.synchronize import Event
from types import FrameType
from typing import TypeVar

from generator.errors import OutputError, Problem

T = TypeVar("T")
R = TypeVar("R")

SERIAL_BELOW = 64
"""Items below which starting processes costs more than it saves."""


def workers(jobs: int | None) -> int:
    """How many processes `--jobs` means; all cores that this process may use where it is not given."""
    if jobs is not None:
        return max(1, jobs)
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def run(
    function: Callable[[T], R],
    items: Sequence[T],
    jobs: int = 1,
    *,
    done: Callable[[], object] | None = None,
) -> list[R]:
    """`[function(item) for item in items]`, on up to `jobs` processes.

    Args:
        function: A function of a module, so that a process can import it.
        items: Values that can be pickled.
        jobs: Processes; 1 works at home.
        done: Called after each item, for a progress bar.
    """
    jobs = min(jobs, len(items))
    if jobs < 2 or len(items) < SERIAL_BELOW:
        return _collect(([function(item)] for item in items), done)
    # fork is quick but unsafe beside threads; the server's thread then asks for fresh processes.
    method = "fork" if threading.active_count() == 1 and hasattr(os, "fork") else "spawn"
    context = multiprocessing.get_context(method)
    stop = context.Event()
    size = max(1, len(items) // (jobs * 8))
    chunks = [(function, items[start : start + size]) for start in range(0, len(items), size)]
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(stop,)) as pool:
        try:
            with _uninterrupted():
                results = pool.map(_work, chunks)
            return _collect(results, done)
        except BrokenProcessPool as error:
            cause = "a worker process was ended from outside, most likely for want of memory"
            raise OutputError(Problem(cause, "try --jobs 1")) from error
        except BaseException:
            # Workers end by themselves at the next item, and are waited for: one that is killed, or finds its
            # semaphores gone while it starts, would leave the pool's threads stuck.
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise


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


def _collect(results: Iterable[list[R]], done: Callable[[], object] | None) -> list[R]:
    out: list[R] = []
    for part in results:
        out.extend(part)
        if done:
            for _ in part:
                done()
    return out


_stop: Event | None = None
"""In a worker: set once nobody wants its results any more."""


def _begin(stop: Event) -> None:
    """Ready a worker. Ctrl-C reaches the whole process group; the parent alone decides what it means."""
    global _stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _stop = stop


def _work(chunk: tuple[Callable[[T], R], Sequence[T]]) -> list[R]:
    function, items = chunk
    results = []
    for item in items:
        if _stop is not None and _stop.is_set():
            raise KeyboardInterrupt
        results.append(function(item))
    return results


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

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise OutOfTimeError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


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

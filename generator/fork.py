"""A process beside this one, for work that only looks at things: it may take a part of it, or all."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from functools import cache


def begin(function: Callable[[], bytes], *, worth: bool) -> Callable[[], bytes]:
    """Begin a function in a process of its own, beside this one; what comes back waits for its value.

    It is done at home, when it is asked for, where it is not worth a process, where there is no fork, beside other
    threads, and where that process ended without a value.

    Args:
        function: It may only look: what it changes in memory is lost.
        worth: Whether it takes longer than 10 ms, and there is another core.
    """
    if not worth or not hasattr(os, "fork") or threading.active_count() > 1:
        return cache(function)
    reader, writer = os.pipe()
    if not (child := os.fork()):
        try:
            with os.fdopen(writer, "wb") as pipe:
                pipe.write(function())
        finally:
            os._exit(0)  # nothing of the parent's is to be flushed or told twice
    os.close(writer)

    def result() -> bytes:
        with os.fdopen(reader, "rb") as pipe:
            data = pipe.read()
        os.waitpid(child, 0)
        return data or function()

    return cache(result)


class Shares:
    """The numbers of the shares of a work, each of which is given out once, to whichever process asks for the next.

    Args:
        count: How many there are, `MOST` at most.
    """

    MOST = 256
    _reader = -1

    def __init__(self, count: int) -> None:
        self.count = count
        self._reader, writer = os.pipe()
        os.write(writer, bytes(range(count)))
        os.close(writer)

    def __iter__(self) -> Iterator[int]:
        while share := os.read(self._reader, 1):
            yield share[0]

    def __del__(self) -> None:
        if self._reader >= 0:  # the system may have had no pipe left
            os.close(self._reader)

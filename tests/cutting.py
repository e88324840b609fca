"""A publication in a process of its own that is killed, or refused, at the n-th call that touches the place."""

from __future__ import annotations

import errno
import os
import signal
import sys
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path

from generator.errors import DatelineError

_EVENTS = ("open", "os.rename", "os.link", "os.symlink", "os.mkdir", "os.remove", "os.rmdir", "os.utime", "os.truncate")
REFUSED = 3
"""Exit code of a publication that told its user of a fault."""


def cut(work: Callable[[], object], place: Path, number: int, fault: str = "kill") -> tuple[int, int]:
    """Do some work in a forked process, and let a call fail that touches the place.

    Args:
        work: What to do.
        place: The folder of which calls count.
        number: Which call fails, from 1; 0 for none.
        fault: `kill`, or the name of an error such as `ENOSPC`.

    Returns:
        How it ended (negative for a signal), and how many calls there were.
    """
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # about threads, which have nothing to do here
        process = os.fork()
    if process == 0:
        _child(work, str(place), number, fault, writer)
    os.close(writer)
    _, status = os.waitpid(process, 0)
    with os.fdopen(reader, "rb") as pipe:
        count = len(pipe.read())
    return os.waitstatus_to_exitcode(status), count


def _child(work: Callable[[], object], place: str, number: int, fault: str, writer: int) -> None:
    seen = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        if event not in _EVENTS or not any(isinstance(word, str | Path) and place in str(word) for word in arguments):
            return
        if event == "open" and not _writes(arguments):
            return
        seen += 1
        os.write(writer, b".")
        if seen == number:
            if fault == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(getattr(errno, fault), os.strerror(getattr(errno, fault)), str(arguments[0]))

    code = 1
    try:
        sys.addaudithook(hook)
        work()
        code = 0
    except DatelineError:
        code = REFUSED
    except Exception:  # noqa: BLE001  # whatever it is, the child must end here
        traceback.print_exc()
    finally:
        os._exit(code)


def _writes(arguments: tuple[object, ...]) -> bool:
    """Whether `open` may change something."""
    flags = arguments[2]
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))

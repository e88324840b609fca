"""Save to page: from the moment when an author saves an article to the answer of the program's server that shows it."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from types import TracebackType
from typing import Self

from tests.benchmarks import measuring, peers
from tests.benchmarks.building import Conditions
from tests.benchmarks.results import Pair, Run
from tests.benchmarks.works import WORKS
from tests.benchmarks.worksite import Checks, Worksite, page

POLL = 0.004
"""Seconds between two questions to a server: what it adds to a time is half of this."""


def pairs(base: Worksite | None, own: Worksite, count: int, conditions: Conditions) -> Iterator[Pair]:
    """Edits in turns, with both servers up; one that has nothing to do costs the other nothing.

    Raises:
        measuring.CommandError: A server did not come up, or did not show an edit in time.
    """
    with contextlib.ExitStack() as stack:
        servers = [stack.enter_context(Server(site, conditions)) for site in (base, own) if site]
        for number in range(count):
            runs = [server.edit(number) for server in servers]
            yield Pair(base=runs[0] if base else None, own=runs[-1])


class Server:
    """A program's server, from its start to its end."""

    def __init__(self, site: Worksite, conditions: Conditions) -> None:
        self._site = site
        self._conditions = conditions
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start it and wait until it shows the article that will be edited."""
        words = tuple(word.replace("{port}", str(self._port)) for word in self._site.peer.serve)
        line = peers.command(self._site.name, self._conditions.root, words)
        if line is None:
            raise measuring.CommandError(f"{self._site.peer.title} is not installed")
        self._site.settled = False
        self._process = measuring.start(line, self._site.folder, self._site.environment())
        try:
            self._wait({page(self._site.archive.edited): 'class="post'})
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it, with all that it started."""
        self._end()

    def edit(self, number: int) -> Run:
        """Save an edit, and ask for the page until it shows it."""
        session = self._pid()
        measuring.wait_for_rest(session)
        measuring.wait_for_quiet(self._conditions.patience)
        before, busy, mine = measuring.spent(session), measuring.busy(), time.process_time()
        started = time.perf_counter()
        checks = WORKS["serve"].prepare(self._site, number)
        self._wait(checks)
        wall = time.perf_counter() - started
        taken = measuring.spent(session) - before + time.process_time() - mine
        foreign = max(0.0, measuring.busy() - busy - taken)
        memory, resident = measuring.held(session)
        measuring.wait_for_rest(session)
        cpu = measuring.spent(session) - before
        return Run(wall=wall, cpu=cpu, memory=memory, resident=resident, foreign=foreign)

    def _pid(self) -> int:
        if self._process is None or self._process.poll() is not None:
            raise measuring.CommandError(f"the server of {self._site.peer.title} is not there")
        return self._process.pid

    def _wait(self, checks: Checks) -> None:
        end = time.perf_counter() + self._conditions.limit
        while not all(text in self._get(path) for path, text in checks.items()):
            self._pid()
            if time.perf_counter() > end:
                raise measuring.CommandError(f"the server of {self._site.peer.title} does not show {checks}")
            time.sleep(POLL)

    def _get(self, path: str) -> str:
        """A page, or nothing where there is none yet."""
        url = f"http://127.0.0.1:{self._port}/{path.removesuffix('index.html')}"
        try:
            with urllib.request.urlopen(url, timeout=60) as answer:
                return str(answer.read().decode())
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return ""

    def _end(self) -> None:
        """Interrupt it, as a person does; kill what is left."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])

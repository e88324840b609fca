"""The preview server: one thread answers, the main thread builds."""

from __future__ import annotations

import asyncio
import datetime as dt
import errno
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Protocol

from generator import build as pipeline
from generator import theme
from generator.errors import DatelineError, Problem, UsageError
from generator.permalinks import split_base
from generator.records import Record, replace
from generator.server.handlers import Preview, ReloadSocket, application
from generator.server.watch import Watcher
from generator.writer import TEMPORARY

_OF_PORTS = (errno.EADDRINUSE, errno.EACCES)
"""Why one cannot listen, where it is the port's fault and not the host's."""
_NEAR = "leave --host out, or name an address that this machine has, such as --host 0.0.0.0 for all that it has"


class Address(Record, frozen=True):
    """Where to listen; port 0 takes any free one."""

    host: str
    port: int


class Announcer(Protocol):
    """Told what happens, for the terminal; also brings the clock."""

    clock: Callable[[], dt.datetime]

    def listening(self, url: str) -> None:
        """The server answers at `url`."""

    def built(self, report: pipeline.BuildReport, request: pipeline.BuildRequest, seconds: float) -> None:
        """A build ended."""

    def failed(self, problems: Iterable[Problem]) -> None:
        """A build was impossible; the last good pages stay."""

    def note(self, text: str) -> None:
        """Something a person wants to know."""


def serve(request: pipeline.BuildRequest, address: Address, tell: Announcer, *, open_browser: bool = False) -> None:
    """Build, serve, and build again at every change, until interrupted.

    Args:
        request: What to build; its base URL is set to the server's.
        address: Where to listen.
        tell: Who hears of it.
        open_browser: Open the front page.

    Raises:
        UsageError: The port is taken, or the site's settings are wrong at the start.
    """
    preview = Preview(request.output.resolve(), address.host)
    server = _Server(preview, address)
    url = server.start()
    origin, _ = split_base(request.overrides.get("base_url", url))  # pages are served from the root
    request = replace(request, overrides={**request.overrides, "base_url": origin})
    watcher = Watcher(request.root, [request.root / "content", request.root / "themes", theme.built_in()])
    watcher.start()
    session = pipeline.Session.lasting()
    try:
        _build(request, preview, tell, session)
        pipeline.commit(request, session)
        tell.listening(f"{url}/")
        if open_browser:
            import webbrowser

            webbrowser.open(f"{url}/")
        for changed in watcher.changes():
            tell.note(_changed(changed, request.root))
            edited = frozenset(changed) if all(path.suffix == ".md" for path in changed) else None
            looks = _Looks(ReloadSocket.pages(), server)
            wanted = replace(request, now=tell.clock(), edited=edited, first=looks.pages)
            before = preview.problems
            _build(wanted, preview, tell, session, looks)
            told = preview.problems == before  # else the panel on every page is another
            server.reload(looks.wait if told else lambda _page: True)
            pipeline.commit(request, session)  # after the browser has been told, since it can wait
    finally:
        watcher.stop()
        server.stop()


def _changed(paths: set[Path], root: Path) -> str:
    """What is told of a burst of changes: a file, not the draft of it that a command of ours laid beside it."""
    told = {path for path in paths if not path.name.startswith(TEMPORARY)} or paths
    names = sorted(
        str(path.relative_to(root.resolve())) if path.is_relative_to(root.resolve()) else path.name for path in told
    )
    return f"Changed: {names[0]}" + (f" and {len(names) - 1} more" if len(names) > 1 else "")


class _Looks(pipeline.Silent):
    """The pages that are open in browsers: told to load again as soon as they are made, if that is long before all.

    Attributes:
        pages: Their files.
    """

    def __init__(self, pages: frozenset[str], server: _Server) -> None:
        self.pages = pages
        self._server = server
        self._told = False

    def ready(self) -> None:
        """They are made, others are not."""
        self._told = True
        self._server.reload(self.pages.__contains__)

    def wait(self, page: str) -> bool:
        """Whether a page still waits to be told."""
        return not (self._told and page in self.pages)


def _build(
    request: pipeline.BuildRequest,
    preview: Preview,
    tell: Announcer,
    session: pipeline.Session,
    progress: pipeline.Progress | None = None,
) -> None:
    started = time.perf_counter()
    try:
        report = pipeline.build(request, progress, session)
    except DatelineError as error:
        preview.problems = error.problems
        tell.failed(error.problems)
    else:
        preview.problems = report.problems
        tell.built(report, request, time.perf_counter() - started)


class _Server:
    """Tornado in a thread of its own, so that a build never keeps a page waiting."""

    def __init__(self, preview: Preview, address: Address) -> None:
        self._preview = preview
        self._address = address
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._http: Any = None

    def start(self) -> str:
        """Listen; the URL, without a slash at its end.

        Raises:
            UsageError: The address cannot be had.
        """
        self._thread.start()
        try:
            port = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()
        except OSError as error:
            self.stop()
            where = f"{self._address.host}:{self._address.port}"
            fix = "choose another port with --port N, or --port 0" if error.errno in _OF_PORTS else _NEAR
            raise UsageError(Problem(f"cannot listen on {where}: {error.strerror}", fix)) from error
        host = "127.0.0.1" if self._address.host in ("", "0.0.0.0") else self._address.host
        return f"http://{f'[{host}]' if ':' in host else host}:{port}"

    async def _listen(self) -> int:
        from tornado.httpserver import HTTPServer
        from tornado.netutil import bind_sockets

        sockets = bind_sockets(self._address.port, self._address.host)
        self._http = HTTPServer(application(self._preview), max_header_size=128 * 1024, max_body_size=64 * 1024)
        self._http.add_sockets(sockets)
        port: int = sockets[0].getsockname()[1]
        return port

    def reload(self, wanted: Callable[[str], bool]) -> None:
        """Have every open page whose file is wanted load itself again."""
        self._loop.call_soon_threadsafe(ReloadSocket.reload, wanted)

    def stop(self) -> None:
        """Close, as far as there is anything to close."""
        if self._http is not None:
            self._loop.call_soon_threadsafe(self._http.stop)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=2)
        if not self._thread.is_alive():
            self._loop.close()

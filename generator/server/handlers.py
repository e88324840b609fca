"""HTTP for the preview: livereload's handlers, closed to everyone but the person at this machine.

As they come, those handlers accept any Host and Origin and serve dot files and links out of the root. Here a foreign
Host is refused (DNS rebinding), so is a reload socket from another page, and a path leads below the root or nowhere.
"""

from __future__ import annotations

import html
import ipaddress
import json
import mimetypes
import re
import stat
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado.web import Application, HTTPError, RequestHandler

from generator.errors import Problem
from generator.permalinks import out_path
from generator.records import Record

LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_EVERYWHERE = frozenset({"", "0.0.0.0", "::"})
_NETLOC = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:[0-9]{1,5})?", re.ASCII)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class Preview(Record):
    """What the handlers share with the builder.

    Attributes:
        root: The built site.
        host: The address that the server listens on.
        problems: Of the last build, shown on every page.
    """

    root: Path
    host: str
    problems: tuple[Problem, ...] = ()

    def knows(self, netloc: str) -> bool:
        """Whether a Host or Origin names this server.

        Where it listens on all addresses, any address in figures does: rebinding needs a name.
        """
        match = _NETLOC.fullmatch(netloc.lower())
        if not match:
            return False
        name = match["name"].strip("[]")
        if self.host in _EVERYWHERE and _is_address(name):
            return True
        return name in LOCAL_NAMES or name == self.host.lower()


def application(preview: Preview) -> Application:
    """The preview's routes."""
    shared = {"preview": preview}
    return Application(
        [
            (r"/livereload", ReloadSocket, shared),
            (r"/livereload\.js", ReloadScript, shared),
            (r"(/.*)", Page, shared),
        ],
        log_function=lambda _handler: None,
        websocket_max_message_size=64 * 1024,
    )


class _Guarded(RequestHandler):
    """Refuses what does not come from a page of this server."""

    preview: Preview

    def initialize(self, preview: Preview) -> None:
        """Tornado's constructor."""
        self.preview = preview

    def prepare(self) -> None:
        """Check Host before anything else.

        Raises:
            HTTPError: 403.
        """
        if not self.preview.knows(self.request.host):
            raise HTTPError(403, "this preview answers to local names only")

    def log_exception(self, *_: Any) -> None:
        """Refusals are for the client to read, not for the terminal."""

    def set_default_headers(self) -> None:
        """Nothing of a preview is kept."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.clear_header("Server")


class ReloadScript(_Guarded, LiveReloadJSHandler):  # type: ignore[misc]
    """livereload's script."""


class ReloadSocket(LiveReloadHandler):  # type: ignore[misc]
    """livereload's socket, for pages of this server only."""

    waiters: set[Any] = set()  # noqa: RUF012  # livereload's own set, which `reload` below empties

    def initialize(self, preview: Preview) -> None:
        """Tornado's constructor."""
        self.preview = preview
        self.page = ""

    async def get(self, *args: Any, **kwargs: Any) -> None:
        """Open the socket.

        Raises:
            HTTPError: 403 for a foreign Host, and for a missing or foreign Origin.
        """
        origin = self.request.headers.get("Origin")
        if not self.preview.knows(self.request.host) or origin is None or not self.check_origin(origin):
            raise HTTPError(403)
        await super().get(*args, **kwargs)

    def check_origin(self, origin: str) -> bool:
        """The page's own address must be this server's, port included."""
        return origin == f"http://{self.request.host}" and self.preview.knows(self.request.host)

    def on_message(self, message: str | bytes) -> None:
        """The handshake, and which page it is; whoever speaks otherwise is cut off."""
        try:
            super().on_message(message)
            told = json.loads(message)
            if told["command"] == "info":
                self.page = out_path(unquote(urlsplit(told.get("url", "")).path) or "/")
        except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
            self.close()

    @classmethod
    def pages(cls) -> frozenset[str]:
        """The files of the pages that are open in browsers."""
        return frozenset(waiter.page for waiter in list(LiveReloadHandler.waiters) if waiter.page)

    @classmethod
    def reload(cls, wanted: Callable[[str], bool]) -> None:
        """Tell every open page whose file is wanted to load itself again."""
        for waiter in list(LiveReloadHandler.waiters):
            if wanted(waiter.page):
                waiter.send_message({"command": "reload", "path": "*", "liveCSS": False, "liveImg": False})


class Page(_Guarded):
    """Files of the built site, in the URL space that a host would give them."""

    def get(self, path: str) -> None:
        """Answer as static hosts do: `/x/` from index.html, `/x` by a redirect or from x.html, else the 404 page.

        Raises:
            HTTPError: 400 for a path that is none.
        """
        file = self._file(path)
        if file and file.is_dir():
            self.redirect(quote(f"/{path.strip('/')}/"))
            return
        if file is None:
            self.set_status(404)
            file = self._below("404.html")
        kind = (mimetypes.guess_type(file.name)[0] if file else "text/html") or "application/octet-stream"
        data = file.read_bytes() if file else _NOTHING
        if kind == "text/html":
            data = _with_reload(data, self.preview.problems)
        if kind.startswith("text/") or kind.endswith(("xml", "json", "javascript")):
            kind += "; charset=utf-8"
        self.set_header("Content-Type", kind)
        self.finish(data)

    head = get

    def _file(self, path: str) -> Path | None:
        """The file or folder behind a decoded path, or None."""
        if path.endswith("/"):
            return self._below(f"{path}index.html")
        found = self._below(path)
        return found if found else self._below(f"{path}.html")

    def _below(self, path: str) -> Path | None:
        """`path` below the root, or None: no dot names, no links, nothing that is not a file or folder."""
        parts = [part for part in path.split("/") if part]
        if any(part.startswith(".") or "\\" in part or "\x00" in part for part in _shown(parts)):
            return None
        place = self.preview.root
        try:
            mode = place.stat().st_mode
            for part in parts:
                place = place / part
                mode = place.lstat().st_mode
                if stat.S_ISLNK(mode):
                    return None
        except (OSError, ValueError):
            return None
        return place if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else None

    def write_error(self, status_code: int, **_: Any) -> None:
        """A plain line; no details of this machine."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(f"{status_code}\n")


def _shown(parts: list[str]) -> list[str]:
    """The parts of a path that must not begin with a dot: all but `.well-known` at the top (RFC 8615)."""
    return parts[1:] if parts[:1] == [".well-known"] else parts


_NOTHING = b"<!doctype html>\n<title>Preview</title>\n<body><p>There is nothing here yet.</p></body>\n"
_SCRIPT = b'<script src="/livereload.js?snipver=1"></script>'
_PANEL = """<div role="alert" style="all:initial;display:block;position:fixed;inset-block-end:0;inset-inline:0;
z-index:9999;max-block-size:50vh;overflow:auto;box-sizing:border-box;padding:12px 20px;background:#fff4f2;
color:#15171a;border-block-start:4px solid #9b1c13;font:15px/1.5 system-ui,sans-serif">
<b style="color:#9b1c13">{head}</b>{items}</div>"""


def _with_reload(page: bytes, problems: Iterable[Problem]) -> bytes:
    """A page with the reload script and, after a build with problems, a panel that tells them."""
    panel = _panel(list(problems)).encode()
    head, found, tail = page.rpartition(b"</body>")
    if found:
        return head + _SCRIPT + panel + found + tail
    return page + _SCRIPT + panel


def _panel(problems: list[Problem]) -> str:
    if not problems:
        return ""
    items = "".join(
        f'<pre style="all:revert;white-space:pre-wrap;margin:8px 0;font:13px/1.45 ui-monospace,monospace">'
        f"{html.escape(str(problem))}</pre>"
        for problem in problems[:50]
    )
    count = f"{len(problems)} problem{'' if len(problems) == 1 else 's'} in the last build"
    return _PANEL.format(head=html.escape(count), items=items)

"""A reader who looks at a site without a pause while it is published again and again."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable
from urllib.parse import urljoin, urlsplit

_LOADED = re.compile(r"""(?:href|src)=["']([^"'#]+)["']""")
_ITEMS = re.compile(r"<link>([^<]+)</link>")


class Reader:
    """Opens the front page and the feed, then all pages that they name, and a round later what those name.

    Args:
        ask: The status and body of a path.
        always: Paths that answer all the time.
        origin: The site's address.
    """

    def __init__(self, ask: Callable[[str], tuple[int, bytes]], always: Iterable[str], origin: str) -> None:
        self._ask, self._always, self._origin = ask, list(always), origin
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._read)
        self._held: dict[str, str] = {}
        self.rounds = 0
        self.opened = 0
        self.missed: list[str] = []

    def __enter__(self) -> Reader:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join(60)

    def _read(self) -> None:
        try:
            while not self._over.is_set():
                for path in self._always:
                    self._open(path, "it was there before and after")
                for path, page in self._held.items():
                    self._open(path, f"{page}, opened a while ago, names it")
                self._held.clear()
                for page in ("/", "/feed.xml"):
                    self._follow(page)
                self.rounds += 1
        except Exception as error:  # noqa: BLE001  # a reader that broke saw something that it must not
            self.missed.append(repr(error))

    def _follow(self, page: str) -> None:
        """Open a page or a feed, all that it names, and all that those pages load."""
        text = self._open(page, "it is always there")
        for path in self._named(text):
            inner = self._open(path, f"{page} names it")
            if path.endswith("/"):
                self._held |= dict.fromkeys(self._named(inner), path)

    def _named(self, text: str) -> list[str]:
        found = [urlsplit(urljoin(f"{self._origin}/", url)) for url in _LOADED.findall(text) + _ITEMS.findall(text)]
        host = urlsplit(self._origin).netloc
        return sorted({parts.path for parts in found if parts.netloc == host})

    def _open(self, path: str, why: str) -> str:
        status, body = self._ask(path)
        self.opened += 1
        if status not in (200, 301):
            self.missed.append(f"{path}: {status}, and {why}")
        return body.decode("utf-8", "replace")

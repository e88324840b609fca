"""Addresses to files of the output, as a static host answers them."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from generator.permalinks import collision_key, href, split_base

_OTHER_SCHEME = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)


class Place(NamedTuple):
    """Where an address leads.

    Attributes:
        url: The whole address, without its fragment.
        inside: It is one of this site.
        file: The file that answers; empty where there is none, or where it is not ours to say.
        near: A file whose name differs in case only.
        fragment: What follows the `#`.
        fault: Why the address cannot be read at all.
    """

    url: str
    inside: bool = False
    file: str = ""
    near: str = ""
    fragment: str = ""
    fault: str = ""


class Places:
    """The addresses of a site.

    Args:
        base_url: The site's address.
        files: Every file of the output.
    """

    def __init__(self, base_url: str, files: Collection[str]) -> None:
        self.base_url = base_url
        self._files = files
        self._origin, self._path = split_base(base_url)
        self._host = urlsplit(self._origin).netloc.lower()
        self._folded: dict[str, str] | None = None
        self._known: dict[str, Place] = {}

    def url(self, name: str) -> str:
        """The address of a file; a folder's for its `index.html`."""
        path = name.removesuffix("index.html") if f"/{name}".endswith("/index.html") else name
        return self._origin + href(f"/{path}", self._path)

    def lead(self, url: str, page: str = "", base: str = "") -> Place:
        """Where an address leads that stands in the file `page`, whose `<base href>` is `base`."""
        fixed = url.startswith(("http://", "https://")) or (url.startswith("/") and url[1:2] != "/" and not base)
        if fixed and (known := self._known.get(url)):
            return known
        try:
            place = self._place(url, page, base)
        except ValueError as error:
            place = Place(url, fault=str(error))
        if fixed:
            self._known[url] = place
        return place

    def _place(self, url: str, page: str, base: str) -> Place:
        if _OTHER_SCHEME.match(url):
            return Place(url)
        start = urljoin(self.url(page), base) if base else self.url(page)
        # Only this much is asked of an address: blanks and controls within it are a mistake of whoever wrote it.
        if re.search(r"[\s<>\"]", url):
            raise ValueError("it has a blank, a quotation mark or an angle bracket")
        parts = urlsplit(urljoin(start, url))
        bare = parts._replace(fragment="").geturl()
        if parts.port is not None and not 0 < parts.port < 65_536:
            raise ValueError("its port is none")
        ours = parts.netloc.lower() == self._host and f"{parts.path}/".startswith(f"{self._path}/")
        if not ours:
            return Place(bare, fragment=parts.fragment)
        path = unquote(parts.path[len(self._path) :]) or "/"
        file = next((name for name in _candidates(path) if name in self._files), "")
        near = "" if file else self._near(path)
        return Place(bare, inside=True, file=file, near=near, fragment=parts.fragment)

    def _near(self, path: str) -> str:
        if self._folded is None:
            self._folded = {collision_key(name): name for name in self._files}
        keys = (collision_key(name) for name in _candidates(path))
        return next((self._folded[key] for key in keys if key in self._folded), "")


def _candidates(path: str) -> tuple[str, ...]:
    name = path.removeprefix("/")
    if path.endswith("/"):
        return (f"{name}index.html",)
    return (name, f"{name}.html", f"{name}/index.html")

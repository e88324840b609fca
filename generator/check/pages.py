"""A page of HTML: what is wrong in it, and where it leads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from generator import trees
from generator.check import data, moments
from generator.check.facts import Facts, Found, Kind, Link, Role
from generator.trees import Element

PAGE_LIMIT = 1_000_000
"""Bytes of a page above which Google News passes it over."""

STATUS, GONE = "prerender-status-code", ("404", "410")
"""The name of a `<meta>` in which a page says with which status it is to be served, and those of what is gone."""

SHARED = "shared"
"""The note of a picture that only other sites show, so that it is no part of the page."""

_CANDIDATE = re.compile(r"(?![\s,])(\S*[^\s,])(?:\s+[^,]*)?,?")
"""Of a `srcset`: an address, and a width or density up to the next comma (HTML, "parse a srcset attribute")."""

_BLANK: Final = " \t\n\r\f"
_SOURCES = {
    "img": ("src",), "source": ("src",), "video": ("src", "poster"), "audio": ("src",), "track": ("src",),
    "script": ("src",), "iframe": ("src",), "embed": ("src",), "object": ("data",), "input": ("src",),
}  # fmt: skip
_STYLES = frozenset({"stylesheet", "icon", "apple-touch-icon", "manifest", "preload", "modulepreload", "mask-icon"})
_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/json"})


def read(raw: bytes) -> Facts:
    """The facts of a page."""
    return _Reader(raw).facts()


def addresses(srcset: str) -> Iterator[str]:
    """The addresses of a `srcset`."""
    return (match[1] for match in _CANDIDATE.finditer(srcset))


class _Reader:
    """Gathers facts in one walk over the elements."""

    def __init__(self, raw: bytes) -> None:
        self._found: list[Found] = []
        self._links: dict[tuple[Role, str, str], Link] = {}
        self._ids: dict[str, int] = {}
        self._heads: dict[str, list[tuple[int, str]]] = {"title": [], "h1": []}
        self._scripts: list[tuple[str, int]] = []
        self._shown: set[int] = set()
        self._language = ""
        self._base = ""
        self._noindex = self._gone = False
        self._page = trees.Page(self._text(raw))
        self._handlers: dict[str, Callable[[Element, int], None]] = {
            "a": self._a, "area": self._a, "img": self._img, "link": self._link, "meta": self._meta,
            "title": self._head, "h1": self._head, "script": self._script, "time": self._time,
            "html": self._html, "base": self._base_of,
        }  # fmt: skip
        if len(raw) > PAGE_LIMIT:
            self._add("page-size", 0, f"the page has {len(raw):,} bytes")

    def _text(self, raw: bytes) -> str:
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw[: error.start].count(b"\n") + 1
            self._add("page-encoding", line, f"the byte 0x{raw[error.start]:02x} is no UTF-8")
            return raw.decode("utf-8", "replace")

    def facts(self) -> Facts:
        """Walk, and sum up."""
        for element in self._page.elements():
            self._element(element)
        if not self._page.whole:
            self._add("page-depth", 0, "elements are nested so deep that the rest of the page cannot be read")
        kind = Kind.PAGE
        if any(role is Role.REFRESH for role, _, _ in self._links):
            kind = Kind.REDIRECT
            self._found = [found for found in self._found if not found.code.startswith("data-")]
        else:
            self._judge()
        heads = self._heads["h1"]
        return Facts(
            kind=kind,
            found=tuple(self._found),
            links=tuple(self._links.values()),
            ids=tuple(self._ids),
            base=self._base,
            headline=heads[0][1] if heads else "",
            noindex=self._noindex,
            gone=self._gone,
        )

    def _element(self, element: Element) -> None:
        tag = element.tag
        handler, sources = self._handlers.get(tag), _SOURCES.get(tag)
        identity = element.get("id")
        if not (handler or sources or identity is not None):
            return
        line = self._page.line(element)
        if identity in self._ids:
            self._add("page-id-unique", line, f"the id {identity!r} stands on line {self._ids[identity]} already")
        elif identity is not None:
            self._ids[identity] = line
        if sources:
            self._sources(element, sources, line)
        if handler:
            handler(element, line)

    def _sources(self, element: Element, names: tuple[str, ...], line: int) -> None:
        for name in names:
            if (url := element.get(name)) is not None:
                self._address(Role.ASSET, url, line)
        for url in addresses(element.get("srcset") or ""):
            self._address(Role.ASSET, url, line)

    def _add(self, code: str, line: int, cause: str) -> None:
        self._found.append(Found(code, line, cause))

    def _address(self, role: Role, url: str, line: int, note: str = "") -> None:
        url = url.strip(_BLANK)
        if not url and role is Role.ASSET:
            self._add("asset-target", line, "an address is empty")
        elif url:
            self._links.setdefault((role, url, note), Link(role, url, line, note))

    def _a(self, element: Element, line: int) -> None:
        if (name := element.get("name")) and element.tag == "a":
            self._ids.setdefault(name, line)
        url = element.get("href")
        if url is None:
            return
        if not url.strip(_BLANK):
            self._add("link-empty", line, "a link has an empty address")
        self._address(Role.LINK, url, line)
        if element.tag == "a" and element.get("aria-hidden") != "true" and not _named(element):
            self._add("link-name", line, f"the link to {url.strip(_BLANK)!r} has no text")

    def _img(self, element: Element, line: int) -> None:
        if element.get("alt") is None:
            self._add("image-alt", line, f"the picture {(element.get('src') or '')!r} has no alt attribute")

    def _link(self, element: Element, line: int) -> None:
        rels = (element.get("rel") or "").lower().split()
        url, note = element.get("href") or "", (element.get("type") or "").strip().lower()
        if "canonical" in rels:
            if any(role is Role.CANONICAL for role, _, _ in self._links):
                self._add("page-canonical", line, "the page names a second canonical address")
            self._address(Role.CANONICAL, url, line)
        elif "alternate" in rels and note in _FEED_TYPES:
            title = " ".join((element.get("title") or "").split())
            if any(link.role is Role.FEED and link.note.partition(" ")[2] == title for link in self._links.values()):
                self._add("discovery-title", line, f"two feeds of the page are called {title!r}")
            self._address(Role.FEED, url, line, f"{note} {title}")
        elif _STYLES & set(rels):
            self._address(Role.ASSET, url, line)

    def _meta(self, element: Element, line: int) -> None:
        name = (element.get("name") or element.get("property") or "").lower()
        content = element.get("content") or ""
        if name == "og:url":
            self._address(Role.SOCIAL, content, line)
        elif name in ("og:image", "twitter:image"):
            self._address(Role.ASSET, content, line, SHARED)
        elif name == "robots":
            self._noindex = self._noindex or "noindex" in content.lower() or "none" in content.lower()
        elif name == STATUS:
            self._gone = content.strip() in GONE
        elif (element.get("http-equiv") or "").lower() == "refresh":
            _, _, target = content.partition("=")
            if "url" in content.lower() and target:
                self._address(Role.REFRESH, target.strip(f"{_BLANK}'\""), line)

    def _head(self, element: Element, line: int) -> None:
        if element.tag == "title" and any(above.tag == "svg" for above in element.iterancestors()):
            return
        words = trees.text(element) or " ".join(inner.get("alt") or "" for inner in element.iter("img"))
        self._heads[element.tag].append((line, " ".join(words.split())))

    def _script(self, element: Element, line: int) -> None:
        if (element.get("type") or "").strip().lower() == "application/ld+json":
            self._scripts.append((element.text or "", line))

    def _time(self, element: Element, _line: int) -> None:
        try:
            self._shown.add(moments.iso(element.get("datetime") or ""))
        except moments.BadDateError:
            return  # a day or a duration is none of a story's instants

    def _html(self, element: Element, _line: int) -> None:
        self._language = self._language or (element.get("lang") or "").strip()

    def _base_of(self, element: Element, _line: int) -> None:
        self._base = self._base or (element.get("href") or "").strip(_BLANK)

    def _judge(self) -> None:
        """What holds for a page as a whole."""
        heads = self._heads["h1"]
        self._judge_head("page-title", "title")
        self._judge_head("page-h1", "h1")
        if not self._language:
            self._add("page-lang", 0, "the page does not say its language")
        self._judge_canonical()
        picture = any(link.note == SHARED for link in self._links.values())
        shown = data.Shown(heads[0][1] if heads else "", frozenset(self._shown), picture)
        for text, line in self._scripts:
            for item in data.look(text, line, shown):
                if isinstance(item, Found):
                    self._found.append(item)
                else:
                    self._address(item.role, item.url, item.line)

    def _judge_head(self, code: str, tag: str) -> None:
        found = self._heads[tag]
        if not found:
            self._add(code, 0, f"the page has no {tag}")
        elif len(found) > 1:
            self._add(code, found[1][0], f"the page has a second {tag}")
        elif not found[0][1]:
            self._add(code, found[0][0], f"the page's {tag} is empty")

    def _judge_canonical(self) -> None:
        canonical = [link for link in self._links.values() if link.role is Role.CANONICAL]
        if not canonical:
            self._add("page-canonical", 0, "the page names no canonical address")
        elif not canonical[0].url.startswith(("http://", "https://")):
            self._add("page-canonical", canonical[0].line, f"the canonical address {canonical[0].url!r} is not whole")


def _named(element: Element) -> bool:
    """Whether a link has a text of some kind."""
    if element.get("aria-label") or element.get("aria-labelledby") or element.get("title") or trees.text(element):
        return True
    return any(
        (inner.get("alt") or "").strip() or inner.get("aria-label") or (inner.tag == "title" and inner.text)
        for inner in element.iter("img", "svg", "title")
    )

"""What all readers of feeds and sitemaps share: a place for what they find, and the rules that hold for every feed."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from generator import trees
from generator.check import moments
from generator.check.facts import Facts, Found, Kind, Link, Moment, News, Role
from generator.check.pages import addresses

LARGE, LIMIT = 512 * 1024, 1024 * 1024
"""Bytes above which some readers stop, and above which more do."""

_UNSAFE = frozenset({
    "script", "noscript", "object", "embed", "meta", "link", "comment", "plaintext", "xmp", "base", "applet",
})  # fmt: skip
_STYLE = re.compile(r"expression|javascript:|behaviou?r|-moz-binding|@import|position\s*:|url\(", re.IGNORECASE)
_ADDRESSED = ("href", "src", "poster", "data", "cite")
_SCHEME = re.compile(r"\s*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_MARKUP = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(\s[^<>]*)?/?>|&(#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")
_TAG = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*")
_SMALL = re.compile(r"\d{1,9}")


class Gatherer:
    """Facts of one feed or sitemap while they are gathered."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._found: list[Found] = []
        self._links: dict[tuple[Role, str], Link] = {}
        self._moments: list[Moment] = []
        self._ids: dict[str, int] = {}
        self.news: list[News] = []

    def facts(self) -> Facts:
        """All that was gathered."""
        found = tuple(sorted(self._found, key=lambda item: item.line))
        links = tuple(self._links.values())
        return Facts(kind=self._kind, found=found, links=links, moments=tuple(self._moments), news=tuple(self.news))

    def add(self, code: str, line: int, cause: str) -> None:
        """A breach of a rule."""
        self._found.append(Found(code, line, cause))

    def link(self, role: Role, url: str, line: int) -> None:
        """An address; only the first of its kind is kept."""
        if url.strip():
            self._links.setdefault((role, url.strip()), Link(role, url.strip(), line))

    def address(self, role: Role, url: str, line: int) -> None:
        """An address that has to be whole."""
        self.link(role, url, line)
        if url.strip() and not whole(url):
            self.add("feed-relative", line, f"the address {url!r} is not whole")

    def size(self, raw: bytes) -> None:
        """Rule 35."""
        if len(raw) > LARGE:
            self.add("feed-size" if len(raw) > LIMIT else "feed-large", 0, f"the feed has {len(raw):,} bytes")

    def moment(self, text: str, line: int, reader: Callable[[str], int]) -> int | None:
        """A date of publication or change; None where it is none."""
        when = self.date(text, line, reader)
        if when is not None:
            self._moments.append(Moment(line, when))
        return when

    def date(self, text: str, line: int, reader: Callable[[str], int], code: str = "feed-date") -> int | None:
        """A date; None where it is none."""
        try:
            return reader(text.strip())
        except moments.BadDateError as error:
            self.add(code, line, f"{text!r} {error}")
            return None

    def identity(self, text: str, line: int) -> None:
        """An id of an item, which must be the only one of its kind."""
        if not text.strip():
            self.add("feed-id", line, "an item's id is empty")
        elif text in self._ids:
            self.add("feed-id-unique", line, f"the id {text!r} stands on line {self._ids[text]} already")
        else:
            self._ids[text] = line

    def plain(self, text: str, line: int, what: str = "title") -> None:
        """A text that readers take for plain."""
        if match := _MARKUP.search(text):
            self.add("feed-plain", line, f"the {what} holds markup: {match[0]!r}")

    def language(self, text: str, line: int) -> None:
        """A tag of BCP 47, by its shape."""
        if not _TAG.fullmatch(text.strip()):
            self.add("feed-language", line, f"{text!r} is no language tag")

    def markup(self, html: str, line: int) -> None:
        """A text of HTML that readers show: rules 14 and 17, and its links."""
        page = trees.Page(f"<body>{html}")
        for element in page.elements():
            at = line + page.line(element) - 1
            tag = element.tag
            if tag in _UNSAFE:
                self.add("feed-unsafe", at, f"a text has a {tag} element")
            elif tag in ("iframe", "frame", "frameset"):
                self.add("feed-frame", at, f"a text has an {tag} element")
            for name, value in element.attrib.items():
                self._attribute(tag, name, value, at)

    def _attribute(self, tag: str, name: str, value: str, line: int) -> None:
        if name.startswith("on"):
            self.add("feed-unsafe", line, f"a text has the attribute {name} on {tag}")
        elif name == "style" and _STYLE.search(value):
            self.add("feed-unsafe", line, f"a text has a style that readers refuse: {value[:60]!r}")
        elif name == "srcset":
            for url in addresses(value):
                self._whole(Role.ASSET, url, line)
        elif name in _ADDRESSED:
            asset = name in ("src", "poster", "data") or tag == "link"
            self._whole(Role.ASSET if asset else Role.LINK, value, line)

    def _whole(self, role: Role, url: str, line: int) -> None:
        """An address in a text, which has to be whole."""
        scheme = _SCHEME.match(url)
        if not scheme:
            self.add("feed-relative", line, f"the address {url!r} is not whole")
        elif scheme[1].lower() in ("javascript", "vbscript"):
            self.add("feed-unsafe", line, f"an address would run a script: {url[:60]!r}")
        else:
            self.link(role, url, line)


def whole(url: str) -> bool:
    """Whether an address is a full one of http or https."""
    try:
        parts = urlsplit(url.strip())
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def absolute(url: str) -> bool:
    """Whether an address has a scheme of any kind."""
    return bool(_SCHEME.match(url)) and not re.search(r"\s", url.strip())


def small(text: str) -> bool:
    """Whether an id is a number that another feed will have too."""
    return bool(_SMALL.fullmatch(text.strip()))

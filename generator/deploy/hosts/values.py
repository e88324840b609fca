"""What a host is to do, whichever it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from urllib.parse import quote

from generator.deploy import headers
from generator.permalinks import href, out_path
from generator.records import Record

FINGERPRINT: str = headers.FINGERPRINTED.pattern
"""A file whose name holds a digest of its bytes, as a pattern for any server."""


class Addresses(Record, frozen=True):
    """Addresses that are no pages any more, as site paths.

    Attributes:
        moved: To where each leads.
        gone: What was taken back in the open.
    """

    moved: Mapping[str, str]
    gone: Collection[str]


class Rules(Record, frozen=True, dict=True):
    """What a host is to do.

    Attributes:
        addresses: What moved and what is gone.
        names: Every file of the site.
        base_path: Of the site's address: where on its host the site lies; empty for its root.
        policy: The Content-Security-Policy.
        max_age: Seconds for which pages and feeds may be kept.
        packed: Suffixes of compressed copies that lie beside text files.
    """

    addresses: Addresses
    names: Collection[str]
    base_path: str
    policy: str
    max_age: int
    packed: tuple[str, ...] = ()

    @cached_property
    def redirects(self) -> list[tuple[str, str]]:
        """Each old address with the one to which it leads: both decoded and encoded as a browser does it, in order."""
        moved = self.addresses.moved
        return [(self.decoded(old), self.encoded(moved[old])) for old in sorted(moved)]

    @cached_property
    def gone(self) -> list[tuple[str, str]]:
        """Each address that is gone, decoded, with the file that says so; empty where there is no page for it."""
        return [(self.decoded(url), self._page(url)) for url in sorted(self.addresses.gone)]

    def _page(self, url: str) -> str:
        path = out_path(url)
        return path if path in self.names else ""

    def decoded(self, url: str) -> str:
        """A site path on its host, as servers compare it."""
        return f"{self.base_path}{url}"

    def encoded(self, url: str) -> str:
        """A site path on its host, as a browser asks for it; nothing in it means anything to any configuration."""
        return self.coded(self.decoded(url))

    def coded(self, address: str) -> str:
        """A decoded address of the host as a browser asks for it."""
        return href(address).translate(_SPECIAL)

    def spelled(self, address: str) -> list[str]:
        """A decoded address of the host in each way in which it may be asked for, for hosts that compare letters."""
        ways = (self.coded(address), quote(address, safe=f"/{_PLAIN}"), quote(address))
        return list(dict.fromkeys(ways))

    @property
    def security(self) -> list[tuple[str, str]]:
        """Headers of every answer."""
        return [
            ("Content-Security-Policy", self.policy),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ]

    @cached_property
    def types(self) -> dict[str, str]:
        """Types of the suffixes that the site has."""
        found = {headers.suffix(name) for name in self.names}
        return {suffix: headers.TYPES[suffix] for suffix in sorted(found & headers.TYPES.keys())}

    @cached_property
    def feeds(self) -> list[tuple[str, str]]:
        """Names of feeds with their types."""
        found = {name.rpartition("/")[2] for name in self.names}
        return [(name, kind) for name, kind in sorted(headers.FEEDS.items()) if name in found]

    @cached_property
    def named(self) -> list[tuple[str, str]]:
        """Feeds of the site with their types, by path."""
        return [(name, kind) for name in sorted(self.names) if (kind := headers.FEEDS.get(name.rpartition("/")[2]))]

    @property
    def short(self) -> str:
        """Cache-Control of pages and feeds."""
        return headers.short(self.max_age)

    @cached_property
    def suffixes(self) -> list[str]:
        """Suffixes of files that are no pages and announce nothing."""
        pages = {"html", "htm", "xml", "opml", "rss", "atom", "txt"}
        found = {headers.suffix(name) for name in self.names if headers.stage(name) is headers.Stage.ASSET}
        return sorted(found - pages - {""})

    @cached_property
    def fingerprinted(self) -> list[str]:
        """Folders in which every file has a digest of its bytes in its name."""
        plain = {name.rpartition("/")[0] for name in self.names if not headers.FINGERPRINTED.search(name)}
        marked = {name.rpartition("/")[0] for name in self.names if headers.FINGERPRINTED.search(name)}
        return sorted(
            folder for folder in marked - plain if folder and not any(f"{p}/".startswith(f"{folder}/") for p in plain)
        )

    @property
    def bare(self) -> bool:
        """Whether pages are asked for without the suffix that their files have."""
        return any(self._is_bare(name) for name in self.names)

    def _is_bare(self, name: str) -> bool:
        return name.endswith(".html") and name.rpartition("/")[2] not in ("index.html", "404.html", "410.html")

    @property
    def not_found(self) -> bool:
        """Whether there is a page for what is not found."""
        return "404.html" in self.names


def _holds(folder: str, others: Collection[str]) -> bool:
    return any(other.startswith(f"{folder}/") for other in others)


_PLAIN = "!$&'()+,;=@"
"""What browsers leave as it is written in a path, and others may encode; `:` and `*` have a meaning to some hosts."""
_SPECIAL = {ord(char): f"%{ord(char):02X}" for char in "$'\"\\{};`*:@() "}


def lines(parts: Iterator[str]) -> bytes:
    """A file of lines."""
    return "".join(f"{line}\n" for line in parts).encode()

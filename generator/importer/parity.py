"""The old site's addresses, from its sitemap, its feed or a list, held against those at which the new site answers."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.parsers import expat

from generator.errors import Problem, UsageError
from generator.importer.addresses import is_absolute, key
from generator.importer.report import Parity

_LARGEST = 256 * 1024 * 1024
"""Bytes of a file, unpacked; the protocol allows 50 MB."""

_PIECE = 1 << 16
_SHOWN = 10_000
"""Addresses without an answer that are listed."""

Reason = Callable[[str], str | None]
"""Why an address has no answer; None where it has one."""


def validate(file: Path) -> None:
    """Read a file to its end, before anything is written on account of it.

    Raises:
        UsageError: It cannot be read.
    """
    for _ in _addresses(file, depth=0):
        pass


def check(file: Path, reason: Reason) -> Parity:
    """Hold every address of a file against the new site.

    Raises:
        UsageError: It cannot be read.
    """
    seen: set[str] = set()
    missing: list[tuple[str, str]] = []
    dead = 0
    for address in _addresses(file, depth=0):
        if (spelled := key(address)) not in seen:
            seen.add(spelled)
            if why := reason(address):
                dead += 1
                missing += [(address, why)] if len(missing) < _SHOWN else []
    return Parity(len(seen), dead, tuple(missing))


def _addresses(file: Path, depth: int) -> Iterator[str]:
    """Those of a file, and of the sitemaps beside it that an index names."""
    for address, of_sitemap in _read(file):
        if not of_sitemap:
            yield address
        elif depth < 2:
            beside = file.with_name(re.sub(r"[^\w.-]", "_", address.rstrip("/").rpartition("/")[2]) or "sitemap.xml")
            if not beside.is_file():
                cause = f"names the sitemap {address}, which is not beside it"
                raise UsageError(Problem(cause, f"save it as {beside}", str(file)))
            yield from _addresses(beside, depth + 1)


def _read(file: Path) -> Iterator[tuple[str, bool]]:
    """Addresses, and whether each is that of another sitemap."""
    try:
        pieces = _pieces(file)
        first = next(pieces, b"")
        if first.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            yield from _of_xml(first, pieces)
        else:
            text = b"".join((first, *pieces)).decode("utf-8-sig", "replace")
            yield from ((line.strip(), False) for line in text.splitlines() if is_absolute(line.strip()))
    except (OSError, EOFError, expat.ExpatError, ValueError) as error:
        cause = f"cannot be read as a sitemap, a feed or a list of addresses: {error}"
        raise UsageError(Problem(cause, "save it again from the old site", str(file))) from error


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as plain:
        packed = plain.read(2) == b"\x1f\x8b"
    total = 0
    with gzip.open(file) if packed else file.open("rb") as opened:
        while piece := opened.read(_PIECE):
            total += len(piece)
            if total > _LARGEST:
                raise ValueError(f"it is larger than {_LARGEST} bytes")
            yield piece


def _of_xml(first: bytes, rest: Iterator[bytes]) -> Iterator[tuple[str, bool]]:
    reader = _Reader()
    yield from reader.feed(first)
    for piece in rest:
        yield from reader.feed(piece)
    yield from reader.feed(b"", last=True)


class _Reader:
    """Finds addresses in XML piece by piece; entities of a document's own are refused, nothing is ever fetched."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.EntityDeclHandler = self._refuse
        self._path: list[str] = []
        self._words: list[str] = []
        self._found: list[tuple[str, bool]] = []

    def feed(self, data: bytes, *, last: bool = False) -> list[tuple[str, bool]]:
        """What the next piece completes."""
        self._parser.Parse(data, last)
        found, self._found = self._found, []
        return found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._path) > 100:
            raise ValueError("its elements are too deep")
        space, _, local = name.rpartition(" ")
        foreign = "image" in space or "video" in space
        self._path.append("" if foreign else local)
        self._words = []
        within = "entry" in self._path or "item" in self._path
        if local == "link" and within and attributes.get("rel", "alternate") == "alternate" and "href" in attributes:
            self._add(attributes["href"], of_sitemap=False)

    def _text(self, text: str) -> None:
        if self._path and self._path[-1] in ("loc", "link"):
            self._words.append(text)

    def _end(self, name: str) -> None:  # noqa: ARG002  # the parser checks that it fits
        local = self._path.pop()
        parent = self._path[-1] if self._path else ""
        if (local, parent) in (("loc", "url"), ("loc", "sitemap"), ("link", "item")):
            self._add("".join(self._words), of_sitemap=parent == "sitemap")
        self._words = []

    def _add(self, address: str, *, of_sitemap: bool) -> None:
        if is_absolute(address.strip()):
            self._found.append((address.strip(), of_sitemap))

    def _refuse(self, *_: object) -> None:
        raise ValueError("it declares entities, which no sitemap needs")

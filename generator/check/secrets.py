"""What must not show yet, or any more, as patterns to be sought in the bytes of files."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from generator import codec
from generator.records import Record, field

TEXTS = (".html", ".htm", ".xhtml", ".xml", ".json", ".txt", ".js", ".css", ".svg", ".rss", ".atom", ".opml", ".md")
"""How the names of files end that hold text."""

_LONG = 12
"""Letters that a title must have to be told from other words; and it must be two words at least."""

_PLAIN = r"[^\n*_`~\[\]<>(){}|\\!#&\"'’…“”–—:/-]"
_PIECES = tuple(re.compile(f"{_PLAIN}{{{least},}}") for least in (40, 25))
"""Runs of text that Markdown leaves as they are: a sentence, or most of one; shorter ones where there is none."""

_MOST = 6
"""Pieces of a text that are sought, the longest; who shows a text shows one of them."""

_WORD = re.compile(rb"[A-Za-z0-9]{4,}")
_APART = re.compile(rb"(?<![\w\x80-\xff])[A-Za-z0-9]{4,}(?![\w\x80-\xff])")
"""A word that stands alone, however what is around it may be escaped."""


class Secret(Record, frozen=True, kw_only=True):
    """An article that is off the site.

    Attributes:
        source: Its file.
        why: Why it is: `scheduled`, `draft`, `withdrawn`, `expired`.
        title: Its headline.
        address: URL of its page without the host; empty where readers know it by right.
        texts: What it says, as Markdown.
        told: What of it is told by right, such as why it was withdrawn.
        files: Files that it alone has: their URLs without the host, by source; empty for one whose name says nothing.
        contents: Size and digest of these files, by source.
    """

    source: str
    why: str
    title: str
    address: str = ""
    texts: tuple[str, ...] = ()
    told: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    contents: Mapping[str, tuple[int, bytes]] = field(default_factory=dict)


class Needle(NamedTuple):
    """Something of a secret.

    Attributes:
        what: In words.
        text: As it is.
        forms: As files write it.
        whole: Of an address: what must be found besides, so that it is not the beginning or end of another one.
    """

    what: str
    text: str
    forms: tuple[bytes, ...]
    whole: re.Pattern[bytes] | None = None

    def find(self, raw: bytes) -> int:
        """Where it stands first, about; -1 where it does not."""
        at = max(raw.find(form) for form in self.forms)
        if at >= 0 and self.whole:
            match = self.whole.search(raw)
            return match.start() if match else -1
        return at


def needles(title: str, address: str, texts: Iterable[str]) -> Iterator[Needle]:
    """What to seek of an article, the clearest first; see Secret."""
    if len(title) >= _LONG and " " in title:
        yield Needle("its title", title, _forms(title))
    if address:
        yield of_address("its address", address)
    for text in texts:
        for piece in pieces(text):
            yield Needle("its text", piece, _forms(piece))


def pieces(text: str) -> list[str]:
    """The longest runs of a Markdown text that stand in the rendered one as they are."""
    for pattern in _PIECES:
        if found := {piece.strip(" .,;?"): None for piece in pattern.findall(text)}:
            return sorted(found, key=len, reverse=True)[:_MOST]
    return []


def _forms(text: str) -> tuple[bytes, ...]:
    """A text as HTML, JSON and plain files write it."""
    plain = html.escape(text, quote=False)
    forms = {text, plain, html.escape(text), plain.replace("'", "&#39;").replace('"', "&#34;"), json.dumps(text)[1:-1]}
    return tuple(form.encode("utf-8", "replace") for form in sorted(forms))


def of_address(what: str, address: str) -> Needle:
    """An address as such."""
    path = address.encode()
    whole = re.compile(rb"(?<![\w/-])(?:https?://[^/\s\"'<>]+)?" + re.escape(path) + rb"(?![\w/-])")
    return Needle(what, address, (path,), whole)


class Hit(NamedTuple):
    """A secret that a file shows: numbers of secret and needle, and the line; -1 and 0 for the bytes of a file."""

    secret: int
    needle: int
    line: int


class Sought(Record, frozen=True, dict=True):
    """All that is sought."""

    secrets: tuple[Secret, ...]

    @cached_property
    def needles(self) -> tuple[tuple[Needle, ...], ...]:
        """Of each secret; without what is told of it by right."""
        found = []
        for secret in self.secrets:
            own = [*needles(secret.title, secret.address, secret.texts)]
            own += [of_address(f"the name of its file {name}", url) for name, url in secret.files.items() if url]
            found.append(tuple(needle for needle in own if needle.text not in secret.told))
        return tuple(found)

    @cached_property
    def mark(self) -> bytes:
        """A digest of all of it."""
        both = zip(self.secrets, self.needles, strict=True)
        return codec.of([(secret.source, [needle.text for needle in own], secret.contents) for secret, own in both])

    @cached_property
    def sizes(self) -> frozenset[int]:
        """Of files whose bytes are sought."""
        return frozenset(size for secret in self.secrets for size, _ in secret.contents.values())

    @cached_property
    def _anchors(self) -> dict[bytes, list[tuple[int, int, frozenset[bytes]]]]:
        """Needles, each with the words that must stand where one is, by the longest of these; else by the empty one."""
        found: dict[bytes, list[tuple[int, int, frozenset[bytes]]]] = {}
        for number, own in enumerate(self.needles):
            for place, needle in enumerate(own):
                words = _inner_words(needle.text)
                found.setdefault(max(words, key=len, default=b""), []).append((number, place, words))
        return found

    @cached_property
    def _digests(self) -> dict[bytes, int]:
        return {item[1]: number for number, secret in enumerate(self.secrets) for item in secret.contents.values()}

    def hits(self, name: str, raw: bytes) -> Iterator[Hit]:
        """What a file shows: of each secret the clearest."""
        number = self._digests.get(codec.digest(raw)) if len(raw) in self.sizes else None
        if number is not None:
            yield Hit(number, -1, 0)
        if not name.lower().endswith(TEXTS):
            return
        words, best = {*_WORD.findall(raw), b""}, dict[int, Hit]()
        for anchor in words & self._anchors.keys():
            for number, place, needed in self._anchors[anchor]:
                known = best.get(number)
                if not needed <= words or (known is not None and known.needle < place):
                    continue
                if (at := self.needles[number][place].find(raw)) >= 0:
                    best[number] = Hit(number, place, raw.count(b"\n", 0, at) + 1)
        yield from (best[number] for number in sorted(best))


def _inner_words(text: str) -> frozenset[bytes]:
    """The words of a text but for its first and last, to which something may be joined."""
    return frozenset(_APART.findall(text.encode("utf-8", "replace"))[1:-1])

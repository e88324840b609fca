"""Texts that are nearly the same: each text's four smallest phrases are remembered, and texts that share some compared.

A phrase is three words in a row. The smallest by a hash are a fair sample (Broder 1997, "On the resemblance and
containment of documents"): two texts with four fifths of their phrases in common share none of four in 1 of 600 cases.
"""

from __future__ import annotations

import heapq
import re
from zlib import crc32

from generator.importer.numbers import Numbers

_ADDRESS = re.compile(r"\]\([^()\s]*\)?")
"""Of a link: it changes from the old site to the new."""

_WORD = re.compile(r"\w+")
_WIDTH = 3
SAMPLE = 4
SHORTEST = 12
"""Words below which a text says too little to be compared."""


def phrases(text: str) -> set[int]:
    """The phrases of a text, as numbers; empty where it is too short."""
    words = _WORD.findall(_ADDRESS.sub("]", text).casefold())
    if len(words) < SHORTEST:
        return set()
    return {crc32(" ".join(words[at : at + _WIDTH]).encode()) for at in range(len(words) - _WIDTH + 1)}


def sample(found: set[int]) -> tuple[int, ...]:
    """The smallest phrases."""
    return tuple(heapq.nsmallest(SAMPLE, found))


def share(one: set[int], other: set[int]) -> float:
    """How much two texts have in common, 0 to 1."""
    return len(one & other) / len(one | other) if one and other else 0.0


def words_in_common(one: str, other: str) -> float:
    """The same by single words, for texts of any length."""
    return share(*({crc32(word.encode()) for word in _WORD.findall(text.casefold())} for text in (one, other)))


class Index:
    """Texts by number, found by any phrase of their sample."""

    def __init__(self) -> None:
        self._first = Numbers()

    def add(self, number: int, found: tuple[int, ...]) -> None:
        """Remember a text; of texts that share a phrase the first is found."""
        for phrase in found:
            self._first.setdefault(phrase, number)

    def near(self, found: tuple[int, ...]) -> list[int]:
        """Texts that share phrases with one, those that share most first."""
        hits: dict[int, int] = {}
        for phrase in found:
            if (number := self._first.get(phrase)) is not None:
                hits[number] = hits.get(number, 0) + 1
        return sorted(hits, key=lambda number: (-hits[number], number))

"""Words that look like a language and are none, drawn as often as words of a language are."""

from __future__ import annotations

import bisect
from collections.abc import Collection, Sequence
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")

_SHORT = """
the of to and a in that is was for on with as it by he at from his be this have or had not are but they which one you
were her all she there would their we him been has when who will no more if out so said up what its about into than them
can only other new
"""
FUNCTION = tuple(_SHORT.split())
"""Short words of English, which make half of any text."""

_STARTS, _VOWELS = "b c d f g h j k l m n p r s t v w z br cl cr dr fl gr pl pr sh sl sp st tr th ch", "a e i o u"
_ONSETS = tuple(_STARTS.split())
_NUCLEI = tuple(f"{_VOWELS} a e i o ai ea ou ee io".split())
_CODAS = ("", "", "", "n", "r", "s", "t", "l", "m", "d", "nd", "st", "ck", "rt")


def coin(random: Random, count: int, syllables: tuple[int, int] = (1, 4), taken: Collection[str] = ()) -> list[str]:
    """`count` different words of 3 to 13 letters, none of them in `taken`."""
    seen = set(taken)
    words: list[str] = []
    while len(words) < count:
        word = "".join(_syllable(random, first=k == 0) for k in range(random.randint(*syllables)))
        word += random.choice(_CODAS)
        if 3 <= len(word) <= 13 and word not in seen:
            seen.add(word)
            words.append(word)
    return words


def _syllable(random: Random, *, first: bool) -> str:
    return random.choice(_ONSETS) + random.choice(_NUCLEI) + ("" if first else random.choice(_CODAS))


class Zipf(Generic[T]):
    """Draws the k-th item with a weight of 1 / (k + shift) ** exponent."""

    def __init__(self, items: Sequence[T], exponent: float, shift: float) -> None:
        self.items = items
        self._cumulative: list[float] = []
        self._total = 0.0
        for rank in range(1, len(items) + 1):
            self._total += 1.0 / (rank + shift) ** exponent
            self._cumulative.append(self._total)

    def one(self, random: Random) -> T:
        """One item."""
        return self.items[bisect.bisect(self._cumulative, random.random() * self._total)]

    def many(self, random: Random, count: int) -> list[T]:
        """`count` items, repeats among them."""
        return [self.one(random) for _ in range(count)]

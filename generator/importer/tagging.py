"""Tags for articles that bring none: those of the site's that the text names."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"\w+(?:[-.&+#]\w+)*[+#]*")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Scripts that put no blank between words."""

MOST = 8
"""Tags that one article is given; of more, those that it names most often."""

_LONGEST = 8
"""Words of a tag."""


class Tagger:
    """Finds known tags in texts.

    A tag of small letters is found in any case, one with a capital (`US`, `Apple`) only as it is written or in
    capitals. Words must be whole; of a word with an apostrophe (`Ankara'da`, `Mary's`) what stands before it counts.

    Args:
        tags: Known ones.
    """

    def __init__(self, tags: Iterable[str]) -> None:
        self._by_word: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        self._unspaced: list[str] = []
        self._known: set[str] = set()
        for tag in tags:
            self.learn(tag)

    def learn(self, tag: str) -> None:
        """Take in one more tag."""
        if tag in self._known:
            return
        self._known.add(tag)
        if _UNSPACED.search(tag):
            self._unspaced.append(tag)
            return
        words = tuple(_WORD.findall(tag))
        if 0 < len(words) <= _LONGEST and any(char.isalpha() for char in tag) and len(tag) > 1:
            self._by_word[_folded(words[0])].append((words, tag))

    def tags(self, title: str, text: str) -> tuple[str, ...]:
        """The tags that an article names, those that it names most first; its headline counts three times."""
        if not self._known:
            return ()
        found: Counter[str] = Counter()
        for part, weight in ((title, 3), (text, 1)):
            words = _WORD.findall(part)
            for at, word in enumerate(words):
                for tag_words, tag in self._by_word.get(_folded(word), ()):
                    if len(words) - at >= len(tag_words) and all(map(_fits, tag_words, words[at:])):
                        found[tag] += weight
            for tag in self._unspaced:
                if times := part.count(tag):
                    found[tag] += times * weight
        return tuple(tag for tag, _ in sorted(found.items(), key=lambda item: (-item[1], item[0]))[:MOST])


def _fits(tag: str, word: str) -> bool:
    """Whether a word of a text is one of a tag, both of the same letters but for case."""
    if tag == tag.lower():
        return _folded(word) == _folded(tag)
    return word in (tag, tag.upper()) and (len(tag) > 1 or word == tag)


@lru_cache(20_000)
def _folded(word: str) -> str:
    """İ, I, ı and i are one letter here."""
    return unicodedata.normalize("NFC", word.casefold().replace("i\u0307", "i").replace("ı", "i"))

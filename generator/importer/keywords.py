"""Tags that a publisher might want: names that several articles are about. Offline, without a model or word list.

A name is one to four words that begin with capitals (`Harbour Office`, `Bank of Lenn`), not only because a sentence
begins there. An article is about it where its headline has it, or its text three times. Scripts without capitals give
none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container

_JOINERS = "of|de|del|della|da|do|dos|di|la|van|von|der|den|du|des|al|el"
_WORD = re.compile(r"[^\W_][\w'’-]*|[^\w\s]")
_ENDS = frozenset('.!?:…“”"„»«—–•')
_OFTEN = 3
_LONGEST = 4
_ROOM = 50_000
"""Names that are kept in mind; of more, those that came once are forgotten."""


class Keywords:
    """Counts names."""

    def __init__(self) -> None:
        self._articles: Counter[str] = Counter()

    def learn(self, title: str, text: str) -> None:
        """Take in an article."""
        found = Counter(_names(text))
        about = {name for name, times in found.items() if times >= _OFTEN}
        shown = f" {' '.join(_WORD.findall(title))} "
        about |= {name for name in found if f" {name} " in shown}
        self._articles.update(about)
        if len(self._articles) > _ROOM:
            self._articles = Counter({name: times for name, times in self._articles.items() if times > 1})

    def best(self, known: Container[str], most: int = 30) -> tuple[tuple[str, int], ...]:
        """Names that two articles and more are about, the commonest first, and of how many."""
        enough = {name: times for name, times in self._articles.items() if times > 1 and name not in known}
        longer = [name for name in enough if " " in name]
        parts: Counter[str] = Counter()
        for name in longer:
            for part in name.split():
                parts[part] = max(parts[part], enough[name])
        kept = {name: times for name, times in enough.items() if " " in name or parts[name] < 0.7 * times}
        return tuple(sorted(kept.items(), key=lambda item: (-item[1], item[0]))[:most])


def _names(text: str) -> list[str]:
    """Every name in a text, each time."""
    found: list[str] = []
    run: list[str] = []
    begins = True
    opened = False
    for word in _WORD.findall(text):
        if word[0].isupper():
            opened = begins if not run else opened
            run.append(word)
        elif run and word in _JOINERS.split("|"):
            run.append(word)
        else:
            found += _closed(run, opened=opened)
            run = []
        begins = word in _ENDS
    return found + _closed(run, opened=opened)


def _closed(run: list[str], *, opened: bool) -> list[str]:
    """A run of capitalised words as a name, less the joiners at its end; nothing where it only begins a sentence."""
    while run and not run[-1][0].isupper():
        run = run[:-1]
    if not run or len(run) > _LONGEST or (opened and len(run) == 1) or len(run[0]) < 2:
        return []
    return [re.sub(r"['’]s?$", "", " ".join(run))]

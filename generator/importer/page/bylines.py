"""Who wrote it, as a page shows it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from generator.importer import datelines
from generator.importer.page import words as phrases
from generator.importer.page.metadata import date_within, people
from generator.trees import Element

_CLASS = re.compile(
    r"(?:^|[\s_-])(?:author|byline|autor|auteur|autore|yazar|firma|vcard|p-author|writer|(?:user|author)-?name)(?:$|[\s_-])",
    re.I,
)

_MARKS = ("rel", "itemprop", "class", "data-testid", "data-hook")
_SIGNS = " ,|·•–—-("
_LINE = 200
"""Characters of a line of names."""

_MOST = 20
"""Links of a byline."""


def shown(elements: Sequence[Element]) -> list[str]:
    """Names that a page shows as its article's authors."""
    for element in elements:
        if _is_marked(element) and (found := _named(element)):
            return _with_others(element, found)
    for element in sorted((element for element in elements if len(element) < 6), key=len):  # the least around a name
        lines = phrases.lines(element)
        for words in dict.fromkeys((*lines, " ".join(lines))):
            if 0 < len(words) <= 120 and (credited := _credited(words)):
                return list(credited)
    return []


def _is_marked(element: Element) -> bool:
    """Whether an element is said to be an author."""
    names = " ".join(_look(element))
    return "author" in names.split() or bool(_CLASS.search(names))


def _with_others(element: Element, found: list[str]) -> list[str]:
    """The names of an element, and those of others beside it that are marked as it is."""
    line = next((above for above in itertools.islice(element.iterancestors(), 2) if len(above) > 1), None)
    if line is None or len(phrases.brief(line)) > _LINE:
        return found
    alike = (other for other in line.iter(element.tag) if _look(other) == _look(element))
    return list(dict.fromkeys(itertools.chain(found, *(map(_named, itertools.islice(alike, _MOST))))))


def _look(element: Element) -> tuple[str, ...]:
    return tuple(element.get(name) or "" for name in _MARKS)


def _named(element: Element) -> list[str]:
    """The names in a byline: its own words before all that is in it, what is marked in it, all of it, a link in it."""
    own = " ".join((element.text or "").split())
    if names := _full(own):
        return names
    inner = [
        name
        for name in element.iter()
        if name.get("itemprop") == "name"
        or "fn" in (name.get("class") or "").split()
        or "author" in (name.get("rel") or "").split()
    ]
    for source in (*inner[:5], element):
        words = phrases.brief(source)
        found = people(words)
        if found := _before_day(words) if _is_more(words, found) else found:
            return found
    links = itertools.islice(element.iter("a"), _MOST) if len(phrases.brief(element)) <= 200 else ()
    return next((full for link in links if (full := _full(phrases.brief(link)))), [])


def _full(words: str) -> list[str]:
    """The names of a byline or list whose every name has two words or more."""
    names = phrases.credited(words) or phrases.names(words)
    return list(names) if all(" " in name for name in names) else []


def _is_more(words: str, names: list[str]) -> bool:
    """Whether the words of a byline that are taken for a name are the phrase before one, or have a date behind it."""
    is_before = phrases.is_label(words) or bool(phrases.credited(f"{words} Ada Lund"))
    return names == [words] and (is_before or any(map(str.isdigit, words)))


def _before_day(words: str) -> list[str]:
    """The names of `By Ada Lund on 9 May 2023`."""
    return _before(words, datelines.find(words))


def _before(words: str, day: datelines.Found | None) -> list[str]:
    head = words[: day.start].strip(_SIGNS) if day else ""
    return list(phrases.credited(head) or phrases.credited(head.rpartition(" ")[0]))


def _credited(words: str) -> tuple[str, ...]:
    """The names of a line that is a byline, alone or behind a date."""
    day = datelines.find(words)
    if day and (behind := phrases.credited(words[day.end :].strip(_SIGNS))):
        return behind
    parts = re.split(r"\s+[|·•]\s+", words)
    if len(parts) > 1 and any(map(date_within, parts)):
        return next((tuple(full) for part in parts if (full := _full(part))), ())
    before = _before(words, day)
    return phrases.credited(words) or (tuple(before) if all(" " in name for name in before) else ())

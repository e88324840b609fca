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
    r"(?:^|[\s_-])(?:author|byline|autor|auteur|autore|yazar|firma|vcard|p-author|writer|user-?name)(?:$|[\s_-])", re.I
)

_MOST = 20
"""Links of a byline."""


def shown(elements: Sequence[Element]) -> list[str]:
    """Names that a page shows as its article's authors."""
    for element in elements:
        names = f"{element.get('itemprop') or ''} {element.get('class') or ''}"
        rel = (element.get("rel") or "").split()
        is_named = "author" in rel or "author" in names.split() or _CLASS.search(names)
        if is_named and (found := _named(element)):
            return found
    for element in sorted((element for element in elements if len(element) < 6), key=len):  # the least around a name
        words = phrases.brief(element)
        if 0 < len(words) <= 120 and (credited := _credited(words)):
            return list(credited)
    return []


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
    day = datelines.find(words)
    head = words[: day.start].strip(" ,|·•–—-(") if day else ""
    return list(phrases.credited(head) or phrases.credited(head.rpartition(" ")[0]))


def _credited(words: str) -> tuple[str, ...]:
    """The names of a line that is a byline, alone or behind a date."""
    day, _, names = words.partition(" by ")
    if names and date_within(day):
        return phrases.names(names)
    parts = re.split(r"\s+[|·•]\s+", words)
    if len(parts) > 1 and any(map(date_within, parts)):
        return next((tuple(full) for part in parts if (full := _full(part))), ())
    before = _before_day(words)
    return phrases.credited(words) or (tuple(before) if all(" " in name for name in before) else ())

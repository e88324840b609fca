"""A source's text as clean lines that still know where they stood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from generator.importer.articles import Dropped
from generator.records import Record, replace

_EDITOR_ENDS = re.compile(r"\r\n|\r|\n")
_OTHER_ENDS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""Ends of lines that editors do not count; `str.splitlines` knows the same."""

_REMOVED = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff\u200b\u2060\ufeff]")
"""Control characters, noncharacters, and zero-width marks without a meaning of their own (joiners have one)."""

_ASKED_AGAIN = 200
"""Characters of a line that may be a headline, a date, a phrase of a page."""

_BLANKS = re.compile("[ \t\u00a0]+")


class Line(Record, frozen=True):
    """One line.

    Attributes:
        number: 1-based, as an editor counts.
        text: NFC, without blanks at its ends, runs of blanks as one; empty where the line is blank.
        raw: As it was.
        told: What the report says of it, whatever becomes of its text: that the form of the whole text shows it to be
            none of the article (then `text` is empty), or that it was changed.
    """

    number: int
    text: str
    raw: str
    told: tuple[Dropped, ...] = ()

    def drop(self, reason: str) -> Dropped:
        """An entry of the report for this line."""
        return Dropped(self.number, self.raw, reason)

    def changed(self, text: str, reason: str) -> Line:
        """The line with another text, or none, which the report tells; itself where its text is that already."""
        return self if text == self.text else replace(self, text=text, told=(*self.told, self.drop(reason)))


def split(text: str) -> Iterator[Line]:
    """Every line of `text`, blank ones too."""
    for number, whole in enumerate(_EDITOR_ENDS.split(text), 1):
        for raw in _OTHER_ENDS.split(whole):
            clean = unicodedata.normalize("NFC", _REMOVED.sub("", raw))
            yield Line(number, _BLANKS.sub(" ", clean).strip(), raw)


def altered(line: Line) -> Dropped | None:
    """An entry of the report where characters were taken out of a line."""
    found = sorted({f"U+{ord(char):04X}" for char in _REMOVED.findall(line.raw)})
    return line.drop(f"the line without its invisible characters ({', '.join(found)})") if found else None


def same(one: str, other: str) -> bool:
    """Whether two lines read alike but for case and blanks; İ, I, ı and i are one letter here."""
    return _key(one) == _key(other)


def _key(text: str) -> str:
    return " ".join(text.casefold().replace("\u0307", "").replace("ı", "i").split())


def fold(text: str) -> str:
    """A line in which words of any case are found: small letters without marks (`MAYIS`, `März` as `mayis`, `marz`)."""
    if text.isascii():
        return text.lower()
    return _folded(text) if len(text) <= _ASKED_AGAIN else _apart(text)


@lru_cache(maxsize=2_048)
def _folded(text: str) -> str:
    """The same of a line that is asked for again and again."""
    return _apart(text)


def _apart(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold()).replace("ı", "i")
    return "".join(char for char in apart if unicodedata.category(char) != "Mn")

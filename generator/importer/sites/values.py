"""Another generator's front matter, taken key by key; what nobody took is kept for the theme."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from generator import dates
from generator.content.text import legal
from generator.errors import Problem, warning
from generator.model.document import Extra

_TRUE = frozenset({"true", "yes", "on", "1"})


class Values:
    """The keys of one file, whatever their case; a dot leads into a table (`cover.image`).

    Attributes:
        problems: Of values that could not be used.
    """

    def __init__(self, values: Mapping[str, Any], lines: Mapping[str, int] | None = None) -> None:
        self.problems: list[Problem] = []
        clean = legal(dict(values))
        self._left: dict[str, Any] = clean if isinstance(clean, dict) else {}
        self._lines = lines or {}

    def fill(self, values: Mapping[str, Any]) -> None:
        """Add what the file itself does not say; lists are joined."""
        for key, value in values.items():
            there = self._left.get(key)
            if isinstance(there, list) and isinstance(value, list):
                self._left[key] = [*value, *there]
            elif there is None:
                self._left[key] = value

    def fall_back(self, values: Mapping[str, Any]) -> None:
        """Add the keys that the file has not, as defaults of a site's settings."""
        there = {key.casefold() for key in self._left}
        self._left |= {key: value for key, value in values.items() if key.casefold() not in there}

    def take(self, *names: str) -> Any:
        """The value of the first of some keys that has one; all of them are gone then."""
        found = None
        for name in names:
            value = self._pop(self._left, name)
            found = value if found in (None, "", []) else found
        return found

    def _pop(self, table: dict[str, Any], name: str) -> Any:
        head, _, rest = name.partition(".")
        key = next((key for key in table if key.casefold() == head.casefold()), None)
        if key is None:
            return None
        if not rest:
            return table.pop(key)
        inner = table[key]
        if not isinstance(inner, dict):
            return None
        value = self._pop(inner, rest)
        if not inner:
            del table[key]
        return value

    def text(self, *names: str) -> str:
        """Text on one line; empty for none, and for what is no text."""
        value = self.take(*names)
        return "" if isinstance(value, dict | list) or value is None else " ".join(str(value).split())

    def texts(self, *names: str, apart: str = "") -> tuple[str, ...]:
        """Several texts: a list, or one text cut at a pattern."""
        return tuple(dict.fromkeys(text for name in names for text in _texts(self.take(name), apart)))

    def truth(self, *names: str) -> bool:
        """Whether one of some keys says so."""
        said = [self.text(name).casefold() for name in names]  # all are taken
        return not _TRUE.isdisjoint(said)

    def date(self, *names: str) -> dt.datetime | dt.date | None:
        """A date; one that cannot be read is a problem."""
        for name in names:
            value = self.take(name)
            if isinstance(value, dt.date):
                return value
            text = str(value or "").strip()
            if not text:
                continue
            try:
                return dates.parse(_plain_date(text))
            except ValueError as error:
                line = self._lines.get(name)
                self.problems.append(
                    warning(f"`{name}` {error}", "correct it in the source, or in the post", line=line)
                )
        return None

    def rest(self, *dropped: str) -> Extra:
        """What is left, but for some keys."""
        for name in dropped:
            self.take(name)
        return Extra(self._left)


def _texts(value: Any, apart: str) -> Iterable[str]:
    if isinstance(value, dict):
        value = value.get("name") or value.get("title") or list(value)
    if isinstance(value, list):
        for item in value:
            yield from _texts(item, "")
    elif value is not None:
        parts = re.split(apart, str(value)) if apart else [str(value)]
        yield from (text for part in parts if (text := " ".join(part.split())))


def _plain_date(text: str) -> str:
    """A date as ours are written: `2012/03/30 23:00 UTC+02:00` as `2012-03-30 23:00 +02:00`."""
    text = re.sub(r"^(\d{4})[/.](\d{1,2})[/.](\d{1,2})", r"\1-\2-\3", text)
    return re.sub(r"\bUTC(?=[+-]\d)", "", text)

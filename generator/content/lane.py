"""The front-matter lane: plain YAML read without a YAML parser, as the same values and lines, or not at all.

Nearly all front matter is lines of `key: text`. `read` takes a file whose block holds nothing but those, quoted texts
without escapes, flow lists on one line, and one level of list or table below a key. It returns None for every other:
comments, escapes, anchors, tags, texts of several lines, types below `extra`, whatever is faulty. Its contract is
equality with `formats.read`, kept by a differential test (tests/unit/test_front_lane.py). Where a rule can be strict or
clever it is strict: a file that is not taken costs 50 µs, a wrong value costs trust.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from generator.records import Record


class Matter(Record, frozen=True):
    """Parsed front matter.

    Attributes:
        values: As plain values.
        lines: Line in the file of each top-level key.
        body: What follows, unaltered.
        body_line: Line in the file on which the body begins.
    """

    values: Mapping[str, Any]
    lines: Mapping[str, int]
    body: str
    body_line: int


_LONGEST = 16_000
"""Characters of a block; too few for as many values as are refused (nodes.MAX_NODES)."""

_ODD = re.compile("[\x00-\t\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""Characters that are no text to libyaml, or that it takes for the end of a line; TAB, whose rules are many."""

_FIRST = r"[^\x00-'*-.:-@\[-^`{-\xa0]"
r"""A letter, a digit, one of `( ) / _`, or a character beyond ASCII: what no indicator of YAML begins with."""

_DOUBLE = r'"[^"\\\n]*+"'
_SINGLE = r"'[^'\n]*+(?:''[^'\n]*+)*+'"
_FLOW = rf"(?:{_FIRST}[^,:#?\"\[\]{{}}\n]*+|{_DOUBLE}|{_SINGLE})"
_ITEM = re.compile(_FLOW)
_LINE = re.compile(
    rf"""(?P<indent>\ *+)(?:(?P<key>[A-Za-z_][A-Za-z0-9_-]{{0,99}}+):(?:\ ++(?=[^ \n])|(?=\ *+\n))|-\ ++(?=[^ \n]))
      (?:(?P<plain>{_FIRST}[^:\#\n]*+(?::[^ :\#\n][^:\#\n]*+)*+)
        | (?P<quoted>{_DOUBLE}|{_SINGLE})\ *+
        | \[\ *+(?P<list>(?:{_FLOW}\ *+(?:,\ *+{_FLOW}\ *+)*+)?)\]\ *+)?+\ *+\n""",
    re.VERBOSE,
)
_NULLS = frozenset({"null", "Null", "NULL"})


def read(text: str) -> Matter | None:
    """The front matter of a file's text, or None."""
    end = text.find("\n---\n", 3, _LONGEST) if text.startswith("---\n") else -1
    if end < 4:
        return None
    block = text[4 : end + 1]
    if not block.replace("\n", " ").isprintable() and _ODD.search(block):
        return None
    reader = _Block()
    if not reader.read(block):
        return None
    return Matter(reader.values, reader.lines, text[end + 5 :], block.count("\n") + 3)


class _Block:
    """A block on its way, line by line.

    Attributes:
        values: What was read.
        lines: Line in the file of each key.
    """

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.lines: dict[str, int] = {}
        self._open = ""  # the key to which an indented line belongs
        self._indent = ""

    def read(self, block: str) -> bool:
        """Read; whether every line is simple."""
        at = 0
        for number, match in enumerate(_LINE.finditer(block), 2):
            if match.start() != at:
                return False
            at = match.end()
            indent, key, plain, quoted, flow = match.groups()
            value = _text(plain) if plain else _unquoted(quoted) if quoted else None if flow is None else _list(flow)
            if key and not indent:
                if key in self.lines or key == "extra":
                    return False
                self.values[key] = value
                self.lines[key] = number
                self._open = "" if plain or quoted or flow is not None else key
            elif not self._open or not isinstance(value, str | None) or not self._below(indent, key, value):
                return False
        return at == len(block)

    def _below(self, indent: str, key: str | None, value: str | None) -> bool:
        """Take an item of a list, or a line of a table; all of them begin in one column."""
        holder = self.values[self._open]
        if holder is None:
            self._indent = indent
            self.values[self._open] = {key: value} if key else [value]
        elif indent != self._indent or isinstance(holder, dict) != bool(key) or (key and key in holder):
            return False
        elif key:
            holder[key] = value
        else:
            holder.append(value)
        return True


def _text(plain: str) -> str | None:
    text = plain.rstrip(" ")
    return None if text in _NULLS else text


def _unquoted(quoted: str) -> str:
    return quoted[1:-1].replace("''", "'") if quoted[0] == "'" else quoted[1:-1]


def _list(flow: str) -> list[str | None]:
    if '"' not in flow and "'" not in flow:
        return [_text(item.lstrip(" ")) for item in flow.split(",")] if flow else []
    items = (match[0] for match in _ITEM.finditer(flow))
    return [_unquoted(item) if item[0] in "'\"" else _text(item) for item in items]

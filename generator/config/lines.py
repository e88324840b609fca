"""Where a key of `site.toml` stands, and what is wrong with a text that is no TOML."""

from __future__ import annotations

import re

from generator.errors import Problem

_HEADER = re.compile(r"\s*\[+\s*([^\]]+?)\s*\]+")
_KEY = re.compile(r"""\s*["']?([\w.-]+)["']?\s*=""")
_TWICE = re.compile("Cannot (overwrite|declare|mutate)")
_FIXES = (
    ("Invalid value", 'a text stands in straight quotation marks: title = "My paper"; true and false are small'),
    (
        "Expected '='|Invalid statement|Invalid initial",
        'write key = "value"; a key beyond a-z, 0-9, - and _ is quoted, too',
    ),
    ("Illegal character '|Unterminated", "close the quotation mark on the same line"),
    ("Unclosed", "close it with ]"),
    ("Expected '\\]'", "close it with ] on the same line"),
    ("Expected newline", "write one key a line, and a text in quotation marks"),
    ("hex|escape", "double each backslash, or put the text in single quotation marks"),
)
"""What is to be done, by the library's words."""


def line_of(text: str, key: str) -> int | None:
    """The first line that sets `key` (`table.key` below `[table]`)."""
    table, _, name = key.rpartition(".")
    quote, current = "[\"']?", ""
    plain = rf"\s*{quote}{re.escape(name)}{quote}\s*[=.]"
    dotted = rf"\s*{quote}{re.escape(table)}{quote}\s*(\.\s*{quote}{re.escape(name)}{quote}\s*=|=\s*{{)"
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            current = header[1]
            if current == key:
                return number
        elif re.match(plain if current == table else dotted if not current else r"(?!)", line):
            return number
    return None


def unreadable(text: str, message: str) -> Problem:
    """The library's message with its line, what is meant by it, and the way out."""
    found = re.search(r"at line (\d+)", message)
    line = int(found[1]) if found else text.rstrip().count("\n") + 1
    if _TWICE.match(message) and (key := _key_at(text, line)):
        first = line_of(text, key)
        before = f"; the first is on line {first}" if first and first < line else ""
        return Problem(f"has `{key}` twice{before}", "keep one of the two", line=line)
    cause = re.sub(r" ?\(at .*\)$", "", message)
    fix = next((fix for words, fix in _FIXES if re.search(words, cause)), "see https://toml.io")
    return Problem(f"is not TOML: {cause}", fix, line=line)


def _key_at(text: str, line: int) -> str:
    """The table or key that is set on a line, or on the last before it where a value has several."""
    table = key = ""
    for one in text.splitlines()[:line]:
        if header := _HEADER.match(one):
            table = key = header[1]
        elif found := _KEY.match(one):
            key = f"{table}.{found[1]}" if table else found[1]
    return key

"""JSON Lines, an article a line, and a JSON list of articles."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from generator.content.text import MAX_BYTES
from generator.errors import ContentError, Problem
from generator.importer import columns
from generator.importer.articles import Article, Item, Skipped
from generator.importer.columns import Columns
from generator.importer.mending import text_of
from generator.importer.sources import RawSource
from generator.records import replace

NAME = "JSON Lines"

_DEEPEST = 32
"""Lists and objects in each other; deeper ones no front matter holds."""

_CORRECT = "correct that line, and import again"
_BOM = b"\xef\xbb\xbf"
_NAME = re.compile(rb'"((?:[^"\\\n]|\\.){1,60})"\s*:')


def recognises(source: RawSource) -> bool:
    """It begins with an object, or a list of objects, that has keys which articles have."""
    head = source.head.removeprefix(_BOM).lstrip()
    if not re.match(rb"\[?\s*\{\s*\"", head):
        return False
    if head.startswith(b"{") and not _is_line(head):
        return False
    names = [name.decode("utf-8", "replace") for name in _NAME.findall(head[:8000])]
    return bool(set(source.columns) & set(names)) or columns.recognisable(names)


def _is_line(head: bytes) -> bool:
    """Whether the first line is an object from its beginning to its end, as far as it can be seen."""
    line, end, _ = head.partition(b"\n")
    if not end:
        return b'"' in line
    try:
        return isinstance(json.loads(line.decode("utf-8", "replace")), dict)
    except (ValueError, RecursionError):
        return False


def read(source: RawSource) -> Iterator[Item]:
    """An object after the other, one in memory at a time where each has a line.

    Raises:
        ContentError: There is no object.
    """
    if source.head.removeprefix(_BOM).lstrip().startswith(b"["):
        yield from _listed(source)
        return
    found = False
    with source.open() as file:
        for number, line in _lines(file):
            found = True
            yield _item(source, line, number)
    if not found:
        raise ContentError(Problem("has no objects", "export it anew", line=1))


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Each filled line and its number; of one that is too long, its beginning."""
    number = 0
    while line := file.readline(MAX_BYTES + 1):
        number += 1
        rest = line
        while len(rest) > MAX_BYTES and not rest.endswith(b"\n"):
            rest = file.readline(MAX_BYTES + 1)
        if number == 1:
            line = line.removeprefix(_BOM)
        if line.strip():
            yield number, line


def _item(source: RawSource, line: bytes, number: int) -> Item:
    if len(line) > MAX_BYTES:
        reason = f"it is longer than {MAX_BYTES:,} bytes, which no article is"
        return Skipped("line", f"line {number}", reason, number, _CORRECT)
    try:
        text, faults = text_of(line)
        row = json.loads(text)
    except (ContentError, ValueError, RecursionError) as error:
        return Skipped("line", f"line {number}", f"it is not JSON: {error}", number, _CORRECT)
    found = _article(source, row, number)
    return _marked(found, faults, number)


def _marked(item: Item, faults: tuple[Problem, ...], number: int) -> Item:
    """An article with what is wrong with the letters of its line; of those that are marked its row tells."""
    untold = tuple(replace(fault, line=number) for fault in faults if "\ufffd" not in fault.cause)
    return replace(item, problems=(*item.problems, *untold)) if untold and isinstance(item, Article) else item


def _listed(source: RawSource) -> Iterator[Item]:
    try:
        text, faults = text_of(source.data)
        rows = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise ContentError(Problem(f"is not JSON: {error}", "export it anew", line=line)) from error
    for number, row in enumerate(rows, 1):
        yield _marked(_article(source, row, number), faults if number == 1 else (), number)


def _article(source: RawSource, row: object, number: int) -> Item:
    if not isinstance(row, dict):
        return Skipped("line", f"line {number}", "it is no JSON object", number, _CORRECT)
    if _is_deeper(row, _DEEPEST):
        return Skipped("line", f"line {number}", f"it nests more than {_DEEPEST} lists and objects", number, _CORRECT)
    return Columns.of(row, source.columns, source.name).article(row, number)


def _is_deeper(value: object, most: int) -> bool:
    """Whether more than so many lists and objects lie in each other."""
    if not isinstance(value, dict | list):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return most == 0 or any(_is_deeper(part, most - 1) for part in inner)

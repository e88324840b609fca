"""A table of articles: values parted by commas, semicolons, tabs or bars, a line of names above them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from generator.content.text import MAX_BYTES
from generator.errors import ContentError, DatelineError, Problem
from generator.importer import columns
from generator.importer.articles import Item, Skipped
from generator.importer.columns import NUMBERS, Columns
from generator.importer.decode import decode
from generator.importer.mending import whole_utf8
from generator.importer.sources import HEAD, RawSource
from generator.records import replace

NAME = "CSV"

_DELIMITERS = ",;\t|"
_LONGEST_NAME = 60
_SEP = re.compile(r"sep=.\s*", re.IGNORECASE)
_CORRECT = "correct it in the table, and import again"
_UNCLOSED = "has a quote in this row that is never closed, so all rows below it are in doubt and were left out"


def recognises(source: RawSource) -> bool:
    """Its first line is names of columns, some of which articles have."""
    try:
        names = _names(source)
    except DatelineError:
        return False
    wanted = set(source.columns) & set(names)
    return len(names) >= 2 and (bool(wanted) or columns.recognisable(names))


def read(source: RawSource) -> Iterator[Item]:
    """A row after the other.

    Raises:
        ContentError: There are no rows, or `columns` names keys or columns that there are not.
    """
    names = _names(source)
    missing = sorted(set(source.columns) - set(names))
    if missing:
        cause = f"has no column {missing[0]!r}"
        raise ContentError(Problem(cause, f"its columns are: {', '.join(names)}", line=1))
    known = Columns.of(names, source.columns, source.name)
    csv.field_size_limit(MAX_BYTES)
    with _rows(source) as rows:
        known = replace(known, day_first=_day_first(rows, names, known))
    found = False
    with _rows(source) as rows:
        for item in _items(rows, names, known):
            found = True
            yield item
    if not found:
        raise ContentError(Problem("has names of columns and no rows", "export the table anew", line=1))


@contextmanager
def _rows(source: RawSource) -> Iterator[Any]:
    """The rows below the names, as the library reads them."""
    delimiter = _delimiter(_first_line(source))
    with io.TextIOWrapper(source.open(), _head(source)[1], errors="replace", newline="") as file:
        rows = csv.reader(_lines(file), delimiter=delimiter, strict=True)
        for _ in range(len(_rows_above(source)) + 1):
            next(rows, None)
        yield rows


def _day_first(rows: Any, names: list[str], known: Columns) -> bool | None:
    """Whether the day stands first in dates such as `3/4/2020`, by the first date that can be read in one way only."""
    places = [place for place, name in enumerate(names) if known.keys.get(name) in ("date", "updated")]
    try:
        for row in rows:
            for place in places:
                numbers = NUMBERS.match(row[place].strip()) if place < len(row) else None
                if numbers and (int(numbers[1]) > 12) != (int(numbers[2]) > 12):
                    return int(numbers[1]) > 12
    except csv.Error:  # told when the rows are read
        pass
    return None


def _lines(file: io.TextIOWrapper) -> Iterator[str]:
    """Each line; in place of one longer than any article, one that is a little longer than a value may be."""
    while line := file.readline(MAX_BYTES + 1):
        is_long = len(line) > MAX_BYTES
        while len(line) > MAX_BYTES and not line.endswith("\n"):
            line = file.readline(MAX_BYTES + 1)
        yield "x" * (MAX_BYTES + 1) + "\n" if is_long else line


def _items(rows: Any, names: list[str], known: Columns) -> Iterator[Item]:
    """Each row; one that cannot be read is told, and the others go on.

    Raises:
        ContentError: A quote is never closed, which takes in all rows below.
    """
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            if "unexpected end of data" in str(error):
                raise ContentError(
                    Problem(_UNCLOSED, "close it in the table, or export the table anew", line=line)
                ) from error
            yield Skipped("row", f"line {line}", f"it cannot be read: {error}", line, _CORRECT)
            continue
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(names):
            yield Skipped("row", f"line {line}", f"it has {len(row)} values for {len(names)} columns", line, _CORRECT)
            continue
        yield known.article(dict(zip(names, row, strict=False)), line)


def _head(source: RawSource) -> tuple[str, str]:
    """The first lines, and their encoding; of a long file the last one may be cut within a letter."""
    head = source.head
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "ignore"), "utf-16"
    if len(head) == HEAD:
        head = head[: head.rfind(b"\n") + 1] or head
    if head.count(0) * 8 < len(head):  # a stray one, not every second byte
        head = head.replace(b"\0", b"")
    found = decode(whole_utf8(head)[0])
    return found.text, found.encoding


def _rows_above(source: RawSource) -> list[str]:
    """What stands above the names: Excel's word on what parts the values."""
    first = next(iter(_head(source)[0].splitlines()), "")
    return [first] if _SEP.fullmatch(first.lstrip("\ufeff")) else []


def _first_line(source: RawSource) -> str:
    """The names."""
    lines = (line for line in _head(source)[0].splitlines() if line.strip())
    return next((line for line in lines if line not in _rows_above(source)), "")


def _delimiter(line: str) -> str:
    """What parts the names: the sign that makes the most of them."""
    return max(_DELIMITERS, key=lambda sign: (line.count(sign), -_DELIMITERS.index(sign)))


def _names(source: RawSource) -> list[str]:
    """The names in the first line; none where it is no line of names."""
    line = _first_line(source)
    if len(line) > 4000:
        return []
    names: list[str] = []
    for cell in next(csv.reader([line], delimiter=_delimiter(line)), []):
        name = cell.strip().lstrip("\ufeff")
        names.append(name if name not in names else f"{name} {names.count(name) + 1}")  # a second one is no less kept
    return names if all(len(name) <= _LONGEST_NAME for name in names) else []

"""Runs of text: put in order, and written as Markdown or as HTML."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from generator.importer import plain
from generator.importer.markdown.values import NO_MARKS, Break, Inline, NoteMark, Picture, Run
from generator.records import Record, replace

_IN_ADDRESS = re.compile(r"""[\x00-\x20"<>\\^`{|}\[\]]|&(?=#|\w+;)""")
_MISREAD = re.compile("`|&#|<[!?]")
"""What Python-Markdown does not leave alone between backquotes."""

_NO_PARENTHESIS = str.maketrans({"(": "%28", ")": "%29"})
_BALANCED = re.compile(r"[^()]*(?:\([^()]*\)[^()]*)*")


def settle(items: Iterable[Inline]) -> list[Inline]:
    """Runs with single blanks, none at the ends of lines, each outside of the marks that end or begin at it."""
    found: list[Inline] = []
    for blank, item in _tidied(items):
        last = found[-1] if found else None
        if blank is None or last is None or isinstance(last, Break):
            found.append(item)
        elif _alike(last, item) and isinstance(item, Run) and (blank.marks >= item.marks & {"code"}):
            found.append(replace(item, text=f" {item.text}"))
        else:
            found += [_between(last, item), item]
    while found and isinstance(found[-1], Break):
        found.pop()
    return _united(found)


def _tidied(items: Iterable[Inline]) -> Iterator[tuple[Run | None, Inline]]:
    """Items with text in them, and for each the run that has the blank before it; no break comes first."""
    blank: Run | None = None
    begun = False
    for item in items:
        if isinstance(item, Run):
            text = item.text.strip(" ")
            if not text:
                blank = blank or (item if item.text else None)
                continue
            yield blank or (item if item.text[0] == " " else None), Run(text, item.marks, item.href)
            blank = item if item.text[-1] == " " else None
        elif begun or not isinstance(item, Break):
            yield None if isinstance(item, Break) else blank, item
            blank = None
        begun = begun or not isinstance(item, Break)


def _alike(left: Inline, right: Inline) -> bool:
    """Whether two runs look the same."""
    return isinstance(left, Run) and isinstance(right, Run) and (left.marks, left.href) == (right.marks, right.href)


def _between(left: Inline, right: Inline) -> Run:
    """The blank between two, with the looks that they share; at an end of code it would be lost."""
    if not isinstance(left, Run) or not isinstance(right, Run):
        return Run(" ")
    return Run(" ", left.marks & right.marks - {"code"}, left.href if left.href == right.href else "")


def _united(items: list[Inline]) -> list[Inline]:
    """Neighbours of one look as one, but for the blanks between different ones."""
    found: list[Inline] = []
    for alike, group in itertools.groupby(items, _look):
        runs = list(group)
        if alike and len(runs) > 1 and isinstance(first := runs[0], Run):
            found.append(replace(first, text="".join(run.text for run in runs if isinstance(run, Run))))
        else:
            found.extend(runs)
    return found


def _look(item: Inline) -> tuple[frozenset[str], str] | None:
    """What runs have in common that can be one; None for what stands alone."""
    return (item.marks, item.href) if isinstance(item, Run) and item.text != " " else None


def text_of(items: Iterable[Inline]) -> str:
    """The words alone, on one line."""
    parts = {Break: " ", Picture: ""}
    return "".join(
        item.text if isinstance(item, Run | NoteMark) else parts.get(type(item), "") for item in items
    ).strip()


def markdown(items: Sequence[Inline], *, line_break: str = "  \n", cell: bool = False, begins_line: bool = True) -> str:
    """As Markdown, in which no character of the text is markup.

    Args:
        items: Settled.
        line_break: How a break is written.
        cell: Whether it stands in a table, where a bar is markup.
        begins_line: Whether its first character begins a line.
    """
    written = _Writer(line_break, cell=cell).write(items, _Place())
    if cell or not begins_line:
        return written
    return "\n".join(plain.escape_start(line) for line in written.split("\n"))


class _Place(Record, frozen=True):
    """What stands around runs: marks and link that are open, and the characters before and behind."""

    marks: frozenset[str] = frozenset()
    linked: bool = False
    before: str = ""
    after: str = ""


class _Writer:
    """Runs to Markdown, outer looks before inner ones."""

    def __init__(self, line_break: str, *, cell: bool) -> None:
        self._break = line_break
        self._cell = cell

    def write(self, items: Sequence[Inline], place: _Place) -> str:
        """All of `items`."""
        parts: list[str] = []
        at = 0
        while at < len(items):
            end, mark = self._group(items, at, place)
            before = parts[-1][-1] if parts else place.before
            after = _first(items[end], place.marks) if end < len(items) else place.after
            here = _Place(place.marks, place.linked, before, after)
            piece = self._piece(items[at:end], mark, here)
            if parts and parts[-1].endswith("!") and piece.startswith("["):
                parts[-1] = f"{parts[-1][:-1]}\\!"
            parts.append(piece)
            at = end
        return "".join(parts)

    def _group(self, items: Sequence[Inline], at: int, place: _Place) -> tuple[int, str]:
        """The end of the longest group that begins at `at`, and what unites it: `href`, a mark, or nothing."""
        item = items[at]
        if not isinstance(item, Run | Picture) or (isinstance(item, Run) and item.text == " "):
            return at + 1, ""
        if item.href and not place.linked:
            return _extent(
                items, at, lambda other: isinstance(other, Run | Picture) and other.href == item.href
            ), "href"
        if not isinstance(item, Run):
            return at + 1, ""
        best, mark = at, ""
        for name in sorted(item.marks - place.marks - {"code"}):
            end = _extent(items, at, partial(_has, name))
            if end > best:
                best, mark = end, name
        return (best, mark) if mark else (at + 1, "")

    def _piece(self, items: Sequence[Inline], mark: str, place: _Place) -> str:
        item = items[0]
        if mark == "href" and isinstance(item, Run | Picture):
            inner = self.write(items, replace(place, linked=True, before="[", after="]"))
            return f"[{inner}]({address(item.href)})"
        if mark:
            return self._marked(items, mark, place)
        if isinstance(item, Break):
            return self._break
        if isinstance(item, Picture):
            return f"![{self._text(item.alt, label=True)}]({address(item.src)})"
        if isinstance(item, NoteMark):
            return f"[^{item.label}]"
        return self._code(item.text, place) if "code" in item.marks else self._text(item.text, label=place.linked)

    def _marked(self, items: Sequence[Inline], mark: str, place: _Place) -> str:
        """Runs between the signs of a mark, or its tags where signs could be misread."""
        inside = replace(place, marks=place.marks | {mark})
        if mark in ("strong", "em"):
            bold = "strong" in place.marks or any(_has("strong", item) for item in items)
            sign = "**" if mark == "strong" else "_" if bold else "*"
            inner = self.write(items, replace(inside, before=sign[0], after=sign[0]))
            if _is_clear(sign, inner, place):
                return f"{sign}{inner}{sign}"
        return f"<{mark}>{self.write(items, replace(inside, before='>', after='<'))}</{mark}>"

    def _code(self, text: str, place: _Place) -> str:
        safe = not _MISREAD.search(text) and place.before not in ("`", "\\") and not (self._cell and "|" in text)
        safe = safe and not (place.linked and "]:" in text)  # see _text
        return f"`{text}`" if safe else f"<code>{self._text(text, label=place.linked)}</code>"

    def _text(self, text: str, *, label: bool) -> str:
        escaped = plain.escape_inline(text)
        if label:
            escaped = escaped.replace("]:", "&#93;:").replace("]", "\\]")  # `[\\]: x` would define an address
        return escaped.replace("|", "&#124;") if self._cell else escaped


def _has(name: str, item: Inline) -> bool:
    return isinstance(item, Run) and name in item.marks


def _extent(items: Sequence[Inline], at: int, belongs: Callable[[Inline], bool]) -> int:
    """Where what begins at `at` ends; a blank does not end it."""
    end = at + 1
    while end < len(items) and belongs(items[end]):
        end += 1
    while isinstance(last := items[end - 1], Run) and last.text == " ":
        end -= 1
    return end


def _first(item: Inline, marks: frozenset[str]) -> str:
    """The first character that an item will be written with."""
    if not isinstance(item, Run):
        return " " if isinstance(item, Break) else "["
    if item.href:
        return "["
    left = item.marks - marks if item.text != " " else NO_MARKS
    if left & {"strong", "em"}:
        return "*"
    return "<" if left else item.text[0]


def _is_clear(sign: str, inner: str, place: _Place) -> bool:
    """Whether every reader of Markdown takes the signs around `inner` as meant."""
    char = sign[0]
    if char in (place.before, place.after, inner[0], inner[-1]) or sign in inner or inner.endswith("\\"):
        return False
    if char == "_" and ("_" in inner or _is_word(place.before) or _is_word(place.after)):
        return False
    opens = _is_word(inner[0]) or not _is_word(place.before)
    closes = _is_word(inner[-1]) or not _is_word(place.after)
    return opens and closes


def _is_word(char: str) -> bool:
    return bool(char) and (char.isalnum() or char == "_")


def address(url: str) -> str:
    """An address as it stands in the parentheses of a link."""
    whole = _IN_ADDRESS.sub(lambda found: "&amp;" if found[0] == "&" else f"%{ord(found[0]):02X}", url)
    return whole if _BALANCED.fullmatch(whole) else whole.translate(_NO_PARENTHESIS)


def as_html(items: Sequence[Inline]) -> str:
    """As HTML, for what Markdown cannot hold."""
    return "".join(_html(item) for item in items)


def _html(item: Inline) -> str:
    if isinstance(item, Break):
        return "<br>"
    if isinstance(item, NoteMark):
        return f"<sup>{html.escape(item.text, quote=False)}</sup>"
    if isinstance(item, Picture):
        made = f'<img src="{html.escape(item.src)}" alt="{html.escape(item.alt)}">'
    else:
        made = html.escape(item.text, quote=False)
        for mark in sorted(item.marks):
            made = f"<{mark}>{made}</{mark}>"
    return f'<a href="{html.escape(item.href)}">{made}</a>' if item.href else made

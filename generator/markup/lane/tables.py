"""Pipe tables, as the `tables` extension builds them, where no cell holds code or a backslash."""

from __future__ import annotations

from collections.abc import Callable

from generator.markup.lane.emphasis import DoubtError

_RULE = frozenset("|:- ")


def table(block: str, render: Callable[[str], str]) -> str | None:
    """The table that `block` is, or None where it is none (TableProcessor.test).

    Args:
        block: A block of two lines or more, whose first has a pipe.
        render: Gives a cell's HTML.

    Raises:
        DoubtError: Code or a backslash, in which a pipe may hide; one column; no rows.
    """
    if "`" in block or "\\" in block:
        raise DoubtError
    rows = [line.strip(" ") for line in block.split("\n")]
    border = rows[0].startswith("|") or rows[0].endswith("|")
    cells = [_cells(row, border=border) for row in rows]
    if len(cells[0]) > 1 and (len(cells[1]) != len(cells[0]) or not set("".join(cells[1])) <= _RULE):
        return None
    if len(cells[0]) == 1 or len(rows) == 2:
        raise DoubtError
    styles = [_style(cell.strip(" ")) for cell in cells[1]]
    head, *body = ("\n".join(_row(row, styles, tag, render)) for row, tag in _tagged(cells))
    return f"<table>\n<thead>\n{head}\n</thead>\n<tbody>\n" + "\n".join(body) + "\n</tbody>\n</table>"


def _tagged(cells: list[list[str]]) -> list[tuple[list[str], str]]:
    return [(cells[0], "th"), *((row, "td") for row in cells[2:])]


def _cells(row: str, *, border: bool) -> list[str]:
    """A row's cells; where the head has a border on either side, every row may have one (TableProcessor._split_row)."""
    return (row.removeprefix("|").removesuffix("|") if border else row).split("|")


def _style(rule: str) -> str:
    """The attribute by which a column is aligned (TableProcessor.run)."""
    sides = (rule.startswith(":"), rule.endswith(":"))
    name = {(True, True): "center", (True, False): "left", (False, True): "right"}.get(sides)
    return f' style="text-align: {name};"' if name else ""


def _row(cells: list[str], styles: list[str], tag: str, render: Callable[[str], str]) -> list[str]:
    """The lines of a row: as many cells as the head has; missing ones are empty."""
    filled = [*cells, *[""] * (len(styles) - len(cells))]
    inner = [f"<{tag}{style}>{render(cell.strip(' '))}</{tag}>" for cell, style in zip(filled, styles, strict=False)]
    return ["<tr>", *inner, "</tr>"]

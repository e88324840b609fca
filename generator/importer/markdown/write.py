"""Blocks as Markdown for Python-Markdown with its `extra` extensions; what that cannot hold, as HTML."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from generator.importer.markdown import as_html, inline
from generator.importer.markdown.values import (
    Block,
    Cell,
    Code,
    Grid,
    Heading,
    Inline,
    Listing,
    NoteMark,
    Paragraph,
    Quote,
    Rule,
    Run,
    Text,
)

_APART = "<!-- -->"
"""Between two lists or quotes, which would be one without it."""

_SIDES = {"left": ":---", "right": "---:", "center": ":---:", "": "---"}


def write(text: Text) -> str:
    """A whole article, without a blank line at its ends."""
    parts = [_blocks(text.blocks)]
    parts += [f"[^{label}]: {_indented(_note(blocks))}" for label, blocks in text.notes.items()]
    return "\n\n".join(part for part in parts if part)


def _note(blocks: list[Block]) -> str:
    """A footnote begins with text; a block of another kind would be taken for part of what is before."""
    words = [block for block in blocks if isinstance(block, Paragraph)]
    return "\n\n".join(inline.markdown(block.inlines) for block in words)


def _blocks(blocks: Sequence[Block]) -> str:
    parts: list[str] = []
    last: Block | None = None
    for block in blocks:
        if isinstance(block, Listing | Quote) and isinstance(last, Listing | Quote):
            parts.append(_APART)
        parts.append(_block(block))
        last = block
    return "\n\n".join(parts)


def _block(block: Block) -> str:  # noqa: PLR0911  # a case for each kind
    match block:
        case Paragraph(inlines):
            return inline.markdown(inlines)
        case Heading():
            return _heading(block)
        case Code(text, language):
            return _code(text, language)
        case Rule(more):
            return "<!-- more -->" if more else "---"
        case Listing() if _is_plain_list(block):
            return _listing(block)
        case Quote(blocks) if all(map(_is_quotable, blocks)):
            return "\n".join(f"> {line}".rstrip(" ") if not line.endswith("  ") else f"> {line}" for line in
                             _blocks(blocks).split("\n"))  # fmt: skip
        case Grid() if _is_plain_grid(block):
            return _grid(block)
    return as_html.write([block])


def _heading(block: Heading) -> str:
    title = inline.markdown(_on_one_line(block.inlines), begins_line=False)
    if title.endswith("#"):
        title = f"{title[:-1]}&#35;"
    anchor = f" {{#{block.anchor}}}" if block.anchor else ""
    return f"{'#' * block.level} {title}{anchor}"


def _on_one_line(inlines: Iterable[Inline]) -> list[Inline]:
    return inline.settle(
        item if isinstance(item, Run | NoteMark) or hasattr(item, "src") else Run(" ") for item in inlines
    )


def _code(text: str, language: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def _is_plain_list(block: Listing) -> bool:
    """Whether every item begins with text and goes on with text and such lists."""
    return all(
        isinstance(item[0], Paragraph)
        and all(isinstance(part, Paragraph) or (isinstance(part, Listing) and _is_plain_list(part)) for part in item)
        and not any(isinstance(one, Listing) and isinstance(other, Listing) for one, other in itertools.pairwise(item))
        for item in block.items
    )


def _listing(block: Listing) -> str:
    apart = "\n\n" if _is_loose(block) else "\n"
    items = []
    for number, item in enumerate(block.items, block.start or 0):
        mark = "- " if block.start is None else f"{number}. "
        items.append(mark + _indented(apart.join(_block(part) for part in item)))
    return apart.join(items)


def _is_loose(block: Listing) -> bool:
    """Whether blank lines part its items: a list in a tight one cannot have any."""
    return any(
        isinstance(part, Paragraph) or (isinstance(part, Listing) and _is_loose(part))
        for item in block.items
        for part in item[1:]
    )


def _indented(text: str) -> str:
    """The lines after the first four blanks in."""
    return re.sub(r"\n(?=[^\n])", "\n    ", text)


def _is_quotable(block: Block) -> bool:
    if isinstance(block, Quote):
        return all(map(_is_quotable, block.blocks))
    return isinstance(block, Paragraph | Heading) or (isinstance(block, Listing) and _is_plain_list(block))


def _is_plain_grid(block: Grid) -> bool:
    """Whether it has one row of heads on top, two columns or more, and a line of text at most in each cell."""
    if block.caption or len(block.rows) < 2 or len(block.rows[0]) < 2:
        return False
    width = len(block.rows[0])
    heads = [[cell.head for cell in row] for row in block.rows]
    return (
        all(heads[0])
        and not any(any(row) for row in heads[1:])
        and all(len(row) == width and all(map(_is_plain_cell, row)) for row in block.rows)
    )


def _is_plain_cell(cell: Cell) -> bool:
    if cell.columns != 1 or cell.rows != 1 or len(cell.blocks) > 1:
        return False
    return all(isinstance(block, Paragraph) for block in cell.blocks)


def _grid(block: Grid) -> str:
    head, *rows = block.rows
    sides = [cell.align or next((row[at].align for row in rows), "") for at, cell in enumerate(head)]
    lines = [_row(map(_cell, head)), _row(_SIDES[side] for side in sides)]
    return "\n".join([*lines, *(_row(map(_cell, row)) for row in rows)])


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(cell: Cell) -> str:
    inlines = cell.blocks[0].inlines if cell.blocks and isinstance(cell.blocks[0], Paragraph) else []
    return inline.markdown(inlines, line_break="<br>", cell=True)

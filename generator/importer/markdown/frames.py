"""What is open while HTML is read: each frame gathers blocks, and hands its own on when it ends."""

from __future__ import annotations

from collections.abc import Callable

from generator.importer.markdown import inline
from generator.importer.markdown.values import (
    Block,
    Break,
    Cell,
    Definitions,
    Figure,
    Grid,
    Heading,
    Inline,
    Listing,
    Paragraph,
    Picture,
    Player,
    Quote,
    Run,
)
from generator.records import Record, field, replace
from generator.trees import Element


class Frame(Record):
    """An element that is open and holds blocks.

    Attributes:
        kind: `root`, `quote`, `list`, `item`, `heading`, `figure`, `caption`, `table`, `row`, `cell`, `terms`,
            `term`, `meaning` or `note`.
        element: Whose end closes it.
        blocks: Finished ones.
        inlines: The paragraph that is open.
        rows: Of a table.
        items: Of a list.
        entries: Of a list of definitions.
        caption: Of a figure or table.
        level: Of a heading.
        anchor: Of a heading that is linked to.
    """

    kind: str
    element: Element | None = None
    blocks: list[Block] = field(default_factory=list)
    inlines: list[Inline] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    items: list[list[Block]] = field(default_factory=list)
    entries: list[tuple[bool, list[Block]]] = field(default_factory=list)
    caption: list[Inline] = field(default_factory=list)
    level: int = 0
    anchor: str = ""

    def flush(self) -> None:
        """End the paragraph that is open; two breaks in it make two of it."""
        if not self.inlines:
            return
        if self.kind in ("heading", "caption"):  # text alone
            self.inlines.append(Break())
            return
        open_ones, self.inlines = self.inlines, []
        for part in _parts(open_ones):
            if settled := inline.settle(part):
                self.blocks.append(Paragraph(settled))

    def words(self) -> list[Inline]:
        """What a frame of text alone holds."""
        return inline.settle(self.inlines)


def _parts(items: list[Inline]) -> list[list[Inline]]:
    """Items between two breaks and more, as old editors part paragraphs."""
    parts: list[list[Inline]] = [[]]
    breaks = 0
    for item in items:
        if isinstance(item, Break):
            breaks += 1
        elif not (isinstance(item, Run) and not item.text.strip()):
            if breaks > 1:
                parts.append([])
            breaks = 0
        parts[-1].append(item)
    return parts


def close(frame: Frame, outer: Frame) -> None:
    """Hand what a frame has gathered to the one around it."""
    frame.flush()
    _CLOSERS.get(frame.kind, _as_they_are)(frame, outer)


def _as_they_are(frame: Frame, outer: Frame) -> None:
    outer.blocks.extend(frame.blocks)


def _quote(frame: Frame, outer: Frame) -> None:
    if frame.blocks:
        outer.blocks.append(Quote(frame.blocks))


def _heading(frame: Frame, outer: Frame) -> None:
    words = frame.words()
    if not words:
        return
    if not inline.text_of(words):  # a picture between the tags of a heading
        outer.blocks.append(Paragraph(words))
        return
    plain = [Run(item.text, item.marks - {"strong"}, item.href) if isinstance(item, Run) else item for item in words]
    outer.blocks.append(Heading(frame.level, inline.settle(plain), frame.anchor))


def _list(frame: Frame, outer: Frame) -> None:
    items = [item for item in frame.items if item]
    if frame.blocks:  # text between the points, or a list that stands in no point
        items = [*items, frame.blocks] if not items else [*items[:-1], [*items[-1], *frame.blocks]]
    if items and frame.element is not None:
        outer.blocks.append(Listing(_start(frame.element), items))


def _start(element: Element) -> int | None:
    if element.tag != "ol":
        return None
    written = (element.get("start") or "1").strip()
    return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else 1


def _item(frame: Frame, outer: Frame) -> None:
    if outer.kind == "list":
        outer.items.append(frame.blocks)
    else:
        outer.blocks.extend(frame.blocks)


def _figure(frame: Frame, outer: Frame) -> None:
    pictures = _pictures(frame.blocks)
    if frame.caption and len(frame.blocks) == 1 and isinstance(frame.blocks[0], Player):
        outer.blocks.append(replace(frame.blocks[0], caption=frame.caption))
    elif frame.caption and pictures:
        outer.blocks.append(Figure(pictures, frame.caption))
    else:
        outer.blocks.extend(frame.blocks)
        if frame.caption:
            outer.blocks.append(Paragraph(frame.caption))


def _pictures(blocks: list[Block]) -> list[Picture]:
    """The pictures of blocks that hold nothing else, else none."""
    found: list[Picture] = []
    for block in blocks:
        if not isinstance(block, Paragraph):
            return []
        for item in block.inlines:
            if isinstance(item, Picture):
                found.append(item)
            elif not isinstance(item, Break) and not (isinstance(item, Run) and item.text == " "):
                return []
    return found


def _caption(frame: Frame, outer: Frame) -> None:
    words = frame.words()
    if not words:
        return
    if outer.kind in ("figure", "table"):
        outer.caption = inline.settle([*outer.caption, *([Run(" ")] if outer.caption else []), *words])
    elif outer.blocks and (pictures := _pictures(outer.blocks[-1:])):
        outer.blocks[-1] = Figure(pictures, words)
    else:
        outer.blocks.append(Paragraph(words))


def _row(frame: Frame, outer: Frame) -> None:
    if outer.kind == "table":
        if frame.rows and frame.rows[0]:
            outer.rows.append(frame.rows[0])
        outer.blocks.extend(frame.blocks)
    else:
        outer.blocks.extend([block for row in frame.rows for cell in row for block in cell.blocks] + frame.blocks)


def _cell(frame: Frame, outer: Frame) -> None:
    element = frame.element
    if outer.kind != "row" or element is None:
        outer.blocks.extend(frame.blocks)
        return
    head = element.tag == "th" or next(element.iterancestors("thead", "table")).tag == "thead"
    cell = Cell(frame.blocks, head, _span(element, "colspan"), _span(element, "rowspan"), _side(element))
    if outer.rows:
        outer.rows[0].append(cell)
    else:
        outer.rows.append([cell])


def _span(element: Element, name: str) -> int:
    written = (element.get(name) or "1").strip()
    return min(max(int(written), 1), 1000) if written.isascii() and written.isdigit() and len(written) < 6 else 1


def _side(element: Element) -> str:
    style = (element.get("style") or "").replace(" ", "").lower()
    for side in ("left", "right", "center"):
        if f"text-align:{side}" in style or (element.get("align") or "").lower() == side:
            return side
    return ""


_LAYOUT = (Heading, Grid, Figure, Quote)


def _table(frame: Frame, outer: Frame) -> None:
    """A table of data; one that only arranges things on the page is what it holds."""
    cells = [cell for row in frame.rows for cell in row]
    single = all(len(row) == 1 for row in frame.rows)
    arranged = (frame.element is not None and frame.element.get("role") in ("presentation", "none")) or any(
        isinstance(block, _LAYOUT) or len(cell.blocks) > 4 for cell in cells for block in cell.blocks
    )
    if (single or arranged) and not any(cell.head for cell in cells):
        for cell in cells:
            outer.blocks.extend(cell.blocks)
        if frame.caption:
            outer.blocks.append(Paragraph(frame.caption))
    elif any(cell.blocks for cell in cells):
        outer.blocks.append(Grid(frame.rows, frame.caption))
    outer.blocks.extend(frame.blocks)


def _terms(frame: Frame, outer: Frame) -> None:
    entries = [entry for entry in frame.entries if entry[1]]
    if any(is_term for is_term, _ in entries):
        outer.blocks.append(Definitions(entries))
    else:
        outer.blocks.extend(block for _, blocks in entries for block in blocks)
    outer.blocks.extend(frame.blocks)


def _entry(frame: Frame, outer: Frame) -> None:
    if outer.kind == "terms":
        outer.entries.append((frame.kind == "term", frame.blocks))
    else:
        outer.blocks.extend(frame.blocks)


_CLOSERS: dict[str, Callable[[Frame, Frame], None]] = {
    "quote": _quote,
    "heading": _heading,
    "list": _list,
    "item": _item,
    "figure": _figure,
    "caption": _caption,
    "row": _row,
    "cell": _cell,
    "table": _table,
    "terms": _terms,
    "term": _entry,
    "meaning": _entry,
}

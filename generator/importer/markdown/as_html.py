"""Blocks as HTML: what Markdown cannot hold, made of nothing but known elements."""

from __future__ import annotations

import html
from collections.abc import Iterable

from generator.importer.markdown import inline
from generator.importer.markdown.values import (
    Block,
    Cell,
    Code,
    Definitions,
    Figure,
    Grid,
    Heading,
    Listing,
    Paragraph,
    Player,
    Quote,
    Rule,
)


def write(blocks: Iterable[Block]) -> str:
    """A line for each block at least, and no blank line, which would end the HTML."""
    return "\n".join(_block(block) for block in blocks)


def _block(block: Block) -> str:  # noqa: C901, PLR0911  # a case for each kind
    match block:
        case Paragraph(inlines):
            return f"<p>{inline.as_html(inlines)}</p>"
        case Heading(level, inlines, anchor):
            name = f' id="{anchor}"' if anchor else ""
            return f"<h{level}{name}>{inline.as_html(inlines)}</h{level}>"
        case Code(text, language):
            return _code(text, language)
        case Rule():
            return "<hr>"
        case Quote(blocks):
            return f"<blockquote>\n{write(blocks)}\n</blockquote>"
        case Listing():
            return _listing(block)
        case Grid():
            return _grid(block)
        case Figure(pictures, caption):
            shown = "\n".join(inline.as_html([picture]) for picture in pictures)
            return f"<figure>\n{shown}\n<figcaption>{inline.as_html(caption)}</figcaption>\n</figure>"
        case Player():
            return _player(block)
        case Definitions(entries):
            return "<dl>\n" + "\n".join(_entry(is_term, blocks) for is_term, blocks in entries) + "\n</dl>"


def _player(block: Player) -> str:
    still = f' poster="{html.escape(block.poster)}"' if block.poster else ""
    words = f"<figcaption>{inline.as_html(block.caption)}</figcaption>\n" if block.caption else ""
    return f'<figure>\n<{block.tag} controls src="{html.escape(block.src)}"{still}></{block.tag}>\n{words}</figure>'


def _code(text: str, language: str) -> str:
    """Line ends as references, so that no line of the HTML is blank."""
    kind = f' class="language-{html.escape(language)}"' if language else ""
    return f"<pre><code{kind}>{html.escape(text, quote=False)}</code></pre>".replace("\n", "&#10;")


def _listing(block: Listing) -> str:
    tag = "ul" if block.start is None else "ol"
    first = f' start="{block.start}"' if block.start not in (None, 1) else ""
    return f"<{tag}{first}>\n" + "\n".join(f"<li>{_flow(item)}</li>" for item in block.items) + f"\n</{tag}>"


def _flow(blocks: list[Block]) -> str:
    """What an element holds: a lone paragraph without its tags."""
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
        return inline.as_html(blocks[0].inlines)
    return write(blocks)


def _entry(is_term: bool, blocks: list[Block]) -> str:  # noqa: FBT001  # as the value has it
    tag = "dt" if is_term else "dd"
    return f"<{tag}>{_flow(blocks)}</{tag}>"


def _grid(block: Grid) -> str:
    rows = [f"<tr>{''.join(map(_cell, row))}</tr>" for row in block.rows]
    caption = [f"<caption>{inline.as_html(block.caption)}</caption>"] if block.caption else []
    return "\n".join(["<table>", *caption, "<tbody>", *rows, "</tbody>", "</table>"])


def _cell(cell: Cell) -> str:
    tag = "th" if cell.head else "td"
    spans = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return f"<{tag}{spans}>{_flow(cell.blocks)}</{tag}>"

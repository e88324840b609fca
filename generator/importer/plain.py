"""Plain text to Markdown that reads as the text did: paragraphs, lists, and every character that would be markup."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from generator.records import Record, field

LONG_LINE = 120
"""Characters beyond which a line was not wrapped by hand: it is a paragraph."""

_BULLET = re.compile(r"[•‣◦▪●∙▢□☐☑✓✔]\s*(?=\S)")
_HYPHEN = re.compile(r"[-*]\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’“»«)\]]*$|[”’»]$")


class Paragraph(Record):
    """Lines that belong together."""

    lines: list[str]


class Item(Record):
    """One point of a list.

    Attributes:
        mark: As it was written, with its blank.
        lines: Without the mark.
    """

    mark: str
    lines: list[str]


class Bullets(Record):
    """A list."""

    items: list[Item] = field(default_factory=list)


Block = Paragraph | Bullets


def blocks(texts: Iterable[str]) -> list[Block]:
    """Paragraphs and lists of clean lines; blank lines part them."""
    found: list[Block] = []
    for chunk in _chunks(texts):
        for block in _parts(chunk):
            last = found[-1] if found else None
            if isinstance(block, Bullets) and isinstance(last, Bullets):
                last.items.extend(block.items)
            else:
                found.append(block)
    return [part for block in found for part in _settle(block)]


def _chunks(texts: Iterable[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    for text in (*texts, ""):
        if text:
            chunk.append(text)
        elif chunk:
            yield chunk
            chunk = []


def _parts(chunk: list[str]) -> Iterator[Block]:
    """A chunk's paragraph, then its list; lines after a point belong to it. A single dash after text is a dash."""
    points = [text for text in chunk if _mark(text)]
    if len(points) == 1 and _HYPHEN.match(points[0]) and chunk[0] != points[0]:
        yield Paragraph(chunk)
        return
    paragraph = list(itertools.takewhile(lambda text: not _mark(text), chunk))
    bullets = Bullets()
    for text in chunk[len(paragraph) :]:
        if mark := _mark(text):
            bullets.items.append(Item(mark, [text[len(mark) :]]))
        else:
            bullets.items[-1].lines.append(text)
    if paragraph:
        yield Paragraph(paragraph)
    if bullets.items:
        yield bullets


def _mark(text: str) -> str:
    """The bullet or hyphen, with its blank, that a line begins with."""
    match = _BULLET.match(text) or _HYPHEN.match(text)
    return match[0] if match else ""


def _settle(block: Block) -> list[Block]:
    """What a block is, seen as a whole: one line with a hyphen is no list, long lines are paragraphs each."""
    if isinstance(block, Paragraph):
        return [Paragraph(lines) for lines in _unwrapped(block.lines)]
    first = block.items[0]
    if len(block.items) == 1 and _HYPHEN.match(first.mark + "x"):
        head, *tail = first.lines
        return [Paragraph(lines) for lines in _unwrapped([first.mark + head, *tail])]
    return [block]


def _unwrapped(lines: list[str]) -> list[list[str]]:
    """Paragraphs of neighbouring lines: what was wrapped is joined, short lines (an address, a verse) stay lines."""
    longest = max(map(len, lines))
    if longest > LONG_LINE:
        return _by_sentence(lines)
    if longest >= 50 and all(len(line) >= longest * 0.6 for line in lines[:-1]):
        return [[" ".join(lines)]]
    return [lines]


def _by_sentence(lines: list[str]) -> list[list[str]]:
    """Lines pasted without blank lines between: each is a paragraph, unless its sentence goes on in the next."""
    out: list[list[str]] = []
    going_on = False
    for line in lines:
        if going_on:
            out[-1] = [f"{out[-1][0]} {line}"]
        else:
            out.append([line])
        going_on = not _SENTENCE_END.search(line)
    return out


def text_of(block: Block) -> str:
    """A block's words on one line, without marks."""
    if isinstance(block, Paragraph):
        return " ".join(block.lines)
    return " ".join(line for item in block.items for line in item.lines)


def markdown(found: Iterable[Block]) -> str:
    """The Markdown of blocks, to be read by Python-Markdown with any of its own extensions."""
    return "\n\n".join(_block_markdown(block) for block in found)


def _block_markdown(block: Block) -> str:
    if isinstance(block, Paragraph):
        return "\n".join(escape(line) for line in block.lines)
    return "\n".join(f"- {escape(' '.join(item.lines))}" for item in block.items)


_INLINE = re.compile(r"[\\`*{\[<]|(?<![^\W_])_|_(?![^\W_])|&(?=#|\w+;)")
"""An underscore within a word is none of these: it is no emphasis."""

_RULER = re.compile(r"[-=|: ]+")
_LINE_START = re.compile(r"(?P<sign>[#>]|[-+](?=\s|$))|(?P<digits>\d+)\.(?=\s|$)|(?P<other>:(?=\s|$)|~(?=~~))")
_REFERENCES = {"<": "&lt;", "&": "&amp;", ":": "&#58;", "=": "&#61;", "|": "&#124;", "~": "&#126;"}
"""Where Markdown has no backslash for a character, or only with an extension."""


def escape(line: str) -> str:
    """One line of text (no blanks at its ends) as Markdown in which no character is markup."""
    if _RULER.fullmatch(line):
        return escape_start(line)
    start = _LINE_START.match(line)
    rest = line[start.end() :] if start else line
    return escape_start(line).removesuffix(rest) + escape_inline(rest)


def escape_start(line: str) -> str:
    """A line that is Markdown but for its beginning, where text could be taken for a heading, a list or a ruler."""
    if _RULER.fullmatch(line):
        return _escaped(line[0]) + line[1:]
    start = _LINE_START.match(line)
    if not start:
        return line
    head = f"{start['digits']}\\." if start["digits"] else _escaped(line[0])
    return head + line[start.end() :]


def escape_inline(text: str) -> str:
    """Text within a line as Markdown."""
    return _INLINE.sub(lambda match: _escaped(match[0]), text)


def _escaped(char: str) -> str:
    return _REFERENCES.get(char, f"\\{char}")

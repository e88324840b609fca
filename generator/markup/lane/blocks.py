"""A document as blocks: what BlockParser and the processors of blockprocessors.py make of it, in their order."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from generator.markup.lane import lists
from generator.markup.lane.anchors import Anchor, Anchors
from generator.markup.lane.emphasis import DoubtError
from generator.markup.lane.inline import Notes, inline
from generator.markup.lane.tables import table
from generator.records import Record

_BLANK_LINES = re.compile(r"(?<=\n) +\n")
_FENCE = re.compile(r"^(`{3,}|~{3,})(.*)$", re.MULTILINE)
_LANGUAGE = re.compile(r" *(\w[\w#+-]*)? *")
_MARKS = frozenset(["", *"\n #>:*+-_=[\x02"])
"""Characters that mean something at a block's beginning; so do digits."""

_HASHES = re.compile(r"^(#{1,6})(?!#)(.*)$", re.MULTILINE)
_UNDERLINE = re.compile(r"(=+|-+) *")
_RULE_LIKE = re.compile(r"^ {0,3}[-_*][-_* ]*$", re.MULTILINE)
_RULE = re.compile(r"(?:-{3,}|_{3,}|\*{3,}|- - -|_ _ _|\* \* \*) *")
_DEFINITION = re.compile(r"^ {0,3}: ", re.MULTILINE)
_QUOTE = re.compile(r"^ {0,3}>", re.MULTILINE)
_QUOTED = re.compile(r" {0,3}> ?(.*)")
_NOTE = re.compile(r"^\[\^([\w-]+)\]: +(\S.*)$", re.MULTILINE)
_DEEPEST = 10
"""Quotes within quotes; Python-Markdown gives up near Python's own limit."""


class Converted(Record, frozen=True):
    """A document's HTML and its headings in order.

    Attributes:
        simple: There are no tables and no footnotes in it.
    """

    html: str
    headings: tuple[Anchor, ...]
    simple: bool = False


class _Quote(Record):
    """A block quote; what is quoted next to it is added to it (BlockQuoteProcessor.run)."""

    children: list[_Node]


_Node = str | lists.List | _Quote
"""A finished block, or one that the next block may add to."""


def convert(body: str, slug: Callable[[str], str], separator: str = "") -> Converted | None:
    """The document that Python-Markdown would make of `body`, or None.

    Args:
        body: Markdown.
        slug: Gives the id of a heading with this plain text; the `toc` extension's `slugify`.
        separator: The `footnotes` extension's SEPARATOR for this document; without, footnotes are not taken.
    """
    try:
        return _Document(slug, separator).convert(body)
    except DoubtError:
        return None


class _Document:
    """One document on its way."""

    def __init__(self, slug: Callable[[str], str], separator: str) -> None:
        self._separator = separator
        self._fenced: list[str] = []
        self._texts: dict[str, str] = {}  # footnotes by name
        self._met = 0  # footnotes met as blocks
        self._notes: Notes | None = None
        self._has_table = False
        self._anchors = Anchors(slug)

    def convert(self, body: str) -> Converted:
        text = self._unfenced(_normalised(body))
        _refuse(text)
        self._read_notes(text)
        nodes: list[_Node] = []
        self._blocks(text, nodes, 0)
        if self._texts:
            nodes.append(self._footnotes())
        return Converted(self._html(nodes), tuple(self._anchors.found), simple=not self._texts and not self._has_table)

    def _unfenced(self, text: str) -> str:
        """Put fenced code aside, as FencedBlockPreprocessor does; a fence that does not close is a doubt.

        A token stays, in a block of its own. The next line that is the same fence and nothing else closes.
        """
        if not ("`" in text and "```" in text) and not ("~" in text and "~~~" in text):
            return text
        parts, at, opened = [], 0, None
        for match in _FENCE.finditer(text):
            if opened is None:
                if not _LANGUAGE.fullmatch(match[2]):
                    raise DoubtError
                opened = match
            elif match[1] == opened[1] and not match[2].strip(" "):
                parts += [text[at : opened.start()], f"\n\x02{len(self._fenced)}\x03\n"]
                self._fenced.append(_code(opened[2], text[opened.end() + 1 : match.start()]))
                at, opened = match.end(), None
        if opened is not None:
            raise DoubtError
        return "".join(parts) + text[at:]

    def _read_notes(self, text: str) -> None:
        """Find the footnotes before anything refers to them. `]:` elsewhere defines a link or an abbreviation."""
        if ":" not in text or "]" not in text or "]:" not in text:
            return
        found = _NOTE.findall(text)
        self._texts = dict(found)
        if not self._separator or len(self._texts) != len(found) or text.count("]:") != len(found) or "///Foot" in text:
            raise DoubtError
        self._notes = Notes(self._separator, {name: at for at, name in enumerate(self._texts, 1)})

    def _blocks(self, text: str, nodes: list[_Node], depth: int) -> None:
        """All blocks of a text. One of a single line whose first character means nothing is a paragraph."""
        for block in text.split("\n\n"):
            first = block[:1]
            if first in _MARKS or first.isdecimal() or "\n" in block:
                self._block(block.lstrip("\n"), nodes, depth)
            else:
                self._paragraph(block, nodes)

    def _block(self, block: str, nodes: list[_Node], depth: int) -> None:
        while block:
            block = self._step(block, nodes, depth)

    def _step(self, block: str, nodes: list[_Node], depth: int) -> str:
        """Take a block, or its beginning, by the first processor in order of priority that knows it; what is left."""
        steps = (self._whole, self._heading, self._underlined, self._rule, self._list, self._quote)
        for step in steps:
            rest = step(block, nodes, depth)
            if rest is not None:
                return rest
        if _DEFINITION.search(block):
            raise DoubtError
        self._paragraph(block, nodes)
        return ""

    def _paragraph(self, block: str, nodes: list[_Node]) -> None:
        if text := block.lstrip():
            nodes.append(f"<p>{inline(text, self._notes)}</p>")

    def _whole(self, block: str, nodes: list[_Node], depth: int) -> str | None:
        """Blocks that nothing can split: fenced code, tables, footnotes; indented ones go on with what is before."""
        if block.startswith("    "):
            raise DoubtError
        if block.startswith("\x02"):
            nodes.append(self._fenced[int(block[1:-1])])
            return ""
        head, _, rest = block.partition("\n")
        if rest and "|" in head and (made := table(block, lambda cell: inline(cell, self._notes))):
            self._has_table = True
            nodes.append(made)
            return ""
        if block.startswith("[^") and not depth and self._notes:
            self._meet_notes(block)
            return ""
        return None

    def _meet_notes(self, block: str) -> None:
        """A block of nothing but footnotes leaves nothing in its place (FootnoteBlockProcessor.run)."""
        lines = block.split("\n")
        if not all(_NOTE.fullmatch(line) for line in lines):
            raise DoubtError
        self._met += len(lines)

    def _heading(self, block: str, nodes: list[_Node], depth: int) -> str | None:
        """A line that begins with `#`, wherever in the block: it stands alone (HashHeaderProcessor.run)."""
        if "#" not in block or not (block[0] == "#" or "\n#" in block):
            return None
        match = _HASHES.search(block)
        if match is None:
            raise DoubtError
        self._block(block[: match.start()].removesuffix("\n"), nodes, depth)
        self._add_heading(len(match[1]), match[2].rstrip("#").strip(), nodes)
        return block[match.end() + 1 :]

    def _add_heading(self, level: int, text: str, nodes: list[_Node]) -> None:
        if not text or "\\" in text:
            raise DoubtError
        nodes.append(self._anchors.heading(level, inline(text)))

    def _underlined(self, block: str, nodes: list[_Node], depth: int) -> str | None:  # noqa: ARG002 - a step too
        """A block's first line, if the second is a row of `=` or `-` (SetextHeaderProcessor)."""
        if "\n" not in block:
            return None
        lines = block.split("\n", 2)
        if not _UNDERLINE.fullmatch(lines[1]):
            return None
        self._add_heading(1 if lines[1][0] == "=" else 2, lines[0].strip(), nodes)
        return "".join(lines[2:])

    def _rule(self, block: str, nodes: list[_Node], depth: int) -> str | None:
        """A line of three or more `-`, `*` or `_`, wherever in the block (HRProcessor)."""
        match = _RULE_LIKE.search(block)
        if match is None:
            return None
        if not _RULE.fullmatch(match[0]):
            raise DoubtError
        self._block(block[: match.start()].rstrip("\n"), nodes, depth)
        nodes.append("<hr>")
        return block[match.end() :].lstrip("\n")

    def _list(self, block: str, nodes: list[_Node], depth: int) -> str | None:  # noqa: ARG002 - a step among steps
        match = lists.ITEM.match(block)
        if match is None:
            return None
        if made := lists.add(block, match, nodes[-1] if nodes else None):
            nodes.append(made)
        return ""

    def _quote(self, block: str, nodes: list[_Node], depth: int) -> str | None:
        """From the first line with `>` on, all lines are quoted, marked or not (BlockQuoteProcessor.run)."""
        match = _QUOTE.search(block) if ">" in block else None
        if match is None:
            return None
        if depth == _DEEPEST or _DEFINITION.search(block):
            raise DoubtError
        self._block(block[: match.start()].removesuffix("\n"), nodes, depth)
        inner = "\n".join(_unquoted(line) for line in block[match.start() :].split("\n"))
        if inner.endswith("\n"):
            raise DoubtError
        last = nodes[-1] if nodes else None
        if not isinstance(last, _Quote):
            nodes.append(last := _Quote([]))
        self._blocks(inner, last.children, depth + 1)
        return ""

    def _html(self, nodes: list[_Node]) -> str:
        """Each block-level tag stands on a line of its own (PrettifyTreeprocessor)."""
        return "\n".join(node if isinstance(node, str) else self._open_html(node) for node in nodes)

    def _open_html(self, node: lists.List | _Quote) -> str:
        if isinstance(node, lists.List):
            return node.html([inline(item.text.lstrip(), self._notes) for item in node.items])
        if not node.children:
            raise DoubtError
        return f"<blockquote>\n{self._html(node.children)}\n</blockquote>"

    def _footnotes(self) -> str:
        """The notes at the document's end (FootnoteExtension.makeFootnotesDiv); no heading may have one's id."""
        taken = {f"{kind}{self._separator}{name}" for kind in ("fn", "fnref") for name in self._texts}
        if self._met != len(self._texts) or any(anchor.id in taken for anchor in self._anchors.found):
            raise DoubtError
        items = [self._footnote(at, name, text.rstrip()) for at, (name, text) in enumerate(self._texts.items(), 1)]
        return '<div class="footnote">\n<hr>\n<ol>\n' + "\n".join(items) + "\n</ol>\n</div>"

    def _footnote(self, number: int, name: str, text: str) -> str:
        """One note; a paragraph with more than text in it is read twice, so nothing may be left to pair in it."""
        if not lists.is_text(text) or "[^" in text:
            raise DoubtError
        back = f'<a class="footnote-backref" href="#fnref{self._separator}{name}" title="↩ {number}">&#8617;</a>'
        text = inline(text, strict=True, tail="&#160;")
        return f'<li id="fn{self._separator}{name}">\n<p>{text}{back}</p>\n</li>'


def _normalised(body: str) -> str:
    """Line ends, tabs and blank lines made uniform (NormalizeWhitespace)."""
    if "\x02" in body or "\x03" in body:
        raise DoubtError
    if "\r" in body:
        body = body.replace("\r\n", "\n").replace("\r", "\n")
    body = "\n\n" if body.isspace() else body + "\n\n"
    if "\t" in body:
        body = body.expandtabs(4)
    return _BLANK_LINES.sub("\n", body) if " \n" in body else body


def _refuse(text: str) -> None:
    """Doubt what any part of a document can trigger.

    `{`: attr_list. `&#`: HTMLParser rewrites numeric references without semicolon. `[TOC]`: the toc's place.
    `] :` after `*[`: an abbreviation. `<`: HTML, unless it is an address or before a blank.
    """
    if "{" in text or ("&" in text and "&#" in text):
        raise DoubtError
    if "[" in text and ("[TOC]" in text or ("*" in text and "*[" in text and "] :" in text)):
        raise DoubtError
    if "<" in text and re.search(r"<(?! |https?://)", text):
        raise DoubtError


def _unquoted(line: str) -> str:
    """A line without its mark of quotation (BlockQuoteProcessor.clean)."""
    if line.strip() == ">":
        return ""
    match = _QUOTED.match(line)
    return match[1] if match else line


def _code(language: str, code: str) -> str:
    """Fenced code (FencedBlockPreprocessor.run)."""
    name = f' class="language-{language.strip(" ")}"' if language.strip(" ") else ""
    escaped = html.escape(code, quote=False).replace('"', "&quot;")
    return f"<pre><code{name}>{escaped}</code></pre>"

"""YAML nodes to plain values, and what is refused on the way: lost text, foreign types, bombs, riddles of libyaml."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

import yaml

from generator.errors import ContentError, Problem
from generator.model.document import TextFloat
from generator.records import Record, field

TEXT_KEYS_EXCEPT = "extra"
"""The one key whose plain scalars get YAML 1.2's types; all others are text until their field reads them."""

NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?\Z")
NULLS = ("", "~", "null", "Null", "NULL")
MAX_DEPTH = 20
MAX_NODES = 10_000
_SURELY_SHALLOW = 4000
"""Characters of YAML that cannot hold enough levels to hurt."""


class Block(Record):
    """A front-matter block: its text, and the line of the file on which that text begins."""

    text: str
    line: int
    lines: dict[str, int] = field(default_factory=dict)


def number(text: str) -> TextFloat | str:
    """A number, or the text itself where no float can hold it (`1e999`)."""
    value = TextFloat(text)
    return value if math.isfinite(value) else text


class NodeReader:
    """Nodes to values: text, but YAML 1.2's core types below `extra`."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self.rows = block.text.split("\n")
        self.nodes = 0

    def mapping(self, node: yaml.MappingNode) -> dict[str, Any]:
        """The top level."""
        out: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node, out)
            self.block.lines[key] = self._line(key_node)
            out[key] = self._value(value_node, typed=key == TEXT_KEYS_EXCEPT, depth=1)
        return out

    def _key(self, node: yaml.Node, seen: Mapping[str, Any]) -> str:
        if not isinstance(node, yaml.ScalarNode):
            fix = 'a text that begins with { or [ must be quoted: "{{ x }}"'
            raise ContentError(Problem("has a list or table where a key belongs", fix, line=self._line(node)))
        key = str(node.value)
        if key in seen:
            raise ContentError(
                Problem(f"has the key `{key}` twice", "keep one of the two", line=self._line(node)),
            )
        return key

    def _value(self, node: yaml.Node, *, typed: bool, depth: int) -> Any:
        self.nodes += 1
        if self.nodes > MAX_NODES or depth > MAX_DEPTH:
            raise ContentError(too_much(self._line(node)))
        self._refuse_tag(node)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item, typed=typed, depth=depth + 1) for item in node.value]
        if isinstance(node, yaml.MappingNode):
            out: dict[str, Any] = {}
            for key_node, value_node in node.value:
                out[self._key(key_node, out)] = self._value(value_node, typed=typed, depth=depth + 1)
            return out
        if not isinstance(node, yaml.ScalarNode):  # pragma: no cover  # YAML has no fourth kind
            raise TypeError(node)
        return self._scalar(node, typed=typed)

    def _scalar(self, node: yaml.ScalarNode, *, typed: bool) -> Any:
        text: str = node.value
        if node.style:  # quoted, or a block of text; libyaml says "" for plain, the Python loader None
            return text
        self._refuse_lost_text(node, anchors=typed)
        if text in NULLS:
            return None
        return core(text) if typed else text

    def _refuse_tag(self, node: yaml.Node) -> None:
        """A tag asks for a type of its own; ours follow from the key."""
        if node.tag not in _TAGS:
            tag = node.tag.replace("tag:yaml.org,2002:", "!!")
            fix = "remove it, or quote the whole value"
            raise ContentError(Problem(f"has the YAML tag {tag}", fix, line=self._line(node)))

    def _refuse_lost_text(self, node: yaml.ScalarNode, *, anchors: bool) -> None:
        """YAML takes `&word` at the beginning for a name and ` #word` for a comment; an author meant text.

        Names (`anchors`) are of use below `extra` alone.
        """
        start, end = node.start_mark, node.end_mark
        if not anchors and re.match(r"&\S", self.rows[start.line][start.column :]):
            lost, means = self.rows[start.line][start.column :].split()[0], "a name"
            fix = "quote the whole value"
        elif comment := re.match(r"[ \t]+(#[^\s#]\S*)", self.rows[end.line][end.column :]):
            lost, means = comment[1], "a comment"
            fix = "quote the whole value, or, where a comment is meant, put a blank after the #"
        else:
            return
        cause = f"has a value of which {lost} would be lost: YAML takes it for {means}"
        raise ContentError(Problem(cause, fix, line=self.block.line + end.line))

    def _line(self, node: yaml.Node) -> int:
        line: int = node.start_mark.line
        return self.block.line + line


def core(text: str) -> Any:
    """A plain scalar by YAML 1.2's core schema (yaml.org/spec/1.2.2, section 10.3.2)."""
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text.lower() == "true"
    if re.fullmatch(r"[-+]?[0-9]{1,4000}", text):
        return int(text)
    if NUMBER.match(text):
        return number(text)
    return text


_PLAIN = ("null", "bool", "int", "float", "timestamp", "str", "seq", "map", "merge", "value")
_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in _PLAIN)
"""What plain YAML resolves to by itself."""

_QUOTE = "quote the value if it holds `: `, ` #`, or begins with one of @ ` % & * ! | > [ { \" '"
_BLANKS = "indent with blanks, not with TAB"
_YAML_FAULTS: tuple[tuple[str, str, str], ...] = (
    (r"simple key .*expected ':'", "a line without `key:`", "write key: value; a rule above a text is written ***"),
    (r"mapping values are not allowed", "a colon where none belongs",
     "quote a value that holds `: `, and begin every key at the start of its line"),
    (r"expected <document start>", "a key that begins further left than the first",
     "begin every key at the start of its line"),
    (r"scanning a quoted scalar .*end of stream", "a quotation mark that is never closed",
     "close it, or delete the one that opens"),
    (r"flow (sequence|mapping)|flow context", "a [ or { that is never closed, or text after it",
     "close it, or quote the whole value"),
    (r"block mapping .*expected key", "something after a closing quotation mark, or a key that is indented askew",
     "quote the whole value, and double a quotation mark inside: 'It''s'"),
    (r"undefined alias|(alias|anchor) .*alphabetic or numeric", "a value that begins with * or &", "quote it"),
    (r"tab character", "a TAB where blanks belong", _BLANKS),
)  # fmt: skip
"""What libyaml says (context, then problem), and what an author would call it."""


def yaml_problem(error: yaml.MarkedYAMLError, block: Block) -> Problem:
    """What libyaml cannot read, in an author's words and with the line that an author has to mend."""
    said = f"{error.context or ''} {error.problem or error}"
    begun = re.search(r"scanning a (simple key|quoted)|parsing a flow|flow context", said)
    mark = (begun and error.context_mark) or error.problem_mark
    line = mark.line if mark else 0
    if "maximum nesting depth" in said:  # newer releases of libyaml have a limit of their own
        return too_much(block.line + line)
    cause, fix = next(
        ((cause, fix) for pattern, cause, fix in _YAML_FAULTS if re.search(pattern, said)),
        (str(error.problem or error), _QUOTE),
    )
    if "cannot start any token" in said:
        row = block.text.split("\n")[line : line + 1]
        tab = bool(row) and re.match(r" *\t", row[0]) is not None
        cause, fix = ("a TAB where blanks belong", _BLANKS) if tab else ("a value that must be quoted", _QUOTE)
    return Problem(f"has unreadable YAML: {cause}", fix, line=block.line + line)


def too_much(line: int) -> Problem:
    """Front matter beyond the caps."""
    return Problem(
        f"has front matter beyond {MAX_NODES} values or {MAX_DEPTH} levels",
        "move the data into the body, and check for YAML aliases (*name)",
        line=line,
    )


def refuse_depth(block: Block) -> None:
    """Stop before `compose`, which recurses in C and ends the process at some 50,000 levels."""
    if len(block.text) < _SURELY_SHALLOW:
        return
    depth = 0
    for event in yaml.parse(block.text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            line = event.start_mark.line if event.start_mark else 0
            raise ContentError(too_much(block.line + line))


class Caps:
    """The same caps for TOML and JSON, whose parsers give values without nodes."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self.values = 0

    def check(self, values: Mapping[str, Any]) -> None:
        """Count values and levels.

        Raises:
            ContentError: There are too many.
        """
        for key, value in values.items():
            self._visit(value, 1, self.block.lines.get(key, self.block.line))

    def _visit(self, value: Any, depth: int, line: int) -> None:
        self.values += 1
        if self.values > MAX_NODES or depth > MAX_DEPTH:
            raise ContentError(too_much(line))
        for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            self._visit(item, depth + 1, line)

"""Front matter as plain values: split from the body and parsed, with the file's own line numbers.

python-frontmatter names the formats and writes them; its own `parse` loses what matters here (a list or an unclosed
block is silently empty, a stripped body loses an indented first line, lines count from the block), so its handlers are
subclassed and only their `split`, `load` and `export` are used.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from frontmatter.default_handlers import BaseHandler, YAMLHandler

from generator.errors import ContentError, Problem

TEXT_KEYS_EXCEPT = "extra"
"""The one key whose plain scalars get YAML 1.2's types; all others are text until their field reads them."""

MAX_DEPTH = 20
MAX_NODES = 10_000

_BEGIN = "begin the file with a line ---, then title: and date:, then a line ---; or `dateline import` a raw text"


@dataclass(frozen=True, slots=True)
class Matter:
    """Parsed front matter.

    Attributes:
        values: As plain values.
        lines: Line in the file of each top-level key.
        body: What follows, unaltered.
        body_line: Line in the file on which the body begins.
    """

    values: Mapping[str, Any]
    lines: Mapping[str, int]
    body: str
    body_line: int


@dataclass(slots=True)
class _Block:
    """A front-matter block: its text, and the line of the file on which that text begins."""

    text: str
    line: int
    lines: dict[str, int] = field(default_factory=dict)


class TextFloat(float):
    """A number that still knows how it was written: a tag `1.10` is not `1.1`."""

    def __new__(cls, text: str) -> TextFloat:
        """Read a number as Python does."""
        number = super().__new__(cls, text)
        number.text = text
        return number

    text: str

    def __str__(self) -> str:
        return self.text


def read(text: str) -> Matter:
    """Split and parse.

    Raises:
        ContentError: With the line, the cause and the way out.
    """
    blank = len(text) - len(text.lstrip("\n \t"))
    line = text.count("\n", 0, blank) + 1
    start = text[blank:]
    first = start.split("\n", 1)[0].rstrip()
    for handler in (_Yaml(), _Toml()):
        if first == handler.START_DELIMITER:
            return _fenced(handler, start, line)
    if first.startswith("{"):
        return _json(start, line)
    raise ContentError(Problem("has no front matter", _BEGIN, line=1))


def _fenced(handler: _Yaml | _Toml, start: str, line: int) -> Matter:
    try:
        block, body = handler.split(start)
    except ValueError:
        mark = handler.START_DELIMITER
        raise ContentError(
            Problem(f"has front matter without its closing {mark}", f"add a line {mark} after the last key", line=line)
        ) from None
    parsed = _Block(block, line + 1)
    values = handler.load_block(parsed)
    body_line = line + block.count("\n") + 2
    return Matter(values, parsed.lines, body, body_line)


class _Yaml(YAMLHandler):
    """YAML 1.2 scalars, duplicate keys refused, sizes capped."""

    FM_BOUNDARY = re.compile(r"^---[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "---"

    def split(self, text: str) -> tuple[str, str]:
        """Block and body; the body keeps its indent.

        Raises:
            ValueError: There is no closing line.
        """
        _, block, body = self.FM_BOUNDARY.split(text, 2)
        return block.removeprefix("\n"), body.removeprefix("\n")

    def load_block(self, block: _Block) -> Mapping[str, Any]:
        """Parse; fills `block.lines`."""
        try:
            node = yaml.compose(block.text, Loader=yaml.CSafeLoader)
        except yaml.MarkedYAMLError as error:
            raise ContentError(_yaml_problem(error, block)) from error
        except (yaml.YAMLError, RecursionError) as error:
            raise ContentError(Problem(f"has unreadable YAML: {error}", "", line=block.line)) from error
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            raise ContentError(
                Problem(
                    "has front matter that is not a list of `key: value` lines",
                    "write one key a line, such as title: My story; a rule at the top of a text is written ***",
                    line=block.line,
                )
            )
        return _NodeReader(block).mapping(node)

    def export(self, metadata: dict[str, object], **_: object) -> str:
        """YAML in the order given, Unicode as it is, long lines whole."""
        return yaml.dump(
            metadata, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=False, width=10_000
        ).strip()


class _Dumper(yaml.SafeDumper):
    """Indents lists below their key, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """See the base class; `indentless` is never wanted."""
        super().increase_indent(flow, False)  # noqa: FBT003


class _NodeReader:
    """Nodes to values: text, but YAML 1.2's core types below `extra`."""

    def __init__(self, block: _Block) -> None:
        self.block = block
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
            raise ContentError(Problem("has a key that is not text", "quote it", line=self._line(node)))
        key = str(node.value)
        if key in seen:
            raise ContentError(
                Problem(f"has the key `{key}` twice", "keep one of the two", line=self._line(node)),
            )
        return key

    def _value(self, node: yaml.Node, *, typed: bool, depth: int) -> Any:
        self.nodes += 1
        if self.nodes > MAX_NODES or depth > MAX_DEPTH:
            raise ContentError(
                Problem(
                    f"has front matter beyond {MAX_NODES} values or {MAX_DEPTH} levels",
                    "move the data into the body, and check for YAML aliases (*name)",
                    line=self._line(node),
                )
            )
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
        if node.tag.startswith("!") or not node.tag.startswith("tag:yaml.org,2002:"):
            raise ContentError(Problem(f"has the YAML tag {node.tag}", "remove it", line=self._line(node)))
        text: str = node.value
        if node.style is not None:  # quoted, or a block of text
            return text
        if text in ("", "~", "null", "Null", "NULL"):
            return None
        return _core(text) if typed else text

    def _line(self, node: yaml.Node) -> int:
        line: int = node.start_mark.line
        return self.block.line + line


def _core(text: str) -> Any:
    """A plain scalar by YAML 1.2's core schema (yaml.org/spec/1.2.2, section 10.3.2)."""
    if text in ("true", "True", "TRUE", "false", "False", "FALSE"):
        return text.lower() == "true"
    if re.fullmatch(r"[-+]?[0-9]{1,18}", text):
        return int(text)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?", text):
        return TextFloat(text)
    return text


def _yaml_problem(error: yaml.MarkedYAMLError, block: _Block) -> Problem:
    mark = error.problem_mark or error.context_mark
    line = block.line + (mark.line if mark else 0)
    cause = error.problem or str(error)
    fix = "quote the value if it holds `: `, ` #`, or begins with one of @ ` % & * ! | > [ { \" '"
    if "\\t" in repr(cause) or "tab" in cause or "cannot start any token" in cause:
        fix = "indent with blanks, not with TAB; " + fix
    if "alias" in cause:
        fix = "a value that begins with * must be quoted"
    return Problem(f"has unreadable YAML: {cause}", fix, line=line)


class _Toml(BaseHandler):
    """TOML between `+++` lines, by the standard library's parser."""

    FM_BOUNDARY = re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "+++"

    def split(self, text: str) -> tuple[str, str]:
        """Block and body; the body keeps its indent.

        Raises:
            ValueError: There is no closing line.
        """
        _, block, body = self.FM_BOUNDARY.split(text, 2)
        return block.removeprefix("\n"), body.removeprefix("\n")

    def load_block(self, block: _Block) -> Mapping[str, Any]:
        """Parse; fills `block.lines`."""
        try:
            values = tomllib.loads(block.text, parse_float=TextFloat)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"at line (\d+)", str(error))
            line = block.line + (int(found[1]) - 1 if found else block.text.count("\n"))
            cause = re.sub(r" ?\(at .*\)$", "", str(error))
            raise ContentError(
                Problem(f"has unreadable TOML: {cause}", 'text is quoted: title = "My story"', line=line)
            ) from error
        except RecursionError as error:
            raise ContentError(Problem("has TOML nested too deep", "flatten it", line=block.line)) from error
        for key in values:
            found = re.search(rf'^\s*\[*\s*"?{re.escape(key)}"?\s*[=.\]]', block.text, re.MULTILINE)
            block.lines[key] = block.line + (block.text.count("\n", 0, found.end()) if found else 0)
        return values


def _json(start: str, line: int) -> Matter:
    """A JSON object at the beginning of the file; the body is what follows it."""

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in items]
        for key in keys:
            if keys.count(key) > 1:
                raise ContentError(Problem(f"has the key `{key}` twice", "keep one of the two", line=line))
        return dict(items)

    decoder = json.JSONDecoder(object_pairs_hook=pairs, parse_float=TextFloat, parse_constant=str)
    try:
        values, end = decoder.raw_decode(start)
    except json.JSONDecodeError as error:
        raise ContentError(
            Problem(
                f"has unreadable JSON: {error.msg}",
                "front matter that begins with { must be one JSON object",
                line=line + error.lineno - 1,
            )
        ) from error
    except (RecursionError, ValueError) as error:
        raise ContentError(Problem(f"has unreadable JSON: {error}", "", line=line)) from error
    lines = {}
    for key in values:
        found = start.find(json.dumps(key, ensure_ascii=False), 0, end)
        lines[key] = line + start.count("\n", 0, max(found, 0))
    rest = start[end:]
    gap = re.match(r"[ \t]*\n", rest)
    return Matter(
        values, lines, rest[gap.end() :] if gap else rest, line + start.count("\n", 0, end) + (1 if gap else 0)
    )


def write(values: Mapping[str, object], body: str) -> str:
    """A file's text: YAML front matter, a blank line, the body, one line end."""
    block = _Yaml().export(dict(values))
    return f"---\n{block}\n---\n\n{body.strip(chr(10))}\n"


def write_plain(kind: type[str]) -> None:
    """Have texts of type `kind` written without quotes."""
    _Dumper.add_representer(
        kind, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:timestamp", str(text))
    )

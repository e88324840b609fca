"""Front matter and settings as other generators write them: read as leniently as they do, and as text.

What an author of ours must be told of (a key twice, a comment that eats half of a title) other generators pass over, so
their files hold it, and an import is no place to complain. Bombs are refused all the same.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

import yaml

from generator.content.formats import json_block
from generator.content.lane import Matter
from generator.content.nodes import Block, Caps, NodeReader, refuse_depth, yaml_problem
from generator.errors import ContentError, Problem

_YAML = re.compile(r"---[ \t]*(?:ya?ml)?[ \t]*\n(?P<block>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(
    r"(?:\+\+\+|---[ \t]*toml)[ \t]*\n(?P<block>.*?)^(?:\+\+\+|---)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_JSON = re.compile(r"---[ \t]*json[ \t]*\n(?P<block>.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def read(text: str) -> Matter:
    """Split and parse front matter in YAML, TOML or JSON; a text without any has no values.

    Args:
        text: A file's, with LF as line end.

    Raises:
        ContentError: With the line, the cause and the way out.
    """
    if found := _JSON.match(text):
        values = settings(found["block"], "json", 2)
    elif found := _TOML.match(text):
        values = settings(found["block"], "toml", 2)
    elif found := _YAML.match(text):
        values = settings(found["block"], "yaml", 2)
    elif text.startswith("{") and re.match(r'\{\s*["}]', text):
        return json_block(text, 1)
    else:
        return Matter({}, {}, text, 1)
    lines = {key: _line(key, found["block"]) for key in values}
    return Matter(values, lines, text[found.end() :], text.count("\n", 0, found.end()) + 1)


def settings(text: str, form: str, line: int = 1) -> Mapping[str, Any]:
    """A table of values; scalars of YAML are text.

    Args:
        text: The whole of it.
        form: `yaml`, `toml` or `json`.
        line: Of the file, on which it begins.

    Raises:
        ContentError: It cannot be read, or is no table.
    """
    block = Block(text, line)
    if form == "json" and not text.lstrip().startswith("{"):
        raise ContentError(Problem("is JSON, but no object", "mend it in the source", line=line))
    if form == "json":
        return json_block(text.lstrip(), line).values
    if form == "yaml":
        return _yaml(block)
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        found = re.search(r"at line (\d+)", str(error))
        at = line + int(found[1]) - 1 if found else line
        raise ContentError(Problem(f"has unreadable TOML: {error}", "mend it in the source", line=at)) from error
    Caps(block).check(values)
    return values


def _yaml(block: Block) -> Mapping[str, Any]:
    try:
        refuse_depth(block)
        node = yaml.compose(block.text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        raise ContentError(yaml_problem(error, block)) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise ContentError(
            Problem(f"has unreadable YAML: {error}", "mend it in the source", line=block.line)
        ) from error
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        cause = "has front matter that is not a list of `key: value` lines"
        raise ContentError(Problem(cause, "mend it in the source", line=block.line))
    return _Lenient(block).mapping(node)


def _line(key: str, block: str) -> int:
    found = re.search(rf"^[ \t]*\[*[\"']?{re.escape(key)}[\"']?[ \t]*[:=.\]]", block, re.MULTILINE)
    return 2 + (block.count("\n", 0, found.end()) if found else 0)


class _Lenient(NodeReader):
    """Of two equal keys the last one counts; tags and comments are passed over."""

    def _key(self, node: yaml.Node, seen: Mapping[str, Any]) -> str:  # noqa: ARG002
        return str(node.value)

    def _refuse_tag(self, node: yaml.Node) -> None:
        pass

    def _refuse_lost_text(self, node: yaml.Node, *, anchors: bool) -> None:
        pass

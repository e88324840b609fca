"""Front matter in YAML, TOML or JSON, read and written in full; imported only where the lane does not do (matter.py).

python-frontmatter names the formats and writes them; its own `parse` loses what matters here (a list or an unclosed
block is silently empty, a stripped body loses an indented first line, lines count from the block), so its handlers are
subclassed and only their `split`, `load` and `export` are used.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

import yaml
from frontmatter.default_handlers import BaseHandler, YAMLHandler

from generator.content.lane import Matter
from generator.content.nodes import (
    NULLS,
    NUMBER,
    Block,
    Caps,
    NodeReader,
    core,
    number,
    refuse_depth,
    too_much,
    yaml_problem,
)
from generator.content.writing import Number, Stamp
from generator.errors import ContentError, Problem

_BEGIN = "begin the file with a line ---, then title: and date:, then a line ---; or `dateline import` a raw text"


_OTHER_LINE_ENDS = re.compile("[\x85\u2028\u2029]")
"""Ends of lines to YAML, but not to editors; lines would be counted wrong."""


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
        return json_block(start, line)
    raise ContentError(Problem("has no front matter", _BEGIN, line=1))


def _fenced(handler: _Yaml | _Toml, start: str, line: int) -> Matter:
    try:
        block, body = handler.split(start)
    except ValueError:
        mark = handler.START_DELIMITER
        raise ContentError(
            Problem(f"has front matter without its closing {mark}", f"add a line {mark} after the last key", line=line)
        ) from None
    parsed = Block(_OTHER_LINE_ENDS.sub(" ", block), line + 1)
    values = handler.load_block(parsed)
    Caps(parsed).check(values)
    body_line = line + block.count("\n") + 2
    return Matter(values, parsed.lines, body, body_line)


class _Fenced(BaseHandler):
    """A block between two lines of a mark, split from the body without loss."""

    FM_BOUNDARY: re.Pattern[str]

    def split(self, text: str) -> tuple[str, str]:
        """Block and body; the body keeps its indent.

        Raises:
            ValueError: There is no closing line.
        """
        _, block, body = self.FM_BOUNDARY.split(text, 2)
        return block.removeprefix("\n"), body.removeprefix("\n")


class _Yaml(_Fenced, YAMLHandler):
    """YAML 1.2 scalars, duplicate keys refused, sizes capped."""

    FM_BOUNDARY = re.compile(r"^---[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "---"

    def load_block(self, block: Block) -> Mapping[str, Any]:
        """Parse; fills `block.lines`."""
        try:
            refuse_depth(block)
            node = yaml.compose(block.text, Loader=yaml.CSafeLoader)
        except yaml.MarkedYAMLError as error:
            raise ContentError(yaml_problem(error, block)) from error
        except (yaml.YAMLError, RecursionError) as error:
            raise ContentError(Problem(f"has unreadable YAML: {error}", "", line=block.line)) from error
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            raise ContentError(
                Problem(
                    "has front matter that is not a list of `key: value` lines",
                    "write one key a line, a blank after its colon, such as title: My story; "
                    "a rule at the top of a text is written ***",
                    line=block.line,
                )
            )
        return NodeReader(block).mapping(node)

    def export(self, metadata: dict[str, object], **_: object) -> str:
        """YAML in the order given, Unicode as it is, long lines whole."""
        return yaml.dump(
            metadata, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=False, width=10_000
        ).strip("\n")


class _Dumper(yaml.SafeDumper):
    """Indents lists below their key, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """See the base class; `indentless` is never wanted."""
        super().increase_indent(flow, False)  # noqa: FBT003


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Quoted where our reader (YAML 1.2) would take the text for a value; the library knows YAML 1.1 alone."""
    plain = text not in NULLS and core(text) is text
    style = '"' if _OTHER_LINE_ENDS.search(text) else None if plain else "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _plain(kind: type[str], tag: str) -> None:
    """Have texts of type `kind` written without quotes, as values of YAML's type `tag`."""
    _Dumper.add_representer(
        kind, lambda dumper, text: dumper.represent_scalar(f"tag:yaml.org,2002:{tag}", str(text), style="")
    )


_plain(Stamp, "timestamp")
_plain(Number, "float")
_Dumper.add_representer(str, _text)
_Dumper.add_implicit_resolver("tag:yaml.org,2002:float", NUMBER, list("-+.0123456789"))


_TOML_QUOTE = 'text is quoted: title = "My story"'
_TOML_FIXES = (
    (r"overwrite|twice|mutate", "keep one of the two"),
    (r"[Uu]nclosed", "close it with ]"),
    (r"date", "write 2026-11-23, or 2026-11-23T09:30:00+01:00"),
    (r"'\\n'", "close the quotation mark on the same line"),
)


class _Toml(_Fenced):
    """TOML between `+++` lines, by the standard library's parser."""

    FM_BOUNDARY = re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "+++"

    def load_block(self, block: Block) -> Mapping[str, Any]:
        """Parse; fills `block.lines`."""
        try:
            values = tomllib.loads(block.text, parse_float=number)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"at line (\d+)", str(error))
            line = block.line + (int(found[1]) - 1 if found else block.text.rstrip().count("\n"))
            cause = re.sub(r" ?\(at .*\)$", "", str(error))
            fix = next((fix for pattern, fix in _TOML_FIXES if re.search(pattern, cause)), _TOML_QUOTE)
            raise ContentError(Problem(f"has unreadable TOML: {cause}", fix, line=line)) from error
        except RecursionError as error:
            raise ContentError(too_much(block.line)) from error
        except ValueError as error:  # Python refuses whole numbers of more than 4,300 digits
            raise ContentError(Problem("has an endless number", "quote it", line=block.line)) from error
        for key in values:
            found = re.search(rf'^\s*\[*\s*"?{re.escape(key)}"?\s*[=.\]]', block.text, re.MULTILINE)
            block.lines[key] = block.line + (block.text.count("\n", 0, found.end()) if found else 0)
        return values


def json_block(start: str, line: int) -> Matter:
    """A JSON object at the beginning of the file; the body is what follows it."""

    def line_of(key: str) -> int:
        """Of a key's last appearance."""
        found = list(re.finditer(rf"{re.escape(json.dumps(key, ensure_ascii=False))}\s*:", start))
        return line + start.count("\n", 0, found[-1].start()) if found else line

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in items:
            if key in values:
                raise ContentError(Problem(f"has the key `{key}` twice", "keep one of the two", line=line_of(key)))
            values[key] = value
        return values

    decoder = json.JSONDecoder(object_pairs_hook=pairs, parse_float=number, parse_constant=str)
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
    except RecursionError as error:
        raise ContentError(too_much(line)) from error
    except ValueError as error:  # Python refuses whole numbers of more than 4,300 digits
        raise ContentError(Problem("has an endless number", "quote it", line=line)) from error
    lines = _json_lines(start, line, decoder)
    Caps(Block(start, line, lines)).check(values)
    rest = start[end:]
    gap = re.match(r"[ \t]*\n", rest)
    return Matter(
        values, lines, rest[gap.end() :] if gap else rest, line + start.count("\n", 0, end) + (1 if gap else 0)
    )


def _json_lines(start: str, line: int, decoder: json.JSONDecoder) -> dict[str, int]:
    """Line of each top-level key of a sound JSON object."""
    lines: dict[str, int] = {}
    at = 1
    while key := re.compile(r'[\s,]*(?=")').match(start, at):
        name, end = decoder.raw_decode(start, key.end())
        lines[name] = line + start.count("\n", 0, key.end())
        colon = re.compile(r"\s*:\s*").match(start, end)
        at = decoder.raw_decode(start, colon.end() if colon else end)[1]
    return lines


def write(values: Mapping[str, object], body: str) -> str:
    """A file's text: YAML front matter, a blank line, the body, one line end."""
    block = _Yaml().export(dict(values))
    return f"---\n{block}\n---\n\n{body.strip(chr(10))}\n"

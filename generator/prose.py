"""What can be read off Markdown without rendering it: the first paragraph, and where its links point.

Planning needs both and must not need a Markdown parser. `references` finds at least what the parser will find; what it
finds beyond that (a link inside a code block) is resolved in vain; only what the page really holds is reported.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

MORE = re.compile(r"^[ ]{0,3}<!--\s*more\s*-->\s*$", re.MULTILINE | re.IGNORECASE)
"""Ends the part of an article that stands for the whole."""

SUMMARY_LIMIT = 300
"""Characters of a summary made from the text."""

_FENCE = re.compile(r"^[ ]{0,3}(`{3,}|~{3,})")
_NOT_PROSE = re.compile(r"#|>|\||<[/!a-zA-Z]|\[[^\]]+\]:|\*\[[^\]]+\]:|(?:[-*+]|\d+[.)])\s|(?:[-*_]\s*){3,}$|\{:")
_INLINE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])"), ""),
    (re.compile(r"\[\^[^\]]+\]"), ""),
    (re.compile(r"(?<!\\)\[([^\]]*)\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\])"), r"\1"),
    (re.compile(r"<((?:https?|mailto):[^>\s]+)>"), r"\1"),
    (re.compile(r"</?[a-zA-Z][^>]*>"), ""),
    (re.compile(r"\{:[^}]*\}"), ""),
    (re.compile(r"(`+)(.+?)\1"), r"\2"),
    (re.compile(r"(?<!\\)(\*{1,3})(?=\S)(.+?)(?<=[^\s\\])\1"), r"\2"),
    (re.compile(r"(?<![\w\\])(_{1,3})(?=\S)(.+?)(?<=[^\s\\])\1(?!\w)"), r"\2"),
    (re.compile(r"\\([\\`*_{}\[\]()>#+\-.!~|<])"), r"\1"),
)


def summary(body: str) -> str:
    """Plain text that stands for the article: what comes before `<!-- more -->`, else its first paragraph."""
    end = next(
        (found.start() for found in MORE.finditer(body[:20_000]) if not _outside_fence(body[: found.start()], "")[1]), 0
    )
    blocks = paragraphs(body[:end] if end else body, most=20 if end else 1)
    return shorten(" ".join(blocks), SUMMARY_LIMIT)


def paragraphs(body: str, most: int) -> list[str]:
    """The first paragraphs as plain text; headings, lists, quotes, tables, code and HTML are passed over."""
    found: list[str] = []
    fence = ""
    for block in re.split(r"\n[ \t]*\n", body[:20_000].strip("\n")):
        text, fence = _outside_fence(block, fence)
        if not text or text.startswith(("    ", "\t")) or _NOT_PROSE.match(text.lstrip()):
            continue
        lines = text.split("\n")
        if len(lines) > 1 and re.fullmatch(r"(=+|-+)\s*", lines[1]):
            continue
        if plain := inline_text(text):
            found.append(plain)
            if len(found) == most:
                break
    return found


def _outside_fence(block: str, fence: str) -> tuple[str, str]:
    """The block's lines outside of fenced code, and the fence that is open after it."""
    kept: list[str] = []
    for line in block.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) else fence
        elif mark:
            fence = mark[1]
        else:
            kept.append(line)
    return "\n".join(kept).strip("\n"), fence


def inline_text(text: str) -> str:
    """A paragraph's Markdown as plain text on one line."""
    text = text[:4000]
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return " ".join(html.unescape(text).split())


def shorten(text: str, limit: int) -> str:
    """`text`, or its beginning to the last whole word and an ellipsis."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    cut = head.rfind(" ")
    return (head[:cut] if cut > limit // 2 else head).rstrip(" ,;:–—-") + "…"


@dataclass(frozen=True, slots=True)
class Mention:
    """A link or picture target in a body: as written, and its 1-based line in the body."""

    target: str
    line: int


_TARGETS = re.compile(
    r"""(?P<inline>\]\()
      | \[(?!\^)[^\[\]]*\]:[\s>]*(?:<(?P<angle>[^<>\n]*)>|(?P<definition>[^\s<]\S*))
      | (?:href|src|poster|cite)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))""",
    re.VERBOSE | re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"(?!id:)[A-Za-z][A-Za-z0-9+.-]*:|//|#|$")
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);")


def references(body: str) -> list[Mention]:
    """Every target within the site, in order of appearance, each once."""
    found: dict[str, Mention] = {}
    line, counted = 1, 0
    for match in _TARGETS.finditer(body):
        line, counted = line + body.count("\n", counted, match.start()), match.start()
        for target in _spellings(match, body):
            if not _ELSEWHERE.match(target):
                found.setdefault(target, Mention(target, line))
    return list(found.values())


def _spellings(match: re.Match[str], body: str) -> Iterator[str]:
    """All that the parser might make of a target; it knows of blanks, titles and escapes what we only guess."""
    if match["inline"]:
        written = _without_title(_argument(body, match.end()).strip())
    else:
        written = [next(group for group in match.groups() if group is not None)]
    if match["bare"]:
        written.append(written[0].rstrip("}"))
    for text in written:
        plain = _ENTITY.sub(_decoded, text)
        yield plain
        yield re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", plain)


def _without_title(argument: str) -> list[str]:
    """What stands in a link's parentheses, less a title if that is what follows; blanks may belong to the target."""
    if argument.startswith("<"):
        return [argument[1:].partition(">")[0]]
    target = re.split(r"""\s+["']""", argument, maxsplit=1)[0]
    found = [*target.split()[:1], target]
    if argument.endswith(("'", '"')):
        found.append(re.split(r"""["']""", argument, maxsplit=1)[0].rstrip())
    return found


def _decoded(entity: re.Match[str]) -> str:
    return html.unescape(entity[0])


def _argument(body: str, start: int) -> str:
    """What stands between the parenthesis before `start` and the one that closes it.

    No further than to the next `](`, so that a text full of them costs no more than its length.
    """
    depth, escaped = 1, False
    end = body.find("](", start)
    for index in range(start, len(body) if end < 0 else end):
        char = body[index]
        if escaped or char == "\\":
            escaped = not escaped
            continue
        depth += (char == "(") - (char == ")")
        if not depth:
            return body[start:index]
    return ""

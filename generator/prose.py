"""What can be read off Markdown without rendering it: the first paragraph, and where its links point.

Planning needs both and must not need a Markdown parser. `references` finds at least what the parser will find; what it
finds beyond that (a link inside a code block) is resolved in vain; only what the page really holds is reported.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from generator.records import Record

MORE = re.compile(r"^[ ]{0,3}<!--\s*more\s*-->\s*$", re.MULTILINE | re.IGNORECASE)
"""Ends the part of an article that stands for the whole."""

SUMMARY_LIMIT = 300
"""Characters of a summary made from the text."""

_FENCE = re.compile(r"^[ ]{0,3}(`{3,}|~{3,})")
_NOT_PROSE = re.compile(r"#|>|\||<[/!a-zA-Z]|\[[^\]]+\]:|\*\[[^\]]+\]:|(?:[-*+]|\d+[.)])\s|(?:[-*_]\s*){3,}$|\{:")
_GAP = re.compile(r"\n[ \t]*\n")
_INLINE: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("<", re.compile(r"<!--.*?-->", re.DOTALL), ""),
    ("[", re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])"), ""),
    ("[", re.compile(r"\[\^[^\]]+\]"), ""),
    ("[", re.compile(r"(?<!\\)\[([^\]]*)\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\]]*\])"), r"\1"),
    ("<", re.compile(r"<((?:https?|mailto):[^>\s]+)>"), r"\1"),
    ("<", re.compile(r"</?[a-zA-Z][^>]*>"), ""),
    ("{", re.compile(r"\{:[^}]*\}"), ""),
    ("`", re.compile(r"(`+)(.+?)\1"), r"\2"),
    ("*", re.compile(r"(?<!\\)(\*{1,3})(?=\S)(.+?)(?<=[^\s\\])\1"), r"\2"),
    ("_", re.compile(r"(?<![\w\\])(_{1,3})(?=\S)(.+?)(?<=[^\s\\])\1(?!\w)"), r"\2"),
    ("\\", re.compile(r"\\([\\`*_{}\[\]()>#+\-.!~|<])"), r"\1"),
)
"""What is taken out of a paragraph, in order; first a character without which there is none of it."""


def summary(body: str) -> str:
    """Plain text that stands for the article: what comes before `<!-- more -->`, else its first paragraph."""
    end = _more(body) if "<!--" in body else 0
    blocks = paragraphs(body[:end] if end else body, most=20 if end else 1)
    return shorten(" ".join(blocks), SUMMARY_LIMIT)


def _more(body: str) -> int:
    """Where the first `<!-- more -->` outside of code begins; 0 where there is none."""
    marks = (found.start() for found in MORE.finditer(body[:20_000]))
    return next((start for start in marks if not _outside_fence(body[:start], "")[1]), 0)


def paragraphs(body: str, most: int) -> list[str]:
    """The first paragraphs as plain text; headings, lists, quotes, tables, code and HTML are passed over."""
    found: list[str] = []
    fence = ""
    for block in _blocks(body[:20_000].strip("\n")):
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


def _blocks(text: str) -> Iterator[str]:
    """The parts between blank lines, as far as they are asked for."""
    at = 0
    for gap in _GAP.finditer(text):
        yield text[at : gap.start()]
        at = gap.end()
    yield text[at:]


def _outside_fence(block: str, fence: str) -> tuple[str, str]:
    """The block's lines outside of fenced code, and the fence that is open after it."""
    if not fence and "```" not in block and "~~~" not in block:
        return block.strip("\n"), ""
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
    for mark, pattern, replacement in _INLINE:
        if mark in text:
            text = pattern.sub(replacement, text)
    return " ".join(html.unescape(text).split())


def shorten(text: str, limit: int) -> str:
    """`text`, or its beginning to the last whole word and an ellipsis."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    cut = head.rfind(" ")
    return (head[:cut] if cut > limit // 2 else head).rstrip(" ,;:–—-") + "…"


class Mention(Record, frozen=True):
    """A link or picture target in a body: as written, and its 1-based line in the body."""

    target: str
    line: int


_BRACKETED = r"""(?P<inline>\]\()
      | \[(?!\^)[^\[\]]*\]:[\s>]*(?:<(?P<angle>[^<>\n]*)>|(?P<definition>[^\s<]\S*))"""
_ATTRIBUTE = r"""(?:href|src|poster|cite)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))"""
_TARGETS = re.compile(
    rf"(?=[][hspc\u017f]) (?:{_BRACKETED} | {_ATTRIBUTE})",  # the letters to begin with halve the time
    re.VERBOSE | re.IGNORECASE,
)
_TARGETS_BUT_ATTRIBUTES = re.compile(_BRACKETED, re.VERBOSE)
_ELSEWHERE = re.compile(r"(?!id:)[A-Za-z][A-Za-z0-9+.-]*:|//|#|$")
_TITLE = re.compile(r"""\s+["']""")
_SIMPLE_ARGUMENT = re.compile(r"[^()\\]*+\)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);")


def is_within(target: str) -> bool:
    """Whether a target is one of the site's own."""
    return _ELSEWHERE.match(target) is None


def references(body: str) -> list[Mention]:
    """Every target within the site, in order of appearance, each once."""
    found: dict[str, Mention] = {}
    line, counted = 1, 0
    for start, written in _written(body):
        line, counted = line + body.count("\n", counted, start), start
        for text in written:
            for target in _spellings(text):
                if is_within(target):
                    found.setdefault(target, Mention(target, line))
    return list(found.values())


def _written(body: str) -> Iterator[tuple[int, list[str]]]:
    """Where a target stands, and all that the parser, which knows of blanks and titles, might take for it."""
    if _may_have_attributes(body):
        return _matched(_TARGETS, body)
    return _matched(_TARGETS_BUT_ATTRIBUTES, body) if "]:" in body else _inline(body)


def _may_have_attributes(body: str) -> bool:
    """Whether an equals sign stands behind a letter in which an attribute's name ends."""
    at = body.find("=")
    while at >= 0:
        name = body[max(0, at - 40) : at].rstrip()
        if not name or name[-1] in "fcreFCRE":
            return True
        at = body.find("=", at + 1)
    return False


def _inline(body: str) -> Iterator[tuple[int, list[str]]]:
    """The targets where neither attributes nor definitions are, found by a search for two characters."""
    at = body.find("](")
    while at >= 0:
        yield at, _without_title(_argument(body, at + 2).strip())
        at = body.find("](", at + 2)


def _matched(pattern: re.Pattern[str], body: str) -> Iterator[tuple[int, list[str]]]:
    for match in pattern.finditer(body):
        form = match.lastgroup
        if form == "inline":
            yield match.start(), _without_title(_argument(body, match.end()).strip())
        elif form == "bare":
            yield match.start(), [match[form], match[form].rstrip("}")]
        elif form is not None:
            yield match.start(), [match[form]]


def _spellings(text: str) -> tuple[str, ...]:
    """What the parser might make of a target's entities and escapes."""
    plain = _ENTITY.sub(_decoded, text) if "&" in text else text
    return (plain, _ESCAPED.sub(r"\1", plain)) if "\\" in plain else (plain,)


def _without_title(argument: str) -> list[str]:
    """What stands in a link's parentheses, less a title if that is what follows; blanks may belong to the target."""
    if argument.startswith("<"):
        return [argument[1:].partition(">")[0]]
    target = _TITLE.split(argument, maxsplit=1)[0] if '"' in argument or "'" in argument else argument
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
    if simple := _SIMPLE_ARGUMENT.match(body, start):
        return simple[0][:-1]
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

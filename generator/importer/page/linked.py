"""JSON-LD: what a page says of its article to machines (schema.org)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from generator.trees import Element

Node = dict[str, Any]

_ARTICLE = re.compile(r"(?:[A-Z]\w*)?(?:Article|BlogPosting|Posting|Report|Review|Recipe)")
_TRAILING = re.compile(r",(?=\s*[}\]])")
_MARK = re.compile(r'\\.|"(?P<ends>(?=\s*[,:}\]]))?', re.DOTALL)
_MOST = 2_000
"""Nodes of a page that are looked at."""


def article(root: Element, address: str) -> Node:
    """The node of the page's article; empty where there is none, the fullest where there are several."""
    nodes = list(_nodes(root))
    found = [node for node in nodes if _is_article(node)]
    own = [node for node in found if address and address in (_address(node), node.get("url"))]
    named = {str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 1}
    best = max(own or found, key=fullness, default={})
    return {key: _resolved(value, named) for key, value in best.items()}


def _resolved(value: Any, named: dict[str, Node]) -> Any:
    """A value that only names another node of the page as that node."""
    if isinstance(value, list):
        return [_resolved(item, named) for item in value[:100]]
    if isinstance(value, dict) and "name" not in value and "url" not in value:
        return named.get(str(value.get("@id")), value)
    return value


def _is_article(node: Node) -> bool:
    return any(_ARTICLE.fullmatch(kind) for kind in texts(node.get("@type"))) and "headline" in node | _named(node)


def _named(node: Node) -> Node:
    return {"headline": node["name"]} if "name" in node else {}


def fullness(node: Node) -> int:
    """How much a node says of an article."""
    return sum(bool(node.get(key)) for key in ("headline", "datePublished", "author", "image", "articleBody"))


def _address(node: Node) -> str:
    page = node.get("mainEntityOfPage")
    return str(page.get("@id") or page.get("url") or "") if isinstance(page, dict) else str(page or "")


def _nodes(root: Element) -> Iterator[Node]:
    left = _MOST
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            waiting = [_parsed(script.text or "")]
            while waiting and left:
                left -= 1
                value = waiting.pop()
                if isinstance(value, list):
                    waiting.extend(reversed(value))
                elif isinstance(value, dict):
                    yield value
                    waiting.extend(value.get(key) for key in ("@graph", "mainEntity", "mainEntityOfPage"))


def _parsed(text: str) -> Any:
    """JSON as pages write it: in a comment, with line ends or quotation marks in texts, with a comma too many."""
    bare = text.strip().removeprefix("<!--").removesuffix("-->").removeprefix("//<![CDATA[").removesuffix("//]]>")
    for mend in (str, _less, _escaped):
        try:
            return json.loads(mend(bare), strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _less(text: str) -> str:
    """JSON without a comma behind the last of several."""
    return _TRAILING.sub("", text)


def _escaped(text: str) -> str:
    """The same of JSON whose texts have quotation marks in them: one ends a text only before a sign of JSON."""
    is_within = False

    def mark(found: re.Match[str]) -> str:
        nonlocal is_within
        if found[0].startswith("\\"):
            return found[0]
        if is_within and found["ends"] is None:
            return '\\"'
        is_within = not is_within
        return found[0]

    return _less(_MARK.sub(mark, text))


def texts(value: Any) -> list[str]:
    """A text, or a list of them."""
    values = value if isinstance(value, list) else [value]
    return [text for item in values[:100] if isinstance(item, str) and (text := " ".join(item.split()))]


def names(value: Any) -> list[str]:
    """Names of people and things: texts, or nodes with a `name`."""
    found: list[str] = []
    for item in (value if isinstance(value, list) else [value])[:50]:
        found += texts(item.get("name")) if isinstance(item, dict) else texts(item)
    return found


def address(value: Any) -> str:
    """The first address of a picture: a text, a node with `url`, or a list of these."""
    for item in (value if isinstance(value, list) else [value])[:20]:
        if isinstance(item, dict):
            item = item.get("url") or item.get("contentUrl")
            item = item[0] if isinstance(item, list) and item else item
        if isinstance(item, str) and item.strip():
            return item.strip()
    return ""

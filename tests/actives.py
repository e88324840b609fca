"""What in a page of HTML could act, by a parser that no part of Dateline uses (Lexbor)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser

_ACTIVE = frozenset({
    "applet", "base", "embed", "form", "frame", "frameset", "iframe", "link", "math", "meta", "noscript", "object",
    "plaintext", "portal", "script", "style", "svg", "template", "xmp",
})  # fmt: skip
"""Elements that load, run, or change how the rest is read."""

_HEAD = frozenset({"link", "meta", "style"})
_URLS = frozenset({
    "action", "background", "cite", "codebase", "data", "formaction", "href", "longdesc", "manifest", "ping", "poster",
    "src", "srcset", "xlink:href",
})  # fmt: skip
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_DATA = "application/ld+json"


def active(html: str, *, page: bool = True) -> Iterator[str]:
    """What in it could act and is not a theme's own: JSON-LD, links, names and one style sheet in a head, a redirect.

    Args:
        html: A page, or a piece of one.
        page: It is a whole page. A piece may have nothing at all of the kind.
    """
    tree = LexborHTMLParser(html)
    sheets = 0
    for node in tree.root.traverse():
        attributes = node.attributes
        yield from (f"<{node.tag} {name}={text!r}>" for name, text in attributes.items() if not _is_tame(name, text))
        if node.tag in _ACTIVE:
            sheets += node.tag == "style"
            if not page or sheets > 1 or not _is_theme_s(node.tag, node.parent.tag, attributes):
                yield f"<{node.tag} {attributes}>"


def _is_tame(name: str, text: str | None) -> bool:
    """Whether an attribute neither runs anything nor leads to what does."""
    if name.startswith("on") or name in ("srcdoc", "formaction", "ping", "srcset"):
        return False
    if name == "style":  # alignment in tables, and the bars of the tools' own pages
        return bool(re.fullmatch(r"(text-align: ?(left|right|center)|width: ?[\d.]+%);?", text or ""))
    # As browsers read an address (url.spec.whatwg.org, "basic URL parser").
    scheme = _SCHEME.match(re.sub(r"^[\x00-\x20]+|[\t\n\r]", "", text or "")) if name in _URLS else None
    return scheme is None or scheme[0].lower() in ("http:", "https:", "mailto:", "tel:")


def _is_theme_s(tag: str, parent: str, attributes: dict[str, str | None]) -> bool:
    if tag == "script":
        return attributes == {"type": _DATA}
    if tag not in _HEAD or parent != "head":
        return False
    if tag == "meta":
        known = {"charset", "name", "property", "content"}
        if "http-equiv" in attributes:  # a redirect
            return (attributes["content"] or "").startswith("0; url=https://example.org/")
        return set(attributes) <= known
    if tag == "link":
        return attributes.get("rel") in ("alternate", "canonical", "icon", "next", "prev", "stylesheet", "me")
    return attributes == {}

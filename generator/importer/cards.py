"""Ghost's two editors: their documents (Lexical, Mobiledoc) as HTML, where an export has no HTML of a text."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator
from typing import Any

from generator.importer import bodies
from generator.records import Record

_DEEPEST = 40
_FORMATS = ((1, "strong"), (2, "em"), (4, "s"), (8, "u"), (16, "code"), (32, "sub"), (64, "sup"))
"""Bits of a Lexical text's `format`."""

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MARKUPS = frozenset({"strong", "b", "em", "i", "code", "s", "u", "sub", "sup", "a"})
_SECTIONS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "aside"})


class Read(Record, frozen=True):
    """A document that was read.

    Attributes:
        html: Its text.
        unknown: Kinds of cards of which nothing is in it.
        broken: It could not be read.
    """

    html: str = ""
    unknown: tuple[str, ...] = ()
    broken: bool = False


def html_of(lexical: str, mobiledoc: str) -> Read:
    """The text of whichever is there, as HTML."""
    broken = False
    for written, read, kinds in ((lexical, _lexical, _kinds), (mobiledoc, _mobiledoc, _card_names)):
        if written:
            try:
                document = json.loads(written)
                return Read(read(document), tuple(dict.fromkeys(kinds(document))))
            except (ValueError, RecursionError, TypeError, AttributeError, IndexError, KeyError):
                broken = True
    return Read(broken=broken)


def _kinds(document: Any) -> Iterator[str]:
    """The kinds of cards on the first level that are not known; of other nodes the text is read."""
    for node in document["root"].get("children") or []:
        kind = str(node.get("type")) if isinstance(node, dict) else ""
        if kind and kind not in _CARDS and not isinstance(node.get("children"), list):
            yield kind


def _card_names(document: Any) -> Iterator[str]:
    yield from (str(name) for name, _ in document.get("cards") or () if str(name) not in _CARDS)


def _lexical(document: Any) -> str:
    return _children(document["root"], 0)


def _children(node: Any, depth: int) -> str:
    if depth > _DEEPEST:
        return ""
    return "".join(_node(child, depth + 1) for child in node.get("children") or [] if isinstance(child, dict))


def _node(node: dict[str, Any], depth: int) -> str:
    kind = str(node.get("type"))
    if kind in ("text", "extended-text"):
        return _styled(str(node.get("text", "")), int(node.get("format") or 0))
    if card := _CARDS.get(kind):
        return card(node)
    inner = _children(node, depth)
    if kind == "link":
        return f'<a href="{_value(node, "url")}">{inner}</a>'
    tag = {
        "paragraph": "p",
        "quote": "blockquote",
        "extended-quote": "blockquote",
        "listitem": "li",
        "aside": "blockquote",
    }.get(kind)
    if kind in ("heading", "extended-heading") and node.get("tag") in _HEADINGS:
        tag = node["tag"]
    if kind == "list":
        tag = "ol" if node.get("listType") == "number" else "ul"
    return f"<{tag}>{inner}</{tag}>" if tag else inner


def _styled(text: str, bits: int) -> str:
    made = html.escape(text, quote=False)
    for bit, tag in _FORMATS:
        if bits & bit:
            made = f"<{tag}>{made}</{tag}>"
    return made


def _value(node: dict[str, Any], key: str) -> str:
    value = node.get(key)
    return html.escape(value) if isinstance(value, str) else ""


def _raw(node: dict[str, Any], *keys: str) -> str:
    """The first of some values, which is HTML already."""
    return next((str(node[key]) for key in keys if isinstance(node.get(key), str) and node[key]), "")


def _image(node: dict[str, Any]) -> str:
    return bodies.figure(f'<img src="{_value(node, "src")}" alt="{_value(node, "alt")}">', _raw(node, "caption"))


def _gallery(node: dict[str, Any]) -> str:
    images = [image for image in node.get("images") or [] if isinstance(image, dict)]
    return "".join(map(_image, images))


def _code(node: dict[str, Any]) -> str:
    return f'<pre class="language-{_value(node, "language")}">{_value(node, "code")}</pre>'


def _link_card(node: dict[str, Any]) -> str:
    meta = node.get("metadata")
    title = _value(meta, "title") if isinstance(meta, dict) else ""
    url = _value(node, "url")
    return _raw(node, "html") or f'<p><a href="{url}">{title or url}</a></p>'


def _file(node: dict[str, Any]) -> str:
    return f'<p><a href="{_value(node, "src")}">{_value(node, "fileTitle") or _value(node, "fileName")}</a></p>'


def _markdown(node: dict[str, Any]) -> str:
    """Markdown of the author's, as the build would read it."""
    from generator.config import Markup
    from generator.markup import Job, convert

    return convert(Job("", 1, _raw(node, "markdown"), "", "en", Markup())).html


_CARDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "linebreak": lambda _: "<br>",
    "horizontalrule": lambda _: "<hr>",
    "hr": lambda _: "<hr>",
    "image": _image,
    "gallery": _gallery,
    "codeblock": _code,
    "code": _code,
    "html": lambda node: _raw(node, "html"),
    "markdown": _markdown,
    "card-markdown": _markdown,
    "embed": _link_card,
    "bookmark": _link_card,
    "video": lambda node: f'<video src="{_value(node, "src")}"></video>',
    "audio": lambda node: f'<audio src="{_value(node, "src")}"></audio>',
    "callout": lambda node: f"<blockquote>{_raw(node, 'calloutText')}</blockquote>",
    "toggle": lambda node: f"<p><strong>{_raw(node, 'heading')}</strong></p>{_raw(node, 'content')}",
    "button": lambda node: f'<p><a href="{_value(node, "buttonUrl")}">{_value(node, "buttonText")}</a></p>',
    "file": _file,
    "product": lambda node: f"<h3>{_raw(node, 'productTitle')}</h3>{_raw(node, 'productDescription')}",
    "header": lambda node: f"<h2>{_raw(node, 'header', 'heading')}</h2><p>{_raw(node, 'subheader', 'subheading')}</p>",
    "paywall": lambda _: "",
    "email": lambda _: "",
    "email-cta": lambda _: "",
    "signup": lambda _: "",
}


def _mobiledoc(document: Any) -> str:
    return "".join(_section(section, document) for section in document["sections"])


def _section(section: list[Any], document: Any) -> str:
    """A section: 1 text, 2 picture, 3 list, 10 card (Mobiledoc 0.3)."""
    kind = section[0]
    if kind == 1:
        tag = section[1] if section[1] in _SECTIONS else "p"
        tag = "blockquote" if tag == "aside" else tag
        return f"<{tag}>{_markers(section[2], document)}</{tag}>"
    if kind == 2:
        return f'<p><img src="{html.escape(str(section[1]))}"></p>'
    if kind == 3:
        tag = "ol" if section[1] == "ol" else "ul"
        return f"<{tag}>{''.join(f'<li>{_markers(item, document)}</li>' for item in section[2])}</{tag}>"
    name, payload = document["cards"][section[1]]
    card = _CARDS.get(str(name))
    return card(payload) if card and isinstance(payload, dict) else ""


def _markers(markers: list[Any], document: Any) -> str:
    """Runs of text: each opens some markups, and closes a number of those that are open."""
    parts: list[str] = []
    stack: list[str] = []
    for kind, opened, closed, value in markers:
        for number in opened:
            tag, *attributes = document["markups"][number]
            tag = tag if tag in _MARKUPS else "span"
            href = f' href="{html.escape(str(attributes[0][1]))}"' if tag == "a" and attributes else ""
            parts.append(f"<{tag}{href}>")
            stack.append(tag)
        parts.append(html.escape(str(value), quote=False) if kind == 0 else "<br>")
        parts += [f"</{stack.pop()}>" for _ in range(min(closed, len(stack)))]
    return "".join(parts)

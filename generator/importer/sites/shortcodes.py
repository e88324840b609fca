"""Shortcodes of Hugo and Zola: what means something in Markdown is turned into that."""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.importer.sites.prose import fenced, figure
from generator.importer.sites.tags import Kept, Meaning, Tag, Token, expand, player

_HUGO = re.compile(
    r"\{\{(?P<mark>[<%])(?:/\*(?P<literal>[^{}]*?)\*/|"
    r"\s*(?P<closes>/\s*)?(?P<name>\w[\w./-]*)(?P<arguments>(?:[^{}<>%]|[<>%](?!\}\}))*+))[>%]\}\}"
)
_ZOLA = re.compile(
    r"\{%\s*(?P<end>end)\s*%\}"
    r"|\{(?P<mark>[{%])\s*(?P<name>\w+)\s*\((?P<arguments>(?:[^{}()\"']|\"[^\"{}]*\"|'[^'{}]*')*+)\)\s*[}%]\}"
)
_MORE = re.compile(r"<!--\s*more\s*-->", re.IGNORECASE)

Target = Callable[[str], str | None]
"""The address of an article, by what a reference names; None where there is none."""


def hugo(body: str, target: Target, kept: Kept) -> str:
    """A body of Hugo's without shortcodes, as far as that can be; `kept` is told what stays."""
    tokens = [_hugo(found) for found in _HUGO.finditer(body)]
    text = expand(body, tokens, frozenset({"highlight"}), _meaning(target, kept))
    return _MORE.sub("<!-- more -->", text)


def _hugo(found: re.Match[str]) -> Token:
    start, end = found.span()
    if found["literal"] is not None:
        mark = found["mark"]
        text = f"{{{{{mark} {found['literal'].strip()} {'>' if mark == '<' else '%'}}}}}"
        return Token(start, end, "", text=text)
    return Token(start, end, found["name"], found["arguments"].rstrip().removesuffix("/"), bool(found["closes"]))


def zola(body: str, kept: Kept) -> str:
    """A body of Zola's, likewise."""
    tokens = [
        Token(*found.span(), found["name"] or "", found["arguments"] or "", closes=bool(found["end"]))
        for found in _ZOLA.finditer(body)
    ]
    return _MORE.sub("<!-- more -->", expand(body, tokens, frozenset(), _meaning(None, kept)))


def _meaning(target: Target | None, kept: Kept) -> Meaning:
    def meaning(given: Tag) -> str | None:
        text = _markdown(given, target)
        if text is None:
            kept.note(given.name)
        return text

    return meaning


def _markdown(given: Tag, target: Target | None) -> str | None:
    """The Markdown of a shortcode; None where it means nothing here."""
    name = given.name.lower()
    if name in ("ref", "relref") and target:
        return target(given.value("path"))
    if name in ("figure", "img", "image") and (src := given.value("src")):
        value = given.named.get
        caption = " ".join(text for key in ("title", "caption") if (text := value(key, "")))
        credit = value("attr", "") or value("credit", "")
        return figure(src, value("alt", ""), caption, link=value("link", ""), credit=credit)
    if name == "highlight" and given.inner is not None:
        return fenced(given.inner, given.value("lang"))
    if name in ("quote", "blockquote") and given.inner is not None:
        return _quote(given)
    return player(given)


def _quote(given: Tag) -> str:
    lines = [f"> {line}".rstrip() for line in (given.inner or "").strip("\n").split("\n")]
    author = given.named.get("author") or given.named.get("cite") or ""
    return "\n".join([*lines, *([">", f"> — {author}"] if author else [])])

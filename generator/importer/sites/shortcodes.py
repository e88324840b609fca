"""Shortcodes of Hugo and Zola: what means something in Markdown is turned into that."""

from __future__ import annotations

import re

from generator.importer.sites.forms import Form
from generator.importer.sites.tags import Kept, Meaning, Tag, Target, Token, expand, player, with_more

_HUGO = re.compile(
    r"\{\{(?P<mark>[<%])(?:/\*(?P<literal>[^{}]*?)\*/|"
    r"\s*(?P<closes>/\s*)?(?P<name>\w[\w./-]*)(?P<arguments>(?:[^{}<>%]|[<>%](?!\}\}))*+))[>%]\}\}"
)
_ZOLA = re.compile(
    r"\{(?P<literal_mark>[{%])/\*(?P<literal>[^{}]*?)\*/[}%]\}"
    r"|\{%\s*(?P<end>end)\s*%\}"
    r"|\{(?P<mark>[{%])\s*(?P<name>\w+)\s*\((?P<arguments>(?:[^{}()\"']|\"[^\"{}]*\"|'[^'{}]*')*+)\)\s*[}%]\}"
)


def hugo(body: str, target: Target, kept: Kept, form: Form) -> str:
    """A body of Hugo's without shortcodes, as far as that can be; `kept` is told what stays."""
    tokens = [_hugo(found) for found in _HUGO.finditer(body)]
    text = expand(body, tokens, frozenset({"highlight"}), _meaning(target, kept, form))
    return with_more(text)


def _hugo(found: re.Match[str]) -> Token:
    start, end = found.span()
    if found["literal"] is not None:
        mark = found["mark"]
        text = f"{{{{{mark} {found['literal'].strip()} {'>' if mark == '<' else '%'}}}}}"
        return Token(start, end, "", text=text)
    return Token(start, end, found["name"], found["arguments"].rstrip().removesuffix("/"), bool(found["closes"]))


def zola(body: str, kept: Kept, form: Form) -> str:
    """A body of Zola's, likewise."""
    tokens = [_zola(found) for found in _ZOLA.finditer(body)]
    return with_more(expand(body, tokens, frozenset(), _meaning(None, kept, form)))


def _zola(found: re.Match[str]) -> Token:
    if found["literal"] is not None:
        mark = found["literal_mark"]
        return Token(*found.span(), "", text=f"{{{mark} {found['literal'].strip()} {'}' if mark == '{' else '%'}}}")
    return Token(*found.span(), found["name"] or "", found["arguments"] or "", closes=bool(found["end"]))


def nikola(body: str, kept: Kept, form: Form) -> str:
    """A body of Nikola's, likewise: its shortcodes are those of Hugo with `%`."""
    tokens = [_hugo(found) for found in _HUGO.finditer(body) if found["mark"] == "%"]
    return with_more(expand(body, tokens, frozenset({"raw"}), _meaning(None, kept, form)))


def _meaning(target: Target | None, kept: Kept, form: Form) -> Meaning:
    def meaning(given: Tag) -> str | None:
        text = _text(given, target, form)
        if text is None:
            kept.note(given.name)
        return text

    return meaning


def _text(given: Tag, target: Target | None, form: Form) -> str | None:
    """What a shortcode means; None where it means nothing here."""
    name = given.name.lower()
    if name in ("ref", "relref") and target:
        return target(given.value("path"))
    if name in ("figure", "img", "image") and (src := given.value("src")):
        value = given.named.get
        caption = " ".join(text for key in ("title", "caption") if (text := value(key, "")))
        credit = value("attr", "") or value("credit", "")
        return form.figure(src, value("alt", ""), caption, link=value("link", ""), credit=credit)
    if name == "media" and (url := given.value("url")):
        return form.link(url)
    if given.inner is not None and (around := _around(name, given, given.inner, form)) is not None:
        return around
    address = player(given)
    return address and form.link(address)


def _around(name: str, given: Tag, inner: str, form: Form) -> str | None:
    """What a shortcode with something between it and its end means."""
    if name == "raw":
        return inner
    if name == "highlight":
        return form.code(inner, given.value("lang"))
    if name in ("quote", "blockquote"):
        return form.quote(inner, given.named.get("author") or given.named.get("cite") or "")
    return None

"""Liquid in bodies, as Jekyll and Eleventy have it: what means something in Markdown is turned into that."""

from __future__ import annotations

import re

from generator.importer.sites.forms import MARKDOWN, Form
from generator.importer.sites.prose import outside_code
from generator.importer.sites.tags import Kept, Tag, Target, Token, expand, player, tag, with_more

_LIQUID = re.compile(
    r"\{%-?\s*(?P<end>end)?(?P<name>\w+)(?P<arguments>(?:[^{}%]|%(?!\}))*+)%\}|\{\{(?P<value>[^{}]*+)\}\}"
)
_VERBATIM = frozenset({"raw", "comment", "highlight"})
_OWN = re.compile(r"site\.(?P<name>baseurl|url|base_url)\s*\Z")
_PATH = re.compile(
    r"(?P<below>site\.baseurl\s*\|\s*append:\s*)?(?:site\.\w+\s*\|\s*append:\s*)?([\"'])(?P<path>[^\"']*)\2"
    r"(?P<below2>\s*\|\s*(?:relative_url|absolute_url|prepend:\s*site\.baseurl.*))?(?:\s*\|\s*(?:url|prepend:.*))?\Z"
)
_BEFORE_TARGET = re.compile(r"\{\{-?\s*site\.(?:base)?url\s*-?\}\}(?=\{%-?\s*(?:link|post_url)\b)")
"""What stands before a tag that gives a whole address already."""

_ATTRIBUTES = re.compile(r"^[ \t]*\{:[^}\n]*\}[ \t]*(?:\n|\Z)", re.MULTILINE)
_INLINE_ATTRIBUTES = re.compile(r"(?<=[)*_`\]])\{:[^}\n]*\}")
_CONTENTS = re.compile(r"^[*+-] .*\n\{:\s*toc[^}]*\}[ \t]*\n?|^\{:\s*toc\s*\}[ \t]*\n?", re.MULTILINE)


def expanded(body: str, target: Target, kept: Kept, form: Form, base: str = "") -> str:
    """A body without Liquid and without kramdown's attributes, as far as that can be; `kept` is told what stays.

    Args:
        body: Of a file.
        target: Where tags that name files lead; whole addresses.
        kept: Gets the tags that stay.
        form: In which the body is written.
        base: The path below which the site lies.
    """

    def meaning(given: Tag) -> str | None:
        text = _value(given, base) if given.name == _VALUE else _text(given, target, form)
        if text is None:
            kept.note(_called(given))
        return text

    body = _BEFORE_TARGET.sub("", body)
    text = expand(body, [_token(found) for found in _LIQUID.finditer(body)], _VERBATIM, meaning)
    return _without_attributes(text) if form is MARKDOWN else text


def _without_attributes(text: str) -> str:
    text = _INLINE_ATTRIBUTES.sub("", _ATTRIBUTES.sub("", _CONTENTS.sub("", text)))
    return outside_code(with_more(text), lambda piece: re.sub("\n{3,}", "\n\n", piece))


_VALUE = "{{ }}"
"""Stands for the name of what has none: `{{ page.title }}`."""


def _token(found: re.Match[str]) -> Token:
    if found["value"] is not None:
        return Token(*found.span(), _VALUE, found["value"].strip("- \t\n"))
    arguments = found["arguments"].strip().removesuffix("-").strip()
    return Token(*found.span(), found["name"], arguments, closes=found["end"] is not None)


def _called(given: Tag) -> str:
    if given.name == _VALUE:
        return f"{{{{ {given.arguments.split('|')[0].strip()} }}}}"
    return f"include {given.given[0]}" if given.name == "include" and given.given else given.name


def _text(given: Tag, target: Target, form: Form) -> str | None:
    """What a tag means; None where it means nothing here."""
    if given.name == "raw":
        return given.inner
    if given.name == "comment" and given.inner is not None:
        return ""
    if given.name == "highlight" and given.inner is not None:
        return form.code(given.inner, given.value())
    if given.name in ("post_url", "link"):
        return target(given.arguments.strip("\"' "))
    if given.name == "include":
        file, _, rest = given.arguments.partition(" ")
        included = tag(file.rpartition("/")[2].partition(".")[0], rest)
        return _player(included, form) or _figure(included, form)
    return _player(given, form)


def _player(given: Tag, form: Form) -> str | None:
    address = player(given)
    return address and form.link(address)


def _figure(given: Tag, form: Form) -> str | None:
    """A picture that a file of the theme's frames."""
    named = given.named
    src = next((named[key] for key in ("src", "url", "image", "image_path", "file") if key in named), "")
    if not src or not re.search("figure|image|picture|photo|img", given.name):
        return None
    return form.figure(src, named.get("alt", ""), named.get("caption", ""), credit=named.get("credit", ""))


def _value(given: Tag, base: str) -> str | None:
    """What an address of the site's own is; None for all other values."""
    if own := _OWN.match(given.arguments):
        return base if own["name"] == "baseurl" else ""
    path = _PATH.match(given.arguments)
    if path is None:
        return None
    address = path["path"]
    below = base and (path["below"] or path["below2"]) and not address.startswith(("http://", "https://", f"{base}/"))
    return f"{base}/{address.lstrip('/')}" if below else address

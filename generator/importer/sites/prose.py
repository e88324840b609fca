"""Markdown of other generators: its addresses, its code, and pictures as we write them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from urllib.parse import quote

from generator.importer import bodies

_CODE = re.compile(
    r"^(?P<fence>`{3,}+|~{3,}+)[^\n]*+\n.*?(?:^(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?<!`)(?P<tick>`++)(?:(?!\n[ \t]*\n).){1,5000}?(?<!`)(?P=tick)(?!`)",
    re.DOTALL | re.MULTILINE,
)
_ADDRESS = re.compile(
    r"(?P<open>\]\([ \t]*)(?:<(?P<angled>[^<>\n]*)>|(?P<bare>(?:[^\s()\\]|\\.|\([^\s()]*\))*))"
    r"(?P<close>[ \t]*(?:[\"'(][^\n]{0,500}?[\"')])?[ \t]*\))"
    r"|(?P<label>^ {0,3}\[[^\]\n]+\]:[ \t]+)(?P<target>\S+)"
    r"|(?P<name>\b(?:href|src|poster)=)(?P<quote>[\"'])(?P<value>[^\"'\n]*)(?P=quote)",
    re.MULTILINE,
)


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """`text` with `change` made to all of it but code."""
    out, start = [], 0
    for code in _CODE.finditer(text):
        out += [change(text[start : code.start()]), code[0]]
        start = code.end()
    return "".join([*out, change(text[start:])])


def readdressed(text: str, change: Callable[[str], str]) -> str:
    """Markdown with each address of a link or picture given to `change`; code stays as it is."""

    def one(match: re.Match[str]) -> str:
        part = match.groupdict()
        if part["label"] is not None:
            return part["label"] + change(part["target"])
        if part["name"] is not None:
            return f"{part['name']}{part['quote']}{change(html.unescape(part['value']))}{part['quote']}"
        address = part["angled"] if part["angled"] is not None else part["bare"]
        return part["open"] + _bare(change(address)) + part["close"]

    return outside_code(text, lambda piece: _ADDRESS.sub(one, piece))


def _bare(address: str) -> str:
    return f"<{address}>" if re.search(r"[\s()]", address) else address


def addresses(text: str) -> tuple[str, ...]:
    """Every address in Markdown, code apart, each once."""
    met: dict[str, None] = {}

    def note(address: str) -> str:
        met[address] = None
        return address

    readdressed(text, note)
    return tuple(met)


def figure(src: str, alt: str = "", caption: str = "", *, link: str = "", credit: str = "") -> str:
    """A picture as a paragraph of Markdown, or, with words below it, as the figure of HTML that our pages keep."""
    if not (caption or credit or link):
        return f"![{alt}]({src})"
    return html_figure(src, alt, caption, link=link, credit=credit)


def html_figure(src: str, alt: str = "", caption: str = "", *, link: str = "", credit: str = "") -> str:
    """A picture as a figure of HTML."""
    address = html.escape(quote(src, safe="/:?#[]@!$&'()*+,;=%~"))
    picture = f'<img src="{address}" alt="{html.escape(alt)}">'
    if link:
        picture = f'<a href="{html.escape(link)}">{picture}</a>'
    words = " ".join(part for part in (html.escape(caption), html.escape(credit)) if part)
    return bodies.figure(picture, words)


def fenced(code: str, language: str = "") -> str:
    """A block of code."""
    longest = max((len(run) for run in re.findall("`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{code.strip(chr(10))}\n{fence}"

"""A body in whatever form a feed or a table has it, as the Markdown of a post."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from generator.errors import Problem
from generator.importer import plain
from generator.importer.addresses import is_absolute
from generator.importer.articles import Dropped, Media
from generator.records import Record

_HTML = re.compile(
    r"<(?:p|br|div|a|h[1-6]|ul|ol|li|img|blockquote|em|strong|b|i|span|table|figure|iframe|section|article|hr)\b[^<>]*>",
    re.IGNORECASE,
)
_MARKDOWN = re.compile(
    r"^#{1,6}\s\S|^>\s\S|^```|^(?:[-*+]|\d+\.)\s\S[^\n]*\n(?:[-*+]|\d+\.)\s|\[[^\]\n]{1,200}\]\([^)\s]{1,500}\)|\*\*\S[^*\n]{0,200}\*\*",
    re.MULTILINE,
)


class Body(Record, frozen=True):
    """A body that was read.

    Attributes:
        text: Markdown.
        dropped: What it does not have as it was.
        media: What it shows.
        problems: What a person should look at.
    """

    text: str
    dropped: tuple[Dropped, ...] = ()
    media: tuple[Media, ...] = ()
    problems: tuple[Problem, ...] = ()


def figure(picture: str, caption: str) -> str:
    """A picture with its caption, HTML all."""
    return f"<figure>{picture}{f'<figcaption>{caption}</figcaption>' if caption else ''}</figure>"


def from_html(markup: str, address: str = "", line: int = 1) -> Body:
    """HTML; `address` is that of its page, `line` the one of the source where it begins."""
    from generator.importer.markdown import convert

    found = convert(markup, address, line=line)
    return Body(found.body, found.dropped, tuple(Media(url) for url in dict.fromkeys(found.media)), found.problems)


def from_text(text: str) -> Body:
    """Plain text: blank lines part paragraphs, and no character is markup."""
    return Body(plain.markdown(plain.blocks(" ".join(line.split()) for line in text.splitlines())))


def from_markdown(text: str) -> Body:
    """Markdown, as it is."""
    return Body("\n".join(text.strip("\r\n").splitlines()))


def from_any(text: str, address: str = "", line: int = 1) -> Body:
    """A body of which nothing says what it is: told by its marks, HTML before Markdown, text where there are none."""
    if _HTML.search(text):
        return from_html(text, address, line)
    return from_markdown(text) if _MARKDOWN.search(text) else from_text(text)


def one_line(text: str) -> str:
    """A headline or summary that may be HTML, as plain text on one line."""
    from generator.importer.markdown import plain_text

    return plain_text(text) if _HTML.search(text) or "&" in text else " ".join(text.split())


def with_files(text: str, addresses: Iterable[str]) -> str:
    """Markdown, and below it a link to each enclosed sound, film or file that it does not name itself."""
    for address in addresses:
        if is_absolute(address) and address not in text:
            name = html.escape(address.rstrip("/").rsplit("/", 1)[-1], quote=False)
            text = f'{text}\n\n{from_html(f"""<p><a href="{html.escape(address)}">{name}</a></p>""").text}'.strip("\n")
    return text


def first_words(text: str) -> str:
    """A headline for a text that has none: how it begins, at most eighty characters."""
    words = " ".join(re.sub(r"[*_`#>\[\]\\]|\(https?:[^)]*\)", "", text).split())
    return words if len(words) <= 80 else words[:80].rsplit(" ", 1)[0].rstrip(" .,;:") + "…"

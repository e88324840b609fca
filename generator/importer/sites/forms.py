"""What a tag means, written as its body is: in Markdown, or in a body of HTML, which becomes Markdown as a whole."""

from __future__ import annotations

import html
from collections.abc import Callable

from generator.importer.bodies import Body, from_html
from generator.importer.sites import prose
from generator.records import Record


class Form(Record, frozen=True):
    """The hand in which a body is written.

    Attributes:
        figure: A picture; see `prose.figure`.
        code: A block of code, and its language.
        link: An address as a link to it.
        quote: A quotation, and who said it.
        body: What a text is as a post, and the line of its file on which it begins.
    """

    figure: Callable[..., str]
    code: Callable[[str, str], str]
    link: Callable[[str], str]
    quote: Callable[[str, str], str]
    body: Callable[[str, int], Body]


def of(name: str) -> Form:
    """The form of a file, by its name."""
    return HTML if name.endswith((".html", ".htm")) else MARKDOWN


def _markdown_quote(text: str, author: str) -> str:
    lines = [f"> {line}".rstrip() for line in text.strip("\n").split("\n")]
    return "\n".join([*lines, *([">", f"> — {author}"] if author else [])])


def _html_code(code: str, language: str) -> str:
    """A block of as many lines as it had, so that what is told of those after it names the right one."""
    of_language = f' class="language-{html.escape(language)}"' if language else ""
    inner = code.strip("\n")
    before, after = code.split(inner, 1) if inner else (code, "")
    return f"{before}<pre><code{of_language}>{html.escape(inner)}</code></pre>{after}"


def _html_link(address: str) -> str:
    address = html.escape(address)
    return f'<a href="{address}">{address}</a>'


def _html_quote(text: str, author: str) -> str:
    said = f"<p>— {html.escape(author)}</p>" if author else ""
    return f"<blockquote>{text}{said}</blockquote>"


MARKDOWN = Form(
    figure=prose.figure,
    code=prose.fenced,
    link=lambda address: f"<{address}>",
    quote=_markdown_quote,
    body=lambda text, _: Body(text.strip("\n")),
)
HTML = Form(
    figure=prose.html_figure,
    code=_html_code,
    link=_html_link,
    quote=_html_quote,
    body=lambda text, line: from_html(text, line=line),
)

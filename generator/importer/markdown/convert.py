"""The line of calls from HTML to Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable

from generator import trees
from generator.errors import Problem, warning
from generator.importer.articles import Dropped
from generator.importer.markdown.read import Read, read
from generator.importer.markdown.write import write
from generator.records import Record
from generator.trees import Element

_ENDS_LINE = re.compile(r"<(?:/?(?:p|div|li|tr|h[1-6]|blockquote|pre|table|ul|ol)|br)\b[^<>]*>", re.IGNORECASE)
_UNSEEN = re.compile(r"<(script|style|template)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
_MORE = re.compile(r"<!--\s*more\b[^>]{0,100}-->", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")


class Converted(Record, frozen=True):
    """HTML as Markdown.

    Attributes:
        body: Markdown, without blank lines at its ends; empty where there was nothing to read.
        dropped: What it does not have as it was.
        media: Addresses of pictures, sound and film that it shows, as `body` has them, in order.
        problems: What a person should look at.
    """

    body: str
    dropped: tuple[Dropped, ...] = ()
    media: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def convert(html: str, base_url: str = "", *, line: int = 1) -> Converted:
    """A piece of HTML, or a page, as the Markdown of a post.

    Args:
        html: From anyone.
        base_url: The address of its page, against which others are read; without it they stay as they are.
        line: The line of the source on which it begins.
    """
    html = _MORE.sub('<hr data-more="">', html)
    page = trees.Page(f"<body>{html}")
    if page.whole:
        return convert_element(page.root, base_url, lambda element: page.line(element) + line - 1)
    flat = trees.Page(f"<body>{_flattened(html)}")
    found = convert_element(flat.root, base_url, lambda _: line)
    cause = "nests its HTML too deep, so its words alone were taken"
    problem = warning(cause, "look at the post; lists, links and pictures are to be put in again", line=line)
    return Converted(found.body, found.dropped, found.media, (problem, *found.problems))


def convert_element(root: Element | None, base_url: str, line_of: Callable[[Element], int]) -> Converted:
    """As `convert`, of what an element of a page holds."""
    found: Read = read(root, base_url, line_of)
    return Converted(write(found.text), tuple(found.dropped), tuple(found.media), tuple(found.problems))


def plain_text(html: str) -> str:
    """The words of a piece of HTML on one line: of a headline, or a standfirst."""
    if "<" not in html and "&" not in html:
        return " ".join(html.split())
    page = trees.Page(f"<body>{_ENDS_LINE.sub(' ', html)}")
    return " ".join(trees.text(page.root).split())


def _flattened(html: str) -> str:
    """HTML of paragraphs alone."""
    return _TAG.sub("", _ENDS_LINE.sub("\x00", _UNSEEN.sub("", html))).replace("\x00", "<p>")


def plain_lines(html: str) -> str:
    """The words of a piece of HTML, a line for each of its lines: of what a reader wrote."""
    lines = (plain_text(line) for line in _ENDS_LINE.sub("\x00", html).split("\x00"))
    return "\n".join(line for line in lines if line)

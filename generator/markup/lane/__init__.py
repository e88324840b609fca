"""The prose lane: news prose to HTML without a parser, in the very bytes of Python-Markdown, or not at all.

Nine tenths of a build is Python-Markdown; nine tenths of what it is given are paragraphs, links, emphasis, headings,
quotes and lists. `convert` turns documents made of such things into HTML directly and returns None for every other:
raw HTML, attribute lists, definition lists, abbreviations, reference links, indented code, nested lists, and whatever
it is not sure of. Its contract is equality, kept by a differential test (tests/unit/test_lane.py), so every rule names
the place in Python-Markdown's sources that it follows. Where a rule can be strict or clever it is strict: a
document that is not taken costs time, a wrong byte costs trust.

    blocks      the document: blank lines, fences, headings, rules, quotes, footnotes
    lists       bullet and numbered lists, tight and loose
    tables      pipe tables
    inline      links, pictures, code, escapes, breaks within one paragraph
    emphasis    `*` and `_`
    anchors     ids and titles of headings
"""

from __future__ import annotations

from generator import installed
from generator.markup.lane.anchors import Anchor
from generator.markup.lane.blocks import Converted, convert

__all__ = ["KNOWN", "VERIFIED", "Anchor", "Converted", "convert", "fits"]

KNOWN = frozenset({"extra", "sane_lists", "toc"})
"""The extensions whose joint behaviour the lane reproduces."""

VERIFIED = frozenset({"3.11.2", "3.11.3"})
"""Releases of Python-Markdown that the differential test was run against; 3.11.1 and older read `*` differently."""


def fits(extensions: tuple[str, ...]) -> bool:
    """Whether the lane may stand in for Python-Markdown as installed, with exactly KNOWN in any order."""
    return {name.removeprefix("markdown.extensions.") for name in extensions} == KNOWN and installed.version(
        "markdown"
    ) in VERIFIED

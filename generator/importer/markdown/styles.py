"""How an element makes its text look, by its name and its `style`."""

from __future__ import annotations

import re

from generator.trees import Element

MARKS = {
    "b": "strong", "strong": "strong", "i": "em", "em": "em", "code": "code", "tt": "code", "del": "del", "s": "s",
    "strike": "s", "ins": "ins", "u": "u", "sub": "sub", "sup": "sup", "small": "small", "mark": "mark", "q": "q",
    "kbd": "kbd", "samp": "samp", "var": "var", "cite": "cite",
}  # fmt: skip
"""The mark that an element is."""

_STYLES = (
    (re.compile(r"font-weight:(?:bold|bolder|[6-9]00)"), "strong"),
    (re.compile(r"font-style:(?:italic|oblique)"), "em"),
    (re.compile(r"text-decoration(?:-line)?:[^;]*line-through"), "s"),
    (re.compile(r"vertical-align:super"), "sup"),
    (re.compile(r"vertical-align:sub"), "sub"),
)
_PLAIN = ((re.compile(r"font-weight:(?:normal|[1-5]00)"), "strong"), (re.compile(r"font-style:normal"), "em"))
_HIDDEN = re.compile(r"display:none|visibility:hidden|mso-hide:all")


def styled(element: Element, marks: frozenset[str]) -> frozenset[str]:
    """The marks of text within an element, whose surroundings have `marks`."""
    own = MARKS.get(element.tag)
    style = _style(element)
    if not style:
        return marks | {own} if own else marks
    added = {mark for pattern, mark in _STYLES if pattern.search(style)}
    removed = {mark for pattern, mark in _PLAIN if pattern.search(style)}
    return (marks | added | ({own} if own else set())) - removed


def hidden(element: Element) -> bool:
    """Whether a page does not show an element."""
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and _HIDDEN.search(_style(element)) is not None


def _style(element: Element) -> str:
    return "".join((element.get("style") or "").lower().split())

"""Bullet and numbered lists of one level, as OListProcessor and UListProcessor build them with `sane_lists`."""

from __future__ import annotations

import re

from generator.markup.lane.emphasis import DoubtError
from generator.records import Record, field

ITEM = re.compile(r" {0,3}(?:([0-9]+)\.|\d+\.|([*+-])) ")
"""The beginning of a list. A number in other digits is one to Python-Markdown too (`\\d`), and a doubt to us."""

_NUMBERED = re.compile(r" {0,3}\d+\. +(.*)")
_BULLET = re.compile(r" {0,3}[*+-] +(.*)")
_NESTED = re.compile(r" {4,7}(?:\d+\.|[*+-]) ")

# What would make an item more than text: the parser reads each item again as blocks (OListProcessor.run).
_MORE = re.compile(r"^(?:#| {0,3}(?:>|: |[-_*=][-_*= ]*$))|\A(?:[*+-]|\d+\.) ", re.MULTILINE)


class Item(Record):
    """One item; a loose one has its text in a paragraph."""

    text: str
    loose: bool = False


class List(Record):
    """A list: its tag, the number it starts with, its items' Markdown."""

    tag: str
    start: str
    items: list[Item] = field(default_factory=list)

    def html(self, rendered: list[str]) -> str:
        """The list with its items' HTML; PrettifyTreeprocessor puts each block-level tag on a line of its own."""
        start = f' start="{self.start}"' if self.start not in ("", "1") else ""
        lines = [
            f"<li>\n<p>{text}</p>\n</li>" if item.loose else f"<li>{text}</li>"
            for item, text in zip(self.items, rendered, strict=True)
        ]
        return f"<{self.tag}{start}>\n" + "\n".join(lines) + f"\n</{self.tag}>"


def add(block: str, match: re.Match[str], before: object) -> List | None:
    """Read a block that begins with an item.

    A list of the same kind before it goes on, and its last item and the first of this block become loose; the others
    stay as they are (OListProcessor.run).

    Args:
        block: The block.
        match: ITEM's match at its beginning.
        before: What stands before the block.

    Returns:
        A new list, or None where the one before went on.

    Raises:
        DoubtError: Nested lists, or items that are more than text.
    """
    tag = "ul" if match[2] else "ol"
    items = [Item(text) for text in _items(block, _BULLET if match[2] else _NUMBERED)]
    if tag == "ol" and match[1] is None:
        raise DoubtError
    if isinstance(before, List) and before.tag == tag:
        before.items[-1].loose = items[0].loose = True
        before.items += items
        return None
    return List(tag, match[1] or "", items)


def _items(block: str, marker: re.Pattern[str]) -> list[str]:
    """The items' texts; a line without a marker of this kind goes on with the item before (get_items)."""
    items: list[list[str]] = []
    for line in block.split("\n"):
        if match := marker.match(line):
            items.append([match[1]])
        elif _NESTED.match(line):
            raise DoubtError
        else:
            items[-1].append(line)
    texts = ["\n".join(lines) for lines in items]
    if not all(is_text(text) for text in texts):
        raise DoubtError
    return texts


def is_text(text: str) -> bool:
    """Whether a text, read as a block of its own, is a paragraph."""
    return bool(text.strip()) and text[0] != "\n" and not _MORE.search(text) and not ("|" in text and "\n" in text)

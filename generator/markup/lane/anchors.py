"""Headings as the `toc` extension sees them: an id that is unique in the document, and a plain title."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from itertools import count
from typing import NamedTuple

from generator.markup.lane.inline import attribute

_TAG = re.compile(r"<[^>]*>")
_NUMBERED = re.compile(r"(.*)_([0-9]+)")


class Anchor(NamedTuple):
    """A heading: its level in the source, its id, and its text without markup or entities."""

    level: int
    id: str
    title: str


class Anchors:
    """The headings of one document, in order."""

    def __init__(self, slug: Callable[[str], str]) -> None:
        self._slug = slug
        self._taken: set[str] = set()
        self._runs: dict[str, int] = {}  # up to which number a stem's are all taken, so as not to count again
        self.found: list[Anchor] = []

    def heading(self, level: int, inner: str) -> str:
        """The heading's HTML; `inner` is its content, rendered.

        The name is the content without tags, blanks collapsed (toc.strip_tags); only our own tags can be in it, and
        they hold no `>` but their last. The slug is made from the name, entities decoded (TocTreeprocessor.run).
        """
        title = html.unescape(" ".join(_TAG.sub("", inner).split()))
        anchor = Anchor(level, self._unique(self._slug(title)), title)
        self.found.append(anchor)
        return f'<h{level} id="{attribute(anchor.id)}">{inner}</h{level}>'

    def _unique(self, base: str) -> str:
        """`base`, or with the first free number behind it: `_1`, or one more than the number it has (toc.unique)."""
        found = base
        if not base or base in self._taken:
            numbered = _NUMBERED.fullmatch(base)
            stem, least = (numbered[1], int(numbered[2])) if numbered else (base, 0)
            known = self._runs.get(stem, 0)
            number = next(n for n in count(max(least, known) + 1) if f"{stem}_{n}" not in self._taken)
            if least <= known:
                self._runs[stem] = number
            found = f"{stem}_{number}"
        self._taken.add(found)
        return found

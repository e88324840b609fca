"""Front matter as plain values: split from the body, with the file's own line numbers."""

from __future__ import annotations

from generator.content import lane
from generator.content.lane import Matter

__all__ = ["Matter", "read"]


def read(text: str) -> Matter:
    """Split and parse, by whichever way is quicker.

    Raises:
        ContentError: With the line, the cause and the way out.
    """
    if quick := lane.read(text):
        return quick
    from generator.content import formats  # PyYAML: 20 ms that a site of plain front matter need not pay

    return formats.read(text)

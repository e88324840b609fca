"""What a messenger saves of a chat: before each message stand its time and who sent it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.importer.lines import Line

_LEAST = 2
"""Messages by which a chat is known."""

_MOST = 0.6
"""The share of a chat that the one message with an article has."""

_MESSAGE = re.compile(
    r"\[?\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},?\s\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?(?:\]|\s[-–])\s[^:]{1,40}:(?:\s|$)"
)
"""`[12/03/2024 08:14:52] Ada: …`, `12.03.24, 08:14 - Ada: …`."""

_AROUND = "of the chat around it"


def undone(lines: Sequence[Line]) -> Sequence[Line]:
    """The one message that has nearly all of a chat; all lines as they are where none has, or this is no chat."""
    starts = [at for at, line in enumerate(lines) if _MESSAGE.match(line.text)]
    if len(starts) < _LEAST:
        return lines
    sizes = [
        sum(len(line.text) for line in lines[one:other])
        for one, other in zip(starts, [*starts[1:], len(lines)], strict=True)
    ]
    largest = max(range(len(starts)), key=sizes.__getitem__)
    if sizes[largest] < _MOST * sum(len(line.text) for line in lines):
        return lines
    first, end = starts[largest], [*starts[1:], len(lines)][largest]
    return [
        _begun(line) if at == first else line if first < at < end else line.changed("", _AROUND)
        for at, line in enumerate(lines)
    ]


def _begun(line: Line) -> Line:
    """The first line of a message; a word or two before the next one is what the messenger says of it."""
    text = _MESSAGE.sub("", line.text).strip("\u200e\u200f ")
    if len(text.split()) < 3:
        return line.changed("", _AROUND)
    return line.changed(text, "the line without who sent it, and when")

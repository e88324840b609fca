"""The head of a mail: who sent it, to whom, when, about what. Press releases come, and are pasted, so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from generator.importer.lines import Line
from generator.importer.raw import signs
from generator.importer.tongues import every
from generator.records import Record, replace

_MOST = 12
"""Lines of the head of a mail."""

_FIELD = re.compile(r"([^:：]{1,24}?)\s?[:：]\s?(?=\S)")


class Head(Record, frozen=True):
    """What a text begins with.

    Attributes:
        subject: The line that says what it is about; None where the text is no mail.
        fields: All other lines of the head.
    """

    subject: int | None = None
    fields: frozenset[int] = frozenset()


def head(lines: Sequence[Line]) -> Head:
    """The head of a mail, if a text has one: its first line is the subject, or it is one of several fields."""
    filled = [at for at, line in enumerate(lines[: 4 * _MOST]) if line.text][:_MOST]
    subject, fields = None, set()
    for at in filled:
        label = _FIELD.match(lines[at].text)
        name = signs.key(label[1]) if label else ""
        if name in signs.phrases("subject") and subject is None:
            subject = at
        elif name in signs.phrases("mail"):
            fields.add(at)
        else:
            break
    if subject is None or (not fields and subject != filled[0]):
        return Head()
    return Head(subject, frozenset(fields))


def about(line: Line) -> Line:
    """The line of the subject without that word, and without what mails put before it: `Fwd:`, `Press release:`."""
    return replace(line, text=_before().sub("", _FIELD.sub("", line.text, count=1)))


@cache
def _before() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, every("forwards")), key=len, reverse=True))
    return re.compile(rf"^(?:(?:{words})(?:\s?[:：]\s?|\s[–—-]\s))+(?=\S)", re.IGNORECASE)

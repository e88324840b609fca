"""The head of a mail: who sent it, to whom, when, about what. Press releases come, and are pasted, so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from generator.importer import datelines
from generator.importer.lines import Line, fold
from generator.importer.raw import people, signs
from generator.importer.tongues import every
from generator.records import Record, replace

_MOST = 12
"""Lines of the head of a mail."""

_NEAR = 60
"""Lines among which a mail begins that was passed on within another."""

_WORDS = 600
"""Characters between two heads, at most: what one says who passes a mail on."""

_RULER = re.compile(r"(?:([-–—=_*~#+━─═■◆])\s?)(?:\1\s?){2,}")
_CAPITAL = re.compile(r"([A-ZÀ-Þ][A-ZÀ-Þ-]{2,20})\s?:\s")
_FIELD = re.compile(r"([^:：]{1,24}?)\s?[:：]\s?(?=\S)")


class Head(Record, frozen=True):
    """What a text begins with.

    Attributes:
        titled: Lines that are called the headline, beside another field; or say again what a mail is about.
        subjects: Lines that say what it is about; none where the text is no mail.
        fields: All other lines of the head, or of the last of several.
        others: All lines above that one: heads of other mails, and what one said who passed it on.
    """

    titled: frozenset[int] = frozenset()
    subjects: frozenset[int] = frozenset()
    fields: frozenset[int] = frozenset()
    others: frozenset[int] = frozenset()


def head(lines: Sequence[Line]) -> Head:
    """The head of a mail, if a text has one: its first line is the subject, or it is one of several fields.

    A mail that was passed on has a head of its own; so has a manuscript, which calls its headline one.
    """
    filled = [at for at, line in enumerate(lines[: 4 * _NEAR]) if line.text][:_NEAR]
    found, place, words = Head(), 0, 0
    while place < len(filled) and words <= _WORDS:
        run = _run(lines, filled[place : place + _MOST])
        if run and (place == 0 or _is_dated(lines, run)):
            above = frozenset(filled[:place])
            found = Head(subjects=run.subjects, fields=run.fields, others=above)
            place, words = filled.index(max(run.subjects | run.fields)) + 1, 0
        else:
            words += len(lines[filled[place]].text)
            place += 1
    about_what = {_letters(part): at for at in found.subjects for part in _parts(about(lines[at]).text)}
    again = [at for at in range(8 * _NEAR if about_what else 0) if at < len(lines)]
    again = [at for at in again if at not in found.subjects and _letters(lines[at].text) in about_what]
    twice = frozenset(about_what[_letters(lines[at].text)] for at in again)
    titled = frozenset([*again, *_titled(lines, [at for at in filled if at not in found.others])])
    return Head(titled, found.subjects - twice, found.fields | set(_capital(lines)), found.others | twice)


def _parts(text: str) -> tuple[str, ...]:
    """A subject, and its parts: the name of the letter may stand before or behind the headline."""
    parts = re.split(r"\s[–—|·:-]\s|:\s", text)
    return (text, *(part for part in parts if len(part.split()) > 2))


def _letters(text: str) -> str:
    """A line as a subject and a headline are held against each other: there may be pictures in a subject."""
    return "".join(filter(str.isalnum, fold(text)))


def _capital(lines: Sequence[Line]) -> Iterator[int]:
    """The fields of an archive, whose names are in capitals: `LENGTH: 400 words`."""
    for at, line in enumerate(lines):
        label = _CAPITAL.match(line.text) if line.text[:3].isupper() else None
        if label and signs.key(label[1]) in signs.phrases("mail"):
            yield at


def _titled(lines: Sequence[Line], filled: Sequence[int]) -> Iterator[int]:
    """The lines that are called the headline, where another one right above or below is a field, too."""
    for place, at in enumerate(filled):
        label = _FIELD.match(lines[at].text)
        if label and signs.key(label[1]) in signs.phrases("titled"):
            near = (filled[other] for other in (place - 1, place + 1) if 0 <= other < len(filled))
            if any(_FIELD.match(lines[other].text) for other in near):
                yield at


def _is_dated(lines: Sequence[Line], run: Head) -> bool:
    """Whether a head below other lines is one: of two fields or more, one says when."""
    return len(run.fields) > 1 and any(datelines.find(lines[at].text) for at in run.fields)


def _run(lines: Sequence[Line], filled: Sequence[int]) -> Head | None:
    """The head of a mail that begins with the first of some lines."""
    subject, fields = None, set()
    for at in filled:
        label = _FIELD.match(lines[at].text)
        name = signs.key(label[1]) if label else ""
        if name in signs.phrases("subject") | signs.phrases("titled") and subject is None:
            subject = at
        elif name in signs.phrases("mail"):
            fields.add(at)
        elif name not in signs.phrases("by"):
            break
    return None if subject is None else Head(subjects=frozenset({subject}), fields=frozenset(fields))


def sections(lines: Sequence[Line], titled: frozenset[int]) -> frozenset[int]:
    """The headings of what a letter has beside its article: right below a ruler, and above no byline or date."""
    filled = [at for at, line in enumerate(lines) if line.text]
    return frozenset(
        heading
        for ruler, heading, below in zip(filled, filled[1:], filled[2:], strict=False)
        if _RULER.fullmatch(lines[ruler].text)
        and _is_label(lines[heading].text)
        and not (below in titled or _is_head(lines[below].text))
    )


def _is_label(text: str) -> bool:
    return len(text) <= 60 and text[-1].isalnum()


def _is_head(text: str) -> bool:
    """Whether a line says who wrote what, or when."""
    return bool(people.byline(text) or people.posted(text) or datelines.find(text))


def about(line: Line) -> Line:
    """The line of the subject without that word, and without what mails put before it: `Fwd:`, `Press release:`."""
    return replace(line, text=_before().sub("", _FIELD.sub("", line.text, count=1)))


def titled(line: Line) -> Line:
    """A line that is called the headline, without that word."""
    label = _FIELD.match(line.text)
    is_called = label and signs.key(label[1]) in signs.phrases("titled") | signs.phrases("subject")
    return about(line) if is_called else line


@cache
def _before() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, every("forwards")), key=len, reverse=True))
    return re.compile(rf"^(?:(?:(?:{words})(?:\s?[:：]\s?|\s[–—-]\s)|\[[^\[\]]+\]\s))+(?=\S)", re.IGNORECASE)

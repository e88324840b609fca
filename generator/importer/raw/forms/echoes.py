"""What a press prints large within a text: words that stand in one of its paragraphs, too."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from generator.importer.lines import Line, fold

_LONG = 100
"""Characters of a paragraph."""

_LINES = 6
"""Lines of such words, at most."""

_WORDS = 8
"""How many they are, at least; in quotation marks or capitals, five."""

_SHARE = 2
"""How many times as long the paragraph is."""

_MOST = 200_000
"""Characters of a text in which they are looked for."""


def undone(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines without those that say again what a paragraph says, where they stand between two paragraphs."""
    runs = [
        list(run) for is_text, run in itertools.groupby(range(len(lines)), lambda at: bool(lines[at].text)) if is_text
    ]
    asked = [
        run for one, run, other in zip(runs, runs[1:], runs[2:], strict=False) if _is_between(lines, one, run, other)
    ]
    if not asked or sum(len(line.text) for line in lines) > _MOST:
        return lines
    text = [_letters(line.text) for line in lines if len(line.text) > _LONG]
    said = [(run, _letters(" ".join(lines[at].text for at in run))) for run in asked]
    again = {
        at for run, words in said if any(words in it and len(it) > _SHARE * len(words) for it in text) for at in run
    }
    return [line.changed("", "words that the text has, too") if at in again else line for at, line in enumerate(lines)]


def _is_between(lines: Sequence[Line], above: Sequence[int], run: Sequence[int], below: Sequence[int]) -> bool:
    """Whether some lines that are no paragraph stand between two."""
    text = " ".join(lines[at].text for at in run)
    words = text.count(" ") + 1
    is_large = words >= _WORDS or (words >= 5 and (text.isupper() or text[0] in '"“„«»‹›「『'))
    is_short = len(run) <= _LINES and is_large and all(len(lines[at].text) <= _LONG for at in run)
    return is_short and len(lines[above[-1]].text) > _LONG < len(lines[below[0]].text)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))

"""Runs of `*` and `_`: which are emphasis, which are only characters.

Python-Markdown's DelimiterProcessor pairs runs with a stack for each character and a rule of three. We take only what
needs none of that: runs that pair with one of their own kind and length, well nested, and runs that stay text. Runs
that would have to be taken apart, or that cross, are a doubt.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_STARS = re.compile(r"\*+")  # a pattern that begins with a literal is found ten times as fast as a choice
_BARS = re.compile(r"_+")
_BOTH = re.compile(r"\*+|_+")
_TAGS = {1: ("<em>", "</em>"), 2: ("<strong>", "</strong>"), 3: ("<strong><em>", "</em></strong>")}
_MOST = 200
"""Runs in one paragraph; a bound, since pairs are compared with each other."""


class DoubtError(Exception):
    """The lane does not know for sure what Python-Markdown would do."""


class _Run(NamedTuple):
    """A run of one delimiter, and whether it may open or close (Delimiter.boundary)."""

    start: int
    end: int
    kind: str
    opens: bool
    closes: bool


def emphasised(text: str, *, strict: bool) -> str:
    """`text`, already escaped, with `<em>` and `<strong>`.

    Args:
        text: One scope: a paragraph with links and the like replaced by tokens, or the text of one link.
        strict: Refuse runs that stay characters; see `_check`.

    Raises:
        DoubtError: The runs do not pair in a plain way.
    """
    pattern = _STARS if "_" not in text else _BARS if "*" not in text else _BOTH
    found = [_run(match, text) for match in pattern.finditer(text)]
    if len(found) > _MOST:
        raise DoubtError
    pairs, left = _pairs([run for run in found if run.opens or run.closes])
    if len(pairs) * 2 != len(found):
        if strict:
            raise DoubtError
        _check(found, pairs, left)
    marks = sorted([(opening, 0) for opening, _ in pairs] + [(closing, 1) for _, closing in pairs])
    parts, at = [], 0
    for run, side in marks:
        parts += [text[at : run.start], _TAGS[len(run.kind)][side]]
        at = run.end
    return "".join(parts) + text[at:]


def _run(match: re.Match[str], text: str) -> _Run:
    """A run; it is idle between blanks, and, if of `_`, between letters (Delimiter._build_patterns)."""
    start, end = match.span()
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    opens = bool(after) and not after.isspace()
    closes = bool(before) and not before.isspace()
    if match[0][0] == "_":
        opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
    return _Run(start, end, match[0], opens, closes)


def _pairs(runs: list[_Run]) -> tuple[list[tuple[_Run, _Run]], list[_Run]]:
    """The runs that belong together, and those that open without being closed.

    A run that closes belongs to the last open one if that is of its kind and length: no other rule applies then
    (DelimiterProcessor.handleMatch, `current == last`). One that can only open is open. One that can do both may open
    where none of its character is open. One that can only close, where none of its character is open, is text.
    """
    pairs: list[tuple[_Run, _Run]] = []
    left: list[_Run] = []
    for run in runs:
        if run.closes and left and left[-1].kind == run.kind:
            pairs.append((left.pop(), run))
        elif run.closes and any(other.kind[0] == run.kind[0] for other in left):
            raise DoubtError
        elif run.opens:
            if len(run.kind) > 3:
                raise DoubtError
            left.append(run)
    return pairs, left


def _check(found: list[_Run], pairs: list[tuple[_Run, _Run]], left: list[_Run]) -> None:
    """Doubt where a run that stays text could still do harm.

    The text of elements within elements is read a second time, on its own (treeprocessors.InlineProcessor.run), where
    such a run could find a partner. And pairs behind an open run are kept and handed out at the runs that the parser
    meets next, whichever those are (DelimiterProcessor.get_cached_result), so of both there may be one only.
    """
    for opening, closing in pairs:
        paired = sum(opening.start <= other.start < closing.start for other, _ in pairs)
        nested = paired > 1 or len(opening.kind) == 3
        if nested and sum(opening.start <= run.start <= closing.start for run in found) != paired * 2:
            raise DoubtError
    behind = [pair for pair in pairs if left and pair[0].start > left[0].start]
    if behind and (len(behind), len(left), len(found)) != (1, 1, len(pairs) * 2 + 1):
        raise DoubtError

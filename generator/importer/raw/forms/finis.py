"""Where an author, or an agency, says that a piece ends: what stands below is for editors."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.importer import datelines
from generator.importer.lines import Line, fold
from generator.importer.raw import signs
from generator.importer.raw.forms import mail

_ABOVE = 300
"""Characters above such a line, at least."""

_BELOW = 0.5
"""How many may stand below, of those above; below a line without words half of that: the text may go on there."""

_SIGNATURE = re.compile(r"--|[-_=*]{20,}")
"""What stands above a signature, or what a company adds, in a mail."""

_SIGN = re.compile(r"[-–—]\s?(?:30|0)\s?[-–—]|NNNN|#{3,}|#(?:\s#){2,}")


def undone(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines without those below the end; a day or who wrote it may stand there."""
    marks = [at for at, line in enumerate(lines) if is_end(line.text)]
    signed = [at for at, line in enumerate(lines) if _SIGNATURE.fullmatch(line.text)]
    if signed and not marks and mail.head(lines).fields:
        marks = signed[-1:]
    if len(marks) != 1:
        return lines
    (end,) = marks
    above, below = (sum(len(line.text) for line in part) for part in (lines[:end], lines[end + 1 :]))
    share = _BELOW if lines[end].text[0].isalpha() else _BELOW / 2
    if above < _ABOVE or below > above * share:
        return lines
    return [*lines[:end], *(_left(line) for line in lines[end:])]


def is_end(text: str) -> bool:
    """Whether a line says that a piece ends: `ENDS`, `- 30 -`, `# # #`."""
    if len(text) > 24:
        return False
    return fold(text.strip("-–—*#()[]. ")) in signs.phrases("finis") or _SIGN.fullmatch(text) is not None


def _left(line: Line) -> Line:
    return line if datelines.find(line.text) else line.changed("", "what stands below the end")

"""Forms of text that are no copy of a page: what each does to the lines is undone, and they are read as any others.

chats: one message ─quoted, wires, bbcode, marked→ without marks ─dumps→ without the numbers of links
  ─folios→ without running heads
  ─wrapped→ a line for each paragraph ─echoes→ without what is printed large ─finis→ without what is below the end

mail: the head of a mail or manuscript, whose lines stay, and tell what they are (see `raw.traits`).
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.importer.lines import Line
from generator.importer.raw.forms import bbcode, chats, dumps, echoes, finis, folios, marked, quoted, wires, wrapped

_FORMS = (
    *(chats.undone, quoted.undone, wires.undone, dumps.undone, bbcode.undone, marked.undone),
    *(folios.undone, wrapped.undone, echoes.undone, finis.undone),
)
"""In the order in which they are undone."""


def undone(lines: Sequence[Line]) -> list[Line]:
    """The lines as they were before a program or a press put them into its form; all others as they are."""
    for undo in _FORMS:
        lines = undo(lines)
    return list(lines)

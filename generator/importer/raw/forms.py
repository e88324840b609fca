"""Forms of text that are no copy of a page: what each does to the lines is undone, and they are read as any others.

text browsers ─dumps→ without the numbers of links ─folios→ without running heads ─wrapped→ a line for each paragraph
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.importer.lines import Line
from generator.importer.raw import dumps, folios, wrapped


def undone(lines: Sequence[Line]) -> list[Line]:
    """The lines as they were before a program or a press put them into its form; all others as they are."""
    for undo in (dumps.undone, folios.undone, wrapped.undone):
        lines = undo(lines)
    return list(lines)

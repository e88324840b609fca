"""The page with which a site begins: until a person has written it, it gives way to one that is imported."""

from __future__ import annotations

from pathlib import Path

from generator.content.tree import FOLDER

PATH = f"{FOLDER}/pages/about.md"

TEXT = """\
---
title: About
---

Who we are, and how to reach us.
"""


def is_untouched(root: Path) -> bool:
    """Whether a site has it just as it began."""
    path = root / PATH
    try:
        return not path.is_symlink() and path.read_text("utf-8") == TEXT
    except (OSError, ValueError):
        return False

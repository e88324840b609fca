"""The on-disk format of articles, read and written. The only door to frontmatter and YAML."""

from importlib import import_module
from typing import TYPE_CHECKING

from generator.content.tree import FOLDER, Found, scan

if TYPE_CHECKING:
    from generator.content.reading import Parsed, parse
    from generator.content.writing import dump, values_of

__all__ = ["FOLDER", "Found", "Parsed", "dump", "parse", "scan", "values_of"]

_LATE = {"Parsed": "reading", "parse": "reading", "dump": "writing", "values_of": "writing"}
"""What reads or writes an article, for which a build that finds nothing to do has no use, and its module."""


def __getattr__(name: str) -> object:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{_LATE[name]}"), name)
    return value

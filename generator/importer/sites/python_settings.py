"""Settings written in Python, read as far as they are plain values; nothing of them is run."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from generator.errors import ContentError
from generator.importer.sites.folder import Folder


def read(folder: Folder, *names: str) -> Mapping[str, Any]:
    """What the first file that can be read assigns to names: texts, numbers, lists, tables of these."""
    for name in names:
        if not folder.has(name):
            continue
        try:
            tree = ast.parse(folder.text(name))
        except (ContentError, SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        values: dict[str, Any] = {}
        for statement in tree.body:
            if isinstance(statement, ast.Assign):
                value = _value(statement.value, values)
                values.update({target.id: value for target in statement.targets if isinstance(target, ast.Name)})
        return values
    return {}


def _value(node: ast.expr, known: Mapping[str, Any]) -> Any:
    """A plain value, or that of a name which stands above; None for all else."""
    if isinstance(node, ast.Name):
        return known.get(node.id)
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None

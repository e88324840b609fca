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
    if isinstance(node, ast.Dict):
        pairs = [(key, value) for key, value in zip(node.keys, node.values, strict=True) if key is not None]
        found = [(_value(key, known), _value(value, known)) for key, value in pairs]
        return {key: value for key, value in found if isinstance(key, str)}
    if isinstance(node, ast.Tuple | ast.List):
        return [_value(item, known) for item in node.elts]
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None

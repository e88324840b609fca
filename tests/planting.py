"""Faults planted into the generator while it runs: a few words of a function are replaced by others.

A fault is written as a change of the code, as a tired programmer would make it, so that one reads at once what is
wrong. The function itself stays where it is and gets the changed code, so that all who know it by any name get it too.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pytest

Walk = int | str
"""A history, by its seed, or a sweep, by its name."""

Edit = tuple[Any, str, str]
"""A function, words of it, and the words in their place."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that a build may get wrong.

    Attributes:
        what: In words.
        edits: What makes it so.
        near: The history in which it was last seen, with which to begin a search.
        lasting: Of builds of one process that goes on, as a preview is.
        still: The clock of the file system stands still, so that times tell nothing.
    """

    what: str
    edits: tuple[Edit, ...]
    near: Walk
    lasting: bool = False
    still: bool = False


def several(what: str, near: Walk, *edits: Edit, **options: bool) -> Fault:
    """A fault in several places."""
    return Fault(what, edits, near, **options)


def one(what: str, near: Walk, owner: Any, old: str, new: str = "", **options: bool) -> Fault:
    """A fault in one place."""
    return Fault(what, ((owner, old, new),), near, **options)


def within(owner: Any, *rows: tuple[str, Walk, str, str], **options: bool) -> Iterator[Fault]:
    """Faults of one function: what it is, where it was last seen, old words, new words."""
    return (Fault(what, ((owner, old, new),), near, **options) for what, near, old, new in rows)


def without(values: str, field: str) -> str:
    """Words for the digest of all fields of a value but one."""
    return f"codec.of(*[getattr({values}, name) for name in {values}.__slots__ if name != {field!r}])"


def plant(edits: tuple[Edit, ...], patch: pytest.MonkeyPatch) -> None:
    """Change functions of the generator until the test is over."""
    texts: dict[Callable[..., Any], str] = {}
    for owner, old, new in edits:
        function = _function(owner)
        text = texts.get(function) or textwrap.dedent(inspect.getsource(function))
        assert text.count(old) == 1, f"{function.__qualname__} has not once {old!r}; mend the planted fault"
        texts[function] = text.replace(old, new)
    for function, text in texts.items():
        patch.setitem(_SOUND, function, function.__code__)
        patch.setattr(function, "__code__", _compiled(text, function).__code__)


_SOUND: dict[Callable[..., Any], Any] = {}
"""The code of each changed function as it was."""


@contextmanager
def sound() -> Iterator[None]:
    """Without what is planted, for a while."""
    planted = {function: function.__code__ for function in _SOUND}
    try:
        for function, code in _SOUND.items():
            function.__code__ = code
        yield
    finally:
        for function, code in planted.items():
            function.__code__ = code


def _function(owner: Any) -> Callable[..., Any]:
    if isinstance(owner, cached_property):
        return owner.func
    return owner.fget if isinstance(owner, property) else owner


def _compiled(text: str, function: Callable[..., Any]) -> Callable[..., Any]:
    tree = ast.parse(text)
    definition = tree.body[0]
    assert isinstance(definition, ast.FunctionDef)
    definition.decorator_list.clear()
    code = compile(tree, f"<{function.__qualname__} with a fault>", "exec", annotations.compiler_flag)
    names: dict[str, Any] = {}
    exec(code, function.__globals__, names)
    made: Callable[..., Any] = names[definition.name]
    return made

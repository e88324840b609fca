"""Planned outputs, and what happens where two want one path."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from pathlib import PurePosixPath

from generator.errors import Problem
from generator.model.machine import CopyView, FeedView, MachineView
from generator.model.views import BodyKey, PostView, View
from generator.permalinks import collision_key


class Rank(IntEnum):
    """Who keeps a path that two outputs want; the lower number does."""

    STORY = 0
    LIST = 1
    FILE = 2
    REDIRECT = 3
    DEFAULT = 4


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the site.

    Attributes:
        path: Below the output folder, with `/`.
        view: All that it is made from.
        origin: What asks for it, for messages: a source, or words such as "the tag 'Energy'".
        rank: See Rank. A default (robots.txt, a theme's asset) yields without a word.
        template: The theme's template, without `.html`; None for what Dateline writes itself.
    """

    path: str
    view: View | MachineView
    origin: str
    rank: Rank = Rank.LIST
    template: str | None = None

    @property
    def bodies(self) -> tuple[BodyKey, ...]:
        """Which rendered bodies it contains."""
        if isinstance(self.view, PostView):
            return (self.view.body,)
        if isinstance(self.view, FeedView):
            return tuple(item.body for item in self.view.items)
        return ()

    @property
    def is_copy(self) -> bool:
        """Whether it is a file copied as it is."""
        return isinstance(self.view, CopyView)


@dataclass(frozen=True, slots=True)
class Plan:
    """Every file of the site, by path, and the clashes that kept some off it."""

    outputs: tuple[Output, ...]
    problems: tuple[Problem, ...]

    @classmethod
    def of(cls, outputs: Iterable[Output]) -> Plan:
        """Settle who gets each path, deterministically."""
        kept: dict[str, Output] = {}
        problems: list[Problem] = []
        for output in sorted(outputs, key=lambda output: (output.rank, output.path, output.origin)):
            key = collision_key(output.path)
            other = kept.get(key)
            if other is None:
                kept[key] = output
            elif output.rank is not Rank.DEFAULT:
                problems.append(_clash(output, other))
        problems += _nested(kept)
        return cls(tuple(sorted(kept.values(), key=lambda output: output.path)), tuple(problems))


def _clash(output: Output, other: Output) -> Problem:
    path = output.origin if output.origin.startswith("content/") else None
    return Problem(
        f"{output.origin} and {other.origin} both want /{output.path}; {other.origin} has it",
        "rename one of them, or give it another `slug` or `permalink`",
        path,
    )


def _nested(kept: dict[str, Output]) -> list[Problem]:
    """Outputs below a path that is itself a file; they are taken out of `kept`."""
    problems = []
    for key, output in list(kept.items()):
        for parent in PurePosixPath(key).parents:
            if other := kept.get(str(parent)):
                loser, winner = (output, other) if output.rank >= other.rank else (other, output)
                kept.pop(collision_key(loser.path), None)
                problems.append(
                    Problem(
                        f"{loser.origin} wants /{loser.path}, but {winner.origin} has /{winner.path}; "
                        f"a name cannot be file and folder",
                        "rename one of them",
                        loser.origin if loser.origin.startswith("content/") else None,
                    )
                )
    return problems

"""Planned outputs, and what happens where two want one path."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from pathlib import PurePosixPath

from generator.errors import Problem
from generator.model.machine import FeedView, MachineView
from generator.model.views import BodyKey, PostView, View
from generator.permalinks import collision_key


class Rank(IntEnum):
    """Who keeps a path that two outputs want; the lower number does.

    A DEFAULT (robots.txt, a theme's asset) stands above all but yields to a file of the site without a word.
    """

    DEFAULT = 0
    MACHINE = 1
    STORY = 2
    LIST = 3
    FILE = 4
    REDIRECT = 5


@dataclass(frozen=True, slots=True)
class Output:
    """One file of the site.

    Attributes:
        path: Below the output folder, with `/`.
        view: All that it is made from.
        origin: What asks for it, for messages: a source, or words such as "the tag 'Energy'".
        rank: See Rank.
        template: The theme's template, without `.html`; None for what Dateline writes itself.
        source: The file to mend where this output is at fault; empty where none is.
    """

    path: str
    view: View | MachineView
    origin: str
    rank: Rank = Rank.LIST
    template: str | None = None
    source: str = ""

    @property
    def bodies(self) -> tuple[BodyKey, ...]:
        """Which rendered bodies it contains."""
        if isinstance(self.view, PostView):
            return (self.view.body,)
        if isinstance(self.view, FeedView):
            return tuple(item.body for item in self.view.items)
        return ()


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
            if other is None or (other.rank is Rank.DEFAULT and output.rank is Rank.FILE):
                kept[key] = output
            else:
                problems.append(_clash(output, other))
        problems += _nested(kept)
        return cls(tuple(sorted(kept.values(), key=lambda output: output.path)), tuple(problems))


def _clash(output: Output, other: Output) -> Problem:
    return Problem(
        f"{output.origin} and {other.origin} both want /{output.path}; {other.origin} has it",
        _way_out(output),
        output.source or None,
    )


def _way_out(output: Output) -> str:
    if output.rank is Rank.STORY:
        return "give it another `slug` or `permalink`"
    if output.rank is Rank.LIST:
        return "give the section, tag, author or series another name"
    return "rename the file" if output.rank is Rank.FILE else "take the alias out"


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
                        _way_out(loser),
                        loser.source or None,
                    )
                )
    return problems

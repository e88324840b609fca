"""Planned outputs, what each is made from, and what happens where two want one path."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum, StrEnum
from operator import attrgetter

from generator.errors import Problem
from generator.permalinks import collision_key
from generator.plan.subjects import Corrections, Subject
from generator.records import Record


class Rank(IntEnum):
    """Who keeps a path that two outputs want; the lower number does.

    A DEFAULT (robots.txt, a theme's asset) stands above all but yields to a file of the site without a word, and a
    TOMBSTONE to whatever takes its place.
    """

    DEFAULT = 0
    MACHINE = 1
    STORY = 2
    LIST = 3
    FILE = 4
    REDIRECT = 5
    FORMER = 6
    TOMBSTONE = 7


class Part(StrEnum):
    """What an output is made from, as messages name it: "rendered since ... changed"."""

    TEMPLATE = "its template, or a part or text of the theme"
    SITE = "the site's settings, navigation or sections"
    STORY = "the article itself, or where its links lead"
    NEWER = "the headline or address of the next newer story"
    OLDER = "the headline or address of the next older story"
    SECTION = "the earlier stories of its section"
    RELATED = "the stories related to it"
    LATEST = "the site's newest stories"
    AUTHORS = "what an author file says"
    SERIES = "its place in its series, or another part's headline or address"
    CARDS = "the stories that it lists"
    PLACE = "how many pages or stories its list has, or what is next to it"
    RANK = "what is pinned, or how its stories are ranked"
    BLOCKS = "the newest stories of the sections"
    ITEMS = "the articles that it carries"
    NOTES = "the corrections that it lists"
    COUNTS = "the names that it lists, or how many stories they have"
    PAGES = "the pages that it lists, or when they changed"
    REASON = "what is said of why it was withdrawn"
    TARGET = "the headline or address of the story to which it leads"
    FILE = "the file that it is a copy of"


class Output(Record, frozen=True):
    """One file of the site.

    Attributes:
        path: Below the output folder, with `/`.
        subject: What it shows.
        origin: What asks for it, for messages: a source, or words such as "the tag 'Energy'".
        rank: See Rank.
        template: The theme's template, without `.html`; None for what Dateline writes itself.
        source: The file to mend where this output is at fault; empty where none is.
        parts: A digest of each thing that its bytes depend on; equal digests, equal bytes.
    """

    path: str
    subject: Subject
    origin: str
    rank: Rank = Rank.LIST
    template: str | None = None
    source: str = ""
    parts: tuple[tuple[Part, bytes], ...] = ()

    @property
    def fingerprint(self) -> bytes:
        """The digests of all parts."""
        return b"".join([digest for _, digest in self.parts])


class Settled(Record, frozen=True):
    """Who has each path.

    Attributes:
        outputs: By path.
        losers: Those that did not get theirs.
        problems: The clashes.
        contested: Paths that more than one wanted, in the form in which file systems compare them.
    """

    outputs: tuple[Output, ...]
    losers: tuple[Output, ...]
    problems: tuple[Problem, ...]
    contested: frozenset[str]


def settle(outputs: Iterable[Output]) -> Settled:
    """Settle who gets each path, deterministically."""
    outputs = list(outputs)
    keys = {collision_key(output.path) for output in outputs}
    if len(keys) == len(outputs) and not keys & _folders(keys):
        return Settled(tuple(sorted(outputs, key=attrgetter("path"))), (), (), frozenset())
    kept: dict[str, Output] = {}
    problems: list[Problem] = []
    losers: list[Output] = []
    for output in sorted(outputs, key=lambda output: (output.rank, output.path, output.origin)):
        key = collision_key(output.path)
        other = kept.get(key)
        if other is None:
            kept[key] = output
        elif other.rank is Rank.DEFAULT and output.rank is Rank.FILE:
            kept[key] = output
            losers.append(other)
        else:
            problems += [] if output.rank is Rank.TOMBSTONE else [_clash(output, other)]
            losers.append(output)
    nested = _nested(kept)
    losers += [loser for loser, _, _ in nested]
    problems += [problem for loser, _, problem in nested if loser.rank is not Rank.TOMBSTONE]
    contested = {collision_key(loser.path) for loser in losers} | {collision_key(w.path) for _, w, _ in nested}
    by_path = sorted(kept.values(), key=lambda output: output.path)
    return Settled(tuple(by_path), tuple(losers), tuple(problems), frozenset(contested))


def _clash(output: Output, other: Output) -> Problem:
    return Problem(
        f"{output.origin} and {other.origin} both want /{output.path}; {other.origin} has it",
        _way_out(output),
        output.source or None,
    )


def _way_out(output: Output) -> str:
    if isinstance(output.subject, Corrections):
        return "give that another address, or set `corrections = false` in site.toml"
    if output.rank is Rank.STORY:
        return "give it another `slug` or `permalink`"
    if output.rank is Rank.LIST:
        return "give the section, tag, author or series another name"
    if output.rank is Rank.FORMER:
        return "move what is there now, so that old links still lead to the story that they were made for"
    return "rename the file" if output.rank is Rank.FILE else "take the alias out"


def _nested(kept: dict[str, Output]) -> list[tuple[Output, Output, Problem]]:
    """Outputs below a path that is itself a file: loser, winner and problem; losers are taken out of `kept`."""
    found = []
    for key, output in list(kept.items()):
        for parent in parents(key):
            if other := kept.get(parent):
                loser, winner = (output, other) if output.rank >= other.rank else (other, output)
                kept.pop(collision_key(loser.path), None)
                cause = (
                    f"{loser.origin} wants /{loser.path}, but {winner.origin} has /{winner.path}; "
                    f"a name cannot be file and folder"
                )
                found.append((loser, winner, Problem(cause, _way_out(loser), loser.source or None)))
    return found


def parents(path: str) -> list[str]:
    """The folders above a path, nearest first."""
    found = []
    while path := path.rpartition("/")[0]:
        found.append(path)
    return found


def _folders(paths: Iterable[str]) -> set[str]:
    """Every folder above some paths."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found

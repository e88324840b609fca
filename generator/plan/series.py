"""Series: which part a story is, what comes before and after it, and in which order the parts are to be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from generator import codec
from generator.errors import Problem, warning
from generator.model.archive import Group
from generator.model.entry import Entry
from generator.plan.ground import Ground, links
from generator.records import Record, replace

Numbered = tuple[tuple[int, Entry], ...]
"""Parts with their numbers, in the order in which they are to be read."""


def numbered(posts: Sequence[Entry]) -> Numbered:
    """The parts of a series, given newest first.

    A story may say which part it is. Those that do not, and those whose number an older one has, take the numbers that
    are left, from the oldest on.
    """
    taken = _claimed(posts)
    others = [post for post in reversed(posts) if post.part is None or taken[post.part] is not post]
    left = (number for number in count(1) if number not in taken)
    return tuple(sorted([*taken.items(), *zip(left, others, strict=False)], key=lambda item: item[0]))


def _claimed(posts: Sequence[Entry]) -> dict[int, Entry]:
    """The oldest story that says of itself that it is a certain part, by its number."""
    taken: dict[int, Entry] = {}
    for post in reversed(posts):
        if post.part is not None:
            taken.setdefault(post.part, post)
    return taken


def doubles(group: Group) -> tuple[Problem, ...]:
    """Warnings where two stories of a series say that they are the same part."""
    taken = _claimed(group.posts)
    return tuple(
        warning(
            f"says that it is part {post.part} of {group.term.name!r}, as does {taken[post.part].source}",
            "give one of them another `part`, or leave it out of both",
            post.source,
        )
        for post in reversed(group.posts)
        if post.part is not None and taken[post.part] is not post
    )


class Portion(Record, frozen=True):
    """A story's place in its series.

    Attributes:
        number: Which part it is.
        total: How many there are; None where there are more than are counted out.
        previous: The part before.
        next: The part after.
        parts: All of them; empty where there are more than are counted out.
    """

    number: int
    total: int | None
    previous: Entry | None
    next: Entry | None
    parts: Numbered

    @property
    def digest(self) -> bytes:
        """Of all that it shows; the total is the last of the numbers."""
        numbers = [number for number, _ in self.parts]
        others = links([self.previous, self.next, *(post for _, post in self.parts)])
        return codec.digest(codec.of(self.number, numbers), others)


class Series:
    """Where each story stands in its series.

    Args:
        ground: The site.
        most: How many parts a page counts out, at most. A series that is longer says no total and lists no parts, so
            that one part more changes the page of the last one alone.
    """

    def __init__(self, ground: Ground, most: int) -> None:
        self._found: dict[str, Portion] = {}
        for group in ground.site.series if most else ():
            self._found.update(_portions(numbered(group.posts), most))

    def of(self, post: Entry, most: int) -> Portion | None:
        """The place of a story whose page counts out so many parts; None where it is in no series, or wants none."""
        found = self._found.get(post.source) if most and post.series is not None else None
        return replace(found, total=None, parts=()) if found and len(found.parts) > most else found

    def over(self, posts: Iterable[Entry]) -> bytes:
        """The digest of the places of some stories."""
        found = [self._found[post.source] for post in posts if post.source in self._found] if self._found else []
        return codec.joined([portion.digest for portion in found])


def _portions(parts: Numbered, most: int) -> Iterator[tuple[str, Portion]]:
    few = len(parts) <= most
    for place, (number, post) in enumerate(parts):
        yield (
            post.source,
            Portion(
                number,
                parts[-1][0] if few else None,
                parts[place - 1][1] if place else None,
                parts[place + 1][1] if place + 1 < len(parts) else None,
                parts if few else (),
            ),
        )

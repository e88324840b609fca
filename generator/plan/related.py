"""Stories related to a story: always from before it, so that a new story never changes an old one's page.

What two stories have in common weighs more, the rarer it was among the stories from before: a tag of four says more
than one of a thousand. Rarity is counted in powers of two, all in whole numbers, so that one tag more or less on an old
story seldom reorders what later ones show, and every machine finds the same.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from heapq import nsmallest
from itertools import chain

from generator import codec
from generator.model.entry import Entry
from generator.plan.ground import Ground

WINDOW = 30
"""Stories of a name that are looked at, the newest from before the story, so that a common tag costs no more."""


def _names(post: Entry, sections: Mapping[str, str]) -> tuple[str, ...]:
    """What a story may have in common with others; `sections` are by the names that stories use."""
    series = () if post.series is None else (f"series {post.series}",)
    section = () if post.section is None else (sections[post.section],)
    return (*[f"tag {tag}" for tag in post.tags], *series, *section)


class Related:
    """Finds related stories by tags, series and section.

    Args:
        ground: The site.
        most: As many as any template wants.
    """

    def __init__(self, ground: Ground, most: int) -> None:
        self._posts = ground.site.posts
        self._reach = max(WINDOW, most)
        sections = {name: f"section {group.term.url}" for name, group in ground.sections.items()}
        self._names = [_names(post, sections) for post in self._posts]
        self._places: dict[str, list[int]] = {}
        for place, names in enumerate(self._names):
            for name in names:
                if (found := self._places.get(name)) is None:
                    found = self._places[name] = []
                found.append(place)
        cards = [post.card for post in self._posts]
        self._cards = {name: b"".join([cards[place] for place in found]) for name, found in self._places.items()}
        self._passed: dict[str, int] = {}

    def over(self, start: int, stop: int) -> bytes:
        """The digest of what decides about related stories of those from `start` to `stop`, beside these themselves.

        To be asked for one stretch after the other, the newest first.
        """
        shown: list[bytes] = []
        told = [self._older(place).bit_length() for place in range(start, stop)]
        for name, count in sorted(Counter(chain.from_iterable(self._names[start:stop])).items()):
            passed, whole = self._passed.get(name, 0), len(self._places[name])
            self._passed[name] = passed + count
            first, last = codec.DIGEST * (passed + count), codec.DIGEST * (passed + count + self._reach)
            shown.append(self._cards[name][first:last])
            told.append(len(shown[-1]))
            told += [(whole - place - 1).bit_length() for place in range(passed, passed + count)]
        return codec.digest(b"".join(shown), codec.of(told))

    def _older(self, place: int) -> int:
        """How many stories are from before that one."""
        return len(self._posts) - place - 1

    def of(self, place: int, count: int, *, apart: bool) -> tuple[Entry, ...]:
        """Stories related to the one at `place`, the nearest first; of two that are as near, the newer.

        Args:
            place: In the order of the site's stories.
            count: How many at most.
            apart: The other parts of its series are shown elsewhere, so they are left out.
        """
        scores: dict[int, int] = {}
        for name in self._names[place]:
            found = self._places[name]
            passed = bisect_right(found, place)
            weight = self._older(place).bit_length() - (len(found) - passed).bit_length() + 1
            for other in found[passed : passed + self._reach]:
                scores[other] = scores.get(other, 0) + weight
        if apart and (series := self._posts[place].series) is not None:
            parts = self._places[f"series {series}"]
            for other in parts[bisect_right(parts, place) :][: self._reach]:
                del scores[other]
        return tuple([self._posts[near] for near in nsmallest(count, scores, key=lambda near: (-scores[near], near))])

"""Stories related to a story: always from before it, so that a new story never changes an old one's page.

What two stories have in common weighs more, the rarer it was among the stories from before: a tag of four says more
than one of a thousand. Rarity is counted in powers of two, all in whole numbers, so that one tag more or less on an old
story seldom reorders what later ones show, and every machine finds the same.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from heapq import nsmallest
from itertools import chain

from generator import codec
from generator.model.entry import Entry
from generator.plan.ground import Ground
from generator.site import each_card

WINDOW = 30
"""Stories of a name that are looked at, the newest from before the story, so that a common tag costs no more."""


class Related:
    """Finds related stories by tags, series and section.

    Args:
        ground: The site.
        most: As many as any template wants.
    """

    def __init__(self, ground: Ground, most: int) -> None:
        self._ground = ground
        self._posts = ground.site.posts
        self._reach = max(WINDOW, most)
        self._groups = {f"section {group.term.url}": group for group in ground.site.sections}
        self._groups |= {f"tag {group.term.name}": group for group in ground.site.tags}
        self._groups |= {f"series {group.term.name}": group for group in ground.site.series}
        self._places: dict[str, tuple[int, ...]] = {}
        self._cards: dict[str, bytes] = {}
        self._passed: dict[str, int] = {}

    def _names(self, post: Entry) -> list[str]:
        """What a story may have in common with others."""
        stolen = self._ground.chrome.stolen
        names = [(kind, name) for kind, name in (*(("tag", tag) for tag in post.tags), ("series", post.series)) if name]
        found = [f"{kind} {stolen[kind, name].name if (kind, name) in stolen else name}" for kind, name in names]
        section = self._ground.section(post)
        return [*dict.fromkeys(found), f"section {section.term.url}"] if section else [*dict.fromkeys(found)]

    def _places_of(self, name: str) -> tuple[int, ...]:
        """The places of the stories with a name, the newest first."""
        if name not in self._places:
            self._places[name] = self._ground.number(self._groups[name].posts)
        return self._places[name]

    def _cards_of(self, name: str) -> bytes:
        """The digests of what is shown of them."""
        if name not in self._cards:
            self._cards[name] = b"".join(each_card(self._groups[name].posts))
        return self._cards[name]

    def over(self, start: int, stop: int) -> bytes:
        """The digest of what decides about related stories of those from `start` to `stop`, beside these themselves.

        To be asked for one stretch after the other, the newest first.
        """
        shown: list[bytes] = []
        told = [self._older(place).bit_length() for place in range(start, stop)]
        names = chain.from_iterable(map(self._names, self._posts[start:stop]))
        for name, count in sorted(Counter(names).items()):
            passed, whole = self._passed.get(name, 0), len(self._groups[name].posts)
            self._passed[name] = passed + count
            first, last = codec.DIGEST * (passed + count), codec.DIGEST * (passed + count + self._reach)
            shown.append(self._cards_of(name)[first:last])
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
        names = self._names(self._posts[place])
        for name in names:
            found = self._places_of(name)
            passed = bisect_right(found, place)
            weight = self._older(place).bit_length() - (len(found) - passed).bit_length() + 1
            for other in found[passed : passed + self._reach]:
                scores[other] = scores.get(other, 0) + weight
        for name in (name for name in names if apart and name.startswith("series ")):
            parts = self._places_of(name)
            for other in parts[bisect_right(parts, place) :][: self._reach]:
                del scores[other]
        return tuple([self._posts[near] for near in nsmallest(count, scores, key=lambda near: (-scores[near], near))])

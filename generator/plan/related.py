"""Stories related to a story: always from before it, so that a new story never changes an old one's page.

What two stories have in common weighs more, the rarer it was among the stories from before: a tag of four says more
than one of a thousand. Rarity is counted in powers of two, all in whole numbers, so that one tag more or less on an old
story seldom reorders what later ones show, and every machine finds the same.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from heapq import nsmallest

from generator import codec
from generator.model.entry import Entry
from generator.plan.ground import Ground

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
        self._places: dict[str, list[int]] = {}
        for place, post in enumerate(self._posts):
            for name in self._names(post):
                self._places.setdefault(name, []).append(place)
        self._cards = {name: b"".join([self._posts[p].card for p in found]) for name, found in self._places.items()}
        self._passed: Counter[str] = Counter()

    def _names(self, post: Entry) -> Iterator[str]:
        """What it may have in common with others."""
        for tag in post.tags:
            yield f"tag {tag}"
        if post.series is not None:
            yield f"series {post.series}"
        if section := self._ground.section(post):
            yield section.term.url

    def over(self, start: int, stop: int) -> bytes:
        """The digest of what decides about related stories of those from `start` to `stop`, beside these themselves.

        To be asked for one stretch after the other, the newest first.
        """
        parts = [bytes([self._older(place).bit_length() for place in range(start, stop)])]
        met = Counter(name for post in self._posts[start:stop] for name in self._names(post))
        for name, count in sorted(met.items()):
            passed, whole = self._passed[name], len(self._places[name])
            first, last = codec.DIGEST * (passed + count), codec.DIGEST * (passed + count + self._reach)
            parts.append(self._cards[name][first:last])
            parts.append(bytes([(whole - place - 1).bit_length() for place in range(passed, passed + count)]))
            self._passed[name] = passed + count
        return codec.digest(*parts)

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
        post, scores = self._posts[place], Counter[int]()
        for name in self._names(post):
            found = self._places[name]
            passed = bisect_right(found, place)
            weight = self._older(place).bit_length() - (len(found) - passed).bit_length() + 1
            for other in found[passed : passed + self._reach]:
                scores[other] += weight
        if apart and post.series is not None:
            parts = self._places[f"series {post.series}"]
            for other in parts[bisect_right(parts, place) :][: self._reach]:
                del scores[other]
        return tuple([self._posts[near] for near in nsmallest(count, scores, key=lambda near: (-scores[near], near))])

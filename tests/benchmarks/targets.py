"""What Dateline wants to reach, as multiples of Hugo's figures in the same pairs."""

from __future__ import annotations

from dataclasses import dataclass

from tests.benchmarks.peers import OURS
from tests.benchmarks.results import Results, Series

SMALL, MIDDLE, LARGE = 1_000, 10_000, 100_000


@dataclass(frozen=True, slots=True)
class Target:
    """A bound on the ratio to Hugo, and for some work on the seconds too.

    Attributes:
        posts: Size of the archive.
        work: Key of the kind of work.
        ratio: The most that the median of the ratios may be.
        seconds: The most that the median of Dateline's own times may be.
        figure: `wall` or `memory`.
    """

    posts: int
    work: str
    ratio: float
    seconds: float | None = None
    figure: str = "wall"

    def reached(self, series: Series) -> bool | None:
        """Whether a series reaches it; None where there was nothing to compare with."""
        ratio = series.ratio(self.figure)
        if ratio is None:
            return None
        return ratio <= self.ratio and (self.seconds is None or series.own() <= self.seconds)


TARGETS = (
    Target(MIDDLE, "cold", 0.6),
    Target(MIDDLE, "cold", 0.35, figure="memory"),
    Target(MIDDLE, "nothing", 1 / 40),
    Target(MIDDLE, "body", 1 / 25),
    Target(MIDDLE, "new", 1 / 25),
    Target(MIDDLE, "serve", 1 / 15, 0.100),
    Target(LARGE, "cold", 0.6),
    Target(LARGE, "cold", 0.25, figure="memory"),
    Target(LARGE, "nothing", 1 / 60),
    Target(LARGE, "body", 1 / 50),
    Target(LARGE, "new", 1 / 50),
    Target(LARGE, "serve", 1 / 15, 0.250),
)

GROWTH = 1.15
"""The most that a post may cost in a cold build of the large archive, as a multiple of its cost in the small one."""


def target_of(posts: int, work: str, figure: str) -> Target | None:
    """The target for a size, a kind of work and a figure."""
    wanted = (posts, work, figure)
    return next((target for target in TARGETS if (target.posts, target.work, target.figure) == wanted), None)


@dataclass(frozen=True, slots=True)
class Growth:
    """How Dateline's work grows with the archive.

    Attributes:
        posts: Size of the archive.
        wall: Milliseconds that a post costs in a cold build.
        cpu: The same in processor time.
        memory: KiB at the peak of a cold build, for each post.
        written: Files that one new post has written; None where that was not measured.
    """

    posts: int
    wall: float
    cpu: float
    memory: float
    written: float | None


def growth(results: Results) -> list[Growth]:
    """One row for each size that was built cold."""
    rows = []
    for posts in results.sizes():
        cold, new = (results.find(posts, work, OURS) for work in ("cold", "new"))
        if cold:
            per = [cold.own("wall") * 1000, cold.own("cpu") * 1000, cold.own("memory") * 1024]
            wall, cpu, memory = (value / posts for value in per)
            rows.append(Growth(posts, wall, cpu, memory, new.own("written") if new else None))
    return rows

"""All outputs of a site, in one place; of families that did not change only the names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Protocol

from generator import codec
from generator.errors import Problem
from generator.model.machine import CopyView, RobotsView
from generator.permalinks import collision_key
from generator.plan import corrections, lists, news, periods, redirects, sitemaps, stories, tombstones
from generator.plan.answers import Answers
from generator.plan.ground import Family, Ground
from generator.plan.output import Output, Part, Rank, Settled, settle
from generator.records import Record, field


class Owners(Protocol):
    """Which family had each path in the last plan."""

    def of(self, path: str) -> str | None:
        """The one that had a path, as file systems compare paths."""

    def around(self, path: str) -> Iterator[str]:
        """Those that had a path above or below one that nobody had."""


class Known(Record):
    """What the last plan was.

    Attributes:
        marks: The mark of each family.
        owners: The family that has each path.
        contested: Families that wanted a path of another's; they are planned again every time.
    """

    marks: Mapping[str, bytes] = field(default_factory=dict)
    owners: Owners | None = None
    contested: frozenset[str] = frozenset()


class Plan(Record):
    """Every file of the site.

    Attributes:
        outputs: Those of families that changed, each with its family's name.
        marks: The mark of every family.
        planned: Families whose outputs are in `outputs`; those of all others are as they were.
        contested: Families that want a path of another's.
        problems: The clashes that kept outputs off the site.
        answers: What a host is to answer at addresses that have no page of their own.
        turn: The next instant at which a story ceases to be news, in microseconds since 1970; None where none is.
    """

    outputs: list[tuple[Output, str]]
    marks: dict[str, bytes]
    planned: set[str]
    contested: frozenset[str]
    problems: tuple[Problem, ...]
    answers: Answers
    turn: int | None = None


def make(ground: Ground, known: Known) -> Plan:
    """Plan every file of the site.

    Args:
        ground: The site with its theme.
        known: The last plan.
    """
    families = {family.name: family for family in _families(ground)}
    families.update({family.name: family for family in redirects.families(ground, families)})
    made = _Made(families, known)
    made.plan(name for name, family in families.items() if known.marks.get(name) != family.mark)
    made.plan(name for name in known.contested if name in families)
    # The sitemaps come last, since they list what has its path.
    lost = sitemaps.Lost.of(made.settle().losers)
    current = news.of(ground, lost)
    maps = {family.name: family for family in (*sitemaps.families(ground, lost), *news.families(ground, current))}
    families.update(maps)
    again = known.contested | made.missed
    made.plan(name for name, family in maps.items() if known.marks.get(name) != family.mark or name in again)
    settled = made.settle()
    owner = {id(output): name for name, outputs in made.outputs.items() for output in outputs}
    return Plan(
        outputs=[(output, owner[id(output)]) for output in settled.outputs],
        marks={name: family.mark for name, family in families.items()},
        planned=set(made.outputs),
        contested=frozenset(
            name
            for name, outputs in made.outputs.items()
            if settled.contested and any(collision_key(output.path) in settled.contested for output in outputs)
        ),
        problems=(*settled.problems, *(problem for family in families.values() for problem in family.problems)),
        answers=Answers(ground, lost),
        turn=current.turn,
    )


class _Made:
    """The families that are planned so far, and every other one that has a path which they want.

    Attributes:
        outputs: Of each family that is planned.
        missed: Families that had such a path and were not known yet.
    """

    def __init__(self, families: Mapping[str, Family], known: Known) -> None:
        self.outputs: dict[str, list[Output]] = {}
        self.missed: set[str] = set()
        self._families = families
        self._known = known

    def plan(self, names: Iterable[str]) -> None:
        """Plan families, and those that clash with them."""
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in self._families:
                self.missed.add(name)
            if name in self.outputs or name not in self._families:
                continue
            self.outputs[name] = list(self._families[name].make())
            for output in self.outputs[name]:
                waiting += self._rivals(output.path, name)

    def settle(self) -> Settled:
        """Who has which path, as far as planned."""
        return settle(output for outputs in self.outputs.values() for output in outputs)

    def _rivals(self, path: str, name: str) -> Iterator[str]:
        """Other families that had this path, one above it, or one below it."""
        owners = self._known.owners
        if owners is None or (owner := owners.of(path)) == name:
            return
        if owner is not None:
            yield owner
        else:
            yield from owners.around(path)


def _families(ground: Ground) -> Iterator[Family]:
    yield from stories.families(ground)
    yield from lists.families(ground)
    yield from periods.families(ground)
    yield from corrections.families(ground)
    yield from tombstones.families(ground)
    files = [(file.out_path, file.source, file.digest) for file in ground.site.files]
    yield ground.family("files", partial(_files, files), codec.of(files))
    assets = [(name, path, digest) for name, (path, digest) in ground.assets.items()]
    yield ground.family("assets", partial(_assets, assets), codec.of(assets))
    yield ground.family("robots", partial(_robots, ground))


def _files(files: list[tuple[str, str, bytes]]) -> Iterator[Output]:
    for out_path, source, digest in files:
        parts = ((Part.FILE, digest),)
        yield Output(out_path, CopyView(source), source, Rank.FILE, source=source, parts=parts)


def _assets(assets: list[tuple[str, str, bytes]]) -> Iterator[Output]:
    for name, path, digest in assets:
        parts = ((Part.FILE, digest),)
        yield Output(f"assets/{name}", CopyView(path), "the theme", Rank.DEFAULT, parts=parts)


def _robots(ground: Ground) -> Iterator[Output]:
    settings = ground.chrome.settings
    maps = ("/sitemap.xml", f"/{news.PATH}") if settings.news_sitemap else ("/sitemap.xml",)
    view = RobotsView(tuple(ground.chrome.absolute(path) for path in maps))
    parts = ((Part.SITE, codec.of(settings.base_url, settings.news_sitemap)),)
    yield Output("robots.txt", view, "robots.txt", Rank.DEFAULT, parts=parts)

"""Sources to Items, one at a time; a source that cannot be read, wholly or to its end, does not stop the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.errors import DatelineError, Problem
from generator.importer import detect
from generator.importer.articles import Item
from generator.importer.sites.folder import Folder
from generator.importer.sources import RawSource, SiteFolder, Unread


@dataclass(frozen=True, slots=True)
class Found:
    """An item on its way: the source and its number there."""

    source: RawSource | SiteFolder
    index: int
    item: Item


@dataclass(frozen=True, slots=True)
class Unfit:
    """A source of which something could not be read.

    Attributes:
        place: As messages name it.
        problems: What is wrong.
        source: Where it could be opened.
    """

    place: str
    problems: tuple[Problem, ...]
    source: RawSource | SiteFolder | None = None


def read(source: RawSource | SiteFolder | Unread) -> Iterator[Found | Unfit]:
    """What is in a source."""
    if isinstance(source, Unread):
        yield Unfit(source.place, (source.problem,))
        return
    index = -1
    try:
        for index, item in enumerate(_items(source)):  # the count is told below
            yield Found(source, index, item)
    except DatelineError as error:
        yield Unfit(source.place, tuple(problem.at(source.place) for problem in error.problems), source)
    except Exception as error:  # noqa: BLE001  # a hostile file must not stop the others
        after = f" after {index + 1} of its articles" if index >= 0 else ""
        cause = f"cannot be read{after}: {type(error).__name__}: {error}"[:500]
        yield Unfit(source.place, (Problem(cause, "save it again from where it came from", source.place),), source)


def _items(source: RawSource | SiteFolder) -> Iterable[Item]:
    if isinstance(source, SiteFolder):
        return source.format.read(Folder(source.root))
    return detect.choose(source).read(source)


def encoding(source: RawSource | SiteFolder) -> str | None:
    """The encoding of a source that was read as text."""
    try:
        if isinstance(source, RawSource) and "decoded" in vars(source):
            return source.decoded.encoding
    except DatelineError:
        pass
    return None

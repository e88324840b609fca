"""Sources to Items, one at a time; a source that cannot be read, wholly or to its end, does not stop the others.

Small files are read on several processes, many at once; a large one on one process, item by item, while this one
writes.
"""

from __future__ import annotations

import contextlib
import pickle
from collections.abc import Iterable, Iterator

from generator import executor
from generator.errors import DatelineError, Problem, warning
from generator.importer import detect
from generator.importer.articles import Article, Item, Skipped
from generator.importer.sites.folder import Folder
from generator.importer.sources import RawSource, SiteFolder, Unread
from generator.records import Record, replace

_SMALL = 1 << 20
"""Bytes of a file that is read as a whole on another process."""

_AT_ONCE = 1024
"""Small files that are handed to processes at a time."""


class Found(Record, frozen=True):
    """An item on its way.

    Attributes:
        source: Where it comes from.
        index: Its number there.
        item: Itself.
        encoding: Of its source, where that was read as text; a name that Python knows.
    """

    source: RawSource | SiteFolder
    index: int
    item: Item
    encoding: str | None


class Unfit(Record, frozen=True):
    """A source of which something could not be read.

    Attributes:
        place: As messages name it.
        problems: What is wrong.
        encoding: As of Found.
    """

    place: str
    problems: tuple[Problem, ...]
    encoding: str | None = None


Read = Found | Unfit


def read_all(sources: Iterable[RawSource | SiteFolder | Unread], jobs: int) -> Iterator[Read]:
    """What is in some sources, in their order, with any number of processes."""
    batch: list[RawSource] = []
    for source in sources:
        small = isinstance(source, RawSource) and source.size is not None and source.size <= _SMALL
        if jobs > 1 and small and isinstance(source, RawSource):
            batch.append(source)
        if batch and (not small or len(batch) == _AT_ONCE):
            yield from _read_batch(batch, jobs)
            batch = []
        if isinstance(source, RawSource) and _is_long(source):
            yield from _read_ahead(source, jobs)
        elif jobs < 2 or not small:
            yield from read(source)
    yield from _read_batch(batch, jobs)


def _read_batch(batch: list[RawSource], jobs: int) -> Iterator[Read]:
    """What is in some small sources."""
    for source, read_there in zip(batch, executor.stream(_whole, _Bench(), batch, jobs), strict=True):
        yield from read(source) if read_there is None else read_there


def _is_long(source: RawSource) -> bool:
    """Whether a source is worth a process."""
    return source.size is not None and source.size > _SMALL


def _read_ahead(source: RawSource, jobs: int) -> Iterator[Read]:
    """What is in a large source."""
    for found in executor.ahead(_lightly, source, jobs):
        yield replace(found, source=source) if isinstance(found, Found) else found


def _lightly(source: RawSource) -> Iterator[Read]:
    """What is in a source, for another process: without what was read of it."""
    light = replace(source)
    for found in read(source):
        yield replace(found, source=light) if isinstance(found, Found) else found


class _Bench:
    """What a process needs to read sources: nothing."""

    def open(self, number: int) -> None:
        """Nothing to do."""

    def flush(self) -> None:
        """Nothing to do."""

    def close(self) -> None:
        """Nothing to do."""


def _whole(_bench: _Bench, source: RawSource) -> list[Read] | None:
    """All that is in a source, for another process; None where it can only be had at home."""
    found = list(read(source))
    with contextlib.suppress(OSError):
        light = RawSource(source.place, source.name, source.open, source.size, source.sha256)
        found = [replace(item, source=light) if isinstance(item, Found) else item for item in found]
    try:
        pickle.dumps(found)
    except Exception:  # noqa: BLE001  # a picture within an archive that is open there, say; pickle raises many kinds
        return None
    return found


def read(source: RawSource | SiteFolder | Unread) -> Iterator[Read]:
    """What is in a source."""
    if isinstance(source, Unread):
        yield Unfit(source.place, (source.problem,))
        return
    index, articles, left = -1, 0, 0
    try:
        for index, item in enumerate(_items(source)):  # the count is told below
            articles += isinstance(item, Article) or (isinstance(item, Skipped) and bool(item.fix))
            left += isinstance(item, Skipped)
            yield Found(source, index, _told(source, item) if not index else item, encoding(source))
        if not articles:
            yield _nothing(source, left)
    except DatelineError as error:
        yield Unfit(source.place, tuple(problem.at(source.place) for problem in error.problems), encoding(source))
    except Exception as error:  # noqa: BLE001  # a hostile file must not stop the others
        after = f" after {index + 1} of its articles" if index >= 0 else ""
        cause = f"cannot be read{after}: {type(error).__name__}: {error}"[:500]
        yield Unfit(
            source.place, (Problem(cause, "save it again from where it came from", source.place),), encoding(source)
        )


def _told(source: RawSource | SiteFolder, item: Item) -> Item:
    """The first of the items with what is wrong with the text of its source."""
    if not isinstance(item, Article) or not isinstance(source, RawSource) or "decoded" not in vars(source):
        return item
    told = tuple(problem for problem in source.decoded.problems if problem not in item.problems)
    return replace(item, problems=(*told, *item.problems)) if told else item


def _nothing(source: RawSource | SiteFolder, left: int) -> Unfit:
    """That a source was read, and no article is in it."""
    fix = "check that it is the whole of what was saved or exported"
    if left:
        fix = f"what it holds instead ({left:,}) is left out, each with its reason: --report FILE lists all of it"
    return Unfit(source.place, (warning("holds no article", fix, source.place),), encoding(source))


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

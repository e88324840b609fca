"""Files to rows of the archive: those that did not change are remembered, the others are taken in."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from generator import codec, content, executor
from generator.build.census import Census
from generator.build.memory import Head, Memory, Rows, row_of
from generator.cache import stamps
from generator.cache.tables import Table, additions, different
from generator.errors import Problem, VanishedError
from generator.ingest import Intake
from generator.model.entry import Row, crossed, microseconds
from generator.model.site import Absence, StaticFile
from generator.records import Record, field


class Archive(Record):
    """All documents and files of a site.

    Attributes:
        rows: Each document's row, in the order of paths; such as are off the site whatever they hold, too.
        changed: Documents whose rows are not as they are remembered.
        census: What is asked of few documents.
        fresh: Documents that were taken in now.
        files: All other files, with the digests of their bytes.
        changed_files: Those that came, went or changed.
        problems: Of names and links.
        costs: Processor seconds of each document that was taken in, where they are measured.
    """

    rows: dict[str, Row] | Rows = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    census: Census = field(default_factory=lambda: Census(0))
    fresh: set[str] = field(default_factory=set)
    files: list[StaticFile] = field(default_factory=list)
    changed_files: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    costs: dict[str, float] = field(default_factory=dict)

    def put(self, source: str, row: Row) -> None:
        """Change a document's row."""
        self.census.count(source, row, self.rows.get(source))
        self.rows[source] = row
        self.changed.add(source)

    @property
    def odd(self) -> set[str]:
        """Documents whose rows are odd, see Row.is_odd."""
        return self.census.odd

    @property
    def odd_rows(self) -> list[Row]:
        """The odd ones, in the order of their sources."""
        return [self.rows[source] for source in sorted(self.odd)]


def gather(
    found: content.Found,
    memory: Memory,
    intake: Intake,
    jobs: int,
    step: Callable[[int], object],
    *,
    measure: bool = False,
) -> Archive:
    """Every document and file of a site.

    Args:
        found: What lies in `content/`.
        memory: What the last build knew.
        intake: Takes in what changed.
        jobs: Processes.
        step: Told how many documents are taken in, then after each with 0.
        measure: Note what each costs.

    Raises:
        DamagedManifestError: A row is not what was written.
        VanishedError: A file is not there any more.
    """
    archive = Archive(problems=found.problems)
    known = memory.rows() if memory.head else {}
    stale = _stale(found, memory, intake)
    is_whole = list(known) == found.documents.names
    todo = sorted(stale) if is_whole else [n for n in found.documents.names if n not in known or n in stale]
    step(len(todo))
    taken = measured(intake, todo, jobs, archive.costs) if measure else executor.stream(Intake.row, intake, todo, jobs)
    fresh: dict[str, Row] = {}
    for name, row in zip(todo, sharing(todo, map(row_of, taken)), strict=True):
        fresh[name] = row
        step(0)
    archive.fresh, archive.changed = set(todo), set(todo)
    if is_whole:
        archive.rows = {**known, **fresh}
    else:
        archive.rows = {name: fresh[name] if name in fresh else known[name] for name in found.documents.names}
    for name in found.failed:
        if name not in archive.rows:
            archive.rows[name] = Row(digest=b"", absence=Absence.ERROR)
    archive.census = Census.of(archive.rows, microseconds(intake.view.now))
    _read_files(found.files, memory, intake.root, archive)
    return archive


def sharing(sources: Iterable[str], rows: Iterable[Row]) -> Iterator[Row]:
    """Rows whose names are one object each: an archive has the same few thousand again and again.

    Nor do they hold what they were read from.
    """
    pool: dict[str, str] = {}
    one = pool.setdefault
    for source, row in zip(sources, rows, strict=True):
        codec.put(row, packed=row.packed.copy())
        if entry := row.entry:
            codec.put(
                entry,
                source=source,
                day=one(entry.day, entry.day),
                section=entry.section and one(entry.section, entry.section),
                tags=tuple([one(tag, tag) for tag in entry.tags]),
                authors=tuple([one(author, author) for author in entry.authors]),
                template=one(entry.template, entry.template),
            )
        yield row


def measured(intake: Intake, todo: list[str], jobs: int, costs: dict[str, float]) -> Iterator[bytes]:
    """The packed rows of some documents; what each costs is noted, in processor seconds."""
    for name, (blob, seconds) in zip(todo, executor.stream(_timed, intake, todo, jobs), strict=True):
        costs[name] = seconds
        yield blob


def _timed(intake: Intake, path: str) -> tuple[bytes, float]:
    # The thread's clock: that of the process stands still between ticks while `executor.time_limit` watches it.
    began = time.thread_time()
    return intake.row(path), time.thread_time() - began


def _stale(found: content.Found, memory: Memory, intake: Intake) -> set[str]:
    """Documents that are remembered and have changed, or mean something else by now."""
    head, table = memory.head, found.documents
    if head is None:
        return set()
    rows, now = memory.rows(), round(intake.view.now.timestamp() * 1_000_000)
    stale: set[str] = set()
    if head.always or not head.holds(now):
        stale = {name for name in table.names if name in rows and crossed(rows[name].turns, head.now, now)}
    suspects = doubtful(table, memory, head) if found.edited is None else found.edited
    for name in suspects:
        if name in rows and name not in stale and not digest_of(intake.root, name) == rows[name].digest != b"":
            stale.add(name)
    return stale


def doubtful(table: Table, memory: Memory, head: Head) -> list[str]:
    """Documents whose files came or may have changed since the last build began; as stamps.at_rest, for many."""
    old, rest = memory.manifest.documents, head.started - stamps.SLACK
    if not head.restless:  # so all were at rest then
        added = additions(table.names, old.names)
        if added is not None:
            names, stamped, _ = table.without(added)
            changed = [names[row] for row in different(stamped, old.stamps)]
            return [*changed, *(table.names[place] for place in added)]
    before = dict(zip(old.names, old.each_stamp(), strict=True))
    each = zip(table.names, table.each_stamp(), strict=True)
    return [name for name, s in each if s != before.get(name) or s[1] >= rest or s[2] >= rest]


def digest_of(root: Path, name: str) -> bytes:
    """Of a file's bytes; empty where it cannot be read."""
    try:
        return codec.digest((root / name).read_bytes())
    except FileNotFoundError:
        raise VanishedError.of(name) from None
    except OSError:
        return b""


def _read_files(table: Table, memory: Memory, root: Path, archive: Archive) -> None:
    old = memory.manifest.files
    places = old.rows()
    moment = memory.head.started if memory.head else 0
    for index, name in enumerate(table.names):
        place = places.get(name)
        stamp = table.stamp(index)
        if place is not None and stamp == old.stamp(place) and stamps.at_rest(stamp, moment):
            digest = old.blob(name)
        else:
            digest = digest_of(root, name)
        table.fresh[name] = digest
        if place is None or old.blob(name) != digest:
            archive.changed_files.add(name)
        if digest:
            archive.files.append(StaticFile(name, place_of(name), digest))
        else:
            archive.problems.append(Problem("cannot be read", "check its permissions", name))
    archive.changed_files.update(places.keys() - set(table.names))


def place_of(name: str) -> str:
    """Where a file lands that belongs to no article."""
    return unicodedata.normalize("NFC", name.removeprefix(f"{content.FOLDER}/"))

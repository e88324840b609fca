"""The manifest as the pipeline sees it: what the last build knew of each file, and what it left in the output."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from generator import codec
from generator.build.census import Census
from generator.build.left import Outputs
from generator.build.request import BuildReport, Overdue
from generator.cache import stamps
from generator.cache.extents import DamagedManifestError
from generator.cache.manifest import Manifest
from generator.cache.stamps import Stamp
from generator.cache.tables import Table
from generator.errors import Problem
from generator.model.entry import Row, instant
from generator.model.site import Absence, Unpublished
from generator.records import Record, field
from generator.theme import Survey

if TYPE_CHECKING:
    from generator.build.skeleton import Made  # which a build that finds nothing to do need not import


class Summary(Record, frozen=True):
    """What is reported again where nothing changed."""

    posts: int = 0
    pages: int = 0
    outputs: dict[str, int] = field(default_factory=dict)
    articles: tuple[int, int] = (0, 0)
    unpublished: tuple[Unpublished, ...] = ()
    problems: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, report: BuildReport) -> Summary:
        """Of a report."""
        return cls(
            report.posts, report.pages, dict(report.outputs), report.articles, report.unpublished, report.problems
        )

    def report(self) -> BuildReport:
        """A report of a build that found nothing to do."""
        return BuildReport(
            posts=self.posts,
            pages=self.pages,
            outputs=Counter(self.outputs),
            articles=self.articles,
            unpublished=self.unpublished,
            problems=self.problems,
            unchanged=sum(self.outputs.values()),
        )


class Head(Record, frozen=True, kw_only=True):
    """What is asked first of a manifest.

    Attributes:
        engine: See engine.engine.
        intake: See engine.intake, with what the site is looked at with.
        whole: Digest of settings, theme and request; where it, the files and the output are the same, nothing is to do.
        started: When the last build began to look at files, in nanoseconds of the file system's clock.
        ended: When it had written, likewise.
        now: The clock of the last build, in microseconds since 1970.
        turn: The next instant at which a document comes to mean something else, or ceases to be news, if any.
        always: A document may mean something else at every instant.
        restless: A file changed in the moment when it was looked at.
        oddities: Digest of what was wrong with names and links of files.
        theme: Digest of the theme that `survey` is of.
        survey: What is known of its templates.
        contested: See plan.Known.
        ledger: The stamp of the ledger.
        lost: Documents that clash with another, and so are not published.
        dead: Documents with a link to a page that is not on the site, or was withdrawn; None where that is not known.
        buried: Output paths at which something was withdrawn.
        summary: What is reported.
    """

    engine: bytes
    intake: bytes
    whole: bytes
    started: int
    ended: int
    now: int
    turn: int | None
    always: bool
    restless: bool
    oddities: bytes
    theme: bytes
    survey: Survey
    contested: tuple[str, ...]
    ledger: Stamp
    lost: tuple[str, ...]
    dead: tuple[str, ...] | None
    buried: tuple[str, ...]
    summary: Summary

    def holds(self, now: int) -> bool:
        """Whether no document comes to mean something else between the last build and `now`."""
        return self.now <= now and (self.turn is None or now < self.turn)


_ROW = codec.Unpacker(Row)


def row_of(blob: bytes) -> Row:
    """A row from its bytes.

    Raises:
        DamagedManifestError: They are not those of one.
    """
    try:
        row: Row = _ROW(blob)
    except codec.CodecError as error:
        raise DamagedManifestError(str(error)) from error
    return row


class Rows(Mapping[str, Row]):
    """Rows by source, read one by one.

    Args:
        table: Where they are.
        more: Those that are not there.
    """

    def __init__(self, table: Table, more: Mapping[str, Row]) -> None:
        self._table = table
        self._known = dict(more)
        self._more = {source: None for source in more if source not in table}

    def __getitem__(self, source: str) -> Row:
        row = self._known.get(source)
        if row is None:
            row = self._known[source] = row_of(self._table.blob(source))
        return row

    def __setitem__(self, source: str, row: Row) -> None:
        if source not in self._table:
            self._more[source] = None
        self._known[source] = row

    def __contains__(self, source: object) -> bool:
        return isinstance(source, str) and (source in self._table or source in self._more)

    def __iter__(self) -> Iterator[str]:
        yield from self._table.names
        yield from self._more

    def __len__(self) -> int:
        return len(self._table.names) + len(self._more)

    def copy(self) -> Rows:
        """The same ones, free to be changed."""
        return Rows(self._table, self._known)

    def all(self) -> dict[str, Row]:
        """All of them, read at once.

        Raises:
            DamagedManifestError: One is not what was written.
        """
        return {**_all(self._table), **self._known}


def _all(table: Table) -> dict[str, Row]:
    try:
        return dict(zip(table.names, _ROW.all(table.data(), len(table.names)), strict=True))
    except codec.CodecError as error:
        raise DamagedManifestError(str(error)) from error


class Memory:
    """What the last build knew; empty where there was none.

    Attributes:
        site: What this process made of it; None where another one built last.
        census: What it asked of few documents; likewise.

    Args:
        manifest: As loaded; None for nothing.
        engine: The present engine; what another one remembered is worth nothing.
    """

    def __init__(self, manifest: Manifest | None, engine: bytes) -> None:
        self._manifest = manifest or Manifest()
        self._marks: Mapping[str, bytes] | None = None
        self._rows: dict[str, Row] | Rows | None = None
        self.census: Census | None = None
        self._left: Outputs | None = None
        self.head: Head | None = None
        self.site: Made | None = None
        if manifest is not None:
            try:
                head = codec.from_json(manifest.head, Head)
            except codec.CodecError as error:
                raise DamagedManifestError(str(error)) from error
            if head.engine == engine:
                self.head = head
            else:
                self._manifest = Manifest(outputs=manifest.outputs, folders=manifest.folders, groups=manifest.groups)

    @classmethod
    def of(
        cls, manifest: Manifest, head: Head, rows: dict[str, Row] | Rows, left: Outputs, marks: Mapping[str, bytes]
    ) -> Memory:
        """What a build just did, without reading it again.

        Tables of outputs and families are made of the rest when they are asked for, since a preview can wait.
        """
        memory = cls(None, b"")
        memory._manifest, memory.head = manifest, head
        memory._rows, memory._left, memory._marks = rows, left, marks
        return memory

    @property
    def had_no_ledger(self) -> bool:
        """Whether there was none when the last build looked."""
        return self.head is not None and self.head.ledger == stamps.NONE

    @property
    def manifest(self) -> Manifest:
        """All of it, as it lies on the disk."""
        if self._left is not None and self._marks is not None:
            self._manifest.outputs, self._manifest.groups = self._left.tables(self._marks, self._manifest.groups)
            self._marks = None
        return self._manifest

    def forget_documents(self) -> None:
        """What is remembered of documents is worth nothing, by other settings."""
        self.manifest.documents = Table()
        self._rows = self.census = self.site = None

    def rows(self) -> dict[str, Row]:
        """Each document's row.

        Raises:
            DamagedManifestError: One is not what was written.
        """
        if isinstance(self._rows, dict):
            return self._rows
        found = self._rows.all() if isinstance(self._rows, Rows) else _all(self.manifest.documents)
        self._rows = found
        return found

    def opened(self, failed: Iterable[str]) -> dict[str, Row] | Rows:
        """The same, free to be changed, and read where somebody asks for one; `failed` are off the site anyway."""
        if self._rows is None:
            table = self.manifest.documents
            off = {source: Row(digest=b"", absence=Absence.ERROR) for source in failed if source not in table}
            self._rows = Rows(table, off)
        return self._rows.copy() if isinstance(self._rows, Rows) else dict(self._rows)

    def refile(self, manifest: Manifest) -> None:
        """All that is known lies in a manifest now."""
        self._manifest, self._left, self._marks = manifest, None, None
        self._rows = self.site = self.census = None

    def marks(self) -> dict[str, bytes]:
        """The mark of each family."""
        return dict(zip(self.manifest.groups.names, self.manifest.groups.blobs(), strict=True)) if self.head else {}

    def left(self) -> Outputs:
        """Every output as it was left."""
        if self._left is None:
            outputs, groups = self._manifest.outputs, self._manifest.groups
            self._left = Outputs(outputs, groups.names, foreign=self.head is None)
        return self._left


_GRACE = 5 * 60 * 1_000_000
"""Microseconds that a build may be late, since timers are."""


def overdue(memory: Memory, now: int) -> tuple[Overdue, ...]:
    """What was due between the last build and a while ago, the first first."""
    head, late = memory.head, now - _GRACE
    if head is None or head.turn is None or not head.now < head.turn <= late:
        return ()
    found = [(turn, source) for source, row in memory.rows().items() for turn in row.turns if head.now < turn <= late]
    return tuple(Overdue(instant(turn), source) for turn, source in sorted(found))


def restless(tables: Iterable[Table], ledger: Stamp, moment: int) -> bool:
    """Whether a file may have changed since it was looked at, without its stamp telling."""
    latest = [max(table.stamps[part::3], default=0) for table in tables for part in (1, 2)]
    return not stamps.at_rest(ledger, moment) or max(latest) >= moment - stamps.SLACK

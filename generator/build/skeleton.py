"""What a build writes down of the site that it put in order, so that the next one need not do it again."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from generator import codec
from generator.build.census import Census
from generator.build.memory import Memory, row_of
from generator.cache.tables import DamagedManifestError, Table, little
from generator.ledger import Kept
from generator.model.archive import Gone
from generator.model.entry import Entry
from generator.records import Record, replace
from generator.site import Outline, Resolved, Shelf, amend

if TYPE_CHECKING:
    from generator.config import Settings


class Made(Record, frozen=True):
    """A site as it was put in order, with which nothing is wrong.

    Attributes:
        settings: The digest of its settings.
        theme: The digest of the theme that it was planned with.
        resolved: The site.
        hidden: Files are kept off it that only documents off it name.
    """

    settings: bytes
    theme: bytes
    resolved: Resolved
    hidden: bool

    @classmethod
    def of(cls, settings: Settings, theme: bytes, resolved: Resolved, kept: Kept, *, hidden: bool) -> Made | None:
        """A site; None where something is wrong with it."""
        if resolved.problems or resolved.lost or resolved.vocabulary.stolen or kept.problems or kept.vanished:
            return None
        return cls(codec.of(settings), theme, resolved, hidden)


class _Skeleton(Record, array_like=True, frozen=True):
    settings: bytes
    theme: bytes
    hidden: bool
    outline: Outline
    former: dict[str, tuple[str, ...]]
    gone: tuple[Gone, ...]
    now: int
    census: tuple[bytes, bytes, bytes, int]


_READ = codec.Unpacker(_Skeleton)


def pack(made: Made | None, census: Census, documents: Table) -> bytes:
    """What is to be remembered; nothing where something is wrong with the site.

    Args:
        made: The site.
        census: Of its documents.
        documents: The table of their rows as it is written.
    """
    if made is None:
        return b""
    places, site = documents.rows(), made.resolved.site
    counted = (_rows(census.odd, places), _rows(census.slow, places), _rows(census.turning, places), census.useful)
    return codec.pack(
        _Skeleton(
            made.settings,
            made.theme,
            made.hidden,
            Outline.of(made.resolved, places),
            dict(site.former),
            site.gone,
            census.now,
            counted,
        )
    )


def standing(memory: Memory, failed: Iterable[str]) -> tuple[Made, Census] | None:
    """The site as it was last put in order, and the census of its documents.

    None where something is wrong with it, or nothing is remembered.

    Args:
        memory: What the last build knew.
        failed: Documents that are off the site whatever they hold.

    Raises:
        DamagedManifestError: It is not what was written.
    """
    if memory.site is not None and memory.census is not None:
        return memory.site, memory.census
    documents = memory.manifest.documents
    data, filed = memory.manifest.skeleton(), documents.filed
    if not data or filed is None or filed.names != documents.names:
        return None
    try:
        found: _Skeleton = _READ(data)
    except codec.CodecError as error:
        raise DamagedManifestError(str(error)) from error
    *counted, useful = found.census
    odd, slow, turning = (_sources(rows, filed.names) for rows in counted)
    census = Census(found.now, odd, slow, turning, useful)
    census.odd.update(source for source in failed if source not in filed.places)
    shelf = Shelf(filed.names, lambda: filed.places, lambda source: _entry_of(filed.row(filed.places[source])))
    resolved = found.outline.site(shelf)
    entries: list[Entry] = []
    for source, blob in documents.fresh.items():
        row = row_of(blob)
        census.count(source, row, row_of(filed.row(filed.places[source])))
        entries += [row.entry] if row.entry else []
    resolved = amend(resolved, entries) if entries else resolved
    site = replace(resolved.site, former=found.former, gone=found.gone)
    return Made(found.settings, found.theme, replace(resolved, site=site), found.hidden), census


def _entry_of(blob: bytes) -> Entry:
    """The entry of a published document's row; see `row_of`."""
    entry = row_of(blob).entry
    if entry is None:
        raise DamagedManifestError("no entry")
    return entry


def _rows(sources: Iterable[str], places: Mapping[str, int]) -> bytes:
    return little(array("I", sorted(places[source] for source in sources if source in places))).tobytes()


def _sources(rows: bytes, names: list[str]) -> set[str]:
    numbers = array("I")
    numbers.frombytes(rows)
    return {names[row] for row in little(numbers)}

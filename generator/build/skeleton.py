"""What a build writes down of the site that it put in order, so that the next one need not do it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from generator import codec
from generator.build.census import Census
from generator.build.memory import Memory, row_of
from generator.build.owners import Marks, Taken
from generator.build.promised import Promised
from generator.cache.extents import DamagedManifestError
from generator.cache.tables import Filed, Table, from_bytes, to_bytes
from generator.model.archive import Gone, Site
from generator.model.entry import Entry, Row
from generator.permalinks import collision_key
from generator.records import Record, replace
from generator.site import Outline, Resolved, Shelf, add, amend, each_card

if TYPE_CHECKING:
    from generator.config import Settings


class Made(Record, frozen=True):
    """A site as it was put in order, with which nothing is wrong.

    Attributes:
        settings: The digest of its settings.
        theme: The digest of the theme that it was planned with.
        resolved: The site.
        hidden: Files are kept off it that only documents off it name.
        ids: Of its documents, those off the site too.
        paths: The output paths of its posts and pages, as file systems compare them.
        promised: The ledger with which it was put in order.
        taken: Those of all outputs, as far as they are in the manifest; None where that is not known.
    """

    settings: bytes
    theme: bytes
    resolved: Resolved
    hidden: bool
    ids: Marks
    paths: Marks
    promised: Promised
    taken: Taken | None = None

    @classmethod
    def of(
        cls, settings: Settings, theme: bytes, resolved: Resolved, rows: Iterable[Row], promised: Promised
    ) -> Made | None:
        """A site, of which nothing is hidden; None where something is wrong with it."""
        if resolved.problems or resolved.lost or resolved.vocabulary.stolen:
            return None
        ids, paths = _marks(rows)
        return cls(codec.of(settings), theme, resolved, False, ids, paths, promised)  # noqa: FBT003


def _marks(rows: Iterable[Row]) -> tuple[Marks, Marks]:
    """Those of the ids of some documents, and of the output paths of such as are posts or pages."""
    rows = list(rows)
    entries = [row.entry for row in rows if row.entry and not row.entry.profile]
    return Marks.of(row.id for row in rows if row.id), Marks.of(collision_key(entry.out_path) for entry in entries)


class _Skeleton(Record, array_like=True, frozen=True):
    settings: bytes
    theme: bytes
    hidden: bool
    outline: Outline
    cards: bytes
    ids: bytes
    paths: bytes
    promised: Promised
    taken: Taken
    former: dict[str, tuple[str, ...]]
    gone: tuple[Gone, ...]
    now: int
    census: tuple[bytes, bytes, bytes, int]


_READ = codec.Unpacker(_Skeleton)


def pack(made: Made | None, census: Census, documents: Table, taken: Taken) -> bytes:
    """What is to be remembered; nothing where something is wrong with the site.

    Args:
        made: The site.
        census: Of its documents.
        documents: The table of their rows as it is written.
        taken: Of all outputs.
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
            _cards(site, places),
            made.ids.data,
            made.paths.data,
            made.promised,
            taken,
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
    manifest = memory.manifest
    documents, filed = manifest.documents, manifest.documents.filed
    if not manifest.base or filed is None or not (data := manifest.skeleton()):
        return None
    try:
        found: _Skeleton = _READ(data)
    except codec.CodecError as error:
        raise DamagedManifestError(str(error)) from error
    *counted, useful = found.census
    odd, slow, turning = (_sources(rows, filed.names) for rows in counted)
    census = Census(found.now, odd, slow, turning, useful)
    census.odd.update(source for source in failed if filed.place(source) is None)
    shelf = Shelf(filed.names, filed.place, lambda source: _entry_of(filed, source), found.cards)
    resolved = found.outline.site(shelf)
    resolved = replace(resolved, site=replace(resolved.site, former=found.former, gone=found.gone))
    ids, paths = Marks(found.ids), Marks(found.paths)
    made = Made(found.settings, found.theme, resolved, found.hidden, ids, paths, found.promised, found.taken)
    return _since(made, census, documents, filed)


def _since(made: Made, census: Census, documents: Table, filed: Filed) -> tuple[Made, Census] | None:
    """The same with what changed since it was written."""
    rows = {source: row_of(blob) for source, blob in documents.fresh.items()}
    added = {source: row for source, row in rows.items() if filed.place(source) is None}
    for source, row in rows.items():
        census.count(source, row, None if (place := filed.place(source)) is None else row_of(filed.row(place)))
    entries = [row.entry for source, row in rows.items() if row.entry and source not in added]
    resolved = amend(made.resolved, entries) if entries else made.resolved
    whole = add(resolved, added) if added else resolved
    return (grown(made, whole, added), census) if whole else None


def grown(made: Made, resolved: Resolved, added: Mapping[str, Row]) -> Made:
    """A site to which documents came."""
    ids, paths = _marks(added.values())
    return replace(made, resolved=resolved, ids=made.ids + ids, paths=made.paths + paths)


def _entry_of(filed: Filed, source: str) -> Entry:
    place = filed.place(source)
    entry = None if place is None else row_of(filed.row(place)).entry
    if entry is None:
        raise DamagedManifestError("no entry")
    return entry


def _cards(site: Site, places: Mapping[str, int]) -> bytes:
    """The digest of each row's card; zeros where there is none."""
    size = codec.DIGEST
    cards = bytearray(size * len(places))
    for source, card in zip(site.numbers, each_card(site.documents), strict=True):
        place = size * places[source]
        cards[place : place + size] = card
    return bytes(cards)


def _rows(sources: Iterable[str], places: Mapping[str, int]) -> bytes:
    return to_bytes(sorted(places[source] for source in sources if source in places))


def _sources(rows: bytes, names: list[str]) -> set[str]:
    return {names[row] for row in from_bytes(rows)}

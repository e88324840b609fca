"""Which articles' addresses must be looked up again, because an answer may have changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from generator import codec, links, site
from generator.build.gather import Archive
from generator.build.memory import Memory
from generator.model.entry import Entry, Row
from generator.model.site import StaticFile, Term
from generator.records import replace

_INDEX = "/index.md"


def relink(archive: Archive, resolved: site.Resolved, memory: Memory, finder: links.Finder) -> None:
    """Resolve the addresses of new documents, and of those that asked for what came, went or moved."""
    everything = len(archive.fresh) == len(archive.rows)
    changed = set() if everything else _changed(archive, resolved, memory)
    waiting = archive.fresh.union(memory.head.lost if memory.head else ())
    waiting.update(source for source in archive.odd if archive.rows[source].lost)
    asked = archive.rows if changed or everything else [source for source in archive.rows if source in waiting]
    for source in asked:
        row = archive.rows[source]
        if row.entry is None or source in resolved.lost:
            continue
        if source in waiting or not changed.isdisjoint(row.lookups):
            found = finder.resolved(row)
            if found is not row:
                archive.put(source, found)


def _changed(archive: Archive, resolved: site.Resolved, memory: Memory) -> set[str]:
    """Names whose meaning may be another than in the last build."""
    before, lost = memory.rows(), set(memory.head.lost if memory.head else ())
    moved = {source for source in archive.fresh if not _is_where_it_was(before.get(source), archive.rows[source])}
    went = set() if before.keys() == archive.rows.keys() else before.keys() - archive.rows.keys()
    sources = moved | went | (lost ^ resolved.lost)
    names: set[str] = set()
    homes: list[Entry] = []
    for source in sources:
        for row in (before.get(source), archive.rows.get(source)):
            if row and row.entry:
                names.update(links.names_of(row.entry))
                homes += [row.entry] if source.endswith(_INDEX) else []
    files = {file.source: file for file in resolved.site.files}
    for source in archive.changed_files:
        names.update(links.names_of_file(files.get(source) or StaticFile(source, source.partition("/")[2])))
    for home in homes:
        names.update(_bundled(home, archive.files))
    return names


def _is_where_it_was(before: Row | None, after: Row) -> bool:
    """Whether whoever links to a document finds what was found in the last build."""
    old, new = before.entry if before else None, after.entry
    if old is None or new is None:
        return old is new
    return (old.id, old.url, old.out_path) == (new.id, new.url, new.out_path)


def _bundled(home: Entry, files: Iterable[StaticFile]) -> Iterable[str]:
    """Names of the files beside an article that is a folder, where it is or was."""
    folder = home.source.removesuffix(_INDEX) + "/"
    page = PurePosixPath(home.out_path)
    place = page.parent if page.name == "index.html" else page.with_suffix("")
    for file in files:
        if file.source.startswith(folder):
            yield from links.names_of_file(StaticFile(file.source, str(place / file.source.removeprefix(folder))))


def salted(rows: Mapping[str, Row], stolen: Mapping[tuple[str, str], Term]) -> dict[str, Row]:
    """The rows, where those that use another name's term show it in their digests."""
    return {source: _salted(row, stolen) for source, row in rows.items()}


def _salted(row: Row, stolen: Mapping[tuple[str, str], Term]) -> Row:
    entry = row.entry
    if entry is None:
        return row
    names = [("section", entry.section), ("series", entry.series)]
    names += [*(("tag", tag) for tag in entry.tags), *(("author", author) for author in entry.authors)]
    if not (met := [stolen[kind, name] for kind, name in names if name is not None and (kind, name) in stolen]):
        return row
    salt = codec.of(met)
    entry = replace(entry, card=codec.digest(entry.card, salt), story=codec.digest(entry.story, salt))
    return replace(row, entry=entry)

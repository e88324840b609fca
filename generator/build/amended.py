"""The short way for what publishers do all day: a new post, or an edit that leaves every document in its place.

Then all that was worked out from the others stays good, and few of them are read.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from generator import codec, executor, links, site
from generator.build.embargo import named
from generator.build.front import Frame, oddities
from generator.build.gather import Archive, digest_of, doubtful, measured, sharing
from generator.build.memory import Head, Memory, row_of
from generator.build.promised import is_kept
from generator.build.skeleton import Made, grown, standing
from generator.cache import stamps
from generator.cache.changes import MOST
from generator.cache.tables import additions
from generator.content import Found
from generator.ingest import Intake
from generator.model.archive import Site
from generator.model.entry import Entry, Row
from generator.model.ledger import LEDGER
from generator.permalinks import collision_key, url_key
from generator.records import Record, replace


class Amended(Record, frozen=True):
    """A site of which some documents changed.

    Attributes:
        archive: Its documents.
        made: The site.
        small: What was worked out from others is as good for the next build as what is remembered.
    """

    archive: Archive
    made: Made
    small: bool


def amended(frame: Frame, memory: Memory, found: Found, intake: Intake, theme: bytes) -> Amended | None:
    """The site as it was, with what changed since; None where that is more than some documents.

    Args:
        frame: The build.
        memory: What the last build knew.
        found: What lies in `content/`.
        intake: Takes in what changed.
        theme: The digest of the theme.

    Raises:
        DamagedManifestError: What is remembered is not what was written.
        VanishedError: A file is not there any more.
    """
    added = _added(frame, memory, found)
    if added is None or (known := standing(memory, found.failed)) is None:
        return None
    made, census = known
    if made.settings != codec.of(frame.settings):
        return None
    head, rows = memory.head, memory.opened(found.failed)
    assert head is not None
    if not _keeps_promises(frame, head, found, made, rows):
        return None
    suspects = doubtful(found.documents, memory, head) if found.edited is None else found.edited
    if len(suspects) > MOST:
        return None
    old = [name for name in suspects if name in rows]
    edited = [name for name in old if not digest_of(intake.root, name) == rows[name].digest != b""]
    archive = Archive(rows=rows, census=census.copy(), problems=found.problems)
    return _Short(frame, archive, made, intake).amended(sorted(edited), added, theme)


def _added(frame: Frame, memory: Memory, found: Found) -> list[str] | None:
    """The documents that came; None where anything else came, went or changed, or means something else by now."""
    head, files, documents = memory.head, memory.manifest.files, memory.manifest.documents
    if head is None or head.intake != frame.intake or head.always or not head.holds(frame.now):
        return None
    if not found.files.same_files(files) or max(files.stamps, default=0) >= head.started - stamps.SLACK:
        return None
    if head.oddities != oddities(found):
        return None
    if (head.ledger == stamps.NONE) != (found.ledger == stamps.NONE):
        return None
    places = additions(found.documents.names, documents.names)
    return None if places is None else [found.documents.names[place] for place in places]


def _keeps_promises(frame: Frame, head: Head, found: Found, made: Made, rows: Mapping[str, Row]) -> bool:
    """Whether the ledger asks for what it asked for: it is as it was, or has more of what is on the site as it says."""
    if head.ledger == found.ledger and stamps.at_rest(found.ledger, head.started):
        return True
    try:
        items = made.promised.since((frame.request.root / LEDGER).read_bytes())
    except OSError:
        return False
    return items is not None and all(is_kept(item, rows.get(item.source)) for item in items)


class _Short(Record, dict=True):
    """The short way through one build."""

    frame: Frame
    archive: Archive
    made: Made
    intake: Intake

    def amended(self, edited: list[str], added: list[str], theme: bytes) -> Amended | None:
        """The site with these documents; None where one asks for more."""
        taken = self._taken([*edited, *added])
        old = {name: self.archive.rows[name] for name in edited}
        if not all(site.keeps_place(old[name], taken[name]) for name in edited):
            return None
        if not all(self._is_plain(name, taken[name]) for name in added) or not _differ([taken[name] for name in added]):
            return None
        for name, row in taken.items():
            row = self._finder.resolved(row, old[name].entry if name in old else None) if row.entry else row
            if (name in old and not self._names_the_same(old[name], row)) or (added and row.lost):
                return None
            self.archive.put(name, row)
        return self._made(edited, {name: self.archive.rows[name] for name in added}, theme)

    @cached_property
    def _finder(self) -> links.Finder:
        return links.Finder(self.frame.request.root, self.made.resolved.site, self.frame.base_path)

    def _taken(self, names: list[str]) -> dict[str, Row]:
        """Rows of documents, as long as each is known by the id that it had."""
        rows, request = self.archive.rows, self.frame.request
        given = {name: rows[name].id for name in names if name in rows and rows[name].derived}
        intake, jobs = replace(self.intake, given=given), executor.workers(request.jobs)
        if request.profile:
            blobs = measured(intake, names, jobs, self.archive.costs)
        else:
            blobs = executor.stream(Intake.row, intake, names, jobs)
        return dict(zip(names, sharing(names, map(row_of, blobs)), strict=True))

    def _is_plain(self, name: str, row: Row) -> bool:
        """Whether a document that came is a post, or off the site, and nothing waited for it but lists."""
        entry = row.entry
        if self.made.promised.has(name, row):
            return False
        if entry is None:
            return not row.grave and not named(row) and row.id not in self.made.ids
        if entry.page or entry.profile or entry.aliases or name.endswith("/index.md"):
            return False
        path = collision_key(entry.out_path)
        if self.made.hidden or path in self._graves or entry.id in self.made.ids or path in self.made.paths:
            return False
        waiting = [self.archive.rows[source] for source in self.archive.odd]
        return all(set(row.lookups).isdisjoint(links.names_of(entry)) for row in waiting if row.lost)

    @cached_property
    def _graves(self) -> set[str]:
        """The output paths at which something was withdrawn, as file systems compare them."""
        return {url_key(url) for gone in self.made.resolved.site.gone for url in gone.urls}

    def _names_the_same(self, old: Row, new: Row) -> bool:
        """Whether what is hidden because of what a document names stays hidden, and nothing else."""
        if new.entry is None:
            return set(named(old)) == set(named(new))
        return set(old.lookups) == set(new.lookups) or not (self.made.hidden or self.made.resolved.site.unpublished)

    def _made(self, edited: list[str], added: Mapping[str, Row], theme: bytes) -> Amended | None:
        """The site with what was taken in."""
        made, resolved, whole = self.made, self.made.resolved, self.made.resolved.site
        entries = [entry for name in edited if (entry := self.archive.rows[name].entry)]
        small = made.theme == theme and not any(_shows_far(whole, entry) for entry in entries)
        if made.theme != theme:  # its templates may want to show others
            resolved = replace(resolved, site=site.without_company(whole))
        resolved = site.amend(resolved, entries) if entries else resolved
        if (more := site.add(resolved, added)) is None:
            return None
        return Amended(self.archive, replace(grown(made, more, added), theme=theme), small)


def _differ(rows: list[Row]) -> bool:
    """Whether no two documents have one id or one address."""
    entries = [row.entry for row in rows if row.entry]
    ids, paths = {entry.id for entry in entries}, {collision_key(entry.out_path) for entry in entries}
    return len(ids) == len(paths) == len(entries)


_NEAR = 2_000
"""The newest posts: so few that what they show of others may be worked out anew in each build."""


def _shows_far(whole: Site, entry: Entry) -> bool:
    """Whether lists, too, show that a document changed, and so may many stories."""
    number = whole.numbers[entry.source]
    near = number < min(_NEAR, len(whole.posts)) and entry.series is None
    return not near and site.shows_otherwise(whole.documents[number], entry)

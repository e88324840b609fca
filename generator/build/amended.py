"""The short way for what publishers do all day: an edit that leaves every document in its place.

Then all that was worked out from the others stays good, and none of them is read.
"""

from __future__ import annotations

from collections.abc import Collection

from generator import codec, executor, links, site
from generator.build.front import Frame, oddities
from generator.build.gather import Archive, digest_of, doubtful, measured, sharing
from generator.build.memory import Memory
from generator.build.skeleton import Made, standing
from generator.cache import stamps
from generator.cache.changes import MOST
from generator.content import Found
from generator.ingest import Intake
from generator.model.entry import Entry, Row
from generator.records import Record, replace
from generator.site import Resolved

_ROW = codec.Unpacker(Row)


class Amended(Record, frozen=True):
    """A site of which some documents changed.

    Attributes:
        archive: Its documents.
        resolved: The site.
        made: The same, for the next build.
        small: Their own pages and feeds alone show it.
    """

    archive: Archive
    resolved: Resolved
    made: Made
    small: bool


def amended(frame: Frame, memory: Memory, found: Found, intake: Intake, theme: bytes) -> Amended | None:
    """The site as it was, with what changed since; None where that is more than some texts.

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
    if not _only_texts(frame, memory, found):
        return None
    known = standing(memory, found.failed)
    if known is None or known[0].settings != codec.of(frame.settings):
        return None
    made, census = known
    head, rows = memory.head, memory.opened(found.failed)
    assert head is not None
    suspects = found.edited if found.edited is not None else doubtful(found.documents, memory, head.started)
    if len(suspects) > MOST:
        return None
    edited = sorted(name for name in suspects if not digest_of(intake.root, name) == rows[name].digest != b"")
    archive = Archive(rows=rows, census=census.copy(), problems=found.problems, files=list(made.resolved.site.files))
    entries = _taken(frame, archive, edited, made, intake)
    if entries is None:
        return None
    archive.fresh = set(edited)
    resolved, whole = made.resolved, made.resolved.site
    small = made.theme == theme
    if not small:  # its templates may want to show others
        resolved = replace(resolved, site=site.without_company(whole))
    small = small and not any(site.shows_otherwise(whole.documents[whole.numbers[e.source]], e) for e in entries)
    resolved = site.amend(resolved, entries) if entries else resolved
    return Amended(archive, resolved, replace(made, theme=theme, resolved=resolved), small)


def _only_texts(frame: Frame, memory: Memory, found: Found) -> bool:
    """Whether nothing came, went or changed but the bytes of documents, and no document means something else by now."""
    head, files = memory.head, memory.manifest.files
    if head is None or head.intake != frame.intake or head.always or not head.holds(frame.now):
        return False
    if head.ledger != found.ledger or not stamps.at_rest(found.ledger, head.started):
        return False
    if not found.files.same_files(files) or max(files.stamps, default=0) >= head.started - stamps.SLACK:
        return False
    return head.oddities == oddities(found) and found.documents.names == memory.manifest.documents.names


def _taken(frame: Frame, archive: Archive, edited: list[str], made: Made, intake: Intake) -> list[Entry] | None:
    """What was edited, taken in, with its addresses looked up; None where one is not in its place any more."""
    given = {name: row.id for name in edited if (row := archive.rows[name]).derived}
    intake, jobs = replace(intake, given=given), executor.workers(frame.request.jobs)
    told = frame.request.profile
    blobs = measured(intake, edited, jobs, archive.costs) if told else executor.stream(Intake.row, intake, edited, jobs)
    finder = links.Finder(frame.request.root, made.resolved.site, frame.base_path)
    entries: list[Entry] = []
    for name, row in zip(edited, sharing(edited, map(_ROW, blobs)), strict=True):
        before = archive.rows[name]
        if not site.keeps_place(before, row):
            return None
        after = finder.resolved(row, before.entry) if row.entry else row
        if not _names_the_same(before, after, made):
            return None
        archive.put(name, after)
        if after.entry:
            entries.append(after.entry)
    return entries


def _names_the_same(old: Row, new: Row, made: Made) -> bool:
    """Whether what is hidden because of what documents name stays hidden, and nothing else."""
    if new.entry is None:
        return _targets(old) == _targets(new)
    return set(old.lookups) == set(new.lookups) or not (made.hidden or made.resolved.site.unpublished)


def _targets(row: Row) -> Collection[str]:
    traces = row.traces
    return {*(target for target, _ in traces.mentions), *([traces.picture[0]] if traces.picture else [])}

"""The ledger's part in a build: ids that it froze, addresses that must lead on, promises that a site does not keep."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator import content, executor, ledger, site
from generator.build.gather import Archive
from generator.build.memory import row_of
from generator.build.request import BuildRequest
from generator.build.session import Session
from generator.cache import stamps
from generator.config import Settings
from generator.errors import LedgerError, Problem, VanishedError
from generator.ingest import Intake
from generator.ledger import Ledger
from generator.model.entry import Row
from generator.model.ledger import LEDGER
from generator.records import replace


def opened(request: BuildRequest, found: content.Found, session: Session) -> Ledger | None:
    """The site's ledger; None where it has none.

    Raises:
        LedgerError: It is broken.
        VanishedError: It is not there any more.
    """
    if found.ledger == stamps.NONE:
        return None
    try:
        data = (request.root / LEDGER).read_bytes()
    except FileNotFoundError:
        raise VanishedError.of(LEDGER) from None
    except OSError as error:
        raise LedgerError(Problem(f"cannot be read: {error.strerror}", "check its permissions", LEDGER)) from error
    if session.ledger is None or session.ledger.data != data:
        session.ledger = ledger.read(data)
    return session.ledger


def identify(books: Ledger | None, archive: Archive, intake: Intake, jobs: int, *, had_none: bool) -> None:
    """Give each document that writes no id the one that it is known by; take it in again where it had another.

    Args:
        books: The ledger.
        archive: All documents.
        intake: Takes them in.
        jobs: Processes.
        had_none: The last build had no ledger either, so that what it remembered has its own name.
    """
    if books is None:
        sources = archive.fresh if had_none else archive.rows
        rows = [(source, archive.rows[source]) for source in sources]
        given = {source: row.derived for source, row in rows if row.derived and row.derived != row.id}
    else:
        nameless = [_nameless(source, row, intake.settings) for source, row in archive.rows.items() if row.derived]
        named = {row.id for row in archive.rows.values() if row.id and not row.derived}
        given = ledger.identities(books, nameless, named, archive.rows)
    changed = {source: identity for source, identity in given.items() if archive.rows[source].id != identity}
    for source, identity in changed.items():
        if archive.rows[source].entry is None:
            archive.put(source, replace(archive.rows[source], id=identity))
    again = [source for source in changed if archive.rows[source].entry is not None]
    blobs = executor.stream(Intake.row, replace(intake, given=changed), again, jobs) if again else iter(())
    for source, blob in zip(again, blobs, strict=True):
        archive.put(source, row_of(blob))
    archive.fresh.update(again)


def _nameless(source: str, row: Row, settings: Settings) -> ledger.Nameless:
    entry = row.entry
    if entry is None:
        return ledger.Nameless(source, row.derived, *row.traces.known)
    urls = site.addresses(entry.url, entry.aliases, settings, page=entry.page)
    return ledger.Nameless(source, row.derived, urls, None if entry.page else entry.when)


def audit(
    books: Ledger | None, rows: Mapping[str, Row], odd: Iterable[str], resolved: site.Resolved, lines: site.Lines
) -> tuple[site.Resolved, ledger.Kept]:
    """The site with the addresses that must lead on, and what else the ledger asks of it.

    Args:
        books: The ledger.
        rows: All documents.
        odd: Documents among which are all that were withdrawn.
        resolved: The site that the documents make.
        lines: For messages.
    """
    if books is None and not any(rows[source].grave for source in odd):
        return replace(resolved, site=replace(resolved.site, former={}, gone=())), ledger.Kept({}, (), ())
    whole = resolved.site
    kept = ledger.keep(books or Ledger({}), rows, (*whole.posts, *whole.pages), lines)
    return replace(resolved, site=replace(whole, former=kept.former, gone=kept.gone)), kept

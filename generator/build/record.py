"""Writing down what a site has published: the one place that changes the ledger."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from generator import content, ledger
from generator.build.books import audit
from generator.build.front import build
from generator.build.memory import Memory
from generator.build.request import BuildReport, BuildRequest
from generator.build.standing import Standing
from generator.cache.packs import Packs
from generator.cache.state import folder_of
from generator.errors import LedgerError, OutputError, Problem
from generator.ledger import Change, Ledger
from generator.library import Library
from generator.model.archive import Site
from generator.model.entry import Entry, Row, instant
from generator.model.ledger import LEDGER, Item, Reason, State
from generator.model.site import Absence
from generator.permalinks import collision_key, url_key
from generator.records import Record
from generator.writer import replace_file


class Account(Record, frozen=True):
    """The ledger of a site, and what it is to be.

    Attributes:
        report: Of the build that showed what is public now.
        before: Items that are recorded; None where there is no ledger yet.
        after: Items once what is public now is recorded.
        changes: What differs between them.
        data: The file as it is to be; None where it is so already.
        broken: Promises that the site does not keep, so that nothing may be recorded.
        vanished: Stories that are gone and nobody said why.
    """

    report: BuildReport
    before: dict[str, Item] | None
    after: dict[str, Item]
    changes: tuple[Change, ...]
    data: bytes | None
    broken: tuple[Problem, ...]
    vanished: tuple[Problem, ...]


def account(request: BuildRequest) -> Account:
    """Build a site, and compare what is public now with what is recorded.

    Raises:
        LedgerError: The ledger is broken.
    """
    report = build(request)
    standing = Standing.of(request)
    plain, rows = standing.resolved(), dict(standing.rows)
    resolved, kept = audit(standing.books, rows, rows, plain, lambda source: _lines(request.root, source))
    known = dict(standing.books.items) if standing.books else {}
    public = list(_public(request, resolved.site, standing.memory))
    gone = {row.id: _ending(row) for row in rows.values() if row.absence in _STATES}
    after = ledger.recorded(known, public, gone)
    data = ledger.dump(after.values())
    return Account(
        report=report,
        before=known if standing.books else None,
        after=after,
        changes=tuple(ledger.changes(known, after)),
        data=None if _is_written(standing.books, data) else data,
        broken=kept.problems,
        vanished=kept.vanished,
    )


_STATES: Mapping[str, State] = {Absence.WITHDRAWN: State.WITHDRAWN, Absence.EXPIRED: State.EXPIRED}


def _ending(row: Row) -> ledger.Ending:
    grave, state = row.grave, _STATES[row.absence]
    if not grave or not grave.reason:
        return ledger.Ending(state)
    return ledger.Ending(state, Reason(date=grave.date, language=grave.language, text=grave.reason))


def record(request: BuildRequest) -> Account:
    """Write down what is public now. What was recorded stays: items are added to and never taken out.

    Raises:
        LedgerError: The ledger is broken, or the site breaks a promise that recording would hide.
        OutputError: The system refused; the ledger is as it was.
    """
    found = account(request)
    write(request.root, found)
    return found


def write(root: Path, found: Account) -> None:
    """Write an account down; see `record`."""
    if found.broken:
        raise LedgerError(*found.broken)
    if found.data is not None:
        target = root / LEDGER
        try:
            target.parent.mkdir(exist_ok=True)
            replace_file(target, found.data)
        except OSError as error:
            cause = f"cannot be written: {error.strerror or error}"
            raise OutputError(Problem(cause, "check space and permissions", LEDGER)) from error


def _is_written(books: Ledger | None, data: bytes) -> bool:
    return books is not None and books.data == data


def _lines(root: Path, source: str) -> dict[str, int]:
    try:
        parsed = content.parse((root / source).read_bytes(), source)
    except OSError:
        return {}
    return dict(parsed.document.lines) if parsed.document else {}


def _public(request: BuildRequest, site: Site, memory: Memory) -> Iterator[Item]:
    """What readers can find now, each with the other addresses that lead to it."""
    entries = (*site.posts, *site.pages)
    packs = Packs(request.state or folder_of(request.root, request.output))
    library, taken = Library(site.documents, packs), _taken(entries, memory)
    try:
        for number, entry in enumerate(entries):
            if not entry.banner:
                others = [url for url in entry.aliases if url_key(url) not in taken]
                yield _item(entry, library.post(number).title, (*others, *site.former.get(entry.source, ())))
    finally:
        packs.close()


def _taken(entries: Sequence[Entry], memory: Memory) -> set[str]:
    """Paths of outputs that are no redirects, so that no alias has them."""
    own = {collision_key(entry.out_path) for entry in entries}
    ours = ("stories ", "pages")
    return own | {collision_key(path) for path, family in memory.left().each_family() if not family.startswith(ours)}


def _item(entry: Entry, title: str, aliases: tuple[str, ...]) -> Item:
    return Item(
        aliases=aliases,
        date=None if entry.page else instant(entry.when),
        id=entry.id,
        source=unicodedata.normalize("NFC", entry.source),
        title=title,
        url=entry.url,
    )

"""A comparison from beginning to end: build, look, compare."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from generator import config, content, site
from generator.build import BuildRequest
from generator.build.record import Account, account
from generator.build.standing import Standing
from generator.check.items import words
from generator.diff.folders import Comparison, Folder, address
from generator.diff.leaks import Secret, leaks
from generator.diff.report import Change, FeedChange, Group, Report
from generator.errors import ContentError, Problem, UsageError
from generator.model.archive import Site
from generator.model.document import Document, Status
from generator.model.entry import Row
from generator.model.ledger import LEDGER, Item, State
from generator.model.site import Absence, Post
from generator.permalinks import out_path, split_base
from generator.records import replace


def diff(request: BuildRequest, against: Path | None = None, beside: Collection[str] = ()) -> Report:
    """Build a site, and tell what its publication changes.

    Args:
        request: What to build.
        against: What is public now; None for what the ledger has.
        beside: Files there that are not of the site.

    Raises:
        UsageError: It is the folder that is built.
        LedgerError: The ledger is broken.
    """
    _refuse(request, against)
    books, standing = account(request), Standing.of(request)
    whole = standing.resolved().site
    shown = {entry.id: entry for entry in (*whole.posts, *whole.pages) if not entry.banner}
    public = {identity: books.after[identity] for identity in shown}
    sections = {identity: entry.section or "" for identity, entry in shown.items()}
    hidden = dict(_hidden(request, standing.rows, standing.settings))
    output = Folder(request.output)
    report = Report(
        against=str(against) if against else LEDGER,
        books=books,
        problems=books.report.problems,
        public=len(public),
    )
    if against:
        compared = Comparison(Folder(against, beside), output, public, sections, _gone(books, hidden))
        report.feeds = list(compared.feeds())
        others = [change for change in compared.changes() if change.url not in compared.resent]
        report.changes = [*others, *compared.resent.values()]
        report.files, report.dead = compared.files(), compared.dead()
    else:
        report.changes = list(_since(books, public, sections, output, hidden))
    base_path = split_base(standing.settings.base_url)[1]
    report.leaks = list(leaks(output, list(_secrets(request, hidden, standing)), _taken(whole), base_path))
    return report


def subscribed(books: Account, output: Path, live: Mapping[str, bytes]) -> list[FeedChange]:
    """What changes for subscribers of some feeds.

    Args:
        books: The ledger beside the site.
        output: The built site.
        live: The feeds as they are public now, by their names in the output.
    """
    public = {identity: item for identity, item in books.after.items() if item.state is State.LIVE}
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        for name, data in live.items():
            target = Path(folder, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        return list(Comparison(Folder(Path(folder)), Folder(output), public, {}, ()).feeds())


def published(folder: Path) -> Path:
    """The folder that somebody names as a copy of what is public.

    Raises:
        UsageError: There is none, or it is none of a built site.
    """
    fix = "name a built site, as it is public now"
    if not folder.is_dir():
        raise UsageError(Problem(f"there is no folder {folder}", fix))
    if next(folder.rglob("*.html"), None) is None:
        raise UsageError(Problem(f"{folder} holds no page of a built site, so all would seem new", fix))
    return folder


def compare_gone(report: Report, pages: Mapping[str, bytes], feeds: Iterable[str]) -> None:
    """Note what readers lose without a word and the ledger does not know; what it knows, it tells itself.

    Args:
        report: Of the comparison with the ledger.
        pages: The pages that go, as they are public now, by the names that they had in the output.
        feeds: Names of feeds that go.
    """
    known = {out_path(url) for item in (report.books.before or {}).values() for url in (item.url, *item.aliases)}
    found = {name: words(data) for name, data in sorted(pages.items()) if name not in known}
    stories = [(name, page.title) for name, page in found.items() if page.kind == "story"]
    report.changes += [Change(Group.VANISHED, address(name), title) for name, title in stories]
    lists = [name for name, page in found.items() if page.kind == "page"]
    report.dead = sorted(map(address, (*lists, *feeds)))


def _refuse(request: BuildRequest, against: Path | None) -> None:
    if against is None:
        return
    if against.resolve() == request.output.resolve():
        fix = "build elsewhere with --output DIR, such as --output .dateline/next"
        raise UsageError(Problem(f"{against} is the folder that is built, so nothing would differ", fix))


def _since(
    books: Account, public: Mapping[str, Item], sections: Mapping[str, str], output: Folder, hidden: Mapping[str, Post]
) -> Iterator[Change]:
    """What differs from the ledger."""
    before, pages = books.before or {}, {out_path(item.url): identity for identity, item in public.items()}
    lost = {identity: item for identity, item in before.items() if identity not in public and item.state is State.LIVE}
    replaced = {pages[path] for item in lost.values() if (path := out_path(item.url)) in pages}
    for identity, item in public.items():
        found = _group(before.get(identity), item)
        if found is not None:
            group = Group.RESENT if identity in replaced and identity not in before else found
            old = before[identity].url if group is Group.MOVED else ""
            yield Change(group, item.url, item.title, sections[identity], old)
    gone = _gone(books, hidden)
    for item in lost.values():
        path = out_path(item.url)
        if path in gone and path not in pages:
            yield Change(Group.WITHDRAWN, item.url, item.title)
        elif path not in output.files:
            yield Change(Group.VANISHED, item.url, item.title)


def _group(old: Item | None, new: Item) -> Group | None:
    """What became of a public story, by what the ledger has of it; None where nothing did."""
    if old is None or old.state is not State.LIVE:
        return Group.NEW
    if old.url != new.url:
        return Group.MOVED
    return None if old.title == new.title else Group.UPDATED


def _gone(books: Account, hidden: Mapping[str, Post]) -> set[str]:
    """Output paths of what was taken back in the open."""
    recorded = {out_path(item.url) for item in books.after.values() if item.state is not State.LIVE}
    return recorded | {post.out_path for post in hidden.values() if post.banner in _DECLARED}


_DECLARED = (Absence.WITHDRAWN, Absence.EXPIRED)


def _hidden(request: BuildRequest, rows: Mapping[str, Row], settings: config.Settings) -> Iterator[tuple[str, Post]]:
    """What stories that are not public would be, by source; `banner` says why they are not."""
    terms, view = site.Terms(settings), site.View(request.now, drafts=True, future=True)
    for source, row in rows.items():
        if row.absence not in (Absence.SCHEDULED, *_DECLARED):
            continue
        document = _document(request.root, source)
        if document is None:
            continue
        shown = replace(document, front=replace(document.front, status=Status.PUBLISHED, expires=None))
        with suppress(ContentError):
            post = site.resolve(shown, settings, terms, view, row.id)
            if isinstance(post, Post):
                yield source, replace(post, banner=row.absence)


def _document(root: Path, source: str) -> Document | None:
    try:
        return content.parse((root / source).read_bytes(), source).document
    except OSError:
        return None


def _secrets(request: BuildRequest, hidden: Mapping[str, Post], standing: Standing) -> Iterator[Secret]:
    """The stories that are to come."""
    coming = {source: post for source, post in hidden.items() if post.banner == Absence.SCHEDULED}
    folders = {source.removesuffix("index.md"): source for source in coming if source.endswith("/index.md")}
    beside: dict[str, dict[str, bytes]] = {}
    for file in standing.files:
        owner = next((source for folder, source in folders.items() if file.source.startswith(folder)), None)
        if owner is not None:
            beside.setdefault(owner, {})[file.source] = file.digest
    for source, post in coming.items():
        document = _document(request.root, source)
        if document:
            yield Secret(document, post, beside.get(source, {}))


def _taken(whole: Site) -> set[str]:
    """Output paths of public pages and of what leads to them."""
    entries = (*whole.posts, *whole.pages)
    former = [url for urls in whole.former.values() for url in urls]
    aliases = [url for entry in entries for url in entry.aliases]
    return {entry.out_path for entry in entries} | set(map(out_path, (*former, *aliases)))

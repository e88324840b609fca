"""Where addresses of the old site lead on the new one: links to articles, and the addresses that a post keeps."""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterable, Iterator
from pathlib import PurePosixPath
from urllib.parse import quote, urljoin

from generator import content
from generator.importer.addresses import FRONT, MADE, host_of, is_absolute, key, own_path
from generator.importer.archive import Archive
from generator.importer.articles import Article
from generator.model.document import Document
from generator.permalinks import PathError, split_base
from generator.records import Record, field

NO_SITE = "-"
"""As the old site's address: the articles come from sites that are not the publisher's own."""

_IDENTITY = re.compile(r"[\w.:/,=?~@+-]+", re.ASCII)
"""An id that stands in a link as it is."""

_NOT_LINKED = re.compile(r"(?:#|$|(?!https?:)[A-Za-z][A-Za-z0-9+.-]*:)", re.IGNORECASE)


class OldSite:
    """The hosts that were the publisher's own.

    Args:
        given: Addresses that the publisher names; then no source is asked.

    Attributes:
        base: The first that was named or found, against which paths without a host are read; empty where none was.
    """

    def __init__(self, given: Iterable[str]) -> None:
        given = tuple(given)
        self._fixed = bool(given)
        self._hosts = {host for url in given if (host := host_of(url))}
        self.base = next((url for url in given if host_of(url)), "")

    def learn(self, url: str, *, site: bool = False) -> None:
        """What a source says: its site's address, or, before any is known, that of an article."""
        if not self._fixed and (site or not self._hosts) and (host := host_of(url)):
            self._hosts.add(host)
            self.base = self.base or url

    def holds(self, url: str) -> bool:
        """Whether an address was the publisher's own; a path without a host is."""
        return host_of(url) in self._hosts if is_absolute(url) else bool(self._hosts) or not self._fixed

    @property
    def host(self) -> str:
        """The one that paths belong to, where there is but one."""
        return next(iter(self._hosts)) if len(self._hosts) == 1 else ""


class Kept(Record, frozen=True):
    """The addresses of a post.

    Attributes:
        permalink: Where the site's pattern gives another than it had.
        aliases: Its others.
        unkept: Those at which the new site cannot answer, each with the reason.
        takers: Posts that answer at them already, with the address.
    """

    permalink: str | None = None
    aliases: tuple[str, ...] = ()
    unkept: tuple[tuple[str, str], ...] = ()
    takers: tuple[tuple[str, str], ...] = ()


class _Keeping(Record):
    paths: list[str] = field(default_factory=list)
    unkept: list[tuple[str, str]] = field(default_factory=list)
    takers: list[tuple[str, str]] = field(default_factory=list)


class Lead(Record, frozen=True):
    """Where a link leads.

    Attributes:
        target: What to put in its place; None leaves it.
        whole: Its whole address, where no article that readers can see had it; empty where one had, or it is no link.
        own: It is one of the old site's.
        reason: Why no article was found.
    """

    target: str | None = None
    whole: str = ""
    own: bool = False
    reason: str = ""


class Linker:
    """Looks addresses of the old site up.

    Args:
        archive: Articles by address.
        old_site: Whose addresses are the publisher's own.

    Attributes:
        archive: The same.
        homeless: A link or picture began with a slash, and nobody said on which host.
    """

    def __init__(self, archive: Archive, old_site: OldSite) -> None:
        self.archive = archive
        self._old = old_site
        self.homeless = False
        self._host = host_of(archive.settings.base_url)
        self._base_path = split_base(archive.settings.base_url)[1]

    def kept(self, article: Article, document: Document, identity: str) -> Kept:
        """The addresses that a post keeps, given what it would be without them."""
        number = self.archive.number(identity)
        found = _Keeping()
        for address in (article.url, *article.aliases):
            if address and self._old.holds(address):
                self._keep(address, number, found)
        usual = self.archive.url_of(document, identity)
        first = found.paths[0] if found.paths and article.url else None
        permalink = first if first and first != usual else None
        aliases = tuple(dict.fromkeys(path for path in found.paths if path not in (first, usual)))
        return Kept(permalink, aliases, tuple(found.unkept), tuple(found.takers))

    def _keep(self, address: str, number: int | None, found: _Keeping) -> None:
        try:
            path = own_path(address, self._base_path)
        except PathError as error:
            found.unkept.append((address, str(error)))
            return
        taker = self.archive.at_place(path)
        if taker is None or taker == number:
            found.paths.append(path)
        else:
            found.unkept.append((address, f"is the address of {self.archive.path(taker)}"))
            found.takers.append((path, self.archive.path(taker)))

    def old(self, article: Article) -> Iterator[str]:
        """Every absolute address that an article had, by which links may mean it; that of its `url` first."""
        for address in (article.url, *article.aliases):
            if address and host_of(whole := _joined(self._old.base, address)):
                yield whole

    def lead(self, target: str, base: str, path: str) -> Lead:
        """Where a link leads.

        Args:
            target: As written.
            base: The old address of the article that it stands in; empty where that is not known.
            path: The file that it stands in.
        """
        if _NOT_LINKED.match(target):
            return Lead()
        whole = _joined(_joined(self._old.base, base), target)
        if not host_of(whole) and not whole.startswith("/"):
            return Lead()
        own = self._old.holds(whole) or (host_of(base) != "" and host_of(base) == host_of(whole))
        number = self._at_place(whole) if own else None
        if number is None:
            number = self.archive.at_old(key(whole, self._old.host))
        changed = whole if whole != target else None
        if number is None:
            self.homeless = self.homeless or whole.startswith("/")
            return Lead(changed, whole, own, "no article had this address")
        if not self.archive.is_public(number):
            return Lead(changed, whole, own=True, reason=f"{self.archive.path(number)} is not public")
        return Lead(self._link(number, path) + _fragment(whole))

    def picture(self, target: str, base: str) -> Lead:
        """Where a picture lies: with the site already, under its old path; else its whole address is told."""
        whole = _joined(_joined(self._old.base, base), target)
        if is_absolute(whole) or whole.startswith("/"):
            path = self._file(whole) if self._old.holds(whole) else None
            self.homeless = self.homeless or (path is None and whole.startswith("/"))
            return Lead(path) if path else Lead(whole if whole != target else None, whole)
        return Lead()

    def _file(self, address: str) -> str | None:
        """The site path of a file of the site that lies where it lay on the old one."""
        try:
            path = own_path(address, self._base_path)
        except PathError:
            return None
        return path if (self.archive.root / content.FOLDER / path.lstrip("/")).is_file() else None

    def _at_place(self, address: str) -> int | None:
        try:
            return self.archive.at_place(own_path(address, self._base_path))
        except PathError:
            return None

    def _link(self, number: int, path: str) -> str:
        """A link to an article: by its id, which stays right when files move, or by its file."""
        identity = self.archive.id(number)
        if _IDENTITY.fullmatch(identity):
            return f"id:{identity}"
        return quote(os.path.relpath(self.archive.path(number), PurePosixPath(path).parent))

    def reason(self, address: str, places: Container[str]) -> str | None:
        """Why nothing answers at an old address, now that all is imported; None where something does.

        Args:
            address: Absolute.
            places: Site paths that are no articles.
        """
        if self._old.base and not self._old.holds(address) and host_of(address) != self._host:
            return f"is not on the old site, {host_of(self._old.base)}"
        try:
            path = own_path(address, self._base_path)
        except PathError as error:
            return None if str(error) in (FRONT, MADE) else str(error)
        number = self.archive.at_place(path)
        if number is not None:
            return None if self.archive.is_public(number) else f"{self.archive.path(number)} is not public"
        if path in places or (self.archive.root / content.FOLDER / path.lstrip("/")).is_file():
            return None
        number = self.archive.at_old(key(address))
        return "no article has it" if number is None else f"{self.archive.path(number)} has another"


def _joined(base: str, target: str) -> str:
    """A target against the address of the page that it stood on."""
    try:
        return urljoin(base, target) if is_absolute(base) else target
    except ValueError:
        return target


def _fragment(address: str) -> str:
    _, mark, fragment = address.partition("#")
    return mark + fragment if fragment else ""

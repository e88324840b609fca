"""The way through a site's folder that all generators share: first the address of every file, then the articles."""

from __future__ import annotations

import datetime as dt
import hashlib
import posixpath
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO, TypeVar
from urllib.parse import quote, unquote, urlsplit

from generator.content import foreign
from generator.content.lane import Matter
from generator.errors import ContentError
from generator.importer.addresses import host_of, is_absolute
from generator.importer.articles import Article, Item, Media, SiteFound, Skipped
from generator.importer.bodies import Body
from generator.importer.sites import forms
from generator.importer.sites.folder import Folder
from generator.importer.sites.forms import Form
from generator.importer.sites.prose import addresses
from generator.importer.sites.values import Values
from generator.ledger import short_id
from generator.model.document import Image
from generator.permalinks import in_ascii
from generator.records import Record, field, replace

T = TypeVar("T")

_ADDRESS = "/:%@!$&'()*+,;=~"
"""Signs that stay in an address as a feed has it; blanks and letters beyond ASCII are coded."""

DATED = re.compile(r"(?P<day>\d{4}-\d{1,2}-\d{1,2})[-_ ](?P<slug>.+)")
"""A file's name that begins with a day."""

MARKDOWN = (".md", ".markdown", ".mkd", ".mdown")
OTHER_MARKUP = (".rst", ".adoc", ".asciidoc", ".org", ".textile", ".ipynb", ".mdx", ".njk", ".liquid", ".pug", ".haml")
_OTHER = "is in a markup that is not read"
_CONVERT = "convert it to Markdown with a converter such as Pandoc, and import that"
_CORRECT = "correct the file, and import again"


class Page(Record):
    """One file while it is read.

    Attributes:
        name: In the site's folder.
        matter: Its front matter and body.
        values: What is left of its front matter.
        url: Its address on the old site, a path from the root; empty where it has none.
        date: Its date, where its address needed it.
        slug: The last part of its address, where that has one of its own.
        categories: Where its address needed them.
        language: Where the file's name, or its address, says it.
        title: Where its address needed it.
        media: What its body shows and the folder has.
    """

    name: str
    matter: Matter
    values: Values
    url: str = ""
    date: dt.datetime | dt.date | None = None
    slug: str = ""
    categories: tuple[str, ...] = ()
    language: str = ""
    title: str = ""
    media: list[Media] = field(default_factory=list)

    @property
    def form(self) -> Form:
        """In which its body is written."""
        return forms.of(self.name)


class Reading(ABC):
    """One site while it is read; a generator says where its articles lie and what they mean.

    Attributes:
        folder: The site's.
        urls: The address of each file, a path from the site's root.
        base: The old site's own address, without a slash at its end; empty where its settings do not say.
    """

    NAME: str

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self.urls: dict[str, str] = {}
        self._lists: dict[str, Mapping[str, Any]] = {}
        self.base = ""

    @abstractmethod
    def site(self) -> SiteFound:
        """What the settings tell."""

    @abstractmethod
    def names(self) -> Iterator[str | Skipped]:
        """The files that may be articles, and what is none."""

    @abstractmethod
    def url(self, page: Page) -> str:
        """A file's address on the old site; what it takes of the front matter for that, it notes in the page."""

    @abstractmethod
    def article(self, page: Page) -> Article | Skipped:
        """What a file becomes."""

    def split(self, text: str) -> Matter:
        """A file's front matter and body.

        Raises:
            ContentError: They cannot be told apart.
        """
        return foreign.read(text)

    def items(self) -> Iterator[Item]:
        """The site, then its articles; a file that cannot be read does not stop the others."""
        site = self.site()
        self.base = site.base_url if is_absolute(site.base_url) and host_of(site.base_url) else ""
        yield site
        names = []
        for name in self.names():
            if isinstance(name, Skipped):
                yield name
            elif name.endswith(OTHER_MARKUP):
                yield Skipped("file", name, _OTHER, fix=_CONVERT)
            else:
                names.append(name)
        sound = []
        for name in names:
            page = self._tried(name, self._page)
            if isinstance(page, Skipped):
                yield page
            else:
                self.urls[name] = page.url
                sound.append(name)
        yield from (self._tried(name, self._item) for name in sound)

    def _tried(self, name: str, read: Callable[[str], T]) -> T | Skipped:
        """What comes of a file; one that cannot be read, for whatever reason, does not stop the others."""
        try:
            return read(name)
        except ContentError as error:
            return self._broken(name, error)
        except Exception as error:  # noqa: BLE001  # a hostile file must not stop the others
            return Skipped("file", name, f"cannot be read: {type(error).__name__}: {error}"[:500], fix=_CORRECT)

    def _page(self, name: str) -> Page:
        matter = self.split(self.folder.text(name))
        page = Page(name, matter, Values(matter.values, matter.lines))
        page.url = self.url(page)
        return page

    def _broken(self, name: str, error: ContentError) -> Skipped:
        cause = "; ".join(problem.cause for problem in error.problems)
        return Skipped("file", name, cause, error.problems[0].line, _CORRECT)

    def _item(self, name: str) -> Article | Skipped:
        page = self._page(name)
        found = self.article(page)
        if isinstance(found, Skipped):
            return found
        place = self.folder.place(name)
        digest = hashlib.sha256(self.folder.text(name).encode()).hexdigest()
        problems = tuple(problem.at(place) for problem in (*page.values.problems, *found.problems))
        identity = quote(self.identity(page), safe=_ADDRESS) or short_id(f"{self.NAME}:{name}")
        url = f"{self.base}{page.url}" if page.url else ""
        return replace(
            found,
            identity=identity,
            url=url,
            aliases=tuple(f"{self.base}{alias}" if alias.startswith("/") else alias for alias in found.aliases),
            place=place,
            digest=digest,
            media=tuple(page.media),
            problems=problems,
        )

    def identity(self, page: Page) -> str:
        """What the generator's feed knows a post by: its address, where it has a whole one."""
        return f"{self.base}{page.url}" if self.base and page.url else ""

    def above(self, name: str) -> Iterator[Mapping[str, Any]]:
        """What the pages of lists (`_index.md`) above a file say of it, the nearest first."""
        folder = posixpath.dirname(name)
        while folder:
            if folder not in self._lists:
                self._lists[folder] = self._list_of(f"{folder}/_index.md")
            yield self._lists[folder]
            folder = posixpath.dirname(folder)

    def _list_of(self, name: str) -> Mapping[str, Any]:
        try:
            return self.split(self.folder.text(name)).values if self.folder.has(name) else {}
        except ContentError:
            return {}

    def body(self, page: Page, text: str, roots: tuple[str, ...]) -> Body:
        """A page's body, its tags read, as that of a post; what it shows is noted as `show_all` does."""
        body = page.form.body(text, page.matter.body_line)
        self.show_all(page, body.text, roots)
        return body

    def show(self, page: Page, address: str, *places: str) -> None:
        """Note a picture that an article shows, where the folder has it at one of some places."""
        for place in places:
            if opener := self.folder.opener(place):
                self._note(page, address, opener)
                return

    def _note(self, page: Page, address: str, opener: Callable[[], BinaryIO]) -> None:
        if all(media.address != address for media in page.media):
            page.media.append(Media(address, opener))

    def show_all(self, page: Page, body: str, roots: tuple[str, ...]) -> None:
        """Note every file that a body shows or links to: by its address from an old root in `roots`, or beside it."""
        for address in addresses(body):
            self.show_one(page, address, roots)

    def show_one(self, page: Page, address: str, roots: tuple[str, ...]) -> None:
        """Note one file; see `show_all`."""
        try:
            parts = urlsplit(address)
        except ValueError:  # no address at all, such as http://[
            return
        path = unquote(parts.path)
        if parts.scheme or parts.netloc or not path or path.endswith((*MARKDOWN, *OTHER_MARKUP, ".html")):
            return
        if path.startswith("/"):
            paths = dict.fromkeys((path, path.removeprefix(f"{self.base_path}/")))
            self.show(page, address, *(posixpath.join(root, path.lstrip("/")) for path in paths for root in roots))
        else:
            self.show(page, address, posixpath.normpath(posixpath.join(posixpath.dirname(page.name), path)))

    def image(self, page: Page, roots: tuple[str, ...], *names: str) -> Image | None:
        """The lead picture, from the first of some keys."""
        src = alt = caption = ""
        for name in names:
            parts = ("path", "src", "url", "image", "feature")
            if src := page.values.text(*(f"{name}.{part}" for part in parts)):
                alt, caption = page.values.text(f"{name}.alt"), page.values.text(f"{name}.caption")
                break
        src = src or next(iter(page.values.texts(*names)), "")
        if not src:
            return None
        src = self._from_root(page, src, roots)
        self.show_one(page, src, roots)
        return Image(src, alt, caption)

    def _from_root(self, page: Page, src: str, roots: tuple[str, ...]) -> str:
        """A lead picture's address; `img/boat.png` that does not lie beside its article is one from a root."""
        if src.startswith("/") or ":" in src or self.folder.has(posixpath.join(posixpath.dirname(page.name), src)):
            return src
        return f"{self.base_path}/{src}" if any(self.folder.has(posixpath.join(root, src)) for root in roots) else src

    @property
    def base_path(self) -> str:
        """The path below which the old site lay; empty for the root of its host."""
        return urlsplit(self.base).path.rstrip("/")

    def body_url(self, name: str, fragment: str = "") -> str | None:
        """The old address of a file of the site that a body names; None where there is no such article."""
        url = self.urls.get(name)
        return None if not url else f"{self.base}{url}{f'#{fragment}' if fragment else ''}"


def stem(name: str) -> str:
    """A file's name without folder and suffix."""
    return posixpath.splitext(posixpath.basename(name))[0]


def day_of(name: str) -> tuple[dt.date | None, str]:
    """The day with which a file's name begins, if one does, and the rest of the name."""
    if found := DATED.fullmatch(stem(name)):
        try:
            year, month, day = map(int, found["day"].split("-"))
            return dt.date(year, month, day), found["slug"]
        except ValueError:
            pass
    return None, stem(name)


def filled(pattern: str, words: Mapping[str, str]) -> str:
    """A permalink pattern of `:name` filled in; unknown names stay."""
    found = re.sub(r":([a-z_]+)", lambda match: words.get(match[1], match[0]), pattern)
    return re.sub("/{2,}", "/", f"/{found}")


def moments(date: dt.datetime | dt.date | None) -> dict[str, str]:
    """The parts of a date by the names that patterns have for them."""
    if date is None:
        return {}
    return {
        "year": f"{date:%Y}", "month": f"{date:%m}", "day": f"{date:%d}", "short_year": f"{date:%y}",
        "i_month": str(date.month), "i_day": str(date.day), "y_day": f"{date:%j}", "yearday": str(int(f"{date:%j}")),
        "hour": f"{date:%H}", "minute": f"{date:%M}", "second": f"{date:%S}",
    }  # fmt: skip


def python_slug(text: str, kept: str = "", *, ascii_only: bool = True) -> str:
    """A name as Pelican and Nikola put it into addresses: mostly ASCII, its marks left out, blanks as hyphens."""
    letters = in_ascii(text) if ascii_only else text
    return re.sub(r"[-\s]+", "-", re.sub(rf"[^\w\s{kept}-]", "", letters).strip().lower())


def slugified(text: str) -> str:
    """A name as most generators put it into addresses: small letters of any script, hyphens for all else."""
    return re.sub(r"[\W_]+", "-", text.lower()).strip("-")


def in_words(slug: str) -> str:
    """A headline for an article that has none but its file's name."""
    words = re.sub(r"[-_]+", " ", slug).strip()
    return words[:1].upper() + words[1:]

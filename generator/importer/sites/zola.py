"""Zola: `content/` with TOML front matter, co-located files, shortcodes, `@/` links.

Addresses as in getzola.org/documentation/content/page.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator

from generator.importer.articles import Article, Item, SiteFound, Skipped
from generator.importer.sites import shortcodes
from generator.importer.sites.folder import Folder
from generator.importer.sites.prose import readdressed
from generator.importer.sites.reading import MARKDOWN, Page, Reading, day_of, in_words, slugified, stem
from generator.importer.sites.tags import Kept
from generator.importer.sites.values import Values
from generator.model.document import Extra, Kind, Status
from generator.permalinks import in_ascii

NAME = "Zola"

_PLAIN_SECTIONS = frozenset({"post", "posts", "blog", "articles", "news"})


def recognises(folder: Folder) -> bool:
    """Settings with `base_url`, as Zola wants them, and a folder `content/`."""
    return folder.has("content") and "base_url" in folder.settings("config.toml", "zola.toml")


def read(folder: Folder) -> Iterable[Item]:
    """The site, its posts and pages."""
    return _Zola(folder).items()


class _Zola(Reading):
    NAME = NAME

    def __init__(self, folder: Folder) -> None:
        super().__init__(folder)
        config = Values(folder.settings("config.toml", "zola.toml"))
        self.ascii = (config.text("slugify.paths") or "on") == "on"

    def site(self) -> SiteFound:
        config = Values(self.folder.settings("config.toml", "zola.toml"))
        return SiteFound(
            title=config.text("title"),
            description=config.text("description"),
            base_url=config.text("base_url").rstrip("/"),
            language=config.text("default_language"),
        )

    def names(self) -> Iterator[str | Skipped]:
        for name in self.folder.files("content"):
            if stem(name).split(".")[0] == "_index":
                yield Skipped("section page", name, "is the page of a list, which Dateline makes")
            elif name.endswith(MARKDOWN):
                yield name

    def url(self, page: Page) -> str:
        values = page.values
        path = posixpath.splitext(page.name.removeprefix("content/"))[0]
        base, _, last = path.rpartition(".")
        if base and 2 <= len(last) <= 3 and last.isalpha():
            path, page.language = base, last
        if posixpath.basename(path) == "index":
            path = posixpath.dirname(path)
        day, rest = day_of(f"{posixpath.basename(path)}.md")
        page.date = values.date("date") or day
        page.slug = self._slugified(values.text("slug") or rest)
        if own := values.text("path"):
            return f"/{own.strip('/')}/"
        prefix = f"/{page.language}" if page.language else ""
        return f"{prefix}/{posixpath.join(posixpath.dirname(path), page.slug)}/"

    def article(self, page: Page) -> Article | Skipped:
        values = page.values
        if values.text("render").casefold() == "false":
            return Skipped("page", page.name, "has no page of its own (`render = false`)")
        kept = Kept("shortcode")
        body = readdressed(shortcodes.zola(page.matter.body, kept, page.form), self._address)
        self.show_all(page, body, ("static",))
        categories = values.texts("taxonomies.categories", "taxonomies.category")
        return Article(
            title=values.text("title") or in_words(page.slug),
            body=body.strip("\n"),
            kind=Kind.POST if page.date else Kind.PAGE,
            slug=page.slug,
            aliases=tuple(f"/{alias.lstrip('/')}" for alias in values.texts("aliases")),
            date=page.date,
            updated=values.date("updated"),
            status=Status.DRAFT if values.truth("draft") or self._is_in_drafts(page.name) else Status.PUBLISHED,
            summary=values.text("description", "extra.description", "extra.summary") or None,
            image=self.image(page, ("static", "content"), "extra.image", "extra.cover", "extra.thumbnail"),
            authors=values.texts("authors", "taxonomies.authors", "taxonomies.author", "extra.author", "extra.authors"),
            section=(categories or self._section(page.name) or (None,))[0],
            tags=tuple(dict.fromkeys((*categories[1:], *values.texts("taxonomies.tags", "taxonomies.tag", "tags")))),
            series=(values.texts("taxonomies.series", "extra.series") or (None,))[0],
            language=page.language or None,
            extra=_flat(values),
            problems=kept.problems(),
        )

    def _is_in_drafts(self, name: str) -> bool:
        """Whether a list above a file is a draft, with all that is in it."""
        return any(Values(values).truth("draft") for values in self.above(name))

    def _slugified(self, text: str) -> str:
        """A name in an address: in ASCII, unless the settings keep what is safe."""
        return slugified(in_ascii(text)) if self.ascii else re.sub(r"[\s<>:\"/|?*#\\()\[\]]+", "_", text).strip("_")

    def _section(self, name: str) -> tuple[str, ...]:
        folders = name.removeprefix("content/").split("/")[:-1]
        if stem(name).split(".")[0] == "index":
            folders = folders[:-1]
        return tuple(folders[:1]) if folders and folders[0] not in _PLAIN_SECTIONS else ()

    def _address(self, address: str) -> str:
        """`@/blog/a.md#part` as the address that it has."""
        if not address.startswith("@/"):
            return address
        path, _, fragment = address[2:].partition("#")
        return self.body_url(f"content/{path}", fragment) or address


def _flat(values: Values) -> Extra:
    inner = values.take("extra")
    rest = values.rest("template", "weight", "in_search_index", "slug", "path")
    return Extra({**rest, **inner} if isinstance(inner, dict) else rest)

"""Nikola: posts and pages with `.. title:` lines in a comment at the top, or in a file beside; settings in `conf.py`.

Addresses as in getnikola.com/handbook, "Configuring the site".
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.content.lane import Matter
from generator.importer.articles import Article, Item, SiteFound, Skipped
from generator.importer.sites import python_settings, shortcodes
from generator.importer.sites.folder import Folder
from generator.importer.sites.prose import readdressed
from generator.importer.sites.reading import MARKDOWN, OTHER_MARKUP, Page, Reading, day_of, in_words, python_slug, stem
from generator.importer.sites.tags import Kept
from generator.model.document import Kind, Status

NAME = "Nikola"

_LINE = re.compile(r"^\.\.[ \t]+(?P<key>[\w-]+):[ \t]*(?P<value>.*?)[ \t]*$", re.MULTILINE)
_COMMENT = re.compile(r"\s*<!--[ \t]*\n?(?P<block>(?:[ \t]*\.\.[^\n]*\n|[ \t]*\n)+?)[ \t]*-->[ \t]*\n?")
_TEASER = re.compile(r"<!--\s*(?:TEASER_END|END_TEASER)[^>]*-->|\.\. TEASER_END[^\n]*")
_LINK = re.compile(r"link://(?P<kind>\w+)/(?P<name>[^#]*)(?:#(?P<fragment>.*))?")


def recognises(folder: Folder) -> bool:
    """`conf.py` that names a blog and where its posts are."""
    config = python_settings.read(folder, "conf.py")
    return "BLOG_TITLE" in config or ("POSTS" in config and "PAGES" in config)


def read(folder: Folder) -> Iterable[Item]:
    """The site, its posts and pages."""
    return _Nikola(folder).items()


class _Nikola(Reading):
    NAME = NAME

    def __init__(self, folder: Folder) -> None:
        super().__init__(folder)
        self.config = python_settings.read(folder, "conf.py")
        self.places = [*self._places("POSTS", "posts", Kind.POST), *self._places("PAGES", "pages", Kind.PAGE)]
        self.slugs: dict[str, str] = {}
        given = self.config.get("TRANSLATIONS")
        self.translations: Mapping[str, Any] = given if isinstance(given, Mapping) else {}

    def _places(self, key: str, default: str, kind: Kind) -> Iterator[tuple[str, str, Kind]]:
        """Folders of sources, and where their files are on the site."""
        rows = self.config.get(key)
        for row in (
            rows if isinstance(rows, list | tuple) else ((f"{default}/*.md", default if kind is Kind.POST else ""),)
        ):
            if isinstance(row, list | tuple) and len(row) >= 2 and isinstance(row[0], str) and isinstance(row[1], str):
                yield posixpath.dirname(row[0]), row[1].strip("/"), kind

    def site(self) -> SiteFound:
        text = {key: value for key, value in self.config.items() if isinstance(value, str)}
        where = next((where for _, where, kind in self.places if kind is Kind.POST), "posts")
        end = "/" if self.config.get("PRETTY_URLS") is not False else ".html"
        return SiteFound(
            title=text.get("BLOG_TITLE", ""),
            description=" ".join(text.get("BLOG_DESCRIPTION", "").split()),
            base_url=text.get("SITE_URL", "").rstrip("/"),
            language=text.get("DEFAULT_LANG", ""),
            timezone=text.get("TIMEZONE", ""),
            permalink=f"/{where}/{{slug}}{end}".replace("//", "/"),
            feed="/rss.xml",
        )

    def names(self) -> Iterator[str | Skipped]:
        for place in dict.fromkeys(place for place, _, _ in self.places):
            for name in self.folder.files(place):
                if name.endswith((*MARKDOWN, *OTHER_MARKUP, ".html")):
                    yield name

    def split(self, text: str) -> Matter:
        """`.. title:` lines in a comment; or front matter between `---`."""
        if found := _COMMENT.match(text):
            values = {line["key"]: line["value"] for line in _LINE.finditer(re.sub(r"(?m)^[ \t]+", "", found["block"]))}
            return Matter(values, dict.fromkeys(values, 1), text[found.end() :], text.count("\n", 0, found.end()) + 1)
        return super().split(text)

    def url(self, page: Page) -> str:
        values = page.values
        values.fall_back(self._beside(page.name))
        name, page.language = self._translated(page.name)
        if page.language:
            values.fall_back(self._of_original(name))
        day, rest = day_of(name)
        page.date = values.date("date") or day
        page.slug = values.text("slug") or python_slug(rest, "+")
        page.categories = values.texts("category", "categories", apart=r"\s*,\s*")
        place, where, _ = self._place(page.name)
        below = posixpath.dirname(page.name[len(place) :].lstrip("/"))
        pretty = self.config.get("PRETTY_URLS") is not False and values.text("pretty_url").casefold() != "false"
        where = posixpath.join(str(self.translations.get(page.language) or "").strip("./"), where)
        base = posixpath.join("/", where, below, page.slug)
        if pretty and page.slug == "index":
            base = posixpath.dirname(base).rstrip("/")
        url = f"{base}/" if pretty else f"{base}.html"
        if not page.language:
            self.slugs[page.slug] = page.name
        return url

    def _translated(self, name: str) -> tuple[str, str]:
        """The file of which one is the translation (`boat.pl.md` of `boat.md`), and its language; else itself."""
        base, end = posixpath.splitext(name)
        first, _, language = base.rpartition(".")
        is_one = first and language in self.translations and language != self.config.get("DEFAULT_LANG")
        return (f"{first}{end}", language) if is_one else (name, "")

    def _of_original(self, name: str) -> Mapping[str, Any]:
        """What the original of a translation says."""
        own = self.split(self.folder.text(name)).values if self.folder.has(name) else {}
        return {**self._beside(name), **own}

    def _beside(self, name: str) -> Mapping[str, Any]:
        """The lines of the `.meta` file of a post."""
        meta = f"{posixpath.splitext(name)[0]}.meta"
        if not self.folder.has(meta):
            return {}
        return {line["key"]: line["value"] for line in _LINE.finditer(self.folder.text(meta))}

    def _place(self, name: str) -> tuple[str, str, Kind]:
        inside = [row for row in self.places if name.startswith(f"{row[0]}/")]
        return max(inside, key=lambda row: len(row[0])) if inside else ("", "", Kind.POST)

    def article(self, page: Page) -> Article | Skipped:
        values = page.values
        kept = Kept("shortcode")
        text = shortcodes.nikola(_TEASER.sub("<!-- more -->", page.matter.body), kept, page.form)
        text = readdressed(text, self._address)
        body = self.body(page, text, ("files", "images", ""))
        status = values.text("status").casefold() or "published"
        tags = values.texts("tags", apart=r"\s*,\s*")
        held = {"draft", "private"} & {status, *(tag.casefold() for tag in tags)}
        return Article(
            title=values.text("title") or in_words(stem(page.name)),
            body=body.text,
            kind=self._place(page.name)[2],
            slug=page.slug,
            date=page.date,
            updated=values.date("updated"),
            status=Status.DRAFT if held else Status.PUBLISHED,
            summary=values.text("description") or None,
            image=self.image(page, ("files", "images", ""), "previewimage"),
            authors=values.texts("author", "authors", apart=r"\s*,\s*"),
            section=(page.categories or (None,))[0],
            tags=tuple(
                tag for tag in (*page.categories[1:], *tags) if tag.casefold() not in ("draft", "private", "mathjax")
            ),
            featured=status == "featured",
            language=page.language or None,
            extra=values.rest("type", "link", "slug", "template", "hidetitle", "has_math"),
            dropped=body.dropped,
            problems=(*kept.problems(), *body.problems),
        )

    def _address(self, address: str) -> str:
        """`link://slug/name` as the address that it has."""
        found = _LINK.fullmatch(address)
        if not found or found["kind"] not in ("slug", "filename"):
            return address
        return self.body_url(self.slugs.get(found["name"], found["name"]), found["fragment"] or "") or address

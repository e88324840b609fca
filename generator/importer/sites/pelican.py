"""Pelican: Markdown with `Title:` lines at its top, `{filename}` links, patterns in `pelicanconf.py`.

Addresses as in docs.getpelican.com, Settings, "URL settings".
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from generator.content.lane import Matter
from generator.importer.articles import Article, Item, SiteFound, Skipped
from generator.importer.sites import python_settings
from generator.importer.sites.folder import Folder
from generator.importer.sites.forms import HTML
from generator.importer.sites.prose import fenced, outside_code, readdressed
from generator.importer.sites.reading import MARKDOWN, OTHER_MARKUP, Page, Reading, day_of, in_words, python_slug
from generator.model.document import Kind, Status

NAME = "Pelican"

_CONFIGS = ("publishconf.py", "pelicanconf.py")
_KEY = re.compile(r"(?P<key>[A-Za-z0-9_-]+):[ \t]*(?P<value>.*)")
_SEVERAL = re.compile(r"[ ]{4,}|\t")
_PLACE = re.compile(
    r"(?:\{|\|)(?P<what>filename|static|attach|tag|category|author|index|archives)(?:\}|\|)(?P<path>.*)"
)
_CODE = re.compile(
    r"^(?:[ ]{4}|\t):::(?P<language>\w[\w+#-]*)[ \t]*\n(?P<code>(?:(?:[ ]{4}|\t)[^\n]*(?:\n|\Z)|[ \t]*\n)+)",
    re.MULTILINE,
)
_PAGE = re.compile(r"\s*<(?:!doctype|html)\b", re.IGNORECASE)
_CONTENTS = re.compile(r"^\[TOC\][ \t]*(?:\n|\Z)", re.MULTILINE)
_PLACEHOLDER = re.compile(r"\{(?P<name>\w+)(?::(?P<form>[^}]*))?\}")


def recognises(folder: Folder) -> bool:
    """`pelicanconf.py`."""
    return folder.has("pelicanconf.py")


def read(folder: Folder) -> Iterable[Item]:
    """The site, its articles and pages."""
    return _Pelican(folder).items()


class _Pelican(Reading):
    NAME = NAME

    def __init__(self, folder: Folder) -> None:
        super().__init__(folder)
        common = python_settings.read(folder, "pelicanconf.py")
        self.config: Mapping[str, Any] = {**common, **python_settings.read(folder, "publishconf.py")}
        path = str(self.config.get("PATH") or "content").strip("/")
        given = self.config.get("DEFAULT_METADATA")
        self.defaults: Mapping[str, Any] = dict(given) if isinstance(given, Mapping) else {}
        self.unicode = self.config.get("SLUGIFY_USE_UNICODE") is True
        self.content = path if folder.has(path) else "content"

    def _text(self, key: str, default: str = "") -> str:
        value = self.config.get(key)
        return value if isinstance(value, str) else default

    def site(self) -> SiteFound:
        pattern = self._text("ARTICLE_URL", "{slug}.html")
        ours = re.sub(
            r"\{date:%Y\}", "{year}", re.sub(r"\{date:%m\}", "{month}", re.sub(r"\{date:%d\}", "{day}", pattern))
        )
        known = re.fullmatch(r"(?:\{(?:year|month|day|slug)\}|[\w/.-])+", ours)
        return SiteFound(
            title=self._text("SITENAME"),
            description=self._text("SITESUBTITLE"),
            base_url=self._text("SITEURL").rstrip("/"),
            language=self._text("DEFAULT_LANG"),
            timezone=self._text("TIMEZONE"),
            permalink=f"/{ours.lstrip('/')}" if known else "",
            feed="/feeds/all.atom.xml",
        )

    def names(self) -> Iterator[str | Skipped]:
        for name in self.folder.files(self.content):
            if name.endswith((*MARKDOWN, *OTHER_MARKUP, ".html", ".htm")):
                yield name

    def split(self, text: str) -> Matter:
        """`Title:` lines up to the first blank one; or front matter between `---`, which Python-Markdown also takes."""
        if text.startswith(("---\n", "+++\n")):
            return super().split(text)
        if _PAGE.match(text):
            return _of_page(text)
        values: dict[str, Any] = {}
        key = ""
        rows = text.split("\n")
        for number, row in enumerate(rows):
            found = _KEY.fullmatch(row)
            if found:
                key = found["key"].lower()
                values[key] = found["value"].strip()
            elif key and _SEVERAL.match(row):
                values[key] = f"{values[key]}\n{row.strip()}".strip()
            else:
                body = rows[number + 1 :] if not row.strip() else rows[number:]
                return Matter(values, dict.fromkeys(values, 1), "\n".join(body), number + 1)
        return Matter(values, dict.fromkeys(values, 1), "", len(rows))

    def url(self, page: Page) -> str:
        values = page.values
        values.fall_back(self.defaults)
        day, rest = day_of(page.name)
        page.date = values.date("date") or day
        page.language = values.text("lang", "language")
        page.title = values.text("title")
        page.slug = values.text("slug") or self._slugified(page.title or rest)
        page.categories = values.texts("category") or self._category(page.name)
        if own := values.text("url", "save_as"):
            values.take("save_as")
            return f"/{own.removesuffix('index.html').lstrip('/')}"
        values.take("save_as")
        kind, default = ("PAGE", "pages/{slug}.html") if self._is_page(page.name) else ("ARTICLE", "{slug}.html")
        if page.language and page.language != self._text("DEFAULT_LANG", "en"):
            kind, default = f"{kind}_LANG", default.replace(".html", "-{lang}.html")
        url = self._text(f"{kind}_URL") or self._text(f"{kind}_SAVE_AS").removesuffix("index.html") or default
        return f"/{self._filled(url, page).lstrip('/')}"

    def _slugified(self, text: str) -> str:
        """A name in an address."""
        return python_slug(text, ascii_only=not self.unicode)

    def _is_page(self, name: str) -> bool:
        folders = self.config.get("PAGE_PATHS")
        places = folders if isinstance(folders, list | tuple) else ["pages"]
        return any(name.startswith(f"{self.content}/{place}/") for place in places)

    def _category(self, name: str) -> tuple[str, ...]:
        folder = posixpath.dirname(name.removeprefix(f"{self.content}/"))
        if folder and self.config.get("USE_FOLDER_AS_CATEGORY") is not False and not self._is_page(name):
            return (posixpath.basename(folder),)
        return ()

    def _filled(self, pattern: str, page: Page) -> str:
        words = {
            "slug": page.slug,
            "lang": page.language,
            "category": self._slugified((*page.categories, self._text("DEFAULT_CATEGORY", "misc"))[0]),
        }

        def one(found: re.Match[str]) -> str:
            if found["name"] == "date" and page.date:
                return page.date.strftime(found["form"] or "%Y-%m-%d")
            return words.get(found["name"], found[0])

        return _PLACEHOLDER.sub(one, pattern)

    def identity(self, page: Page) -> str:
        """A `tag:` URI of host, day and path, as its feeds have it."""
        host = urlsplit(self.base).netloc
        return f"tag:{host},{page.date:%Y-%m-%d}:{urlsplit(self.base).path}{page.url}" if host and page.date else ""

    def article(self, page: Page) -> Article | Skipped:
        values = page.values
        text = page.matter.body if page.form is HTML else _plain_markdown(page.matter.body)
        text = readdressed(text, lambda address: self._address(page, address))
        body = self.body(page, text, (self.content,))
        status = values.text("status").casefold() or "published"
        tags = values.texts("tags", apart=r"[,;]")
        return Article(
            title=page.title or in_words(page.slug),
            body=body.text,
            kind=Kind.PAGE if self._is_page(page.name) else Kind.POST,
            slug=page.slug,
            date=page.date,
            updated=values.date("modified"),
            status=Status.PUBLISHED if status == "published" else Status.DRAFT,
            summary=values.text("summary") or None,
            image=self.image(page, (self.content,), "image", "cover", "og_image"),
            authors=values.texts("authors", "author", apart=r"[;,]") or tuple(filter(None, (self._text("AUTHOR"),))),
            section=(page.categories or (None,))[0],
            tags=tags,
            series=values.text("series") or None,
            language=page.language or None,
            extra=values.rest("template"),
            dropped=body.dropped,
            problems=body.problems,
        )

    def _address(self, page: Page, address: str) -> str:
        """`{filename}a.md#part` and the like as the address that it has."""
        found = _PLACE.fullmatch(address.replace("%7B", "{").replace("%7D", "}"))
        if not found:
            return address
        path, _, fragment = found["path"].partition("#")
        here = posixpath.dirname(page.name)
        name = posixpath.normpath(
            posixpath.join(self.content, path[1:]) if path.startswith("/") else posixpath.join(here, path)
        )
        if found["what"] == "filename" and (url := self.body_url(name, fragment)) is not None:
            return url
        if found["what"] in ("filename", "static", "attach"):
            new = f"/{name.removeprefix(f'{self.content}/')}"
            self.show(page, new, name)
            return new
        plural = {"tag": "tag", "category": "category", "author": "author"}.get(found["what"])
        return f"/{plural}/{self._slugified(path)}.html" if plural else "/"


def _of_page(text: str) -> Matter:
    """An article in HTML: its title, its `meta`, and its body."""
    from generator import trees

    page = trees.Page(text)
    values: dict[str, Any] = {}
    inner, line = "", 1
    for element in page.elements():
        if element.tag == "title":
            values.setdefault("title", trees.text(element))
        elif element.tag == "meta" and element.get("name"):
            name = element.get("name").lower()
            values["tags" if name == "keywords" else name] = element.get("content") or ""
        elif element.tag == "body":
            inner, line = trees.inner(element), page.line(element)
            break
    return Matter(values, dict.fromkeys(values, 1), inner, line)


def _plain_markdown(body: str) -> str:
    """A body without what Python-Markdown adds: the language above code, the place of a table of contents."""

    def code(found: re.Match[str]) -> str:
        lines = (re.sub(r"^(?:[ ]{4}|\t)", "", line) for line in found["code"].rstrip().split("\n"))
        return f"{fenced(chr(10).join(lines), found['language'])}\n\n"

    return outside_code(body, lambda text: _CONTENTS.sub("", _CODE.sub(code, text)))

"""Eleventy: Markdown anywhere, values of whole folders in JSON beside it, addresses that follow the files.

Addresses as in 11ty.dev/docs/permalinks, dates as in 11ty.dev/docs/dates, values as in 11ty.dev/docs/data-template-dir.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.content.lane import Matter
from generator.errors import ContentError, Problem, warning
from generator.importer.articles import Article, Item, SiteFound, Skipped
from generator.importer.sites import liquid
from generator.importer.sites.folder import Folder
from generator.importer.sites.reading import MARKDOWN, Page, Reading, day_of, in_words, slugified
from generator.importer.sites.tags import Kept
from generator.importer.sites.values import Values
from generator.model.document import Kind, Status
from generator.permalinks import in_ascii

NAME = "Eleventy"

_CONFIGS = (".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs")
_INPUT = re.compile(r"\binput\s*:\s*[\"']([^\"']+)[\"']")
_SCRIPT = re.compile(r"\.11tydata\.[cm]?js$")
_SCRIPTED = re.compile(r"---[ \t]*(?:js|javascript)[ \t]*\n")
_PLACE = re.compile(
    r"\{\{-?\s*(?P<name>[\w.]+)"
    r"(?P<filters>(?:\s*\|\s*(?:slug|slugify|slugifyUrl|url|date:\s*[\"'][^\"']*[\"']))*)\s*-?\}\}"
)
_DATE = re.compile(r"date:\s*[\"']([^\"']*)[\"']")
_PLAIN_FORM = re.compile(r"(?:%[YmdyBbej]|[\w/.-])+")
_OWN_FILES = frozenset({"readme.md", "license.md", "changelog.md", "contributing.md", "code_of_conduct.md"})
_TEMPLATES = (".njk", ".liquid", ".html", ".11ty.js", ".hbs", ".ejs", ".webc", ".mustache", ".pug", ".haml", ".mdx")
_COLLECTIONS = frozenset({"post", "posts", "blog", "articles", "all", "nav", "page", "pages"})
"""Tags that gather pages into lists, and say nothing of what they are about."""


def recognises(folder: Folder) -> bool:
    """Settings of Eleventy's."""
    return folder.first(*_CONFIGS) is not None


def read(folder: Folder) -> Iterable[Item]:
    """The site, its posts and pages."""
    return _Eleventy(folder).items()


class _Eleventy(Reading):
    NAME = NAME

    def __init__(self, folder: Folder) -> None:
        super().__init__(folder)
        found = _INPUT.search(folder.text(folder.first(*_CONFIGS) or ""))
        self.input = posixpath.normpath(found[1]) if found and folder.has(found[1]) else "."
        self.input = "" if self.input in (".", "") or self.input.startswith("..") else self.input
        self.data: dict[str, Mapping[str, Any]] = {}

    def site(self) -> SiteFound:
        data = posixpath.join(self.input, "_data")
        names = (f"{data}/{name}.json" for name in ("metadata", "site", "meta"))
        values = Values(self.folder.settings(*names))
        return SiteFound(
            title=values.text("title", "name"),
            description=values.text("description"),
            base_url=values.text("url", "baseurl").rstrip("/"),
            language=values.text("language", "lang", "locale"),
        )

    def names(self) -> Iterator[str | Skipped]:
        for name in self.folder.files(self.input):
            inner = any(part.startswith("_") for part in name.split("/"))
            if inner or name.lower() in _OWN_FILES:
                continue
            if name.endswith(MARKDOWN):
                yield name
            elif _SCRIPT.search(name):
                yield Skipped("data", name, "is a script, which is not run: what it says of articles is lost")
            elif name.endswith(_TEMPLATES):
                yield Skipped(
                    "template", name, "is a template: pages that it makes can be saved in a browser and imported"
                )

    def split(self, text: str) -> Matter:
        """A file's front matter and body.

        Raises:
            ContentError: It is JavaScript, or broken.
        """
        if _SCRIPTED.match(text):
            raise ContentError(Problem("has front matter in JavaScript, which is not run", "write it as YAML", line=1))
        return super().split(text)

    def _inherited(self, name: str) -> Mapping[str, Any]:
        """What the folders of a file say of it, the nearest last."""
        values: dict[str, Any] = {}
        folder = posixpath.dirname(name)
        folders = []
        while folder not in ("", self.input):
            folders.append(folder)
            folder = posixpath.dirname(folder)
        for folder in reversed(folders):
            if folder not in self.data:
                base = f"{folder}/{posixpath.basename(folder)}"
                self.data[folder] = self.folder.settings(f"{base}.json", f"{base}.11tydata.json")
            values.update(self.data[folder])
        return values

    def url(self, page: Page) -> str:
        page.values.fill(self._inherited(page.name))
        values = page.values
        day, rest = day_of(page.name)
        page.date = values.date("date") or day
        path = page.name[len(self.input) :].lstrip("/") if self.input else page.name
        folder, name = posixpath.dirname(path), rest
        if name == "index":
            folder, name = posixpath.dirname(folder), posixpath.basename(folder)
            name = day_of(f"{name}.md")[1] if name else ""
        page.slug = slugified(name)
        own = values.take("permalink")
        if str(own).casefold() == "false":
            return ""
        if isinstance(own, str):
            if "{" not in own:
                return f"/{own.lstrip('/')}".removesuffix("index.html")
            page.title = values.text("title")
            if (url := _filled(own, page, name, values.text("slug"))) is not None:
                return url
            cause = f"`permalink` cannot be worked out: {own}"
            values.problems.append(warning(cause, "write the old address behind `permalink:` in the post"))
        return re.sub("/{2,}", "/", f"/{folder}/{name}/")

    def article(self, page: Page) -> Article | Skipped:
        values = page.values
        if not page.url:
            return Skipped("page", page.name, "has no page of its own (`permalink: false`)")
        if page.url == "/":
            return Skipped("page", page.name, "is the front page, which Dateline makes")
        tags = values.texts("tags", apart=r"\s*,\s*")
        post = page.date is not None or bool({"post", "posts", "blog", "articles"} & {tag.casefold() for tag in tags})
        kept = Kept("template tag")
        body = liquid.expanded(page.matter.body, lambda name: self.body_url(name.lstrip("/")), kept, page.form)
        self.show_all(page, body, (self.input, "public", "static", posixpath.join(self.input, "public")))
        categories = values.texts("categories", "category")
        roots = (self.input, "public", "static")
        return Article(
            title=page.title or values.text("title") or in_words(page.slug),
            body=body.strip("\n"),
            kind=Kind.POST if post else Kind.PAGE,
            slug=page.slug,
            date=page.date,
            updated=values.date("updated", "modified", "lastmod"),
            status=Status.DRAFT if values.truth("draft", "eleventyexcludefromcollections") else Status.PUBLISHED,
            summary=values.text("description", "summary", "excerpt") or None,
            image=self.image(page, roots, "image", "cover", "thumbnail", "featuredimage"),
            authors=values.texts("authors", "author"),
            section=(categories or (None,))[0],
            tags=(*categories[1:], *(tag for tag in tags if tag.casefold() not in _COLLECTIONS)),
            language=values.text("lang", "language", "locale") or None,
            extra=values.rest("layout", "eleventynavigation", "templateengineoverride", "date"),
            problems=kept.problems(),
        )


def _filled(pattern: str, page: Page, name: str, slug: str) -> str | None:
    """A pattern with what is known of a file; None where it asks for more."""
    words = {
        "page.fileSlug": name,
        "page.filePathStem": f"/{posixpath.splitext(page.name)[0]}",
        "slug": slug,
        "title": page.title,
    }

    def one(found: re.Match[str]) -> str:
        if found["name"] in ("page.date", "date") and page.date and (form := _DATE.search(found["filters"])):
            return page.date.strftime(form[1]) if _PLAIN_FORM.fullmatch(form[1]) else found[0]
        word = words.get(found["name"]) or found[0]
        return _slugified(word) if "slug" in found["filters"] and word != found[0] else word

    text = _PLACE.sub(one, pattern)
    return None if "{" in text else f"/{text.strip('/')}/".replace("//", "/").removesuffix("index.html/") or "/"


def _slugified(text: str) -> str:
    """What the filter `slugify` makes of a text."""
    joined = re.sub(r"(?<=\w)['\u2019](?=[ts](?:\s|$))", "", text.replace("&", " and "))
    return slugified(in_ascii(joined))

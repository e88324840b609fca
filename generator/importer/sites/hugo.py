"""Hugo: `content/` with front matter in TOML, YAML or JSON, page bundles, shortcodes.

Addresses as in gohugo.io/content-management/urls, front matter as in gohugo.io/content-management/front-matter.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.importer.articles import Article, Item, SiteFound, Skipped
from generator.importer.sites import shortcodes
from generator.importer.sites.folder import Folder
from generator.importer.sites.reading import (
    MARKDOWN,
    OTHER_MARKUP,
    Page,
    Reading,
    day_of,
    filled,
    in_words,
    moments,
    stem,
)
from generator.importer.sites.tags import Kept
from generator.importer.sites.values import Values
from generator.model.document import Kind, Status

NAME = "Hugo"

_CONFIGS = tuple(
    f"{folder}{name}.{form}"
    for folder in ("", "config/_default/")
    for name in ("hugo", "config")
    for form in ("toml", "yaml", "yml", "json")
)
_PLAIN_SECTIONS = frozenset({"", "post", "posts", "blog", "articles", "article", "news", "stories"})
"""Folders that say no more than that their files are posts."""

_OURS = {
    "/:year/:month/:day/:slug/": "/{year}/{month}/{day}/{slug}/",
    "/:year/:month/:slug/": "/{year}/{month}/{slug}/",
    "/:year/:slug/": "/{year}/{slug}/",
    "/:section/:slug/": "/{section}/{slug}/",
    "/:slug/": "/{slug}/",
}


def recognises(folder: Folder) -> bool:
    """Settings of Hugo's and a folder `content/`, or an archetype."""
    return folder.has("content") and (folder.first(*_CONFIGS) is not None or folder.has("archetypes"))


def read(folder: Folder) -> Iterable[Item]:
    """The site, its posts and pages."""
    return _Hugo(folder).items()


class _Hugo(Reading):
    NAME = NAME

    def __init__(self, folder: Folder) -> None:
        super().__init__(folder)
        self.config = Values(folder.settings(*_CONFIGS))
        self.languages = tuple(_table(folder, "languages"))
        self.places = _places(folder)
        self.unmarked = self._unmarked(Values(folder.settings(*_CONFIGS)))
        self.patterns = _patterns(_table(folder, "permalinks"))
        self.ugly = self.config.truth("uglyurls")

    def _unmarked(self, config: Values) -> str:
        """The language whose addresses do not name it."""
        default = config.text("defaultcontentlanguage") or next(iter(self.languages), "")
        return "" if config.truth("defaultcontentlanguageinsubdir") else default

    def site(self) -> SiteFound:
        text = self.config.text
        pattern = self.patterns.get("posts") or self.patterns.get("post") or ""
        return SiteFound(
            title=text("title"),
            description=text("description", "params.description"),
            base_url=text("baseurl").rstrip("/"),
            language=text("languagecode", "locale", "defaultcontentlanguage"),
            timezone=text("timezone"),
            permalink=_OURS.get(re.sub(":(?:filename|contentbasename|slugorfilename|title)", ":slug", pattern), ""),
            feed="/index.xml",
        )

    def names(self) -> Iterator[str | Skipped]:
        for name in self.folder.files("content"):
            if not name.endswith((*MARKDOWN, *OTHER_MARKUP, ".html", ".htm")):
                continue
            if stem(name).split(".")[0] == "_index":
                yield Skipped("section page", name, "is the page of a list, which Dateline makes")
            elif self._is_resource(name):
                yield Skipped("resource", name, "belongs to the bundle of an index.md, and has no page of its own")
            else:
                yield name

    def _is_resource(self, name: str) -> bool:
        folder = posixpath.dirname(name)
        while folder != "content":
            if self.folder.has(f"{folder}/index.md") and name != f"{folder}/index.md":
                return not stem(name).startswith("index.")
            folder = posixpath.dirname(folder)
        return False

    def url(self, page: Page) -> str:
        values = page.values
        for above in self.above(page.name):
            values.fall_back(_cascade(above))
        inside, language = self._inside(page.name)
        path, page.language = self._language(posixpath.splitext(inside)[0])
        page.language = page.language or language
        day, _ = day_of(f"{posixpath.basename(path)}.md")
        page.date = values.date("date", "publishdate", "pubdate", "published") or day
        page.slug = values.text("slug")
        page.title = values.text("title")
        prefix = f"/{page.language}" if page.language and page.language != self.unmarked else ""
        if own := values.text("url"):
            return own if own.startswith("/") else f"{prefix}/{own}"
        if posixpath.basename(path) == "index":
            path = posixpath.dirname(path)
        section = path.split("/")[0] if "/" in path else ""
        pattern = self.patterns.get(section)
        if pattern:
            name = posixpath.basename(path)
            title = _urlized(page.title or name)
            return prefix + filled(pattern, self._words(page, section, name, title))
        last = page.slug or posixpath.basename(path)
        path = posixpath.join(posixpath.dirname(path), last)
        return f"{prefix}/{_urlized(path)}{'.html' if self.ugly else '/'}"

    def _inside(self, name: str) -> tuple[str, str]:
        """A file's name below `content/`, or below the folder that a language has of its own, and that language."""
        for place, language in self.places.items():
            if name.startswith(f"{place}/"):
                return name.removeprefix(f"{place}/"), language
        return name.removeprefix("content/"), ""

    def _language(self, path: str) -> tuple[str, str]:
        base, _, last = path.rpartition(".")
        return (base, last) if last in self.languages and base else (path, "")

    def _words(self, page: Page, section: str, name: str, title: str) -> dict[str, str]:
        slug = page.slug or title
        return {
            **moments(page.date),
            "section": section,
            "sections": posixpath.dirname(self._inside(page.name)[0]),
            "title": title,
            "slug": _urlized(slug),
            "filename": _urlized(name),
            "contentbasename": _urlized(name),
            "slugorfilename": _urlized(page.slug or name),
            "slugorcontentbasename": _urlized(page.slug or name),
        }

    def article(self, page: Page) -> Article | Skipped:
        values = page.values
        if values.text("build.render", "_build.render").casefold() in ("never", "false"):
            return Skipped("page", page.name, "has no page of its own (`build.render`)")
        if values.truth("headless"):
            return Skipped("page", page.name, "has no page of its own (`headless`)")
        kept = Kept("shortcode")
        text = shortcodes.hugo(page.matter.body, lambda name: self._target(page.name, name), kept, page.form)
        roots = ("static", "assets", "content")
        body = self.body(page, text, roots)
        image = self.image(page, roots, "images", "image", "cover", "featured_image", "featuredimage", "thumbnail")
        categories = values.texts("categories", "category")
        later = values.date("publishdate")
        return Article(
            title=page.title or in_words(stem(page.name)),
            body=body.text,
            kind=Kind.POST if page.date or "/" in self._inside(page.name)[0] else Kind.PAGE,
            slug=page.slug,
            aliases=tuple(self._alias(page, alias) for alias in values.texts("aliases")),
            date=_later(page.date, later),
            updated=values.date("lastmod", "modified", "updated"),
            expires=values.date("expirydate", "unpublishdate"),
            status=Status.DRAFT if values.truth("draft") else Status.PUBLISHED,
            summary=values.text("summary", "description") or None,
            image=image,
            authors=values.texts("authors", "author", "params.authors", "params.author"),
            section=(categories or self._section(page.name) or (None,))[0],
            tags=tuple(dict.fromkeys((*categories[1:], *values.texts("tags", "tag")))),
            series=(values.texts("series") or (None,))[0],
            language=page.language or None,
            canonical=values.text("canonicalurl", "canonical") or None,
            extra=values.rest(
                "url", "slug", "layout", "type", "date", "publishdate", "markup", "outputs", "iscjklanguage"
            ),
            dropped=body.dropped,
            problems=(*kept.problems(), *body.problems),
        )

    def _section(self, name: str) -> tuple[str, ...]:
        first = self._inside(name)[0].split("/")[0]
        return () if first.endswith(MARKDOWN) or first.lower() in _PLAIN_SECTIONS else (first,)

    def _alias(self, page: Page, alias: str) -> str:
        return (
            alias if alias.startswith(("/", "http")) else posixpath.join(posixpath.dirname(page.url.rstrip("/")), alias)
        )

    def _target(self, here: str, name: str) -> str | None:
        """The address of `{{< ref "name#part" >}}`, which stands in the file `here`."""
        path, _, fragment = name.strip().partition("#")
        if not path:
            return f"#{fragment}" if fragment else None
        below = [posixpath.normpath(posixpath.join(place, path.lstrip("/"))) for place in (*self.places, "content")]
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(here), path))
        for base in (beside, *below):
            for end in ("", ".md", "/index.md"):
                if (url := self.body_url(base + end, fragment)) is not None:
                    return url
        named = [known for known in self.urls if posixpath.basename(known) in (path, f"{path}.md")]
        return self.body_url(named[0], fragment) if len(named) == 1 else None


def _urlized(path: str) -> str:
    """A path or headline as Hugo puts it into addresses: blanks become hyphens, marks are left out."""
    kept = re.sub(r"[^\w\s/.~+#@-]", "", path.lower()).strip()
    return re.sub(r"\s*(-+)\s*|\s+", lambda found: found[1] or "-", kept)


def _cascade(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the page of a list says of all pages below it; what it says of some, by a target, is left."""
    found = Values(values).take("cascade")
    rows = found if isinstance(found, list) else [found]
    plain = [row for row in rows if isinstance(row, Mapping) and not {"target", "_target"} & set(row)]
    return {key: value for row in plain for key, value in row.items()}


def _places(folder: Folder) -> dict[str, str]:
    """The folders that languages have of their own (`contentDir`), the deepest first."""
    rows = [
        (posixpath.normpath(place), language)
        for language, values in _table(folder, "languages").items()
        if isinstance(values, Mapping) and (place := Values(values).text("contentdir"))
    ]
    return dict(sorted((row for row in rows if row[0].startswith("content/")), key=lambda row: -len(row[0])))


def _table(folder: Folder, key: str) -> Mapping[str, Any]:
    """A table of the settings, which may be a file of its own."""
    own = (f"config/_default/{key}.{form}" for form in ("toml", "yaml", "yml", "json"))
    found = folder.settings(*_CONFIGS).get(key) or folder.settings(*own)
    return found if isinstance(found, Mapping) else {}


def _patterns(given: Mapping[str, Any]) -> dict[str, str]:
    """Patterns of permalinks by section; newer releases have them below the kind of page."""
    inner = given.get("page")
    table = {**given, **inner} if isinstance(inner, Mapping) else given
    return {key: value for key, value in table.items() if isinstance(value, str)}


def _later(date: dt.datetime | dt.date | None, other: dt.datetime | dt.date | None) -> dt.datetime | dt.date | None:
    """The later of two dates: what is held back until `publishDate` is held back here."""
    if date is None or other is None:
        return date or other
    return other if other.isoformat() > date.isoformat() else date

"""Jekyll: `_posts/` and `_drafts/` in any folder, pages beside them, Liquid in bodies.

Addresses as in jekyllrb.com/docs/permalinks; front matter as in jekyllrb.com/docs/front-matter.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any
from zoneinfo import ZoneInfo

from generator.importer.articles import Article, Item, SiteFound, Skipped
from generator.importer.sites import liquid
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
    slugified,
    stem,
)
from generator.importer.sites.tags import Kept
from generator.importer.sites.values import Values
from generator.model.document import Kind, Status

NAME = "Jekyll"

_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
_OURS = (
    (":categories/:year/:month/:day/:title/", "/{year}/{month}/{day}/{slug}/"),
    (":categories/:year/:month/:day/:title:output_ext", "/{year}/{month}/{day}/{slug}.html"),
    (":year/:month/:title/", "/{year}/{month}/{slug}/"),
    (":title/", "/{slug}/"),
    (":title:output_ext", "/{slug}.html"),
)
_UNSHOWN = "belongs to a collection that has no pages of its own (`output`)"
_MARKS = ("_posts", "_drafts", "_layouts", "_includes", "_config.yml")


def recognises(folder: Folder) -> bool:
    """`_posts/`, or settings beside another folder of Jekyll's."""
    return folder.has("_posts") or (folder.first("_config.yml", "_config.toml") is not None and _elsewhere(folder))


def _elsewhere(folder: Folder) -> bool:
    return folder.first("_layouts", "_includes", "_drafts", "_sass") is not None


def read(folder: Folder) -> Iterable[Item]:
    """The site, its posts and pages."""
    return _Jekyll(folder).items()


class _Jekyll(Reading):
    NAME = NAME

    def __init__(self, folder: Folder) -> None:
        super().__init__(folder)
        self.config = folder.settings("_config.yml", "_config.yaml", "_config.toml")
        given = str(self.config.get("permalink") or "date")
        self.pattern = _STYLES.get(given, given)
        self.posts: dict[str, str] = {}
        self.zone = _zone(self.config.get("timezone"))
        table = self.config.get("collections")
        self.collections: Mapping[str, Any] = table if isinstance(table, Mapping) else {}

    def site(self) -> SiteFound:
        text = {key: str(value) for key, value in self.config.items() if isinstance(value, str)}
        ours = next((ours for theirs, ours in _OURS if self.pattern.strip("/") == theirs.strip("/")), "")
        return SiteFound(
            title=text.get("title", ""),
            description=" ".join(text.get("description", "").split()),
            base_url=text.get("url", "").rstrip("/") + text.get("baseurl", ""),
            language=text.get("lang", ""),
            timezone=text.get("timezone", ""),
            permalink=ours,
        )

    def names(self) -> Iterator[str | Skipped]:
        for name in self.folder.files():
            if self._is_post(name) and name.endswith((*MARKDOWN, *OTHER_MARKUP, ".html", ".htm")):
                self.posts[stem(name)] = name
                yield name
            elif name.endswith(MARKDOWN) and (label := self._collection(name)) and self._begins(name):
                yield name if self._settings(label).truth("output") else Skipped("document", name, _UNSHOWN)
            elif name.endswith(MARKDOWN) and not self._is_inner(name) and self._begins(name):
                yield name
            elif name.endswith(".html") and not self._is_inner(name) and self._begins(name):
                yield Skipped("page", name, "is a template in HTML")

    def _inside(self, name: str) -> str:
        """A file's name below the folder that holds all collections, posts too, where the settings name one."""
        place = str(self.config.get("collections_dir") or "").strip("/")
        return name.removeprefix(f"{place}/") if place else name

    def _collection(self, name: str) -> str:
        """The collection of a file that lies in its folder; empty for all others."""
        name = self._inside(name)
        folder = name.split("/")[0]
        return folder[1:] if "/" in name and folder[:1] == "_" and folder[1:] in self.collections else ""

    def _settings(self, label: str) -> Values:
        found = self.collections.get(label)
        return Values(found if isinstance(found, Mapping) else {})

    def _defaults(self, name: str) -> Mapping[str, Any]:
        """What the settings say of a file that says nothing itself; what is said of the nearer folder comes first."""
        kind = "posts" if self._is_post(name) else self._collection(name) or "pages"
        kind = "drafts" if "_drafts" in name.split("/")[:-1] else kind
        rows = self.config.get("defaults")
        found: list[tuple[int, bool, Mapping[str, Any]]] = []
        for row in rows if isinstance(rows, list) else ():
            scope, values = (row.get("scope"), row.get("values")) if isinstance(row, Mapping) else (None, None)
            if isinstance(scope, Mapping) and isinstance(values, Mapping):
                path, of = str(scope.get("path") or "").strip("/"), str(scope.get("type") or "")
                if of.rstrip("s") in ("", kind.rstrip("s")) and _covers(path, name):
                    found.append((len(path), bool(of), values))
        return {key: value for _, _, values in sorted(found, key=lambda row: row[:2]) for key, value in values.items()}

    def _is_inner(self, name: str) -> bool:
        return any(part.startswith("_") for part in name.split("/"))

    def _begins(self, name: str) -> bool:
        """Whether a file beside the posts has front matter: all others Jekyll copies."""
        opener = self.folder.opener(name)
        if opener is None:
            return False
        with opener() as file:
            return file.read(5).lstrip(b"\xef\xbb\xbf").startswith(b"---")

    def url(self, page: Page) -> str:
        page.values.fall_back(self._defaults(page.name))
        own = page.values.text("permalink")
        if label := self._collection(page.name):
            return self._document_url(page, label, own)
        if not self._is_post(page.name):
            return self._page_url(page.name, own)
        day, slug = day_of(page.name)
        folders = self._inside(page.name).split("/")
        before = folders[: next(number for number, part in enumerate(folders) if part in ("_posts", "_drafts"))]
        page.categories = self._categories(page, before)
        page.date = self._local(page.values.date("date")) or day
        page.slug = page.values.text("slug") or slug
        words = {
            **moments(page.date),
            "title": _pretty(page.slug),
            "slug": slugified(page.slug),
            "output_ext": ".html",
            "categories": "/".join(name.lower() for name in page.categories),
            "slugified_categories": "/".join(slugified(name) for name in page.categories),
        }
        url = filled(_STYLES.get(own, own) or self.pattern, words)
        return "" if re.search(":(?:year|month|day|y_day|short_year|i_month|i_day)", url) else url

    def _local(self, date: dt.datetime | dt.date | None) -> dt.datetime | dt.date | None:
        """A date as the site's zone has it, by whose day a post has its address."""
        return date.astimezone(self.zone) if isinstance(date, dt.datetime) and date.tzinfo and self.zone else date

    def _document_url(self, page: Page, label: str, own: str) -> str:
        """The address of a file of a collection."""
        end = "/" if self.pattern.endswith("/") else ":output_ext"
        pattern = own or self._settings(label).text("permalink") or f"/:collection/:path{end}"
        path = posixpath.splitext(self._inside(page.name))[0].partition("/")[2]
        page.date = self._local(page.values.date("date"))
        page.slug = page.values.text("slug") or stem(page.name)
        name, title = slugified(stem(page.name)), _pretty(page.slug)
        words = {"collection": label, "path": path, "name": name, "title": title, "output_ext": ".html"}
        return filled(pattern, {**moments(page.date), **words})

    def _is_post(self, name: str) -> bool:
        return bool({"_posts", "_drafts"} & set(name.split("/")[:-1]))

    def _categories(self, page: Page, before: list[str]) -> tuple[str, ...]:
        found = page.values.texts("categories", apart=r"\s+") + page.values.texts("category")
        return tuple(dict.fromkeys((*before, *found)))

    def _page_url(self, name: str, own: str) -> str:
        if own:
            return filled(own, {"title": stem(name), "basename": stem(name), "output_ext": ".html"})
        path = posixpath.splitext(name)[0]
        if posixpath.basename(path) == "index":
            return f"/{posixpath.dirname(path)}/".replace("//", "/")
        pretty = self.pattern.endswith("/")
        return f"/{path}/" if pretty else f"/{path}.html"

    def identity(self, page: Page) -> str:
        """As jekyll-feed has it: the address of the folder, and the slug."""
        if not self.base or not page.url or not self._is_post(page.name):
            return super().identity(page)
        return self.base + posixpath.join(posixpath.dirname(page.url.rstrip("/")), page.slug)

    def article(self, page: Page) -> Article | Skipped:
        values = page.values
        post = self._is_post(page.name)
        title = values.text("title")
        if page.url == "/":
            return Skipped("page", page.name, "is the front page, which Dateline makes")
        draft = "_drafts" in page.name.split("/")[:-1]
        hidden = (values.text("published") or "true").casefold() == "false"
        image = self.image(page, ("",), "image", "cover", "feature_image", "header.image", "header.teaser")
        kept = Kept("Liquid tag")
        text = self._with_excerpt(page)
        body = self.body(page, liquid.expanded(text, self._target, kept, page.form, self.base_path), ("",))
        return Article(
            title=title or in_words(page.slug or stem(page.name)),
            body=body.text,
            kind=Kind.POST if post or page.date else Kind.PAGE,
            slug=page.slug,
            aliases=values.texts("redirect_from"),
            date=page.date or values.date("date"),
            updated=values.date("last_modified_at", "modified", "updated"),
            status=Status.DRAFT if draft or hidden else Status.PUBLISHED,
            summary=values.text("excerpt", "description", "summary", "subtitle") or None,
            image=image,
            authors=values.texts("authors", "author"),
            section=page.categories[0] if page.categories else None,
            tags=tuple(
                dict.fromkeys((*page.categories[1:], *values.texts("tags", apart=r"\s+"), *values.texts("tag")))
            ),
            featured=values.truth("featured", "sticky", "pin"),
            language=values.text("lang", "language", "locale") or None,
            canonical=values.text("canonical_url", "canonical") or None,
            extra=values.rest("layout", "comments", "permalink", "date", "slug", "categories", "category"),
            dropped=body.dropped,
            problems=(*kept.problems(), *body.problems),
        )

    def _with_excerpt(self, page: Page) -> str:
        """The body, in which what parts the excerpt from the rest is as ours is."""
        sign = page.values.text("excerpt_separator") or str(self.config.get("excerpt_separator") or "").strip()
        return page.matter.body.replace(sign, "<!-- more -->", 1) if sign else page.matter.body

    def _target(self, name: str) -> str | None:
        """The address of `{% post_url name %}` or `{% link name %}`."""
        name = name.strip().lstrip("/")
        return self.body_url(name) or self.body_url(self.posts.get(posixpath.basename(name), ""))


def _zone(name: object) -> ZoneInfo | None:
    try:
        return ZoneInfo(str(name)) if name else None
    except (KeyError, ValueError, OSError):
        return None


def _pretty(name: str) -> str:
    """A file's name as it stands in an address: blanks and most marks are hyphens, letters stay as they are."""
    return re.sub(r"[^\w.~!$&'()+,;=@]+", "-", name).strip("-")


def _covers(path: str, name: str) -> bool:
    """Whether the path of some defaults means a file: all, one folder and what is below it, or a pattern."""
    return path in ("", name) or name.startswith(f"{path}/") or ("*" in path and fnmatchcase(name, f"{path}*"))

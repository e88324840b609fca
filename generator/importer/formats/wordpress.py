"""WordPress: its export (WXR 1.0 to 1.2), of any size: read as a stream, an item at a time.

It is read twice: first for what an item may name before it comes (attachments, authors, categories), then for the
articles. The first pass keeps a few words for each attachment, author and category, and no article.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.errors import Problem, warning
from generator.importer import moments, xmlfile
from generator.importer.articles import Article, Comment, Item, Media, SiteFound, Skipped, too_long
from generator.importer.sources import RawSource
from generator.model.document import Extra, Image, Kind, Status
from generator.records import Record, field

if TYPE_CHECKING:
    from generator.trees import Element

NAME = "WordPress export"

_SIGN = re.compile(
    rb"xmlns:wp\s*=\s*[\"']https?://wordpress\.org/export/1\.\d/[\"']|WordPress eXtended RSS", re.IGNORECASE
)
_TYPES = {"post": Kind.POST, "page": Kind.PAGE}
_STATUSES = {
    "publish": (Status.PUBLISHED, ""),
    "future": (Status.PUBLISHED, ""),
    "inherit": (Status.PUBLISHED, ""),
    "": (Status.PUBLISHED, ""),
    "draft": (Status.DRAFT, ""),
    "pending": (Status.DRAFT, ""),
    "auto-draft": (Status.DRAFT, ""),
    "private": (Status.DRAFT, "was private"),
    "trash": (Status.DRAFT, "was in the trash"),
}
_LEVELS = 10
"""Categories above a category that are followed."""

_TITLE_WORDS = 60
_CO_AUTHORS = frozenset({"author", "authors"})
"""Taxonomies in which plugins for several authors keep them."""

_ORIGIN = re.compile(r"https?://[^/]+")
_QUERY_ADDRESS = re.compile(r"[?&](?:p|page_id|attachment_id)=\d+")


def recognises(source: RawSource) -> bool:
    """Whether it says of itself that it is one."""
    return b"<rss" in source.head and _SIGN.search(source.head) is not None


def read(source: RawSource) -> Iterator[Item]:
    """The posts and pages of a site.

    Raises:
        ContentError: It is no XML, or declares entities.
    """
    known = _survey(source)
    yield known.site
    yield from xmlfile.items(source, lambda item: _item(item, known), "item")


class _Attachment(Record, frozen=True):
    url: str
    title: str
    alt: str
    caption: str


class _Known(Record):
    """What the first pass found: attachments by id, and by the post that they hang on; names of authors; categories."""

    site: SiteFound = field(default_factory=SiteFound)
    attachments: dict[str, _Attachment] = field(default_factory=dict)
    children: dict[str, list[str]] = field(default_factory=dict)
    authors: dict[str, str] = field(default_factory=dict)
    parents: dict[str, tuple[str, str]] = field(default_factory=dict)

    def path(self, slug: str, name: str) -> list[str]:
        """A category and those above it, the uppermost first."""
        found = [name]
        for _ in range(_LEVELS):
            above = self.parents.get(slug, ("", ""))[1]
            if not above or above not in self.parents:
                break
            slug = above
            found.insert(0, self.parents[slug][0])
        return found


def _survey(source: RawSource) -> _Known:
    """The first pass."""
    known = _Known()
    head = _head(source, known)
    links: list[str] = []
    for item in xmlfile.elements(source, "item"):
        _survey_item(item, known, links)
    known.site = SiteFound(
        title=_plain(head.get("title", "")),
        description=_plain(head.get("description", "")),
        base_url=head.get("link") or head.get("base_blog_url", ""),
        language=head.get("language", ""),
        permalink=_pattern(links),
    )
    return known


def _head(source: RawSource, known: _Known) -> dict[str, str]:
    """What stands before the first item: words on the site, authors, categories."""
    from generator import trees

    head: dict[str, str] = {}
    texts = ("title", "link", "description", "language", "base_blog_url")
    for element in xmlfile.elements(source, "item", "author", "category", *texts):
        name = trees.local(element)
        if name == "item" or trees.local(element.getparent()) == "item":
            break
        if name == "author":
            known.authors[trees.field(element, "author_login")] = _plain(trees.field(element, "author_display_name"))
        elif name == "category":
            slug = trees.field(element, "category_nicename")
            known.parents[slug] = (_plain(trees.field(element, "cat_name")), trees.field(element, "category_parent"))
        elif trees.local(element.getparent()) == "channel":
            head.setdefault(name, trees.text(element))
    return head


def _survey_item(item: Element, known: _Known, links: list[str]) -> None:
    from generator import trees

    kind, number = trees.field(item, "post_type"), trees.field(item, "post_id")
    if kind == "attachment":
        known.attachments[number] = _Attachment(
            url=trees.field(item, "attachment_url") or trees.field(item, "guid"),
            title=_plain(trees.field(item, "title")),
            alt=_meta(item).get("_wp_attachment_image_alt", ""),
            caption=_plain(_encoded(item, "excerpt")),
        )
        known.children.setdefault(trees.field(item, "post_parent"), []).append(number)
    elif kind in ("post", "") and len(links) < 200 and trees.field(item, "status") in ("publish", ""):
        links.append(f"{trees.field(item, 'link')} {trees.field(item, 'post_date')} {trees.field(item, 'post_name')}")


def _pattern(posts: list[str]) -> str:
    """The permalink pattern of a site, in our words; empty where its posts follow none that we have."""
    found: set[str] = set()
    for post in posts:
        link, _, rest = post.partition(" ")
        date, _, rest = rest.partition(" ")
        slug = rest.rpartition(" ")[2]
        path = _ORIGIN.sub("", link)
        if not slug or not path or len(date) != 10 or date.startswith("0000"):
            continue
        year, month, day = date.split("-")
        for part, name in ((slug, "slug"), (year, "year"), (month, "month"), (day, "day")):
            path = re.sub(rf"(?<=/){re.escape(part)}(?=/|\.|$)", f"{{{name}}}", path, count=1)
        found.add(path)
    pattern = found.pop() if len(found) == 1 else ""
    return pattern if pattern.count("{slug}") == 1 and not re.search(r"\?|\{(?!slug|year|month|day)", pattern) else ""


def _item(item: Element, known: _Known) -> Item:
    from generator import trees

    kind = trees.field(item, "post_type") or "post"
    title, line = _plain(trees.field(item, "title")), trees.line(item)
    if kind == "attachment":
        return Skipped(
            kind, title or trees.field(item, "attachment_url"), "a file; articles that show it keep it", line
        )
    if kind not in _TYPES:
        return Skipped(kind, title or trees.field(item, "post_name"), "no article", line)
    return _Reading(item, known, title, line).article(_TYPES[kind])


class _Reading:
    """One post or page."""

    def __init__(self, item: Element, known: _Known, title: str, line: int) -> None:
        self._item = item
        self._known = known
        self._title = title
        self._line = line
        self._number = self._field("post_id")
        self._meta = _meta(item)
        self._problems: list[Problem] = []

    def _field(self, name: str) -> str:
        from generator import trees

        return trees.field(self._item, name)

    def article(self, kind: Kind) -> Item:
        """The article; passed over where it has neither headline nor text."""
        from generator.importer import shortcodes
        from generator.importer.markdown import convert, plain_text

        html = _encoded(self._item, "content")
        if left := too_long(kind.value, self._title, html, self._line):
            return left
        url = self._url()
        expanded = shortcodes.expand(html, self._gallery)
        found = convert(expanded.html, url or self._known.site.base_url, line=self._line)
        title = self._title
        if not title:
            words = plain_text(shortcodes.without_comments(html))
            if not words:
                return Skipped(kind.value, self._field("guid"), "has neither headline nor text", self._line)
            title = words if len(words) <= _TITLE_WORDS else words[:_TITLE_WORDS].rpartition(" ")[0] + "…"
            self._warn("has no headline, so its first words became one", "give it a better one")
        for name in expanded.unknown:
            if name.startswith("wp:"):
                self._warn(f"has the block {name}, of which nothing is left: the server filled it in", "write it anew")
            else:
                self._warn(f"has the shortcode [{name}], which is kept as text", "replace it by what it showed")
        section, tags, others = self._terms()
        status = self._status()
        return Article(
            title=title,
            body=found.body,
            kind=kind,
            identity=self._field("guid"),
            url=url,
            slug=self._slug(),
            date=self._date(),
            status=status,
            summary=_plain(_encoded(self._item, "excerpt")) or None,
            image=self._image(),
            authors=self._authors(),
            section=section,
            tags=tags,
            featured=self._field("is_sticky") == "1",
            extra=Extra(others),
            comments=_comments(self._item),
            media=self._media(found.media),
            digest=hashlib.sha256(
                f"{self._field('guid')}\n{title}\n{self._field('post_date')}\n{html}".encode()
            ).hexdigest(),
            dropped=found.dropped,
            problems=(*self._problems, *found.problems),
        )

    def _warn(self, cause: str, fix: str) -> None:
        self._problems.append(warning(cause, fix, line=self._line))

    def _url(self) -> str:
        link = self._field("link")
        return link if link and not _QUERY_ADDRESS.search(link) else ""

    def _slug(self) -> str:
        from urllib.parse import unquote

        return unquote(self._field("post_name"), errors="replace").removesuffix("__trashed")

    def _date(self) -> dt.datetime | dt.date | None:
        """Its instant where that is told (GMT, with the offset that the local time has), else its local time."""
        local, utc = moments.read(self._field("post_date")), moments.read(self._field("post_date_gmt"))
        if isinstance(local, dt.datetime) and isinstance(utc, dt.datetime):
            offset = dt.timedelta(minutes=round((local - utc).total_seconds() / 60))
            if abs(offset) <= dt.timedelta(hours=15):
                return local.replace(tzinfo=dt.timezone(offset))
        found = local or moments.read(self._field("pubDate"))
        if found is None and self._field("status") not in ("draft", "auto-draft", "pending"):
            written = self._field("post_date")
            cause = f"has a date that there is not: {written!r}" if written else "has no date"
            self._warn(cause, "give the post its date")
        return found

    def _status(self) -> Status:
        written = self._field("status")
        status, reason = _STATUSES.get(written, (Status.DRAFT, f"has the status {written!r}"))
        if self._field("post_password"):
            status, reason = Status.DRAFT, "was protected by a password"
        if reason:
            self._warn(f"{reason}, so it is a draft", "delete it, or set its status")
        return status

    def _authors(self) -> tuple[str, ...]:
        """Those whom a plugin for several names, else the one who saved it."""
        found = [
            _plain(category.text or "")
            for category in self._item.iterchildren("{*}category")
            if category.get("domain") in _CO_AUTHORS
        ]
        login = self._field("creator")
        named = [self._known.authors.get(name) or name for name in (found or [login]) if name]
        return tuple(dict.fromkeys(name for name in named if name))

    def _terms(self) -> tuple[str | None, tuple[str, ...], dict[str, object]]:
        """The first category as the section (by its uppermost one), all others and the tags as tags, the rest apart."""
        section: str | None = None
        tags: list[str] = []
        others: dict[str, list[str]] = {}
        for category in self._item.iterchildren("{*}category"):
            domain, name = category.get("domain") or "category", _plain(category.text or "")
            slug = category.get("nicename") or ""
            if domain in _CO_AUTHORS or not name:
                continue
            if domain in ("category", "post_tag", "tag"):
                path = self._known.path(slug, name) if domain == "category" else [name]
                if domain == "category" and slug == "uncategorized":
                    continue
                if domain == "category" and section is None:
                    section = path.pop(0)
                tags += path
            else:
                others.setdefault(domain, []).append(name)
        return section, tuple(dict.fromkeys(tag for tag in tags if tag != section)), dict(others)

    def _image(self) -> Image | None:
        found = self._known.attachments.get(self._meta.get("_thumbnail_id", ""))
        return Image(found.url, found.alt, found.caption) if found and found.url else None

    def _media(self, shown: tuple[str, ...]) -> tuple[Media, ...]:
        image = self._image()
        return tuple(Media(address) for address in dict.fromkeys([*([image.src] if image else []), *shown]))

    def _gallery(self, ids: list[str]) -> list[tuple[str, str, str]]:
        """Address, alternative and caption of attachments; without ids, of all that hang on the post."""
        wanted = ids or self._known.children.get(self._number, [])
        found = [self._known.attachments[number] for number in wanted if number in self._known.attachments]
        return [(one.url, one.alt, one.caption) for one in found if one.url]


def _plain(text: str) -> str:
    from generator.importer.markdown import plain_text

    return plain_text(text)


def _encoded(item: Element, what: str) -> str:
    """`content:encoded` or `excerpt:encoded`, which differ by their namespaces alone."""
    for child in item.iterchildren("{*}encoded"):
        if what in str(child.tag).partition("}")[0]:
            return child.text or ""
    return ""


def _meta(item: Element) -> dict[str, str]:
    from generator import trees

    return {trees.field(meta, "meta_key"): trees.field(meta, "meta_value") for meta in item.iterchildren("{*}postmeta")}


def _comments(item: Element) -> tuple[Comment, ...]:
    """Comments that were shown; pingbacks are none."""
    from generator import trees
    from generator.importer.markdown import plain_lines

    found: list[Comment] = []
    for comment in item.iterchildren("{*}comment"):
        kind = trees.field(comment, "comment_type")
        if kind not in ("", "comment") or trees.field(comment, "comment_approved") != "1":
            continue
        parent = trees.field(comment, "comment_parent")
        date = moments.read(f"{trees.field(comment, 'comment_date_gmt')}Z") or moments.read(
            trees.field(comment, "comment_date")
        )
        found.append(
            Comment(
                id=trees.field(comment, "comment_id"),
                parent="" if parent == "0" else parent,
                author=_plain(trees.field(comment, "comment_author")),
                date=date,
                text=plain_lines(trees.field(comment, "comment_content").replace("\n", "<br>")),
                url=trees.field(comment, "comment_author_url"),
            )
        )
    return tuple(found)

"""WordPress: its export (WXR 1.0 to 1.2), of any size: read as a stream, an item at a time.

It is read twice: first for what an item may name before it comes (`wordpress_survey`), then for the articles.
An archive of several files, as WordPress.com gives it, is one export.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.errors import ContentError, Problem, warning
from generator.importer import archives, moments, xmlfile
from generator.importer.articles import Article, Comment, Dropped, Item, Media, Skipped, too_long
from generator.importer.formats.wordpress_survey import Known, encoded, metas, plain, survey, values_of
from generator.importer.sources import RawSource
from generator.model.document import Extra, Image, Kind, Status
from generator.records import replace

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
_MOST_FILES = 1_000
_TITLE_WORDS = 60
_CO_AUTHORS = frozenset({"author", "authors"})
"""Taxonomies in which plugins for several authors keep them."""

_COMMENT = 500
"""Characters of a comment that was not shown, in the report."""

_QUERY_ADDRESS = re.compile(r"[?&](?:p|page_id|attachment_id)=\d+")


def recognises(source: RawSource) -> bool:
    """Whether it says of itself that it is one, or is an archive of such files, as WordPress.com gives them."""
    try:
        return any(True for _ in _files(source))
    except ContentError:
        return False


def _files(source: RawSource) -> Iterator[RawSource]:
    """The files of an export, which may be several in an archive.

    Raises:
        ContentError: The archive is damaged, locked, or a bomb.
    """
    if not archives.is_archive(source):
        candidates = [source]
    else:
        archive = archives.opened(source)
        candidates = [archive.source(name) for name in archive.names() if name.lower().endswith(".xml")][:_MOST_FILES]
    yield from (one for one in candidates if _is_one(one.head.replace(b"\0", b"")))  # UTF-16 has them


def _is_one(head: bytes) -> bool:
    return b"<rss" in head and _SIGN.search(head) is not None


def read(source: RawSource) -> Iterator[Item]:
    """The posts and pages of a site.

    Raises:
        ContentError: It is no XML, or declares entities.
    """
    files = list(_files(source))
    known = survey(files)
    yield known.site
    for file in files:
        for item in xmlfile.items(file, lambda item: _item(item, known), "item"):
            is_packed = isinstance(item, Article) and file is not source
            yield replace(item, place=file.place) if is_packed else item


def _item(item: Element, known: Known) -> Item:
    from generator import trees

    kind = trees.field(item, "post_type") or "post"
    title, line = plain(trees.field(item, "title")), trees.line(item)
    if kind == "attachment":
        return Skipped(
            kind, title or trees.field(item, "attachment_url"), "a file; articles that show it keep it", line
        )
    if kind == "wp_block":
        return Skipped(kind, title, "a reusable block; articles that show it have its text", line)
    if kind not in _TYPES:
        return Skipped(kind, title or trees.field(item, "post_name"), "no article", line)
    return _Reading(item, known, title, line).article(_TYPES[kind])


class _Reading:
    """One post or page."""

    def __init__(self, item: Element, known: Known, title: str, line: int) -> None:
        self._item = item
        self._known = known
        self._title = title
        self._line = line
        self._number = self._field("post_id")
        self._meta = metas(item)
        self._problems: list[Problem] = []

    def _field(self, name: str) -> str:
        from generator import trees

        return trees.field(self._item, name)

    def article(self, kind: Kind) -> Item:
        """The article; passed over where it has neither headline nor text."""
        from generator.importer import shortcodes
        from generator.importer.markdown import convert, plain_text

        html = shortcodes.with_blocks(encoded(self._item, "content"), self._known.blocks)
        if left := too_long(kind.value, self._title, html, self._line):
            return left
        if self._field("status") == "auto-draft" and not html.strip():
            return Skipped("auto-draft", self._title, "was opened in the editor and never written", self._line)
        expanded = shortcodes.expand(html, self._gallery)
        found = convert(expanded.html, self._url() or self._known.site.base_url, line=self._line)
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
        status, url = self._status(), self._url()
        comments, unshown = _comments(self._item)
        image = self._image()
        return Article(
            title=title,
            body=found.body,
            kind=kind,
            identity=self._field("guid"),
            url=url,
            aliases=self._former(url),
            slug=self._slug(),
            date=self._date(),
            status=status,
            summary=plain(encoded(self._item, "excerpt")) or None,
            image=image,
            authors=self._authors(),
            section=section,
            tags=tags,
            featured=self._field("is_sticky") == "1",
            extra=Extra(others),
            comments=comments,
            media=self._media(image, found.media),
            digest=hashlib.sha256(
                f"{self._field('guid')}\n{title}\n{self._field('post_date')}\n{html}".encode()
            ).hexdigest(),
            dropped=(*found.dropped, *unshown),
            problems=(*self._problems, *found.problems),
        )

    def _warn(self, cause: str, fix: str) -> None:
        self._problems.append(warning(cause, fix, line=self._line))

    def _url(self) -> str:
        link = self._field("link")
        return link if link and not _QUERY_ADDRESS.search(link) else ""

    def _former(self, url: str) -> tuple[str, ...]:
        """Where it was under slugs that it had before, from which WordPress leads on."""
        above, _, slug = url.rstrip("/").rpartition("/")
        end = "/" if url.endswith("/") else ""
        if not slug or slug != self._field("post_name"):
            return ()
        return tuple(f"{above}/{old}{end}" for old in values_of(self._item, "_wp_old_slug"))

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
            plain(category.text or "")
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
            domain, name = category.get("domain") or "category", plain(category.text or "")
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
        number = self._meta.get("_thumbnail_id", "")
        found = self._known.attachments.get(number)
        if found is None and number not in ("", "0", "-1"):
            self._warn(
                f"has a featured picture that is not in this file (attachment {number})",
                "export all content into one file, or add the picture by hand",
            )
        return Image(found.url, found.alt, found.caption) if found and found.url else None

    def _media(self, image: Image | None, shown: tuple[str, ...]) -> tuple[Media, ...]:
        return tuple(Media(address) for address in dict.fromkeys([*([image.src] if image else []), *shown]))

    def _gallery(self, ids: list[str]) -> list[tuple[str, str, str]]:
        """Address, alternative and caption of attachments; without ids, of all that hang on the post."""
        wanted = ids or self._known.children.get(self._number, [])
        found = [self._known.attachments[number] for number in wanted if number in self._known.attachments]
        if missing := len(wanted) - len(found):
            self._warn(
                f"has a gallery of which {missing} of {len(wanted)} pictures are not in this file", "add them by hand"
            )
        return [(one.url, one.alt, one.caption) for one in found if one.url]


def _comments(item: Element) -> tuple[tuple[Comment, ...], tuple[Dropped, ...]]:
    """Comments that were shown; those that were not, and pingbacks, are told."""
    from generator import trees

    shown: list[Comment] = []
    others: list[Dropped] = []
    for comment in item.iterchildren("{*}comment"):
        kind, approved = trees.field(comment, "comment_type"), trees.field(comment, "comment_approved")
        if kind in ("", "comment") and approved == "1":
            shown.append(_comment(comment))
            continue
        state = {"0": "waited for a yes", "": "has no state"}.get(approved, approved)
        reason = f"a {kind}, no comment" if approved == "1" else f"a comment that was not shown ({state})"
        text = f"{trees.field(comment, 'comment_author')}: {trees.field(comment, 'comment_content')}"
        others.append(Dropped(trees.line(comment), text[:_COMMENT], reason))
    return tuple(shown), tuple(others)


def _comment(comment: Element) -> Comment:
    from generator import trees
    from generator.importer.markdown import plain_lines

    parent = trees.field(comment, "comment_parent")
    date = moments.read(f"{trees.field(comment, 'comment_date_gmt')}Z")
    return Comment(
        id=trees.field(comment, "comment_id"),
        parent="" if parent == "0" else parent,
        author=plain(trees.field(comment, "comment_author")),
        date=date or moments.read(trees.field(comment, "comment_date")),
        text=plain_lines(trees.field(comment, "comment_content").replace("\n", "<br>")),
        url=trees.field(comment, "comment_author_url"),
    )

"""Ghost: its export, one JSON file of tables; texts as HTML, or, where that is missing, as the editor keeps them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from generator.errors import ContentError, Problem, warning
from generator.importer import cards, moments
from generator.importer.articles import Article, Dropped, Item, Media, SiteFound, Skipped, too_long
from generator.importer.mending import text_of
from generator.importer.sources import RawSource
from generator.model.document import Image, Kind, Status
from generator.records import replace

NAME = "Ghost export"

LARGEST = 256 * 1024 * 1024
"""Bytes of an export, which is read as a whole."""

_OPEN = ("", "public")
_UNTITLED = "(Untitled)"
_HERE = "__GHOST_URL__"
Row = dict[str, Any]


def recognises(source: RawSource) -> bool:
    """Whether it is JSON with Ghost's tables."""
    head = source.head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"{") and b'"exported_on"' in head and b'"data"' in head


def read(source: RawSource) -> Iterator[Item]:
    """The posts and pages of a site.

    Raises:
        ContentError: It is too large, no JSON, or none of Ghost's.
    """
    with source.open() as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ContentError(Problem(f"is larger than {LARGEST} bytes", "export a part of the posts"))
    try:
        text, faults = text_of(data)
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ContentError(Problem(f"is not whole JSON: {error}", "export the site again")) from error
    tables = _tables(whole)
    if not tables.rows("posts"):
        raise ContentError(Problem("holds no posts", "check that it is the export of the whole site"))
    yield tables.site()
    for row in tables.rows("posts"):
        item = _item(row, tables)
        if faults and isinstance(item, Article):
            item, faults = replace(item, problems=(*item.problems, *faults)), ()
        yield item


def _tables(whole: object) -> _Tables:
    databases = whole.get("db") if isinstance(whole, dict) else None
    first = databases[0] if isinstance(databases, list) and databases else whole
    data = first.get("data") if isinstance(first, dict) else None
    return _Tables(data if isinstance(data, dict) else {})


class _Tables:
    """Rows by table, and what belongs to a post."""

    def __init__(self, data: Row) -> None:
        self._data = data
        names = {str(row.get("id")): _text(row, "name") for row in self.rows("users")}
        tags = {str(row.get("id")): row for row in self.rows("tags")}
        self.authors = self._of_posts("posts_authors", "author_id", names)
        self.tags: dict[str, list[Row]] = self._of_posts("posts_tags", "tag_id", tags)
        self.names = names
        self.meta = {str(row.get("post_id")): row for row in self.rows("posts_meta")}

    def rows(self, table: str) -> list[Row]:
        """A table's rows."""
        found = self._data.get(table)
        return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []

    def _of_posts(self, table: str, key: str, values: dict[str, Any]) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = defaultdict(list)
        for row in sorted(self.rows(table), key=_place):
            if value := values.get(str(row.get(key))):
                found[str(row.get("post_id"))].append(value)
        return found

    def authors_of(self, row: Row, identity: str) -> tuple[str, ...]:
        """Its authors in order; old exports have one, in the post itself."""
        found = self.authors.get(identity) or [self.names.get(str(row.get("author_id")), "")]
        return tuple(dict.fromkeys(name for name in found if name))

    def site(self) -> SiteFound:
        """The site, from its settings."""
        settings = {_text(row, "key"): _text(row, "value") for row in self.rows("settings")}
        return SiteFound(
            title=settings.get("title", ""),
            description=settings.get("description", ""),
            language=settings.get("locale") or settings.get("lang", ""),
            timezone=settings.get("timezone") or settings.get("active_timezone", ""),
            permalink="/{slug}/",
            feed="/rss/",
        )


def _place(row: Row) -> float:
    """Where a row stands among those of its post."""
    order = row.get("sort_order")
    return order if isinstance(order, int | float) else 0


def _text(row: Row, key: str) -> str:
    value = row.get(key)
    return value if isinstance(value, str) else ""


def _item(row: Row, tables: _Tables) -> Item:
    from generator.importer.markdown import convert, plain_text

    identity, title, slug = str(row.get("id") or ""), " ".join(_text(row, "title").split()), _text(row, "slug")
    html, faults = _html(row)
    if left := too_long("post", title, html):
        return left
    found = convert(html)
    title = "" if title == _UNTITLED else title
    if not title and not found.body:
        return Skipped("post", identity, "has neither headline nor text")
    status, problems = _status(row)
    date, dateless = _moment(row.get("published_at") or row.get("created_at"))
    tags = [_text(tag, "name") for tag in tables.tags[identity] if not _text(tag, "name").startswith("#")]
    meta = tables.meta.get(identity, {})
    image = _image(row, meta)
    is_page = row.get("type") == "page" or row.get("page") in (1, True)
    return Article(
        title=plain_text(title),
        body=found.body,
        kind=Kind.PAGE if is_page else Kind.POST,
        identity=identity,
        url=f"/{slug}/" if slug and status is Status.PUBLISHED else "",
        slug=slug,
        date=date,
        status=status,
        summary=_text(row, "custom_excerpt") or None,
        image=image,
        authors=tables.authors_of(row, identity),
        section=tags[0] if tags else None,
        tags=tuple(dict.fromkeys(tags[1:])),
        featured=row.get("featured") in (1, True),
        canonical=_text(row, "canonical_url") or None,
        media=tuple(Media(address) for address in dict.fromkeys([*([image.src] if image else []), *found.media])),
        digest=hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest(),
        dropped=(*found.dropped, *_injected(row)),
        problems=(*problems, *dateless, *faults, *found.problems),
    )


def _status(row: Row) -> tuple[Status, list[Problem]]:
    status, visibility = _text(row, "status") or "published", _text(row, "visibility")
    if visibility not in _OPEN:
        cause = f"was for some readers only ({visibility}), so it is a draft"
        return Status.DRAFT, [warning(cause, "set its status to publish it for all")]
    if status in ("published", "scheduled"):
        return Status.PUBLISHED, []
    problems = [] if status == "draft" else [warning(f"has the status {status!r}, so it is a draft", "set its status")]
    return Status.DRAFT, problems


def _image(row: Row, meta: Row) -> Image | None:
    from generator.importer.markdown import plain_text

    src = (_text(row, "feature_image") or _text(row, "image")).replace(_HERE, "")
    if not src:
        return None
    alt = _text(meta, "feature_image_alt") or _text(row, "feature_image_alt")
    caption = _text(meta, "feature_image_caption") or _text(row, "feature_image_caption")
    return Image(src, alt, plain_text(caption))


def _html(row: Row) -> tuple[str, tuple[Problem, ...]]:
    """A text as HTML, and what is wrong with it."""
    if html := _text(row, "html"):
        return html.replace(_HERE, ""), ()
    read = cards.html_of(_text(row, "lexical"), _text(row, "mobiledoc"))
    problems = [
        warning(f"has a card of the kind {name!r}, of which nothing is kept", "write it anew") for name in read.unknown
    ]
    if read.broken:
        problems.append(warning("has a text that cannot be read", "copy it from the old site, or export again"))
    return read.html.replace(_HERE, ""), tuple(problems)


def _injected(row: Row) -> Iterator[Dropped]:
    """Code that the old site put into the head or foot of the article's page."""
    for key in ("codeinjection_head", "codeinjection_foot"):
        if code := _text(row, key).strip():
            yield Dropped(1, code[:500], "code that runs on the page of the article")


def _moment(value: object) -> tuple[dt.datetime | dt.date | None, tuple[Problem, ...]]:
    """A date of a table: in words, where nothing else is said of UTC, or, in old exports, milliseconds."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e14:
        return dt.datetime.fromtimestamp(value // 1000, dt.UTC), ()
    found, problems = moments.told(value if isinstance(value, str) else "")
    if isinstance(found, dt.datetime) and found.tzinfo is None:
        found = found.replace(tzinfo=dt.UTC)
    return found, problems

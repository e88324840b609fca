"""Substack: its export, a zip with `posts.csv` and an HTML file a post; the addresses of readers are not opened."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from generator.errors import ContentError, Problem, warning
from generator.importer import archives, bodies, moments
from generator.importer.addresses import is_absolute
from generator.importer.articles import Article, Item, Media, Skipped
from generator.importer.decode import decode
from generator.importer.sources import RawSource
from generator.model.document import Kind, Status

if TYPE_CHECKING:
    from generator.trees import Page

NAME = "Substack export"

_LARGEST = 32 * 1024 * 1024
_POST = re.compile(r"(?:^|/)posts/(?P<id>\d+)(?:\.(?P<slug>[^/]*))?\.html$")
_FETCHED = re.compile(r"^https://(?:cdn\.)?substackcdn\.com/image/fetch/.*/(https?(?:%3A|:).+)$", re.IGNORECASE)
_OF_THE_PAGE = frozenset({
    "subscription-widget-wrap", "subscription-widget-wrap-editor", "subscription-widget", "button-wrapper",
    "paywall-jump", "image-link-expand", "captioned-button-wrap", "directMessage", "poll-embed",
    "install-substack-app-embed", "community-chat", "header-anchor-parent",
})  # fmt: skip


def recognises(source: RawSource) -> bool:
    """Whether it is an archive with posts and their table."""
    if not archives.is_archive(source):
        return False
    try:
        names = archives.opened(source).names()
    except ContentError:
        return False
    return any(name.rpartition("/")[2] == "posts.csv" for name in names) and any(map(_POST.search, names))


def read(source: RawSource) -> Iterator[Item]:
    """The posts of a publication.

    Raises:
        ContentError: The archive or its table is damaged.
    """
    archive = archives.opened(source)
    rows = _rows(archive)
    for name in archive.names():
        if found := _POST.search(name):
            row = rows.pop(found["id"], None)
            if row is None:
                yield Skipped("post", name, "is not in posts.csv")
            else:
                yield _article(archive, name, found["slug"] or "", row)
    for number, row in rows.items():
        if number and row.get("title"):
            reason = f"its text (posts/{row['post_id']}.html) is not in the archive"
            yield Skipped("post", row["title"], reason, fix="export the publication again")
    yield from (Skipped("file", name, "has a path that leads out of the archive") for name in archive.refused)


def _rows(archive: archives.Archive) -> dict[str, dict[str, str]]:
    """Rows of the table by the number of the post."""
    table = next(name for name in archive.names() if name.rpartition("/")[2] == "posts.csv")
    text = decode(archive.read(table, _LARGEST)).text
    try:
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise ContentError(Problem(f"has a posts.csv that cannot be read: {error}", "export again")) from error
    return {
        str(row.get("post_id") or "").partition(".")[0]: {
            key: value or "" for key, value in row.items() if isinstance(key, str) and not isinstance(value, list)
        }
        for row in rows
    }


def _article(archive: archives.Archive, name: str, slug: str, row: dict[str, str]) -> Item:
    from generator import trees
    from generator.importer.markdown import convert_element

    number = str(row.get("post_id", "")).partition(".")[0]
    title = " ".join(row.get("title", "").split())
    data = archive.read(name, _LARGEST)
    page = trees.Page(f"<body>{decode(data).text}")
    problems = _problems(row)
    _spell_out(page)
    for element in list(page.elements()):
        if _OF_THE_PAGE & set((element.get("class") or "").split()):
            trees.remove(element)
    found = convert_element(page.root, "", page.line)
    sound = tuple(filter(None, (row.get("podcast_url", "").strip(),)))
    date, dateless = moments.told(row.get("post_date", ""))
    if not title and not found.body:
        return Skipped("post", name, "has neither headline nor text")
    is_draft = bool(problems) or row.get("is_published", "").lower() != "true"
    return Article(
        title=title or slug.replace("-", " ") or number,
        body=bodies.with_files(found.body, sound),
        kind=Kind.PAGE if row.get("type") == "page" else Kind.POST,
        identity=f"substack:{number}",
        url="" if is_draft or not slug else f"/p/{slug}",
        slug=slug,
        date=date,
        status=Status.DRAFT if is_draft else Status.PUBLISHED,
        summary=row.get("subtitle") or None,
        media=tuple(Media(address, original=original(address)) for address in (*found.media, *sound)),
        place=archive.place(name),
        digest=hashlib.sha256(json.dumps(row, sort_keys=True).encode() + data).hexdigest(),
        dropped=found.dropped,
        problems=(*problems, *dateless, *found.problems),
    )


def _spell_out(page: Page) -> None:
    """Put a link where the page shows what it fetches: a post elsewhere, a film, a formula; its values are with it."""
    from generator import trees

    for element in list(page.elements()):
        written = element.get("data-attrs")
        if not written or trees.text(element) or next(element.iter("img", "iframe"), None) is not None:
            continue
        values = _values(written)
        formula, url = values.get("persistentExpression", ""), values.get("url", "")
        if formula:
            trees.add(element, "code", formula)
        elif is_absolute(url):
            words = next((values[key] for key in ("full_text", "title", "name") if values.get(key)), url)
            trees.add(element, "a", words, href=url)


def _values(written: str) -> dict[str, str]:
    """The texts among the values of an element."""
    try:
        values = json.loads(written)
    except (ValueError, RecursionError):
        return {}
    return {key: value for key, value in values.items() if isinstance(value, str)} if isinstance(values, dict) else {}


def _problems(row: dict[str, str]) -> list[Problem]:
    """Why a post must not be public, though it was published."""
    audience = row.get("audience", "")
    if audience in ("", "everyone"):
        return []
    cause = f"was for some readers only ({audience}), so it is a draft"
    return [warning(cause, "set its status to publish it for all")]


def original(address: str) -> str:
    """A picture's own address, where Substack shows it by way of a server that resizes it; else empty."""
    found = _FETCHED.match(address)
    return unquote(found[1]) if found else ""

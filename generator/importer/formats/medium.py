"""Medium: its export, a zip with an HTML file for each post (and for claps, bookmarks and more, which are left)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.errors import ContentError, warning
from generator.importer import archives, moments
from generator.importer.articles import Article, Item, Media, Skipped
from generator.importer.decode import decode
from generator.importer.sources import RawSource
from generator.model.document import Status

if TYPE_CHECKING:
    from generator.trees import Element, Page

NAME = "Medium export"

_LARGEST = 32 * 1024 * 1024
_POST = re.compile(r"(?:^|/)posts/(?P<draft>draft_)?[^/]+\.html$")
_NUMBER = re.compile(r"[-_](?P<id>[0-9a-f]{8,16})\.html$")
_REPEATED = frozenset({"graf--title", "graf--subtitle"})
"""Headline and standfirst, which stand in the text a second time."""


def recognises(source: RawSource) -> bool:
    """Whether it is an archive with posts as Medium writes them."""
    if not archives.is_archive(source):
        return False
    try:
        archive = archives.opened(source)
        first = next((name for name in archive.names() if _POST.search(name)), None)
        return first is not None and b"h-entry" in archive.read(first, _LARGEST)
    except ContentError:
        return False


def read(source: RawSource) -> Iterator[Item]:
    """The posts of an account.

    Raises:
        ContentError: The archive is damaged.
    """
    archive = archives.opened(source)
    for name in archive.names():
        if found := _POST.search(name):
            yield _article(archive, name, is_draft=bool(found["draft"]))
    yield from (Skipped("file", name, "has a path that leads out of the archive") for name in archive.refused)


def _article(archive: archives.Archive, name: str, *, is_draft: bool) -> Item:
    from generator import trees
    from generator.importer.markdown import convert_element

    data = archive.read(name, _LARGEST)
    page = trees.Page(decode(data).text)
    title = _words(page, "p-name") or next((trees.text(title) for title in page.elements() if title.tag == "title"), "")
    body = _first(page, "e-content")
    answers = _is_response(page, title) and not is_draft
    for element in list(page.elements()):
        classes = set((element.get("class") or "").split())
        if classes & _REPEATED and trees.text(element) in (title, _words(page, "p-summary")):
            trees.remove(element)
    found = convert_element(body, "", page.line)
    if body is None or not (title or found.body):
        return Skipped("post", name, "has neither headline nor text")
    published = _first(page, "dt-published")
    date, dateless = moments.told((published.get("datetime") or "") if published is not None else "")
    canonical, number = _first(page, "p-canonical"), _NUMBER.search(name)
    author = _words(page, "p-author")
    url = (canonical.get("href") or "") if canonical is not None else ""
    return Article(
        title=title,
        body=found.body,
        identity=f"https://medium.com/p/{number['id']}" if number else "",
        url="" if is_draft else url,
        aliases=(f"https://medium.com/p/{number['id']}",) if number and url and not is_draft else (),
        date=date,
        status=Status.DRAFT if is_draft or published is None or answers else Status.PUBLISHED,
        summary=_words(page, "p-summary") or None,
        authors=(author,) if author else (),
        media=tuple(Media(address) for address in found.media),
        place=archive.place(name),
        digest=hashlib.sha256(data).hexdigest(),
        dropped=found.dropped,
        problems=(*dateless, *found.problems, *(_RESPONSE if answers else ())),
    )


_RESPONSE = (
    warning(
        "has no headline of its own, as a response to another's story, so it is a draft",
        "delete it, or give it a headline and take out its status",
    ),
)


def _is_response(page: Page, title: str) -> bool:
    """Whether a post is likely a response: its headline is the beginning of its text, which begins with a paragraph."""
    from generator import trees

    texts = (element for element in page.elements() if "graf" in (element.get("class") or "").split())
    first = next((element for element in texts if element.tag != "figure"), None)
    if first is None or first.tag != "p":
        return False
    return " ".join(trees.text(first).split()).startswith(title.rstrip("\u2026. "))


def _first(page: Page, name: str) -> Element | None:
    """The first element of a class."""
    return next((element for element in page.elements() if name in (element.get("class") or "").split()), None)


def _words(page: Page, name: str) -> str:
    from generator import trees

    return " ".join(trees.text(_first(page, name)).split())

"""Structured data in a page: JSON-LD of articles. Rules 45 to 50."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.check import jsontext, moments
from generator.check.facts import Found, Link, Role

ARTICLES = frozenset({"NewsArticle", "Article", "BlogPosting", "ReportageNewsArticle", "LiveBlogPosting"})
_WANTED = ("headline", "image", "datePublished", "dateModified", "author")
_DATES = ("datePublished", "dateModified")
_LIVE = ("coverageStartTime", "coverageEndTime")
_UPDATE = ("headline", "datePublished", "articleBody")

Finding = Found | Link


class Shown(NamedTuple):
    """What a page itself shows.

    Attributes:
        headline: Its h1.
        instants: Of its time elements.
        picture: It has one for other sites; where it has none, its data needs none either.
    """

    headline: str
    instants: frozenset[int]
    picture: bool


def look(text: str, line: int, shown: Shown) -> Iterator[Finding]:
    """What is wrong in one script of JSON-LD, and the addresses in it.

    Args:
        text: What the script holds.
        line: The line on which it begins.
        shown: What the page shows.
    """
    if "<" in text:
        yield Found("data-escape", line + text[: text.index("<")].count("\n"), "structured data has a bare <")
    try:
        data = jsontext.load(text)
    except jsontext.BadJSONError as error:
        yield Found("data-json", line + error.line - 1, "structured data is no JSON")
        return
    for item in _things(data):
        types = _list(item.get("@type"))
        if any(isinstance(kind, str) and kind in ARTICLES for kind in types):
            yield from _article(item, line, shown)
        if "LiveBlogPosting" in types:
            yield from _live(item, line)


def _things(data: Any) -> Iterator[dict[str, Any]]:
    for item in _list(data):
        if isinstance(item, dict):
            yield item
            yield from (inner for inner in _list(item.get("@graph")) if isinstance(inner, dict))


def _list(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _article(item: dict[str, Any], line: int, shown: Shown) -> Iterator[Finding]:
    headline = shown.headline
    if lacking := [name for name in _WANTED if not item.get(name) and (name != "image" or shown.picture)]:
        yield Found("data-article", line, f"the article's data lacks {', '.join(lacking)}")
    title = item.get("headline")
    if isinstance(title, str) and headline and " ".join(title.split()) != headline:
        yield Found(
            "data-headline", line, f"the headline is {_short(title)} in data, and {_short(headline)} in the page"
        )
    yield from _dates(item, line, shown.instants)
    if item.get("author"):
        yield from _authors(item["author"], line)
    for image in _list(item.get("image")):
        url = image.get("url") or image.get("contentUrl") if isinstance(image, dict) else image
        if isinstance(url, str):
            yield Link(Role.PICTURE, url, line)
    entity = item.get("mainEntityOfPage")
    url = entity.get("@id") if isinstance(entity, dict) else entity
    if isinstance(url, str):
        yield Link(Role.ENTITY, url, line)


def _dates(item: dict[str, Any], line: int, shown: frozenset[int]) -> Iterator[Finding]:
    seen: list[int] = []
    for name in _DATES:
        if not item.get(name):
            continue
        try:
            when = moments.iso(str(item[name]))
        except moments.BadDateError as error:
            yield Found("data-date", line, f"{name} {_short(item[name])} {error}")
            continue
        seen.append(when)
        if shown and name == "datePublished" and when not in shown:
            yield Found("data-date-shown", line, f"{name} {item[name]} is not shown by a time element of the page")
    if len(seen) == 2 and seen[1] < seen[0]:
        yield Found("data-date", line, "dateModified comes before datePublished")


def _authors(authors: Any, line: int) -> Iterator[Found]:
    if not isinstance(authors, list):
        yield Found("data-author", line, "author is no list")
    for author in _list(authors):
        name = author.get("name") if isinstance(author, dict) else None
        if not isinstance(author, dict) or not isinstance(name, str) or not name.strip():
            yield Found("data-author", line, f"an author is no object with a name: {_short(author)}")
        elif name.lower().startswith("by ") or "," in name or "@" in name:
            yield Found("data-author", line, f"an author's name holds more than the name: {_short(name)}")
        elif not author.get("url") and not author.get("sameAs"):
            yield Found("data-author", line, f"the author {_short(name)} has no url and no sameAs")


def _live(item: dict[str, Any], line: int) -> Iterator[Found]:
    if lacking := [name for name in _LIVE if not item.get(name)]:
        yield Found("data-live", line, f"the live blog's data lacks {', '.join(lacking)}")
    updates = _list(item.get("liveBlogUpdate"))
    if not updates:
        yield Found("data-live", line, "the live blog's data has no liveBlogUpdate")
    for update in updates:
        whole = isinstance(update, dict) and update.get("@type") == "BlogPosting"
        if not whole or not all(update.get(name) for name in _UPDATE):
            yield Found(
                "data-live", line, f"an update is no BlogPosting with headline, date and text: {_short(update)}"
            )
        elif "?" in str(update.get("url", "")):
            yield Found("data-live", line, "an update's url has a query; it is the page and an anchor")


def _short(value: object) -> str:
    text = str(value)
    return repr(text if len(text) <= 60 else f"{text[:59]}…")

"""What two states of a site are compared by: a feed's items, and the words of a page."""

from __future__ import annotations

from typing import Any

from generator import trees
from generator.check import atom, jsontext, pages, rss
from generator.records import Record
from generator.trees import Element

_APART = frozenset({"nav", "aside", "script", "style", "template"})
"""Elements of a page whose words are not those of its story."""


class Item(Record, frozen=True):
    """An item of a feed; `words` is all that a reader sees of it, `date` and `updated` are as written."""

    guid: str
    url: str
    title: str
    date: str
    updated: str
    words: str


class Words(Record, frozen=True):
    """What a page shows.

    Attributes:
        kind: `story` where the page says that it is an article, `redirect`, `gone`, or `page`.
        title: Its h1.
        text: Of its main part, without navigation and what stands beside.
        date: The first publication of a story, as written.
        target: Where a redirect leads.
    """

    kind: str
    title: str
    text: str
    date: str = ""
    target: str = ""


def items(name: str, raw: bytes) -> list[Item] | None:
    """The items of a feed, in its order; None where the file is no feed that can be read."""
    if name.lower().endswith(".json"):
        return _json(raw)
    try:
        root = trees.document(raw)
    except trees.UnreadableError:
        return None
    if trees.local(root) == "rss":
        return [_rss(item) for item in root.iter("item")]
    if root.tag == f"{atom.NAMESPACE}feed":
        return [_atom(entry) for entry in trees.children(root, f"{atom.NAMESPACE}entry")]
    return None


def _json(raw: bytes) -> list[Item] | None:
    try:
        data = jsontext.load(raw.decode("utf-8-sig"))
    except (jsontext.BadJSONError, UnicodeDecodeError):
        return None
    if not isinstance(data, dict) or not isinstance(data.get("items"), list) or "version" not in data:
        return None
    return [_object(item) for item in data["items"] if isinstance(item, dict)]


def _object(item: dict[str, Any]) -> Item:
    def value(key: str) -> str:
        return str(item.get(key) or "")

    words = f"{value('content_html')}\n{value('content_text')}\n{value('summary')}"
    return Item(value("id"), value("url"), value("title"), value("date_published"), value("date_modified"), words)


def _rss(item: Element) -> Item:
    def value(tag: str) -> str:
        return trees.text(item.find(tag))

    words = f"{value('description')}\n{value(rss.CONTENT)}"
    guid = value("guid") or value("link")
    return Item(guid, value("link"), value("title"), value("pubDate"), value(f"{rss.ATOM}updated"), words)


def _atom(entry: Element) -> Item:
    def value(tag: str) -> str:
        return trees.text(entry.find(f"{atom.NAMESPACE}{tag}"))

    links = trees.children(entry, f"{atom.NAMESPACE}link")
    url = next((link.get("href") or "" for link in links if link.get("rel", "alternate") == "alternate"), "")
    words = f"{value('summary')}\n{value('content')}"
    return Item(value("id"), url, value("title"), value("published"), value("updated"), words)


def words(raw: bytes) -> Words:
    """The words of a page of HTML."""
    page = trees.Page(raw.decode("utf-8", "replace"))
    title, date, kind = "", "", "page"
    main: Element | None = None
    for element in page.elements():
        tag, name = element.tag, element.get("property") or element.get("http-equiv") or ""
        if tag == "meta" and name.lower() == "refresh":
            return Words("redirect", "", "", target=(element.get("content") or "").partition("=")[2].strip("'\" "))
        if tag == "meta" and name == "og:type" and element.get("content") == "article":
            kind = "story"
        elif tag == "meta" and element.get("name") == pages.STATUS and element.get("content") in pages.GONE:
            kind = "gone"
        elif tag == "main" and main is None:
            main = element
        elif tag == "h1" and not title:
            title = " ".join(trees.text(element).split())
        elif tag == "time" and not date and main is not None:
            date = element.get("datetime") or ""
    return Words(kind, title, " ".join(_shown(main).split()) if main is not None else "", date)


def _shown(element: Element) -> str:
    parts = [element.text or ""]
    for child in trees.children(element):
        parts += [" ", "" if child.tag in _APART else _shown(child), child.tail or ""]
    return "".join(parts)

"""Rules 21 to 33 of feeds: what Atom (RFC 4287) and JSON Feed 1.1 ask for, checked on bytes."""

from __future__ import annotations

import datetime as dt
import json
import re

import feedparser
from lxml import etree
from support import REPOSITORY

SCHEMA = etree.RelaxNG(etree.parse(REPOSITORY / "tests" / "fixtures" / "atom.rng"))
"""What RFC 4287 allows where, in our own words."""

ATOM = "{http://www.w3.org/2005/Atom}"
ONCE = ("content", "summary", "published", "rights", "generator", "icon", "logo", "subtitle")
IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s]+", re.IGNORECASE)


def strict(data):
    """The root element, read without mercy."""
    return etree.fromstring(data, etree.XMLParser(recover=False, resolve_entities=False, no_network=True))


def check_atom(data, url, now, check_html):
    """The rules of Atom for the bytes of the feed at `url`, read at `now`; the identities of its entries."""
    root = strict(data)
    assert root.tag == f"{ATOM}feed"
    assert SCHEMA.validate(root), SCHEMA.error_log
    for name in ("id", "title", "updated"):  # 21
        assert len(root.findall(ATOM + name)) == 1
    (author,) = root.findall(f"{ATOM}author")  # 23
    assert author.findtext(f"{ATOM}name").strip()
    (itself,) = [link for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert itself.get("href") == url
    assert itself.get("type") == "application/atom+xml"
    entries = root.findall(f"{ATOM}entry")
    updated = [_moment(entry.findtext(f"{ATOM}updated"), now) for entry in entries]
    if entries:
        assert _moment(root.findtext(f"{ATOM}updated"), now) == max(updated)  # 24
    for entry in entries:
        _check_entry(entry, now, check_html)
    found = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(found)) == len(found)
    assert root.findtext(f"{ATOM}id") not in found
    parsed = feedparser.parse(data)
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert len(parsed.entries) == len(entries)
    return found


def _check_entry(entry, now, check_html):
    for name in ("id", "title", "updated"):  # 21
        assert len(entry.findall(ATOM + name)) == 1
    assert IRI.fullmatch(entry.findtext(f"{ATOM}id"))  # 22
    assert entry.findtext(f"{ATOM}title").strip()
    assert _moment(entry.findtext(f"{ATOM}published"), now) <= _moment(entry.findtext(f"{ATOM}updated"), now)
    (alternate,) = [link for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate"]  # 25
    assert re.match("https?://", alternate.get("href"))
    for content in entry.findall(f"{ATOM}content"):  # 26
        assert content.get("type") == "html"
        assert not len(content)
        check_html(content.text)
    for name in ONCE:  # 27
        assert len(entry.findall(ATOM + name)) <= 1
    for author in entry.findall(f"{ATOM}author"):  # 28
        assert author.find(f"{ATOM}email") is None
        assert author.findtext(f"{ATOM}name").strip()


def _moment(text, now):
    """RFC 3339, not in the future."""
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", text), text
    instant = dt.datetime.fromisoformat(text)
    assert instant <= now
    return instant


def check_json(data, url, now, check_html):
    """The rules of JSON Feed for the bytes of the feed at `url`, read at `now`; the identities of its items."""
    feed = json.loads(data.decode("utf-8"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"  # 29
    assert feed["title"].strip()
    assert feed["feed_url"] == url
    assert feed["home_page_url"].startswith(("http://", "https://"))
    known = {"version", "title", "home_page_url", "feed_url", "description", "language", "authors", "hubs", "items"}
    assert set(feed) <= known
    for hub in feed.get("hubs", []):  # 32
        assert hub["type"]
        assert hub["url"]
    for item in feed["items"]:
        _check_item(item, now, check_html)
    found = [item["id"] for item in feed["items"]]
    assert len(set(found)) == len(found)
    return found


def _check_item(item, now, check_html):
    assert isinstance(item["id"], str)  # 30
    assert item["id"].strip()
    assert ("content_html" in item) != ("content_text" in item)
    if "content_html" in item:
        check_html(item["content_html"])
    assert _moment(item["date_published"], now) <= _moment(item["date_modified"], now)  # 31
    assert "author" not in item
    for author in item.get("authors", []):
        assert author["name"].strip() or author.get("url")
    assert isinstance(item.get("tags", []), list)
    assert re.match("https?://", item["url"])
    assert re.match("https?://", item.get("image", "https://"))

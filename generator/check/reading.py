"""One file's bytes to its facts, whatever they are."""

from __future__ import annotations

import re

from generator import trees
from generator.check import atom, jsonfeed, pages, rss, sitemaps
from generator.check.facts import Facts, Found
from generator.trees import Element

LIMIT = 50 * 1024 * 1024
"""Bytes of the largest file that is read: what a sitemap may have."""

_ENCODING = re.compile(rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']""")
_PAGES = (".html", ".htm", ".xhtml")
_FEEDS = (".xml", ".rss", ".atom", ".rdf", ".opml")

_ROOT = re.compile(rb"<[A-Za-z_:]")


def is_read(name: str) -> bool:
    """Whether a file of this name is opened at all; what it is, its content says."""
    return name.lower().endswith((*_PAGES, *_FEEDS, ".json")) or name == "robots.txt"


def read(name: str, raw: bytes) -> Facts:
    """The facts of a file."""
    try:
        return _read(name, raw)
    except RecursionError:  # JSON that could just be read, and is too deep to be looked at
        code = "data-json" if name.lower().endswith(_PAGES) else "json-parse"
        return _only(code, 1, "the JSON nests too deep")


def _read(name: str, raw: bytes) -> Facts:
    lower = name.lower()
    if name == "robots.txt":
        return sitemaps.robots(raw)
    if lower.endswith(_PAGES):
        return pages.read(raw)
    return jsonfeed.read(raw) if lower.endswith(".json") else _xml(raw)


def _xml(raw: bytes) -> Facts:
    declared = _ENCODING.match(raw)
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return _only("xml-encoding", line, f"the byte 0x{raw[error.start]:02x} is no UTF-8")
    if declared and declared[1].lower() not in (b"utf-8", b"utf8"):
        return _only("xml-encoding", 1, f"the file is UTF-8 and declares {declared[1].decode('latin-1')!r}")
    root_tag = _ROOT.search(raw)
    prologue = raw[: root_tag.start()] if root_tag else raw
    if (at := prologue.find(b"<!DOCTYPE")) >= 0:
        return _only("xml-doctype", prologue[:at].count(b"\n") + 1, "the file has a DOCTYPE")
    try:
        root = trees.document(raw)
    except trees.UnreadableError as error:
        return _only("xml-wellformed", error.line, f"the file is no XML: {error.cause}")
    return _known(root, raw)


def _only(code: str, line: int, cause: str) -> Facts:
    return Facts(found=(Found(code, line, cause),))


def _known(root: Element, raw: bytes) -> Facts:
    """By the root element."""
    match trees.local(root).lower():
        case "rss":
            return rss.read(root, raw)
        case "feed" if root.tag.startswith(atom.NAMESPACE):
            return atom.read(root, raw)
        case "urlset" | "sitemapindex":
            return sitemaps.read(root)
        case "opml":
            return sitemaps.opml(root)
        case _:
            return Facts()

"""Sitemaps, news sitemaps, OPML and robots.txt. Rules 39 to 44."""

from __future__ import annotations

import re

from generator import trees
from generator.check import moments
from generator.check.facts import Facts, Kind, Link, News, Role
from generator.check.gather import Gatherer, absolute, whole
from generator.trees import Element

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
_MOST, _MOST_NEWS = 50_000, 1_000
_NEWS_LANGUAGE = re.compile(r"[a-z]{2,3}|zh-cn|zh-tw")
_ALMOST_NEWS = re.compile(r"\{[^}]*sitemap-news[^}]*\}news")


def read(root: Element) -> Facts:
    """The facts of a sitemap, or of an index of sitemaps."""
    index = trees.local(root) == "sitemapindex"
    out = Gatherer(Kind.INDEX if index else Kind.SITEMAP)
    entries = [child for child in trees.children(root) if trees.local(child) in ("url", "sitemap")]
    if not entries:
        out.add("sitemap-empty", trees.line(root), "the sitemap has no address")
    if len(entries) > _MOST:
        out.add("sitemap-size", trees.line(root), f"the sitemap has {len(entries):,} addresses")
    if not root.tag.startswith(NAMESPACE):
        out.add("sitemap-loc", trees.line(root), "the sitemap is not in the namespace of sitemaps.org")
    seen: dict[str, int] = {}
    for entry in entries:
        _entry(entry, seen, out)
    if len(out.news) > _MOST_NEWS:
        out.add("sitemap-size", trees.line(root), f"the sitemap has {len(out.news):,} news")
    return out.facts()


def _entry(entry: Element, seen: dict[str, int], out: Gatherer) -> None:
    line, loc = trees.line(entry), ""
    news: list[Element] = []
    for child in trees.children(entry):
        name = trees.local(child)
        if name == "loc":
            loc, line = trees.text(child), trees.line(child)
        elif name == "lastmod":
            out.date(trees.text(child), trees.line(child), moments.w3c, "sitemap-date")
        elif _ALMOST_NEWS.fullmatch(child.tag):
            news.append(child)
    _loc(loc, line, seen, out)
    if len(news) > 1:
        out.add("news-fields", trees.line(news[1]), "an address has a second news:news")
    for element in news:
        _news(element, loc, out)


def _loc(loc: str, line: int, seen: dict[str, int], out: Gatherer) -> None:
    if not whole(loc):
        out.add("sitemap-loc", line, f"the address {loc!r} is not whole")
    elif loc in seen:
        out.add("sitemap-unique", line, f"the address {loc} stands on line {seen[loc]} already")
    else:
        seen[loc] = line
        out.link(Role.LOC, loc, line)


def _news(element: Element, loc: str, out: Gatherer) -> None:
    line = trees.line(element)
    if not element.tag.startswith(NEWS):
        out.add("news-fields", line, f"news:news is in the wrong namespace: {element.tag[1:].partition('}')[0]!r}")
        return
    inside = {trees.local(child): child for child in trees.elements(element)}
    values = {name: trees.text(inside.get(name)) for name in ("name", "language", "publication_date", "title")}
    if lacking := [name for name, value in values.items() if not value]:
        out.add("news-fields", line, f"news:news lacks {', '.join(lacking)}")
    language = inside.get("language")
    if values["language"] and not _NEWS_LANGUAGE.fullmatch(values["language"]):
        out.add("news-fields", trees.line(language), f"{values['language']!r} is no language code of news")
    seconds = None
    if values["publication_date"]:
        date = inside["publication_date"]
        seconds = out.date(values["publication_date"], trees.line(date), moments.w3c, "news-fields")
    out.news.append(News(line, loc, values["name"], values["title"], seconds))


def opml(root: Element) -> Facts:
    """The facts of an OPML file: a list of feeds."""
    out = Gatherer(Kind.OPML)
    if not root.get("version"):
        out.add("opml-fields", trees.line(root), "the file has no version")
    if not trees.children(root, "head") or not trees.children(root, "body"):
        out.add("opml-fields", trees.line(root), "the file lacks its head or body")
    for outline in root.iter("outline"):
        line = trees.line(outline)
        if not (outline.get("text") or "").strip():
            out.add("opml-fields", line, "an outline has no text")
        if (outline.get("type") or "").lower() in ("rss", "atom") and not absolute(outline.get("xmlUrl") or ""):
            out.add("opml-fields", line, "a feed has no whole xmlUrl")
        for name in ("xmlUrl", "htmlUrl"):
            out.link(Role.LINK, outline.get(name) or "", line)
    return out.facts()


def robots(raw: bytes) -> Facts:
    """The facts of `robots.txt`: where it says that sitemaps lie."""
    lines = raw.decode("utf-8", "replace").splitlines()
    found = [
        Link(Role.LINK, line.partition(":")[2].strip(), number)
        for number, line in enumerate(lines, 1)
        if line.strip().lower().startswith("sitemap:")
    ]
    return Facts(kind=Kind.ROBOTS, links=tuple(link for link in found if link.url))

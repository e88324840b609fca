"""A good built site, and ways to damage it: what the tests of `dateline check` begin with."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from support import NOW, SiteFixture, post

from generator.check import CheckReport, CheckRequest, check

BASE = "https://example.org"

FILES = {
    "content/pages/about.md": "---\ntitle: About\n---\n\nWho we are.\n",
    "content/posts/bridge.md": post(
        "Bridge opens", "2026-11-20 10:00", "It is [open](ferry.md).\n\n## Costs\n\nMany.", tags="[transport]", id="b1"
    ),
    "content/posts/ferry.md": post(
        "Ferry returns", "2026-11-21 10:00", "See [the costs](bridge.md#costs).", id="f1", aliases="[/old-ferry/]"
    ),
    "content/posts/gone.md": post("Gone", "2026-11-19 10:00", id="g1", status="withdrawn"),
}
BRIDGE = "2026/11/bridge/index.html"
FERRY = "2026/11/ferry/index.html"
ALIAS = "old-ferry/index.html"
BRIDGE_URL, FERRY_URL = f"{BASE}/2026/11/bridge/", f"{BASE}/2026/11/ferry/"

ATOM = f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>urn:uuid:00000000-0000-5000-8000-000000000000</id>
<title>The Test</title>
<updated>2026-11-21T10:00:00Z</updated>
<link rel="self" type="application/atom+xml" href="{BASE}/atom.xml"/>
<link rel="alternate" type="text/html" href="{BASE}/"/>
<author>
<name>Ana Flores</name>
</author>
<entry>
<id>urn:uuid:00000000-0000-5000-8000-000000000001</id>
<title>Ferry returns</title>
<updated>2026-11-21T10:00:00Z</updated>
<link rel="alternate" type="text/html" href="{FERRY_URL}"/>
<content type="html">&lt;p&gt;See &lt;a href="{BRIDGE_URL}#costs"&gt;the costs&lt;/a&gt;.&lt;/p&gt;</content>
</entry>
<entry>
<id>urn:uuid:00000000-0000-5000-8000-000000000002</id>
<title>Bridge opens</title>
<updated>2026-11-20T10:00:00Z</updated>
<published>2026-11-20T10:00:00Z</published>
<link rel="alternate" type="text/html" href="{BRIDGE_URL}"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It is open.</p></div></content>
</entry>
</feed>
"""

JSON = f"""{{
"version": "https://jsonfeed.org/version/1.1",
"title": "The Test",
"home_page_url": "{BASE}/",
"feed_url": "{BASE}/feed.json",
"language": "en",
"authors": [{{"name": "Ana Flores"}}],
"hubs": [{{"type": "WebSub", "url": "https://hub.example.net/"}}],
"items": [
{{
"id": "f1",
"url": "{FERRY_URL}",
"title": "Ferry returns",
"date_published": "2026-11-21T10:00:00Z",
"content_html": "<p>It is back.</p>"
}},
{{
"id": "b1",
"url": "{BRIDGE_URL}",
"title": "Bridge opens",
"content_text": "It is open."
}}
]
}}
"""

OPML = f"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
<head><title>Feeds</title></head>
<body>
<outline type="rss" text="The Test" xmlUrl="{BASE}/feed.xml" htmlUrl="{BASE}/"/>
</body>
</opml>
"""

NEWS = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url>
<loc>{FERRY_URL}</loc>
<lastmod>2026-11-22</lastmod>
<news:news>
<news:publication>
<news:name>The Test</news:name>
<news:language>en</news:language>
</news:publication>
<news:publication_date>2026-11-21T10:00:00Z</news:publication_date>
<news:title>Ferry returns</news:title>
</news:news>
</url>
<url>
<loc>{BRIDGE_URL}</loc>
<news:news>
<news:publication>
<news:name>The Test</news:name>
<news:language>en</news:language>
</news:publication>
<news:publication_date>2026-11-22T10:00:00Z</news:publication_date>
<news:title>Bridge opens</news:title>
</news:news>
</url>
</urlset>
"""

DATA = f"""{{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Bridge opens",
"image": ["{BASE}/bridge.svg"],
"datePublished": "2026-11-20T10:00:00+00:00",
"dateModified": "2026-11-20T10:00:00+00:00",
"author": [{{"@type": "Person", "name": "Ana Flores", "url": "{BASE}/about/"}}],
"mainEntityOfPage": "{BRIDGE_URL}"}}"""

PAGE = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Bridge opens</title>
<link rel="canonical" href="{BASE}/extra.html">
<link rel="alternate" type="application/rss+xml" title="The Test" href="{BASE}/feed.xml">
<link rel="alternate" type="application/atom+xml" title="The Test, Atom" href="{BASE}/atom.xml">
<meta property="og:url" content="{BASE}/extra.html">
<meta property="og:image" content="{BASE}/bridge.svg">
<script type="application/ld+json">{DATA.replace(BRIDGE_URL, f"{BASE}/extra.html")}</script>
</head>
<body>
<h1>Bridge opens</h1>
<p><time datetime="2026-11-20T10:00:00+00:00">20 November</time></p>
<img src="/bridge.svg" alt="A bridge">
<p id="end"><a href="/about/">About</a></p>
</body>
</html>
"""

EXTRA = {
    "atom.xml": ATOM,
    "feed.json": JSON,
    "feeds.opml": OPML,
    "news.xml": NEWS,
    "extra.html": PAGE,
    "bridge.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="675"/>',
}
"""What other rooms will write one day, and a page with structured data."""


def good_site(make: Callable[..., SiteFixture]) -> SiteFixture:
    """A built site in which nothing is wrong; built once, written out for each test."""
    made = make(FILES)
    for name, data in _output().items():
        path = made.output / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return made


@cache
def _output() -> Mapping[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        site = SiteFixture(Path(folder) / "site", FILES)
        assert site.build().problems == ()
        return {**site.tree(), **{name: text.encode() for name, text in EXTRA.items()}}


class Silent:
    """Progress that nobody watches."""

    def stage(self, name: str, total: int) -> None:
        """Do nothing."""

    def step(self) -> None:
        """Do nothing."""


def run(site: SiteFixture, **options: Any) -> CheckReport:
    """Check a site with the clock at NOW."""
    values = {"root": site.root, "output": site.output, "now": NOW, "jobs": 1, **options}
    return check(CheckRequest(**values), Silent())


def found(report: CheckReport) -> list[tuple[str, str, int | None]]:
    """Rule, file below the output folder and line of each finding."""
    return [
        (finding.rule.code, (finding.problem.path or "").removeprefix("output/"), finding.problem.line)
        for finding in report.findings
    ]


def lines_of(path: Path, text: str) -> list[int]:
    """The lines of a file that have a text."""
    wanted = text.encode("utf-8", "surrogateescape")
    return [number for number, line in enumerate(path.read_bytes().split(b"\n"), 1) if wanted in line]


def damage(path: Path, old: str, new: str) -> None:
    """Replace the first `old` of a file, or all of it where `old` is empty."""
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    assert old in text, f"{path.name} has no {old!r}"
    text = text.replace(old, new, 1) if old else new
    path.write_bytes(text.encode("utf-8", "surrogateescape"))

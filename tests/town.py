"""The site of a small town's paper whose theme shows all that a view holds, so that nothing can change unseen."""

from __future__ import annotations

import copy
import json
import struct
import zlib
from dataclasses import dataclass, field

POST_TEMPLATE, LIST_TEMPLATE = "themes/town/templates/post.html", "themes/town/templates/list.html"

# Links, pictures, pagers and heads are written as Python shows them: that tells all of them, in few words for Jinja.
_BASE = """<!doctype html><title>{{ page.head.title }}</title>{{ page.head }}
<link rel="stylesheet" href="{{ asset("style.css") }}"><main>{% block main %}{% endblock %}</main>
{% include "foot.html" %}{% include "notice.html" ignore missing %}
"""
_FOOT = "<footer>{{ site }} {{ t.motto }}</footer>"
_CARDS = """{% macro cards(them) %}<ul>{% for it in them %}
<li><a href="{{ it.url }}">{{ it.title }}</a> {{ it.id }} {{ it.language }} {{ it.direction }} {{ it.featured }}
{{ it.banner }} {{ it.date | iso }} {{ it.date | date("long", it.language) }} {{ it.updated | iso if it.updated }}
{{ it.summary }} {{ it.section }} {{ it.authors }} {{ it.image }}
{% endfor %}</ul>{% endmacro %}
"""
_USING = '{% extends "base.html" %}{% from "cards.html" import cards %}{% block main %}'
_STORY = """{{ cards([page.card]) }}<p>{{ page.standfirst }}</p>{{ content }}
{{ toc }} {{ page.tags }} {{ page.series }} {{ page.part }} {{ page.authors }}
{{ page.banner }} {{ page.source }} {{ page.extra }}
{{ page.extra.stars if page.extra.stars is defined }}
{% for it in page.corrections %}{{ it.date | iso }} {{ it.kind }} {{ it.text }} {{ it.anchor }};{% endfor %}
{{ page.modified | iso }} {{ structured_data }}
{{ page.newer }} {{ page.older }} {{ cards(page.section_latest) }} {{ cards(page.related) }}
{{ cards(page.latest) }}
"""
_LIST = """{{ page.title }} {{ page.description }} {{ page.count }} {{ page.newest | iso if page.newest }}
{{ cards(page.cards) }} {{ page.pager }} {{ page.feed_url }} {{ page.pinned }} {{ page.parts }} {{ page.author }}
{{ content }} {{ structured_data }} {% for it in page.ranked %}{{ it.title }};{% endfor %}
"""
_BLOCKS = "{% for it in page.blocks %}{{ it.section }}{{ cards(it.cards) }}{% endfor %}"
_PERIOD = """{{ page.title }} {{ page.start }} {{ page.parents }} {{ page.periods }} {{ page.newer }} {{ page.older }}
{% for it in page.days %}{{ it.day }} {{ it.url }} {{ cards(it.cards) }}{% endfor %}
"""
_CORRECTIONS = """{{ page.title }} {{ page.pager }} {{ page.feed_url }}
{% for it in page.items %}{{ it }}{% endfor %}
"""
_WITHDRAWN = "{{ page.title }} {{ page.reason }} {{ page.date }} {{ page.language }} {{ page.direction }}"
_WHOLE = {
    "post": f"{_USING}{_STORY}{{% endblock %}}",
    "page": '{% extends "post.html" %}',
    "feature": '{% extends "post.html" %}{% block main %}<b>Feature</b>{{ super() }}{% endblock %}',
    "front": f"{_USING}{_LIST}{_BLOCKS}{{% endblock %}}",
    "list": f"{_USING}{_LIST}{{% endblock %}}",
    "terms": '{% extends "base.html" %}{% block main %}{{ page.title }} {{ page.terms }}{% endblock %}',
    "archive": '{% extends "base.html" %}{% block main %}{{ page.title }} {{ page.years }}{% endblock %}',
    "period": f"{_USING}{_PERIOD}{{% endblock %}}",
    "corrections": f"{_USING}{_CORRECTIONS}{{% endblock %}}",
    "withdrawn": f"{_USING}{_WITHDRAWN}{{% endblock %}}",
    "404": f"{_USING}{{{{ cards(page.latest) }}}}{{% endblock %}}",
    "base": _BASE,
    "foot": _FOOT,
    "cards": _CARDS,
}
NEEDS = (
    '[needs]\npost = ["neighbours", "section-latest:2", "related:2", "series:2"]\nfeature = ["latest:2"]\n'
    'front = ["sections:2"]\n404 = ["latest:3"]\n'
)
THEME: dict[str, bytes] = {
    "themes/town/theme.toml": f'parent = "trunk"\n{NEEDS}'.encode(),
    "themes/trunk/theme.toml": b"",
    **{f"themes/town/templates/{name}.html": text.encode() for name, text in _WHOLE.items() if name != "foot"},
    **{f"themes/trunk/templates/{name}.html": text.encode() for name, text in _WHOLE.items() if name in ("foot",)},
    "themes/town/assets/style.css": b"main { color: red }",
    "themes/trunk/assets/spare.css": b"main { color: blue }",
    "themes/trunk/locales/en.toml": b'motto = "News"\n',
    "themes/town/locales/tr.toml": b'motto = "Haber"\narchive = "Ar\xc5\x9fiv"\n',
}
"""Two themes, of which `town` falls back to `trunk` for its foot, an asset and its words."""


def png(width: int, height: int) -> bytes:
    """A picture of that size; all have the same number of bytes, since only the header is ever read."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


class Symlink(str):
    """In the place of a file's bytes: a symbolic link, with its target."""

    __slots__ = ()


@dataclass(slots=True)
class Article:
    """An article: front-matter lines by key, as YAML text, and the text below."""

    keys: dict[str, str]
    body: str = "Text."

    def data(self) -> bytes:
        """The file's bytes."""
        lines = "".join(f"{key}: {value}\n" for key, value in self.keys.items())
        return f"---\n{lines}---\n\n{self.body}\n".encode()


@dataclass(slots=True)
class World:
    """Everything that a site is made from.

    Attributes:
        articles: By path.
        settings: `site.toml`: each key with its value as TOML.
        files: All other files, by path.
        raw: Files that stand in the place of others, to their last byte, as what is broken does.
    """

    articles: dict[str, Article] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes | Symlink] = field(default_factory=dict)
    raw: dict[str, bytes] = field(default_factory=dict)

    def sources(self) -> dict[str, bytes | Symlink]:
        """Every file below the site's root."""
        settings = "".join(f"{key} = {value}\n" for key, value in self.settings.items())
        articles = {path: article.data() for path, article in self.articles.items()}
        return {"site.toml": settings.encode(), **articles, **self.files, **self.raw}

    def copy(self) -> World:
        """One that can be changed on its own."""
        return copy.deepcopy(self)


def text(value: str) -> str:
    """A text as YAML and TOML both read it."""
    return json.dumps(value, ensure_ascii=False)


def article(title: str, date: str = "", body: str = "Text.", **keys: str) -> Article:
    """An article with further front matter by keyword, as YAML text."""
    return Article({"title": text(title), **({"date": date} if date else {}), **keys}, body)


_FAIR = "![The fair](lead.png)\n\n[Programme](plan.txt)\n\n## Where\n\nOn the green."
_RAIL = "It [opened](bridge.md).\n\n[All](/tags/sea/), [who](/about/), ![map](/images/map.png)"


def articles() -> dict[str, Article]:
    """Eight stories, of which two are kept back and one soon leaves, two standing pages, and an author's file."""
    town, sport = {"section": "town", "authors": "[Ana Flores]"}, {"section": "sport"}
    early, late = "2026-01-02 10:00", "2025-12-31T23:30:00-05:00"
    posts = {
        "bridge": article("Bridge opens", early, id="one", tags="[Sea, Bridge]", **town),
        "ferry": article("Ferry ends", early, "See [it](id:one).", id="two", tags="[Sea]", **sport),
        "fair/index": article("The fair", "2026-01-04", _FAIR, image="lead.png", series="Summer", **town),
        "2026-01-05-cup": article("The cup", tags="[Rail]", authors="[Deniz Kaya, Ana Flores]", **sport),
        "rail": article("Rail", late, _RAIL, aliases="[/old/1/]", tags="[Rail, Sea]", **town),
        "leaving": article("Sale", "2026-02-01", expires="2026-11-24", section="town", template="feature"),
        "later": article("Vote", "2026-11-25 08:00", id="three", tags="[Vote]", **sport),
        "draft": article("Notes", "2026-03-01", status="draft", tags="[Sea]"),
    }
    pages = {"about": article("About", body="We [write](../posts/rail.md)."), "team/index": article("Team")}
    ana = article("Ana Flores", body="She [came](../posts/ferry.md) by sea.", email="ana@town.example")
    return {f"content/posts/{name}.md": post for name, post in posts.items()} | {
        **{f"content/pages/{name}.md": page for name, page in pages.items()},
        "content/authors/ana.md": ana,
    }


def town() -> World:
    """The site with which every history begins."""
    settings = {
        "title": '"The Town"',
        "base_url": '"https://town.example"',
        "theme": '"town"',
        "page_size": "2",
        "sections": '{ town = "Town", sport = "Sport" }',
        "navigation": '[{ label = "About", url = "/about/" }]',
        "feeds": "{ items = 3 }",
        "markup": '{ raw_html = "clean" }',
        "extra": '{ motto = "Read" }',
    }
    files: dict[str, bytes | Symlink] = {
        **THEME,
        "content/notes.txt": b"Notes",
        "content/link.txt": Symlink("notes.txt"),
        "content/CNAME": b"town.example",
        "content/docs/plan.txt": b"Plan",
        "content/images/map.png": png(30, 20),
        "content/images/link.png": Symlink("map.png"),
        "content/posts/fair/lead.png": png(16, 9),
        "content/posts/fair/plan.txt": b"Programme",
    }
    return World(articles(), settings, files)

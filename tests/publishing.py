"""A site with places to publish it to, published in this process with a fixed clock."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path

from support import NOW, SETTINGS, SiteFixture, post

from generator.build import Silent
from generator.deploy import DeployReport, DeployRequest, deploy

URL = "https://town.example"
FOLDER = '[deploy.home]\nkind = "folder"\npath = "public"\n'
_PAGE = """<!doctype html>
<html lang="{{ page.head.language }}"><head><meta charset="utf-8"><title>{{ page.head.title }}</title>
<meta name="viewport" content="width=device-width">
<meta name="description" content="{{ page.head.description }}">
<link rel="canonical" href="{{ page.head.canonical }}">
{% for feed in page.head.feeds %}
<link rel="alternate" type="{{ feed.type }}" title="{{ feed.title }}" href="{{ feed.url }}">
{% endfor %}
<link rel="stylesheet" href="{{ asset("style.css") }}"><style>h1 { color: rgb(0, 0, 255) }</style></head>
<body><main>MAIN</main></body></html>
"""
_STORY = _PAGE.replace("MAIN", "<h1>{{ page.card.title }}</h1>{{ content }}")
ARTICLE = {
    "themes/press/templates/post.html": _STORY.replace("<link", '<meta property="og:type" content="article">\n<link', 1)
}
"""Stories whose pages say that they are articles, as those of a real theme do."""
_LIST = _PAGE.replace(
    "MAIN",
    "<h1>{{ page.head.title }}</h1>"
    "{% for card in page.cards %}<a href='{{ card.url }}'>{{ card.title }}</a>{% endfor %}",
)
_BARE = _PAGE.replace("MAIN", "<h1>{{ page.head.title }}</h1>")
THEME = {
    "themes/press/theme.toml": "",
    "themes/press/assets/style.css": "main { margin: auto }\n",
    **{f"themes/press/templates/{name}.html": _STORY for name in ("post", "page")},
    **{f"themes/press/templates/{name}.html": _LIST for name in ("front", "list")},
    **{f"themes/press/templates/{name}.html": _BARE for name in ("terms", "archive", "period", "404")},
}


def site(root: Path, files: Mapping[str, str | bytes], places: str = FOLDER, settings: str = "") -> SiteFixture:
    """A site with a small theme that `dateline check` likes, one good post, the given files, and places."""
    if "sample" not in places:  # since nobody serves it
        places = re.sub(r'(kind = "(?:folder|ssh|bucket)"\n)', r"\1sample = 0\n", places)
    toml = f'{SETTINGS.replace("https://example.org", URL)}theme = "press"\narchive = "none"\n{settings}{places}'
    raw = {name: text if isinstance(text, bytes) else text.encode() for name, text in files.items()}
    good = {"content/posts/good.md": post("Good", id="g1")}
    return SiteFixture(root, {**THEME, "site.toml": toml, **good, **raw})


def publish(made: SiteFixture, minutes: float = 0, **options: object) -> DeployReport:
    """Publish, some minutes after NOW; options are DeployRequest's."""
    build = made.request(now=NOW + dt.timedelta(minutes=minutes))
    values = {"sleep": lambda _: None, **options}
    return deploy(DeployRequest(build=build, **values), Silent())  # type: ignore[arg-type]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def why(report: DeployReport) -> list[str]:
    """Why a publication stopped, each cause with the name by which it is accepted."""
    return [f"{name}: {problem}" for name, problem in report.stopped]

"""A site with the smallest possible theme, for tests of content: its templates compile in no time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from support import SETTINGS, SiteFixture
from support import post as article

_BODY = "<!doctype html><title>{{ page.head.title }}</title><main>%s</main>"
_STORY = _BODY % "<h1>{{ page.card.title }}</h1>{{ content }}"
_LIST = _BODY % "{% for card in page.cards %}<a href='{{ card.url }}'>{{ card.title }}</a>{% endfor %}"
THEME = {
    "themes/tiny/theme.toml": "",
    **{f"themes/tiny/templates/{name}.html": _STORY for name in ("post", "page")},
    **{f"themes/tiny/templates/{name}.html": _LIST for name in ("front", "list")},
    **{f"themes/tiny/templates/{name}.html": _BODY % "" for name in ("terms", "archive", "period", "404")},
}
TINY = f'{SETTINGS}theme = "tiny"\n'
"""A `site.toml` to which a test may add its own settings."""

GOOD = "content/posts/good.md"
GOOD_PAGE = "2026/01/good/index.html"


def site(root: Path, files: Mapping[str, str | bytes], settings: str = "") -> SiteFixture:
    """A site with one good post and the given files; texts are written to the byte."""
    raw = {name: text if isinstance(text, bytes) else text.encode() for name, text in files.items()}
    return SiteFixture(root, {**THEME, "site.toml": TINY + settings, GOOD: article("Good"), **raw})

"""What goes wrong in an editor's hands: broken articles, templates and settings, and their mending."""

from __future__ import annotations

from random import Random

from desk import Desk
from editing import breaking, edit, pick
from town import THEME

FAULTS = (
    b"---\ntitle: Open\n",
    b"---\ntitle: A\ndate: soon\n---\n\nText.\n",
    b"---\ntitle: A\ndate: 2026-01-01\ntags: [a: b: c\n---\n",
    b"---\ndate: 2026-01-01\n---\n\nNo title.\n",
    b"\xff\xfe broken",
    b"",
    b"---\ntitle: Deep\ndate: 2026-01-02\n---\n\n" + b"> " * 60 + b"x\n",
    b"---\ntitle: A\ndate: 2026-01-01\nid: one\n---\n\nSame id.\n",
    b"---\ntitle: A\ndate: 2026-01-01\nslug: bridge\n---\n\nSame slug.\n",
    b"---\ntitle: A\ndate: 2026-01-01\ndraft: true\n---\n\nOf another generator.\n",
)
"""Articles with an error."""


@breaking
def break_article(desk: Desk, dice: Random) -> str | None:
    """An article gets an error, so that it alone is kept off the site."""
    found = pick(desk, dice)
    if found is None:
        return None
    desk.world.raw[found[0]] = dice.choice(FAULTS)
    return f"break {found[0]}: {desk.world.raw[found[0]][:80]!r}"


BROKEN = (
    ("themes/town/templates/post.html", b"{% if %}"),
    ("themes/town/templates/list.html", b"{{ page.no_such_thing }}"),
    ("themes/town/templates/feature.html", b"{{ page.no_such_thing }}"),
    ("themes/town/templates/period.html", b"{% include page.title %}"),
    ("themes/town/templates/404.html", b"{{ asset('missing.css') }}"),
    ("themes/town/templates/unused.html", b"{% endif %}"),
    ("themes/trunk/templates/foot.html", b"{{ t.no_such_word }}"),
    ("themes/town/theme.toml", b'[needs]\npost = ["everything"]\n'),
    ("themes/town/theme.toml", b'name = "town"\n'),
    ("themes/town/locales/en.toml", b"motto = "),
    ("site.toml", b'titel = "T"\n'),
    ("site.toml", b'title = "T"\nbase_url = "https://town.example"\ntheme = "none"\n'),
    ("site.toml", b'title = "T"\nbase_url = "https://e.example"\ntheme = "town"\n[markup]\nextensions = ["nope"]\n'),
)


@breaking
def break_site(desk: Desk, dice: Random) -> str:
    """The theme or the settings get an error, so that nothing can be built."""
    path, data = dice.choice(BROKEN)
    desk.world.raw[path] = data
    return f"break {path}: {data!r}"


@breaking
def make_fragile(desk: Desk, dice: Random) -> str:
    """A template fails from now on where a story or a list is of a certain kind, which may be nowhere yet."""
    name, what, sizes = dice.choice(
        (("post", "page.card.title | length", (4, 5, 12)), ("list", "page.count or 0", (1, 2, 3, 5)))
    )
    path, mark = f"themes/town/templates/{name}.html", f"{{{{ 1 // (({what}) - {dice.choice(sizes)}) }}}}"
    desk.world.raw[path] = THEME[path].replace(b"{% block main %}", b"{% block main %}" + mark.encode())
    return f"make {path} fragile: {mark}"


@breaking
def lose_theme_file(desk: Desk, dice: Random) -> str | None:
    """A file of the theme goes that others need."""
    path = dice.choice(("templates/post.html", "templates/cards.html", "templates/list.html", "assets/style.css"))
    return f"delete themes/town/{path}" if desk.world.files.pop(f"themes/town/{path}", None) is not None else None


@edit
def mend(desk: Desk, dice: Random) -> str | None:
    """What is broken is put right: each file by itself, or all by going back to what last could be built."""
    if not desk.world.raw:
        return None
    if dice.random() < 0.5 and desk.sound.settings:
        desk.world = desk.sound.copy()
        return "go back to what last could be built"
    desk.world.raw.clear()
    return "put what is broken right"


@edit
def revert(desk: Desk, dice: Random) -> str | None:
    """The whole site, or a single article, goes back to what it was some steps ago."""
    if not desk.older:
        return None
    former = dice.choice(desk.older).copy()
    if dice.random() < 0.5:
        desk.world = former
        return "go back to a former state of everything"
    path = dice.choice(sorted(former.articles))
    if path not in desk.world.articles and any(name.startswith(f"{path}/") for name in desk.world.sources()):
        return None
    desk.world.articles[path] = former.articles[path]
    return f"go back to a former {path}"

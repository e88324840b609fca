"""What editors do to a site: each edit changes a Desk's world at random and says in words what it did."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from random import Random
from typing import Any

from desk import Desk
from town import NEEDS, THEME, Article, Symlink, article, png, text

Edit = Callable[[Desk, Random], str | None]
"""Changes something and says what; None where there is nothing to change."""

EDITS: dict[str, Edit] = {}
"""By name. Those of `BREAKING` may make a build fail."""

BREAKING: set[str] = set()


def edit(function: Edit) -> Edit:
    """Register an edit under its name."""
    EDITS[function.__name__] = function
    return function


def breaking(function: Edit) -> Edit:
    """Register an edit that may make a build fail."""
    BREAKING.add(function.__name__)
    return edit(function)


TITLES = ("Bridge opens", "Ferry & <b>ends</b>", "Ä day", 'Say "yes"', "Council: yes", "Vote")
DATES = (
    "2026-01-02 10:00", "2026-01-02 10:00:01", "2026-01-02T05:00:00-05:00", "2026-01-03", "2025-12-31 23:30",
    "2026-01-01T00:30:00+02:00", "2026-11-23 09:00", "2026-11-23 09:00:01", "2026-11-25 08:00", "2027-01-01",
    "2026-03-29 02:30", "2025-06-01",
)  # fmt: skip
LINKS = (
    "[a](bridge.md)", "[a](ferry.md#where)", "[a](fair/index.md)", "[a](../pages/about.md)", "[a](later.md)",
    "[a](id:one)", "[a](id:two)", "[a](id:three)", "[a](/tags/sea/)", "[a](new.md)", "[a](/about/)",
    "![a](/2026/01/fair/lead.png)", "[a](/2026/01/fair/plan.txt)", "![a](fair/lead.png)", "[a](fair/plan.txt)",
    "[a](/tags/rail/page/1/)", "[a](/2026/)", "[a](/2026/01/bridge/)", "[a](/page/1/)", "[a](/old/1/)",
    "[a](/notes.txt)", "[a](/docs/plan.txt)", "[a](/feed.xml)", "[a](/sport/feed.xml)",
    "[a](/authors/ana-flores/)", "[a](../authors/ana.md)", "[a](nowhere.md)", "[a](größe.md)", "[a](/assets/style.css)",
    "![a](/images/map.png)", "![a](/images/link.png)", "![a](lead.png)", "[a](plan.txt)", "[a](https://x.example/?a&b)",
)  # fmt: skip
TEXTS = (
    "Plain *words*.", "Other words.", "## Where\n\n[up](#where)", "Note[^1].\n\n[^1]: Foot.", "> Quote\n\n- one\n- two",
    "Above.\n\n<!-- more -->\n\nBelow.", "<b>bold</b> <script>x()</script>", "<a href='/about/'>who</a>", "`code` & <",
)  # fmt: skip
KEYS: dict[str, tuple[str, ...]] = {
    "title": tuple(text(title) for title in TITLES),
    "slug": ("bridge", "ferry", "01", "feed", "größe", '"a b"', "page", "New-One"),
    "date": DATES,
    "status": ("draft", "withdrawn", "published"),
    "expires": ("2026-11-23 09:00", "2026-11-23 09:00:01", "2026-11-24", "2026-11-23 08:59:59", "2030-01-01"),
    "tags": ("[Sea]", "[Sea, Bridge]", "[Rail]", "[Rail, Sea, Bridge]", "[Vote, Sea]", "[sea]", "[C++, C]", "[Ö]"),
    "section": ("town", "sport", "Town", "Culture", "Sports", '"2026"', "tags"),
    "authors": ("[Ana Flores]", "[Deniz Kaya, Ana Flores]", "[ana flores]", "[Mia Lund]", "[ana-flores, Mia Lund]"),
    "series": ("Summer", "The bridge", "summer"),
    "part": ("1", "2", "7"),
    "weight": ("1", "-1", "5"),
    "pinned": ("true", "2026-11-24", "2026-11-23 09:00", "2026-11-23 09:00:01", "false"),
    "links": ("https://social.example/@ana", "[https://a.example/x, https://b.example/]"),
    "email": ("a@town.example", '"it\'s@town.example"', "none"),
    "aliases": (
        "[/old/1/]", "[/old/1/, /old/2.html]", "[/old/2.html]", "[/2026/01/]", "[/tags/sea/]", "[/old]", "[/notes.txt]",
        "[/2026/01/bridge/]", "[/docs/]", "[/feed.xml]", "[/old/1/x.html]", "[/2026/01/ferry/index.html/deep]",
    ),
    "permalink": ("/special/", "/special", "/old/1/", "/about/", "/2026/01/ferry/", "/town/", "/notes.txt", "/docs/x/"),
    "id": ("one", "two", "three", '"tag:town.example,2019:1"'),
    "language": ("tr", "de", "ar", "pt-BR", "en"),
    "canonical": (
        "https://gazette.example/x", "https://town.example/2026/01/bridge/",
        "https://town.example/2026/01/bridge/index.html",
    ),
    "template": ("feature", "post", "page", "none-such", "front"),
    "image": (
        "lead.png", "/images/map.png", '{ src: /images/map.png, alt: Map, credit: Me }', "https://x.example/p.jpg",
        "/images/link.png", "missing.png", "../../images/map.png", "/notes.txt", "fair/lead.png",
        "/2026/01/fair/lead.png",
    ),
    "updated": ("2026-05-01", "2026-11-24 12:00", "2020-01-01", "2026-11-23 09:00"),
    "corrections": (
        "[{ date: 2026-06-01, kind: correction, text: It is 14. }]",
        "[{ date: 2026-11-24, kind: update, text: Later. }, { date: 2026-06-02, kind: clarification, text: Now. }]",
        "[{ date: 2026-06-02, kind: clarification, text: Now & on. }, { date: 2026-06-02, kind: update, text: No. }]",
    ),
    "summary": ('"In short."', '"Plain words."'),
    "featured": ("true", "false"),
    "extra": ("{ stars: 4 }", "{ stars: 1.10 }", "{ when: 2026-01-01, on: true, map: { lat: 50.1 }, list: [1, no] }"),
    "source": ("Gazette", "{ name: Gazette, url: https://g.example/1, author: Eve, licence: CC BY }"),
    "unknown": ("1",),
}  # fmt: skip
"""Front matter to choose from; some of it clashes, warns, or leads nowhere."""


def pick(desk: Desk, dice: Random, wanted: str = "") -> tuple[str, Article] | None:
    """An article whose path holds `wanted`."""
    paths = sorted(path for path in desk.world.articles if wanted in path)
    return (path := dice.choice(paths), desk.world.articles[path]) if paths else None


def body(dice: Random) -> str:
    """A text of one to three parts."""
    return "\n\n".join(dice.choice(dice.choice((TEXTS, LINKS))) for _ in range(dice.randint(1, 3)))


OF_AUTHORS = ("title", "slug", "language", "image", "summary", "links", "email", "extra")


@edit
def edit_author(desk: Desk, dice: Random) -> str | None:
    """An author file comes, goes, or says something else; it may be of another author, or of the same as another."""
    world, stem = desk.world, dice.choice(("ana", "ana", "deniz", "mia/index"))
    path = f"content/authors/{stem}.md"
    if path not in world.articles:
        name = dice.choice(("Ana Flores", "Deniz Kaya", "Mia Lund", "ANA FLORES"))
        world.articles[path] = article(name, body=body(dice))
        return f"add {path}: {name}"
    if dice.random() < 0.25:
        del world.articles[path]
        return f"delete {path}"
    name = dice.choice((*OF_AUTHORS, "status"))
    values = ("Ana Flores", "Deniz Kaya", "Mia Lund") if name == "title" else KEYS[name]
    world.articles[path].keys[name] = dice.choice(values)
    return f"{path}: {name}: {world.articles[path].keys[name]}"


def set_key(desk: Desk, dice: Random, names: Iterable[str]) -> str | None:
    """Give one of those keys another value in some article, or take it out."""
    found = pick(desk, dice)
    if found is None:
        return None
    path, chosen = found
    name = dice.choice(list(names))
    value = dice.choice((*KEYS[name], "") if name != "title" else KEYS[name])
    if value:
        chosen.keys[name] = value
    else:
        chosen.keys.pop(name, None)
    return f"{path}: {name}: {value or 'taken out'}"


def _key_edit(label: str, *names: str) -> None:
    def change(desk: Desk, dice: Random) -> str | None:
        return set_key(desk, dice, names)

    EDITS[label] = change


for _label, *_names in (
    ("retitle", "title"), ("reslug", "slug", "permalink"), ("redate", "date"), ("restate", "status", "expires"),
    ("retag", "tags"), ("regroup", "section", "authors", "series"),
    ("rank", "pinned", "weight", "featured", "series", "part"), ("alias", "aliases"), ("reidentify", "id"),
    ("redress", "language", "canonical", "template", "image", "featured"),
    ("amend", "updated", "corrections", "summary"), ("annotate", "extra", "source", "unknown"),
):  # fmt: skip
    _key_edit(_label, *_names)


PLACES = (
    "new",
    "2026-02-03-named",
    "new/index",
    "new/other",
    "fair/side",
    "bridge",
    "deep/x",
    "01",
    "größe",
    "gro\u0308ße",
)


@edit
def add_article(desk: Desk, dice: Random) -> str:
    """A new story at one of a few places, over the old one where there is one."""
    place = dice.choice(PLACES)
    path = f"content/{dice.choice(('posts', 'posts', 'pages'))}/{place}.md"
    keys = {name: dice.choice(KEYS[name]) for name in ("section", "tags", "authors") if dice.random() < 0.5}
    desk.world.articles[path] = article(dice.choice(TITLES), dice.choice(DATES), body(dice), **keys)
    return f"add {path}: {desk.world.articles[path].data().decode()!r}"


@edit
def delete_article(desk: Desk, dice: Random) -> str | None:
    """An article goes."""
    found = pick(desk, dice)
    if found:
        del desk.world.articles[found[0]]
    return f"delete {found[0]}" if found else None


@edit
def rename_article(desk: Desk, dice: Random) -> str | None:
    """An article moves to another name, into a bundle, or out of one; git would say `mv`."""
    found = pick(desk, dice)
    if found is None:
        return None
    stem = found[0].removesuffix(".md").removesuffix("/index")
    stems = (
        stem,
        f"{stem}/index",
        f"{stem}-2",
        stem[:-1] + stem[-1].swapcase(),
        "content/pages/moved",
        "content/posts/m",
    )
    new = f"{dice.choice(stems)}.md"
    if new in desk.world.articles or any(name.startswith(f"{new}/") for name in desk.world.sources()):
        return None
    desk.rename(found[0], new)
    desk.world.articles[new] = desk.world.articles.pop(found[0])
    return f"rename {found[0]} to {new}"


@edit
def rename_folder(desk: Desk, dice: Random) -> str | None:
    """A folder below content/ moves as a whole, or changes places with another: nothing in it has another time."""
    world = desk.world
    below = [name for name in world.sources() if name.startswith("content/")]
    folders = sorted({str(folder) for name in below for folder in PurePosixPath(name).parents[:-2]})
    old, new = dice.choice(folders), dice.choice([*folders, "content/posts/fete", "content/stories", "content/_hidden"])
    if new.startswith(f"{old}/") or old.startswith(f"{new}/") or old == new:
        return None
    desk.rename_folders(old, new)
    return f"move the folder {old} to {new}, and {new} to {old} if it is there"


@edit
def edit_body(desk: Desk, dice: Random) -> str | None:
    """Other text below the same front matter."""
    found = pick(desk, dice)
    if found is None:
        return None
    found[1].body = body(dice)
    return f"{found[0]}: body {found[1].body!r}"


@edit
def recase_tag(desk: Desk, dice: Random) -> str | None:
    """A tag is written in another case in all articles, or in one: then it clashes."""
    tagged = [(path, it) for path, it in sorted(desk.world.articles.items()) if "ea" in it.keys.get("tags", "")]
    if not tagged:
        return None
    chosen = tagged if dice.random() < 0.5 else [dice.choice(tagged)]
    for _, it in chosen:
        it.keys["tags"] = it.keys["tags"].swapcase()
    return f"swap the case of tags in {[path for path, _ in chosen]}"


SETTINGS: dict[str, tuple[str, ...]] = {
    "title": ('"The Town"', '"Other & Town"'),
    "base_url": ('"https://town.example"', '"https://town.example/news"', '"http://x.example/a/b/"'),
    "description": ('"All of it."', ""),
    "permalink": ('"/{year}/{slug}/"', '"/{section}/{slug}.html"', '"/{slug}"', '"/x/{id}/"', ""),
    "page_size": ("2", "1", "3", "20"),
    "language": ('"en"', '"tr"', '"de"', '"ar"', ""),
    "timezone": ('"Europe/London"', '"America/New_York"', '"Asia/Tokyo"', ""),
    "sections": ('{ town = "Town", sport = "Sport" }', '{ sport = "Sport", town = "Town" }', '{ town = "Burgh" }', ""),
    "navigation": ('[{ label = "About", url = "/about/" }]', '[{ label = "Sea", url = "/tags/sea/" }]', ""),
    "feeds": ("{ items = 3 }", "{ items = 1 }", "{ items = 30 }"),
    "markup": (
        '{ raw_html = "clean" }', '{ raw_html = "allow" }', '{ raw_html = "escape" }', '{ extensions = ["extra"] }',
        '{ extensions = ["extra", "toc", "smarty"] }', "{ time_limit = 9 }",
    ),
    "copyright": ('"© 2026"', ""),
    "extra": ('{ motto = "Read" }', '{ motto = "Write", n = 1.5, day = 2026-01-01 }', ""),
    "theme": ('"town"', '"town"', '"village"'),
}  # fmt: skip


@edit
def change_setting(desk: Desk, dice: Random) -> str:
    """A setting gets another value or goes."""
    name = dice.choice(sorted(SETTINGS))
    value = dice.choice(SETTINGS[name])
    if name == "theme" and value == '"village"':
        desk.world.files["themes/village/theme.toml"] = b'parent = "town"\n'
        desk.world.files["themes/village/templates/404.html"] = b"Lost in the village {{ page.latest | length }}"
    if value:
        desk.world.settings[name] = value
    else:
        desk.world.settings.pop(name, None)
    return f"site.toml: {name} = {value or 'taken out'}"


STATIC = (
    "content/notes.txt", "content/link.txt", "content/CNAME", "content/docs/plan.txt", "content/docs",
    "content/images/map.png", "content/notes.txt~", "content/old/1", "content/old", "content/2026",
    "content/posts/fair/lead.png", "content/posts/fair/plan.txt", "content/posts/new/lead.png", "content/robots.txt",
    "content/.well-known/x.txt", "content/assets/style.css", "content/_secret/x.txt",
    "content/tags/sea/index.html", "content/images/link.png", "content/posts/lead.png", "content/feed.xml",
    "content/docs/plan.txt/deep.txt", "content/2026/01/bridge/index.html", "content/posts/linked.md",
)  # fmt: skip


@edit
def change_static(desk: Desk, dice: Random) -> str:
    """A file that is copied comes, changes or goes; a file may take a folder's place, and a folder a file's."""
    path, files = dice.choice(STATIC), desk.world.files
    if path in files and dice.random() < 0.4:
        del files[path]
        return f"delete {path}"
    for name in (*files, *desk.world.articles):
        if name.startswith(f"{path}/") or path.startswith(f"{name}/"):
            (files if name in files else desk.world.articles).pop(name)
    size = dice.choice((1, 9, 16))
    small = bytes([65 + dice.randrange(26)]) * size
    files[path] = png(size, dice.choice((1, 9))) if path.endswith(".png") else small
    if path.endswith(".md"):
        files[path] = Symlink(dice.choice(("leaving.md", "bridge.md", "none.md")))
    elif dice.random() < 0.15:
        files[path] = Symlink(dice.choice(("CNAME", "notes.txt", "images/map.png", "nowhere", "../site.toml")))
    return f"lay {path}: {files[path]!r}"


PARTS = ("base", "foot", "cards")


@edit
def change_template(desk: Desk, dice: Random) -> str:
    """A template changes, in the theme or by one of the same name in front of it, or back to what it was."""
    whole = sorted(path for path in THEME if path.endswith(".html"))
    path = dice.choice(whole)
    if dice.random() < 0.25:
        desk.world.files.pop("themes/town/templates/foot.html", None)
        desk.world.files[path] = THEME[path]
        return f"{path} as it was"
    if path.endswith("foot.html") and dice.random() < 0.5:
        path = "themes/town/templates/foot.html"
    mark = dice.choice((b"<hr>", b"<!-- x -->", b"{# nothing #}", b"{{ t.motto }}"))
    known = THEME.get(path, THEME["themes/trunk/templates/foot.html"])
    desk.world.files[path] = (
        known.replace(b"{% endmacro", mark + b"{% endmacro") if b"endmacro" in known else mark + known
    )
    if known.startswith(b"{% extends"):
        desk.world.files[path] = known.replace(b"{% block main %}", b"{% block main %}" + mark)
    return f"{path}: {mark!r} in it"


_NEEDS = (
    NEEDS,
    "",
    NEEDS.replace("section-latest:2", "section-latest:1"),
    NEEDS.replace('"neighbours", ', ""),
    NEEDS.replace("sections:2", "sections:1").replace("latest:3", "latest:1"),
    NEEDS.replace('"section-latest:2"', '"latest:2"'),
    NEEDS.replace("related:2", "related:1"),
    NEEDS.replace("series:2", "series:1"),
    NEEDS.replace(', "series:2"', ""),
)

_WRAPPED = b'<b>{% include "trunk/notice.html" ignore missing %}</b>'
"""Of a template that hides the one that it shows."""

THEME_FILES: tuple[tuple[Any, ...], ...] = (
    ("themes/town/theme.toml", *(f'parent = "trunk"\n{needs}'.encode() for needs in _NEEDS)),
    (
        "themes/trunk/locales/en.toml",
        b'motto = "News"\n',
        b'motto = "Olds"\ntags = "Topics"\nnot_found = "No"\n',
    ),
    ("themes/town/locales/en.toml", b'archive = "All"\n', b"", None),
    ("themes/town/locales/tr.toml", b'motto = "Haber"\n', None),
    ("themes/town/assets/style.css", b"main { color: red }", b"main { color: tan }", b"b {}"),
    ("themes/town/assets/spare.css", b"i {}", None),
    ("themes/trunk/assets/spare.css", b"main { color: blue }", None),
    ("themes/trunk/assets/fonts/a.woff2", b"font", None),
    ("themes/town/assets/link.css", Symlink("style.css"), Symlink("../../../site.toml"), None),
    ("themes/town/templates/foot.html", Symlink("../../trunk/templates/foot.html"), None),
    ("themes/town/templates/notice.html", b"Notice.", b"{{ site.title }}!", None, _WRAPPED),
    ("themes/trunk/templates/notice.html", b"Trunk's notice.", b"{{ site.title }}: read.", None),
    ("themes/town/templates/none-such.html", b"Such: {{ page.card.title }}", None),
    ("themes/town/templates/post.html~", b"{% if", None),
)
"""Files of the theme beside templates, each with what may be in it; None where there may be no such file."""


@edit
def change_theme(desk: Desk, dice: Random) -> str:
    """Needs, words or an asset of the theme change."""
    path, *choice = dice.choice(THEME_FILES)
    data = dice.choice(choice)
    if data is None:
        desk.world.files.pop(path, None)
    else:
        desk.world.files[path] = data
    return f"{path}: {data!r}"

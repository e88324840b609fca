"""Sweeps: histories in a set order, which go through every value of one thing, where those at random take their pick.

A sweep changes a desk and says what it did, time and again; after each change a build must equal a clean one.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from random import Random

from desk import STATE, Desk, write
from editing import EDITS, KEYS, LINKS, SETTINGS, TEXTS, THEME_FILES
from mishaps import FLAGS
from support import NOW
from town import THEME, Article, Symlink, article, png, text

Sweep = Callable[[Desk], Iterator[str]]

SWEEPS: dict[str, Sweep] = {}
"""By name; those of front matter and settings have the name of their key."""


def _sweep(function: Sweep) -> Sweep:
    SWEEPS[function.__name__] = function
    return function


def _story(desk: Desk, name: str = "bridge") -> Article:
    return desk.world.articles[f"content/posts/{name}.md"]


def _values(table: dict[str, str], name: str, values: Iterable[str]) -> Iterator[str]:
    """One key of a table gets one value after the other, then what it had."""
    before = table.get(name, "")
    for value in (*values, before):
        if value:
            table[name] = value
        else:
            table.pop(name, None)
        yield f"{name}: {value or 'taken out'}"


def _of_key(name: str) -> Sweep:
    def walk(desk: Desk) -> Iterator[str]:
        keys = _story(desk).keys
        keys["aliases"] = "[/old/b/]"
        return _values(keys, name, KEYS[name])

    return walk


def _of_setting(name: str) -> Sweep:
    def walk(desk: Desk) -> Iterator[str]:
        _story(desk).body = "\n\n".join(TEXTS)
        yield "a story with all kinds of text"
        yield from _values(desk.world.settings, name, [value for value in SETTINGS[name] if "village" not in value])

    return walk


SWEEPS.update({f"key {name}": _of_key(name) for name in KEYS})
SWEEPS.update({f"setting {name}": _of_setting(name) for name in SETTINGS})


@_sweep
def bodies(desk: Desk) -> Iterator[str]:
    """A story's text changes below the paragraph that lists show."""
    for part in (*TEXTS, ""):
        _story(desk).body = f"Text.\n\n{part}"
        yield f"body: {part!r}"


@_sweep
def templates(desk: Desk) -> Iterator[str]:
    """Every template changes, then every part of one that is included."""
    block = b"{% block main %}"
    for path, whole in sorted(THEME.items()):
        if path.endswith(".html"):
            desk.world.files[path] = whole.replace(block, block + b"<hr>").replace(b"<li>", b"<li class=x>")
            if block not in whole and b"<li>" not in whole:
                desk.world.files[path] = whole + b"<hr>"
            yield path


@_sweep
def theme(desk: Desk) -> Iterator[str]:
    """Every other file of the theme."""
    for path, *values in THEME_FILES:
        for data in values:
            if data is None:
                desk.world.files.pop(path, None)
            else:
                desk.world.files[path] = data
            yield f"{path}: {data!r}"


@_sweep
def clock(desk: Desk) -> Iterator[str]:
    """The clock passes every instant at which something comes or goes, step by step and back."""
    late, second = dt.datetime(2026, 11, 25, 7, 59, 59, tzinfo=dt.UTC), dt.timedelta(seconds=1)
    _story(desk).keys["updated"] = "2026-11-23 09:00:01"
    _story(desk, "ferry").keys["corrections"] = "[{ date: 2026-11-23 09:00:02, kind: update, text: Later. }]"
    yield "what is to come"
    for now in (NOW + second, NOW + 2 * second, NOW + dt.timedelta(days=1), late, late + second, late, NOW):
        desk.now = now
        yield f"the clock at {now}"
    desk.now = dt.datetime(2026, 1, 3, tzinfo=dt.UTC)
    yield "the clock goes back by a year"


@_sweep
def flags(desk: Desk) -> Iterator[str]:
    """Every flag, and builds with one of their own."""
    for desk.flags in ({"future": True}, *FLAGS, {}):
        yield f"from now on with {desk.flags}"
    desk.world.files["content/dead.txt"] = Symlink("nowhere")
    yield "a link that leads nowhere"
    for name in ("strict", "keep", "drafts", "fresh"):
        desk.once = {name: True}
        yield f"once with {name}"
        yield "again without"
    del desk.world.files["content/dead.txt"]
    yield "the link is gone"


SOUND = "[a](ferry.md) [a](id:two) ![a](/2026/01/fair/lead.png) ![a](fair/lead.png) ![a](/images/map.png)"
"""Links that lead somewhere."""


@_sweep
def links(desk: Desk) -> Iterator[str]:
    """What a story links to moves, comes and goes."""
    world = desk.world
    _story(desk).body = "\n\n".join(LINKS)
    _story(desk, "2026-01-05-cup").body = SOUND  # what has a dead link is looked up each time
    yield "links to all"
    yield from _values(_story(desk, "ferry").keys, "slug", ["moved"])
    yield from _values(_story(desk, "fair/index").keys, "slug", ["moved"])
    yield from _values(_story(desk, "ferry").keys, "id", ["one", "three"])
    yield from _values(_story(desk, "ferry").keys, "status", ["draft"])
    for path in ("content/posts/new.md", "content/posts/rail.md", "content/posts/ferry.md", "content/pages/about.md"):
        if (old := world.articles.pop(path, None)) is None:
            world.articles[path] = article("New", "2026-03-03")
        yield f"{path} {'goes' if old else 'comes'}"
    for path in ("content/notes.txt", "content/images/map.png", "content/docs/plan.txt", "content/posts/fair/plan.txt"):
        old = world.files.pop(path)
        yield f"{path} goes"
        world.files[path] = png(9, 9) if path.endswith(".png") else old
        yield f"{path} comes"


@_sweep
def deletes(desk: Desk) -> Iterator[str]:
    """Articles and files go, one after the other, until nothing is left."""
    _story(desk).body = "Other."
    yield "a story changes, so that the others are at rest"
    for table in (desk.world.articles, desk.world.files):
        for path in sorted(path for path in table if path.startswith("content/")):
            del table[path]
            yield f"{path} goes"


@_sweep
def adds(desk: Desk) -> Iterator[str]:
    """Stories come: the newest, the oldest, and some in between."""
    for path in ("content/posts/rail.md", "content/pages/about.md"):
        desk.world.articles[path].keys["template"] = "feature"
    yield "a story and a page show the newest stories"
    dates = ("2026-11-20", "2020-01-01", "2026-01-03", "2026-01-02 09:00", "2025-12-31", "2026-03-01")
    for number, date in enumerate(dates):
        keys = {"section": "sport" if number % 2 else "town", "tags": "[Sea]", "authors": "[Ana Flores]"}
        desk.world.articles[f"content/posts/new-{number}.md"] = article(f"New {number}", date, **keys)
        yield f"a story of {date}"
    yield from _values(_story(desk, "fair/index").keys, "summary", ['"In short."'])


@_sweep
def alone(desk: Desk) -> Iterator[str]:
    """In themes whose stories show one kind of others and no more, a headline changes and stories come."""
    whole = THEME["themes/town/theme.toml"]
    for need in (b"neighbours", b"section-latest:2"):
        desk.world.files["themes/town/theme.toml"] = re.sub(rb"post = .*", b'post = ["%s"]' % need, whole)
        yield f"stories show {need.decode()} alone"
        for name in ("bridge", "rail", "ferry"):
            _story(desk, name).keys["title"] = f"{need.decode()} of {name}"
            yield f"another headline for {name}"
    yield from adds(desk)


_NOTE = "{{ date: 2026-08-{day}, kind: update, text: Note. }}"


@_sweep
def corrected(desk: Desk) -> Iterator[str]:
    """Stories are corrected: on one page, on several, anew, in other words, and no more."""
    bridge, ferry = _story(desk).keys, _story(desk, "ferry").keys
    ferry["corrections"] = "[{ date: 2026-06-01, kind: correction, text: It is 14. }]"
    yield "a correction"
    for number, kind in enumerate(("update", "correction", "clarification", "retraction"), 2):
        _story(desk, "rail").keys["corrections"] = f"[{{ date: 2026-06-0{number}, kind: {kind}, text: Of a kind. }}]"
        yield from _values(bridge, "corrections", KEYS["corrections"][:1])
    old, new = (
        "{ date: 2026-06-01, kind: correction, text: It is 14. }",
        "{ date: 2026-07-01, kind: update, text: Two. }",
    )
    for notes in (f"[{old}, {new}]", f"[{new}, {old}]", f"[{old.replace('14', '15')}, {new}]", f"[{old}]"):
        ferry["corrections"] = notes
        yield f"corrections: {notes}"
    for name in ("title", "slug", "language", "date", "status"):
        yield from _values(ferry, name, KEYS[name][:2])
    yield from _values(ferry, "canonical", ["https://town.example/2026/01/ferry/index.html"])
    for day in range(10, 16):
        _story(desk, "leaving").keys["corrections"] = f"[{', '.join(_NOTE.format(day=n) for n in range(10, day + 1))}]"
        yield f"notes up to the {day}th"
    yield from _values(desk.world.settings, "corrections", ["false"])
    yield from _values(
        desk.world.settings, "feeds", ["{ items = 1 }", '{ items = 3, hubs = ["https://hub.example/"] }']
    )
    path = "themes/trunk/locales/en.toml"
    desk.world.files[path] = b'motto = "News"\ncorrections = "Put right"\nupdate = "News"\n'
    yield "other words"
    template = desk.world.files.pop("themes/town/templates/corrections.html")
    yield "a theme without the list"
    desk.world.files["themes/trunk/templates/corrections.html"] = template
    yield "one that falls back to another's"
    desk.world.articles["content/pages/corrections.md"] = article("Ours")
    yield "a page in its place"
    del desk.world.articles["content/pages/corrections.md"]
    for keys in (bridge, ferry, _story(desk, "rail").keys, _story(desk, "leaving").keys):
        keys.pop("corrections", None)
        yield "one correction less"


@_sweep
def withdrawn(desk: Desk) -> Iterator[str]:
    """A story is taken back, with and without a ledger, for one reason and another, and comes back."""
    ferry, rail = _story(desk, "ferry").keys, _story(desk, "rail").keys
    _story(desk).body = "[a](/2026/01/ferry/) [b](/old/f/)"
    ferry["aliases"] = "[/old/f/]"
    yield "a story to which another links"
    yield EDITS["record_ledger"](desk, Random(0)) or ""
    for keys in (ferry, rail):
        keys["status"] = "withdrawn"
        yield "a story is withdrawn"
    for words in ("Wrong.", "Very wrong."):
        note = f"{{ date: 2026-06-01, kind: retraction, text: {words} }}"
        ferry["corrections"] = f"[{note}, {{ date: 2026-11-23 09:00:01, kind: retraction, text: Later. }}]"
        yield f"a reason: {words}"
    desk.now = NOW + dt.timedelta(seconds=1)
    yield "another reason, by the clock"
    yield from _values(ferry, "language", ["ar"])
    yield from _values(ferry, "aliases", ["[/old/g/]"])
    yield from _values(ferry, "date", ["2026-11-25"])
    yield from _values(ferry, "slug", ["moved"])
    yield from _tombstones(desk)
    yield EDITS["record_ledger"](desk, Random(0)) or ""
    del desk.world.articles["content/posts/ferry.md"]
    yield "its file goes"
    rail.pop("status")
    yield "the other one comes back"
    yield from _values(rail, "expires", ["2026-11-01", "2026-11-25"])
    rail["expires"] = "2026-11-24 12:00"
    yield "it is to expire"
    desk.now = NOW + dt.timedelta(days=2)
    yield "it expires"
    rail["status"] = "withdrawn"
    yield "it is withdrawn instead"


def _tombstones(desk: Desk) -> Iterator[str]:
    """Pages of what was withdrawn look different, and others take their places."""
    template = desk.world.files.pop("themes/town/templates/withdrawn.html")
    yield "a theme without a page for it"
    desk.world.files["themes/trunk/locales/en.toml"] = b'motto = "News"\nwithdrawn = "Gone"\nexpired = "Over"\n'
    yield "in other words"
    desk.world.files["themes/town/templates/withdrawn.html"] = template
    yield "a theme with one"
    yield from _values(_story(desk).keys, "aliases", ["[/old/f/]", "[/old/1/]"])
    yield from _values(_story(desk).keys, "slug", ["ferry"])
    for path in ("content/old/f/index.html", "content/2026/01/ferry"):
        desk.world.files[path] = b"x"
        yield f"{path} takes its place"
        del desk.world.files[path]


@_sweep
def related(desk: Desk) -> Iterator[str]:
    """Earlier stories with which later ones have something in common change, come and go."""
    tags = {"a": "[Sea, Isle]", "b": "[Isle, Rail]", "c": "[Sea, Isle, Vote]", "d": "[Isle]"}
    for number, (name, names) in enumerate(tags.items()):
        date = f"2026-{2 + 2 * number:02}-20"
        desk.world.articles[f"content/posts/{name}.md"] = article(name, date, tags=names, section="town")
    yield "stories in months of their own"
    for name in ("rail", "a", "b"):
        yield from _values(_story(desk, name).keys, "title", [text("Other")])
        yield from _values(_story(desk, name).keys, "tags", ["[Vote]", "[Isle, Vote]"])
    yield from _values(_story(desk, "a").keys, "date", ["2026-07-01", "2026-09-01"])
    yield from _values(_story(desk, "b").keys, "series", ["Summer"])
    yield from _values(_story(desk, "c").keys, "section", ["sport"])


@_sweep
def redirects(desk: Desk) -> Iterator[str]:
    """Old addresses of lists and feeds lead on, to a page, to feeds, to nothing; what these show changes, and goes."""
    story = _story(desk)
    feeds, town = '"/rss.xml" = "/feed.xml"', '"/old.xml" = "/town/feed.xml"'
    for pair in (feeds, town, f'"/was/" = "/town/", {feeds}, {town}', f'{feeds}, "/was" = "/town/", "/x/" = "/no/"'):
        desk.world.settings["redirects"] = f"{{ {pair} }}"
        yield f"redirects: {pair}"
        yield from _values(story.keys, "title", [text("Other")])
        yield from _values(story.keys, "section", ["sport"])
    desk.world.settings["redirects"] = f'{{ {feeds}, "/was" = "/tags/", "/x/" = "/about/" }}'
    yield "other ends"
    yield from _values(story.keys, "aliases", ["[/was/]"])
    desk.world.files["content/rss.xml"] = b"<rss/>"
    yield "a file in its place"
    yield from _values(desk.world.settings, "feeds", ['{ formats = ["atom"] }'])
    del desk.world.files["content/rss.xml"]
    del desk.world.settings["redirects"]
    yield "no redirects"


@_sweep
def series(desk: Desk) -> Iterator[str]:
    """Parts of a series come, go and take other numbers, in months of their own."""
    for name, date in (("a", "2026-02-20"), ("b", "2026-05-20"), ("c", "2026-08-20")):
        desk.world.articles[f"content/posts/{name}.md"] = article(name, date, series="Winter")
        yield f"part of {date}"
        yield from _values(_story(desk, name).keys, "title", [text("Other")])
    for name in ("a", "c"):
        yield from _values(_story(desk, name).keys, "part", ["2", "5"])
        yield from _values(_story(desk, name).keys, "series", ["winter", "Summer", ""])
    for path in [f"content/posts/{name}.md" for name in "cba"]:
        del desk.world.articles[path]
        yield f"{path} goes"


@_sweep
def ranks(desk: Desk) -> Iterator[str]:
    """Stories are pinned, until an instant, and weighed."""
    world = desk.world
    for name in ("rail", "ferry", "leaving"):
        for key in ("pinned", "weight"):
            yield from _values(_story(desk, name).keys, key, KEYS[key])
    _story(desk, "rail").keys["pinned"] = "2026-11-23 09:00:01"
    yield "pinned for a second"
    desk.now = NOW + dt.timedelta(seconds=1)
    yield "a second later"
    desk.now = NOW
    yield "back"
    _story(desk, "leaving").keys["pinned"] = "true"
    yield "the newest is pinned"
    world.settings["page_size"] = "20"
    yield "and all are on one page"
    yield from _values(_story(desk, "2026-01-05-cup").keys, "weight", ["3"])
    yield from _values(_story(desk, "fair/index").keys, "image", [""])


@_sweep
def profiles(desk: Desk) -> Iterator[str]:
    """Author files come, change and go; one is of an author who writes nothing, one of the same as another."""
    ana = desk.world.articles["content/authors/ana.md"]
    _story(desk, "rail").body = "[Ana](../authors/ana.md)"
    yield "a link to an author"
    values = {name: KEYS[name] for name in ("image", "summary", "links", "email", "language", "extra", "slug")}
    for name in values:
        yield from _values(ana.keys, name, values[name])
    for part in (*TEXTS, *LINKS[:4]):
        ana.body = f"She.\n\n{part}"
        yield f"what is said: {part!r}"
    yield from _values(_story(desk, "ferry").keys, "slug", ["moved"])
    yield from _values(ana.keys, "title", [text("Mia Lund"), text("ana flores"), text("Deniz Kaya")])
    yield from _values(ana.keys, "status", ["draft"])
    yield from _values(_story(desk, "rail").keys, "authors", ["[ana-flores]", "[ANA FLORES]", "[Ana Flóres]"])
    for name in ("Mia Lund", "Ana Flores", "Deniz Kaya"):
        path = "content/authors/other.md"
        desk.world.articles[path] = article(name, body="Other.")
        yield f"{path} of {name} comes"
        del desk.world.articles[path]
        yield f"{path} goes"
    yield from _values(desk.world.settings, "author_lists", ["false"])
    del desk.world.articles["content/authors/ana.md"]
    yield "the file goes"


@_sweep
def clashes(desk: Desk) -> Iterator[str]:
    """Two stories or terms want one path, and no longer do."""
    ferry, rail = _story(desk, "ferry").keys, _story(desk, "rail").keys
    _story(desk, "rail").body = "[a](id:two)"
    ferry["slug"] = "bridge"
    yield "two stories of one address"
    yield from _values(_story(desk).keys, "date", ["2026-03-29"])
    yield from _values(ferry, "slug", [""])
    yield from _values(ferry, "id", ["one"])
    yield from _values(ferry, "tags", ["[SEA]"])
    yield from _values(ferry, "section", ["Town"])
    yield from _values(rail, "aliases", ["[/tags/sea/]", "[/2026/01/bridge/]", "[/2026/01/bridge/index.html/deep]"])


@_sweep
def places(desk: Desk) -> Iterator[str]:
    """Files come and go where outputs and folders are."""
    files = desk.world.files
    for name in ("sitemaps/pages.xml", "tags", "2026", "old/1/index.html", "sport/index.html", "feed.xml"):
        path = f"content/{name}"
        files[path] = b"x"
        yield f"{path} comes"
        _story(desk).body += " More."
        yield "a story changes beside it"
        del files[path]
        yield f"{path} goes"


@_sweep
def names(desk: Desk) -> Iterator[str]:
    """Names change in their case alone, at last one that drafts alone have; one of these is public for a while."""
    for it in desk.world.articles.values():
        if "tags" in it.keys:
            it.keys["tags"] = it.keys["tags"].swapcase()
    yield "all tags in another case"
    desk.flags = {"drafts": True}
    for name in ("bridge", "ferry", "rail"):
        _story(desk, name).keys.pop("tags", None)
    yield from _values(_story(desk, "draft").keys, "tags", ["[SEA]"])
    yield from _values(_story(desk, "draft").keys, "status", ["published"])


@_sweep
def harm(desk: Desk) -> Iterator[str]:
    """The output is harmed, and the cache is lost."""
    page, other = desk.output / "2026/01/bridge/index.html", desk.output / "tags/sea/index.html"
    for harmed in (page, other):
        harmed.unlink()
        yield f"{harmed.parent.name} is deleted"
        harmed.write_bytes(b"")
        yield f"{harmed.parent.name} is emptied"
    for harmed in (desk.output / "2025/12/rail/index.html", page):  # one at rest, and one that was just written
        data, before = harmed.read_bytes(), harmed.stat()
        harmed.write_bytes(data.swapcase())
        os.utime(harmed, ns=(before.st_atime_ns, before.st_mtime_ns))
        yield f"{harmed.parent.name} is altered with its size and time"
    shutil.rmtree(page.parent)
    yield "a folder is deleted"
    for name in ("x.txt", "2026/01/bridge/x/y.txt"):
        write(desk.output / name, b"foreign")
        yield f"{name} is laid there"
    for forgotten in (False, True):
        write(desk.output / "new/x.txt", b"foreign")
        if forgotten:
            shutil.rmtree(desk.root / STATE)
        yield f"a folder is laid there, {'and the cache is lost' if forgotten else 'and no more'}"
    yield from _old_outputs(desk, page)


def _old_outputs(desk: Desk, page: os.PathLike[str]) -> Iterator[str]:
    """An old output, and an old cache, are put back."""
    for name in ("output", STATE):
        copy = desk.root.with_name("copy")
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(desk.root / name, copy, symlinks=True)
        _story(desk).body = _story(desk).body.swapcase()
        yield "a story changes, and not in size"
        shutil.rmtree(desk.root / name)
        shutil.copytree(copy, desk.root / name, symlinks=True)
        yield f"the old {name} is put back"


@_sweep
def unseen(desk: Desk) -> Iterator[str]:
    """Files change, but not their sizes, nor their times as far as a program can set them."""
    world = desk.world
    _story(desk, "2026-01-05-cup").keys["image"] = "/images/map.png"
    yield "a lead picture"
    for path, data in (
        ("content/posts/bridge.md", None),
        ("content/notes.txt", b"nOTES"),
        ("content/images/map.png", png(3, 4)),
        ("content/posts/fair/lead.png", png(5, 6)),
        ("themes/town/assets/style.css", b"MAIN { color: red }"),
    ):
        before = (desk.root / path).stat()
        if data is None:
            world.articles[path].body = world.articles[path].body.swapcase()
        else:
            world.files[path] = data
        desk.lay()
        os.utime(desk.root / path, ns=(before.st_atime_ns, before.st_mtime_ns))
        yield f"{path} changes, with its size and time"
        for output in ("notes.txt", "2026/01/bridge/index.html"):
            (desk.output / output).write_bytes((desk.output / output).read_bytes().swapcase())
        yield "outputs change, and not in size"
        write(desk.output / "x.txt", b"foreign")
        yield "x.txt is laid into the output"


@_sweep
def fails(desk: Desk) -> Iterator[str]:
    """Builds fail, and are mended."""
    path = "themes/town/templates/post.html"
    for data in (b"{% if %}", b"{{ page.none }}"):
        desk.world.raw[path] = data
        yield f"{path}: {data!r}"
        _story(desk).body += " More."
        yield "a story changes"
        desk.world.raw.clear()
        yield "mended"
    del desk.world.files["themes/town/assets/style.css"]
    yield "an asset that is asked for is gone"
    desk.world.files["themes/town/assets/style.css"] = b"b {}"
    yield "and there again"
    yield from _fails_for_a_name(desk)
    _story(desk).keys["date"] = "soon"
    desk.once = {"keep": True}
    yield "an article breaks, and its page is kept"
    yield "it is not kept any more"
    desk.lay()
    desk.commit()
    desk.build(output=desk.root / "elsewhere")
    desk.build(output=desk.output, overrides={"title": "Else"})
    yield "other processes built"
    _story(desk).keys["date"] = "2026-01-02"
    yield "mended"
    shutil.rmtree(desk.output / "tags")
    yield "lists are deleted"


def _fails_for_a_name(desk: Desk) -> Iterator[str]:
    """Builds fail because of an article, while others are saved."""
    path = "themes/town/templates/list.html"
    desk.world.raw[path] = THEME[path].replace(b"main %}", b"main %}{{ 1 // (page.title | length - 7) }}", 1)
    yield "a template that fails for names of seven letters"
    _story(desk, "ferry").keys["tags"] = "[Seventh]"
    yield "there is one"
    _story(desk).body += " More."
    yield "another story changes"
    desk.world.raw.clear()

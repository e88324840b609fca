"""A newsroom at work: posts come, texts and headlines change, all day, and each build is what a clean one is.

These are the builds that read few documents, see `generator.build.amended`; that they do is looked at, too.
"""

import datetime as dt
import time
from dataclasses import dataclass, field
from random import Random

import pytest
from desk import tree
from planting import plant
from support import NOW, SiteFixture, post
from tiny import THEME, TINY

from generator import build as pipeline
from generator.build import Session, commit
from generator.build import pipeline as line
from generator.build.record import record
from generator.site import amending

STEPS = 14
TEMPLATE = "themes/tiny/templates/post.html"
TAGS = ("Harbour", "Ferry", "Budget", "School")


@dataclass
class Newsroom:
    """A site under the hands of its editors.

    Attributes:
        built: The site.
        dice: Decides.
        files: Articles by name: front matter and body.
        count: Articles so far.
    """

    built: object
    dice: Random
    files: dict = field(default_factory=dict)
    count: int = 0

    def lay(self, name):
        """Write an article down."""
        keys, body = self.files[name]
        self.built.add(name, post(body=body, **keys).encode())

    def article(self, date, **more):
        """A new article."""
        self.count += 1
        keys = {"title": f"Story {self.count}", "date": date.isoformat(), "id": f"story-{self.count}"}
        keys["tags"] = f"[{', '.join(self.dice.sample(TAGS, self.dice.randint(1, 3)))}]"
        keys["section"] = self.dice.choice(("Town", "Sport"))
        keys["authors"] = f"[{self.dice.choice(('Ada Wren', 'Ben Ode'))}]"
        name = f"content/posts/{date:%Y/%m}/story-{self.count}.md"
        self.files[name] = ({**keys, **more}, f"Paragraph {self.count}.\n\nMore of it.")
        self.lay(name)
        return name

    def some(self):
        """An article."""
        return self.dice.choice(sorted(self.files))

    def change(self, name, **keys):
        """Front matter changes."""
        self.files[name] = ({**self.files[name][0], **keys}, self.files[name][1])
        self.lay(name)

    def write(self, name, text):
        """The body grows."""
        self.files[name] = (self.files[name][0], self.files[name][1] + text)
        self.lay(name)

    def link(self, name, other):
        """The body gets a link to another article."""
        up = "../" * 2
        self.write(name, f"\n\nSee [it]({up}{other.removeprefix('content/posts/')}).")

    def ago(self):
        """An instant of the past."""
        return NOW - dt.timedelta(hours=self.dice.randint(30, 24 * 200), minutes=self.dice.randint(0, 59))

    def day(self):
        """What happens in a newsroom, each with how often."""
        some, dice, number = self.some, self.dice, self.count
        recent = NOW - dt.timedelta(hours=dice.randint(1, 20))
        yield 6, lambda: self.write(some(), f"\n\nA further paragraph {number} {dice.random()}.")
        yield 2, lambda: self.link(some(), some())
        yield 2, lambda: self.change(some(), title=f"Headline {dice.random()}")
        yield 1, lambda: self.change(some(), summary=f"Summary {dice.random()}")
        yield 4, lambda: self.article(recent)
        yield 2, lambda: self.article(self.ago())
        yield 1, lambda: self.article(recent, series="Quay")
        yield 1, lambda: self.article(self.ago(), series="Quay")
        yield 1, lambda: self.article(recent, pinned="true")
        yield (
            1,
            lambda: self.article(
                recent, weight="5", corrections="[{date: 2026-11-01, kind: correction, text: Wrong name.}]"
            ),
        )
        yield 1, lambda: self.article(recent, status="draft")
        yield 1, lambda: self.article(NOW + dt.timedelta(days=2))
        yield 1, lambda: self.article(recent, tags="[Novelty]")
        yield 1, lambda: self.change(some(), status="draft")
        yield 1, lambda: self.change(some(), tags="[Harbour]")
        yield 1, lambda: self.change(some(), date=self.ago().isoformat())
        yield 1, lambda: self.change(some(), aliases=f"[/old/{number}/]")
        yield 1, lambda: self.change(some(), slug=f"moved-{number}")
        yield 1, lambda: (self.built.root / some()).touch()
        yield 1, lambda: self.write(some(), "\n\n[gone](nowhere.md) and [gone](/nowhere/)")
        yield 1, lambda: self.built.add(TEMPLATE, f"<!-- {number} -->" + POST)

    def step(self):
        """One of these, or two."""
        for _ in range(self.dice.choice((1, 1, 2))):
            weights, acts = zip(*self.day(), strict=True)
            self.dice.choices(acts, weights)[0]()


NEEDS = """[needs]
post = ["neighbours", "related:3", "section-latest:2", "series:4", "latest:1"]
front = ["sections:2"]
"""
POST = (
    "<!doctype html><title>{{ page.card.title }}</title>{{ content }}"
    "{% for card in page.related %}{{ card.title }};{% endfor %}"
    "{% for card in page.section_latest %}{{ card.title }},{% endfor %}"
    "{% for card in page.latest %}{{ card.title }}{% endfor %}"
    "{% if page.part %}{{ page.part.number }} of {{ page.part.total }}{% endif %}"
    "{% if page.newer %}{{ page.newer.label }}{% endif %}{% if page.older %}{{ page.older.label }}{% endif %}"
)
FILES = {**THEME, "site.toml": TINY + "page_size = 3\n"}


def newsroom(root, seed):
    """A site with half a year's articles; where every story shows the newest, a new one changes them all."""
    needs = NEEDS if seed % 2 else NEEDS.replace(', "latest:1"', "")
    room = Newsroom(SiteFixture(root, {**FILES, TEMPLATE: POST, "themes/tiny/theme.toml": needs}), Random(seed))
    for _ in range(24):
        room.article(room.ago())
    return room


def same(room, report):
    """The output is that of a clean build, which has as much to say."""
    fresh = room.built.build(output=room.built.root / "other", fresh=True)
    assert tree(room.built.output) == tree(room.built.root / "other")
    assert facts(report) == facts(fresh)


def facts(report):
    """What a report says; hints of links that lead nowhere may differ."""
    problems = {(problem.path, problem.line, problem.cause) for problem in report.problems}
    return report.posts, problems, report.unpublished, report.articles


@pytest.fixture
def short(monkeypatch):
    """Counts builds that read few documents."""
    found = []

    def counted(*args):
        amended = ORIGINAL(*args)
        found.append(amended is not None)
        return amended

    monkeypatch.setattr(line, "amended", counted)
    return found


ORIGINAL = line.amended


def check(room, session=None):
    """A day in that newsroom."""
    room.built.build()
    for _ in range(STEPS):
        room.step()
        report = pipeline.build(room.built.request(), None, session)
        same(room, report)
        if session is not None and room.dice.random() < 0.7:
            commit(room.built.request(), session)
        if session is None:
            assert room.built.build().written == 0


@pytest.mark.parametrize("seed", range(10))
def test_day(seed, tmp_path, short):
    """Each build is what a clean one is, and does nothing when repeated."""
    check(newsroom(tmp_path, seed))


@pytest.mark.parametrize("seed", range(10, 14))
def test_day_of_a_preview(seed, tmp_path, short):
    """The same where one process builds all the time, and writes down now and then what it did."""
    check(newsroom(tmp_path, seed), Session.lasting())


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 500))
def test_day_long(seed, tmp_path):
    """The same with many more days."""
    check(newsroom(tmp_path, seed), Session.lasting() if seed % 4 == 0 else None)


def test_what_is_short(tmp_path, short):
    """An edit of a text, a headline, a draft and a post that comes read few documents; a story that moves reads all."""
    room = newsroom(tmp_path, 1)
    room.built.build()
    name = room.article(NOW - dt.timedelta(hours=1))
    ways = [lambda: None, lambda: room.write(name, "\n\nMore."), lambda: room.change(name, title="Other")]
    ways += [lambda: room.article(NOW - dt.timedelta(hours=1), status="draft"), lambda: room.change(name, slug="x")]
    short.clear()
    for way in ways:
        way()
        same(room, room.built.build())
    assert short[::2] == [True, True, True, True, False]


SOUND = "content/posts/2026/01/sound.md"
TWINS = {
    "id": {"id": "story-1", "slug": "twin"},
    "address": {"permalink": "/sound/"},
    "address in another case": {"permalink": "/Sound/"},
    "alias": {"permalink": "/old/"},
    "path of a list": {"permalink": "/tags/harbour/"},
    "path below a page": {"permalink": "/sound/index.html/x/"},
}


@pytest.mark.parametrize("keys", TWINS.values(), ids=TWINS)
def test_twin(keys, tmp_path):
    """A post that comes with what another has is told, and built, as in a clean build."""
    room = newsroom(tmp_path, 1)
    room.built.add(SOUND, post("Sound", id="story-sound", permalink="/sound/", aliases="[/old/]"))
    room.built.build()
    room.article(NOW - dt.timedelta(hours=1), **keys)
    same(room, room.built.build())


def test_draft_that_hides_a_file(tmp_path):
    """A picture that a new draft names is kept off the site, and one that a story names no more."""
    room = newsroom(tmp_path, 1)
    for name in ("one", "two"):
        room.built.add(f"content/{name}.txt", name)
    name = room.article(NOW - dt.timedelta(hours=1))
    room.write(name, " [one](/one.txt)")
    room.built.build()
    room.article(NOW - dt.timedelta(hours=1), status="draft")
    room.write(list(room.files)[-1], " [one](/one.txt) [two](/two.txt)")
    same(room, room.built.build())
    assert "two.txt" not in room.built.tree()
    room.files[name] = (room.files[name][0], "Nothing.")
    room.lay(name)
    same(room, room.built.build())
    assert "one.txt" not in room.built.tree()


def test_link_that_waited(tmp_path):
    """A post that comes is found by the link that led nowhere without it."""
    room = newsroom(tmp_path, 1)
    name = room.some()
    room.link(name, "content/posts/2026/11/story-25.md")
    assert room.built.build().problems
    room.article(dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC))
    report = room.built.build()
    assert not report.problems
    same(room, report)


def test_ledger(tmp_path, short):
    """With a ledger, texts and headlines change the short way; an address and a post that comes are looked up in it."""
    room = newsroom(tmp_path, 1)
    record(room.built.request())
    time.sleep(0.05)  # so that the ledger is at rest when the next build looks
    room.built.build()
    name = room.some()
    short.clear()
    for change in ({"title": "Other"}, {"slug": "moved"}, {"slug": "moved", "aliases": "[/older/]"}):
        room.change(name, **change)
        same(room, room.built.build())
    assert short[::2] == [True, False, False]
    room.article(NOW - dt.timedelta(hours=1), permalink="/older/")
    same(room, room.built.build())
    ledger = room.built.root / "content/ledger.jsonl"
    ledger.write_text("".join(ledger.read_text().splitlines(keepends=True)[:-2]))
    same(room, room.built.build())


def test_part_that_came(tmp_path):
    """An old part of a series shows the one that came after it."""
    room = newsroom(tmp_path, 2)
    for days in (90, 60):
        name = room.article(NOW - dt.timedelta(days=days), series="Pier")
    room.built.build()
    room.article(NOW - dt.timedelta(hours=1), series="Pier")
    report = room.built.build()
    assert f"{name.removeprefix('content/posts/').removesuffix('.md')}/index.html" in report.rendered
    same(room, report)


def test_changes_of_another_manifest(tmp_path):
    """Changes that were put back beside a manifest that is not theirs say nothing."""
    room = newsroom(tmp_path, 1)
    room.built.build()
    name = room.some()
    room.write(name, "\n\nFurther.")
    room.built.build()
    (path,) = room.built.root.glob(".dateline/build-*/changes")
    old = path.read_bytes()
    room.change(name, title="Other")
    room.built.build()
    assert not path.exists()
    path.write_bytes(old)
    report = room.built.build()
    assert report.written == 0
    same(room, report)


FAULTS = {
    "a story that came changes no newer ones": (amending._added, "if int(s.name) >= int(span)", "if False"),
    "a headline stays with those that show it": (amending.amend, "if otherwise:", "if False:"),
    "what was worked out stays": (amending._anew, "Memo() if shown else ", ""),
    "what feeds carry stays": (amending._anew, ", feed=None", ""),
    "a story has no place in its month": (amending._by_day, "_Backwards(post.day)", "post.day"),
    "who is pinned is not moved": (amending._with, "at + (at >= place)", "at"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_fault(fault, tmp_path, monkeypatch):
    """A day shows a fault of these builds, which none shows without it."""
    plant((fault,), monkeypatch)
    with pytest.raises((AssertionError, KeyError, ValueError)):
        for seed in range(14):
            check(newsroom(tmp_path / str(seed), seed))

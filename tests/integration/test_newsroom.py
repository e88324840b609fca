"""A newsroom at work: posts come, texts and headlines change, all day, and each build is what a clean one is.

These are the builds that read few documents, see `generator.build.amended`; that they do is looked at, too.
"""

import datetime as dt
from dataclasses import dataclass, field
from random import Random

import pytest
from desk import tree
from support import NOW, SiteFixture, post
from tiny import THEME, TINY

from generator import build as pipeline
from generator.build import Session, commit
from generator.build import pipeline as line

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
        yield 1, lambda: self.article(recent, pinned="true")
        yield 1, lambda: self.article(recent, weight="5", corrections="[{date: 2026-11-01, text: Wrong name.}]")
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
FILES = {**THEME, "site.toml": TINY + "page_size = 3\n", "themes/tiny/theme.toml": NEEDS}


def newsroom(root, seed):
    """A site with a year's articles."""
    room = Newsroom(SiteFixture(root, {**FILES, TEMPLATE: POST}), Random(seed))
    for _ in range(24):
        room.article(room.ago())
    return room


def same(room, report):
    """The output is that of a clean build, which has as much to say."""
    fresh = room.built.build(output=room.built.root / "other", fresh=True)
    assert tree(room.built.output) == tree(room.built.root / "other")
    assert (report.posts, set(report.problems), report.unpublished, report.articles) == (
        fresh.posts, set(fresh.problems), fresh.unpublished, fresh.articles,
    )  # fmt: skip


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

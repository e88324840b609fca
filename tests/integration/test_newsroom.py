"""A newsroom at work: posts come, texts and headlines change, all day, and each build is what a clean one is.

These are the builds that read few documents, see `generator.build.amended`; that they do is looked at, too.
"""

import datetime as dt
import re
import time
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

import pytest
from desk import tree
from planting import plant
from support import NOW, SiteFixture, post
from tiny import THEME, TINY

from generator import build as pipeline
from generator.build import Session, amended, commit, promised
from generator.build import pipeline as line
from generator.build.record import record
from generator.errors import LedgerError
from generator.ledger import derived_id
from generator.model.ledger import LEDGER
from generator.plan import lists
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
    books: It keeps a ledger.
    """

    built: object
    dice: Random
    files: dict = field(default_factory=dict)
    count: int = 0
    books: bool = False

    def lay(self, name):
        """Write an article down."""
        keys, body = self.files[name]
        self.built.add(name, post(body=body, **{key: value for key, value in keys.items() if value}).encode())

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

    def bookkeeping(self):
        """What happens beside it where a ledger is kept."""
        recent, dice = NOW - dt.timedelta(hours=self.dice.randint(1, 20)), self.dice
        yield 14, self.record
        yield 6, lambda: self.article(recent, id="")
        yield 2, lambda: self.change(self.some(), status="withdrawn")
        yield 1, lambda: self.article(recent, permalink=f"/{self.some().removeprefix('content/posts/')[:-3]}/")
        yield 1, lambda: self.article(recent, id=f"story-{dice.randint(1, self.count)}")
        yield 1, lambda: self.article(recent, status="draft", id=dice.choice(("", f"story-{dice.randint(1, 9)}")))
        yield 1, self.leave
        yield 1, self.meddle

    def record(self):
        """What is public is written down, as after it was published."""
        with suppress(LedgerError):
            record(self.built.request())

    def leave(self):
        """An article's file is deleted, or has another name; of some, only then is the ledger brought up to date."""
        name = self.some()
        keys, body = self.files.pop(name)
        (self.built.root / name).unlink()
        if self.dice.random() < 0.6:
            other = name.replace(".md", f"-{self.count}.md")
            self.files[other] = ({**keys, "slug": name.rpartition("/")[2][:-3]}, body)
            self.lay(other)

    def meddle(self):
        """Somebody edits the ledger."""
        path = self.built.root / LEDGER
        head, *lines = path.read_text().splitlines(keepends=True)
        at = self.dice.randrange(len(lines))
        lines[at : at + 1] = self.dice.choice(
            (
                [],
                [lines[at].replace('"title":"', '"title":"Not ')],
                [lines[at].replace('"date":"202', '"date":"201')],
                [lines[at].replace('"url":"/', '"url":"/no/')],
                [lines[at], lines[at].replace('"title":"', '"title":"Twice ')],
                [lines[at].replace('"aliases":[', '"aliases":["/before/"')],
                ["nonsense\n"],
            )
        )
        path.write_text("".join([head, *lines]))

    def step(self):
        """One of these, or two."""
        for _ in range(self.dice.choice((1, 1, 2))):
            acts = [*self.day(), *(self.bookkeeping() if self.books else ())]
            weights, acts = zip(*acts, strict=True)
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


@pytest.fixture(autouse=True)
def _long_lists(monkeypatch):
    """Most lists are long, so that they are planned in runs of pages."""
    monkeypatch.setattr(lists, "RUN", 2)


@pytest.fixture
def short(monkeypatch):
    """Counts builds that read few documents."""
    found = []

    def counted(*args):
        made = ORIGINAL(*args)
        found.append(made is not None)
        return made

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


@pytest.mark.parametrize("seed", range(20, 30))
def test_day_with_a_ledger(seed, tmp_path, short):
    """The same where what was published is written down now and then, and somebody may meddle with that."""
    check_books(tmp_path, seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(500, 900))
def test_day_with_a_ledger_long(seed, tmp_path):
    """The same with many more days."""
    check_books(tmp_path, seed)


def check_books(root, seed):
    """A day in a newsroom that keeps a ledger."""
    room = newsroom(root, seed)
    room.books = True
    room.record()
    room.built.build()
    for _ in range(STEPS):
        room.step()
        try:
            report = room.built.build()
        except LedgerError:
            (room.built.root / LEDGER).unlink()
            room.record()
            report = room.built.build()
        same(room, report)
        assert room.built.build().written == 0


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


class Books:
    """Histories of a site with a ledger: what was before, and what happened then."""

    PATH = "content/posts/2026/01/fog.md"

    def __init__(self, room):
        self.room, self.path = room, room.built.root / LEDGER

    def put(self, path=PATH, **keys):
        """The article of these histories; it writes no id."""
        written = {"title": "Fog", "date": "2026-01-09T08:00:00+00:00", "slug": "fog", **keys}
        self.room.files[path] = (written, "Fog over the quay.")
        self.room.lay(path)

    def publish(self):
        """It is public, and written down."""
        self.room.built.build()
        self.room.record()

    def leave(self, path=PATH):
        """Its file goes."""
        del self.room.files[path]
        (self.room.built.root / path).unlink()

    def edit(self, change):
        """Its line in the ledger becomes what a function makes of it."""
        lines = self.path.read_text().splitlines(keepends=True)
        self.path.write_text("".join(change(text) if '"Fog"' in text else text for text in lines))

    def renamed(self):
        """Its file has another name; then its line goes."""
        self.put()
        self.publish()
        self.leave()
        self.put(self.PATH.replace("fog", "mist"))
        self.publish()
        yield
        self.edit(lambda _: "")

    def changed(self, old, new):
        """Its line has something else."""
        self.put(id="fog")
        self.publish()
        yield
        assert old in self.path.read_text()
        self.edit(lambda text: text.replace(old, new))

    def copied(self):
        """Another line says that it has another id."""
        self.put()
        self.publish()
        yield
        self.edit(lambda text: text + re.sub('"id":"[^"]*"', '"id":"0"', text))

    def doubted(self):
        """Of two lines of its file the one that counted counts less."""
        self.put()
        self.publish()
        copy = '"id":"0"', '"state":"withdrawn"'
        self.edit(lambda text: text + re.sub('"state":"live"', copy[1], re.sub('"id":"[^"]*"', copy[0], text)))
        yield
        self.edit(lambda text: text.replace('"state":"live"', '"state":"withdrawn"'))

    def withdrawn(self, *, gone=True, path="content/posts/2026/02/new.md", **keys):
        """It was taken back; then another comes."""
        self.put(id="fog")
        self.publish()
        self.put(id="fog", status="withdrawn")
        self.publish()
        if gone:
            self.leave()
        self.publish()
        yield
        self.put(path, title="Rain", **{"slug": "rain", "date": "2026-02-02T10:00:00+00:00", **keys})

    def moved(self):
        """It has another address; then another has the one that it had."""
        self.put(id="fog")
        self.publish()
        self.put(id="fog", slug="mist")
        self.publish()
        yield
        self.put("content/posts/2026/02/new.md", permalink="/2026/01/fog/")

    def taken(self):
        """A draft writes an id that a story without one has from its path."""
        self.publish()
        self.put()
        self.room.built.build()
        yield
        self.put("content/drafts/new.md", id=derived_id(self.PATH), status="draft", slug="new")


BOOKS = {
    "a line went": Books.renamed,
    "a line more": Books.copied,
    "another state": Books.doubted,
    "another address": lambda books: books.changed('"url":"/', '"url":"/before/'),
    "another date": lambda books: books.changed('"date":"2026', '"date":"2025'),
    "an alias": lambda books: books.changed('"aliases":[', '"aliases":["/before/"'),
    "another title": lambda books: books.changed('"title":"Fog"', '"title":"Fog again"'),
    "its id": lambda books: books.withdrawn(id="fog"),
    "its id, with its file there": lambda books: books.withdrawn(id="fog", gone=False),
    "its file": lambda books: books.withdrawn(path=Books.PATH),
    "its address": lambda books: books.withdrawn(permalink="/2026/01/fog/"),
    "its former address": Books.moved,
    "an id that is another's": Books.taken,
}


@pytest.mark.parametrize("history", BOOKS.values(), ids=BOOKS)
def test_books(history, tmp_path):
    """What comes to have to do with what the ledger knows is built, and told, as in a clean build."""
    room = newsroom(tmp_path, 1)
    room.record()
    steps = history(Books(room))
    next(steps)
    room.built.build()
    time.sleep(0.05)  # so that the ledger is at rest
    room.built.build()
    next(steps, None)
    same(room, room.built.build())


BOOK_FAULTS = {
    "a line went": (promised.Promised.since, " if came & set(known.values()) == went else None", ""),
    "a line more": (promised.is_kept, "(entry.id, ", "(item.id, "),
    "another state": (promised.is_kept, " or item.state is not State.LIVE", ""),
    "another address": (promised.is_kept, "(item.id, item.source, item.url)", "(item.id, item.source, entry.url)"),
    "another date": (promised.is_kept, "when is None if entry.page else when == entry.when", "True"),
    "an alias": (promised.is_kept, " or item.aliases", ""),
    "its id": (promised.Promised.has, "(row.id, row.derived, ", "("),
    "its file": (promised.Promised.has, "ledger.file_key(source), ", ""),
    "its former address": (promised.Promised.has, ", *map(url_key, urls)", ""),
    "an id that is another's": (amended._Short._is_plain, " and row.id not in self.made.ids", ""),
}


@pytest.mark.parametrize("name", BOOK_FAULTS)
def test_fault_of_books(name, tmp_path, monkeypatch):
    """These histories show where less of the ledger is looked at."""
    plant((BOOK_FAULTS[name],), monkeypatch)
    with pytest.raises(AssertionError):
        test_books(BOOKS[name], tmp_path)


def test_the_address_of_what_is_gone(tmp_path):
    """A post that comes takes the address of one that was withdrawn, where there is no ledger."""
    room = newsroom(tmp_path, 1)
    books = Books(room)
    books.put(id="fog", status="withdrawn")
    room.built.build()
    books.put("content/posts/2026/02/new.md", permalink="/2026/01/fog/")
    same(room, room.built.build())


def test_posts_beside_a_ledger(tmp_path, short):
    """A post that comes reads few documents where there is a ledger, too, and where it was brought up to date since."""
    room = newsroom(tmp_path, 1)
    room.record()
    room.built.build()
    for act in (lambda: room.article(NOW - dt.timedelta(hours=1)), room.record) * 3:
        time.sleep(0.05)  # so that what is written is at rest
        short.clear()
        act()
        room.built.build()
        assert all(short), act


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
    room.change(name, series="Pier")
    room.built.build()
    assert not path.exists()
    path.write_bytes(old)
    report = room.built.build()
    assert report.written == 0
    same(room, report)


def test_a_headline_is_a_small_change(tmp_path):
    """Another headline of one of the newest stories is written down alone; that of a part of a series is not."""
    room = newsroom(tmp_path, 1)
    room.article(NOW - dt.timedelta(days=40), series="Pier")
    part = room.article(NOW - dt.timedelta(hours=1), series="Pier")
    name = room.some()
    room.built.build()
    assert not list(room.built.root.glob(".dateline/build-*/changes"))
    for title in ("Other", "Another"):
        room.change(name, title=title)
        same(room, room.built.build())
        assert list(room.built.root.glob(".dateline/build-*/changes"))
    room.change(part, title="Other")
    same(room, room.built.build())
    assert not list(room.built.root.glob(".dateline/build-*/changes"))


FAULTS = {
    "runs of pages of the front page stay": (amending.amend, "front=Memo()", "front=site.front"),
    "a story that came is in no run of pages": (amending._added, "front=Memo(),", "front=site.front,"),
    "a story that came changes no newer ones": (amending._seeking, "if int(span.name) >= oldest", "if False"),
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

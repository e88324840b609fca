"""No more work than needed: after each kind of edit, exactly the outputs that show it are rendered, and no other.

The theme `town` writes all that a view holds, so what must be rendered is also what has other bytes.
"""

import datetime as dt
import os
import re
import shutil
import subprocess
import sys

import pytest
import tiny as small
from desk import MARKER, STATE, Desk, clean_tree, traces, tree
from support import post
from town import THEME, World, article, png, town

from generator import build as pipeline
from generator.build import Silent
from generator.plan import lists

SETTINGS = town().settings | {"page_size": "2", "feeds": '{ items = 2, formats = ["rss"] }', "permalink": '"/{slug}/"'}
INDEX = ("sitemap.xml",)
"""The index of sitemaps: written where a sitemap has another date, looked at where one has other addresses."""

MACHINE = r"sitemap.*\.xml|old/.*|.*\.(png|css|txt)"


def seven():
    """Seven stories, one a day; the odd ones of the town, the even ones of sport; and a standing page."""
    posts = {
        "s1": article("One", "2026-01-01", "First.\n\n[Two](s2.md)", tags="[Sea]", authors="[Ana]", section="town"),
        "s2": article("Two", "2026-01-02", "First.\n\nSecond.", tags="[Sea]", section="sport"),
        "s3/index": article("Three", "2026-01-03", section="town", image="lead.png"),
        "s4": article("Four", "2026-01-04", section="sport", aliases="[/old/4/]"),
        "s5": article("Five", "2026-01-05", section="town"),
        "s6": article("Six", "2026-01-06", "First.\n\nMore.", tags="[Bridge]", authors="[Ana]", section="sport"),
        "s7": article("Seven", "2026-01-07", section="town"),
    }
    files = {**THEME, "content/notes.txt": b"Notes", "content/posts/s3/lead.png": png(16, 9)}
    articles = {f"content/posts/{name}.md": post for name, post in posts.items()}
    return World({**articles, "content/pages/about.md": article("About")}, dict(SETTINGS), files)


@pytest.fixture
def desk(tmp_path):
    """The seven stories, built."""
    desk = Desk(tmp_path / "site", seven())
    assert not desk.build().problems
    return desk


def story(desk, name):
    """One of the articles, to be edited."""
    return desk.world.articles[f"content/posts/{name}.md"]


def pages(*names):
    """Output paths: `s1` is `s1/index.html`; what has a dot is itself."""
    return {name if "." in name else f"{name}/index.html" for name in names}


def files(desk):
    """Every output."""
    return {name for name in traces(desk.output) if not name.endswith("/")} - {MARKER}


def assert_work(desk, expected, removed=(), same=()):
    """Build what was edited, and see that no more was done than need be.

    Args:
        desk: The site.
        expected: Outputs that are rendered and have other bytes.
        removed: Outputs that are gone.
        same: Outputs that may be rendered too, and have the bytes that they had.
    """
    desk.lay()
    before, old = tree(desk.output), traces(desk.output)
    outcome = desk.build()
    after, new = tree(desk.output), traces(desk.output)
    assert {name for name in after if after[name] != before.get(name) and not name.endswith("/")} - {MARKER} == expected
    assert {name for name in before if name not in after and not name.endswith("/")} == set(removed)
    assert {name for name in new if new[name] != old.get(name) and not name.endswith("/")} - {MARKER} == expected
    assert (outcome.report.written, outcome.report.removed) == (len(expected), len(removed))
    assert expected <= outcome.rendered <= {*expected, *same}, outcome.rendered ^ expected


@pytest.mark.parametrize("edit", ["title", "tag", "add"])
def test_lists_in_runs(tmp_path, monkeypatch, edit):
    """Lists that are planned in runs of pages show what changed, whatever it is."""
    monkeypatch.setattr(lists, "RUN", 2)
    texts = {f"content/posts/s{n}.md": article(f"Story {n}", f"2026-01-0{n}", tags="[Sea]") for n in range(1, 10)}
    desk = Desk(tmp_path / "site", World(texts, SETTINGS | {"page_size": "1"}, dict(THEME)))
    desk.build()
    if edit == "title":
        story(desk, "s3").keys["title"] = "Another"
    elif edit == "tag":
        for name in texts:
            desk.world.articles[name].keys["tags"] = "[sea]"
    else:
        desk.world.articles["content/posts/s0.md"] = article("Story 0", "2026-01-10", tags="[Sea]")
    desk.lay()
    desk.build()
    assert tree(desk.output) == clean_tree(desk)


def test_nothing(desk):
    """A build after a build renders nothing and touches no file or folder."""
    before = traces(desk.output)
    assert_work(desk, set())
    assert traces(desk.output) == before


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("s2", ("s2", "tags/sea/feed.xml")),
        ("s6", ("s6", "feed.xml", "sport/feed.xml", "tags/bridge/feed.xml", "authors/ana/feed.xml")),
        ("s4", ("s4", "sport/feed.xml")),
    ],
)
def test_body(desk, name, expected):
    """Another text below the same first paragraph: the story's page, and the feeds that carry it."""
    story(desk, name).body += "\n\nAnother paragraph."
    if name == "s4":
        story(desk, name).keys["summary"] = "Text."
    assert_work(desk, pages(*expected))


def test_first_paragraph(desk):
    """A new first paragraph is the summary on cards: lists, periods, and stories that show the card, too."""
    story(desk, "s2").body = "New.\n\nSecond."
    lists = ("page/1", "sport", "tags/sea", "01/02", "01")
    assert_work(desk, pages("s2", "s4", "s6", "tags/sea/feed.xml", *lists_of(lists)))


def lists_of(names):
    """Lists by short names: `01/02` is a day of 2026."""
    return [f"2026/{name}" if name[0] == "0" else name for name in names]


def test_title(desk):
    """A new title: the page, both neighbours, the lists that it is on, what shows its card, its feed, its redirect."""
    story(desk, "s4").keys["title"] = "Fourth"
    lists = ("page/2", "sport", "index.html", "01/04", "01")
    assert_work(desk, pages("s4", "s3", "s5", "s6", "sport/feed.xml", "old/4", *lists_of(lists)))


def test_newest(desk):
    """A new newest story: its page, its one neighbour, its lists, feeds, periods and sitemap."""
    desk.world.articles["content/posts/s8.md"] = article(
        "Eight", "2026-01-08", section="sport", tags="[Bridge]", authors="[Ana]"
    )
    assert_work(desk, pages(*NEWEST))


NEWEST = (
    *("s8", "s7", "index.html", "page/2", "page/3", "feed.xml", "404.html", "sitemap.xml", "sitemaps/2026-01.xml"),
    *("sitemap-news.xml", "sport", "sport/page/1", "sport/feed.xml", "authors/ana", "authors/ana/feed.xml", "authors"),
    *("tags/bridge", "tags/bridge/feed.xml", "tags", "2026/01/08", "2026/01/07", "2026/01", "2026", "archive"),
)
"""What an eighth story changes. Numbered pages but for the newest stay: page 2 learns of page 3."""


def test_newest_by_the_clock(desk):
    """A scheduled story appears because time has passed, and costs the same."""
    desk.world.articles["content/posts/s8.md"] = article(
        "Eight", "2027-01-08", section="sport", tags="[Bridge]", authors="[Ana]"
    )
    assert_work(desk, set())
    desk.now += dt.timedelta(days=100)
    expected = {name.replace("2026/01", "2027/01").replace("2026-01", "2027-01") for name in NEWEST}
    expected = expected - {"2027/01/07", "2026"} | {"2027", "2026", "2026/01", "2026/01/07"}
    assert_work(desk, pages(*expected))


def test_deleted(desk):
    """The newest story goes: what it was on is rendered, its own files are removed."""
    story(desk, "s6").keys["tags"] = "[]"
    assert_work(
        desk,
        pages("s6", "tags", "feed.xml", "sport/feed.xml", "authors/ana/feed.xml", "sitemaps/pages.xml", "feeds.opml"),
        pages("tags/bridge", "tags/bridge/feed.xml"),
        same=INDEX,
    )
    del desk.world.articles["content/posts/s7.md"]
    lists = ("index.html", "404.html", "town", "town/feed.xml", "feed.xml", "01", "01/06", "2026", "archive")
    rendered = pages("s6", "sitemap.xml", "sitemap-news.xml", "sitemaps/2026-01.xml", *lists_of(lists))
    assert_work(desk, rendered, pages("s7", "2026/01/07", "town/page/1"))


def test_tag(desk):
    """One tag more: the story, the new list, the index of tags, and the feeds that name its tags."""
    story(desk, "s2").keys["tags"] = "[Sea, Rail]"
    expected = pages("s2", "tags/rail", "tags/rail/feed.xml", "tags", "tags/sea/feed.xml", "sitemaps/pages.xml")
    assert_work(desk, {*expected, "feeds.opml"}, same=INDEX)


def test_section(desk):
    """Another section: the story, its cards, both sections' lists and feeds, and the neighbours by section."""
    story(desk, "s5").keys["section"] = "sport"
    sections = ("town", "town/feed.xml", "sport", "sport/feed.xml", "sport/page/1")
    lists = ("index.html", "404.html", "01/05", "01")
    assert_work(desk, pages("s5", "s6", "s7", *sections, *lists_of(lists)), pages("town/page/1"))


def test_slug(desk):
    """Another URL: what links to the story by its file is rendered, beside what shows its card."""
    story(desk, "s2").keys["slug"] = "zwei"
    lists = ("page/1", "sport", "tags/sea", "tags/sea/feed.xml", "01/02", "01", "sitemaps/2026-01.xml")
    expected = pages("zwei", "s1", "s3", "s4", "s6", "authors/ana/feed.xml", *lists_of(lists))
    assert_work(desk, expected, pages("s2"), same=INDEX)


def test_alias(desk):
    """A new alias is one new redirect."""
    story(desk, "s5").keys["aliases"] = "[/old/5/]"
    assert_work(desk, pages("old/5"))


def test_image_of_another_size(desk):
    """A lead picture of another size is copied; the story and all that shows its card know the new size."""
    desk.world.files["content/posts/s3/lead.png"] = png(17, 9)
    assert_work(desk, pages("s3/lead.png", "s3", "s5", "s7", "page/2", "town/page/1", "2026/01/03", "2026/01"))


def test_image_of_the_same_size(desk):
    """A lead picture with other colours is copied, and nothing else is done."""
    desk.world.files["content/posts/s3/lead.png"] = png(16, 9) + b" "
    assert_work(desk, {"s3/lead.png"})


@pytest.mark.parametrize("path", ["content/notes.txt", "themes/town/assets/style.css"])
def test_file(desk, path):
    """A static file or an asset is copied, and nothing else is done."""
    desk.world.files[path] = b"other"
    assert_work(desk, {path.removeprefix("content/").removeprefix("themes/town/")})


def templated(desk, pattern=".*"):
    """Outputs that a template makes, of those whose path fits."""
    made = {name for name in files(desk) if name.endswith(".html") and not re.fullmatch(MACHINE, name)}
    return {name for name in made if re.fullmatch(pattern, name)}


@pytest.mark.parametrize(
    ("template", "pattern"),
    [
        ("town/templates/list.html", r"(town|sport|tags/\w+|authors/\w+)/(page/1/)?index.html"),
        ("town/templates/page.html", r"about/index.html"),
        ("town/templates/terms.html", r"(tags|authors)/index.html"),
        ("town/templates/post.html", r"(s\d|about)/index.html"),
        ("town/templates/cards.html", r"(?!(archive|tags|authors)/index.html).*"),
        ("town/templates/base.html", r".*"),
        ("trunk/templates/foot.html", r".*"),
    ],
)
def test_template(desk, template, pattern):
    """A template that changes: the pages that are made with it, directly or as a part, and no other."""
    old = THEME[f"themes/{template}"]
    new = old.replace(b"<ul>", b"<ol>").replace(b"page.title", b"page.title | upper").replace(b"<p>", b"<p><i>")
    new = new.replace(b"<main>", b"<main><hr>").replace(b"<footer>", b"<footer><hr>")
    if template.endswith("page.html"):
        new = old + b"{% block main %}<hr>{{ super() }}{% endblock %}"
    desk.world.files[f"themes/{template}"] = new
    same = {"2026/index.html"} & templated(desk, pattern) if "cards" in template else set()  # a year shows no card
    assert_work(desk, templated(desk, pattern) - same, same=same)


def test_template_that_says_the_same(desk):
    """A comment in a template: pages are rendered anew and found to be the same; nothing is written."""
    desk.world.files["themes/town/templates/list.html"] += b"{# nothing #}"
    desk.lay()
    before = traces(desk.output)
    outcome = desk.build()
    assert traces(desk.output) == before
    assert outcome.rendered <= templated(desk, r"(town|sport|tags/\w+|authors/\w+)/(page/1/)?index.html")


def test_need(desk):
    """A template that asks for more gets it; no other page is rendered."""
    desk.world.files["themes/town/theme.toml"] = THEME["themes/town/theme.toml"].replace(b"latest:3", b"latest:4")
    assert_work(desk, {"404.html"})


def test_words(desk):
    """A word of the theme is on every page that a template makes, and on no other."""
    desk.world.files["themes/town/locales/en.toml"] = b'motto = "Other"'
    assert_work(desk, templated(desk))


def test_title_of_the_site(desk):
    """The site's title is on every page and in every feed; files, redirects and sitemaps are left alone."""
    desk.world.settings["title"] = '"Other"'
    shown = {name for name in files(desk) if not re.fullmatch(MACHINE, name)}
    assert_work(desk, shown, same=("sitemap-news.xml",))


def test_news_by_the_clock(desk):
    """News ages by the clock: nothing is done until the next story is two days old, and then one file."""
    for name, moment in (("n1", "2026-11-22 10:00"), ("n2", "2026-11-21 12:00")):
        desk.world.articles[f"content/posts/{name}.md"] = article(name, moment)
    desk.lay()
    desk.build()
    old, ages = desk.now, []
    for moment in ("23 11:59:59", "23 12:00:00", "24 09:59:59", "24 10:00:00", "30 10:00:00"):
        desk.now = dt.datetime.fromisoformat(f"2026-11-{moment}+00:00")
        assert_work(desk, {"sitemap-news.xml"} if moment[3:] in ("12:00:00", "10:00:00") and moment < "3" else set())
        ages.append((desk.output / "sitemap-news.xml").read_text().count("<news:news>"))
    assert ages == [2, 1, 1, 0, 0]
    desk.now = old
    assert_work(desk, {"sitemap-news.xml"})


def test_items_of_feeds(desk):
    """Longer feeds: those whose lists have more stories."""
    desk.world.settings["feeds"] = '{ items = 3, formats = ["rss"] }'
    assert_work(desk, {"feed.xml", "town/feed.xml", "sport/feed.xml"})


@pytest.mark.parametrize("harm", ["deleted", "altered"])
def test_harmed_output(desk, harm):
    """What someone did to a file of the output is undone, and nothing else is done."""
    path = desk.output / "s2/index.html"
    data = path.read_bytes()
    path.unlink()
    if harm == "altered":
        path.write_bytes(data + b"!")
    outcome = desk.build()
    assert path.read_bytes() == data
    assert outcome.report.written == 1
    assert outcome.rendered == {"s2/index.html"}


def test_touched(desk):
    """New times on all files that are as they were: nothing to do."""
    for name in desk.world.sources():
        os.utime(desk.root / name)
    assert_work(desk, set())


class Hasty(Silent):
    """Progress by which an article is saved twice during a build: just before it is read, and just after."""

    def __init__(self, desk, text):
        self.desk, self.text, self.after = desk, text, False

    def save(self, text):
        """Save the article in the way of an editor, with a size that stays."""
        story(self.desk, "s2").body = text
        self.desk.lay()

    def stage(self, name, _total):
        """Before the first look at files."""
        if name == "Reading":
            self.save(f"{self.text}, before")

    def step(self):
        """After the first article is read."""
        if not self.after:
            self.save(f"{self.text}, after!")
        self.after = True

    def waiting(self):
        """No other build is at work."""


def test_two_edits_in_one_moment(desk):
    """An edit within a tick of the file system's clock, which no time can tell, is seen by the next build."""
    for n in range(8):
        hasty = Hasty(desk, f"Text {n:02}")
        desk.build(hasty)
        assert hasty.after
        desk.build()
        assert f"Text {n:02}, after!" in (desk.output / "s2/index.html").read_text()


def assert_clean(desk):
    """Build what was edited, and see that a clean build leaves and says the same."""
    desk.lay()
    outcome = desk.build()
    clean, files = desk.clean(desk.root.with_name("clean"))
    assert tree(desk.output) == files
    assert (outcome.problems, outcome.facts) == (clean.problems, clean.facts)
    return outcome


def test_path_in_other_letters(desk):
    """What comes to want a path that only some file systems tell from another's is found to clash with it."""
    story(desk, "s1").keys["aliases"] = "[/OLD/x/]"
    assert not assert_clean(desk).problems
    desk.world.articles["content/pages/about.md"].keys["permalink"] = "/old/X/"
    assert [cause for _, _, cause in assert_clean(desk).problems if "both want" in cause]


def test_what_is_dated_now(desk):
    """A draft without a date has that of the build, however quiet the site is."""
    desk.flags["drafts"] = True
    desk.world.articles["content/posts/s8.md"] = article("Eight", "", section="town", status="draft")
    assert_clean(desk)
    desk.now += dt.timedelta(days=1)
    assert assert_clean(desk).report.written


def test_clone_with_its_cache(desk):
    """A copy of everything, as a machine makes that restores its cache: all times are new, nothing is to be done."""
    new = desk.root.with_name("clone")
    shutil.copytree(desk.root, new, copy_function=shutil.copyfile)
    desk.root = new
    assert_work(desk, set())
    assert_work(desk, set())


def test_clone_without_output(desk):
    """A copy without its output is written whole."""
    new, old = desk.root.with_name("clone"), tree(desk.output)
    shutil.copytree(desk.root, new, copy_function=shutil.copyfile, ignore=shutil.ignore_patterns("output"))
    desk.root = new
    assert_work(desk, {name for name in old if not name.endswith("/")} - {MARKER})
    assert tree(desk.output) == old


def test_without_its_cache(desk):
    """A lost cache costs work; no file of the output is touched."""
    shutil.rmtree(desk.root / STATE, ignore_errors=True)
    before = traces(desk.output)
    assert desk.build().report.written == 0
    assert traces(desk.output) == before
    assert_work(desk, set())


def test_fresh(desk):
    """A fresh build renders everything, writes nothing that is right already, and leaves a cache that is good."""
    before = traces(desk.output)
    outcome = desk.build(fresh=True)
    assert outcome.rendered == files(desk)
    assert traces(desk.output) == before
    assert_work(desk, set())


def archive(count):
    """A site with `count` stories, one a day, the last on 20 January 2026."""
    last = dt.date(2026, 1, 20)
    articles = {
        f"content/posts/p{n:03}.md": article(
            f"P{n}", str(last - dt.timedelta(count - 1 - n)), section=("town", "sport")[n % 2], tags=f"[T{n % 3}]"
        )
        for n in range(count)
    }
    return World(articles, {**SETTINGS, "page_size": "5"}, dict(THEME))


def test_newest_costs_the_same_in_any_archive(tmp_path):
    """The newest of 30 stories changes as many files as the newest of 300, and the same ones."""
    work = []
    for count in (30, 300):
        desk = Desk(tmp_path / str(count), archive(count))
        desk.build()
        before = tree(desk.output)
        desk.world.articles["content/posts/new.md"] = article("New", "2026-01-21", section="town", tags="[T0]")
        desk.lay()
        outcome, after = desk.build(), tree(desk.output)
        changed = {name for name in after if after[name] != before.get(name) and not name.endswith("/")}
        assert outcome.rendered == changed
        work.append({re.sub(r"page/\d+|p\d\d\d", "N", name) for name in changed})
        assert outcome.report.written == len(changed)
    assert work[0] == work[1]


class Looking(Silent):
    """Notes what the output holds when the pages that were asked for first are said to be ready."""

    def __init__(self, site):
        self.site = site
        self.seen = []

    def ready(self):
        """Take a copy."""
        self.seen.append(self.site.tree())


def test_the_page_that_is_looked_at_comes_first(tmp_path):
    """After an edit of the theme, that page and what is copied are in their places before the others are made."""
    stories = {f"content/posts/s{n}.md": post(f"Story {n}") for n in range(80)}
    whole = small.site(tmp_path / "site", {**stories, "content/notes.txt": "Notes."})
    whole.build()
    before = whole.tree()
    for name in ("post", "list"):
        whole.edit(f"themes/tiny/templates/{name}.html", f"<!doctype html><title>New {name}</title>")
    whole.edit("content/notes.txt", "New notes.")
    page = "2026/01/s7/index.html"
    looking = Looking(whole)
    report = pipeline.build(whole.request(first=frozenset({page})), looking)
    [seen] = looking.seen
    after = whole.tree()
    assert {name for name in before if seen[name] != before[name]} == {page, "notes.txt"}
    assert all(seen[name] == after[name] for name in (page, "notes.txt"))
    assert report.written == len([name for name in after if after[name] != before[name]]) > 80
    whole.build(fresh=True)
    assert whole.tree() == after


@pytest.mark.parametrize("first", [frozenset(), frozenset({"no/such/page.html"})])
def test_nobody_looks(tmp_path, first):
    """Where no such page is made, all are put into their places together."""
    stories = {f"content/posts/s{n}.md": post(f"Story {n}") for n in range(80)}
    whole = small.site(tmp_path / "site", stories)
    whole.build()
    whole.edit("themes/tiny/templates/post.html", "<!doctype html><title>New</title>")
    looking = Looking(whole)
    pipeline.build(whole.request(first=first), looking)
    assert not looking.seen


LOOKING = """
import os
from generator.build import front
from generator.__main__ import run

front._MANY, front._SHARE = -1, 3
home, look = os.getpid(), front.look


def dying(root, memory, shares, count):
    if os.getpid() != home:
        list(shares)
        os.kill(os.getpid(), 9)
    return look(root, memory, shares, count)


front.look = {look}
run()
"""
"""A build that has another process look at the output, however small the site; and one in which that is killed."""


@pytest.mark.parametrize("look", ["look", "dying"])
@pytest.mark.parametrize("harm", ["2026/01/s1/index.html", "tags/sea/index.html", "a-stranger/file.txt", ""])
def test_what_is_looked_at_beside_an_edit(site, harm, look):
    """Another process looks at a large site's output while an edit is read: it sees what a small site's build sees."""
    fixture = site({f"content/posts/s{n}.md": post(f"Story {n}", slug=f"s{n}", tags="[Sea]") for n in range(1, 8)})
    line = [sys.executable, "-c", LOOKING.replace("{look}", look)]
    line += ["build", "--jobs", "1", "--now", "2026-11-23T09:00:00Z"]
    for turn in ("first", "second"):
        subprocess.run(line, cwd=fixture.root, check=True, capture_output=True)
        if turn == "first" and harm:
            harmed = fixture.output / harm
            harmed.parent.mkdir(exist_ok=True)
            harmed.write_text("Harm", "utf-8")
        if turn == "first":
            fixture.edit("content/posts/s7.md", post("Story 7", body="New text.", slug="s7", tags="[Sea]"))
    assert tree(fixture.output) == clean_tree(fixture)

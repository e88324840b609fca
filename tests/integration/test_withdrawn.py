"""What is withdrawn is gone, and says so at each of its addresses, and of what it was nothing is told."""

import datetime as dt
import shutil

import pytest
from books import items, keep
from lxml import html
from shell import dateline
from support import NOW, messages, post

from generator import plan
from generator.build.standing import Standing
from generator.diff import Group, diff
from generator.model.ledger import State

SETTINGS = 'title = "T"\nbase_url = "https://example.org"\n'
STORY = "content/posts/hush/index.md"
PICTURE = "content/posts/hush/sentinel.svg"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
PAGE, OLD = "2026/01/hush/index.html", "old/1/index.html"
WRONG = "[{date: 2026-03-01, kind: retraction, text: We were wrong & <sorry>.}]"


def story(**keys):
    """The story that is withdrawn."""
    return post(
        "Sentinel title", body="Sentinel text.", **{"id": "h1", "aliases": "[/old/1/]", "image": "sentinel.svg", **keys}
    )


def files(theme="broadsheet", **keys):
    """A site with it and another story."""
    return {
        "site.toml": f'{SETTINGS}theme = "{theme}"\n',
        STORY: story(**keys),
        PICTURE: SVG,
        "content/posts/other.md": post("Other", id="o1"),
    }


def told(page):
    """The words of a page's main part."""
    return " ".join(html.fromstring(page).xpath("//body")[0].text_content().split())


def sentinels(made):
    """Outputs that tell of the story."""
    return [name for name, data in made.tree().items() if b"entinel" in data or "sentinel" in name]


def own_theme():
    """A theme without a template for it."""
    names = ("front", "post", "page", "list", "terms", "archive", "period", "404")
    text = "<!doctype html><title>{{ page.head.title }}</title>"
    return {"themes/own/theme.toml": 'name = "own"\n', **{f"themes/own/templates/{name}.html": text for name in names}}


@pytest.mark.parametrize("theme", ["broadsheet", "plain", "own"])
def test_a_tombstone(site, theme):
    """Page and alias say neutrally that it was withdrawn, why and when; nothing else of it is left, nothing amiss."""
    made = site({**files(theme), **own_theme()})
    made.build()
    assert len(sentinels(made)) > 3
    keep(made)
    made.edit(STORY, story(status="withdrawn", corrections=WRONG))
    assert messages(made.build()) == []
    assert sentinels(made) == []
    for path in (PAGE, OLD):
        page = made.page(path)
        assert "This story was withdrawn" in told(page)
        assert "We were wrong & <sorry>." in told(page)
        assert '<meta name="prerender-status-code" content="410">' in page
        assert '<meta name="robots" content="noindex">' in page
        assert f'<link rel="canonical" href="https://example.org/{path.removesuffix("index.html")}">' in page
        assert ("2026-03-01" in page) == (theme != "own")
    assert not [name for name, data in made.tree().items() if b"2026/01/hush" in data and name not in (PAGE, OLD)]
    if theme != "own":
        said = dateline("check", "-s", made.root, "--now", NOW.isoformat(), "--strict")
        assert said.code == 0, said


def test_every_address_that_it_ever_had(site):
    """With a ledger, addresses from before a move answer too, and say why, also once its file is deleted."""
    made = site(files())
    keep(made)
    made.edit(STORY, story(slug="second"))
    keep(made)
    made.edit(STORY, story(slug="third", status="withdrawn", corrections=WRONG))
    made.build()
    wanted = {PAGE, OLD, "2026/01/second/index.html"}
    assert {name for name, data in made.tree().items() if b'content="410"' in data} == wanted
    keep(made)
    assert items(made)["Sentinel title"].state is State.WITHDRAWN
    shutil.rmtree((made.root / STORY).parent)
    assert messages(made.build()) == []
    found = {name: data for name, data in made.tree().items() if b'content="410"' in data}
    assert found.keys() == wanted
    assert all(b"We were wrong &amp; &lt;sorry&gt;." in data and b"2026-03-01" in data for data in found.values())
    keep(made)
    assert items(made)["Sentinel title"].reason.text == "We were wrong & <sorry>."
    before = made.tree()
    made.build(fresh=True)
    assert made.tree() == before


@pytest.mark.parametrize("keys", [{"date": "2026-12-24"}, {"date": "2026-12-24", "corrections": WRONG}, {}])
def test_what_was_never_public_has_none(site, keys):
    """One that was to come, or of which the ledger knows nothing, leaves no trace: its address may tell too much."""
    made = site(files(status="draft"))
    keep(made)
    date = keys.pop("date", "2026-01-02 10:00")
    made.edit(STORY, story(status="withdrawn", **keys).replace("2026-01-02 10:00", date))
    assert messages(made.build()) == []
    assert not [name for name, data in made.tree().items() if b'content="410"' in data or "hush" in name]
    (made.root / "content/ledger.jsonl").unlink()
    made.build()
    assert [name for name in made.tree() if "hush" in name] == ([] if date.startswith("2026-12") else [PAGE])


def test_it_comes_back(site):
    """Published again, it is what it was; a comparison with what is public calls it new."""
    made = site(files())
    made.build()
    before = made.tree()
    made.edit(STORY, story(status="withdrawn"))
    keep(made)
    shutil.copytree(made.output, made.root / "live")
    made.edit(STORY, story())
    for against in (None, made.root / "live"):
        [change] = diff(made.request(), against).changes
        assert (change.group, change.url) == (Group.NEW, "/2026/01/hush/")
    made.build()
    assert made.tree() == before


def test_diff_calls_it_withdrawn(site):
    """In both comparisons, and that is no error; its pages are counted apart."""
    made = site(files())
    keep(made)
    shutil.copytree(made.output, made.root / "live")
    made.edit(STORY, story(status="withdrawn"))
    for against in (None, made.root / "live"):
        report = diff(made.request(), against)
        assert [(change.group, change.url) for change in report.changes] == [(Group.WITHDRAWN, "/2026/01/hush/")]
        assert report.exit_code() == 0
    assert report.files["tombstones"] == {"changed": 2}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("content/posts/heir.md", post("Heir", aliases="[/2026/01/hush/, /old/1/]", id="i1")),
        ("content/posts/heir.md", post("Heir", aliases="[/old/1/]", id="i1", slug="hush")),
        ("content/2026/01/hush/index.html", "<title>Heir</title>"),
        ("content/old/1", "Heir"),
    ],
    ids=["two aliases", "a story", "a file", "a file in the place of a folder"],
)
def test_it_yields(site, name, text):
    """Whatever takes its address has it, without a word."""
    made = site({**files(status="withdrawn"), name: text})
    assert messages(made.build()) == []
    heirs = [path for path in (PAGE, OLD, "old/1") if (made.output / path).is_file() and "Heir" in made.page(path)]
    assert heirs
    clean = made.tree()
    made.remove(name)
    made.build()
    assert b'content="410"' in made.tree()[PAGE]
    made.add(name, text)
    made.build()
    assert made.tree() == clean


@pytest.mark.parametrize(
    ("link", "weight", "cause"),
    [
        ("/2026/01/hush/", "warning", "leads to what was withdrawn or has expired"),
        ("/old/1/", "warning", "leads to what was withdrawn or has expired"),
        ("hush/index.md", "error", "was withdrawn"),
        ("https://example.org/2026/01/hush/", "", ""),
    ],
)
def test_a_link_to_it(site, link, weight, cause):
    """Another story's link is told by the build, with a way out; and by the check, which sees whole addresses too."""
    made = site({**files(status="withdrawn"), "content/posts/other.md": post("Other", body=f"[It]({link})", id="o1")})
    found = [problem for problem in made.build().problems if "withdrawn" in problem.cause]
    assert [str(problem.severity) for problem in found] == ([weight] if weight else [])
    for problem in found:
        assert problem.cause == f"the link {link!r} {cause}"
        assert (problem.place, problem.fix) == (
            "content/posts/other.md:7",
            "take the link out, or link to what took its place",
        )
    said = dateline("check", "-s", made.root, "--now", NOW.isoformat()).err
    assert ("link-withdrawn" in said) == (weight != "error")


def test_the_reason_waits_for_the_clock(site):
    """A retraction dated ahead says nothing until then; the next build after it does, and the schedule knows."""
    later = "[{date: 2026-12-01, kind: retraction, text: Later.}, {date: 2026-03-01, kind: update, text: Other.}]"
    made = site(files(status="withdrawn", corrections=later))
    made.build()
    assert "Later." not in made.page(PAGE)
    assert "Other." not in made.page(PAGE)
    assert "2026-12-01" in dateline("schedule", "-s", made.root, "--now", NOW.isoformat()).out
    made.build(now=dt.datetime(2026, 12, 1, tzinfo=dt.UTC))
    assert "Later." in made.page(PAGE)


def test_a_reason_in_another_language(site):
    """It says so."""
    made = site(files(status="withdrawn", corrections=WRONG, language="ar"))
    made.build()
    assert html.fromstring(made.page(PAGE)).xpath("//*[@lang='ar'][@dir='rtl']/text()") == ["We were wrong & <sorry>."]


@pytest.mark.parametrize("theme", ["broadsheet", "plain", "own"])
def test_what_has_expired(site, theme):
    """At the minute of `expires` its page says so and no more, at each address; the ledger lets its file go."""
    made = site({**files(theme, expires="2026-12-01"), **own_theme()})
    made.build()
    assert len(sentinels(made)) > 3
    keep(made)
    later = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
    assert messages(made.build(now=later)) == []
    assert sentinels(made) == []
    for path in (PAGE, OLD):
        assert "This story has expired" in told(made.page(path))
        assert '<meta name="prerender-status-code" content="410">' in made.page(path)
    before = made.tree()
    if theme != "own":
        said = dateline("check", "-s", made.root, "--now", later.isoformat(), "--strict")
        assert said.code == 0, said
    said = dateline("ledger", "record", "-s", made.root, "--now", later.isoformat())
    assert "expired" in said.out
    assert items(made)["Sentinel title"].state is State.EXPIRED
    shutil.rmtree((made.root / STORY).parent)
    assert messages(made.build(now=later)) == []
    assert made.tree() == before


def test_what_expired_before_it_began(site):
    """A story that no reader can have seen leaves nothing."""
    made = site(files(expires="2026-01-01"))
    made.build()
    assert not [name for name in made.tree() if "hush" in name or "old" in name]


def test_an_expired_story_is_back(site):
    """Without `expires` it is public again, also for the ledger."""
    made = site(files())
    keep(made)
    before = made.tree()
    made.edit(STORY, story(expires="2026-02-01"))
    keep(made)
    made.edit(STORY, story())
    keep(made)
    assert items(made)["Sentinel title"].state is State.LIVE
    assert made.tree() == before


def test_a_standing_page(site):
    """It leaves a tombstone too."""
    made = site({**files(), "content/pages/about.md": post("About", id="p1")})
    keep(made)
    made.edit("content/pages/about.md", post("About", id="p1", status="withdrawn"))
    assert messages(made.build()) == []
    assert "This story was withdrawn" in made.page("about/index.html")


def test_what_a_host_is_to_answer(site):
    """The plan tells redirects and gone addresses as values, without those that lead elsewhere or lost their path."""
    made = site({
        **files(),
        "content/posts/moved.md": post("Moved", aliases="[/was/, /tags/]", id="m1"),
        "content/posts/other.md": post("Other", aliases="[/was/]", id="o1"),
    })  # fmt: skip
    keep(made)
    made.edit(STORY, story(status="withdrawn", aliases="[/old/1/, /authors/, /was/]"))
    made.edit("content/posts/moved.md", post("Moved", aliases="[/was/, /tags/]", id="m1", slug="now"))
    made.build()
    answers = plan.make(Standing.of(made.request()).ground(), plan.Known()).answers
    assert answers.gone == ("/2026/01/hush/", "/old/1/")
    assert answers.redirects == (("/2026/01/moved/", "/2026/01/now/"), ("/was/", "/2026/01/now/"))

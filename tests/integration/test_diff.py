"""What a publication changes is told: each kind of change, and nothing else."""

import json
import shutil

import pytest
from books import keep
from lxml import html
from shell import dateline
from support import NOW, post

from generator.diff import Group, diff
from generator.errors import UsageError

FILES = {
    "content/posts/bridge.md": post("Bridge opens", "2026-01-02 10:00", "It opened.", id="b1", section="News"),
    "content/posts/ferry.md": post("Ferry ends", "2026-01-03 10:00", "It ended.", id="f1", section="News"),
    "content/posts/vote.md": post("Council votes", "2026-02-01 10:00", "It voted.", id="v1", section="Town"),
}
SECRET = "The mayor will resign on Tuesday after nine long years in office"


@pytest.fixture
def news(site):
    """Three stories, built, recorded, and a copy of what is public."""
    made = site(FILES)
    keep(made)
    shutil.copytree(made.output, made.root / "live")
    return made


def both(site):
    """The groups of both ways to compare, each with titles."""
    reports = [diff(site.request()), diff(site.request(), site.root / "live")]
    return [
        {group: [change.title for change in report.of(group)] for group in Group if report.of(group)}
        for report in reports
    ]


def live(site):
    """The comparison with the folder."""
    return diff(site.request(), site.root / "live")


def test_nothing_changed(news):
    """A site as it was recorded differs in nothing."""
    assert both(news) == [{}, {}]
    assert live(news).feeds == []
    assert live(news).exit_code() == 0


def test_a_new_story(news):
    """It is new, its neighbour is not updated, and feeds have one new item."""
    news.add("content/posts/snow.md", post("Snow falls", "2026-03-01 10:00", id="s1", section="Town"))
    assert both(news) == [{Group.NEW: ["Snow falls"]}, {Group.NEW: ["Snow falls"]}]
    feed = next(feed for feed in live(news).feeds if feed.path == "feed.xml")
    assert (feed.new, feed.updated, feed.dropped, feed.resent) == (("Snow falls",), (), (), ())


def test_an_updated_story(news):
    """Another text is seen in the folder; another headline by the ledger, too."""
    news.edit("content/posts/vote.md", FILES["content/posts/vote.md"].replace("It voted.", "It voted twice."))
    assert both(news) == [{}, {Group.UPDATED: ["Council votes"]}]
    assert next(feed for feed in live(news).feeds if feed.path == "feed.xml").updated == ("Council votes",)


def test_a_moved_story(news):
    """A new slug is a move, from the old address to the new one."""
    news.edit("content/posts/vote.md", FILES["content/posts/vote.md"].replace("id: v1", "id: v1\nslug: ballot"))
    assert both(news) == [{Group.MOVED: ["Council votes"]}] * 2
    change = live(news).of(Group.MOVED)[0]
    assert (change.old, change.url) == ("/2026/02/vote/", "/2026/02/ballot/")
    assert live(news).exit_code() == 0


def test_a_withdrawn_story(news):
    """What is taken back in the open is no error."""
    news.edit("content/posts/vote.md", FILES["content/posts/vote.md"].replace("id: v1", "id: v1\nstatus: withdrawn"))
    assert both(news) == [{Group.WITHDRAWN: ["Council votes"]}] * 2
    assert live(news).exit_code() == 0


def test_a_vanished_story(news):
    """What is gone without a word is an error."""
    news.remove("content/posts/vote.md")
    assert both(news) == [{Group.VANISHED: ["Council votes"]}] * 2
    assert "stories" not in live(news).files
    assert live(news).exit_code() == 1


def test_a_changed_id_is_sent_again(news):
    """Another id at the same address is an error in both comparisons."""
    news.edit("content/posts/vote.md", FILES["content/posts/vote.md"].replace("id: v1", "id: v2"))
    assert both(news) == [{Group.RESENT: ["Council votes"]}] * 2
    report = live(news)
    assert {feed.path for feed in report.feeds if feed.resent} >= {"feed.xml", "atom.xml", "feed.json"}
    assert report.exit_code() == 1


def test_warnings_of_the_build_are_not_repeated(news):
    """Comparison and ledger tell errors of the build; its warnings are told by itself, or with `-v`."""
    news.edit("site.toml", (news.root / "site.toml").read_text() + '[sections]\ntown = "Town"\n')
    for command in (["diff"], ["ledger"], ["ledger", "record"]):
        quiet, whole = (dateline(*command, "-s", news.root, "--now", NOW.isoformat(), *more) for more in ([], ["-v"]))
        assert "is not in [sections]" not in quiet.err
        assert "is not in [sections]" in whole.err
    page = news.root / "page.html"
    dateline("diff", "-s", news.root, "--now", NOW.isoformat(), "--html", page)
    assert "Nothing is wrong." in page.read_text()


def test_an_item_drops_off_the_end(site):
    """A feed that is full loses its oldest item; nothing of that is an error."""
    made = site({"site.toml": 'title = "T"\nbase_url = "https://example.org"\n[feeds]\nitems = 2\n', **FILES})
    keep(made)
    shutil.copytree(made.output, made.root / "live")
    made.add("content/posts/snow.md", post("Snow falls", "2026-03-01 10:00", id="s1", section="Town"))
    report = live(made)
    assert next(feed for feed in report.feeds if feed.path == "feed.xml").dropped == ("Ferry ends",)
    assert report.exit_code() == 0
    made.edit("content/posts/bridge.md", FILES["content/posts/bridge.md"].replace("2026-01-02", "2026-01-29"))
    made.remove("content/posts/snow.md")
    assert next(feed for feed in live(made).feeds if feed.path == "feed.xml").dropped == ("Ferry ends",)
    assert "Bridge opens" in next(feed for feed in live(made).feeds if feed.path == "feed.xml").resent


@pytest.mark.parametrize(
    ("planted", "what"),
    [
        (post("Hint", "2026-03-01 10:00", f"So: {SECRET}."), "its text"),
        (post("Hint", "2026-03-01 10:00", "Read: Mayor resigns in tears."), "its title"),
        (post("Hint", "2026-03-01 10:00", "At https://example.org/2026/12/mayor/ soon."), "its address"),
    ],
)
def test_a_leak_is_found(news, planted, what):
    """What a public story tells of one that is to come is an error, with its file."""
    news.add("content/posts/mayor/index.md", post("Mayor resigns in tears", "2026-12-24 10:00", f"{SECRET}."))
    assert live(news).leaks == []
    news.add("content/posts/hint.md", planted)
    report = live(news)
    assert (what, "2026/03/hint/index.html") in {(leak.what, leak.path) for leak in report.leaks}
    assert report.exit_code() == 1


def test_a_file_that_leaks_is_found(news):
    """A picture of a story to come that lies in the open is found by its bytes."""
    news.add("content/posts/mayor/index.md", post("Mayor resigns", "2026-12-24 10:00"))
    news.add("content/posts/mayor/tears.bin", b"tears")
    news.add("content/open.bin", b"tears")
    assert [leak.path for leak in live(news).leaks] == ["open.bin"]


def test_lists_and_feeds_that_go_are_named(news):
    """A section under another name leaves a dead list and dead feeds: a warning says which, and where a way out is."""
    news.edit("content/posts/vote.md", FILES["content/posts/vote.md"].replace("Town", "City"))
    assert {"/town/", "/town/feed.xml", "/town/atom.xml", "/town/feed.json"} == {*live(news).dead}
    page = news.root / "changes.html"
    asked = ("diff", "-s", news.root, "-j", 1, "--now", NOW.isoformat(), "--against", news.root / "live")
    said = dateline(*asked, "--html", page)
    assert html.fromstring(page.read_text("utf-8")).xpath("//h2[@id='files']/following::li[1]/text()") == ["/town/"]
    assert "warning: lists or feeds are there no longer: /town/, /town/atom.xml, /town/feed.json, " in said.err
    assert said.code == 0


def test_what_the_ledger_cannot_tell_is_said(news):
    """It has no texts and no lists, so a comparison with it never says that nothing changes for readers."""
    news.edit("content/posts/ferry.md", FILES["content/posts/ferry.md"].replace("It ended.", "It goes on."))
    page = news.root / "changes.html"
    said = dateline("diff", "-s", news.root, "-j", 1, "--now", NOW.isoformat(), "--html", page)
    assert said.out.splitlines()[1:] == [
        "  no story is new, moved, gone or under another headline",
        "  not compared: texts, lists and feeds; `dateline diff --against DIR` does so, with a copy of what is public",
    ]
    assert "not compared: texts, lists and feeds" in page.read_text("utf-8")
    whole = dateline("diff", "-s", news.root, "-j", 1, "--now", NOW.isoformat(), "--against", news.root / "live")
    assert ("updated: 1" in whole.out, "not compared" in whole.out) == (True, False)


def test_the_command(news):
    """Text, JSON and a page tell the same; the page is whole and names its parts."""
    news.add("content/posts/snow.md", post("Snow <falls>", "2026-03-01 10:00", id="s1", section="Town"))
    page = news.root / "changes.html"
    arguments = ("diff", "-s", news.root, "-j", 1, "--now", NOW.isoformat(), "--against", news.root / "live")
    said = dateline(*arguments, "--html", page)
    assert said.code == 0
    assert "  new: 1 (not public before)\n    /2026/03/snow/ 'Snow <falls>'" in said.out
    data = json.loads(dateline(*arguments, "--format", "json").out)
    assert data["passed"] is True
    assert [story["url"] for story in data["stories"]["new"]] == ["/2026/03/snow/"]
    tree = html.fromstring(page.read_text("utf-8"))
    assert tree.get("lang") == "en"
    assert not tree.xpath("//script | //link | //img | //@src")
    assert tree.xpath("//h2[@id='group-new']/following-sibling::ul[1]/li/text()") == ["/2026/03/snow/ 'Snow <falls>'"]
    assert tree.xpath("//table[1]//th[@scope='row']/text()") == list(Group)


def test_what_is_alike_is_told_once(news):
    """A leak names all files in which it shows; feeds that change alike stand together, their items out of the way."""
    news.add("content/posts/mayor.md", post("Mayor resigns in tears", "2026-12-24 10:00"))
    news.add("content/posts/hint.md", post("Hint", "2026-03-01 10:00", "Read: Mayor resigns in tears.", section="Town"))
    page = news.root / "changes.html"
    said = dateline(
        "diff", "-s", news.root, "-j", 1, "--now", NOW.isoformat(), "--against", news.root / "live", "--html", page
    )
    [line] = [line for line in said.err.splitlines() if "its title shows in" in line]
    assert line.startswith("error: content/posts/mayor.md is scheduled for later, and its title shows in 2026/03/01/")
    assert "town/feed.xml" in line
    tree = html.fromstring(page.read_text("utf-8"))
    assert len(tree.xpath("//h2[@id='wrong']/following-sibling::ul[1]/li")) == 1
    feeds = {details.xpath("string(summary)"): details.xpath("ul/li/text()") for details in tree.xpath("//details")}
    together = "atom.xml, feed.json, feed.xml, town/atom.xml, town/feed.json, town/feed.xml: 1 new"
    assert feeds == {together: ["new: Hint"]}


def test_bad_input_is_told(news):
    """A folder that is not there, one that holds no page, or the one that is built, is refused."""
    for name, cause in (("nowhere", "there is no folder"), ("content", "content holds no page of a built site")):
        said = dateline("diff", "-s", news.root, "--against", news.root / name)
        assert (said.code, cause in said.err) == (2, True)
    with pytest.raises(UsageError, match="nothing would differ"):
        diff(news.request(), news.output)

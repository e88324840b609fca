"""What was published stays: old addresses lead on, identities are kept, and nothing goes without a word."""

import datetime as dt
import json
import subprocess
import time

import pytest
from books import guids, items, keep, request
from desk import clean_tree, tree
from shell import dateline
from support import NOW, SiteFixture, messages, post

from generator import ledger
from generator.build.record import account
from generator.errors import LedgerError
from generator.model.ledger import LEDGER, Item


@pytest.fixture
def news(tmp_path):
    """Three stories and a page, one story with an id of its own; recorded."""
    site = SiteFixture(
        tmp_path / "site",
        {
            "content/posts/bridge.md": post("Bridge opens", id="bridge1"),
            "content/posts/ferry.md": post("Ferry ends", "2026-01-03 10:00"),
            "content/posts/vote.md": post("Council votes", "2026-02-01 10:00"),
            "content/pages/about.md": "---\ntitle: About\n---\n\nWe.\n",
        },
    )
    keep(site)
    return site


def move(site, old, new):
    """Rename a file."""
    (site.root / new).parent.mkdir(parents=True, exist_ok=True)
    (site.root / old).rename(site.root / new)


def leads(site, old, new):
    """Whether a redirect page at an old address leads to a new one."""
    return f"https://example.org{new}" in site.page(f"{old.strip('/')}/index.html")


def same_as_clean(site, **options):
    """Whether the output is that of a clean build."""
    return tree(site.output) == clean_tree(site, **options)


def git(site, *arguments):
    """One git command in the site's folder."""
    author = ["-c", "user.email=a@example.org", "-c", "user.name=A"]
    done = subprocess.run(["git", *author, *arguments], cwd=site.root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def save(site, words):
    """Record and commit."""
    keep(site)
    git(site, "add", "-A")
    git(site, "commit", "-q", "-m", words)


def test_without_a_ledger_nothing_is_asked(tmp_path):
    """A site that never recorded anything may lose stories without a word."""
    site = SiteFixture(tmp_path / "site", {"content/posts/a.md": post("A"), "content/posts/b.md": post("B")})
    site.build()
    site.remove("content/posts/a.md")
    assert messages(site.build()) == []


def test_the_file(news):
    """A line with the version, then a line for each item in the order of ids, keys sorted; and it is not published."""
    data = (news.root / LEDGER).read_text()
    lines = data.splitlines()
    assert lines[0] == '{"!dateline-ledger":1}'
    assert sorted(lines) == [lines[0], *sorted(lines[1:])]
    found = [json.loads(line) for line in lines[1:]]
    assert [item["id"] for item in found] == sorted(item["id"] for item in found)
    assert all(list(item) == ["aliases", "date", "id", "source", "state", "title", "url"] for item in found)
    assert '"date":"2026-01-02T10:00:00Z","id":"bridge1","source":"content/posts/bridge.md","state":"live"' in data
    assert not list(news.output.rglob("ledger*"))
    assert messages(news.build()) == []


def test_recording_twice_writes_once(news):
    """A ledger that is right is not touched."""
    before = (news.root / LEDGER).stat().st_mtime_ns
    assert keep(news).changes == ()
    assert (news.root / LEDGER).stat().st_mtime_ns == before


def test_no_op_build_reads_no_ledger(news, monkeypatch):
    """Where nothing changed, the ledger is not even decoded."""
    time.sleep(0.05)  # files that changed a moment ago are always looked at
    news.build()
    monkeypatch.setattr(ledger, "read", None)
    assert news.build().rendered == {}


@pytest.mark.parametrize("name", ["bridge", "ferry"])
def test_rename_keeps_address_and_identity(news, name):
    """A file that moves with its address keeps its identity, whether it writes an id or not."""
    before = guids(news)
    move(news, f"content/posts/{name}.md", f"content/posts/2026/01/{name}.md")
    assert messages(news.build()) == []
    assert guids(news) == before
    assert same_as_clean(news)
    keep(news)
    assert messages(news.build()) == []
    assert guids(news) == before
    assert len(items(news)) == 4


def test_rename_with_an_id_makes_a_redirect(news):
    """Under another name the story has another address, and the old one leads there."""
    before = guids(news)
    move(news, "content/posts/bridge.md", "content/posts/bridge-opens.md")
    assert messages(news.build()) == []
    assert leads(news, "/2026/01/bridge/", "/2026/01/bridge-opens/")
    assert guids(news) == before
    assert same_as_clean(news)
    keep(news)
    assert items(news)["Bridge opens"].aliases == ("/2026/01/bridge/",)
    move(news, "content/posts/bridge-opens.md", "content/posts/open.md")
    news.build()
    assert leads(news, "/2026/01/bridge/", "/2026/01/open/")
    assert leads(news, "/2026/01/bridge-opens/", "/2026/01/open/")
    move(news, "content/posts/open.md", "content/posts/bridge.md")
    news.build()
    assert leads(news, "/2026/01/bridge-opens/", "/2026/01/bridge/")
    assert same_as_clean(news)


def test_rename_without_id_and_with_an_alias(news):
    """The alias says which story it is, so it keeps its identity."""
    before = guids(news)
    news.remove("content/posts/ferry.md")
    news.add("content/posts/no-more-ferry.md", post("Ferry ends", "2026-01-03 10:00", aliases="[/2026/01/ferry/]"))
    assert messages(news.build()) == []
    assert guids(news) == before
    assert leads(news, "/2026/01/ferry/", "/2026/01/no-more-ferry/")
    assert same_as_clean(news)


def test_without_its_ledger_a_story_has_its_own_name_again(news):
    """An identity that only the ledger knew goes with the ledger, in the next build too and not only in a clean one."""
    move(news, "content/posts/ferry.md", "content/posts/2026/01/ferry.md")
    news.build()
    known = guids(news)
    news.remove(LEDGER)
    news.build()
    assert guids(news) != known
    assert same_as_clean(news)


def test_rename_without_id_is_told_with_the_id(news):
    """Without alias or id nobody can know, but a guess is made from the date."""
    identity = items(news)["Ferry ends"].id
    move(news, "content/posts/ferry.md", "content/posts/no-more-ferry.md")
    (problem,) = messages(news.build())
    assert f"'Ferry ends' was published at /2026/01/ferry/ and is gone: no article has its id, '{identity}'" in problem
    assert f"if it is now content/posts/no-more-ferry.md, write `id: {identity}` into that" in problem
    assert problem.startswith(f"{LEDGER}:")
    news.edit("content/posts/no-more-ferry.md", post("Ferry ends", "2026-01-03 10:00", id=identity))
    assert messages(news.build()) == []
    assert leads(news, "/2026/01/ferry/", "/2026/01/no-more-ferry/")


def test_a_new_file_at_an_old_path_is_another_story(news):
    """Where a story without id has gone to another path, a new one at its path gets an id of its own."""
    identity = items(news)["Ferry ends"].id
    move(news, "content/posts/ferry.md", "content/posts/2026/ferry.md")
    keep(news)
    news.add("content/posts/ferry.md", post("Another ferry", "2026-05-01 10:00"))
    assert messages(news.build()) == []
    keep(news)
    assert items(news)["Ferry ends"].id == identity
    assert items(news)["Another ferry"].id != identity
    assert same_as_clean(news)


def test_the_whole_archive_moves(news):
    """With another permalink pattern every old address leads to its story."""
    old = {title: item.url for title, item in items(news).items()}
    news.edit("site.toml", 'title = "T"\nbase_url = "https://example.org"\npermalink = "/{slug}/"\n')
    assert messages(news.build()) == []
    for title, slug in (("Bridge opens", "bridge"), ("Ferry ends", "ferry"), ("Council votes", "vote")):
        assert leads(news, old[title], f"/{slug}/")
    assert same_as_clean(news)
    keep(news)
    news.edit("site.toml", 'title = "T"\nbase_url = "https://example.org"\npermalink = "/{year}/{slug}.html"\n')
    assert messages(news.build()) == []
    assert "https://example.org/2026/ferry.html" in news.page("ferry/index.html")
    assert "https://example.org/2026/ferry.html" in news.page("2026/01/ferry/index.html")
    assert same_as_clean(news)


def test_withdrawn(news):
    """What is withdrawn in the open says so at its address; once that is recorded its file may go."""
    news.edit("content/posts/bridge.md", post("Bridge opens", id="bridge1", status="withdrawn"))
    assert messages(news.build()) == []
    assert "This story was withdrawn" in news.page("2026/01/bridge/index.html")
    assert [change.what for change in keep(news).changes] == ["withdrawn"]
    news.remove("content/posts/bridge.md")
    assert messages(news.build()) == []
    assert "This story was withdrawn" in news.page("2026/01/bridge/index.html")
    news.add("content/posts/bridge.md", post("Bridge opens", id="bridge1"))
    assert [change.what for change in keep(news).changes] == ["public again"]


@pytest.mark.parametrize(("status", "what"), [("draft", "is a draft now"), ("published", "is scheduled now")])
def test_taken_back_unsaid(news, status, what):
    """A published story that becomes a draft, or is put off, is told with its line."""
    date = "2027-01-02 10:00" if status == "published" else "2026-01-02 10:00"
    news.edit("content/posts/bridge.md", post("Bridge opens", date, id="bridge1", status=status))
    (problem,) = news.build().problems
    assert problem.path == "content/posts/bridge.md"
    assert problem.line == (5 if status == "draft" else 3)
    assert what in problem.cause


def test_vanished(news):
    """A story that is gone is an error with its line in the ledger; --allow-vanished makes it a warning."""
    news.remove("content/posts/bridge.md")
    report = news.build()
    (problem,) = messages(report)
    assert report.exit_code() == 1
    number = [json.loads(line).get("id") for line in (news.root / LEDGER).read_text().splitlines()].index("bridge1") + 1
    assert problem.startswith(f"{LEDGER}:{number}: error: 'Bridge opens' was published at /2026/01/bridge/ and is gone")
    assert "status: withdrawn" in problem
    assert "aliases: [/2026/01/bridge/]" in problem
    report = news.build(allow_vanished=True)
    assert report.exit_code() == 0
    assert "warning: 'Bridge opens'" in messages(report)[0]
    assert news.build().exit_code() == 1
    keep(news)
    assert "Bridge opens" in items(news)


def test_a_story_becomes_part_of_another(news):
    """An alias of another story takes the place of one that is gone, with all addresses that it had."""
    move(news, "content/posts/bridge.md", "content/posts/open.md")
    keep(news)
    news.remove("content/posts/open.md")
    news.edit("content/posts/vote.md", post("Council votes", "2026-02-01 10:00", aliases="[/2026/01/open/]"))
    assert messages(news.build()) == []
    assert leads(news, "/2026/01/open/", "/2026/02/vote/")
    assert leads(news, "/2026/01/bridge/", "/2026/02/vote/")
    assert same_as_clean(news)
    keep(news)
    news.edit("content/posts/vote.md", post("Council votes", "2026-02-01 10:00"))
    assert messages(news.build()) == []
    assert leads(news, "/2026/01/bridge/", "/2026/02/vote/")


def test_broken_article_is_told_once(news):
    """A story with an error is not told a second time as one that vanished."""
    news.edit("content/posts/bridge.md", "---\ntitle: Bridge\ndate: soon\n---\n")
    assert len(news.build().problems) == 1


def test_changed_id(news):
    """Another id at the same address is an error with the line of the id and the old one."""
    news.edit("content/posts/bridge.md", post("Bridge opens", id="other"))
    (problem,) = messages(news.build())
    assert problem.startswith("content/posts/bridge.md:4: error: had the id 'bridge1' when it was published, and now")
    assert "write `id: bridge1` into it" in problem
    with pytest.raises(LedgerError, match="bridge1"):
        keep(news)


def test_changed_date(news):
    """Another date of first publication is an error with its line, until the ledger says so too."""
    news.edit("content/posts/bridge.md", post("Bridge opens", "2026-01-02 10:01", id="bridge1"))
    (problem,) = messages(news.build())
    assert problem.startswith(
        "content/posts/bridge.md:3: error: was first published on 2026-01-02 10:00:00+00:00, and now its date is "
        "2026-01-02 10:01:00+00:00"
    )
    with pytest.raises(LedgerError):
        keep(news)
    data = (news.root / LEDGER).read_text().replace("2026-01-02T10:00:00Z", "2026-01-02T10:01:00Z")
    news.edit(LEDGER, data)
    assert messages(news.build()) == []


@pytest.mark.parametrize("gone", [False, True])
def test_reused_address(news, gone):
    """A new story at an address that another has had is an error that names both."""
    move(news, "content/posts/bridge.md", "content/posts/open.md")
    keep(news)
    if gone:
        news.remove("content/posts/open.md")
    news.add("content/posts/new.md", post("New bridge", "2026-01-20", slug="open" if gone else "bridge"))
    found = messages(news.build())
    assert len(found) == 1
    assert found[0].startswith("content/posts/new.md:4: error: has the address /2026/01/")
    assert "which was that of 'Bridge opens' (content/ledger.jsonl:" in found[0]
    assert same_as_clean(news)
    with pytest.raises(LedgerError, match="which was that of"):
        keep(news)


def test_an_old_address_that_a_list_takes(news):
    """A page of a list at an old address is told, since the redirect cannot be there."""
    news.edit("content/posts/bridge.md", post("Bridge opens", id="bridge1", permalink="/tags/sea/"))
    keep(news)
    news.edit("content/posts/bridge.md", post("Bridge opens", id="bridge1"))
    assert messages(news.build()) == []
    news.edit("content/posts/vote.md", post("Council votes", "2026-02-01 10:00", tags="[Sea]"))
    (problem,) = messages(news.build())
    assert "the former address /tags/sea/ of content/posts/bridge.md" in problem
    assert same_as_clean(news)


@pytest.mark.parametrize(
    ("broken", "line", "words"),
    [
        ('{"id": "x"', 2, "broken line"),
        ('{"id":"x","url":"/a/","colour":"red"}', 2, "broken line"),
        ('{"id":"x","url":"/../a/"}', 2, "no address of a page"),
        ('{"id":"x","url":"/a/","date":"2026-01-01T10:00:00"}', 2, "broken line"),
        ("<<<<<<< HEAD", 2, "a conflict that a merge left: <<<<<<<"),
        ("=======", 2, "a conflict that a merge left: ======="),
        ('{"!dateline-ledger":2}', 2, "is a ledger of version 2, and this Dateline knows version 1 only"),
    ],
)
def test_broken_ledger(news, broken, line, words):
    """A line that cannot be read stops build and record with file and line; nothing is written, nothing is lost."""
    text = (news.root / LEDGER).read_text()
    head, _, rest = text.partition("\n")
    news.edit(LEDGER, f"{head}\n{broken}\n{rest}")
    before, data = tree(news.output), (news.root / LEDGER).read_bytes()
    for call in (news.build, lambda: keep(news)):
        with pytest.raises(LedgerError) as error:
            call()
        assert f"{LEDGER}:{line}: error:" in str(error.value)
        assert words in str(error.value)
        assert error.value.exit_code == 1
    assert tree(news.output) == before
    assert (news.root / LEDGER).read_bytes() == data
    news.edit(LEDGER, text)
    assert messages(news.build()) == []


def test_all_broken_lines_are_told_at_once(news):
    """Each broken line is named in one run; so is a ledger without its first line."""
    lines = (news.root / LEDGER).read_text().splitlines()
    news.edit(LEDGER, "\n".join([*lines[1:], "x", "y"]) + "\n")
    with pytest.raises(LedgerError) as error:
        news.build()
    assert [problem.line for problem in error.value.problems] == [1, 5, 6]


def test_two_branches(news):
    """Two people move, publish and retitle on branches of their own; git merges both, and no address is lost."""
    news.add(".gitattributes", "content/ledger.jsonl merge=union\n")
    news.add(".gitignore", "/output/\n/.dateline/\n")
    git(news, "init", "-q", "-b", "main")
    save(news, "one")
    git(news, "checkout", "-q", "-b", "other")
    move(news, "content/posts/bridge.md", "content/posts/theirs.md")
    news.add("content/posts/b.md", post("B", "2026-03-02", id="bbb"))
    save(news, "theirs")
    git(news, "checkout", "-q", "main")
    text = (news.root / "content/posts/bridge.md").read_text()
    news.edit("content/posts/bridge.md", text.replace("id: bridge1", "id: bridge1\nslug: ours"))
    news.add("content/posts/a.md", post("A", "2026-03-01", id="aaa"))
    save(news, "ours")
    git(news, "merge", "-q", "-m", "both", "other")
    assert (news.root / LEDGER).read_text().count('"bridge1"') == 2
    assert messages(news.build()) == []
    assert leads(news, "/2026/01/bridge/", "/2026/01/ours/")
    assert leads(news, "/2026/01/theirs/", "/2026/01/ours/")
    keep(news)
    assert (news.root / LEDGER).read_text().count('"bridge1"') == 1
    assert items(news)["Bridge opens"].aliases == ("/2026/01/bridge/", "/2026/01/theirs/")
    assert {"A", "B"} <= items(news).keys()


def test_feeds_and_pages_of_a_merged_ledger(news):
    """Line ends of Windows, a mark of UTF-8, blank lines and any order of lines do no harm."""
    lines = (news.root / LEDGER).read_text().splitlines()
    news.edit(LEDGER, b"\xef\xbb\xbf" + "\r\n".join([*reversed(lines), "", lines[0], lines[1]]).encode())
    assert messages(news.build()) == []
    keep(news)
    assert (news.root / LEDGER).read_text().splitlines() == lines


def test_show_tells_what_is_recorded_and_what_would_be(news):
    """Nothing is written by looking; what differs is told in words."""
    move(news, "content/posts/bridge.md", "content/posts/open.md")
    news.add("content/posts/new.md", post("New", "2026-03-01", id="nnn"))
    data = (news.root / LEDGER).read_bytes()
    shown = account(request(news))
    told = {change.item.id: change.what for change in shown.changes}
    assert told == {"nnn": "new", "bridge1": "moved from /2026/01/bridge/; was content/posts/bridge.md"}
    result = dateline("ledger", "-s", news.root, "--now", NOW.isoformat())
    assert result.code == 0, result.err
    assert "content/ledger.jsonl: 4 items" in result.out
    assert "nnn /2026/03/new/ 'New': new" in result.out
    assert (news.root / LEDGER).read_bytes() == data
    result = dateline("ledger", "record", "-s", news.root, "--now", NOW.isoformat())
    assert result.code == 0, result.err
    assert "wrote content/ledger.jsonl: 5 items; commit it with the articles" in result.out
    result = dateline("ledger", "record", "-s", news.root, "--now", NOW.isoformat())
    assert "content/ledger.jsonl is right already: 5 items" in result.out


def test_command_line_of_a_vanished_story(news):
    """`build` fails where a story vanished; with --allow-vanished it warns and exits with 0."""
    news.remove("content/posts/bridge.md")
    at = ("-s", news.root, "--now", NOW.isoformat())
    assert dateline("build", *at).code == 1
    allowed = dateline("build", *at, "--allow-vanished")
    assert allowed.code == 0
    assert "warning: 'Bridge opens' was published" in allowed.err


def test_drafts_and_scheduled_stories_are_not_recorded(news):
    """Only what readers can find is written down, whatever the flags."""
    news.add("content/posts/draft.md", post("Draft", status="draft", id="ddd"))
    news.add("content/posts/later.md", post("Later", "2027-01-01", id="lll"))
    keep(news, drafts=True, future=True)
    assert {"Draft", "Later"}.isdisjoint(items(news))


def test_aliases_that_lost_their_address_are_not_recorded(news):
    """An alias that a page of the site keeps for itself never led anywhere."""
    news.edit("content/posts/bridge.md", post("Bridge opens", id="bridge1", aliases="[/2026/01/, /old/]"))
    keep(news)
    assert items(news)["Bridge opens"].aliases == ("/old/",)


def test_expired_stories_are_gone_in_the_open(news):
    """A story whose `expires` has passed is not told as vanished."""
    news.edit("content/posts/bridge.md", post("Bridge opens", id="bridge1", expires="2026-05-01"))
    assert messages(news.build()) == []


def test_large_ledger_is_read_quickly():
    """A ledger of 100,000 lines is read by the quick way; a slow machine has ten times the time that it takes."""
    first = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    many = [Item(id=f"id{n:08}", url=f"/2026/01/story-{n}/", date=first, title=f"Story {n}") for n in range(100_000)]
    data = ledger.dump(many)
    began = dt.datetime.now(dt.UTC)
    assert len(ledger.read(data).items) == 100_000
    assert (dt.datetime.now(dt.UTC) - began).total_seconds() < 10

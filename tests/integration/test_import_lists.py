"""Feeds, tables and front pages come in as several posts, once."""

import pytest
from shell import dateline
from support import NOW, REPOSITORY, SiteFixture

from generator.importer import ImportRequest, Outcome, run

FIXTURES = REPOSITORY / "tests/fixtures"
SOURCES = ("lists/rss-2.xml", "lists/atom-1.xml", "lists/feed.json", "lists/list.opml", "raw/en-front-blogger.txt")


def imported(site):
    """Import all sources into a site."""
    inputs = tuple(str(FIXTURES / name) for name in SOURCES)
    return run(ImportRequest(root=site.root, inputs=inputs, now=NOW))


def test_every_item_becomes_a_post_once(tmp_path):
    """Each item of each source is a post with its old id; the second time nothing changes."""
    site = SiteFixture(tmp_path / "site")
    first = imported(site)
    assert first.tally.outcomes() == {Outcome.WRITTEN: 11, Outcome.FAILED: 3}
    assert all("cannot be imported" in article.problems[0].cause for article in first.articles if not article.path)
    text = (site.root / "content/posts/2023/05/ferry.md").read_text("utf-8")
    assert "\nid: tag:ellery.example,2023:post-17\n" in text
    assert imported(site).tally.outcomes() == {Outcome.UNCHANGED: 11, Outcome.FAILED: 3}


def test_a_person_says_what_columns_are(tmp_path):
    """`--map` names the columns whose names do not; a pair without `=` is told before anything is read."""
    site = SiteFixture(tmp_path / "site")
    table = tmp_path / "table.csv"
    table.write_text("Zeile;Wann;Inhalt\nDer Damm hält;2021-03-05;Er hält.\n", "utf-8")
    command = ("import", "-q", "-s", site.root, table)
    assert dateline(*command, "--map", "Zeile=title", "--map", "Wann=date", "--map", "Inhalt=text").code == 0
    (post,) = (site.root / "content").rglob("*.md")
    assert post.read_text("utf-8").endswith("\n\nEr hält.\n")
    assert "title: Der Damm hält\ndate: 2021-03-05\n" in post.read_text("utf-8")
    said = dateline(*command, "--map", "Zeile")
    assert said.code == 2
    assert "'Zeile' is not COLUMN=KEY" in said.err


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("t.csv", 'title,date,text\nDam holds,2021-03-05,"It\nholds."\nFerry late,,It is late.\n'),
        (
            "t.jsonl",
            '{"title": "Dam holds", "date": "2021-03-05", "text": "x"}\n\n\n{"title": "Ferry late", "text": "y"}\n',
        ),
    ],
)
def test_what_is_wrong_with_a_row_names_its_line(tmp_path, name, table):
    """A row that cannot be a post is told with the line on which it begins."""
    (tmp_path / name).write_text(table, "utf-8")
    site = SiteFixture(tmp_path / "site")
    report = run(ImportRequest(root=site.root, inputs=(str(tmp_path / name),), now=NOW))
    assert [item.outcome for item in report.articles] == [Outcome.WRITTEN, Outcome.FAILED]
    (told,) = report.problems
    assert (told.path, told.line, told.cause) == (str(tmp_path / name), 4, "'Ferry late' has no date")

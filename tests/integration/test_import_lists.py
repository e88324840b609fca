"""Feeds, tables and front pages come in as several posts, once."""

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
    assert {article.outcome for article in first.articles} == {Outcome.WRITTEN}
    assert len(first.articles) == 10
    text = (site.root / "content/posts/2023/05/ferry.md").read_text("utf-8")
    assert "\nid: tag:ellery.example,2023:post-17\n" in text
    assert {article.outcome for article in imported(site).articles} == {Outcome.UNCHANGED}

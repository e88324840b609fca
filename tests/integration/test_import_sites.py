"""A whole site of another generator moves in: addresses, identities, pictures and links come along."""

import shutil
from urllib.parse import unquote, urlsplit

import pytest
from support import NOW, REPOSITORY, SiteFixture

from generator import content, scaffold
from generator.content import placeholder
from generator.importer import ImportRequest, run

FIXTURES = REPOSITORY / "tests" / "fixtures" / "sites"


@pytest.fixture
def moved(tmp_path):
    """A maker of a site into which that of a generator was imported: the site and the report."""

    def make(name):
        site = SiteFixture(tmp_path / "site")
        shutil.copytree(FIXTURES / name / "site", tmp_path / "old")
        return site, lambda: run(ImportRequest(root=site.root, inputs=(str(tmp_path / "old"),), now=NOW))

    return make


@pytest.mark.parametrize(
    ("name", "address", "identity"),
    [
        ("hugo", "2022/01/pass-closed/", "https://kesten.example/2022/01/pass-closed/"),
        ("zola", "blog/river/", "https://ostmark.example/blog/river/"),
        (
            "pelican",
            "2018/04/frost-in-the-orchards/",
            "tag:lowweald.example,2018-04-20:/2018/04/frost-in-the-orchards/",
        ),
        ("nikola", "news/bakery-opens/", "https://harrowgate.example/news/bakery-opens/"),
        ("eleventy", "news/heron/", "https://fen.example/news/heron/"),
        (
            "jekyll",
            "courier/transport/harbour/2021/03/05/ferry-timetable/",
            "https://marrowbay.example/courier/transport/harbour/2021/03/05/ferry-timetable",
        ),
    ],
)
def test_addresses_and_identities_stay(moved, name, address, identity):
    """A story is where it was, and the feed knows it as the old feed did; a second import changes nothing."""
    site, again = moved(name)
    public = [item for item in again().articles if item.path and item.kind != "draft" and "later" not in item.path]
    old = [unquote(urlsplit(item.url).path) for item in public]
    site.build()
    output = site.tree()
    assert [path for path in old if not {f"{path[1:]}index.html", path[1:]} & set(output)] == []
    page = site.page(f"{address}index.html")
    assert "<article" in page
    assert "First published by" not in page  # it was on the publisher's own site
    assert identity in site.page("feed.xml")
    before = {path: path.read_bytes() for path in (site.root / "content").rglob("*") if path.is_file()}
    assert {item.outcome for item in again().articles if item.path} == {"unchanged"}
    assert {path: path.read_bytes() for path in (site.root / "content").rglob("*") if path.is_file()} == before


def test_links_between_articles_become_ours(moved):
    """A reference to a public article of the import leads to it by its file or id; its pictures lie in content/."""
    site, again = moved("hugo")
    report = again()
    path = next(item.path for item in report.articles if item.title == "Snow closes the pass")
    body = content.parse((site.root / path).read_bytes(), path).document.body
    assert "(https://kesten.example/town/fair/)" not in body
    assert "the bundle](id:" in body or "fair.md)" in body
    assert (site.root / "content/images/2022/01/pass.png").is_file()
    assert [left.kind for left in report.skipped] == ["section page", "section page", "resource", "page", "page"]


JEKYLL = {
    "_config.yml": "title: Tide\nurl: https://tide.example\nbaseurl: /blog\npermalink: /:year/:title/\n",
    "_posts/2018-04-02-crossing.md": "---\ntitle: Crossing\n---\n\nThe first one.\n",
    "about-us.md": "---\ntitle: Who we are\npermalink: /about/\n---\n\nBuilt in 1961.\n",
}


@pytest.fixture
def begun(tmp_path):
    """A site as `init` makes it, and a Jekyll site that was below a path: the site, and its import."""
    scaffold.init(tmp_path / "site", "Tide")
    for name, text in JEKYLL.items():
        (tmp_path / "old" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "old" / name).write_text(text)
    site = SiteFixture(tmp_path / "site", {"content/posts/.gitkeep": ""})

    def again(**values):
        return run(ImportRequest(root=site.root, inputs=(str(tmp_path / "old"),), now=NOW, **values))

    return site, again


def test_a_site_below_a_path(begun):
    """Who sets the base URL that is proposed is told to import once more; then every address is what it was."""
    site, again = begun
    site.add("site.toml", 'title = "Tide"\nbase_url = "https://example.org"\n')
    report = again()
    (told,) = report.problems
    assert ("below /blog" in told.cause, "import once more" in told.fix) == (True, True)
    assert 'base_url = "https://tide.example/blog"  # instead of "https://example.org"' in report.proposal
    site.add("site.toml", 'title = "Tide"\nbase_url = "https://tide.example/blog"\n')
    assert list(again().problems) == []
    assert site.build().problems == ()
    assert {"about/index.html", "2018/crossing/index.html"} <= set(site.tree())


@pytest.mark.parametrize(("name", "left"), [("about-us.md", ["about.md"]), ("_posts/2018-04-03-us.md", [])])
def test_the_first_page_gives_way(begun, tmp_path, name, left):
    """The page with which a site begins makes room for an article of its file or address; a dry run leaves it."""
    site, again = begun
    (tmp_path / "old/about-us.md").rename(tmp_path / "old" / name)
    site.add("site.toml", 'title = "Tide"\nbase_url = "https://tide.example/blog"\n')
    page = site.root / "content/pages/about.md"
    again(dry_run=True)
    assert page.read_text("utf-8") == placeholder.TEXT
    assert [item.outcome for item in again().articles] == ["written", "written"]
    assert [file.name for file in (site.root / "content/pages").iterdir()] == left
    assert site.build().problems == ()
    assert "Built in 1961" in site.page("about/index.html")


@pytest.mark.parametrize("change", ["text", "ledger"])
def test_a_first_page_that_is_somebodys_stays(begun, change):
    """A first page that was written, or may have been published, stays with its address."""
    site, again = begun
    site.add("site.toml", 'title = "Tide"\nbase_url = "https://tide.example/blog"\n')
    text = placeholder.TEXT + ("Call us.\n" if change == "text" else "")
    site.add("content/pages/about.md", text)
    if change == "ledger":
        site.add("content/ledger.jsonl", "")
    assert any("had the address /about/" in problem.cause for problem in again().problems)
    assert (site.root / "content/pages/about.md").read_text("utf-8") == text

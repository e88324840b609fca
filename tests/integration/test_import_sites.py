"""A whole site of another generator moves in: addresses, identities, pictures and links come along."""

import shutil
from urllib.parse import unquote, urlsplit

import pytest
from support import NOW, REPOSITORY, SiteFixture

from generator import content
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

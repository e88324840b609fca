"""Feeds and maps before judges that are none of ours: schemas that are published with the formats."""

import copy

import formats
import judges
import pytest
from lxml import etree
from payloads import QUICK, hostile
from support import NOW, REPOSITORY, SiteFixture

from generator import build as pipeline
from generator.build import BuildRequest

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def schema():
    """That of RFC 4287."""
    if not judges.RFC.exists():
        pytest.skip(f"RFC 4287 is not at {judges.RFC} (Debian's package doc-rfc-std-proposed)")
    return judges.atom()


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """The example site, and one with forty payloads in every field."""
    folder = tmp_path_factory.mktemp("feeds")
    pipeline.build(BuildRequest(root=REPOSITORY, output=folder / "example", now=NOW))
    made = SiteFixture(folder / "hostile", hostile(QUICK, "plain"))
    made.build(jobs=2)
    return folder


@pytest.fixture(scope="module")
def feeds(outputs):
    """Every Atom feed."""
    return [etree.parse(path) for path in sorted(outputs.rglob("atom.xml"))]


def test_every_sitemap_is_valid(outputs):
    """By month, of pages, of news; the index over them has a schema of its own, which nobody packs."""
    if not judges.SITEMAPS.exists():
        pytest.skip(f"the schema of sitemaps is not at {judges.SITEMAPS} (Debian's package r-cran-pkgdown)")
    schema = judges.sitemaps()
    maps = [
        path for path in outputs.rglob("*.xml") if path.parent.name == "sitemaps" or path.name == "sitemap-news.xml"
    ]
    assert len(maps) > 20
    for path in maps:
        found = etree.parse(path)
        assert schema.validate(found), schema.error_log
        next(found.iter("{*}loc")).text = "no address"
        assert not schema.validate(found)


def test_every_feed_is_valid(schema, feeds):
    """Of the site, sections, tags, authors, series and corrections."""
    assert len(feeds) > 100
    for feed in feeds:
        assert schema.validate(feed), schema.error_log


BREACHES = {
    "no id": lambda feed: feed.remove(feed.find(f"{ATOM}id")),
    "no title of an entry": lambda feed: feed.find(f"{ATOM}entry").remove(feed.find(f"{ATOM}entry/{ATOM}title")),
    "two titles": lambda feed: feed.append(copy.deepcopy(feed.find(f"{ATOM}title"))),
    "no instant": lambda feed: setattr(feed.find(f"{ATOM}updated"), "text", "yesterday"),
    "an element that Atom has not": lambda feed: etree.SubElement(feed, f"{ATOM}guid"),
    "another type": lambda feed: feed.find(f"{ATOM}entry/{ATOM}title").set("type", "markdown"),
    "a link to nowhere": lambda feed: feed.find(f"{ATOM}link").attrib.pop("href"),
    "an author without a name": lambda feed: etree.SubElement(feed, f"{ATOM}author"),
}


@pytest.mark.parametrize("breach", BREACHES)
def test_our_schema_refuses_what_the_published_one_refuses(schema, feeds, breach):
    """So that machines without the RFC miss little."""
    feed = copy.deepcopy(next(feed for feed in feeds if feed.find(f"{ATOM}entry") is not None))
    BREACHES[breach](feed.getroot())
    assert not schema.validate(feed)
    assert not formats.SCHEMA.validate(feed)

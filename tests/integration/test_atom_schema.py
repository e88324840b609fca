"""Atom feeds before a judge that is none of ours: the schema that RFC 4287 publishes."""

import copy

import formats
import pytest
import rfc
from lxml import etree
from payloads import QUICK, hostile
from support import NOW, REPOSITORY, SiteFixture

from generator import build as pipeline
from generator.build import BuildRequest

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def schema():
    """The published one."""
    if not rfc.RFC.exists():
        pytest.skip(f"RFC 4287 is not at {rfc.RFC} (Debian's package doc-rfc-std-proposed)")
    return rfc.schema()


@pytest.fixture(scope="module")
def feeds(tmp_path_factory):
    """Every Atom feed of the example site and of a site with forty payloads in every field."""
    folder = tmp_path_factory.mktemp("feeds")
    pipeline.build(BuildRequest(root=REPOSITORY, output=folder / "example", now=NOW))
    made = SiteFixture(folder / "hostile", hostile(QUICK, "plain"))
    made.build(jobs=2)
    return [etree.parse(path) for path in sorted(folder.rglob("atom.xml"))]


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

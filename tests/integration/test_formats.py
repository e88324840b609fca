"""Feeds in three formats: what each carries of a story, and what a site may set."""

import json
import re

import pytest
from formats import ATOM, SCHEMA, check_atom, check_json, strict
from support import NOW, messages, post

from generator.plan import lists

CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
SETTINGS = 'title = "The Test"\nbase_url = "https://example.org/news"\ndescription = "All of it."\n'
PICTURE = "content/posts/lead/picture.svg"
FILES = {
    "site.toml": SETTINGS,
    PICTURE: '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360"></svg>',
    "content/posts/lead/index.md": post(
        "Lead & more",
        "2026-01-03 10:00",
        "See [the other](../other.md).\n\n![A map](picture.svg)",
        image="{src: picture.svg, alt: A <map>, caption: The valley, credit: Ana}",
        authors="[Ana Flores, Bo]",
        tags="[Rivers]",
        section="Town",
        series="The flood",
        updated="2026-01-04 10:00",
        language="tr",
    ),
    "content/posts/other.md": post("Other", "2026-01-02 10:00", series="The flood", id="tag:example.org,2020:1"),
}


@pytest.fixture
def built(site):
    """The two stories, built."""
    fixture = site(FILES)
    assert messages(fixture.build()) == []
    return fixture


def no_html(_text):
    """Nothing to look at."""


def test_rss_carries_all_of_a_story(built):
    """Media with its real length and size, persons, categories, full text with whole addresses."""
    item = strict((built.output / "feed.xml").read_bytes()).find(".//item")
    assert [person.text for person in item.findall(f"{DC}creator")] == ["Ana Flores", "Bo"]
    assert [category.text for category in item.findall("category")] == ["Town", "Rivers"]
    enclosure = item.find("enclosure")
    url = "https://example.org/news/2026/01/lead/picture.svg"
    size = len(FILES[PICTURE].encode())
    assert dict(enclosure.attrib) == {"url": url, "length": str(size), "type": "image/svg+xml"}
    media = item.find(f"{MEDIA}content")
    assert dict(media.attrib) == {
        "url": url, "medium": "image", "type": "image/svg+xml", "fileSize": str(size), "width": "640", "height": "360",
    }  # fmt: skip
    texts = [media.findtext(MEDIA + name) for name in ("title", "description", "credit")]
    assert texts == ["A <map>", "The valley", "Ana"]
    text = item.findtext(f"{CONTENT}encoded")
    assert 'href="https://example.org/news/2026/01/other/"' in text
    assert f'src="{url}" width="640" height="360"' in text


def test_atom_and_json_carry_the_same(built):
    """The same story in the other formats."""
    root = strict((built.output / "atom.xml").read_bytes())
    entry = root.find(f"{ATOM}entry")
    assert [person.findtext(f"{ATOM}name") for person in entry.findall(f"{ATOM}author")] == ["Ana Flores", "Bo"]
    assert entry.findtext(f"{ATOM}author/{ATOM}uri") == "https://example.org/news/authors/ana-flores/"
    assert [category.get("term") for category in entry.findall(f"{ATOM}category")] == ["Town", "Rivers"]
    assert entry.findtext(f"{ATOM}published") == "2026-01-03T10:00:00+00:00"
    assert entry.findtext(f"{ATOM}updated") == "2026-01-04T10:00:00+00:00"
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "tr"
    feed = json.loads((built.output / "feed.json").read_bytes())
    item = feed["items"][0]
    assert item["authors"][0] == {"name": "Ana Flores", "url": "https://example.org/news/authors/ana-flores/"}
    assert item["tags"] == ["Town", "Rivers"]
    assert item["image"] == "https://example.org/news/2026/01/lead/picture.svg"
    assert item["date_modified"] == "2026-01-04T10:00:00+00:00"
    assert item["language"] == "tr"
    assert item["content_html"] == entry.findtext(f"{ATOM}content")
    assert feed["items"][1]["id"] == "tag:example.org,2020:1"


def test_every_list_has_feeds_and_the_list_of_feeds_names_each(built):
    """Site, section, tag, authors and series; OPML names the first format of each."""
    found = {path.parent.relative_to(built.output).as_posix() for path in built.output.rglob("feed.xml")}
    assert found == {".", "town", "tags/rivers", "authors/ana-flores", "authors/bo", "series/the-flood"}
    for folder in found:
        base = f"https://example.org/news/{'' if folder == '.' else f'{folder}/'}"
        assert check_atom((built.output / folder / "atom.xml").read_bytes(), f"{base}atom.xml", NOW, no_html)
        assert check_json((built.output / folder / "feed.json").read_bytes(), f"{base}feed.json", NOW, no_html)
    outlines = strict((built.output / "feeds.opml").read_bytes()).findall("body/outline")
    assert len(outlines) == len(found)
    for outline in outlines:
        path = outline.get("xmlUrl").removeprefix("https://example.org/news/")
        assert (built.output / path).is_file()
        assert outline.get("type") == "rss"
        assert outline.get("htmlUrl") == outline.get("xmlUrl").removesuffix("feed.xml")
    assert len({outline.get("title") for outline in outlines}) == len(outlines)


def test_pages_name_their_feeds(built):
    """Autodiscovery: type, absolute address and a title of its own for each (rule 36)."""
    links = re.findall(
        r'<link rel="alternate" type="([^"]+)" title="([^"]+)" href="([^"]+)">', built.page("town/index.html")
    )
    assert [kind for kind, _, _ in links] == [
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
    ] * 2
    assert len({title for _, title, _ in links}) == len(links)
    for _, _, url in links:
        assert (built.output / url.removeprefix("https://example.org/news/")).is_file()


def test_a_feed_can_be_read_in_a_browser(built):
    """The feeds in XML name a style sheet that is there; the site's own takes its place."""
    head = built.page("feed.xml").splitlines()[1]
    assert head == '<?xml-stylesheet type="text/css" href="/news/feed.css"?>'
    assert "content:" in built.page("feed.css")
    built.add("content/feed.css", "rss { color: red }")
    assert messages(built.build()) == []
    assert built.page("feed.css") == "rss { color: red }"


def test_settings_of_feeds(site):
    """One format, summaries, hubs, an identity."""
    lines = (
        'formats = ["atom"]',
        'content = "summary"',
        'hubs = ["https://hub.example.org/"]',
        'id = "tag:x.org,2020:f"',
    )
    feeds = "\n".join(("[feeds]", *lines, ""))
    fixture = site({**FILES, "site.toml": SETTINGS + feeds})
    assert messages(fixture.build()) == []
    assert not list(fixture.output.rglob("feed.xml")) + list(fixture.output.rglob("feed.json"))
    root = strict(fixture.page("atom.xml").encode())
    assert root.findtext(f"{ATOM}id") == "tag:x.org,2020:f"
    assert [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "hub"] == [
        "https://hub.example.org/"
    ]
    assert not root.findall(f".//{ATOM}content")
    assert len(root.findall(f".//{ATOM}summary")) == 2
    assert 'href="/news/atom.xml"' in fixture.page("index.html")
    fixture.edit("site.toml", SETTINGS + feeds.replace("summary", "full").replace('"atom"', '"rss", "json"'))
    fixture.build()
    assert "<content:encoded>" in fixture.page("feed.xml")
    assert 'rel="hub"' in fixture.page("feed.xml")
    assert json.loads(fixture.page("feed.json"))["hubs"] == [{"type": "WebSub", "url": "https://hub.example.org/"}]
    assert not (fixture.output / "atom.xml").exists()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('formats = ["rdf"]', "knows rss, atom, json, not 'rdf'"),
        ("formats = []", "must name at least one format"),
        ('formats = ["rss", "rss"]', "none twice"),
        ('content = "all"', "must be one of full, summary"),
        ('hubs = ["hub.example.org"]', "has a hub that is no web address"),
        ('id = "my feed"', "is no identity"),
    ],
)
def test_wrong_settings_are_told(site, line, said):
    """With file and line."""
    fixture = site({**FILES, "site.toml": f"{SETTINGS}[feeds]\n{line}\n"})
    with pytest.raises(Exception, match=said) as caught:
        fixture.build()
    assert caught.value.problems[0].place == "site.toml:5"


def test_a_feed_ends_before_it_is_too_large(site):
    """The last stories are left out, and a warning says so, at every build; a story too long by itself is summed up."""
    body = "Long words of a long story, and then some more of them. " * 3_000
    stories = {f"content/posts/s{n}.md": post(f"Story {n}", f"2026-01-0{n} 10:00", body) for n in range(1, 6)}
    fixture = site(stories)
    said = messages(fixture.build())
    assert len(said) == 1
    assert "the feed of 'The Test' would be larger than 500,000 bytes, so its last 3 stories are left out" in said[0]
    for name in ("feed.xml", "atom.xml", "feed.json"):
        data = (fixture.output / name).read_bytes()
        assert 300_000 < len(data) <= lists.MAX_FEED
        assert b"Story 5" in data
        assert b"Story 3" not in data
    assert messages(fixture.build()) == said
    fixture.edit("content/posts/s1.md", post("Story 1", "2026-01-01 10:00", "Short."))
    assert messages(fixture.build()) != []
    for n in range(1, 5):
        fixture.edit(f"content/posts/s{n}.md", post(f"Story {n}", f"2026-01-0{n} 10:00", "Short."))
    assert messages(fixture.build()) == []
    fixture.edit("content/posts/s5.md", post("Story 5", "2026-01-05 10:00", body * 4))
    assert any("is too long for the feed" in line for line in messages(fixture.build()))
    assert len((fixture.output / "feed.xml").read_bytes()) < 20_000
    check_atom((fixture.output / "atom.xml").read_bytes(), "https://example.org/atom.xml", NOW, no_html)


def test_a_correction_moves_updated_and_nothing_else(site):
    """An edit of the body alone tells readers nothing; a correction does; the date never moves."""
    fixture = site({"content/posts/a.md": post()})
    fixture.build()

    def dates():
        entry = strict((fixture.output / "atom.xml").read_bytes()).find(f"{ATOM}entry")
        return entry.findtext(f"{ATOM}published"), entry.findtext(f"{ATOM}updated")

    first = dates()
    fixture.edit("content/posts/a.md", post(body="Other words."))
    fixture.build()
    assert dates() == first
    note = "[{date: 2026-02-01 10:00, kind: correction, text: It was Tuesday}]"
    fixture.edit("content/posts/a.md", post(body="Other words.", corrections=note))
    fixture.build()
    assert dates() == (first[0], "2026-02-01T10:00:00+00:00")


def test_an_empty_site_has_valid_feeds(site):
    """No story yet."""
    fixture = site({"content/pages/about.md": "---\ntitle: About\n---\n\nWe.\n"})
    fixture.build()
    assert check_atom((fixture.output / "atom.xml").read_bytes(), "https://example.org/atom.xml", NOW, no_html) == []
    assert check_json((fixture.output / "feed.json").read_bytes(), "https://example.org/feed.json", NOW, no_html) == []


def test_every_output_has_a_kind(built):
    """What --profile and --explain call it."""
    assert set(built.build(fresh=True, profile=True).kinds) == {name for name in built.tree() if name[0] != "."}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<updated>", "<updated>on "),
        ("<id>urn:", "<id>urn:x</id><id>urn:"),
        ("</author>", "</author><price>1</price>"),
        ('rel="self"', 'rel="self" colour="red"'),
        ('type="html"', 'type="text/html"'),
        ("</title>", " <b>x</b></title>"),
        ("<name>", "<nick>x</nick><name>"),
    ],
)
def test_the_schema_of_atom_refuses(built, old, new):
    """Each kind of mistake that RFC 4287 forbids is found by the schema that our feeds are held against."""
    text = built.page("atom.xml")
    assert old in text
    assert SCHEMA.validate(strict(text.encode()))
    assert not SCHEMA.validate(strict(text.replace(old, new, 1).encode()))

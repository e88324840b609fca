"""Hostile titles, notes, reasons and tags go through every output, and harm none of them."""

import json
import re

import feedparser
import pytest
from lxml import etree, html
from shell import dateline
from support import NOW, messages, post

SETTINGS = 'title = "T"\nbase_url = "https://example.org"\n[feeds]\nitems = 500\n'
TEXTS = {
    "a script": "</script><script>alert(1)</script>",
    "the end of CDATA": "]]> <![CDATA[ ]]&gt;",
    "a control character": "\\u0008 back\\u0000space",
    "ten thousand letters": "x" * 10_000,
    "only emoji": "🦆🎉👩\u200d👩\u200d👧",
    "only right to left": "שלום עליכם",
    "an override": "\u202egnirts\u202c",
    "an attribute": '\\" onmouseover=\\"alert(1)',
}
"""As YAML in double quotes has them."""


def note(kind, text):
    """Front matter of a note."""
    return f'[{{date: 2026-02-01, kind: {kind}, text: "{text}"}}]'


@pytest.fixture(params=["broadsheet", "plain"])
def hostile(request, site):
    """A site in which each text is a headline, a correction of a story, and why another one was withdrawn."""
    files = {"site.toml": f'theme = "{request.param}"\n{SETTINGS}'}
    for number, text in enumerate(TEXTS.values()):
        keys = {"summary": f'"{text}"', "corrections": note("correction", text), "tags": f'["{text[:60]}"]'}
        files[f"content/posts/said-{number}.md"] = post(f'"{text}"', id=f"s{number}", **keys)
        gone = {"status": "withdrawn", "corrections": note("retraction", text)}
        files[f"content/posts/gone-{number}.md"] = post(f"Gone {number}", id=f"g{number}", **gone)
    made = site(files)
    made.texts = messages(made.build())
    return made


def test_no_output_is_harmed(hostile):
    """Feeds and maps are strict XML, data is JSON, no page runs what an article says, and the check finds no error."""
    assert [text for text in hostile.texts if "error" in text] == []
    tree = hostile.tree()
    for name, data in tree.items():
        if name.endswith((".xml", ".opml")):
            etree.fromstring(data, etree.XMLParser(resolve_entities=False))
        elif name.endswith(".json"):
            json.loads(data)
        elif name.endswith(".html"):
            page = html.fromstring(data.decode())
            assert page.xpath("//script[not(@type='application/ld+json')] | //@onmouseover") == [], name
    said = dateline("check", "-s", hostile.root, "--now", NOW.isoformat(), "--skip=feed-plain", "--skip=page-size")
    assert said.code == 0, said.err


def test_corrections_carry_them(hostile):
    """Each note is in the list and in the feed once, and each reason is at its address."""
    feed = feedparser.parse(hostile.tree()["corrections/feed.xml"])
    assert not feed.bozo
    assert len({item.id for item in feed.entries}) == len(TEXTS)
    notes = html.fromstring(hostile.page("corrections/index.html")).xpath("//main//article")
    assert len(notes) == len(TEXTS)
    for number, text in enumerate(TEXTS.values()):
        page = html.fromstring(hostile.page(f"2026/01/gone-{number}/index.html"))
        words = text.encode().decode("unicode_escape") if "\\" in text else text
        shown = " ".join(page.xpath("string(//main)").split())
        assert (
            " ".join("".join(c if c.isprintable() or c in "\u200d\u202e\u202c" else " " for c in words).split())
            in shown
        )


@pytest.mark.parametrize("text", ["\\ud800", "\\udfff tail"])
def test_a_lone_surrogate(site, text):
    """It is an error with its line, or a blank; never a file that nobody can read."""
    made = site(
        {"site.toml": SETTINGS, "content/posts/a.md": post(f'"One {text} two"', id="a"), "content/posts/b.md": post()}
    )
    report = made.build()
    assert all(problem.path == "content/posts/a.md" and problem.line for problem in report.problems)
    assert report.problems or "One" in made.page("2026/01/a/index.html")
    for data in made.tree().values():
        data.decode()


@pytest.mark.parametrize("tag", ["", ".", "..", "/", "con"])
def test_a_tag_that_is_no_name(site, tag):
    """An empty tag is none; one that could be no folder gets a page of its own all the same, below /tags/."""
    made = site({"site.toml": SETTINGS, "content/posts/a.md": post(tags=f'["{tag}"]')})
    assert messages(made.build()) == []
    pages = [name for name in made.tree() if re.fullmatch(r"tags/[^/]+/index\.html", name)]
    assert len(pages) == bool(tag)
    assert all(re.fullmatch(r"tags/(x-[0-9a-f]+|con-page)/index\.html", name) for name in pages)

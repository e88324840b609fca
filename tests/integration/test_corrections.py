"""Corrections have a list of their own, with feeds in which each keeps its identity, and nothing shows too early."""

import datetime as dt
import re

import feedparser
import pytest
from lxml import html
from shell import dateline
from support import NOW, messages, post

SETTINGS = 'title = "T"\nbase_url = "https://example.org"\n'
STORY = "content/posts/bridge.md"


def notes(*rows):
    """The front matter of some notes: date, kind, text."""
    return "[" + ", ".join(f"{{date: {date}, kind: {kind}, text: {text}}}" for date, kind, text in rows) + "]"


def corrected(*rows, title="Bridge opens", **keys):
    """A story with some notes."""
    return post(title, corrections=notes(*rows), **{"id": "b1", **keys})


def listed(site, page="corrections/index.html"):
    """What a page of the list shows: for each note its day, its words, and where it leads."""
    tree = html.fromstring(site.page(page))
    return [
        (
            item.xpath(".//time")[0].get("datetime")[:10],
            " ".join(item.text_content().split()),
            item.xpath(".//a/@href")[0],
        )
        for item in tree.xpath("//main//article")
    ]


def items(site, form="feed.xml"):
    """The items of the feed of corrections."""
    return feedparser.parse(site.tree()[f"corrections/{form}"]).entries


def guids(site):
    """Identities of the notes, by their words."""
    return {item.summary: item.id for item in items(site)}


@pytest.mark.parametrize("theme", ["broadsheet", "plain"])
def test_the_list(site, theme):
    """Notes of all stories stand in it, newest first, each with a link to itself in its story; nothing is amiss."""
    made = site({
        "site.toml": f'{SETTINGS}theme = "{theme}"\n',
        STORY: corrected(("2026-02-01", "correction", "It is 14."), ("2026-02-03 09:30", "update", "It is open.")),
        "content/posts/ferry.md": corrected(("2026-02-02", "retraction", "Hiç & <3."), id="f1", language="tr")
    })  # fmt: skip
    assert messages(made.build()) == []
    found = listed(made)
    assert [day for day, _, _ in found] == ["2026-02-03", "2026-02-02", "2026-02-01"]
    assert "Update" in found[0][1]
    assert "Hiç & <3." in found[1][1]
    for (_, words, url), text in zip(found, ["It is open.", "Hiç & <3.", "It is 14."], strict=True):
        page, _, anchor = url.partition("#")
        note = html.fromstring(made.page(f"{page}index.html".removeprefix("/"))).get_element_by_id(anchor)
        assert text in words
        assert text in note.text_content()
    assert 'href="/corrections/"' in made.page("2026/01/bridge/index.html").partition("<footer")[0]
    said = dateline("check", "-s", made.root, "--now", NOW.isoformat(), "--strict")
    assert said.code == 0, said


def test_numbered_pages_never_change(site):
    """A new note changes no page that is full, but for a link to the next one, and no note stands twice."""
    rows = [(f"2026-02-{day:02}", "correction", f"Note {day}.") for day in range(1, 8)]
    made = site({"site.toml": f"{SETTINGS}page_size = 2\n", STORY: corrected(*rows)})
    made.build()
    first, second = made.page("corrections/page/1/index.html"), listed(made, "corrections/page/2/index.html")
    made.edit(
        STORY, corrected(*rows, ("2026-02-20", "correction", "Note 20."), ("2026-02-21", "correction", "Note 21."))
    )
    made.build()
    after = {name: data for name, data in made.tree().items() if name.startswith("corrections/") and ".html" in name}
    assert made.page("corrections/page/1/index.html") == first
    assert listed(made, "corrections/page/2/index.html") == second
    assert sorted(re.findall(r"Note \d+\.", b"".join(after.values()).decode())) == sorted(
        f"Note {day}." for day in (*range(1, 8), 20, 21)
    )


@pytest.mark.parametrize("form", ["feed.xml", "atom.xml", "feed.json"])
def test_the_feeds(site, form):
    """In each format a note is one item that leads to it; the feed is listed, and its page names it."""
    made = site({"site.toml": SETTINGS, STORY: corrected(("2026-02-01", "correction", "It is 14."))})
    made.build()
    raw = made.tree()[f"corrections/{form}"].decode()
    assert raw.count("https://example.org/2026/01/bridge/#dl-note-2026-02-01") == 1
    assert raw.count("Correction: Bridge opens") == 1
    assert "It is 14." in raw
    if form != "feed.json":
        assert not feedparser.parse(raw.encode()).bozo
    assert f'href="https://example.org/corrections/{form}"' in made.page("corrections/index.html")
    assert "https://example.org/corrections/feed.xml" in made.page("feeds.opml")
    assert "https://example.org/corrections/" in made.page("sitemaps/pages.xml")


EDITS = {
    "a slip in its text is mended": {"rows": [("2026-02-01", "correction", "It is fourteen.")]},
    "its kind is another": {"rows": [("2026-02-01", "clarification", "It is 14.")]},
    "the story gets another headline": {"title": "Bridge opens at last"},
    "the story moves": {"slug": "bridge-at-last"},
    "the site's zone is another": {"settings": 'timezone = "Asia/Tokyo"\n'},
    "the site moves": {"settings": "", "base": "http://example.com/news"},
}


@pytest.mark.parametrize("change", EDITS.values(), ids=EDITS)
def test_a_note_keeps_its_identity(site, change):
    """To subscribers it is the note that they have."""
    first = ("2026-02-01", "correction", "It is 14.")
    made = site({"site.toml": SETTINGS, STORY: corrected(first)})
    made.build()
    before = [item.id for item in items(made)]
    settings = SETTINGS.replace("https://example.org", change.get("base", "https://example.org"))
    made.edit("site.toml", settings + change.get("settings", ""))
    keys = {key: value for key, value in change.items() if key in ("title", "slug")}
    made.edit(STORY, corrected(*change.get("rows", [first]), **keys))
    made.build()
    assert [item.id for item in items(made)] == before


def test_another_note_of_the_same_date(site):
    """Written below the first it is one new item, whatever its words; the first stays what it was."""
    made = site({"site.toml": SETTINGS, STORY: corrected(("2026-02-01", "correction", "M."))})
    made.build()
    before = guids(made)
    for text in ("A.", "Z."):
        made.edit(STORY, corrected(("2026-02-01", "correction", "M."), ("2026-02-01", "correction", text)))
        made.build()
        assert guids(made)["M."] == before["M."]
        assert len(guids(made)) == 2
        assert [item.summary for item in items(made)] == [text, "M."]


def test_a_note_dated_ahead_is_nowhere(site):
    """Neither in the list nor in a feed, until the clock reaches it; then the next build shows it."""
    made = site({"site.toml": SETTINGS, STORY: corrected(("2026-12-01 10:00", "correction", "Sentinel."))})
    made.build()
    assert not [name for name, data in made.tree().items() if b"Sentinel" in data or b"corrections" in data]
    made.build(now=dt.datetime(2026, 12, 1, 10, tzinfo=dt.UTC))
    assert [item.summary for item in items(made)] == ["Sentinel."]
    later = made.tree()
    made.build(now=dt.datetime(2026, 12, 1, 10, tzinfo=dt.UTC), fresh=True)
    assert made.tree() == later


@pytest.mark.parametrize(
    "files",
    [
        {STORY: post("Bridge opens")},
        {STORY: corrected(("2026-02-01", "correction", "No."), status="draft")},
        {STORY: corrected(("2026-02-01", "correction", "No."), status="withdrawn")},
        {STORY: corrected(("2026-02-01", "correction", "No.")), "site.toml": f"{SETTINGS}corrections = false\n"},
    ],
    ids=["none", "of a draft", "of a withdrawn story", "switched off"],
)
def test_no_list(site, files):
    """Without a correction that readers may see there is no list, and nothing leads to it."""
    made = site({"site.toml": SETTINGS, **files})
    assert messages(made.build()) == []
    assert not [name for name, data in made.tree().items() if b"/corrections/" in data or "corrections" in name]


def test_feeds_tell_nothing_of_a_preview(site):
    """A draft's notes stand in the list of a preview, and in no feed."""
    made = site({"site.toml": SETTINGS, STORY: corrected(("2026-02-01", "correction", "No."), status="draft")})
    made.build(drafts=True)
    assert len(listed(made)) == 1
    assert items(made) == []


def test_a_page_in_its_place(site):
    """A site's own page at the address keeps it; the build says how to end the quarrel."""
    own = post("Our corrections")
    made = site(
        {"site.toml": SETTINGS, STORY: corrected(("2026-02-01", "update", "A.")), "content/pages/corrections.md": own}
    )
    [problem] = messages(made.build())
    assert "content/pages/corrections.md has it" in problem
    assert "set `corrections = false` in site.toml" in problem
    assert "Our corrections" in made.page("corrections/index.html")
    made.edit("site.toml", f"{SETTINGS}corrections = false\n")
    assert messages(made.build()) == []


def test_a_theme_without_the_list(site):
    """A theme of one's own that has no template for it has no list."""
    templates = {
        f"themes/own/templates/{name}.html": "<p>{{ page.head.title }}{{ site.corrections_url }}"
        for name in ("front", "post", "page", "list", "terms", "archive", "period", "404")
    }
    made = site({
        "site.toml": f'{SETTINGS}theme = "own"\n',
        STORY: corrected(("2026-02-01", "update", "A.")),
        "themes/own/theme.toml": 'name = "own"\n', **templates,
    })  # fmt: skip
    assert messages(made.build()) == []
    assert not [name for name, data in made.tree().items() if b"/corrections/" in data or "corrections" in name]


def test_what_an_edit_makes_again(site):
    """Another body leaves the list alone; another headline or text of a note changes it, and names why."""
    made = site({"site.toml": SETTINGS, STORY: corrected(("2026-02-01", "update", "A."))})
    made.build()
    made.edit(STORY, corrected(("2026-02-01", "update", "A.")).replace("Text.", "Text.\n\nMore."))
    assert not [path for path in made.build().rendered if path.startswith("corrections/")]
    made.edit(STORY, corrected(("2026-02-01", "update", "B.")))
    reasons = made.build().rendered
    assert "the corrections that it lists" in str(reasons["corrections/index.html"])
    made.edit(STORY, corrected(("2026-02-01", "update", "B."), title="Bridge is open"))
    assert {"corrections/index.html", "corrections/atom.xml"} <= made.build().rendered.keys()


def test_a_feed_that_would_be_too_large(site):
    """It carries what readers take, the newest, and the build says what is left out."""
    rows = [(f"2026-02-0{day}", "correction", "x" * 60_000) for day in (1, 2, 3)]
    made = site({"site.toml": SETTINGS, STORY: corrected(*rows)})
    [problem] = messages(made.build())
    assert "its last 2 are left out" in problem
    assert [item.id for item in items(made)] != []
    assert len(made.tree()["corrections/feed.xml"]) < 512 * 1024

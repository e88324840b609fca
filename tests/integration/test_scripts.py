"""Goal S1: whatever articles, authors and settings say, nothing in what is written could act but the theme's own."""

import pytest
from actives import active
from payloads import NAIVE, PAYLOADS, QUICK, hostile, pieces, raw, settings, tools
from shell import dateline
from support import NOW, SiteFixture, messages


def strangers(output):
    """What acts in the pages of a folder, each with its file."""
    return [
        f"{path.relative_to(output)}: {found}"
        for path in sorted(output.rglob("*.html"))
        for found in active(path.read_text("utf-8"))
    ]


@pytest.fixture(scope="module", params=["broadsheet", "plain"])
def attacked(request, tmp_path_factory):
    """A built site with forty payloads in every field."""
    made = SiteFixture(tmp_path_factory.mktemp("attacked") / "site", hostile(QUICK, request.param))
    made.report = made.build(jobs=2)
    return made


def test_no_page_acts(attacked):
    """Stories, lists of all kinds, corrections, tombstones, redirects, 404: Lexbor finds nothing but the theme's."""
    assert strangers(attacked.output) == []
    pages = [path.relative_to(attacked.output).parts[0] for path in attacked.output.rglob("*.html")]
    # Some payloads differ in signs only that addresses leave out; they share a list.
    assert min(pages.count(part) for part in ("tags", "authors", "series")) > len(QUICK) / 2
    assert attacked.report.posts == 2 * len(QUICK)


def test_no_feed_acts(attacked):
    """What feeds carry as HTML has nothing active at all, in three formats."""
    feeds = [path for name in ("feed.xml", "atom.xml", "feed.json") for path in attacked.output.rglob(name)]
    carried = [(path, text) for path in feeds for text in pieces(path)]
    assert len(carried) > 8 * len(QUICK)
    assert [(path, found) for path, text in carried for found in active(text, page=False)] == []


@pytest.mark.parametrize("theme", ["broadsheet", "plain"])
def test_no_setting_acts(site, theme):
    """Title, description, copyright, logo, sections and navigation of `site.toml`."""
    for start in range(0, len(QUICK), 8):
        made = site(settings(QUICK[start : start + 8], theme))
        assert [text for text in messages(made.build()) if "site.toml" in text] == []
        assert strangers(made.output) == []


def test_no_page_of_a_tool_acts(attacked):
    """The comparison, the profile and the receipt of an import, which show headlines, files and reasons."""
    folder = attacked.root / "told"
    tools(attacked, folder)
    assert {path.name for path in folder.iterdir()} == {"diff.html", "profile.html", "receipt.html"}
    pictures = "profile.html: <svg {'viewBox'"
    assert [found for found in strangers(folder) if not found.startswith(pictures)] == []


OWN = """\
{% extends "base.html" %}{% block main %}{% if page.extra %}
<p title="{{ page.extra.word }}" lang='{{ page.extra.word }}'>
{{ page.extra }}{% for key, value in page.extra.table.items() %}<a href="/{{ value }}">{{ key }}</a>{% endfor %}</p>
{{ page.extra.list | join(", ") }} {{ "%s" | format(page.extra.word) }} {{ page.extra.word | upper }}
{% endif %}{% endblock %}
"""


def test_no_value_for_a_theme_acts(site):
    """What a theme of the site's own prints of `extra`, in texts and in attributes."""
    theme = {"themes/own/theme.toml": b'parent = "plain"\n', "themes/own/templates/post.html": OWN.encode()}
    made = site({**hostile(QUICK, "own"), **theme})
    assert made.build(jobs=2).posts == 2 * len(QUICK)
    assert "hit()" in made.page("2026/01/whole-20/index.html")
    assert strangers(made.output) == []


LONG = "The ferry left the quay at nine, as it has for sixty years, and the whole town stood there to see it go. " * 4


@pytest.mark.parametrize("form", ["jsonl", "html"])
def test_nothing_that_was_imported_acts(site, form):
    """Payloads in every column of a table, and in pages that were saved: imported, built, looked at."""
    made = site({"site.toml": b'title = "T"\nbase_url = "https://example.org"\n'})
    if form == "jsonl":
        source = raw(made)
    else:
        source = made.root / "saved"
        source.mkdir()
        for number, text in enumerate(QUICK):
            named = f"<title>{text}</title><meta name=author content='{text}'><meta name=description content='{text}'>"
            told = f"<h1>Story {number}</h1><time datetime=2026-01-02>2 January 2026</time><p>{LONG}</p><p>{text}</p>"
            page = f"<!doctype html><html>{named}<body><article>{told}<p>{LONG}</p></article>"
            (source / f"{number}.html").write_text(page)
    dateline("import", source, "-s", made.root, "--now", NOW.isoformat(), "--report", made.root / "told.html")
    assert made.build(jobs=2).posts > len(QUICK) / 2
    assert strangers(made.output) == []
    assert list(active((made.root / "told.html").read_text())) == []


@pytest.mark.parametrize("text", PAYLOADS)
def test_each_payload_is_found_where_nothing_is_escaped(text):
    """A payload that this parser would not see proves nothing; one that acts in a script's own text it cannot see."""
    found = [page for page in NAIVE if list(active(page.format(text)))]
    assert len(found) > sum("<script>var" in page for page in found) or "hit()-" in text or "${" in text


@pytest.mark.long
@pytest.mark.parametrize("theme", ["broadsheet", "plain"])
def test_all_payloads(site, theme):
    """All 150."""
    made = site(hostile(PAYLOADS, theme))
    made.build(jobs=None)
    assert strangers(made.output) == []
    feeds = [path for name in ("feed.xml", "atom.xml", "feed.json") for path in made.output.rglob(name)]
    assert [(path, found) for path in feeds for text in pieces(path) for found in active(text, page=False)] == []

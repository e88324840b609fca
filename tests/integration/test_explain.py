"""`dateline build --explain`: why files were rendered, and all that one file depends on."""

from collections import Counter
from pathlib import Path

import pytest
from shell import build
from support import NOW, SETTINGS, post

from generator.build import BuildRequest
from generator.build.explain import explain, forecast
from generator.build.kinds import Role
from generator.errors import UsageError
from generator.plan import Part

BETA = "See [alpha](a.md) and ![dot](../images/dot.png)."
FILES = {
    "content/posts/a.md": post("Alpha", "2026-11-18 10:00", tags="[Ferry]", section="News", author="Ana"),
    "content/posts/b.md": post("Beta", "2026-11-19 10:00", BETA, section="News"),
    "content/posts/c.md": post("Gamma", "2026-11-20 10:00", tags="[Ferry]", section="Sport", aliases="[/old/]"),
    "content/posts/d.md": post("Delta", "2026-11-21 10:00", tags="[Ferry, Pier]", section="News", author="Ana"),
    "content/posts/draft.md": post("Draft", status="draft"),
    "content/pages/about.md": "---\ntitle: About\n---\n\nUs.\n",
    "content/images/dot.png": b"\x89PNG",
}


def asked(site, **options):
    """The request of the fixture's builds."""
    return BuildRequest(root=site.root, output=site.output, now=NOW, jobs=1, **options)


def explained(site, name, **options):
    """What is told of a name, after a build."""
    request = asked(site, **options)
    return explain(request, site.build(**options), name)


@pytest.fixture
def built(site):
    """A site that has been built."""
    made = site(FILES)
    made.build()
    return made


def test_files_are_grouped_by_reason(built):
    """Each reason stands once with its count and first files; -v lists all of them."""
    built.edit("content/posts/a.md", post("Alpha, revised", "2026-11-18 10:00", tags="[Ferry]", section="News"))
    (built.output / "robots.txt").unlink()
    built.remove("content/posts/d.md")
    said = build(built, "--explain")
    assert said.code == 0
    lines = said.out.splitlines()
    assert "  1 file: its file was gone" in lines
    assert "    robots.txt" in lines
    assert next(line for line in lines if line.startswith("Rendered in this build: "))
    reasons = [line for line in lines if line.startswith("  ") and "changed: " in line]
    counts = [int(line.split()[0]) for line in reasons]
    assert counts == sorted(counts, reverse=True)


def test_a_long_list_is_cut(built):
    """Of the files of one reason five are shown and the others counted; -v shows all."""
    few, everything = build(built, "--fresh", "--explain"), build(built, "--fresh", "--explain", "-v")
    files = len(built.tree()) - 1
    assert f"    and {files - 5} more; -v shows all" in few.out
    assert "404.html" in few.out
    assert all(f"    {name}\n" in everything.out for name in built.tree() if not name.startswith(".dateline"))


def test_an_unchanged_site_has_nothing_to_explain(built):
    """Where nothing was rendered, it says so."""
    assert f"Rendered in this build: 0 of {len(built.tree()) - 1} files" in build(built, "--explain").out


def test_articles_without_the_parser_are_counted(built):
    """It says how many articles were plain enough to need no Markdown parser."""
    built.add("content/posts/e.md", post("Table", body="| a | b |\n| - | - |\n| 1 | 2 |"))
    built.add("content/posts/f.md", post("Raw", body="<div>\n\n* x\n\n</div>\n\n    code"))
    report = built.build()
    articles, quick = report.articles
    assert quick < articles == 7
    assert f"{quick} of 7 articles took the quick way through Markdown" in build(built, "--explain").out


ONE = 'name = "one"\nparent = "broadsheet"\n[needs]\n404 = ["latest:1"]\nfront = ["sections:1"]\n'


@pytest.mark.parametrize("theme", ["broadsheet", "plain", "one"])
def test_the_forecast_comes_true(site, theme):
    """What it says one more story would render is what a build then renders, by kind, count and reason."""
    settings = f'{SETTINGS}theme = "{theme}"\npage_size = 2\n'
    made = site({**FILES, "site.toml": settings, "themes/one/theme.toml": ONE})
    made.build()
    said = forecast(asked(made))
    assert said.like == "content/posts/d.md"
    text = FILES[said.like].replace("Delta", "More").replace("2026-11-21 10:00", "2026-11-23 09:00:00+00:00")
    made.add("content/posts/d-one-more.md", text)
    report = made.build(profile=True)
    assert report.kinds.keys() == report.rendered.keys()
    happened = Counter(
        (report.kinds[path][0], reason.removeprefix("changed: ")) for path, reason in report.rendered.items()
    )
    assert {(kind, reason): count for kind, reason, count in said.changes} == dict(happened)
    assert said.total == len(report.rendered)
    assert not said.dear


def test_a_dear_need_is_told(site):
    """A theme whose articles show the site's newest stories is told that each new story renders all their pages."""
    toml = 'name = "dear"\nparent = "plain"\n[needs]\npost = ["neighbours", "latest:3"]\n'
    made = site({**FILES, "site.toml": f'{SETTINGS}theme = "dear"\n', "themes/dear/theme.toml": toml})
    out = build(made, "--explain").out
    assert "The theme's need latest:3 of post.html renders every page of that template with each new story" in out
    assert f"  3 post.html: {Part.LATEST}" in out
    assert "need latest" not in build(made, "--explain", "--theme", "plain").out


def test_a_site_without_stories_has_no_forecast(site):
    """Where there is no story, nothing is foretold."""
    said = build(site(), "--explain")
    assert said.code == 0
    assert "One more story" not in said.out


NAMES = [
    "2026/11/b/index.html",
    "/2026/11/b/",
    "/2026/11/b",
    "2026/11/b/",
    "https://example.org/2026/11/b/",
    "https://example.org/2026/11/b/#top",
    "/2026/11/%62/",
    "output/2026/11/b/index.html",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_goes_by_many_names(built, name, monkeypatch):
    """Path in the output, path on this machine, URL and its path all mean the same file."""
    monkeypatch.chdir(built.root)
    request = BuildRequest(root=Path(), output=Path("output"), now=NOW)
    assert explain(request, built.build(), name).path == "2026/11/b/index.html"


def test_the_front_page_has_a_name(built):
    """`/` and the site's address are the front page."""
    assert {explained(built, name).path for name in ("/", "https://example.org", "https://example.org/")} == {
        "index.html"
    }


def test_a_base_path_is_part_of_the_name(site):
    """Below `https://example.org/blog`, addresses begin with /blog/; paths in the output do not."""
    made = site({**FILES, "site.toml": 'title = "T"\nbase_url = "https://example.org/blog"\n'})
    for name in ("/blog/2026/11/b/", "https://example.org/blog/2026/11/b/", "2026/11/b/index.html"):
        assert explained(made, name).url == "https://example.org/blog/2026/11/b/"
    assert explained(made, "/blog").path == "index.html"


def test_all_that_a_story_depends_on(built):
    """Template with what it includes, texts, settings, articles by role, files, and what would render it again."""
    found = explained(built, "/2026/11/b/")
    assert (found.kind, found.origin) == ("post.html", "content/posts/b.md")
    assert found.templates[0] == "themes/broadsheet/templates/post.html"
    assert "themes/broadsheet/templates/base.html" in found.templates
    assert found.texts == ("themes/broadsheet/locales/en.toml",)
    assert {"title", "navigation", "timezone", "markup"} <= set(found.settings)
    assert dict(found.articles) == {
        Role.ITSELF: ("content/posts/b.md",),
        Role.NEWER: ("content/posts/c.md",),
        Role.OLDER: ("content/posts/a.md",),
        Role.RELATED: ("content/posts/a.md",),
        Role.LINKED: ("content/posts/a.md",),
    }
    assert found.files == ("content/images/dot.png",)
    parts = {Part.TEMPLATE, Part.SITE, Part.STORY, Part.NEWER, Part.OLDER, Part.RELATED, Part.SERIES}
    assert parts == set(found.parts)


@pytest.mark.parametrize(
    ("name", "role", "letters"),
    [
        ("/", Role.LISTED, "dcba"),
        ("/", Role.BLOCKS, "dbac"),
        ("/tags/ferry/", Role.LISTED, "dca"),
        ("/tags/ferry/feed.xml", Role.CARRIED, "dca"),
        ("/tags/", Role.COUNTED, "dca"),
        ("/authors/", Role.COUNTED, "da"),
        ("/archive/", Role.COUNTED, "dcba"),
        ("/2026/", Role.COUNTED, "dcba"),
        ("/2026/11/", Role.LISTED, "dcba"),
        ("/2026/11/20/", Role.LISTED, "c"),
        ("/old/", Role.TARGET, "c"),
        ("/404.html", Role.LATEST, "dcba"),
        ("/sitemaps/2026-11.xml", Role.LISTED, "abcd"),
        ("/sitemap.xml", Role.COUNTED, "dcba"),
    ],
)
def test_articles_of_other_files(built, name, role, letters):
    """Lists, feeds, indexes, archives, redirects and sitemaps name the articles that they are made from."""
    assert dict(explained(built, name).articles)[role] == tuple(f"content/posts/{letter}.md" for letter in letters)


def test_a_file_tells_why_it_was_rendered(built):
    """The reason of this build stands there, or that it was not rendered."""
    built.edit("content/posts/b.md", FILES["content/posts/b.md"].replace("See", "Look at"))
    said = build(built, "-q", "--explain", "/2026/11/b/")
    assert f"  in this build: rendered: changed: {Part.STORY}" in said.out
    assert f"  rendered again when one of these changes:\n    {Part.TEMPLATE}\n" in said.out
    again = build(built, "-q", "--explain", "/2026/11/b/")
    assert "  in this build: not rendered, since nothing that it is made from changed" in again.out


EDITS = {
    "content/posts/a.md": ("Alpha", "Omega"),
    "content/posts/b.md": ("See", "Look at"),
    "content/posts/c.md": ("tags: [Ferry]", "tags: [Pier]"),
    "content/posts/d.md": ("section: News", "section: Sport"),
    "content/pages/about.md": ("Us.", "We."),
}


@pytest.mark.parametrize("source", EDITS)
def test_an_edit_renders_nothing_but_what_is_named(built, source):
    """Every file that an edit renders again was named, or is named now, as one that shows the article."""
    before = explained(built, source)
    built.edit(source, FILES[source].replace(*EDITS[source]))
    report = built.build()
    after = explain(asked(built), report, source)
    named = {path for uses in (before, after) for _, paths in uses.files for path in paths}
    assert report.rendered
    assert {path for path in report.rendered if not path.startswith("sitemap")} <= named
    assert after.rendered == {path: why for path, why in report.rendered.items() if path in after.rendered}


def test_all_files_that_show_an_article(built):
    """A source names its page and its neighbours', its lists, feeds and redirects, and what links to it."""
    found = dict(explained(built, "content/posts/c.md").files)
    assert found[Role.ITSELF] == ("2026/11/c/index.html",)
    assert found[Role.NEWER] == ("2026/11/b/index.html",)
    assert found[Role.OLDER] == ("2026/11/d/index.html",)
    assert found[Role.TARGET] == ("old/index.html",)
    lists = ("", "sport/", "tags/ferry/")
    assert set(found[Role.CARRIED]) == {
        f"{name}{file}" for name in lists for file in ("feed.xml", "atom.xml", "feed.json")
    }
    assert "2026/11/20/index.html" in found[Role.LISTED]
    assert dict(explained(built, "content/posts/a.md").files)[Role.LINKED] == ("2026/11/b/index.html",)


def test_all_files_that_are_made_with_a_file(built):
    """A picture names its copy and the articles that show it; a template, its pages; a theme's asset, its copy."""
    assert explained(built, "content/images/dot.png").files == ((None, ("2026/11/b/index.html", "images/dot.png")),)
    terms = ("authors/index.html", "tags/index.html")
    assert explained(built, "themes/broadsheet/templates/terms.html").files == ((None, terms),)
    ((_, pages),) = explained(built, "themes/broadsheet/templates/base.html").files
    assert {"index.html", "2026/11/b/index.html", *terms} <= set(pages)


def test_what_is_not_on_the_site(built):
    """Of a draft, and of an article that clashes with another, it says why it shows nowhere."""
    assert "draft.md is not on the site: draft" in build(built, "--explain", "content/posts/draft.md").out
    built.add("content/posts/b2.md", post("Other", "2026-11-19 11:00", slug="b"))
    assert (
        "b2.md is not on the site: clashes with another article" in build(built, "--explain", "content/posts/b2.md").out
    )


def test_a_wrong_name_is_told_with_the_nearest(built):
    """A name that means nothing ends with 2, after the build, and names what it may have meant."""
    said = build(built, "--explain", "/2026/11/bb/")
    assert said.code == 2
    assert "'/2026/11/bb/' is no file of the site, and no source of one" in said.err
    assert "did you mean 2026/11/b/index.html" in said.err
    assert "Built 4 posts" in said.out


def test_an_address_of_another_site_is_refused(built):
    """An address elsewhere is told with how this site's begin."""
    with pytest.raises(UsageError, match="another site"):
        explained(built, "https://example.com/2026/11/b/")
    with pytest.raises(UsageError, match=r"begin with https://example\.org/"):
        explained(built, "http://example.org/2026/11/b/")


def test_it_explains_where_nothing_is_remembered(built):
    """Where the memory of the build was lost meanwhile, the site is built once more and explained all the same."""
    report = built.build()
    next((built.root / ".dateline").glob("build-*/manifest")).unlink()
    assert explain(asked(built), report, "/2026/11/b/").origin == "content/posts/b.md"


def test_a_build_that_wrote_nothing_explains_nothing(built):
    """With --strict and a problem there is no new site to explain."""
    built.add("content/posts/bad.md", "---\ntitle: Bad\ndate: never\n---\n")
    said = build(built, "--strict", "--explain")
    assert said.code == 1
    assert "Rendered" not in said.out

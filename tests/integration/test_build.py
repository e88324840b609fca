"""A build as a whole: one bad post harms no other, the same bytes whatever the workers, and who may take which path."""

import datetime as dt
import re
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest
from lxml import etree
from support import NOW, messages, post

from generator import build as pipeline
from generator.build import engine

MANY = {
    f"content/posts/p{n:03}.md": post(f"Story {n}", f"2026-01-{n % 28 + 1:02}", f"Para *one*.\n\n- a\n- b {n}")
    for n in range(70)
}


def locations(fixture):
    """Every address that the sitemaps list."""
    found = []
    for name, data in fixture.tree().items():
        if name.startswith("sitemaps/"):
            found += [node.text for node in etree.fromstring(data).iter("{*}loc")]
    return found


@pytest.mark.parametrize(
    "body", ["- " * 3000 + "x", "> " * 400 + "x", "[" * 10_000], ids=["lists", "quotes", "brackets"]
)
def test_a_body_that_cannot_be_rendered_harms_no_other(site, body):
    """A hostile body takes its own post off the site, and every other byte is what it is without that post."""
    settings = {"site.toml": 'title = "T"\nbase_url = "https://example.org"\n[markup]\ntime_limit = 0.5\n'}
    clean = site({**MANY, **settings})
    clean.build()
    hurt = site({**MANY, **settings, "content/posts/bad.md": post("Bad", "2025-01-01", body)})
    report = hurt.build()
    assert [problem.path for problem in report.problems] == ["content/posts/bad.md"]
    assert report.exit_code() == 1
    assert hurt.tree() == clean.tree()


def test_workers_change_no_byte(site):
    """One process and two give the same site."""
    fixture = site(MANY)
    fixture.build(jobs=1)
    serial = fixture.tree()
    fixture.build(jobs=2, output=fixture.root / "parallel")
    fixture.output = fixture.root / "parallel"
    assert fixture.tree() == serial


def test_workers_beside_threads_change_no_byte(site):
    """Beside threads, as in a preview, workers are fresh processes and are handed values alone: the same site."""
    fixture = site(MANY)
    fixture.build(jobs=1)
    serial = fixture.tree()
    fixture.output = fixture.root / "parallel"
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        pipeline.build(fixture.request(jobs=2), None, pipeline.Session.lasting())
    finally:
        over.set()
        thread.join()
    assert fixture.tree() == serial


@pytest.mark.parametrize(
    "path", ["/feed.xml", "/feed.xml/x/", "/sitemap.xml", "/404.html", "/", "/robots.txt", "/tags/"]
)
def test_no_story_takes_a_file_of_the_machine(site, path):
    """A permalink or alias that is a feed's, a sitemap's or the front page's is an error; the file stays what it is."""
    plain = site({"content/posts/a.md": post("A")})
    plain.build()
    expected = plain.tree()
    for key in ("permalink", "aliases"):
        fixture = site({"content/posts/a.md": post("A"), "content/posts/b.md": post("B", "2025-01-01", **{key: path})})
        report = fixture.build()
        assert report.exit_code() == 1, (key, path)
        assert any(problem.path == "content/posts/b.md" for problem in report.problems), messages(report)
        for name in ("robots.txt", "404.html"):
            assert fixture.tree()[name][:200] == expected[name][:200]
        assert fixture.page("feed.xml").startswith("<?xml")
        assert fixture.page("sitemap.xml").startswith("<?xml")
        assert "<h1" in fixture.page("index.html")


def test_own_robots_txt_and_asset_win(site):
    """Files of the site replace the default robots.txt and the assets of the theme, without a word."""
    fixture = site(
        {"content/robots.txt": "Ours", "content/assets/favicon.svg": "<svg/>", "content/posts/a.md": post("A")}
    )
    assert messages(fixture.build()) == []
    assert fixture.page("robots.txt") == "Ours"
    assert fixture.page("assets/favicon.svg") == "<svg/>"


@pytest.mark.parametrize("name", ["INDEX.MD", "index.markdown"])
def test_files_of_an_unusable_bundle_stay_off_the_site(site, name):
    """What lies beside an index that is no article, for its name, is not published on its own."""
    files = {f"content/posts/later/{name}": post("Later", "2099-01-01"), "content/posts/later/secret.txt": "SECRET"}
    fixture = site({"content/posts/a.md": post("A"), **files})
    assert fixture.build().exit_code() == 1
    assert not any(b"SECRET" in data for data in fixture.tree().values())


def test_bundle_that_fails_takes_its_own_files_only(site):
    """A bundle whose body cannot be rendered loses its files; those of bundles below and around it stay."""
    files = {
        "content/posts/bad/index.md": post("Bad", body="> " * 60 + "x"),
        "content/posts/bad/gone.txt": "1",
        "content/posts/bad/inner/index.md": post("Inner"),
        "content/posts/bad/inner/kept.txt": "2",
        "content/posts/free.txt": "3",
    }
    fixture = site(files)
    fixture.build()
    names = fixture.tree()
    assert "2026/01/inner/kept.txt" in names
    assert "posts/free.txt" in names
    assert not any(name.endswith("gone.txt") for name in names)


@pytest.mark.parametrize("template", ["front", "list", "base", "macros", "404"])
def test_post_cannot_use_another_kind_of_template(site, template):
    """A template that is not a story's is an error of that post; all are built."""
    fixture = site({"content/posts/a.md": post("A", template=template), "content/posts/b.md": post("B")})
    (problem,) = fixture.build().problems
    assert (problem.path, problem.line) == ("content/posts/a.md", 4)
    assert "A" in fixture.page("2026/01/a/index.html")


def test_path_too_long_for_a_system(site):
    """A permalink of many long segments is an error of its post, not of the build."""
    fixture = site(
        {
            "content/posts/a.md": post("A", permalink="/" + "/".join(["x" * 190] * 20) + "/"),
            "content/posts/b.md": post("B"),
        }
    )
    (problem,) = fixture.build().problems
    assert problem.place == "content/posts/a.md:4"
    assert (fixture.output / "2026/01/b/index.html").is_file()


def test_names_of_days_and_pages_do_not_clash(site):
    """Files named like a day, a numbered page or an index get a URL of their own."""
    names = ["09", "1", "2026", "page", "feed", "tags", "archive"]
    fixture = site(
        {f"content/posts/{name}.md": post(f"N{name}", "2026-05-09", section="page", tags="[page]") for name in names}
    )
    fixture.add(
        "site.toml", 'title = "T"\nbase_url = "https://example.org"\npermalink = "/{section}/{slug}/"\npage_size = 1\n'
    )
    assert messages(fixture.build()) == []
    assert (fixture.output / "page/page/1/index.html").is_file()
    assert (fixture.output / "tags/page/page/1/index.html").is_file()
    assert (fixture.output / "page/09-story/index.html").is_file()


def test_numbered_pages_never_change(site):
    """As stories come, a numbered page keeps its stories, and no story stands on two pages of the front."""
    fixture = site({"site.toml": 'title = "T"\nbase_url = "https://example.org"\npage_size = 3\n'})
    before = {}
    for count in range(1, 14):
        fixture.add(f"content/posts/s{count}.md", post(f"Story {count:02}.", f"2026-01-{count:02}"))
        fixture.build()
        pages = {
            name: set(re.findall(r"Story \d\d\.", data.decode()))
            for name, data in fixture.tree().items()
            if re.fullmatch(r"(page/\d+/)?index.html", name)
        }
        assert sum(len(stories) for stories in pages.values()) == count
        assert set().union(*pages.values()) == {f"Story {n:02}." for n in range(1, count + 1)}
        assert 3 <= len(pages["index.html"]) < 6 or count < 3
        numbered = {name: stories for name, stories in pages.items() if name != "index.html"}
        assert all(numbered[name] == stories for name, stories in before.items())
        before = numbered


def test_sitemaps_list_what_search_engines_may_keep(site):
    """No draft, no page whose canonical address is elsewhere, no 404, nothing twice; each address has its file."""
    fixture = site(
        {
            "content/posts/a.md": post("A", tags="[T]", section="S", authors="[P]", series="R"),
            "content/posts/elsewhere.md": post("E", canonical="https://other.example/e/"),
            "content/posts/draft.md": post("D", status="draft"),
            "content/pages/about.md": "---\ntitle: About\n---\nText.\n",
            "content/pages/draft.md": "---\ntitle: About\nstatus: draft\n---\nText.\n",
        }
    )
    fixture.build(drafts=True)
    found = locations(fixture)
    assert len(found) == len(set(found))
    paths = {url.removeprefix("https://example.org") for url in found}
    assert paths == {
        "/",
        "/2026/01/a/",
        "/about/",
        "/archive/",
        "/authors/",
        "/authors/p/",
        "/s/",
        "/series/r/",
        "/tags/",
        "/tags/t/",
    }


def test_dates_to_come_are_not_shown(site):
    """An update or correction dated later is nowhere until then, and moves no date of a feed or sitemap."""
    text = "[{date: 2099-01-01, kind: correction, text: SECRET}, {date: 2026-02-01, kind: update, text: Known}]"
    fixture = site({"content/posts/a.md": post("A", updated="2099-01-01", corrections=text)})
    assert messages(fixture.build()) == []
    assert not any(b"2099" in data or b"SECRET" in data for data in fixture.tree().values())
    assert "<lastmod>2026-02-01T00:00:00+00:00</lastmod>" in fixture.page("sitemaps/2026-01.xml")
    fixture.build(now=dt.datetime(2099, 1, 2, tzinfo=dt.UTC))
    assert "SECRET" in fixture.page("2026/01/a/index.html")


def test_nothing_built_twice_is_written_twice(site):
    """A second build of the same site writes and removes nothing, whatever the clock says."""
    fixture = site(MANY)
    fixture.build()
    again = fixture.build(now=NOW + dt.timedelta(days=3))
    assert (again.written, again.removed) == (0, 0)


@pytest.mark.parametrize(
    ("tag", "direction"), [("ar", "rtl"), ("az-Arab", "rtl"), ("ar-Latn", "ltr"), ("he-IL", "rtl"), ("en", "ltr")]
)
def test_direction_of_writing(site, tag, direction):
    """A page's direction follows its language, and the script where the tag names one."""
    fixture = site({"content/posts/a.md": post("A", language=tag)})
    fixture.build()
    assert (
        f'dir="{direction}"'
        in fixture.page("2026/01/a/index.html").split("<article")[-1] + fixture.page("2026/01/a/index.html")[:300]
    )


def test_own_keys_reach_the_theme_by_any_name(site):
    """`extra` keys named like methods of a mapping are values to a template."""
    fixture = site(
        {
            "content/posts/a.md": post("A", extra="{items: 3, get: x, own: {keys: deep}}"),
            "themes/broadsheet/templates/post.html": "{{ page.extra.items }} {{ page.extra.own.keys }}",
        }
    )
    assert messages(fixture.build()) == []
    assert fixture.page("2026/01/a/index.html") == "3 deep"


def test_editors_leave_files_beside_templates(site):
    """Lock and backup files among templates are not read."""
    fixture = site(
        {
            "content/posts/a.md": post("A"),
            "themes/broadsheet/templates/post.html~": "{% broken",
            "themes/broadsheet/templates/.post.html.swp": b"\xff\xfe",
        }
    )
    (fixture.root / "themes/broadsheet/templates/.#post.html").symlink_to("nobody@nowhere.1")
    assert messages(fixture.build()) == []


def test_navigation_is_checked(site):
    """A link of the navigation that leads to no page is an error; an encoded one that does is none."""
    settings = 'title = "T"\nbase_url = "https://example.org"\n[[navigation]]\nlabel = "x"\nurl = "{}"\n'
    for url, wrong in (("/nowhere/", True), ("/%E6%9D%B1/", False), ("/東/", False), ("https://other.example/", False)):
        fixture = site({"site.toml": settings.format(url), "content/posts/a.md": post("A", permalink="/東/")})
        assert bool(fixture.build().problems) == wrong, url


def test_content_without_an_article_is_told(site):
    """Whether its folder is missing or empty: where a submodule was not checked out, it is the one or the other."""
    made = site({"site.toml": 'title = "T"\nbase_url = "https://example.org"\n'})
    assert [problem.cause for problem in made.build().problems] == ["there is no folder content/"]
    made.add("content/images/map.png", b"\x89PNG map")
    assert [problem.cause for problem in made.build().problems] == ["content/ holds no article"]
    made.add("content/posts/a.md", post("A"))
    assert messages(made.build()) == []


def test_what_no_build_imports_is_no_part_of_the_engine(site):
    """A build of all kinds of pages runs no code of the rooms that the engine's digest passes over."""
    fixture = site({**MANY, "site.toml": 'title = "T"\nbase_url = "https://example.org"\n'})
    program = f"""
        import datetime as dt, sys
        from pathlib import Path
        from generator.build import BuildRequest, build
        from generator.build.engine import APART
        root = Path({str(fixture.root)!r})
        report = build(BuildRequest(root=root, output=root / "out", now=dt.datetime(2026, 6, 1, tzinfo=dt.UTC), jobs=1))
        met = {{name.split(".")[1] for name in sys.modules if name.startswith("generator.")}}
        print(report.written > 70, sorted(met & {{name.removesuffix(".py") for name in APART}}))
    """
    shown = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, check=True)
    assert shown.stdout == "True []\n"


def test_compiled_code_is_no_part_of_the_engine(tmp_path):
    """Python's compiled files come and go; a build does not even list them."""
    compiled = ("__pycache__/left.py", "b/__pycache__/c.cpython-311.pyc")
    for name in ("a.py", "b/c.py", "b/check/e.py", "check/d.py", *compiled):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = [Path(path).relative_to(tmp_path).as_posix() for path in engine._sources(tmp_path)]
    assert found == ["a.py", "b/c.py", "b/check/e.py"]


PUBLISHERS = {
    "Valley Gazette": "Valley Gazette",
    "{name: Valley Gazette, url: https://gazette.example/a, written: x}": "Valley Gazette",
    "{url: https://gazette.example/a}": "https://gazette.example/a",
    "{name: heise.de, written: x}": "heise.de",
    "{name: wp.XML, url: https://gazette.example/a, licence: CC BY 4.0}": "CC BY 4.0",
    "{name: raw-article.txt, written: x}": "",
    "{name: wp.xml, url: https://gazette.example/a, written: x}": "",
    "{url: https://gazette.example/a, written: x}": "",
    "{name: Old Quay, url: https://www.example.org/a, written: x}": "",
    "{name: The Quay, url: https://old.example/a, written: x}": "",
}
"""Sources of stories, and what readers are told of each."""


def test_readers_are_told_of_another_publisher_alone(site):
    """A file's name, or the blog itself, is no publisher, also where it becomes so later; what a person wrote is."""
    posts = {
        f"content/posts/p{number}.md": f"---\ntitle: Bridge\ndate: 2026-11-01\nsource: {source}\n---\n\nOpen.\n"
        for number, source in enumerate(PUBLISHERS)
    }
    quay = site({**posts, "site.toml": 'title = "T"\nbase_url = "https://a.example"\n'})
    quay.build()
    settings = 'title = "The Quay"\nbase_url = "https://example.org"\n'
    quay.add("site.toml", settings)
    assert quay.build().problems == ()
    for number, shown in enumerate(PUBLISHERS.values()):
        page = quay.page(f"2026/11/p{number}/index.html")
        assert ("First published by" in page, shown in page) == (bool(shown), True), number
    clean = site({**posts, "site.toml": settings})
    clean.build()
    assert quay.tree() == clean.tree()

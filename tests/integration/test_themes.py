"""Themes are pluggable: another one dresses the same site, and a site can override a part."""

import re

import pytest
from support import messages, post

from generator.errors import ThemeError

POSTS = {
    f"content/posts/p{n}.md": post(f"Story {n}", f"2026-01-{n:02}", section="News", tags="[One]") for n in range(1, 8)
}


def test_both_themes_build_the_same_pages(site):
    """`plain` and `broadsheet` give the same paths, the same feeds and different pages."""
    fixture = site(POSTS)
    trees = {}
    for theme in ("broadsheet", "plain"):
        assert messages(fixture.build(overrides={"theme": theme})) == []
        trees[theme] = {path: data for path, data in fixture.tree().items() if not path.startswith("assets/")}
    first, second = trees.values()
    assert first.keys() == second.keys()
    same = {path for path in first if first[path] == second[path]}
    assert "feed.xml" in same
    assert not any(path.endswith(".html") for path in same)


def test_site_overrides_one_template(site):
    """A file in the site's own themes/ folder wins over the built-in one; all others stay."""
    fixture = site({**POSTS, "themes/broadsheet/templates/404.html": "Ours: {{ page.head.title }}"})
    assert messages(fixture.build()) == []
    assert fixture.page("404.html").startswith("Ours: ")
    assert "Story 7" in fixture.page("index.html")


def test_theme_with_a_parent(site):
    """A theme brings what it changes and falls back to its parent."""
    files = {
        "site.toml": 'title = "T"\nbase_url = "https://example.org"\ntheme = "ours"\n',
        "themes/ours/theme.toml": 'name = "ours"\nparent = "plain"\n',
        "themes/ours/templates/page.html": "Page {{ page.card.title }}",
        "content/pages/about.md": "---\ntitle: About\n---\nText.\n",
    }
    fixture = site({**POSTS, **files})
    assert messages(fixture.build()) == []
    assert fixture.page("about/index.html") == "Page About"
    assert "Story 7" in fixture.page("index.html")


BUILT = '{% extends "NAME/post.html" %}{% block main %}<hr>{{ super() }}{% endblock %}'
OURS = {
    "site.toml": 'title = "T"\nbase_url = "https://example.org"\ntheme = "ours"\n',
    "themes/ours/theme.toml": 'parent = "trunk"\n',
    "themes/ours/templates/post.html": BUILT.replace("NAME", "trunk").replace("<hr>", "Ours: "),
    "themes/trunk/theme.toml": 'parent = "plain"\n',
    "themes/trunk/templates/post.html": BUILT.replace("NAME", "plain"),
}


def test_template_builds_on_the_one_that_it_hides(site):
    """Three themes in a row each add to `post.html`; a change in the middle is seen, and as in a clean build."""
    fixture = site({**POSTS, **OURS})
    assert messages(fixture.build()) == []
    assert re.search(r"Ours: <hr>\s*<article class=\"post\">\s*<h1>Story 3</h1>", fixture.page("2026/01/p3/index.html"))
    fixture.edit("themes/trunk/templates/post.html", OURS["themes/trunk/templates/post.html"].replace("<hr>", "<br>"))
    assert fixture.build().written == len(POSTS)
    assert "Ours: <br>" in fixture.page("2026/01/p3/index.html")
    kept = fixture.tree()
    fixture.output = fixture.root / "clean"
    assert messages(fixture.build()) == []
    assert fixture.tree() == kept


@pytest.mark.parametrize("theme", ["broadsheet", "plain"])
def test_site_builds_on_built_in_files(site, theme):
    """In the site's own folder of a built-in theme, `THEME/NAME` is the built-in file, which it adds to."""
    own = f"themes/{theme}/templates"
    base = '{% extends "THEME/base.html" %}{% block extrahead %}<style>:root{--red:#063}</style>{% endblock %}'
    files = {f"{own}/base.html": base, f"{own}/404.html": '{% include "THEME/404.html" %}<!-- ours -->'}
    fixture = site({**POSTS, **{name: text.replace("THEME", theme) for name, text in files.items()}})
    assert messages(fixture.build(overrides={"theme": theme})) == []
    pages = {path: data for path, data in fixture.tree().items() if path.endswith(".html")}
    assert {data.count(b"<style>:root{--red:#063}</style></head>") for data in pages.values()} == {1}
    assert fixture.page("404.html").count("<!-- ours -->") == 1


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{% include page.card.title %}", "named by an expression"),
        ("{{ page.no_such_thing }}", "a PostView has no `no_such_thing`"),
        ("{{ page.card.titel }}", "a Card has no `titel`\ndid you mean `title`?"),
        ("{{ site.posts }}", "a SiteView has no `posts`"),
        ("{{ asset('favicon.svgz') }}", "no `favicon.svgz` in assets/\ndid you mean `favicon.svg`?"),
        ("{% import 'macros.html' as m %}{{ m.dai() }}", "what was imported has no `dai`\ndid you mean `day`?"),
        ("{% include 'macro.html' %}", "there is no template `macro.html`\ndid you mean `macros.html`?"),
        (
            "{% extends 'bradsheet/post.html' %}",
            "there is no template `bradsheet/post.html`\ndid you mean `broadsheet/post.html`?",
        ),
        (
            "{% extends 'post.html' %}",
            'extends itself\n    to build on the one that it hides, write {% extends "broadsheet/post.html"',
        ),
        ("{% if %}", "template error"),
    ],
)
def test_template_errors_name_file_and_line(site, template, message):
    """A template that reads what is not there, or includes by an expression, is an error at its file and line."""
    fixture = site({**POSTS, "themes/broadsheet/templates/post.html": f"line one\n{template}"})
    with pytest.raises(ThemeError, match=r"themes/broadsheet/templates/post.html:2: error: ") as caught:
        fixture.build()
    assert all(line in str(caught.value) for line in message.splitlines())


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        ('parent = "nowhere"', "there is no theme 'nowhere'"),
        ("parents = 1", "themes/ours/theme.toml: error: has the unknown key `parents`"),
        ('parent = "ours"', "each other's parents"),
        ("contract = 99", "`contract` must be 1"),
        ('[needs]\npost = ["everything"]', "the need 'everything', which it cannot have"),
        ("colour = 1", "unknown key `colour`"),
        ("name = ", "cannot be read"),
    ],
)
def test_manifest_errors(site, manifest, message):
    """What theme.toml gets wrong is told with its file."""
    fixture = site({**POSTS, "themes/ours/theme.toml": manifest})
    with pytest.raises(ThemeError) as caught:
        fixture.build(overrides={"theme": "ours"})
    assert message in str(caught.value)


def test_everything_a_template_writes_is_escaped(site):
    """Markup in front matter shows as text."""
    fixture = site({"content/posts/a.md": post("'<b>x</b> & \"y\"'", summary="'<script>1</script>'")})
    fixture.build()
    for name in ("index.html", "2026/01/a/index.html", "2026/01/index.html"):
        page = fixture.page(name)
        assert "<b>x</b>" not in page
        assert "&lt;b&gt;x&lt;/b&gt; &amp;" in page
        assert "<script>" not in page

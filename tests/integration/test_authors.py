"""Author files: who an author is stands on their page, beneath their stories, in structured data and in feeds."""

import json
import re

import pytest
from support import SETTINGS, messages, post
from town import png

ANA = """\
---
title: Ana Flores
summary: She covers <the> river.
email: "o'ana+x?y@valley.example"
image:
  src: ana.png
  alt: Ana & a boat
links:
  - label: Mastodon
    url: https://social.example/@ana?a=1&b=2
  - https://www.photos.example/ana
---

She *came* in 2019. See [a story](../posts/one.md).
"""
PNG = png(3, 2)
BOX = '<section class="authors"'


def paper(site, ana=ANA, settings=SETTINGS, **more):
    """A site with an author's file, a story by her and one by someone without a file."""
    return site(
        {
            "site.toml": settings,
            "content/authors/af.md": ana,
            "content/authors/ana.png": PNG,
            "content/posts/one.md": post("One", authors="[Ana Flores, Bo]"),
            "content/posts/two.md": post("Two", "2026-01-03", authors="[Bo]", section="Town"),
            **more,
        }
    )


def data(page):
    """The structured data of a page."""
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])


def test_the_author_s_page(site):
    """Bio, picture, links and e-mail stand above the stories, escaped; numbered pages stay without."""
    more = {f"content/posts/p{n:02}.md": post(f"P{n}", f"2025-01-{n:02}", authors="[Ana Flores]") for n in range(1, 8)}
    built = paper(site, settings=f"{SETTINGS}page_size = 2\n", **more)
    assert messages(built.build()) == []
    page = built.page("authors/ana-flores/index.html")
    assert "She <em>came</em> in 2019." in page
    assert '<a href="/2026/01/one/">a story</a>' in page
    assert '<img src="/authors/ana.png" alt="Ana &amp; a boat" width="3" height="2"' in page
    assert '<a rel="me" href="https://social.example/@ana?a=1&amp;b=2">Mastodon</a>' in page
    assert ">photos.example</a>" in page
    assert 'href="mailto:o%27ana+x%3Fy@valley.example">o&#39;ana+x?y@valley.example</a>' in page
    assert '<meta name="description" content="She covers &lt;the&gt; river.">' in page
    numbered = built.page("authors/ana-flores/page/1/index.html")
    assert "<em>came</em>" not in numbered
    assert not (built.output / "authors/af/index.html").exists()
    assert not (built.output / "af/index.html").exists()


def test_the_box_beneath_a_story(site):
    """Those authors who have a file are presented, with the summary; a story of others has no box."""
    built = paper(site)
    built.build()
    page = built.page("2026/01/one/index.html")
    assert page.count(BOX) == 1
    assert re.search(r'<b><a href="/authors/ana-flores/">Ana Flores</a></b> .*She covers &lt;the&gt; river\.', page)
    assert BOX not in built.page("2026/01/two/index.html")


def test_without_a_summary_the_text_s_beginning(site):
    """The first paragraph is the short bio."""
    built = paper(site, "---\ntitle: Ana Flores\n---\n\nShe rows.\n\nAnd more.\n")
    built.build()
    assert re.search(r"<bdi>She rows\.</bdi>", built.page("2026/01/one/index.html"))


def test_structured_data_and_feeds(site):
    """A person has address, profiles and picture; Atom tells the e-mail, JSON Feed the picture, RSS names alone."""
    built = paper(site)
    built.build()
    person = {
        "@type": "Person",
        "name": "Ana Flores",
        "url": "https://example.org/authors/ana-flores/",
        "sameAs": ["https://social.example/@ana?a=1&b=2", "https://www.photos.example/ana"],
        "image": {"@type": "ImageObject", "url": "https://example.org/authors/ana.png", "width": 3, "height": 2},
    }
    article = data(built.page("2026/01/one/index.html"))["@graph"][0]
    assert article["author"] == [person, {"@type": "Person", "name": "Bo", "url": "https://example.org/authors/bo/"}]
    profile = data(built.page("authors/ana-flores/index.html"))
    assert profile["@type"] == "ProfilePage"
    assert profile["mainEntity"] == {**person, "description": "She covers <the> river."}
    assert "<email>o'ana+x?y@valley.example</email>" in built.page("atom.xml")
    authors = json.loads(built.page("feed.json"))["items"][1]["authors"]
    assert authors[0]["avatar"] == "https://example.org/authors/ana.png"
    assert "valley.example" not in built.page("feed.xml")
    assert "ld+json" not in built.page("authors/bo/index.html")


def test_an_author_without_a_story(site):
    """The page is there, with an empty feed, and the index counts none."""
    built = paper(site, **{"content/authors/new.md": "---\ntitle: Cy New\n---\nSoon.\n"})
    assert messages(built.build()) == []
    assert "Soon." in built.page("authors/cy-new/index.html")
    assert "/authors/cy-new/" in built.page("authors/index.html")
    assert "/authors/cy-new/" in built.page("sitemaps/pages.xml")


@pytest.mark.parametrize("name", ["Ana Flores", "ana flores", "af"])
def test_a_story_names_the_author_by_name_or_slug(site, name):
    """Whatever the case of the name, and by slug, the author's name and address are those of the file."""
    file = "---\ntitle: Ana Flores\nslug: af\n---\nHere.\n"
    built = paper(site, file, **{"content/posts/three.md": post("Three", authors=f"[{name}]", section="Town")})
    assert messages(built.build()) == []
    assert '<a href="/authors/af/">Ana Flores</a>' in built.page("2026/01/three/index.html")
    assert "/2026/01/three/" in built.page("authors/af/index.html")
    assert not (built.output / "authors/ana-flores").exists()


def test_a_name_that_only_looks_like_the_slug(site):
    """A byline that would have the same address, and is neither name nor slug, is an error that names the file."""
    built = paper(site, **{"content/posts/three.md": post("Three", authors="[Ana Flóres]")})
    [message] = messages(built.build())
    words = "the author 'Ana Flóres' has the same URL, /authors/ana-flores/, as the author 'Ana Flores' of "
    assert f"{words}content/authors/af.md" in message


@pytest.mark.parametrize(
    "other", ["title: Ana Flores", "title: ANA FLORES\nslug: other", "title: Else\nslug: ana-flores"]
)
def test_two_files_of_one_author(site, other):
    """Both are named, the first stays, and the exit code is 1."""
    built = paper(site, **{"content/authors/b.md": f"---\n{other}\n---\nOther.\n"})
    report = built.build()
    [problem] = report.problems
    assert problem.path == "content/authors/b.md"
    assert "as is content/authors/af.md" in problem.cause
    assert report.exit_code() == 1
    assert "She <em>came</em>" in built.page("authors/ana-flores/index.html")


@pytest.mark.parametrize(
    "line", ["date: 2026-01-01", "status: draft", "tags: [a]", "expires: 2026-01-01", "id: x", "pinned: true"]
)
def test_keys_of_stories_are_errors(site, line):
    """A key that might seem to hold the page back is not passed over."""
    key = line.partition(":")[0]
    built = paper(site, ANA.replace("title:", f"{line}\ntitle:"))
    [message] = messages(built.build())
    assert message.startswith(
        f"content/authors/af.md:2: error: `{key}` is a key of stories, and this is an author file"
    )
    assert BOX not in built.page("2026/01/one/index.html")


def test_keys_of_authors_in_a_story_are_told(site):
    """They are not used, with a warning; the story is published."""
    built = paper(site, **{"content/posts/three.md": post("Three", email="a@b.example", links="https://a.example/")})
    found = messages(built.build())
    assert [("`email`" in text, "`links`" in text, "warning" in text) for text in found] == [
        (True, False, True),
        (False, True, True),
    ]
    assert (built.output / "2026/01/three/index.html").exists()


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("title: A\nemail: ana", "`email` is no e-mail address: 'ana'"),
        ('title: A\nemail: "a@b.example?cc=x@y.example"', "`email` is no e-mail address"),
        ("title: A\nlinks: [javascript:x]", "`links` link 1 is no whole web address"),
        ("title: A\nlinks:\n  - label: X", "`links` link 1 lacks `url`"),
        ("name: A", "`name` is not a key of front matter, so it is not used\n    did you mean `title`?"),
        ("summary: A", "has no title, which is the author's name"),
    ],
)
def test_wrong_values(site, lines, words):
    """Each fault is told with its key, cause and way out."""
    assert words in "\n".join(messages(paper(site, f"---\n{lines}\n---\nText.\n").build()))


def test_without_pages_of_authors(site):
    """The box stays, and leads nowhere; a link to the file is an error."""
    settings = f"{SETTINGS}author_lists = false\n"
    built = paper(site, settings=settings, **{"content/posts/three.md": post("Three", body="[Ana](../authors/af.md)")})
    [message] = messages(built.build())
    assert "the link '../authors/af.md' leads to an author who has no page" in message
    assert "<b>Ana Flores</b>" in built.page("2026/01/one/index.html")
    assert not (built.output / "authors/ana-flores").exists()


def test_a_bundle_keeps_the_picture_beside_the_author(site):
    """`content/authors/ana/index.md` has its pictures at the author's own address."""
    files = {
        "content/authors/ana/index.md": ANA.replace("../posts", "../../posts"),
        "content/authors/ana/ana.png": PNG,
        "content/posts/one.md": post("One", authors="[Ana Flores]"),
    }
    built = site(files)
    assert messages(built.build()) == []
    assert '<img src="/authors/ana-flores/ana.png"' in built.page("2026/01/one/index.html")


def test_what_an_edit_renders(site):
    """The text of a file is on the author's page alone; what the box shows is beneath each story, and in feeds."""
    built = paper(site)
    built.build()
    built.add("content/authors/af.md", ANA.replace("in 2019", "in 2020"))
    assert built.build().rendered == {"authors/ana-flores/index.html": "changed: what an author file says"}
    built.add("content/authors/af.md", ANA.replace("river", "lake"))
    rendered = built.build().rendered
    assert rendered["2026/01/one/index.html"] == "changed: what an author file says"
    assert "2026/01/two/index.html" not in rendered


def test_an_author_file_is_no_story(site):
    """It is in no list, feed or ledger, and `ids` asks nothing of it."""
    from generator import ids

    built = paper(site)
    report = built.build()
    assert (report.posts, report.pages) == (2, 0)
    assert "content/authors/af.md" not in ids.find(built.request(), []).ids

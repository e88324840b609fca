"""Two sources that want one place on the site: exit code 1, both named, neither lost in silence."""

# ruff: noqa: E501  # a table is read row by row

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pytest
import tiny
from support import messages, post

A, B = "content/posts/a.md", "content/posts/b.md"
OLDER, NEWER = "2026-01-01 10:00", "2026-01-02 10:00"


@dataclass(frozen=True)
class Pair:
    """Files that collide.

    Attributes:
        files: Path and text of each.
        named: What a message must name, both in one message.
        kept: An output file, and what it must hold since its owner stays.
    """

    id: str
    files: dict[str, str]
    named: tuple[str, str]
    kept: tuple[str, str] | None = None
    settings: str = ""


def posts(id: str, one: dict[str, str], other: dict[str, str], kept: str | None = None, settings: str = "") -> Pair:  # noqa: A002
    """Two posts; the older one stays, though its file's name comes second."""
    files = {B: post("First", date=OLDER, **one), A: post("Second", date=NEWER, **other)}
    return Pair(id, files, (A, B), (kept, "First") if kept else None, settings)


def against(id: str, keys: dict[str, str], other: str, words: str = "", settings: str = "") -> Pair:  # noqa: A002
    """A post or page against something that the site has by itself, or a file."""
    files = {A: post("First", **keys)}
    if other.startswith("content/"):
        files[other] = post("Second") if other.endswith(".md") else "A file.\n"
    return Pair(id, files, (A, words or other), settings=settings)


PAIRS = [
    # Post against post.
    posts("same-slug", {"slug": "s"}, {"slug": "s"}, "2026/01/s/index.html"),
    posts("slug-in-another-case", {"slug": "Story"}, {"slug": "story"}, "2026/01/Story/index.html"),
    posts("slug-in-another-normal-form", {"slug": '"caf\\u00e9"'}, {"slug": '"cafe\\u0301"'}, "2026/01/café/index.html"),
    posts("slug-with-sharp-s", {"slug": "strasse"}, {"slug": "straße"}, "2026/01/strasse/index.html"),
    posts("same-permalink", {"permalink": "/x/"}, {"permalink": "/x/"}, "x/index.html"),
    posts("permalink-in-another-case", {"permalink": "/X/"}, {"permalink": "/x/"}, "X/index.html"),
    posts("permalink-and-its-index", {"permalink": "/x/"}, {"permalink": "/x/index.html"}, "x/index.html"),
    posts("permalink-with-and-without-suffix", {"permalink": "/x"}, {"permalink": "/x.html"}, "x.html"),
    posts("permalink-encoded", {"permalink": "/caf%C3%A9/"}, {"permalink": "/café/"}, "café/index.html"),
    posts("same-id", {"id": "same-0001"}, {"id": "same-0001"}, "2026/01/b/index.html"),
    Pair("file-and-bundle", {"content/posts/x.md": post("First", date=OLDER), "content/posts/x/index.md": post("Second")}, ("content/posts/x.md", "content/posts/x/index.md"), ("2026/01/x/index.html", "First")),
    Pair("file-names-in-another-case", {"content/posts/Story.md": post("First", date=OLDER), "content/posts/story.md": post("Second")}, ("content/posts/Story.md", "content/posts/story.md"), ("2026/01/story/index.html", "First")),
    Pair("file-names-in-two-normal-forms", {"content/posts/é.md": post("First", date=OLDER), f"content/posts/{unicodedata.normalize('NFD', 'é')}.md": post("Second")}, ("content/posts/é.md", unicodedata.normalize("NFD", "content/posts/é.md")), ("2026/01/e/index.html", "First")),
    Pair("dated-name-and-date", {"content/posts/2026-01-02-x.md": "---\ntitle: First\n---\nText.\n", "content/posts/x.md": post("Second")}, ("content/posts/2026-01-02-x.md", "content/posts/x.md"), ("2026/01/x/index.html", "First")),
    Pair("two-folders", {"content/posts/one/x.md": post("First", date=OLDER), "content/posts/two/x.md": post("Second")}, ("content/posts/one/x.md", "content/posts/two/x.md"), ("2026/01/x/index.html", "First")),
    posts("file-where-another-has-a-folder", {"permalink": "/x.txt"}, {"permalink": "/x.txt/y/"}),
    # Post against page.
    Pair("post-and-page", {A: post("First", date=OLDER, permalink="/about/"), "content/pages/about.md": post("Second")}, (A, "content/pages/about.md")),
    Pair("page-and-its-bundle", {"content/pages/about.md": post("First", date=OLDER), "content/pages/about/index.md": post("Second")}, ("content/pages/about.md", "content/pages/about/index.md"), ("about/index.html", "First")),
    # Aliases.
    Pair("alias-and-post", {A: post("First", aliases="[/2026/01/b/]"), B: post("Second")}, (A, B), ("2026/01/b/index.html", "Second")),
    Pair("alias-and-alias", {A: post("First", aliases="[/old/]"), B: post("Second", aliases="[/old/]")}, (A, B)),
    Pair("alias-in-another-case", {A: post("First", aliases="[/Old/]"), B: post("Second", aliases="[/old/]")}, (A, B)),
    Pair("alias-and-file", {A: post("First", aliases="[/old.txt]"), "content/old.txt": "A file.\n"}, (A, "content/old.txt"), ("old.txt", "A file.")),
    Pair("alias-and-tag", {A: post("First", aliases="[/tags/x/]", tags="[x]")}, (A, "the tag 'x'"), ("tags/x/index.html", "First")),
    Pair("alias-and-front-page", {A: post("First", aliases="[/]")}, (A, "the front page")),
    # Terms.
    posts("tag-in-another-case", {"tags": "[Apple]"}, {"tags": "[apple]"}),
    posts("tag-with-other-marks", {"tags": "[Café]"}, {"tags": "[Cafe]"}),
    posts("tag-with-other-punctuation", {"tags": "[A-B]"}, {"tags": '["A & B"]'}),
    posts("author-in-another-case", {"author": "Ann Lee"}, {"author": "ann lee"}),
    posts("section-in-another-case", {"section": "Town"}, {"section": "TOWN"}),
    posts("series-in-another-case", {"series": "The Flood"}, {"series": "The flood"}),
    Pair("section-and-one-of-the-settings", {A: post("First", section="Town")}, (A, "site.toml"), settings='[sections]\ntown = "Town Hall"\n'),
    # Sections against what is there.
    Pair("section-and-page", {A: post("First", section="Business"), "content/pages/business.md": post("Second")}, ("content/pages/business.md", "the section 'Business'"), ("business/index.html", "Second")),
    Pair("section-called-tags", {A: post("First", section="Tags")}, ("the section 'Tags'", "the index /tags/")),
    Pair("section-called-like-a-year", {A: post("First", section='"2026"')}, ("the section '2026'", "the archive /2026/")),
    Pair("section-and-post", {A: post("First", section="Town", permalink="/town/")}, (A, "the section 'Town'"), ("town/index.html", "<h1>First")),
    # Posts against what the site has by itself.
    against("post-and-archive", {"permalink": "/archive/"}, "the archive"),
    against("post-and-month", {"permalink": "/2026/01/"}, "the archive /2026/01/"),
    against("post-and-tag", {"permalink": "/tags/x/", "tags": "[x]"}, "the tag 'x'"),
    against("post-and-front-page", {"permalink": "/"}, "the front page"),
    against("post-and-404", {"permalink": "/404.html"}, "the 404 page"),
    against("post-and-sitemap", {"permalink": "/sitemap.xml"}, "the sitemap"),
    # Files.
    against("file-and-post", {"permalink": "/x.html"}, "content/x.html"),
    against("file-and-folder-page", {"permalink": "/x/"}, "content/x/index.html"),
    against("file-in-another-case", {"permalink": "/Readme.html"}, "content/README.html"),
    against("file-where-a-post-has-a-folder", {"permalink": "/x.txt/y/"}, "content/x.txt"),
    Pair("file-and-feed", {"content/feed.xml": "x"}, ("content/feed.xml", "the feed of 'The Test'"), ("feed.xml", "<rss")),
    Pair("file-and-file-in-another-case", {"content/images/A.txt": "one", "content/images/a.txt": "two"}, ("content/images/A.txt", "content/images/a.txt")),
    Pair("file-and-file-in-two-normal-forms", {"content/images/é.txt": "one", f"content/images/{unicodedata.normalize('NFD', 'é')}.txt": "two"}, ("content/images/é.txt", unicodedata.normalize("NFD", "content/images/é.txt"))),
    Pair("bundle-file-and-its-page", {"content/posts/x/index.md": post("First"), "content/posts/x/index.html": "A file.\n"}, ("content/posts/x/index.md", "content/posts/x/index.html"), ("2026/01/x/index.html", "First")),
    Pair("bundle-file-and-file", {"content/posts/x/index.md": post("First"), "content/posts/x/p.txt": "one", "content/2026/01/x/p.txt": "two"}, ("content/posts/x/p.txt", "content/2026/01/x/p.txt")),
    Pair("bundle-file-and-post", {"content/posts/x/index.md": post("First"), "content/posts/x/p.html": "one", B: post("Second", permalink="/2026/01/x/p.html")}, ("content/posts/x/p.html", B), ("2026/01/x/p.html", "Second")),
]  # fmt: skip


@pytest.mark.parametrize("pair", [pytest.param(pair, id=pair.id) for pair in PAIRS])
def test_collision_is_told_with_both_sources(tmp_path: Path, pair: Pair) -> None:
    """Two that want one place: exit code 1, one message that names both, and the one that stays is whole."""
    fixture = tiny.site(tmp_path / "site", dict(pair.files), pair.settings)
    report = fixture.build()
    told = messages(report)
    assert report.exit_code() == 1
    assert any(all(name in message for name in pair.named) for message in told), told
    assert all("\n    " in message for message in told)
    assert "Good" in fixture.page(tiny.GOOD_PAGE)
    if pair.kept:
        assert pair.kept[1] in fixture.page(pair.kept[0])


@pytest.mark.parametrize("pair", [pytest.param(pair, id=pair.id) for pair in PAIRS])
def test_collision_is_settled_alike_whatever_the_order_of_files(tmp_path: Path, pair: Pair) -> None:
    """The same files made in the reverse order give the same site and the same messages."""
    one = tiny.site(tmp_path / "one", dict(pair.files), pair.settings)
    other = tiny.site(tmp_path / "other", dict(reversed(pair.files.items())), pair.settings)
    assert messages(one.build()) == messages(other.build())
    assert one.tree() == other.tree()


def test_the_table_is_large() -> None:
    """At least thirty pairs, each with a name of its own."""
    assert len(PAIRS) >= 30
    assert len({pair.id for pair in PAIRS}) == len(PAIRS)


def test_strict_writes_nothing_on_a_collision(tmp_path: Path) -> None:
    """With `strict`, a collision keeps the build from writing."""
    fixture = tiny.site(tmp_path / "site", dict(PAIRS[0].files))
    assert fixture.build(strict=True).stopped
    assert not fixture.output.exists()


NEIGHBOURS = [
    ({A: post("First", slug="c"), B: post("Second", slug="c-1")}, []),
    ({A: post("First", tags="[C++]"), B: post("Second", tags="[C#]")}, ["tags/c-plus-plus/index.html", "tags/c-sharp/index.html"]),
    ({A: post("First", tags="[page]"), B: post("Second", section="Page")}, ["tags/page/index.html", "page/index.html"]),
    ({A: post("First", date="2025-12-01", slug="x"), B: post("Second", slug="x")}, ["2025/12/x/index.html", "2026/01/x/index.html"]),
    ({A: post("First", tags="[Ann]", author="Ann"), B: post("Second", section="Ann")}, ["tags/ann/index.html", "authors/ann/index.html", "ann/index.html"]),
    ({A: post("First", aliases="[/2026/01/a/]")}, ["2026/01/a/index.html"]),
    ({A: post("First", tags="[Apple]"), B: post("Second", tags="[Apple]")}, ["tags/apple/index.html"]),
    ({A: post("First", slug="s"), B: post("Second", slug="s", status="draft")}, ["2026/01/s/index.html"]),
    ({"content/robots.txt": "Mine\n"}, ["robots.txt"]),
]  # fmt: skip


@pytest.mark.parametrize(("files", "paths"), NEIGHBOURS)
def test_what_only_looks_like_a_collision(tmp_path: Path, files: dict[str, str], paths: list[str]) -> None:
    """Neighbours that part by month, kind or sign are no collision, nor is a post with its own alias or a draft."""
    fixture = tiny.site(tmp_path / "site", files)
    assert messages(fixture.build()) == []
    assert set(paths) <= set(fixture.tree())

"""`dateline build --profile`: where the time of a build went."""

import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from shell import build
from support import post

from generator.build.profile import SLOWEST, Profile, Stage, profile
from generator.cli import profile_page

ODD = 'content/posts/R&D <b>"x".md'
FILES = {
    "content/posts/a.md": post("Alpha", "2026-11-20 10:00", tags="[Ferry]"),
    ODD: post("Odd", "2026-11-21 10:00", slug="odd"),
}


class Balanced(HTMLParser):
    """Fails on an element that is not closed, or closed twice."""

    def __init__(self):
        super().__init__()
        self.open, self.seen = [], []

    def handle_starttag(self, tag, attrs):  # noqa: ARG002  # the parser hands it over
        """An element begins."""
        self.seen.append(tag)
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        """An element ends."""
        assert self.open.pop() == tag


def pictures(page):
    """The pictures of a page, each well-formed by itself."""
    return [ElementTree.fromstring(picture) for picture in re.findall(r"<svg.*?</svg>", page, re.DOTALL)]


@pytest.fixture
def made(site):
    """A site that was never built."""
    return site(FILES)


def test_the_terminal_tells_where_time_went(made):
    """Stages in order with their share; kinds of files, slowest files and articles; where the pictures are."""
    said = build(made, "--profile")
    assert said.code == 0
    lines = said.out.splitlines()
    stages = [line.split("  ")[1] for line in lines if re.search(r" s +\d+%$", line)]
    assert stages.index("look at files") < stages.index("read articles") < stages.index("plan")
    assert stages[-2:] == ["render and write", "remember"]
    assert any(re.match(r"  post\.html +2 ", line) for line in lines)
    assert any(line.endswith("  2026/11/a/index.html (post.html)") for line in lines)
    assert any(line.endswith(ODD) for line in lines)
    assert lines[-1] == f"Pictures: {made.root / '.dateline/profile.html'}"
    assert (made.root / ".dateline/profile.html").is_file()


def test_every_article_and_file_has_its_cost(made):
    """Each article that was read and each file that was rendered costs more than nothing, and is counted once."""
    report = made.build(profile=True)
    assert report.reading.keys() == {"content/posts/a.md", ODD}
    assert report.costs.keys() == report.kinds.keys() == report.rendered.keys()
    assert all(seconds > 0 for seconds in report.reading.values())
    found = profile(report)
    assert (found.read, found.rendered) == (2, len(report.rendered))
    assert sum(kind.count for kind in found.kinds) == found.rendered
    assert sum(kind.seconds for kind in found.kinds) == pytest.approx(found.rendering)
    assert {article.source for article in found.articles} == {"content/posts/a.md", ODD}
    assert {article.source: article.reading for article in found.articles} == report.reading
    assert all(article.page > 0 for article in found.articles)


def test_the_slowest_come_first(site):
    """Files, articles and kinds are in the order of what they cost; thirty files and articles are named."""
    report = site({f"content/posts/{n}.md": post(f"Story {n}") for n in range(40)}).build(profile=True)
    found = profile(report)
    for items in (found.pages, found.articles, found.kinds):
        assert [item.seconds for item in items] == sorted((item.seconds for item in items), reverse=True)
    assert (len(found.pages), len(found.articles)) == (SLOWEST, SLOWEST)
    assert found.pages[0].seconds == max(report.costs.values())


def test_processes_report_what_they_measured(site):
    """With several processes every article and every file has its cost too, and the page says why they add up."""
    made = site({f"content/posts/{n}.md": post(f"Story {n}") for n in range(70)})
    report = made.build(profile=True, jobs=2)
    assert len(report.reading) == 70
    assert all(seconds > 0 for seconds in report.reading.values())
    assert "up to 2 processes work side by side" in build(made, "--profile", "--jobs", 2).out


def test_nothing_is_measured_unasked(made):
    """A build without --profile keeps no costs of articles, and no kinds."""
    report = made.build()
    assert (report.reading, report.kinds) == ({}, {})


def test_a_build_that_rendered_nothing(made):
    """Where nothing was rendered, it says how to measure all; the page shows the stages alone."""
    made.build()
    said = build(made, "--profile")
    assert "Nothing was rendered; --fresh with --profile measures every page" in said.out
    assert len(pictures((made.root / ".dateline/profile.html").read_text("utf-8"))) == 1


def test_the_file_of_the_pictures_can_be_chosen(made, tmp_path):
    """`--profile FILE` writes there; where that cannot be written, the exit code is 1."""
    assert f"Pictures: {tmp_path / 'timing.html'}" in build(made, "--profile", tmp_path / "timing.html").out
    assert (tmp_path / "timing.html").is_file()
    said = build(made, "--profile", tmp_path / "nowhere" / "timing.html")
    assert said.code == 1
    assert "nowhere" in said.err


@pytest.fixture
def page(made):
    """The page of a profile."""
    build(made, "--profile")
    return (made.root / ".dateline/profile.html").read_text("utf-8")


def test_the_page_stands_alone(page):
    """It is well-formed, loads nothing from elsewhere and runs no script."""
    parser = Balanced()
    parser.feed(page)
    assert parser.open == []
    assert not {"script", "link", "img"} & set(parser.seen)
    assert not re.search(r"(src|href)=|url\(|@import", page)


def test_every_picture_can_be_read_aloud(page):
    """Each picture has a title and a description of its own, by which it is named, and its numbers as text."""
    found = pictures(page)
    assert len(found) == 4
    for picture in found:
        names = picture.attrib["aria-labelledby"].split()
        texts = {element.get("id"): element.text for element in picture if element.get("id")}
        assert picture.attrib["role"] == "img"
        assert all(texts[name] for name in names)
    assert len(set(re.findall(r' id="([^"]+)"', page))) == len(re.findall(r' id="', page))
    assert page.count("<details>") == 3
    assert "prefers-color-scheme: dark" in page


def test_bars_stay_inside_their_picture(page):
    """No bar has a negative width or leaves the picture."""
    for picture in pictures(page):
        _, _, width, height = map(float, picture.attrib["viewBox"].split())
        bars = [{key: float(value) for key, value in bar.items() if key != "class"} for bar in picture.iter("rect")]
        assert bars
        assert all(bar["width"] >= 0 and bar["x"] + bar["width"] <= width for bar in bars)
        assert all(bar["y"] + bar["height"] <= height for bar in bars)


def test_names_are_escaped(page):
    """A file's name with `<`, `&` and quotes is text, never markup."""
    assert "<b>" not in page
    assert "R&amp;D &lt;b&gt;&#34;x&#34;.md" in page


def test_a_long_name_keeps_its_end(site):
    """Of a name without room the end is shown, which tells pages apart, and the whole name when one points at it."""
    name = "very-" * 30 + "long"
    made = site({f"content/posts/{name}.md": post()})
    build(made, "--profile")
    texts = pictures((made.root / ".dateline/profile.html").read_text("utf-8"))[3].iter("text")
    shown = next(text for text in texts if "long.md" in (text.text or ""))
    assert shown.text.startswith("…")
    assert shown.find("title").text == f"content/posts/{name}.md"


def test_a_build_that_took_no_time_has_a_page():
    """A clock that stood still divides by nothing."""
    found = Profile((Stage("plan", 0.0),), (), (), (), 0, 0.0, 0, 0.0)
    assert "plan: 0.00 s (0%)" in profile_page.html(found, 1)


def test_a_build_that_wrote_nothing_is_not_profiled(made):
    """With --strict and a problem there is nothing to measure."""
    made.add("content/posts/bad.md", "---\ntitle: Bad\ndate: never\n---\n")
    said = build(made, "--strict", "--profile")
    assert said.code == 1
    assert "Pictures" not in said.out

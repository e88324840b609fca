"""Whoever reads while a site is published finds each page with all that it loads and all to which it leads."""

import pytest
from hosting import nginx
from processes import within
from publishing import publish, site
from reading import Reader
from support import post

PLACE = '[deploy.home]\nkind = "folder"\npath = "public"\nhost_files = ["nginx"]\nreleases = 2\n'


def edit(made, number):
    """Another day: a new story, another picture in an old one, a story that moves."""
    made.add(
        f"content/posts/new{number}.md", post(f"News {number}", f"2026-02-01 10:{number % 60:02}", id=f"n{number}")
    )
    if number:
        made.remove(f"content/images/map{number - 1}.png")
    made.add(f"content/images/map{number}.png", b"\x89PNG %d" % number)
    body = f"Map:\n\n![The map](/images/map{number}.png)"
    made.edit("content/posts/map.md", post("Map", "2026-03-01 10:00", body, id="m1"))
    made.edit("content/posts/moving.md", post("Moving", "2026-03-02 10:00", id="v1", slug=f"moving-{number}"))


def read_while_published(tmp_path, rounds):
    """Publish so many times while a reader reads; what it missed, and how often it looked."""
    made = site(tmp_path / "site", {}, PLACE)
    edit(made, 0)
    assert publish(made).done
    (tmp_path / "run").mkdir()
    with nginx(tmp_path / "run", made.root / "public/current") as server:
        always = ("/", "/2026/01/good/", "/2026/03/moving-0/", "/feed.xml", "/sitemap.xml", "/assets/style.css")
        with Reader(lambda path: server.ask(path)[::2], always, "https://example.org") as reader:
            for number in range(1, rounds + 1):
                edit(made, number)
                assert publish(made, minutes=number / 20).done
                seen = reader.rounds
                assert within(20, lambda seen=seen: reader.rounds > seen or reader.missed)
    return reader


def test_a_reader_misses_nothing(tmp_path):
    """During publications with edits no page lacks what it loads, and no address that stays is ever missing."""
    reader = read_while_published(tmp_path, 6)
    assert reader.missed == []
    assert reader.rounds > 6


@pytest.mark.long
def test_a_reader_misses_nothing_for_long(tmp_path):
    """The same for fifty publications."""
    assert read_while_published(tmp_path, 50).missed == []

"""Whoever reads while a site is published finds each page with all that it loads and all to which it leads."""

import pytest
from hosting import nginx, sshd
from processes import within
from publishing import URL, publish, site
from reading import Reader
from support import post


@pytest.fixture(params=["folder", "ssh"])
def place(request, tmp_path):
    """The table of a place whose releases lie in `there`, on this machine or one that is reached by ssh."""
    rest = f'path = "{tmp_path / "there"}"\nhost_files = ["nginx"]\nreleases = 2\n'
    if request.param == "folder":
        yield f'[deploy.home]\nkind = "folder"\n{rest}'
        return
    (tmp_path / "sshd").mkdir()
    with sshd(tmp_path / "sshd") as server:
        yield f'[deploy.home]\nkind = "ssh"\nhost = "loopback"\nssh_config = "{server.config}"\n{rest}'


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


def read_while_published(tmp_path, place, rounds):
    """Publish so many times while a reader reads; what it missed, and how often it looked."""
    made = site(tmp_path / "site", {}, place)
    edit(made, 0)
    assert publish(made).done
    (tmp_path / "run").mkdir()
    with nginx(tmp_path / "run", tmp_path / "there/current") as server:
        always = ("/", "/2026/01/good/", "/2026/03/moving-0/", "/feed.xml", "/sitemap.xml", "/assets/style.css")
        with Reader(lambda path: server.ask(path)[::2], always, URL) as reader:
            for number in range(1, rounds + 1):
                edit(made, number)
                assert publish(made, minutes=number / 20).done
                seen = reader.rounds
                assert within(20, lambda seen=seen: reader.rounds > seen or reader.missed)
    print(f"{rounds} publications, {reader.rounds} rounds, {reader.opened:,} answers")
    return reader


def test_a_reader_misses_nothing(tmp_path, place):
    """During publications with edits no page lacks what it loads, and no address that stays is ever missing."""
    reader = read_while_published(tmp_path, place, 5)
    assert reader.missed == []
    assert reader.rounds > 5


@pytest.mark.long
def test_a_reader_misses_nothing_for_long(tmp_path, place):
    """The same for fifty publications."""
    assert read_while_published(tmp_path, place, 50).missed == []

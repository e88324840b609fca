"""Ids: listed, written into files without another byte touched, and frozen by the ledger until then."""

import os
import stat

import pytest
from books import guids, keep
from hypothesis import given
from hypothesis import strategies as st
from shell import dateline
from support import NOW, SiteFixture, post

from generator import content, ids
from generator.ledger import derived_id

ID = "1d52hx5a7vz1"


def listed(site, *arguments):
    """What `dateline ids` prints."""
    return dateline("ids", "-s", site.root, "--now", NOW.isoformat(), *arguments)


@pytest.fixture
def news(tmp_path):
    """A story with an id and two without, one of them a draft, and a page."""
    return SiteFixture(
        tmp_path / "site",
        {
            "content/posts/bridge.md": post("Bridge", id="bridge1"),
            "content/posts/ferry.md": post("Ferry", "2026-01-03 10:00", "Text[^1].\n\n[^1]: Note."),
            "content/posts/2026/draft.md": post("Draft", status="draft"),
            "content/pages/about.md": "---\ntitle: About\n---\n\nWe.\n",
        },
    )


def test_list(news):
    """Each article without an id is named with the id that it has; nothing is written."""
    names = ("content/pages/about.md", "content/posts/2026/draft.md", "content/posts/ferry.md")
    before = {name: (news.root / name).read_bytes() for name in names}
    said = listed(news)
    assert said.code == 0
    assert said.out.splitlines() == [*(f"{name}: {derived_id(name)}" for name in names), "without an id: 3 files"]
    assert {name: (news.root / name).read_bytes() for name in names} == before


def test_list_of_some(news):
    """Files and folders choose what is looked at; what is not there is told."""
    assert listed(news, "content/posts/2026").out.splitlines()[1:] == ["without an id: 1 file"]
    assert listed(news, "content/posts/bridge.md").out == "without an id: 0 files\n"
    assert listed(news, "content/none.md").code == 2


def test_write(news):
    """Each file gets the id that it had, in a line after its date; a second run finds nothing to do."""
    news.build()
    before, page = guids(news), news.page("2026/01/ferry/index.html")
    said = listed(news, "--write")
    assert said.code == 0, said.err
    assert said.out.splitlines()[-1] == "wrote an id into 3 files"
    name = "content/posts/ferry.md"
    lines = (news.root / name).read_text().splitlines()
    assert lines[:5] == ["---", "title: Ferry", "date: 2026-01-03 10:00", f"id: {derived_id(name)}", "---"]
    assert news.build().exit_code() == 0
    assert guids(news) == before
    assert news.page("2026/01/ferry/index.html") == page
    again = {path: path.stat().st_mtime_ns for path in news.root.rglob("*.md")}
    assert listed(news, "--write").out == "wrote an id into 0 files\n"
    assert {path: path.stat().st_mtime_ns for path in news.root.rglob("*.md")} == again


def test_written_id_is_that_of_the_ledger(news):
    """A story that moved after its publication gets the id under which it was published."""
    news.build()
    before = guids(news)
    keep(news)
    (news.root / "content/posts/ferry.md").rename(news.root / "content/posts/2026/ferry.md")
    assert f"content/posts/2026/ferry.md: {derived_id('content/posts/ferry.md')}" in listed(news, "--write").out
    (news.root / "content/posts/2026/ferry.md").rename(news.root / "content/posts/gone.md")
    assert news.build().exit_code() == 0
    assert guids(news) == before


def test_broken_articles_are_told(news):
    """An article that cannot be read has no id that anyone knows; the others are listed."""
    news.add("content/posts/bad.md", "no front matter")
    said = listed(news)
    assert said.code == 1
    assert "content/posts/bad.md:1: error: has no front matter" in said.err
    assert "without an id: 3 files" in said.out


@pytest.mark.skipif(os.name == "nt", reason="modes are those of POSIX")
def test_modes_stay_and_links_are_left_alone(news):
    """A file keeps its permissions; a link is not replaced by a file, and is told."""
    path = news.root / "content/posts/ferry.md"
    path.chmod(0o640)
    (news.root / "content/posts/link.md").symlink_to("bridge.md")
    (news.root / "content/posts/other.md").symlink_to("2026/draft.md")
    said = listed(news, "--write")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert (news.root / "content/posts/other.md").is_symlink()
    assert "content/posts/other.md:1: error: cannot have its id written without touching more" in said.err
    assert said.code == 1


FILES = {
    "yaml": (b"---\ntitle: A\ndate: 2026-01-01\n---\n\nText.\n", b"date: 2026-01-01\n", b"id: 1d52hx5a7vz1\n"),
    "crlf": (b"---\r\ntitle: A\r\ndate: 2026-01-01\r\n---\r\n", b"date: 2026-01-01\r\n", b"id: 1d52hx5a7vz1\r\n"),
    "bom": (b"\xef\xbb\xbf---\ntitle: A\n---\n\tText.", b"title: A\n", b"id: 1d52hx5a7vz1\n"),
    "old mac": (b"---\rtitle: A\r---\rText.", b"title: A\r", b"id: 1d52hx5a7vz1\r"),
    "blank lines above": (b"\n\n---\ntitle: A\n---\n", b"title: A\n", b"id: 1d52hx5a7vz1\n"),
    "long title": (b"---\ntitle: >\n  A\n  B\n---\n", b"---\n", b"id: 1d52hx5a7vz1\n"),
    "comment": (b"---\n# note\ntitle: A # why\n---\n", b"title: A # why\n", b"id: 1d52hx5a7vz1\n"),
    "toml": (
        b'+++\ntitle = "A"\ndate = 2026-01-01\n[image]\nsrc = "a.png"\n+++\nText.',
        b"date = 2026-01-01\n",
        b'id = "1d52hx5a7vz1"\n',
    ),
    "toml, date below": (b'+++\ntitle = "A"\n[extra]\nx = 1\n+++\n', b'title = "A"\n', b'id = "1d52hx5a7vz1"\n'),
    "json": (b'{\n  "title": "A",\n  "tags": []\n}\n\nText.', b"{\n  ", b'"id": "1d52hx5a7vz1",\n  '),
    "json on a line": (b'{"title": "A"}\nText.', b"{", b'"id": "1d52hx5a7vz1", '),
    "json, crlf": (b'{\r\n\t"title": "A"\r\n}\r\n', b"{\r\n\t", b'"id": "1d52hx5a7vz1",\r\n\t'),
}


@pytest.mark.parametrize("name", FILES)
def test_every_other_byte_stays(name):
    """The id is put in behind a certain place, with the line end of the file, and nothing else changes."""
    data, after, line = FILES[name]
    at = data.index(after) + len(after)
    assert ids.with_id(data, "content/posts/x.md", ID) == data[:at] + line + data[at:]


@pytest.mark.parametrize(
    "data",
    [
        b"---\n{title: A, date: 2026-01-01}\n---\n",
        b"---\ntitle: A\nid:\n---\n",
        b"---\ntitle: A\nid: there\n---\n",
        b"---\n---\n",
        b"no front matter",
    ],
)
def test_what_cannot_be_done_safely_is_not_done(data):
    """Front matter in braces, an empty `id:`, an id that is there, or an article with an error: hands off."""
    assert ids.with_id(data, "content/posts/2026-01-01-x.md", ID) is None


@pytest.mark.parametrize(
    "identity", ["012345678901", "1234567e1234", "tag:news.example,2019:1", "https://x.example/?p=1"]
)
def test_ids_that_look_like_other_values(identity):
    """An id that YAML would take for a number is quoted."""
    new = ids.with_id(b"---\ntitle: A\n---\n", "content/posts/2026-01-01-x.md", identity)
    assert content.parse(new, "content/posts/2026-01-01-x.md").document.front.id == identity


_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=30)


@given(_TEXT, _TEXT, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_whatever_is_in_a_file(title, body, end, mark):
    """Whatever an article says: it says the same with its id, and without the id's bytes it is what it was."""
    block = ["---", f"title: {title!r}", "date: 2026-01-01", "---", "", body]
    data = (b"\xef\xbb\xbf" if mark else b"") + end.join(block).encode()
    new = ids.with_id(data, "content/posts/x.md", ID)
    if new is None:
        document = content.parse(data, "content/posts/x.md").document
        assert document is None
        return
    at = new.index(f"id: {ID}{end}".encode())
    assert new[:at] + new[at + len(f"id: {ID}{end}".encode()) :] == data

"""A reader that people use: newsboat lists every story, and takes no edited one for new."""

import datetime as dt
import functools
import http.server
import json
import shutil
import sqlite3
import subprocess
import threading
from contextlib import closing, contextmanager
from html import escape

import feedparser
import pytest
from conftest import require
from support import NOW, REPOSITORY, messages

from generator.importer import ImportRequest, run

BLOG = REPOSITORY / "tests" / "fixtures" / "import" / "blogger" / "legacy.xml"

TITLES = (
    "Plain",
    "A & B < C > D",
    "]]> after",
    "<![CDATA[ like this ]]>",
    "Storm 🌊 over 👩\u200d👩\u200d👧",
    "שלום עולם",
    "مرحبا بالعالم",
    "İstanbul’da ılık",
    "日本語の見出し",
    "&amp; as text",
    "\"Quoted\" 'twice'",
    "a\u0301 combining",
)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """A web server that says nothing, not even when a file changed: by the second, it would miss our second edit."""

    def send_header(self, keyword, value):
        """All headers but one."""
        if keyword != "Last-Modified":
            super().send_header(keyword, value)

    def log_message(self, *_):
        """Not a word."""


@contextmanager
def hosting(folder):
    """The address at which a folder is served."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Reader:
    """A newsboat of its own."""

    def __init__(self, folder, url):
        """Subscribe to one feed."""
        self.program = require("newsboat", "newsboat")
        self.folder = folder
        folder.mkdir()
        (folder / "urls").write_text(f"{url}\n")
        (folder / "config").write_text('error-log "errors"\n')

    def reload(self):
        """Fetch; every item as (guid, title, url, content, unread)."""
        command = [self.program, "-u", "urls", "-c", "cache.db", "-C", "config", "-x", "reload"]
        env = {"HOME": str(self.folder), "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}
        done = subprocess.run(
            command, cwd=self.folder, env=env, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        errors = self.folder / "errors"
        assert not errors.exists() or not errors.read_text().strip(), errors.read_text()
        with closing(sqlite3.connect(self.folder / "cache.db")) as cache:
            return cache.execute(
                "select guid, title, url, content, unread, pubDate from rss_item order by id"
            ).fetchall()

    def read_all(self):
        """Mark every item as read, as a person who has."""
        with closing(sqlite3.connect(self.folder / "cache.db")) as cache:
            cache.execute("update rss_item set unread = 0")
            cache.commit()


def story(title, number, body="Text."):
    """An article with any title."""
    front = {"title": title, "date": f"2026-01-{number + 1:02} 10:00", "id": f"story{number:05}abc"}
    return f"{json.dumps(front)}\n\n{body}\n"


@pytest.mark.real
def test_newsboat_lists_every_story_and_none_twice(site, tmp_path):
    """All titles arrive as written; after edits there are as many items, none unread again, and new stories are new."""
    fixture = site({f"content/posts/p{number}.md": story(title, number) for number, title in enumerate(TITLES)})
    with hosting(fixture.output) as address:
        overrides = {"overrides": {"base_url": address}}
        assert messages(fixture.build(**overrides)) == []
        reader = Reader(tmp_path / "reader", f"{address}/feed.xml")
        first = reader.reload()
        assert sorted(item[1] for item in first) == sorted(TITLES)
        assert all(item[4] for item in first)
        assert all(item[2].startswith(address) for item in first)
        assert all("Text." in item[3] for item in first)
        reader.read_all()

        fixture.edit("content/posts/p0.md", story("Plain no more", 0, "Quite another text."))
        fixture.edit("content/posts/p5.md", story(TITLES[5], 5).replace('"id"', '"slug": "elsewhere", "id"'))
        fixture.build(**overrides)
        second = reader.reload()
        assert [item[0] for item in second] == [item[0] for item in first]
        assert [item[5] for item in second] == [item[5] for item in first]
        assert not any(item[4] for item in second)
        assert "Plain no more" in [item[1] for item in second]

        fixture.add("content/posts/new.md", story("Fresh", 20))
        fixture.build(**overrides)
        third = reader.reload()
        assert len(third) == len(first) + 1
        assert [item[1] for item in third if item[4]] == ["Fresh"]


@pytest.mark.real
def test_newsboat_follows_each_kind_of_feed(site, tmp_path):
    """The feeds of a tag, a section and an author hold what they should."""
    front = "---\ntitle: {}\ndate: 2026-01-0{}\ntags: [{}]\nsection: {}\nauthor: {}\n---\n\nText.\n"
    rows = [("One", 1, "Ünlü şehir", "Sea & sky", "Ada B."), ("Two", 2, "other", "Sea & sky", "日本 太郎")]
    fixture = site({f"content/posts/{row[0]}.md": front.format(*row) for row in rows})
    with hosting(fixture.output) as address:
        assert messages(fixture.build(overrides={"base_url": address})) == []
        feeds = [path.relative_to(fixture.output).as_posix() for path in sorted(fixture.output.rglob("feed.xml"))]
        assert len(feeds) == 1 + 2 + 1 + 2
        for number, name in enumerate(feeds):
            found = Reader(tmp_path / f"reader{number}", f"{address}/{name}").reload()
            whole = name == "feed.xml" or name.startswith("sea")
            assert len(found) == (2 if whole else 1), name


@pytest.mark.real
@pytest.mark.parametrize("name", ["feed.xml", "atom.xml"])
def test_nothing_comes_to_a_subscriber_twice(site, tmp_path, name):
    """Body, headline, address, scheme, domain and day change: nothing is unread again; a new story is one new item."""
    paths = [f"content/posts/p{number}.md" for number in range(3)]
    fixture = site({path: story(f"Story {path[-4]}", number) for number, path in enumerate(paths)})
    with hosting(fixture.output) as address:
        reader = Reader(tmp_path / "reader", f"{address}/{name}")

        def subscriber_sees(base=address, now=NOW):
            assert messages(fixture.build(overrides={"base_url": base}, now=now)) == []
            found = reader.reload()
            unread = [item[1] for item in found if item[4]]
            reader.read_all()
            return len(found), unread

        assert subscriber_sees() == (3, ["Story 0", "Story 1", "Story 2"])
        fixture.edit(paths[0], story("Story 0", 0, "Quite other words."))
        assert subscriber_sees() == (3, [])
        fixture.edit(paths[1], story("Another headline", 1))
        assert subscriber_sees() == (3, [])
        fixture.edit(paths[2], story("Story 2", 2).replace('"id"', '"slug": "elsewhere", "id"'))
        assert subscriber_sees() == (3, [])
        assert subscriber_sees(address.replace("http:", "https:")) == (3, [])
        assert subscriber_sees("https://moved.example/news") == (3, [])
        assert subscriber_sees("https://moved.example/news", NOW + dt.timedelta(days=1)) == (3, [])
        fixture.add("content/posts/new.md", story("Fresh", 20))
        assert subscriber_sees("https://moved.example/news") == (4, ["Fresh"])


@pytest.mark.real
def test_a_feed_that_moved_goes_on(site, tmp_path):
    """Who subscribed to a section before it got another address gets its next story, and nothing twice."""
    fixture = site({"content/posts/a.md": story("One", 1).replace('"id"', '"section": "Town", "id"')})
    settings = (fixture.root / "site.toml").read_text()
    with hosting(fixture.output) as address:
        assert messages(fixture.build(overrides={"base_url": address})) == []
        reader = Reader(tmp_path / "reader", f"{address}/town/feed.xml")
        assert [item[1] for item in reader.reload()] == ["One"]
        reader.read_all()
        redirects = '[redirects]\n"/town/" = "/city/"\n"/town/feed.xml" = "/city/feed.xml"\n'
        fixture.add("site.toml", f"{settings}{redirects}")
        for name, title in (("a", "One"), ("b", "Two")):
            article = story(title, 1 if name == "a" else 20).replace('"id"', '"section": "City", "id"')
            fixture.add(f"content/posts/{name}.md", article)
        assert messages(fixture.build(overrides={"base_url": address})) == []
        assert [(item[1], bool(item[4])) for item in sorted(reader.reload(), key=lambda item: item[1])] == [
            ("One", False),
            ("Two", True),
        ]


def old_feed(address):
    """The feed that Blogger published of the blog in an export, by a reader that knows nothing of our importer."""
    entries = [
        entry
        for entry in feedparser.parse(BLOG).entries
        if any(tag.term.endswith("kind#post") for tag in entry.tags) and entry.get("app_draft") != "yes"
    ]
    items = "".join(
        f"<entry><id>{entry.id}</id><title>{escape(entry.title)}</title><updated>{entry.published}</updated>"
        f"<published>{entry.published}</published><link rel='alternate' href='{escape(entry.link)}'/>"
        f"<content type='html'>{escape(entry.content[0].value)}</content></entry>"
        for entry in entries
        if entry.link.startswith("http:") and not entry.published.startswith("0000")
    )
    head = "<id>tag:blogger.com,1999:blog-77</id><title>Old</title><updated>2019-01-02T10:00:00Z</updated>"
    return f"<feed xmlns='http://www.w3.org/2005/Atom'>{head}<link rel='self' href='{address}/atom.xml'/>{items}</feed>"


@pytest.mark.real
def test_a_blog_that_moves_in_sends_nothing_twice(site, tmp_path):
    """From an export of Blogger to a built site: who subscribed to the old feed finds nothing unread in the new one."""
    web = tmp_path / "web"
    web.mkdir()
    with hosting(web) as address:
        (web / "atom.xml").write_text(old_feed(address), "utf-8")
        reader = Reader(tmp_path / "reader", f"{address}/atom.xml")
        before = reader.reload()
        assert len(before) == 2
        reader.read_all()

        fixture = site()
        run(ImportRequest(root=fixture.root, inputs=(str(BLOG),), now=NOW))
        fixture.build(overrides={"base_url": address})
        shutil.copytree(fixture.output, web, dirs_exist_ok=True)
        after = reader.reload()
        assert {item[0] for item in before} <= {item[0] for item in after}
        assert [item[1] for item in after if item[4]] == []

        fixture.add("content/posts/new.md", story("Fresh", 20))
        fixture.build(overrides={"base_url": address})
        shutil.copytree(fixture.output, web, dirs_exist_ok=True)
        assert [item[1] for item in reader.reload() if item[4]] == ["Fresh"]

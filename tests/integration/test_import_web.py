"""Feeds that are given by their address: fetched where that is asked, from public hosts, within bounds."""

import http.server
import json

import pytest
from hosting import serving
from support import NOW, SiteFixture

from generator import fetch
from generator.cli import main
from generator.importer import ImportRequest, run, sources
from generator.importer.formats import paging

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Quay</title><link>{url}/</link>
<item><title>{name}</title><link>{url}/2013/{name}.html</link><guid isPermaLink="false">tag:{name}</guid>
<pubDate>Tue, 05 Mar 2013 09:00:00 +0000</pubDate>
<description>The ferry of {name} was late again, since the tide would not wait for anyone at all.</description></item>
</channel></rss>"""
OPML = """<opml version="2.0"><body><outline text="A" xmlUrl="/a.xml"/><outline text="B" xmlUrl="feed:{url}/b.xml"/>
<outline text="C" xmlUrl="{url}/gone.xml"/><outline text="D" xmlUrl="{url}/page"/>
<outline text="E" xmlUrl="file:/etc/hostname"/></body></opml>"""
JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "items": [{"id": "tag:j", "title": "j", "content_text": "A text.", "date_published": "2013-03-05T09:00:00Z"}],
}
BLOG = """<feed xmlns="http://www.w3.org/2005/Atom"><id>tag:blogger.com,1999:blog-7</id><title>Moss</title>
<link rel="alternate" type="text/html" href="{url}/"/><link rel="next" href="{url}/blog{next}.xml"/>
<entry><id>tag:blogger.com,1999:blog-7.post-{page}</id><published>2013-03-05T09:00:00.000+01:00</published>
<updated>2019-01-01T00:00:00.000+01:00</updated><title type="text">Moss {page}</title>
<summary type="text">Number {page} of the moss.</summary>
<link rel="alternate" type="text/html" href="{url}/2013/03/moss-{page}.html"/><author><name>Ida</name></author></entry>
</feed>"""
PAGE = """<!doctype html><title>Quay</title>
<link rel="alternate" type="application/rss+xml" href="/a.xml?x=1&amp;y=2"><p>Hello"""


class Handler(http.server.BaseHTTPRequestHandler):
    """Two feeds, a list of them, a page, a redirect to itself and one to a feed."""

    def do_GET(self):
        """Answer."""
        self.server.asked.append(self.path)
        url = self.server.url
        pages = {"/list.opml": OPML.format(url=url), "/page": PAGE, "/text": "5 March 2013\nHello\n\nA text."}
        pages |= {f"/{name}.xml": FEED.format(url=url, name=name) for name in "ab"}
        pages |= {f"/p{n}.xml": self._paged(f"p{n}", n) for n in range(1, 10)}
        pages |= {f"/blog{n}.xml": BLOG.format(url=url, page=n, next=n + 1) for n in (1, 2)}
        pages["/blog3.xml"] = BLOG.format(url=url, page=3, next=1)
        pages["/j1.json"] = json.dumps({**JSON, "next_url": "/j2.json"})
        pages["/j2.json"] = json.dumps({**JSON, "items": [], "next_url": "/j1.json"})
        status = 302 if self.path in ("/moved", "/round") else 200 if self.path in pages else 404
        body = pages.get(self.path, "").encode()
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/a.xml" if self.path == "/moved" else "/round")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _paged(self, name, number):
        """A feed in pages: 1 to 3, the last of which leads to the first; 5 leads to a page; 6 to nowhere; 7 to 9."""
        following = {1: "/p2.xml", 2: "p3.xml", 3: "/p1.xml", 5: "/page", 6: "/gone.xml", 7: "/p8.xml", 8: "/p9.xml"}
        rel = "prev-archive" if number == 2 else "next"
        link = f'<link xmlns="http://www.w3.org/2005/Atom" rel="{rel}" href="{following.get(number, "")}"/>'
        return FEED.format(url=self.server.url, name=name).replace("<item>", f"{link}<item>")

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def host():
    """A host of feeds on this machine."""
    with serving(Handler) as server:
        yield server


@pytest.fixture
def public(monkeypatch):
    """This machine counts as a host of the open internet."""
    real = fetch.bring
    monkeypatch.setattr(fetch, "bring", lambda url, most, private: real(url, most=most, private=not private))


@pytest.fixture
def take(tmp_path):
    """Imports inputs into one site; the report."""
    site = SiteFixture(tmp_path / "site")
    return lambda *inputs, **values: run(ImportRequest(root=site.root, inputs=inputs, now=NOW, **values))


def found(report):
    """Outcome and id of each article, or why there is none."""
    return [(item.outcome.value, item.title) if item.path else item.problems[0].cause for item in report.articles]


def test_a_feed_by_its_address(take, host, public):
    """Its items become posts, whose source is its host; again, nothing changes; a redirect is followed."""
    report = take(f"{host.url}/a.xml", fetch=True)
    assert found(report) == [("written", "a")]
    assert report.exit_code == 0
    again = take(f"{host.url}/moved", fetch=True)
    assert found(again) == [("unchanged", "a")]
    assert host.asked == ["/a.xml", "/moved", "/a.xml"]


def test_nothing_is_fetched_unasked(take, host, public):
    """Without --fetch an address is an error that says how, a list's feeds are told, and no host is asked."""
    report = take(f"{host.url}/a.xml")
    assert report.exit_code == 1
    (problem,) = report.problems
    assert "nothing is fetched unless you say so" in problem.cause
    assert "--fetch" in problem.fix
    assert host.asked == []


def test_a_list_by_its_address(take, host, public, tmp_path):
    """Of a list its feeds are fetched, relative addresses too; files of this machine are not meant by it."""
    report = take(f"{host.url}/list.opml", fetch=True)
    assert [cause if isinstance(cause, tuple) else cause.replace(host.url, "") for cause in found(report)] == [
        ("written", "a"),
        ("written", "b"),
        "feed '/gone.xml' cannot be imported: cannot be fetched: it answers 404",
        "feed '/page' cannot be imported: what is there is no feed",
        "feed 'file:/etc/hostname' cannot be imported: there is no such file beside the list",
    ]
    assert report.exit_code == 1
    file = tmp_path / "mine.opml"
    file.write_text(f'<opml version="2.0"><body><outline xmlUrl="{host.url}/b.xml"/></body></opml>')
    before = len(host.asked)
    (left,) = take(str(file)).skipped
    assert "--fetch" in left.reason
    assert len(host.asked) == before
    assert found(take(str(file), fetch=True)) == [("unchanged", "b")]


@pytest.mark.parametrize(
    ("path", "cause", "fix"),
    [
        ("/none.xml", "it answers 404", "check the address"),
        ("/round", "it redirects more than 5 times", "check the address"),
        ("/page", "is no feed", "/a.xml?x=1&y=2"),
        ("/text", "is no feed", "save the page"),
    ],
)
def test_what_is_no_feed(take, host, public, path, cause, fix):
    """Why there is nothing, and where the feed is, if the page says so."""
    report = take(f"{host.url}{path}", fetch=True)
    assert report.exit_code == 1
    (problem,) = report.problems
    assert cause in problem.cause
    assert fix in problem.fix


def test_a_feed_in_pages(take, host, public, tmp_path):
    """Its pages are read until there is none or one comes again; a file says that there are more."""
    assert found(take(f"{host.url}/p1.xml", fetch=True)) == [("written", "p1"), ("written", "p2"), ("written", "p3")]
    assert host.asked == ["/p1.xml", "/p2.xml", "/p3.xml"]
    assert found(take(f"{host.url}/j1.json", fetch=True)) == [("written", "j")]
    report = take(f"{host.url}/blog1.xml", fetch=True)
    assert found(report) == [("written", f"Moss {number}") for number in (1, 2, 3)]
    assert [item.url for item in report.articles][2] == f"{host.url}/2013/03/moss-3.html"
    file = tmp_path / "p1.xml"
    link = f'<link xmlns="http://www.w3.org/2005/Atom" rel="next" href="{host.url}/p2.xml"/>'
    file.write_text(FEED.format(url=host.url, name="p1").replace("<item>", f"{link}<item>"))
    before = len(host.asked)
    (left,) = take(str(file), fetch=True).skipped
    assert (left.kind, left.name) == ("further page", f"{host.url}/p2.xml")
    assert len(host.asked) == before


@pytest.mark.parametrize(
    ("start", "last"),
    [("/p5.xml", "is a feed without items"), ("/p6.xml", "answers 404"), ("/p7.xml", "more than 2 pages")],
)
def test_a_page_of_a_feed_that_is_not_there(take, host, public, monkeypatch, start, last):
    """What was read before it stays, and the page is an error with its way out; there is a bound to pages."""
    monkeypatch.setattr(paging, "MOST", 2)
    *written, lost = found(take(f"{host.url}{start}", fetch=True, jobs=1))
    assert {outcome for outcome, _ in written} == {"written"}
    assert last in lost


def test_an_address_with_a_password(take, host, public):
    """It is refused, and the password is repeated nowhere."""
    (problem,) = take(f"http://ann:s3cret@{host.url[7:]}/a.xml", fetch=True).problems
    assert "s3cret" not in str(problem)
    assert host.asked == []


def test_more_than_a_feed_has(take, host, public, monkeypatch):
    """What is larger than a feed may be is not taken."""
    monkeypatch.setattr(sources, "_FETCHED", 100)
    (problem,) = take(f"{host.url}/a.xml", fetch=True).problems
    assert "larger than 100 bytes" in problem.cause


def test_this_machine_is_never_asked(host, tmp_path, capsys):
    """Hosts of this machine and its network are refused, at the command line too; the exit code is 1."""
    site = SiteFixture(tmp_path / "site")
    with pytest.raises(SystemExit) as ended:
        main(["import", "-s", str(site.root), f"{host.url}/a.xml", "--fetch"])
    assert ended.value.code == 1
    assert "which is never asked" in capsys.readouterr().err
    assert host.asked == []

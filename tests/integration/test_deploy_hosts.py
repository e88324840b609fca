"""Every rule in the files for hosts, exercised by requests to the real servers."""

import gzip
import json
import shutil
from urllib.parse import quote

import pytest
from hosting import SERVERS, node, open_folder
from publishing import publish, site
from support import post

ODD = (
    "old/1",
    "a b",
    "it's",
    "50% off",
    "c++",
    "çay-ve-simit",
    "数字",
    "a;b",
    "x{1}",
    "$money",
    "(x)",
    "~tilde",
    "a&b=c",
)
BRIDGE = "/2026/01/bridge/"
GONE = ("/2026/01/taken-back/", "/2026/01/over/", "/2026/01/price-$5/", "/2026/01/{x}/")
FILES = {
    "content/posts/bridge.md": post("Bridge", id="b1", aliases=json.dumps([quote(f"/{name}/") for name in ODD])),
    "content/posts/taken-back.md": post("Taken back", id="t1", status="withdrawn"),
    "content/posts/over.md": post("Over", id="v1", expires="2026-02-01"),
    "content/posts/price.md": post("Price", id="o1", permalink="/2026/01/price-$5/", status="withdrawn"),
    "content/posts/x.md": post("X", id="o2", permalink="'/2026/01/{x}/'", status="withdrawn"),
    "content/images/map.png": b"\x89PNG",
    "content/images/map-0123456789abcdef0123.png": b"\x89PNG",
    "content/images/day-20261123.png": b"\x89PNG",
    "content/paper.pdf": b"%PDF",
    "content/notes.txt": "Ça va\n",
    "content/data.json": "{}",
    "content/strange.zzz": "?",
    "content/.well-known/security.txt": "Contact: us\n",
}
MOVED = {
    "/town/feed.xml": "/tags/sea/feed.xml",
    "/town/": "/tags/sea/",
    "/feed/": "/feed.xml",
    "/feeds/posts/default": "/atom.xml",
}
REDIRECTS = "[redirects]\n" + "".join(f'"{old}" = "{new}"\n' for old, new in MOVED.items())
PLACE = '[deploy.home]\nkind = "folder"\npath = "public"\nhost_files = ["nginx", "caddy", "apache"]\n'
SHORT = "public, max-age=60, must-revalidate"
LASTING = "public, max-age=3600"
TYPES = {
    "/": ("text/html; charset=utf-8", SHORT),
    BRIDGE: ("text/html; charset=utf-8", SHORT),
    "/feed.xml": ("application/rss+xml; charset=utf-8", SHORT),
    "/tags/sea/feed.xml": ("application/rss+xml; charset=utf-8", SHORT),
    "/atom.xml": ("application/atom+xml; charset=utf-8", SHORT),
    "/feed.json": ("application/feed+json", SHORT),
    "/feeds.opml": ("text/x-opml; charset=utf-8", SHORT),
    "/sitemap.xml": ("application/xml; charset=utf-8", SHORT),
    "/robots.txt": ("text/plain; charset=utf-8", SHORT),
    "/feed.css": ("text/css; charset=utf-8", SHORT),
    "/assets/style.css": ("text/css; charset=utf-8", LASTING),
    "/images/map.png": ("image/png", LASTING),
    "/images/day-20261123.png": ("image/png", LASTING),
    "/images/map-0123456789abcdef0123.png": ("image/png", "public, max-age=31536000, immutable"),
    "/data.json": ("application/json", LASTING),
    "/paper.pdf": ("application/pdf", LASTING),
    "/notes.txt": ("text/plain; charset=utf-8", SHORT),
    "/.well-known/security.txt": ("text/plain; charset=utf-8", SHORT),
}


@pytest.fixture(scope="module", params=SERVERS)
def host(request):
    """A published site behind a real server."""
    with open_folder() as scratch:
        files = {
            **FILES,
            "content/posts/bridge.md": FILES["content/posts/bridge.md"].replace("id: b1", "id: b1\ntags: [Sea]"),
        }
        made = site(scratch / "site", files, REDIRECTS + PLACE)
        assert publish(made).done
        (scratch / "run").mkdir()
        with SERVERS[request.param](scratch / "run", made.root / "public/current") as server:
            made.server = request.param
            yield server, made


@pytest.mark.parametrize("name", ODD)
def test_an_old_address_leads_on(host, name):
    """Each alias is a 301 to the story, whatever is in its name; what lies below it is not."""
    server, _ = host
    answer = server.ask(quote(f"/{name}/"))
    assert (answer.status, answer.headers["location"].removeprefix(f"http://127.0.0.1:{server.port}")) == (301, BRIDGE)
    assert server.ask(quote(f"/{name}/x")).status == 404


@pytest.mark.parametrize("old", MOVED)
def test_the_old_address_of_a_list_or_feed_leads_on(host, old):
    """By a 301, though a file stands there for hosts that know no redirects."""
    server, _ = host
    answer = server.ask(old)
    assert answer.status == 301
    assert answer.headers["location"].removeprefix(f"http://127.0.0.1:{server.port}") == MOVED[old]


@pytest.mark.parametrize("url", GONE)
def test_what_was_taken_back_is_gone(host, url):
    """A withdrawn story's address says 410, with its own page where the server can, else with another."""
    server, made = host
    answer = server.ask(quote(url))
    own = made.output / url[1:] / "index.html"
    general = made.output / "404.html"
    assert answer.status == 410
    assert answer.body in (own.read_bytes(), general.read_bytes())
    if not (made.server == "apache" or (made.server == "nginx" and "$" in url)):
        assert answer.body == own.read_bytes()


@pytest.mark.parametrize("path", TYPES)
def test_each_file_has_its_type_and_its_time(host, path):
    """Types, charset and caching are those of the kind of file; nobody may guess another type."""
    answer = host[0].ask(path)
    told = (answer.headers["content-type"].lower(), answer.headers["cache-control"])
    assert (answer.status, told) == (200, TYPES[path])
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/nowhere/", 404), (quote(GONE[0]), 410), ("/old/1/", 301)])
def test_every_answer_is_guarded(host, path, status):
    """Pages, redirects and errors come with the policy for content, once; errors are not kept for long."""
    answer = host[0].ask(path)
    assert answer.status == status
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["referrer-policy"] == "strict-origin-when-cross-origin"
    if status >= 400:
        assert answer.headers.get("cache-control", "no-cache") in ("no-cache", SHORT)
        assert b"<h1>" in answer.body


@pytest.mark.parametrize("path", ["/.htaccess", "/.git/config", "/images/.env"])
def test_nothing_hidden_is_served(host, path):
    """Names that begin with a dot are never answered."""
    assert host[0].ask(path).status in (403, 404)


def test_a_reader_who_has_a_page_is_told_so(host):
    """After the same site was built elsewhere and published again, an ETag of before gets 304; after an edit, 200."""
    server, made = host
    before = {path: server.ask(path).headers["etag"] for path in TYPES}
    shutil.rmtree(made.output)
    shutil.rmtree(made.root / ".dateline")
    made.edit("content/posts/good.md", post("Better", id="g1"))
    assert publish(made, minutes=5).done
    for path in (BRIDGE, "/images/map.png", "/assets/style.css", "/robots.txt"):
        answer = server.ask(path, If_None_Match=before[path])
        assert (answer.status, answer.body) == (304, b""), path
    answer = server.ask("/feed.xml", If_None_Match=before["/feed.xml"])
    assert (answer.status, b"Better" in answer.body) == (200, True)


def test_two_versions_of_a_page_never_share_an_etag(host):
    """An edit within the same second that leaves the size as it was is seen all the same."""
    server, made = host
    tags = []
    for text in ("Text one.", "Text two.", "Text six."):
        made.edit("content/posts/same.md", post("Same", id="s1", body=text))
        assert publish(made, minutes=10).done
        tags.append(server.ask("/2026/01/same/").headers["etag"])
        assert server.ask("/2026/01/same/", If_None_Match=tags[0]).status == (304 if len(tags) == 1 else 200)
    assert len(set(tags)) == 3


@pytest.mark.parametrize("name", ["nginx", "caddy"])
def test_compressed_copies_are_served(name):
    """Who takes gzip gets the compressed copy of a text, of the same type; who does not, gets the text."""
    with open_folder() as scratch:
        made = site(
            scratch / "site",
            {"content/posts/long.md": post("Long", body="Words. " * 500)},
            f'{PLACE}compress = ["gzip"]\n',
        )
        assert publish(made).done
        (scratch / "run").mkdir()
        with SERVERS[name](scratch / "run", made.root / "public/current") as server:
            plain, packed = server.ask("/2026/01/long/"), server.ask("/2026/01/long/", Accept_Encoding="gzip")
            assert gzip.decompress(packed.body) == plain.body
            assert packed.headers["content-encoding"] == "gzip"
            assert packed.headers["content-type"] == plain.headers["content-type"]
            assert "Accept-Encoding" in packed.headers["vary"]


@pytest.mark.parametrize("name", SERVERS)
def test_addresses_without_a_slash(name):
    """Where permalinks have no slash at their end, pages answer without their suffix; folders still lead to theirs."""
    with open_folder() as scratch:
        files = {
            "content/posts/a.md": post("A", aliases="[/was-a]"),
            "content/posts/b.md": post("B", status="withdrawn"),
        }
        made = site(scratch / "site", files, PLACE, settings='permalink = "/{year}/{slug}"\n')
        assert publish(made).done
        (scratch / "run").mkdir()
        with SERVERS[name](scratch / "run", made.root / "public/current") as server:
            told = {
                path: server.ask(path).status for path in ("/2026/a", "/was-a", "/2026/b", "/2026/c", "/", "/tags/")
            }
            assert told == {"/2026/a": 200, "/was-a": 301, "/2026/b": 410, "/2026/c": 404, "/": 200, "/tags/": 200}
            assert server.ask("/tags").headers["location"].endswith("/tags/")


_NETLIFY = """
import { readFileSync } from "node:fs"
import redirector from "netlify-redirector"
const [file, ...paths] = process.argv.slice(1)
const rules = await redirector.parsePlain(readFileSync(file, "utf8"), {})
const nothing = () => ""
const ask = (path) =>
  rules.match({ scheme: "https", host: "town.example", path, query: "", getHeader: nothing, getCookie: nothing })
console.log(JSON.stringify(paths.map(ask).map((found) => found && [found.status, found.to, found.force])))
"""


_VERCEL = """
import { readFileSync } from "node:fs"
import routing from "@vercel/routing-utils"
const [file, ...paths] = process.argv.slice(1)
const { error, routes } = routing.getTransformedRoutes(JSON.parse(readFileSync(file, "utf8")))
const moved = (routes ?? []).filter((route) => route.status === 301)
const ask = (path) => moved.find((route) => new RegExp(route.src).test(path))?.headers.Location ?? null
console.log(JSON.stringify([error, ...paths.map(ask)]))
"""
PLAIN = [quote(f"/{name}/", safe="/!$&'()+,;=@~") for name in ODD]
"""As browsers ask for them."""


def test_the_rules_for_vercel(tmp_path):
    """Vercel's own library takes the file, and finds each old address, however it is spelled, and nothing below it."""
    place = '[deploy.home]\nkind = "files"\npath = "public"\nhost_files = ["vercel"]\n'
    made = site(tmp_path / "site", FILES, place)
    assert publish(made).done
    old, below = [quote(f"/{name}/") for name in ODD], [quote(f"/{name}/x") for name in ODD]
    file = str(made.root / "public/vercel.json")
    error, *found = node("@vercel/routing-utils", _VERCEL, file, *old, *PLAIN, *below, "/")
    assert error is None
    assert found == [BRIDGE] * 2 * len(ODD) + [None] * (len(ODD) + 1)


def test_the_rules_for_netlify(tmp_path):
    """Netlify's own engine finds each old address, however it is spelled, each that is gone, and nothing below them."""
    place = '[deploy.home]\nkind = "files"\npath = "public"\nhost_files = ["netlify"]\n'
    made = site(tmp_path / "site", FILES, place)
    assert publish(made).done
    old, below = [quote(f"/{name}/") for name in ODD], [quote(f"/{name}/x") for name in ODD]
    gone = [quote(url) for url in GONE]
    file = str(made.root / "public/_redirects")
    found = iter(node("netlify-redirector", _NETLIFY, file, *old, *PLAIN, *gone, *below, "/"))
    assert [next(found) for _ in (*old, *PLAIN)] == [[301, BRIDGE, True]] * 2 * len(ODD)
    assert [next(found) for _ in gone] == [[410, f"{url}index.html", True] for url in gone]
    assert set(map(str, found)) == {"None"}

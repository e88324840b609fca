"""Files for hosts that no test can run: their words, as each host documents them."""

import json

import pytest

from generator.deploy.hosts import Addresses, Rules, files

NAMES = (
    "index.html",
    "404.html",
    "feed.xml",
    "tags/sea/feed.xml",
    "a.png",
    "built/x-0123456789abcdef.css",
    "2026/x/index.html",
)
RULES = Rules(
    addresses=Addresses({"/old/": "/new/", "/a b*:/": "/çay/"}, {"/gone/", "/2026/x/"}),
    names=NAMES,
    base_path="",
    policy="default-src 'none'",
    max_age=60,
)


def text(kind, name, rules=RULES):
    """One file of a host."""
    return files([kind], rules)[name].decode()


def test_netlify_redirects():
    """A redirect wins over the page that leads on; what is gone says so, with its own page where it has one."""
    assert text("netlify", "_redirects").splitlines() == [
        "/a%20b%2A%3A/ /%C3%A7ay/ 301!",
        "/old/ /new/ 301!",
        "/2026/x/ /2026/x/index.html 410!",
        "/gone/ /404.html 410!",
    ]


def test_cloudflare_knows_neither_force_nor_410():
    """Redirects win there in any case."""
    assert text("cloudflare", "_redirects").splitlines() == ["/a%20b%2A%3A/ /%C3%A7ay/ 301", "/old/ /new/ 301"]


@pytest.mark.parametrize("kind", ["netlify", "cloudflare"])
def test_each_way_to_spell_an_address_has_its_rule(kind):
    """These hosts compare letters: what browsers leave as it is and others encode is written both ways."""
    moved = {"/it's (c++)/": "/new/"}
    rules = Rules(addresses=Addresses(moved, {"/x;y/"}), names=NAMES, base_path="", policy="", max_age=60)
    ways = [line.split()[0] for line in text(kind, "_redirects", rules).splitlines()]
    assert ways[:3] == ["/it%27s%20%28c++%29/", "/it's%20(c++)/", "/it%27s%20%28c%2B%2B%29/"]
    assert ways[3:] == (["/x%3By/", "/x;y/"] if kind == "netlify" else [])


def test_headers_of_netlify_and_cloudflare():
    """Security for all, types of feeds at each depth, a long life for folders in which all files have digests."""
    expected = """/*
  Content-Security-Policy: default-src 'none'
  X-Content-Type-Options: nosniff
  Referrer-Policy: strict-origin-when-cross-origin
/feed.xml
  Content-Type: application/rss+xml; charset=utf-8
/:folder0/:folder1/feed.xml
  Content-Type: application/rss+xml; charset=utf-8
/built/*
  Cache-Control: public, max-age=31536000, immutable
"""
    assert text("netlify", "_headers") == text("cloudflare", "_headers") == expected


def test_vercel():
    """Redirects with status 301, not 308; headers by pattern."""
    body = json.loads(text("vercel", "vercel.json"))
    assert body["redirects"] == [
        {"source": "/a%20b%2A%3A/", "destination": "/%C3%A7ay/", "statusCode": 301},
        {"source": "/old/", "destination": "/new/", "statusCode": 301},
    ]
    sources = [rule["source"] for rule in body["headers"]]
    assert sources == ["/(.*)", r"/(.*\.(?:css|png))", "/(.*[.-][0-9a-f]{16,64}[.][a-z0-9]+)", r"/(.*/)?feed\.xml"]


def test_a_site_below_a_path():
    """Every address begins with the path of the base URL."""
    rules = Rules(RULES.addresses, NAMES, "/news", RULES.policy, 60)
    assert text("netlify", "_redirects", rules).splitlines()[1] == "/news/old/ /news/new/ 301!"
    assert 'location = "/news/old/" { return 301 "/news/new/"; }' in text("nginx", "/nginx.conf", rules)
    assert 'location = "/news/2026/x/" { error_page 410 "/news/2026/x/index.html"; return 410; }' in text(
        "nginx", "/nginx.conf", rules
    )

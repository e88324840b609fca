"""Each rule of `dateline check`: a good site, one thing broken in its output, and exactly that finding."""

import shutil
from dataclasses import dataclass

import pytest
from checking import ALIAS, BASE, BRIDGE_URL, FERRY_URL, Silent, damage, found, good_site, lines_of, run
from shell import dateline
from support import NOW, REPOSITORY, post

from generator.check import RULES, CheckRequest, check
from generator.errors import Severity

DATA_AT = "ld+json"
GUID = "urn:uuid:3d74dda3-6db1-5f7c-8419-ac4e70b4e524"
AUTHOR = "<author>\n<name>Ana Flores</name>\n</author>\n"
ALTERNATE = f'<link rel="alternate" type="text/html" href="{FERRY_URL}"/>'
ITUNES = 'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
IMAGE = f"<image><url>{BASE}/bridge.svg</url><title>The Test</title><link>{BASE}/</link></image>"
SECOND = f"{BRIDGE_URL}</loc>\n<news:news>\n<news:publication>\n<news:name>"
ENCODED = '<c:encoded xmlns:c="http://purl.org/rss/1.0/modules/content/">Text</c:encoded>'
TWICE = f"\n<url><loc>{BASE}/feeds.opml</loc></url>\n"
FEED_LINKS = (
    f'<link rel="alternate" type="application/rss+xml" title="The Test" href="{BASE}/feed.xml">\n'
    f'<link rel="alternate" type="application/atom+xml" title="The Test, Atom" href="{BASE}/atom.xml">\n'
)
MANY = "".join(f"<url><loc>{BASE}/feed.xml?{number}</loc></url>\n" for number in range(50_001))
SITEMAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
LIVE = (
    '"LiveBlogPosting", "coverageStartTime": "2026-11-20T10:00:00Z", "liveBlogUpdate": [{"@type": "BlogPosting", '
    '"headline": "H", "datePublished": "2026-11-20T10:00:00Z", "articleBody": "B"}]'
)


@dataclass(frozen=True)
class Case:
    """One breach: in `file`, `old` becomes `new`; the finding names the line that has `at` (None: the whole file).

    Attributes:
        code: The rule.
        told: The file in which it is found, where it is not the one that was changed.
        last: The last line that has `at`, not the first.
    """

    code: str
    file: str
    old: str
    new: str
    at: str | None = None
    told: str = ""
    last: bool = False


X, F, A, J, N = "extra.html", "feed.xml", "atom.xml", "feed.json", "news.xml"
ABOUT = 'href="/about/"'
CASES = [
    Case("page-encoding", X, "20 November", "20 \udcff", "20 \udcff"),
    Case("page-size", X, "</body>", f"<!-- {'x' * 1_000_001} -->"),
    Case("page-depth", X, "</body>", "<div>" * 3000),
    Case("page-title", X, "<title>Bridge opens</title>", "<title> </title>", "<title>"),
    Case("page-title", X, "<title>Bridge opens</title>", ""),
    Case("page-lang", X, ' lang="en"', ""),
    Case("page-h1", X, "<h1>Bridge opens</h1>", ""),
    Case("page-h1", X, "<h1>Bridge opens</h1>", "<h1>Bridge opens</h1>\n<h1>B</h1>", "<h1>B<"),
    Case("page-canonical", X, f'<link rel="canonical" href="{BASE}/extra.html">', ""),
    Case("page-id-unique", X, '<p id="end">', '<p id="end"></p>\n<p id="end">', '<p id="end"><a'),
    Case("image-alt", X, ' alt="A bridge"', "", "<img"),
    Case("image-alt", X, '<img src="/bridge.svg" alt="A bridge"', '\n<img\n src="/bridge.svg"\n title="T"', "<img"),
    Case("image-insecure", X, '"/bridge.svg" alt', '"http://example.net/b.svg" alt', "<img"),
    Case("link-empty", X, ABOUT, 'href=""', '<p id="end">'),
    Case("link-name", X, ">About</a>", "></a>", '<p id="end">'),
    Case("link-malformed", X, ABOUT, 'href="http://[x/"', '<p id="end">'),
    Case("link-malformed", X, ABOUT, 'href="/a b/"', '<p id="end">'),
    Case("link-target", X, ABOUT, 'href="/abuot/"', '<p id="end">'),
    Case("link-target", X, ABOUT, f'href="{BASE}/abuot/"', '<p id="end">'),
    Case("link-target", X, ABOUT, 'href="../about/x.html"', '<p id="end">'),
    Case("link-target", A, f"{BRIDGE_URL}#costs", f"{BASE}/none/", "/none/"),
    Case("link-target", "feeds.opml", f'htmlUrl="{BASE}/', f'htmlUrl="{BASE}/none/', "htmlUrl"),
    Case("link-target", "robots.txt", "sitemap.xml", "sitemaps.xml", "Sitemap"),
    Case("link-case", X, ABOUT, 'href="/About/"', '<p id="end">'),
    Case("link-anchor", X, ABOUT, 'href="/about/#none"', '<p id="end">'),
    Case("link-anchor", X, ABOUT, 'href="#none"', '<p id="end">'),
    Case("link-withdrawn", X, ABOUT, 'href="/2026/11/gone/"', '<p id="end">'),
    Case("link-redirect", X, ABOUT, 'href="/old-ferry/"', '<p id="end">'),
    Case("asset-target", X, '"/bridge.svg" alt', '"/none.svg" alt', "<img"),
    Case("asset-target", X, 'alt="A bridge"', 'alt="A bridge" srcset="/bridge.svg 1x, /none.svg 2x"', "<img"),
    Case("redirect-target", ALIAS, "0; url=", "0; url=/none", "http-equiv"),
    Case("redirect-loop", ALIAS, f"0; url={FERRY_URL}", "0; url=/old-ferry/", "http-equiv"),
    Case("redirect-chain", X, '<meta charset="utf-8">', '<meta http-equiv="refresh" content="0;url=/old-ferry/">',
         "refresh"),
    Case("canonical-agrees", X, f'content="{BASE}/extra.html"', f'content="{BASE}/extra"', "og:url"),
    Case("canonical-agrees", X, f'"mainEntityOfPage": "{BASE}/extra.html"', f'"mainEntityOfPage": "{BASE}/"', DATA_AT),
    Case("canonical-agrees", F, f"<link>{FERRY_URL}<", f"<link>{FERRY_URL}index.html<", "ferry/index.html"),
    Case("canonical-agrees", "sitemaps/2026-11.xml", FERRY_URL, FERRY_URL.replace("https", "http"), "http://example"),
    Case("discovery-missing", X, FEED_LINKS, ""),
    Case("discovery-link", X, 'type="application/rss+xml"', 'type="application/atom+xml"', "feed.xml"),
    Case("discovery-link", X, f'href="{BASE}/feed.xml"', 'href="/feed.xml"', "feed.xml"),
    Case("discovery-title", X, "The Test, Atom", "The Test", "atom.xml"),
    Case("data-json", X, '"headline":', '"headline"', '"headline"'),
    Case("data-escape", X, '"name": "Ana', '"name": "<Ana', "<Ana"),
    Case("data-article", X, f'"image": ["{BASE}/bridge.svg"],', "", DATA_AT),
    Case("data-headline", X, '"headline": "Bridge opens"', '"headline": "Bridge"', DATA_AT),
    Case("data-date", X, '"dateModified": "2026-11-20', '"dateModified": "2026-11-19', DATA_AT),
    Case("data-date", X, '"dateModified": "2026-11-20T10:00:00+00:00', '"dateModified": "2026-11-20T10:00:00', DATA_AT),
    Case("data-date-shown", X, '<time datetime="2026-11-20T10', '<time datetime="2026-11-20T11', DATA_AT),
    Case("data-author", X, f', "url": "{BASE}/about/"', "", DATA_AT),
    Case("data-author", X, '"name": "Ana', '"name": "By Ana', DATA_AT),
    Case("data-image", X, f'["{BASE}/bridge.svg"]', '["/bridge.svg"]', DATA_AT),
    Case("data-image", X, f'["{BASE}/bridge.svg"]', f'["{BASE}/none.svg"]', DATA_AT),
    Case("data-image-size", "bridge.svg", 'width="1200"', 'width="20"', DATA_AT, told=X),
    Case("data-live", X, '"NewsArticle"', LIVE, DATA_AT),
    Case("xml-wellformed", F, "<language>en", "<language>&nbsp;en", "<language>"),
    Case("xml-wellformed", F, "<language>en", "<language>\x08en", "<language>"),
    Case("xml-wellformed", F, "<language>en", "<language>&#8;en", "<language>"),
    Case("xml-wellformed", F, "<language>en", "<language>]]>en", "<language>"),
    Case("xml-wellformed", F, "<language>en", "<x:y/><language>en", "<language>"),
    Case("xml-encoding", A, 'encoding="UTF-8"', 'encoding="ISO-8859-1"', "ISO"),
    Case("xml-encoding", A, "Bridge", "Br\udcefdge", "Br\udcefdge"),
    Case("xml-doctype", A, "?>\n", "?>\n<!DOCTYPE feed>\n", "<!DOCTYPE"),
    Case("json-parse", J, '"items":', '"items"', '"items"'),
    Case("feed-size", A, "See ", "See " * 300_000),
    Case("feed-large", A, "See ", "See " * 150_000),
    Case("feed-self", F, 'feed.xml" rel="self"', 'other.xml" rel="self"', "atom:link"),
    Case("feed-self", F, ' rel="self"', ' rel="related"', "<channel>"),
    Case("feed-self", A, ' rel="self"', ' rel="related"', "<feed"),
    Case("feed-self", J, '"feed_url":', '"feed":', "{"),
    Case("feed-hub", J, "https://hub.example.net/", "hub", "hubs"),
    Case("feed-id", F, f'<guid isPermaLink="false">{GUID}</guid>', "", "<item>"),
    Case("feed-id", A, "<id>urn:uuid:00000000-0000-5000-8000-000000000002", "<id>2", "<id>2"),
    Case("feed-id", J, '"id": "b1"', '"id": 7', '"id": "f1"'),
    Case("feed-id-unique", A, "000000000002", "000000000001", "000000000001", last=True),
    Case("feed-id-unique", J, '"id": "b1"', '"id": "f1"', '"id": "f1"', last=True),
    Case("feed-date", F, "<pubDate>Sat", "<pubDate>Fri", "<pubDate>"),
    Case("feed-date", F, "<pubDate>Sat, 21 Nov 2026", "<pubDate>Sat, 21 Nov 26", "<pubDate>"),
    Case("feed-date", A, "<published>2026-11-20T10:00:00Z", "<published>2026-11-20T10:00", "<published>"),
    Case("feed-date", J, "2026-11-21T10:00:00Z", "yesterday", "yesterday"),
    Case("feed-future", F, "<pubDate>Sat, 21 Nov 2026", "<pubDate>Sun, 21 Nov 2027", "<pubDate>"),
    Case("feed-language", F, "<language>en", "<language>en_GB", "<language>"),
    Case("feed-language", J, '"language": "en"', '"language": "English!"', '"language"'),
    Case("feed-plain", F, "<title>Ferry", "<title>&lt;b&gt;Ferry&lt;/b&gt;", "&lt;b&gt;"),
    Case("feed-plain", J, '"title": "Ferry', '"title": "&amp; Ferry', "&amp;"),
    Case("feed-relative", F, f"&quot;{BRIDGE_URL}#costs", "&quot;#costs", "#costs"),
    Case("feed-relative", F, f"<link>{BASE}/</link>", "<link>/</link>", "<link>"),
    Case("feed-relative", J, f'"home_page_url": "{BASE}/"', '"home_page_url": "/"', "home_page_url"),
    Case("feed-unsafe", F, "&lt;p&gt;See", "&lt;script&gt;1&lt;/script&gt;&lt;p&gt;See", "&lt;script"),
    Case("feed-unsafe", F, "&lt;p&gt;See", "&lt;p onclick=&quot;a()&quot;&gt;See", "onclick"),
    Case("feed-unsafe", A, BRIDGE_URL + "#costs", "javascript:a()", "javascript"),
    Case("feed-unsafe", J, "<p>It", "<p style='behavior:x'>It", "behavior"),
    Case("feed-frame", F, "&lt;p&gt;See", "&lt;iframe src=&quot;https://example.net/&quot;&gt;", "iframe"),
    Case("feed-media", F, "<category>", '<m:content xmlns:m="http://search.yahoo.com/mrss/"/>\n<category>', "<m:"),
    Case("feed-media", F, "<category>", '<m:content xmlns:m="http://search.yahoo.com/mrss"/>\n<category>', "<m:"),
    Case("feed-podcast", F, "<language>", f"<itunes:author {ITUNES}>A</itunes:author>\n<language>", "<channel>"),
    Case("rss-channel", F, '<rss version="2.0"', '<rss version="0.92"', "<rss"),
    Case("rss-channel", F, "<description>The Test", "<description>", "<description>"),
    Case("rss-item", F, "<item>", '<item>\n<guid isPermaLink="false">urn:x:1</guid>\n</item>\n<item>', "<item>"),
    Case("rss-guid", F, ' isPermaLink="false"', "", "<guid"),
    Case("rss-guid", F, GUID, "17", "<guid"),
    Case("rss-contact", F, "<category>", "<author>Ana</author>\n<category>", "<author>"),
    Case("rss-order", F, "</channel>", "<ttl>60</ttl>\n</channel>", "<ttl>"),
    Case("rss-order", F, "<category>", f"{ENCODED}\n<category>", "<item>", last=True),
    Case("rss-enclosure", F, "<category>", f'<enclosure url="{BASE}/bridge.svg" type="a/b"/><category>', "<enclosure"),
    Case("rss-image", F, "<language>", f"{IMAGE}\n<language>", "<image>"),
    Case("atom-fields", A, "<title>Ferry returns</title>", "", "<entry>"),
    Case("atom-fields", A, "<published>", "<published>2026-11-20T10:00:00Z</published><published>", "<entry>",
         last=True),
    Case("atom-author", A, AUTHOR, "", "<entry>"),
    Case("atom-updated", A, "<updated>2026-11-21", "<updated>2026-11-20", "<updated>"),
    Case("atom-link", A, ALTERNATE, f"{ALTERNATE}\n{ALTERNATE.replace('ferry', 'bridge')}", "bridge/"),
    Case("atom-text", A, '<div xmlns="http://www.w3.org/1999/xhtml">', "<div>", "<div>"),
    Case("atom-person", A, "<name>Ana Flores", "<name>ana@example.org", "<author>"),
    Case("json-fields", J, "version/1.1", "version/1", "version"),
    Case("json-fields", J, '"language"', '"_a.b": 1, "language"', "_a.b"),
    Case("json-item", J, '"content_text"', '"summary"', '"id": "b1"'),
    Case("opml-fields", "feeds.opml", f'xmlUrl="{BASE}/feed.xml"', "", "<outline"),
    Case("sitemap-loc", "sitemaps/pages.xml", f"{BASE}/about/", "https://example.net/about/", "example.net"),
    Case("sitemap-loc", "sitemaps/pages.xml", f"{BASE}/about/", "/about/", "<loc>/about/"),
    Case("sitemap-unique", "sitemaps/pages.xml", "<url>", f"{TWICE}{TWICE}<url>", "feeds.opml", last=True),
    Case("sitemap-page", "sitemaps/pages.xml", f"{BASE}/about/", f"{BASE}/old-ferry/", "old-ferry"),
    Case("sitemap-date", N, "2026-11-22</lastmod>", "22 November</lastmod>", "lastmod"),
    Case("sitemap-size", "feeds.opml", "", f"{SITEMAP}{MANY}</urlset>", "<urlset"),
    Case("sitemap-empty", "feeds.opml", "", f"{SITEMAP}</urlset>", "<urlset"),
    Case("news-fields", N, "<news:title>Ferry returns</news:title>", "", "<news:news>"),
    Case("news-fields", N, "<news:language>en", "<news:language>en-GB", "<news:language>"),
    Case("news-name", N, f"{SECOND}The Test", f"{SECOND}Test", "<news:news>", last=True),
    Case("news-age", N, "<news:publication_date>2026-11-21", "<news:publication_date>2026-11-19", "<news:news>"),
    Case("news-title", N, "<news:title>Ferry returns", "<news:title>Ferry is back", "<news:news>"),
]  # fmt: skip

ELSEWHERE = {
    "file-irregular": "test_check_runs", "file-unreadable": "test_check_runs", "file-name": "test_check_runs",
    "file-size": "test_check_runs", "external-gone": "test_check_external", "external-moved": "test_check_external",
    "external-unsure": "test_check_external", "embargo-leak": "test_check_embargo",
    "embargo-quoted": "test_check_embargo", "image-unreadable": "test_check_pictures",
    "image-large": "test_check_pictures", "image-place": "test_check_pictures",
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{CASES.index(case)}")
def test_one_breach_gives_one_finding(site, case):
    """What was broken is told with its rule, file and line, and nothing else is."""
    made = good_site(site)
    path = made.output / case.file
    damage(path, case.old, case.new)
    told = case.told or case.file
    line = lines_of(made.output / told, case.at)[-1 if case.last else 0] if case.at else None
    assert found(run(made)) == [(case.code, told, line)]


def test_a_good_site_has_no_findings(site):
    """Pages, RSS, Atom, JSON Feed, OPML, sitemaps, news and structured data, all sound: nothing is said."""
    report = run(good_site(site))
    assert [str(finding.problem) for finding in report.findings] == []
    assert report.read == report.parsed > 15


def test_every_rule_has_a_case():
    """No rule is without a test that breaks it."""
    assert {case.code for case in CASES} | ELSEWHERE.keys() == RULES.keys()


def test_every_publishing_rule_that_files_can_show_is_there():
    """All numbers but those that need an earlier publication (9) or a host's answer (34)."""
    numbers = {number for rule in RULES.values() for number in rule.numbers}
    assert numbers == set(range(1, 52)) - {9, 34}


def test_every_rule_says_what_to_do():
    """Each has a sentence and a way out, without a full stop."""
    for rule in RULES.values():
        assert rule.fix
        assert not rule.sentence.endswith(".")
        assert not rule.fix.endswith(".")


def test_the_documented_rules_are_the_rules():
    """docs/check.md has a row for each rule, with its severity, sentence and way out, in the same words."""
    text = (REPOSITORY / "docs" / "check.md").read_text("utf-8").replace("\\<", "<").replace("\\|", "|")
    for rule in RULES.values():
        assert f"| `{rule.code}` | {rule.severity} | {rule.sentence} | {rule.fix} |\n" in text
    assert text.count("| error |") + text.count("| warning |") == len(RULES)


def test_the_example_site_is_clean(tmp_path):
    """The repository's own site, in both themes, has nothing to be told."""
    for name in ("content", "themes"):
        shutil.copytree(REPOSITORY / name, tmp_path / name)
    shutil.copy(REPOSITORY / "site.toml", tmp_path)
    output = tmp_path / "output"
    for theme in ("broadsheet", "plain"):
        arguments = ("-s", tmp_path, "--now", NOW.isoformat(), "-j", 1)
        assert dateline("build", "-q", "--theme", theme, *arguments).code == 0
        report = check(CheckRequest(root=tmp_path, output=output, now=NOW, jobs=1), Silent())
        assert [str(finding.problem) for finding in report.findings] == []
        assert report.read > 200


def test_severities_decide_about_the_exit_code(site):
    """A warning fails with strict only; an error always."""
    made = good_site(site)
    damage(made.output / X, "<h1>Bridge opens</h1>", "")
    report = run(made)
    assert {finding.rule.severity for finding in report.findings} == {Severity.WARNING}
    assert (report.exit_code(), report.exit_code(strict=True)) == (0, 1)
    damage(made.output / X, ' alt="A bridge"', "")
    assert run(made).exit_code() == 1


def test_addresses_below_a_path_of_the_host(site):
    """With a base URL that has a path, the site is what lies below it; clean URLs find their files."""
    files = {
        "site.toml": f'title = "T"\nbase_url = "{BASE}/blog"\n',
        "content/posts/a.md": post("A", body=f"[There]({BASE}/else) and [clean]({BASE}/blog/x)"),
        "content/pages/x.md": "---\ntitle: X\npermalink: /x.html\n---\n\nWe.\n",
    }
    made = site(files)
    made.build()
    assert found(run(made)) == []
    damage(made.output / "2026/01/a/index.html", f"{BASE}/blog/x", f"{BASE}/blog/y")
    assert [code for code, _, _ in found(run(made))] == ["link-target"]

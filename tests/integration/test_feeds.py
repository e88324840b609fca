"""Goal R13: whatever articles say, feeds and sitemaps are valid, stable, and the same on every machine."""

import datetime as dt
import email.utils
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree

import feedparser
import lxml.html
import pytest
from formats import check_atom, check_json
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree
from support import NOW, REPOSITORY, SiteFixture, messages, post

from generator.plan import lists

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
MAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
RFC_822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")
SAFE = "/-._~!$&'()*+,;=:@"
"""What a path in a URL holds as it is (RFC 3986, section 3.3)."""
FORBIDDEN = frozenset({
    "applet", "base", "body", "comment", "embed", "form", "frame", "head", "html", "iframe", "link", "math", "meta",
    "noscript", "object", "plaintext", "script", "style", "svg", "template", "xmp",
})  # fmt: skip


# --- the rules (docs: the W3C validator's messages, the Advisory Board's profile)


def check_feed(data, url, now):
    """Rules 1 to 20 of RSS for the bytes of the feed at `url`, read at `now`; the number of items."""
    text = data.decode("utf-8")
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n')  # 1
    root = strict(data)
    assert not ILLEGAL.search(text)  # 2
    assert not re.search(r"&(?!(amp|lt|gt|quot|apos);|#)", text)  # 3
    assert "]]>" not in text  # 4
    assert root.tag == "rss"  # 5
    assert root.get("version") == "2.0"
    (channel,) = root
    for name in ("title", "link", "description"):
        (element,) = channel.findall(name)
        assert element.text.strip()
    names = [child.tag for child in channel]
    items = channel.findall("item")
    assert names[len(names) - len(items) :] == ["item"] * len(items)  # 19
    assert re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", channel.findtext("language"))
    (itself,) = [link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]  # 13
    assert itself.get("href") == url
    assert urlsplit(channel.findtext("link")).netloc == urlsplit(url).netloc
    for dated in channel.findall("lastBuildDate"):
        check_date(dated.text, now)
    assert not root.findall(".//managingEditor") + root.findall(".//webMaster") + root.findall(".//author")  # 12
    assert not root.findall(".//image")  # 20
    guids = [check_item(item, now) for item in items]
    assert len(set(guids)) == len(guids)  # 7
    parsed = feedparser.parse(data)
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert len(parsed.entries) == len(items)
    return len(items)


def strict(data):
    """The root element, after two parsers have read the bytes without mercy."""
    ElementTree.fromstring(data)
    return etree.fromstring(data, etree.XMLParser(recover=False, resolve_entities=False, no_network=True))


def check_item(item, now):
    """The rules of one item; its guid."""
    names = [child.tag for child in item]
    assert len(item.findall("title")) == 1
    assert item.findtext("title").strip()  # 6
    assert not list(item.find("title"))  # 16
    (guid,) = item.findall("guid")  # 7
    assert guid.get("isPermaLink") == "false"  # 8
    assert not re.fullmatch(r"\s*\d{0,9}\s*", guid.text)
    assert urlsplit(guid.text).scheme
    (published,) = item.findall("pubDate")  # 10
    check_date(published.text, now)
    assert whole(item.findtext("link"))
    assert len(item.findall("enclosure")) <= 1  # 18
    for name in ("description", f"{CONTENT}encoded"):
        assert names.count(name) <= 1
        if name in names:
            check_html(item.findtext(name))
    if len({"description", f"{CONTENT}encoded"} & set(names)) == 2:  # 15
        assert names.index("description") < names.index(f"{CONTENT}encoded")
    return guid.text


def check_date(text, now):
    """Rules 10 and 11."""
    assert RFC_822.fullmatch(text), text
    instant = email.utils.parsedate_to_datetime(text)
    assert text.startswith(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[instant.weekday()])
    assert instant <= now


def check_html(text):
    """Rules 14 and 17: every address whole, nothing that runs."""
    for element in lxml.html.fromstring(f"<div>{text}</div>").iter():
        assert isinstance(element.tag, str), text  # no comment, no processing instruction
        assert element.tag not in FORBIDDEN, text
        for name, value in element.attrib.items():
            assert not name.startswith("on"), text
            assert name not in ("style", "srcset", "data", "action", "formaction", "ping"), text
            if name in ("href", "src", "poster", "cite", "background", "longdesc"):
                assert whole(value), (name, value, text)


def whole(url):
    """Whether a URL is absolute and of a scheme that harms nobody."""
    parts = urlsplit(url)
    return parts.scheme in ("mailto", "tel") or (parts.scheme in ("http", "https") and bool(parts.netloc))


# --- articles that nobody would wish for

PIECES = (
    "]]>", "]]&gt;", "<![CDATA[", "<![CDATA[x]]>", "&", "&amp;", "&amp;amp;", "&lt;", "&bogus;", "&#0;",
    "&#1;", "&#xB;", "&#xFFFE;", "&#x1F600;",
    "&#xD800;", "<", ">", "<b>bold</b>", "</title>", "</item></channel></rss>", "<script>alert(1)</script>",
    "<!--", "-->",
    "<?xml version='1.0'?>", "<!DOCTYPE x [<!ENTITY y 'z'>]>", "\x00", "\x08", "\x0b", "\x0c", "\x1b", "\x7f",
    "\x85", "\x9f",
    "\ufffe", "\uffff", "\ufdd0", "\U0001fffe", "\ud800", "\udfff", "\ud83d", "\u2028", "\u2029", "\ufeff",
    "\u00a0", "\r\n", "\t",
    "😀", "👩\u200d👩\u200d👧", "🇹🇷", "שלום", "\u202eevil\u202c", "مرحبا", "日本語", "İıŞş", "e\u0301",
    "\u0300" * 20, '"', "'",
    "{{ 7 * 7 }}", "{% raw %}", "%s", "\\", "`", "*", "_", "#", "a" * 300, " ",
)  # fmt: skip
BODIES = (
    "[a](relative/path)", "[b](/root)", "[c](//host/x)", "[d](?q=1)", "[e](#part)", "[f](javascript:alert(1))",
    "[g](//[)",
    "[h](data:text/html,x)", "[i](mailto:a@example.org)", "[j](http:foo)", "[k](https:/foo)", "[l](http://)",
    "[m](x y)",
    "![n](pic.png)", "![o](//h/p.png \"t]]>\")", "<a href='java\nscript:alert(1)'>p</a>",
    "<a href=' \x01javascript:x'>q</a>",
    "<a href='id:none'>r</a>", "<img src=x onerror=alert(1)>", "<img srcset='a.png 1x, /b.png 2x' src=c.png>",
    "<svg onload=x>",
    "<video poster='p.png' src='v.mp4'><track src='t.vtt'></video>", "<audio src='/a.mp3'></audio>",
    "<iframe src='//x'></iframe>",
    "<object data='x'></object>", "<form action='/x'><input></form>", "<base href='//evil'>",
    "<style>@import 'x'</style>",
    "<blockquote cite='../c'>s</blockquote>", "<q cite='c'>t</q>", "<ins cite='/c'>u</ins>",
    "<p style='x:expression(1)'>v",
    "<div background='b.png'>w</div>", "<a ping='/p' href='/h'>x</a>", "<math><mi>y</mi></math>", "<xmp>z",
    "<plaintext>",
    "<noscript><img src='n'></noscript>", "<table><tr><td>1</td></tr></table>", "a[^1]\n\n[^1]: note",
    "```\n]]>\n```",
    "<!-- comment -->", "| a | b |\n|:--|--:|\n| <x> | & |", "<details open ontoggle=x>d</details>",
    "<link rel=x href=y>",
    "<a href='http://[::1'>ipv6</a>", "<a href='//\u212a/'>k</a>", "<img src='http://h\t/x'>", "<img src=''>",
    "<a href>e</a>",
    "<picture><source srcset='a.png 1x, /b.png 2x'><img src='c.png'></picture>",
    "<source srcset='javascript:x'>", "<template><img src=x></template>", "<a href='tel:+1'>t</a>",
    "<a href='https:'>h</a>",
)  # fmt: skip

noise = st.text(st.characters(codec=None), max_size=8)
line = st.lists(st.one_of(st.sampled_from(PIECES), noise), min_size=1, max_size=5).map(" ".join)
prose = st.lists(st.one_of(st.sampled_from(BODIES), st.sampled_from(PIECES), noise), max_size=6).map("\n\n".join)


@dataclass(frozen=True)
class Article:
    """An article of random text in one of the three forms of front matter."""

    form: str
    title: str
    summary: str | None
    tag: str | None
    author: str | None
    section: str
    minute: int
    updated: bool
    body: str

    def source(self):
        """The file."""
        day = dt.datetime(2024, 1, 1) + dt.timedelta(minutes=self.minute)  # noqa: DTZ001  # as authors write it
        keys = {
            "title": self.title,
            "date": str(day),
            "section": self.section,
            "summary": self.summary,
            "tags": [self.tag, "news"] if self.tag else None,
            "author": self.author,
            "updated": "2026-11-22" if self.updated else None,
        }
        keys = {key: value for key, value in keys.items() if value is not None}
        body = re.sub("[\ud800-\udfff]", "?", self.body)  # a file is UTF-8; escapes in front matter are not
        if self.form == "json":
            return f"{json.dumps(keys)}\n\n{body}\n"
        mark, sign = ("---", ":") if self.form == "yaml" else ("+++", " =")
        lines = [f"{key}{sign} {self._quoted(value)}" for key, value in keys.items()]
        return "\n".join([mark, *lines, mark, "", body, ""])

    def _quoted(self, value):
        """JSON's escapes, which YAML's double quotes and TOML's basic strings know too, but for surrogates."""
        text = json.dumps(value)
        text = re.sub(r"\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}", lambda match: json.loads(f'"{match[0]}"'), text)
        return re.sub(r"(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}", r"\1?", text).replace("\x7f", r"\u007f")


articles = st.builds(
    Article,
    form=st.sampled_from(["yaml", "json", "toml"]),
    title=line.map(lambda text: f"T {text}"),
    summary=st.none() | line,
    tag=st.none() | st.none() | st.none() | line,
    author=st.none() | st.none() | line,
    section=st.sampled_from(["News", "Sea & sky", "<Sport>", "日本"]),
    minute=st.integers(0, 1_000_000),
    updated=st.booleans(),
    body=prose,
)


def collect(count):
    """`count` articles, the same in every run."""
    found = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(articles)
    def keep(article):
        found.append(article)

    keep()
    return found


def files(found, base="https://example.org", **more):
    """A site of articles with all of them in its feeds."""
    head = f'title = "A & B <c> ]]> 😀"\nbase_url = "{base}"\nlanguage = "pt-BR"\n'
    lines = [head, *(f"{key} = {value}" for key, value in more.items()), "[feeds]\nitems = 1000\n"]
    return {
        "site.toml": "\n".join(lines),
        "content/pages/about.md": "---\ntitle: About ]]> & <us>\n---\n\nWe.\n",
        **{f"content/posts/p{number}.md": article.source().encode() for number, article in enumerate(found)},
    }


def check_feeds(fixture, base="https://example.org", now=NOW):
    """Every feed of an output folder in all formats, which carry the same; how many lists have feeds, and items."""
    counts = []
    for path in sorted(fixture.output.rglob("feed.xml")):
        name = path.relative_to(fixture.output).as_posix()
        folder = f"{base}/{quote(name, safe=SAFE)}".removesuffix("feed.xml")
        try:
            counts.append(check_feed(path.read_bytes(), f"{folder}feed.xml", now))
            atom = check_atom(path.with_name("atom.xml").read_bytes(), f"{folder}atom.xml", now, check_html)
            as_json = check_json(path.with_name("feed.json").read_bytes(), f"{folder}feed.json", now, check_html)
            guids = [item.findtext("guid") for item in strict(path.read_bytes()).findall(".//item")]
            assert guids == atom == as_json
        except (AssertionError, ValueError, SyntaxError) as error:
            raise AssertionError(f"{name}: {error}") from error
    return len(counts), sum(counts)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """A built site of five hundred such articles."""
    return _build(tmp_path_factory, collect(500))


def _build(tmp_path_factory, found, **more):
    fixture = SiteFixture(tmp_path_factory.mktemp("corpus") / "site", files(found, **more))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lists, "MAX_FEED", 10**9)  # else no feed would carry them all
        fixture.report = fixture.build(jobs=None)
    return fixture


def check_corpus(fixture, count):
    """Nearly all articles are on the site, each refused one is told, and all feeds and sitemaps are sound."""
    refused = {item.source for item in fixture.report.unpublished}
    assert fixture.report.posts + len(refused) == count
    assert refused <= {problem.path for problem in fixture.report.problems}
    assert fixture.report.posts > count * 0.9, messages(fixture.report)[:20]
    feeds, items = check_feeds(fixture)
    assert feeds > 50
    assert items > fixture.report.posts * 2  # the main feed and each section's
    assert len(strict((fixture.output / "feed.xml").read_bytes()).findall(".//item")) == min(1000, fixture.report.posts)
    check_sitemaps(fixture)


def test_five_hundred_hostile_articles_give_valid_feeds(corpus):
    """Control characters, markup, surrogates, entities, any script, in all forms: three parsers and twenty rules."""
    check_corpus(corpus, 500)


@pytest.mark.long
def test_ten_thousand_hostile_articles_give_valid_feeds(tmp_path_factory):
    """The same at the size of docs/trust.md, in ten sites, since a feed has 1,000 items at most."""
    found = collect(10_000)
    for start in range(0, 10_000, 1_000):
        check_corpus(_build(tmp_path_factory, found[start : start + 1_000]), 1_000)


@pytest.mark.parametrize("mode", ["allow", "escape"])
def test_feeds_are_clean_whatever_raw_html_says(tmp_path_factory, mode):
    """A site that trusts its authors' HTML, or shows it as text, has feeds by the same rules."""
    fixture = _build(tmp_path_factory, collect(120), markup=f'{{ raw_html = "{mode}" }}')
    assert check_feeds(fixture)[1] > 200


def test_text_survives(site):
    """What may stand in XML comes out of it as it was written; a description is HTML that shows the summary."""
    texts = [
        "]]>",
        "a < b & c > d",
        "&amp; &lt;b&gt;",
        "<b>not bold</b>",
        "😀 שלום 日本",
        "x\u202ey",
        'it\'s "so"',
        "<![CDATA[x]]>",
    ]
    fixture = site(
        {
            f"content/posts/t{number}.md": json.dumps(
                {"title": text, "date": f"2026-01-{number + 1:02}", "summary": text, "tags": [text]}
            )
            + "\n\nBody.\n"
            for number, text in enumerate(texts)
        }
    )
    fixture.build()
    items = strict((fixture.output / "feed.xml").read_bytes()).findall(".//item")
    assert sorted(item.findtext("title") for item in items) == sorted(texts)
    assert sorted(item.findtext("category") for item in items) == sorted(texts)
    shown = [lxml.html.fromstring(f"<div>{item.findtext('description')}</div>") for item in items]
    assert sorted(element.text_content() for element in shown) == sorted(texts)
    assert not [element for element in shown if len(element)]


def test_what_xml_forbids_becomes_a_blank(site):
    """Illegal characters by escapes in JSON, YAML and TOML are gone from title, summary, tag and author."""
    text = "a\\u0000b\\u000bc\\ufffed"
    fixture = site({
        "content/posts/j.md": f'{{"title": "{text}\\ud800e", "date": "2026-01-01", "tags": ["{text}"]}}\n\nx\n',
        "content/posts/y.md": f'---\ntitle: "{text}"\ndate: 2026-01-02\nsummary: "{text}"\n---\n\nx\n',
        "content/posts/t.md": f'+++\ntitle = "{text}"\ndate = 2026-01-03\nauthor = "a\\u0001b"\n+++\n\nx\n',
    })  # fmt: skip
    fixture.build()
    items = strict((fixture.output / "feed.xml").read_bytes()).findall(".//item")
    assert [item.findtext("title") for item in items] == ["a b c d", "a b c d", "a b c d e"]
    check_feeds(fixture)


def test_references_to_what_html_forbids_bring_nothing(site):
    """`&#1;` and its like in a body are in no page and no feed; what is not forbidden stays."""
    fixture = site(
        {"content/posts/a.md": post(body="a&#1;b&#xB;c&#xFFFE;d&#x7F;e &#233;&#x1F600; <b title='&#2;'>f</b>")}
    )
    fixture.build()
    for name, data in fixture.tree().items():
        text = data.decode()
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]", text), name
    assert "a b c d e é😀" in fixture.page("2026/01/a/index.html")


# --- stable


def _by_date(fixture):
    """Identity by pubDate, which no edit changes."""
    items = strict((fixture.output / "feed.xml").read_bytes()).findall(".//item")
    return {item.findtext("pubDate"): item.findtext("guid") for item in items}


def test_no_edit_makes_a_story_new(site):
    """Title, slug, section, tags, summary, body, permalink pattern and base URL change; guid and pubDate do not."""
    keys = [
        {},
        {"id": "7h2kq9x0m4vd"},
        {"id": "tag:blogger.com,1999:blog-1.post-2"},
        {"id": "https://old.example/?p=3"},
        {"id": "12345"},
    ]
    names = [f"content/posts/p{number}.md" for number in range(len(keys))]
    dates = [f"2026-01-0{number + 1} 10:00" for number in range(len(keys))]
    fixture = site({name: post("A story", day, **more) for name, day, more in zip(names, dates, keys, strict=True)})
    fixture.build()
    before = _by_date(fixture)
    assert len(set(before.values())) == len(keys)
    assert {"tag:blogger.com,1999:blog-1.post-2", "https://old.example/?p=3"} <= set(before.values())
    changed = {"tags": "[x, y]", "section": "Sea", "summary": "Short", "updated": "2026-02-01", "author": "A"}
    for name, day, more in zip(names, dates, keys, strict=True):
        fixture.edit(name, post(f"Another of {day[:10]}", day, "New.", slug=f"s{day[:10]}", **changed, **more))
    fixture.edit(
        "site.toml",
        'title = "Renamed"\nbase_url = "http://other.example/blog"\npermalink = "/{slug}.html"\nlanguage = "tr"\n',
    )
    assert messages(fixture.build()) == []
    assert _by_date(fixture) == before
    assert check_feeds(fixture, "http://other.example/blog")[1] > len(keys)


def test_an_update_dated_ahead_is_not_told_yet(site):
    """No date of a feed or sitemap lies after the build's clock (rule 11), even where `updated` does."""
    fixture = site({"content/posts/a.md": post(updated="2027-01-01")})
    fixture.build()
    check_feeds(fixture)
    check_sitemaps(fixture)


def test_the_clock_leaves_no_trace(site):
    """Two builds at different instants, with the same stories published, are byte for byte the same."""
    fixture = site(files(collect(30)))
    fixture.build()
    first = fixture.tree()
    fixture.build(now=NOW + dt.timedelta(days=400, hours=5), output=fixture.root / "other")
    fixture.output = fixture.root / "other"
    assert fixture.tree() == first


def test_machine_and_place_leave_no_trace(site):
    """Another time zone, locale, hash seed, number of processes and folder: the same bytes."""
    trees = []
    for number, (zone, locale, seed, jobs) in enumerate(
        [
            ("UTC", "C", "0", "1"),
            ("Pacific/Auckland", "tr_TR.UTF-8", "4242", "2"),
            ("America/St_Johns", "C.UTF-8", "7", "1"),
        ]
    ):
        fixture = site(files(collect(70)))
        environment = {**os.environ, "TZ": zone, "LC_ALL": locale, "LANG": locale, "PYTHONHASHSEED": seed}
        moment = (NOW + dt.timedelta(days=number)).isoformat()
        done = subprocess.run(
            [sys.executable, "-m", "generator", "build", "-s", str(fixture.root), "-j", jobs, "--now", moment],
            cwd=REPOSITORY, env=environment, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode in (0, 1), done.stderr
        trees.append(fixture.tree())
    assert len(trees[0]) > 100
    assert trees[1] == trees[0]
    assert trees[2] == trees[0]


# --- sitemaps and robots.txt


def locations(fixture, name):
    """(address, lastmod) of each entry of a sitemap."""
    return [
        (entry.findtext(f"{MAPS}loc"), entry.findtext(f"{MAPS}lastmod"))
        for entry in strict((fixture.output / name).read_bytes())
    ]


def file_of(address, base):
    """The output file that a host would answer an address from."""
    assert address.startswith(f"{base}/")
    path = unquote(address.removeprefix(f"{base}/"))
    return f"{path}index.html" if path.endswith("/") or not path else path


def check_sitemaps(fixture, base="https://example.org", now=NOW):
    """Rule 39: the index names every part; parts name every page that is for readers to find, once, and no other."""
    parts = locations(fixture, "sitemap.xml")
    names = [file_of(address, base) for address, _ in parts]
    assert sorted(names) == sorted(
        p.relative_to(fixture.output).as_posix() for p in (fixture.output / "sitemaps").iterdir()
    )
    entries = [entry for name in names for entry in locations(fixture, name)]
    for address, changed in [*parts, *entries]:
        assert (fixture.output / file_of(address, base)).is_file(), address
        if changed:
            assert dt.datetime.fromisoformat(changed).utcoffset() is not None
            assert dt.datetime.fromisoformat(changed) <= now
    listed = sorted(file_of(address, base) for address, _ in entries)
    pages = {p.relative_to(fixture.output).as_posix(): p.read_text("utf-8") for p in fixture.output.rglob("*.html")}
    period = re.compile(r"(\d{4}(/\d\d){0,2}|(.*/)?page/\d+)/index\.html")
    wanted = [
        name for name, text in pages.items() if not period.fullmatch(name) and "noindex" not in text.split("</head>")[0]
    ]
    assert listed == sorted(wanted)
    assert all(len(locations(fixture, name)) for name in names)
    for name in ("sitemap.xml", *names):
        assert len((fixture.output / name).read_bytes()) < 50_000_000
    assert f"Sitemap: {base}/sitemap.xml" in fixture.page("robots.txt").splitlines()


def test_sitemaps_name_every_page_once(site):
    """Posts of several months, a page, tags, authors, a series, aliases, drafts and the scheduled: what is public."""
    fixture = site({
        "content/posts/a.md": post(tags="[sea, Ünlü]", author="Ada", section="News", series="Run", aliases="[/old/]"),
        "content/posts/b.md": post(date="2025-12-31 23:30", tags="[sea]", permalink="/by/hand.html"),
        "content/posts/c.md": post(date="2026-11-01", updated="2026-11-20 08:00"),
        "content/posts/d.md": post(date="2027-01-01"),
        "content/posts/e.md": post(status="draft"),
        "content/posts/f/index.md": post(permalink="/日本/"),
        "content/posts/f/photo.txt": "x",
        "content/pages/about.md": "---\ntitle: About\n---\n\nx\n",
        "content/pages/deep/er.md": "---\ntitle: Deeper\n---\n\nx\n",
        **{f"content/posts/m{n}.md": post(date=f"2024-05-{n + 1:02}") for n in range(25)},
        "site.toml": 'title = "T"\nbase_url = "https://example.org/paper/"\npage_size = 5\n',
    })  # fmt: skip
    assert messages(fixture.build()) == []
    check_sitemaps(fixture, "https://example.org/paper")
    listed = [
        address
        for name in ("2024-05", "2025-12", "2026-01", "2026-11", "pages")
        for address, _ in locations(fixture, f"sitemaps/{name}.xml")
    ]
    assert "https://example.org/paper/%E6%97%A5%E6%9C%AC/" in listed
    assert ("https://example.org/paper/2026/11/c/", "2026-11-20T08:00:00+00:00") in locations(
        fixture, "sitemaps/2026-11.xml"
    )
    assert len(listed) == len(set(listed))


def test_an_empty_site_has_sound_feeds_and_sitemaps(site):
    """Before the first story: one feed without items, sitemaps that are not empty."""
    fixture = site({"content/pages/about.md": "---\ntitle: About\n---\n\nx\n"})
    fixture.build()
    assert check_feeds(fixture) == (1, 0)
    check_sitemaps(fixture)


def test_robots_txt_is_the_publishers_where_there_is_one(site):
    """content/robots.txt wins without a word; gone, ours comes back."""
    fixture = site({"content/posts/a.md": post(), "content/robots.txt": "User-agent: *\nDisallow: /\n"})
    assert messages(fixture.build()) == []
    assert fixture.page("robots.txt") == "User-agent: *\nDisallow: /\n"
    fixture.remove("content/robots.txt")
    fixture.build()
    assert "Sitemap: https://example.org/sitemap.xml" in fixture.page("robots.txt")

"""What search engines and social sites are told of stories, by the numbers of the rules of publishing."""

import datetime as dt
import json

import lxml.html
import pytest
from lxml import etree
from support import NOW, SiteFixture, messages, post
from town import png

from generator import languages
from generator.build import BuildReport

MAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
PAGE = "2026/11/a/index.html"
RECENT = "2026-11-22 10:00"
FULL = {
    "section": "News", "tags": "[Sea, Ünlü]", "authors": "[Ana Flores, Ben]", "image": "{src: /lead.png, alt: A ship}",
    "corrections": "[{date: 2026-11-22 12:00, kind: correction, text: Nine not ten}]", "summary": "Short & <b>sharp",
}  # fmt: skip


def settings(**more: str) -> str:
    """A `site.toml`."""
    lines = {"title": '"The <Test>"', "base_url": '"https://example.org/paper"', "timezone": '"Asia/Tokyo"', **more}
    return "".join(f"{key} = {value}\n" for key, value in lines.items())


def head(fixture: SiteFixture, name: str):
    """The page, the values of its meta elements by name, and its data by type."""
    page = lxml.html.document_fromstring(fixture.page(name))
    metas: dict[str, list[str]] = {}
    for meta in page.iter("meta"):
        metas.setdefault(meta.get("property") or meta.get("name") or "", []).append(meta.get("content"))
    scripts = page.xpath('//script[@type="application/ld+json"]')
    assert len(page.xpath("//script")) == len(scripts)
    things = [thing for script in scripts for thing in json.loads(script.text)["@graph"]]
    return page, metas, {thing["@type"]: thing for thing in things}


def news(fixture: SiteFixture):
    """Each address of the news sitemap, with the texts of its news:news; rules 40, 41 and 44 hold."""
    root = etree.fromstring(fixture.output.joinpath("sitemap-news.xml").read_bytes())
    assert root.tag == f"{MAPS}urlset"
    entries = []
    for url in root:
        found = url.findall(f"{NEWS}news")
        assert len(found) <= 1
        entries.append((
            url.findtext(f"{MAPS}loc"),
            {child.tag.removeprefix(NEWS): child.text for child in found[0].iter() if child.text} if found else {},
        ))  # fmt: skip
    assert 0 < len(entries) <= 1_000
    return entries


@pytest.fixture(params=["broadsheet", "plain"])
def full(request, site):
    """A site below a path, with a story that has everything."""
    fixture = site({
        "site.toml": settings(theme=f'"{request.param}"', logo='"/lead.png"'),
        "content/posts/a.md": post("Bridge opens", RECENT, **FULL),
        "content/posts/b.md": post(date="2026-11-01", permalink="/日本/ü/"),
        "content/pages/about.md": "---\ntitle: About\n---\n\nUs.\n",
        "content/lead.png": png(1200, 675),
    })  # fmt: skip
    assert messages(fixture.build()) == []
    return fixture


def test_all_of_a_story(full):
    """Rules 45 to 48: every field of the data, equal to what the page shows."""
    page, metas, things = head(full, PAGE)
    base = "https://example.org/paper"
    article = things["NewsArticle"]
    assert article["headline"] == page.findtext(".//h1") == metas["og:title"][0]
    assert article["datePublished"] == metas["article:published_time"][0] == "2026-11-22T10:00:00+09:00"
    assert article["dateModified"] == metas["article:modified_time"][0] == "2026-11-22T12:00:00+09:00"
    assert article["author"] == [
        {"@type": "Person", "name": "Ana Flores", "url": f"{base}/authors/ana-flores/"},
        {"@type": "Person", "name": "Ben", "url": f"{base}/authors/ben/"},
    ]
    assert metas["article:author"] == [author["url"] for author in article["author"]]
    image = {"@type": "ImageObject", "url": f"{base}/lead.png", "width": 1200, "height": 675}
    assert article["image"] == [image]
    assert [metas[f"og:image{part}"] for part in ("", ":width", ":height", ":alt")] == [
        [image["url"]], ["1200"], ["675"], ["A ship"],
    ]  # fmt: skip
    logo = {"@type": "ImageObject", "url": image["url"]}
    assert article["publisher"] == {"@type": "Organization", "name": "The <Test>", "url": f"{base}/", "logo": logo}
    assert (article["articleSection"], article["keywords"]) == ("News", ["Sea", "Ünlü"])
    assert (metas["article:section"], metas["article:tag"]) == (["News"], ["Sea", "Ünlü"])
    assert article["description"] == metas["description"][0] == metas["og:description"][0] == FULL["summary"]
    assert (article["inLanguage"], article["isAccessibleForFree"], metas["og:locale"]) == ("en", True, ["en_US"])
    assert metas["robots"] == ["max-image-preview:large"]
    assert article["correction"] == [
        {"@type": "CorrectionComment", "text": "Nine not ten", "datePublished": "2026-11-22T12:00:00+09:00"}
    ]
    trail = [(item["name"], item["item"]) for item in things["BreadcrumbList"]["itemListElement"]]
    own = f"{base}/2026/11/a/"
    assert trail == [("The <Test>", f"{base}/"), ("News", f"{base}/news/"), ("Bridge opens", own)]


def test_a_standing_page(full):
    """A standing page is a WebPage, without dates."""
    _, metas, things = head(full, "about/index.html")
    assert set(things) == {"WebPage", "BreadcrumbList"}
    assert metas["og:type"] == ["website"]
    assert not [name for name in metas if name.startswith("article:")]
    assert not any("date" in name for name in things["WebPage"])


@pytest.mark.parametrize("name", [PAGE, "日本/ü/index.html"])
def test_five_addresses_are_one(full, name):
    """Rule 51: canonical, og:url, mainEntityOfPage, the sitemap's and the feeds' address, character for character."""
    page, metas, things = head(full, name)
    [canonical] = page.xpath('//link[@rel="canonical"]/@href')
    assert canonical.isascii()
    assert metas["og:url"] == [canonical]
    assert things["NewsArticle"]["mainEntityOfPage"] == canonical
    assert f"<loc>{canonical}</loc>" in full.page("sitemaps/2026-11.xml")
    assert f"<link>{canonical}</link>" in full.page("feed.xml")
    assert canonical in [item["url"] for item in json.loads(full.page("feed.json"))["items"]]


def test_a_canonical_address_that_is_the_own_one(site):
    """`canonical` may name the page itself in another spelling; then everything does."""
    own = "https://example.org/2026/11/a/index.html"
    fixture = site({"content/posts/a.md": post(date=RECENT, canonical=own)})
    fixture.build()
    assert head(fixture, PAGE)[2]["NewsArticle"]["mainEntityOfPage"] == own
    for name in ("sitemaps/2026-11.xml", "sitemap-news.xml", "feed.xml", "feed.json", "atom.xml"):
        assert own in fixture.page(name)


HOSTILE = [
    "</script><script>alert(1)</script>", "]]>", "a & b < c > d", "<!--<script>", "🦆 Ünlü", "שלום עולם", "x" * 10_000,
    'quo"te\\slash', "line\u2028and\u2029end",
]  # fmt: skip


@pytest.mark.parametrize("theme", ["broadsheet", "plain"])
@pytest.mark.parametrize("title", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_titles(site, title, theme):
    """Rule 49: whatever a headline says, nothing ends the script, and the data says the same."""
    keys = {"summary": json.dumps(title, ensure_ascii=False), "tags": "[T]", "section": json.dumps("a</script>b")}
    text = post(json.dumps(title, ensure_ascii=False), RECENT, **keys)
    fixture = site({"site.toml": settings(theme=f'"{theme}"'), "content/posts/a.md": text})
    fixture.build()
    page, _, things = head(fixture, PAGE)
    [raw] = page.xpath("//script/text()")
    assert not set(raw) & set("<>&\u2028\u2029")
    shown = " ".join(page.findtext(".//h1").split())
    assert " ".join(things["NewsArticle"]["headline"].split()) == shown
    [(_, told)] = news(fixture)
    assert " ".join(told["title"].split()) == shown


def test_control_characters(site):
    """U+0008 in a title leaves data that is JSON and a sitemap that is XML."""
    fixture = site({"content/posts/a.md": post('"a\\bz"', RECENT)})
    report = fixture.build()
    assert isinstance(report, BuildReport)
    if fixture.output.joinpath(PAGE).exists():
        assert "\b" not in fixture.page(PAGE)
        head(fixture, PAGE)
    news(fixture)


def test_no_author_pages_and_no_picture(site):
    """Without author pages authors have names alone; without authors the publication stands there."""
    files = {"content/posts/a.md": post(date=RECENT, author="Ana"), "content/posts/b.md": post(date=RECENT)}
    fixture = site({**files, "site.toml": settings(author_lists="false")})
    fixture.build()
    _, metas, things = head(fixture, PAGE)
    assert things["NewsArticle"]["author"] == [{"@type": "Person", "name": "Ana"}]
    assert metas["article:author"] == ["Ana"]
    assert "image" not in things["NewsArticle"]
    assert metas["twitter:card"] == ["summary"]
    [author] = head(fixture, "2026/11/b/index.html")[2]["NewsArticle"]["author"]
    assert author["@type"] == "Organization"


# --- the news sitemap


def test_news(full):
    """Rules 40 to 43: recent stories alone, with the publication's name, its language, first date and headline."""
    [(loc, told)] = news(full)
    assert loc == "https://example.org/paper/2026/11/a/"
    assert told == {
        "name": "The <Test>", "language": "en", "publication_date": "2026-11-22T10:00:00+09:00",
        "title": "Bridge opens",
    }  # fmt: skip
    robots = full.page("robots.txt").splitlines()
    base = "https://example.org/paper"
    assert robots[-2:] == [f"Sitemap: {base}/sitemap.xml", f"Sitemap: {base}/sitemap-news.xml"]
    assert "sitemap-news" not in full.page("sitemap.xml")


def test_who_is_not_in_the_news(site):
    """Drafts, the scheduled, those that are canonical elsewhere, standing pages, and what is merely updated."""
    fixture = site({
        "content/posts/a.md": post(date=RECENT),
        "content/posts/b.md": post(date=RECENT, status="draft"),
        "content/posts/c.md": post(date="2026-11-24"),
        "content/posts/d.md": post(date=RECENT, canonical="https://other.example/x"),
        "content/posts/e.md": post(date="2026-11-01", updated="2026-11-23 08:00"),
        "content/pages/p.md": f"---\ntitle: P\ndate: {RECENT}\n---\n\nx\n",
    })  # fmt: skip
    fixture.build(drafts=True, future=True)
    assert [loc for loc, _ in news(fixture)] == ["https://example.org/2026/11/a/"]


def test_news_ages_by_the_clock(site):
    """Rules 42 and 44: after two days a story is out, and the newest one's address alone stays."""
    fixture = site({"content/posts/a.md": post(date=RECENT), "content/posts/b.md": post(date="2026-11-22 11:00")})
    start = dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC)
    minute, counts = dt.timedelta(minutes=1), []
    for moment in (NOW, start - minute, start, start + 59 * minute, start + 60 * minute, start + 999 * minute):
        report = fixture.build(now=moment)
        counts.append((len(news(fixture)), sum(bool(told) for _, told in news(fixture)), report.written))
    assert [count[:2] for count in counts] == [(2, 2), (2, 2), (1, 1), (1, 1), (1, 0), (1, 0)]
    assert [written for _, _, written in counts[1:]] == [0, 1, 0, 1, 0]
    assert news(fixture) == [("https://example.org/2026/11/b/", {})]


def test_at_most_a_thousand(site):
    """Rule 40: the newest thousand."""
    start = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
    files = {f"content/posts/s{n}.md": post(date=str(start + dt.timedelta(seconds=n))) for n in range(1_003)}
    fixture = site({**files, "site.toml": settings(theme='"plain"', archive='"none"', feeds="{ items = 1 }")})
    fixture.build()
    found = [told["publication_date"] for _, told in news(fixture)]
    assert len(found) == 1_000
    assert found == sorted(found, reverse=True)
    assert found[0] == "2026-11-22T12:16:42+00:00"


def test_no_story_and_no_wish(site):
    """Before the first story the front page stands in; `news_sitemap = false` takes all of it away."""
    fixture = site({"content/pages/about.md": "---\ntitle: About\n---\n\nx\n"})
    fixture.build()
    assert news(fixture) == [("https://example.org/", {})]
    fixture.edit("site.toml", 'title = "T"\nbase_url = "https://example.org"\nnews_sitemap = false\n')
    fixture.build()
    assert not (fixture.output / "sitemap-news.xml").exists()
    assert fixture.page("robots.txt").count("Sitemap:") == 1


@pytest.mark.parametrize(
    ("tag", "code", "locale"),
    [
        ("en", "en", "en_US"), ("en-GB", "en", "en_GB"), ("tr", "tr", "tr_TR"), ("pt-BR", "pt", "pt_BR"),
        ("zh", "zh-cn", "zh_CN"), ("zh-Hant", "zh-tw", "zh_TW"), ("zh-TW", "zh-tw", "zh_TW"), ("haw", "haw", "haw_US"),
        ("sr-Latn", "sr", "sr_RS"), ("xx", "xx", "xx"),
    ],
)  # fmt: skip
def test_languages_of_machines(tag, code, locale):
    """Rule 41's codes of languages, and those of og:locale."""
    assert (languages.of_news(tag), languages.locale_of(tag)) == (code, locale)

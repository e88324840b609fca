"""Saved web pages become articles: headline, date, byline and tags right, and nothing of the page in the text."""

import contextlib
import json
import re
import time
from collections import Counter

import pytest
from foreign import shown
from support import REPOSITORY

from generator.config import Markup
from generator.errors import ContentError
from generator.importer import page
from generator.importer.formats import html_page
from generator.importer.markdown import plain_text
from generator.importer.normal import normalised
from generator.importer.page import charset
from generator.markup import Job, convert

PAGES = sorted((REPOSITORY / "tests" / "fixtures" / "html").glob("*.html"))
BLOCKS = re.compile(r"<(?:/?(?:p|div|li|d[td]|t[rdh]|h[1-6]|blockquote|pre|table|[uo]l|figure|figcaption)|br)\b[^>]*>")
TEXT = "<p>The lamp on the mole has been mended by the harbour office.</p><p>It will be lit on Sunday evening.</p>"


def only(data):
    """The one article of a page."""
    (found,) = page.Saved(data).articles()
    return found


def words(html):
    """The words of HTML."""
    return plain_text(BLOCKS.sub(" ", html)).split()


class Fixture:
    """A page: what its first comment expects, and the words between its marks."""

    def __init__(self, path):
        self.data = path.read_bytes()
        text = charset.text_of(self.data).text
        self.expected = json.loads(re.search(r"<!-- (\{.*?\}) -->", text)[1])
        self.words = words(" ".join(re.findall(r"<!--gold-->(.*?)<!--/gold-->", text, re.DOTALL)))
        self.article = only(self.data)

    def likeness(self):
        """The harmonic mean of precision and recall of the article's words as a build shows them (F1)."""
        shown = words(convert(Job("x.md", 1, self.article.body, "x", "en", Markup())).html)
        both = sum((Counter(self.words) & Counter(shown)).values())
        return 2 * both / (len(self.words) + len(shown))


@pytest.fixture(scope="module")
def fixtures():
    """Every page, read once."""
    return {path.stem: Fixture(path) for path in PAGES}


@pytest.mark.parametrize("name", [path.stem for path in PAGES])
def test_what_a_page_says_of_its_article(fixtures, name):
    """Headline, day, authors, tags and section are those that a reader of the page would name."""
    found, expected = fixtures[name].article, fixtures[name].expected
    assert found.title == expected["title"]
    assert str(found.date)[:10] == expected["date"]
    assert list(found.authors) == expected["authors"]
    assert list(found.tags) == expected["tags"]
    assert found.section == expected.get("section", found.section)


@pytest.mark.parametrize("name", [path.name.split(".")[0] for path in PAGES[0].parent.glob("*.golden.md")])
def test_a_page_reads_as_its_golden_text(fixtures, name):
    """Where a page has a golden text, all that it says of its article, its Markdown and its report are just that."""
    golden = (PAGES[0].parent / f"{name}.golden.md").read_text("utf-8")
    assert shown([normalised(fixtures[name].article)]) == golden


def test_the_text_of_a_page(fixtures):
    """On average the article's words are there, and no others: F1 is 0.97 or more, and 0.9 on every page."""
    likeness = {name: fixture.likeness() for name, fixture in fixtures.items()}
    assert len(likeness) >= 20
    assert sum(likeness.values()) / len(likeness) >= 0.97
    assert {name: value for name, value in likeness.items() if value < 0.9} == {}


def test_lead_picture(fixtures):
    """The lead picture is the one that the page shows above its text, with alternative, caption and credit."""
    lead = fixtures["factbox-portal"].article.image
    assert (lead.src, lead.alt) == ("https://post.example/i/loaf-1200x675.jpg", "A very long loaf on a canal")
    assert (lead.caption, lead.credit) == ("The loaf at the second bridge", "Ada Mol")


def test_pictures_tables_and_quotes_are_kept(fixtures):
    """The text keeps its form."""
    body = fixtures["wordpress-classic"].article.body
    assert "> We buried it once." in body
    assert "| Part | Million |" in body
    assert "<figcaption>The line as planned.</figcaption>" in body
    assert "- Work begins in spring" in body
    assert "[Lorcan Osk](https://gazette.example/people/osk)" in body


def test_what_is_left_out_is_told_word_for_word(fixtures):
    """Comments, related stories and calls to subscribe are in the report."""
    for name, line in (
        ("wordpress-classic", "conductor made change in feathers"),
        ("portal-jsonld", "morning briefing"),
    ):
        assert any(line in dropped.text for dropped in fixtures[name].article.dropped)


def article(html, **head):
    """A small page's article."""
    data = (
        html
        if isinstance(html, bytes)
        else f"<!doctype html><title>Lamp mended</title><h1>Lamp mended</h1>{html}".encode()
    )
    return only(data)


def test_a_long_standfirst_beside_the_headline_is_not_the_text():
    """Where nothing is named, a head that holds one long paragraph is not taken for the article, nor is a side bar."""
    deck = f"<div><h1>Lamp mended</h1><p>{'The lamp on the mole burns again, and it burns well. ' * 14}</p></div>"
    text = "".join(
        f"<p>The keeper rowed out for the {word} time, and came back wet.</p>" for word in ("second", "third")
    )
    side = "".join(
        f"<p>We are {word} friends of the harbour, and meet on Mondays in the loft.</p>" for word in "abcdefghijkl"
    )
    found = only(
        f"<!doctype html><title>Lamp mended</title><h1>Lamp mended</h1><div><div>{deck}<div>{text * 6}</div></div>"
        f"<div class=x>{side * 4}</div></div>".encode()
    )
    assert "third time" in found.body
    assert "friends of the harbour" not in found.body


def test_declared_and_real_encodings():
    """What bytes plainly are decides before what the page declares."""
    start = '<!doctype html><meta charset="{}"><title>Çağ açıldı</title><h1>Çağ açıldı</h1>' + TEXT
    for declared, real in (
        ("utf-8", "utf-8"),
        ("iso-8859-1", "utf-8"),
        ("iso-8859-9", "cp1254"),
        ("nonsense", "cp1254"),
    ):
        assert article(start.format(declared).encode(real)).title == "Çağ açıldı"
    assert article(b"\xef\xbb\xbf" + start.format("windows-1252").encode()).title == "Çağ açıldı"


def test_broken_bytes_in_the_middle():
    """A page with a few broken bytes is read, and told about."""
    found = article(
        f"<!doctype html><title>Lamp</title><h1>Lamp</h1><p>{'é' * 150}{TEXT}".encode() + b"\xff\xfe lamp</p>"
    )
    assert "harbour office" in found.body
    assert any("2 broken places" in problem.cause for problem in found.problems)


@pytest.mark.parametrize(
    ("html", "cause"),
    [
        (b"<html></html>", "has no text"),
        (b"<!doctype html><title>Lamp mended</title><nav>Home</nav>", "has no text"),
        (b"<html>\0\0\0", "is no text"),
        (b"<html>" + b"<div>" * 100_000 + b"x", "too deep"),
    ],
)  # fmt: skip
def test_pages_without_an_article(html, cause):
    """What holds no article is refused with a cause and a way out."""
    with pytest.raises(ContentError) as error:
        only(html)
    assert cause in error.value.problems[0].cause
    assert error.value.problems[0].fix


def test_false_dates():
    """A date of nought is none, and one that the address contradicts is a warning."""
    assert article(f'<meta property="article:published_time" content="0000-00-00T00:00:00Z">{TEXT}').date is None
    found = article(
        f'<link rel=canonical href="https://e.org/2020/01/02/x"><meta name=date content="2023-05-09">{TEXT}'
    )
    assert str(found.date) == "2023-05-09"
    assert any("its address is of 2020-01-02" in problem.cause for problem in found.problems)


@pytest.mark.parametrize(
    ("head", "top", "title"),
    [
        ("<title>Timed</title>", "<h1>Timed story</h1>", "Timed story"),
        ("<title>Timed | Post</title>", "<header><h1>Timed story</h1></header>", "Timed story"),
        ("<title>Timed tale of it all</title>", "<h1>A timed tale of all</h1>", "A timed tale of all"),
        ("<title>灯台が直る</title>", "<h1>沖の灯台がやっと直る</h1>", "沖の灯台がやっと直る"),
        ("<title>Timed</title><meta property=og:title content=Timed>", "<h1>Timed story</h1>", "Timed"),
        ("<meta property=og:title content='Timed story • Ada'>", "<h1>Timed story</h1>", "Timed story"),
        ("<title>Lamps to buy</title>", "<article><h1>Timed story</h1></article>", "Timed story"),
        ("<title>Lamps to buy</title>", "<h1>Timed story</h1>", "Lamps to buy"),
        ("<title>Post</title>", "<a href='/'>Post</a><h1>Timed story</h1>", "Timed story"),
        ("<title>Timed story of Ada</title>", "<h1>Post</h1><h2>Timed story of Ada</h2>", "Timed story of Ada"),
        ("<title>Timed story. It ends | Post</title>", "<h1>Timed story</h1><h1>X</h1>", "Timed story"),
    ],
)  # fmt: skip
def test_title_and_heading(head, top, title):
    """Of a page's title and its headings that is the headline which an editor would take; neither is in the text."""
    found = only(f"<!doctype html>{head}{top}<p>By Ada Mol</p>{TEXT}".encode())
    assert (found.title, found.authors) == (title, ("Ada Mol",))
    assert found.body.startswith("The lamp on the mole")


def test_short_lines_that_are_the_text():
    """Verse between a headline and its poet's name is no head, nor is a list above, nor a text with a name below."""
    above = "<p>Harbour</p><ul><li>Oil for a year</li><li>A wick</li></ul><h2>Lamp mended</h2>"
    assert "- A wick" in only(f"<!doctype html><title>Lamp mended</title>{above}{TEXT}".encode()).body
    verse = "".join(f"<p>The lamp of the {word} mole burns low</p>" for word in ("upper", "lower", "outer", "inner"))
    assert "outer mole" in article(f"{verse}<p>By Ada Mol</p>").body
    found = article(f"{verse * 2}<p>By Ada Mol</p>{TEXT}")
    assert found.body.count("outer mole") == 2
    assert "harbour office" in found.body


def test_what_is_marked_of_something_else():
    """A cloud of all tags, an organisation's or a reader's properties, and an author's life are not the article's."""
    found = article(
        '<div itemscope itemtype="https://schema.org/Organization"><b itemprop="keywords">nets</b><i itemprop='
        '"articleSection">Ropes</i><p itemprop="description">Ropes and nets since the old harbour was dug</p></div>'
        f"<div itemscope itemtype='https://schema.org/Article'><div itemprop='articleBody'>{TEXT * 4}</div></div>"
        "<div itemprop=author itemscope><b itemprop=name>Ada Mol</b><p itemprop=description>She has a boat and two"
        " dogs.</p></div><div itemscope itemtype='https://schema.org/UserComments'><time itemprop=datePublished"
        " datetime=2020-01-02></time><p>What a fine lamp it is, and how it shines.</p></div>"
        '<div class="tag_cloud"><a href="/tag/lamps">lamps</a> <a href="/tag/moles">moles</a></div>'
    )
    assert (found.tags, found.section, found.summary, found.date) == ((), None, None, None)
    assert found.authors == ("Ada Mol",)


@pytest.mark.parametrize(
    ("marked", "tags"),
    [
        ('<meta itemprop="keywords" content="lamps, moles">', ("lamps", "moles")),
        ('<a itemprop="keywords" href="/x">lamps</a> <a itemprop="keywords" href="/y">moles</a>', ("lamps", "moles")),
        ('<p itemprop="keywords">Tags: lamps; moles</p>', ("lamps", "moles")),
        ('<p itemprop="about keywords"><a>#lamps</a> <a>#moles</a></p>', ("lamps", "moles")),
        ('<p property="schema:keywords">lamps</p>', ("lamps",)),
        ('<p property="dc:keywords">lamps</p>', ()),
        ('<p><a href="/tags/lamps">lamps</a> and <a href="/tags/moles/">moles</a></p>', ()),
        ('<p>Labels: <a href="/tags/lamps">lamps</a>, <a href="/tags/moles/">moles</a></p>', ("lamps", "moles")),
    ],
)  # fmt: skip
def test_ways_to_name_tags(marked, tags):
    """Tags are read from elements and their lists, by what marks them or by where their links lead."""
    assert article(f"<article>{TEXT}{marked}</article>").tags == tags


def test_days_in_numbers():
    """A day in numbers is read where the page's language or another day of it says what is the day."""
    line = "<p class=byline>by Ada Lund, 8/7/13</p>"
    assert article(f"<div>{line}</div>{TEXT}").date is None
    assert str(article(f"<meta property=og:locale content=fr><div>{line}</div>{TEXT}").date) == "2013-07-08"
    assert str(article(f"<div>{line}</div>{TEXT}<div><p>Older: <span>7/29/13</span></p></div>").date) == "2013-08-07"


def test_addresses_are_those_of_the_page():
    """Links are read against the page's address, and that is the article's."""
    found = article(
        f'<link rel=canonical href="https://e.org/a/b.html">{TEXT}<p>There is <a href="c.html">more to say</a>.</p>'
    )
    assert found.url == "https://e.org/a/b.html"
    assert "(https://e.org/a/c.html)" in found.body


def test_broken_json_ld_is_passed_over():
    """A page's own mistakes are no mistakes of ours."""
    html = f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":</script>{TEXT}'
    assert article(html).title == "Lamp mended"
    deep = "[" * 100_000
    assert article(f'<script type="application/ld+json">{deep}</script>{TEXT}').title == "Lamp mended"


@pytest.mark.parametrize(
    ("head", "is_page"),
    [
        (b"<!DOCTYPE html>", True), (b"\xef\xbb\xbf \n<html lang=en>", True), (b"<!-- x -->\n<!doctype HTML>", True),
        ("<!doctype html>".encode("utf-16"), True), (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">', True),
        (b"<?xml version='1.0'?><rss>", False), (b"Plain <html> text", False), (b"{}", False), (b"", False),
    ],
)  # fmt: skip
def test_a_page_is_known_by_its_beginning(head, is_page):
    """By what it holds, not by its name."""
    from functools import partial
    from io import BytesIO

    from generator.importer.sources import RawSource

    assert html_page.recognises(RawSource("x", "x", partial(BytesIO, head))) is is_page


def test_json_ld_that_points_from_node_to_node():
    """Plugins for search engines name author and picture elsewhere on the page, and write entities into headlines."""
    graph = [
        {"@type": "Article", "headline": "Lamp &#8211; mended", "datePublished": "2023-05-09T10:00:00+00:00",
         "author": {"@id": "https://e.org/#ana"}, "image": {"@id": "https://e.org/x/#primaryimage"}},
        {"@type": "Person", "@id": "https://e.org/#ana", "name": "Ana Flores"},
        {"@type": "ImageObject", "@id": "https://e.org/x/#primaryimage", "url": "https://e.org/lamp.jpg"},
    ]  # fmt: skip
    script = f'<script type="application/ld+json">{json.dumps({"@graph": graph})}</script>'
    found = only(f"<!doctype html>{script}{TEXT}".encode())
    assert (found.title, found.authors, found.image.src) == ("Lamp – mended", ("Ana Flores",), "https://e.org/lamp.jpg")


def test_a_picture_above_the_text():
    """A picture between headline and text is the lead picture, even where the head of the page names none."""
    figure = '<figure><img src="/lamp.jpg" alt="A lamp"><figcaption>Lit. Photo: Mia Lund</figcaption></figure>'
    found = article(f'<link rel=canonical href="https://e.org/x">{figure}<div class="article-body">{TEXT}</div>')
    lead = found.image
    assert (lead.src, lead.alt, lead.caption, lead.credit) == ("https://e.org/lamp.jpg", "A lamp", "Lit.", "Mia Lund")


PARAGRAPH = "<p>The lamp on the mole has been mended by the harbour office, at last, and it shines.</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<div class='related sidebar'>" * 1_500 + PARAGRAPH * 5_000,
        "<div class='post-body'>" * 1_500 + PARAGRAPH * 5_000,
        "<div>" * 1_900 + "x" * 500_000,
        "<header>" * 1_000 + PARAGRAPH * 5_000,
        "<title>" + " - a" * 50_000 + "</title>" + PARAGRAPH,
        "<ul>" + "<li><a href=/x>link</a></li>" * 20_000 + "</ul>" + PARAGRAPH,
        "<table><tr><td>" * 500 + PARAGRAPH * 2_000,
    ],
    ids=["noise", "bodies", "single", "headers", "title", "links", "tables"],
)
def test_hostile_pages_take_bounded_time(html):
    """However a page is nested, and whatever names its elements have, it is read in seconds, or refused."""
    started = time.process_time()
    with contextlib.suppress(ContentError):
        only(f"<!doctype html><title>Lamp mended</title>{html}".encode())
    assert time.process_time() - started < 20


def test_the_date_at_the_headline_is_the_articles():
    """A day at the headline comes before one that the page marks elsewhere, also with other words behind it."""
    for line in ("9 May 2023", "9 May 2023 Ada Lund on ferries", "May 9, 2023, 10:41 by the harbour clock"):
        html = "<!doctype html><title>Lamp mended</title><div><time datetime=2024-01-02>Today</time></div>"
        found = only(f"{html}<div><h1>Lamp mended</h1><p>{line}</p><div>{TEXT * 5}</div></div>".encode())
        assert str(found.date)[:10] == "2023-05-09"
        assert "9, 2023" not in found.body


def test_what_is_said_of_the_author_is_left_out():
    """A last paragraph that says what the author does is in the report, and not in the text."""
    about = "<p>Ada Lovelace writes about lamps, and has done so since they were candles.</p>"
    found = article(f"<div><p>By Ada Lovelace</p><p>9 May 2023</p>{TEXT * 3}{about}</div>")
    assert "candles" not in found.body
    assert any("candles" in dropped.text and dropped.reason == "about the author" for dropped in found.dropped)


def test_a_post_that_is_all_head_stays():
    """Of a post that has nothing but a line as heads have it, the line is the text; with more, it is none of it."""
    head = "<html><body><article><h1>A clip from the quay</h1><p>By Tess Quill, 4 May 2021</p>"
    assert only(f"{head}</article></body></html>".encode()).body == "By Tess Quill, 4 May 2021"
    assert "Tess" not in only(f"{head}{TEXT}</article></body></html>".encode()).body

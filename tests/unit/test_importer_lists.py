"""Feeds, lists of feeds and tables: sources in `tests/fixtures/lists/`, and beside each, `NAME.golden`, the posts."""

import datetime as dt
import json
import time
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import REPOSITORY

from generator import content
from generator.errors import ContentError
from generator.importer import columns, detect
from generator.importer.articles import Article, SiteFound, Skipped, Wanted, front_matter
from generator.importer.formats import csv_table, feeds, json_feed, json_lines, opml
from generator.importer.sources import RawSource
from generator.model.document import Source, Status

FOLDER = REPOSITORY / "tests/fixtures/lists"
FORMATS = {
    "rss-2.xml": feeds,
    "rss-1.rdf": feeds,
    "rss-0.91.xml": feeds,
    "atom-1.xml": feeds,
    "atom-0.3.xml": feeds,
    "broken.xml": feeds,
    "feed.json": json_feed,
    "list.opml": opml,
    "articles.csv": csv_table,
    "articles.jsonl": json_lines,
}


def file(name):
    """A fixture as a source."""
    path = FOLDER / name
    return RawSource(str(path), name, lambda: path.open("rb"))


def source(data, name="x", **keywords):
    """Bytes as a source."""
    return RawSource(name, name, lambda: BytesIO(data), **keywords)


def items(given):
    """What the format that is chosen finds."""
    return list(detect.choose(given).read(given))


def articles(given):
    """The articles among it."""
    return [item for item in items(given) if isinstance(item, Article)]


def described(item):
    """An item as a golden file has it."""
    if isinstance(item, SiteFound):
        return f"site: {item.title} | {item.description} | {item.base_url} | {item.language}\n"
    if isinstance(item, Skipped):
        return f"skipped: {item.kind} {item.name}, line {item.line}: {item.reason}\n"
    post = content.dump(front_matter(item, item.identity, Source(), Wanted()), item.body)
    notes = [f"line {problem.line}: {problem.cause}" for problem in item.problems]
    media = [f"shows: {media.address}" for media in item.media]
    return "\n".join([f"url: {item.url}", *notes, *media, post])


@pytest.mark.parametrize("name", FORMATS)
def test_what_a_source_becomes(name):
    """Each source is known by what it holds, and becomes the site, the posts and the notes beside it."""
    given = file(name)
    assert detect.choose(given) is FORMATS[name]
    found = "\f\n".join(described(item) for item in items(given)).replace(str(FOLDER), "FOLDER")
    assert found == (FOLDER / f"{name}.golden").read_text("utf-8")


def test_items_keep_their_identity():
    """The guid of an item is the post's identity, and another copy of the feed gives the same digest."""
    first = articles(file("rss-2.xml"))
    assert [article.identity for article in first] == [
        "tag:ellery.example,2023:post-17",
        "https://ellery.example/2023/05/swans.html",
        "17b",
        "tag:ellery.example,2023:post-90",
    ]
    shifted = (FOLDER / "rss-2.xml").read_bytes().replace(b"<item>", b"\n\n<item>")
    assert [article.digest for article in articles(source(shifted))] == [article.digest for article in first]


def test_dates_keep_their_offset():
    """A date has the offset that the feed gives it; one of no calendar is none."""
    assert articles(file("rss-2.xml"))[0].date.isoformat() == "2023-05-09T14:33:00+03:00"
    assert [article.date is None for article in articles(file("broken.xml"))] == [False, True]


@pytest.mark.parametrize("kind", ["internal", "laughs", "external"])
def test_entities_are_refused(kind):
    """A feed that declares entities is refused with its line, whatever they are; one that speaks of them is not."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    declared = {
        "internal": '<!ENTITY a "b">',
        "laughs": f'<!ENTITY l0 "ha">{laughs}',
        "external": '<!ENTITY a SYSTEM "file:///etc/passwd">',
    }[kind]
    item = "<item><title>x &amp; y</title><description>z</description></item>"
    feed = f"<?xml version='1.0'?>\n<!DOCTYPE rss [{declared}]>\n<rss version='2.0'><channel>{item}</channel></rss>"
    with pytest.raises(ContentError, match="entities"):
        items(source(feed.encode()))
    spoken = f"<rss version='2.0'><channel>{item.replace('z', '<![CDATA[<!ENTITY a>]]>')}</channel></rss>"
    assert len(articles(source(spoken.encode()))) == 1


_WORDS = "Größe und Länge der Brücke, schön für alle Bürger".encode()
_BROKEN = {
    "rss": (
        b'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><item><title>A</title><guid>aa1</guid>'
        b"<description>%s</description></item><item><title>B</title><guid>bb1</guid><description>b</description></item>"
        b"</channel></rss>"
    ),
    "json feed": (
        b'{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"aaaaa","title":"A","content_text":"%s"},'
        b'{"id":"bbbbb","title":"B","content_text":"b"}]}'
    ),
    "csv": b'title,date,body\nA,2020-01-01,"%s"\nB,2020-01-02,b\n',
    "json lines": b'{"title":"A","date":"2020-01-01","text":"%s"}\n{"title":"B","date":"2020-01-01","text":"b"}\n',
    "json list": b'[{"title":"A","date":"2020-01-01","text":"%s"},{"title":"B","date":"2020-01-01","text":"b"}]',
    "ghost": (
        b'{"db":[{"meta":{"exported_on":1},"data":{"posts":[{"id":"aaaaa","title":"A","slug":"a","html":"%s"},'
        b'{"id":"bbbbb","title":"B","slug":"b","html":"b"}]}}]}'
    ),
}


@pytest.mark.parametrize("form", _BROKEN)
def test_broken_bytes_in_the_middle(form):
    """A byte that is no UTF-8 costs one letter and no article, and is told with the one that has it."""
    first, second = articles(source(_BROKEN[form] % (_WORDS + b" \xff end")))
    assert first.body == f"{_WORDS.decode()} \ufffd end"
    assert second.body == "b"
    assert [("\ufffd" in problem.cause, bool(problem.fix)) for problem in first.problems] == [(True, True)]
    assert second.problems == ()


@pytest.mark.parametrize("form", sorted(set(_BROKEN) - {"rss", "csv"}))
def test_json_in_another_encoding(form):
    """JSON that is not in UTF-8, as it should be, is read by what its bytes are, and a warning says so."""
    first, _ = articles(source(_BROKEN[form] % _WORDS.decode().encode("cp1252")))
    assert first.body == _WORDS.decode()
    assert "cp1252" in first.problems[0].cause


@pytest.mark.parametrize("part", ['<div class="feedflare">', "<p>x<a>", "](", "<p><a x='", "feedflare</div"])
def test_hostile_items_take_linear_time(part):
    """An item of nothing but what feeds add to texts, however often, is read in seconds."""
    feed = "<rss version='2.0'><channel><item><title>A</title><description>d</description>"
    feed += "<c:encoded xmlns:c='http://purl.org/rss/1.0/modules/content/'><![CDATA[%s]]></c:encoded></item></channel></rss>"
    began = time.process_time()
    assert len(articles(source((feed % (part * (300_000 // len(part)))).encode()))) == 1
    assert time.process_time() - began < 10


def test_a_feed_without_items():
    """A feed without items is an error with a way out."""
    for data in (b"<rss version='2.0'><channel/></rss>", b'{"version": "https://jsonfeed.org/version/1", "items": []}'):
        with pytest.raises(ContentError, match="without items"):
            items(source(data))


@pytest.mark.parametrize("sign", [b" ", b"<!-- -->", b"<?x?>", b"<!DOCTYPE a [", b"<!--"])
def test_what_stands_before_a_root_is_read_once(sign):
    """However much stands before a root that is none, it is soon known that there is none."""
    assert not feeds.recognises(source(sign * 16_000))
    assert not opml.recognises(source(sign * 16_000))


TABLE = b"Kopf,Wann,Was,Url\nErstens,9.5.2023,Ein Text.,https://e.org/1\n"


def test_a_person_says_what_columns_are():
    """Names that say nothing are read as a person says; a key or column that there is not is an error."""
    wanted = {"Kopf": "title", "Wann": "date", "Was": "body"}
    (article,) = articles(source(TABLE, columns=wanted))
    assert (article.title, article.date, article.body) == ("Erstens", dt.date(2023, 5, 9), "Ein Text.")
    for wrong, cause in (({"Kopf": "headlin"}, "no key"), ({"Kopff": "title", "Url": "url"}, "no column")):
        with pytest.raises(ContentError, match=cause):
            list(csv_table.read(source(TABLE, columns=wrong)))


@pytest.mark.parametrize(
    "text",
    [
        "Harbour bridge closes, again\n\nThe text, as it is.",
        "Name, the\n\nTitle, body and text: what is what?",
        '{"a": 1}\n',
        "[1, 2]",
        "{curly} beginning\n",
    ],
)
def test_texts_are_no_tables(text):
    """A text with commas, and JSON of something else, are no tables of articles."""
    assert not csv_table.recognises(source(text.encode()))
    assert not json_lines.recognises(source(text.encode()))


def test_lines_of_json_are_read_one_by_one():
    """A long file of JSON Lines is read as it is asked for, and never held as a whole."""
    row = json.dumps({"title": "T", "text": "word " * 200}).encode() + b"\n"
    opened = []

    def once():
        opened.append(BytesIO(row * 10_000))
        return opened[-1]

    found = json_lines.read(RawSource("x", "x", once))
    assert [next(found).title for _ in range(5)] == ["T"] * 5
    assert opened[-1].tell() == 5 * len(row)


@pytest.mark.parametrize(
    "table",
    [
        b"sep=;\nTitle;Date;Body\nA;2020-01-01;a\n",
        b"\xef\xbb\xbfTitle,Date,Body\r\nA,2020-01-01,a\r\n\r\n",
        "Title\tDate\tBody\nA\t2020-01-01\ta\n".encode("utf-16"),
        b"Title,Date,Body,Body\nA,2020-01-01,a,b\n",
        b"Title,Date,Body,Note\nA,2020-01-01,a,x\0y\n",
    ],
)
def test_tables_as_programs_write_them(table):
    """A line of Excel's above the names, marks of Unicode, a name twice, a stray null: a table all the same."""
    (found,) = articles(source(table))
    assert (found.title, found.date, found.body) == ("A", dt.date(2020, 1, 1), "a")
    assert dict(found.extra) in ({}, {"Body 2": "b"}, {"Note": "x\0y"})


@pytest.mark.parametrize(
    ("sure", "day"),
    [("13/02/2020", dt.date(2020, 4, 3)), ("02/13/2020", dt.date(2020, 3, 4)), ("02/03/2020", None)],
)
def test_which_number_is_the_day(sure, day):
    """The one date of a table that can be read in one way only decides about all others; without one they are told."""
    found = articles(source(f"title,date,body\nA,3/4/2020,a\nB,{sure},b\n".encode()))
    assert found[0].date == day
    assert bool(found[0].problems) is (day is None)


def test_columns_are_known_by_many_names():
    """Case, blanks and marks in a column's name do not matter; each name stands for one key."""
    assert columns.guess(["Post Title", "publishedAt", "Byline", "content-html"]) == {
        "Post Title": "title",
        "publishedAt": "date",
        "Byline": "authors",
        "content-html": "html",
    }
    names = [name for key in columns.NAMES for name in columns.NAMES[key].split()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("value", "status", "told"),
    [
        ("Published", Status.PUBLISHED, False),
        ("true", Status.PUBLISHED, False),
        ("Veröffentlicht", Status.PUBLISHED, False),
        ("", Status.PUBLISHED, False),
        ("Entwurf", Status.DRAFT, True),
        ("members", Status.DRAFT, True),
        ("pending", Status.DRAFT, False),
        (False, Status.DRAFT, False),
    ],
)
def test_what_a_status_says(value, status, told):
    """Only words for it make an article public; one that is not known makes it a draft, with a warning."""
    row = json.dumps({"title": "A", "text": "a", "date": "2020-01-01", "status": value}).encode()
    (found,) = articles(source(row + b"\n"))
    assert found.status is status
    assert [problem.cause for problem in found.problems if "has the status" in problem.cause] == (
        [f"has the status {value.lower()!r}, so it is a draft"] if told else []
    )


def test_what_was_not_public_is_a_draft():
    """A row whose status is not that of a public article becomes a draft."""
    data = b"title,body,draft\nA,x,true\nB,y,false\n"
    assert [article.status for article in articles(source(data))] == [Status.DRAFT, Status.PUBLISHED]


values = st.text(max_size=20) | st.integers() | st.none() | st.booleans() | st.lists(st.text(max_size=5), max_size=3)
keys = st.sampled_from([*columns.NAMES, "x", "Y z"])


@settings(deadline=None, max_examples=50)
@given(st.lists(st.dictionaries(keys, values, min_size=1), min_size=1, max_size=5))
def test_any_row_becomes_an_article_or_is_told(rows):
    """Whatever stands in its columns, each row is an article or is told, and breaks nothing."""
    data = "\n".join(json.dumps(row) for row in rows).encode()
    assert len(list(json_lines.read(source(data)))) == len(rows)


def test_a_list_with_what_is_no_address():
    """Addresses that none can be stop neither a list of feeds nor what comes after them."""
    feeds_of = "".join(f'<outline xmlUrl="{address}"/>' for address in ("http://[x", "//[x", "a.xml"))
    text = f'<opml version="2.0"><body>{feeds_of}</body></opml>'
    items = list(opml.read(source(text.encode(), "l.opml")))
    assert [item.name for item in items] == ["http://[x", "//[x", "a.xml"]


def test_a_quote_that_goes_on_takes_no_row_with_it():
    """A row whose quote ends in a later row is passed over; one whose quote never ends is an error with its line."""
    table = b'title,date,body\nA,2020-01-01,"one"\nB,2020-01-02,"two\nC,2020-01-03,"three"\nD,2020-01-04,four\n'
    assert [item.title for item in articles(source(table))] == ["A", "D"]
    assert [item.line for item in items(source(table)) if isinstance(item, Skipped)] == [3]
    rows = csv_table.read(source(table.replace(b'"three"', b"three")))
    assert next(rows).title == "A"
    with pytest.raises(ContentError, match="never closed") as raised:
        list(rows)
    assert raised.value.problems[0].line == 3


@pytest.mark.parametrize("parted", [b"%s\n%s\n", b"[%s,\n%s]"])
def test_a_row_that_nests_too_deep(parted):
    """It is passed over, and the others are read."""
    deep = b'{"title": "A", "body": "x", "more": ' + b'{"a":' * 500 + b"1" + b"}" * 500 + b"}"
    assert [item.title for item in articles(source(parted % (deep, b'{"title": "B", "body": "x"}')))] == ["B"]


@pytest.mark.parametrize("address", ["http://[x", "//[x", "file://[x", "a%00b", "../../etc/passwd", "/etc/passwd"])
def test_addresses_of_feeds_that_are_none(address):
    """Each is told with its line, and the rest of the list is read."""
    text = f'<opml version="2.0"><body><outline xmlUrl="{address}"/>\n<outline xmlUrl="no.xml"/></body></opml>'
    assert [item.name for item in items(source(text.encode()))] == [address, "no.xml"]

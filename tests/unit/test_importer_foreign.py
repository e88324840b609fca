"""Exports of other systems: every trap in a fixture, what is read from it beside it, and nothing trusted."""

import contextlib
import io
import random
import re
import subprocess
import sys
import time
import zipfile

import pytest
from foreign import FIXTURES, articles, fixture, golden, items, shown, source, zipped
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from support import REPOSITORY

from generator.errors import ContentError
from generator.importer import archives, detect, mending, shortcodes, xmlfile
from generator.importer import articles as values
from generator.importer.articles import Article, SiteFound, Skipped
from generator.importer.formats import FORMATS, blogger, substack
from generator.importer.mending import Mended
from generator.model.document import Kind, Status


@pytest.mark.parametrize("name", FIXTURES)
def test_a_fixture_reads_as_its_golden_text(name):
    """What an export gives is what a person has looked at; `python tests/foreign.py` writes it anew."""
    assert shown(items(FIXTURES[name], fixture(name))) == golden(name).read_text("utf-8")


@pytest.mark.parametrize("name", FIXTURES)
def test_a_fixture_is_of_one_format(name):
    """The first format that recognises an export is its own."""
    raw = source(fixture(name))
    known = next(known for known in FORMATS if known.recognises(raw))
    assert known.__name__.endswith(f".{FIXTURES[name]}")


@pytest.mark.parametrize("name", FIXTURES)
def test_an_export_reads_the_same_twice(name):
    """Nothing depends on when, or on how often, it is read: digests and ids too."""
    assert items(FIXTURES[name], fixture(name)) == items(FIXTURES[name], fixture(name))


def test_nothing_withheld_becomes_public():
    """Drafts, trash, private, protected and paid posts are drafts; where it is not plain, a warning says why."""
    found = {
        **articles("wordpress", fixture("wordpress/wxr-1.2.xml")),
        **articles("ghost", fixture("ghost/export.json")),
        **articles("blogger", fixture("blogger/feed.atom")),
        **articles("substack", fixture("substack/")),
        **articles("ghost", fixture("ghost/traps.json")),
        **articles("blogger", fixture("blogger/takeout-traps.atom")),
    }
    withheld = ("For members", "Private", "Bin", "By mail", "Thrown away", "Paid notes", "Paid by founders")
    for title in (*withheld, "For tiers", "For the paid", "Thrown page", "In a state of tomorrow"):
        assert found[title].status is Status.DRAFT
        assert found[title].problems or title == "Draft"
        assert not found[title].url or title == "For members"
    assert found["Draft"].status is Status.DRAFT


@pytest.mark.parametrize(("form", "name"), [("wordpress", "wordpress/wxr-1.2.xml"), ("blogger", "blogger/feed.atom")])
def test_an_export_saved_as_utf_16(form, name):
    """An export that an editor saved in UTF-16 is one all the same, so that its drafts are no posts of a feed."""
    text = fixture(name).decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').replace("'utf-8'", "'utf-16'")
    data = text.encode("utf-16")
    found, same = articles(form, data), articles(form, fixture(name))
    assert detect.choose(source(data)).NAME.lower().startswith(form)
    assert {title: item.status for title, item in found.items()} == {title: item.status for title, item in same.items()}
    assert [item.body for item in found.values()] == [item.body for item in same.values()]


def test_what_is_to_come_keeps_its_date():
    """A scheduled post is published by its own date."""
    for form, name, title in (
        ("wordpress", "wordpress/wxr-1.2.xml", "Later"),
        ("blogger", "blogger/feed.atom", "To come"),
    ):
        found = articles(form, fixture(name))[title]
        assert found.status is Status.PUBLISHED
        assert found.date.year == 2031


def test_feed_ids_are_kept():
    """What the old feed called an item, its article is called."""
    assert [item.identity for item in items("blogger", fixture("blogger/legacy.xml")) if isinstance(item, Article)] == [
        *(f"tag:blogger.com,1999:blog-77.post-{number}" for number in (1001, 1002, 1003)),
        "tag:blogger.com,1999:blog-77.page-2001",
        "tag:blogger.com,1999:blog-77.post-1004",
    ]


def test_comments_answer_each_other():
    """Comments are with their post, in order, each with what it answers; spam and pingbacks are none."""
    first, second = articles("wordpress", fixture("wordpress/wxr-1.2.xml"))[
        "Council votes for the tram, nine to four"
    ].comments
    assert (first.author, first.text, second.parent) == ("Lorcan", "I drove the last one.\nWith eggs.", first.id)
    old, answer = articles("blogger", fixture("blogger/legacy.xml"))["The Otter is 60 & sails on"].comments
    assert answer.parent == old.id


def test_pages_and_what_is_no_article():
    """Pages are pages; attachments, menus, settings and templates are passed over and counted."""
    found = items("wordpress", fixture("wordpress/wxr-1.2.xml"))
    assert [item.title for item in found if isinstance(item, Article) and item.kind is Kind.PAGE] == ["About us"]
    assert [item.kind for item in found if isinstance(item, Skipped)] == ["attachment", "nav_menu_item", "attachment"]
    assert isinstance(found[0], SiteFound)
    assert found[0].permalink == "/{year}/{month}/{day}/{slug}/"


def test_takeout_in_its_archive():
    """A Takeout is read from its zip, with the pictures that it brings."""
    data = zipped({
        "Takeout/Blogger/Blogs/Quay Notes/feed.atom": fixture("blogger/feed.atom"),
        "Takeout/Blogger/Albums/Quay Notes/seals.jpg": b"picture",
        "Takeout/Blogger/Blogs/Quay Notes/settings.csv": b"x",
    })  # fmt: skip
    found = articles("blogger", data)["Seals on the steps"]
    (picture,) = found.media
    with picture.open() as file:
        assert file.read() == b"picture"
    assert found.place == "export/Takeout/Blogger/Blogs/Quay Notes/feed.atom"


def test_an_archive_of_wordpress_files_is_one_export():
    """What one file of an archive names and another has is found; what is no export in it is passed over."""
    whole = fixture("wordpress/traps.xml").decode()
    start, end = whole.index("<item><title>The lock gate"), whole.index("<item><title>Gate opens")
    head, foot = whole[: whole.index("<item>")], "</channel></rss>"
    parts = (head + whole[start:end] + foot, whole[:start] + whole[end:])
    data = zipped({f"site.00{n}.xml": part.encode() for n, part in enumerate(parts)} | {"notes.xml": b"<x/>"})
    found, same = articles("wordpress", data), articles("wordpress", whole.encode())
    assert found["Gate opens"].image == same["Gate opens"].image
    assert found["Gate opens"].image.src.endswith("/gate.jpg")
    assert found["Gate opens"].place == "export/site.001.xml"
    assert found.keys() == same.keys()


@pytest.mark.parametrize(
    ("linked", "home"),
    [
        ("https://quay.example/2024/05/seals-on-steps.html", "https://quay.example"),
        ("http://Quay.example/2024/05/seals-on-steps.html#more", "http://quay.example"),
        ("https://quay.example/2024/05/another.html", ""),
        ("https://quay.example/2024/05/", ""),
    ],
)
def test_the_host_that_a_takeout_does_not_name(linked, home):
    """Where a blog was is known by links that find the path of one of its posts; by others it is not."""
    data = fixture("blogger/feed.atom").replace(b"&lt;p&gt;Four", f'&lt;a href="{linked}"&gt;x&lt;/a&gt; Four'.encode())
    assert linked.encode() in data
    assert items("blogger", data)[0].base_url == home


def test_pictures_of_blogger_in_full_size():
    """Whatever size of a picture is shown, the largest is known; of other pictures nothing is."""
    for written, largest in (
        ("http://1.bp.blogspot.com/-a/b/c/d/s320/x.jpg", "http://1.bp.blogspot.com/-a/b/c/d/s1600/x.jpg"),
        ("http://1.bp.blogspot.com/-a/b/c/d/w640-h480-no/x.jpg", "http://1.bp.blogspot.com/-a/b/c/d/s1600/x.jpg"),
        (
            "https://blogger.googleusercontent.com/img/a/xyz=w400-h300",
            "https://blogger.googleusercontent.com/img/a/xyz=s0",
        ),
        ("https://lh3.googleusercontent.com/pw/abc=s640-rw", "https://lh3.googleusercontent.com/pw/abc=s0"),
        ("https://e.example/s320/x.jpg", ""),
    ):
        assert blogger.original(written) == largest


def test_pictures_of_substack_from_their_own_place():
    """The place of a picture behind the server that resizes it is known."""
    address = "https://substackcdn.com/image/fetch/w_1456,c_limit/https%3A%2F%2Fbucket.example%2Fhall.jpeg"
    assert substack.original(address) == "https://bucket.example/hall.jpeg"


BROKEN = [
    (b"\x08", ""), (b"&nbsp;", "\u00a0"), (b"&", "&"), (b"&eacute;", "é"), (b"&#8;", ""), (b"&#0;", ""),
    (b"&nosuch;", "&amp;nosuch;"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "read"), BROKEN)
def test_a_broken_place_loses_nothing(written, read):
    """What exporters get wrong is mended, and what comes after it is whole; a warning names the line."""
    data = fixture("blogger/legacy.xml").replace(b"Nobody has", b"Nobody %s has" % written)
    found = articles("blogger", data)
    assert set(found) == set(articles("blogger", fixture("blogger/legacy.xml"))) - {
        "Nobody has seen the harbour master since Sunday, and his…"
    } | {next(title for title in found if title.startswith("Nobody"))}
    body = next(item.body for item in found.values() if item.body.startswith("Nobody"))
    assert body.split()[: 3 + bool(read.strip())] == f"Nobody {read} has seen".split()
    assert body.endswith("his dog has begun to answer the telephone.")
    assert found["About me"].body == "I watch the mole."
    warned = [problem for item in found.values() for problem in item.problems if "not well-formed" in problem.cause]
    assert [problem.line for problem in warned] == [8]


def test_one_text_cannot_fill_the_memory(monkeypatch):
    """Of a text longer than any article a part is kept; the article is left out, those behind it are whole."""
    monkeypatch.setattr(mending, "_LONGEST", 300_000)
    monkeypatch.setattr(values, "MAX_BYTES", 60_000)
    for form, name, there in (
        ("wordpress", "wordpress/wxr-1.2.xml", b"The tram will come back."),
        ("blogger", "blogger/legacy.xml", b"Nobody has seen"),
    ):
        data = fixture(name)
        assert there in data
        found = items(form, data.replace(there, b"word " * 400_000))
        whole = [item for item in items(form, data) if isinstance(item, Article)]
        (long,) = [item for item in found if isinstance(item, Skipped) and item.fix]
        assert int(re.search("[0-9,]+", long.reason)[0].replace(",", "")) < 400_000
        bodies = {item.title: item.body for item in found if isinstance(item, Article)}
        assert len(bodies) == len(whole) - 1
        assert all(bodies.get(item.title, item.body) == item.body for item in whole)


@pytest.mark.parametrize(
    ("form", "name"),
    [("wordpress", "wordpress/wxr-1.2.xml"), ("blogger", "blogger/legacy.xml"), ("ghost", "ghost/export.json")],
)
def test_a_text_that_no_article_has(monkeypatch, form, name):
    """A text of many megabytes is left out before it is worked on, and told; the others are read."""
    whole = items(form, fixture(name))
    monkeypatch.setattr(values, "MAX_BYTES", 200)
    found = items(form, fixture(name))
    long = [item.name for item in found if isinstance(item, Skipped) and "an article may have 200" in item.reason]
    assert [item for item in found if getattr(item, "kind", "") != "comment"][len(whole) :] == []
    assert long
    assert all(item.fix for item in found if isinstance(item, Skipped) and item.name in long)
    assert all(item in found or item.title in long for item in whole if isinstance(item, Article))


def test_tags_that_do_not_close():
    """An element that never ends costs its own article its form, no other anything."""
    data = fixture("blogger/legacy.xml").replace(b"Nobody has", b"Nobody <b>has")
    found = articles("blogger", data)
    assert found["Not yet to be read"].body == "A draft."
    assert len(found) == 5


def test_a_file_that_is_cut_off():
    """What is whole is imported; what is cut off in the middle is a draft, with a warning."""
    data = fixture("wordpress/wxr-1.2.xml")
    found = articles("wordpress", data[: data.index(b"The bridge came in blocks") + 10])
    assert found["Council votes for the tram, nine to four"].status is Status.PUBLISHED
    assert found["A bridge in blocks"].status is Status.DRAFT
    assert any("not well-formed" in problem.cause for problem in found["A bridge in blocks"].problems)


LAUGHS = b'<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = b'<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE])
def test_entities_are_refused(declared):
    """An export that declares entities is none: they may be bombs, or lead to other files."""
    data = fixture("wordpress/wxr-1.2.xml").replace(b"<rss", declared + b"<rss", 1)
    with pytest.raises(ContentError, match="declares entities"):
        items("wordpress", data)


@given(
    st.lists(
        st.sampled_from(
            [
                b"a",
                b"\n",
                b"<t>",
                b"</t>",
                b"<![CDATA[",
                b"]]>",
                b"]",
                b"&",
                b"&lt;",
                b"&nbsp;",
                b"&#8;",
                b"\x08",
                b"x" * 70,
            ]
        ),
        max_size=30,
    ),
    st.integers(1, 90),
)
def test_mending_does_not_depend_on_how_a_file_is_cut(parts, size):
    """A sign that two reads share is mended as one that is whole."""
    data = b"".join(parts)

    class Slow(io.BytesIO):
        def read(self, _=-1):
            return super().read(size)

    assert _all(Mended(Slow(data))) == _all(Mended(io.BytesIO(data)))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=50))
def test_what_is_well_formed_reads_the_same(text):
    """Mending changes nothing that a reader of XML could see."""
    element = etree.Element("t")
    try:
        element.text = text
    except ValueError:
        return
    data = etree.tostring(element, encoding="utf-8")
    assert (etree.fromstring(_all(Mended(io.BytesIO(data)))).text or "") == text
    if "]]>" not in text:
        inside = f"<t><![CDATA[{text}]]></t>".encode()
        assert _all(Mended(io.BytesIO(inside))) == inside


def _all(file):
    parts = []
    while piece := file.read(100):
        parts.append(piece)
    return b"".join(parts)


def test_memory_is_freed_as_an_export_is_read():
    """No more than a few elements of a stream are alive at once."""
    data = b"<channel>" + b"<item><title>x</title></item>" * 5_000 + b"</channel>"
    most = 0
    for element in xmlfile.elements(source(data), "item"):
        most = max(most, len(element.getparent()))
    assert most <= 2_500  # what one read brings; not all


def test_bombs_and_paths_that_lead_out():
    """An archive that unpacks to more than an export can be is refused; a path that leads out of it is passed over."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("posts.csv", b"\0" * 40_000_000)
        archive.writestr("posts/1.a.html", b"x")
    with pytest.raises(ContentError, match="more than an export"):
        archives.Archive(source(packed.getvalue()))
    with pytest.raises(ContentError, match="more than an export"):
        detect.choose(source(packed.getvalue()))
    with pytest.raises(ContentError, match="no export that"):
        detect.choose(source(zipped({"notes.txt": b"x"})))
    data = zipped({
        "posts.csv": b"post_id,title,is_published\n1.a,A,true\n2.b,B,true\n",
        "posts/1.a.html": b"<p>a</p>",
        "../posts/2.b.html": b"<p>b</p>",
        "/posts/3.html": b"<p>c</p>",
        "posts\\4.html": b"x",
    })  # fmt: skip
    found = items("substack", data)
    assert [item.title for item in found if isinstance(item, Article)] == ["A"]
    assert sorted(item.name for item in found if isinstance(item, Skipped)) == [
        "../posts/2.b.html",
        "/posts/3.html",
        "B",
        "posts\\4.html",
    ]


@pytest.mark.parametrize("cut", [10, 200, -30])
def test_damaged_archives(cut):
    """An archive that is cut off is an error with a way out, or not taken for an export at all."""
    data = fixture("substack/")[:cut]
    with pytest.raises(ContentError):
        archives.Archive(source(data))


def shortcode(text, gallery=lambda _: []):
    """A text with its shortcodes expanded."""
    return shortcodes.expand(text, gallery)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a\nb\n\nc", "a<br>b<br><br>c"),
        ("<p>a</p>\n\n<ul>\n<li>b</li>\n</ul>", "<p>a</p><ul><li>b</li></ul>"),
        ("a<br />\nb", "a<br />b"),
        ("<pre>a\n\nb</pre>\nc", "<pre>a\n\nb</pre>c"),
        ('<a\nhref="x">y</a>', '<a\nhref="x">y</a>'),
        (
            '[caption id="a" caption="C"]<img src="x">[/caption]',
            '<figure><img src="x"><figcaption>C</figcaption></figure>',
        ),
        ("[youtube abcdefghijk]", '<p><a href="https://www.youtube.com/watch?v=abcdefghijk">YouTube</a></p>'),
        ("[embed]https://e.org/?a=1&amp;b=2[/embed]", '<p><a href="https://e.org/?a=1&amp;b=2">e.org</a></p>'),
        ('[code language="c"]a < b[/code]', '<pre class="language-c">a &lt; b</pre>'),
        ('<img alt="[gallery]">', '<img alt="[gallery]">'),
        ("[[audio]]", "[audio]"),
        ("[sic] [1] [...]", "[sic] [1] [...]"),
    ],
)
def test_what_wordpress_writes_instead_of_html(text, html):
    """Line ends and shortcodes become HTML; what only looks like them stays."""
    assert shortcode(text) == shortcodes.Expanded(html)


def test_unknown_shortcodes_stay_and_are_named():
    """What we do not know is text, and told."""
    assert shortcode('[box type="x"]a[/box] [my_list]') == shortcodes.Expanded(
        '[box type="x"]a[/box] [my_list]', ("box", "my_list")
    )
    assert shortcode("[map https://map.example/1] [sic] [gallery]").unknown == ("map", "gallery")


def test_hostile_shortcodes_take_linear_time():
    """Many that never close are looked for once."""
    started = time.process_time()
    for text in ("[caption]" * 50_000, "[a" * 100_000, "[[" * 100_000, "<" * 100_000, "[embed x=" * 50_000):
        shortcode(text)
    for text in ("<a " + "wp-block-file__button " * 50_000, "<!-- wp:block {" * 50_000):
        shortcode(f"<!-- wp:x -->{text}")
        shortcodes.with_blocks(text, {"1": "x"})
    assert time.process_time() - started < 20


def test_no_golden_text_shows_what_runs():
    """In all that the fixtures give there is no script."""
    for name in FIXTURES:
        for item in items(FIXTURES[name], fixture(name)):
            if isinstance(item, Article):
                assert not re.search(r"<script|javascript:|\son\w+=", item.body)


def test_formats_import_nothing_heavy():
    """To know the formats costs no reader of XML or HTML: only who imports one pays for it."""
    code = "import sys, generator.importer.formats; sys.exit('lxml.etree' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, check=False).returncode == 0


DEBRIS = [
    b"<",
    b">",
    b"&",
    b'"',
    b"null",
    b"[]",
    b"\0",
    b"\xff",
    b"<li>",
    b"</div>",
    b"]]>",
    b"<a href='http://[x'>",
    b"9" * 40,
]


@pytest.mark.parametrize("name", FIXTURES)
def test_random_damage_is_told_not_raised(name):
    """Whatever happens to an export's bytes, what is left is read, or an error says why not."""
    chance = random.Random(7)
    for _ in range(60):
        data = bytearray(fixture(name))
        for _ in range(chance.randint(1, 5)):
            at = chance.randrange(len(data))
            data[at : at + chance.choice([0, 1, 1, 30])] = chance.choice(DEBRIS)
        raw = source(bytes(data))
        with contextlib.suppress(ContentError):
            known = next(known for known in FORMATS if known.recognises(raw))
            assert all(isinstance(item, Article | Skipped | SiteFound) for item in known.read(raw))

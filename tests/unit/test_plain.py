"""HTML that is taken for plain comes out of the sanitiser as it went in; every short way gives what the long one gives."""

# ruff: noqa: E501  # tables are read row by row

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from support import REPOSITORY

from generator import prose
from generator.config import Markup
from generator.markup import html, lane, plain
from generator.markup.convert import _Engine
from generator.model.site import Reference

BASE = "https://news.example.org/2026/01/story/"
LAW = {"deadline": None, "suppress_health_check": list(HealthCheck)}
ENGINE = _Engine(Markup())


def rendered(body: str) -> str:
    """What cleaning is given for a body: by the lane, or by Python-Markdown."""
    quick = lane.convert(body, ENGINE._slug, "-p1-")
    ENGINE.markdown.reset()
    return html.demoted(html.aligned(quick.html if quick else ENGINE.markdown.convert(body)))


def assert_same(text: str, base: str = BASE) -> bool:
    """Whatever is plain is what the sanitiser makes of it; whether `text` is."""
    is_plain = plain.is_plain.__wrapped__(text)
    if is_plain:
        with pytest.MonkeyPatch.context() as patch:
            quick = html.clean(text), html.removed(text), *feeds_of(text, base)
            patch.setattr(plain, "is_plain", lambda _: False)
            assert quick == (html.clean(text), html.removed(text), *feeds_of(text, base)), text
        assert quick[:2] == (text, [])
    return is_plain


def feeds_of(text: str, base: str) -> tuple[str, str]:
    """What feeds carry of an article, whose links lead nowhere, and with some that lead to places and pictures."""
    return html.feed_safe(text, base), html.feed_safe(text, base, KNOWN.values())


# Addresses, texts and tags: what is plain, and what is nearly so.

ADDRESSES = st.one_of(
    st.sampled_from((
        "/a/b/", "https://a.example/b?c=1&amp;d=2#e", "http://a-b.c1.example", "#n", "?q", "b.md", "../b/c.jpg", "id:good-0001", "/w/F_(o)_x",
        "//a.example/", "", "mailto:a@b.example", "javascript:x", "a:b", "https://1.2.3.4/", "https://a.1/", "https://a.0x1/", "https://xn--a.example/",
        "https://xn--a/", "https://a.xn--b/", "https://a..b/", "https://-a-.example/", "https://a--b.example/", "https://a", "https://[::1]/", "http:a",
        "https:///a", "https://a.b:80/", "https://a.b:x/", "https://u@a.bc/", "https://a.bc\\d", "https://É.example/", "/é/", "/a b/", "/%zz/", "/a'b/",
        "/a&quot;b", "/a&lt;b", "/a&b", "/./a/../b/", "/a//b", "/a/;p?", "/a/#", "/a?", "https://a.bc/?", "https://a.bc/../d/./e", "http://a.bc/d",
        "id:", "id:/a", "id://[", "ID:a", " /a", "/a ", "/a\tb", "https://a_b.example/", "https://a.b_c/", "https://ab.example.", "https://a.example:/x",
    )),
    st.text(st.sampled_from("ab1/.:-#?&;@%[]\\_~x"), max_size=10),
    st.text(st.sampled_from("ab1.-x"), max_size=12).map("https://{}".format),
    st.text(st.sampled_from("ab1.-x/:?#@"), max_size=12).map("http://a.example/{}".format),
)  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from((
        "tide", "a &amp; b", "&lt;b&gt;", "“we”", "naïve", "東京 😀", "\n", "a\nb", 'say "x"', "it's", "&quot;", "&copy;", "&nbsp;", "&#8617;", "&", "& ", "&amp",
        "&ampx;", "\xa0", "\x85", "\ufeff", "\u2028", "\x0c", "\r", "\t", "\x00", "\x7f", "\ufffd", "\ufffe", "\ud800", "\U0001fffe", ">", "<", "< ", "]]>", "-->", "",
    )),
    st.text(max_size=5),
)  # fmt: skip


NONE = st.just("")


def tag(name: str, inner: st.SearchStrategy[str], attributes: st.SearchStrategy[str] = NONE) -> st.SearchStrategy[str]:
    """An element."""
    return st.builds(f"<{name}{{}}>{{}}</{name}>".format, attributes, inner)


titles = st.one_of(st.just(""), st.just(""), st.just(""), TEXTS.map(' title="{}"'.format))
images = st.builds(
    '<img alt="{}" src="{}"{}{}>'.format,
    TEXTS,
    ADDRESSES,
    titles,
    st.sampled_from(("", "", ' width="7" height="8"', " /", ' width="7"')),
)
leaves = st.one_of(
    TEXTS,
    TEXTS,
    TEXTS,
    images,
    st.sampled_from(("<br>", "<code>x</code>", "<br/>", "<b>x</b>", "<wbr>", "<em>", "</em>", "</p>", "<p>")),
)
inlines = st.recursive(
    leaves,
    lambda inner: st.one_of(
        tag("em", inner),
        tag("strong", inner),
        tag("a", inner, st.builds(' href="{}"{}'.format, ADDRESSES, titles)),
        st.builds("{}{}".format, inner, inner),
    ),
    max_leaves=6,
)
ids = st.sampled_from((' id="a-b_1"', ' id="a-b_1"', "", ' id="É"', ' id=""', ' class="x"'))
flows = st.one_of(
    tag("p", inlines),
    tag("p", inlines),
    *(tag(f"h{level}", inlines, ids) for level in (1, 2, 6)),
    st.just("<hr>"),
    tag("ul", st.lists(st.one_of(tag("li", inlines), tag("li", tag("p", inlines))), max_size=2).map("\n".join)),
    tag("ol", st.lists(tag("li", inlines), max_size=2).map("".join), st.sampled_from(("", ' start="3"', ' start="x"'))),
    tag(
        "pre",
        tag("code", TEXTS, st.sampled_from(("", ' class="language-c++"', ' class="a b"'))),
        st.sampled_from(("", "", " ")),
    ),
    st.builds("<pre>{}</pre>".format, TEXTS),
    tag("h2", inlines, ids).map(lambda text: text.replace("</h2>", "</h3>")),
    st.sampled_from(
        (
            "<table><tr><td>x</td></tr></table>",
            "<sup>1</sup>",
            "text",
            "<div>x</div>",
            "<!-- c -->",
            "<script>x</script>",
        )
    ),
    inlines,
)
blocks = st.one_of(flows, flows, flows, tag("blockquote", st.lists(flows, max_size=2).map("\n".join)))
pages = st.lists(blocks, min_size=1, max_size=3).map("\n".join)
marks = st.sampled_from(
    (
        "<",
        ">",
        '"',
        "'",
        "&",
        "</p>",
        "<p>",
        "<a href='x'>",
        " ",
        "\n",
        "=",
        "x",
        "/",
        "\xa0",
        "</a>",
        "<em>",
        " onclick=x",
        "</blockquote>",
    )
)
PLAIN = (
    "<p>One <em>two</em> <strong>three <em>four</em></strong> <code>five</code><br>\nsix &amp; &lt;seven&gt; \"eight\"</p>",
    '<h2 id="a-b">A <a href="/b/">b</a></h2>\n<h6 id="c">C</h6>\n<hr>',
    '<p><a href="https://a.example/b?c=1&amp;d" title="T">x</a> <a href="#n">y</a> <a href="id:abc">z</a></p>',
    '<p><img alt="“x” &amp; y" src="/i.png" title="T" width="7" height="8"></p>',
    "<ul>\n<li>a</li>\n<li>\n<p>b</p>\n</li>\n</ul>\n<ol start=\"3\">\n<li>c</li>\n</ol>",
    "<blockquote>\n<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n</blockquote>",
    '<pre><code class="language-py">x &lt; 1\n</code></pre>',
)  # fmt: skip
calm = st.lists(st.sampled_from(PLAIN), min_size=1, max_size=3).map("\n".join)


def put_in(text: str, mark: str, at: int) -> str:
    """`text` with a mark somewhere in it."""
    return text[: at % (len(text) + 1)] + mark + text[at % (len(text) + 1) :]


nearly = st.builds(put_in, calm, st.one_of(marks, TEXTS, leaves), st.integers(0, 9999))
LINES = st.sampled_from((
    "One *two* **three** `code`.", "[a](/b/) [c](https://d.example/e?f=1&g=2) <https://h.example/>", "![alt “x”](/i.png)", '![a](i.png "T & \'t\'")',
    "[![a](/i.png)](/big/)", "## Heading & *more*", "# One", "- a\n- b [c](id:d)", "3. a\n4. b", "- a\n\n- *b*", "> Quote.\n>\n> — Who", "> - a\n> - b",
    "***both*** *a **b***", "```py\nx < 1\n```", '```\n"x"\n```', "---", "a  \nb", "AT&T &copy; &amp; &lt;b>", "Claim[^1].\n\n[^1]: Note.", "| a | b |\n|:-|-:|\n| 1 | 2 |",
    "<b>x</b>", "<script>x</script>", "<p onclick=x>y", "[x](javascript:a)", "    code", "*[A]: B\n\nA", "a\xa0b", "[a](<b c>)", "[a](é.md)", "5 > 4 < 6", "[*a*](//b.example)",
    "> > deep", "- a\n    - b", '"Straight" it\'s', "[a](b.md) ![c](d.jpg)", "[x](mailto:a@b.example)", "**[a *b*](c)**", "[a](/b/ \"it's\")", "[#](#top)",
))  # fmt: skip
bodies = st.lists(LINES, min_size=1, max_size=4).map("\n\n".join)
marked = st.builds(put_in, pages, marks, st.integers(0, 999))
anything = st.one_of(pages, pages, marked, calm, nearly, nearly, nearly, bodies.map(rendered))


@settings(max_examples=2_000, **LAW)
@given(anything)
@example("<p></p>")
@example("<pre>\n<code>x</code></pre>")
@example("<pre><code>\nx</code></pre>")
@example("<p>\ufeffx</p>")
@example(
    '<p><img alt="a" src="b.md"> <img alt=" width=" src="b.md" title="T"> <img alt="" src="b.md" width="1" height="2"></p>'
)
def test_plain_html_is_what_the_sanitiser_makes_of_it(text):
    """Whatever is plain, nothing is taken from it or written otherwise, and for feeds its addresses alone change."""
    assert_same(text)


@pytest.mark.long
@settings(max_examples=200_000, **LAW)
@given(anything)
def test_plain_html_is_what_the_sanitiser_makes_of_it_at_length(text):
    """The same over two hundred thousand texts."""
    assert_same(text)


@settings(max_examples=1_000, **LAW)
@given(st.one_of(bodies, st.builds(put_in, bodies, st.one_of(marks, TEXTS), st.integers(0, 999))))
@example("> > a\n> > > *b **c***\n\n- [x](<y>)")
@example('[a](/b"onclick=x)')
@example('## a"b\n\n```\n</code><b>\n```')
def test_what_the_lane_made_is_plain_where_its_values_are(body):
    """What of a document by the lane is not looked at cannot be anything that the sanitiser would take or change."""
    made = lane.convert(body, ENGINE._slug, "-p1-")
    if made is None or not made.simple or (found := plain.well_nested(made.html)) is None:
        return
    assert html._ILLEGAL.sub(" ", html._cleaner().clean(made.html)) == made.html
    assert html.unescaped(found) == html.rewrite(made.html, {})[1]
    with pytest.MonkeyPatch.context() as patch:
        quick = html.feed_safe(made.html, BASE, is_plain=True)
        patch.setattr(plain, "in_feed", lambda *_: None)
        assert quick == html.feed_safe(made.html, BASE, is_plain=False)


@settings(max_examples=1_000, **LAW)
@given(
    ADDRESSES,
    st.sampled_from(
        (
            BASE,
            "https://a.example/b.html",
            "http://localhost:8000/x/",
            "https://a.example",
            "https://É.example/x/",
            "x",
            "http://[",
        )
    ),
)
def test_plain_addresses_are_what_the_sanitiser_makes_of_them(address, base):
    """No address is taken for plain that the sanitiser would drop, or join to a page otherwise."""
    assert_same(f'<p><a href="{address}">x</a> <img alt="" src="{address}"></p>', base)
    with pytest.MonkeyPatch.context() as patch:
        quick = html.absolute(address, base)
        patch.setattr(html, "_PLAIN_URL", plain.re.compile("(?!)"))
        assert quick == html.absolute(address, base)


@pytest.mark.parametrize(
    "place",
    [
        "<p>{}</p>",
        "<p>a{}b</p>",
        '<p><img alt="{}" src="/b"></p>',
        '<p><a href="/{}">x</a></p>',
        "<p>x</p>{}",
        "{}<p>x</p>",
        "<pre>{}x</pre>",
    ],
)
def test_every_character_in_any_place(place):
    """No character below U+3000, and no strange one beyond, is written otherwise by the sanitiser."""
    for code in (
        *range(0x3000),
        0xD7FF,
        *range(0xD800, 0xE001, 0x80),
        0xDFFF,
        *range(0xFDCF, 0xFDF1),
        *range(0xFEFE, 0xFF02),
        *range(0xFFF0, 0x10002),
        0x1FFFE,
        0x10FFFF,
    ):
        text = place.format(chr(code))
        if plain.is_plain.__wrapped__(text):
            assert html._ILLEGAL.sub(" ", html._cleaner().clean(text)) == text, hex(code)


NOT_PLAIN = (
    "", "text", "<p>", "<p>a", "a</p>", "<P>a</P>", "<p>a</p></div>", "<div>a</div>", "<p><p>a</p></p>", "<p><em>a</p></em>", "<em>a</strong>", "<p>a > b</p>",
    "<p>&copy;</p>", "<p>&quot;</p>", "<p>a & b</p>", "<p>a\xa0b</p>", "<p>\x08</p>", "<p>\r</p>", "<script></script>", "<p onclick=\"x\">a</p>", "<p id=\"a\">a</p>",
    '<p><a href="javascript:x">a</a></p>', '<p><a href="//a.example/">a</a></p>', '<p><a href="/é">a</a></p>', "<p><a href='/b'>a</a></p>", '<p><a href="">a</a></p>',
    '<p><a href="/a"><em><a href="/b">x</a></em></a></p>', "<p><a>x</a></p>", '<p><a href="/b" rel="c">a</a></p>', '<p><img src="/i" alt=""></p>', '<p><img alt="" src="/i" onerror="x"></p>',
    "<pre>\n<code>x</code></pre>", "<table></table>", '<h1 id="a">a</h2>', "<h2>a</h3>", "<ul>a<p>b</p></ul>", "<ul></ul>", "<p>a</p><", "<!-- a -->", "<p/>", "<p >a</p>",
    "<blockquote><blockquote><p>a</p></blockquote></blockquote>", "<p>" + "<em>" * 5 + "</em>" * 5 + "</p>",
)  # fmt: skip


@pytest.mark.parametrize("text", PLAIN)
def test_plain(text):
    """What articles are made of is plain."""
    assert assert_same(text)


@pytest.mark.parametrize("text", NOT_PLAIN)
def test_not_plain(text):
    """What is not sure to come out as it went in is cleaned."""
    assert not plain.is_plain(text)


def test_the_example_posts_are_plain(record_property):
    """Nearly all the example articles need no cleaning; one that does is worth a look."""
    texts = [path.read_text("utf-8") for path in (REPOSITORY / "content/posts").rglob("*.md")]
    pages = [rendered(prose.MORE.sub("", text.split("\n---\n", 1)[1])) for text in texts]
    found = sum(map(assert_same, pages))
    record_property("share", f"{found} of {len(pages)}")
    assert found >= 0.5 * len(pages)


LOOSE = st.lists(
    st.sampled_from((
        "<a href=", "<A HREF=", '"b.md"', "'b.md'", "b.md", ">", "<", "</a>", "<img src=", "<img\nalt='' src=", " alt=", '"', "'", "<p title=", "<p>", " ", "x", "<q cite=",
        "<a-b href=", "<ab href=", "<my-a href=", "</a href=", "<ſource src=", "<source src=", "<video poster=", "/>", " />", "=", "<!--", "-->", "<a href='b.md'>", "b&amp;c",
        '<a href="b.md">', '<a href="b&amp;c">', '<img alt="" src="b.md">', '<img src="b.md" width="2">', "<blockquote cite='b.md' >", "<a >", "<a/href=b.md>",
    )), max_size=8,
).map("".join)  # fmt: skip
KNOWN = {target: Reference(target, f"/to/{target}/?x&y", 7, 8) for target in ("b.md", "b&c")}


@settings(max_examples=2_000, **LAW)
@given(st.one_of(LOOSE, LOOSE, marked, pages), st.sampled_from(({}, KNOWN)))
@example("<p '><a href='b.md'>x</a>'>", KNOWN)
@example('<p title="<a href=b.md>">', KNOWN)
def test_addresses_are_found_in_any_html_as_if_every_tag_were_read(text, references):
    """Where tags are picked by name, what is found and led elsewhere is the same as where each tag is read."""
    quick = html.rewrite(text, references)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(html, "_ENTANGLED", plain.re.compile(""))
        patch.setattr(html, "_LINK", plain.re.compile("(?!)"))
        assert quick == html.rewrite(text, references)


@pytest.mark.parametrize(
    "text", ['<p title="<a href=b.md>">x</p>', "<p '><a href=b.md>x</a>'>", "<p title='>'\n\"<img src=b.md>\">"]
)
def test_what_stands_in_a_value_is_no_tag(text):
    """An address that is only a value's text is neither met nor led elsewhere."""
    assert html.rewrite(text, KNOWN)[1] == frozenset()
    assert "/to/" not in html.rewrite(text, KNOWN)[0]


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        ">",
        "<p>",
        "<em>",
        '<a href="',
        '<img alt="&amp;',
        "&amp;",
        "&",
        "<p></p>",
        "<blockquote>",
        "<li>",
        '<a href="/a&amp;',
        "<p '",
        "<ul><li>",
        "https://a",
    ],
)
def test_hostile_html_is_cheap(piece):
    """A hostile text costs little more than its length."""
    for head in ("", "<p>", '<p><a href="https://', '<p><img alt="'):
        text = head + piece * (100_000 // len(piece))
        started = time.process_time()
        plain.is_plain(text)
        html._ENTANGLED.search(text)
        assert time.process_time() - started < 1

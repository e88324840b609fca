"""HTML from anyone becomes Markdown that reads as the HTML did."""

import time
from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator.config import Markup
from generator.importer.markdown import convert, plain_text
from generator.markup import Job
from generator.markup import convert as render

SIGNS = [
    *"#>-+*_`[](){}<>&|:=~!.\\^'\"013 aé", "  ", "&amp;", "&#1", "&lt", "1. ", "---", "```", "<b>", "[TOC]", "* ", "\n",
    "snake_case", "**", "__", "word", "[^1]", "http://e.org/a_b", "\u200d",
]  # fmt: skip
BLOCKS = {
    *("p", "div", "li", "ul", "ol", "blockquote", "pre", "table", "tr", "td", "th", "figure", "figcaption"),
    *("dl", "dt", "dd", "br", "hr", *(f"h{level}" for level in range(1, 7))),
}


class _Words(HTMLParser):
    """The words of HTML as a reader sees them."""

    def __init__(self):
        super().__init__()
        self.parts = []

    def handle_data(self, data):
        self.parts.append(data)

    def handle_starttag(self, tag, _attrs):
        if tag in BLOCKS:
            self.parts.append(" ")

    def handle_endtag(self, tag):
        if tag in BLOCKS:
            self.parts.append(" ")


def words(html):
    """The words of HTML."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    return "".join(reader.parts).split()


def built(body):
    """Markdown as a build renders it, with nothing to complain of."""
    fragment = render(Job("x.md", 1, body, "x", "en", Markup()))
    assert fragment.problems == ()
    return fragment.html


text = st.lists(st.sampled_from(SIGNS), min_size=1, max_size=8).map("".join).map(escape)
inlines = st.recursive(
    text | st.sampled_from(["<br>", " "]),
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag.split()[0]}>",
        st.sampled_from(["b", "i", "code", "sup", "del", "span", 'a href="/x_(y)?a=1&amp;copy;=2"', "a href='/z'"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=6,
)
runs = st.lists(inlines, min_size=1, max_size=4).map("".join)


def _wrapped(*tags):
    return lambda parts: "".join((*(f"<{tag}>" for tag in tags), *parts, *(f"</{tag}>" for tag in reversed(tags))))


def _table(cells):
    rows = [
        "".join(f"<{'td' if at else 'th'}>{cell}</{'td' if at else 'th'}>" for cell in row)
        for at, row in enumerate(cells)
    ]
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


simple = st.one_of(
    runs.map(lambda held: f"<p>{held}</p>"),
    runs.map(lambda held: f"<h2>{held}</h2>"),
    runs.map(lambda held: f"<h1>{held}</h1>"),
    text.map(lambda held: f"<pre>{held}</pre>"),
    st.just("<hr>"),
    st.lists(st.lists(runs, min_size=2, max_size=2), min_size=1, max_size=3).map(_table),
    runs.map(lambda held: f'<figure><img src="/p.jpg" alt="a *b*"><figcaption>{held}</figcaption></figure>'),
    st.tuples(runs, runs).map(lambda pair: f"<dl><dt>{pair[0]}</dt><dd>{pair[1]}</dd></dl>"),
)
blocks = st.recursive(
    simple,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(_wrapped("blockquote")),
        st.lists(inner, min_size=1, max_size=3).map(_wrapped("div")),
        *(
            st.lists(
                st.one_of(
                    runs, st.lists(inner, min_size=1, max_size=2).map("".join), st.tuples(runs, inner).map("".join)
                ),
                min_size=1,
                max_size=3,
            ).map(lambda items, tag=tag: f"<{tag}>" + "".join(f"<li>{item}</li>" for item in items) + f"</{tag}>")
            for tag in ("ul", "ol")
        ),
    ),
    max_leaves=6,
)
articles = st.lists(blocks, min_size=1, max_size=4).map("".join)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@example('<p>#</p><p><a href="/x"><code>]:</code></a></p>')
@given(articles)
def test_a_build_shows_the_words_of_the_html(html):
    """Whatever HTML holds, the built post has the same words in the same order."""
    assert words(built(convert(html).body)) == words(html)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(articles)
@example('<p>#<br><a href="/x">]:</a></p>')
def test_what_a_build_shows_becomes_the_same_markdown(html):
    """The built post, taken for a source again, gives the same Markdown: no look, list or link was lost or made up."""
    body = convert(html).body
    assert convert(built(body)).body == body


@pytest.mark.parametrize(
    ("html", "body"),
    [
        ("<p>a <b>b</b> <i>c</i> <b><i>d</i></b> <b>e <i>f</i></b></p>", "a **b** _c **d**_ **e _f_**"),
        ("<p>a<b>b</b>c <b>“d”</b>e</p>", "a**b**c <strong>“d”</strong>e"),
        ("<b>a </b><b>b</b>", "**a b**"),
        ('<span style="font-weight: 700">a</span> <b style="font-weight:normal">b</b>', "**a** b"),
        ("H<sub>2</sub>O, <del>no</del>, <u>so</u>", "H<sub>2</sub>O, <del>no</del>, <u>so</u>"),
        ("<code>x*y</code> <code>`</code>", "`x*y` <code>\\`</code>"),
        (
            'see <a href="/b c_(d)?x=1&amp;y=2">this [one]</a>!<a href="e">f</a>',
            "see [this \\[one\\]](/b%20c_(d)?x=1&y=2)\\![f](e)",
        ),
        ("one<br>two<br><br>three<br/> <br/>four", "one  \ntwo\n\nthree\n\nfour"),
        ("<div>one<div>two</div>three</div>", "one\n\ntwo\n\nthree"),
        ("<p>1. a</p><p># b</p><p>-</p><p>a<br>- b</p>", "1\\. a\n\n\\# b\n\n\\-\n\na  \n\\- b"),
        ("<h1>A</h1><h2>B</h2><h6>C</h6>", "## A\n\n### B\n\n###### C"),
        ("<h2>A</h2><h3><b>B</b> #</h3>", "## A\n\n### B &#35;"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n    - b\n- c"),
        ('<ol start="3"><li>a</li><li><p>b</p><p>c</p></li></ol>', "3. a\n\n4. b\n\n    c"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n<!-- -->\n\n- b"),
        (
            "<ul><li>a<pre>b\n\nc</pre></li></ul>",
            "<ul>\n<li><p>a</p>\n<pre><code>b&#10;&#10;c</code></pre></li>\n</ul>",
        ),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ('<pre class="brush: python">x = "```"\n\n</pre>', '````python\nx = "```"\n````'),
        ("<p>a</p><hr><p>b</p><hr>", "a\n\n---\n\nb"),
        ('<p>a</p><hr data-more=""><p>b</p>', "a\n\n<!-- more -->\n\nb"),
        ('<p><a href="big.jpg"><img src="s.jpg" alt="A [b]"></a></p>', "[![A \\[b\\]](s.jpg)](big.jpg)"),
        (
            '<figure><img src="a.jpg" alt="A"><figcaption>On <i>Day</i>. <span>By M</span></figcaption></figure>',
            '<figure>\n<img src="a.jpg" alt="A">\n<figcaption>On <em>Day</em>. By M</figcaption>\n</figure>',
        ),
        (
            '<table class="tr-caption-container"><tr><td><img src="a.jpg"></td></tr>'
            '<tr><td class="tr-caption">C</td></tr></table>',
            '<figure>\n<img src="a.jpg" alt="">\n<figcaption>C</figcaption>\n</figure>',
        ),
        (
            '<p><img src="a.jpg"></p><p class="photo-caption">C</p>',
            '<figure>\n<img src="a.jpg" alt="">\n<figcaption>C</figcaption>\n</figure>',
        ),
        (
            "<table><thead><tr><th>A<th align=right>B</thead><tr><td>1|2<td>x<br>y</table>",
            "| A | B |\n| --- | ---: |\n| 1&#124;2 | x<br>y |",
        ),
        (
            "<table><tr><td>1</td><td colspan=2>2</td></tr></table>",
            '<table>\n<tbody>\n<tr><td>1</td><td colspan="2">2</td></tr>\n</tbody>\n</table>',
        ),
        ("<table><tr><td><p>a</p></td></tr><tr><td>b</td></tr></table>", "a\n\nb"),
        ("<dl><dt>A</dt><dd>B</dd></dl>", "<dl>\n<dt>A</dt>\n<dd>B</dd>\n</dl>"),
        ('<video src="v.mp4" onplay="x()"></video>', '<figure>\n<video controls src="v.mp4"></video>\n</figure>'),
        (
            '<p>a<sup><a href="#n1" id="r1">[1]</a></sup>.</p><hr><ol><li id="n1">So <i>he</i> said. '
            '<a href="#r1">↩</a></li></ol>',
            "a[^1].\n\n[^1]: So *he* said.",
        ),
        (
            '<p>a<a href="#_f1" name="_r1">[1]</a></p><div id="f"><p><a href="#_r1" name="_f1">[1]</a> B</p></div>',
            "a[^1]\n\n[^1]: B",
        ),
        ('<p>See <a href="#costs">costs</a></p><h2 id="costs">Costs</h2>', "See [costs](#costs)\n\n## Costs {#costs}"),
        ('<img src="data:image/gif;base64,R0" data-src="a.jpg" alt="A">', "![A](a.jpg)"),
        ('<img src="data:image/gif;base64,R0" alt="A"><noscript><img src="a.jpg" alt="A"></noscript>', "![A](a.jpg)"),
        ('<img srcset="s.jpg 320w, l.jpg 1200w" alt="">', "![](l.jpg)"),
        ('<img class="emoji" alt="😀" src="e.svg">', "😀"),
        ("a&nbsp;b\u200bc", "a bc"),
        ("", ""),
        ("<p> </p><div><br></div>", ""),
    ],
)  # fmt: skip
def test_each_kind_of_html(html, body):
    """What HTML has, Markdown has where it can; else harmless HTML has it."""
    assert convert(html).body == body


def test_addresses_are_made_whole():
    """Links, pictures and players lead where they led on their page, and pictures and players are listed."""
    html = '<a href="../a">x</a> <a href="//e.org/b">y</a><img src="p.jpg"><video src="/v.mp4" poster="v.jpg"></video>'
    found = convert(html, "https://old.example/2020/post.html")
    assert "[x](https://old.example/a) [y](https://e.org/b)![](https://old.example/2020/p.jpg)" in found.body
    assert found.media == (
        "https://old.example/2020/p.jpg", "https://old.example/v.mp4", "https://old.example/2020/v.jpg",
    )  # fmt: skip


HOSTILE = [
    "<script>alert(1)</script>",
    "<style>p{}</style>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" java\nscript:alert(1)">x</a>',
    '<a href="data:text/html,x">x</a>',
    '<img src="javascript:alert(1)">',
    '<iframe src="javascript:alert(1)"></iframe>',
    "<svg onload=alert(1)><script>x</script></svg>",
    '<div style="display:none">hidden words</div>',
    '<img src="https://e.org/t.gif" width="1" height="1">',
    "<form><input name=q><button>Go</button></form>",
    '<video src="file:///etc/passwd"></video>',
    "<math><mi>x</mi></math>",
]


@pytest.mark.parametrize("html", HOSTILE)
def test_hostile_html_is_left_out_and_told(html):
    """What runs, hides or counts readers is not in the post, and the report has it."""
    found = convert(f"<p>before</p>{html}<p>after</p>")
    assert set(words(built(found.body))) <= {"before", "after", "x"}
    assert "://" not in found.body
    assert found.dropped


def test_handlers_and_styles_do_not_pass():
    """Attributes that run or draw are gone, whatever they are on."""
    html = (
        '<p onclick="x()" style="color:red">a</p><img src="a.jpg" onerror=x()><table onclick=x()><tr><td>1<td>2</table>'
    )
    assert convert(html).body == (
        "a\n\n![](a.jpg)\n\n<table>\n<tbody>\n<tr><td>1</td><td>2</td></tr>\n</tbody>\n</table>"
    )


@pytest.mark.parametrize(
    ("html", "link"),
    [
        ('<iframe src="https://www.youtube.com/embed/abc_DEF-123?rel=0" title="The [flood]"></iframe>',
         "[The \\[flood\\]](https://www.youtube.com/watch?v=abc_DEF-123)"),
        ('<iframe src="//player.vimeo.com/video/76979871"></iframe>', "[Vimeo](https://vimeo.com/76979871)"),
        ('<amp-youtube data-videoid="abcdefghijk"></amp-youtube>', "[YouTube](https://www.youtube.com/watch?v=abcdefghijk)"),
        ('<iframe src="https://maps.example/embed?x=1"></iframe>', "[maps.example](https://maps.example/embed?x=1)"),
        ('<object><param name="movie" value="https://www.youtube.com/v/abcdefghijk&amp;hl=en"></object>',
         "[YouTube](https://www.youtube.com/watch?v=abcdefghijk)"),
    ],
)  # fmt: skip
def test_what_another_site_shows_becomes_a_link(html, link):
    """A frame is a link to the page that it showed, and the report says so."""
    found = convert(f"<p>a</p>{html}<p>b</p>")
    assert found.body == f"a\n\n{link}\n\nb"
    assert len(found.dropped) == 1


def test_a_frame_within_a_frame_without_an_address():
    """Where the page that a frame shows has an address that is none, the frame's own is kept."""
    frame = '<p>a</p><iframe src="https://cdn.embedly.com/widgets/media.html?url=https://[x"></iframe>'
    assert "cdn.embedly.com" in convert(frame).body


def test_a_script_that_writes_code_becomes_a_link():
    """The piece of code that a script of GitHub's would show is a link to it; any other script is gone."""
    found = convert('<p>a</p><script src="https://gist.github.com/rosa/1a2b.js"></script><script src="/x.js"></script>')
    assert found.body == "a\n\n[Gist](https://gist.github.com/rosa/1a2b)"


def test_advertising_is_no_loss():
    """A frame of an advertiser is gone without a word."""
    assert convert('<p>a</p><iframe src="https://x.doubleclick.net/1"></iframe>').body == "a"


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "blockquote", "table><tr><td", "font", "a href=#x"])
def test_a_hundred_thousand_tags_within_each_other(tag):
    """Words survive nesting that no parser follows, in bounded time, with a warning."""
    start = time.process_time()
    found = convert("<p>before</p>" + f"<{tag}>" * 100_000 + "after")
    assert words(built(found.body)) == ["before", "after"]
    assert found.problems
    assert time.process_time() - start < 20


def test_deep_nesting_that_a_parser_follows():
    """Lists and quotes deeper than a build renders are what they hold."""
    for tag in ("ul><li", "blockquote"):
        html = f"<{tag}>" * 300 + "deep"
        assert words(built(convert(html).body)) == ["deep"]


def test_lines_are_those_of_the_source():
    """The report counts lines from where the piece of HTML stands."""
    assert convert("<p>a\n<p>b\n<script>x</script>", line=100).dropped[0].line == 102


def test_plain_text():
    """Headlines of HTML become words."""
    assert plain_text("A &amp; B <i>c</i>d<br>e<p>f</p>") == "A & B cd e f"
    assert plain_text("5 > 3") == "5 > 3"


def test_a_frame_of_what_is_no_address():
    """The address within a frame's may be none; the words around it are kept all the same."""
    found = convert('<p>Before.</p><iframe src="https://cdn.embedly.com/x?url=http://[x"></iframe><p>After.</p>')
    assert found.body.startswith("Before.")
    assert found.body.endswith("After.")

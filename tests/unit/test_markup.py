"""Markdown to the HTML of a page: what it holds, what is cleaned away, what is told."""

# ruff: noqa: E501  # tables are read row by row

from __future__ import annotations

import re
from pathlib import Path

import pytest
import tiny
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html
from support import messages, post

from generator.config import Markup
from generator.markup import Fragment, Job, absolute, convert, feed_safe, relinked
from generator.model.site import Reference

SAFE_SCHEMES = ("http:", "https:", "mailto:", "tel:", "id:")


def job(body: str, *, identity: str = "post-1", language: str = "en", **values: object) -> Job:
    """A Job with sensible defaults; further values are settings of `[markup]`."""
    return Job("content/x.md", 7, body, identity, language, Markup(**values))  # type: ignore[arg-type]


def render(body: str, **values: object) -> str:
    """The HTML of a body that must give no problem."""
    fragment = convert(job(body, **values))  # type: ignore[arg-type]
    assert [str(problem) for problem in fragment.problems] == []
    return fragment.html


def told(fragment: Fragment) -> list[str]:
    """Its messages, without the way out."""
    return [str(problem).split("\n", 1)[0] for problem in fragment.problems]


MARKDOWN = [
    ("*a* **b** `c`", "<p><em>a</em> <strong>b</strong> <code>c</code></p>"),
    ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    ("2 < 3 & 4 > 1", "<p>2 &lt; 3 &amp; 4 &gt; 1</p>"),
    ("    <b>", "<pre><code>&lt;b&gt;\n</code></pre>"),
    ("```python\nx < 1\n```", '<pre><code class="language-python">x &lt; 1\n</code></pre>'),
    ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
    ("a  \nb", "<p>a<br>\nb</p>"),
    ("*[BBC]: Broadcaster\n\nBBC", '<p><abbr title="Broadcaster">BBC</abbr></p>'),
    ("<ruby>東<rt>とう</rt></ruby>", "<p><ruby>東<rt>とう</rt></ruby></p>"),
    ("![](a.jpg)", '<p><img alt="" src="a.jpg"></p>'),
]


@pytest.mark.parametrize(("body", "expected"), MARKDOWN)
def test_markdown(body: str, expected: str) -> None:
    """Plain Markdown becomes plain HTML."""
    assert render(body).strip() == expected


def test_headings_are_demoted_below_the_title() -> None:
    """Where a body uses `#`, all its headings go one level down, in the page and in its contents; `######` stays."""
    fragment = convert(job("# One\n\n## Two\n\n###### Six"))
    assert re.findall(r"<(h\d) id=\"(\w+)\"", fragment.html) == [("h2", "one"), ("h3", "two"), ("h6", "six")]
    assert [(heading.level, heading.id) for heading in fragment.toc] == [(2, "one"), (3, "two"), (6, "six")]


def test_headings_without_h1_stay() -> None:
    """A body that begins at `##` is left as it is."""
    fragment = convert(job("## One\n\n### Two"))
    assert re.findall(r"<h\d", fragment.html) == ["<h2", "<h3"]
    assert [heading.level for heading in fragment.toc] == [2, 3]


def test_h1_as_text_demotes_nothing() -> None:
    """The letters `<h1>` in code are no heading."""
    assert "<h2" in render("## One\n\n`<h1>`")


@pytest.mark.parametrize(
    ("language", "title", "anchor"),
    [
        ("de", "Größe & Maß", "groesse-mass"), ("en", "Größe", "grosse"), ("tr", "Işık", "isik"), ("ja", "東京", "東京"),
        ("en", "C# and C++", "c-sharp-and-c-plus-plus"), ("en", "*Slanted* `code`", "slanted-code"), ("ru", "Москва", "moskva"),
        ("en", "AT&amp;T", "at-t"),
    ],
)  # fmt: skip
def test_heading_ids_follow_the_language(language: str, title: str, anchor: str) -> None:
    """A heading's anchor is spelt as the article's language spells it, and the contents lead there."""
    fragment = convert(job(f"## {title}", language=language))
    assert [heading.id for heading in fragment.toc] == [anchor]
    assert f'id="{anchor}"' in fragment.html


def test_equal_headings_get_ids_of_their_own() -> None:
    """Two headings of one name have two anchors."""
    fragment = convert(job("## A\n\n## A\n\n## !\n\n## !"))
    assert len({heading.id for heading in fragment.toc}) == 4
    assert all(f'id="{heading.id}"' in fragment.html for heading in fragment.toc)


def test_one_article_leaves_nothing_to_the_next() -> None:
    """Footnotes, anchors and definitions of an article are unknown to the next one in the same process."""
    body = "## A\n\nx[^1] [y][r]\n\n[^1]: note\n\n[r]: b.md"
    first = convert(job(body))
    convert(job("## A\n\n[^1]: other\n\n[r]: c.md\n\n*[x]: X", identity="other", language="de"))
    assert convert(job(body)) == first
    assert "b.md" not in convert(job("[y][r]")).html


def test_footnotes_of_two_articles_can_stand_on_one_page() -> None:
    """Footnote ids carry the article's own id, so no two articles share one; each link finds its note."""
    body = "One[^a] two[^b].\n\n[^a]: Note.\n[^b]: Other."
    first, second = (convert(job(body, identity=identity)).html for identity in ("https://x.example/?p=1", "post-2"))
    ids = [set(re.findall(r' id="([^"]+)"', text)) for text in (first, second)]
    assert len(ids[0]) == 4
    assert not ids[0] & ids[1]
    for text, own in zip((first, second), ids, strict=True):
        assert set(re.findall(r'href="#([^"]+)"', text)) == own


def test_footnotes_on_a_page_of_the_site(tmp_path: Path) -> None:
    """In a whole site too: two stories with the same notes have ids that differ."""
    body = "One[^1].\n\n[^1]: Note."
    fixture = tiny.site(tmp_path / "site", {f"content/posts/{name}.md": post(name, body=body) for name in ("a", "b")})
    assert messages(fixture.build()) == []
    ids = [set(re.findall(r' id="([^"]+)"', fixture.page(f"2026/01/{name}/index.html"))) for name in ("a", "b")]
    assert ids[0]
    assert not ids[0] & ids[1]


def test_pictures_of_ours_get_their_size(tmp_path: Path) -> None:
    """A picture of the site gets width and height, in Markdown and in HTML; one with a size keeps its own."""
    fixture = tiny.site(
        tmp_path / "site",
        {
            "content/posts/x/index.md": post(
                "X",
                body="![a](p.svg)\n\n<img src='p.svg' alt='b' width='7'>\n\n![c](/images/q.svg?v=1)\n\n![d](https://e.example/f.png)",
            ),
            "content/posts/x/p.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"/>',
            "content/images/q.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9"/>',
        },
    )
    assert messages(fixture.build()) == []
    page = html.fromstring(fixture.page("2026/01/x/index.html"))
    sizes = {img.get("alt"): (img.get("src"), img.get("width"), img.get("height")) for img in page.iter("img")}
    assert sizes == {
        "a": ("/2026/01/x/p.svg", "30", "20"), "b": ("/2026/01/x/p.svg", "7", None), "c": ("/images/q.svg?v=1", "16", "9"),
        "d": ("https://e.example/f.png", None, None),
    }  # fmt: skip


def test_links_between_articles(tmp_path: Path) -> None:
    """A link by file name, by id and by address leads to the page, its fragment kept, under the base URL's path."""
    fixture = tiny.site(
        tmp_path / "site",
        {
            "site.toml": tiny.TINY.replace("example.org", "example.org/news"),
            "content/posts/a.md": post(
                "A", body="[1](good.md#x) [2](id:good-0001) [3](/2026/01/b/) [4](deep/b.md?q) [5](/2026/01/b) [6](#y)"
            ),
            "content/posts/deep/b.md": post("B", body="[1](../good.md)\n\n[2]: unused.md"),
            "content/posts/good.md": post("Good", id="good-0001"),
        },
    )
    assert messages(fixture.build()) == []
    hrefs = re.findall(r'<a href="([^"]+)">', fixture.page("2026/01/a/index.html"))
    assert hrefs == [
        "/news/2026/01/good/#x",
        "/news/2026/01/good/",
        "/news/2026/01/b/",
        "/news/2026/01/b/?q",
        "/news/2026/01/b",
        "#y",
    ]
    assert '<a href="/news/2026/01/good/">' in fixture.page("2026/01/b/index.html")


def test_tables_scroll_in_a_box_and_align_by_class() -> None:
    """A table stands in a focusable box named in the article's language; alignment is a class, no style."""
    text = render("| a | b | c |\n|:--|--:|:-:|\n| 1 | 2 | 3 |", language="de")
    assert text.startswith('<div class="table-scroll" role="region" tabindex="0" aria-label="Tabelle"><table>')
    assert text.rstrip().endswith("</table></div>")
    assert re.findall(r'<td class="([\w-]+)">', text) == ["align-start", "align-end", "align-center"]
    assert "style" not in text


def test_every_table_has_a_box_of_its_own() -> None:
    """Two tables, one of them raw HTML, have two boxes."""
    text = render("| a |\n|---|\n| 1 |\n\n<table><tr><td>x</td></tr></table>\n")
    assert text.count('class="table-scroll"') == text.count("<table") == text.count("</table></div>") == 2


def test_more_is_not_on_the_page() -> None:
    """`<!-- more -->` parts the summary from the rest and is not seen on the page."""
    assert "more" not in render("One.\n\n<!-- more -->\n\nTwo.")


REMOVED = [
    ("<script>alert(1)</script>", "<script>", "alert"),
    ("<SCRIPT SRC=//e.example></SCRIPT>", "<script>", "e.example"),
    ("<iframe src='https://e.example'></iframe>", "<iframe>", "iframe"),
    ("<object data='x'></object>", "<object>", "object"),
    ("<embed src='x'>", "<embed>", "embed"),
    ("<form action='x'><input></form>", "<form>, <input>", "input"),
    ("<svg onload=alert(1)></svg>", "<svg>, onload=", "alert"),
    ("<style>p {color: red}</style>", "<style>", "color"),
    ("<link rel=stylesheet href=x>", "<link>", "stylesheet"),
    ("<meta http-equiv=refresh content=0>", "<meta>", "refresh"),
    ("<base href='https://e.example/'>", "<base>", "e.example"),
    ("<img src=a.jpg onerror=alert(1)>", "onerror=", "alert"),
    ('<p onclick="alert(1)">x</p>', "onclick=", "alert"),
    ('<p style="position: fixed">x</p>', "style=", "fixed"),
    ("[x](javascript:alert(1))", "javascript:", "alert"),
    ("[x](JaVaScRiPt:alert(1))", "javascript:", "alert"),
    ("[x](vbscript:x)", "vbscript:", "vbscript"),
    ("![x](data:image/svg+xml;base64,AAAA)", "data:", "AAAA"),
    ("[x](file:///etc/passwd)", "file:", "passwd"),
    ("<a href='&#106;avascript:alert(1)'>x</a>", "javascript:", "alert"),
    ("<a href=' \x01javascript:alert(1)'>x</a>", "javascript:", "alert"),
    ("[r]: javascript:alert(1)\n\n[x][r]", "javascript:", "alert"),
]


@pytest.mark.parametrize(("body", "names", "gone"), REMOVED)
def test_what_is_not_safe_is_gone_and_told(body: str, names: str, gone: str) -> None:
    """Scripts, frames, handlers, styles and foreign schemes are not in the page, and a warning names them with the line."""
    fragment = convert(job(f"One.\n\n{body}\n\nTwo."))
    assert gone not in fragment.html
    assert told(fragment) == [f"content/x.md:9: warning: has HTML that was left out: {names}"]
    assert "<p>One.</p>" in fragment.html


HARMLESS = [
    "<details open><summary>More</summary>Text</details>", "<video src='a.mp4' controls></video>", "<time datetime='2026-01-02'>x</time>",
    "[x](mailto:a@b.example)", "<a@b.example>", "[x](tel:+123)", "`<script>`", "    <script>\n", "```\n<p onclick=x>\n```",
    "The onclick= of a text, and javascript: too.", "<p class='lead' id='a' lang='tr' dir='ltr' title='on = x'>x</p>", "<!-- a note -->",
    "a <b", "x < y > z",
]  # fmt: skip


@pytest.mark.parametrize("body", HARMLESS)
def test_harmless_html_stays_without_a_word(body: str) -> None:
    """HTML that a page may hold, and dangerous words as text, give no warning."""
    assert convert(job(body)).problems == ()


def test_raw_html_allowed() -> None:
    """With `raw_html = "allow"`, a publisher who trusts every author gets all HTML, and no warning."""
    text = render('<script>alert(1)</script>\n\n<p onclick="x">y</p>', raw_html="allow")
    assert "<script>alert(1)</script>" in text
    assert 'onclick="x"' in text


def test_raw_html_allowed_still_resolves_addresses() -> None:
    """Allowed HTML has its addresses led to their places, quoted or not, in whatever case."""
    reference = Reference("b.md", "/b/")
    fragment = convert(job("<A HREF=b.md>x</A> <a href='b.md'>y</a>", raw_html="allow"))
    text = relinked(fragment.html, [reference])
    assert text.count('="/b/"') == 2


@pytest.mark.parametrize(
    "body", ["<script>alert(1)</script>", "a <b>c</b> d", "<div>\n\nx\n\n</div>", "<!-- c -->", "<p onclick=x>y</p>"]
)
def test_raw_html_escaped(body: str) -> None:
    """With `raw_html = "escape"`, HTML is shown as the text that it is."""
    text = convert(job(body, raw_html="escape")).html
    assert not re.search(r"<(script|b|div|p )", text)
    assert "&lt;" in text


def test_escaped_html_does_not_bring_back_foreign_schemes() -> None:
    """With `raw_html = "escape"`, a Markdown link to a script is no link either."""
    assert "javascript:" not in convert(job("[x](javascript:alert(1))", raw_html="escape")).html


PIECES = st.sampled_from([
    "<script>", "</script>", "<img src=x onerror=alert(1)>", "<a href=\"javascript:alert(1)\">", "[x](javascript:alert(1))", "<svg/onload=alert(1)>",
    "<math>", "<style>", "</style>", "<iframe srcdoc='<script>'>", "<p title=\"", "\">", "'", "\"", "<!--", "-->", "<![CDATA[", "]]>", "<?php", "?>",
    "<noscript>", "<title>", "<textarea>", "<plaintext>", "&lt;script&gt;", "&#60;script&#62;", "`", "\n\n", "    ", "> ", "- ", "[a]: ", "javascript:x",
    "data:text/html,x", "\t", "<b", "=", "/", ">", "<", "{: onclick=x }", "{: href='javascript:x' }", "text", "<table><tr><td>", "</table>", "| a |\n|---|\n",
    "<a\nhref=java\nscript:x>", "<img srcset='javascript:x 1x'>", "&#8;", "id:x", "<h1>", "[^1]", "[^1]: ", "\x02", "\x03", "wzxhzdk:0",
])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join), st.sampled_from(["clean", "escape"]))
@example('<p title="<script>alert(1)</script>">', "clean")
@example("[x](<javascript:alert(1)>)", "escape")
def test_no_mixture_gets_a_script_into_a_page(body: str, mode: str) -> None:
    """However scripts are hidden in Markdown: the parsed page has no element, handler or address that could run one."""
    for text in (
        convert(job(body, raw_html=mode)).html,
        feed_safe(convert(job(body, raw_html=mode)).html, "https://example.org/x/"),
    ):
        for element in html.fromstring(f"<div>{text}</div>").iter():
            if not isinstance(element.tag, str):
                continue
            assert element.tag not in (
                "script",
                "iframe",
                "object",
                "embed",
                "svg",
                "math",
                "style",
                "base",
                "form",
                "link",
                "meta",
            )
            for name, value in element.attrib.items():
                assert not name.lower().startswith("on")
                if name in ("href", "src", "poster", "cite", "srcset"):
                    scheme = re.match(r"[a-z][a-z0-9+.-]*:", re.sub(r"^[\x00-\x20]+|[\t\n\r]", "", value).lower())
                    assert scheme is None or scheme[0] in SAFE_SCHEMES, value


@pytest.mark.parametrize(
    "body",
    ["[" * 10_000, "<a " * 20_000, "".join("    " * n + "- x\n" for n in range(400))],
    ids=["brackets", "tags", "lists"],
)
def test_slow_article_is_stopped_and_told(body: str) -> None:
    """An article that takes too long is an error of that article, with its line; the next one is rendered."""
    fragment = convert(job(body, time_limit=0.1))
    assert fragment.html == ""
    assert told(fragment) == ["content/x.md:7: error: takes more than 0.1 seconds to render, so it is left out"]
    assert render("*fine*", time_limit=0.1) == "<p><em>fine</em></p>"


def test_deeply_nested_quotes_are_rendered_or_told() -> None:
    """2,000 nested quotes give HTML or an error, no crash."""
    fragment = convert(job("> " * 2000 + "x", time_limit=2.0))
    assert fragment.html or fragment.problems


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("/a/", "https://example.org/a/"), ("b.jpg", "https://example.org/x/b.jpg"), ("#n", "https://example.org/x/#n"), ("?q", "https://example.org/x/?q"),
        ("//c.example/d", "https://c.example/d"), ("mailto:a@b.example", "mailto:a@b.example"), ("https://[bad", None),
    ],
)  # fmt: skip
def test_addresses_in_feeds_are_whole(url: str, whole: str | None) -> None:
    """What a feed carries leads somewhere without knowing the page; what is no URL leads nowhere."""
    assert absolute(url, "https://example.org/x/") == whole
    text = feed_safe(f'<a href="{url}">x</a>', "https://example.org/x/")
    assert re.findall(r'href="([^"]+)"', text) == ([whole] if whole else [])


def test_met_is_what_the_html_holds() -> None:
    """A fragment tells the addresses of its HTML as they were written, resolved or not."""
    fragment = convert(job("[a](b.md) [c](d&e.md) ![f](https://g.example/h.png) `[i](j.md)`"))
    assert fragment.met == {"b.md", "d&e.md", "https://g.example/h.png"}
    assert 'href="/b/"' in relinked(fragment.html, [Reference("b.md", "/b/")])

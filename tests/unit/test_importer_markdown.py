"""HTML from anyone becomes Markdown that reads as the HTML did."""

import time
from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
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

    def handle_starttag(self, tag, attrs):
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
    rows = ["".join(f"<{'td' if at else 'th'}>{cell}</{'td' if at else 'th'}>" for cell in row) for at, row in enumerate(cells)]
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
                st.one_of(runs, st.lists(inner, min_size=1, max_size=2).map("".join), st.tuples(runs, inner).map("".join)),
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
@given(articles)
def test_a_build_shows_the_words_of_the_html(html):
    """Whatever HTML holds, the built post has the same words in the same order."""
    assert words(built(convert(html).body)) == words(html)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(articles)
def test_what_a_build_shows_becomes_the_same_markdown(html):
    """The built post, taken for a source again, gives the same Markdown: no look, list or link was lost or made up."""
    body = convert(html).body
    assert convert(built(body)).body == body

"""What is read off Markdown without rendering it: summaries, and the addresses that a page will hold."""

# ruff: noqa: E501  # tables are read row by row

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
import tiny
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support import messages

from generator import prose
from generator.config import Markup
from generator.markup import Job, convert

SUMMARIES = [
    ("One two.", "One two."),
    ("One\ntwo.\n\nThree.", "One two."),
    ("# Heading\n\nText.", "Text."),
    ("Heading\n=======\n\nText.", "Text."),
    ("## A ##\n\n### B\n\nText.", "Text."),
    ("- list\n- more\n\nText.", "Text."),
    ("1. list\n\nText.", "Text."),
    ("> quote\n\nText.", "Text."),
    ("| a | b |\n|---|---|\n| 1 | 2 |\n\nText.", "Text."),
    ("```\ncode\n\nmore code\n```\n\nText.", "Text."),
    ("~~~python\nx = 1\n~~~\nText.", "Text."),
    ("    indented code\n\nText.", "Text."),
    ("\tindented code\n\nText.", "Text."),
    ("***\n\nText.", "Text."),
    ("- - -\n\nText.", "Text."),
    ("<div>\nblock\n</div>\n\nText.", "Text."),
    ("<!-- a note -->\n\nText.", "Text."),
    ("![A picture](a.jpg)\n\nText.", "Text."),
    ("![A picture][p]\n\nText.\n\n[p]: a.jpg", "Text."),
    ("[r]: https://example.org\n\nText.", "Text."),
    ("*[HTML]: Hyper\n\nText.", "Text."),
    ("{: .lead }\n\nText.", "Text."),
    ("**Bold** and *slanted* and ***both*** and `code`.", "Bold and slanted and both and code."),
    ("__Bold__ and _slanted_ and snake_case_name.", "Bold and slanted and snake_case_name."),
    ("A [link](https://example.org/a_(b)) and [another][r].", "A link and another."),
    ("An <https://example.org/> and <b>HTML</b>.", "An https://example.org/ and HTML."),
    ("Claim[^1] and more.", "Claim and more."),
    ("Escaped \\*stars\\* and \\[brackets\\].", "Escaped *stars* and [brackets]."),
    ("AT&amp;T &mdash; caf&eacute;.", "AT&T — café."),
    ("2 * 3 * 4 = 24", "2 * 3 * 4 = 24"),
    ("One.\n\nTwo.\n\n<!-- more -->\n\nThree.", "One. Two."),
    ("One.\n\n  <!--MORE-->\n\nTwo.", "One."),
    ("Inline <!-- more --> is none.\n\nTwo.", "Inline is none."),
    ("```\n<!-- more -->\n```\n\nText.", "Text."),
    ("", ""),
    ("# Only a heading", ""),
    ("![Only a picture](a.jpg)", ""),
    ("東京は晴れです。\n\n明日は雨です。", "東京は晴れです。"),
]


@pytest.mark.parametrize(("body", "summary"), SUMMARIES)
def test_summary_is_the_first_paragraph_in_plain_text(body: str, summary: str) -> None:
    """What stands for an article is its first paragraph, or all before `<!-- more -->`, without marks."""
    assert prose.summary(body) == summary


def test_long_summary_ends_on_a_whole_word() -> None:
    """A summary beyond its limit is cut between words and ends in an ellipsis."""
    summary = prose.summary("word, " * 100)
    assert len(summary) <= prose.SUMMARY_LIMIT
    assert summary.endswith("word…")


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [("abc def", 7, "abc def"), ("abc def ghi", 8, "abc def…"), ("abcdefghij", 5, "abcd…"), ("abc – def", 6, "abc…")],
)
def test_shorten(text: str, limit: int, short: str) -> None:
    """A text within the limit stays; a longer one is cut at a blank where there is one in its second half."""
    assert prose.shorten(text, limit) == short


MARKDOWN = st.text(st.sampled_from('ab \n#>*_`[]()<!->\\&;{:}|~1.\té"'), max_size=200)


@settings(max_examples=300, deadline=None)
@given(MARKDOWN)
def test_summary_of_anything_is_one_short_line(body: str) -> None:
    """Any text gives a summary of one line within the limit, without blanks at its ends."""
    summary = prose.summary(body)
    assert len(summary) <= prose.SUMMARY_LIMIT
    assert summary == " ".join(summary.split())


REFERENCES = [
    ("[a](b.md)", [("b.md", 1)]),
    ("One\n\n[a](b.md) [c](d.md)\n", [("b.md", 3), ("d.md", 3)]),
    ("[a](b.md) [a](b.md)", [("b.md", 1)]),
    ('[a](b.md "Title")', [("b.md", 1)]),
    ("[a](b.md 'Title')", [("b.md", 1)]),
    ("[a]( b.md )", [("b.md", 1)]),
    ("[a](<b c.md>)", [("b c.md", 1)]),
    ("![a](b(1).jpg)", [("b(1).jpg", 1)]),
    ("[![a](b.jpg)](c.md)", [("b.jpg", 1), ("c.md", 1)]),
    ("[a][r]\n\n[r]: b.md", [("b.md", 3)]),
    ('[r]: <b c.md> "Title"', [("b c.md", 1)]),
    ("> [r]: b.md", [("b.md", 1)]),
    ('<a href="b.md">x</a>', [("b.md", 1)]),
    ("<img alt='x' src='b.jpg'>", [("b.jpg", 1)]),
    ("<A HREF=b.md>x</A>", [("b.md", 1)]),
    ('<video poster="p.jpg">', [("p.jpg", 1)]),
    ('<blockquote cite="b.md">', [("b.md", 1)]),
    ("[a](b.md?x=1&amp;y=2)", [("b.md?x=1&y=2", 1)]),
    ("[a](b.md?x=1&copy=2)", [("b.md?x=1&copy=2", 1)]),
    ("[a](id:abc)", [("id:abc", 1)]),
    ("[a](/x/#y)", [("/x/#y", 1)]),
    ("[a](https://example.org) [b](mailto:a@b.c) [c](#here) [d](//cdn.example/x) [e]()", []),
    ("[^1]: A note, not an address.", []),
    ("Plain text (in brackets) [only].", []),
]


@pytest.mark.parametrize(("body", "found"), REFERENCES)
def test_references_with_their_lines(body: str, found: list[tuple[str, int]]) -> None:
    """Every address within the site is found once, as written, with its line."""
    assert [(mention.target, mention.line) for mention in prose.references(body)] == found


TARGET = st.lists(
    st.sampled_from(["a", "b1", "é", "東", "x_y", "x*y", "-", ".", "/", "../", "%20", "?q=1", "&amp;", "&", "&copy=", "#f", "(1)", "~", "!", "=", "+", ",", "\\_", "\\(", "id:"]),
    min_size=1,
    max_size=6,
).map("".join)  # fmt: skip
BLANKS = st.tuples(TARGET, TARGET).map(" ".join)
TITLE = st.sampled_from(["", ' "t"', " 't'", ' "a b"', '  "t" '])
FORMS = st.one_of(
    st.builds("[x]({}{})".format, TARGET, TITLE),
    st.builds("![x]({}{})".format, TARGET, TITLE),
    st.builds("[x](<{}>{})".format, TARGET | BLANKS, TITLE),
    st.builds("[x]({}{})".format, BLANKS, TITLE),
    st.builds("[![x]({})]({})".format, TARGET, TARGET),
    st.builds("[x][r]\n\n[r]: {}{}\n".format, TARGET, TITLE),
    st.builds("[x][r]\n\n[r]: <{}>\n".format, TARGET),
    st.builds("> [x][r]\n>\n> [r]: {}\n".format, TARGET),
    st.builds("- item\n\n    [x][q]\n\n    [q]: {}\n".format, TARGET),
    st.builds('<a href="{}">x</a>'.format, TARGET | BLANKS),
    st.builds("<img src='{}' alt='x'>".format, TARGET),
    st.builds("<A HREF={}>x</A>".format, TARGET),
    st.builds("[x](y.md){{: href={} }}".format, TARGET.filter(lambda target: "=" not in target)),
    st.builds('\n\n<div markdown="1">\n\n[x]({})\n\n</div>\n\n'.format, TARGET),
    st.builds("| a |\n|---|\n| [x]({}) |\n".format, TARGET),
    st.builds("text[^1]\n\n[^1]: [x]({})\n".format, TARGET),
    st.builds("Term\n:   [x]({})\n".format, TARGET),
    st.builds("`[x]({})`".format, TARGET),
)
BODIES = st.lists(
    FORMS | st.sampled_from(["text", "*a* (b)", "[", "]", "(", "<", "\\"]), min_size=1, max_size=5
).flatmap(lambda parts: st.sampled_from(["\n\n", " ", "\n"]).map(lambda gap: gap.join(parts)))


@settings(max_examples=200, deadline=None)
@given(BODIES)
@example("[x](my photo.jpg)")
@example("![x](my photo (1).jpg)")
@example("[x](a&copy=1)")
@example("[x](it's.md)")
@example("[x](a'b')")
def test_references_hold_every_address_of_the_page(body: str) -> None:
    """Whatever the parser makes of a body: each address within the site that the HTML holds was found before."""
    found = {mention.target for mention in prose.references(body)}
    fragment = convert(Job("content/x.md", 1, body, "id", "en", Markup()))
    within = {target for target in fragment.met if not prose._ELSEWHERE.match(target)}
    assert within <= found


LOOSE = st.lists(
    st.sampled_from([
        "](", "](", "[", "]", "]:", "[r]: ", "[^1]: ", "(", ")", "<", ">", "=", " = ", "\n=", "href", "SRC", "ſrc", "Poster", "cite", "type",
        "e", '"', "'", "\\", "&amp;", "a.md", "b", " ", "\n", "\n\n", "\x0b", "\xa0", "}", "\t", "é", "`", "*", "_", "{: ", "<!--", "-->", "```",
    ]), max_size=25,
).map("".join)  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(LOOSE | MARKDOWN | BODIES)
@example("a = b, [x](y)")
@example("<a ſrc = x>")
@example("<Q CITE = b.md>")
@example("<A HREF=c>")
@example("<VIDEO POSTER=d>")
@example("<IMG SRC\n=e>")
def test_quick_ways_find_the_same(body: str) -> None:
    """Where a kind of target cannot be, it is not looked for, and what is found is the same."""
    assert list(prose._written(body)) == list(prose._matched(prose._TARGETS, body))


@settings(max_examples=500, deadline=None)
@given(LOOSE | MARKDOWN)
def test_quick_ways_to_a_summary_give_the_same(text: str) -> None:
    """A pattern is passed over only where nothing would match it; blocks are parted as a split would part them."""
    plain = text
    for _, pattern, replacement in prose._INLINE:
        plain = pattern.sub(replacement, plain)
    assert prose.inline_text(text) == " ".join(prose.html.unescape(plain).split())
    assert list(prose._blocks(text)) == re.split(r"\n[ \t]*\n", text)
    marked, fence = prose._outside_fence(f"{text}\n```\n```", "")
    if not fence:
        assert prose._outside_fence(text, "") == (marked, "")


@pytest.mark.parametrize(
    "part",
    ["[", "](", "[x](", "[x](a", "<a href=", '<a href="', "[x]: ", "[x]:", "`", "(", "\\", "href=", "![](<", "=", "= "],
)
def test_references_take_time_in_proportion(part: str) -> None:
    """A hostile megabyte costs at most a few times what the half costs, and no more than seconds."""

    def seconds(count: int) -> float:
        body = part * (count // len(part))
        begin = time.process_time()
        prose.references(body)
        prose.summary(body)
        return time.process_time() - begin

    assert seconds(60_000) < 1.5
    assert seconds(120_000) < max(0.2, 3.5 * seconds(60_000))


def test_an_address_in_code_is_resolved_in_vain_and_not_told(tmp_path: Path) -> None:
    """A broken address that only stands in code is no problem; the page shows it as text."""
    fixture = tiny.site(
        tmp_path / "site",
        {"content/posts/x.md": '---\ntitle: T\ndate: 2026-01-02\n---\n\n`[x](missing.md)`\n\n    <a href="gone.md">\n'},
    )
    assert messages(fixture.build()) == []
    assert "[x](missing.md)" in fixture.page("2026/01/x/index.html")


def test_summary_of_front_matter_wins(tmp_path: Path) -> None:
    """`summary` stands in the feed in place of the first paragraph."""
    fixture = tiny.site(
        tmp_path / "site",
        {
            "content/posts/own.md": "---\ntitle: Own\ndate: 2026-01-02\nsummary: In my words\n---\n\nBody.\n",
            "content/posts/made.md": "---\ntitle: Made\ndate: 2026-01-02\n---\n\n# H\n\nThe *first* words.\n",
        },
    )
    assert messages(fixture.build()) == []
    feed = fixture.page("feed.xml")
    assert "<description>In my words</description>" in feed
    assert "<description>The first words.</description>" in feed

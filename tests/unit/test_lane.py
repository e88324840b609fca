"""The prose lane gives Python-Markdown's bytes, or nothing.

The engine of comparison is the one that the generator itself uses, set up by `generator.markup.convert`, so the two
cannot drift apart.
"""

import re
import sysconfig
import time
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from support import NOW, REPOSITORY

from generator import build as pipeline
from generator import prose
from generator.config import Markup
from generator.markup import lane
from generator.markup.convert import Job, _Engine, _engine
from generator.records import replace

SEPARATOR = "-p1-"


@cache
def engine(raw_html: str) -> _Engine:
    """Python-Markdown as the generator sets it up."""
    return _Engine(Markup(raw_html=raw_html))


def slug(title: str) -> str:
    """The engine's own slug of a heading."""
    return engine("clean")._slug(title)


def by_engine(body: str, raw_html: str = "clean") -> lane.Converted:
    """What Python-Markdown makes of `body`."""
    reference = engine(raw_html)
    html, headings = reference.parse(Job("test.md", 1, body, "p1", "en", Markup(raw_html=raw_html)), body)
    found = tuple(lane.Anchor(heading.level, heading.id, heading.title) for heading in headings)
    return lane.Converted(html, found)


def by_lane(body: str) -> lane.Converted | None:
    """What the lane makes of `body`; that it is simple is the lane's alone to say."""
    made = lane.convert(body, slug, SEPARATOR)
    return made and replace(made, simple=False)


def assert_same(body: str, raw_html: str = "clean") -> bool:
    """The lane's result is Python-Markdown's, if there is one; whether there is."""
    mine = by_lane(body)
    if mine is not None:
        assert mine == by_engine(body, raw_html), body
    return mine is not None


# Documents: mixtures of what the lane knows and what it must refuse, in odd order and with odd blanks.

WORDS = (
    "tide", "Harbour", "the", "said", "C++", "5", "2026", "3.", "a_b", "“we", "will”", "naïve", "İstanbul", "—",
)  # fmt: skip
ODD = (
    "*", "**", "_", "__", "***", "[", "]", "(", ")", "!", "`", "\\", "<", ">", "&", "&amp;", "&copy", "#", "|", ":",
)  # fmt: skip
ODDER = (
    "{", "}", "{: .x}", "~", "^", "=", "-", "+", '"', "'", "&#38;", "&#38 ", "<b>", "[^n]", "://", "@", "\x0c",
    "\x1c",
)  # fmt: skip
BLANKS = (
    "\xa0", "\u2028", "\u200b", "\x85", "\ufeff", "ſ", "\x00", "٣.", "  ", "\t", "\x02", "\x03",
    "///Footnotes Go Here///",
)  # fmt: skip
INLINE = (
    "*em*", "**strong**", "_em_", "__strong__", "***both***", "*a **b** c*", "**a *b* c**", "*a _b_ c*", "_a*b*c_",
    "[link](/path/)", "[two words](https://example.org/a?b=1&c=2)", '[t](/u "A title")', "[p](/w/F_(o)_x)", "[](/e)",
    "[a *b* c](/d)", "![alt & more](/i.png)", '![a](/i.png "T")', "[![a](/i.png)](/big/)", "![](/x*y*)", "[sic]",
    "[he] said", "[a][b]", "[x] (y)", "`code`", "`a *b* <c> & d`", "``x``", "\\*not\\*", "\\_", "1\\.", "\\q",
    "<https://example.org/?a=1&b=2#c>", "<a@b.org>", "AT&T", "&copy; 2026", "&hellip;", "a < b", "x > y", "*a", "b*",
    "**a", "b**", "_a", "b_", "*a*b", "a*b*c", "snake_case_name", "*a*,", "(*a*)", "“*a*”", "*[a](/b)*",
    "**[a](/b_c)**", "[^n1]", "[^n2]", "[TOC]", "*a `b` c*", "x  \ny", "x   \n*y*", "x  \n y", "a\nb", "a\n b",
    "a\\\nb", "[a\nb](/c)", "[a](/b 'c')", "[a]( /b )", "[a](</b>)", '[a](/b "c" )', "[a](/b \"it's\")", "[a [b](/c)",
    "a](/b)", "[a [b] c](/d)",
)  # fmt: skip
STARTS = (
    "", "", "", "", "# ", "## ", "### ", "###### ", "####### ", "#", "- ", "* ", "+ ", "1. ", "2. ", "7. ", "- [ ] ",
    "> ", ">", "> > ", "> - ", "> # ", "    ", "   ", "  ", " ", "\t", ": ", ":   ", "| ", "*[A]: ", "[r]: ",
    "[^n1]: ", "[^n2]: ", "=", "-- ", "> 1. ", "-   ", "    - ", "  - ", "10. ", "1) ", "* * ", "> ## ",
)  # fmt: skip
ENDS = (
    "", "", "", "", "", "", " ", "  ", "   ", " #", " ##", "#", "|", " {: #x}", "\\", "\t", ":", "\xa0", " \xa0",
)  # fmt: skip
BREAKS = (
    "\n", "\n", "\n\n", "\n\n", "\n\n", "\n\n", "\n\n", "\n\n\n", "\n \n", "\n  \n\n", "\n\t\n", "\r\n\r\n", "\r",
    "\n    ",
)  # fmt: skip
WHOLE = (
    "---", "***", "* * *", "- - -", "___", "--", "**", "===", "=", "-", "- ", ">", "> ", "#", "# #", "## a ##",
    "Title\n===", "Title\n---", "- a\n- b", "- a\n\n- b\n- c", "1. a\n2. b", "3. a\n4. b", "1. a\n\n2. b",
    "* a\n  b\n* c", "- a\n1. b", "> a\n>\n> — b", "> a\nb", "> a\n\n> b", "> - a\n> - b", "- > a", "- # a",
    "- a\n    - b", "- a\n\n    b", "> a\n>", "| a | b |\n| --- | ---: |\n| 1 | *2* |",
    "a | b\n:-: | :--\n1 | 2 | 3\n4", "| a |\n| - |\n| 1 |", "| a | b |\n| --- |", "| a | b |\n| --- | --- |",
    "x | y\n--- | ---\n`a|b` | c", '```\na < b & "c"\n```', "```py\nx = {}\n\n# y\n```", "~~~\na\n~~~", "```\nopen",
    "```{.py}\nx\n```", "````\n```\n````", "text\n```\nx\n```\ntext", "``` py \nx\n```  ", "```\n```",
    "a[^n1]\n\n[^n1]: A note.", "*a[^n1]*, [b[^n2]](/c)\n\n[^n2]: B.\n[^n1]: A *n*",
    "[^n1]: A note.", "[^n1]: One.\n[^n2]: Two *x*.", "[^n1]: a_b\n\n    more", "text\n[^n1]: late", "[^n1]: # x",
    "[^n2]: x_ *y*", "Term\n: Definition", ": x", "*[HTML]: Hyper", "[ref]: /x", "<div>\nx\n</div>", "<!-- c -->",
    "# Same", "# Same", "## Same_1", "![a](/i.png)\n*caption*", "a\n# b\nc\n---\nd", "a\n> b\n# c", "    code",
    "- a\n\ntext\n\n- b", "1. a\n\n- b", "> a\n\n---\n\n> b", "- *a*\n- `b`\n- [c](/d)", "- a_b *c*\n\n- _d_",
    "## A [link](/x) & *em*", "# &copy; `x`", "# a <b", "# a\\#", "- a | b\n--- | ---",
)  # fmt: skip

pieces = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS),
    st.sampled_from(INLINE),
    st.sampled_from(INLINE),
    st.sampled_from(ODD),
    st.sampled_from(ODD + ODDER + BLANKS),
)
lines = st.builds(
    lambda start, words, glue, end: start + glue.join(words) + end,
    st.sampled_from(STARTS),
    st.lists(pieces, min_size=1, max_size=6),
    st.sampled_from((" ", " ", " ", "")),
    st.sampled_from(ENDS),
)
calm = st.builds(" ".join, st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(INLINE)), min_size=1, max_size=8))
blocks = st.one_of(lines, calm, calm, st.sampled_from(WHOLE), st.sampled_from(WHOLE))
documents = st.builds(
    lambda parts: "".join(text + gap for text, gap in parts),
    st.lists(st.tuples(blocks, st.sampled_from(BREAKS)), min_size=1, max_size=7),
)
marks = st.lists(st.sampled_from([*"ab *_[](). \n>#-`\\!&<:|1", "é", "  \n", "\n\n"]), max_size=40).map("".join)
runs = st.lists(st.sampled_from([*"ab *_* _", "é", "**", "__", "[a](b)", ".", "`c`"]), max_size=16).map("".join)
anything = st.one_of(documents, documents, documents, documents, marks, runs, st.text(max_size=40))


@settings(max_examples=2_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(anything, st.sampled_from(["clean", "escape"]))
@example("a\n\n# b\n# b\n", "clean")
def test_lane_equals_python_markdown(body, raw_html):
    """Whatever the document, the lane gives Python-Markdown's bytes and headings, or None."""
    assert_same(body, raw_html)


@pytest.mark.long
@settings(max_examples=200_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(anything, st.sampled_from(["clean", "escape"]))
def test_lane_equals_python_markdown_at_length(body, raw_html):
    """The same over two hundred thousand documents."""
    assert_same(body, raw_html)


def shipped(limit: int | None) -> list[Path]:
    """Text that the installed packages bring: Markdown first, then other prose; at most `limit` files of 50 KB."""
    root = Path(sysconfig.get_paths()["purelib"])
    suffixes = (".md", ".markdown", ".rst", ".txt")
    found = [path for path in root.rglob("*") if path.suffix.lower() in suffixes and path.is_file()]
    fit = [path for path in found if path.stat().st_size <= 50_000]
    return sorted(fit, key=lambda path: (suffixes.index(path.suffix.lower()) > 1, path))[:limit]


def same_in(paths: list[Path]) -> None:
    """Whole files, and each of their parts between blank lines, of which many more are simple."""
    for path in paths:
        text = path.read_text("utf-8", "replace")
        parts = [part for part in re.split(r"\n\s*\n", text)[:60] if by_lane(part)]
        for body in (text, *parts):
            assert_same(body)


def test_lane_equals_python_markdown_on_shipped_files():
    """Text files of the installed packages, whole and in parts, come out alike or are not taken."""
    paths = shipped(150)
    assert len(paths) > 20
    same_in(paths)


@pytest.mark.long
def test_lane_equals_python_markdown_on_all_shipped_files():
    """The same over every text file of the installed packages."""
    same_in(shipped(None))


TAKEN = (
    "",
    "One paragraph.",
    "Two lines\nof one paragraph.",
    "   Indented by three.",
    "One.\n\nTwo.\n\n\n\nThree.",
    "One.\r\n\r\nTwo.",
    "A blank line with blanks.\n   \nNext.",
    "Ends with blanks.  \n\nNext.",
    "A break  \nwithin.",
    "Tab\tin text.",
    "# One\n\n## Two ##\n\n###### Six",
    "#hashtag",
    "# Same\n\n# Same\n\n# Same_1",
    "# C# and C++",
    "# A [link](/x), *em*, `code` & &copy;",
    "Text\n# Heading\nmore text",
    "Title\n=====\n\nText",
    "Title\n---\nText",
    "# Überschrift İstanbul ٣",
    "---",
    "Text\n\n* * *\n\nText",
    "Above\nand above\n---\nbelow",
    "- one\n- two\n- three",
    "* one\n* two\n  goes on",
    "+ *one*\n+ [two](/2)",
    "1. one\n2. two",
    "7. seven\n8. eight",
    "- one\n\n- two\n- three",
    "1. one\n\n2. two",
    "- one\n\ntext\n\n- two",
    "- one\n\n1. two",
    "- one\n1. two",
    "Text\n- no list",
    "> One.",
    "> One\ntwo lazily.",
    "> “Quote.”\n>\n> — Author",
    "> One.\n\n> Same quote.",
    "Text\n> quote",
    "> - one\n> - two",
    "> ## Heading\n> text",
    "> > Deep.",
    "[link](/path/) and [another](https://example.org/a?b=1&c=2#d)",
    '[link](/path/ "Title & it\'s")',
    "[wiki](https://en.wikipedia.org/wiki/Foo_(bar))",
    "[*em* link](/x) and *em [link](/x)*",
    "![alt text](/i.png)",
    '![alt “x” & y](/i.png "Title")',
    "[![alt](/i.png)](/big.png)",
    "![alt](/i.png)\n*Caption.*",
    "“[He] said,” [sic] [citation needed]",
    "A ] and a [ alone",
    "*em*, **strong**, _em_, __strong__, ***both***",
    "**a *b* c** and *a **b** c* and *a _b_ c*",
    "2 * 3, snake_case_name, 5*",
    "(*really*) “**so**”—_yes_",
    "*opened, never closed",
    r"\*not em\* and 1\. and \q",
    "`code` and `a *b* & &amp; c`",
    "<https://example.org/?a=1&b=2>",
    "AT&T, &copy;, a > b, a < b, R&D;",
    "| a | b |\n| --- | ---: |\n| 1 | *2* |",
    "a | b\n:-: | :--\n1 | 2 | 3\n4",
    "Text | with a pipe\nand a line",
    '```\na < b & "c" {x}\n```',
    "Text\n```python\n# no heading\n\n- no list\n```\nText",
    "~~~ js\nx\n~~~",
    "A note.[^1]\n\n[^1]: Its text.",
    "Two.[^b] notes[^a]\n\n[^a]: One.\n[^b]: *Two*.",
    "NBSP\u00a0and \u2028 and \x0c",
)
NOT_TAKEN = (
    "<div>raw</div>",
    "Text <b>bold</b>.",
    "<!-- comment -->",
    "a<b",
    "<user@example.org>",
    "    code",
    "Text\n\n    code",
    "\tcode",
    "- one\n    - nested",
    "- one\n\n    second paragraph",
    "- # heading",
    "- > quote",
    "- - nested",
    "- ",
    "#",
    "####### seven",
    "# A \\# heading",
    "**",
    "Text {: .class}",
    "# Heading {#id}",
    "Term\n: Definition",
    "*[HTML]: Hypertext\n\nHTML",
    "[ref]\n\n[ref]: /x",
    "[^1] unknown",
    "A[^1] twice[^1]\n\n[^1]: Note.",
    "A[^1]\n\n[^1]: Note.\n\n    More.",
    "A[^1]\n[^1]: Note in a paragraph.",
    "[TOC]",
    "&#38;",
    "[a [b](c) d](/e)",
    "[a](<b>)",
    "[a]( b )",
    "[a](b 'c')",
    "[a](b c)",
    "![a *b* \\* c](/d)",
    "**a *b c**",
    "*a **b* c**",
    "****four****",
    "``two `ticks` ``",
    "one ` tick",
    "`a` \\` b",
    "| one |\n| --- |\n| a |",
    "`a|b` | c\n--- | ---\n1 | 2",
    "```\nnever closed",
    "```{.py}\nx\n```",
    "Text \x02 text",
    "٣. one",
    ">",
    "> a\n>",
    "A break  \n  and blanks",
)


@pytest.mark.parametrize("body", TAKEN)
def test_lane_takes(body):
    """What news is made of takes the lane, and comes out alike."""
    assert assert_same(body)


@pytest.mark.parametrize("body", NOT_TAKEN)
def test_lane_does_not_take(body):
    """What the lane does not know goes to Python-Markdown."""
    assert by_lane(body) is None


def test_lane_takes_the_example_posts(record_property):
    """All the example articles take the lane; an article that cannot is worth a look."""
    texts = [path.read_text("utf-8") for path in (REPOSITORY / "content/posts").rglob("*.md")]
    bodies = [prose.MORE.sub("", text.split("\n---\n", 1)[1]) for text in texts]
    taken = sum(map(assert_same, bodies))
    record_property("share", f"{taken} of {len(bodies)}")
    assert taken >= 0.95 * len(bodies)


def test_footnotes_need_their_separator():
    """Without the separator of footnote ids a document with footnotes is not taken."""
    body = "A note.[^1]\n\n[^1]: Its text."
    assert lane.convert(body, slug) is None
    assert lane.convert(body, slug, SEPARATOR) is not None


def test_lane_fits_the_known_extensions_only():
    """The lane stands in for exactly the extensions that it knows, in any order and by either name."""
    assert lane.fits(Markup().extensions)
    assert lane.fits(("toc", "markdown.extensions.extra", "sane_lists"))
    for others in ((), ("extra",), ("extra", "sane_lists"), ("extra", "sane_lists", "toc", "smarty"), ("nl2br", "toc")):
        assert not lane.fits(others)


def test_lane_steps_aside_for_another_python_markdown(monkeypatch):
    """A release of Python-Markdown that was not compared gets all the documents."""
    monkeypatch.setattr(lane.installed, "version", lambda _name: "3.11.1")
    assert not lane.fits(Markup().extensions)


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "*",
        "_",
        "*a ",
        "`",
        "(",
        "[a](",
        "![",
        "> ",
        "- ",
        "#",
        "|",
        "~~~a\n",
        "[^",
        "&",
        "\\",
        "# a\n",
        "---\n",
        "[a](b(",
        "a*",
        "|\n",
        "- a\n",
    ],
)
def test_hostile_text_is_cheap(piece):
    """Ten kilobytes of an opening mark cost the lane little, whatever they cost Python-Markdown."""
    started = time.process_time()
    by_lane(piece * (10_000 // len(piece)))
    assert time.process_time() - started < 2


def test_a_site_is_the_same_with_and_without_the_lane(monkeypatch, tmp_path):
    """Every byte of the example site is the same where the lane stands aside."""
    trees = []
    for name, fits in (("with", lane.fits), ("without", lambda _: False)):
        monkeypatch.setattr(lane, "fits", fits)
        _engine.cache_clear()
        output = tmp_path / name
        pipeline.build(pipeline.BuildRequest(root=REPOSITORY, output=output, now=NOW, jobs=1))
        trees.append({path.relative_to(output): path.read_bytes() for path in output.rglob("*") if path.is_file()})
    _engine.cache_clear()
    assert trees[0] == trees[1]

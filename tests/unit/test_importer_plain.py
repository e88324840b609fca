"""Plain text becomes Markdown that reads as the text."""

from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.importer import plain

EXTENSIONS = ("extra", "sane_lists", "toc")
SIGNS = [
    *"#>-+*_`[](){}<>&|:=~!.\\^'\"0123 aéğ",
    "    ",
    "&amp;",
    "&#1",
    "&lt",
    "1. ",
    "---",
    "```",
    "<b>",
    "[TOC]",
    "* ",
]


class _Text(HTMLParser):
    def __init__(self):
        super().__init__()
        self.parts = []
        self.tags = []

    def handle_data(self, data):
        self.parts.append(data)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        assert not attrs


def rendered(source, *extensions):
    """The text and the tags of Markdown rendered by Python-Markdown."""
    reader = _Text()
    reader.feed(markdown.markdown(source, extensions=list(extensions)))
    reader.close()
    return " ".join("".join(reader.parts).split()), reader.tags


def words(text):
    """Text with one blank for each run of them."""
    return " ".join(text.split())


lines_of_markup = st.lists(st.sampled_from(SIGNS), max_size=20).map("".join).map(words)


@pytest.mark.parametrize(
    "line",
    [
        "# heading", "#hashtag", "> quote", "1. first", "12.", "- dash", "+ plus", "* star", "--- a", "---",
        "***", "___", "===", "* * *", "~~~", "```", "|-|-|", ": definition", "[TOC]", "[1]: x", "*[AP]: Press",
        "[^1]: note", "[^1]", "![x](y)", "[x](y)", "<b>bold</b>", "<script>alert(1)</script>", "<https://example.org>",
        "AT&T", "&amp;", "&#60;", "R&D;", "&#1.", "&#x2", "&lt b", "&copy",
        "a*b*c", "**bold**", "snake_case_name", "_x_", "`code`", "\\*", "\\",
        "{: .x }", "{#id}", "C:\\new\\[x]", "<!-- more -->", "& < >", "5 > 3", "2 * 3 * 4", "a | b", "https://e.org/a_b_(c)?d=1&e=2",
    ],
)  # fmt: skip
@pytest.mark.parametrize("extensions", [(), EXTENSIONS])
def test_markup_is_text(line, extensions):
    """What would be markup reads as it was written, with Python-Markdown's extensions and without."""
    assert rendered(plain.escape(line), *extensions) == (line, ["p"])


def test_readable_text_stays_as_it_is():
    """Ordinary prose gets no backslash."""
    for line in ("“Çavuşoğlu” said – no.", "AT&T's snake_case, 5 > 3", "It’s 1.5 m (or +2).", "-5 °C; see e.g. #4"):
        assert plain.escape(line) == line


@settings(deadline=None)
@given(st.lists(st.lists(lines_of_markup.filter(bool), min_size=1, max_size=4), min_size=1, max_size=4))
@example([["&#1."]])
@example([["a|b", "-|-"]])
@example([["Term", ": meaning"]])
@example([["Head", "==="], ["Head", "---"]])
@example([["x", "{: .y }"]])
def test_rendered_markdown_reads_as_the_text(chunks):
    """Whatever a text holds, what Markdown makes of it has the same words in the same order, and no markup."""
    found = plain.blocks(line for chunk in chunks for line in (*chunk, ""))
    text, tags = rendered(plain.markdown(found), *EXTENSIONS)
    assert text == words(" ".join(map(plain.text_of, found)))
    assert set(tags) <= {"p", "ul", "li"}


@settings(deadline=None)
@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), max_size=60).map(words)))
def test_no_word_is_lost(lines):
    """Every line's text is in the blocks, but for the mark of a list."""
    text = " ".join(map(plain.text_of, plain.blocks(lines)))
    for line in lines:
        assert line in text or line.lstrip("•‣◦▪●∙-* ") in text


def kinds(*lines):
    """Blocks in short: paragraphs as text with their line ends, lists as lists."""
    return [
        "\n".join(block.lines) if isinstance(block, plain.Paragraph) else [" ".join(item.lines) for item in block.items]
        for block in plain.blocks(lines)
    ]


def test_wrapped_lines_are_joined():
    """Lines that were wrapped at a column become one."""
    first = "The harbour office said on Monday that the northern mole would be closed"
    second = "until the divers had looked at its foundations, which might take until"
    assert kinds(first, second, "June.") == [f"{first} {second} June."]


def test_short_lines_stay():
    """An address or a verse keeps its lines."""
    assert kinds("Harbour Office", "1 Mole Road", "Ellery") == ["Harbour Office\n1 Mole Road\nEllery"]


def test_long_lines_are_paragraphs():
    """Text pasted with one line for each paragraph gets its paragraphs, and a broken sentence is one."""
    long = "The office, which had never closed a mole before, " * 3
    assert kinds(f"{long}said so.", "“Nobody asked.”", f"{long}said", "nothing.", "End.") == [
        f"{long}said so.", "“Nobody asked.”", f"{long}said nothing.", "End.",
    ]  # fmt: skip


def test_bullets_become_a_list():
    """Bullets and hyphens make one list, over blank lines too, and wrapped points are joined."""
    assert kinds("What is new:", "• A crane", "• A lamp", "of brass", "", "• A rope", "", "Text") == [
        "What is new:", ["A crane", "A lamp of brass", "A rope"], "Text",
    ]  # fmt: skip
    assert kinds("- One", "", "- Two") == [["One", "Two"]]


def test_a_single_hyphen_is_a_dash():
    """One line that begins with a hyphen is no list, neither alone nor within a paragraph."""
    assert kinds("- Hello, she said.") == ["- Hello, she said."]
    assert kinds("He came", "- late, as ever -", "and left.") == ["He came\n- late, as ever -\nand left."]

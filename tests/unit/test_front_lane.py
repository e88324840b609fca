"""The front-matter lane gives what the YAML parser gives, or nothing."""

# ruff: noqa: E501  # tables are read row by row

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import REPOSITORY

from generator.content import formats, lane
from generator.content.nodes import MAX_NODES, NULLS
from generator.errors import ContentError


def by_yaml(text: str) -> object:
    """What the parser makes of a file: values with their types and order, lines, body; or its problems."""
    try:
        found = formats.read(text)
    except ContentError as error:
        return error.problems
    return exact(found)


def exact(found: lane.Matter) -> object:
    """All that `found` holds, in a form in which values of another type or order are not equal."""
    return repr(found.values), repr(dict(found.lines)), found.body, found.body_line


def assert_same(text: str) -> bool:
    """The lane's result is the parser's, if there is one; whether there is."""
    mine = lane.read(text)
    if mine is not None:
        assert exact(mine) == by_yaml(text), text
    return mine is not None


def block(*lines: str) -> str:
    """A file with these lines of front matter."""
    return "\n".join(("---", *lines, "---", "", "Body.", ""))


# Blocks: what the lane knows, next to what it must refuse, with odd marks and blanks in any place.

KEYS = (
    "title",
    "date",
    "tags",
    "author",
    "image",
    "extra",
    "a",
    "b",
    "a-b",
    "_",
    "null",
    "true",
    "y",
    "é",
    "1",
    "a b",
    "A",
)
WORDS = (
    "tide", "Harbour", "C++", "C#", "5", "1.10", "2026-01-02", "2026-01-02T03:04:05+01:00", "12:30", "null", "Null", "NULL", "nULL", "~",
    "true", "no", "“we”", "naïve", "—", "’s", "it's", "don''t", "https://a.example/b?c=1&d=2#e", "/a/b/", "(x)", "a:b", "a::b", "0x1F",
    "1e3", "_", "=", "<<", "東京", "😀", "\u200b", "\xad", "\u2009", "\u3000", "x" * 1100,
)  # fmt: skip
ODD = (
    "#", " #", " #x", ":", ": ", " :", "-", "- ", "?", "? ", ",", "[", "]", "{", "}", "&", "&a", "*", "*a", "!", "!!str ", "|", ">", ">-", "%",
    "@", "`", '"', "'", "''", '\\"', "\\", "\\n", "\\x07", "\t", " ", "  ", "\xa0", "\x85", "\u2028", "\u2029", "\ufeff", "---", "...", "--- ",
    "<", ".", "+", "$", "^", "\n", "\n ", "\n  ", "\n- ", "\n\n", "é", "\ue000", "\U0010fffe", "\x0c",
)  # fmt: skip
MARKS = ("a", "b", *ODD, "null", "1", "C#")

words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
odd = st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(ODD)), max_size=5).map("".join)
texts = st.one_of(words, words, words, words, odd, st.text(max_size=12))
doubles = texts.map(lambda text: f'"{text}"')
singles = st.one_of(texts, texts.map(lambda text: text.replace("'", "''"))).map(lambda text: f"'{text}'")
scalars = st.one_of(texts, texts, doubles, singles, st.just(""))
blanks = st.sampled_from(("", "", "", " ", "  ", "\t", "\xa0"))
commas = st.sampled_from((",", ", ", ", ", ", ", " , ", ",  ", ",,", ", ,", "; ", ",\n ", ",\n"))
flows = st.builds(
    lambda items, comma, before, after, close: f"[{before}{comma.join(items)}{after}{close}",
    st.lists(scalars, max_size=4),
    commas,
    blanks,
    blanks,
    st.sampled_from(("]", "]", "]", "]", "]", "", "] x", "] #x", ",]", "}")),
)
values = st.one_of(scalars, scalars, scalars, flows, flows, st.just("{a: b}"))
colons = st.sampled_from((": ",) * 12 + (":", ":  ", " : ", ":\t", ":\xa0", ""))
keys = st.one_of(st.sampled_from(KEYS), st.sampled_from(KEYS[:7]))
pairs = st.builds(lambda key, colon, value, end: f"{key}{colon}{value}{end}", keys, colons, values, blanks)
indents = st.sampled_from(("", "", " ", "  ", "  ", "    ", "\t", "   "))
items = st.lists(
    st.builds("{}{}{}".format, st.sampled_from(("- ",) * 8 + ("-  ", "-", "-\t", "- - ", "")), values, blanks),
    max_size=4,
)
tables = st.lists(pairs, max_size=4)
holders = st.builds(
    lambda key, end, indent, lines, odd: "\n".join(
        (f"{key}:{end}", *((odd if odd is not None and at == 1 else indent) + line for at, line in enumerate(lines)))
    ),
    keys,
    st.sampled_from(("", "", "", "", " ", "  ", "\t", " null", " ~", " x", " []", " ''", " #x")),
    indents,
    st.one_of(items, tables),
    st.none() | st.none() | st.none() | indents,
)
strange = st.sampled_from(
    ("", " ", "# note", "---", "--- ", "...", "- a", "%YAML 1.2", "? a", "  x", "x", "a: &b c", "d: *b", "\t")
)
lines = st.one_of(
    pairs, pairs, pairs, pairs, holders, holders, strange, st.lists(st.sampled_from(MARKS), max_size=12).map("".join)
)
blocks = st.lists(lines, max_size=6).map("\n".join)
wild = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(("---\n",) * 9 + ("--- \n", "\n---\n", "---")),
    blocks,
    st.sampled_from(("\n",) * 9 + ("", " \n", "\n\n")),
    st.sampled_from(("---\n",) * 9 + ("---", "--- \n", "----\n", "", "...\n")),
    st.sampled_from(("", "Body.\n", "\n\nBody", "---\n\nx\n---\n", "    code\n", "\n---\n")),
)

# The same, calm: nearly all of it is taken; then with one odd mark put in or one line doubled, in any place.

CALM = (
    "tide",
    "Harbour",
    "C++",
    "5",
    "1.10",
    "2026-01-02",
    "null",
    "NULL",
    "true",
    "no",
    "“we”",
    "naïve",
    "—",
    "it's",
    "/a/b/",
    "(x)",
    "東京",
)
calm_words = (
    st.lists(st.sampled_from(CALM), min_size=1, max_size=3).map(" ".join).filter(lambda text: text[0] not in "'/")
)
calm_quoted = st.one_of(texts, words).map(
    lambda text: text.translate(dict.fromkeys(map(ord, '"\\\n\t\x85\u2028\u2029\ufeff\x0c')))
)
calm_scalars = st.one_of(
    calm_words,
    calm_words,
    calm_quoted.map(lambda text: f'"{text}"'),
    calm_quoted.map(lambda text: "'" + text.replace("'", "''") + "'"),
    st.sampled_from(("12:30", "https://a.example/b?c=1&d=2")),
)
calm_flows = st.builds(
    lambda items, comma: f"[{comma.join(items)}]",
    st.lists(calm_scalars.filter(lambda text: ":" not in text or text[0] in "'\""), max_size=4),
    st.sampled_from((", ", ",", " ,  ")),
)
calm_items = st.builds(
    lambda indent, items: "".join(f"\n{indent}- {item}" for item in items),
    st.sampled_from(("", "  ", "    ")),
    st.lists(calm_scalars, max_size=3),
)
calm_table = st.builds(
    lambda indent, pairs: "".join(f"\n{indent}{key}: {value}" for key, value in pairs.items()),
    st.sampled_from((" ", "  ", "    ")),
    st.dictionaries(st.sampled_from(KEYS[:9]), calm_scalars, max_size=3),
)
calm_values = st.one_of(calm_scalars, calm_scalars, calm_scalars, calm_flows, st.just("")).map(lambda text: f" {text}")
calm = st.dictionaries(
    st.sampled_from([key for key in KEYS if key.isascii() and key[0].isalpha() and " " not in key and key != "extra"]),
    st.one_of(calm_values, calm_values, calm_values, calm_items, calm_table),
    min_size=1,
    max_size=5,
).map(lambda pairs: block(*(f"{key}:{value}" for key, value in pairs.items())))


def put_in(text: str, mark: str, at: int) -> str:
    """`text` with a mark somewhere in its block."""
    at = 4 + at % max(1, text.index("\n---\n", 3) - 3)
    return text[:at] + mark + text[at:]


marked = st.builds(put_in, calm, st.sampled_from((*ODD, *WORDS)), st.integers(0, 10_000))
mixed = st.builds(lambda text, line: text.replace("---\n", f"---\n{line}\n", 1), calm, lines)
anything = st.one_of(
    calm,
    calm,
    marked,
    marked,
    marked,
    mixed,
    wild,
    st.lists(st.sampled_from(MARKS), max_size=25).map(lambda marks: block("".join(marks))),
)
LAW = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@settings(max_examples=2_000, **LAW)
@given(anything)
def test_lane_equals_yaml(text):
    """Whatever the front matter, the lane gives the parser's values, types, order, lines and body, or None."""
    assert_same(text)


@pytest.mark.long
@settings(max_examples=200_000, **LAW)
@given(anything)
def test_lane_equals_yaml_at_length(text):
    """The same over two hundred thousand files."""
    assert_same(text)


@settings(max_examples=1_000, **LAW)
@given(
    st.characters(), st.sampled_from(("{}b", "a{}b", "a{}", "a {} b", '"{}"', "'{}'", "[{}]", "[a{}, b]", "[a, {} b]"))
)
def test_any_character_in_any_place(char, place):
    """No character of Unicode means more to the parser than the lane knows."""
    assert_same(block(f"k: {place.format(char)}", "l: m"))


@pytest.mark.parametrize(
    "place", ["{}b", "a{}b", "a{} b", "a {}b", "a{}", '"{}"', "'{}'", "[{}b]", "[a{}b]", "[a{}]", "[a, {}]"]
)
def test_every_ascii_character_in_any_place(place):
    """Nor does any of the marks that YAML is made of, alone or next to a blank."""
    for code in range(1, 0x180):
        for holder in ("k: {}", "k:\n- {}", "k:\n  l: {}"):
            assert_same(block(holder.format(place.format(chr(code))), "z: 1"))


TAKEN = (
    "title: Mayor resigns",
    "title: Mayor resigns   ",
    'title: "Mayor: “I quit” #1 [sic] {}"',
    "title: 'It''s over: #1'",
    "title: ''",
    "date: 2026-01-02T03:04:05+01:00",
    "date: 2026-01-02 09:30",
    "canonical: https://example.org/a/?b=c&d=e",
    "permalink: /2026/01/story/",
    "tags: []",
    "tags: [ ]",
    "tags: [town]",
    "tags: [town, old harbour , it's, 1.10, null]",
    "tags: ['a, b', \"c: d\", e]",
    "tags:\n  - town\n  - 'old: harbour'\n  - null\ntitle: T",
    "tags:\n- a\n- b\nsection: c",
    "image:\n  src: a.jpg\n  alt: 'A harbour'\n  caption:",
    "image:\nsection:   \nseries: null",
    "status: draft",
    "featured: true",
    "author: Ann Lee, PhD (who's back)",
    "title: Ümit — “näher” 東京 😀",
)
NOT_TAKEN = (
    "",
    "title: T # note",
    "title: C#",
    "# note\ntitle: T",
    "title: a: b",
    "title: a:",
    "title : a",
    "title:a",
    "title:\ta",
    "title: a\tb",
    'title: "a\\nb"',
    'title: "a" b',
    "title: 'a' b",
    "title: 'it's'",
    'title: "a',
    "title: &a b",
    "title: *a",
    "title: !!str a",
    "title: |\n  a",
    "title: >-\n  a",
    "title: a\n  b",
    "title: ~",
    "title: - a",
    "title: {a: b}",
    "title: a\n\ndate: b",
    "title: a\ntitle: b",
    "tags: [a, , b]",
    "tags: [a, b,]",
    "tags: [a, [b]]",
    "tags: [a: b]",
    "tags: [a\n  , b]",
    "tags: [a, b] c",
    "tags:\n  - a: b",
    "tags:\n  - [a]",
    "tags:\n  -",
    "tags:\n  - a\n - b",
    "tags: a\n  - b",
    "tags:\n  - a\n  b: c",
    "image:\n  src: a\n  src: b",
    "image:\n  src: a\n   alt: b",
    "image:\n  src: [a]",
    "corrections:\n  - date: 2026-01-02\n    text: a",
    "extra:\n  a: 1",
    "extra: []",
    "  title: a",
    "é: a",
    "title: a\xa0\x85b",
    "title: \xa0a",
    "title: a\ufeffb",
    "? a\n: b",
    "x" * 1100 + ": a",
)  # fmt: skip


@pytest.mark.parametrize("lines", TAKEN)
def test_lane_takes(lines):
    """Front matter as people write it takes the lane, and is read alike."""
    assert assert_same(block(lines))


@pytest.mark.parametrize("lines", NOT_TAKEN)
def test_lane_does_not_take(lines):
    """What the lane does not know goes to the parser."""
    assert lane.read(block(*lines.split("\n") if lines else ())) is None


def test_lane_takes_no_other_frame():
    """Blanks about the delimiters, another format and a block without an end are left to the parser."""
    for text in (
        "\n---\na: b\n---\n",
        "--- \na: b\n---\n",
        "---\na: b\n--- \n",
        "---\na: b\n",
        "+++\na = 1\n+++\n",
        "{}",
        "",
        "---\n---\n",
    ):
        assert lane.read(text) is None


def test_a_block_too_long_for_the_lane_holds_more_than_its_caps():
    """A block that the lane takes is too short to hold as many values as are refused."""
    assert MAX_NODES > lane._LONGEST / 2
    assert lane.read(block("a: " + "b" * lane._LONGEST)) is None
    assert assert_same(block(f"a: [{','.join('b' * 7000)}]"))


def test_nulls_are_those_of_yaml():
    """Every spelling of null that can begin a plain text is one to the lane too."""
    assert {null for null in NULLS if null[:1].isalpha()} == lane._NULLS


def test_lane_takes_the_example_posts():
    """The example articles take the lane, but for those with types or notes of their own."""
    texts = [path.read_text("utf-8") for path in (REPOSITORY / "content").rglob("*.md")]
    assert sum(map(assert_same, texts)) >= 0.9 * len(texts)


@pytest.mark.parametrize(
    "piece", ["a: b\n", "a", "[a, ", "''", '"', "- a\n", "  a: b\n", "a:", "a: [b  ,  c ", " ", "a b "]
)
def test_hostile_front_matter_is_cheap(piece):
    """Nothing makes the lane look at a block more than a few times."""
    for head in ("", "k: ", "k: [", "k: '", "k:\n"):
        started = time.process_time()
        lane.read(block(head + piece * (15_000 // len(piece))))
        assert time.process_time() - started < 0.5


def test_reading_plain_front_matter_needs_no_yaml():
    """Neither the import nor an article in plain front matter loads PyYAML or python-frontmatter."""
    code = (
        "import sys; from generator import content;"
        "assert content.parse(b'---\\ntitle: T\\ntags: [a, b]\\n---\\nx', 'content/a.md').document;"
        "print(*{'yaml', 'frontmatter', 'tomllib', 'difflib'} & set(sys.modules))"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == ""

"""The on-disk format: what is written is read back as the same, and each trap of YAML gives the right value."""

# ruff: noqa: DTZ001, E501  # naive times are a case; tables are read row by row

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.content import Parsed, dump, parse
from generator.content import text as text_module
from generator.content.fields import KEYS
from generator.errors import Severity
from generator.model.document import (
    Correction,
    CorrectionKind,
    Document,
    Extra,
    FrontMatter,
    Image,
    Profile,
    Source,
    Status,
)
from generator.permalinks import segment_fault
from generator.records import fields, replace

PATH = "content/posts/x.md"
LAW = settings(max_examples=100, deadline=None)


def read(text: str | bytes, path: str = PATH) -> Document:
    """An article that must be readable, without any problem."""
    parsed = parse(text if isinstance(text, bytes) else text.encode(), path)
    assert [str(problem) for problem in parsed.problems] == []
    assert parsed.document is not None
    return parsed.document


def keyed(lines: str) -> FrontMatter:
    """Front matter with further lines."""
    return read(f"---\ntitle: T\n{lines}\n---\n\nText.\n").front


CHARACTERS = st.characters(exclude_categories=("Cc", "Cs", "Cn"), exclude_characters="\ufffe\uffff\ufeff")
"""What a decoded file can hold; controls and noncharacters are gone before front matter is read."""

WORDS = st.text(CHARACTERS, max_size=60).map(lambda text: " ".join(text.split()))
TRICKY = st.sampled_from([
    "no", "on", "Yes", "null", "~", "1.10", "2024", "0o17", "0x1F", "1e3", "1_000", "12:30", "2024-05-06", ".5", "-", "---", "...",
    "- a", "? a", ": a", "a: b", "a #b", "#a", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a`", "'", '"', "''", "{a}", "[a]", "a,b", "=",
    "<<", "true", "C#", "it's", "\\", "a\\nb", "İ", "😀", "é" * 300, "+++", "{", "key: [", "\u00a0".join("ab"),
])  # fmt: skip
LINE = st.one_of(WORDS, TRICKY).map(lambda text: " ".join(text.split())).filter(bool)
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: dt.timezone(dt.timedelta(minutes=minutes)))
DAYS = st.dates(dt.date(1000, 1, 1), dt.date(9990, 12, 31))
MOMENTS = st.datetimes(
    dt.datetime(1000, 1, 2), dt.datetime(9990, 12, 30), timezones=st.none() | OFFSETS | st.just(dt.UTC)
)
DATES = st.one_of(DAYS, MOMENTS.map(lambda when: when.replace(microsecond=0)))
SLUGS = st.text(CHARACTERS, min_size=1, max_size=40).map(lambda text: " ".join(text.split())).filter(
    lambda text: segment_fault(text) is None and "%" not in text
)  # fmt: skip
PATHS = st.lists(SLUGS.filter(lambda slug: not set(slug) & set("%?#:")), min_size=1, max_size=3).map(
    lambda parts: unicodedata.normalize("NFC", f"/{'/'.join(parts)}/")
).filter(lambda path: all(segment_fault(part) is None for part in path.strip("/").split("/")))  # fmt: skip
URLS = st.sampled_from(
    ["https://example.org/", "http://a.example/x?y=1&z=2#f", "https://example.org/%C3%A9/", "https://[::1]/x"]
)
IDENTITIES = st.from_regex(r"[a-z][a-z0-9:/._-]{0,40}", fullmatch=True)
NAMES = st.lists(LINE, max_size=4, unique=True).map(tuple)
TAGS = NAMES
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**17), 10**17), st.floats(allow_nan=False, allow_infinity=False), st.text(CHARACTERS, max_size=40), TRICKY
)  # fmt: skip
EXTRA_KEYS = st.one_of(st.text(CHARACTERS, min_size=1, max_size=10), TRICKY.filter(lambda text: len(text) < 100))
EXTRA = st.dictionaries(
    EXTRA_KEYS,
    st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(EXTRA_KEYS, inner, max_size=3), max_leaves=6),
    max_size=4,
).map(Extra)  # fmt: skip
IMAGES = st.builds(
    Image,
    src=st.sampled_from(["a.jpg", "/images/b c.png", "https://example.org/é.webp"]),
    alt=WORDS,
    caption=WORDS,
    credit=WORDS,
)
CORRECTIONS = st.lists(
    st.builds(Correction, date=DATES, kind=st.sampled_from(CorrectionKind), text=LINE), max_size=3
).map(tuple)
SOURCES = st.builds(
    Source, name=LINE, url=URLS | st.just(""), author=WORDS, retrieved=st.none() | DAYS, sha256=st.sampled_from(["", "0" * 64, "1e5"]), licence=WORDS, written=WORDS
)  # fmt: skip
OPTIONAL = {
    "date": DATES, "id": IDENTITIES, "slug": SLUGS, "permalink": PATHS, "section": LINE, "summary": LINE, "image": IMAGES, "updated": DATES,
    "expires": DATES, "series": LINE, "language": st.sampled_from(["en", "tr", "pt-BR", "no", "zh-Hant-TW"]), "canonical": URLS,
    "template": st.sampled_from(["post", "wide-1", "true"]), "source": SOURCES, "weight": st.integers(-99, 99), "part": st.integers(1, 9999),
}  # fmt: skip
FRONTS = st.builds(
    FrontMatter,
    title=LINE,
    aliases=st.lists(PATHS, max_size=3, unique=True).map(tuple),
    tags=TAGS,
    authors=NAMES,
    corrections=CORRECTIONS,
    status=st.sampled_from(Status),
    featured=st.booleans(),
    pinned=st.booleans() | DATES,
    extra=EXTRA,
    **{name: st.none() | strategy for name, strategy in OPTIONAL.items()},  # type: ignore[arg-type]
).map(lambda front: replace(front, part=front.part if front.series else None))
LINKS = st.lists(st.builds(Profile, label=LINE, url=URLS), max_size=3).map(tuple)
EMAILS = st.sampled_from(["a@example.org", "o'hara+news@mail.example.co.uk", "%x?y@b-c.example"])
AUTHORS = st.builds(
    FrontMatter,
    title=LINE,
    links=LINKS,
    extra=EXTRA,
    **{name: st.none() | them for name, them in OPTIONAL.items() if name in ("slug", "summary", "image", "language")},
    email=st.none() | EMAILS,
)
BODIES = st.one_of(
    st.text(st.one_of(CHARACTERS, st.sampled_from("\n\t #-+`>*")), max_size=300),
    st.sampled_from(["---\n\nA rule.\n", "    code\n", "+++\n", "{}\n", "\n\n\n", "", "--- \n---", "\ttab\n", "text\n---\nmore"]),
).filter(lambda body: "\ufeff" not in body)  # fmt: skip


def test_the_strategies_cover_every_key() -> None:
    """A key that is added later must join the law below."""
    assert {*OPTIONAL, "title", "aliases", "tags", "authors", "corrections", "status", "featured", "extra"} | {
        "pinned",
        "links",
        "email",
    } == set(KEYS)


@LAW
@given(FRONTS, BODIES)
@example(FrontMatter(title="T", extra=Extra({"a": 5e-324, "b": 1e16, "c": -0.5, "d": "5e-324", "e": "0E0"})), "")
@example(FrontMatter(title="T", extra=Extra({"\u2028": "a\x85b\u2029", "b": "\u00a0"})), "")
@example(FrontMatter(title="x y " * 4000 + "z"), "")
@example(FrontMatter(title="T", extra=Extra({"a": 1.10, "b": [None, {"c": "1.10"}]})), "    indented code\n")
def test_what_is_dumped_is_parsed_as_the_same(front: FrontMatter, body: str) -> None:
    """Any front matter and any body written to a file are read back as they were, without a warning."""
    document = read(dump(front, body))
    for spec in fields(FrontMatter):
        assert getattr(document.front, spec.name) == getattr(front, spec.name), spec.name
    assert document.front == front
    assert document.body.strip("\n") == body.strip("\n")


@LAW
@given(AUTHORS, BODIES)
def test_an_author_file_is_read_as_it_was_dumped(front: FrontMatter, body: str) -> None:
    """The same of author files."""
    parsed = parse(dump(front, body).encode(), "content/authors/x.md")
    assert [str(problem) for problem in parsed.problems] == []
    assert parsed.document is not None
    assert parsed.document.front == front


@LAW
@given(FRONTS, BODIES)
def test_dump_is_a_fixed_point(front: FrontMatter, body: str) -> None:
    """A file that was read and is written again is the same to the byte."""
    text = dump(front, body)
    document = read(text)
    assert dump(document.front, document.body) == text


@pytest.mark.parametrize(
    "number", ["1.10", "1e3", "1.5e3", "-.5", "5.", "+1.0", "017", "123456789012345678901234567890"]
)
def test_a_number_of_extra_is_written_and_read_as_a_number(number: str) -> None:
    """However a number below `extra` was spelt, it is still one after being written."""
    front = keyed(f"extra:\n  n: {number}")
    assert isinstance(front.extra["n"], int | float)
    again = read(dump(front, "")).front
    assert again == front
    assert type(again.extra["n"]) is type(front.extra["n"])


def test_dump_reads_like_a_persons_file() -> None:
    """Keys stand in our order, defaults are left out, dates and lists are as people write them."""
    front = FrontMatter(
        title="Mayor: “I quit”",
        date=dt.datetime(2026, 1, 2, 10, 30),
        tags=("no", "1.10", "town"),
        image=Image("a.jpg", alt="A harbour"),
        corrections=(Correction(dt.date(2026, 1, 3), CorrectionKind.UPDATE, "A name."),),
        updated=dt.datetime(2026, 1, 3, 9, tzinfo=dt.timezone(dt.timedelta(hours=1))),
    )
    assert dump(front, "\n\nText.\n\n") == (
        "---\n"
        "title: 'Mayor: “I quit”'\n"
        "date: 2026-01-02 10:30:00\n"
        "tags:\n  - 'no'\n  - '1.10'\n  - town\n"
        "image:\n  src: a.jpg\n  alt: A harbour\n"
        "updated: 2026-01-03T09:00:00+01:00\n"
        "corrections:\n  - date: 2026-01-03\n    kind: update\n    text: A name.\n"
        "---\n\nText.\n"
    )


@LAW
@given(st.binary(max_size=400) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
@example(b"---\n---")
@example(b"---\n\x85: [\n---\n")
@example(b"+++\n+++\n")
@example(b"{}")
@example(b'{"":0}')
def test_any_bytes_are_an_article_or_an_error(data: bytes) -> None:
    """No file makes the reader fail: there is a document, or an error with a place."""
    check(parse(data, PATH))


ODD_CHARACTERS = st.sampled_from(
    "\x00\x08\x0b\x0c\x1f\x7f\x80\x85\x9f\xa0£é\ufdcf\ufdd0\ufdef\ufdf0\ufffd\ufffe\uffff\U0001fffe\ufeff“\n\t"
)


@settings(max_examples=500, deadline=None)
@given(st.text(st.characters(codec="utf-8") | ODD_CHARACTERS, max_size=30))
def test_bytes_tell_whether_a_text_is_clean(text: str) -> None:
    """Seen from its bytes or from its characters, a text holds the same illegal characters; values lose them."""
    assert text_module._is_clean(text.encode()) == (not text_module._ILLEGAL.search(text))
    assert text_module.legal(text) == text_module._ILLEGAL.sub(" ", text)


def test_bytes_tell_of_every_character() -> None:
    """No character is illegal by its bytes and legal by itself, or the other way about."""
    for code in (*range(0x200), *range(0xD000, 0xD800), *range(0xE000, 0x10100), 0x1FFFE, 0x10FFFF):
        assert text_module._is_clean(chr(code).encode()) == (not text_module._ILLEGAL.search(chr(code))), hex(code)


YAMLISH = st.text(st.sampled_from("ab:-# \n\t'\"[]{},&*!|>%@`?~.1é\x85\u2028\ufeff"), max_size=80)


@settings(max_examples=300, deadline=None)
@given(YAMLISH, st.sampled_from(["---", "+++"]))
def test_any_front_matter_is_read_or_told(block: str, mark: str) -> None:
    """Whatever stands between the delimiters: a document, or an error on a line that the file has."""
    data = f"{mark}\n{block}\n{mark}\nBody.\n"
    parsed = parse(data.encode(), PATH)
    check(parsed)
    assert all(1 <= problem.line <= data.count("\n") + 1 for problem in parsed.problems if problem.line)


def check(parsed: Parsed) -> None:
    """A document, or an error; every problem with the path."""
    errors = [problem for problem in parsed.problems if problem.severity is Severity.ERROR]
    assert (parsed.document is None) == bool(errors)
    assert all(problem.path == PATH and problem.cause for problem in parsed.problems)
    assert all(str(problem).encode() for problem in parsed.problems)


def test_traps_of_yaml_give_what_was_written() -> None:
    """Tags that YAML 1.1 takes for booleans, numbers or dates are text, as are titles and authors."""
    front = keyed(
        "tags: [no, on, 1.10, 2024, 010, 2026-01-02, 12:30, ~, 0x1F]\nauthor: 007\nsection: off\nseries: 1.10\nslug: 1e3"
    )
    assert front.tags == ("no", "on", "1.10", "2024", "010", "2026-01-02", "12:30", "0x1F")
    assert (front.authors, front.section, front.series, front.slug) == (("007",), "off", "1.10", "1e3")


def test_types_below_extra_are_those_of_yaml_1_2() -> None:
    """Below `extra`, plain numbers, true, false and null are values; quoted ones, and YAML 1.1's yes and no, are text."""
    front = keyed(
        "extra: {a: 1, b: 1.10, c: true, d: ~, e: 'true', f: yes, g: 2026-01-02, h: \"1\", i: [null, -2], j: , k: 017}"
    )
    assert dict(front.extra) == {
        "a": 1, "b": 1.1, "c": True, "d": None, "e": "true", "f": "yes", "g": "2026-01-02", "h": "1", "i": (None, -2), "j": None, "k": 17,
    }  # fmt: skip
    assert str(front.extra["b"]) == "1.10"


@pytest.mark.parametrize("key", [key for key in KEYS if key != "title"])
@pytest.mark.parametrize("nothing", ["", " ~", " null"])
def test_empty_key_is_a_key_that_is_not_there(key: str, nothing: str) -> None:
    """A key without a value, as templates of posts have them, is as if it were not written."""
    assert keyed(f"{key}:{nothing}") == FrontMatter(title="T")


def test_same_article_in_three_formats() -> None:
    """YAML, TOML and JSON front matter mean the same."""
    yaml = read(
        "---\ntitle: T\ndate: 2026-01-02T10:00:00+01:00\ntags: [a, '2']\nfeatured: true\nimage:\n  src: a.jpg\n  alt: A\n---\nBody.\n"
    )
    toml = read(
        '+++\ntitle = "T"\ndate = 2026-01-02T10:00:00+01:00\ntags = ["a", 2]\nfeatured = true\n[image]\nsrc = "a.jpg"\nalt = "A"\n+++\nBody.\n'
    )
    json = read(
        '{"title": "T", "date": "2026-01-02T10:00:00+01:00",\n"tags": ["a", 2], "featured": true, "image": {"src": "a.jpg", "alt": "A"}}\nBody.\n'
    )
    assert yaml.front == toml.front == json.front
    assert yaml.body == toml.body == json.body == "Body.\n"
    assert (yaml.body_line, toml.body_line, json.body_line) == (10, 10, 3)
    assert yaml.lines == {"title": 2, "date": 3, "tags": 4, "featured": 5, "image": 6}
    assert toml.lines == {"title": 2, "date": 3, "tags": 4, "featured": 5, "image": 6}
    assert json.lines == {"title": 1, "date": 1, "tags": 2, "featured": 2, "image": 2}


def test_toml_dates_of_every_kind() -> None:
    """TOML's own days, local times and instants are read."""
    front = read(
        "+++\ntitle = 'T'\ndate = 2026-01-02\nupdated = 2026-01-03 04:05:06\nexpires = 2027-01-02T10:00:00.5Z\n+++\n"
    ).front
    assert front.date == dt.date(2026, 1, 2)
    assert front.updated == dt.datetime(2026, 1, 3, 4, 5, 6)
    assert front.expires == dt.datetime(2027, 1, 2, 10, tzinfo=dt.UTC)


BODY_CASES = [
    ("    code\n", "    code\n"),
    ("\n    code\n", "\n    code\n"),
    ("---\n\nrule above\n", "---\n\nrule above\n"),
    ("a\n\n---\n\nb\n", "a\n\n---\n\nb\n"),
    ("a\n+++\nb\n", "a\n+++\nb\n"),
    ("no end", "no end"),
    ("", ""),
    ("\n\n", "\n\n"),
]


@pytest.mark.parametrize(("written", "body"), BODY_CASES)
def test_body_is_kept_to_the_byte(written: str, body: str) -> None:
    """Indented first lines, rules and blank lines of a body are left as they are."""
    document = read(f"---\ntitle: T\n---\n{written}")
    assert document.body == body
    assert document.body_line == 4


def test_lists_as_people_write_them() -> None:
    """One text, commas, and a list with doubles and holes are all lists of tags; a comma belongs to an author's name."""
    assert keyed("tags: a, b , ,a").tags == ("a", "b")
    assert keyed("tags:\n  - a\n  -\n  - ' b  c '\n  - a").tags == ("a", "b c")
    assert keyed("authors: Ann Lee, PhD").authors == ("Ann Lee, PhD",)
    assert keyed("author: [Ann, Bob]").authors == ("Ann", "Bob")
    assert keyed("aliases: /a,b/").aliases == ("/a,b/",)


def test_source_and_image_as_one_text() -> None:
    """`image: name` and `source: name` are short for their first key."""
    assert keyed("image: a.jpg").image == Image("a.jpg")
    assert keyed("source: The Wire").source == Source(name="The Wire")


def test_folder_decides_what_a_document_is() -> None:
    """Below content/pages/ lie pages, everywhere else posts."""
    text = "---\ntitle: T\n---\n"
    assert read(text, "content/pages/a.md").kind == "page"
    assert read(text, "content/posts/pages/a.md").kind == "post"
    assert read(text, "content/a.md").kind == "post"


def test_front_matter_cannot_be_changed() -> None:
    """What was read is a value: neither it nor what lies below `extra` can be altered."""
    front = keyed("extra: {a: [1, {b: 2}]}")
    with pytest.raises(AttributeError):
        front.title = "x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        front.extra["a"] = 1  # type: ignore[index]
    assert hash(front) == hash(replace(front))

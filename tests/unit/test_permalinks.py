"""Slugs, site paths, output paths and permalink patterns."""

# ruff: noqa: E501  # tables are read row by row

from __future__ import annotations

import datetime as dt
import json
import random
import re
import unicodedata
from pathlib import Path, PurePosixPath

import pytest
import tiny
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support import messages

from generator import permalinks
from generator.permalinks import (
    MAX_SEGMENT,
    SLUG_LIMIT,
    PathError,
    Pattern,
    collision_key,
    href,
    out_path,
    segment_fault,
    site_path,
    slugify,
    split_base,
)

SLUGS = [
    ("en", "Hello, World!", "hello-world"),
    ("en", "  many   blanks — and dashes  ", "many-blanks-and-dashes"),
    ("en", "It's the city’s day", "its-the-citys-day"),
    ("en", "C++", "c-plus-plus"),
    ("en", "C#", "c-sharp"),
    ("en", "C", "c"),
    ("en", "C++ and C# in one", "c-plus-plus-and-c-sharp-in-one"),
    ("en", "Disney+ raises prices", "disney-plus-raises-prices"),
    ("en", "AT&T", "at-t"),
    ("en", "1.10", "1-10"),
    ("en", "Crème brûlée à la façon de Noël", "creme-brulee-a-la-facon-de-noel"),
    ("en", "ﬁnal oﬃce ①", "final-office-1"),
    ("tr", "Işık ve İzmir'de ağaç", "isik-ve-izmirde-agac"),
    ("tr", "ı İ ş ğ", "i-i-s-g"),
    ("tr", "ISPARTA", "isparta"),
    ("en", "İzmir", "izmir"),
    ("az", "Bakı Gəncə", "baki-gence"),
    ("de", "Größe ändern: Übermut tut selten gut", "groesse-aendern-uebermut-tut-selten-gut"),
    ("de", "STRAẞE", "strasse"),
    ("en", "Größe", "grosse"),
    ("pl", "Łódź żółć", "lodz-zolc"),
    ("da", "Blåbærgrød", "blaabaergroed"),
    ("nb", "Blåbærgrøt", "blaabaergrot"),
    ("el", "Αθήνα και Θεσσαλονίκη", "athina-kai-thessaloniki"),
    ("ru", "Москва встречает зиму", "moskva-vstrechaet-zimu"),
    ("ja", "東京オリンピック", "東京オリンピック"),
    ("zh", "北京 大雪", "北京-大雪"),
    ("ko", "서울 소식", "서울-소식"),
    ("ar", "أخبار اليوم", "أخبار-اليوم"),
    ("he", "חדשות היום", "חדשות-היום"),
    ("fa", "می‌خواهم", "میخواهم"),
    ("hi", "हिन्दी समाचार", "हिन्दी-समाचार"),
    ("th", "ข่าววันนี้", "ข่าววันนี้"),
    ("en", "con", "con-page"),
    ("en", "LPT1", "lpt1-page"),
    ("en", "console", "console"),
    ("en", "../../etc/passwd", "etc-passwd"),
    ("en", "a\u200bb\u00adc", "abc"),
    ("en", "<script>alert('x')</script>", "script-alert-x-script"),
]

TITLES = st.text(st.characters(), max_size=80)
WORDY = st.text(st.characters(categories=("L", "M", "N", "Zs", "Pd", "Po", "So")), max_size=400)
LONG = WORDY.map(lambda text: text * 20)
LANGUAGES = st.sampled_from(["en", "tr", "de", "az", "da", "pl", "zh", "ar", "pt-BR", "de_AT", ""])
LAW = settings(max_examples=300, deadline=None)

WINDOWS_DEVICES = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(10))}


def windows_takes(name: str) -> bool:
    """By Microsoft's rules, written without looking at ours."""
    return (
        bool(name)
        and not re.search(r'[<>:"/\\|?*\x00-\x1f]', name)
        and not name.endswith((" ", "."))
        and name.upper().split(".")[0].rstrip() not in WINDOWS_DEVICES
    )


@pytest.mark.parametrize(("language", "text", "slug"), SLUGS)
def test_slug_follows_the_letters_of_the_language(language: str, text: str, slug: str) -> None:
    """Each title has the slug that a reader of its language expects."""
    assert slugify(text, language) == slug


@pytest.mark.parametrize("text", ["", "   ", "!!!", "🎉🎉", "\u200b", "---", "\ud800", "\u0301"])
def test_text_without_letters_still_has_a_slug(text: str) -> None:
    """Where nothing of a title can stand in a URL, a digest of it does."""
    assert re.fullmatch(r"x-[0-9a-f]{8}", slugify(text))


def test_slugs_of_wordless_texts_differ() -> None:
    """Two titles of emoji alone get two slugs."""
    assert slugify("🎉") != slugify("🎈")


def test_a_long_title_is_cut_between_words_and_stays_distinct() -> None:
    """Two long titles with one beginning get slugs within the limit that differ, and end on a whole word."""
    first, second = (slugify("word " * 60 + end) for end in ("one", "two"))
    assert first != second
    assert max(len(first), len(second)) <= SLUG_LIMIT
    assert re.fullmatch(r"(word-)+[0-9a-f]{6}", first)


def test_a_long_title_without_blanks_is_cut_between_letters() -> None:
    """360 bytes of Japanese become whole letters within the limit."""
    slug = slugify("東" * 120, "ja")
    assert len(slug.encode()) <= SLUG_LIMIT
    assert re.fullmatch(r"東+-[0-9a-f]{6}", slug)


@LAW
@given(st.one_of(TITLES, WORDY, LONG), LANGUAGES)
def test_slug_law(text: str, language: str) -> None:
    """Any text has a slug: one legal segment everywhere, within the limit, NFC, lower case, no stray hyphen."""
    slug = slugify(text, language)
    assert slug
    assert len(slug.encode()) <= SLUG_LIMIT
    assert segment_fault(slug) is None
    assert windows_takes(slug)
    assert unicodedata.is_normalized("NFC", slug)
    assert not re.search(r"^-|--|-$|\s", slug)
    assert site_path(f"/{slug}/") == f"/{slug}/"


@LAW
@given(st.one_of(TITLES, WORDY, LONG), LANGUAGES)
def test_slug_is_stable_and_idempotent(text: str, language: str) -> None:
    """The same text has the same slug always, and a slug's slug is itself."""
    slug = slugify(text, language)
    assert slugify(text, language) == slug
    assert slugify(slug, language) == slug


@LAW
@given(st.one_of(TITLES, WORDY))
def test_normalisation_does_not_change_a_slug(text: str) -> None:
    """A title typed on a Mac (NFD) has the slug of the same title typed elsewhere (NFC)."""
    assert slugify(unicodedata.normalize("NFD", text)) == slugify(unicodedata.normalize("NFC", text))


BAD_SEGMENTS = [
    "", ".", "..", "a/b", "a\\b", "a:b", "a*b", 'a"b', "a<b", "a|b", "a?b", "a\x00b", "a\x7fb", "a.", "a ", " a", "con",
    "CON", "nul.txt", "com0", "Lpt9.tar.gz", "x" * 201, "é" * 101, "\ud800", "\ue000", "\u2028", "\x85", ".git",
    ".htaccess", ".dateline-output",
]  # fmt: skip


@pytest.mark.parametrize("segment", BAD_SEGMENTS)
def test_segment_that_some_system_refuses(segment: str) -> None:
    """What Linux, macOS or Windows refuses, or takes for a hidden file, is no segment."""
    assert segment_fault(segment)


@pytest.mark.parametrize(
    "segment", ["a", "x" * MAX_SEGMENT, "console", "a.b", "1.10", "東京", "a b", ".well-known", "_x"]
)
def test_segment_that_all_systems_take(segment: str) -> None:
    """What every system takes is a segment."""
    assert segment_fault(segment) is None


SITE_PATHS = [
    ("/", "/", "index.html"),
    ("", "/", "index.html"),
    ("/a/", "/a/", "a/index.html"),
    ("a/b/", "/a/b/", "a/b/index.html"),
    ("/a", "/a", "a.html"),
    ("/a.html", "/a.html", "a.html"),
    ("/feed.xml", "/feed.xml", "feed.xml"),
    ("/a%20b/", "/a b/", "a b/index.html"),
    ("/caf%C3%A9/", "/café/", "café/index.html"),
    ("/cafe\u0301/", "/café/", "café/index.html"),
    ("/100%/", "/100%/", "100%/index.html"),
    ("/v1.2/", "/v1.2/", "v1.2/index.html"),
    ("/.well-known/security.txt", "/.well-known/security.txt", ".well-known/security.txt"),
]


@pytest.mark.parametrize(("written", "path", "file"), SITE_PATHS)
def test_site_path_and_its_file(written: str, path: str, file: str) -> None:
    """A path as written, as the site names it, and the file that answers it."""
    assert site_path(written) == path
    assert out_path(path) == file


@pytest.mark.parametrize(
    "written",
    [
        "https://example.org/x/", "//example.org/x/", "javascript:alert(1)", "/../x/", "/a/../b/", "/a//b/", "/./",
        "/%2e%2e/", "/%2E/x", "/a%2F..%2Fb/", "/x?y", "/x#y", "/x%3Fy", "/%ff/", "/a\\b/", "/con/", "/x/nul.txt", "/a\x00/",
        "/a%00/", "/" + "x" * 201, "/.git/hooks/x", "/a/.b/", "///", "/a/ /", "/a./",
    ],
)  # fmt: skip
def test_site_path_that_leaves_the_site_or_cannot_be(written: str) -> None:
    """No spelling leads out of the site, or to a file that some system refuses."""
    with pytest.raises(PathError):
        site_path(written)


SEGMENTS = st.one_of(TITLES.map(slugify), st.text(max_size=30)).filter(lambda text: segment_fault(text) is None)


@LAW
@given(st.lists(SEGMENTS, max_size=4), st.sampled_from(["", "/"]), st.sampled_from(["", "/blog"]))
def test_href_round_trip(segments: list[str], end: str, base: str) -> None:
    """A site path percent-encoded is plain ASCII, and read again is the same path."""
    written = "/" + "/".join(segments) + (end if segments else "")
    written = unicodedata.normalize("NFC", written)
    try:
        path = site_path(written.replace("%", "%25"))
    except PathError:
        # NFC can compose what was legal alone into something longer; anything else is a fault.
        assert max(len(part.encode()) for part in written.split("/")) > MAX_SEGMENT or "?" in written or "#" in written
        return
    address = href(path, base)
    assert address.startswith(f"{base}/")
    assert re.fullmatch(r"[!-~]+", address)
    assert not re.search(r'[<>"?#\\ ]', address)
    assert site_path(address.removeprefix(base)) == path
    assert not PurePosixPath(out_path(path)).is_absolute()
    assert ".." not in PurePosixPath(out_path(path)).parts


@LAW
@given(st.text(max_size=60))
def test_site_path_never_leaves_the_site(text: str) -> None:
    """Whatever an author writes: a path below the output folder, or an error."""
    try:
        file = out_path(site_path(text))
    except PathError:
        return
    assert all(segment_fault(part) is None for part in file.removesuffix(".html").split("/"))
    assert site_path(href(site_path(text))) == site_path(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A/b.html", "a/B.html"), ("café", "cafe\u0301"), ("STRASSE", "straße"), ("ÉTÉ", "e\u0301te\u0301"), ("ſ", "s"),
        ("\u212b", "å"),
    ],
)  # fmt: skip
def test_paths_that_some_file_system_confuses(one: str, other: str) -> None:
    """Case, compatibility of letters and normalisation do not part two paths."""
    assert collision_key(one) == collision_key(other)
    assert collision_key(one) != collision_key(f"{other}x")


def test_split_base() -> None:
    """A base URL parts into origin and path."""
    assert split_base("https://example.org") == ("https://example.org", "")
    assert split_base("https://example.org:8000/news/") == ("https://example.org:8000", "/news")


WHEN = dt.datetime(2023, 5, 9, 23, 59, tzinfo=dt.timezone(dt.timedelta(hours=3)))
PATTERNS = [
    ("/{year}/{month}/{slug}/", "/2023/05/story/"),
    ("/{year}/{month}/{day}/{slug}.html", "/2023/05/09/story.html"),
    ("{section}/{slug}", "/town/story"),
    ("/{id}/", "/ab-12/"),
    ("/news/{year}-{month}-{day}-{slug}/", "/news/2023-05-09-story/"),
]


@pytest.mark.parametrize(("pattern", "path"), PATTERNS)
def test_pattern_expands_by_the_posts_own_day(pattern: str, path: str) -> None:
    """Year, month and day are those of the post's own offset."""
    assert Pattern.parse(pattern).expand(WHEN, "story", "town", "ab 12") == path


def test_pattern_without_section_leaves_no_hole() -> None:
    """A post without a section loses that segment."""
    assert Pattern.parse("/{section}/{slug}/").expand(WHEN, "story", "", "x") == "/story/"


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("/{year}/", "needs {slug} or {id}"),
        ("/{title}/", "unknown field {title}"),
        ("/{slug!r}/", "unknown field"),
        ("/{slug.__class__}/", "unknown field"),
        ("/../{slug}/", "empty, `.` or `..` segment"),
        ("https://example.org/{slug}/", "whole URL"),
        ("/{slug}?x=1", "query"),
        ("/con/{slug}/", "Windows reserves"),
    ],
)
def test_pattern_that_cannot_be(pattern: str, why: str) -> None:
    """A pattern that could not tell posts apart, or makes impossible paths, is refused with the reason."""
    with pytest.raises(PathError, match=re.escape(why)):
        Pattern.parse(pattern)


@pytest.mark.parametrize(
    "identity", ["../../x", "https://old.example/?p=12", "tag:blogger.com,1999:blog-1.post-2", "///", "…"]
)
def test_pattern_makes_any_identity_one_segment(identity: str) -> None:
    """An id of another system cannot leave its segment."""
    path = Pattern.parse("/n/{id}/").expand(WHEN, "s", "", identity)
    assert re.fullmatch(r"/n/[^/]+/", path)


@LAW
@given(st.lists(TITLES, max_size=12), st.integers(1, 50))
def test_numbered_pages_never_meet_a_term(names: list[str], most: int) -> None:
    """`page/N/` below a list is no term's own path, whatever terms are called: page, 1, tags, ..."""
    slugs = {slugify(name) for name in [*names, "page", "1", "2", "tags", "authors", "series"]}
    terms = {f"/{slug}/" for slug in slugs} | {
        f"/{kind}/{slug}/" for kind in ("tags", "authors", "series") for slug in slugs
    }
    numbered = {f"{url}page/{n}/" for url in (*terms, "/") for n in range(1, most + 1)}
    assert not {collision_key(out_path(url)) for url in terms} & {collision_key(out_path(url)) for url in numbered}


BLOCKS = [
    (0x20, 0x7E), (0xA0, 0x17F), (0x180, 0x24F), (0x1E00, 0x1EFF), (0x300, 0x36F), (0x370, 0x3FF), (0x400, 0x4FF), (0x530, 0x58F),
    (0x590, 0x5FF), (0x600, 0x6FF), (0x900, 0x97F), (0xE00, 0xE7F), (0x10A0, 0x10FF), (0x13A0, 0x13FF), (0x1100, 0x11FF),
    (0x2000, 0x206F), (0x2070, 0x209F), (0x3040, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xFB00, 0xFB4F), (0xFF00, 0xFFEF),
    (0x10400, 0x1044F), (0x1D400, 0x1D7FF), (0x1F300, 0x1F64F), (0x20000, 0x2A6DF),
]  # fmt: skip


def random_titles(count: int, seed: int) -> list[str]:
    """Titles of one to thirty letters from one or two scripts each; some repeat in another case or normal form."""
    choice = random.Random(seed)
    titles: list[str] = []
    while len(titles) < count:
        blocks = choice.sample(BLOCKS, 2)
        letters = [chr(choice.randint(*choice.choice(blocks))) for _ in range(choice.randint(1, 30))]
        title = "".join(letter for letter in letters if letter.isprintable())
        if titles and choice.random() < 0.05:
            title = choice.choice([str.upper, str.swapcase, lambda t: unicodedata.normalize("NFD", t)])(
                choice.choice(titles)
            )
        titles.append(title)
    return titles


def test_a_thousand_random_titles(tmp_path: Path) -> None:
    """1,000 titles as file names and tags: each story has a path of its own, or is told."""
    titles = random_titles(1000, 12)
    files = {}
    for number, title in enumerate(titles):
        name = title.replace("/", "_").encode()[:150].decode("utf-8", "ignore").strip() or "x"
        tag = json.dumps(title, ensure_ascii=False) if title.strip() else '"x"'
        head = f"---\ntitle: Story {number}\ndate: 2026-01-02\nid: id-{number:05}\ntags: [{tag}]\n---\n\nText.\n"
        files[f"content/posts/{number}/a{name}.md"] = head
    fixture = tiny.site(tmp_path / "site", files)
    report = fixture.build()
    paths = list(fixture.tree())
    assert len({collision_key(path) for path in paths}) == len(paths)
    for path in paths:
        for part in path.split("/"):
            assert len(part.encode()) <= MAX_SEGMENT
            assert part == ".dateline-output" or (segment_fault(part) is None and windows_takes(part))
            assert unicodedata.is_normalized("NFC", part)
    pages = {name for name in paths if name.startswith("2026/01/")}
    published = {int(found[1]) for name in pages if (found := re.search(r"<h1>Story (\d+)<", fixture.page(name)))}
    told = "\n".join(messages(report))
    lost = [n for n in range(len(titles)) if n not in published and f"content/posts/{n}/" not in told]
    assert lost == []
    twice = [problem for problem in report.problems if "same URL" in problem.cause]
    assert all("content/posts/" in problem.cause and problem.path for problem in twice)
    assert len(published) > 900
    assert twice


# Most names are plain ASCII and take a shorter way, which must lead to the same place.

PLAIN = st.lists(st.sampled_from([*"abzABZI019-_. '’“”—–…!&", "con", "Com1", "nul.", "x" * 70]), max_size=12).map(
    "".join
)
ASCII = st.text(st.characters(max_codepoint=127), max_size=20)
NEAR = st.one_of(PLAIN, PLAIN, ASCII, st.text(max_size=12), st.text(st.sampled_from("aI+#é\u0301’'ſK%{}"), max_size=8))


@settings(max_examples=1_000, deadline=None)
@given(NEAR, LANGUAGES)
def test_plain_words_are_the_words(text: str, language: str) -> None:
    """The quick way to a slug gives the words that the whole rules give, or none."""
    text = unicodedata.normalize("NFC", text)
    assert permalinks._plain_words(text, language) in ([], permalinks._words(text, language))


def test_plain_words_do_their_work() -> None:
    """A headline in English takes the quick way, Turkish and marks with rules of their own do not."""
    assert permalinks._plain_words("The mayor’s “plan” — 5 questions", "en")
    assert not permalinks._plain_words("ISPARTA", "tr-TR")
    assert not permalinks._plain_words("C++", "en")


@settings(max_examples=1_000, deadline=None)
@given(st.lists(NEAR, min_size=1, max_size=4).map("/".join), st.sampled_from(["", "/"]), st.sampled_from(["", "/"]))
@example("a/" * 499 + "abc", "/", "")
@example("a/" * 499 + "abcd", "/", "")
@example("x" * 200, "/", "/")
@example("x" * 201, "/", "/")
def test_plain_paths_are_what_the_rules_allow(path: str, start: str, end: str) -> None:
    """What the quick way lets pass has no fault by the whole rules, and is its own site path."""
    for segment in path.split("/"):
        assert segment_fault(segment) == permalinks._any_segment_fault(segment)

    def site_path_by(way: object) -> str:
        try:
            return way(f"{start}{path}{end}")  # type: ignore[operator]
        except PathError as error:
            return f"error: {error}"

    assert site_path_by(site_path) == site_path_by(permalinks._any_site_path)
    assert collision_key(path) == unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


@pytest.mark.parametrize("path", ["/2026/01/the-story/", "/feed.xml", "/images/photo-11.png", "/tags/c-sharp/"])
def test_plain_paths_take_the_quick_way(path: str) -> None:
    """Paths as sites have them are plain."""
    assert permalinks._SIMPLE_PATH.fullmatch(path)


@settings(max_examples=500, deadline=None)
@given(
    NEAR,
    NEAR,
    NEAR,
    st.sampled_from(["/{year}/{month}/{day}/{slug}/", "/{section}/{slug}.html", "/{id}/{section}/{section}/"]),
)
@example("a%41b", "c", "d", "/{section}/{slug}.html")
@example("{section}", "{slug}", "{id}", "/{section}/{slug}.html")
def test_values_of_a_pattern_are_only_values(slug: str, section: str, identity: str, pattern: str) -> None:
    """Whatever a value holds, it is put where its name stands, once."""
    when = dt.datetime(1066, 1, 2, tzinfo=dt.UTC)
    name = re.sub(r"[^\w.~-]+", "-", identity).strip(".-") or permalinks._digest(identity)
    values = {"year": "1066", "month": "01", "day": "02", "slug": slug, "section": section, "id": name}
    if not pattern.endswith("/"):
        values = {key: value.replace(".", "-") for key, value in values.items()}
    values = {key: value.replace("%", "%25") for key, value in values.items()}
    try:
        expected = site_path(re.sub(r"/{2,}", "/", pattern.format(**values)))
    except PathError as error:
        with pytest.raises(PathError, match=re.escape(str(error))):
            Pattern.parse(pattern).expand(when, slug, section, identity)
    else:
        assert Pattern.parse(pattern).expand(when, slug, section, identity) == expected

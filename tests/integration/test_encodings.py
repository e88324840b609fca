"""Every file has a stated outcome, whatever its bytes: published as written, published with a warning, or an error. Never dropped."""

# ruff: noqa: E501  # a table is read row by row

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import tiny
from lxml import etree, html
from support import SiteFixture, messages

from generator.build import BuildReport

PATH = "content/posts/x.md"
PAGE = "2026/01/x/index.html"
BOM = b"\xef\xbb\xbf"
NOT_UTF8 = "is not UTF-8"
UTF16 = "is UTF-16 or UTF-32, not UTF-8"
NO_MATTER = "has no front matter"
OPEN = "has front matter without its closing ---"
BLANKED = "replaced by a blank"


def article(title: str = "Title", body: str = "Body.", ends: str = "\n") -> str:
    """An article with the given line ends."""
    return f"---\ntitle: {title}\ndate: 2026-01-02\n---\n\n{body}\n".replace("\n", ends)


@dataclass(frozen=True)
class Case:
    """A file and its outcome.

    Attributes:
        title: The page's heading where it is published.
        text: What its page holds besides.
        told: Part of each message, in order; with `error`, of the error.
    """

    id: str
    data: bytes
    title: str = "Title"
    text: str = "Body."
    told: tuple[str, ...] = ()
    error: bool = False


def fine(id: str, data: str | bytes, title: str = "Title", text: str = "Body.", *told: str) -> Case:  # noqa: A002
    """Published, with the given warnings."""
    return Case(id, data if isinstance(data, bytes) else data.encode(), title, text, told)


def wrong(id: str, data: bytes, told: str) -> Case:  # noqa: A002
    """Not published, with the given error."""
    return Case(id, data, "", "", (told,), error=True)


NFC, NFD = "Café Zürich ệ", unicodedata.normalize("NFD", "Café Zürich ệ")

CASES = [
    # Line ends.
    fine("lf", article()),
    fine("crlf", article(ends="\r\n")),
    fine("cr", article(ends="\r")),
    fine("mixed-ends", b"---\r\ntitle: Title\rdate: 2026-01-02\n---\r\n\r\nBody.\r"),
    fine("crlf-in-body-only", article() + "One.\r\nTwo.\r\n", "Title", "One.\nTwo."),
    fine("no-end-at-the-end", article().rstrip("\n")),
    fine("nothing-after-the-matter", b"---\ntitle: Title\ndate: 2026-01-02\n---", text="<h1>"),
    fine("blank-lines-first", "\n\n \n" + article()),
    fine("next-line-in-body", article(body="One\x85two."), text="One\x85two."),
    fine("line-separator-in-body", article(body="One\u2028two\u2029three."), text="One\u2028two\u2029three."),
    fine("next-line-in-title", article("One\x85two"), "One two"),
    fine("line-separator-in-title", article("One\u2028two"), "One two"),
    fine("form-feed", article(body="One\x0ctwo."), "Title", "One two.", BLANKED),
    fine("vertical-tab", article(body="One\x0btwo."), "Title", "One two.", BLANKED),
    # Byte order marks.
    fine("bom", BOM + article().encode()),
    fine("bom-crlf", BOM + article(ends="\r\n").encode()),
    fine("bom-twice", BOM + BOM + article().encode()),
    fine("bom-then-blank-line", BOM + b"\n" + article().encode()),
    fine("bom-toml", BOM + b'+++\ntitle = "Title"\ndate = 2026-01-02\n+++\nBody.\n'),
    fine("bom-json", BOM + b'{"title": "Title", "date": "2026-01-02"}\nBody.\n'),
    fine("bom-inside", article(body="One\ufefftwo."), text="One\ufefftwo."),
    wrong("bom-alone", BOM, NO_MATTER),
    wrong("utf-16-le", article().encode("utf-16"), UTF16),
    wrong("utf-16-be", b"\xfe\xff" + article().encode("utf-16-be"), UTF16),
    wrong("utf-16-le-without-mark", article().encode("utf-16-le"), UTF16),
    wrong("utf-16-be-without-mark", article().encode("utf-16-be"), UTF16),
    wrong("utf-32-le", article().encode("utf-32"), UTF16),
    wrong("utf-32-be", b"\0\0\xfe\xff" + article().encode("utf-32-be"), UTF16),
    # Other encodings.
    wrong("latin-1-title", article("Café").encode("latin-1"), f":2: error: {NOT_UTF8}: byte 0xE9"),
    wrong("latin-1-body", article(body="Café").encode("latin-1"), f":6: error: {NOT_UTF8}: byte 0xE9"),
    wrong("windows-1252", article(body="“Quote”").encode("cp1252"), f":6: error: {NOT_UTF8}: byte 0x93"),
    wrong("windows-1251", article("Москва").encode("cp1251"), NOT_UTF8),
    wrong("windows-1254", article("Işık").encode("cp1254"), NOT_UTF8),
    wrong("iso-8859-9", article(body="ğüş").encode("iso-8859-9"), NOT_UTF8),
    wrong("koi8-r", article("Москва").encode("koi8-r"), NOT_UTF8),
    wrong("shift-jis", article("東京の話").encode("shift_jis"), NOT_UTF8),
    wrong("euc-kr", article("서울").encode("euc_kr"), NOT_UTF8),
    wrong("gb18030", article("北京").encode("gb18030"), NOT_UTF8),
    wrong("big5", article("臺北").encode("big5"), NOT_UTF8),
    wrong("mac-roman", article(body="Café").encode("mac_roman"), NOT_UTF8),
    wrong("ebcdic", article().encode("cp500"), NOT_UTF8),
    fine("utf-7", article(body="+ZeVnLIqe-").encode(), text="+ZeVnLIqe-"),
    # Broken UTF-8.
    wrong("cut-in-a-letter", article(body="€").encode()[:-2], NOT_UTF8),
    wrong("lone-continuation", article(body="x").encode() + b"\x80", NOT_UTF8),
    wrong("overlong", article(body="x").encode() + b"\xc0\xaf", NOT_UTF8),
    wrong("surrogate-bytes", article(body="x").encode() + b"\xed\xa0\x80", NOT_UTF8),
    wrong("cesu-8", article(body="x").encode() + b"\xed\xa0\xbd\xed\xb8\x80", NOT_UTF8),
    wrong("beyond-unicode", article(body="x").encode() + b"\xf4\x90\x80\x80", NOT_UTF8),
    wrong("ff", article(body="x").encode() + b"\xff", NOT_UTF8),
    wrong("mixed-utf-8-and-latin-1", article(body="é").encode() + "é".encode("latin-1"), NOT_UTF8),
    # Control characters and others that XML or HTML refuse.
    fine("nul-in-body", article(body="One\0two."), "Title", "One two.", "U+0000"),
    fine("nul-in-title", article("One\0two"), "One two", "Body.", "U+0000"),
    fine("backspace", article("One\x08two", "Three\x08four."), "One two", "Three four.", "U+0008", "U+0008"),
    fine("bell-in-tag", article("Title\ntags: [a\x07b]"), "Title", "Body.", "U+0007"),
    fine("escape", article(body="\x1b[31mred\x1b[0m"), "Title", "[31mred [0m", "U+001B"),
    fine("delete", article(body="One\x7ftwo."), "Title", "One two.", "U+007F"),
    fine("c1-control", article(body="One\x9ftwo."), "Title", "One two.", "U+009F"),
    fine("noncharacter-fffe", article(body="One\ufffetwo."), "Title", "One two.", "U+FFFE"),
    fine("noncharacter-fdd0", article(body="One\ufdd0two."), "Title", "One two.", "U+FDD0"),
    fine("unit-separator", article(body="One\x1ftwo."), "Title", "One two.", "U+001F"),
    fine("ctrl-z-at-the-end", article().encode() + b"\x1a", "Title", "Body.", "U+001A"),
    fine("escaped-control-in-yaml", article('"One\\x08two"'), "One two"),
    fine("escaped-nul-in-json", b'{"title": "One\\u0000two", "date": "2026-01-02"}\nBody.\n', "One two"),
    fine("escaped-control-in-toml", b'+++\ntitle = "One\\u0008two"\ndate = 2026-01-02\n+++\nBody.\n', "One two"),
    fine("lone-surrogate-in-json", b'{"title": "One\\ud83dtwo", "date": "2026-01-02"}\nBody.\n', "One two"),
    fine("surrogate-pair-in-json", b'{"title": "One\\ud83d\\ude00", "date": "2026-01-02"}\nBody.\n', "One😀"),
    fine("character-reference-to-control", article(body="One&#8;two &#0; &#x1F; end."), text="end."),
    fine(
        "markdown-placeholder",
        article(body="One \x02 klzzwxh:0001 \x03 two."),
        "Title",
        "klzzwxh:0001",
        "U+0002",
        "U+0003",
    ),
    # Normal forms and scripts.
    fine("nfc", article(NFC, NFC), NFC, NFC),
    fine("nfd", article(NFD, NFD), NFD, NFD),
    fine("astral", article("😀𝔘𠮷", "😀𝔘𠮷"), "😀𝔘𠮷", "😀𝔘𠮷"),
    fine("emoji-sequence", article("👩‍👩‍👧‍👦🏳️‍🌈"), "👩‍👩‍👧‍👦🏳️‍🌈"),
    fine("right-to-left", article("أخبار اليوم", "‏نص‏"), "أخبار اليوم", "‏نص‏"),
    fine("bidi-controls", article("a\u202eb\u2066c"), "a\u202eb\u2066c"),
    fine("zero-width", article("a\u200bb\u200dc\u00add"), "a\u200bb\u200dc\u00add"),
    fine("private-use", article("Logo \uf8ff"), "Logo \uf8ff"),
    fine("unassigned", article("New \U000e0fff"), "New \U000e0fff"),
    fine("replacement-character", article("Lost \ufffd"), "Lost \ufffd"),
    fine("no-break-space", article("One\u00a0two", "One\u00a0two."), "One two", "One&nbsp;two."),
    fine("combining-first", article("\u0301 first"), "\u0301 first"),
    fine("zalgo", article("Z" + "\u0300" * 500), "Z" + "\u0300" * 500),
    # Delimiters.
    fine("blanks-behind-delimiters", b"---  \ntitle: Title\ndate: 2026-01-02\n--- \t\nBody.\n"),
    wrong("dashes-of-word-processors", article().replace("---", "—-").encode(), NO_MATTER),
    wrong("zero-width-space-before", ("\u200b" + article()).encode(), NO_MATTER),
    wrong("never-closed", article().replace("---\n\nBody", "Body").encode(), OPEN),
    wrong("nul-bytes", b"\0" * 64, UTF16),
    wrong("gzip", b"\x1f\x8b\x08\x00\x00\x00\x00\x00", NOT_UTF8),
    wrong("empty", b"", NO_MATTER),
]
TABLE = [pytest.param(case, id=case.id) for case in CASES]


def check_output(tree: Mapping[str, bytes]) -> None:
    """Every file is UTF-8 without characters that XML or HTML refuse; every feed and sitemap is well-formed."""
    for name, data in tree.items():
        text = data.decode()
        assert not [char for char in text if unicodedata.category(char) == "Cc" and char not in "\t\n\r\x85"], name
        if name.endswith(".xml"):
            assert etree.fromstring(data) is not None
        elif name.endswith(".html"):
            assert html.fromstring(data) is not None


def check_nothing_dropped(fixture: SiteFixture, report: BuildReport, paths: list[str]) -> None:
    """Each article is on the site or named by an error, and with an error the exit code is 1."""
    gone = {item.source for item in report.unpublished}
    named = {problem.path for problem in report.problems if problem.severity == "error"}
    assert gone <= named
    assert report.posts == len(paths) - len(gone)
    assert report.exit_code() == int(bool(gone))


@pytest.mark.parametrize("case", TABLE)
def test_file_has_its_stated_outcome(tmp_path: Path, case: Case) -> None:
    """One file: published as stated with the stated warnings, or exit code 1 with the stated error."""
    fixture = tiny.site(tmp_path / "site", {PATH: case.data})
    report = fixture.build()
    told = messages(report)
    assert len(told) == len(case.told), told
    assert all(part in message for part, message in zip(case.told, told, strict=True)), told
    assert (PAGE in fixture.tree()) is not case.error
    check_nothing_dropped(fixture, report, [PATH, tiny.GOOD])
    check_output(fixture.tree())
    if not case.error:
        page = fixture.page(PAGE)
        assert f"<h1>{case.title}</h1>" in page
        assert case.text in page
        feed = etree.fromstring((fixture.output / "feed.xml").read_bytes())
        assert case.title in feed.xpath("//item/title/text()")


def test_the_table_is_large() -> None:
    """At least sixty files, each with a name of its own."""
    assert len(CASES) >= 60
    assert len({case.id for case in CASES}) == len(CASES)


def test_all_files_in_one_site(tmp_path: Path) -> None:
    """All files at once: none is dropped in silence, all output is valid UTF-8, all feeds are well-formed."""
    files = {f"content/posts/{case.id}.md": case.data for case in CASES}
    fixture = tiny.site(tmp_path / "site", files)
    report = fixture.build()
    check_nothing_dropped(fixture, report, [*files, tiny.GOOD])
    assert report.posts == 1 + sum(not case.error for case in CASES)
    check_output(fixture.tree())


NAMES = [
    ("café", "cafe"),
    (unicodedata.normalize("NFD", "café"), "cafe"),
    ("東京", "東京"),
    (unicodedata.normalize("NFD", "がぎぐ"), "がぎぐ"),
    ("ISPARTA Işık", "isparta-isik"),
    ("C++", "c-plus-plus"),
    ("con", "con-page"),
    ("a b  c", "a-b-c"),
    ("question? yes: <no>", "question-yes-no"),
    ("😀", None),
    ("-", None),
    ("x" * 240, None),
]


@pytest.mark.parametrize(("name", "slug"), NAMES)
def test_file_name_becomes_a_slug(tmp_path: Path, name: str, slug: str | None) -> None:
    """An article of any name has a page under a legal slug in NFC; no name loses it."""
    fixture = tiny.site(tmp_path / "site", {f"content/posts/{name}.md": article("Named")})
    assert messages(fixture.build()) == []
    pages = [path for path in fixture.tree() if path.startswith("2026/01/") and b"<h1>Named" in fixture.tree()[path]]
    assert len(pages) == 1
    assert unicodedata.is_normalized("NFC", pages[0])
    assert slug is None or pages == [f"2026/01/{slug}/index.html"]


def test_names_that_are_not_utf_8_are_told(tmp_path: Path) -> None:
    """A file whose name is latin-1 bytes is told and published nowhere; the rest is built."""
    fixture = tiny.site(tmp_path / "site", {})
    name = (fixture.root / "content/posts").__str__().encode() + b"/caf\xe9.md"
    try:
        with open(name, "wb") as file:  # noqa: PTH123  # a Path cannot name it
            file.write(article().encode())
    except OSError:
        pytest.skip("this file system takes UTF-8 names alone")
    report = fixture.build()
    assert report.exit_code() == 1
    assert "has a name that cannot be published" in messages(report)[0]
    assert report.posts == 1
    str(report.problems[0]).encode()


def test_picture_named_on_a_mac_is_found_by_its_composed_name(tmp_path: Path) -> None:
    """A picture whose name is stored decomposed is found by a link that is typed composed, and published composed."""
    decomposed = unicodedata.normalize("NFD", "café.svg")
    fixture = tiny.site(
        tmp_path / "site",
        {
            f"content/images/{decomposed}": '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2"/>',
            PATH: article(body="![Coffee](../images/café.svg) ![Again](/images/café.svg)"),
        },
    )
    assert messages(fixture.build()) == []
    assert "images/café.svg" in fixture.tree()
    assert fixture.page(PAGE).count('src="/images/caf%C3%A9.svg" width="3" height="2"') == 2

"""`site.toml`: every mistake told in one run, each with its line."""

# ruff: noqa: E501  # tables are read row by row

from __future__ import annotations

from pathlib import Path

import pytest
import tiny

from generator import config
from generator.errors import SettingsError
from generator.records import fields

HEAD = 'title = "T"\nbase_url = "https://example.org"\n'
KIND = "has the wrong kind of value:"
QUOTED = 'a text stands in straight quotation marks: title = "My paper"; true and false are small'
KEYED = 'write key = "value"; a key beyond a-z, 0-9, - and _ is quoted, too'
CLOSE = "close the quotation mark on the same line"
DOCS = "see docs/settings.md for an example"
ADDRESS = "`base_url` must be the site's whole address, with http or https"
SUCH = 'such as "https://example.org"'
TAG = 'use a tag such as "en", "tr" or "pt-BR"'
ZONE = 'use a name such as "Europe/London"'
PATTERN = 'such as "/{year}/{month}/{slug}/"'
OWN = "remove it; your own values belong under [extra]"
LEADS = "begin it with / or https://"
RANGE = "must be above 0 and at most 1000, not"

FAULTS = [
    ("title = 5", 1, f"`title` {KIND} expected text, got a whole number", DOCS),
    ('title = "  "', 1, "`title` must not be empty", ""),
    ('title = "a\\u0008b"', 1, "`title` has a control character", "delete it"),
    ('base_url = "example.org"', 2, ADDRESS, SUCH),
    ('base_url = "ftp://example.org"', 2, ADDRESS, SUCH),
    ('base_url = "https://"', 2, ADDRESS, SUCH),
    ('base_url = "https://[x"', 2, ADDRESS, SUCH),
    ('base_url = "https://example.org:99999"', 2, ADDRESS, SUCH),
    ('base_url = "https://exam ple.org"', 2, ADDRESS, SUCH),
    ('base_url = "https://example.org/?a"', 2, ADDRESS, SUCH),
    ('base_url = "https://example.org/#a"', 2, ADDRESS, SUCH),
    ('base_url = "https://example.org/a/../b"', 2, ADDRESS, SUCH),
    ('base_url = "https://example.org/é"', 2, ADDRESS, SUCH),
    ('base_url = "https://example.org/<x>"', 2, ADDRESS, SUCH),
    ('base_url = "https://me:secret@example.org"', 2, "`base_url` would publish a name or password", SUCH),
    ('base_url = ["https://example.org"]', 2, f"`base_url` {KIND} expected text, got a list", DOCS),
    ("description = 1", 3, f"`description` {KIND} expected text, got a whole number", DOCS),
    ('language = "plain english"', 3, "`language` is no language tag: 'plain english'", TAG),
    ("language = true", 3, f"`language` {KIND} expected text, got true or false", DOCS),
    ('timezone = "Mars/Base"', 3, "`timezone` names no time zone: 'Mars/Base'", ZONE),
    ('timezone = "../../etc/passwd"', 3, "`timezone` names no time zone: '../../etc/passwd'", ZONE),
    ('timezone = "/etc/localtime"', 3, "`timezone` names no time zone: '/etc/localtime'", ZONE),
    ('timezone = ""', 3, "`timezone` names no time zone: ''", ZONE),
    ('theme = "../x"', 3, "`theme` must be the name of a folder below themes/, not '../x'", 'such as "broadsheet"'),
    ('permalink = "/{year}/"', 3, "`permalink` needs {slug} or {id}, or all posts would have one URL", PATTERN),
    ('permalink = "/{nope}/{slug}/"', 3, "`permalink` has the unknown field {nope}; known are {year} {month} {day} {slug} {section} {id}", PATTERN),
    ('permalink = "/../{slug}/"', 3, "`permalink` has an empty, `.` or `..` segment", PATTERN),
    ("page_size = 0", 3, f"`page_size` {RANGE} 0", ""),
    ("page_size = 1001", 3, f"`page_size` {RANGE} 1001", ""),
    ('page_size = "20"', 3, f"`page_size` {KIND} expected a whole number, got text", DOCS),
    ("page_size = 1.5", 3, f"`page_size` {KIND} expected a whole number, got a number", DOCS),
    ("'page_size' = 0", 3, f"`page_size` {RANGE} 0", ""),
    ("copyright = []", 3, f"`copyright` {KIND} expected text, got a list", DOCS),
    ('sections = ["a"]', 3, f"`sections` {KIND} expected a table, got a list", DOCS),
    ('[sections]\n"a/b" = "A"', 3, "`sections` has a name that cannot be part of a URL: 'a/b'", 'use slug = "Name"'),
    ("[sections]\na = 1", 3, f"`sections` {KIND} expected text, got a whole number", DOCS),
    ('[sections]\na = ""', 3, "`sections` has no name for 'a'", 'write a = "Name"'),
    ('[sections]\ntown = "A"\nTown = "B"', 3, "`sections` has 'town' and 'Town', which some systems take for one", "rename one of them"),
    ('[[navigation]]\nlabel = "A"', 3, f"`navigation` {KIND} lacks url in entry 1", DOCS),
    ('[[navigation]]\nlabel = "A"\nurl = "about"', 3, "`navigation` has a URL that leads nowhere: 'about'", LEADS),
    ('[[navigation]]\nlabel = "A"\nurl = "javascript:x"', 3, "`navigation` has a URL that leads nowhere: 'javascript:x'", LEADS),
    ('[[navigation]]\nlabel = "A"\nurl = "//evil.example"', 3, "`navigation` has a URL that leads nowhere: '//evil.example'", LEADS),
    ('[[navigation]]\nlabel = "A"\nurl = "/a"\nurll = 1', 6, "`navigation.urll` is not a setting", "did you mean `navigation.url`?"),
    ('[navigation]\nlabel = "A"', 3, f"`navigation` {KIND} expected a list, got a table", DOCS),
    ("markup = 5", 3, "`markup` must be a table, [markup]", ""),
    ('[markup]\nextensions = "extra"', 4, f"`markup.extensions` {KIND} expected a list, got text", DOCS),
    ('[markup]\nextensions = ["a b"]', 4, "`markup.extensions` has a name that is no extension: 'a b'", ""),
    ('[markup]\nraw_html = "yes"', 4, "`markup.raw_html` must be one of clean, allow, escape, not 'yes'", ""),
    ('[ markup ]\nraw_html = "yes"', 4, "`markup.raw_html` must be one of clean, allow, escape, not 'yes'", ""),
    ('markup.raw_html = "yes"', 3, "`markup.raw_html` must be one of clean, allow, escape, not 'yes'", ""),
    ('markup = { raw_html = "yes" }', 3, "`markup.raw_html` must be one of clean, allow, escape, not 'yes'", ""),
    ("[markup]\n\ntime_limit = 0", 5, "`markup.time_limit` must be above 0 and at most 3600, not 0.0", ""),
    ("[markup]\ntime_limit = nan", 4, "`markup.time_limit` must be above 0 and at most 3600, not nan", ""),
    ('[markup]\ntime_limit = "5"', 4, f"`markup.time_limit` {KIND} expected a number, got text", DOCS),
    ("[feeds]\nitems = 0", 4, f"`feeds.items` {RANGE} 0", ""),
    ("[feeds]\nitem = 5", 4, "`feeds.item` is not a setting", "did you mean `feeds.items`?"),
    ("extra = 5", 3, f"`extra` {KIND} expected a table, got a whole number", DOCS),
    ('titel = "x"', 3, "`titel` is not a setting", "did you mean `title`?"),
    ('byline = "x"', 3, "`byline` is not a setting", OWN),
    ("[markup]\nfoo = 1", 4, "`markup.foo` is not a setting", OWN),
    ('title = "again"\ntitle = "B"', 2, "has `title` twice; the first is on line 1", "keep one of the two"),
    ('[sections]\nsea = "A"\nyard = "B"\nsea = "C"', 6, "has `sections.sea` twice; the first is on line 4", "keep one of the two"),
    ("[feeds]\nitems = 5\n[feeds]", 5, "has `feeds` twice; the first is on line 3", "keep one of the two"),
    ('description = "open', 3, "is not TOML: Illegal character '\\n'", CLOSE),
    ("page_size = ", 3, "is not TOML: Invalid value", QUOTED),
    ("description = plain", 3, "is not TOML: Invalid value", QUOTED),
    ('description: "x"', 3, "is not TOML: Expected '=' after a key in a key/value pair", KEYED),
    ("[sections]\nAğaç = 'x'", 4, "is not TOML: Expected '=' after a key in a key/value pair", KEYED),
    ("extra = [1", 3, "is not TOML: Unclosed array", "close it with ]"),
    ("x = " + "[" * 5000, None, "nests too deep, or has an endless number", "flatten or quote it"),
    ("page_size = " + "9" * 5000, None, "nests too deep, or has an endless number", "flatten or quote it"),
]  # fmt: skip


def problems_of(text: str) -> list[str]:
    """What a `site.toml` is told."""
    with pytest.raises(SettingsError) as caught:
        config.parse(text)
    return [str(problem) for problem in caught.value.problems]


def with_line(line: str) -> str:
    """A sound `site.toml` with one fault: the line replaces the one of the same key, or is the third."""
    key = line.split(" ", 1)[0]
    kept = [row for row in HEAD.splitlines() if not row.startswith(f"{key} ")]
    return "\n".join([line, *kept] if key == "title" else [*kept, line]) + "\n"


@pytest.mark.parametrize(("line", "number", "cause", "fix"), FAULTS)
def test_fault_is_told_with_its_line(line: str, number: int | None, cause: str, fix: str) -> None:
    """One fault in `site.toml` gives one message: its line, the cause and the way out."""
    place = "site.toml" if number is None else f"site.toml:{number}"
    assert problems_of(with_line(line)) == [f"{place}: error: {cause}" + (f"\n    {fix}" if fix else "")]


def test_all_faults_of_all_tables_in_one_run() -> None:
    """Faults in several tables, and missing and unknown keys, are told together."""
    told = problems_of(
        'titel = "x"\npage_size = 0\nlanguage = "plain english"\n'
        '[markup]\nraw_html = "yes"\ntime_limit = 0\n[feeds]\nitems = -1\n[sections]\n"a/b" = "A"\n'
    )
    assert [message.split("`")[1] for message in told] == [
        "titel", "title", "base_url", "language", "page_size", "sections", "markup.raw_html", "markup.time_limit", "feeds.items",
    ]  # fmt: skip


def test_missing_keys_are_told_with_an_example() -> None:
    """An empty file says which two lines it needs."""
    assert problems_of("") == [
        'site.toml:1: error: `title` is missing\n    add a line such as title = "The Daily"',
        'site.toml:1: error: `base_url` is missing\n    add a line such as base_url = "https://example.org"',
    ]


def test_defaults_and_values() -> None:
    """Two lines make settings; what is written wins over the default, and the base URL loses its last slash."""
    plain = config.parse(HEAD)
    assert (plain.page_size, plain.language, plain.timezone, plain.markup.raw_html) == (20, "en", "UTC", "clean")
    full = config.parse(
        'title = "T"\nbase_url = "https://example.org:8443/news/"\npage_size = 7\ntimezone = "Asia/Tokyo"\n'
        '[sections]\ntown = "Town Hall"\n[[navigation]]\nlabel = "A"\nurl = "/a/"\n[markup]\nraw_html = "escape"\n'
        "time_limit = 2\n[feeds]\nitems = 3\n[extra]\nmotto = { en = ['x', 1] }\n"
    )
    assert full.base_url == "https://example.org:8443/news"
    assert (full.page_size, full.zone.key, full.markup.raw_html, full.markup.time_limit) == (
        7,
        "Asia/Tokyo",
        "escape",
        2.0,
    )
    assert (full.feeds.items, full.sections, full.navigation[0].label) == (3, {"town": "Town Hall"}, "A")
    assert full.theme_extra["motto"]["en"] == ("x", 1)  # type: ignore[index]


def test_settings_of_the_command_line_win_and_are_checked() -> None:
    """An override replaces a setting and passes the same check."""
    assert config.parse(HEAD, {"theme": "plain"}).theme == "plain"
    with pytest.raises(SettingsError, match="theme"):
        config.parse(HEAD, {"theme": "../x"})


def test_every_setting_has_a_reader_of_its_kind() -> None:
    """Each field of Settings refuses a value of a kind that it cannot be."""
    for spec in fields(config.Settings):
        with pytest.raises(SettingsError, match=f"`{spec.name}`"):
            config.parse(f"{spec.name} = 1979-05-27\n")


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b'title = "Caf\xe9"\n', "cannot be read"),
        ('title = "T"'.encode("utf-16"), "cannot be read"),
        (None, "there is no site.toml"),
    ],
)
def test_file_that_cannot_be_read(tmp_path: Path, data: bytes | None, cause: str) -> None:
    """A missing `site.toml`, or one that is not UTF-8, is told, exit code 2."""
    if data is not None:
        (tmp_path / "site.toml").write_bytes(data)
    with pytest.raises(SettingsError, match=cause) as caught:
        config.load(tmp_path)
    assert caught.value.exit_code == 2


def test_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    """A `site.toml` of Windows' Notepad is read."""
    (tmp_path / "site.toml").write_bytes(b"\xef\xbb\xbf" + HEAD.replace("\n", "\r\n").encode())
    assert config.load(tmp_path).title == "T"


def test_a_wrong_setting_writes_nothing(tmp_path: Path) -> None:
    """With a fault in `site.toml` a build raises and leaves no output."""
    fixture = tiny.site(tmp_path / "site", {}, "page_size = 0\n")
    with pytest.raises(SettingsError, match="page_size"):
        fixture.build()
    assert not fixture.output.exists()


def test_an_unknown_extension_is_told(tmp_path: Path) -> None:
    """An extension of Markdown that cannot be loaded stops the build with its name."""
    fixture = tiny.site(tmp_path / "site", {}, '[markup]\nextensions = ["no_such_thing"]\n')
    with pytest.raises(SettingsError, match="no_such_thing"):
        fixture.build()

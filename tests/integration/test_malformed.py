"""Articles that cannot be right: each is told with its line, its cause and a way out, and harms no other."""

# ruff: noqa: E501  # a table is read row by row

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import tiny
from support import SiteFixture, messages
from support import post as article

BAD = "content/posts/bad.md"
BESIDE = {
    "content/posts/draft.md": article("Draft", status="draft"),
    "content/posts/old.md": article("Old", expires="2026-02-01"),
}
LIMIT = "[markup]\ntime_limit = 0.2\n"

BEGIN = "begin the file with a line ---, then title: and date:, then a line ---; or `dateline import` a raw text"
CLOSE = "add a line --- after the last key"
PAIRS = (
    "write one key a line, a blank after its colon, such as title: My story; a rule at the top of a text is written ***"
)
WHEN = "write 2026-11-23, 2026-11-23 09:30 or 2026-11-23T09:30:00+01:00"
ONE_LINE = "write it on one line, or quote it"
TOO_MUCH = "has front matter beyond 10000 values or 20 levels"
SHRINK = "move the data into the body, and check for YAML aliases (*name)"
QUOTE = "quote the value if it holds `: `, ` #`, or begins with one of @ ` % & * ! | > [ { \" '"
COMMENT = "quote the whole value, or, where a comment is meant, put a blank after the #"
SAVE = "save it as UTF-8; `dateline import` reads other encodings"
SAVE_16 = "save it as UTF-8, or `dateline import` it"
FILL = "fill it in, or delete the line"
ROOTED = "write a path from the site's root, such as /2023/05/story/"
LETTERS = "use letters, digits and hyphens, or leave it out"
IDENTITY = "use letters, digits and . _ : / -, but not 1 to 4 digits alone; `dateline new` makes one"
PLAIN_LIST = "write a plain list: [one, two]"
PICTURE = "name a file beside the article, or /images/name.jpg"
TAG = "use a tag such as en, tr or pt-BR"
HTTPS = "begin it with https://"
MAYBE_PUBLIC = "is not a key here, and without it the post might be public"
DRAFT = "write status: draft, or delete the line where the post is public"
LATER = "write its value behind date:, which keeps a post back until then"
FROM_HERE = "paths count from the article's own folder; begin with / for the site's root"
MEANT = "did you mean good.md?"
SLOW = "takes more than 0.2 seconds to render, so it is left out"
HASTE = "look for long runs of brackets, < or *; or raise `time_limit` under [markup] in site.toml"
TITLE = "add a line such as title: What happened"
OUTDENT = "quote a value that holds `: `, and begin every key at the start of its line"
INDENT = "indent them below it, one a line"
DOUBLE = "quote the whole value, and double a quotation mark inside: 'It''s'"
NOT_PAIRS = "has front matter that is not a list of `key: value` lines"
NO_TEMPLATE = "name a file of the theme without .html"


@dataclass(frozen=True)
class Row:
    """One malformed article.

    Attributes:
        file: Its bytes.
        line: Line of the one error; None where the whole file is meant.
        others: Files that it needs beside it.
    """

    id: str
    file: bytes
    line: int | None
    cause: str
    fix: str
    path: str = BAD
    others: Mapping[str, str] = field(default_factory=dict)

    @property
    def head(self) -> str:
        """The first line of the message."""
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place}: error: {self.cause}"

    @property
    def message(self) -> str:
        """The whole message."""
        return self.head + (f"\n    {self.fix}" if self.fix else "")


def row(id: str, file: str | bytes, line: int | None, cause: str, fix: str = "", **more: object) -> Row:  # noqa: A002
    """A Row, its text given as such."""
    return Row(id, file if isinstance(file, bytes) else file.encode(), line, cause, fix, **more)  # type: ignore[arg-type]


def keyed(lines: str) -> str:
    """An article with further front matter, which begins on line 4."""
    return f"---\ntitle: Bad\ndate: 2026-01-02\n{lines}\n---\n\nText.\n"


def dated(line: str) -> str:
    """An article with its date on line 3."""
    return f"---\ntitle: Bad\n{line}\n---\n\nText.\n"


def tomled(lines: str) -> str:
    """An article with TOML, which begins on line 2."""
    return f"+++\n{lines}\n+++\n\nText.\n"


def bodied(body: str) -> str:
    """An article whose body begins on line 7."""
    return f"---\ntitle: Bad\ndate: 2026-01-02\nsummary: s\n---\n\n{body}\n"


UNTITLED_DAY = "---\ntitle: Bad\n---\n\nText.\n"
NO_DAY = "the date in the file's name is a day that no calendar has: "

ROWS = [
    row("plain-text", "Just text.\n", 1, "has no front matter", BEGIN),
    row("empty", "", 1, "has no front matter", BEGIN),
    row("blank", "\n \n", 1, "has no front matter", BEGIN),
    row("never-closed", "---\ntitle: Bad\n\nText.\n", 1, "has front matter without its closing ---", CLOSE),
    row("never-closed-further-down", "\n\n---\ntitle: Bad\n\nText.\n", 3, "has front matter without its closing ---", CLOSE),
    row("closed-by-dots", "---\ntitle: Bad\n...\n\nText.\n", 1, "has front matter without its closing ---", CLOSE),
    row("closed-by-four", "---\ntitle: Bad\n----\n\nText.\n", 1, "has front matter without its closing ---", CLOSE),
    row("closing-indented", "---\ntitle: Bad\n ---\n\nText.\n", 1, "has front matter without its closing ---", CLOSE),
    row("toml-never-closed", "+++\ntitle = \"Bad\"\n---\n\nText.\n", 1, "has front matter without its closing +++", "add a line +++ after the last key"),
    row("a-list", "---\n- title\n- date\n---\n\nText.\n", 2, NOT_PAIRS, PAIRS),
    row("rule-above-text", "---\nA rule began this text.\n\n---\n\nMore.\n", 2, NOT_PAIRS, PAIRS),
    row("rule-above-prose-with-colon", "---\nOnce: a tale.\nIt was\n\n---\n\nMore.\n", 3, "has unreadable YAML: a line without `key:`", "write key: value; a rule above a text is written ***"),
    row("no-blank-after-colon", "---\ntitle:Bad\ndate:2026-01-02\n---\n\nText.\n", 2, NOT_PAIRS, PAIRS),
    row("empty-block", "---\n---\n\nText.\n", 1, "has no title", TITLE),
    row("json-array", "[1, 2]\n\nText.\n", 1, "has no front matter", BEGIN),
    row("twice", keyed("tags: [a]\ntitle: Again"), 5, "has the key `title` twice", "keep one of the two"),
    row("twice-below", keyed("extra:\n  a: 1\n  a: 2"), 6, "has the key `a` twice", "keep one of the two"),
    row("tab-indent", keyed("extra:\n\ta: 1"), 5, "has unreadable YAML: a TAB where blanks belong", "indent with blanks, not with TAB"),
    row("tab-in-list", keyed("tags:\n\t- a"), 5, "has unreadable YAML: a TAB where blanks belong", "indent with blanks, not with TAB"),
    row("tab-continues", keyed("summary: one\n\ttwo"), 5, "has unreadable YAML: a TAB where blanks belong", "indent with blanks, not with TAB"),
    row("colon-in-title", "---\ntitle: Mayor: I quit\ndate: 2026-01-02\n---\n\nText.\n", 2, "has unreadable YAML: a colon where none belongs", OUTDENT),
    row("begins-with-at", keyed("summary: @home"), 4, "has unreadable YAML: a value that must be quoted", QUOTE),
    row("begins-with-percent", keyed("summary: %x"), 4, "has unreadable YAML: a value that must be quoted", QUOTE),
    row("begins-with-backtick", keyed("summary: `x`"), 4, "has unreadable YAML: a value that must be quoted", QUOTE),
    row("begins-with-star", keyed("summary: *Bold* words"), 4, "has unreadable YAML: a value that begins with * or &", "quote it"),
    row("star-in-list", keyed("tags: [*x]"), 4, "has unreadable YAML: a value that begins with * or &", "quote it"),
    row("name-taken", keyed("summary: &co of London"), 4, "has a value of which &co would be lost: YAML takes it for a name", "quote the whole value"),
    row("lone-ampersand", keyed("summary: & Sons"), 4, "has unreadable YAML: a value that begins with * or &", "quote it"),
    row("foreign-tag", keyed("summary: !Stop thief"), 4, "has the YAML tag !Stop", "remove it, or quote the whole value"),
    row("python-tag", keyed('summary: !!python/object/apply:os.system ["ls"]'), 4, "has the YAML tag !!python/object/apply:os.system", "remove it, or quote the whole value"),
    row("binary-tag", keyed("summary: !!binary aGVsbG8="), 4, "has the YAML tag !!binary", "remove it, or quote the whole value"),
    row("hashtag", keyed("summary: We are #1 again"), 4, "has a value of which #1 would be lost: YAML takes it for a comment", COMMENT),
    row("hashtag-first", keyed("summary: #metoo"), 4, "has a value of which #metoo would be lost: YAML takes it for a comment", COMMENT),
    row("colour", keyed("extra:\n  colour: #fff"), 5, "has a value of which #fff would be lost: YAML takes it for a comment", COMMENT),
    row("quote-never-closed", keyed('summary: "Bad\ntags: [a]'), 4, "has unreadable YAML: a quotation mark that is never closed", "close it, or delete the one that opens"),
    row("text-after-quote", keyed('summary: "Bad" said he'), 4, "has unreadable YAML: something after a closing quotation mark, or a key that is indented askew", DOUBLE),
    row("apostrophe-in-quotes", keyed("summary: 'It's bad'"), 4, "has unreadable YAML: something after a closing quotation mark, or a key that is indented askew", DOUBLE),
    row("list-never-closed", keyed("tags: [a, b\nsection: x"), 4, "has unreadable YAML: a [ or { that is never closed, or text after it", "close it, or quote the whole value"),
    row("table-never-closed", keyed("image: {src: a.jpg"), 4, "has unreadable YAML: a [ or { that is never closed, or text after it", "close it, or quote the whole value"),
    row("braces", "---\ntitle: {{ title }}\ndate: 2026-01-02\n---\n\nText.\n", 2, "has a list or table where a key belongs", 'a text that begins with { or [ must be quoted: "{{ x }}"'),
    row("indented-key", keyed(" tags: [a]"), 4, "has unreadable YAML: a colon where none belongs", OUTDENT),
    row("outdented-key", "---\n  title: Bad\ndate: 2026-01-02\n---\n\nText.\n", 3, "has unreadable YAML: a key that begins further left than the first", "begin every key at the start of its line"),
    row("line-without-key", keyed("tags [a]\nsection: x"), 4, "has unreadable YAML: a line without `key:`", "write key: value; a rule above a text is written ***"),
    row("bad-escape", keyed('summary: "\\q"'), 4, "has unreadable YAML: found unknown escape character", QUOTE),
    row("list-as-key", keyed("? [a, b]\n: c"), 4, "has a list or table where a key belongs", 'a text that begins with { or [ must be quoted: "{{ x }}"'),
    row("alias-bomb", keyed("extra:\n  a: &a [" + "1, " * 99 + "1]\n  b: &b [" + "*a, " * 99 + "*a]\n  c: [*b, *b]"), 5, TOO_MUCH, SHRINK),
    row("alias-of-itself", keyed("extra: &x\n  y: *x"), 4, TOO_MUCH, SHRINK),
    row("depth", keyed("extra: " + "[" * 30 + "]" * 30), 4, TOO_MUCH, SHRINK),
    row("depth-that-overflows-the-stack", keyed("extra: " + "[" * 100_000), 4, TOO_MUCH, SHRINK),
    row("depth-by-hyphens", keyed("extra:\n  " + "- " * 100_000), 5, TOO_MUCH, SHRINK),
    row("line-separator-before", keyed("series: a\u2028b\x85c\nslug: a/b"), 5, "`slug` is one part of a URL, without slashes: 'a/b'", "use `permalink` for a whole path"),
    row("toml-unquoted", tomled('title = Bad'), 2, "has unreadable TOML: Invalid value", 'text is quoted: title = "My story"'),
    row("toml-unclosed-list", tomled('title = "Bad"\ndate = 2026-01-02\ntags = ["a"'), 4, "has unreadable TOML: Unclosed array", "close it with ]"),
    row("toml-twice", tomled('title = "Bad"\ndate = 2026-01-02\ntitle = "B"'), 4, "has unreadable TOML: Cannot overwrite a value", "keep one of the two"),
    row("toml-impossible-day", tomled('title = "Bad"\ndate = 2026-02-30'), 3, "has unreadable TOML: Invalid date or datetime", "write 2026-11-23, or 2026-11-23T09:30:00+01:00"),
    row("toml-time-alone", tomled('title = "Bad"\ndate = 10:00:00'), 3, "`date` is not a date: '10:00:00'", WHEN),
    row("toml-open-quote", tomled('title = "Bad\ndate = 2026-01-02'), 2, "has unreadable TOML: Illegal character '\\n'", "close the quotation mark on the same line"),
    row("toml-as-yaml", tomled('title: Bad'), 2, "has unreadable TOML: Expected '=' after a key in a key/value pair", 'text is quoted: title = "My story"'),
    row("toml-depth", tomled('title = "Bad"\ndate = 2026-01-02\nextra.x = ' + '[' * 5000 + ']' * 5000), 2, TOO_MUCH, SHRINK),
    row("toml-moderate-depth", tomled('title = "Bad"\ndate = 2026-01-02\nextra.x = ' + '[' * 90 + ']' * 90), 4, TOO_MUCH, SHRINK),
    row("toml-endless-number", tomled('title = "Bad"\ndate = ' + '9' * 5000), 2, "has an endless number", "quote it"),
    row("toml-table-lacks-key", tomled('title = "Bad"\ndate = 2026-01-02\n\n[image]\nalt = "x"'), 5, "`image` lacks `src`", "add src: below it"),
    row("toml-table-for-text", tomled('title = "Bad"\ndate = 2026-01-02\n[extra]\nslug = "fine"\n[slug]\nx = 1'), 5, "`slug` must be text, not a table of keys", ONE_LINE),
    row("json-never-closed", '{\n"title": "Bad",\n"date": "2026-01-02"\n\nText.\n', 5, "has unreadable JSON: Expecting ',' delimiter", "front matter that begins with { must be one JSON object"),
    row("json-twice", '{\n"title": "Bad",\n"date": "2026-01-02",\n"title": "B"\n}\n', 4, "has the key `title` twice", "keep one of the two"),
    row("json-single-quotes", "{\n'title': 'Bad'\n}\n", 2, "has unreadable JSON: Expecting property name enclosed in double quotes", "front matter that begins with { must be one JSON object"),
    row("json-list-for-text", '{\n"title": ["Bad"],\n"date": "2026-01-02"\n}\n', 2, "`title` must be text, not a list", ONE_LINE),
    row("json-depth", '{"title": "B", "date": "2026-01-02",\n"extra": {"x": ' + '[' * 100_000, 1, TOO_MUCH, SHRINK),
    row("json-moderate-depth", '{"title": "B", "date": "2026-01-02",\n"extra": {"x": ' + '[' * 500 + ']' * 500 + '}}\n', 2, TOO_MUCH, SHRINK),
    row("json-nan", '{"title": "B",\n"date": NaN}\n', 2, "`date` is not a date: 'NaN'", WHEN),
    row("json-endless-number", '{"title": "B",\n"date": ' + '9' * 5000 + '}\n', 1, "has an endless number", "quote it"),
    row("json-lone-surrogate", '{"title": "\\ud800", "date": "2026-01-02"}\n', 1, "`title` is empty", FILL),
    row("json-key-also-below", '{"extra": {"slug": 1},\n"title": "B", "date": "2026-01-02",\n"slug": "a/b"}\n', 3, "`slug` is one part of a URL, without slashes: 'a/b'", "use `permalink` for a whole path"),
    row("utf-16", keyed("slug: a").encode("utf-16"), 1, "is UTF-16 or UTF-32, not UTF-8", SAVE_16),
    row("utf-16-without-mark", keyed("slug: a").encode("utf-16-le"), 1, "is UTF-16 or UTF-32, not UTF-8", SAVE_16),
    row("utf-16-be", keyed("slug: a").encode("utf-16-be"), 1, "is UTF-16 or UTF-32, not UTF-8", SAVE_16),
    row("utf-32", keyed("slug: a").encode("utf-32"), 1, "is UTF-16 or UTF-32, not UTF-8", SAVE_16),
    row("latin-1-in-title", keyed("series: Café").encode("latin-1"), 4, "is not UTF-8: byte 0xE9 at offset 43", SAVE),
    row("latin-1-in-body", bodied("One.\n\nCafé").encode("latin-1"), 9, "is not UTF-8: byte 0xE9 at offset 57", SAVE),
    row("latin-1-with-cr", bodied("One.\n\nCafé").replace("\n", "\r").encode("latin-1"), 9, "is not UTF-8: byte 0xE9 at offset 57", SAVE),
    row("windows-1252", bodied("“x”").encode("cp1252"), 7, "is not UTF-8: byte 0x93 at offset 48", SAVE),
    row("cut-in-a-letter", bodied("€").encode()[:-2], 7, "is not UTF-8: byte 0xE2 at offset 48", SAVE),
    row("overlong-slash", bodied("x").encode() + b"\xc0\xaf", 8, "is not UTF-8: byte 0xC0 at offset 50", SAVE),
    row("surrogate-bytes", bodied("x").encode() + b"\xed\xa0\x80", 8, "is not UTF-8: byte 0xED at offset 50", SAVE),
    row("jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF", 1, "is not UTF-8: byte 0xFF at offset 0", SAVE),
    row("nul-bytes", b"\x00" * 9, 1, "is UTF-16 or UTF-32, not UTF-8", SAVE_16),
    row("too-large", bodied("x" * 16 * 1024 * 1024), None, "is 16777265 bytes long; an article may have 16777216", "split it"),
    row("title-null", "---\ntitle: ~\ndate: 2026-01-02\n---\n\nText.\n", 2, "has no title", TITLE),
    row("title-empty", '---\ntitle: ""\ndate: 2026-01-02\n---\n\nText.\n', 2, "`title` is empty", FILL),
    row("title-list", "---\ntitle: [a]\ndate: 2026-01-02\n---\n\nText.\n", 2, "`title` must be text, not a list", ONE_LINE),
    row("title-table", "---\ntitle: {a: b}\ndate: 2026-01-02\n---\n\nText.\n", 2, "`title` must be text, not a table of keys", ONE_LINE),
    row("date-word", dated("date: yesterday"), 3, "`date` is not a date: 'yesterday'", WHEN),
    row("date-30-february", dated("date: 2026-02-30"), 3, "`date` is a day that no calendar has: '2026-02-30'", WHEN),
    row("date-month-13", dated("date: 2026-13-01"), 3, "`date` is a day that no calendar has: '2026-13-01'", WHEN),
    row("date-month-0", dated("date: 2026-00-10"), 3, "`date` is a day that no calendar has: '2026-00-10'", WHEN),
    row("date-hour-25", dated("date: 2026-01-02 25:00"), 3, "`date` has a time that no clock shows: '2026-01-02 25:00'", WHEN),
    row("date-hour-24", dated("date: 2026-01-02 24:00"), 3, "`date` has a time that no clock shows: '2026-01-02 24:00'", WHEN),
    row("date-minute-60", dated("date: 2026-01-02 10:60"), 3, "`date` has a time that no clock shows: '2026-01-02 10:60'", WHEN),
    row("date-leap-second", dated("date: 2026-06-30 23:59:60"), 3, "`date` has a time that no clock shows: '2026-06-30 23:59:60'", WHEN),
    row("date-offset-25", dated("date: 2026-01-02 10:00 +25:00"), 3, "`date` has an offset that no place has: '2026-01-02 10:00 +25:00'", WHEN),
    row("date-offset-minutes", dated("date: 2026-01-02 10:00 +01:99"), 3, "`date` has an offset that no place has: '2026-01-02 10:00 +01:99'", WHEN),
    row("date-year-1", dated("date: 0001-01-01"), 3, "`date` has a year beyond 1000 to 9990: '0001-01-01'", WHEN),
    row("date-year-9999", dated("date: 9999-12-31"), 3, "`date` has a year beyond 1000 to 9990: '9999-12-31'", WHEN),
    row("date-german", dated("date: 02.01.2026"), 3, "`date` is not a date: '02.01.2026'", WHEN),
    row("date-slashes", dated("date: 2026/01/02"), 3, "`date` is not a date: '2026/01/02'", WHEN),
    row("date-digits", dated("date: 20260102"), 3, "`date` is not a date: '20260102'", WHEN),
    row("date-epoch", dated("date: 1700000000"), 3, "`date` is not a date: '1700000000'", WHEN),
    row("date-hour-alone", dated("date: 2026-01-02T10"), 3, "`date` is not a date: '2026-01-02T10'", WHEN),
    row("date-zone-name", dated("date: 2026-01-02 10:00:00 EST"), 3, "`date` is not a date: '2026-01-02 10:00:00 EST'", WHEN),
    row("date-list", dated("date: [2026-01-02]"), 3, "`date` must be text, not a list", ONE_LINE),
    row("date-empty", dated('date: ""'), 3, "`date` is not a date: ''", WHEN),
    row("date-null", dated("date: ~"), 2, "has no date", "add a line such as date: 2026-11-23 09:30, or begin the file's name with 2026-11-23-"),
    row("date-true", dated("date: true"), 3, "`date` is not a date: 'true'", WHEN),
    row("id-list", keyed("id: [a]"), 4, "`id` must be text, not a list", ONE_LINE),
    row("id-blank", keyed("id: a b"), 4, "`id` is no identity: 'a b'", IDENTITY),
    row("id-markup", keyed('id: "a<b"'), 4, "`id` is no identity: 'a<b'", IDENTITY),
    row("id-number", keyed("id: 12"), 4, "`id` is no identity: '12'", IDENTITY),
    row("id-empty", keyed('id: ""'), 4, "`id` is no identity: ''", IDENTITY),
    row("slug-percent", keyed('slug: "50%"'), 4, "`slug` has a percent sign, which URLs read as an escape", "use letters, digits and hyphens, or leave it out"),
    row("slug-slash", keyed("slug: a/b"), 4, "`slug` is one part of a URL, without slashes: 'a/b'", "use `permalink` for a whole path"),
    row("slug-dots", keyed("slug: .."), 4, "`slug` has an empty, `.` or `..` segment", LETTERS),
    row("slug-device", keyed("slug: con"), 4, "`slug` uses 'con', a name that Windows reserves", LETTERS),
    row("slug-device-html", keyed("slug: aux.html"), 4, "`slug` uses 'aux.html', a name that Windows reserves", LETTERS),
    row("slug-question", keyed('slug: "a?b"'), 4, "`slug` has a character that file systems refuse in 'a?b'", LETTERS),
    row("slug-backslash", keyed("slug: a\\b"), 4, "`slug` has a character that file systems refuse in 'a\\\\b'", LETTERS),
    row("slug-empty", keyed('slug: ""'), 4, "`slug` is empty", FILL),
    row("slug-list", keyed("slug: [a]"), 4, "`slug` must be text, not a list", ONE_LINE),
    row("slug-dot-end", keyed("slug: a."), 4, "`slug` has a segment with a blank or dot at its end: 'a.'", LETTERS),
    row("slug-dot-first", keyed("slug: .htaccess"), 4, "`slug` begins with a dot, as hidden files do: '.htaccess'", LETTERS),
    row("permalink-url", keyed("permalink: https://example.org/x/"), 4, "`permalink` 'https://example.org/x/' is a whole URL, not a path", ROOTED),
    row("permalink-out", keyed("permalink: /../x/"), 4, "`permalink` '/../x/' has an empty, `.` or `..` segment", ROOTED),
    row("permalink-encoded-out", keyed("permalink: /%2e%2e/x/"), 4, "`permalink` '/%2e%2e/x/' has an empty, `.` or `..` segment", ROOTED),
    row("permalink-double-slash", keyed("permalink: /a//b/"), 4, "`permalink` '/a//b/' has an empty, `.` or `..` segment", ROOTED),
    row("permalink-query", keyed("permalink: /x?y=1"), 4, "`permalink` '/x?y=1' has a query or a fragment, which no file can answer", ROOTED),
    row("permalink-fragment", keyed("permalink: /x#y"), 4, "`permalink` '/x#y' has a query or a fragment, which no file can answer", ROOTED),
    row("permalink-device", keyed("permalink: /con/"), 4, "`permalink` '/con/' uses 'con', a name that Windows reserves", ROOTED),
    row("permalink-empty", keyed('permalink: ""'), 4, "`permalink` is empty", FILL),
    row("permalink-list", keyed("permalink: [a]"), 4, "`permalink` must be text, not a list", ONE_LINE),
    row("permalink-not-utf-8", keyed("permalink: /%ff/"), 4, "`permalink` '/%ff/' has percent-escapes that are not UTF-8", ROOTED),
    row("permalink-nul", keyed("permalink: /x/%00/"), 4, "`permalink` '/x/%00/' has a character that file systems refuse in '\\x00'", ROOTED),
    row("permalink-other-host", keyed("permalink: //evil.example/x"), 4, "`permalink` '//evil.example/x' is a whole URL, not a path", ROOTED),
    row("permalink-git", keyed("permalink: /.git/config.txt"), 4, "`permalink` '/.git/config.txt' begins with a dot, as hidden files do: '.git'", ROOTED),
    row("aliases-out", keyed("aliases: [/fine/, /../x/]"), 4, "`aliases` '/../x/' has an empty, `.` or `..` segment", ROOTED),
    row("aliases-table", keyed("aliases: {a: b}"), 4, "`aliases` has a table of keys where a text belongs", PLAIN_LIST),
    row("aliases-nested", keyed("aliases: [[a]]"), 4, "`aliases` has a list where a text belongs", PLAIN_LIST),
    row("aliases-url", keyed("aliases: https://example.org/x/"), 4, "`aliases` 'https://example.org/x/' is a whole URL, not a path", ROOTED),
    row("aliases-query", keyed('aliases: "/?p=12"'), 4, "`aliases` '/?p=12' has a query or a fragment, which no file can answer", ROOTED),
    row("aliases-feed", keyed("aliases: [/town/Feed.XML]"), 4, "`aliases` '/town/Feed.XML' would be a page of HTML under the name of a feed, which no reader of feeds takes", "lead an old feed to the new one below [redirects] in site.toml"),
    row("aliases-marker", keyed("aliases: /.dateline-output"), 4, "`aliases` '/.dateline-output' begins with a dot, as hidden files do: '.dateline-output'", ROOTED),
    row("section-list", keyed("section: [a]"), 4, "`section` must be text, not a list", ONE_LINE),
    row("section-table", keyed("section: {a: b}"), 4, "`section` must be text, not a table of keys", ONE_LINE),
    row("section-empty", keyed('section: ""'), 4, "`section` is empty", FILL),
    row("tags-nested", keyed("tags: [[a]]"), 4, "`tags` has a list where a text belongs", PLAIN_LIST),
    row("tags-table", keyed("tags: {a: b}"), 4, "`tags` has a table of keys where a text belongs", PLAIN_LIST),
    row("tags-table-in-list", keyed("tags: [a, {b: c}]"), 4, "`tags` has a table of keys where a text belongs", PLAIN_LIST),
    row("authors-nested", keyed("authors: [[a]]"), 4, "`authors` has a list where a text belongs", PLAIN_LIST),
    row("authors-table", keyed("authors: {a: b}"), 4, "`authors` has a table of keys where a text belongs", PLAIN_LIST),
    row("author-table", keyed("author: {name: b}"), 4, "`author` has a table of keys where a text belongs", PLAIN_LIST),
    row("summary-list", keyed("summary: [a]"), 4, "`summary` must be text, not a list", ONE_LINE),
    row("summary-empty", keyed('summary: ""'), 4, "`summary` is empty", FILL),
    row("image-list", keyed("image: [a.jpg]"), 4, "`image` must have the keys src, alt, caption, credit", INDENT),
    row("image-no-src", keyed("image: {alt: x}"), 4, "`image` lacks `src`", "add src: below it"),
    row("image-unknown-key", keyed("image: {src: a.jpg, foo: b}"), 4, "`image` has the unknown key `foo`", "known are src, alt, caption, credit"),
    row("image-list-below", keyed("image: {src: [a]}"), 4, "`image` has a fault: `src` must be text, not a list", ONE_LINE),
    row("image-script", keyed("image: javascript:alert(1)"), 4, "`image` is no picture's address: 'javascript:alert(1)'", PICTURE),
    row("image-data", keyed("image: data:image/png;base64,xx"), 4, "`image` is no picture's address: 'data:image/png;base64,xx'", PICTURE),
    row("image-other-host", keyed("image: //cdn.example/a.jpg"), 4, "`image` is no picture's address: '//cdn.example/a.jpg'", PICTURE),
    row("image-query-alone", keyed('image: "?x"'), 4, "`image` is no picture's address: '?x'", PICTURE),
    row("image-empty", keyed('image: ""'), 4, "`image` is no picture's address: ''", PICTURE),
    row("image-missing", keyed("image: missing.jpg"), 4, "the link 'missing.jpg' leads to no file", FROM_HERE),
    row("image-missing-absolute", keyed("image: /missing.jpg"), 4, "the link '/missing.jpg' is no page of the site", "check the path; case counts"),
    row("image-outside", keyed("image: ../../../etc/passwd"), 4, "the link '../../../etc/passwd' leads out of content/", "move the file below content/"),
    row("updated-word", keyed("updated: soon"), 4, "`updated` is not a date: 'soon'", WHEN),
    row("updated-30-february", keyed("updated: 2026-02-30"), 4, "`updated` is a day that no calendar has: '2026-02-30'", WHEN),
    row("corrections-text", keyed("corrections: x"), 4, "`corrections` must be a list of notes with date, kind and text", "begin each note with a hyphen"),
    row("corrections-table", keyed("corrections: {date: 2026-01-02}"), 4, "`corrections` must be a list of notes with date, kind and text", "begin each note with a hyphen"),
    row("corrections-texts", keyed("corrections: [x]"), 4, "`corrections` note 1 must have the keys date, kind, text", INDENT),
    row("corrections-kind", keyed("corrections: [{date: 2026-01-02, kind: oops, text: x}]"), 4, "`corrections` note 1 has a fault: `kind` is 'oops'; it can be correction, update, clarification, retraction"),
    row("corrections-second", keyed("corrections: [{date: 2026-01-02, kind: update, text: x}, {date: 2026-01-02, kind: update}]"), 4, "`corrections` note 2 lacks `text`", "add text: below it"),
    row("corrections-date", keyed("corrections: [{date: nope, kind: update, text: x}]"), 4, "`corrections` note 1 has a fault: `date` is not a date: 'nope'", WHEN),
    row("corrections-unknown-key", keyed("corrections: [{date: 2026-01-02, kind: update, text: x, by: y}]"), 4, "`corrections` note 1 has the unknown key `by`", "known are date, kind, text"),
    row("status-word", keyed("status: live"), 4, "`status` is 'live'; it can be published, draft, withdrawn"),
    row("status-list", keyed("status: [draft]"), 4, "`status` must be text, not a list", ONE_LINE),
    row("status-empty", keyed('status: ""'), 4, "`status` is ''; it can be published, draft, withdrawn"),
    row("expires-word", keyed("expires: never"), 4, "`expires` is not a date: 'never'", WHEN),
    row("expires-30-february", keyed("expires: 2026-02-30"), 4, "`expires` is a day that no calendar has: '2026-02-30'", WHEN),
    row("featured-yes", keyed("featured: yes"), 4, "`featured` must be true or false, not 'yes'"),
    row("featured-number", keyed("featured: 1"), 4, "`featured` must be true or false, not '1'"),
    row("featured-list", keyed("featured: [true]"), 4, "`featured` must be text, not a list", ONE_LINE),
    row("series-list", keyed("series: [a]"), 4, "`series` must be text, not a list", ONE_LINE),
    row("series-empty", keyed('series: ""'), 4, "`series` is empty", FILL),
    row("language-words", keyed("language: english please"), 4, "`language` is no language tag: 'english please'", TAG),
    row("language-letter", keyed("language: e"), 4, "`language` is no language tag: 'e'", TAG),
    row("language-list", keyed("language: [en]"), 4, "`language` must be text, not a list", ONE_LINE),
    row("canonical-path", keyed("canonical: /x/"), 4, "`canonical` is no whole web address: '/x/'", HTTPS),
    row("canonical-no-scheme", keyed("canonical: www.example.org"), 4, "`canonical` is no whole web address: 'www.example.org'", HTTPS),
    row("canonical-script", keyed("canonical: javascript:alert(1)"), 4, "`canonical` is no whole web address: 'javascript:alert(1)'", HTTPS),
    row("canonical-no-host", keyed("canonical: https://"), 4, "`canonical` is no whole web address: 'https://'", HTTPS),
    row("canonical-bracket", keyed("canonical: http://[::1"), 4, "`canonical` is no whole web address: 'http://[::1'", HTTPS),
    row("canonical-list", keyed("canonical: [a]"), 4, "`canonical` must be text, not a list", ONE_LINE),
    row("template-path", keyed("template: ../x"), 4, "`template` is no template's name: '../x'", NO_TEMPLATE),
    row("template-suffix", keyed("template: post.html"), 4, "`template` is no template's name: 'post.html'", NO_TEMPLATE),
    row("template-list", keyed("template: [a]"), 4, "`template` must be text, not a list", ONE_LINE),
    row("template-unknown", keyed("template: nosuch"), 4, "the theme has no template 'nosuch'", "templates at hand: page, post"),
    row("source-list", keyed("source: [a]"), 4, "`source` must have the keys name, url, author, retrieved, sha256, licence, written", INDENT),
    row("source-unknown-key", keyed("source: {foo: x}"), 4, "`source` has the unknown key `foo`", "known are name, url, author, retrieved, sha256, licence, written"),
    row("source-url", keyed("source: {url: nope}"), 4, "`source` has a fault: `url` is no whole web address: 'nope'", HTTPS),
    row("source-date", keyed("source: {retrieved: soon}"), 4, "`source` has a fault: `retrieved` is not a date: 'soon'", WHEN),
    row("source-list-below", keyed("source: {name: [x]}"), 4, "`source` has a fault: `name` must be text, not a list", ONE_LINE),
    row("extra-text", keyed("extra: x"), 4, "`extra` must be a table of keys", "indent your own keys below `extra:`"),
    row("extra-list", keyed("extra: [a]"), 4, "`extra` must be a table of keys", "indent your own keys below `extra:`"),
    row("draft-true", keyed("draft: true"), 4, f"`draft` {MAYBE_PUBLIC}", DRAFT),
    row("draft-false", keyed("draft: false"), 4, f"`draft` {MAYBE_PUBLIC}", DRAFT),
    row("published-false", keyed("published: false"), 4, f"`published` {MAYBE_PUBLIC}", DRAFT),
    row("hidden-true", keyed("hidden: true"), 4, f"`hidden` {MAYBE_PUBLIC}", DRAFT),
    row("private-true", keyed("private: true"), 4, f"`private` {MAYBE_PUBLIC}", DRAFT),
    row("publishDate-future", keyed("publishDate: 2027-01-01"), 4, f"`publishDate` {MAYBE_PUBLIC}", LATER),
    row("expiryDate-future", keyed("expiryDate: 2027-01-01"), 4, f"`expiryDate` {MAYBE_PUBLIC}", "write expires: instead"),
    row("embargo-future", keyed("embargo: 2027-01-01"), 4, f"`embargo` {MAYBE_PUBLIC}", LATER),
    row("slug-too-long", keyed("slug: " + "x" * 201), 4, "`slug` has a segment of 201 bytes; at most 200 are allowed", LETTERS),
    row("no-title", "---\ntags: [a]\ndate: 2026-01-02\n---\n\nText.\n", 2, "has no title", TITLE),
    row("no-date", "---\ntags: [a]\ntitle: Bad\n---\n\nText.\n", 3, "has no date", "add a line such as date: 2026-11-23 09:30, or begin the file's name with 2026-11-23-"),
    row("author-and-authors", keyed("author: A\nauthors: [B]"), 4, "has both `author` and `authors`", "keep `authors`"),
    row("link-file", bodied("[x](missing.md)"), 7, "the link 'missing.md' leads to no file", MEANT),
    row("link-file-with-title", bodied('[x](missing.md "Title")'), 7, "the link 'missing.md' leads to no file", MEANT),
    row("link-file-with-blank", bodied("![x](my photo.jpg)"), 7, "the link 'my photo.jpg' leads to no file", FROM_HERE),
    row("link-angle-brackets", bodied("[x](<a b.txt>)"), 7, "the link 'a b.txt' leads to no file", FROM_HERE),
    row("link-case", bodied("[x](Good.md)"), 7, "the link 'Good.md' leads to no file", MEANT),
    row("link-spelling", bodied("[x](godo.md)"), 7, "the link 'godo.md' leads to no file", MEANT),
    row("link-page", bodied("One\n\n[x](/nowhere/)"), 9, "the link '/nowhere/' is no page of the site", "check the path; case counts"),
    row("link-page-spelling", bodied("[x](/2026/01/godo/)"), 7, "the link '/2026/01/godo/' is no page of the site", "did you mean /2026/01/good/?"),
    row("link-id", bodied("[x](id:nope)"), 7, "the link 'id:nope' names no post on the site", "check the id, or link by file name"),
    row("link-empty-id", bodied("[x](id:)"), 7, "the link 'id:' names no post on the site", "check the id, or link by file name"),
    row("link-outside", bodied("[x](../../../../etc/passwd)"), 7, "the link '../../../../etc/passwd' leads out of content/", "move the file below content/"),
    row("link-settings", bodied("[x](../../site.toml)"), 7, "the link '../../site.toml' leads out of content/", "move the file below content/"),
    row("link-picture", bodied("![x](missing.jpg)"), 7, "the link 'missing.jpg' leads to no file", FROM_HERE),
    row("link-picture-case", bodied("![x](bridge.jpg)"), 7, "the link 'bridge.jpg' leads to no file", "did you mean Bridge.JPG?",
        others={"content/posts/Bridge.JPG": "", "content/posts/fridge.jpg": ""}),
    row("link-draft", bodied("[x](draft.md)"), 7, "the link 'draft.md' is not published (draft)", "link to it once it is, or take the link out"),
    row("link-expired", bodied("[x](old.md)"), 7, "the link 'old.md' has expired", "take the link out, or link to what took its place"),
    row("link-definition", bodied("[x][r]\n\n[r]: missing.md"), 9, "the link 'missing.md' leads to no file", MEANT),
    row("link-definition-in-quote", bodied("> [x][r]\n>\n> [r]: missing.md"), 9, "the link 'missing.md' leads to no file", MEANT),
    row("link-html", bodied('<a href="missing.md">x</a>'), 7, "the link 'missing.md' leads to no file", MEANT),
    row("link-html-upper-case", bodied("<A HREF=missing.md>x</A>"), 7, "the link 'missing.md' leads to no file", MEANT),
    row("link-double-slash", bodied("[x](/a//b/)"), 7, "the link '/a//b/' cannot be a page: it has an empty, `.` or `..` segment", "write the path as the page's own address has it"),
    row("link-not-utf-8", bodied("[x](/%ff)"), 7, "the link '/%ff' is no URL", "percent-encode what is not ASCII as UTF-8"),
    row("link-encoded-dots", bodied("[x](%2e%2e/x.txt)"), 7, "the link '%2e%2e/x.txt' leads to no file", FROM_HERE),
    row("link-out", bodied("[x](/../x)"), 7, "the link '/../x' cannot be a page: it has an empty, `.` or `..` segment", "write the path as the page's own address has it"),
    row("link-entity", bodied("[x](missing.md?a=1&copy=2)"), 7, "the link 'missing.md?a=1&copy=2' leads to no file", MEANT),
    row("link-escape", bodied("[x](mis\\_sing.txt)"), 7, "the link 'mis_sing.txt' leads to no file", FROM_HERE),
    row("slow-brackets", bodied("[" * 10_000), 6, SLOW, HASTE),
    row("slow-tags", bodied("<a " * 20_000), 6, SLOW, HASTE),
    row("deep-lists", bodied("".join("    " * i + "- x\n" for i in range(400))), 6, SLOW, HASTE),
    row("file-name-30-february", UNTITLED_DAY, 1, f"{NO_DAY}'2026-02-30'", "rename it, or add `date:`",
        path="content/posts/2026-02-30-bad.md"),
    row("file-name-year-0", UNTITLED_DAY, 1, f"{NO_DAY}'0000-01-01'", "rename it, or add `date:`",
        path="content/posts/0000-01-01-bad.md"),
    row("folder-name-month-13", UNTITLED_DAY, 1, f"{NO_DAY}'2026-13-01'", "rename it, or add `date:`",
        path="content/posts/2026-13-01-bad/index.md"),
    row("suffix-in-capitals", keyed("slug: a"), None, "is no article to Dateline, by its name",
        "end the name in .md, in small letters", path="content/posts/bad.MD"),
    row("suffix-markdown", keyed("slug: a"), None, "is no article to Dateline, by its name",
        "end the name in .md, in small letters", path="content/posts/bad.markdown"),
    row("file-colon", "x", None, "has a name that cannot be published: it has a character that file systems refuse "
        "in 'a:b.png'", "rename it", path="content/images/a:b.png"),
    row("file-device", "x", None, "has a name that cannot be published: it uses 'con.png', a name that Windows "
        "reserves", "rename it", path="content/images/con.png"),
    row("file-long", "x", None, "has a name that cannot be published: it has a segment of 230 bytes; at most 200 are "
        "allowed", "rename it", path=f"content/images/{'x' * 226}.png"),
    row("same-id", keyed("id: twin-0001"), 4, "has the same id, 'twin-0001', as content/posts/a-twin.md",
        "one of them is a copy: give it an id of its own (`dateline new` shows how), or delete it",
        others={"content/posts/a-twin.md": article("Twin", date="2026-01-01", id="twin-0001")}),
    row("same-url", keyed("permalink: /taken/"), 4, "has the same URL, /taken/, as content/posts/a-taker.md",
        "give one of them another `slug` or `permalink`, or rename its file",
        others={"content/posts/a-taker.md": article("Taker", date="2026-01-01", permalink="/taken/")}),
    row("same-term", keyed("tags: [eNeRGy]"), 4,
        "the tag 'eNeRGy' has the same URL, /tags/energy/, as the tag 'Energy' of content/posts/a-term.md",
        "write it 'Energy' in both, or choose a name that differs in its letters",
        others={"content/posts/a-term.md": article("Term", tags="[Energy]")}),
]  # fmt: skip
TABLE = [pytest.param(row, id=row.id) for row in ROWS]


def files_of(row: Row) -> dict[str, str | bytes]:
    """All files that a row needs."""
    return {**BESIDE, **row.others, row.path: row.file}


@pytest.mark.parametrize("row", TABLE)
def test_malformed_article_is_told_exactly_and_harms_no_other(tmp_path: Path, row: Row) -> None:
    """One malformed article: exit code 1, the one message as stated, and the good story is published."""
    fixture = tiny.site(tmp_path / "site", files_of(row), LIMIT)
    report = fixture.build()
    assert messages(report) == [row.message]
    assert report.exit_code() == 1
    assert "Good" in fixture.page(tiny.GOOD_PAGE)
    assert "Good" in fixture.page("index.html")


def test_the_table_is_large_and_names_no_case_twice() -> None:
    """At least sixty malformed articles, each under a name of its own."""
    assert len(ROWS) >= 60
    assert len({row.id for row in ROWS}) == len(ROWS)


def _moved(row: Row) -> Row:
    """A row as a file of its own beside all others."""
    path = f"content/posts/bad-{row.id}.md" if row.path == BAD else row.path
    return Row(row.id, row.file, row.line, row.cause, row.fix, path, row.others)


def _all_at_once(root: Path) -> tuple[SiteFixture, list[Row]]:
    rows = [_moved(row) for row in ROWS if row.id != "too-large"]
    files = {name: data for row in rows for name, data in files_of(row).items()}
    return tiny.site(root, files, LIMIT), rows


def test_all_malformed_articles_are_told_in_one_run(tmp_path: Path) -> None:
    """A site that holds every malformed article tells each error in one run, publishes the good one, and exits 1."""
    fixture, rows = _all_at_once(tmp_path / "site")
    report = fixture.build()
    told = {str(problem).split("\n", 1)[0] for problem in report.problems}
    assert [row.id for row in rows if row.head not in told] == []
    assert report.exit_code() == 1
    assert "Good" in fixture.page(tiny.GOOD_PAGE)
    assert len(report.problems) == len(rows)


def test_strict_writes_nothing_where_articles_are_malformed(tmp_path: Path) -> None:
    """With `strict`, one run tells every error and not one file is written."""
    fixture, rows = _all_at_once(tmp_path / "site")
    report = fixture.build(strict=True)
    assert report.stopped
    assert len(report.problems) == len(rows)
    assert not fixture.output.exists()


def _links(fixture: SiteFixture, outside: Path) -> Iterator[str]:
    """Make symbolic links, and yield the message that each calls for."""
    outside.mkdir()
    (outside / "secret.md").write_text(article("Secret"))
    posts = fixture.root / "content/posts"
    for name, target, cause in (
        ("out.md", outside / "secret.md", "is a link that leads out of content/, so it is not published"),
        ("settings.txt", fixture.root / "site.toml", "is a link that leads out of content/, so it is not published"),
        ("gone.md", outside / "nothing.md", "is a link that leads nowhere"),
        ("round.md", posts / "round.md", "is a link that leads nowhere"),
        ("folder", outside, "is a link that leads out of content/, so it is not published"),
        ("loop", fixture.root / "content", "is a link to a folder, which is not followed"),
    ):
        (posts / name).symlink_to(target)
        yield f"content/posts/{name}: error: {cause}\n    copy the file instead"


def test_symbolic_links_out_of_content_are_refused(tmp_path: Path) -> None:
    """A link that leads out of content/, nowhere, or to a folder is told, and what it points to is nowhere."""
    fixture = tiny.site(tmp_path / "site", {})
    expected = list(_links(fixture, tmp_path / "outside"))
    report = fixture.build()
    assert sorted(messages(report)) == sorted(expected)
    assert not [name for name, data in fixture.tree().items() if b"Secret" in data or b"base_url" in data]
    assert "Good" in fixture.page(tiny.GOOD_PAGE)


def test_a_link_within_content_is_an_article(tmp_path: Path) -> None:
    """A symbolic link to an article elsewhere in content/ is read like a copy of it."""
    fixture = tiny.site(tmp_path / "site", {"content/drawer/real.txt": article("Linked")})
    (fixture.root / "content/posts/linked.md").symlink_to("../drawer/real.txt")
    assert messages(fixture.build()) == []
    assert "Linked" in fixture.page("2026/01/linked/index.html")


WARNINGS = {
    "near-miss": (keyed("tag: x"), 4, "`tag` is not a key of front matter, so it is not used", "did you mean `tags`?"),
    "other-generators-key": (
        keyed("categories: [x]"), 4, "`categories` is not a key of front matter, so it is not used",
        "did you mean `section`?",
    ),
    "own-key": (
        keyed("mood: sunny"), 4, "`mood` is not a key of front matter, so it is not used",
        "values of your own belong under `extra:`",
    ),
    "control-character": (
        bodied("one\n\ntw\x0bo"), 9, "has the control character U+000B, replaced by a blank", "delete it from the file",
    ),
    "script": (
        bodied("one\n\n<script>alert(1)</script>"), 9, "has HTML that was left out: <script>",
        'delete it, or, if you trust every author, set raw_html = "allow" under [markup] in site.toml',
    ),
    "script-address": (
        bodied("one\n\n[x](javascript:alert(1))"), 9, "has HTML that was left out: javascript:",
        'delete it, or, if you trust every author, set raw_html = "allow" under [markup] in site.toml',
    ),
    "handler": (
        bodied('<p onclick="x" style="color: red">y</p>'), 7, "has HTML that was left out: onclick=, style=",
        'delete it, or, if you trust every author, set raw_html = "allow" under [markup] in site.toml',
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WARNINGS)
def test_doubtful_article_is_published_with_a_warning(tmp_path: Path, name: str) -> None:
    """What is only doubtful is published with a warning and exit code 0; with `strict`, exit code 1."""
    text, line, cause, fix = WARNINGS[name]
    fixture = tiny.site(tmp_path / "site", {BAD: text})
    report = fixture.build()
    assert messages(report) == [f"{BAD}:{line}: warning: {cause}\n    {fix}"]
    assert (report.exit_code(), report.exit_code(strict=True)) == (0, 1)
    assert "2026/01/bad/index.html" in fixture.tree()

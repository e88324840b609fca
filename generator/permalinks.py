"""Slugs, URLs and output paths: the one place that makes or checks them. The only door to anyascii.

A *site path* is how the site names a page: absolute, decoded, NFC (`/2023/05/the-story/`). `href` makes it ready for
HTML and XML by percent-encoding; `out_path` says which file a web server answers it from.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from urllib.parse import quote, unquote, urlsplit

from generator.records import Record

MAX_SEGMENT = 200
"""Bytes of UTF-8 in one segment of a path; common file systems stop at 255, and a suffix must still fit."""

MAX_PATH = 1000
"""Bytes of a whole path; systems stop at 1,024 to 4,096, the output folder's own path included."""

SLUG_LIMIT = 120
"""Bytes of a slug that we make ourselves from a title."""

_LETTERS = {
    "de": {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"},
    "da": {"å": "aa", "ø": "oe", "æ": "ae"},
    "nb": {"å": "aa", "ø": "o", "æ": "ae"},
    "az": {"ə": "e", "ı": "i"},
}
"""Where a language writes a letter otherwise than the bare one; all other Latin letters lose their marks."""

_TRANSLITERATED = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN")
_JOINERS = "'\u2019\u02bc\u2018`\u00b4\u200b\u200c\u200d\u00ad"
_DOTLESS = ("tr", "az")
_PLAIN = {
    code: chr(code).lower() if chr(code).isalnum() else "" if chr(code) in _JOINERS else " " for code in range(128)
}
_OF_PRINT = (
    ("\u2019", ""),
    ("\u2018", ""),
    ("\u201c", " "),
    ("\u201d", " "),
    ("\u2014", " "),
    ("\u2013", " "),
    ("\u2026", " "),
)
_RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
_SIMPLE = (
    rf"(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?![A-Za-z0-9_-]))(?=[^/]{{1,{MAX_SEGMENT}}}(?:/|\Z))"
    r"[A-Za-z0-9_-]++(?:\.[A-Za-z0-9_-]++)*+"
)
"""A segment without any fault: letters, digits, `_`, `-`, and dots within."""

_UNQUOTED = re.compile("[A-Za-z0-9/._~-]*")
"""A path in which nothing needs an escape, as nearly all are."""

_SIMPLE_SEGMENT = re.compile(_SIMPLE, re.IGNORECASE | re.ASCII)
_SIMPLE_PATH = re.compile(rf"(?=.{{1,{MAX_PATH}}}\Z)(?:/{_SIMPLE})++/?", re.IGNORECASE | re.ASCII)
_ILLEGAL = re.compile(r'[/<>:"|?*\\\x00-\x1f\x7f]')
_FIELDS = ("year", "month", "day", "slug", "section", "id")


def slugify(text: str, language: str = "en", *, limit: int = SLUG_LIMIT) -> str:
    """A slug for `text`: lower case, words joined by hyphens, never empty, at most `limit` bytes.

    Latin, Greek, Cyrillic, Armenian and Georgian become ASCII, by the habits of `language`; other scripts keep their
    letters in NFC. `C++` and `C#` stay apart (`c-plus-plus`, `c-sharp`). A text that is cut keeps a short digest of the
    whole, so two long titles with the same beginning differ.
    """
    text = unicodedata.normalize("NFC", text)
    slug = "-".join(_plain_words(text, language) or _words(text, language))
    if not slug:
        return f"x-{_digest(text)}"
    if len(slug.encode()) > limit:
        slug = f"{_cut(slug, limit - 7)}-{_digest(text)[:6]}"
    if slug in _RESERVED or slug == "index":  # a file index.md makes a bundle of its folder
        slug += "-page"
    return slug


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _cut(slug: str, limit: int) -> str:
    """The longest prefix of whole words within `limit` bytes; of whole letters where the first word is longer."""
    cut = slug.encode()[:limit].decode("utf-8", "ignore")
    head, _, _ = cut.rpartition("-")
    return (head if len(head.encode()) > limit // 2 else cut).rstrip("-")


def _plain_words(text: str, language: str) -> list[str]:
    """What `_words` gives for ASCII and the quotation marks and dashes of print; nothing where it may be otherwise.

    `+` and `#` have rules of their own, and so has the `I` of Turkish.
    """
    if not text.isascii():
        for mark, plain in _OF_PRINT:
            text = text.replace(mark, plain)
    if not text.isascii() or "+" in text or "#" in text or _primary(language) in _DOTLESS:
        return []
    return text.translate(_PLAIN).split()


@lru_cache(maxsize=64)
def _primary(language: str) -> str:
    return language.replace("_", "-").split("-")[0].lower()


def _words(text: str, language: str) -> list[str]:
    primary = _primary(language)
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r"(?<=\w)\+\+", " plus plus ", text)
    text = re.sub(r"(?<=\w)#", " sharp ", text)
    text = re.sub(r"(?<=\w)\+(?=\W|$)", " plus ", text)
    table = _LETTERS.get(primary, {})
    text = text.replace("İ", "i").lower() if primary not in _DOTLESS else _turkish_lower(text)
    out = "".join(_letter(char, table) for char in text)
    return unicodedata.normalize("NFC", out).lower().split()


def _turkish_lower(text: str) -> str:
    return text.replace("İ", "i").replace("I", "ı").lower()


def _letter(char: str, table: dict[str, str]) -> str:
    """What one lower-case character adds to a slug; a blank parts words."""
    if char in table:
        return table[char]
    if char.isascii():
        return char if char.isalnum() else "" if char in _JOINERS else " "
    if char in _JOINERS:
        return ""
    category = unicodedata.category(char)
    if category[0] not in "LMN":
        return " "
    if unicodedata.name(char, "").startswith((*_TRANSLITERATED, "COMBINING")):
        return _ascii(char)
    return char


def in_ascii(text: str) -> str:
    """A text in ASCII as programs write it that know no language: `é` as e, `ß` as ss, `ж` as zh."""
    if text.isascii():
        return text
    from anyascii import anyascii

    return str(anyascii(text))


def _ascii(char: str) -> str:
    from anyascii import anyascii  # its tables load on first use; a slug of plain ASCII needs none

    return "".join(letter for letter in anyascii(char).lower() if letter.isalnum())


def segment_fault(segment: str) -> str | None:
    r"""Why `segment` cannot be one segment of a path, or None.

    Windows' rules bind everywhere, so that a site builds alike on every machine: no reserved device names, none of
    `<>:"|?*\`, no trailing dot or blank (Microsoft, "Naming Files, Paths, and Namespaces").
    """
    return None if _SIMPLE_SEGMENT.fullmatch(segment) else _any_segment_fault(segment)


def _any_segment_fault(segment: str) -> str | None:
    if segment in ("", ".", ".."):
        return "has an empty, `.` or `..` segment"
    size = len(segment.encode("utf-8", "surrogatepass"))
    rules = (
        (_ILLEGAL.search(segment) is not None, f"has a character that file systems refuse in {segment!r}"),
        (_unprintable(segment), f"has an unprintable character in {segment!r}"),
        (segment[-1] in " ." or segment[0] == " ", f"has a segment with a blank or dot at its end: {segment!r}"),
        (segment[0] == "." and segment != ".well-known", f"begins with a dot, as hidden files do: {segment!r}"),
        (segment.split(".")[0].lower() in _RESERVED, f"uses {segment!r}, a name that Windows reserves"),
        (size > MAX_SEGMENT, f"has a segment of {size} bytes; at most {MAX_SEGMENT} are allowed"),
    )
    return next((fault for broken, fault in rules if broken), None)


def _unprintable(text: str) -> bool:
    return any(unicodedata.category(char) in ("Cc", "Cs", "Cn", "Co", "Zl", "Zp") for char in text)


class PathError(ValueError):
    """A site path or output path that cannot be used; the message says why, fit to follow the path's name."""


def site_path(text: str) -> str:
    """`text` as a site path: decoded, NFC, beginning with `/`; a trailing slash is kept.

    Raises:
        PathError: It leaves the site, or has a segment that a file system refuses.
    """
    return text if _SIMPLE_PATH.fullmatch(text) else _any_site_path(text)


def _any_site_path(text: str) -> str:
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", text):
        raise PathError("is a whole URL, not a path")
    try:
        decoded = unquote(text, errors="strict")
    except UnicodeDecodeError as error:
        raise PathError("has percent-escapes that are not UTF-8") from error
    path = unicodedata.normalize("NFC", decoded)
    if re.search(r"[?#]", path):
        raise PathError("has a query or a fragment, which no file can answer")
    inner = path.removeprefix("/").removesuffix("/")
    for segment in inner.split("/") if inner else ():
        if fault := segment_fault(segment):
            raise PathError(fault)
    if len(inner.encode()) > MAX_PATH:
        raise PathError(f"has {len(inner.encode())} bytes; at most {MAX_PATH} are allowed")
    if not inner:
        return "/"
    return f"/{inner}/" if path.endswith("/") else f"/{inner}"


def out_path(path: str) -> str:
    """The file, relative to the output folder, from which a host answers the site path `path`.

    `/x/` is `x/index.html`; `/x.html` and `/feed.xml` are themselves; `/x`, without suffix, is `x.html`, as hosts with
    "clean URLs" have it.
    """
    if path.endswith("/"):
        return f"{path}index.html".removeprefix("/")
    name = path.rsplit("/", 1)[1]
    return path.removeprefix("/") if "." in name else f"{path}.html".removeprefix("/")


def is_feed_name(path: str) -> bool:
    """Whether who asks for a site path expects a feed or other data, so that no page may stand there."""
    return path.lower().endswith((".xml", ".json", ".rss", ".atom", ".opml"))


def href(path: str, base_path: str = "") -> str:
    """A site path as it stands in HTML and XML: percent-encoded, the base URL's own path before it."""
    return base_path + (path if _UNQUOTED.fullmatch(path) else quote(path, safe="/-._~!$&'()*+,;=:@"))


def collision_key(path: str) -> str:
    """Equal for two output paths that one of the usual file systems cannot tell apart."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def url_key(url: str) -> str:
    """Equal for two site paths whose pages would be files that such a file system cannot tell apart."""
    return collision_key(out_path(url))


def split_base(base_url: str) -> tuple[str, str]:
    """`https://host/blog/` as (`https://host`, `/blog`)."""
    parts = urlsplit(base_url)
    return f"{parts.scheme}://{parts.netloc}", parts.path.rstrip("/")


class Pattern(Record, frozen=True):
    """A permalink pattern: `/{year}/{month}/{slug}/`, with or without a trailing slash, `.html` allowed."""

    text: str

    @classmethod
    @lru_cache(maxsize=16)
    def parse(cls, text: str) -> Pattern:
        """Check a pattern.

        Raises:
            PathError: An unknown field, nothing that tells posts apart, or an impossible path.
        """
        fields = re.findall(r"\{([^{}]*)\}", text)
        if unknown := [name for name in fields if name not in _FIELDS]:
            raise PathError(
                f"has the unknown field {{{unknown[0]}}}; known are " + " ".join(f"{{{f}}}" for f in _FIELDS)
            )
        if not {"slug", "id"} & set(fields):
            raise PathError("needs {slug} or {id}, or all posts would have one URL")
        site_path(re.sub(r"\{[^{}]*\}", "x", text))
        return cls(text if text.startswith("/") else f"/{text}")

    def expand(self, date: datetime, slug: str, section: str, identity: str) -> str:
        """The site path of a post; the date's own offset decides year, month and day.

        Raises:
            PathError: The result is no possible path.
        """
        written = {"slug": slug, "section": section, "id": identity}
        parts = list(_parts(self.text))
        for at in range(1, len(parts), 2):
            parts[at] = _value(parts[at], date, written, dots=self.text.endswith("/"))
        path = "".join(parts)
        return site_path(re.sub(r"/{2,}", "/", path) if "//" in path else path)


@lru_cache(maxsize=16)
def _parts(pattern: str) -> tuple[str, ...]:
    """Text and names of fields by turns."""
    return tuple(re.split(r"\{(\w+)\}", pattern))


def _value(name: str, date: datetime, written: Mapping[str, str], *, dots: bool) -> str:
    """What a field stands for, ready to be read as a URL; without `dots` where they would make a file type."""
    if name == "year":
        return f"{date.year:04}"
    if name in ("month", "day"):
        return f"{date.month if name == 'month' else date.day:02}"
    value = written[name]
    if name == "id":
        value = re.sub(r"[^\w.~-]+", "-", value).strip(".-") or _digest(value)
    return (value if dots else value.replace(".", "-")).replace("%", "%25")

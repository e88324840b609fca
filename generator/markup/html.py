"""The one place where an article's HTML is cleaned and its addresses are rewritten."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from generator.markup import plain
from generator.model.site import Reference

if TYPE_CHECKING:
    from nh3 import Cleaner

SCHEMES = frozenset({"http", "https", "mailto", "tel"})

_TAGS = frozenset({
    "a", "abbr", "article", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col",
    "colgroup", "data", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "footer",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "picture",
    "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "source", "span", "strong", "sub", "summary",
    "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr", "audio", "video",
    "track",
})  # fmt: skip
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", "id", "lang", "dir", "title"},
    "a": {"href", "hreflang", "rel"},
    "img": {"src", "alt", "width", "height", "loading"},
    "source": {"src", "type", "media"},
    "audio": {"src", "controls", "preload"},
    "video": {"src", "controls", "preload", "poster", "width", "height"},
    "track": {"src", "kind", "srclang", "label", "default"},
    "ol": {"start", "reversed"},
    "li": {"value"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope", "abbr"},
    "col": {"span"},
    "colgroup": {"span"},
    "time": {"datetime"},
    "del": {"cite", "datetime"},
    "ins": {"cite", "datetime"},
    "q": {"cite"},
    "blockquote": {"cite"},
    "data": {"value"},
    "details": {"open"},
}
_DROPPED_WITH_CONTENT = frozenset({"script", "style", "noscript", "template", "iframe", "object", "svg", "math"})
_TAG = re.compile(r"""<(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<rest>(?:[^"'>]|"[^"]*"|'[^']*')*)>""")
_ENTANGLED = re.compile(r"""<(?!/?[a-zA-Z][^<>"']*+(?:(?:"[^"<>]*+"|'[^'<>]*+')[^<>"']*+)*+>)""")
"""A `<` that begins no tag, or a tag with one of `<>` in a value, or with a quotation mark that is never closed.

Where there is none of these, tags can be picked by name; else each must be read, as one may hide another.
"""

_HOLDERS = ("a", "img", "source", "video", "audio", "track", "blockquote", "q")
_IN_ANY_CASE = "|".join("".join(f"[{letter}{letter.upper()}]" for letter in name) for name in _HOLDERS)
_ADDRESSED = re.compile(rf"<(?=[aibqstvAIBQSTV])(?P<name>{_IN_ANY_CASE})(?P<rest>(?![a-zA-Z0-9])[^<>]*+)>")
_LINK = re.compile(r'<a href="([^"<>]*)">')
_ADDRESS = re.compile(
    r"""(?P<before>\s(?P<name>href|src|poster|cite))\s*=\s*"""
    r"""(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))""",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)\s*(?:=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")


_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")
"""What references such as `&#8;` bring back in after the file itself was freed of it."""


def clean(text: str) -> str:
    """HTML from anyone made harmless: known tags, attributes and URL schemes only (nh3)."""
    return text if plain.is_plain(text) else _ILLEGAL.sub(" ", _cleaner().clean(text))


@cache
def _cleaner() -> Cleaner:
    import nh3  # only who renders articles pays for it

    return nh3.Cleaner(
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        clean_content_tags=set(_DROPPED_WITH_CONTENT),
        url_schemes={*SCHEMES, "id"},  # `id:` is our own and led to its place by `rewrite`
        tag_attribute_values={"td": {"style": {f"text-align: {side};" for side in ("left", "right", "center")}}},
        attribute_filter=_filter,
        link_rel=None,
    )


def _filter(_tag: str, name: str, value: str) -> str | None:
    """Drop what a scheme list cannot see: pictures by mail."""
    if name in ("src", "poster") and re.match(r"(?i)\s*(?:mailto|tel):", value):
        return None
    return value


def removed(before: str) -> list[str]:
    """What in `before` an author would miss after cleaning, sorted: `<script`, `onclick=`, `javascript:`."""
    if plain.is_plain(before):
        return []
    found: set[str] = set()
    for name, rest in re.findall(r"<([a-zA-Z][a-zA-Z0-9-]*)([^>]*)", before):
        if name.lower() not in _TAGS:
            found.add(f"<{name.lower()}")
        for match in _ATTRIBUTE.finditer(rest):
            found.update(_removed_of(match[1].lower(), html.unescape(match[2] or match[3] or match[4] or "")))
    return sorted(found)


def _removed_of(attribute: str, value: str) -> Iterator[str]:
    if attribute in ("style", "srcset") or attribute.startswith("on"):
        yield f"{attribute}="
    scheme = re.match(r"([a-z][a-z0-9+.-]*:)", re.sub(r"^[\x00-\x20]+|[\t\n\r]", "", value).lower())
    if attribute in ("href", "src", "poster", "cite") and scheme and scheme[1][:-1] not in {*SCHEMES, "id"}:
        yield scheme[1]


def addresses(text: str) -> frozenset[str]:
    """Every address in an article's HTML, as the author wrote it."""
    if plain.is_plain(text):
        return unescaped(plain.addresses(text))
    return rewrite(text, {})[1]


def unescaped(found: Iterable[str]) -> frozenset[str]:
    """Addresses as the author wrote them, of those that stand in HTML."""
    return frozenset([html.unescape(address) for address in found])


def rewrite(text: str, references: Mapping[str, Reference]) -> tuple[str, frozenset[str]]:
    """Lead each address to its resolved place, and give pictures of ours their size.

    Returns:
        The HTML, and every address in it as the author wrote it.
    """
    met: set[str] = set()

    def tag(match: re.Match[str]) -> str:
        name = match["name"].lower()
        if name not in _HOLDERS:
            return match[0]
        if (link := _LINK.fullmatch(match[0])) and "&" not in link[1]:
            met.add(link[1])
            return f'<a href="{html.escape(references[link[1]].url)}">' if link[1] in references else match[0]
        size: list[str] = []

        def address(found: re.Match[str]) -> str:
            written = html.unescape(
                next(group for group in found.group("double", "single", "bare") if group is not None)
            )
            met.add(written)
            reference = references.get(written)
            if reference is None:
                return found[0]
            if name == "img":
                size.append(_size(reference, match["rest"]))
            return f'{found["before"]}="{html.escape(reference.url)}"'

        rest = _ADDRESS.sub(address, match["rest"])
        closing = "/" if rest.rstrip().endswith("/") else ""
        rest = rest.rstrip().removesuffix("/").rstrip() if closing else rest
        return f"<{match['name']}{rest}{''.join(size)}{' /' if closing else ''}>"

    return (_TAG if _ENTANGLED.search(text) else _ADDRESSED).sub(tag, text), frozenset(met)


def _size(reference: Reference, attributes: str) -> str:
    """The attributes by which a picture of ours gets its size, where it has none."""
    if not reference.width or re.search(r"\s(?:width|height)=", attributes):
        return ""
    return f' width="{reference.width}" height="{reference.height}"'


_TABLE_LABELS = {
    "en": "Table", "tr": "Tablo", "de": "Tabelle", "fr": "Tableau", "es": "Tabla", "it": "Tabella", "pt": "Tabela",
    "nl": "Tabel", "pl": "Tabela", "ru": "Таблица", "el": "Πίνακας", "ar": "جدول", "he": "טבלה", "fa": "جدول",
    "ja": "表", "zh": "表格", "ko": "표",
}  # fmt: skip


def scrollable_tables(text: str, language: str) -> str:
    """Each table in a box of its own that scrolls sideways, reachable by keyboard (WCAG 2.1.1)."""
    if "<table" not in text:
        return text
    label = _TABLE_LABELS.get(language.split("-")[0].lower(), "Table")
    opening = f'<div class="table-scroll" role="region" tabindex="0" aria-label="{label}">'

    def tag(match: re.Match[str]) -> str:
        return f"{opening}{match[0]}" if match["name"].lower() == "table" else match[0]

    # Whole tags, since an attribute may hold `<table` as text: older sanitisers leave `<` there as it is.
    return _TAG.sub(tag, text).replace("</table>", "</table></div>")


def demoted(text: str) -> str:
    """Headings one level down where the article uses `h1`, which is the page's own."""
    if "<h1" not in text and "<H1" not in text:
        return text
    return re.sub(r"(</?h)([1-5])\b", lambda match: f"{match[1]}{int(match[2]) + 1}", text, flags=re.IGNORECASE)


def aligned(text: str) -> str:
    """Cell alignment as classes of ours instead of `style` attributes, which a strict page policy forbids."""
    if ' style="text-align: ' not in text:
        return text
    return re.sub(r' style="text-align: (left|right|center);"', _alignment, text)


def _alignment(match: re.Match[str]) -> str:
    return f' class="{ {"left": "align-start", "right": "align-end", "center": "align-center"}[match[1]] }"'


def feed_safe(text: str, base: str, references: Iterable[Reference] = (), *, is_plain: bool | None = None) -> str:
    """An article's HTML for a feed: cleaned whatever the site allows, every address resolved and absolute.

    Source: W3C feed validator, messages ContainsRelRef and SecurityRisk.

    Args:
        text: The article, its addresses as the author wrote them.
        base: Absolute URL of its page.
        references: Where its internal links and pictures lead.
        is_plain: Whether `plain.is_plain` says that it is so, where that is known already.
    """
    known = {reference.written: reference for reference in references}

    def place(url: str) -> str | None:
        return absolute(known[url].url if url in known else url, base)

    def size(url: str, tag: str) -> str:
        return _size(known[url], tag) if url in known else ""

    if (plain.is_plain(text) if is_plain is None else is_plain) and (quick := plain.in_feed(text, place, size)):
        return quick
    text = rewrite(text, known)[0] if known else text
    return _feed_cleaner(base).clean(
        re.sub(r"<(audio|video)\b", r"<\1 controls", text) if "<audio" in text or "<video" in text else text
    )


@lru_cache(maxsize=64)
def _feed_cleaner(base: str) -> Cleaner:
    import nh3

    def absolute_value(_tag: str, name: str, value: str) -> str | None:
        if name in ("href", "src", "poster", "cite"):
            return absolute(value, base)
        return None if name in ("id", "class", "srcset") else value

    return nh3.Cleaner(
        tags=set(_TAGS) - {"article", "section", "header", "footer"},
        attributes={**_ATTRIBUTES, "*": {"lang", "dir", "title"}},
        clean_content_tags=set(_DROPPED_WITH_CONTENT),
        url_schemes=set(SCHEMES),
        attribute_filter=absolute_value,
        link_rel=None,
    )


_PLAIN_URL = re.compile(
    r"(?P<whole>https?://[a-z0-9.-]++(?:/[A-Za-z0-9_./-]*+)?)|(?:/[A-Za-z0-9_-]++)++(?:/|\.[A-Za-z0-9]++)?+"
)
_ORIGIN = re.compile(r"https?://[a-z0-9.-]++(?=/)")
"""Of both, forms for which RFC 3986 says no more than that a path follows the origin."""


def absolute(url: str, base: str) -> str | None:
    """A URL of the page `base`, whole; None where it is no URL at all, which a reader would take for a relative one."""
    if (plain_url := _PLAIN_URL.fullmatch(url)) and (origin := _ORIGIN.match(base)):
        return url if plain_url["whole"] else origin[0] + url
    try:
        joined = urljoin(base, url)
        parts = urlsplit(joined)
    except ValueError:
        return None
    return joined if parts.netloc or parts.scheme in ("mailto", "tel") else None

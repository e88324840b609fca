"""What WordPress writes into a text instead of HTML: line ends for paragraphs, addresses for players, `[shortcodes]`.

All of it becomes HTML here, which is then read as any other.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from typing import ClassVar

from generator.content.text import MAX_BYTES
from generator.importer import bodies
from generator.importer.markdown import embeds
from generator.records import Record

Gallery = Callable[[list[str]], list[tuple[str, str, str]]]
"""Ids of attachments to address, alternative and caption of each."""

_CODE = re.compile(r"\[(?P<open>\[?)(?P<name>[a-zA-Z][a-zA-Z0-9_-]{0,40})(?P<rest>(?:[ =/][^\[\]<>]{0,2000}|\s*))\]")
_IN_TAG = re.compile(r"<[^<>]*>")
_ATTRIBUTE = re.compile(r"""([a-zA-Z][a-zA-Z0-9_-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+))""")
_ALONE = re.compile(r"(?m)^[ \t]*(https?://[^\s<>\"']{4,2000})[ \t]*$")
_BLOCK_COMMENT = re.compile(r"<!--\s*(/?)wp:([a-z0-9/-]{1,80})(?:[^<>-]++|-(?!->))*+-->")
"""The mark of a block; within its values WordPress codes `<`, `>` and two hyphens."""

_REUSED = re.compile(r"<!--\s*wp:block\s*\{[^{}]{0,200}?\"ref\":\s*\"?(\d{1,20})[^{}]{0,200}\}\s*/-->")
_LEVELS = 3
"""Reusable blocks within each other."""

_MOST_BLOCKS = 200
_LARGEST_BLOCK = 100_000
"""Reusable blocks of a post, and characters of each: a paragraph or a form, never an article."""

_DOWNLOAD = re.compile(r"<a\b(?=[^<>]*\bwp-block-file__button\b)[^<>]*+>[^<>]*+</a>")
_COMMENT = re.compile(r"<!--(?!\s*more\b).*?-->", re.DOTALL)
_DYNAMIC = frozenset({"more", "nextpage", "separator", "spacer", "post-title", "post-content"})
_RAW = re.compile(r"(<(?:pre|script|style|textarea|xmp)\b)", re.IGNORECASE)
_TAG = re.compile(r"(<[^<>]*>)")
_BLOCK = re.compile(
    r"</?(?:p|div|section|article|aside|header|footer|nav|main|figure|figcaption|blockquote|pre|ul|ol|li|dl|dt|dd|table|thead"
    r"|tbody|tfoot|tr|td|th|caption|h[1-6]|hr|form|fieldset|address|center|iframe|object|video|audio|script|style|noscript"
    r"|details|summary|legend|map|option|select)\b",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br\s*/?>$", re.IGNORECASE)
_MOST_NAMES = 20


class Expanded(Record, frozen=True):
    """A text as HTML, and the names of the shortcodes that are left in it as text."""

    html: str
    unknown: tuple[str, ...] = ()


def expand(text: str, gallery: Gallery) -> Expanded:
    """A post's content as HTML."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("<!--nextpage-->", "")
    is_blocks = "<!-- wp:" in text
    unknown: list[str] = []
    if is_blocks:
        unknown += _dynamic_blocks(text)
        text = _DOWNLOAD.sub("", _BLOCK_COMMENT.sub("", text))
    text = _ALONE.sub(lambda found: _link(html.unescape(found[1])), text)
    if "[" in text:
        text = _Shortcodes(gallery, unknown).expand(text)
    text = text if is_blocks else paragraphs(text)
    return Expanded(text, tuple(dict.fromkeys(unknown))[:_MOST_NAMES])


def with_blocks(text: str, blocks: Mapping[str, str]) -> str:
    """A post's content with the text of the reusable blocks that it names, and of those that they name."""
    for _ in range(_LEVELS):
        if not blocks or len(text) > MAX_BYTES or "wp:block" not in text:
            break
        text = _REUSED.sub(lambda found: _reused(found, blocks), text, count=_MOST_BLOCKS)
    return text


def _reused(found: re.Match[str], blocks: Mapping[str, str]) -> str:
    block = blocks.get(found[1], "")
    return f"\n{block}\n" if block and len(block) < _LARGEST_BLOCK else found[0]


def without_comments(text: str) -> str:
    """HTML without its comments, of which the block editor writes many."""
    return _COMMENT.sub(" ", text)


def _dynamic_blocks(text: str) -> list[str]:
    """Blocks that a server fills in: of them the text has nothing."""
    marks = _BLOCK_COMMENT.finditer(text)
    return [f"wp:{found[2]}" for found in marks if found[0].endswith("/-->") and found[2] not in _DYNAMIC]


def _link(url: str) -> str:
    """An address on a line of its own, which WordPress shows as what is there."""
    name, page = embeds.page(url)
    return f'<p><a href="{html.escape(page)}">{html.escape(name)}</a></p>'


def paragraphs(text: str) -> str:
    """Line ends outside of tags and of text as it is, as breaks; two of them part paragraphs."""
    parts: list[str] = []
    at = 0
    while found := _RAW.search(text, at):
        parts.append(_broken(text[at : found.start()]))
        name = found[1][1:]
        close = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, found.end())
        at = close.end() if close else len(text)
        parts.append(text[found.start() : at])
    parts.append(_broken(text[at:]))
    return "".join(parts)


def _broken(text: str) -> str:
    pieces = _TAG.split(text)
    for at in range(0, len(pieces), 2):
        piece = pieces[at]
        if "\n" not in piece:
            continue
        before = pieces[at - 1] if at else "<p>"
        after = pieces[at + 1] if at + 1 < len(pieces) else "<p>"
        if _BLOCK.match(before):
            piece = piece.lstrip()
        elif _BREAK.search(before):
            piece = re.sub(r"^[ \t]*\n", "", piece)
        if _BLOCK.match(after):
            piece = piece.rstrip()
        pieces[at] = re.sub(r"[ \t]*\n[ \t]*", "<br>", piece)
    return "".join(pieces)


class _Shortcodes:
    """One pass over a text; `unknown` gets the names of those that stay."""

    def __init__(self, gallery: Gallery, unknown: list[str]) -> None:
        self._gallery = gallery
        self._unknown = unknown
        self._unclosed: set[str] = set()

    def expand(self, text: str) -> str:
        """The text with what is known of them in HTML."""
        parts: list[str] = []
        at = 0
        tags = [found.span() for found in _IN_TAG.finditer(text)] if "<" in text else []
        tag = 0
        for found in _CODE.finditer(text):
            if found.start() < at:
                continue
            while tag < len(tags) and tags[tag][1] <= found.start():
                tag += 1
            if tag < len(tags) and tags[tag][0] < found.start():  # within a tag's attributes
                continue
            parts.append(text[at : found.start()])
            made, at = self._made(text, found)
            parts.append(made)
        parts.append(text[at:])
        return "".join(parts)

    def _made(self, text: str, found: re.Match[str]) -> tuple[str, int]:
        """What a shortcode becomes, and where it ends."""
        name = found["name"].lower()
        if found["open"]:  # `[[name]]` is how one writes of them
            return found[0][1:], found.end() + text.startswith("]", found.end())
        inner, end = self._inner(text, name, found.end())
        attributes = {one[1].lower(): one[2] or one[3] or one[4] or "" for one in _ATTRIBUTE.finditer(found["rest"])}
        handler = self._KNOWN.get(name)
        made = handler(self, attributes, inner or "", found["rest"].strip(" =/")) if handler else None
        if made is not None:
            return made, end
        if handler or inner is not None or attributes or re.search("[_-]", name) or "://" in found["rest"]:
            self._unknown.append(name)
        return found[0], found.end()

    def _inner(self, text: str, name: str, start: int) -> tuple[str | None, int]:
        """What stands between a shortcode and its end, and where that ends; None where it has none."""
        if name in self._unclosed:
            return None, start
        close = text.find(f"[/{name}]", start)
        if close < 0:
            self._unclosed.add(name)
            return None, start
        return text[start:close], close + len(name) + 3

    def _caption(self, attributes: dict[str, str], inner: str, _rest: str) -> str | None:
        if not inner:
            return None
        found = re.match(r"\s*((?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?)(.*)", inner, re.DOTALL)
        picture, words = (found[1], found[2]) if found else (inner, "")
        words = html.escape(attributes["caption"], quote=False) if attributes.get("caption") else words
        return bodies.figure(picture, words.strip())

    def _galleries(self, attributes: dict[str, str], _inner: str, _rest: str) -> str | None:
        ids = re.findall(r"\d+", attributes.get("ids") or attributes.get("include") or "")
        shown = self._gallery(ids)
        return "".join(map(_figure, shown)) if shown else None

    def _player(self, attributes: dict[str, str], tag: str, kinds: tuple[str, ...]) -> str | None:
        src = next((attributes[kind] for kind in ("src", *kinds) if attributes.get(kind)), "")
        poster = f' poster="{html.escape(attributes["poster"])}"' if attributes.get("poster") else ""
        return f'<{tag} src="{html.escape(html.unescape(src))}"{poster}></{tag}>' if src else None

    def _audio(self, attributes: dict[str, str], _inner: str, rest: str) -> str | None:
        bare = {"src": rest} if not attributes and rest.startswith("http") else {}
        return self._player(attributes or bare, "audio", ("mp3", "m4a", "ogg", "wav", "wma", "flac"))

    def _video(self, attributes: dict[str, str], _inner: str, _rest: str) -> str | None:
        return self._player(attributes, "video", ("mp4", "webm", "m4v", "ogv", "mov", "flv"))

    def _embed(self, attributes: dict[str, str], inner: str, rest: str) -> str | None:
        words = re.sub(r"<[^<>]*>", "", inner).strip()
        url = html.unescape(attributes.get("src") or attributes.get("url") or words or rest.split(" ")[0])
        return _link(url) if url.startswith(("http://", "https://")) else None

    def _youtube(self, attributes: dict[str, str], inner: str, rest: str) -> str | None:
        number = attributes.get("id") or (rest if re.fullmatch(r"[\w-]{11}", rest) else "")
        return _link(f"https://www.youtube.com/watch?v={number}") if number else self._embed(attributes, inner, rest)

    def _vimeo(self, attributes: dict[str, str], inner: str, rest: str) -> str | None:
        found = re.match(r"\d{5,}", attributes.get("id") or rest)
        return _link(f"https://vimeo.com/{found[0]}") if found else self._embed(attributes, inner, rest)

    def _code(self, attributes: dict[str, str], inner: str, _rest: str) -> str | None:
        language = attributes.get("language") or attributes.get("lang") or ""
        kind = f' class="language-{html.escape(language)}"' if language else ""
        escaped = html.escape(html.unescape(inner), quote=False)
        return f"<pre{kind}>{escaped}</pre>" if inner else None

    _KNOWN: ClassVar[dict[str, Callable[[_Shortcodes, dict[str, str], str, str], str | None]]] = {
        "caption": _caption, "wp_caption": _caption, "gallery": _galleries, "audio": _audio, "video": _video,
        "embed": _embed, "youtube": _youtube, "vimeo": _vimeo, "code": _code, "sourcecode": _code,
    }  # fmt: skip


def _figure(shown: tuple[str, str, str]) -> str:
    url, alt, caption = shown
    picture = f'<img src="{html.escape(url)}" alt="{html.escape(alt)}">'
    return bodies.figure(picture, html.escape(caption, quote=False))

"""Feeds that were saved as files: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, by feedparser, to which this is the door."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Generator, Iterator
from io import BytesIO
from typing import Any

from generator import languages
from generator.errors import ContentError, Problem, warning
from generator.importer import bodies, moments
from generator.importer.addresses import is_absolute
from generator.importer.articles import Article, Dropped, Item, Media, SiteFound, Skipped
from generator.importer.bodies import Body
from generator.importer.formats import paging
from generator.importer.mending import whole_utf8
from generator.importer.sources import RawSource
from generator.model.document import Image
from generator.records import replace

NAME = "feed"

LARGEST = 32 * 1024 * 1024
"""Bytes of the largest feed, which is read as a whole."""

_BEFORE_ROOT = rb"\s*+(?:(?><\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)\s*+)*+"
_ROOT = re.compile(_BEFORE_ROOT + rb"<(?:[\w-]+:)?(?P<root>rss|RDF|feed)\b(?P<rest>[^>]*)", re.DOTALL | re.IGNORECASE)
_ENTITY = re.compile(rb"<!ENTITY\b", re.IGNORECASE)
_SHARE = re.compile(r"<div class=\"feedflare\">[^<]*(?:<(?!/?div\b)[^<]*)*</div>")
_APPEARED = re.compile(
    r"<p>[^<]{0,60}<a\b[^>]*>(?P<title>[^<]{1,500})</a>[^<]{0,60}<a\b[^>]*>[^<]{1,200}</a>[^<]{0,60}</p>\s*\Z"
)
"""A last paragraph of two links, the first by the item's own headline: WordPress ends items so, in any language."""

_MAILED = re.compile(r"\s*[^\s()@]+@[^\s()]+\s*\((?P<name>[^()]+)\)\s*")
_SUMMARY = 400
_LOOKED_AT = 2_000
"""Characters of a text by which it is known whether another begins like it."""


def recognises(source: RawSource) -> bool:
    """A feed shows itself by its root element."""
    match = _ROOT.match(beginning(source))
    if not match:
        return False
    root, rest = match["root"].lower(), match["rest"].lower()
    return root == b"rss" or (b"rss" in rest if root == b"rdf" else b"atom" in rest or not rest.strip())


def beginning(source: RawSource) -> bytes:
    """The head of an XML file without what its encoding puts before and between the letters of ASCII."""
    return source.head.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe")


def read(source: RawSource) -> Iterator[Item]:
    """What a feed tells of its site, then its items, page by page.

    Raises:
        ContentError: It is too large, declares entities, or has no item.
    """
    return paging.read(source, _page)


def _page(source: RawSource, number: int) -> Generator[Item, None, str]:
    """One page of it; the address of the next one."""
    data, marked = whole_utf8(_data(source))
    import feedparser  # 45 ms

    found = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not found.entries and (number == 1 or not found.version):
        raise ContentError(
            *_faults(found), Problem("is a feed without items", "save the feed anew, with its items", line=1)
        )
    yield _site(found.feed)
    reader = _Reader(data, found.feed, (*marked, *_faults(found)))
    for index, entry in enumerate(found.entries, 1):
        yield reader.item(entry, index)
    links = {link.get("rel"): str(link.get("href") or "") for link in found.feed.get("links", ())}
    return links.get("next") or links.get("prev-archive") or ""


def _data(source: RawSource) -> bytes:
    with source.open() as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ContentError(Problem(f"is a feed of more than {LARGEST} bytes", "split it into several"))
    head = beginning(source)
    root = _ROOT.match(head)
    if root and (entity := _ENTITY.search(head, 0, root.start("root"))):
        cause = "declares entities of its own, which a feed has no need of and an attack has"
        line = head.count(b"\n", 0, entity.start()) + 1
        raise ContentError(
            Problem(cause, "replace the entities by what they stand for, and take the DOCTYPE out", line=line)
        )
    return data


def _faults(found: Any) -> tuple[Problem, ...]:
    """What is wrong with the XML; it was read all the same."""
    error = found.get("bozo_exception") if found.get("bozo") else None
    if type(error).__name__ == "CharacterEncodingOverride":
        return (warning(f"is in another encoding than it says ({error})", "compare its letters with the source"),)
    if error is None or not hasattr(error, "getMessage"):
        return ()
    line = error.getLineNumber() if hasattr(error, "getLineNumber") else 1
    cause = f"is not well-formed XML ({error.getMessage()}); it was read as far as that goes"
    return (warning(cause, "compare the posts with the feed from there on", line=line or 1),)


def _site(feed: Any) -> SiteFound:
    language = str(feed.get("language") or "")
    return SiteFound(
        title=bodies.one_line(feed.get("title", "")),
        description=bodies.one_line(feed.get("subtitle", "")),
        base_url=feed.get("link", ""),
        language=language if languages.TAG.fullmatch(language) else "",
    )


class _Reader:
    """A feed whose items are read one by one."""

    def __init__(self, data: bytes, feed: Any, faults: tuple[Problem, ...]) -> None:
        self._data = data
        self._at = 0
        self._line = 1
        self._base = feed.get("link", "")
        self._language = str(feed.get("language") or "")
        self._faults = list(faults)

    def item(self, entry: Any, number: int) -> Item:
        """An item as an article; one without any text is told."""
        line = self._line_of(entry)
        link = entry.get("feedburner_origlink") or entry.get("link", "")
        body = _with_sound(entry, _body(entry, link or self._base, line))
        title, problems = _title(entry, body, line)
        if not title:
            return Skipped("item", str(entry.get("id") or number), "it has neither a headline nor text", line)
        date, updated = _date(entry, "published"), _date(entry, "updated")
        problems = [*self._faults, *problems, *_gaps(entry, body, line)]
        self._faults.clear()
        image = _image(entry)
        return Article(
            title=title,
            body=body.text,
            identity=entry.get("id") or entry.get("link") or "",
            url=link,
            date=date or updated,
            updated=updated if date else None,
            summary=_summary(entry, body),
            image=image,
            authors=_authors(entry),
            tags=_tags(entry),
            language=self._language if languages.TAG.fullmatch(self._language) else None,
            media=(*body.media, *((Media(image.src),) if image else ())),
            digest=_digest(entry),
            dropped=body.dropped,
            problems=(*problems, *body.problems),
        )

    def _line_of(self, entry: Any) -> int:
        """The line of the feed on which an item's id or link stands, which items have in their order."""
        sign = str(entry.get("id") or entry.get("link") or entry.get("title") or "").encode()
        at = self._data.find(sign, self._at) if sign else -1
        if at >= 0:
            self._line += self._data.count(b"\n", self._at, at)
            self._at = at
        return self._line


def _title(entry: Any, body: Body, line: int) -> tuple[str, list[Problem]]:
    """The headline; of an item without one, the first words of its text."""
    title = entry.get("title", "")
    is_html = entry.get("title_detail", {}).get("type") != "text/plain"
    title = bodies.one_line(title) if is_html else " ".join(title.split())
    if title:
        return title, []
    words = bodies.first_words(body.text)
    problem = warning("has no headline; it was made from the first words", "write one into the post", line=line)
    return words, [problem] if words else []


def _body(entry: Any, address: str, line: int) -> Body:
    """The full text where there is one, else the description."""
    full = [content for content in entry.get("content", ()) if content.get("value", "").strip()]
    best = max(full, key=lambda content: len(content["value"]), default=None)
    best = best or entry.get("summary_detail") or {"value": entry.get("summary", ""), "type": "text/html"}
    if best.get("type") == "text/plain":
        return bodies.from_text(best["value"])
    html, last = _cut(best.get("value", ""), entry)
    body = bodies.from_html(html, best.get("base") or address, line)
    told = (Dropped(line, last, "the feed's own word on where the item appeared"),) if last else ()
    return replace(body, dropped=(*body.dropped, *told))


def _cut(html: str, entry: Any) -> tuple[str, str]:
    """A text without what the feed adds, and the words of its last paragraph where that is an addition."""
    html = _SHARE.sub("", html)
    last = _APPEARED.search(html)
    if last is None or bodies.one_line(last["title"]) != bodies.one_line(entry.get("title", "")):
        return html, ""
    return html[: last.start()], bodies.one_line(last[0])


def _with_sound(entry: Any, body: Body) -> Body:
    """The body and below it the sound or film that an item encloses, as a link."""
    found = [
        enclosure.get("href", "")
        for enclosure in entry.get("enclosures", ())
        if enclosure.get("type", "").startswith(("audio/", "video/")) and is_absolute(enclosure.get("href", ""))
    ]
    media = tuple(Media(address) for address in found if address not in body.text)
    return replace(body, text=bodies.with_files(body.text, found), media=(*body.media, *media))


def _date(entry: Any, key: str) -> Any:
    """A date with the offset that the feed gives it; feedparser's own `get` would take one for the other."""
    return moments.read(dict.get(entry, key) or "")


def _gaps(entry: Any, body: Body, line: int) -> Iterator[Problem]:
    """What an item should have and has not."""
    written = dict.get(entry, "published") or dict.get(entry, "updated")
    if written and moments.read(written) is None:
        cause = f"{written[:60]!r} is no date that Dateline knows"
        yield warning(cause, "correct it in the feed, or write it into the post", line=line)
    if not body.text:
        yield warning("has a headline and no text", "check that the feed was saved to its end", line=line)


def _summary(entry: Any, body: Body) -> str | None:
    """The description where the full text is there too, and the one does not merely begin like the other."""
    written = entry.get("summary", "")
    if written in ("", *(part.get("value", "") for part in entry.get("content", [{"value": written}]))):
        return None
    text = bodies.one_line(_cut(written, entry)[0])
    beginning = _words(text[:_LOOKED_AT].rstrip(" .…[]"))[:60]
    plain_body = _words(body.text[:_LOOKED_AT])
    return text if text and len(text) <= _SUMMARY and not plain_body.startswith(beginning) else None


def _words(text: str) -> str:
    """A text without the marks of Markdown, on one line."""
    return " ".join(re.sub(r"\]\([^)\s]*\)|[*_\[\]\\]", "", text).split())


def _image(entry: Any) -> Image | None:
    """The picture that an item encloses, or that Media RSS names."""
    media = [*entry.get("media_content", ()), *entry.get("enclosures", ())]
    for part in media:
        address = part.get("url") or part.get("href") or ""
        if (part.get("medium") == "image" or part.get("type", "").startswith("image/")) and _is_public(address):
            return Image(address, alt=bodies.one_line(part.get("title", "") or ""))
    thumbs = [part.get("url", "") for part in entry.get("media_thumbnail", ())]
    return next((Image(address) for address in thumbs if _is_public(address)), None)


def _is_public(address: str) -> bool:
    return re.match(r"https?://[^\s<>\"]+$", address) is not None


def _authors(entry: Any) -> tuple[str, ...]:
    names = [author.get("name", "") for author in entry.get("authors", ())] or [entry.get("author", "")]
    if mailed := _MAILED.fullmatch(entry.get("author", "")):  # of a name behind an address the library loses letters
        names = [mailed["name"]]
    return tuple(dict.fromkeys(name for part in names if (name := " ".join(part.split()))))


def _tags(entry: Any) -> tuple[str, ...]:
    terms = (tag.get("label") or tag.get("term") or "" for tag in entry.get("tags", ()))
    return tuple(dict.fromkeys(term for part in terms if (term := " ".join(part.split()))))


def _digest(entry: Any) -> str:
    """Of what an item says, so that it is the same in another copy of the feed."""
    content = [part.get("value", "") for part in entry.get("content", ())]
    told = [dict.get(entry, key, "") for key in ("id", "link", "title", "summary", "published", "updated", "author")]
    return hashlib.sha256(repr([*told, *content, *_tags(entry)]).encode("utf-8", "replace")).hexdigest()

"""What a host says of each file: its type, how long it may be kept; and when it goes up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import IntEnum

from generator import codec
from generator.plan.chrome import FEED_STYLE, FORMATS, OPML
from generator.records import Record


class Stage(IntEnum):
    """When a file goes up: what pages load, pages that nobody knows yet, pages that lead there, what announces them."""

    ASSET = 0
    NEW = 1
    PAGE = 2
    FEED = 3


class Headers(Record, frozen=True):
    """What a host says of a file.

    Attributes:
        type: Content-Type.
        cache: Cache-Control.
        encoding: Content-Encoding; empty for none.
    """

    type: str
    cache: str
    encoding: str = ""

    @property
    def mark(self) -> str:
        """Tells these headers from others."""
        return codec.of(self.type, self.cache, self.encoding).hex()


_UTF8 = "; charset=utf-8"
TYPES: Mapping[str, str] = {
    "html": f"text/html{_UTF8}",
    "htm": f"text/html{_UTF8}",
    "css": f"text/css{_UTF8}",
    "js": f"text/javascript{_UTF8}",
    "mjs": f"text/javascript{_UTF8}",
    "txt": f"text/plain{_UTF8}",
    "md": f"text/markdown{_UTF8}",
    "csv": f"text/csv{_UTF8}",
    "vtt": f"text/vtt{_UTF8}",
    "ics": f"text/calendar{_UTF8}",
    "xml": f"application/xml{_UTF8}",
    "xsl": f"application/xslt+xml{_UTF8}",
    "rss": f"application/rss+xml{_UTF8}",
    "atom": f"application/atom+xml{_UTF8}",
    "opml": f"text/x-opml{_UTF8}",
    "svg": f"image/svg+xml{_UTF8}",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "geojson": "application/geo+json",
    "map": "application/json",
    "webmanifest": "application/manifest+json",
    "wasm": "application/wasm",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "ico": "image/x-icon",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
    "flac": "audio/flac",
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "webm": "video/webm",
    "ogv": "video/ogg",
    "mov": "video/quicktime",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "gz": "application/gzip",
    "epub": "application/epub+zip",
}
"""Types by suffix; ours, so that no machine's own list decides."""
UNKNOWN = "application/octet-stream"

FEEDS: Mapping[str, str] = {
    kind.file: kind.type + (_UTF8 if kind.type.endswith("xml") else "") for kind in FORMATS.values()
}
"""Types of feeds by the name of their file."""

_ANNOUNCING = re.compile(r"^sitemaps/|(^|/)(sitemap[^/]*\.xml|robots\.txt)$")
FINGERPRINTED = re.compile(r"[.-][0-9a-f]{16,64}[.][a-z0-9]+$")
"""A file whose name holds a digest of its bytes, so that they never change; written as every server understands it.

Sixteen digits at least, since fewer may be a date.
"""

FOREVER = "public, max-age=31536000, immutable"
LASTING = "public, max-age=3600"
"""Of what has no digest in its name and changes rarely."""
ENCODINGS = {"gz": "gzip", "br": "br"}


def short(max_age: int) -> str:
    """Cache-Control of pages and feeds."""
    return f"public, max-age={max_age}, must-revalidate"


def type_of(name: str) -> str:
    """The type of a file."""
    return FEEDS.get(name.rpartition("/")[2]) or TYPES.get(suffix(name), UNKNOWN)


def is_feed(name: str) -> bool:
    """Whether a file is one to which people subscribe."""
    return name.rpartition("/")[2] in FEEDS


def suffix(name: str) -> str:
    """The last part of a file's name, in lower case; empty where it has no dot."""
    head, dot, tail = name.rpartition("/")[2].rpartition(".")
    return tail.lower() if dot and head else ""


def stage(name: str) -> Stage:
    """When a file goes up."""
    base = name.rpartition("/")[2]
    if base in FEEDS or name == OPML.removeprefix("/") or _ANNOUNCING.search(name):
        return Stage.FEED
    return Stage.PAGE if suffix(name) in ("html", "htm") else Stage.ASSET


def headers(name: str, max_age: int) -> Headers:
    """What a host says of a file."""
    if FINGERPRINTED.search(name):
        return Headers(type_of(name), FOREVER)
    brief = stage(name) is not Stage.ASSET or name == FEED_STYLE.removeprefix("/")
    return Headers(type_of(name), short(max_age) if brief else LASTING)

"""Addresses in HTML: made whole, refused where they would run; pictures by the best address that they have."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from generator.importer.markdown.values import Picture
from generator.markup.html import SCHEMES
from generator.trees import Element

_IGNORED = re.compile("^[\x00-\x20]+|[\x00-\x20]+$|[\t\n\r]")
"""What browsers take out of an address before they read it (WHATWG URL, basic parser, steps 1 to 3)."""

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_LAZY = ("data-src", "data-lazy-src", "data-original", "data-lazy", "data-hi-res-src")
_IMAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:\?|$)", re.IGNORECASE)
_SIZE = re.compile(r"(?:-\d{2,4}x\d{2,4}|-scaled|@2x|_\d{2,4}w?)?\.(?:jpe?g|png|webp|gif|avif)$")
_TINY = re.compile(r"\s*[012](?:px)?\s*")


class RefusedError(Exception):
    """An address that must not, or cannot, be followed; its words say why."""


def whole(written: str, base: str, *, shown: bool = False) -> str:
    """An address as a reader's browser would understand it on the page `base`; as written where there is no base.

    Args:
        written: As the HTML has it.
        base: Absolute; may be empty.
        shown: Whether it is that of a picture or the like.

    Raises:
        RefusedError: It has a scheme that runs code or leads nowhere, or is no address.
    """
    url = _IGNORED.sub("", written)
    scheme = _SCHEME.match(url)
    if scheme and scheme[1].lower() not in ({"http", "https"} if shown else SCHEMES):
        raise RefusedError(f"an address with `{scheme[1].lower()}:`")
    try:
        url = urljoin(base, url) if base else url
        parts = urlsplit(url)
    except ValueError:
        raise RefusedError("an address that is none") from None
    if url.startswith("//"):
        url = f"https:{url}"
    if parts.scheme in ("http", "https") and not parts.netloc:
        raise RefusedError("an address without a host")
    return url


def picture(element: Element, base: str) -> Picture:
    """The picture of an `img`, by its real address where a script would have put that in.

    Raises:
        RefusedError: It has none, or shows nothing.
    """
    if any(_TINY.fullmatch(element.get(side) or "") for side in ("width", "height")):
        raise RefusedError("a picture of a pixel, which counts readers")
    alt = " ".join((element.get("alt") or "").split())
    candidates = [element.get(name) for name in _LAZY]
    candidates += [element.get("src"), _largest(element.get("data-srcset")), _largest(element.get("srcset"))]
    refused = RefusedError("a picture without an address")
    for written in candidates:
        if written and written.strip():
            try:
                return Picture(whole(written, base, shown=True), alt)
            except RefusedError as error:
                refused = error
    raise refused


def _largest(srcset: str | None) -> str:
    """The address of the largest candidate of a `srcset`."""
    best, size = "", -1.0
    for candidate in re.split(r",\s+|,(?=https?:|/)", srcset or ""):
        url, _, hint = candidate.strip().partition(" ")
        number = re.match(r"[0-9.]+", hint.strip())
        if url and (width := float(number[0].strip(".") or 0) if number else 1.0) > size:
            best, size = url, width
    return best


def is_of_one_picture(link: str, src: str) -> bool:
    """Whether a link leads to the picture that it shows, in another size."""
    return bool(_IMAGE.search(link)) and stem(link) == stem(src)


def stem(address: str) -> str:
    """The name of a picture's file without its size and type."""
    name = address.partition("?")[0].rstrip("/").rpartition("/")[2].lower()
    return _SIZE.sub("", name)


def is_emoji(element: Element) -> bool:
    """Whether an `img` stands for a character, which is its `alt`."""
    classes = (element.get("class") or "").split()
    alt = element.get("alt") or ""
    return 0 < len(alt) <= 12 and any(name in ("emoji", "wp-smiley", "smiley") for name in classes)

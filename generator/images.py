"""Pictures by their headers: their sizes, and what cameras note. The only door to Pillow."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

T = TypeVar("T")

TYPES = {
    ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif", ".webp": "image/webp",
    ".avif": "image/avif", ".svg": "image/svg+xml", ".bmp": "image/bmp", ".ico": "image/x-icon", ".tif": "image/tiff",
    ".tiff": "image/tiff",
}  # fmt: skip
"""Media types of pictures by the ends of their names (RFC 9512, iana.org/assignments/media-types)."""

SUFFIXES = frozenset(TYPES)


def size(path: Path) -> tuple[int, int] | None:
    """Width and height in CSS pixels, as a browser shows the picture; None where the file does not tell.

    A camera's note that the picture lies on its side (Exif orientation) is heeded. No pixel is decoded.
    """
    if path.suffix.lower() == ".svg":
        return _svg_size(path)
    return _asked(path, lambda picture: _shown(picture, path))


def _shown(picture: ImageFile, path: Path) -> tuple[int, int]:
    width, height = picture.size
    sideways = path.suffix.lower() in (".jpg", ".jpeg") and picture.getexif().get(0x0112, 1) >= 5
    return (height, width) if sideways else (width, height)


def noted(path: Path) -> tuple[bool, bool]:
    """Whether a picture with pixels is one of the kind that its name says, and whether it tells where it was taken.

    The place is the latitude in the GPS part of its Exif data (Exif 2.32).
    """
    found = _asked(path, lambda picture: (picture.get_format_mimetype(), 2 in picture.getexif().get_ifd(0x8825)))
    kind, place = found or ("", False)
    return kind == TYPES.get(path.suffix.lower()), place


def _asked(path: Path, ask: Callable[[ImageFile], T]) -> T | None:
    """What a picture answers of which the header was read, and no pixel; None where it is damaged, or none at all."""
    from PIL import Image, UnidentifiedImageError  # 70 ms, only for sites with pictures

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path) as picture:
                return ask(picture)
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _svg_size(path: Path) -> tuple[int, int] | None:
    """From `width` and `height` in pixels, else from `viewBox`, of the root element."""
    try:
        with path.open("rb") as file:
            head = file.read(4096).decode("utf-8", "replace")
    except OSError:
        return None
    root = re.search(r"<svg\b[^>]*>", head)
    if not root:
        return None
    found = [re.search(rf'\b{side}\s*=\s*["\']([0-9.]+)(?:px)?["\']', root[0]) for side in ("width", "height")]
    if found[0] and found[1]:
        return round(float(found[0][1])), round(float(found[1][1]))
    box = re.search(r'\bviewBox\s*=\s*["\']\s*[-0-9.]+[\s,]+[-0-9.]+[\s,]+([0-9.]+)[\s,]+([0-9.]+)', root[0])
    return (round(float(box[1])), round(float(box[2]))) if box else None

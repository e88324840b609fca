"""What the names that pages give to their elements say of them."""

from __future__ import annotations

from generator.trees import Element

_FIGURES = frozenset({"wp-caption", "tr-caption-container", "image-caption-container", "captioned-image-container"})
_CAPTIONS = frozenset(
    {"wp-caption-text", "wp-element-caption", "tr-caption", "caption", "caption-text", "image-caption"}
)
_PICTURES = ("image", "img", "photo", "picture", "media", "figure", "foto", "bild")
_HOLDERS = frozenset({"p", "div", "section", "aside", "table", "td", "figcaption", "footer"})
_MOST = 20
"""Names of one element that are looked at."""


def kind(element: Element) -> str:
    """`figure` or `caption` where an element is one by its class, else nothing."""
    written = element.get("class")
    if not written or element.tag not in _HOLDERS:
        return ""
    names = written.lower().split(maxsplit=_MOST)[:_MOST]
    if any(name in _FIGURES for name in names):
        return "figure"
    return "caption" if any(map(_is_caption, names)) else ""


def _is_caption(name: str) -> bool:
    """Whether a name is `caption`, or like `photo-caption` or `article__image-caption`."""
    if name in _CAPTIONS:
        return True
    before, found, after = name.rpartition("caption")
    return bool(found) and after in ("", "-text", "__text", "text") and any(word in before for word in _PICTURES)

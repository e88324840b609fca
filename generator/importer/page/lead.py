"""The lead picture: what a page shares, or shows between its headline and its text."""

from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import Callable, Collection

from generator import trees
from generator.importer.markdown import inline, places
from generator.importer.markdown.read import Read
from generator.importer.markdown.values import Block, Figure, Paragraph
from generator.importer.page import words as phrases
from generator.model.document import Image
from generator.records import Record
from generator.trees import Element

_FALSE = re.compile(r"logo|default|placeholder|avatar|favicon|share[-_]?image|og[-_]?image|blank", re.IGNORECASE)
_FRONT = re.compile(r"(?:^|[\s_-])(?:cover|featured|hero|lead)(?:$|[\s_-])", re.IGNORECASE)
_HEAD = 6
"""Blocks of a text before which its lead picture may stand, where they are short lines."""

_LINE = 80
"""Characters of a short line."""

_LARGE = 300
"""Pixels across of a picture that is none of a button or a person."""


class Lead(Record, frozen=True):
    """A page, its headings that say the headline, and which of its elements are apart from its article."""

    root: Element
    base: str
    headings: Collection[Element]
    is_apart: Callable[[Element], bool]

    def of(self, text: Read, claimed: str, body: Element) -> Image | None:
        """The lead picture; where the text begins with it, it is taken from there with its caption.

        Args:
            text: What was read of the article; it is changed.
            claimed: The address of the picture that the page shares.
            body: The element that holds the text.
        """
        shared = "" if _FALSE.search(claimed.rpartition("/")[2]) else claimed
        blocks = text.text.blocks
        first = _first_figure(blocks)
        if claimed and first and _same_file(first.pictures[0].src, claimed):
            blocks.remove(first)
            return Image(first.pictures[0].src, first.pictures[0].alt, *_credited(inline.text_of(first.caption)))
        if any(_same_file(address, shared) for address in text.media):
            return None
        if shared and (shown := self._shown(shared)):
            return shown
        above = None if text.media else self._above(body)
        return above or (Image(shared, "", "", "") if shared else None)

    def _above(self, body: Element) -> Image | None:
        """The picture with a caption, or large one, that stands between headline and text, or above both in front."""
        is_below = False
        around = set(body.iterancestors("article"))
        above = (part for heading in self.headings for part in heading.iterancestors("article") if part in around)
        article = next(above, self.root)
        for element in trees.elements(article):
            if element is body:
                return None
            is_below = is_below or element in self.headings
            is_front = element.tag == "img" and article is not self.root and _is_in_front(element)
            if (is_front or (is_below and _may_lead(element))) and not self.is_apart(element):
                with contextlib.suppress(places.RefusedError, StopIteration):
                    picture = places.picture(next(element.iter("img", "amp-img")), self.base)
                    if not _FALSE.search(picture.src.rpartition("/")[2]):
                        return Image(picture.src, picture.alt, *_captioned(element))
        return None

    def _shown(self, address: str) -> Image | None:
        """The picture of an address as the page shows it outside of the text."""
        for element in self.root.iter("img", "amp-img"):
            if _same_file(element.get("src") or "", address) or _same_file(element.get("data-src") or "", address):
                figure = next(element.iterancestors("figure"), element)
                return Image(address, " ".join((element.get("alt") or "").split()), *_captioned(figure))
        return None


def _first_figure(blocks: list[Block]) -> Figure | None:
    """The figure with which a text begins: below its first blocks, or below the short lines of its head."""
    for at, block in enumerate(blocks[:_HEAD]):
        if isinstance(block, Figure):
            return block
        if at >= 2 and not (isinstance(block, Paragraph) and len(inline.text_of(block.inlines)) <= _LINE):
            return None
    return None


def _may_lead(element: Element) -> bool:
    """Whether an element is a picture with a caption, a large one, or one that is said to be in front."""
    if element.tag == "figure":
        return next(element.iter("figcaption"), None) is not None
    if element.tag not in ("img", "amp-img"):
        return False
    width = element.get("width") or ""
    return _is_in_front(element) or (width.isascii() and width.isdecimal() and int(width[:6]) >= _LARGE)


def _is_in_front(element: Element) -> bool:
    around = (element, *itertools.islice(element.iterancestors(), 2))
    return any(_FRONT.search(part.get("class") or "") for part in around)


def _captioned(element: Element) -> tuple[str, str]:
    """The caption and the credit of a figure, or of a picture in what is said to be in front."""
    around = (element, *itertools.islice(element.iterancestors(), 2))
    holders = [part for part in around if part.tag == "figure" or _FRONT.search(part.get("class") or "")]
    parts = [part for holder in holders[:1] for part in trees.elements(holder) if _is_caption(part)]
    return _credited(phrases.apart(min(parts, key=lambda part: part.tag != "figcaption", default=None)))


def _is_caption(element: Element) -> bool:
    return bool(element.tag == "figcaption" or "caption" in (element.get("class") or "").lower())


def _credited(caption: str) -> tuple[str, str]:
    """A caption without its credit, and the credit."""
    found = re.search(
        r"[\s(\[|/–—-]*(?:(?:Photo|Photograph|Picture|Image|Foto|Фото|Bild|Fotoğraf|Credit|Quelle|Crédit|©)\s*(?:credit|by|von|de|par)?\s*(?:[:/©]|\.\.\.|…)\s*)"
        r"(?P<who>[^)\]]{2,80})[)\]]?\s*\.?$",
        caption,
        re.IGNORECASE,
    )
    if not found:
        return caption, ""
    return caption[: found.start()].strip(), found["who"].strip()


def _same_file(one: str, other: str) -> bool:
    """Whether two addresses are of one picture, perhaps in two sizes."""
    return bool(one) and places.stem(one) == places.stem(other)

"""What within an article's element is not the article: share bars, lists of other stories, calls to subscribe."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator

from generator import trees
from generator.importer.page import labels
from generator.importer.page import words as phrases
from generator.importer.page.prose import Weights, is_noise, is_talk
from generator.trees import Element

_KEPT = frozenset({
    "img", "br", "figure", "figcaption", "blockquote", "pre", "iframe", "video", "audio", "picture", "source",
})  # fmt: skip
_OF_THE_PAGE = frozenset({"nav", "footer", "form", "dialog", "button"})
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_SHOWN = ("img", "figure", "amp-img", "iframe", "video")
_LONGEST = 400
"""Characters of a line that names another story."""

_PARAGRAPHS = ("p", "h2", "h3", "h4", "h5", "h6", "div", "ul", "ol", "section", "aside", "table")


def prune(body: Element, weights: Weights, authors: Collection[str] = ()) -> Iterator[tuple[Element, str]]:
    """Take out of a body what is not its article; each part that was taken out, and why."""
    whole = max(weights.prose.get(body, 0), 1)
    gone: set[Element] = set()
    heads: set[Element] = set()
    is_begun = False
    for element in list(trees.elements(body))[1:]:
        above = element.getparent()
        if above in gone:
            gone.add(element)
            continue
        if (above.tag == "header" or above in heads) and element.tag != "figure":
            heads.add(element)
        is_head = element in heads and not (is_begun and _holds_heading(element))
        reason = _reason(element, weights, whole, in_head=is_head)
        if reason := reason or ("the author's portrait" if _is_portrait(element, authors) else ""):
            trees.remove(element)
            gone.add(element)
            yield element, reason
        is_begun = is_begun or (element.tag == "p" and element not in gone and weights.prose.get(element, 0) > 0)


def _holds_heading(element: Element) -> bool:
    """Whether an element is a heading, or around one, or in one: below the first paragraph it is of a part."""
    return next(itertools.chain(element.iter(*_HEADINGS), element.iterancestors(*_HEADINGS)), None) is not None


def _reason(element: Element, weights: Weights, whole: int, *, in_head: bool) -> str:
    """Why an element is no part of the article; empty where it is one."""
    if element in weights.talk:
        return "what readers wrote"
    if element.tag in _KEPT or weights.prose.get(element, 0) / whole > 0.5:
        return ""
    if is_talk(element):
        return "what readers wrote"
    is_linked_aside = element.tag == "aside" and weights.linked(element) > 0.25
    if element.tag in _OF_THE_PAGE or is_linked_aside or is_noise(element, weights) or element in weights.boxes:
        return "a part of the page"
    if in_head and next(element.iter(*_SHOWN), None) is None:
        return "the head of the article"
    is_pointer = element.tag in _PARAGRAPHS and _is_pointer(element, weights)
    return "read as tags" if labels.of(element) else "leads to other stories" if is_pointer else ""


def _is_portrait(element: Element, authors: Collection[str]) -> bool:
    """Whether an element is a link that is a picture named after an author."""
    if element.tag != "a" or not authors or words_of(element):
        return False
    return any((image.get("alt") or "").strip() in authors for image in element.iter("img"))


def _is_pointer(element: Element, weights: Weights) -> bool:
    """Whether an element is a list of links, or a line that is said of other stories or a button."""
    size, linked = weights.chars.get(element, 0), weights.linked(element)
    is_list = linked > 0.75 and element.tag in ("ul", "ol", "div", "section", "table")
    if not size or (size > _LONGEST and not is_list) or next(element.iter("pre", *_SHOWN), None) is not None:
        return False
    if is_list and sum(1 for _ in element.iter("a")) >= 3:
        return True
    words = phrases.brief(element)
    if not words or element.tag.startswith("h") or linked <= 0.3:
        return size <= 80 and phrases.is_of_the_page(words)
    return phrases.leads_elsewhere(words) or (size <= 80 and phrases.is_of_the_page(words))


def words_of(element: Element) -> str:
    """What was taken out, on one line, for the report."""
    return " ".join(trees.text(element).split())[:500]

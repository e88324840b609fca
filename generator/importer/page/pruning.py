"""What within an article's element is not the article: share bars, lists of other stories, calls to subscribe."""

from __future__ import annotations

from collections.abc import Iterator

from generator import trees
from generator.importer.page import words as phrases
from generator.importer.page.prose import Weights, is_noise, is_talk
from generator.trees import Element

_PARAGRAPHS = ("p", "h2", "h3", "h4", "h5", "h6", "div", "ul", "ol", "section", "aside", "table")


def prune(body: Element, weights: Weights) -> Iterator[tuple[Element, str]]:
    """Take out of a body what is not its article; each part that was taken out, and why."""
    whole = max(weights.prose.get(body, 0), 1)
    for element in list(body.iterdescendants()):
        if not isinstance(element.tag, str) or not _is_in(element, body):
            continue
        reason = _reason(element, weights, whole)
        if reason:
            trees.remove(element)
            yield element, reason


def _is_in(element: Element, body: Element) -> bool:
    """Whether an element is still there; the tree of what was taken out has another top."""
    return any(above is body for above in element.iterancestors())


def _reason(element: Element, weights: Weights, whole: int) -> str:
    """Why an element is no part of the article; empty where it is one."""
    share = weights.prose.get(element, 0) / whole
    if share > 0.5 or element.tag in (
        "img",
        "br",
        "figure",
        "figcaption",
        "blockquote",
        "pre",
        "iframe",
        "video",
        "audio",
    ):
        return ""
    if is_talk(element):
        return "what readers wrote"
    if element.tag in ("nav", "footer", "form", "dialog", "button") or is_noise(element):
        return "a part of the page"
    if element.tag == "aside" and weights.linked(element) > 0.25:
        return "a part of the page"
    if element.tag in _PARAGRAPHS and _is_pointer(element, weights):
        return "leads to other stories"
    return ""


def _is_pointer(element: Element, weights: Weights) -> bool:
    """Whether an element is a list of links, or a line that is said of other stories or a button."""
    size = weights.chars.get(element, 0)
    if not size or next(element.iter("img", "figure", "iframe", "video", "pre"), None) is not None:
        return False
    words = " ".join("".join(element.itertext()).split()) if size <= 400 else ""
    linked = weights.linked(element)
    links = sum(1 for _ in element.iter("a")) if linked > 0.5 else 0
    if element.tag in ("ul", "ol", "div", "section", "table") and links >= 3 and linked > 0.75:
        return True
    if not words or element.tag.startswith("h"):
        return size <= 60 and phrases.is_of_the_page(words)
    if linked > 0.3 and phrases.leads_elsewhere(words):
        return True
    return size <= 80 and phrases.is_of_the_page(words)


def words_of(element: Element) -> str:
    """What was taken out, on one line, for the report."""
    return " ".join(trees.text(element).split())[:500]

"""Parts of a page that the line at their head names, where no name of an element does: comments, other stories."""

from __future__ import annotations

from generator import trees
from generator.importer.page import words as phrases
from generator.trees import Element

_A_TEXT = 300
"""Characters of prose above a line of comments that belongs to them, and not to the head of the article."""

_PROSE = 60
"""Characters of a piece of text that is more than a line of the page."""

_LINE = 60
"""Characters of a line of comments."""


def headed(root: Element) -> set[Element]:
    """The elements that begin with the heading of a box and hold what it is over, links among it."""
    found: set[Element] = set()
    for element in trees.elements(root):
        if len(element) < 4 and phrases.heads_box(phrases.brief(element)):
            box = _outermost(element, root)
            if box is not element and next(box.iter("a"), None) is not None:
                found.add(box)
    return found


def talk(root: Element) -> set[Element]:
    """The elements that hold comments: from the line that counts them on, where one can answer or write below it."""
    before = 0
    for element in trees.elements(root):
        text = element.text or ""
        if before >= _A_TEXT and len(element) < 4 and _is_line(element):
            found = _onward(_outermost(element, root))
            if any(_answers(inner) for part in found for inner in trees.elements(part)):
                return set(found)
        before += sum(len(piece) for piece in (text, element.tail or "") if len(piece.strip()) >= _PROSE)
    return set()


def _is_line(element: Element) -> bool:
    words = phrases.brief(element)
    return 0 < len(words) <= _LINE and phrases.begins_talk(words)


def _outermost(element: Element, root: Element) -> Element:
    """The part of the page that begins with an element."""
    above = element.getparent()
    while above is not None and above is not root and above.tag != "body" and not _has_text_before(above, element):
        element, above = above, above.getparent()
    return element


def _has_text_before(above: Element, element: Element) -> bool:
    if (above.text or "").strip():
        return True
    return any("".join(other.itertext()).strip() for other in element.itersiblings(preceding=True))


def _onward(element: Element) -> list[Element]:
    return [element, *(other for other in element.itersiblings() if isinstance(other.tag, str))]


def _answers(element: Element) -> bool:
    """Whether one can answer or write here."""
    return element.tag == "textarea" or (len(element) < 4 and phrases.is_answer(phrases.brief(element)))

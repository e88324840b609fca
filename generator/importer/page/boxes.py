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

_MOST = 8
"""Lines of a page that are tried, each with all that stands below it."""


def headed(root: Element) -> set[Element]:
    """The elements that begin with the heading of a box and hold what it is over, links among it."""
    found: set[Element] = set()
    for element in trees.elements(root):
        if phrases.heads_box(_line(element)):
            box = _outermost(element, root)
            if box is not element and next(box.iter("a"), None) is not None:
                found.add(box)
    return found


def talk(root: Element) -> set[Element]:
    """The elements that hold comments: from the line that counts them on, where one can answer or write below it."""
    before = tried = 0
    for element in trees.elements(root):
        text = element.text or ""
        if before >= _A_TEXT and tried < _MOST and phrases.begins_talk(_line(element)):
            tried += 1
            found = _onward(_outermost(element, root))
            if any(_answers(inner) for part in found for inner in trees.elements(part)):
                return set(found)
        before += sum(len(piece) for piece in (text, element.tail or "") if len(piece.strip()) >= _PROSE)
    return set()


def _line(element: Element) -> str:
    """The words of an element that begins with some and holds few; empty for any other."""
    text = (element.text or "").strip()
    if not text or len(text) > _LINE or len(element) > 3:
        return ""
    words = phrases.brief(element) if len(element) else " ".join(text.split())
    return words if len(words) <= _LINE else ""


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
    return element.tag == "textarea" or phrases.is_answer(_line(element))

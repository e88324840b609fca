"""Footnotes of HTML: where they are called, and which element each of them is."""

from __future__ import annotations

import itertools
import re

from generator.records import Record, field
from generator.trees import Element

_CALL = re.compile(r"[\s\[(]*(?:[0-9]{1,3}|[ivxlc]{1,6}|[a-z]|\*{1,4}|[†‡§¶]{1,3})[\s\])]*")
_BACK = re.compile(
    r"[\s\[(]*(?:[0-9]{1,3}|[ivxlc]{1,6}|[a-z]|\*{1,4}|[†‡§¶]{1,3}|[↩⤴↑^⬆]\ufe0e?|back|jump up)[\s\]).:]*",
    re.IGNORECASE,
)
_HEADING = re.compile("h[1-6]")
_NAME = re.compile("[A-Za-z][A-Za-z0-9_-]{0,79}")
_INLINE = frozenset({"a", "sup", "span", "b", "strong", "em", "i", "small", "cite"})
_HOLDERS = frozenset({"li", "p", "div", "aside", "section", "dd", "td"})


class Notes(Record):
    """What a survey of an article found.

    Attributes:
        calls: Label of each link that calls a note.
        bodies: Label of each element that is one.
        backs: Links from a note to where it was called.
        headings: Those that links of the article lead to, and their ids.
        anchors: These ids, which links keep.
    """

    calls: dict[Element, str] = field(default_factory=dict)
    bodies: dict[Element, str] = field(default_factory=dict)
    backs: set[Element] = field(default_factory=set)
    headings: dict[Element, str] = field(default_factory=dict)
    anchors: frozenset[str] = frozenset()


def survey(elements: list[Element], base: str) -> Notes:
    """Footnotes among the elements of an article, in document order."""
    notes = Notes()
    links = [(element, target) for element in elements if element.tag == "a" and (target := fragment(element, base))]
    if not links:
        return notes
    targets = {target for _, target in links}
    places: dict[str, int] = {}
    for at, element in enumerate(elements):
        for name in (element.get("id"), element.get("name")):
            if name in targets:
                places.setdefault(name, at)
    notes.headings = _headings(elements, places)
    notes.anchors = frozenset(notes.headings.values())
    order = {element: at for at, element in enumerate(elements)}
    for element, target in links:
        at = places.get(target, -1)
        if at <= order[element] or not _CALL.fullmatch(_words(element)):
            continue
        body = _holder(elements[at])
        if body is not None and order[body] > order[element]:
            notes.calls[element] = notes.bodies.setdefault(body, str(len(notes.bodies) + 1))
    _find_backs(notes, links)
    return notes


def _headings(elements: list[Element], places: dict[str, int]) -> dict[Element, str]:
    """Headings that are linked to, by an id of theirs that can be written in Markdown."""
    found: dict[Element, str] = {}
    for name, at in places.items():
        heading: Element | None = elements[at]
        if heading is not None and heading.tag in _INLINE:
            heading = heading.getparent()
        if heading is not None and _HEADING.fullmatch(heading.tag) and _NAME.fullmatch(name):
            found.setdefault(heading, name)
    return found


def _find_backs(notes: Notes, links: list[tuple[Element, str]]) -> None:
    """Links within a note that do nothing but lead back."""
    for element, _ in links:
        if element not in notes.calls and _BACK.fullmatch(_words(element)):
            inside = element.getparent()
            for _ in range(8):
                if inside is None or inside in notes.bodies:
                    break
                inside = inside.getparent()
            if inside is not None and inside in notes.bodies:
                notes.backs.add(element)


def fragment(element: Element, base: str) -> str:
    """The id within this very page that a link leads to; empty where it leads elsewhere."""
    href = (element.get("href") or "").strip()
    if base and href.startswith(f"{base}#"):
        href = href.removeprefix(base)
    return href[1:] if href.startswith("#") else ""


def _words(element: Element) -> str:
    return "".join(itertools.islice(element.itertext(), 6))[:20]


def _holder(element: Element) -> Element | None:
    """The block that a note's id stands on or in."""
    for _ in range(4):
        if element is None or element.tag in _HOLDERS:
            return element
        if element.tag not in _INLINE:
            return None
        element = element.getparent()
    return None

"""Microdata and RDFa Lite: what elements say of a page's article (schema.org), as nodes like those of JSON-LD."""

from __future__ import annotations

import itertools
import re

from generator import trees
from generator.importer.page import linked
from generator.importer.page import words as phrases
from generator.importer.page.linked import Node
from generator.importer.page.prose import Weights
from generator.trees import Element

_PAGE = re.compile(r"(?:\w*Page|WebSite)")
_WORK = re.compile(r"CreativeWork|(?:[A-Z]\w*)?(?:Article|BlogPosting|Posting|Report|Review|Recipe)")
_TALK = re.compile(r"\w*Comments?|Answer")
_ADDRESSES = frozenset({"image", "url", "contentUrl", "thumbnailUrl", "mainEntityOfPage"})
_CREDITS = frozenset({"author", "creator", "editor"})
_OF_ITEMS = frozenset({"name", "image", "url", "thumbnailUrl"})
"""What stands outside of every item says these of the site as often as of the article."""

_MOST = 100
"""Keywords of an element."""

_HEAVY = 400
"""Characters of prose that no teaser has."""


class Items:
    """A page's items: the article's, and those that are of something else.

    Attributes:
        article: What the article's item says, and what stands in no item.
    """

    def __init__(self, root: Element, weights: Weights) -> None:
        self._root = root
        self._nodes: dict[Element, Node] = {root: {}}
        self._scope: dict[Element, Element] = {}
        self._kinds: dict[Element, list[str]] = {}
        self._read()
        self._own = self._chosen(weights)
        loose = {name: value for name, value in self._nodes[root].items() if name not in _OF_ITEMS}
        self.article: Node = {**loose, **(self._nodes[self._own] if self._own is not None else {})}

    def _read(self) -> None:
        """Each property to the item that it is in, or that refers to it."""
        elements = list(trees.elements(self._root))
        self._kinds = {element: kinds for element in elements if (kinds := _kinds(element)) is not None}
        self._nodes |= {element: {} for element in self._kinds}
        referred = {name: item for item in self._kinds for name in (item.get("itemref") or "").split(maxsplit=50)[:50]}
        named: list[tuple[Element, list[str]]] = []
        for element in elements:
            above = element.getparent()
            around = self._root if above is None else above if above in self._nodes else self._scope[above]
            self._scope[element] = referred.get(element.get("id"), around) if referred else around
            if names := _names(element):
                named.append((element, names))
        for element, names in named:
            for name in names:
                self._nodes[self._scope[element]].setdefault(name, []).extend(self._values(element, name))
        for element, node in self._nodes.items():
            if element is not self._root and "name" not in node and _names(element):
                node["name"] = [phrases.brief(element)]

    def _values(self, element: Element, name: str) -> list[str | Node]:
        if element in self._nodes and element is not self._root:
            node = self._nodes[element]
            if element.get("src"):
                node.setdefault("url", [element.get("src")])
            return [node]
        if name == "description" and "articleBody" in _names(element):
            return []
        if name == "keywords" and not element.get("content"):
            return list(_keywords(element))
        return [value] if (value := _value(element, name)) else []

    def _chosen(self, weights: Weights) -> Element | None:
        """The item of the article: the fullest of those with much prose, else of those without any (hidden ones)."""
        works = [element for element, kinds in self._kinds.items() if _is_work(kinds) and element is not self._root]
        least = max(min(weights.prose.get(self._root, 0) * 0.3, _HEAVY), 1)
        heavy = [element for element in works if weights.prose.get(element, 0) >= least]
        found = heavy or [element for element in works if not weights.prose.get(element, 0)]
        return max(
            found,
            key=lambda element: (linked.fullness(self._nodes[element]), weights.prose.get(element, 0)),
            default=None,
        )

    def is_own(self, element: Element) -> bool:
        """Whether what an element says by its properties is said of the article, or in no item."""
        if not _names(element):
            return True
        scope = self._scope[element]
        if scope in (self._root, self._own):
            return True
        is_credit = bool(_CREDITS & set(_names(scope))) and self._scope[scope] in (self._root, self._own)
        return is_credit and "description" not in _names(element)

    def is_foreign(self, element: Element) -> bool:
        """Whether an element is an item of its own: another story, or what a reader wrote."""
        kinds = self._kinds.get(element, [])
        return element is not self._own and (_is_work(kinds) or any(map(_TALK.fullmatch, kinds)))


def _is_work(kinds: list[str]) -> bool:
    return any(map(_WORK.fullmatch, kinds))


def _kinds(element: Element) -> list[str] | None:
    """The types of an item, without their vocabulary; None where there is none, or it is the page."""
    written = f"{element.get('itemtype') or ''} {element.get('typeof') or ''}"
    if written == " ":
        return None if element.get("itemscope") is None else []
    kinds = [re.split("[/#:]", kind)[-1] for kind in written.split(maxsplit=10)[:10]]
    return None if any(map(_PAGE.fullmatch, kinds)) else kinds


def _names(element: Element) -> list[str]:
    """The properties of schema.org that an element has."""
    written = element.get("itemprop") or element.get("property") or ""
    names = [name.removeprefix("schema:") for name in written.split(maxsplit=10)[:10]] if written else []
    return [name for name in names if ":" not in name]


def _value(element: Element, name: str) -> str:
    """The value of a property: what the element has for machines, else its words."""
    sources = ["content"]
    if name in _ADDRESSES or element.tag == "link":
        sources += ["src", "data-src", "href", "resource"]
    if name.startswith("date"):
        sources += ["datetime", "title"]
    return next((value for source in sources if (value := element.get(source))), "") or phrases.brief(element)


def _keywords(element: Element) -> list[str]:
    """Each link or line of a list of keywords, else its words without the label before them."""
    for tag in ("a", "li"):
        parts = itertools.islice(element.iter(tag), _MOST)
        if found := [words for part in parts if (words := phrases.brief(part))]:
            return [words.lstrip("#") for words in found]
    return [phrases.without_label(phrases.brief(element))]

"""Section and tags as links show them: by what they are said to be, or by the address that they lead to."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from generator.importer.page import words as phrases
from generator.trees import Element

_TAG = re.compile(r"/(?:tags?|tagged|search/label)/[^/?#]+/?(?:[?#]|$)")
_SECTION = re.compile(r"/category/[^?#]+$")
_SECTIONS = re.compile(r"(?:^|[\s_-])(?:taxonomy-category|cat-links|(?:entry|post)-categories)(?:$|[\s_-])")
_SITE = re.compile(r"cloud|widget|sidebar|(?:^|[\s_-])(?:nav|menu)(?:$|[\s_-])", re.IGNORECASE)
_LISTS = frozenset({"ul", "ol", "div", "p", "footer"})
_LONGEST = 60
_MOST = 20
"""Links to tags of one article; more are those of a site."""


def shown(root: Element, near: Iterable[Element]) -> tuple[str | None, tuple[str, ...]]:
    """The section and the tags that links of a page name.

    Args:
        root: The page.
        near: Its elements, those of the article first.
    """
    section: str | None = None
    tags: list[str] = []
    for link in root.iter("a"):
        words = phrases.brief(link)
        if not 0 < len(words) <= _LONGEST or not _is_label(link):
            continue
        if _is_section(link):
            section = section or words
        else:
            tags.append(words.lstrip("#"))
    return section, tuple(dict.fromkeys(tags or _by_address(near)))


def _is_label(link: Element) -> bool:
    """Whether a link is said to be one to a tag, or a category."""
    return "tag" in (link.get("rel") or "").split() or "skos:Concept" in (link.get("typeof") or "")


def _is_section(link: Element) -> bool:
    is_said = "category" in (link.get("rel") or "").split() or _SECTION.search(link.get("href") or "")
    above = itertools.islice(link.iterancestors(), 3)
    return bool(is_said or any(_SECTIONS.search(element.get("class") or "") for element in above))


def _by_address(near: Iterable[Element]) -> list[str]:
    """The tags of the list of links to tags that is nearest; none where it is as long as a site's."""
    return next((found for element in near if (found := of(element)) and not _is_of_site(element)), [])


def _is_of_site(element: Element) -> bool:
    """Whether a list stands in a side bar or a cloud of all tags."""
    around = (element, *element.iterancestors())
    return any(_SITE.search(f"{part.get('class') or ''} {part.get('id') or ''}") for part in around)


def of(element: Element) -> list[str]:
    """The tags that a list names: it holds links to tags, and nothing else."""
    if element.tag not in _LISTS:
        return []
    links = list(itertools.islice(element.iter("a"), _MOST + 1))
    if not 0 < len(links) <= _MOST or not all(map(_leads_to_tag, links)):
        return []
    names = [phrases.brief(link) for link in links]
    rest = phrases.without_label(phrases.brief(element))
    for name in sorted(names, key=len, reverse=True):
        rest = rest.replace(name, " ", 1)
    if not all(0 < len(name) <= _LONGEST for name in names) or re.search(r"\w", rest):
        return []
    return [name.lstrip("#") for name in names]


def _leads_to_tag(link: Element) -> bool:
    return _TAG.search(link.get("href") or "") is not None

"""Which element of a page holds its article, and what within it belongs to the page instead.

Prose is text in blocks of some length outside of links. An element weighs what prose it holds; the article is the
deepest element that still weighs nearly all, or one that the page itself names as its body. What a page calls a menu, a
share bar or a comment is no part of it, unless most of the prose is in there: then the name means something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from generator import trees
from generator.importer.page import boxes
from generator.records import Record, field
from generator.trees import Element

_BLOCKS = frozenset({
    "p", "div", "li", "td", "th", "dd", "dt", "blockquote", "pre", "section", "article", "main", "body", "figcaption",
    "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "header", "footer", "aside", "nav", "form", "figure",
    "center", "address", "summary", "details", "html", "tr", "tbody", "font",
})  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_UNREAD = frozenset({"script", "style", "noscript", "template", "svg", "head", "button", "select", "textarea"})
_AWAY = frozenset({"nav", "footer", "form", "dialog", "amp-sidebar", "menu"})
_BODY = re.compile(
    r"(?:articlebody|(?:c-)?(?:article|story|post|entry|news|content|blog|haber|artikel|nota|noticia|text)[-_]*"
    r"(?:main|full|inner|single)?[-_]*(?:body|content|contents|text|copy|entry|detail|metni|icerik|article-body)"
    r"|available-content|e-content|body-text|bodytext|richtext|rich-text|storytext|articletext|text_exposed_root)"
)
_SAID_BODY = re.compile(r"(?:schema:)?article-?body", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+|[A-Z][a-z]*")
_NOISE = frozenset({
    "sidebar", "related", "relateds", "recommended", "recommendations", "recommendation", "recirculation", "share",
    "sharing", "sharer", "sharedaddy", "social", "socials", "newsletter", "signup", "subscribe", "subscription",
    "subscriptions", "cookie", "cookies", "consent", "gdpr", "cmp", "breadcrumb", "breadcrumbs", "ad", "ads", "advert",
    "advertisement", "advertising", "adsbygoogle", "adslot", "promo", "promos", "promotion", "promoted", "sponsored",
    "popup", "modal", "overlay", "banner", "nav", "navigation", "navbar", "menu", "footer", "widget", "widgets",
    "pagination", "pager", "paginator", "tags", "taglist", "labels", "toolbar", "login", "paywall", "outbrain",
    "taboola", "trending", "popular", "ticker", "readmore", "relatedposts", "feedback", "rating", "ratings", "donate",
    "donation", "cta", "bio", "authorbox", "skip", "masthead", "copyright", "byline", "dateline", "metadata", "print",
    "jp", "addtoany", "addthis", "readalso", "ilgili", "verwandte", "teaser", "teasers", "nextprev", "prevnext",
    "publicidade", "publicidad", "publicite", "reklam", "werbung", "anzeige", "backlinks", "blogpager", "reactions",
    "likes", "follow", "hashtags", "etiketler", "upsell", "infolinks", "toc",
})  # fmt: skip
_PARTS = frozenset({"widget", "widgets"})
"""What belongs to the page, unless it is built of nothing else."""

_TALK = frozenset({
    "comment", "comments", "commentlist", "disqus", "respond", "kommentare", "kommentar", "yorumlar", "yorum",
    "comentarios", "commentaires", "discussion", "replies", "trackbacks", "pingbacks",
})  # fmt: skip
_KEPT_TAGS = frozenset(
    {"body", "html", "main", "figure", "figcaption", "p", "h1", "h2", "img", "blockquote", "pre", "code"}
)
_NEARLY_ALL = 0.85
_OF_A_TEXT = 600
"""Characters of prose that are a text, where fewer may be a standfirst."""


class Weights(Record):
    """Characters of prose, of links and of all text in and below each element, what readers wrote, and boxes.

    Where most of the prose is in a widget, the page is `built` of them, and its text may be in several.
    """

    built: bool = False
    prose: dict[Element, int] = field(default_factory=dict)
    links: dict[Element, int] = field(default_factory=dict)
    chars: dict[Element, int] = field(default_factory=dict)
    talk: set[Element] = field(default_factory=set)
    boxes: set[Element] = field(default_factory=set)

    def linked(self, element: Element) -> float:
        """The share of its text that is in links."""
        return self.links.get(element, 0) / max(self.chars.get(element, 0), 1)


def weigh(root: Element) -> Weights:
    """Weigh every element."""
    scale = _Scale()
    walk = trees.walk(root)
    for event, element in walk:
        if event == "start":
            scale.opens(element)
            if element.tag in _UNREAD:
                walk.skip_subtree()
        else:
            scale.closes(element, root)
    heavy = (element for element, size in scale.weights.prose.items() if size * 2 > scale.weights.prose[root])
    scale.weights.built = any(_PARTS & _noises(element) for element in heavy)
    scale.weights.talk, scale.weights.boxes = boxes.talk(root), boxes.headed(root)
    return scale.weights


class _Scale:
    """A walk that weighs: `own` has the characters outside of links of each block that is open."""

    def __init__(self) -> None:
        self.weights = Weights()
        self._own: list[list[int]] = [[0]]
        self._links = 0

    def opens(self, element: Element) -> None:
        """Begin an element."""
        for values in (self.weights.prose, self.weights.links, self.weights.chars):
            values[element] = 0
        self._links += element.tag == "a"
        if element.tag in _BLOCKS:
            self._own.append([0])
        if element.tag not in _UNREAD:
            self._count(element, element.text)

    def closes(self, element: Element, root: Element) -> None:
        """End an element: its weight is part of that of the one around it."""
        self._links -= element.tag == "a"
        if element.tag in _BLOCKS:
            size = self._own.pop()[0]
            self.weights.prose[element] += 0 if element.tag in _HEADINGS else _counted(size)
        above = element.getparent()
        if element is not root and above is not None:
            for values in (self.weights.prose, self.weights.links, self.weights.chars):
                values[above] += values[element]
            self._count(above, element.tail)

    def _count(self, element: Element, text: str | None) -> None:
        size = len(text.strip()) if text else 0
        self.weights.chars[element] += size
        if self._links:
            self.weights.links[element] += size
        else:
            self._own[-1][0] += size


def _counted(size: int) -> int:
    """A few words are no prose."""
    return size if size >= 40 else 0


def body_of(root: Element, weights: Weights, headlines: Iterable[Element]) -> Element:
    """The element that holds the article; `headlines` are the page's headings for it, where there are any."""
    elements = list(trees.elements(root))
    whole = weights.prose[root]
    heavy = [element for element in elements if weights.prose.get(element, 0) >= max(whole * 0.3, 80)]
    holders = _with_all_above(element for element in heavy if _names_body(element))
    outcasts = {element for element in elements if element not in holders and _is_outcast(element, root, weights)}
    weight = _without(elements, outcasts, weights)
    total = weight.get(root, 0)
    named = [element for element in heavy if weight[element] >= max(total * 0.3, 80) and _names_body(element)]
    if named:
        best = max(named, key=lambda element: weight[element])
        return _deepest(best, [element for element in named if weight[element] >= weight[best] * 0.95])
    for tag in ("article", "main"):
        found = [element for element in root.iter(tag) if weight.get(element, 0) >= total * 0.5]
        if found:
            return _descended(max(found, key=lambda element: weight[element]), weight, built=weights.built)
    whole = _descended(root, weight, built=weights.built)
    around = (_around(whole, headline, weight) for headline in headlines)
    return _descended(next((found for found in around if found is not None), whole), weight, built=weights.built)


def _around(whole: Element, headline: Element, weight: dict[Element, int]) -> Element | None:
    """The part of a page around a headline, where that is a text by itself and the page is not cut into its like."""
    above = list(headline.iterancestors())
    for element in above[: above.index(whole)] if whole in above else ():
        if _is_text(element, weight):
            like = (other for other in element.getparent() if other is not element and weight.get(other, 0) >= 200)
            return None if any(_look(other) == _look(element) for other in like) else element
    return None


def _is_text(element: Element, weight: dict[Element, int]) -> bool:
    """Whether an element is no head with a standfirst: it holds three paragraphs, or as much without any."""
    size = weight.get(element, 0)
    if size < _OF_A_TEXT or size >= _OF_A_TEXT * 3:
        return size >= _OF_A_TEXT
    blocks = (weight.get(block, 0) - sum(weight.get(inner, 0) for inner in block) for block in element.iter(*_BLOCKS))
    return sum(_counted(own) > 0 for own in blocks) >= 3


def _look(element: Element) -> tuple[str, str]:
    return element.tag, element.get("class") or ""


def _with_all_above(found: Iterable[Element]) -> set[Element]:
    """Elements, and all that they stand in."""
    holders: set[Element] = set()
    for element in found:
        above: Element | None = element
        while above is not None and above not in holders:
            holders.add(above)
            above = above.getparent()
    return holders


def _deepest(best: Element, near: list[Element]) -> Element:
    """Of elements that hold nearly the same, one within another, the innermost."""
    inner = [element for element in near if best in element.iterancestors()]
    return inner[-1] if inner else best


def _descended(element: Element, weight: dict[Element, int], *, built: bool) -> Element:
    """The deepest element that holds nearly all; where a page is built of widgets, not one beside others with prose."""
    while True:
        least = weight.get(element, 0) * _NEARLY_ALL
        heavy = [child for child in element if weight.get(child, 0) >= max(least, 1) and child.tag in _BLOCKS]
        if not heavy or heavy[0].tag in ("p", "blockquote", "pre", "ul", "ol"):
            return element
        if built and sum(weight.get(child, 0) > 0 and bool(_PARTS & _noises(child)) for child in element) > 1:
            return element
        element = heavy[0]


def _without(elements: list[Element], outcasts: set[Element], weights: Weights) -> dict[Element, int]:
    """Prose of each element but for that of outcasts; `elements` in document order."""
    own = {
        element: weights.prose.get(element, 0) - sum(weights.prose.get(child, 0) for child in element)
        for element in elements
    }
    out: set[Element] = set()
    for element in elements:
        if element in outcasts or element.getparent() in out:
            out.add(element)
    left = {element: 0 if element in out else own[element] for element in elements}
    for element in reversed(elements):
        if (above := element.getparent()) in left and element not in out:
            left[above] += left[element]
    return left


def _is_outcast(element: Element, root: Element, weights: Weights) -> bool:
    """Whether an element is around the article: by its tag, or by its name where not half of the prose is in it."""
    if element.tag in ("body", "html", "article") or element is root:
        return False
    if is_talk(element) or element in weights.talk:
        return True
    named = is_noise(element, weights) or element in weights.boxes
    if named or element.tag in _AWAY or element.tag in ("aside", "header"):
        return weights.prose.get(element, 0) < weights.prose[root] * 0.5
    return False


def names_of(element: Element) -> list[str]:
    """An element's classes and id."""
    return [*(element.get("class") or "").split(maxsplit=20)[:20], *(element.get("id") or "").split()[:1]]


def _names_body(element: Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in ("body", "html", "a", "span"):
        return False
    said = [element.get(name) or "" for name in ("itemprop", "property", "name", "data-testid", "data-component")]
    if any(_SAID_BODY.fullmatch(word) for words in said for word in words.split(maxsplit=5)[:5]):
        return True
    return any(len(name) <= 60 and _BODY.fullmatch(name.lower().replace("__", "-")) for name in names_of(element))


@lru_cache(4_096)
def _words(name: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(name[:80])} | {name[:80].lower()}


def is_talk(element: Element) -> bool:
    """Whether an element holds what readers wrote, by its name."""
    return element.tag not in _KEPT_TAGS and any(_words(name) & _TALK for name in names_of(element))


def is_noise(element: Element, weights: Weights) -> bool:
    """Whether an element belongs to the page, by its role, or by a name that does not mean something else here."""
    if element.tag in _KEPT_TAGS:
        return False
    if element.get("role") in ("navigation", "complementary", "banner", "contentinfo", "search", "dialog", "alert"):
        return True
    words = _noises(element)
    return bool(words - _PARTS if weights.built else words)


def _noises(element: Element) -> set[str]:
    """The words of an element's names that say that it belongs to the page."""
    names = [] if element.tag in _KEPT_TAGS else names_of(element)
    return {word for name in names for word in _words(name) & _NOISE}


def outside(root: Element, body: Element) -> Iterator[Element]:
    """Elements around the article that have text of their own; not what stands in one of these."""
    above = set(body.iterancestors())
    done = set(body.iter())
    for element in trees.elements(root):
        if element in done or element.tag in _UNREAD:
            continue
        if element.getparent() in done:
            done.add(element)
        elif (element.text or "").strip() or any((child.tail or "").strip() for child in element):
            if element not in above:
                done.add(element)
            yield element

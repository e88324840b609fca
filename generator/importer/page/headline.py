"""The headline: what the page's head claims, as the page shows it."""

from __future__ import annotations

import itertools
import re
from functools import cached_property

from generator import trees
from generator.importer.lines import same
from generator.importer.page import prose
from generator.importer.page import words as phrases
from generator.importer.page.metadata import BETWEEN, Head, date_within
from generator.trees import Element

_NAMES = frozenset({"entry-title", "post-title", "article-title", "headline", "p-name"})
_LINES = ("b", "strong", "font", "div", "span", "p", "td")
_APART = ("nav", "aside", "footer")
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
"""A word; in scripts that do not part them, a character."""

_SHORT = 3
_LONG = 8
"""Characters of a part of the page's `title` that is the headline: where a heading of the article says it, or not."""

_KICKER = re.compile(
    r"kicker|eyebrow|dachzeile|overline|topline|roofline|rubric|spitzmarke|tagline|label|category", re.IGNORECASE
)


class Headline:
    """The headline of a page.

    Attributes:
        title: Its words.
        shown: The headings that say it.
        is_on_page: Whether any heading may say it.
        others: The words of the page's only `h1` that says it in other words.
    """

    def __init__(self, head: Head, claimed: str) -> None:
        self._head = head
        found = ((element, _heading(element)) for element in head.root.iter("h1", "h2", "h3", "h4"))
        self._headings = [(element, words) for element, words in found if 0 < len(words) <= 300]
        only = self._only()
        claim = "" if only and not _says(only[1], claimed) and self._names_site(claimed) else claimed
        claim = claim or self._marked() or self._by_title(only)
        first = sorted(self._headings, key=lambda heading: heading[0].tag != "h1")
        says = [(element, words) for element, words in first if _says(words, claim)]
        says = says or ([only] if only and (_begins(claim, only[1]) or only[1] in head.title_parts()) else [])
        if claim and not says and not head.is_shown(claim) and (told := self._shown_title()) not in claim:
            claim = told
        own = [heading for heading in first if heading[0].tag == "h1"]
        says = says or ([] if claim else own[:1])
        self.title = says[0][1] if says else claim
        self.shown = [element for element, _ in says]
        self.is_on_page = bool(self._headings)
        self.others = (only[1],) if only and (not says or only[0] is says[0][0]) else ()

    def _marked(self) -> str:
        """The headline that an element calls so: by its property, else by its class."""
        own = [(element, words) for element, words in self._headings if self._head.items.is_own(element)]
        by_property = (words for element, words in own if _has_property(element))
        by_class = (words for element, words in own if any(name.lower() in _NAMES for name in prose.names_of(element)))
        return next(by_property, "") or self._head.marked_title() or next(by_class, "")

    def _by_title(self, only: tuple[Element, str] | None) -> str:
        """What the page's `title` says, or its only `h1`, where that says it better or is in the article."""
        title = self._head.page_title()
        names_site = self._names_site(title)
        says_all = only is not None and same(only[1], title) and not _is_within(only[0])
        if (names_site or says_all) and (dated := self._dated()):
            return dated
        if only and (names_site or self._is_kin(only[1], title) or _is_within(only[0])):
            return only[1]
        if names_site and (below := self._highest(title)):
            return below
        heads = (words for element, words in self._headings if element.tag == "h1" and not _leads_home(element))
        return self._shown_title() or next((words for words in heads if _is_sentence_of(words, title)), title)

    def _only(self) -> tuple[Element, str] | None:
        """The page's `h1`, where there is one that is not the name of its site."""
        found = [
            heading
            for heading in self._headings
            if heading[0].tag == "h1" and not _leads_home(heading[0]) and self._head.items.is_own(heading[0])
        ]
        found = [heading for heading in found if not self._names_site(heading[1])]
        found = [heading for heading in found if _is_within(heading[0])] or found
        is_alone = len(found) == 1 and next(found[0][0].iterancestors(*_APART), None) is None
        return found[0] if is_alone else None

    def _dated(self) -> str:
        """The only heading within the article with a date right below it that leads nowhere."""
        within = [(element, words) for element, words in self._headings if _is_within(element) and not _links(element)]
        dated = [words for element, words in within if _has_date_below(element)]
        return dated[0] if len(dated) == 1 else ""

    def _highest(self, site: str) -> str:
        """The only heading of the highest rank but for the name of the site."""
        found = [
            (element.tag, words)
            for element, words in self._headings
            if not same(words, site) and not _leads_home(element) and next(element.iterancestors(*_APART), None) is None
        ]
        rank = min((tag for tag, _ in found), default="")
        highest = [words for tag, words in found if tag == rank]
        return highest[0] if len(highest) == 1 else ""

    def _is_kin(self, heading: str, title: str) -> bool:
        """Whether a heading is a title with more words, or has most of its words."""
        words, titles = _words(heading), _words(title)
        shorter = any(_words(part) < words for part in (title, *self._head.title_parts()) if _words(part))
        return shorter or len(words & titles) > max(len(words), len(titles)) / 2

    def _names_site(self, title: str) -> bool:
        """Whether a title is the name of the site: its links to its front page have the same words."""
        return same(title, self._head.site_name) or title.casefold() in self._home

    @cached_property
    def _home(self) -> set[str]:
        links = [link for link in self._head.root.iter("a") if _is_home(link)]
        shown = [image.get("alt") or "" for link in links for image in link.iter("img")]
        return {" ".join(words.split()).casefold() for words in (*map(phrases.brief, links), *shown)} - {""}

    def _shown_title(self) -> str:
        """The part of the page's `title` that a heading is, or that else stands alone in its text."""
        root, site = self._head.root, self._head.site_name
        parts = [part for part in self._head.title_parts(_SHORT) if not same(part, site)]
        whole = {words for element, words in self._headings if not _leads_home(element)}
        within = {words for element, words in self._headings if _is_within(element)}
        for shown in (within, whole, {_line(element) for element in root.iter(*_LINES) if not _leads_home(element)}):
            if found := [part for part in parts if part in shown and (shown is within or len(part) >= _LONG)]:
                return max(found, key=len)
        return ""


def _heading(element: Element) -> str:
    """A heading's words without the line above the headline that some pages put into it."""
    whole = " ".join(trees.text(element).split())
    for inner in element.iterdescendants("span", "small", "a", "div"):
        words = " ".join(trees.text(inner).split())
        if _KICKER.search(inner.get("class") or "") and whole.startswith(words) and len(words) < len(whole):
            return whole.removeprefix(words).lstrip(" :|–-")
    return whole


def _links(heading: Element) -> bool:
    return next(itertools.chain(heading.iter("a"), heading.iterancestors("a")), None) is not None


def _has_date_below(heading: Element) -> bool:
    for part in (heading, *itertools.islice(heading.iterancestors("header", "hgroup", "div"), 1)):
        if (below := next(part.itersiblings(*_LINES, "time", "i", "em", "small"), None)) is not None:
            return below.tag == "time" or date_within(phrases.brief(below)) is not None
    return False


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _says(words: str, claim: str) -> bool:
    """Whether a heading is the headline that is claimed, in full or but for a word or two at an end."""
    return same(words, claim) or (len(words) >= len(claim) * 0.6 and _holds(claim, words)) or _holds(words, claim)


def _line(element: Element) -> str:
    """The words of an element that holds few others."""
    return phrases.brief(element) if len(element) < 4 else ""


def _leads_home(element: Element) -> bool:
    """Whether an element is the name of the site: it links to its front page."""
    return any(_is_home(link) for link in [*element.iter("a"), *element.iterancestors("a")][:5])


def _is_within(element: Element) -> bool:
    """Whether an element is in what the page calls its article, or all that is not around it."""
    return next(element.iterancestors("article", "main"), None) is not None


def _is_home(link: Element) -> bool:
    return re.fullmatch(r"(?:https?://[^/]+)?/?(?:index\.\w+)?", link.get("href") or "x") is not None


def _begins(claim: str, words: str) -> bool:
    """Whether a claim is these words, a sign and the name of a site."""
    return any(same(claim[: cut.start()], words) for cut in BETWEEN.finditer(claim) if cut[0].strip() != ":")


def _is_sentence_of(words: str, title: str) -> bool:
    """Whether a title begins with these words as a sentence, and goes on with what the page says below them."""
    return title.startswith(words) and re.match(r"[.!?…]\s", title[len(words) :]) is not None and len(words) >= 8


def _has_property(element: Element) -> bool:
    return "headline" in f"{element.get('itemprop') or ''} {element.get('property') or ''}"


def _holds(text: str, part: str) -> bool:
    return len(part) >= 8 and part.casefold() in text.casefold()

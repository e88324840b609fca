"""A page that shows several whole posts: the front page of a blog, a month of its archive, all posts of a label.

Its posts look alike, hold most of its text, and have each a headline that leads to a page of its own, a date, and a
text without a link to the rest of it. The page is about none of them: its own address is not theirs. So no live blog is
cut, no article with others below it, and no list of teasers.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urljoin, urlsplit

from generator import trees
from generator.importer.page import metadata, prose
from generator.importer.page import words as phrases
from generator.importer.page.metadata import Head
from generator.importer.page.prose import Weights
from generator.records import Record
from generator.trees import Element

_ITEM = re.compile(r"BlogPosting|(?:[A-Z]\w*)?Article")
_SIGNS = re.compile(r"[\s/#:]+")
_CLASSES = frozenset({"post", "entry", "blogpost", "blog-post"})
_MARKS: tuple[Callable[[Element], bool], ...] = (
    lambda element: any(map(_ITEM.fullmatch, _SIGNS.split(element.get("itemtype") or element.get("typeof") or ""))),
    lambda element: not {"hentry", "h-entry"}.isdisjoint(prose.names_of(element)),
    lambda element: bool(element.tag == "article"),
    lambda element: element.tag == "div" and not _CLASSES.isdisjoint(prose.names_of(element)),
)
"""How pages mark a post, surest first."""

_HEADINGS = ("h1", "h2", "h3", "h4")
_WHOLE = 160
"""Characters of prose of the shortest post."""

_MOST = 0.6
"""Of the prose of the page that posts hold."""

_MORE = re.compile(r"more|continue", re.IGNORECASE)
_LINES = ("h1", "h2", "h3", "h4", "h5", "div", "p", "span", "time")
_LEVELS = 3
_BESIDE = 30
"""Levels above a post, and elements before it on each, among which the date of its day is looked for."""

_CUT = ("…", "...", "[…]", "[...]")


class _Found(Record, frozen=True):
    """A post where it stands: its headline, the address that this leads to, and its day above it, where not within."""

    element: Element
    title: str
    url: str
    day: str


def of(root: Element, weights: Weights, head: Head) -> list[Element]:
    """The posts of a page, each taken out of it and made a page of its own; none where it does not show several."""
    elements = [element for element in trees.elements(root) if weights.prose.get(element, 0) >= _WHOLE]
    for is_post in _MARKS:
        marked = list(_outermost(element for element in elements if is_post(element)))
        holders = {above for element in marked for above in itertools.islice(element.iterancestors(), _LEVELS)}
        holders |= set(marked)
        found = [post for element in marked if (post := _post(element, holders, head)) is not None]
        if _are_all(found, weights, head):
            return [_page(post, root, head) for post in found]
    return []


def _outermost(found: Iterable[Element]) -> Iterator[Element]:
    """Elements, in document order, that stand in none of the others."""
    seen: set[Element] = set()
    for element in found:
        if seen.isdisjoint(element.iterancestors()):
            seen.add(element)
            yield element


def _post(element: Element, holders: set[Element], head: Head) -> _Found | None:
    """A whole post, else None; `holders` are posts and what they stand in."""
    heading = next(element.iter(*_HEADINGS), None)
    link = None if heading is None else next(itertools.chain(heading.iter("a"), heading.iterancestors("a")), None)
    url = _joined(head.base, link.get("href") or "") if link is not None else ""
    title = phrases.brief(heading) if heading is not None else ""
    if not url or not title or _is_cut(element, url, head):
        return None
    dates = metadata.dates_shown(list(trees.elements(element)), set(), None)
    day = "" if next(dates, None) else _day_above(element, holders)
    return None if day is None else _Found(element, title, url, day)


def _is_cut(element: Element, url: str, head: Head) -> bool:
    """Whether a post is only the beginning of one: it ends with the sign of that, or links to the rest."""
    links = (link for link in element.iter("a") if _same_page(_joined(head.base, link.get("href") or ""), url))
    if any(_MORE.search(link.get("class") or "") or phrases.is_of_the_page(phrases.brief(link)) for link in links):
        return True
    blocks = [words for block in element.iter("p", "div") if len(block) < 6 and (words := phrases.brief(block))]
    return any(len(words) >= 40 and words.endswith(_CUT) for words in blocks[-3:])


def _day_above(element: Element, holders: set[Element]) -> str | None:
    """The date above a post, or above those before it on that day; None where there is none."""
    for part in (element, *itertools.islice(element.iterancestors(), _LEVELS)):
        for other in itertools.islice(part.itersiblings(*_LINES, preceding=True), _BESIDE):
            if other not in holders and metadata.date_within(words := phrases.brief(other)):
                return words
    return None


def _are_all(found: list[_Found], weights: Weights, head: Head) -> bool:
    """Whether posts are what their page shows, and it is about none of them."""
    urls = [post.url for post in found]
    paths = {urlsplit(url).path for url in urls}
    if len(found) < 2 or len(paths) < len(found) or head.meta("og:type") == "article":
        return False
    is_one = any(_same_page(url, head.url) for url in urls)
    return not is_one and sum(weights.prose[post.element] for post in found) >= weights.prose[head.root] * _MOST


def _page(post: _Found, root: Element, head: Head) -> Element:
    """A page that shows a post alone, with what its page says of the site."""
    about = trees.made("head")
    trees.add(about, "meta", "", property="og:title", content=post.title)
    trees.add(about, "meta", "", property="og:site_name", content=head.site_name)
    trees.add(about, "link", "", rel="canonical", href=post.url)
    trees.add(about, "base", "", href=head.base)
    body = trees.made("body")
    if post.day:
        trees.add(body, "time", post.day)
    body.append(trees.made("main", post.element))
    return trees.made("html", about, body, lang=root.get("lang") or root.get("xml:lang") or "")


def _same_page(one: str, other: str) -> bool:
    return bool(one) and one.partition("#")[0].rstrip("/") == other.partition("#")[0].rstrip("/")


def _joined(base: str, url: str) -> str:
    try:
        return urljoin(base, url.strip())
    except ValueError:
        return ""

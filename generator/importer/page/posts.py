"""A page that shows several whole posts: the front page of a blog, a month of its archive, all posts of a label.

Its posts look alike, hold most of its text, and have each a headline that leads to a page of its own, a date, and a
text without a link to the rest of it. The page is about none of them: its own address is not theirs. So no live blog is
cut, no article with others below it, and no list of teasers.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Iterable, Iterator
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
_CLASSES = frozenset({"post", "entry", "blogpost", "blog-post", "blogbody"})
_MARKS: tuple[Callable[[Element], bool], ...] = (
    lambda element: any(map(_ITEM.fullmatch, _SIGNS.split(element.get("itemtype") or element.get("typeof") or ""))),
    lambda element: not {"hentry", "h-entry"}.isdisjoint(prose.names_of(element)),
    lambda element: bool(element.tag == "article"),
    lambda element: element.tag == "div" and not _CLASSES.isdisjoint(prose.names_of(element)),
)
"""How pages mark a post, surest first."""

HEADINGS = ("h1", "h2", "h3", "h4")
_WHOLE = 160
"""Characters of prose of the shortest post."""

_LONG = 500
"""Characters of prose that no teaser has."""

_MOST = 0.6
"""Of the prose of the page that posts hold."""

_MORE = re.compile(r"more|continue", re.IGNORECASE)
_PERMANENT = re.compile(r"bookmark|perma|permanent", re.IGNORECASE)
_NUMBER = re.compile(r"(?:^|&)p=\d+")
_LINES = ("h1", "h2", "h3", "h4", "h5", "div", "p", "span", "time")
_BESIDE = 30
"""Elements before a post, and before what it stands in, among which the date of its day is looked for."""

_CUT = ("…", "...", "[…]", "[...]")


class Posts(Record, frozen=True):
    """The posts of a page.

    Attributes:
        pages: Each taken out of it and made a page of its own.
        left: What looks like one, and is not whole or has no headline or day.
    """

    pages: list[Element]
    left: list[Element]


class _Found(Record, frozen=True):
    """A post where it stands: its headline, and the address that this leads to."""

    element: Element
    title: str
    url: str


def of(root: Element, weights: Weights, head: Head) -> Posts | None:
    """The posts of a page; None where it does not show several."""
    if head.meta("og:type") == "article":
        return None
    elements = [element for element in trees.elements(root) if weights.prose.get(element, 0) >= _WHOLE]
    for is_post in _MARKS:
        marked = list(_outermost(element for element in elements if is_post(element)))
        found = _titled(marked, head) if _are_most(marked, weights, root) else []
        days = _days(found, marked, head)
        if _are_most(days, weights, root) and sum(_is_long(element, weights) for element in days) * 3 >= len(days):
            left = [element for element in marked if element not in days]
            return Posts([_page(post, days[post.element], head) for post in found if post.element in days], left)
    return None


def _are_most(posts: Collection[Element], weights: Weights, root: Element) -> bool:
    """Whether these are several, and hold most of the prose of a page."""
    return len(posts) > 1 and sum(weights.prose[post] for post in posts) >= weights.prose[root] * _MOST


def _outermost(found: Iterable[Element]) -> Iterator[Element]:
    """Elements, in document order, that stand in none of the others."""
    seen: set[Element] = set()
    for element in found:
        if seen.isdisjoint(element.iterancestors()):
            seen.add(element)
            yield element


def _around(posts: list[Element]) -> set[Element]:
    """Posts, and what they stand in below that which holds them all."""
    shared = set(posts[-1].iterancestors()) if posts else set()
    return {part for post in posts for part in (post, *post.iterancestors()) if part not in shared} | set(posts)


def _titled(marked: list[Element], head: Head) -> list[_Found]:
    """Those with a headline and an address of their own; none where the page is about one of them."""
    found = [post for element in marked if (post := _post(element, head)).url]
    places = {_place(post.url) for post in found}
    return [] if len(places) < len(found) or any(_same_page(post.url, head.url) for post in found) else found


def _post(element: Element, head: Head) -> _Found:
    headings = ((heading, phrases.brief(heading)) for heading in element.iter(*HEADINGS))
    titles = ((heading, words) for heading, words in headings if words and not metadata.date_within(words))
    heading, title = next(titles, (None, ""))
    url = _joined(head.base, next(_permalinks(element, heading), "")) if heading is not None else ""
    return _Found(element, title, url)


def _days(found: list[_Found], marked: list[Element], head: Head) -> dict[Element, str]:
    """Posts that are whole and have a day: this where it stands above them, and is not in them."""
    around = _around(marked)
    days: dict[Element, str] = {}
    for post in found:
        if not _is_cut(post.element, post.url, head):
            dates = metadata.dates_shown(list(trees.elements(post.element)), set(), None)
            day = "" if next(dates, None) else _day_above(post.element, around)
            days |= {} if day is None else {post.element: day}
    return days


def _permalinks(element: Element, heading: Element) -> Iterator[str]:
    """Where the headline of a post leads, or its day or another link that is said to be that to the post."""
    for link in (*heading.iter("a"), *heading.iterancestors("a")):
        yield link.get("href") or ""
    for link in element.iter("a"):
        said = " ".join(link.get(name) or "" for name in ("rel", "class", "title"))
        if _PERMANENT.search(said) and link.get("href"):
            yield link.get("href")


def _is_cut(element: Element, url: str, head: Head) -> bool:
    """Whether a post is only the beginning of one: it ends with the sign of that, or links to the rest."""
    links = (link for link in element.iter("a") if _same_page(_joined(head.base, link.get("href") or ""), url))
    if any(_MORE.search(link.get("class") or "") or phrases.leads_on(phrases.brief(link)) for link in links):
        return True
    blocks = [words for block in element.iter("p", "div") if len(block) < 6 and (words := phrases.brief(block))]
    return any(len(words) >= 40 and words.endswith(_CUT) for words in blocks[-3:])


def _day_above(element: Element, around: set[Element]) -> str | None:
    """The date above a post, or above those before it on that day; None where there is none."""
    for part in itertools.takewhile(around.__contains__, (element, *element.iterancestors())):
        for other in itertools.islice(part.itersiblings(*_LINES, preceding=True), _BESIDE):
            if other not in around and metadata.date_within(words := phrases.brief(other)):
                return words
    return None


def _is_long(element: Element, weights: Weights) -> bool:
    """Whether a post has more than a paragraph, or a long one, as a teaser has not."""
    prose = {part: weights.prose.get(part, 0) for part in trees.elements(element)}
    own = (size - sum(prose.get(inner, 0) for inner in part) for part, size in prose.items())
    return prose[element] >= _LONG or sum(size > 0 for size in own) > 1 or any(map(_ends_paragraph, element.iter("br")))


def _ends_paragraph(end: Element) -> bool:
    """Whether a break is the second of two, with which old pages part paragraphs."""
    before = end.getprevious()
    return before is not None and before.tag == "br" and not (before.tail or "").strip()


def _page(post: _Found, day: str, head: Head) -> Element:
    """A page that shows a post alone, with the day above it, and what its page says of the site."""
    about = trees.made("head")
    trees.add(about, "meta", "", property="og:title", content=post.title)
    trees.add(about, "meta", "", property="og:site_name", content=head.site_name)
    trees.add(about, "link", "", rel="canonical", href=post.url)
    trees.add(about, "base", "", href=head.base)
    body = trees.made("body")
    if day:
        trees.add(body, "time", day)
    body.append(trees.made("main", post.element))
    return trees.made("html", about, body, lang=head.root.get("lang") or head.root.get("xml:lang") or "")


def _place(url: str) -> str:
    """What of an address tells a post: its path, or the number behind it that stands for one."""
    parts = urlsplit(url)
    return parts.path + (parts.query if _NUMBER.search(parts.query) else "")


def _same_page(one: str, other: str) -> bool:
    return bool(one) and one.partition("#")[0].rstrip("/") == other.partition("#")[0].rstrip("/")


def _joined(base: str, url: str) -> str:
    """A whole address; empty for one that is none."""
    try:
        found = urljoin(base, url.strip())
        urlsplit(found)
    except ValueError:
        return ""
    return found

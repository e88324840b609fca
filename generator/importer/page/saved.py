"""A saved page's bytes to what it holds: text alone, an article, or the posts of a front page."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterator

from generator import trees
from generator.errors import ContentError, Problem
from generator.importer.articles import Article, Dropped, Skipped
from generator.importer.page import charset, prose, pruning
from generator.importer.page import words as phrases
from generator.importer.page.article import MOST_DROPPED, Reading
from generator.importer.page.posts import HEADINGS, Posts
from generator.records import replace
from generator.trees import Element

_DATA = re.compile(rb"(?<=[\"'(])data:[a-z]{1,20}/[a-zA-Z0-9.+;=_-]{1,60},[^\"')\s]{400,}")
"""What a saving tool put into a page instead of an address."""

_BEFORE = 4_000
"""Characters at the beginning in which a tool says from where a page was saved."""


_NAME = 60
"""Characters of a post without a headline by which it is told."""

_NOT_WHOLE = "is not whole on this page, or has no headline or no day there"


class Saved:
    """A page that can be read.

    Attributes:
        problems: Of its bytes.

    Raises:
        ContentError: It is no text, or empty.
    """

    def __init__(self, data: bytes) -> None:
        charset.refuse_binary(data)
        decoded = charset.text_of(_DATA.sub(b"data:,", data))
        self.problems = decoded.problems
        self._before = decoded.text[:_BEFORE]
        page = trees.Page(decoded.text)
        if page.root is None or not page.whole:
            cause = "nests its HTML too deep to be read" if page.root is not None else "is an empty page"
            raise ContentError(Problem(cause, "open it in a browser, and save the text of the article", line=1))
        self._page = page
        self._root: Element = page.root
        _part_lines(page.root)

    def plain(self) -> str:
        """The text of a page that is a file of text as browsers show one, its lines where they stood; else nothing."""
        alone = list(self._root.iter("pre"))
        body = next(self._root.iter("body"), None)
        if len(alone) != 1 or body is None or trees.text(body) != trees.text(alone[0]):
            return ""
        return "\n" * (self._page.line(alone[0]) - 1) + "".join(alone[0].itertext())

    def articles(self) -> Iterator[Article | Skipped]:
        """The article of a page, or those of its posts.

        Raises:
            ContentError: It has no text that is an article.
        """
        reading = Reading(self._root, self._page.line, self._before)
        if posts := reading.posts():
            yield from self._several(posts)
        else:
            yield reading.article(self.problems)

    def _several(self, posts: Posts) -> Iterator[Article | Skipped]:
        """The articles of posts; what stands around these is told with the first."""
        items = [self._post(page) for page in posts.pages]
        left = itertools.islice(prose.outside(self._root, trees.made("div")), MOST_DROPPED)
        around = [Dropped(self._page.line(part), pruning.words_of(part), "outside of the posts") for part in left]
        problems = self.problems
        for item in items:
            if isinstance(item, Article):
                dropped = sorted([*item.dropped, *around], key=lambda entry: entry.line)[:MOST_DROPPED]
                yield replace(item, dropped=tuple(dropped), problems=(*problems, *item.problems))
                around, problems = [], ()
            else:
                yield item
        yield from (self._skipped(element, _NOT_WHOLE) for element in posts.left)

    def _post(self, page: Element) -> Article | Skipped:
        try:
            return _own(Reading(page, self._page.line).article())
        except ContentError as error:
            return self._skipped(page, "; ".join(problem.cause for problem in error.problems))

    def _skipped(self, element: Element, reason: str) -> Skipped:
        name = phrases.apart(next(element.iter(*HEADINGS), element))[:_NAME]
        return Skipped("post", name, reason, self._page.line(element), "save its own page, and import that")


def _part_lines(root: Element) -> None:
    """Part the words at the ends of lines, where a page has nothing but the break between them."""
    for end in root.iter("br"):
        if end.tail and next(end.iterancestors("pre"), None) is None:
            end.tail = f"{phrases.LINE_END}{end.tail}"


def _own(article: Article) -> Article:
    """An article of a page that holds others, which may change without it."""
    told = f"{article.url}\n{article.title}\n{article.date}\n{article.body}"
    return replace(article, digest=hashlib.sha256(told.encode()).hexdigest())

"""A saved page's bytes to what it holds: text alone, an article, or the posts of a front page."""

from __future__ import annotations

import hashlib
import itertools
import re

from generator import trees
from generator.errors import ContentError, Problem
from generator.importer.articles import Article, Dropped
from generator.importer.page import charset, prose, pruning
from generator.importer.page.article import MOST_DROPPED, Reading
from generator.records import replace
from generator.trees import Element

_DATA = re.compile(rb"(?<=[\"'(])data:[a-z]{1,20}/[a-zA-Z0-9.+;=_-]{1,60},[^\"')\s]{400,}")
"""What a saving tool put into a page instead of an address."""

_BEFORE = 4_000
"""Characters at the beginning in which a tool says from where a page was saved."""


class Saved:
    """A page that can be read.

    Raises:
        ContentError: It is no text, or empty.
    """

    def __init__(self, data: bytes) -> None:
        charset.refuse_binary(data)
        self._decoded = charset.text_of(_DATA.sub(b"data:,", data))
        page = trees.Page(self._decoded.text)
        if page.root is None or not page.whole:
            cause = "nests its HTML too deep to be read" if page.root is not None else "is an empty page"
            raise ContentError(Problem(cause, "open it in a browser, and save the text of the article", line=1))
        self._page = page
        self._root: Element = page.root

    def plain(self) -> str:
        """The text of a page that is a file of text as browsers show one, its lines where they stood; else nothing."""
        alone = list(self._root.iter("pre"))
        body = next(self._root.iter("body"), None)
        if len(alone) != 1 or body is None or trees.text(body) != trees.text(alone[0]):
            return ""
        return "\n" * (self._page.line(alone[0]) - 1) + "".join(alone[0].itertext())

    def articles(self) -> tuple[Article, ...]:
        """The article of a page, or those of its posts.

        Raises:
            ContentError: It has no text that is an article.
        """
        reading = Reading(self._root, self._page.line, self._decoded.text[:_BEFORE])
        if posts := reading.posts():
            return self._several(posts)
        return (reading.article(self._decoded.problems),)

    def _several(self, posts: list[Element]) -> tuple[Article, ...]:
        """The articles of posts; what stands around these is told with the first."""
        first, *others = [_own(Reading(post, self._page.line).article()) for post in posts]
        left = itertools.islice(prose.outside(self._root, trees.made("div")), MOST_DROPPED)
        around = [Dropped(self._page.line(part), pruning.words_of(part), "outside of the posts") for part in left]
        dropped = tuple(sorted([*first.dropped, *around], key=lambda item: item.line)[:MOST_DROPPED])
        return replace(first, dropped=dropped, problems=(*self._decoded.problems, *first.problems)), *others


def _own(article: Article) -> Article:
    """An article of a page that holds others, which may change without it."""
    told = f"{article.url}\n{article.title}\n{article.date}\n{article.body}"
    return replace(article, digest=hashlib.sha256(told.encode()).hexdigest())

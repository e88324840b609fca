"""A page's elements to an Article."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable, Collection, Iterator

from generator import trees
from generator.errors import ContentError, Problem, warning
from generator.importer.articles import Article, Dropped, Media
from generator.importer.lines import same
from generator.importer.markdown.read import read
from generator.importer.markdown.values import Block, Heading
from generator.importer.markdown.write import write
from generator.importer.page import bylines, labels, metadata, posts, prose, pruning, trimming
from generator.importer.page import words as phrases
from generator.importer.page.headline import Headline
from generator.importer.page.items import Items
from generator.importer.page.lead import Lead
from generator.importer.page.metadata import Head, Metadata
from generator.importer.page.posts import Posts
from generator.records import replace
from generator.trees import Element

MOST_DROPPED = 300
"""Characters of an entry of the report, and entries."""

_SUMMARY = 20
"""Characters of a summary that says something."""

_DECK = 60
"""Characters of a standfirst that nothing but its place tells."""

_PARAGRAPHS = ("p", "div")
_ENDS = (".", "!", "?", "…", "。")
_CAPTION = re.compile("caption|credit", re.IGNORECASE)
_APART = frozenset({"aside", "nav", "footer", "head", "script", "style"})


class Reading:
    """A page on its way: its head's claims, then its body.

    Args:
        root: Its element `html`.
        line_of: Tells where an element stands in the source.
        before: Its first characters.
    """

    def __init__(self, root: Element, line_of: Callable[[Element], int], before: str = "") -> None:
        self._root = root
        self._line_of = line_of
        self._weights = prose.weigh(root)
        self._items = Items(root, self._weights)
        self._head = Head(root, before, self._items)
        self._dropped: list[Dropped] = []
        self._apart: dict[Element, bool] = {}
        self._about: tuple[Element, ...] = (root,)

    def posts(self) -> Posts | None:
        """The posts of a page that shows several whole ones."""
        return posts.of(self._root, self._weights, self._head)

    def article(self, problems: tuple[Problem, ...] = ()) -> Article:
        """The article.

        Raises:
            ContentError: There is no text.
        """
        claims = self._head.claims()
        weights = self._weights
        headline = Headline(self._head, claims.title)
        title, shown = headline.title, headline.shown
        body = prose.body_of(self._root, weights, shown)
        above = [around for heading in shown[:1] for around in heading.iterancestors()]
        self._apart = dict.fromkeys((body, *body.iterancestors(), *above), False)
        self._about = (body, *shown[:1])
        near = list(self._near(body))
        found = self._completed(replace(claims, title=title), near)
        self._dropped += [self._drop(element, "outside of the article") for element in self._around(body)]
        taken = [self._drop(element, reason) for element, reason in pruning.prune(body, weights, found.authors)]
        text = read(body, self._head.base, self._line_of)
        lead = Lead(self._root, self._head.base, shown, self._is_apart).of(text, found.image, body)
        found = trimming.completed(found, text.text.blocks)
        if not claims.title and not headline.is_on_page and not self._head.is_shown(title):
            found = replace(found, title=trimming.headline(text.text.blocks, found) or title)
        found = replace(found, authors=found.authors or self._head.unseen_authors())
        self._trim(text.text.blocks, found, headline.others, text.framed)
        markdown = write(text.text)
        if not markdown.strip():
            raise ContentError(
                Problem("has no text that reads as an article", "import its text as a text file", line=1)
            )
        dropped = sorted([*self._dropped, *taken, *text.dropped], key=lambda item: item.line)[:MOST_DROPPED]
        return Article(
            title=found.title,
            body=markdown,
            url=found.url,
            date=found.date,
            updated=found.updated,
            summary=_summary(found, markdown),
            image=lead,
            authors=found.authors,
            section=found.section,
            tags=found.tags,
            language=found.language,
            media=tuple(Media(address) for address in dict.fromkeys([*([lead.src] if lead else []), *text.media])),
            dropped=tuple(dropped),
            problems=(*problems, *_doubts(found), *text.problems),
        )

    def _near(self, body: Element) -> Iterator[Element]:
        """Elements in which a page puts date and byline: those of the article and the heads above it, then all."""
        article_of = next(body.iterancestors("article", "main"), None)
        scope = article_of if article_of is not None else body
        seen: set[Element] = set()
        parents = [scope, *itertools.islice(scope.iterancestors(), 4)] if article_of is None else [scope]
        for root in (*parents, self._root):
            for element in trees.elements(root):
                if element in seen:
                    continue
                seen.add(element)
                if not self._is_apart(element) and self._items.is_own(element):
                    yield element

    def _is_apart(self, element: Element) -> bool:
        """Whether an element is in a part of the page that has dates and names of its own."""
        waiting = [element]
        while waiting[-1] not in self._apart:
            above = waiting[-1].getparent()
            if above is None:
                self._apart[waiting[-1]] = False
            else:
                waiting.append(above)
        found = self._apart[waiting.pop()]
        for inner in reversed(waiting):
            found = found or (inner.tag in _APART and not self._is_own_foot(inner))
            found = found or prose.is_talk(inner) or _is_list(inner)
            found = found or self._items.is_foreign(inner)
            self._apart[inner] = found
        return found

    def _is_own_foot(self, element: Element) -> bool:
        """Whether an element is the foot of the article, with its date and tags."""
        body, above = self._about[0], element.getparent()
        is_foot = element.tag == "footer" and above is not None and above.tag == "article"
        return is_foot and (above is body or above in body.iterancestors("article"))

    def _completed(self, found: Metadata, near: list[Element]) -> Metadata:
        """What the head did not say, from what the page shows."""
        date = found.date or self._date_shown(near, metadata.date_in(found.url), found.language)
        authors = found.authors or tuple(bylines.shown(near))
        section, tags = labels.shown(self._root, near)
        deck = metadata.deck_shown(near)
        if deck is None and len(found.summary) < _SUMMARY:
            deck = self._deck_between()
        summary = " ".join(trees.text(deck).split()) if deck is not None else found.summary
        updated = found.updated if found.updated != date else None
        return replace(
            found,
            date=date,
            authors=authors,
            section=found.section or section,
            tags=found.tags or tags,
            summary=summary,
            updated=updated,
        )

    def _deck_between(self) -> Element | None:
        """The first paragraph between the headline and the text that is a sentence: the standfirst, by its place."""
        body, *headings = self._about
        if any(body in heading.iterancestors() for heading in headings):
            return None
        below = itertools.dropwhile(lambda element: element not in headings, self._close())
        for element in itertools.takewhile(lambda element: element is not body, below):
            own = self._weights.prose.get(element, 0) - sum(self._weights.prose.get(inner, 0) for inner in element)
            is_caption = _CAPTION.search(element.get("class") or "") or self._is_apart(element)
            if own >= _DECK and element.tag in _PARAGRAPHS and not is_caption:
                return element if phrases.brief(element).endswith(_ENDS) else None
        return None

    def _date_shown(
        self, near: list[Element], address: dt.date | None, language: str | None
    ) -> dt.datetime | dt.date | None:
        """The first date that the page shows; with a day in its address, one that is not far from it, or that day."""
        dates = metadata.dates_shown(near, set(self._close()), language)
        shown = itertools.chain(self._head.marked_dates(), dates)
        if address is None:
            return next(shown, None)
        return next((found for found in shown if abs((_day(found) - address).days) <= 2), address)

    def _close(self) -> Iterator[Element]:
        """Elements of the least part of the page that holds the headline and the text."""
        body, *headings = self._about
        holders = [body, *body.iterancestors()]
        for heading in headings:
            above = set(heading.iterancestors())
            holders = [element for element in holders if element in above]
        return trees.elements(holders[0]) if holders else iter(())

    def _around(self, body: Element) -> Iterator[Element]:
        return itertools.islice(prose.outside(self._root, body), MOST_DROPPED)

    def _drop(self, element: Element, reason: str) -> Dropped:
        return Dropped(self._line_of(element), pruning.words_of(element), reason)

    def _trim(self, blocks: list[Block], found: Metadata, others: tuple[str, ...], framed: Collection[str]) -> None:
        """Take what is no text off both ends, as long as some is left."""
        whole = [*blocks]
        cut = [Dropped(1, words, reason) for words, reason in trimming.trim(blocks, found, others, framed)]
        if blocks:
            self._dropped += cut
        else:
            blocks[:] = [block for block in whole if not isinstance(block, Heading)] or whole


def _is_list(element: Element) -> bool:
    """Whether an element shows other stories."""
    return any(
        name.lower().startswith(("related", "recommend", "popular", "sidebar", "more-"))
        for name in prose.names_of(element)
    )


def _summary(found: Metadata, body: str) -> str | None:
    """A standfirst that says more than the headline and the beginning of the text do."""
    text = found.summary
    bare = text.removesuffix("…").removesuffix("...").removesuffix("[&hellip;]").removesuffix("[…]").strip(" \n*•·")
    if len(bare) < _SUMMARY or len(bare) > 600 or same(bare, found.title):
        return None
    beginning = " ".join(body[: len(bare) * 2 + 200].split())
    return None if bare[:60] in beginning and bare != text else text


def _day(moment: dt.datetime | dt.date) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment


def _doubts(found: Metadata) -> tuple[Problem, ...]:
    """What a person should look at."""
    if found.date is None:
        return ()
    later = _day(found.date)
    shown = metadata.date_in(found.url)
    if shown and abs((shown - later).days) > 2:
        cause = f"says that it is of {later}, but its address is of {shown}"
        return (warning(cause, "check the date in the post"),)
    return ()

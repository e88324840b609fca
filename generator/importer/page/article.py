"""A page's bytes to an Article."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import re
from collections.abc import Iterator

from generator import trees
from generator.errors import ContentError, Problem, warning
from generator.importer.articles import Article, Dropped, Media
from generator.importer.lines import same
from generator.importer.markdown import inline, places, values
from generator.importer.markdown.read import Read, read
from generator.importer.markdown.write import write
from generator.importer.page import bylines, charset, labels, metadata, prose, pruning, trimming
from generator.importer.page import words as phrases
from generator.importer.page.headline import Headline
from generator.importer.page.items import Items
from generator.importer.page.metadata import Head, Metadata
from generator.model.document import Image
from generator.records import replace
from generator.trees import Element

_DATA = re.compile(rb"(?<=[\"'(])data:[a-z]{1,20}/[a-zA-Z0-9.+;=_-]{1,60},[^\"')\s]{400,}")
"""What a saving tool put into a page instead of an address."""

_BLOCK_MOST = 300
"""Characters of an entry of the report, and entries."""

_APART = frozenset({"aside", "nav", "footer", "head", "script", "style"})
_FALSE_IMAGE = re.compile(r"logo|default|placeholder|avatar|favicon|share[-_]?image|og[-_]?image|blank", re.IGNORECASE)


def article(data: bytes) -> Article:
    """The article of a saved page.

    Raises:
        ContentError: It is no text, or has no text that is an article.
    """
    charset.refuse_binary(data)
    decoded = charset.text_of(_DATA.sub(b"data:,", data))
    page = trees.Page(decoded.text)
    if page.root is None or not page.whole:
        cause = "nests its HTML too deep to be read" if page.root is not None else "is an empty page"
        raise ContentError(Problem(cause, "open it in a browser, and save the text of the article", line=1))
    return _Reading(page, decoded.text[:4_000]).article(decoded.problems)


class _Reading:
    """A page on its way: its head's claims, then its body."""

    def __init__(self, page: trees.Page, before: str) -> None:
        self._page = page
        self._root: Element = page.root
        self._weights = prose.weigh(self._root)
        self._items = Items(self._root, self._weights)
        self._head = Head(self._root, before, self._items)
        self._dropped: list[Dropped] = []
        self._apart: dict[Element, bool] = {}
        self._about: tuple[Element, ...] = (self._root,)

    def article(self, problems: tuple[Problem, ...]) -> Article:
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
        text = read(body, self._head.base, self._page.line)
        lead = self._lead(text, found, body)
        found = trimming.completed(found, text.text.blocks)
        self._drops(trimming.trim(text.text.blocks, found, headline.others))
        markdown = write(text.text)
        if not markdown.strip():
            raise ContentError(
                Problem("has no text that reads as an article", "import its text as a text file", line=1)
            )
        dropped = sorted([*self._dropped, *taken, *text.dropped], key=lambda item: item.line)[:_BLOCK_MOST]
        return Article(
            title=title,
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
        return itertools.islice(prose.outside(self._root, body), _BLOCK_MOST)

    def _drop(self, element: Element, reason: str) -> Dropped:
        return Dropped(self._page.line(element), pruning.words_of(element), reason)

    def _lead(self, text: Read, found: Metadata, body: Element) -> Image | None:
        """The lead picture; where the text begins with it, it is taken from there with its caption."""
        blocks = text.text.blocks
        first = next((block for block in blocks[:3] if isinstance(block, values.Figure)), None)
        if found.image and first and _same_file(first.pictures[0].src, found.image):
            blocks.remove(first)
            caption, credit = _credited(inline.text_of(first.caption))
            return Image(first.pictures[0].src, first.pictures[0].alt, caption, credit)
        if not found.image and not text.media and (above := self._above(body)):
            return above
        if not found.image or _FALSE_IMAGE.search(found.image.rpartition("/")[2]):
            return None
        if any(_same_file(address, found.image) for address in text.media):
            return None
        return Image(found.image, *self._shown_lead(found.image))

    def _above(self, body: Element) -> Image | None:
        """The picture with a caption that stands between the headline and the text."""
        is_below = False
        for element in trees.elements(self._root):
            if element is body:
                return None
            is_below = is_below or element.tag == "h1"
            if is_below and element.tag == "figure" and not self._is_apart(element):
                with contextlib.suppress(places.RefusedError, StopIteration):
                    shown = places.picture(next(element.iter("img", "amp-img")), self._head.base)
                    caption = next(element.iter("figcaption"), None)
                    return Image(shown.src, shown.alt, *_credited(phrases.apart(caption)))
        return None

    def _shown_lead(self, address: str) -> tuple[str, str, str]:
        """What the page says of its lead picture, which stands outside of the text: alternative, caption, credit."""
        for element in self._root.iter("img", "amp-img"):
            if not _same_file(element.get("src") or element.get("data-src") or "", address):
                continue
            alt = " ".join((element.get("alt") or "").split())
            figure = next(element.iterancestors("figure"), None)
            caption = next(figure.iter("figcaption"), None) if figure is not None else None
            return alt, *_credited(phrases.apart(caption))
        return "", "", ""

    def _drops(self, cut: Iterator[tuple[str, str]]) -> None:
        self._dropped.extend(Dropped(1, words, reason) for words, reason in cut)


def _is_list(element: Element) -> bool:
    """Whether an element shows other stories."""
    return any(
        name.lower().startswith(("related", "recommend", "popular", "sidebar", "more-"))
        for name in prose.names_of(element)
    )


def _summary(found: Metadata, body: str) -> str | None:
    """A standfirst that says more than the headline and the beginning of the text do."""
    text = found.summary
    bare = text.removesuffix("…").removesuffix("...").removesuffix("[&hellip;]").removesuffix("[…]").strip()
    if len(bare) < 20 or len(bare) > 600 or same(bare, found.title):
        return None
    beginning = " ".join(body[: len(bare) * 2 + 200].split())
    return None if bare[:60] in beginning and bare != text else text


def _credited(caption: str) -> tuple[str, str]:
    """A caption without its credit, and the credit."""
    found = re.search(
        r"[\s(\[|/–—-]*(?:(?:Photo|Photograph|Picture|Image|Foto|Bild|Fotoğraf|Credit|Quelle|Crédit|©)\s*(?:credit|by|von|de|par)?\s*(?:[:/©]|\.\.\.|…)\s*)"
        r"(?P<who>[^)\]]{2,80})[)\]]?\s*\.?$",
        caption,
        re.IGNORECASE,
    )
    if not found:
        return caption, ""
    return caption[: found.start()].strip(), found["who"].strip()


def _day(moment: dt.datetime | dt.date) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment


def _same_file(one: str, other: str) -> bool:
    """Whether two addresses are of one picture, perhaps in two sizes."""
    return bool(one) and places.stem(one) == places.stem(other)


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

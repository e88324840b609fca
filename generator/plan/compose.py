"""Subjects to views: the one place where an output's references are looked up, just before it is rendered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cached_property
from itertools import takewhile
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, urlsplit

from generator import languages
from generator.images import TYPES
from generator.library import Library
from generator.model.cards import AuthorView, Card, Link, PartLink, PartView
from generator.model.document import Source
from generator.model.entry import Entry
from generator.model.machine import FeedItem, FeedView, MachineView, Media, NewsItem, NewsView, Person, RedirectView
from generator.model.notices import CorrectedView, CorrectionsView, NoticeView, WithdrawnView
from generator.model.site import Note, Post, Term
from generator.model.views import (
    CorrectionView,
    DayGroup,
    ListView,
    NotFoundView,
    PageKind,
    Pager,
    PeriodView,
    PostView,
    SectionBlock,
    SourceView,
    View,
)
from generator.plan import calendar
from generator.plan.chrome import CORRECTIONS, FEED_STYLE, FORMATS, Chrome, guid, note_anchor, note_guid, picture
from generator.plan.subjects import (
    CorrectionFeed,
    Corrections,
    Feed,
    Listing,
    News,
    NotFound,
    Part,
    Period,
    Place,
    Redirect,
    Said,
    Story,
    Subject,
    Tombstone,
)


class Composer:
    """Makes views for one site.

    Args:
        chrome: What all pages share.
        library: The posts.
    """

    def __init__(self, chrome: Chrome, library: Library) -> None:
        self._chrome = chrome
        self._library = library
        self._cards: dict[int, Card] = {}
        self._items: dict[int, FeedItem] = {}

    def view(self, subject: Subject) -> View | NoticeView | MachineView:
        """All that the subject's bytes are made from, but for bodies.

        Raises:
            DamagedError: A record is not what was written.
        """
        make = self._makers.get(type(subject))
        return make(subject) if make else subject  # type: ignore[return-value]  # small ones are views already

    @cached_property
    def _makers(self) -> dict[type, Callable[[Any], View | NoticeView | MachineView]]:
        return {
            Story: self._story,
            Listing: self._listing,
            Feed: self._feed,
            Corrections: self._corrections,
            CorrectionFeed: self._correction_feed,
            Period: self._period,
            News: self._news,
            NotFound: self._not_found,
            Redirect: self._redirect,
            Tombstone: self._tombstone,
        }

    def _redirect(self, redirect: Redirect) -> RedirectView:
        post = self._library.post(redirect.number)
        return RedirectView(self._chrome.absolute(post.url), post.title, post.language)

    def _tombstone(self, stone: Tombstone) -> WithdrawnView:
        chrome, title = self._chrome, self._chrome.words["expired" if stone.expired else "withdrawn"]
        language = stone.language or chrome.settings.language
        return WithdrawnView(
            head=chrome.head(PageKind.WITHDRAWN, title, "", stone.url),
            title=title,
            reason=stone.reason,
            date=dt.datetime.fromisoformat(stone.date) if stone.date else None,
            language=language,
            direction=languages.direction(language),
        )

    def _card(self, number: int) -> Card:
        if number not in self._cards:
            if len(self._cards) > 20_000:
                self._cards.clear()
            image = self._library.entries[number].image
            self._cards[number] = self._chrome.card(self._library.post(number).brief, image)
        return self._cards[number]

    def _list(self, numbers: tuple[int, ...]) -> tuple[Card, ...]:
        return tuple([self._card(number) for number in numbers])

    def _story(self, story: Story) -> PostView:
        chrome, post = self._chrome, self._library.post(story.number)
        kind = PageKind.PAGE if self._library.entries[story.number].page else PageKind.POST
        return PostView(
            head=chrome.head(kind, post.title, post.summary, post.url, post=post),
            card=self._card(story.number),
            standfirst=post.standfirst,
            tags=tuple(chrome.link(chrome.meant("tag", tag)) for tag in post.tags),
            series=chrome.link(chrome.meant("series", post.series)) if post.series else None,
            part=self._part(story.part) if story.part else None,
            authors=tuple([self._author(number) for number in story.authors]),
            modified=post.modified,
            corrections=tuple(_note(note) for note in post.corrections),
            source=self._source(post.origin) if post.origin else None,
            newer=self._neighbour(story.newer),
            older=self._neighbour(story.older),
            section_latest=self._list(story.section),
            related=self._list(story.related),
            latest=self._list(story.latest),
            banner=post.banner,
            extra=post.extra,
        )

    def _source(self, origin: Source) -> SourceView | None:
        """Where a story was first published; None where that is this very site, or only a file that was imported."""
        name, settings = origin.publisher, self._chrome.settings
        told = name or origin.author or origin.licence or (origin.url and not origin.written)
        own = name == settings.title or _host(origin.url) == _host(settings.base_url)
        return SourceView(name, origin.url, origin.author, origin.licence) if told and not own else None

    def _part(self, part: Part) -> PartView:
        places = [(place, self._place(number)) for place, number in part.parts]
        parts = tuple(PartLink(place, link.label, link.url) for place, link in places)
        return PartView(part.number, part.total, self._neighbour(part.previous), self._neighbour(part.next), parts)

    def _author(self, number: int) -> AuthorView:
        chrome, author = self._chrome, self._library.author(number)
        return AuthorView(
            name=author.name,
            url=chrome.url(author.url) if chrome.settings.author_lists else "",
            summary=author.summary,
            image=picture(author.image, self._library.entries[number].image),
            links=tuple(Link(link.label, link.url) for link in author.links),
            email=author.email,
            mailto=f"mailto:{quote(author.email, safe='@!$*+')}" if author.email else "",
            language=author.language,
            direction=languages.direction(author.language),
            extra=author.extra,
        )

    def _neighbour(self, number: int | None) -> Link | None:
        return None if number is None else self._place(number)

    def _place(self, number: int) -> Link:
        post = self._library.post(number)
        return Link(post.title, self._chrome.url(post.url))

    def _listing(self, listing: Listing) -> ListView:
        chrome, place = self._chrome, listing.place
        front, first = place.kind is PageKind.FRONT, place.number is None
        title = place.name if first else f"{place.name} ({place.number})"
        feeds = chrome.feeds_of(place.name, place.url) if place.feed and not front else ()
        description = chrome.settings.description if front else ""
        author = None if listing.author is None else self._author(listing.author)
        url = place.url if first else page_url(place)
        seen = [number for number in listing.posts if first and not self._library.entries[number].banner]
        description = author.summary if author else description
        return ListView(
            head=chrome.head(place.kind, title, description if first else "", url, feeds=feeds),
            title=place.name,
            description="" if author else description,
            count=place.count,
            newest=self._library.post(min(seen)).date if seen else None,
            cards=self._list(listing.posts),
            pinned=listing.pinned,
            ranked=self._list(listing.ranked),
            parts=listing.parts,
            author=author,
            pager=self._pager(place),
            feed_url=chrome.url(place.feed or f"/{chrome.feed_file}"),
            blocks=tuple(SectionBlock(chrome.link(term), self._list(posts)) for term, posts in listing.blocks),
        )

    def _pager(self, place: Place) -> Pager:
        def page(number: int) -> Link:
            return Link(str(number), self._chrome.url(f"{place.url}page/{number}/"))

        number = place.number
        if number is None:
            return Pager(None, None, page(place.pages) if place.pages else None)
        newer = page(number + 1) if number < place.pages else Link("", self._chrome.url(place.url))
        return Pager(number, newer, page(number - 1) if number > 1 else None)

    def _corrections(self, page: Corrections) -> CorrectionsView:
        chrome, place = self._chrome, page.place
        title = place.name if place.number is None else f"{place.name} ({place.number})"
        feeds = chrome.feeds_of(place.name, place.url)
        return CorrectionsView(
            head=chrome.head(place.kind, title, "", page_url(place), feeds=feeds),
            title=place.name,
            items=tuple([self._corrected(said) for said in page.notes]),
            pager=self._pager(place),
            feed_url=chrome.url(place.feed or f"/{chrome.feed_file}"),
        )

    def _corrected(self, said: Said) -> CorrectedView:
        number, index = said
        post = self._library.post(number)
        note = post.corrections[index]
        url = f"{self._chrome.url(post.url)}#{note_anchor(note.key)}"
        direction = languages.direction(post.language)
        return CorrectedView(note=_note(note), title=post.title, url=url, language=post.language, direction=direction)

    def _correction_feed(self, feed: CorrectionFeed) -> FeedView:
        items = tuple([self._correction_item(said) for said in feed.notes])
        name = self._chrome.words["corrections"]
        return self._feed_view(name, CORRECTIONS, feed.format, items, items[0].date if items else None)

    def _correction_item(self, said: Said) -> FeedItem:
        chrome, (number, index) = self._chrome, said
        post = self._library.post(number)
        note = post.corrections[index]
        word = chrome.words[note.kind.value]
        return FeedItem(
            guid=note_guid(post.id, note.key),
            title=f"{word}: {post.title}",
            url=f"{self._address(post)}#{note_anchor(note.key)}",
            date=note.date,
            updated=None,
            authors=(),
            categories=(word,),
            summary=note.text,
            language=post.language,
            media=None,
        )

    def _feed(self, feed: Feed) -> FeedView:
        updated = max((self._library.post(number).modified for number in feed.posts), default=None)
        items = tuple([self._item(number) for number in feed.posts])
        return self._feed_view(feed.name, feed.url, feed.format, items, updated)

    def _feed_view(
        self, name: str, url: str, form: str, items: tuple[FeedItem, ...], updated: dt.datetime | None
    ) -> FeedView:
        """The feed of the list at `url`, whose name is empty for the site's own."""
        chrome, settings = self._chrome, self._chrome.settings
        title = f"{settings.title}: {name}" if name else settings.title
        return FeedView(
            title=title,
            description=settings.description or title,
            link=chrome.absolute(url),
            self_url=chrome.absolute(url + FORMATS[form].file),
            id=chrome.feed_id(url),
            publisher=settings.title,
            home=chrome.absolute("/"),
            hubs=settings.feeds.hubs,
            style_url=chrome.url(FEED_STYLE),
            language=settings.language,
            copyright=settings.copyright,
            updated=updated,
            items=items,
        )

    def _address(self, post: Post) -> str:
        """The address of a story's page as feeds have it."""
        chrome = self._chrome
        return chrome.canonical(post) if chrome.is_canonical(post) else chrome.absolute(post.url)

    def _item(self, number: int) -> FeedItem:
        if number not in self._items:
            if len(self._items) > 2_000:
                self._items.clear()
            self._items[number] = self._made_item(self._library.post(number), self._library.entries[number])
        return self._items[number]

    def _made_item(self, post: Post, entry: Entry) -> FeedItem:
        meant = self._chrome.meant
        section = (meant("section", post.section).name,) if post.section else ()
        authors = [meant("author", author) for author in post.authors]
        return FeedItem(
            guid=guid(post.id),
            title=post.title,
            url=self._address(post),
            date=post.date,
            updated=post.modified if post.modified > post.date else None,
            authors=tuple(self._person(author) for author in authors),
            categories=tuple(dict.fromkeys((*section, *(meant("tag", tag).name for tag in post.tags)))),
            summary=post.summary,
            language=post.language,
            media=self._media(post, entry),
        )

    def _person(self, term: Term) -> Person:
        """An author for a feed."""
        chrome, number = self._chrome, self._profiles.get(term.url)
        url = chrome.absolute(term.url) if chrome.settings.author_lists else ""
        if number is None:
            return Person(term.name, url)
        found = self._library.entries[number].image
        avatar = (chrome.origin + found.url if found.url.startswith("/") else found.url) if found else ""
        return Person(term.name, url, self._library.author(number).email, avatar)

    @cached_property
    def _profiles(self) -> dict[str, int]:
        """The number of each author file, by the author's address; they come last in the library."""
        entries = self._library.entries
        found = takewhile(lambda number: entries[number].profile, range(len(entries) - 1, -1, -1))
        return {entries[number].url: number for number in found}

    def _media(self, post: Post, entry: Entry) -> Media | None:
        """The lead picture for a feed."""
        found = entry.image
        if found is None or post.image is None:
            return None
        url = self._chrome.origin + found.url if found.url.startswith("/") else found.url
        suffix = PurePosixPath(urlsplit(url).path).suffix.lower()
        image = post.image
        return Media(
            url, TYPES.get(suffix, ""), entry.length, found.width, found.height, image.alt, image.caption, image.credit
        )

    def _period(self, period: Period) -> PeriodView:
        chrome, language = self._chrome, self._chrome.settings.language
        title = calendar.title(period.kind, period.start, language)

        def link(start: dt.date | None) -> Link | None:
            if start is None:
                return None
            return Link(calendar.title(period.kind, start, language), chrome.url(calendar.url(period.kind, start)))

        days = [
            DayGroup(day, chrome.url(calendar.url(PageKind.DAY, day)), self._list(posts)) for day, posts in period.days
        ]
        return PeriodView(
            head=chrome.head(period.kind, title, "", calendar.url(period.kind, period.start)),
            title=title,
            start=period.start,
            parents=calendar.parents(chrome, period.kind, period.start),
            periods=period.periods,
            days=tuple(days),
            newer=link(period.newer),
            older=link(period.older),
        )

    def _news(self, news: News) -> NewsView:
        chrome, settings = self._chrome, self._chrome.settings
        posts = [self._library.post(number) for number in news.posts]
        items = tuple(NewsItem(chrome.canonical(post), post.title, post.date) for post in posts)
        return NewsView(settings.title, languages.of_news(settings.language), items)

    def _not_found(self, page: NotFound) -> NotFoundView:
        head = self._chrome.head(PageKind.NOT_FOUND, self._chrome.words["not_found"], "", "/404.html")
        return NotFoundView(head, self._list(page.posts))


def page_url(place: Place) -> str:
    """Site path of a list's page."""
    return place.url if place.number is None else f"{place.url}page/{place.number}/"


def _note(note: Note) -> CorrectionView:
    return CorrectionView(note.date, note.kind.value, note.text, note_anchor(note.key))


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")

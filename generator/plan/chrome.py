"""What all pages share: their addresses, heads, cards, and the site's chrome."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from dataclasses import astuple
from functools import cached_property

from generator import languages
from generator.config import Settings
from generator.links import Links
from generator.model.document import Image
from generator.model.machine import FeedItem
from generator.model.site import Post, Site, Term
from generator.model.views import BodyKey, Card, FeedLink, Head, ImageView, Link, PageKind, SiteView
from generator.permalinks import href, split_base
from generator.theme import Theme

TAGS, AUTHORS, ARCHIVE, FEED = "/tags/", "/authors/", "/archive/", "/feed.xml"
_IDENTITIES = uuid.UUID("6f0a1c52-7b7e-4c55-9d0d-3f8a2d6e9b41")
"""Namespace of the feed identities that are made from short ids (RFC 9562, section 5.5)."""


def guid(identity: str) -> str:
    """A story's identity in feeds: an absolute IRI made from its id alone, never from a URL, a title or the site.

    An id that is one already (Blogger's `tag:...`, WordPress' `https://...`) stays as it is.
    """
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]", identity):
        return identity
    return f"urn:uuid:{uuid.uuid5(_IDENTITIES, identity)}"


class Chrome:
    """Turns posts and terms of one site into parts of views; each post's card is made once."""

    def __init__(self, site: Site, settings: Settings, links: Links, theme: Theme) -> None:
        self.site = site
        self.settings = settings
        self.links = links
        self.theme = theme
        self.origin, self.base_path = split_base(settings.base_url)
        self._cards: dict[str, Card] = {}
        self._bodies: dict[str, BodyKey] = {}

    def url(self, path: str) -> str:
        """Root-relative URL of a site path."""
        return href(path, self.base_path)

    def absolute(self, path: str) -> str:
        """Absolute URL of a site path."""
        return self.origin + href(path, self.base_path)

    def link(self, term: Term) -> Link:
        """A link to a term's list."""
        return Link(term.name, self.url(term.url))

    @cached_property
    def view(self) -> SiteView:
        """The chrome of every page."""
        settings = self.settings
        return SiteView(
            title=settings.title,
            description=settings.description,
            language=settings.language,
            direction=languages.direction(settings.language),
            base_url=settings.base_url,
            home_url=self.url("/"),
            feed_url=self.url(FEED),
            tags_url=self.url(TAGS),
            authors_url=self.url(AUTHORS),
            archive_url=self.url(ARCHIVE),
            sections=tuple(self.link(group.term) for group in self.site.sections),
            navigation=tuple(Link(entry.label, self._navigation(entry.url)) for entry in settings.navigation),
            copyright=settings.copyright,
            extra=settings.theme_extra,
        )

    def _navigation(self, url: str) -> str:
        return self.base_path + url if url.startswith("/") else url

    def head(
        self,
        kind: PageKind,
        title: str,
        description: str,
        path: str,
        *,
        feed: FeedLink | None = None,
        post: Post | None = None,
    ) -> Head:
        """A page's head; `feed` is the page's own: the name of its list, and its site path."""
        settings = self.settings
        feeds = [FeedLink(settings.title, self.absolute(FEED))]
        if feed:
            feeds.append(FeedLink(f"{settings.title}: {feed.title}", self.absolute(feed.url)))
        language = post.language if post else settings.language
        return Head(
            kind=kind,
            title=title if kind is PageKind.FRONT else f"{title} — {settings.title}",
            description=description or " — ".join(dict.fromkeys((title, settings.description or settings.title))),
            canonical=(post.canonical if post else None) or self.absolute(path),
            feeds=tuple(feeds),
            language=language,
            direction=languages.direction(language),
            noindex=kind is PageKind.NOT_FOUND or bool(post and post.banner),
        )

    def card(self, post: Post) -> Card:
        """A story as lists show it."""
        if post.source not in self._cards:
            self._cards[post.source] = Card(
                id=post.id,
                title=post.title,
                url=self.url(post.url),
                date=post.date,
                updated=post.updated,
                summary=post.summary,
                section=self.link(post.section) if post.section else None,
                authors=tuple(self.link(author) for author in post.authors),
                image=self._image(post, post.image) if post.image else None,
                language=post.language,
                direction=languages.direction(post.language),
                featured=post.featured,
            )
        return self._cards[post.source]

    def cards(self, posts: tuple[Post, ...]) -> tuple[Card, ...]:
        """Cards in the same order."""
        return tuple(self.card(post) for post in posts)

    def _image(self, post: Post, image: Image) -> ImageView | None:
        found = self.links.pictures.get(post.source)
        if found is None:
            return None
        return ImageView(found.url, image.alt, image.caption, image.credit, found.width, found.height)

    def body(self, post: Post) -> BodyKey:
        """The key of a rendered body: a digest of all that the rendering depends on."""
        if post.source in self._bodies:  # a story stands in some five feeds
            return self._bodies[post.source]
        parts = (
            post.body_digest,
            post.id,
            post.language,
            [astuple(reference) for reference in self.links.bodies[post.source]],
            astuple(self.settings.markup),
        )
        key = BodyKey(post.source, hashlib.sha256(json.dumps(parts).encode()).hexdigest())
        return self._bodies.setdefault(post.source, key)

    def feed_item(self, post: Post) -> FeedItem:
        """A story as feeds carry it."""
        return FeedItem(
            guid=guid(post.id),
            title=post.title,
            url=self.absolute(post.url),
            date=post.date,
            updated=post.updated,
            authors=tuple(author.name for author in post.authors),
            categories=tuple(
                dict.fromkeys(term.name for term in ((post.section,) if post.section else ()) + post.tags)
            ),
            summary=post.summary,
            language=post.language,
            body=self.body(post),
        )

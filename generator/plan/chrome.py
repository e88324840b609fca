"""What all pages share: their addresses, heads, and the site's chrome."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from generator import languages
from generator.config import Settings
from generator.model.cards import Card, ImageView, Link
from generator.model.document import Image
from generator.model.entry import Entry
from generator.model.site import Brief, Post, Reference, Term
from generator.model.views import FeedLink, Head, PageKind, SiteView
from generator.permalinks import href, split_base
from generator.records import Record

TAGS, AUTHORS, ARCHIVE, CORRECTIONS = "/tags/", "/authors/", "/archive/", "/corrections/"
FEED_STYLE, OPML = "/feed.css", "/feeds.opml"
CORRECTED, WITHDRAWN = "corrections", "withdrawn"
"""Templates that a theme need not have: of the list of corrections, and of what stands in a withdrawn story's place."""


class Format(NamedTuple):
    """A format of feeds: its file in the folder of a list, its media type, and what its name adds to a feed's."""

    file: str
    type: str
    addition: str


FORMATS = {
    "rss": Format("feed.xml", "application/rss+xml", ""),
    "atom": Format("atom.xml", "application/atom+xml", " (Atom)"),
    "json": Format("feed.json", "application/feed+json", " (JSON)"),
}
_IDENTITIES = uuid.UUID("6f0a1c52-7b7e-4c55-9d0d-3f8a2d6e9b41")
"""Namespace of the feed identities that are made from short ids (RFC 9562, section 5.5)."""


def guid(identity: str) -> str:
    """A story's identity in feeds: an absolute IRI made from its id alone, never from a URL, a title or the site.

    An id that is one already (Blogger's `tag:...`, WordPress' `https://...`) stays as it is.
    """
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]", identity):
        return identity
    return f"urn:uuid:{uuid.uuid5(_IDENTITIES, identity)}"


def note_guid(identity: str, key: str) -> str:
    """A correction's identity in feeds, made from the story's id and the key of the note, see model.site.Note."""
    return f"urn:uuid:{uuid.uuid5(_IDENTITIES, f'{identity} corrected {key}')}"


def note_anchor(key: str) -> str:
    """The id of a correction in its story's page."""
    return f"dl-note-{key.replace(':', '')}"


class Chrome(Record, dict=True):
    """Turns posts and terms of one site into parts of views.

    Attributes:
        settings: The site's.
        needs: Per template, what the theme wants beside the standard view.
        words: The theme's texts.
        sections: Terms of the section bar.
        stolen: Names, with their kind, that mean another name's term.
        corrected: There is a list of corrections.
    """

    settings: Settings
    needs: Mapping[str, Mapping[str, int]]
    words: Mapping[str, str]
    sections: tuple[Term, ...]
    stolen: Mapping[tuple[str, str], Term]
    corrected: bool = False

    def __post_init__(self) -> None:
        self.origin, self.base_path = split_base(self.settings.base_url)
        self._links: dict[str, Link] = {}
        self._feeds = self.feeds_of("", "/")

    @property
    def feed_file(self) -> str:
        """The file of the format that the site likes best."""
        return FORMATS[self.settings.feeds.formats[0]].file

    def feeds_of(self, name: str, url: str) -> tuple[FeedLink, ...]:
        """The feeds of the list at `url`, whose term is `name` (empty for the site's own), each with its own title."""
        formats = [FORMATS[name] for name in self.settings.feeds.formats]
        title = f"{self.settings.title}: {name}" if name else self.settings.title
        return tuple(
            FeedLink(title + (kind.addition if len(formats) > 1 else ""), self.absolute(url + kind.file), kind.type)
            for kind in formats
        )

    def feed_id(self, url: str) -> str:
        """The permanent identity of the feeds of a list: neither the scheme nor a title is in it."""
        whole = (
            self.settings.feeds.id or f"urn:uuid:{uuid.uuid5(_IDENTITIES, self.settings.base_url.partition(':')[2])}"
        )
        return whole if url == "/" else f"urn:uuid:{uuid.uuid5(_IDENTITIES, f'{whole} {url}')}"

    def need(self, template: str, name: str) -> int:
        """How many of `name` the template wants; 0 where it wants none."""
        return self.needs.get(template, {}).get(name, 0)

    def url(self, path: str) -> str:
        """Root-relative URL of a site path."""
        return href(path, self.base_path)

    def absolute(self, path: str) -> str:
        """Absolute URL of a site path."""
        return self.origin + href(path, self.base_path)

    def canonical(self, post: Post | Entry) -> str:
        """The address that a post's page calls canonical: its own, or `canonical` of the front matter."""
        return post.canonical or self.absolute(post.url)

    def is_canonical(self, post: Post | Entry) -> bool:
        """Whether that address is the page's own, however it is spelt."""
        if post.canonical is None:
            return True
        path = f"/{post.out_path}"
        names = (path, path.removesuffix("index.html"), path.removesuffix(".html"))
        return post.canonical in {self.absolute(name) for name in names}

    def link(self, term: Term) -> Link:
        """A link to a term's list; terms are few and their links many, so each is made once."""
        link = self._links.get(term.url)
        if link is None or link.label != term.name:
            link = self._links[term.url] = Link(term.name, self.url(term.url))
        return link

    def _author(self, author: Term) -> Link:
        """A byline; without a URL where authors have no lists."""
        link = self.link(self.meant("author", author))
        return link if self.settings.author_lists else Link(link.label, "")

    def meant(self, kind: str, term: Term) -> Term:
        """The term that a post's own name for one means on this site."""
        return self.stolen.get((kind, term.name), term) if self.stolen else term

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
            origin=self.origin,
            home_url=self.url("/"),
            feed_url=self.url(f"/{self.feed_file}"),
            tags_url=self.url(TAGS),
            authors_url=self.url(AUTHORS) if settings.author_lists else "",
            archive_url=self.url(ARCHIVE) if settings.archive != "none" else "",
            corrections_url=self.url(CORRECTIONS) if self.corrected else "",
            sections=tuple(self.link(term) for term in self.sections),
            navigation=tuple(Link(entry.label, self._navigation(entry.url)) for entry in settings.navigation),
            logo=self._navigation(settings.logo),
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
        feeds: tuple[FeedLink, ...] = (),
        post: Post | None = None,
    ) -> Head:
        """A page's head; `feeds` are those of the page's own list."""
        settings = self.settings
        language = post.language if post else settings.language
        return Head(
            kind=kind,
            title=title if kind is PageKind.FRONT else f"{title} — {settings.title}",
            description=description or " — ".join(dict.fromkeys((title, settings.description or settings.title))),
            canonical=self.canonical(post) if post else self.absolute(path),
            feeds=self._feeds + feeds,
            language=language,
            direction=languages.direction(language),
            noindex=kind in (PageKind.NOT_FOUND, PageKind.WITHDRAWN) or bool(post and post.banner),
        )

    def card(self, post: Brief, image: Reference | None) -> Card:
        """A story as lists show it; `image` is where its lead picture leads."""
        return Card(
            id=post.id,
            title=post.title,
            url=self.url(post.url),
            date=post.date,
            updated=post.updated,
            summary=post.summary,
            section=self.link(self.meant("section", post.section)) if post.section else None,
            authors=tuple(self._author(author) for author in post.authors),
            image=picture(post.image, image),
            language=post.language,
            direction=languages.direction(post.language),
            featured=post.featured,
            banner=post.banner,
        )


def picture(image: Image | None, found: Reference | None) -> ImageView | None:
    """A lead picture or portrait, and where it leads; None where it cannot be shown."""
    if image is None or found is None:
        return None
    return ImageView(found.url, image.alt, image.caption, image.credit, found.width, found.height)

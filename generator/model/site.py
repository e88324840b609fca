"""A site whose every question is answered: when, where, by whom, next to what."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from generator.model.document import CorrectionKind, Extra, Image, Source


@dataclass(frozen=True, slots=True)
class Reference:
    """A link or picture of a body, found and resolved before rendering.

    Attributes:
        written: The target as the author wrote it.
        url: Where it leads: root-relative, the base URL's path included.
        width: Of a picture of ours, in CSS pixels; None where unknown or not a picture.
        height: As width.
    """

    written: str
    url: str
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A member of a taxonomy: a tag, section, author or series.

    Attributes:
        name: As shown.
        slug: As in URLs.
        url: Site path of its list, `/tags/energy/`.
    """

    name: str
    slug: str
    url: str


@dataclass(frozen=True, slots=True)
class Note:
    """A Correction whose date is an instant."""

    date: dt.datetime
    kind: CorrectionKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A document resolved. Dates carry the post's own offset; URLs are site paths (`/2023/05/x/`).

    Attributes:
        source: The document's path, for messages.
        corrections: Newest first; none from after the build's clock. So is `updated`.
        body_digest: sha256 of the body; the body itself stays out of the site.
        summary: Plain text; from front matter, else from the first paragraph; may be empty.
        standfirst: The summary where it adds to the first paragraph; else empty.
        out_path: File under the output folder.
        banner: Why a reader would not see this yet (`draft`, `scheduled`); empty when published.
    """

    source: str
    id: str
    title: str
    date: dt.datetime
    updated: dt.datetime | None
    slug: str
    url: str
    out_path: str
    section: Term | None
    tags: tuple[Term, ...]
    authors: tuple[Term, ...]
    series: Term | None
    summary: str
    standfirst: str
    image: Image | None
    corrections: tuple[Note, ...]
    featured: bool
    language: str
    canonical: str | None
    aliases: tuple[str, ...]
    template: str
    origin: Source | None
    extra: Extra
    body_digest: str
    body_line: int = 1
    image_line: int = 1
    banner: str = ""

    @property
    def sort_key(self) -> tuple[dt.datetime, str]:
        """The one order of posts: by instant, then by id, so that no tie is ever left."""
        return (self.date, self.id)

    @property
    def modified(self) -> dt.datetime:
        """The last instant at which a reader saw something change: publication, update or correction."""
        return max(self.date, self.updated or self.date, *(note.date for note in self.corrections))


class Absence(StrEnum):
    """Why a document is not on the site."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Unpublished:
    """A document that was read and is not on the site.

    Attributes:
        when: The instant at which it appears (scheduled) or left (expired).
    """

    source: str
    why: Absence
    when: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The posts of one term, newest first."""

    term: Term
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file that is copied as it is.

    Attributes:
        source: Relative to the site's root.
        out_path: File under the output folder.
    """

    source: str
    out_path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Everything that is published, in order.

    Attributes:
        posts: Newest first.
        pages: Standing pages, by URL.
        sections: In the order of settings, then by name; only those that have posts.
        tags: By slug. So are authors and series.
    """

    posts: tuple[Post, ...] = ()
    pages: tuple[Post, ...] = ()
    sections: tuple[Group, ...] = ()
    tags: tuple[Group, ...] = ()
    authors: tuple[Group, ...] = ()
    series: tuple[Group, ...] = ()
    files: tuple[StaticFile, ...] = ()
    unpublished: tuple[Unpublished, ...] = field(default=())

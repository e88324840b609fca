"""A site whose every question is answered: when, where, by whom, next to what."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from generator.model.document import CorrectionKind, Extra, Image, Profile, Source
from generator.records import Record


class Reference(Record, array_like=True, frozen=True, gc=False):
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


class Term(Record, frozen=True):
    """A member of a taxonomy: a tag, section, author or series.

    Attributes:
        name: As shown.
        slug: As in URLs.
        url: Site path of its list, `/tags/energy/`.
    """

    name: str
    slug: str
    url: str


class Note(Record, frozen=True):
    """A Correction whose date is an instant.

    Attributes:
        key: Tells it from the story's others: its date as written, and its place among those of that very date. So it
            stays what it is when a slip in its text is mended; see resolve.
    """

    date: dt.datetime
    kind: CorrectionKind
    text: str
    key: str = ""


class Post(Record, frozen=True, kw_only=True):
    """A document resolved. Dates carry the post's own offset; URLs are site paths (`/2023/05/x/`).

    Attributes:
        source: The document's path, for messages.
        corrections: Newest first; none from after the build's clock. So is `updated`.
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
    template: str
    origin: Source | None
    extra: Extra
    banner: str = ""

    @property
    def brief(self) -> Brief:
        """What lists show of it."""
        return Brief(
            self.id, self.title, self.url, self.date, self.updated, self.summary, self.section, self.authors,
            self.image, self.language, self.featured, self.banner,
        )  # fmt: skip

    @property
    def modified(self) -> dt.datetime:
        """The last instant at which a reader saw something change: publication, update or correction."""
        return max(self.date, self.updated or self.date, *(note.date for note in self.corrections))


class Author(Record, frozen=True, kw_only=True):
    """An author file resolved.

    Attributes:
        url: Site path of the author's list.
        summary: Plain text; from front matter, else from the first paragraph; may be empty.
        links: Where the author can be found elsewhere.
        email: May be empty.
    """

    name: str
    url: str
    summary: str
    image: Image | None
    language: str
    links: tuple[Profile, ...]
    email: str
    extra: Extra


class Brief(Record, frozen=True):
    """What a list shows of a post, and all that it may: a list is made again only where one of these changed."""

    id: str
    title: str
    url: str
    date: dt.datetime
    updated: dt.datetime | None
    summary: str
    section: Term | None
    authors: tuple[Term, ...]
    image: Image | None
    language: str
    featured: bool
    banner: str


class Absence(StrEnum):
    """Why a document is not on the site."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    ERROR = "error"


class Unpublished(Record, frozen=True):
    """A document that was read and is not on the site.

    Attributes:
        when: The instant at which it appears (scheduled) or left (expired).
    """

    source: str
    why: Absence
    when: dt.datetime | None = None


class StaticFile(Record, frozen=True):
    """A file that is copied as it is.

    Attributes:
        source: Relative to the site's root.
        out_path: File under the output folder.
        digest: Of its bytes.
    """

    source: str
    out_path: str
    digest: bytes = b""

"""What views are put together from: links, pictures, stories as lists show them, authors, parts of a series."""

from __future__ import annotations

import datetime as dt

from generator.model.document import Extra
from generator.records import Record


class Link(Record, frozen=True):
    """A place with a name: a section, a tag, an author, an entry of the navigation, a neighbour."""

    label: str
    url: str


class ImageView(Record, frozen=True):
    """A picture.

    Attributes:
        src: URL.
        alt: Text in its place; empty for a decoration.
        caption: Plain text, may be empty.
        credit: Who made it, may be empty.
        width: CSS pixels; None where the file is not ours to measure.
        height: As width.
    """

    src: str
    alt: str
    caption: str
    credit: str
    width: int | None
    height: int | None


class Card(Record, frozen=True, kw_only=True):
    """A story as lists show it. An edit of the body leaves it equal.

    Attributes:
        id: The story's permanent identity.
        title: Headline, plain text.
        url: The story's page.
        date: First publication, in the story's own offset.
        updated: Last change that readers should know of; None where there is none.
        summary: Standfirst, plain text, may be empty.
        section: Its section, or None.
        authors: One Link a person; may be empty.
        image: Lead picture, or None.
        language: BCP 47 tag of the story.
        direction: `ltr` or `rtl`.
        featured: The editor wants it in front.
        banner: Not empty only in a preview: why readers do not see it (`draft`, `scheduled`).
    """

    id: str
    title: str
    url: str
    date: dt.datetime
    updated: dt.datetime | None
    summary: str
    section: Link | None
    authors: tuple[Link, ...]
    image: ImageView | None
    language: str
    direction: str
    featured: bool
    banner: str


class AuthorView(Record, frozen=True, kw_only=True):
    """What an author's own file says, `content/authors/*.md`.

    Attributes:
        name: The author's.
        url: The author's page; empty where authors have none (`author_lists`).
        summary: Who it is, in a sentence or two, plain text, may be empty.
        image: Portrait, or None.
        links: The author's pages elsewhere, absolute.
        email: Address, may be empty.
        mailto: The same, ready for `href`; may be empty.
        language: BCP 47 tag of what the file says.
        direction: `ltr` or `rtl`.
        extra: `extra` of the front matter.
    """

    name: str
    url: str
    summary: str
    image: ImageView | None
    links: tuple[Link, ...]
    email: str
    mailto: str
    language: str
    direction: str
    extra: Extra


class PartLink(Record, frozen=True):
    """A part of a series, with its number."""

    number: int
    label: str
    url: str


class PartView(Record, frozen=True):
    """A story's place in its series.

    Attributes:
        number: Which part it is.
        total: The number of the last part; None in a series of more parts than the need `series:N` counts out.
        previous: The part before, or None.
        next: The part after, or None.
        parts: All parts in the order in which they are to be read, this one too; empty where `total` is None.
    """

    number: int
    total: int | None
    previous: Link | None
    next: Link | None
    parts: tuple[PartLink, ...]

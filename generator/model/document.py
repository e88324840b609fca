"""What an author wrote (`Document`, every field optional) and what it means (`Post`, every field resolved)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum

from generator.records import Record, field


class Status(StrEnum):
    """The author's say on publication; a future `date` or a past `expires` also keep a post out."""

    PUBLISHED = "published"
    DRAFT = "draft"
    WITHDRAWN = "withdrawn"


class CorrectionKind(StrEnum):
    """What a dated note on a story is."""

    CORRECTION = "correction"
    UPDATE = "update"
    CLARIFICATION = "clarification"
    RETRACTION = "retraction"


class TextFloat(float):
    """A number that still knows how it was written: a tag `1.10` is not `1.1`."""

    def __new__(cls, text: str) -> TextFloat:
        """Read a number as Python does."""
        number = super().__new__(cls, text)
        number.text = text
        return number

    text: str

    def __str__(self) -> str:
        return self.text


class Extra(Mapping[str, object]):
    """Front matter for the theme: a mapping that nothing can change, nested mappings included."""

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, object] | None = None) -> None:
        self._items = {key: _freeze(value) for key, value in (items or {}).items()}

    def __getitem__(self, key: str) -> object:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(tuple(self._items.items()))

    def __repr__(self) -> str:
        return f"Extra({self._items!r})"


def _freeze(value: object) -> object:
    if isinstance(value, Mapping):
        return Extra(value)
    if isinstance(value, list | tuple):
        return tuple(_freeze(item) for item in value)
    return value


class Image(Record, frozen=True):
    """A lead picture as written; `src` is a file beside the article, a path from the site's root, or a URL."""

    src: str
    alt: str = ""
    caption: str = ""
    credit: str = ""


class Profile(Record, frozen=True):
    """A place elsewhere where an author can be found."""

    label: str
    url: str


class Correction(Record, frozen=True):
    """A dated note on a published story."""

    date: dt.datetime | dt.date
    kind: CorrectionKind
    text: str


_FILE = re.compile(
    r"stdin|.*\.(?:txt|text|md|markdown|x?html?|xml|rss|atom|json|jsonl|ndjson|csv|tsv|zip|opml)", re.IGNORECASE
)


class Source(Record, frozen=True):
    """Where an imported article came from.

    Attributes:
        retrieved: The day it was imported.
        sha256: Of the raw bytes, hexadecimal.
        written: Fingerprint of the post as the import wrote it; one that a person has edited no longer fits.
    """

    name: str = ""
    url: str = ""
    author: str = ""
    retrieved: dt.date | None = None
    sha256: str = ""
    licence: str = ""
    written: str = ""

    @property
    def publisher(self) -> str:
        """`name`, where it is not that of a file, which tells readers nothing."""
        return "" if _FILE.fullmatch(self.name) else self.name


class FrontMatter(Record, frozen=True, kw_only=True):
    """Front matter as written: nothing is filled in yet. Keys and meanings: docs/front-matter.md.

    A date is what the author gave: a bare day, a wall-clock time without zone, or an instant with its offset.
    """

    title: str | None = None
    date: dt.datetime | dt.date | None = None
    id: str | None = None
    slug: str | None = None
    permalink: str | None = None
    aliases: tuple[str, ...] = ()
    section: str | None = None
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    summary: str | None = None
    image: Image | None = None
    updated: dt.datetime | dt.date | None = None
    corrections: tuple[Correction, ...] = ()
    status: Status = Status.PUBLISHED
    expires: dt.datetime | dt.date | None = None
    featured: bool = False
    weight: int | None = None
    pinned: bool | dt.datetime | dt.date = False
    series: str | None = None
    part: int | None = None
    language: str | None = None
    links: tuple[Profile, ...] = ()
    email: str | None = None
    canonical: str | None = None
    template: str | None = None
    source: Source | None = None
    extra: Extra = field(default_factory=Extra)


class Kind(StrEnum):
    """What a document becomes: a dated post, a standing page such as About, or what an author's page says of them."""

    POST = "post"
    PAGE = "page"
    AUTHOR = "author"


class Document(Record, frozen=True):
    """One source file, read and understood but not resolved.

    Attributes:
        path: Relative to the site's root, with `/` (`content/posts/2023/05/x.md`); what messages name.
        kind: Post, page or author, from where the file lies.
        front: As written.
        body: Markdown after the front matter, byte for byte but for line ends and control characters.
        body_line: 1-based line of the file on which `body` begins.
        lines: Line of each top-level front-matter key, for messages.
    """

    path: str
    kind: Kind
    front: FrontMatter
    body: str
    body_line: int = 1
    lines: Mapping[str, int] = field(default_factory=dict)

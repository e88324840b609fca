"""What is remembered of a checked file: what is wrong in it by itself, and what other files' checks ask of it.

All of it follows from the file's bytes alone: no clock, no base URL, no other file.
"""

from __future__ import annotations

from enum import StrEnum

from generator.records import Record


class Kind(StrEnum):
    """What a file is, by its content."""

    PAGE = "page"
    REDIRECT = "redirect"
    RSS = "rss"
    ATOM = "atom"
    JSON = "json"
    OPML = "opml"
    SITEMAP = "sitemap"
    INDEX = "index"
    ROBOTS = "robots"
    OTHER = "other"


FEEDS = frozenset({Kind.RSS, Kind.ATOM, Kind.JSON})


class Role(StrEnum):
    """What an address is for."""

    LINK = "link"
    ASSET = "asset"
    CANONICAL = "canonical"
    SOCIAL = "og:url"
    ENTITY = "mainEntityOfPage"
    PICTURE = "picture"
    FEED = "feed"
    REFRESH = "refresh"
    SELF = "self"
    HOME = "home"
    ITEM = "item"
    LOC = "loc"


class Found(Record, array_like=True, frozen=True, gc=False):
    """A breach of a rule.

    Attributes:
        code: Of the rule.
        line: 1-based; 0 where the whole file is meant.
        cause: What is wrong, in a sentence without a full stop.
    """

    code: str
    line: int
    cause: str


class Link(Record, array_like=True, frozen=True, gc=False):
    """An address in a file, as written; the first of its role and address.

    Attributes:
        note: The media type of a link to a feed.
    """

    role: Role
    url: str
    line: int
    note: str = ""


class Moment(Record, array_like=True, frozen=True, gc=False):
    """A date of publication in a feed or among news, in seconds since 1970."""

    line: int
    seconds: int


class News(Record, array_like=True, frozen=True, gc=False):
    """A story in a news sitemap."""

    line: int
    loc: str
    name: str
    title: str
    seconds: int | None


class Facts(Record, array_like=True, frozen=True, gc=False, kw_only=True):
    """All that is remembered of one file.

    Attributes:
        found: What is wrong in it.
        links: Addresses in it.
        ids: Places in a page to which a link may lead.
        base: What `<base href>` says.
        headline: The page's h1.
        noindex: The page asks search engines to pass over it.
        gone: The page says that it stands in the place of what is gone.
        moments: Dates that must not be to come.
        news: Stories of a news sitemap.
    """

    kind: Kind = Kind.OTHER
    found: tuple[Found, ...] = ()
    links: tuple[Link, ...] = ()
    ids: tuple[str, ...] = ()
    base: str = ""
    headline: str = ""
    noindex: bool = False
    gone: bool = False
    moments: tuple[Moment, ...] = ()
    news: tuple[News, ...] = ()

"""The site as a whole: everything that is published, in its order and its groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.model.entry import Entry
from generator.model.site import StaticFile, Term, Unpublished


@dataclass(frozen=True, slots=True)
class Group:
    """The posts of one term, newest first."""

    term: Term
    posts: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A document that was withdrawn: where readers could find it, and what they are told there.

    Attributes:
        source: Its file; empty where only the ledger knows of it.
        urls: Every site path that it ever had and that leads to nothing else now.
        reason: Why, in the editor's words; may be empty.
        date: When that was said, ISO with offset; empty without a reason.
        language: BCP 47 tag of the reason; empty without one.
    """

    source: str = ""
    urls: tuple[str, ...]
    reason: str = ""
    date: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Everything that is published, in order.

    Attributes:
        posts: Newest first: by instant, then by id, so that no tie is ever left.
        pages: Standing pages, by URL.
        sections: In the order of settings, then by name; only those that have posts.
        tags: By slug. So are authors and series.
        files: Files that are copied.
        unpublished: What was read and is not on the site.
        former: Old site paths that redirect to a document because the ledger has them, by its source.
        gone: What was withdrawn.
    """

    posts: tuple[Entry, ...] = ()
    pages: tuple[Entry, ...] = ()
    sections: tuple[Group, ...] = ()
    tags: tuple[Group, ...] = ()
    authors: tuple[Group, ...] = ()
    series: tuple[Group, ...] = ()
    files: tuple[StaticFile, ...] = ()
    unpublished: tuple[Unpublished, ...] = ()
    former: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gone: tuple[Gone, ...] = ()

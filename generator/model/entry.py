"""What the plan knows of a published document without opening its record."""

from __future__ import annotations

import datetime as dt

import msgspec

from generator.errors import Problem
from generator.model.site import Reference
from generator.records import Record


class Spot(Record, array_like=True, frozen=True, gc=False):
    """Where a document's record lies: which pack, where in it, and the sizes of its two parts in bytes.

    The first part is the resolved Post, the second its rendered Body.
    """

    pack: int
    offset: int
    post: int
    body: int


class Remark(Record, array_like=True, frozen=True, gc=False):
    """A correction that a document shows.

    Attributes:
        when: Its instant, in microseconds since 1970.
        size: Bytes of its text.
        digest: Of all of it.
    """

    when: int
    size: int
    digest: bytes


class Entry(Record, array_like=True, frozen=True, gc=False):
    """A published document, small enough that all of an archive's fit into memory.

    Attributes:
        source: The document's path.
        page: A standing page, not a post.
        id: Permanent identity; an author file has none.
        when: Its date in microseconds since 1970-01-01 UTC.
        day: Its date where it was written, ISO; periods go by it.
        modified: When a reader last saw something change, ISO with offset.
        url: Site path.
        out_path: File under the output folder.
        section: Name as written, like `tags`, `authors` and `series`; `Site.terms` says which term it means.
        aliases: Old site paths that redirect here.
        template: As front matter has it, else `post` or `page`.
        banner: Why a reader would not see it yet; empty when published.
        canonical: From front matter.
        spot: Where its record lies.
        weight: Bytes that it takes in a feed, at most.
        part: Which part of its series it says that it is.
        rank: How much the editor wants it in front; 0 where nothing is said.
        pinned: It stands first on the front page and its section's.
        profile: An author file: `authors` is the one name, `url` that of the author's list, `card` the digest of what
            stories show of the author.
        references: Where its internal links and pictures lead.
        image: Where its lead picture leads; None where there is none that can be shown.
        length: Bytes of that picture's file, where it is ours; feeds alone tell it.
        link: Digest of what a link to it shows.
        card: Digest of what a list shows of it.
        story: Digest of all of it, its body and where its links lead included.
        remarks: Its corrections, newest first.
    """

    source: str
    page: bool
    id: str
    when: int
    day: str
    modified: str
    url: str
    out_path: str
    section: str | None
    tags: tuple[str, ...]
    authors: tuple[str, ...]
    series: str | None
    aliases: tuple[str, ...]
    template: str
    banner: str
    canonical: str | None
    spot: Spot
    weight: int
    part: int | None = None
    rank: int = 0
    pinned: bool = False
    profile: bool = False
    references: tuple[Reference, ...] = ()
    image: Reference | None = None
    length: int | None = None
    link: bytes = b""
    card: bytes = b""
    story: bytes = b""
    remarks: tuple[Remark, ...] = ()


class Grave(Record, array_like=True, frozen=True, gc=False):
    """What may be said of a document that was withdrawn once readers could see it.

    Attributes:
        urls: Its site path, then its aliases.
        reason: The text of its newest retraction; empty where it has none.
        date: Of that note, ISO with offset; else empty.
        language: BCP 47 tag of the text.
    """

    urls: tuple[str, ...]
    reason: str = ""
    date: str = ""
    language: str = ""


class Traces(Record, array_like=True, frozen=True, gc=False, kw_only=True):
    """What is asked of few documents in a build: where a row's addresses are looked up again, and the like.

    Attributes:
        mentions: Addresses within the site that its rendered body holds, each with its line in the file.
        picture: Address of its lead picture and its line.
        bare: Digests of card and story before addresses were resolved.
        unsure: Addresses whose page only the plan knows: the place among the mentions (-1: the picture's), and the site
            path where it is not as written.
        known: Where it writes no id and is not published, what it may be known by; see site.known_by.
    """

    mentions: tuple[tuple[str, int], ...] = ()
    picture: tuple[str, int] | None = None
    bare: tuple[bytes, bytes] = (b"", b"")
    unsure: tuple[tuple[int, str], ...] = ()
    known: tuple[tuple[str, ...], int | None] = ((), None)

    def pack(self) -> msgspec.Raw:
        """For `Row.packed`."""
        return msgspec.Raw(msgspec.msgpack.encode(self))


_TRACES = msgspec.msgpack.Decoder(Traces)
_NO_TRACES = Traces().pack()


class Row(Record, array_like=True, frozen=True, gc=False, kw_only=True):
    """All that is remembered of one file of the archive, published or not.

    Attributes:
        digest: Of the file's bytes.
        entry: What is published; None where it is not.
        absence: Why it is not (`draft`, `scheduled`, `expired`, `withdrawn`, `error`); empty where it is.
        since: When it appears (scheduled) or left (expired), ISO; else empty.
        problems: What was found in the file itself.
        turns: Instants, in microseconds since 1970, at which it may mean something else; ALWAYS: at every instant.
        quick: Its Markdown took the prose lane.
        lookups: What resolving its addresses asked for, by name: sources, `id:...`, paths.
        lost: Addresses that lead nowhere.
        id: Its identity, published or not; empty where the file has an error.
        derived: The id made from its path, where it writes none; else empty.
        packed: Its traces, unread, since reading those of all documents would take longer than all the rest.
        grave: Where it was withdrawn, what may be said of it.
    """

    digest: bytes
    entry: Entry | None = None
    absence: str = ""
    since: str = ""
    problems: tuple[Problem, ...] = ()
    turns: tuple[int, ...] = ()
    quick: bool = False
    lookups: tuple[str, ...] = ()
    lost: tuple[Problem, ...] = ()
    id: str = ""
    derived: str = ""
    packed: msgspec.Raw = _NO_TRACES
    grave: Grave | None = None

    @property
    def is_odd(self) -> bool:
        """Whether there is more to it than a published document in good order."""
        return self.entry is None or bool(self.problems or self.lost or self.grave)

    @property
    def traces(self) -> Traces:
        """What is seldom asked of it."""
        return _TRACES.decode(self.packed)


ALWAYS = -1
"""A turn that is always now."""


def crossed(turns: tuple[int, ...], before: int, now: int) -> bool:
    """Whether the clock, going from `before` to `now` in either direction, passed one of these instants."""
    low, high = (before, now) if before <= now else (now, before)
    for turn in turns:  # noqa: SIM110  # asked of every document in every build, and mostly of one turn
        if low < turn <= high or turn == ALWAYS:
            return True
    return False


_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def microseconds(instant: dt.datetime) -> int:
    """An instant as an entry has it: microseconds since 1970-01-01 UTC."""
    return (instant - _EPOCH) // dt.timedelta(microseconds=1)


def instant(when: int) -> dt.datetime:
    """The instant, in UTC, that an entry has as microseconds."""
    return _EPOCH + dt.timedelta(microseconds=when)

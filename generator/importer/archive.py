"""The articles that the site has, those of this run included: by id, by address, by what their texts have in common."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path

from generator import codec, content, executor, site
from generator.cache.stamps import Stamp
from generator.config import Settings
from generator.content import placeholder
from generator.errors import ContentError
from generator.importer import likeness
from generator.importer.addresses import host_of, key
from generator.importer.memory import WORTH, Memory
from generator.importer.names import Names
from generator.importer.numbers import Numbers
from generator.ledger import derived_id
from generator.model.document import Document, Status
from generator.model.ledger import LEDGER
from generator.model.site import Post
from generator.permalinks import url_key
from generator.records import Record, replace

_ID = re.compile(rb"^[ \t{]*[\"']?id[\"']?[ \t]*[:=][ \t]*[\"']?([^\s\"',]+)", re.MULTILINE)
"""An `id` in YAML, TOML or JSON, even where the rest of the file is no longer readable."""

_HEAD = 65_536
"""Bytes of an unreadable file within which its id is looked for."""

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Known(Record, frozen=True):
    """One article, as far as others may ask for it.

    Attributes:
        path: Its file, relative to the site's root.
        id: The one that it writes; empty where it writes none.
        places: Site paths at which it answers, its own first.
        old: Where it was before, absolute; empty where nobody says.
        public: It is on the site, now or on its day.
        sample: Of its text; see `likeness`.
        section, tags, authors, series: Its names.
    """

    path: str
    id: str = ""
    places: tuple[str, ...] = ()
    old: tuple[str, ...] = ()
    public: bool = True
    sample: tuple[int, ...] = ()
    section: str | None = None
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    series: str | None = None


class Archive:
    """All of them.

    Args:
        root: The site's folder.
        settings: The site's.
        jobs: Processes that read.
        remember: Write down what was read, for the next import.

    Attributes:
        names: How tags, sections, authors and series are spelled here.
        tags: The number of articles of each tag.
        near: Texts by what they have in common.
        beginning: Where the page answers with which the site began, if nobody has written or published it: an article
            may have its file and its address. Empty where there is none.
    """

    def __init__(self, root: Path, settings: Settings, jobs: int, *, remember: bool) -> None:
        self.root = root
        self.settings = settings
        self.names = Names(settings)
        self.tags: Counter[str] = Counter()
        self.near = likeness.Index()
        self._paths: list[str] = []
        self._ids: list[str] = []
        self._public = bytearray()
        self._fresh = bytearray()
        self._by_id = Numbers()
        self._by_place = Numbers()
        self._by_old = Numbers()
        self.beginning = self._beginning()
        for known in _all_known(root, settings, jobs, remember=remember):
            if not self.beginning or known.path != placeholder.PATH:
                self.add(known, fresh=False)

    def _beginning(self) -> str:
        if not placeholder.is_untouched(self.root) or (self.root / LEDGER).exists():
            return ""
        document = self.document(placeholder.PATH)
        return (self.url_of(document, "") if document else None) or ""

    @cached_property
    def view(self) -> site.View:
        """From where addresses are settled: whatever the clock says."""
        return site.View(_EPOCH, drafts=True, future=True)

    @cached_property
    def terms(self) -> site.Terms:
        """What names mean by the settings."""
        return site.Terms(self.settings)

    def add(self, known: Known, *, fresh: bool = True) -> int:
        """Take an article in; its number. `fresh`: it is of this run."""
        number = self.number(known.id)
        if number is None:
            number = len(self._paths)
            self._paths.append(known.path)
            self._ids.append(known.id)
            self._public.append(known.public)
            self._fresh.append(fresh)
        self._paths[number], self._public[number] = known.path, known.public
        self._fresh[number] = fresh
        if known.id:
            self._by_id[_number(known.id)] = number
        for place in known.places:
            self._by_place.setdefault(_number(url_key(place)), number)
        for old in known.old:
            self._by_old.setdefault(_number(key(old)), number)
        self.near.add(number, known.sample)
        self.tags.update(known.tags)
        self.names.learn(known, fresh=fresh)
        return number

    def number(self, identity: str) -> int | None:
        """The article with an id."""
        return self._by_id.get(_number(identity)) if identity else None

    def path(self, number: int) -> str:
        """Its file."""
        return self._paths[number]

    def id(self, number: int) -> str:
        """Its id; where it writes none, the one that a build gives it."""
        return self._ids[number] or derived_id(self._paths[number])

    def is_public(self, number: int) -> bool:
        """Whether a link may lead to it."""
        return bool(self._public[number])

    def is_fresh(self, number: int) -> bool:
        """Whether it is of this run."""
        return bool(self._fresh[number])

    def at_place(self, place: str) -> int | None:
        """The article that answers at a site path."""
        return self._by_place.get(_number(url_key(place)))

    def at_old(self, address: str) -> int | None:
        """The article that had an old address, as `addresses.key` spells it."""
        return self._by_old.get(_number(address))

    def document(self, path: str) -> Document | None:
        """An article of the site, where it can be read."""
        try:
            return content.parse((self.root / path).read_bytes(), path).document
        except OSError:
            return None

    def url_of(self, document: Document, identity: str) -> str | None:
        """The site path that a document has, published or not."""
        return url_of(document, identity, self.settings, self.terms, self.view)


def _number(text: str) -> int:
    """A text as a number that takes a tenth of its place; two texts share one in no archive that there is."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest())


def url_of(document: Document, identity: str, settings: Settings, terms: site.Terms, view: site.View) -> str | None:
    """The site path that a document has, published or not; None where it has none."""
    shown = replace(document, front=replace(document.front, status=Status.PUBLISHED, expires=None))
    try:
        post = site.resolve(shown, settings, terms, view, identity)
    except ContentError:  # a draft without a date has none but the one that it writes
        return document.front.permalink
    return post.url if isinstance(post, Post) else None


def _all_known(root: Path, settings: Settings, jobs: int, *, remember: bool) -> Iterator[Known]:
    """What is to be known of every article of the site, in the order of their paths."""
    if not (root / content.FOLDER).is_dir():
        return
    memory = Memory(root, settings)
    table = content.scan(root).documents
    remember = remember and len(table.names) >= WORTH
    memory.load()
    if remember:
        moment = memory.moment()
        table = content.scan(root).documents  # once more: a stamp is good only if it was taken after that moment
    stamp_of = {name: Stamp(*stamp) for name, stamp in zip(table.names, table.each_stamp(), strict=True)}
    blobs = {name: memory.blob(name, stamp) for name, stamp in stamp_of.items()}
    unread = [name for name, blob in blobs.items() if blob is None]
    read = executor.stream(_packed, _Reader(root, settings), unread, jobs)
    for name, blob in blobs.items():
        blobs[name] = blob or next(read)
        yield _unpack(blobs[name] or b"")
    if remember and unread:
        memory.save({name: (stamp_of[name], blob) for name, blob in blobs.items() if blob}, moment)


class _Reader:
    """What a process needs to read articles."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self.root, self.settings = root, settings
        self.terms, self.view = site.Terms(settings), site.View(_EPOCH, drafts=True, future=True)

    def open(self, number: int) -> None:
        """Nothing to do."""

    def flush(self) -> None:
        """Nothing to do."""

    def close(self) -> None:
        """Nothing to do."""


def _packed(reader: _Reader, path: str) -> bytes:
    """What is to be known of one file, as bytes."""
    return codec.pack(_known(reader, path))


_unpack: Callable[[bytes], Known] = codec.Unpacker(Known)


def _known(reader: _Reader, path: str) -> Known:
    """What is to be known of one file."""
    try:
        data = (reader.root / path).read_bytes()
    except OSError:
        return Known(path, public=False)
    document = content.parse(data, path).document
    if document is None:
        found = _ID.search(data[:_HEAD])
        return Known(path, found[1].decode("utf-8", "replace") if found else "", public=False)
    identity = document.front.id or derived_id(path)
    return known_of(document, url_of(document, identity, reader.settings, reader.terms, reader.view))


def known_of(
    document: Document, url: str | None, old: Iterable[str] = (), sample: tuple[int, ...] | None = None
) -> Known:
    """What is to be known of a document; `old` are addresses that it does not write, `sample` is its text's."""
    front = document.front
    written = (*((front.source.url,) if front.source else ()), front.id or "")  # a WordPress guid is an address, too
    return Known(
        path=document.path,
        id=front.id or "",
        places=(*((url,) if url else ()), *front.aliases),
        old=tuple(address for address in (*written, *old) if host_of(address)),
        public=front.status is Status.PUBLISHED,
        sample=likeness.sample(likeness.phrases(document.body)) if sample is None else sample,
        section=front.section,
        tags=front.tags,
        authors=front.authors,
        series=front.series,
    )

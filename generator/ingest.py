"""One source file to its row of the archive and its record: read, resolved, and its body rendered.

All of a document that can be known without the rest of the site, so that documents can be taken in side by side, and
one that did not change need never be opened again.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from generator import codec, content, markup, prose, site
from generator.cache.packs import PackWriter
from generator.config import Settings
from generator.errors import ContentError, Problem, Severity, VanishedError
from generator.ledger import derived_id
from generator.model.document import Document, Kind
from generator.model.entry import Entry, Remark, Row, Spot, Traces, microseconds
from generator.model.site import Absence, Author, Post, Unpublished
from generator.permalinks import out_path
from generator.records import Record, field, replace


class Body(Record, frozen=True):
    """A rendered body as it is stored: see markup.Fragment."""

    html: str
    toc: tuple[markup.Heading, ...]
    plain: bool


codec.reader_of(Body)
codec.reader_of(Post)


class Intake(Record, dict=True):
    """Takes in documents of one site.

    Attributes:
        root: The site's folder.
        settings: Its settings.
        view: From where it is looked at.
        store: Folder of packs.
        given: Ids of documents that write none, where it is not the one made from their path.
    """

    root: Path
    settings: Settings
    view: site.View
    store: Path
    given: Mapping[str, str] = field(default_factory=dict)
    _writer: PackWriter | None = None

    def open(self, number: int) -> None:
        """Begin to work, with a pack of one's own."""
        self._writer = PackWriter(self.store, number)

    def flush(self) -> None:
        """Write the records of what was taken in.

        Raises:
            OutputError: The system refused.
        """
        if self._writer is not None:
            self._writer.flush()

    def close(self) -> None:
        """End."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    @cached_property
    def terms(self) -> site.Terms:
        """What names mean."""
        return site.Terms(self.settings)

    def row(self, path: str) -> bytes:
        """The packed Row of a file; its record is stored. Never raises for what a file holds.

        Raises:
            ContentError: The system failed to read it, which says nothing about the article.
            VanishedError: It is not there any more.
        """
        try:
            data = _bytes(f"{self.root}/{path}")
        except PermissionError as error:
            return codec.pack(failed(Problem(f"cannot be read: {error.strerror}", "check its permissions", path)))
        except FileNotFoundError:
            raise VanishedError.of(path) from None
        except OSError as error:
            cause = f"cannot be read: {error.strerror}"
            raise ContentError(Problem(cause, "this is the system's fault: try again", path)) from error
        return codec.pack(self._row(data, path))

    def _row(self, data: bytes, path: str) -> Row:
        digest = codec.digest(data)
        parsed = content.parse(data, path)
        document = parsed.document
        if document is None:
            return failed(*parsed.problems, digest=digest)
        if document.kind is Kind.AUTHOR:
            return self._author(document, digest, parsed.problems)
        derived = "" if document.front.id else derived_id(path)
        identity = document.front.id or self.given.get(path, derived)
        try:
            result = site.resolve(document, self.settings, self.terms, self.view, identity)
            turns = site.turns(document, self.settings)
        except ContentError as error:
            return failed(*parsed.problems, *error.problems, digest=digest)
        row = Row(digest=digest, problems=parsed.problems, turns=turns, id=identity, derived=derived)
        if isinstance(result, Unpublished):
            since = result.when.isoformat() if result.when else ""
            traces = Traces(mentions=_mentions(document, None), picture=_picture(document))
            if derived:
                known = site.known_by(document, self.settings, self.terms, self.view)
                traces = replace(traces, known=known)
            grave = None
            if result.why in (Absence.WITHDRAWN, Absence.EXPIRED):
                grave = site.grave(document, self.settings, self.terms, self.view, identity)
            return replace(row, absence=result.why, since=since, packed=traces.pack(), grave=grave)
        return self._published(document, result, row)

    def _published(self, document: Document, post: Post, row: Row) -> Row:
        job = markup.Job(post.source, document.body_line, document.body, post.id, post.language, self.settings.markup)
        fragment = markup.convert(job)
        problems = (*row.problems, *fragment.problems)
        if any(problem.severity is Severity.ERROR for problem in fragment.problems):
            return failed(*problems, digest=row.digest)
        assert self._writer is not None  # open() comes first
        body = codec.to_json(Body(fragment.html, fragment.toc, fragment.plain))
        mentions = _mentions(document, fragment.met) if any(map(prose.is_within, fragment.met)) else ()
        record = codec.to_json(post)
        weight = _weight(fragment) + 2 * len(record)
        entry = _entry(document, post, self._writer.add(record, body), weight, codec.digest(record, body))
        codec.put(entry, pinned=site.is_pinned(document, self.settings, self.view.now))
        traces = Traces(mentions=mentions, picture=_picture(document), bare=(entry.card, entry.story))
        return replace(row, entry=entry, problems=problems, quick=fragment.quick, packed=traces.pack())

    def _author(self, document: Document, digest: bytes, problems: tuple[Problem, ...]) -> Row:
        author = site.author(document, self.settings, self.terms)
        slug = author.url.split("/")[-2]
        job = markup.Job(document.path, document.body_line, document.body, slug, author.language, self.settings.markup)
        fragment = markup.convert(job)
        problems = (*problems, *fragment.problems)
        if any(problem.severity is Severity.ERROR for problem in fragment.problems):
            return failed(*problems, digest=digest)
        assert self._writer is not None  # open() comes first
        record, body = codec.to_json(author), codec.to_json(Body(fragment.html, fragment.toc, fragment.plain))
        spot = self._writer.add(record, body)
        entry = _profile(document.path, author, spot, codec.digest(record, body))
        mentions = _mentions(document, fragment.met)
        traces = Traces(mentions=mentions, picture=_picture(document), bare=(entry.card, entry.story))
        return Row(digest=digest, entry=entry, problems=problems, quick=fragment.quick, packed=traces.pack())


def _bytes(path: str) -> bytes:
    """A file's bytes, by plain calls, since this is done for every article of an archive."""
    file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        parts = []
        while part := os.read(file, 1 << 16):
            parts.append(part)
        return b"".join(parts)
    finally:
        os.close(file)


def _mentions(document: Document, met: frozenset[str] | None) -> tuple[tuple[str, int], ...]:
    """Addresses within the site in a body and their lines in the file; of those that were met, where that is known."""
    return tuple(
        (mention.target, document.body_line + mention.line - 1)
        for mention in prose.references(document.body)
        if met is None or mention.target in met
    )


def _picture(document: Document) -> tuple[str, int] | None:
    """Address and line of the lead picture."""
    image = document.front.image
    return (image.src, document.lines.get("image", 1)) if image else None


_LONGEST_ADDRESS = 300
"""Bytes that an address may grow by when it is led to its place and made absolute."""


def _weight(fragment: markup.Fragment) -> int:
    """Bytes of an article in a feed, escaped for XML, at most."""
    text = fragment.html
    grown = 3 * (text.count("<") + text.count(">")) + 4 * text.count("&") + 5 * text.count('"')
    return len(text.encode()) + grown + _LONGEST_ADDRESS * len(fragment.met)


def _entry(document: Document, post: Post, spot: Spot, weight: int, story: bytes) -> Entry:
    front = document.front
    return Entry(
        source=post.source,
        page=document.kind is Kind.PAGE,
        id=post.id,
        when=microseconds(post.date),
        day=post.date.date().isoformat(),
        modified=post.modified.isoformat("T", "seconds"),
        url=post.url,
        out_path=post.out_path,
        section=site.nfc(front.section) if front.section else None,
        tags=tuple(dict.fromkeys(site.nfc(name) for name in front.tags)),
        authors=tuple(dict.fromkeys(site.nfc(name) for name in front.authors)),
        series=site.nfc(front.series) if front.series else None,
        aliases=front.aliases,
        template=post.template,
        banner=post.banner,
        canonical=post.canonical,
        spot=spot,
        weight=weight,
        part=front.part if front.series else None,
        rank=front.weight if front.weight is not None else int(front.featured),
        link=codec.of(post.title, post.url, post.language),
        card=codec.of(post.brief),
        story=story,
        remarks=tuple(
            Remark(microseconds(note.date), len(note.text.encode()), codec.of(note)) for note in post.corrections
        ),
    )


def _profile(source: str, author: Author, spot: Spot, story: bytes) -> Entry:
    """The entry of an author file."""
    return Entry(
        source=source,
        page=False,
        id="",
        when=0,
        day="",
        modified="",
        url=author.url,
        out_path=out_path(author.url),
        section=None,
        tags=(),
        authors=(author.name,),
        series=None,
        aliases=(),
        template="list",
        banner="",
        canonical=None,
        spot=spot,
        weight=0,
        profile=True,
        link=codec.of(author.name, author.url, author.language),
        card=codec.of(author),
        story=story,
    )


def failed(*problems: Problem, digest: bytes = b"") -> Row:
    """The row of a file with an error."""
    return Row(digest=digest, absence=Absence.ERROR, problems=problems)

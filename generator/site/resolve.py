"""One document to one Post: dates made instants, defaults filled in, its URL settled."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections import Counter
from operator import attrgetter
from pathlib import PurePosixPath

from generator import dates, prose
from generator.config import Settings
from generator.errors import ContentError, Problem
from generator.model.document import Correction, CorrectionKind, Document, Kind, Status
from generator.model.entry import ALWAYS, Grave, microseconds
from generator.model.site import Absence, Author, Note, Post, Unpublished
from generator.permalinks import PathError, out_path, site_path, slugify
from generator.records import Record, replace
from generator.site.terms import Terms, nfc

DATED_NAME = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})-(?P<slug>.+)")


class View(Record, frozen=True):
    """From where the site is looked at.

    Attributes:
        now: The build's clock.
        drafts: Show drafts.
        future: Show scheduled posts.
    """

    now: dt.datetime
    drafts: bool = False
    future: bool = False


def turns(document: Document, settings: Settings) -> tuple[int, ...]:
    """Instants, in microseconds since 1970, at which a document may come to mean something else."""
    if document.kind is Kind.AUTHOR:
        return ()
    front = document.front
    until = front.pinned if isinstance(front.pinned, dt.date) else None
    written = [front.date, front.expires, front.updated, until, *(note.date for note in front.corrections)]
    instants = [dates.resolve(date, settings.zone) for date in written if date is not None]
    if front.date is None:
        if front.status is Status.DRAFT:
            return (ALWAYS,)  # shown, it is dated now
        with contextlib.suppress(ContentError):
            instants.append(_date(document, settings, View(EPOCH)))
    return tuple(sorted({microseconds(instant) for instant in instants}))


EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def resolve(document: Document, settings: Settings, terms: Terms, view: View, identity: str) -> Post | Unpublished:
    """What a document means for a reader at `view.now`; `identity` is its id, or the one that it is given.

    Raises:
        ContentError: It has no date, or no possible URL.
    """
    front = document.front
    if front.status is Status.WITHDRAWN:
        return Unpublished(document.path, Absence.WITHDRAWN)
    if front.status is Status.DRAFT and not view.drafts:
        return Unpublished(document.path, Absence.DRAFT)
    date = _date(document, settings, view)
    if document.kind is Kind.POST and date > view.now and front.status is not Status.DRAFT and not view.future:
        return Unpublished(document.path, Absence.SCHEDULED, date)
    expires = dates.resolve(front.expires, settings.zone) if front.expires else None
    if expires and expires <= view.now:
        return Unpublished(document.path, Absence.EXPIRED, expires)
    banner = "draft" if front.status is Status.DRAFT else "scheduled" if date > view.now else ""
    post = _post(document, settings, terms, _Settled(identity, date, banner))
    return post if view.future else _as_of(post, view.now)


def author(document: Document, settings: Settings, terms: Terms) -> Author:
    """What an author file says."""
    front = document.front
    name = nfc(front.title or "")
    return Author(
        name=name,
        url=terms.author(name, front.slug).url,
        summary=front.summary or prose.summary(document.body),
        image=front.image,
        language=front.language or settings.language,
        links=front.links,
        email=front.email or "",
        extra=front.extra,
    )


def is_pinned(document: Document, settings: Settings, now: dt.datetime) -> bool:
    """Whether a story is kept first on the front page and its section's at that instant."""
    pinned = document.front.pinned
    return pinned if isinstance(pinned, bool) else now < dates.resolve(pinned, settings.zone)


def _as_of(post: Post, now: dt.datetime) -> Post:
    """The post without updates and corrections that are dated after `now`: they are scheduled, like posts."""
    if not (post.corrections or (post.updated and post.updated > now)):
        return post
    return replace(
        post,
        updated=post.updated if post.updated and post.updated <= now else None,
        corrections=tuple(note for note in post.corrections if note.date <= now),
    )


def _date(document: Document, settings: Settings, view: View) -> dt.datetime:
    if document.front.date is not None:
        return dates.resolve(document.front.date, settings.zone)
    if named := DATED_NAME.fullmatch(_stem(document.path)):
        try:
            return dates.resolve(dates.parse(named["date"]), settings.zone)
        except ValueError as error:
            raise ContentError(
                Problem(f"the date in the file's name {error}", "rename it, or add `date:`", document.path, 1)
            ) from error
    if document.kind is Kind.PAGE:
        return dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    if document.front.status is Status.DRAFT:
        return view.now
    raise ContentError(
        Problem(
            "has no date",
            "add a line such as date: 2026-11-23 09:30, or begin the file's name with 2026-11-23-",
            document.path,
            document.lines.get("title", 1),
        )
    )


def _stem(path: str) -> str:
    """The name that stands for a document: its file's, or its folder's where the file is `index.md`."""
    file = PurePosixPath(path)
    return file.parent.name if file.name == "index.md" else file.stem


def _slug(document: Document, language: str) -> str:
    if document.front.slug:
        return document.front.slug
    stem = _stem(document.path)
    named = DATED_NAME.fullmatch(stem)
    slug = slugify(named["slug"] if named else stem, language)
    # A name such as `09.md` would take the URL of a day or of a numbered page.
    return f"{slug}-story" if re.fullmatch(r"\d{1,4}", slug) else slug


def _url(document: Document, settings: Settings, slug: str, date: dt.datetime, section: str, identity: str) -> str:
    if document.front.permalink:
        return document.front.permalink
    try:
        if document.kind is Kind.PAGE:
            inner = PurePosixPath(document.path).relative_to("content/pages")
            folders = inner.parent.parent.parts if inner.name == "index.md" else inner.parent.parts
            return site_path("/".join(("", *(slugify(part, settings.language) for part in folders), slug, "")))
        return settings.pattern.expand(date, slug, section, identity)
    except PathError as error:
        raise ContentError(
            Problem(f"its URL {error}", "give it another `slug`, or a `permalink`", document.path, 1)
        ) from error


def known_by(document: Document, settings: Settings, terms: Terms, view: View) -> tuple[tuple[str, ...], int | None]:
    """By what a document without an id may be known again, published or not: its addresses, and its date.

    An address that is made from an id says nothing, and a standing page has no date. See ledger.Nameless.
    """
    shown = replace(document, front=replace(document.front, status=Status.PUBLISHED, expires=None))
    with contextlib.suppress(ContentError):
        post = resolve(shown, settings, terms, replace(view, drafts=True, future=True), "x")
        if isinstance(post, Post):
            page = document.kind is Kind.PAGE
            return addresses(post.url, document.front.aliases, settings, page=page), None if page else microseconds(
                post.date
            )
    return (), None


def grave(document: Document, settings: Settings, terms: Terms, view: View, identity: str) -> Grave | None:
    """What may be said of a document that was withdrawn or has expired.

    None where no reader can have seen it, since its date is to come, or it expired before that.
    """
    shown = replace(document, front=replace(document.front, status=Status.PUBLISHED, expires=None))
    with contextlib.suppress(ContentError):
        post = resolve(shown, settings, terms, View(view.now), identity)
        ended = dates.resolve(document.front.expires, settings.zone) if document.front.expires else None
        if isinstance(post, Post) and (ended is None or ended > post.date or document.kind is Kind.PAGE):
            urls = (post.url, *document.front.aliases)
            note = next((note for note in post.corrections if note.kind is CorrectionKind.RETRACTION), None)
            return Grave(urls, note.text, note.date.isoformat("T", "seconds"), post.language) if note else Grave(urls)
    return None


def addresses(url: str, aliases: tuple[str, ...], settings: Settings, *, page: bool) -> tuple[str, ...]:
    """Addresses that say which document it is."""
    return aliases if "{id}" in settings.permalink and not page else (url, *aliases)


class _Settled(Record, frozen=True):
    """What is known of a post before all else."""

    identity: str
    date: dt.datetime
    banner: str


def _post(document: Document, settings: Settings, terms: Terms, settled: _Settled) -> Post:
    front, identity, date = document.front, settled.identity, settled.date
    language = front.language or settings.language
    slug = _slug(document, language)
    section = terms.of("section", nfc(front.section)) if front.section else None
    url = _url(document, settings, slug, date, section.slug if section else "", identity)
    excerpt = prose.summary(document.body)
    summary = front.summary or excerpt
    updated = dates.resolve(front.updated, settings.zone) if front.updated else None
    return Post(
        source=document.path,
        id=identity,
        title=front.title or "",
        date=date,
        updated=updated if updated and updated > date else None,
        slug=slug,
        url=url,
        out_path=out_path(url),
        section=section,
        tags=tuple(terms.of("tag", nfc(name)) for name in front.tags),
        authors=tuple(terms.of("author", nfc(name)) for name in front.authors),
        series=terms.of("series", nfc(front.series)) if front.series else None,
        summary=summary,
        standfirst=summary if _adds(summary, excerpt) else "",
        image=front.image,
        corrections=_notes(front.corrections, settings),
        featured=front.featured,
        language=language,
        canonical=front.canonical,
        template=front.template or document.kind.value,
        origin=front.source,
        extra=front.extra,
        banner=settled.banner,
    )


def _notes(written: tuple[Correction, ...], settings: Settings) -> tuple[Note, ...]:
    """Notes, newest first; of one instant, what stands lower in the file is the newer one."""
    notes, met = [], Counter[str]()
    for note in written:
        date = dates.resolve(note.date, settings.zone)
        # As the clock on the wall shows it, so that another time zone of the site changes nothing.
        wall = date.replace(tzinfo=None).isoformat().removesuffix("T00:00:00")
        met[wall] += 1
        key = wall if met[wall] == 1 else f"{wall}-{met[wall]}"
        notes.append(Note(date, note.kind, note.text, key))
    notes.reverse()
    return tuple(sorted(notes, key=attrgetter("date"), reverse=True))


def _adds(summary: str, excerpt: str) -> bool:
    """Whether a summary says more than the text's own beginning."""
    plain = " ".join(summary.split()).rstrip("…. ")
    return not excerpt.startswith(plain) and not plain.startswith(excerpt.rstrip("…. "))

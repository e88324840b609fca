"""All published documents to one Site: clashes told, terms grouped, files put beside their posts."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from operator import attrgetter
from pathlib import PurePosixPath

from generator.config import Settings
from generator.errors import Problem
from generator.model.archive import SPAN, Group, Site, Stretch
from generator.model.entry import Entry, Row
from generator.model.site import Absence, StaticFile, Term, Unpublished
from generator.permalinks import collision_key
from generator.records import Record
from generator.site.terms import Lines, Terms, Vocabulary, keys_of, term_of, vocabulary

_ROOMS = frozenset({"content", "content/posts", "content/pages", "content/authors"})
"""Folders that are no bundle even where an `index.md` lies in them."""

_INDEX = "/index.md"


class Resolved(Record, frozen=True):
    """A Site and what was found on the way.

    Attributes:
        lost: Sources that clash with another's id or URL, and so are not published.
    """

    site: Site
    vocabulary: Vocabulary
    lost: frozenset[str]
    problems: tuple[Problem, ...]


def build(
    rows: Mapping[str, Row], files: Iterable[StaticFile], settings: Settings, terms: Terms, lines: Lines
) -> Resolved:
    """The site as a reader meets it.

    Args:
        rows: All documents by source, in the order of their paths.
        files: All other files of `content/`.
        settings: The site's settings.
        terms: What names mean by the settings.
        lines: The line of each front-matter key of a source, for messages.
    """
    found = [row.entry for row in rows.values() if row.entry is not None]
    entries = [entry for entry in found if not entry.profile]
    profiles, doubles = _without_doubles(found, lines)
    words = vocabulary(entries, profiles, settings, terms, lines)
    kept, clashes = _without_clashes(entries, lines)
    lost = frozenset(problem.path for problem in (*clashes, *doubles) if problem.path)
    posts = sorted((entry for entry in kept if not entry.page), key=attrgetter("when", "id"), reverse=True)
    pages = sorted((entry for entry in kept if entry.page), key=attrgetter("url"))
    absent, groups = _absent(rows, lost), _groups(posts, words)
    documents = (*posts, *pages, *profiles)
    site = Site(
        documents=documents,
        posts=tuple(posts),
        pages=tuple(pages),
        profiles=tuple(profiles),
        bylines=bylines(profiles, words),
        numbers={entry.source: number for number, entry in enumerate(documents)},
        spans=_stretches(posts, span_of),
        # Local days may interleave in the order of instants, hence the sort, which is stable.
        months=_stretches(sorted(posts, key=attrgetter("day"), reverse=True), month_of),
        sections=_in_order(groups["section"], settings),
        tags=groups["tag"],
        authors=_with_profiles(groups["author"], profiles),
        series=groups["series"],
        files=tuple(_placed(files, [*kept, *profiles], absent)),
        unpublished=absent,
    )
    return Resolved(site, words, lost, (*words.problems, *clashes, *doubles))


def span_of(post: Entry) -> str:
    """The name of the span of a post."""
    return str(post.when // SPAN)


def month_of(post: Entry) -> str:
    """The name of its month."""
    return post.day[:7]


def _stretches(posts: list[Entry], name_of: Callable[[Entry], str]) -> tuple[Stretch, ...]:
    return tuple(Stretch(name=name, posts=tuple(members)) for name, members in groupby(posts, key=name_of))


def _absent(rows: Mapping[str, Row], lost: frozenset[str]) -> tuple[Unpublished, ...]:
    absent = [Unpublished(source, Absence.ERROR) for source in lost]
    for source, row in rows.items():
        if row.entry is None:
            absent.append(unpublished(source, row))
    return tuple(sorted(absent, key=attrgetter("source")))


def unpublished(source: str, row: Row) -> Unpublished:
    """A document that is not on the site."""
    return Unpublished(source, Absence(row.absence), dt.datetime.fromisoformat(row.since) if row.since else None)


def _without_clashes(entries: list[Entry], lines: Lines) -> tuple[list[Entry], list[Problem]]:
    """Of two posts with one id or one URL the older stays; both are named."""
    keys = [collision_key(entry.out_path) for entry in entries]
    if len(set(keys)) == len({entry.id for entry in entries}) == len(entries):
        return entries, []
    kept: list[Entry] = []
    problems: list[Problem] = []
    ids: dict[str, Entry] = {}
    urls: dict[str, Entry] = {}
    for entry in sorted(entries, key=attrgetter("when", "id", "source")):
        key = collision_key(entry.out_path)
        if other := ids.get(entry.id):
            problems.append(_same_id(entry, other, lines))
        elif other := urls.get(key):
            problems.append(_same_url(entry, other, lines))
        else:
            kept.append(entry)
            ids[entry.id] = urls[key] = entry
    return kept, problems


def _without_doubles(found: list[Entry], lines: Lines) -> tuple[list[Entry], list[Problem]]:
    """Author files; of two that are of one author the first by its path stays, and both are named."""
    kept: list[Entry] = []
    problems: list[Problem] = []
    seen: dict[str, Entry] = {}
    for entry in (entry for entry in found if entry.profile):
        keys = keys_of(entry)
        if other := seen.get(keys[0]) or seen.get(keys[1]):
            name, at = entry.authors[0], lines(entry.source)
            cause = f"is of the author {name!r}, as is {other.source}; both are {other.url}"
            fix = "put them together in one file; of two people with one name, give one another `title` and `slug`"
            problems.append(Problem(cause, fix, entry.source, at.get("slug", at.get("title", 1))))
        else:
            kept.append(entry)
            seen.update(dict.fromkeys(keys, entry))
    return sorted(kept, key=attrgetter("url")), problems


def bylines(profiles: Iterable[Entry], words: Vocabulary) -> dict[str, Entry]:
    """The author file of each name by which posts have its author."""
    files = {term_of(profile): profile for profile in profiles}
    return {name: files[term] for name, term in words.terms["author"].items() if term in files}


def _with_profiles(groups: tuple[Group, ...], profiles: list[Entry]) -> tuple[Group, ...]:
    """Authors with their files; one with a file is on the site even without a post."""
    found = {group.term: group for group in groups}
    for profile in profiles:
        term = term_of(profile)
        found[term] = Group(term=term, posts=found[term].posts if term in found else (), profile=profile)
    return tuple(sorted(found.values(), key=lambda group: group.term.slug))


def _same_id(entry: Entry, other: Entry, lines: Lines) -> Problem:
    return Problem(
        f"has the same id, {entry.id!r}, as {other.source}",
        "one of them is a copy: give it an id of its own (`dateline new` shows how), or delete it",
        entry.source,
        lines(entry.source).get("id", 1),
    )


def _same_url(entry: Entry, other: Entry, lines: Lines) -> Problem:
    at = lines(entry.source)
    return Problem(
        f"has the same URL, {entry.url}, as {other.source}",
        "give one of them another `slug` or `permalink`, or rename its file",
        entry.source,
        at.get("permalink", at.get("slug", 1)),
    )


def _groups(posts: list[Entry], words: Vocabulary) -> dict[str, tuple[Group, ...]]:
    """By kind, posts by term, terms by slug."""
    found: dict[str, dict[Term, list[Entry]]] = {}
    members: dict[str, dict[str, list[Entry]]] = {}
    for kind, terms in words.terms.items():
        groups = found[kind] = {term: [] for term in terms.values()}
        members[kind] = {name: groups[term] for name, term in terms.items()}
    sections, tags, authors, series = (members[kind] for kind in ("section", "tag", "author", "series"))
    for post in posts:
        if post.section is not None:
            sections[post.section].append(post)
        if post.series is not None:
            series[post.series].append(post)
        for name in post.tags:
            tags[name].append(post)
        for name in post.authors:
            authors[name].append(post)
    return {kind: _in_slug_order(found[kind], len(words.terms[kind])) for kind in found}


def _in_slug_order(found: dict[Term, list[Entry]], names: int) -> tuple[Group, ...]:
    """The groups of one kind, to which posts came under so many names."""
    if names > len(found):  # a post may have come under two names of one term, one after the other
        found = {term: list({id(post): post for post in group}.values()) for term, group in found.items()}
    ordered = sorted(found.items(), key=lambda item: item[0].slug)
    return tuple(Group(term=term, posts=tuple(group)) for term, group in ordered if group)


def _in_order(groups: tuple[Group, ...], settings: Settings) -> tuple[Group, ...]:
    order = list(settings.sections)

    def rank(group: Group) -> tuple[int, str]:
        slug = group.term.slug
        return (order.index(slug) if slug in order else len(order), slug)

    return tuple(sorted(groups, key=rank))


def _placed(files: Iterable[StaticFile], kept: list[Entry], absent: tuple[Unpublished, ...]) -> Iterable[StaticFile]:
    """Each file where readers find it: beside its bundle's page, or at its path below `content/`."""
    homes = {_parent(entry.source): entry for entry in kept if entry.source.endswith(_INDEX)}
    hidden = {_parent(item.source) for item in absent if item.source.endswith(_INDEX)}
    for file in files:
        bundle = _bundle(file.source, homes.keys() | hidden)
        if bundle is None:
            yield file
        elif bundle in homes:
            inner = PurePosixPath(file.source).relative_to(bundle)
            page = PurePosixPath(homes[bundle].out_path)
            folder = page.parent if page.name == "index.html" else page.with_suffix("")
            yield StaticFile(file.source, unicodedata.normalize("NFC", str(folder / inner)), file.digest)


def _parent(source: str) -> str:
    return source.rpartition("/")[0]


def _bundle(source: str, bundles: set[str]) -> str | None:
    """The nearest folder above a file that holds an `index.md`."""
    for folder in PurePosixPath(source).parents if bundles else ():
        if str(folder) in bundles and str(folder) not in _ROOMS:
            return str(folder)
    return None

"""A site of which some documents changed in nothing that decides about their place: all else stays as it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from generator.model.archive import Group, Memo, Site, Stretch, Together
from generator.model.entry import Entry, Row
from generator.model.site import Term
from generator.records import replace
from generator.site.build import Resolved, month_of, span_of
from generator.site.shelf import Posts
from generator.site.terms import Vocabulary

G = TypeVar("G", bound=Together)


def keeps_place(old: Row, new: Row) -> bool:
    """Whether a document is where it was, under the same names, so that all others are where they were."""
    return _place(old) == _place(new)


def _place(row: Row) -> tuple[object, ...]:
    """All of a document that decides about its place, and about that of others."""
    entry = row.entry
    if entry is None:
        return row.absence, row.since, row.id, row.derived, row.grave, row.traces.known
    if entry.profile:  # it has a place in all of its author's stories
        return (object(),)
    names = (entry.section, entry.series, entry.tags, entry.authors)
    known = (row.derived, entry.banner, entry.aliases)
    return entry.page, entry.id, entry.when, entry.day, entry.url, entry.out_path, *known, *names


def amend(before: Resolved, entries: Sequence[Entry]) -> Resolved:
    """The site with these entries in the places of their documents; what was worked out from others stays good.

    Links of others lead where they led, since every document is where it was.

    Args:
        before: The site.
        entries: Those that are new.
    """
    site, words = before.site, before.vocabulary
    posts = {entry.source: entry for entry in entries if not entry.page and not entry.profile}
    if any(shows_otherwise(site.documents[site.numbers[entry.source]], entry) for entry in entries):
        site = without_company(site)
    spans = _amended(site.spans, posts, lambda post: {span_of(post)}, _name)
    months = _amended(site.months, posts, lambda post: {month_of(post)}, _name)
    sections = _amended(site.sections, posts, lambda post: _terms(words, "section", (post.section,)), _term)
    tags = _amended(site.tags, posts, lambda post: _terms(words, "tag", post.tags), _term)
    authors = _amended(site.authors, posts, lambda post: _terms(words, "author", post.authors), _term)
    series = _amended(site.series, posts, lambda post: _terms(words, "series", (post.series,)), _term)
    site = _with(site, entries)
    site = replace(site, spans=spans, months=months, sections=sections, tags=tags, authors=authors, series=series)
    return replace(before, site=site)


def _with(site: Site, entries: Sequence[Entry]) -> Site:
    """The site's documents with these in their places."""
    if isinstance(site.documents, Posts):
        for entry in entries:
            site.documents.shelf.put(entry)
        return site
    whole = list(site.documents)
    for entry in entries:
        whole[site.numbers[entry.source]] = entry
    count, last = len(site.posts), len(site.posts) + len(site.pages)
    return replace(site, documents=tuple(whole), posts=tuple(whole[:count]), pages=tuple(whole[count:last]))


def _name(stretch: Stretch) -> str:
    return stretch.name


def _term(group: Group) -> Term:
    return group.term


def _terms(words: Vocabulary, kind: str, names: tuple[str | None, ...]) -> set[Term]:
    return {words.terms[kind][name] for name in names if name is not None}


K = TypeVar("K", str, Term)


def _amended(
    groups: tuple[G, ...], posts: Mapping[str, Entry], keys_of: Callable[[Entry], set[K]], key_of: Callable[[G], K]
) -> tuple[G, ...]:
    """The groups, those anew that hold one of the posts."""
    members: dict[K, dict[str, Entry]] = {}
    for source, post in posts.items():
        for key in keys_of(post):
            members.setdefault(key, {})[source] = post
    return tuple([_anew(group, members[key]) if (key := key_of(group)) in members else group for group in groups])


def _anew(group: G, posts: Mapping[str, Entry]) -> G:
    memo = replace(group.memo, stories=None, feed=None)
    if isinstance(group.posts, Posts):
        shelf = group.posts.shelf
        if any(shows_otherwise(shelf.entry(shelf.row(source)), post) for source, post in posts.items()):
            memo = Memo()
        return replace(group, memo=memo)
    if any(shows_otherwise(post, posts[post.source]) for post in group.posts if post.source in posts):
        memo = Memo()
    return replace(group, posts=tuple([posts.get(post.source, post) for post in group.posts]), memo=memo)


def shows_otherwise(old: Entry, new: Entry) -> bool:
    """Whether more than a document's own page and the feeds show that it changed.

    A Memo's `stories` and `feed` alone are of what else there is in an entry.
    """
    inner = (new.spot, new.weight, new.story, new.references, new.length)
    return replace(old, **dict(zip(_INNER, inner, strict=True))) != new


_INNER = ("spot", "weight", "story", "references", "length")


def without_company(site: Site) -> Site:
    """A site whose stretches must look again at what their stories show of others, however far these are."""
    spans = [replace(span, memo=replace(span.memo, walk=None, company=None)) for span in site.spans]
    return replace(site, spans=tuple(spans))

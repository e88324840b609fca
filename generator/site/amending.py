"""A site of which some documents changed in nothing that decides about their place: all else stays as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from generator.model.archive import Group, Memo, Site, Stretch, Together
from generator.model.entry import Entry, Row
from generator.model.site import Term
from generator.records import replace
from generator.site.build import Resolved, month_of, span_of
from generator.site.terms import Vocabulary

G = TypeVar("G", bound=Together)


def may_amend(before: Resolved, old: Mapping[str, Row], new: Mapping[str, Row], changed: Iterable[str]) -> bool:
    """Whether a site can be amended: nothing was wrong with it, and every document has its place.

    Args:
        before: The site that the old rows make.
        old: All documents in the last build.
        new: All documents now.
        changed: Those that are not as they were.
    """
    if before.problems or before.lost or before.vocabulary.stolen:
        return False
    return list(old) == list(new) and all(_place(old[source]) == _place(new[source]) for source in changed)


def _place(row: Row) -> tuple[object, ...]:
    """All of a document that decides about its place, and about that of others."""
    entry = row.entry
    if entry is None:
        return row.absence, row.since
    if entry.profile:  # it has a place in all of its author's stories
        return (object(),)
    names = (entry.section, entry.series, entry.tags, entry.authors)
    return entry.page, entry.id, entry.when, entry.day, entry.url, entry.out_path, *names


def amend(before: Resolved, entries: Sequence[Entry]) -> Resolved:
    """The site with these entries in the places of their documents; what was worked out from others stays good.

    Links of others lead where they led, since every document is where it was.

    Args:
        before: The site.
        entries: Those that are new.
    """
    site, words = before.site, before.vocabulary
    if any(_shows_otherwise(site.documents[site.numbers[entry.source]], entry) for entry in entries):
        site = without_company(site)
    whole = list(site.documents)
    for entry in entries:
        whole[site.numbers[entry.source]] = entry
    count, last = len(site.posts), len(site.posts) + len(site.pages)
    posts = [entry for entry in entries if not entry.page and not entry.profile]
    return replace(
        before,
        site=replace(
            site,
            posts=tuple(whole[:count]),
            pages=tuple(whole[count:last]),
            spans=_amended(site.spans, posts, lambda post: {span_of(post)}, _name),
            months=_amended(site.months, posts, lambda post: {month_of(post)}, _name),
            sections=_amended(site.sections, posts, lambda post: _terms(words, "section", (post.section,)), _term),
            tags=_amended(site.tags, posts, lambda post: _terms(words, "tag", post.tags), _term),
            authors=_amended(site.authors, posts, lambda post: _terms(words, "author", post.authors), _term),
            series=_amended(site.series, posts, lambda post: _terms(words, "series", (post.series,)), _term),
        ),
    )


def _name(stretch: Stretch) -> str:
    return stretch.name


def _term(group: Group) -> Term:
    return group.term


def _terms(words: Vocabulary, kind: str, names: tuple[str | None, ...]) -> set[Term]:
    return {words.terms[kind][name] for name in names if name is not None}


K = TypeVar("K", str, Term)


def _amended(
    groups: tuple[G, ...], posts: list[Entry], keys_of: Callable[[Entry], set[K]], key_of: Callable[[G], K]
) -> tuple[G, ...]:
    """The groups, those anew that hold one of the posts."""
    members: dict[K, list[Entry]] = {}
    for post in posts:
        for key in keys_of(post):
            members.setdefault(key, []).append(post)
    return tuple([_anew(group, members[key]) if (key := key_of(group)) in members else group for group in groups])


def _anew(group: G, posts: list[Entry]) -> G:
    known = [post.source for post in group.posts]
    held, memo = list(group.posts), replace(group.memo, stories=None, feed=None)
    for post in posts:
        place = known.index(post.source)
        if _shows_otherwise(held[place], post):
            memo = Memo()
        held[place] = post
    return replace(group, posts=tuple(held), memo=memo)


def _shows_otherwise(old: Entry, new: Entry) -> bool:
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

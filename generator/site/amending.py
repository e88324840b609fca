"""A site of which some documents changed in nothing that decides about their place, and to which some posts came.

All else stays as it was, and so does what was worked out from posts that stand together. In a Memo, `stories` and
`feed` are of the posts' own pages, the rest is of what others show of them; `walk` and `company` are of what stories
show of others, which are always older ones, however far, but for the parts of a series.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, TypeVar

from generator.model.archive import Group, Memo, Site, Stretch, Together
from generator.model.entry import Entry, Row
from generator.model.site import Term
from generator.records import replace
from generator.site.build import Resolved, month_of, span_of, unpublished
from generator.site.shelf import Numbers, Posts
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
        before: The site, over a shelf, which changes with it.
        entries: Those that are new.
    """
    site, words = before.site, before.vocabulary
    documents = _posts(site.documents)
    posts = [entry for entry in entries if not entry.page]
    otherwise = {entry.source for entry in entries if shows_otherwise(documents[site.numbers[entry.source]], entry)}
    if otherwise:
        shown = [post for post in posts if post.source in otherwise]
        site = replace(_seeking(site, shown), front=Memo())
    for entry in entries:
        documents.shelf.put(entry)

    def anew(kind: str, groups: tuple[G, ...]) -> tuple[G, ...]:
        own = {key for post in posts for key in _keys(words, kind, post)}
        cards = {key for post in posts if post.source in otherwise for key in _keys(words, kind, post)}
        return tuple(_anew(group, shown=key in cards) if (key := _key(group)) in own else group for group in groups)

    return replace(before, site=_regrouped(site, anew))


def _regrouped(site: Site, anew: Callable[[str, Any], Any]) -> Site:
    """The site with all its groups as a function makes them of a kind and the groups of that kind."""
    return replace(
        site,
        spans=anew("span", site.spans),
        months=anew("month", site.months),
        sections=anew("section", site.sections),
        tags=anew("tag", site.tags),
        authors=anew("author", site.authors),
        series=anew("series", site.series),
    )


def _keys(words: Vocabulary, kind: str, post: Entry) -> set[str | Term]:
    """By what the groups of a kind are known that hold a post: names of stretches, terms."""
    if kind in ("span", "month"):
        return {span_of(post) if kind == "span" else month_of(post)}
    return {words.terms[kind][name] for name in _NAMES[kind](post) if name is not None}


_NAMES: dict[str, Callable[[Entry], Iterable[str | None]]] = {
    "section": lambda post: (post.section,),
    "tag": lambda post: post.tags,
    "author": lambda post: post.authors,
    "series": lambda post: (post.series,),
}


def _key(group: Together) -> str | Term:
    return group.term if isinstance(group, Group) else group.name  # type: ignore[attr-defined]


def _anew(group: G, *, shown: bool) -> G:
    return replace(group, memo=Memo() if shown else replace(group.memo, stories=None, feed=None))


def shows_otherwise(old: Entry, new: Entry) -> bool:
    """Whether more than a document's own page and the feeds show that it changed."""
    inner = (new.spot, new.weight, new.story, new.references, new.length)
    return replace(old, **dict(zip(_INNER, inner, strict=True))) != new


_INNER = ("spot", "weight", "story", "references", "length")


def without_company(site: Site) -> Site:
    """A site whose stretches must look again at what their stories show of others."""
    return replace(site, spans=tuple(map(_alone, site.spans)))


def _seeking(site: Site, posts: Sequence[Entry]) -> Site:
    """A site whose stretches must look again at what their stories may show of some posts."""
    if any(post.series is not None for post in posts):
        return without_company(site)
    oldest = min((int(span_of(post)) for post in posts), default=None)
    if oldest is None:
        return site
    return replace(site, spans=tuple(_alone(span) if int(span.name) >= oldest else span for span in site.spans))


def _alone(span: Stretch) -> Stretch:
    return replace(span, memo=replace(span.memo, walk=None, company=None))


def add(before: Resolved, rows: Mapping[str, Row]) -> Resolved | None:
    """The site with some more documents; None where one brings a name that there was not, and so more than itself.

    Args:
        before: The site, over a shelf, which changes with it.
        rows: By source, posts and what is off the site; nobody else has the id or the address of a post.
    """
    for row in rows.values():
        entry = row.entry
        if entry and not _has_groups(before.site, before.vocabulary, entry):
            return None
        if entry:
            before = replace(before, site=_added(before.site, before.vocabulary, entry))
    absent = tuple(unpublished(source, row) for source, row in rows.items() if row.entry is None)
    everything = tuple(sorted((*before.site.unpublished, *absent), key=attrgetter("source")))
    return replace(before, site=replace(before.site, unpublished=everything))


def _has_groups(site: Site, words: Vocabulary, post: Entry) -> bool:
    """Whether all names of a post are known, and have posts."""
    groups = {"section": site.sections, "tag": site.tags, "author": site.authors, "series": site.series}
    for kind, names in _NAMES.items():
        if not all(name is None or name in words.terms[kind] for name in names(post)):
            return False
        if not _keys(words, kind, post) <= {group.term for group in groups[kind]}:
            return False
    return True


def _added(site: Site, words: Vocabulary, post: Entry) -> Site:
    """The site with one more post."""
    documents, posts = _posts(site.documents), _posts(site.posts)
    row, place = documents.shelf.put(post), bisect_left(posts, _by_time(post), key=_by_time)
    site = _seeking(site, [post])

    def anew(kind: str, groups: tuple[G, ...]) -> tuple[G, ...]:
        own, by = _keys(words, kind, post), _by_day if kind == "month" else _by_time
        return tuple(_with(group, post, row, by) if _key(group) in own else group for group in groups)

    site = _regrouped(site, anew)
    documents = documents.inserted(place, row)
    return replace(
        site,
        documents=documents,
        numbers=Numbers(documents),
        posts=posts.inserted(place, row),
        front=Memo(),
        spans=_stretched(site.spans, span_of(post), documents, row, int),
        months=_stretched(site.months, month_of(post), documents, row, str),
    )


def _by_time(post: Entry) -> tuple[int, _Backwards]:
    return -post.when, _Backwards(post.id)


def _by_day(post: Entry) -> tuple[_Backwards, int, _Backwards]:
    return _Backwards(post.day), -post.when, _Backwards(post.id)


class _Backwards(str):
    """A text that comes before those that it follows."""

    __slots__ = ()

    def __lt__(self, other: str) -> bool:
        return str.__gt__(self, other)


def _with(group: G, post: Entry, row: int, by: Callable[[Entry], Any]) -> G:
    """A group with one more post, in its order; where the pinned ones are is known all the same."""
    posts = _posts(group.posts)
    place = bisect_left(posts, by(post), key=by)
    pinned, names = group.memo.pinned, group.memo.names
    if pinned is not None:
        later = [at + (at >= place) for at in pinned]
        pinned = tuple(sorted([*later, place])) if post.pinned else tuple(later)
    if names is not None and post.section is not None:
        names = tuple(dict.fromkeys((*names, post.section)))
    return replace(group, posts=posts.inserted(place, row), memo=Memo(pinned=pinned, names=names))


def _stretched(
    stretches: tuple[Stretch, ...], name: str, documents: Posts, row: int, order: Callable[[str], Any]
) -> tuple[Stretch, ...]:
    """The stretches, with one of that name, the newest first."""
    if any(stretch.name == name for stretch in stretches):
        return stretches
    new = Stretch(name=name, posts=Posts(documents.shelf, array("I", [row])))
    return tuple(sorted((*stretches, new), key=lambda stretch: order(stretch.name), reverse=True))


def _posts(posts: Sequence[Entry]) -> Posts:
    assert isinstance(posts, Posts)
    return posts

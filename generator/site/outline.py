"""A site as values that can be written down: who is where, in whose company, and what was worked out from it.

No document is in it, so that a site of which little changed is there at once, whatever its size.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from generator.cache.tables import from_bytes, to_bytes
from generator.model.archive import Group, Memo, Site, Stretch
from generator.model.entry import Entry
from generator.model.site import Absence, StaticFile, Term, Unpublished
from generator.records import Record
from generator.site.build import Resolved, bylines
from generator.site.shelf import Numbers, Posts, Shelf
from generator.site.terms import Vocabulary

Rows = bytes
"""Numbers of rows, four bytes each."""


class _Stretch(Record, array_like=True, frozen=True):
    name: str
    rows: Rows
    memo: Memo


class _Group(Record, array_like=True, frozen=True):
    term: Term
    rows: Rows
    profile: int | None
    memo: Memo


class Outline(Record, array_like=True, frozen=True):
    """A site without its documents, which are rows of a table.

    Attributes:
        documents: In the order of their numbers.
        posts: How many of these are posts.
        pages: How many are standing pages.
        front: See Site; so are spans, months and groups.
        groups: By kind.
        terms: See Vocabulary.
        files: See Site.
        unpublished: Source, why, and when.
    """

    documents: Rows
    posts: int
    pages: int
    front: Memo
    spans: tuple[_Stretch, ...]
    months: tuple[_Stretch, ...]
    groups: dict[str, tuple[_Group, ...]]
    terms: dict[str, dict[str, Term]]
    files: tuple[StaticFile, ...]
    unpublished: tuple[tuple[str, str, str], ...]

    @classmethod
    def of(cls, resolved: Resolved, places: Mapping[str, int]) -> Outline:
        """Of a site with which nothing is wrong; `places` is the row of each source."""
        site, absent = resolved.site, resolved.site.unpublished
        groups = {"section": site.sections, "tag": site.tags, "author": site.authors, "series": site.series}
        return cls(
            _rows(site.documents, places),
            len(site.posts),
            len(site.pages),
            site.front,
            tuple(_Stretch(span.name, _rows(span.posts, places), span.memo) for span in site.spans),
            tuple(_Stretch(month.name, _rows(month.posts, places), month.memo) for month in site.months),
            {kind: tuple(_group(group, places) for group in found) for kind, found in groups.items()},
            {kind: dict(terms) for kind, terms in resolved.vocabulary.terms.items()},
            site.files,
            tuple((item.source, item.why.value, item.when.isoformat() if item.when else "") for item in absent),
        )

    def site(self, shelf: Shelf) -> Resolved:
        """The site, over a shelf with the same rows."""
        documents = Posts(shelf, from_bytes(self.documents))
        last = self.posts + self.pages
        profiles = documents[last:]
        words = Vocabulary(self.terms, {}, ())
        groups = {kind: tuple(_grouped(group, shelf) for group in found) for kind, found in self.groups.items()}
        site = Site(
            documents=documents,
            posts=Posts(shelf, documents.rows[: self.posts]),
            pages=Posts(shelf, documents.rows[self.posts : last]),
            profiles=profiles,
            bylines=bylines(profiles, words),
            numbers=Numbers(documents),
            front=self.front,
            spans=_stretches(self.spans, shelf),
            months=_stretches(self.months, shelf),
            sections=groups["section"],
            tags=groups["tag"],
            authors=groups["author"],
            series=groups["series"],
            files=self.files,
            unpublished=tuple(
                Unpublished(source, Absence(why), dt.datetime.fromisoformat(when) if when else None)
                for source, why, when in self.unpublished
            ),
        )
        return Resolved(site, words, frozenset(), ())


def _rows(posts: Sequence[Entry], places: Mapping[str, int]) -> Rows:
    if isinstance(posts, Posts):
        return to_bytes([places[name] for name in map(posts.shelf.name, posts.rows)])
    return to_bytes([places[post.source] for post in posts])


def _group(group: Group, places: Mapping[str, int]) -> _Group:
    profile = None if group.profile is None else places[group.profile.source]
    return _Group(group.term, _rows(group.posts, places), profile, group.memo)


def _grouped(group: _Group, shelf: Shelf) -> Group:
    profile = None if group.profile is None else shelf.entry(group.profile)
    return Group(term=group.term, posts=Posts(shelf, from_bytes(group.rows)), profile=profile, memo=group.memo)


def _stretches(stretches: tuple[_Stretch, ...], shelf: Shelf) -> tuple[Stretch, ...]:
    return tuple(
        Stretch(name=stretch.name, posts=Posts(shelf, from_bytes(stretch.rows)), memo=stretch.memo)
        for stretch in stretches
    )

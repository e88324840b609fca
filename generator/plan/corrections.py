"""Outputs of corrections: a list of all of them with numbered pages that never change, and its feeds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

from generator import codec
from generator.errors import Problem, warning
from generator.model.document import CorrectionKind
from generator.model.entry import Entry, Remark
from generator.model.views import PageKind
from generator.permalinks import out_path
from generator.plan.chrome import CORRECTED, CORRECTIONS, FORMATS
from generator.plan.compose import page_url
from generator.plan.ground import Family, Ground
from generator.plan.lists import MAX_FEED, relevant, split
from generator.plan.output import Output, Part, Rank
from generator.plan.subjects import CorrectionFeed, Corrections, Place, Said

_AROUND = 2_000
"""Bytes that an item has in a feed beside its text."""


class _Correction(NamedTuple):
    """A correction, its story, and its place among the story's own."""

    post: Entry
    at: int
    remark: Remark


_Notes = Sequence[_Correction]


def families(ground: Ground) -> Iterator[Family]:
    """The list of corrections and its feeds; nothing where there is no correction."""
    if not ground.chrome.corrected:
        return
    notes = _all(ground)
    yield ground.family("corrections", partial(_pages, ground, notes), _shown(notes))
    public = tuple([note for note in notes if not note.post.banner][: ground.chrome.settings.feeds.items])
    sizes = accumulate(6 * note.remark.size + _AROUND for note in public)
    carried = tuple([note for note, size in zip(public, sizes, strict=True) if size <= MAX_FEED])
    mark, problems = _carried(carried), _too_large(len(public) - len(carried))
    yield ground.family("feed of corrections", partial(_feeds, ground, carried, mark), mark, problems=problems)


def _all(ground: Ground) -> _Notes:
    """Every correction, newest first."""
    found = [
        _Correction(post, at, remark)
        for span in ground.site.spans
        for post in span.chosen("remarks", attrgetter("remarks"))
        for at, remark in enumerate(post.remarks)
    ]
    return tuple(sorted(found, key=lambda note: (-note.remark.when, note.post.id, note.at)))


def _shown(notes: _Notes) -> bytes:
    """The digest of what the list shows of some corrections."""
    return codec.joined([codec.digest(note.post.link, note.remark.digest) for note in notes])


def _carried(notes: _Notes) -> bytes:
    """The digest of what feeds carry of some corrections."""
    return codec.of([(note.post.id, note.post.canonical) for note in notes], _shown(notes))


def _said(ground: Ground, notes: _Notes) -> tuple[Said, ...]:
    return tuple([(ground.numbers[note.post.source], note.at) for note in notes])


def _pages(ground: Ground, notes: _Notes) -> Iterator[Output]:
    chrome = ground.chrome
    first, numbered = split(notes, chrome.settings.page_size)
    feed = f"{CORRECTIONS}{chrome.feed_file}"
    for number, shown in [(None, first), *enumerate(numbered, 1)]:
        last = relevant(number, len(numbered))
        place = Place(PageKind.CORRECTIONS, chrome.words["corrections"], CORRECTIONS, number, last, None, feed)
        around = (Part.PLACE, codec.of(place))
        parts = (ground.template(CORRECTED), ground.around, (Part.NOTES, _shown(shown)), around)
        subject = Corrections(place, _said(ground, shown))
        path = out_path(page_url(place))
        yield Output(path, subject, "the list of corrections", Rank.LIST, CORRECTED, parts=parts)


def _feeds(ground: Ground, notes: _Notes, mark: bytes) -> Iterator[Output]:
    settings = ground.chrome.settings
    parts = (
        ground.around,
        (Part.NOTES, mark),
        (Part.PLACE, codec.of(settings.feeds.hubs, settings.feeds.id)),
        (Part.TEMPLATE, codec.of([ground.chrome.words[name] for name in ("corrections", *CorrectionKind)])),
    )
    for kind in settings.feeds.formats:
        path = out_path(CORRECTIONS + FORMATS[kind].file)
        subject = CorrectionFeed(_said(ground, notes), kind)
        yield Output(path, subject, "the feed of corrections", Rank.MACHINE, parts=parts)


def _too_large(lost: int) -> tuple[Problem, ...]:
    if not lost:
        return ()
    cause = f"the feed of corrections would be larger than {MAX_FEED:,} bytes, so its last {lost} are left out"
    return (warning(cause, "set a smaller `items` under [feeds] in site.toml"),)

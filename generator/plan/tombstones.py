"""Outputs at the addresses of what was withdrawn or has expired."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator import codec
from generator.model.archive import Gone
from generator.permalinks import out_path
from generator.plan.chrome import WITHDRAWN
from generator.plan.ground import Family, Ground
from generator.plan.output import Output, Part, Rank
from generator.plan.subjects import Tombstone


def families(ground: Ground) -> Iterator[Family]:
    """A page at each address; nothing where nothing is gone."""
    if gone := ground.site.gone:
        yield ground.family("withdrawn", partial(_pages, ground, gone), codec.of(gone))


def _pages(ground: Ground, gone: tuple[Gone, ...]) -> Iterator[Output]:
    words = (Part.TEMPLATE, codec.of(ground.chrome.words["withdrawn"], ground.chrome.words["expired"]))
    template, part = (WITHDRAWN, ground.template(WITHDRAWN)) if WITHDRAWN in ground.templates else (None, words)
    for item in gone:
        parts = (part, ground.around, (Part.REASON, codec.of(item.reason, item.date, item.language, item.expired)))
        for url in item.urls:
            subject = Tombstone(url, item.reason, item.date, item.language, item.expired)
            origin = f"the {'expired' if item.expired else 'withdrawn'} {item.source or url}"
            yield Output(out_path(url), subject, origin, Rank.TOMBSTONE, template, item.source, parts)

"""What stands at the old addresses of lists and feeds, as `[redirects]` of `site.toml` has them.

A page leads people on. Readers of feeds take no page, so under the name of a feed stands what the new one says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from generator import codec
from generator.config import NAME
from generator.model.machine import RedirectView
from generator.permalinks import is_feed_name, out_path, site_path
from generator.plan.chrome import CORRECTIONS, FORMATS
from generator.plan.ground import Family, Ground
from generator.plan.output import Output, Part, Rank
from generator.records import replace


def moved(ground: Ground) -> tuple[tuple[str, str], ...]:
    """Old and new site paths, in the order of the old ones."""
    found = ground.chrome.settings.redirects
    return tuple(sorted((site_path(old), site_path(new)) for old, new in found.items()))


def families(ground: Ground, known: Mapping[str, Family]) -> Iterator[Family]:
    """All of them together; nothing where nothing moved.

    Args:
        ground: The site.
        known: The families of its feeds, among others.
    """
    if places := moved(ground):
        feeds = {new: feed for old, new in places if is_feed_name(old) and (feed := _feed(new, known))}
        marks = [feed.mark for feed in feeds.values()]
        yield ground.family("redirects", partial(_outputs, ground, places, feeds), *marks)


def _feed(path: str, known: Mapping[str, Family]) -> Family | None:
    """The family of the feed at a site path."""
    name = path.rsplit("/", 1)[1]
    url = path.removesuffix(name)
    if name not in [form.file for form in FORMATS.values()]:
        return None
    return known.get(f"feed {url}") or (known.get("feed of corrections") if url == CORRECTIONS else None)


def _outputs(ground: Ground, places: tuple[tuple[str, str], ...], feeds: Mapping[str, Family]) -> Iterator[Output]:
    for old, new in places:
        origin = f"the redirect from {old}"
        if not is_feed_name(old):
            yield _page(ground, old, new, origin)
        elif new in feeds:
            for output in feeds[new].make():
                if output.path == out_path(new):
                    yield replace(output, path=out_path(old), origin=origin, rank=Rank.REDIRECT, source=NAME)


def _page(ground: Ground, old: str, new: str, origin: str) -> Output:
    settings = ground.chrome.settings
    view = RedirectView(ground.chrome.absolute(new), settings.title, settings.language)
    return Output(out_path(old), view, origin, Rank.REDIRECT, source=NAME, parts=((Part.TARGET, codec.of(view)),))

"""What no file tells by itself: where links lead, and whether pages, feeds and sitemaps agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from urllib.parse import unquote

from generator.check.facts import FEEDS, Facts, Found, Kind, Link, News, Role
from generator.check.pages import SHARED
from generator.check.places import Place, Places
from generator.records import Record

_TYPES = {
    Kind.RSS: {"application/rss+xml"},
    Kind.ATOM: {"application/atom+xml"},
    Kind.JSON: {"application/feed+json", "application/json"},
}
_SLACK = 300
"""Seconds by which two clocks may differ."""

_NEWS_AGE = 2 * 86_400


class Site(Record, frozen=True):
    """All that was read.

    Attributes:
        places: Addresses to files.
        facts: Of each file that was read, by its path in the output.
        now: Seconds since 1970.
    """

    places: Places
    facts: Mapping[str, Facts]
    now: int

    def lead(self, name: str, link: Link) -> Place:
        """Where a link in a file leads."""
        return self.places.lead(link.url, name, self.facts[name].base)

    def refresh(self, name: str) -> Place | None:
        """Where a redirect leads; None where the file is none."""
        facts = self.facts.get(name)
        if facts is None or facts.kind is not Kind.REDIRECT:
            return None
        return next(self.lead(name, link) for link in facts.links if link.role is Role.REFRESH)

    def end(self, name: str) -> str:
        """Where redirects from a file end; empty where they go in circles."""
        met = {name}
        while (place := self.refresh(name)) is not None:
            if not place.inside or not place.file:
                return place.url
            name = place.file
            if name in met:
                return ""
            met.add(name)
        return self.places.url(name)


Finding = tuple[str, Found]


def look(site: Site) -> Iterator[Finding]:
    """Every breach of a rule that concerns more than one file, with the file that is to be mended."""
    discovered = any(facts.kind in FEEDS for facts in site.facts.values())
    for name, facts in site.facts.items():
        for check in _CHECKS:
            for found in check(site, name, facts):
                yield name, found
        if discovered and facts.kind is Kind.PAGE and not any(link.role is Role.FEED for link in facts.links):
            yield name, Found("discovery-missing", 0, "the page names no feed")
    yield from _names(site)


def _links(site: Site, name: str, facts: Facts) -> Iterator[Found]:
    for link in facts.links:
        check = _LINKS.get(link.role)
        if check:
            place = site.lead(name, link)
            if place.fault:
                yield Found("link-malformed", link.line, f"the address {link.url!r} cannot be read: {place.fault}")
            else:
                yield from check(site, name, link, place)


def _link(site: Site, name: str, link: Link, place: Place) -> Iterator[Found]:
    if not place.inside:
        return
    if not place.file:
        yield _lost("link-target", "link", link, place)
        return
    if site.refresh(place.file) is not None and site.facts[name].kind is not Kind.REDIRECT:
        end = site.end(place.file)
        if end:
            yield Found("link-redirect", link.line, f"the link to {link.url!r} goes through a redirect to {end}")
        return
    facts = site.facts.get(place.file)
    if facts is not None and facts.gone and place.file != name:
        yield Found("link-withdrawn", link.line, f"the link to {link.url!r} leads to what was withdrawn or has expired")
    if place.fragment and facts is not None and facts.kind is Kind.PAGE and not _has(facts, place.fragment):
        yield Found("link-anchor", link.line, f"the link to {link.url!r} leads to no id of {place.file}")


def _has(facts: Facts, fragment: str) -> bool:
    """Whether a page has the place that a fragment names (HTML, "select the indicated part")."""
    if fragment.startswith(":~:") or fragment.lower() == "top":
        return True
    fragment = fragment.partition(":~:")[0]
    return fragment in facts.ids or unquote(fragment) in facts.ids


def _lost(code: str, what: str, link: Link, place: Place) -> Found:
    if place.near:
        return Found("link-case", link.line, f"the {what} to {link.url!r} differs in capitals from {place.near}")
    return Found(code, link.line, f"the {what} to {link.url!r} leads to no file")


def _asset(site: Site, _name: str, link: Link, place: Place) -> Iterator[Found]:
    if place.inside and not place.file:
        yield _lost("asset-target", "reference", link, place)
    if link.note != SHARED and place.url.startswith("http://") and site.places.base_url.startswith("https://"):
        yield Found("image-insecure", link.line, f"{link.url!r} is fetched by http")


def _picture(_site: Site, _name: str, link: Link, place: Place) -> Iterator[Found]:
    if not link.url.startswith(("http://", "https://")):
        yield Found("data-image", link.line, f"the picture {link.url!r} in data has no whole address")
    elif place.inside and not place.file:
        yield _lost("data-image", "picture in data", link, place)


def _refresh(site: Site, name: str, link: Link, place: Place) -> Iterator[Found]:
    if not place.inside:
        return
    if not place.file:
        yield _lost("redirect-target", "redirect", link, place)
    elif site.refresh(place.file) is not None:
        end = site.end(name)
        code, tail = (
            ("redirect-chain", f"another redirect; it ends at {end}") if end else ("redirect-loop", "itself at last")
        )
        yield Found(code, link.line, f"the redirect to {link.url!r} leads to {tail}")


def _discovered(site: Site, _name: str, link: Link, place: Place) -> Iterator[Found]:
    kind = link.note.partition(" ")[0]
    if not link.url.startswith(("http://", "https://")):
        yield Found("discovery-link", link.line, f"the feed's address {link.url!r} is not whole")
    if not place.inside:
        return
    facts = site.facts.get(place.file)
    if not place.file:
        yield _lost("link-target", "feed", link, place)
    elif facts is not None and kind not in _TYPES.get(facts.kind, ()) and not _maybe(facts):
        yield Found("discovery-link", link.line, f"{link.url!r} is called {kind} and is none")


def _maybe(facts: Facts) -> bool:
    """Whether a file is broken, so that it cannot be told what it is."""
    return facts.kind is Kind.OTHER and bool(facts.found)


def _loc(site: Site, _name: str, link: Link, place: Place) -> Iterator[Found]:
    if not place.inside:
        yield Found("sitemap-loc", link.line, f"the address {link.url} is none of {site.places.base_url}")
        return
    facts = site.facts.get(place.file)
    if not place.file:
        yield _lost("link-target", "address", link, place)
    elif facts is None or facts.kind not in (Kind.PAGE, Kind.REDIRECT):
        return
    elif facts.kind is Kind.REDIRECT:
        yield Found("sitemap-page", link.line, f"the address {link.url} is that of a redirect")
    elif facts.noindex:
        yield Found("sitemap-page", link.line, f"the page {link.url} asks search engines to pass over it")
    else:
        yield from _agrees(site, place.file, link, "sitemap-page")


def _item(site: Site, name: str, link: Link, place: Place) -> Iterator[Found]:
    yield from _link(site, name, link, place)
    facts = site.facts.get(place.file)
    if facts is not None and facts.kind is Kind.PAGE:
        yield from _agrees(site, place.file, link)


def _agrees(site: Site, target: str, link: Link, elsewhere: str = "") -> Iterator[Found]:
    """Rule 51 for an address of a feed or sitemap, and the page that it leads to."""
    canonical = _canonical(site.facts[target])
    if canonical is None or canonical.url == link.url.partition("#")[0]:
        return
    place = site.lead(target, canonical)
    if place.file == target:
        yield Found("canonical-agrees", link.line, f"the address {link.url} is {canonical.url} in the page itself")
    elif elsewhere:
        yield Found(elsewhere, link.line, f"the page {link.url} has its canonical address elsewhere: {canonical.url}")


def _canonical(facts: Facts) -> Link | None:
    return next((link for link in facts.links if link.role is Role.CANONICAL), None)


def _canonicals(site: Site, name: str, facts: Facts) -> Iterator[Found]:
    """Rule 51 within a page."""
    canonical = _canonical(facts)
    if facts.kind is not Kind.PAGE or canonical is None:
        return
    place = site.lead(name, canonical)
    if place.inside and not place.file:
        yield _lost("link-target", "canonical address", canonical, place)
    elif place.file == name and not _alike(canonical.url, site.places.url(name)):
        yield Found("canonical-agrees", canonical.line, f"the canonical address {canonical.url} is not the page's own")
    for link in facts.links:
        if link.role in (Role.SOCIAL, Role.ENTITY) and link.url != canonical.url:
            yield Found(
                "canonical-agrees", link.line, f"{link.role} is {link.url}, the canonical address {canonical.url}"
            )


def _alike(one: str, other: str) -> bool:
    """Whether two addresses are spellings of one that a host with clean URLs answers alike."""
    return one.removesuffix(".html") == other.removesuffix(".html")


def _is_copy(site: Site, name: str, facts: Facts, link: Link) -> bool:
    """Whether a feed is, at an old address, the very one to which its self link leads."""
    place = site.lead(name, link)
    return place.inside and site.facts.get(place.file) == facts


def _feeds(site: Site, name: str, facts: Facts) -> Iterator[Found]:
    """Rule 13, and rule 11, which needs a clock."""
    own = site.places.url(name)
    for link in facts.links:
        if link.role is Role.SELF and link.url != own and not _is_copy(site, name, facts, link):
            yield Found("feed-self", link.line, f"the feed calls itself {link.url}, and is {own}")
    for moment in facts.moments:
        if moment.seconds > site.now + _SLACK:
            yield Found("feed-future", moment.line, "the date is to come")


def _news(site: Site, name: str, facts: Facts) -> Iterator[Found]:
    """Rules 42 and 43."""
    for story in facts.news:
        if story.seconds is not None and story.seconds < site.now - _NEWS_AGE:
            yield Found("news-age", story.line, f"the news {story.title!r} is older than two days")
        place = site.places.lead(story.loc, name)
        page = site.facts.get(place.file) if place.inside else None
        if page is not None and page.headline and story.title and story.title != page.headline:
            cause = f"the news is called {story.title!r}, its page {page.headline!r}"
            yield Found("news-title", story.line, cause)


def _names(site: Site) -> Iterator[Finding]:
    """Rule 41: the publication has one name, that of the first news."""
    first: News | None = None
    for name in sorted(site.facts):
        for story in site.facts[name].news:
            if first is None:
                first = story
            elif story.name and story.name != first.name:
                yield (
                    name,
                    Found("news-name", story.line, f"the publication is {story.name!r}, and {first.name!r} before"),
                )


_LINKS: Mapping[Role, Callable[[Site, str, Link, Place], Iterator[Found]]] = {
    Role.LINK: _link,
    Role.HOME: _link,
    Role.ITEM: _item,
    Role.ASSET: _asset,
    Role.PICTURE: _picture,
    Role.REFRESH: _refresh,
    Role.FEED: _discovered,
    Role.LOC: _loc,
}
_CHECKS = (_links, _canonicals, _feeds, _news)

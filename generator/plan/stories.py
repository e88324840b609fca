"""Outputs of stories and standing pages, with the redirects from their old URLs."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, partial

from generator import codec
from generator.model.archive import Group, Stretch
from generator.model.entry import Entry
from generator.permalinks import out_path
from generator.plan.ground import Family, Ground, cards, links
from generator.plan.output import Output, Part, Rank
from generator.plan.related import Related
from generator.plan.series import Portion, Series
from generator.plan.subjects import Part as PartOf
from generator.plan.subjects import Redirect, Story
from generator.records import Record


def families(ground: Ground) -> Iterator[Family]:
    """Stories by their time, and all standing pages."""
    company = _Company.of(ground)
    newest = cards(ground.site.posts[: company.latest + 1]) if company.latest else b""
    walk, moved = _Walk(ground, _most(ground, "section-latest")), _Moved(ground)
    posts, start = ground.site.posts, 0
    for span in ground.site.spans:
        stop = start + len(span.posts)
        around = span.once("links", links) + links(posts[max(0, start - 1) : start]) + links(posts[stop : stop + 1])
        own = span.once("stories", _mark) + moved.over(start, stop)
        authors = cards(ground.profiles_of(span.once("authors", _authors)))
        beside = span.once("company", lambda _, over=(start, stop): company.over(*over))  # type: ignore[misc]
        mark = (own, around, authors, walk.over(span), beside, newest)
        yield ground.family(f"stories {span.name}", partial(_stories, ground, start, stop, company), *mark)
        start = stop
    pages = ground.site.pages
    own = _mark(pages) + moved.over(start, start + len(pages))
    authors = cards(ground.profiles(pages))
    yield ground.family("pages", partial(_pages, ground, company.latest), own, authors, newest)


def _most(ground: Ground, need: str) -> int:
    """As many of something as any template of stories wants."""
    return max((needs.get(need, 0) for needs in ground.chrome.needs.values()), default=0)


class _Company(Record, frozen=True, dict=True):
    """What stories may show of others, wherever these stand.

    Attributes:
        ground: The site.
        latest: How many of the newest, at most.
    """

    ground: Ground
    latest: int

    @classmethod
    def of(cls, ground: Ground) -> _Company:
        """All that the theme's templates of stories want."""
        latest = max((ground.chrome.need(name, "latest") for name in ground.chrome.needs if name != "404"), default=0)
        return cls(ground, latest)

    @cached_property
    def related(self) -> Related | None:
        """Finds related ones; None where no template wants any."""
        most = _most(self.ground, "related")
        return Related(self.ground, most) if most else None

    @cached_property
    def series(self) -> Series:
        """Knows the parts of each series."""
        return Series(self.ground, _most(self.ground, "series"))

    def over(self, start: int, stop: int) -> bytes:
        """The digest of related stories and other parts that those from `start` to `stop` may show."""
        related = self.related.over(start, stop) if self.related else b""
        return codec.digest(related, self.series.over(self.ground.site.posts[start:stop]))


def _mark(posts: Sequence[Entry]) -> bytes:
    """The digest of what the stories' own pages and redirects show, and where they are."""
    aliases = [f"{post.source}\0{post.aliases}".encode() for post in posts if post.aliases]
    return codec.digest(codec.joined([post.story for post in posts]), *aliases)


def _authors(posts: Sequence[Entry]) -> tuple[str, ...]:
    """All names of those who wrote them."""
    return tuple(dict.fromkeys([name for post in posts for name in post.authors]))


class _Moved:
    """Knows the addresses that lead to stories because the ledger has them."""

    def __init__(self, ground: Ground) -> None:
        numbers, self._former = ground.numbers, ground.site.former
        found = sorted((numbers[source], source) for source in self._former if source in numbers)
        self._numbers = [number for number, _ in found]
        self._sources = [source for _, source in found]

    def over(self, start: int, stop: int) -> bytes:
        """The digest of those that lead to the documents from `start` to `stop`."""
        first, last = bisect_left(self._numbers, start), bisect_left(self._numbers, stop)
        return (
            codec.of([(source, self._former[source]) for source in self._sources[first:last]]) if first < last else b""
        )


def _counted(posts: Sequence[Entry]) -> dict[str, int]:
    """How many of them each name of a section has."""
    return Counter(post.section for post in posts if post.section is not None)


class _Walk:
    """Goes through the posts, newest first, and knows the section's earlier stories of each stretch."""

    def __init__(self, ground: Ground, window: int) -> None:
        self._ground = ground
        self._window = window
        self._passed: dict[str, int] = {}

    def over(self, span: Stretch) -> bytes:
        """The digest of the section stories that those of the next stretch may show."""
        if not self._window:
            return b""
        begun: dict[str, tuple[Group, int]] = {}
        for name, count in span.once("sections", _counted).items():
            if group := self._ground.sections.get(name):
                url = group.term.url
                begun.setdefault(url, (group, self._passed.get(url, 0)))
                self._passed[url] = self._passed.get(url, 0) + count
        ends = {url: self._passed[url] + self._window for url in begun}
        return span.once("walk", lambda _: _shown(begun, ends))


def _shown(begun: Mapping[str, tuple[Group, int]], ends: Mapping[str, int]) -> bytes:
    """The digest of stretches of groups, by address: where each begins and where it ends."""
    return codec.digest(*[cards(group.posts[first : ends[url]]) for url, (group, first) in sorted(begun.items())])


class _Around(Record, frozen=True):
    """The posts that a story's page may show beside it."""

    newer: Entry | None = None
    older: Entry | None = None
    section: Sequence[Entry] = ()
    latest: Sequence[Entry] = ()
    related: Sequence[Entry] = ()
    part: Portion | None = None


def _stories(ground: Ground, start: int, stop: int, company: _Company) -> Iterator[Output]:
    posts = ground.site.posts
    places: dict[str, int] = {}
    for index in range(start, stop):
        post = posts[index]
        group, template = ground.section(post), _template(ground, post)
        need = ground.chrome.needs.get(template, {}).get
        part = company.series.of(post, need("series", 0))
        around = _Around(
            newer=posts[index - 1] if index else None,
            older=posts[index + 1] if index + 1 < len(posts) else None,
            section=_before(post, group, need("section-latest", 0), places),
            latest=_latest(ground, post, company.latest),
            related=_related(company, index, need("related", 0), part),
            part=part,
        )
        yield _story(ground, post, template, around)
        yield from _redirects(ground, post)


def _before(post: Entry, group: Group | None, count: int, places: dict[str, int]) -> Sequence[Entry]:
    """Stories of the section from before this one, so that a new story leaves old pages alone."""
    if group is None or not count:
        return ()
    place = group.posts.index(post, places.get(group.term.url, 0))
    places[group.term.url] = place
    return group.posts[place + 1 : place + 1 + count]


def _latest(ground: Ground, post: Entry, count: int) -> tuple[Entry, ...]:
    """The site's newest stories but this one."""
    return tuple([other for other in ground.site.posts[: count + 1] if other is not post][:count]) if count else ()


def _related(company: _Company, place: int, count: int, part: Portion | None) -> tuple[Entry, ...]:
    """Stories related to one, without those that are shown as parts of its series."""
    if company.related is None or not count:
        return ()
    return company.related.of(place, count, apart=part is not None)


def _pages(ground: Ground, latest: int) -> Iterator[Output]:
    for page in ground.site.pages:
        yield _story(ground, page, _template(ground, page), _Around(latest=_latest(ground, page, latest)))
        yield from _redirects(ground, page)


def _template(ground: Ground, post: Entry) -> str:
    """The template of a post; the usual one where it names one that the theme lacks."""
    return post.template if post.template in ground.stories else "page" if post.page else "post"


def _story(ground: Ground, post: Entry, template: str, around: _Around) -> Output:
    wants = ground.chrome.needs.get(template, {})
    parts = [ground.template(template), ground.around, (Part.STORY, post.story)]
    newer, older = (around.newer, around.older) if wants.get("neighbours") else (None, None)
    latest = around.latest[: wants.get("latest", 0)]
    if wants.get("neighbours"):
        parts += [(Part.NEWER, links([newer])), (Part.OLDER, links([older]))]
    if wants.get("section-latest"):
        parts.append((Part.SECTION, cards(around.section)))
    if wants.get("related"):
        parts.append((Part.RELATED, cards(around.related)))
    if wants.get("series"):
        parts.append((Part.SERIES, around.part.digest if around.part else codec.digest()))
    if wants.get("latest"):
        parts.append((Part.LATEST, cards(latest)))
    authors = ground.profiles([post])
    if post.authors:
        parts.append((Part.AUTHORS, cards(authors)))
    numbers = ground.numbers
    subject = Story(
        numbers[post.source],
        numbers[newer.source] if newer else None,
        numbers[older.source] if older else None,
        ground.number(around.section),
        ground.number(latest),
        ground.number(around.related),
        _part(ground, around.part) if around.part else None,
        ground.number(authors),
    )
    return Output(post.out_path, subject, post.source, Rank.STORY, template, post.source, tuple(parts))


def _part(ground: Ground, portion: Portion) -> PartOf:
    """A story's place in its series, by numbers."""
    numbers = ground.numbers
    previous, following = [numbers[post.source] if post else None for post in (portion.previous, portion.next)]
    parts = tuple((number, numbers[post.source]) for number, post in portion.parts)
    return PartOf(portion.number, portion.total, previous, following, parts)


def _redirects(ground: Ground, post: Entry) -> Iterator[Output]:
    former = ground.site.former.get(post.source, ())
    old = [("alias", Rank.REDIRECT, url) for url in post.aliases] + [("former address", Rank.FORMER, u) for u in former]
    for what, rank, url in old:
        if out_path(url) != post.out_path:
            origin = f"the {what} {url} of {post.source}"
            parts = (ground.address, (Part.TARGET, post.link))
            subject = Redirect(ground.numbers[post.source])
            yield Output(out_path(url), subject, origin, rank, source=post.source, parts=parts)

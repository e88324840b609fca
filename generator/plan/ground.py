"""What every part of the planner works with, and the shape of its results."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from generator import codec
from generator.errors import Problem
from generator.model.archive import Group, Site, Together
from generator.model.entry import Entry
from generator.plan.chrome import Chrome
from generator.plan.output import Output, Part
from generator.records import Record
from generator.site import Numbers, Posts, each_card

FORMAT = b"1"
"""Raise it when the same parts come to make other bytes."""


class Family(Record, frozen=True):
    """Outputs that are planned together.

    Attributes:
        name: Unique, the same from build to build.
        mark: A digest of all that its outputs depend on; a family whose mark did not change is not planned again.
        make: Plans its outputs.
        problems: What is wrong with it, told at every build.
    """

    name: str
    mark: bytes
    make: Callable[[], Iterator[Output]]
    problems: tuple[Problem, ...] = ()


class Ground(Record, dict=True):
    """A site ready to be planned.

    Attributes:
        site: Its posts, pages and groups.
        chrome: What all pages share.
        templates: Digest of each template with all that it includes and the theme's texts.
        stories: Templates that a post may name.
        assets: Files of the theme by path below `assets/`: where they lie, and the digest of their bytes.
        now: The build's clock, in microseconds since 1970. It decides what is news, and nothing else.
    """

    site: Site
    chrome: Chrome
    templates: Mapping[str, bytes]
    stories: Collection[str]
    assets: Mapping[str, tuple[str, bytes]]
    now: int

    @property
    def numbers(self) -> Mapping[str, int]:
        """The number of each source in the library."""
        return self.site.numbers

    @cached_property
    def frame(self) -> bytes:
        """Digest of what stands on every page."""
        return codec.of(self.chrome.view)

    @cached_property
    def base(self) -> bytes:
        """Digest of all that is the same for the whole site: settings, chrome, theme."""
        templates = [name.encode() + digest for name, digest in sorted(self.templates.items())]
        needs = {name: dict(items) for name, items in self.chrome.needs.items()}
        return codec.digest(FORMAT, self.frame, codec.of(self.chrome.settings, needs), *templates)

    def family(
        self, name: str, make: Callable[[], Iterator[Output]], *parts: bytes, problems: tuple[Problem, ...] = ()
    ) -> Family:
        """A family that depends on the whole site's base and on `parts`."""
        return Family(name, codec.digest(self.base, *parts), make, problems)

    def template(self, name: str) -> tuple[Part, bytes]:
        """The part of an output that is its template."""
        return Part.TEMPLATE, self.templates[name]

    @property
    def around(self) -> tuple[Part, bytes]:
        """The part of an output that is the site's chrome."""
        return Part.SITE, self.frame

    @cached_property
    def address(self) -> tuple[Part, bytes]:
        """The part of an output that is the site's address alone."""
        return Part.SITE, codec.of(self.chrome.settings.base_url)

    def number(self, posts: Iterable[Entry]) -> tuple[int, ...]:
        """The numbers of some posts."""
        numbers = self.numbers
        if isinstance(posts, Posts) and isinstance(numbers, Numbers):
            return numbers.of(posts)
        return tuple([numbers[post.source] for post in posts])

    def profiles(self, posts: Iterable[Entry]) -> tuple[Entry, ...]:
        """The author files of those who wrote some posts, each once."""
        return self.profiles_of(name for post in posts for name in post.authors) if self.site.bylines else ()

    def profiles_of(self, names: Iterable[str]) -> tuple[Entry, ...]:
        """The author files of those who have these names, each once."""
        known = self.site.bylines
        return tuple({known[name].source: known[name] for name in names if name in known}.values())

    def section(self, post: Entry) -> Group | None:
        """The group of a post's section."""
        return self.sections.get(post.section) if post.section is not None else None

    @cached_property
    def sections(self) -> dict[str, Group]:
        """Each name of a section that posts use, and its group."""
        return {name: group for group in self.site.sections for name in group.once("names", _names)}


def _names(posts: Sequence[Entry]) -> tuple[str, ...]:
    return tuple({post.section: None for post in posts if post.section is not None})


def all_cards(groups: Iterable[Together]) -> bytes:
    """The digest of what lists show of the posts of several groups."""
    return codec.joined([group.once("cards", cards) for group in groups])


def cards(posts: Iterable[Entry]) -> bytes:
    """The digest of what lists show of some posts."""
    return codec.joined(each_card(posts))


def links(posts: Iterable[Entry | None]) -> bytes:
    """The digest of what links to some posts show."""
    return codec.joined([post.link if post else b"" for post in posts])

"""One spelling for each tag, section, author and series: two that would share a page are an error of a build."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from generator import site
from generator.config import Settings
from generator.permalinks import collision_key


class Named(Protocol):
    """Whatever has names."""

    @property
    def section(self) -> str | None:
        """Its section."""

    @property
    def tags(self) -> tuple[str, ...]:
        """Its tags."""

    @property
    def authors(self) -> tuple[str, ...]:
        """Its authors."""

    @property
    def series(self) -> str | None:
        """Its series."""


class Names:
    """Spellings by kind and slug; the first that is learnt counts."""

    def __init__(self, settings: Settings) -> None:
        self._terms = site.Terms(settings)
        self._first: dict[tuple[str, str], str] = {}
        self._brought: set[str] = set()

    def learn(self, named: Named, *, fresh: bool) -> None:
        """Take in the names of an article; `fresh`: it is of this run."""
        for name in named.tags:
            self.spelled("tag", name)
        for name in named.authors:
            self.spelled("author", name)
        if named.section:
            name = self.spelled("section", named.section)
            if fresh and not self._terms.declared(name):
                self._brought.add(name)
        if named.series:
            self.spelled("series", named.series)

    def spelled(self, kind: str, name: str) -> str:
        """A name as the site writes it: the first spelling with its slug; a section of the settings as it stands."""
        name = site.nfc(name)
        if kind == "section" and self._terms.declared(name):
            return name
        slug = collision_key(self._terms.of(kind, name).slug)
        return self._first.setdefault((kind, slug), name)

    def all_spelled(self, kind: str, names: tuple[str, ...]) -> tuple[str, ...]:
        """Several names, each once."""
        return tuple(dict.fromkeys(self.spelled(kind, name) for name in names))

    def sections(self) -> Iterator[tuple[str, str]]:
        """Slug and name of each section of this run that the settings do not have."""
        return ((self._terms.of("section", name).slug, name) for name in self._brought)

    def places(self) -> frozenset[str]:
        """The site paths of their lists."""
        return frozenset(url for _, _, url in self.lists())

    def lists(self) -> Iterator[tuple[str, str, str]]:
        """Kind, name and site path of each of their lists."""
        return ((kind, name, self._terms.of(kind, name).url) for (kind, _), name in self._first.items())

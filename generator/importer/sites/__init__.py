"""The folders of other generators: a whole site as one source, its addresses kept.

    folder ─find→ its generator's module ─read→ SiteFound, then an Article for each post and page

Nothing of a folder is run: settings in Python or JavaScript are read as far as they are plain values. A new generator
is one module with what `SiteFormat` asks for, and a line in SITES.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from generator.importer.articles import Item
from generator.importer.sites import eleventy, hugo, jekyll, nikola, pelican, zola
from generator.importer.sites.folder import Folder


class SiteFormat(Protocol):
    """A module that reads the folder of one generator."""

    @property
    def NAME(self) -> str:  # noqa: N802  # a constant of the module
        """In messages."""

    def recognises(self, folder: Folder) -> bool:
        """Whether a folder has the marks of this generator."""

    def read(self, folder: Folder) -> Iterable[Item]:
        """What the folder holds: the site first, then its posts and pages by name."""


SITES: tuple[SiteFormat, ...] = (nikola, pelican, jekyll, zola, hugo, eleventy)
"""In the order in which they are asked: Zola's marks are some of Hugo's."""


def find(root: Path) -> SiteFormat | None:
    """The generator whose site a folder is, if it is one."""
    folder = Folder(root)
    return next((known for known in SITES if known.recognises(folder)), None)

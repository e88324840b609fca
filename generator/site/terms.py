"""Taxonomy terms: names as authors write them, one slug each, and the clashes between them."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable

from generator.config import Settings
from generator.errors import Problem, warning
from generator.model.document import Document
from generator.model.site import Term
from generator.permalinks import collision_key, slugify


class Terms:
    """The site's terms, gathered while documents are resolved.

    Slugs follow the letters of the site's language whatever the post's, so that one tag has one URL.
    """

    def __init__(self, settings: Settings) -> None:
        self.problems: list[Problem] = []
        self._settings = settings
        self._seen: dict[tuple[str, str], tuple[Term, str]] = {
            ("section", collision_key(slug)): (Term(name, slug, f"/{slug}/"), "site.toml")
            for slug, name in settings.sections.items()
        }
        self._known: dict[tuple[str, str], Term] = {}

    def section(self, name: str, document: Document) -> Term:
        """The section that `name` means: its slug or name in `site.toml`, else a new one."""
        for slug, title in self._settings.sections.items():
            if name == slug or _folded(name) == _folded(title):
                return Term(title, slug, f"/{slug}/")
        if self._settings.sections and ("section", name) not in self._known:
            near = difflib.get_close_matches(name, self._settings.sections.values(), 1, 0.6)
            fix = f"did you mean {near[0]!r}?" if near else "add it there, or choose one of them"
            self.problems.append(
                warning(
                    f"the section {name!r} is not in [sections] of site.toml",
                    fix,
                    document.path,
                    _line("section", document),
                )
            )
        return self._term("section", name, document, lambda slug: f"/{slug}/")

    def tag(self, name: str, document: Document) -> Term:
        """The tag of that name."""
        return self._term("tag", name, document, lambda slug: f"/tags/{slug}/")

    def author(self, name: str, document: Document) -> Term:
        """The author of that name."""
        return self._term("author", name, document, lambda slug: f"/authors/{slug}/")

    def series(self, name: str, document: Document) -> Term:
        """The series of that name."""
        return self._term("series", name, document, lambda slug: f"/series/{slug}/")

    def _term(self, kind: str, written: str, document: Document, url: Callable[[str], str]) -> Term:
        name = unicodedata.normalize("NFC", written)
        if known := self._known.get((kind, name)):
            return known
        slug = slugify(name, self._settings.language)
        key = (kind, collision_key(slug))
        if key in self._seen:
            term, first = self._seen[key]
            self.problems.append(
                Problem(
                    f"the {kind} {name!r} has the same URL, {term.url}, as the {kind} {term.name!r} of {first}",
                    f"write it {term.name!r} in both, or choose a name that differs in its letters",
                    document.path,
                    _line(kind, document),
                )
            )
        else:
            term = Term(name, slug, url(slug))
            self._seen[key] = (term, document.path)
        self._known[kind, name] = term
        return term


def _line(kind: str, document: Document) -> int:
    """The line of the key that names a term."""
    keys = {"tag": "tags", "author": "authors"}
    lines = document.lines
    return lines.get(keys.get(kind, kind), lines.get(kind, 1))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().strip()

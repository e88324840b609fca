"""Taxonomy terms: names as authors write them, one slug each, and the clashes between them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping

from generator.config import Settings
from generator.errors import Problem, similar, warning
from generator.model.entry import Entry
from generator.model.site import Term
from generator.permalinks import collision_key, slugify
from generator.records import Record

Lines = Callable[[str], Mapping[str, int]]
"""The line of each front-matter key of a source."""

_PLACES = {"section": "/{}/", "tag": "/tags/{}/", "author": "/authors/{}/", "series": "/series/{}/"}
_KEYS = {"section": "section", "tag": "tags", "author": "authors", "series": "series"}
KINDS = tuple(_PLACES)


class Terms:
    """What names mean by the settings alone: a function of kind and name that remembers its results.

    Slugs follow the letters of the site's language whatever the post's, so that one tag has one URL.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._sections = {slug: Term(name, slug, f"/{slug}/") for slug, name in settings.sections.items()}
        self._known: dict[tuple[str, str], Term] = {}

    def of(self, kind: str, name: str) -> Term:
        """The term of that kind (one of KINDS) that `name` means."""
        known = self._known.get((kind, name))
        if known is None:
            known = (self.declared(name) if kind == "section" else None) or self._made(kind, name)
            self._known[kind, name] = known
        return known

    def author(self, name: str, slug: str | None) -> Term:
        """The term of an author file."""
        return Term(name, slug, _PLACES["author"].format(slug)) if slug else self.of("author", name)

    def declared(self, name: str) -> Term | None:
        """The section of `site.toml` that `name` means: its slug, or its name in whatever case."""
        for slug, term in self._sections.items():
            if name == slug or _folded(name) == _folded(term.name):
                return term
        return None

    def _made(self, kind: str, name: str) -> Term:
        slug = slugify(name, self._settings.language)
        return Term(name, slug, _PLACES[kind].format(slug))


class Vocabulary(Record, frozen=True):
    """The terms of a site.

    Attributes:
        terms: By kind, each name that posts use and the term that it means here.
        stolen: Names, with their kind, whose own term would clash, so that another's is used.
        problems: Clashes, and sections that `site.toml` does not know.
    """

    terms: Mapping[str, Mapping[str, Term]]
    stolen: Mapping[tuple[str, str], Term]
    problems: tuple[Problem, ...]


class Bylines:
    """Author files by the names that posts may use: the author's name in whatever case, or the slug.

    Args:
        profiles: The files, of which no two are of one author.
    """

    def __init__(self, profiles: Iterable[Entry]) -> None:
        self.terms = {entry.source: term_of(entry) for entry in profiles}
        terms = self.terms.values()
        slugs, names = ({term.slug: term for term in terms}, {_folded(term.name): term for term in terms})
        self._known = {**slugs, **names, **{term.name: term for term in terms}}

    def of(self, name: str) -> Term | None:
        """The author that a post means; None where there is no file."""
        return self._known.get(name) or self._known.get(_folded(name))


def term_of(profile: Entry) -> Term:
    """The author of an author file."""
    return Term(profile.authors[0], profile.url.split("/")[-2], profile.url)


def keys_of(profile: Entry) -> tuple[str, str]:
    """By what two author files can be of one author: their slugs, their names."""
    term = term_of(profile)
    return f"/{collision_key(term.slug)}", _folded(term.name)


def vocabulary(
    entries: Iterable[Entry], profiles: Iterable[Entry], settings: Settings, terms: Terms, lines: Lines
) -> Vocabulary:
    """Every name that the entries use; of two names with one slug the first one's term counts, and both are told.

    Args:
        entries: In the order of their paths.
        profiles: Author files.
        settings: The site's.
        terms: What names mean by the settings.
        lines: For messages.
    """
    firsts, bylines = _firsts(entries), Bylines(profiles)
    found: dict[str, dict[str, Term]] = {}
    stolen: dict[tuple[str, str], Term] = {}
    problems: list[Problem] = []
    for kind in KINDS:
        seen = _declared(kind, settings, bylines)
        found[kind] = {term.name: term for term in bylines.terms.values()} if kind == "author" else {}
        for name, source in firsts[kind].items():
            own = terms.of(kind, name)
            declared = bylines.of(name) if kind == "author" else terms.declared(name) if kind == "section" else None
            first, where = (declared, "") if declared else seen.setdefault(collision_key(own.slug), (own, source))
            if not declared:
                problems += _told(kind, name, source, (first, where), settings, lines)
            if first != own:
                stolen[kind, name] = first
            found[kind][name] = first
    return Vocabulary(found, stolen, tuple(problems))


def _declared(kind: str, settings: Settings, bylines: Bylines) -> dict[str, tuple[Term, str]]:
    """Terms that there are whatever posts say, and where, by the form of their slugs in which they are compared."""
    terms: list[tuple[Term, str]] = []
    if kind == "section":
        terms = [(Term(name, slug, f"/{slug}/"), "site.toml") for slug, name in settings.sections.items()]
    elif kind == "author":
        terms = [(term, source) for source, term in bylines.terms.items()]
    return {collision_key(term.slug): (term, where) for term, where in terms}


def _firsts(entries: Iterable[Entry]) -> dict[str, dict[str, str]]:
    """By kind, each name and the first source that has it."""
    sections: dict[str, str] = {}
    tags: dict[str, str] = {}
    authors: dict[str, str] = {}
    series: dict[str, str] = {}
    for entry in entries:
        if entry.section is not None and entry.section not in sections:
            sections[entry.section] = entry.source
        for name in entry.tags:
            if name not in tags:
                tags[name] = entry.source
        for name in entry.authors:
            if name not in authors:
                authors[name] = entry.source
        if entry.series is not None and entry.series not in series:
            series[entry.series] = entry.source
    return {"section": sections, "tag": tags, "author": authors, "series": series}


def _told(
    kind: str, name: str, source: str, first: tuple[Term, str], settings: Settings, lines: Lines
) -> Iterator[Problem]:
    """What is wrong with a name that stands nowhere but in posts; `first` is the first one with its slug, and where."""
    if kind == "section" and settings.sections:
        yield _undeclared(name, settings, source, lines)
    if first[0].name != name:
        yield _clash(kind, name, source, first[0], first[1], lines)


def _undeclared(name: str, settings: Settings, source: str, lines: Lines) -> Problem:
    near = similar(name, settings.sections.values())
    fix = f"did you mean {near[0]!r}?" if near else "add it there, or choose one of them"
    return warning(
        f"the section {name!r} is not in [sections] of site.toml", fix, source, lines(source).get("section", 1)
    )


def _clash(kind: str, name: str, source: str, term: Term, first: str, lines: Lines) -> Problem:
    at = lines(source)
    return Problem(
        f"the {kind} {name!r} has the same URL, {term.url}, as the {kind} {term.name!r} of {first}",
        f"write it {term.name!r} in both, or choose a name that differs in its letters",
        source,
        at.get(_KEYS[kind], at.get(kind, 1)),
    )


def nfc(name: str) -> str:
    """A name as one writes it: what looks alike is one name."""
    return unicodedata.normalize("NFC", name)


def _folded(text: str) -> str:
    return nfc(text).casefold().strip()

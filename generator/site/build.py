"""All documents to one Site: clashes told, terms grouped, files put beside their posts."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from generator.config import Settings
from generator.errors import ContentError, Problem
from generator.model.document import Document, Kind
from generator.model.site import Absence, Group, Post, Site, StaticFile, Term, Unpublished
from generator.permalinks import collision_key
from generator.site.resolve import View, resolve
from generator.site.terms import Terms

_ROOMS = frozenset({"content", "content/posts", "content/pages"})
"""Folders that are no bundle even where an `index.md` lies in them."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A Site and what was found on the way.

    Attributes:
        bodies: Markdown of the published documents, by source; kept out of the Site.
    """

    site: Site
    bodies: dict[str, str]
    problems: tuple[Problem, ...]


def build(
    documents: Iterable[Document], files: Iterable[StaticFile], failed: Iterable[str], settings: Settings, view: View
) -> Resolved:
    """The site as a reader meets it at `view.now`.

    Args:
        documents: All that could be read.
        files: All other files of `content/`.
        failed: Sources that could not be read; files beside them stay off the site, as they do.
        settings: The site's settings.
        view: The clock, and whether drafts and scheduled posts show.
    """
    documents = list(documents)
    terms, problems = Terms(settings), list[Problem]()
    posts: list[Post] = []
    absent = [Unpublished(source, Absence.ERROR) for source in failed]
    for document in documents:
        try:
            result = resolve(document, settings, terms, view)
        except ContentError as error:
            problems.extend(error.problems)
            absent.append(Unpublished(document.path, Absence.ERROR))
        else:
            if isinstance(result, Post):
                posts.append(result)
            else:
                absent.append(result)
    problems += terms.problems
    posts, clashes = _without_clashes(posts, {document.path: document.lines for document in documents})
    problems += clashes
    absent += [Unpublished(problem.path, Absence.ERROR) for problem in clashes if problem.path]
    published = {post.source for post in posts}
    bodies = {document.path: document.body for document in documents if document.path in published}
    kinds = {document.path: document.kind for document in documents}
    site = _assemble(
        [post for post in posts if kinds[post.source] is Kind.POST],
        [post for post in posts if kinds[post.source] is Kind.PAGE],
        settings,
    )
    site = replace(
        site,
        files=tuple(_placed(files, posts, absent)),
        unpublished=tuple(sorted(absent, key=lambda item: item.source)),
    )
    return Resolved(site, bodies, tuple(problems))


def without(site: Site, failed: Iterable[str], settings: Settings) -> Site:
    """The site less some sources whose bodies turned out to be unusable."""
    gone = set(failed)
    kept = _assemble(
        [post for post in site.posts if post.source not in gone],
        [page for page in site.pages if page.source not in gone],
        settings,
    )
    everything = [post.source for post in (*site.posts, *site.pages)]
    bundles = {str(PurePosixPath(source).parent) for source in everything if source.endswith("/index.md")}
    lost = {str(PurePosixPath(source).parent) for source in gone if source.endswith("/index.md")}
    files = [file for file in site.files if _bundle(file.source, bundles) not in lost]
    absent = (*site.unpublished, *(Unpublished(source, Absence.ERROR) for source in gone))
    return replace(kept, files=tuple(files), unpublished=tuple(sorted(absent, key=lambda item: item.source)))


def _without_clashes(posts: list[Post], lines: Mapping[str, Mapping[str, int]]) -> tuple[list[Post], list[Problem]]:
    """Of two posts with one id or one URL the older stays; both are named."""
    kept: list[Post] = []
    problems: list[Problem] = []
    ids: dict[str, Post] = {}
    urls: dict[str, Post] = {}
    for post in sorted(posts, key=lambda post: (*post.sort_key, post.source)):
        key = collision_key(post.out_path)
        if other := ids.get(post.id):
            problems.append(
                Problem(
                    f"has the same id, {post.id!r}, as {other.source}",
                    "one of them is a copy: give it an id of its own (`dateline new` shows how), or delete it",
                    post.source,
                    lines[post.source].get("id", 1),
                )
            )
        elif other := urls.get(key):
            problems.append(
                Problem(
                    f"has the same URL, {post.url}, as {other.source}",
                    "give one of them another `slug` or `permalink`, or rename its file",
                    post.source,
                    lines[post.source].get("permalink", lines[post.source].get("slug", 1)),
                )
            )
        else:
            kept.append(post)
            ids[post.id] = urls[key] = post
    return kept, problems


def _assemble(posts: list[Post], pages: list[Post], settings: Settings) -> Site:
    newest_first = sorted(posts, key=lambda post: post.sort_key, reverse=True)
    order = list(settings.sections)

    def rank(group: Group) -> tuple[int, str]:
        slug = group.term.slug
        return (order.index(slug) if slug in order else len(order), slug)

    return Site(
        posts=tuple(newest_first),
        pages=tuple(sorted(pages, key=lambda page: page.url)),
        sections=tuple(sorted(_groups(newest_first, lambda p: (p.section,) if p.section else ()), key=rank)),
        tags=_groups(newest_first, lambda p: p.tags),
        authors=_groups(newest_first, lambda p: p.authors),
        series=_groups(newest_first, lambda p: (p.series,) if p.series else ()),
    )


def _groups(posts: list[Post], terms: Callable[[Post], tuple[Term, ...]]) -> tuple[Group, ...]:
    """Posts by term, terms by slug."""
    found: dict[Term, list[Post]] = {}
    for post in posts:
        for term in dict.fromkeys(terms(post)):
            found.setdefault(term, []).append(post)
    return tuple(Group(term, tuple(members)) for term, members in sorted(found.items(), key=lambda item: item[0].slug))


def _placed(files: Iterable[StaticFile], posts: list[Post], absent: list[Unpublished]) -> Iterable[StaticFile]:
    """Each file where readers find it: beside its bundle's page, or at its path below `content/`."""
    homes = {str(PurePosixPath(post.source).parent): post for post in posts if post.source.endswith("/index.md")}
    hidden = {str(PurePosixPath(item.source).parent) for item in absent if item.source.endswith("/index.md")}
    for file in files:
        bundle = _bundle(file.source, homes.keys() | hidden)
        if bundle is None:
            yield file
        elif bundle in homes:
            inner = PurePosixPath(file.source).relative_to(bundle)
            page = PurePosixPath(homes[bundle].out_path)
            folder = page.parent if page.name == "index.html" else page.with_suffix("")
            yield StaticFile(file.source, unicodedata.normalize("NFC", str(folder / inner)))


def _bundle(source: str, bundles: set[str]) -> str | None:
    """The nearest folder above a file that holds an `index.md`."""
    for folder in PurePosixPath(source).parents:
        if str(folder) in bundles and str(folder) not in _ROOMS:
            return str(folder)
    return None

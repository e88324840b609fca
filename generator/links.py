"""Where the addresses in articles lead: to another post by file name or id, to a file of ours, to a page of the site.

Resolved before rendering, so that a page's view says all that its body depends on.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from generator import images, prose
from generator.errors import Problem
from generator.model.site import Post, Reference, Site
from generator.permalinks import PathError, href, site_path


@dataclass(frozen=True, slots=True)
class Links:
    """Resolved addresses.

    Attributes:
        bodies: By source, what the body refers to.
        pictures: By source, the lead picture; None where the post has none that can be shown.
        problems: Addresses that lead nowhere.
    """

    bodies: Mapping[str, tuple[Reference, ...]]
    pictures: Mapping[str, Reference | None]
    problems: tuple[Problem, ...]


def resolve(root: Path, site: Site, bodies: Mapping[str, str], base_path: str, pages: Iterable[str]) -> Links:
    """Resolve all addresses of a site.

    Args:
        root: The site's folder, for measuring pictures.
        site: Posts, pages and files with their places.
        bodies: Markdown by source.
        base_path: The base URL's own path, which every root-relative URL begins with.
        pages: Site paths of all further pages (lists, archive, feeds), which a body may link to.
    """
    finder = _Finder(root, site, base_path, set(pages))
    found: dict[str, tuple[Reference, ...]] = {}
    pictures: dict[str, Reference | None] = {}
    for post in (*site.posts, *site.pages):
        references = []
        for mention in prose.references(bodies[post.source]):
            reference = finder.find(post, mention.target, post.body_line + mention.line - 1)
            if reference:
                references.append(reference)
        found[post.source] = tuple(references)
        pictures[post.source] = finder.picture(post)
    return Links(found, pictures, tuple(finder.problems))


class _Finder:
    """Looks addresses up and remembers what was not found."""

    def __init__(self, root: Path, site: Site, base_path: str, pages: set[str]) -> None:
        self.problems: list[Problem] = []
        self._root = root
        self._base_path = base_path
        everything = (*site.posts, *site.pages)
        self._by_source = {post.source: post for post in everything}
        self._by_id = {post.id: post for post in everything}
        self._files = {file.source: file for file in site.files}
        self._urls = pages | {post.url for post in everything} | {f"/{file.out_path}" for file in site.files}
        self._sources_by_url = {f"/{file.out_path}": file.source for file in site.files}
        self._absent = {item.source: item for item in site.unpublished}
        self._size = cache(lambda source: images.size(root / source))

    def find(self, post: Post, target: str, line: int) -> Reference | None:
        """Where `target` in the body of `post` leads; a Problem is noted where it leads nowhere."""
        if target.startswith("id:"):
            return self._by_identity(post, target, line)
        try:
            parts = urlsplit(target)
            path = unquote(parts.path, errors="strict")
        except ValueError:
            return self._lost(post, target, line, "is no URL", "percent-encode what is not ASCII as UTF-8")
        tail = target[len(parts.path) :]
        if not path:
            return None
        if path.startswith("/"):
            return self._absolute(post, target, line, path, tail)
        source = _join(post.source, path)
        if source in self._by_source:
            return Reference(target, href(self._by_source[source].url, self._base_path) + tail)
        if source in self._files:
            return self._file(target, source, tail)
        return self._lost(post, target, line, *self._why(source, post))

    def picture(self, post: Post) -> Reference | None:
        """The lead picture of a post, measured."""
        if post.image is None:
            return None
        if urlsplit(post.image.src).scheme:
            return Reference(post.image.src, post.image.src)
        return self.find(post, post.image.src, 1)

    def _by_identity(self, post: Post, target: str, line: int) -> Reference | None:
        identity, mark, fragment = target.removeprefix("id:").partition("#")
        if other := self._by_id.get(identity):
            return Reference(target, href(other.url, self._base_path) + mark + fragment)
        return self._lost(post, target, line, "names no post on the site", "check the id, or link by file name")

    def _absolute(self, post: Post, target: str, line: int, path: str, tail: str) -> Reference | None:
        try:
            url = site_path(path)
        except PathError as error:
            return self._lost(post, target, line, f"cannot be a page: it {error}", "")
        if source := self._sources_by_url.get(url):
            return self._file(target, source, tail)
        known = url in self._urls or f"{url}/" in self._urls or url.startswith("/assets/")
        if known:
            return Reference(target, href(url, self._base_path) + tail)
        near = difflib.get_close_matches(url, list(self._urls), 1, 0.8)
        return self._lost(post, target, line, "is no page of the site", f"did you mean {near[0]}?" if near else "")

    def _file(self, target: str, source: str, tail: str) -> Reference:
        url = href(f"/{self._files[source].out_path}", self._base_path) + tail
        if PurePosixPath(source).suffix.lower() not in images.SUFFIXES:
            return Reference(target, url)
        width, height = self._size(source) or (None, None)
        return Reference(target, url, width, height)

    def _why(self, source: str, post: Post) -> tuple[str, str]:
        """Cause and way out for a file that is not on the site."""
        if item := self._absent.get(source):
            return f"is not published ({item.why})", "link to it once it is, or take the link out"
        if not source.startswith("content/"):
            return "leads out of content/", "move the file below content/"
        near = difflib.get_close_matches(source, [*self._by_source, *self._files], 1, 0.6)
        if near:
            return "leads to no file", f"did you mean {_relative(near[0], post.source)}?"
        return "leads to no file", "paths count from the article's own folder; begin with / for the site's root"

    def _lost(self, post: Post, target: str, line: int, cause: str, fix: str) -> None:
        self.problems.append(Problem(f"the link {target!r} {cause}", fix, post.source, line))


def _join(source: str, path: str) -> str:
    """`path` from the folder of `source`, without `..`; what climbs too high keeps a leading `..`."""
    parts: list[str] = list(PurePosixPath(source).parent.parts)
    for part in PurePosixPath(path).parts:
        if part == "..":
            if not parts:
                return f"../{path}"
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def _relative(source: str, start: str) -> str:
    """`source` as a link in the article `start` would name it."""
    here, there = PurePosixPath(start).parent.parts, PurePosixPath(source).parts
    common = 0
    while common < min(len(here), len(there) - 1) and here[common] == there[common]:
        common += 1
    return "/".join((*[".."] * (len(here) - common), *there[common:]))

"""Where the addresses in articles lead: to another post by file name or id, to a file of ours, to a page of the site.

Resolved before rendering, so that a page's view says all that its body depends on.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from generator import images, prose
from generator.errors import Problem
from generator.model.site import Post, Reference, Site
from generator.permalinks import PathError, href, out_path, site_path


@dataclass(frozen=True, slots=True)
class Lost:
    """An address that leads nowhere: who wrote what, and how to say so."""

    source: str
    target: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Links:
    """Resolved addresses.

    Attributes:
        bodies: By source, what the body refers to.
        pictures: By source, the lead picture; None where the post has none that can be shown.
        lost: Addresses that lead nowhere; see `check`.
        unsure: Addresses of pages that only the plan knows, with the site path it must hold.
    """

    bodies: Mapping[str, tuple[Reference, ...]]
    pictures: Mapping[str, Reference | None]
    lost: tuple[Lost, ...]
    unsure: tuple[tuple[str, Lost], ...]


def resolve(root: Path, site: Site, bodies: Mapping[str, str], base_path: str) -> Links:
    """Resolve all addresses of a site.

    Args:
        root: The site's folder, for measuring pictures.
        site: Posts, pages and files with their places.
        bodies: Markdown by source.
        base_path: The base URL's own path, which every root-relative URL begins with.
    """
    finder = _Finder(root, site, base_path)
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
    return Links(found, pictures, tuple(finder.lost), tuple(finder.unsure))


def check(links: Links, planned: Iterable[str], met: Mapping[str, frozenset[str]]) -> list[Problem]:
    """The problems, now that all output paths are known and all bodies are rendered.

    Args:
        links: What was resolved.
        planned: Output paths.
        met: By source, the addresses that its rendered body and its lead picture really have.
    """
    paths = set(planned)
    problems = [lost.problem for lost in links.lost if lost.target in met.get(lost.source, ())]
    for url, lost in links.unsure:
        missing = not {out_path(url), out_path(f"{url.rstrip('/')}/")} & paths
        if missing and lost.target in met.get(lost.source, ()):
            near = difflib.get_close_matches(out_path(url), paths, 1, 0.8) if len(problems) < 20 else []
            fix = f"did you mean /{near[0].removesuffix('index.html')}?" if near else "check the path; case counts"
            problems.append(replace(lost.problem, fix=fix))
    return problems


class _Finder:
    """Looks addresses up and remembers what was not found."""

    def __init__(self, root: Path, site: Site, base_path: str) -> None:
        self.lost: list[Lost] = []
        self.unsure: list[tuple[str, Lost]] = []
        self._root = root
        self._base_path = base_path
        everything = (*site.posts, *site.pages)
        self._by_source = {post.source: post for post in everything}
        self._by_id = {post.id: post for post in everything}
        self._files = {file.source: file for file in site.files}
        self._sources_by_url = {f"/{file.out_path}": file.source for file in site.files}
        self._absent = {item.source: item for item in site.unpublished}
        self._real_names = {
            unicodedata.normalize("NFC", name): name for name in (*self._absent, *self._files, *self._by_source)
        }
        self._size = cache(lambda source: images.size(root / source))

    def find(self, post: Post, target: str, line: int) -> Reference | None:
        """Where `target` in the body of `post` leads; a Problem is noted where it leads nowhere."""
        if target.startswith("id:"):
            return self._by_identity(post, target, line)
        try:
            written = re.split(r"[?#]", target, maxsplit=1)[0]
            path = unquote(written, errors="strict")
        except ValueError:
            return self._lose(post, target, line, "is no URL", "percent-encode what is not ASCII as UTF-8")
        tail = target[len(written) :]
        if not path:
            return None
        if path.startswith("/"):
            return self._absolute(post, target, line, written, tail)
        return self._relative(post, target, line, path, tail)

    def _relative(self, post: Post, target: str, line: int, path: str, tail: str) -> Reference | None:
        joined = _join(post.source, path)
        source = self._real_names.get(unicodedata.normalize("NFC", joined), joined)
        if source in self._by_source:
            return Reference(target, href(self._by_source[source].url, self._base_path) + tail)
        if source in self._files:
            return self._file(target, source, tail)
        return self._lose(post, target, line, *self._why(source, post))

    def picture(self, post: Post) -> Reference | None:
        """The lead picture of a post, measured."""
        if post.image is None:
            return None
        src = post.image.src
        if urlsplit(src).scheme:
            return Reference(src, src)
        found = self.find(post, src, post.image_line)
        if found and PurePosixPath(src).suffix.lower() not in images.SUFFIXES:
            fix = f"pictures end in {', '.join(sorted(images.SUFFIXES))}"
            return self._lose(post, src, post.image_line, "is no picture", fix)
        return found

    def _by_identity(self, post: Post, target: str, line: int) -> Reference | None:
        identity, mark, fragment = target.removeprefix("id:").partition("#")
        if other := self._by_id.get(identity):
            return Reference(target, href(other.url, self._base_path) + mark + fragment)
        return self._lose(post, target, line, "names no post on the site", "check the id, or link by file name")

    def _absolute(self, post: Post, target: str, line: int, path: str, tail: str) -> Reference | None:
        try:
            url = site_path(path)
        except PathError as error:
            return self._lose(
                post, target, line, f"cannot be a page: it {error}", "write the path as the page's own address has it"
            )
        if source := self._sources_by_url.get(url):
            return self._file(target, source, tail)
        self.unsure.append((url, _lost(post, target, line, "is no page of the site")))
        return Reference(target, href(url, self._base_path) + tail)

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
        alike = [name for name in (*self._by_source, *self._files) if name.endswith(PurePosixPath(source).suffix)]
        if near := self._near(source, [name for name in alike if name != post.source], 0.6):
            return "leads to no file", f"did you mean {_relative(near, post.source)}?"
        return "leads to no file", "paths count from the article's own folder; begin with / for the site's root"

    def _lose(self, post: Post, target: str, line: int, cause: str, fix: str) -> Reference | None:
        self.lost.append(_lost(post, target, line, cause, fix))
        return None

    def _near(self, wanted: str, names: Iterable[str], cutoff: float) -> str:
        """The most similar name; a comparison with all is dear, so only for the first problems of a site."""
        found = difflib.get_close_matches(wanted, list(names), 1, cutoff) if len(self.lost) < 20 else []
        return found[0] if found else ""


def _lost(post: Post, target: str, line: int, cause: str, fix: str = "") -> Lost:
    return Lost(post.source, target, Problem(f"the link {target!r} {cause}", fix, post.source, line))


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

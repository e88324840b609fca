"""Posts to files: a new one is written once, one that is there stays as it is."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from generator import content
from generator.errors import Problem, Severity, warning
from generator.importer.report import Outcome
from generator.model.document import Document, FrontMatter, Source
from generator.writer import replace_file

_FOLDER = "content"
_ID = re.compile(rb"^[ \t{]*[\"']?id[\"']?[ \t]*[:=][ \t]*[\"']?([0-9a-z]{12})\b", re.MULTILINE)
"""An `id` that we minted, in YAML, TOML or JSON, even where the rest of the file is no longer readable."""

_HEAD = 65_536
"""Bytes of a file within which its id is looked for."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a post is now, what was done, and what to say."""

    outcome: Outcome
    path: str | None
    note: str = ""
    problems: tuple[Problem, ...] = ()


class Archive:
    """The articles that the site has, by the ids that imports have minted.

    Found by their ids, they may be moved and renamed.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._paths: dict[str, str] = {}
        for identity, path in _ids(root):
            self._paths.setdefault(identity, path)

    def path_of(self, identity: str) -> str | None:
        """The file of an article, relative to the site's root."""
        return self._paths.get(identity)

    def document(self, path: str) -> Document | None:
        """An article of the site, where it can be read."""
        try:
            return content.parse((self._root / path).read_bytes(), path).document
        except OSError:
            return None

    def put(self, post: FrontMatter, body: str, slug: str) -> Placed:
        """Write a post, unless it or its like is there.

        Raises:
            OSError: The system refused.
        """
        if post.id and (known := self.path_of(post.id)):
            return self._compare(known, post, body)
        for path in _candidates(post, slug):
            if not os.path.lexists(self._root / path):
                return self._write(path, post, body)
            there = self.document(path)
            if there and _is_same_story(there.front, post):
                return _kept_for_its_like(path)
        raise AssertionError("the candidates do not end")

    def _compare(self, path: str, post: FrontMatter, body: str) -> Placed:
        """Whether the file of an article says what an import would write, but for where and when it was found."""
        there = self.document(path)
        if there is None:
            return Placed(Outcome.KEPT, path, "it cannot be read as an article and was left alone")
        ours = content.parse(content.dump(post, body).encode(), path).document
        if ours and _settled(ours.front) == _settled(there.front) and ours.body.strip("\n") == there.body.strip("\n"):
            return Placed(Outcome.UNCHANGED, path)
        return Placed(Outcome.KEPT, path, "edited by hand, or imported with other options; delete it to import afresh")

    def _write(self, path: str, post: FrontMatter, body: str) -> Placed:
        data = content.dump(post, body).encode()
        faults = [fault for fault in content.parse(data, path).problems if fault.severity is Severity.ERROR]
        if faults:  # a build would refuse it
            return Placed(
                Outcome.FAILED, None, problems=tuple(replace(fault, path=None, line=None) for fault in faults)
            )
        target = self._root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        replace_file(target, data)
        if post.id:
            self._paths[post.id] = path
        return Placed(Outcome.WRITTEN, path)


def _ids(root: Path) -> Iterator[tuple[str, str]]:
    """Every id in the beginning of a Markdown file below `content/`, and the file."""
    for folder, folders, files in os.walk(root / _FOLDER):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.endswith(".md"):
                file = Path(folder, name)
                try:
                    with file.open("rb") as opened:
                        head = opened.read(_HEAD)
                except OSError:
                    continue
                path = file.relative_to(root).as_posix()
                yield from ((found.decode(), path) for found in _ID.findall(head))


def _candidates(post: FrontMatter, slug: str) -> Iterator[str]:
    """Files that the post may have, the best first."""
    month = f"{post.date.year:04}/{post.date.month:02}" if post.date else "drafts"
    yield f"{_FOLDER}/posts/{month}/{slug}.md"
    for number in itertools.count(2):
        yield f"{_FOLDER}/posts/{month}/{slug}-{number}.md"


def _is_same_story(there: FrontMatter, post: FrontMatter) -> bool:
    return there.title == post.title and _day(there.date) == _day(post.date)


def _day(date: dt.datetime | dt.date | None) -> dt.date | None:
    return date.date() if isinstance(date, dt.datetime) else date


def _kept_for_its_like(path: str) -> Placed:
    cause = f"{path} has the same headline and date but comes from another text, so it was kept"
    fix = "delete that file to import this text afresh, or change the headline of one of them"
    return Placed(Outcome.KEPT, path, "it comes from another text", (warning(cause, fix),))


def _settled(front: FrontMatter) -> FrontMatter:
    """Front matter without what differs from one import of the same text to the next."""
    source = front.source or Source()
    return replace(front, source=replace(source, name="", retrieved=None))

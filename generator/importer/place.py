"""Articles to files: a new one gets a name, one that is there is brought up to date unless a person has edited it."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import os
from collections.abc import Iterator
from pathlib import Path

from generator import content
from generator.content import placeholder
from generator.errors import Problem, Severity, warning
from generator.importer import likeness
from generator.importer.archive import Archive, Known
from generator.importer.report import Outcome
from generator.ledger import short_id
from generator.model.document import Document, FrontMatter, Kind, Source
from generator.permalinks import collision_key
from generator.records import Record, replace
from generator.writer import replace_file

_ALIKE = 0.5
"""The share of words from which a text with the same headline and day is the same article, changed."""

_EDITED = "edited by hand, and its source is as it was; delete it to import afresh"
_LOOKED_AT = 20
"""Names of one headline that are looked at for the same story."""


class Placed(Record, frozen=True):
    """Where a post is now, what was done, and what to say."""

    outcome: Outcome
    path: str | None
    note: str = ""
    problems: tuple[Problem, ...] = ()


class Place(Record, frozen=True):
    """Where a post is to be.

    Attributes:
        path: Its file, relative to the site's root.
        there: The file's article, where it is the same one.
        taken: The file of another article with the same headline and day.
    """

    path: str
    there: Document | None = None
    taken: str = ""


class Placer:
    """Finds places, and writes.

    Args:
        archive: What the site has.
        into: The folder below `content/` for posts.
        dry: Write nothing.
    """

    def __init__(self, archive: Archive, into: str, *, dry: bool) -> None:
        self._archive = archive
        self._root = archive.root
        self._into = into
        self._dry = dry
        self._next: dict[str, int] = {}
        self._claimed: set[str] = set()

    def find(self, post: FrontMatter, body: str, kind: Kind, slug: str, *, alike: bool) -> Place:
        """The place of a post.

        Args:
            post: Its front matter.
            body: Its text.
            kind: Post or page.
            slug: The name that it would like.
            alike: An article of another id may be the same one, changed: its id came from its bytes.
        """
        if post.id and (number := self._archive.number(post.id)) is not None:
            path = self._archive.path(number)
            return Place(path, self._archive.document(path))
        taken = ""
        for count, path in enumerate(self._candidates(post, kind, slug)):
            if self._is_free(path):
                return Place(path, None, taken)
            if count < _LOOKED_AT and alike and (there := self._archive.document(path)):
                if self._is_same(there, post, body):
                    return Place(path, there)
                taken = taken or (path if _is_same_story(there.front, post) else "")
        raise AssertionError("the candidates do not end")

    def _candidates(self, post: FrontMatter, kind: Kind, slug: str) -> Iterator[str]:
        """Files that the post may have, the best first."""
        folder = f"{content.FOLDER}/pages"
        if kind is Kind.POST:
            month = f"{post.date.year:04}/{post.date.month:02}" if post.date else "drafts"
            folder = f"{content.FOLDER}/{self._into}/{month}"
        name = f"{folder}/{slug}"
        yield f"{name}.md"
        for number in itertools.count(self._next.get(name, 2)):
            self._next[name] = max(2, number - _LOOKED_AT)
            yield f"{name}-{number}.md"

    def _is_free(self, path: str) -> bool:
        there = os.path.lexists(self._root / path) and not self._gives_way(path)
        return collision_key(path) not in self._claimed and not there

    def _gives_way(self, path: str) -> bool:
        return path == placeholder.PATH and self._archive.beginning != ""

    def _is_same(self, there: Document, post: FrontMatter, body: str) -> bool:
        """Whether a file holds the same article, as it was before its source changed."""
        number = self._archive.number(there.front.id or "")
        if number is not None and self._archive.is_fresh(number):
            return False
        same = _is_same_story(there.front, post)
        return same and (there.body.strip() == body or likeness.words_in_common(there.body, body) >= _ALIKE)

    def put(self, post: FrontMatter, body: str, place: Place) -> Placed:
        """Write a post, unless it is there already, or a person has edited it.

        Raises:
            OSError: The system refused.
        """
        mark = fingerprint(post, body)
        post = replace(post, source=replace(post.source or Source(), written=mark))
        if not self._is_free(place.path) and collision_key(place.path) not in self._claimed:
            return self._compare(post, body, place)
        return self._write(place.path, post, body, Outcome.WRITTEN)

    def make_way(self, known: Known) -> None:
        """Clear away the page with which the site began, where an article has its file or its address now.

        Raises:
            OSError: The system refused.
        """
        archive = self._archive
        if archive.beginning and (known.path == placeholder.PATH or archive.beginning in known.places):
            archive.beginning = ""
            if known.path != placeholder.PATH and not self._dry:
                (self._root / placeholder.PATH).unlink(missing_ok=True)

    def _compare(self, post: FrontMatter, body: str, place: Place) -> Placed:
        there = place.there
        if there is None:
            return Placed(Outcome.KEPT, place.path, "it cannot be read as an article and was left alone")
        mark, now = post.source.written if post.source else "", fingerprint(there.front, there.body)
        before = there.front.source.written if there.front.source else ""
        if mark == now:
            return Placed(Outcome.UNCHANGED, place.path)
        if before == now:
            return self._write(place.path, post, body, Outcome.UPDATED)
        if before == mark or _same_source(there.front, post):
            return Placed(Outcome.KEPT, place.path, _EDITED)
        beside = f"{place.path}.new"
        if (self._root / beside).is_symlink():
            return Placed(Outcome.KEPT, place.path, f"edited by hand, and {beside} is a link")
        laid = self._archive.document(beside)
        if laid and fingerprint(laid.front, laid.body) == mark:
            placed = Placed(Outcome.BESIDE, beside)
        else:
            placed = self._write(beside, post, body, Outcome.BESIDE)
        note = f"{place.path} was edited by hand, so it was kept and the new text laid beside it"
        return replace(placed, note=note) if placed.path else placed

    def _write(self, path: str, post: FrontMatter, body: str, outcome: Outcome) -> Placed:
        data = content.dump(post, body).encode()
        faults = [fault for fault in content.parse(data, path).problems if fault.severity is Severity.ERROR]
        if faults:  # a build would refuse it
            return Placed(
                Outcome.FAILED, None, problems=tuple(replace(fault, path=None, line=None) for fault in faults)
            )
        if self._dry:
            self._claimed.add(collision_key(path))
        else:
            self._save(path, data)
        return Placed(outcome, path)

    def _save(self, path: str, data: bytes) -> None:
        target = self._root / path
        make_folder(self._root, path)
        replace_file(target, data)

    def relink(self, path: str, body: str) -> bool:
        """Give a file that is as an import wrote it another text; whether that was so.

        Raises:
            OSError: The system refused.
        """
        there = self._archive.document(path)
        if there is None or there.front.source is None:
            return False
        if there.front.source.written != fingerprint(there.front, there.body):
            return False
        post = replace(there.front, source=replace(there.front.source, written=fingerprint(there.front, body)))
        return self._write(path, post, body, Outcome.UPDATED).path is not None


def _same_source(there: FrontMatter, post: FrontMatter) -> bool:
    """Whether a source is as it was, whatever has changed around it: what its links find, what options say."""
    return bool(there.source and post.source and there.source.sha256 and there.source.sha256 == post.source.sha256)


def make_folder(root: Path, path: str) -> None:
    """Make the folder of a file below the site, of real folders only.

    Raises:
        OSError: The system refused, or a link is in the way, behind which who knows what lies.
    """
    folder = root
    for part in path.split("/")[:-1]:
        folder = folder / part
        if folder.is_symlink():
            raise NotADirectoryError(20, "is a link, which an import does not follow", str(folder))
        folder.mkdir(exist_ok=True)


def refused(error: OSError) -> Problem:
    """What to do about a file that the system, or we, would not write."""
    cause = f"cannot be written: {error.strerror or error}: {error.filename}"
    if isinstance(error, NotADirectoryError | FileExistsError):
        return Problem(cause, "move what is there away, so that a folder can be made, and import again")
    return Problem(cause, "check space and permissions, and import again")


def fingerprint(post: FrontMatter, body: str) -> str:
    """What tells a post from one that a person has edited: all that it says, but for where and when it was found."""
    values = content.values_of(replace(post, source=None, id=None))
    return short_id(f"{json.dumps(values, ensure_ascii=False, sort_keys=True)}\n{body.strip(chr(10))}")


def another_story(path: str) -> Problem:
    """That a post has a twin by headline and day."""
    cause = f"has the headline and date of {path}, but another text, so both are there"
    return warning(cause, "delete one of them, or change its headline, if they are the same story")


def _is_same_story(there: FrontMatter, post: FrontMatter) -> bool:
    return there.title == post.title and _day(there.date) == _day(post.date)


def _day(date: dt.datetime | dt.date | None) -> dt.date | None:
    return date.date() if isinstance(date, dt.datetime) else date

"""The site's documents by number, opened when one is asked for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import TypeVar

from generator import codec
from generator.cache.packs import DamagedError, Packs
from generator.ingest import Body
from generator.model.entry import Entry
from generator.model.site import Author, Post

T = TypeVar("T")

_REMEMBERED = 8_000
"""Posts that are kept open: lists show the same ones, next to each other."""


class Library:
    """Posts and bodies of a site.

    Args:
        entries: As Site.documents has them.
        packs: Where their records lie.
    """

    def __init__(self, entries: Sequence[Entry], packs: Packs) -> None:
        self.entries = entries
        self._packs = packs
        self._open: OrderedDict[int, Post] = OrderedDict()
        self._authors: dict[int, Author] = {}

    def post(self, number: int) -> Post:
        """A post.

        Raises:
            DamagedError: Its record is not what was written.
        """
        if number in self._open:
            self._open.move_to_end(number)
            return self._open[number]
        post = _decoded(self._packs.post(self.entries[number].spot), Post)
        self._open[number] = post
        if len(self._open) > _REMEMBERED:
            self._open.popitem(last=False)
        return post

    def author(self, number: int) -> Author:
        """What an author file says; see `post`."""
        if number not in self._authors:
            self._authors[number] = _decoded(self._packs.post(self.entries[number].spot), Author)
        return self._authors[number]

    def body(self, number: int) -> Body:
        """A post's rendered body, its addresses as the author wrote them; see `post`."""
        return _decoded(self._packs.body(self.entries[number].spot), Body)


def _decoded(data: bytes, kind: type[T]) -> T:
    try:
        return codec.from_json(data, kind)
    except codec.CodecError as error:
        raise DamagedError(str(error)) from error

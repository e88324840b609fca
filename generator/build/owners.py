"""Which family has a path, as file systems compare paths. Most questions are for a path that there was."""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property

from generator.build.left import Outputs
from generator.permalinks import collision_key
from generator.plan.output import parents
from generator.records import Record


class Marks:
    """Short digests of some texts: says which text is surely none of them.

    Args:
        data: Four bytes for each.
    """

    def __init__(self, data: bytes = b"") -> None:
        self.data = data

    @classmethod
    def of(cls, texts: Iterable[str]) -> Marks:
        """Of these texts."""
        return cls(b"".join(map(_mark, texts)))

    def __contains__(self, text: str) -> bool:
        wanted = _mark(text)
        place = self.data.find(wanted)
        while place % 4 and place > 0:
            place = self.data.find(wanted, place + 1)
        return place >= 0

    def __add__(self, more: Marks) -> Marks:
        return Marks(self.data + more.data)


def _mark(text: str) -> bytes:
    return zlib.crc32(text.encode("utf-8", "surrogatepass")).to_bytes(4)


class Taken(Record, array_like=True, frozen=True):
    """Marks of the paths of all outputs, and of all folders that they are in, as file systems compare paths."""

    outputs: bytes
    folders: bytes

    @classmethod
    def of(cls, paths: Iterable[str], folders: Iterable[str]) -> Taken:
        """Of these."""
        return cls(Marks.of(map(collision_key, paths)).data, Marks.of(map(collision_key, folders)).data)


class Owners:
    """Says which family has a path.

    Args:
        left: The outputs.
        taken: Of those that are in the manifest, where that is remembered.
    """

    def __init__(self, left: Outputs, taken: Taken | None) -> None:
        self._left = left
        self._taken = taken
        if taken is not None:
            added = left.unfiled
            outputs, folders = Marks(taken.outputs), Marks(taken.folders)
            self._outputs = outputs + Marks.of(map(collision_key, added))
            self._folders = folders + Marks.of(folder for path in added for folder in parents(collision_key(path)))

    def of(self, path: str) -> str | None:
        """The family that has it, or one that differs in nothing that all file systems tell apart."""
        if item := self._left.get(path):
            return item.family
        key = collision_key(path)
        return None if self._taken is not None and key not in self._outputs else self._by_key.get(key)

    def around(self, path: str) -> Iterator[str]:
        """Those that have a path above or below one that nobody has."""
        key = collision_key(path)
        above = parents(key)
        if self._taken is not None and key not in self._folders and not any(one in self._outputs for one in above):
            return
        yield from (self._by_key[parent] for parent in above if parent in self._by_key)
        place = bisect_left(self._keys, f"{key}/")
        while place < len(self._keys) and self._keys[place].startswith(f"{key}/"):
            yield self._by_key[self._keys[place]]
            place += 1

    @cached_property
    def _by_key(self) -> dict[str, str]:
        """Of every path, in the form in which file systems compare it."""
        return {collision_key(name): family for name, family in self._left.each_family()}

    @cached_property
    def _keys(self) -> list[str]:
        """All of these forms, in order."""
        return sorted(self._by_key)

"""A table from numbers to numbers that takes a fifth of a dict's place: for a million of them, some 25 MB."""

from __future__ import annotations

from array import array

_FIRST = 1 << 10
_FREE = 0
_SPREAD = 0x9E3779B97F4A7C15
"""Odd, and its bits are in no order, so that neighbours lie far apart (Knuth, volume 3, section 6.4)."""


class Numbers:
    """What `dict[int, int]` does, for keys of 64 bits and values of 31, without deleting (open addressing)."""

    def __init__(self) -> None:
        self._make(_FIRST)
        self._count = 0

    def _make(self, size: int) -> None:
        self._mask = size - 1
        self._keys = array("Q", bytes(8 * size))
        self._values = array("I", bytes(4 * size))  # one more than is meant: 0 is a place that is free

    def _place(self, key: int) -> int:
        """Where a key is, or would be."""
        at = key * _SPREAD >> 32 & self._mask
        while self._values[at] != _FREE and self._keys[at] != key:
            at = at + 1 & self._mask
        return at

    def get(self, key: int) -> int | None:
        """The value of a key."""
        found = self._values[self._place(key)]
        return None if found == _FREE else found - 1

    def setdefault(self, key: int, value: int) -> None:
        """Give a key its value, unless it has one."""
        at = self._place(key)
        if self._values[at] == _FREE:
            self._put(at, key, value)

    def __setitem__(self, key: int, value: int) -> None:
        self._put(self._place(key), key, value)

    def _put(self, at: int, key: int, value: int) -> None:
        self._count += self._values[at] == _FREE
        self._keys[at], self._values[at] = key, value + 1
        if self._count * 3 > len(self._keys) * 2:
            self._grow()

    def _grow(self) -> None:
        keys, values = self._keys, self._values
        self._make(2 * len(keys))
        for key, value in zip(keys, values, strict=True):
            if value != _FREE:
                at = self._place(key)
                self._keys[at], self._values[at] = key, value

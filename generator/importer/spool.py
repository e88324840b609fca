"""A list that may be longer than the memory: values go to a temporary file, in order, and are read back one by one."""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Iterator
from typing import Any, Generic, TypeVar

from generator import codec
from generator.records import Record, fields, replace

T = TypeVar("T")

_IN_MEMORY = 4 * 1024 * 1024
"""Bytes below which there is no file at all."""


class Spool(Generic[T]):
    """Values of one kind of record.

    Args:
        kind: Their class.
    """

    def __init__(self, kind: type[T]) -> None:
        self._kind = kind
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  # it closes with its owner
        weakref.finalize(self, self._file.close)
        self._count = 0
        codec.reader_of(kind)

    def append(self, value: T) -> None:
        """Add a value at the end."""
        try:
            data = codec.to_json(value)
        except UnicodeEncodeError:  # a broken source's half of a character, quoted in a message
            data = codec.to_json(_writable(value))
        self._file.seek(0, 2)
        self._file.write(data + b"\n")
        self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[T]:
        return (codec.from_json(line.encode(), self._kind) for line in self.lines())

    def lines(self) -> Iterator[str]:
        """Each value as JSON."""
        at = 0
        for _ in range(self._count):  # others may add, or read, in between
            self._file.seek(at)
            line = self._file.readline()
            at += len(line)
            yield line.decode().rstrip("\n")


def _writable(value: Any) -> Any:
    """The same value, a question mark in place of what is no character."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, tuple):
        return tuple(_writable(item) for item in value)
    if isinstance(value, Record):
        return replace(value, **{spec.name: _writable(getattr(value, spec.name)) for spec in fields(value)})
    return value

"""The manifest: one file with all that the last build saw and wrote, replaced as a whole, checked before it is used.

A file of columns beats a database here: names and stamps are read in one gulp and compared with the present by their
bytes, which is all that a build asks where nothing changed. What stands in the rows is nine tenths of the file; it lies
behind the rest and is read where somebody asks for it. Each part has a checksum, so that any damage is found before it
does harm, where a database finds it only where it happens to look.
"""

from __future__ import annotations

import os
import re
import zlib
from array import array
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO

from generator.cache.extents import DamagedManifestError, Extent
from generator.cache.tables import Filed, Table, cut, little
from generator.records import Record, field
from generator.writer import replace_file

_MAGIC = b"dateline manifest 4\n"
_ANY_MAGIC = re.compile(rb"dateline manifest \d+\n")


class Manifest(Record):
    """What the last build saw and wrote.

    Attributes:
        head: What its owner wants to know first, in its own words.
        documents: Articles and pages, each with its row of the archive.
        files: Files that are copied, each with the digest of its bytes.
        outputs: What was written.
        folders: Folders of the output, so that a foreign file in one is noticed.
        groups: Groups of outputs that are planned together; their stamps mean nothing.
        base: Tells this writing of the file from all others.
        skeleton: What its owner knows of all documents together, in its own words.
    """

    head: bytes = b""
    documents: Table = field(default_factory=Table)
    files: Table = field(default_factory=Table)
    outputs: Table = field(default_factory=Table)
    folders: Table = field(default_factory=Table)
    groups: Table = field(default_factory=Table)
    base: bytes = b""
    skeleton: Callable[[], bytes] = bytes

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables, in the order in which they lie in the file."""
        return self.documents, self.files, self.outputs, self.folders, self.groups

    def save(self, path: Path) -> None:
        """Replace the file at once: magic, sizes and checksums, columns, then the bytes of the tables' rows.

        Raises:
            OSError: The system refused; the old file is as it was.
            DamagedManifestError: What is to be carried over is not what was written.
        """
        columns, data = [os.urandom(_BASE), self.head], []
        for table in self.tables:
            rows, sizes, checks = table.columns()
            names = "\0".join(table.names).encode()
            columns += (names, *(little(numbers).tobytes() for numbers in (table.stamps, table.numbers, sizes, checks)))
            data.append(rows)
        data.append(self.skeleton())
        numbers = array("Q", [*map(len, columns), *map(len, data), *map(zlib.crc32, data)])
        front = b"".join((little(numbers).tobytes(), *columns))
        self.close()
        replace_file(path, (_MAGIC, zlib.crc32(front).to_bytes(4), front, *data))

    def close(self) -> None:
        """Let go of the file, as far as it is open."""
        for table in self.tables:
            if table.filed:
                table.filed.extent.close()

    @classmethod
    def load(cls, path: Path) -> Manifest | None:
        """The manifest in a file; None where there is no file, or one of another version.

        Raises:
            DamagedManifestError: It is damaged.
        """
        try:
            with path.open("rb") as file:
                if (start := file.read(len(_MAGIC))) != _MAGIC and _ANY_MAGIC.match(start):
                    return None
                columns, extents = _front(file, path)
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise DamagedManifestError(str(error)) from error
        try:
            base, head = bytes(next(columns)), bytes(next(columns))
            tables = [_table(base, columns, extent) for extent in extents[:_TABLES]]
            return cls(head, *tables, base, extents[_TABLES].all)  # type: ignore[call-arg,arg-type]  # five of them
        except ValueError as error:
            raise DamagedManifestError(str(error)) from error


_TABLES = 5
_BASE = 12
"""Bytes that tell one writing of a manifest from all others."""

_COLUMNS = 2 + 5 * _TABLES
_EXTENTS = _TABLES + 1
_NUMBERS = 8 * (_COLUMNS + 2 * _EXTENTS)


def _front(file: BinaryIO, path: Path) -> tuple[Iterator[memoryview], list[Extent]]:
    """The columns, and where the rows' bytes are, of a file that holds just that.

    Raises:
        ValueError: It does not.
    """
    file.seek(0)
    start, numbers = file.read(len(_MAGIC) + 4), array("Q")
    numbers.frombytes(head := file.read(_NUMBERS))
    numbers = little(numbers)
    sizes, checks = numbers[:-_EXTENTS], numbers[-_EXTENTS:]
    if len(head) != _NUMBERS or sum(sizes) + len(start) + _NUMBERS != os.fstat(file.fileno()).st_size:
        raise ValueError("size")
    body = memoryview(file.read(sum(sizes[:_COLUMNS])))
    if start != _MAGIC + zlib.crc32(body, zlib.crc32(head)).to_bytes(4):
        raise ValueError("checksum")
    starts = list(accumulate(sizes, initial=len(start) + _NUMBERS))[_COLUMNS:]
    extents = [Extent(path, *each) for each in zip(starts, sizes[_COLUMNS:], checks, strict=False)]
    return cut(body, sizes[:_COLUMNS]), extents


def _table(base: bytes, columns: Iterator[memoryview], extent: Extent) -> Table:
    """A table from its columns.

    Raises:
        ValueError: They do not fit together.
    """
    text = str(next(columns), "utf-8")
    found = array("q"), array("I"), array("I"), array("I")
    for column in found:
        column.frombytes(next(columns))
    stamps, numbers, sizes, checks = map(little, found)
    names = text.split("\0") if sizes else []
    if not len(names) == len(sizes) == len(checks) == len(stamps) / 3 or sum(sizes) != extent.size:
        raise ValueError
    if numbers and len(numbers) != len(names):
        raise ValueError
    return Table(names, stamps, Filed(base, names, stamps, numbers, sizes, checks, extent), {}, numbers)

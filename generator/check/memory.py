"""What a check remembers in `.dateline/`: the facts of each file, by its bytes, and what other sites answered.

All of it can be lost without harm: a file that is damaged, or of another release, is an empty one.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from generator import codec, trees
from generator.cache import stamps
from generator.cache.extents import DamagedManifestError
from generator.cache.manifest import Manifest
from generator.cache.stamps import Stamp
from generator.cache.state import FOLDER, folder_of, ready
from generator.cache.tables import Table
from generator.check.facts import Facts
from generator.records import Record
from generator.writer import replace_file

unpack = codec.Unpacker(Facts)


class Known(Record, frozen=True):
    """What is known of a file.

    Attributes:
        stamp: As it was read; `stamps.NONE` where it was not at rest then.
        digest: Of its bytes.
        facts: Packed.
    """

    stamp: Stamp
    digest: bytes
    facts: bytes


class Memory:
    """Facts of an output folder from one check to the next.

    Attributes:
        known: By path.
    """

    def __init__(self, root: Path, output: Path) -> None:
        self._top = root / FOLDER
        self._file = self._top / folder_of(root, output).name.replace("build-", "check-", 1)
        self.known: dict[str, Known] = {}

    def load(self) -> None:
        """Remember, as far as the file is whole and was written by this release."""
        for name, (stamp, blob) in _rows(self._file, _release()).items():
            self.known[name] = Known(stamp, blob[: codec.DIGEST], blob[codec.DIGEST :])

    def moment(self) -> int:
        """Now in nanoseconds, by the file system's own clock; 0 where nothing can be written."""
        return _moment(self._top)

    def save(self, known: Mapping[str, Known]) -> None:
        """Write it down; a folder that cannot be written only costs the next check its time."""
        if known == self.known:
            return
        table = Table()
        for name, item in known.items():
            table.add(name, item.stamp, item.digest + item.facts)
        _save(self._top, self._file, Manifest(head=_release(), outputs=table))


def _rows(file: Path, head: bytes) -> dict[str, tuple[Stamp, bytes]]:
    """The stamp of each file and what is remembered of it, under that head; nothing where any of it is damaged."""
    try:
        manifest = Manifest.load(file)
        if manifest is None or manifest.head != head:
            return {}
        table = manifest.outputs
        return {
            name: (table.stamp(row), blob)
            for row, (name, blob) in enumerate(zip(table.names, table.blobs(), strict=True))
        }
    except DamagedManifestError:
        return {}


def _moment(folder: Path) -> int:
    try:
        ready(folder)
        with tempfile.TemporaryFile(dir=folder) as file:
            return os.fstat(file.fileno()).st_mtime_ns
    except OSError:
        return 0


def _save(folder: Path, file: Path, manifest: Manifest) -> None:
    try:
        ready(folder)
        manifest.save(file)
    except OSError:
        return


@cache
def _release() -> bytes:
    """Digest of all that decides about facts: this room's code, and the library that reads with its door."""
    files = [*sorted(Path(__file__).parent.glob("*.py")), Path(trees.__file__)]
    return codec.digest(trees.VERSION.encode(), *(file.read_bytes() for file in files))


class Kept:
    """What is remembered of each file for one question, as long as the question is the same.

    Args:
        root: The site's folder.
        output: The built site.
        name: Of the question.
        mark: A digest of it.
    """

    def __init__(self, root: Path, output: Path, name: str, mark: bytes) -> None:
        self._top = root / FOLDER
        self._file = self._top / folder_of(root, output).name.replace("build-", f"{name}-", 1)
        self._head = codec.digest(_release(), mark)
        self._known: dict[str, tuple[Stamp, bytes]] = {}

    def load(self) -> Mapping[str, tuple[Stamp, bytes]]:
        """The stamp of each file and what was remembered of it."""
        self._known = _rows(self._file, self._head)
        return self._known

    def moment(self) -> int:
        """As Memory.moment."""
        return _moment(self._top)

    def save(self, known: Mapping[str, tuple[Stamp, bytes]]) -> None:
        """Write it down, if that can be done."""
        if known == self._known:
            return
        table = Table()
        for name, (stamp, blob) in known.items():
            table.add(name, stamp, blob)
        _save(self._top, self._file, Manifest(head=self._head, outputs=table))


class Answers:
    """What other sites answered, each with its time in seconds since 1970, status and new address."""

    _read = codec.Unpacker(dict[str, tuple[int, int, str]])

    def __init__(self, root: Path) -> None:
        self._file = root / FOLDER / "external-links"
        self.known: dict[str, tuple[int, int, str]] = {}
        try:
            self.known = Answers._read(self._file.read_bytes())
        except (OSError, codec.CodecError):
            self.known = {}

    def save(self) -> None:
        """Write them down, if that can be done."""
        try:
            ready(self._file.parent)
            replace_file(self._file, codec.pack(self.known))
        except OSError:
            return


def same(status: Stamp, known: Known | None) -> bool:
    """Whether a file is the one that is known, by its stamp alone."""
    return known is not None and known.stamp == status != stamps.NONE

"""What an import remembers in `.dateline/`: of each article what others may ask for, by the stamp of its file.

It may be lost without harm: a file that is damaged, of another release or for other settings, is an empty one.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

import generator
from generator import codec
from generator.cache import stamps
from generator.cache.extents import DamagedManifestError
from generator.cache.manifest import Manifest
from generator.cache.stamps import Stamp
from generator.cache.state import FOLDER, ready
from generator.cache.tables import Table
from generator.config import Settings

WORTH = 500
"""Articles below which reading them all takes no longer than remembering."""

_CODE = ("importer/*.py", "content/*.py", "site/*.py", "model/document.py", "permalinks.py", "dates.py")
"""What decides about what is remembered."""


class Memory:
    """Blobs of a site's articles from one import to the next.

    Args:
        root: The site's folder.
        settings: The site's, by which addresses are settled.
    """

    def __init__(self, root: Path, settings: Settings) -> None:
        self._top = root / FOLDER
        self._file = self._top / "import-known"
        self._head = codec.digest(_release(), codec.of(settings))
        self._known: dict[str, tuple[Stamp, bytes]] = {}

    def load(self) -> None:
        """Remember, as far as that is good."""
        with suppress(DamagedManifestError):
            manifest = Manifest.load(self._file)
            if manifest is not None and manifest.head == self._head:
                table = manifest.documents
                self._known = {
                    name: (table.stamp(row), blob)
                    for row, (name, blob) in enumerate(zip(table.names, table.blobs(), strict=True))
                }

    def blob(self, name: str, stamp: Stamp) -> bytes | None:
        """What is remembered of a file, unless it may have changed."""
        known = self._known.get(name)
        return known[1] if known and known[0] == stamp != stamps.NONE else None

    def moment(self) -> int:
        """Now in nanoseconds, by the file system's own clock; 0 where nothing can be written."""
        try:
            ready(self._top)
            with tempfile.TemporaryFile(dir=self._top) as file:
                return os.fstat(file.fileno()).st_mtime_ns
        except OSError:
            return 0

    def save(self, blobs: Mapping[str, tuple[Stamp, bytes]], moment: int) -> None:
        """Write down what was read at a moment; a folder that cannot be written only costs the next import its time."""
        table = Table()
        for name, (stamp, blob) in blobs.items():
            table.add(name, stamp if stamps.at_rest(stamp, moment) else stamps.NONE, blob)
        try:
            Manifest(head=self._head, documents=table).save(self._file)
        except OSError:
            return


@cache
def _release() -> bytes:
    """Digest of the code that decides."""
    package = Path(generator.__file__).parent
    return codec.digest(*(file.read_bytes() for glob in _CODE for file in sorted(package.glob(glob))))

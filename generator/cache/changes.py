"""What changed since a manifest was written, where that is little: a small file beside it, replaced as a whole."""

from __future__ import annotations

import zlib
from pathlib import Path

from generator import codec
from generator.cache.extents import DamagedManifestError
from generator.cache.manifest import Manifest
from generator.cache.tables import Changed
from generator.records import Record
from generator.writer import replace_file

_MAGIC = b"dateline changes 1\n"


class Changes(Record, array_like=True, frozen=True):
    """What is not as a manifest has it.

    Attributes:
        base: Of which writing.
        head: See Manifest.
        tables: Of each, in order.
    """

    base: bytes
    head: bytes
    tables: tuple[Changed, Changed, Changed, Changed, Changed]


_READ = codec.Unpacker(Changes)
MOST = 64
"""Documents that may have changed; after that the manifest is written anew."""


def save(path: Path, manifest: Manifest) -> bool:
    """Write what changed since the manifest was loaded; False where that is more than a small file should hold.

    Raises:
        OSError: The system refused; the old file is as it was.
    """
    tables = [table.changes() for table in manifest.tables] if manifest.base else [None]
    if None in tables or sum(len(table.rows) + len(table.added) for table in tables[:1] if table) > MOST:
        return False
    data = codec.pack(Changes(manifest.base, manifest.head, tuple(tables)))  # type: ignore[arg-type]
    replace_file(path, (_MAGIC, zlib.crc32(data).to_bytes(4), data))
    return True


def apply(path: Path, manifest: Manifest) -> None:
    """Bring a manifest up to what a file says, if there is one that is of this writing.

    Raises:
        DamagedManifestError: It is damaged.
    """
    try:
        whole = path.read_bytes()
    except FileNotFoundError:
        return
    except OSError as error:
        raise DamagedManifestError(str(error)) from error
    start, data = len(_MAGIC) + 4, whole[len(_MAGIC) + 4 :]
    if whole[:start] != _MAGIC + zlib.crc32(data).to_bytes(4):
        raise DamagedManifestError("checksum")
    try:
        changes: Changes = _READ(data)
    except codec.CodecError as error:
        raise DamagedManifestError(str(error)) from error
    if changes.base == manifest.base:
        manifest.head = changes.head
        for table, rows in zip(manifest.tables, changes.tables, strict=True):
            table.apply(rows)

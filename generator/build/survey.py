"""Which outputs are as the last build left them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator import codec
from generator.build.left import Outputs
from generator.build.memory import Memory
from generator.cache import stamps
from generator.cache.manifest import Manifest
from generator.cache.stamps import Stamp
from generator.cache.tables import Table
from generator.records import Record, field
from generator.writer import MARKER


class Survey(Record):
    """What was found in the output folder.

    Attributes:
        gone: Outputs that are not there any more.
        altered: Outputs whose bytes are not what was written.
        touched: Outputs whose stamp alone changed, with the new one.
        disturbed: Folders in which something came or went; `""` is the root.
        first: Nothing is known of the folder.
    """

    gone: set[str] = field(default_factory=set)
    altered: set[str] = field(default_factory=set)
    touched: dict[str, Stamp] = field(default_factory=dict)
    disturbed: set[str] = field(default_factory=set)
    first: bool = False


class Look(Record):
    """A look at some shares of the last build's outputs; where something happened to one, `survey` is of all."""

    shares: list[int] = field(default_factory=list)
    survey: Survey = field(default_factory=Survey)


def look(root: Path, memory: Memory, shares: Iterable[int], count: int) -> Look:
    """What became of the last build's outputs; as `survey`, but quicker where nothing did.

    Args:
        root: The output folder.
        memory: What the last build left.
        shares: Which parts of the outputs to look at.
        count: How many of these there are.
    """
    looked, manifest, head = Look(), memory.manifest, memory.head
    for share in shares:
        looked.shares.append(share)
        if head is None or not manifest.folders.names or not _intact(root, manifest, head.ended, (share, count)):
            looked.survey = _survey(root, memory)
            break
    return looked


def _survey(root: Path, memory: Memory) -> Survey:
    return survey(root, memory.left(), memory.manifest.folders, memory.head.ended if memory.head else 0)


def survey(root: Path, left: Outputs, folders: Table, moment: int) -> Survey:
    """Look at every output and every folder.

    Args:
        root: The output folder.
        left: What the last build left.
        folders: The folders that it left, with their stamps.
        moment: When the last build had written.
    """
    found = Survey(first=not folders.names)
    top = f"{root}/"
    for name, known in left.each_stamp():
        try:
            status = os.lstat(top + name)
        except OSError:
            found.gone.add(name)
            continue
        stamp = stamps.of(status)
        if stamp == known and stamps.at_rest(stamp, moment):
            continue
        if not stat.S_ISREG(status.st_mode) or _content(Path(top + name)) != left[name].content:
            found.altered.add(name)
        elif stamp != known:
            found.touched[name] = stamp
    for name, known in zip(folders.names, folders.each_stamp(), strict=True):
        stamp = folder_stamp(top + name)
        if stamp != known or not stamps.at_rest(stamp, moment):
            found.disturbed.add(name)
    return found


def _intact(root: Path, manifest: Manifest, moment: int, share: tuple[int, int]) -> bool:
    """Whether all in a share is as it was left; false at the first thing that is not. See `survey`."""
    try:
        return _files_intact(f"{root}/", manifest, moment, share) and _folders_intact(
            f"{root}/", manifest, moment, share
        )
    except OSError:
        return False


def _stamped(table: Table, share: tuple[int, int]) -> Iterator[tuple[str, int, int, int]]:
    """The rows of a share: each name with its stamp."""
    number, count = share
    first, last = len(table.names) * number // count, len(table.names) * (number + 1) // count
    stamps = iter(table.stamps[3 * first : 3 * last])
    return zip(table.names[first:last], stamps, stamps, stamps, strict=True)


def _files_intact(top: str, manifest: Manifest, moment: int, share: tuple[int, int]) -> bool:
    look, rest, outputs = os.lstat, moment - stamps.SLACK, manifest.outputs
    for name, size, modified, changed in _stamped(outputs, share):
        status = look(top + name)
        if status.st_mtime_ns != modified or status.st_ctime_ns != changed or status.st_size != size:
            return False
        if changed >= rest and _content(Path(top + name)) != outputs.blob(name)[: codec.DIGEST]:
            return False
    return True


def _folders_intact(top: str, manifest: Manifest, moment: int, share: tuple[int, int]) -> bool:
    known: set[str] = set()
    look, rest = os.lstat, moment - stamps.SLACK
    for name, _, modified, changed in _stamped(manifest.folders, share):
        status = look(top + name)
        if status.st_mtime_ns != modified or status.st_ctime_ns != changed or not stat.S_ISDIR(status.st_mode):
            return False
        if changed >= rest:
            known = known or {*manifest.outputs.names, *manifest.folders.names, MARKER}
            if any(f"{name}/{entry}".lstrip("/") not in known for entry in os.listdir(top + name)):  # noqa: PTH208
                return False
    return True


def folder_stamp(path: str) -> Stamp:
    """The stamp of a folder; its size says nothing, and what is no folder has none."""
    try:
        status = os.lstat(path)
    except OSError:
        return stamps.NONE
    if not stat.S_ISDIR(status.st_mode):
        return stamps.NONE
    return Stamp(0, status.st_mtime_ns, status.st_ctime_ns)


def _content(path: Path) -> bytes:
    try:
        return codec.digest(path.read_bytes())
    except OSError:
        return b""

"""What pictures are by themselves: readable, no larger than a page wants, silent about where they were taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from generator import codec, images
from generator.cache import stamps
from generator.check.facts import Found
from generator.check.memory import Kept

LARGEST = 2_000_000
"""Bytes of a picture that a page shows; a telephone waits for more, and shows less."""

_KINDS = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".tif", ".tiff")
"""How the names of pictures end that have pixels."""

_unpack: Callable[[bytes], tuple[int, bool, bool]] = codec.Unpacker(tuple[int, bool, bool])


def look(root: Path, output: Path, files: Iterable[str]) -> Iterator[tuple[str, Found]]:
    """What is wrong with the pictures among some files; those that were looked at before are not opened again."""
    kept = Kept(root, output, "pictures", Path(images.__file__).read_bytes())
    known, moment = kept.load(), kept.moment()
    now: dict[str, tuple[stamps.Stamp, bytes]] = {}
    for name in sorted(files):
        if name.lower().endswith(_KINDS) and (seen := _seen(output / name, known.get(name), moment)):
            now[name] = seen
            yield from ((name, found) for found in _judged(*_unpack(seen[1])))
    kept.save(now)


def _seen(path: Path, before: tuple[stamps.Stamp, bytes] | None, moment: int) -> tuple[stamps.Stamp, bytes] | None:
    """A picture's stamp, and packed: its bytes, whether it can be read, and whether it tells a place."""
    try:
        status = path.lstat()
    except OSError:
        return None  # which another rule tells
    stamp = stamps.of(status)
    if before is not None and before[0] == stamp != stamps.NONE:
        return before
    blob = codec.pack((status.st_size, *images.noted(path)))
    return stamp if stamps.at_rest(stamp, moment) else stamps.NONE, blob


def _judged(size: int, readable: bool, place: bool) -> Iterator[Found]:  # noqa: FBT001  # as they are packed
    if not readable:
        yield Found("image-unreadable", 0, "this is no picture of the kind that its name says, or it is damaged")
    if size > LARGEST:
        yield Found("image-large", 0, f"this picture has {size / 1e6:.1f} MB")
    if place:
        yield Found("image-place", 0, "this picture tells where it was taken (GPS in its Exif data)")

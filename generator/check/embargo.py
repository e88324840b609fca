"""The proof of the embargo: what is off the site is sought in every file of the output.

A text that stands in the source of an article on the site is that article's own, by its editor's hand; of a story that
is scheduled for later, that is told all the same, as a warning with the line of that source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from generator import codec, executor
from generator.cache import stamps
from generator.cache.stamps import Stamp
from generator.check.facts import Found
from generator.check.memory import Kept
from generator.check.secrets import TEXTS, Hit, Needle, Secret, Sought
from generator.check.survey import read
from generator.records import Record

_WORDS = {
    "scheduled": "scheduled for later",
    "draft": "a draft",
    "withdrawn": "withdrawn",
    "expired": "expired",
}


class Embargo(Record, frozen=True):
    """What is kept back, and what is not.

    Attributes:
        secrets: Articles that are off the site.
        public: Sources of all other articles.
        files: Sources of all other files.
    """

    secrets: tuple[Secret, ...] = ()
    public: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


class Desk(Record, frozen=True):
    """What a process that seeks needs to know."""

    output: Path
    sought: Sought

    def open(self, number: int) -> None:
        """Begin."""

    def flush(self) -> None:
        """Nothing is kept back."""

    def close(self) -> None:
        """End."""


def seek(embargo: Embargo, root: Path, output: Path, names: list[str], jobs: int) -> Iterator[tuple[str, Found]]:
    """Each file that shows a secret, by its path; with that of a source, from the site's folder, where one quotes it.

    Files that were looked through for the same before are not read again.
    """
    if not embargo.secrets:
        return
    sought = Sought(embargo.secrets)
    explained = _Explained(embargo, root)
    told: set[tuple[str, int]] = set()
    for name, hit in _hits(sought, root, output, names, jobs):
        secret = sought.secrets[hit.secret]
        needle = sought.needles[hit.secret][hit.needle] if hit.needle >= 0 else None
        what = needle.what if needle else "a file that it alone has"
        place = explained.text(needle) if needle else explained.file(output / name)
        off = f"{secret.source}, which is {_WORDS[secret.why]}"
        if place is None:
            yield name, Found("embargo-leak", hit.line, f"this shows {what}: {off}")
        elif secret.why == "scheduled" and (place[0], hit.secret) not in told:
            told.add((place[0], hit.secret))
            yield f"/{place[0]}", Found("embargo-quoted", place[1], f"this has {what}: {off}")


def _hits(sought: Sought, root: Path, output: Path, names: list[str], jobs: int) -> Iterator[tuple[str, Hit]]:
    kept = Kept(root, output, "secrets", sought.mark)
    known, moment = kept.load(), kept.moment()
    now: dict[str, tuple[Stamp, bytes]] = {}
    fresh = []
    for name in names:
        stamp = _stamp(output / name)
        if name in known and known[name][0] == stamp != stamps.NONE:
            now[name] = known[name]
        else:
            fresh.append(name)
    for name, found in zip(fresh, executor.stream(_look, Desk(output, sought), fresh, jobs), strict=True):
        if found is not None:
            stamp, data = found
            now[name] = (stamp if stamps.at_rest(stamp, moment) else stamps.NONE, data)
    kept.save(now)
    for name in names:
        if name in now:
            yield from ((name, Hit(*hit)) for hit in _unpack(now[name][1]))


_unpack: Callable[[bytes], list[tuple[int, int, int]]] = codec.Unpacker(list[tuple[int, int, int]])


def _stamp(path: Path) -> Stamp:
    try:
        return stamps.of(path.lstat())
    except OSError:
        return stamps.NONE


def _look(desk: Desk, name: str) -> tuple[Stamp, bytes] | None:
    """A file's stamp, and what it shows; None where it cannot be read, which another rule tells."""
    path = desk.output / name
    try:
        if not name.lower().endswith(TEXTS) and path.lstat().st_size not in desk.sought.sizes:
            return stamps.of(path.lstat()), codec.pack([])
        raw, status = read(path)
    except OSError:
        return None
    return stamps.of(status), codec.pack(list(desk.sought.hits(name, raw)))


class _Explained:
    """Finds where the site's own sources say what was found; they are read where something was."""

    def __init__(self, embargo: Embargo, root: Path) -> None:
        self._embargo = embargo
        self._root = root
        self._texts: dict[str, str] | None = None

    def text(self, needle: Needle) -> tuple[str, int] | None:
        """Source and line of an article on the site that has a text."""
        if self._texts is None:
            self._texts = {name: _bytes(self._root / name).decode("utf-8", "replace") for name in self._embargo.public}
        for name, text in self._texts.items():
            if (at := text.find(needle.text)) >= 0:
                return name, text.count("\n", 0, at) + 1
        return None

    def file(self, path: Path) -> tuple[str, int] | None:
        """Another file of `content/` than a secret's that has the bytes of an output."""
        own = {name for secret in self._embargo.secrets for name in secret.files}
        raw = _bytes(path)
        for name in self._embargo.files:
            other = self._root / name
            if name not in own and other.is_file() and other.stat().st_size == len(raw) and _bytes(other) == raw:
                return name, 0
        return None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""

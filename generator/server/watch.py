"""Changes of a site's sources, as they happen."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

DEBOUNCE = 0.01
"""Seconds of quiet that end a burst of changes."""

_PACE: dict[str, Any] = {"debounce": 50, "step": 5, "rust_timeout": 500}
"""Milliseconds: how changes are gathered, and how often a watch looks whether to stop."""


class Watcher:
    """Watches a site: its folders deeply, its own folder flatly, so that output and caches beside them stay unseen.

    Args:
        root: The site's folder.
        deep: Folders to watch with all below them; those that do not exist yet are watched once they do.
    """

    def __init__(self, root: Path, deep: Iterable[Path]) -> None:
        self._root = root
        self._deep = list(deep)
        self._changes: queue.Queue[set[Path]] = queue.Queue()
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._known: dict[Path, tuple[int, int]] = {}

    def start(self) -> None:
        """Begin to watch. A watch takes a moment to stand; what changes meanwhile is found by comparing."""
        self._known = _signatures([self._root / "site.toml", *self._deep])
        for target in (self._watch_deep, self._watch_root):
            thread = threading.Thread(target=target, daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """End watching."""
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=2)

    def changes(self) -> Iterator[set[Path]]:
        """Each burst of changes, once it is over; ends after `stop`."""
        while not self._stop.is_set():
            try:
                burst = self._changes.get(timeout=0.2)
                while True:
                    try:
                        burst |= self._changes.get(timeout=DEBOUNCE)
                    except queue.Empty:
                        break
            except queue.Empty:
                continue
            yield burst

    def _watch_deep(self) -> None:
        from watchfiles import watch

        known: dict[Path, tuple[int, int]] | None = None
        while not self._stop.is_set():
            folders = [folder for folder in self._deep if folder.is_dir()]
            if not folders:
                self._stop.wait(0.5)
                continue
            known = _signatures(folders) if known is not None else self._known
            compared = False
            for changes in watch(*folders, stop_event=self._stop, yield_on_timeout=True, **_PACE):
                self._tell(changes)
                if not compared:
                    compared = True
                    self._compare(known, self._deep)
                if turned := {folder for folder in self._deep if folder.is_dir() != (folder in folders)}:
                    self._changes.put(turned)
                    break  # a watched folder came or went: watch what there is now

    def _watch_root(self) -> None:
        from watchfiles import watch

        names = {"site.toml", "content", "themes"}
        compared = False
        for changes in watch(self._root, recursive=False, stop_event=self._stop, yield_on_timeout=True, **_PACE):
            self._tell((kind, path) for kind, path in changes if Path(path).name in names)
            if not compared:
                compared = True
                self._compare(self._known, [self._root / "site.toml"])

    def _compare(self, known: dict[Path, tuple[int, int]], places: Iterable[Path]) -> None:
        """Tell what changed below `places` since `known` was taken."""
        places = list(places)
        before = {path: mark for path, mark in known.items() if any(path.is_relative_to(place) for place in places)}
        now = _signatures(places)
        if changed := {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}:
            self._changes.put(changed)

    def _tell(self, changes: Iterable[tuple[object, str]]) -> None:
        paths = {Path(path) for _, path in changes}
        if paths:
            self._changes.put(paths)


def _signatures(places: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    """Time and size of every file at or below some places."""
    found = {}
    for place in places:
        for path in (place, *place.rglob("*")):
            try:
                stat = path.stat()
            except OSError:
                continue
            if not path.is_dir():
                found[path] = (stat.st_mtime_ns, stat.st_size)
    return found

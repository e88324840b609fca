"""Changes of a site's sources, as they happen."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

DEBOUNCE = 0.06
"""Seconds of quiet that end a burst of changes."""

_PACE: dict[str, Any] = {"debounce": 50, "step": 20, "rust_timeout": 500}
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

    def start(self) -> None:
        """Begin to watch."""
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

        while not self._stop.is_set():
            folders = [folder for folder in self._deep if folder.is_dir()]
            if not folders:
                self._stop.wait(0.5)
                continue
            for changes in watch(*folders, stop_event=self._stop, yield_on_timeout=True, **_PACE):
                self._tell(changes)
                if folders != [folder for folder in self._deep if folder.is_dir()]:
                    self._changes.put(set(self._deep))
                    break  # a watched folder came or went: watch what there is now

    def _watch_root(self) -> None:
        from watchfiles import watch

        names = {"site.toml", "content", "themes"}
        for changes in watch(self._root, recursive=False, stop_event=self._stop, **_PACE):
            self._tell((kind, path) for kind, path in changes if Path(path).name in names)

    def _tell(self, changes: Iterable[tuple[object, str]]) -> None:
        paths = {Path(path) for _, path in changes}
        if paths:
            self._changes.put(paths)

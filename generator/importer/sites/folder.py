"""A site's folder, read without leaving it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from generator.content import foreign
from generator.content.text import MAX_BYTES
from generator.errors import ContentError, Problem
from generator.importer.decode import decode
from generator.records import Record

_NEVER = frozenset({"node_modules", "_site", "public", "output", "resources", "vendor", "cache", "__pycache__"})
"""Folders at the top of a site that hold what a generator made, or what others wrote."""


class Folder(Record, frozen=True):
    """A folder; names in it are relative to it, with `/`."""

    root: Path

    def has(self, name: str) -> bool:
        """Whether there is a file or a folder of this name."""
        return (self.root / name).exists()

    def first(self, *names: str) -> str | None:
        """The first of some names that there is."""
        return next((name for name in names if self.has(name)), None)

    def files(self, below: str = "") -> Iterator[str]:
        """All files, sorted; hidden ones, links and what generators made are passed over."""
        top = self.root / below
        for folder, folders, files in os.walk(top):
            folders[:] = sorted(name for name in folders if self._enters(Path(folder), name))
            for name in sorted(files):
                path = Path(folder, name)
                if not name.startswith(".") and not path.is_symlink():
                    yield path.relative_to(self.root).as_posix()

    def _enters(self, folder: Path, name: str) -> bool:
        made = folder == self.root and name in _NEVER
        return not name.startswith(".") and not made and not (folder / name).is_symlink()

    def text(self, name: str) -> str:
        """A file's text, with LF as line end.

        Raises:
            ContentError: It is too large, no text, or cannot be read.
        """
        try:
            with (self.root / name).open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise ContentError(
                Problem(f"cannot be read: {error.strerror or error}", "check its permissions")
            ) from error
        if len(data) > MAX_BYTES:
            raise ContentError(Problem(f"is larger than {MAX_BYTES} bytes, which no article is", "split it"))
        return decode(data).text.replace("\r\n", "\n").replace("\r", "\n")

    def settings(self, *names: str) -> Mapping[str, Any]:
        """The values of the first of some files of settings (YAML, TOML, JSON) that can be read."""
        for name in names:
            if self.has(name):
                form = {"yml": "yaml", "yaml": "yaml", "toml": "toml", "json": "json"}[name.rpartition(".")[2]]
                try:
                    return foreign.settings(self.text(name), form)
                except ContentError:
                    continue
        return {}

    def opener(self, name: str) -> Callable[[], BinaryIO] | None:
        """Opens a file of the folder; None where it is none, or leads out of it."""
        path = self.root / name
        try:
            inside = path.resolve().is_relative_to(self.root.resolve()) and path.is_file()
        except (OSError, ValueError, RuntimeError):
            return None
        return (lambda: path.open("rb")) if inside else None

    def place(self, name: str) -> str:
        """A file as messages name it."""
        return f"{self.root.as_posix()}/{name}"

"""Renders and writes outputs, so that any number of processes can do it side by side."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from generator import codec
from generator.cache import stamps
from generator.cache.packs import Packs
from generator.cache.stamps import Stamp
from generator.errors import ContentError, Problem
from generator.library import Library
from generator.model.entry import Entry
from generator.plan import Chrome, Composer, Output
from generator.records import Record
from generator.render import Renderer
from generator.theme import Templates, Theme
from generator.writer import Root


class Printed(NamedTuple):
    """What became of one output.

    Attributes:
        digest: Of its bytes; empty where there is no file.
        seconds: Processor time that it took.
        stamp: Of the file; NONE where it is not in its place yet.
        draft: Name of the file in the folder of drafts that is to be put in its place; empty where there is none.
        problems: Why there is no file.
    """

    digest: bytes
    seconds: float
    stamp: Stamp = stamps.NONE
    draft: str = ""
    problems: tuple[Problem, ...] = ()


class Press(Record):
    """All that rendering needs, as values, so that it can be handed to another process.

    Attributes:
        root: The site's folder.
        target: The output folder.
        drafts: Folder for files that differ, until all are there; None where nobody sees the output folder yet, so
            that they are written in their places.
        store: Folder of packs.
        chrome: What all pages share.
        theme: The theme.
        templates: Its templates as far as they are compiled already; None where they are to be made.
        entries: As Site.documents has them.
    """

    root: Path
    target: Path
    drafts: Path | None
    store: Path
    chrome: Chrome
    theme: Theme
    templates: Templates | None
    entries: Sequence[Entry]
    _renderer: Renderer | None = None
    _writer: Root | None = None
    _packs: Packs | None = None
    _number: int = 0
    _count: int = 0

    def __reduce__(self) -> tuple[type[Press], tuple[Any, ...]]:
        """Values alone: another process makes its own templates and opens its own files."""
        entries = tuple(self.entries)
        return Press, (self.root, self.target, self.drafts, self.store, self.chrome, self.theme, None, entries)

    def open(self, number: int) -> None:
        """Ready templates and records."""
        if self._renderer is None:
            self._packs = Packs(self.store)
            library = Library(self.entries, self._packs)
            language, base_path = self.chrome.settings.language, self.chrome.base_path
            templates = self.templates or Templates(self.theme, language, base_path)
            composer = Composer(self.chrome, library)
            self._renderer = Renderer(self.root, self.chrome.view, templates, composer, library)
        self._writer = Root(self.target)
        self._number = number

    def flush(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """Let go of the files."""
        if self._packs:
            self._packs.close()

    def print(self, output: Output) -> Printed:
        """Render and write one output.

        Raises:
            ThemeError: Its template failed.
            OutputError: It could not be written.
            DamagedError: A record is not what was written.
        """
        assert self._renderer is not None  # open() comes first
        assert self._writer is not None
        began = time.thread_time()
        try:
            data = self._renderer.render(output)
        except ContentError as error:
            return Printed(b"", time.thread_time() - began, problems=error.problems)
        digest = codec.digest(data)
        if self.drafts is None:
            status = self._writer.create(output.path, data)
            return Printed(digest, time.thread_time() - began, stamps.of(status))
        if found := self._writer.holds(output.path, data):
            return Printed(digest, time.thread_time() - began, stamps.of(found))
        self._count += 1
        draft = f"{self._number}-{self._count}"
        Root(self.drafts).create(draft, data)
        return Printed(digest, time.thread_time() - began, draft=draft)

"""What the last build remembers, for commands that build nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator import content
from generator.build.engine import engine
from generator.build.memory import Memory
from generator.build.request import BuildRequest
from generator.cache import stamps
from generator.cache.extents import DamagedManifestError
from generator.cache.state import State, folder_of
from generator.model.entry import Row
from generator.records import Record


class Recall(Record, frozen=True):
    """A site's files, and what the last build remembers of them; nothing where there was none, or it is damaged."""

    found: content.Found
    memory: Memory

    @classmethod
    def of(cls, request: BuildRequest) -> Recall:
        """What there is for a request."""
        found = content.scan(request.root)
        try:
            memory = Memory(State(request.state or folder_of(request.root, request.output)).load(), engine())
            memory.rows()
        except DamagedManifestError:  # the next build says so, and mends it
            memory = Memory(None, engine())
        return cls(found, memory)

    def sources(self, wanted: Callable[[Row], bool]) -> Iterator[str]:
        """Articles whose row is wanted, and those that the last build did not see as they are now."""
        head, table = self.memory.head, self.memory.manifest.documents
        known = dict(zip(table.names, map(stamps.Stamp._make, table.each_stamp()), strict=True)) if head else {}
        rows, moment = (self.memory.rows(), head.started) if head else ({}, 0)
        for number, source in enumerate(self.found.documents.names):
            stamp = self.found.documents.stamp(number)
            same = known.get(source) == stamp and stamps.at_rest(stamp, moment)
            if not same or wanted(rows[source]):
                yield source

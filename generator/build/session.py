"""What a process that builds again and again keeps from build to build, so that an edit costs what it changes."""

from __future__ import annotations

from array import array
from pathlib import Path
from typing import TYPE_CHECKING

from generator import content
from generator.build.memory import Memory
from generator.build.request import BuildRequest
from generator.cache import stamps
from generator.cache.stamps import Stamp
from generator.cache.state import State
from generator.cache.tables import Table
from generator.records import Record
from generator.theme import Templates

if TYPE_CHECKING:
    from generator.ledger import Ledger  # which a build that finds nothing to do need not import


class Session(Record):
    """A process's own memory of one site. Nothing in it is needed: a new session is a slower one.

    Attributes:
        templates: Compiled ones, and the digest of the theme that they are of.
        ledger: As it was last read.
        trusted: This build follows a sound one of this session, a moment ago, so the output is as that left it.
    """

    templates: tuple[bytes, Templates] | None = None
    ledger: Ledger | None = None
    trusted: bool = False
    _memory: Memory | None = None
    _found: content.Found | None = None
    _saved: tuple[Stamp, Stamp] = (stamps.NONE, stamps.NONE)
    _unsaved: bool = False
    _lasting: bool = False

    @classmethod
    def lasting(cls) -> Session:
        """A session for many builds; `commit` must be called after each."""
        return cls(_lasting=True)

    @property
    def lasts(self) -> bool:
        """Whether it is for many builds."""
        return self._lasting

    def memory(self, state: State) -> Memory | None:
        """What the last build of this session knew; None where another process built since."""
        if self._memory is None or (not self._unsaved and state.stamp() != self._saved):
            return None
        return self._memory

    def forget(self) -> None:
        """A build failed half-way, and may have put some of its own into what was remembered: look at all again."""
        self._memory = self._found = None

    def found(self, request: BuildRequest) -> content.Found | None:
        """What lies in `content/`, where all that changed since the last build is edits of known articles."""
        before, self.trusted = self._found, False
        if before is None or before.linked or request.edited is None or self._memory is None:
            return None
        names = before.documents.names
        stamped: dict[int, Stamp] = {}
        for path in request.edited:
            name = _name(path, request.root)
            if name not in names or path.is_symlink() or not path.is_file():
                return None
            stamped[names.index(name)] = stamps.of(path.stat())
        documents = Table(names, before.documents.stamps[:])
        for row, stamp in stamped.items():
            documents.stamps[3 * row : 3 * row + 3] = array("q", stamp)
        files = before.files.copy()
        self.trusted = True
        edited = [names[row] for row in stamped]
        failed, problems = list(before.failed), list(before.problems)
        return content.Found(documents, files, before.ledger, failed, problems, edited=edited)

    def keep(self, state: State, memory: Memory, found: content.Found) -> None:
        """Remember a build; it is written down at once, or by `commit` in a lasting session.

        Raises:
            OutputError: The system refused.
        """
        self._memory, self._found, self._unsaved = memory, found, True
        if not self._lasting:
            self.commit(state)

    def commit(self, state: State) -> None:
        """Write down what the last build did, for other processes.

        Raises:
            OutputError: The system refused; what was remembered before still is.
        """
        if self._memory is not None and self._unsaved:
            if state.save(self._memory.manifest) and self._lasting and (written := state.load()):
                self._memory.refile(written)
            self._saved, self._unsaved = state.stamp(), False


def _name(path: Path, root: Path) -> str:
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return ""

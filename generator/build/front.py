"""The way in: where nothing changed, the answer is at hand before the rest of the pipeline is even imported."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property

from generator import codec, config, content, executor, fork, theme
from generator.build.engine import engine, intake
from generator.build.memory import Memory
from generator.build.request import BuildReport, BuildRequest, Progress, Silent
from generator.build.session import Session
from generator.build.survey import Look, Survey, look
from generator.cache.extents import DamagedManifestError
from generator.cache.packs import DamagedError
from generator.cache.state import State, folder_of
from generator.errors import VanishedError, warning
from generator.model.entry import microseconds
from generator.permalinks import split_base
from generator.records import Record, field


def build(request: BuildRequest, progress: Progress | None = None, session: Session | None = None) -> BuildReport:
    """Build a site: what changed since the last build of the same output, or all of it.

    Problems in content are in the report, and what is sound is built; only what makes a build impossible is raised.

    Args:
        request: What to build.
        progress: Told how far it is.
        session: What this process keeps between builds; see Session.

    Raises:
        SettingsError: `site.toml` is missing or wrong.
        ThemeError: The theme is missing or one of its templates fails.
        OutputError: The output folder is not ours, or the system refused to write.
        VanishedError: Files go each time they are about to be read.
    """
    with _uncollected():
        for _ in range(_LOOKS - 1):
            with suppress(VanishedError):
                return _build(request, progress or Silent(), session or Session())
        return _build(request, progress or Silent(), session or Session())


@contextmanager
def _uncollected() -> Iterator[None]:
    """Search for no garbage in cycles meanwhile: a build makes hardly any, and much that lives to its end."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.freeze()
            gc.unfreeze()  # all that there is counts as old now, else the next search would go through it at once
            gc.enable()


_LOOKS = 3
"""How often a site is looked at anew whose files go while they are read, as when a branch is switched."""


def _build(request: BuildRequest, progress: Progress, session: Session) -> BuildReport:
    settings = config.load(request.root, request.overrides)
    request.refuse_overlap()
    chosen = theme.load(request.root, settings.theme, settings.language)
    state = State(request.state or folder_of(request.root, request.output))
    moment = state.hold(progress.waiting)
    try:
        frame = Frame(request, progress, settings, chosen, state, moment, session)
        try:
            return _run(frame, _remembered(frame))
        except (DamagedError, DamagedManifestError):
            state.forget()
            report = _run(frame, Memory(None, engine()))
            note = warning("what earlier builds remembered was damaged, so everything was made again")
            report.problems = (note, *report.problems)
            return report
    except BaseException:
        session.forget()
        raise
    finally:
        state.release()


def commit(request: BuildRequest, session: Session) -> None:
    """Write down what the last build of a lasting session did, so that the next process need not do it again.

    Raises:
        OutputError: The system refused; then it will.
    """
    state = State(request.state or folder_of(request.root, request.output))
    state.hold(lambda: None)
    try:
        session.commit(state)
    finally:
        state.release()


_MANY = 6_000
"""Outputs and folders, for which a process of its own is worth its making."""

_SHARE = 500
"""How many of them are looked at in one go, by this process or the other: some 2 ms."""


class Clock(Record):
    """How long each stage took."""

    stages: dict[str, float] = field(default_factory=dict)
    began: float = field(default_factory=time.perf_counter)

    def lap(self, stage: str) -> None:
        """A stage is over."""
        now = time.perf_counter()
        self.stages[stage] = self.stages.get(stage, 0) + now - self.began
        self.began = now


class Frame(Record, dict=True):
    """One build, holding the lock.

    Attributes:
        request: What to build.
        progress: Told how far it is.
        settings: The site's settings.
        theme: Its theme.
        state: Where builds remember.
        moment: When it began, by the clock of the file system.
        session: What this process keeps.
    """

    request: BuildRequest
    progress: Progress
    settings: config.Settings
    theme: theme.Theme
    state: State
    moment: int
    session: Session
    clock: Clock = field(default_factory=Clock)
    _seen: Callable[[], Survey] = Survey

    @property
    def base_path(self) -> str:
        """The base URL's own path."""
        return split_base(self.settings.base_url)[1]

    @cached_property
    def intake(self) -> bytes:
        """The digest of all that decides what a document means by itself."""
        flags = f"{self.request.drafts} {self.request.future} {self.base_path}".encode()
        return codec.digest(intake(self.settings), flags)

    @cached_property
    def whole(self) -> bytes:
        """The digest of all that a build depends on but files of `content/`, the clock, and its own code."""
        request = self.request
        return codec.digest(
            self.intake,
            codec.of(self.settings, request.strict, request.keep, request.allow_vanished),
            self.theme.digest,
        )

    @cached_property
    def now(self) -> int:
        """The clock, in microseconds since 1970."""
        return microseconds(self.request.now)

    def look_at(self, memory: Memory) -> None:
        """Begin to look at the output, beside this process, which lends a hand once it asks what was seen."""
        self.__dict__.pop("seen", None)  # of what turned out to be damaged
        output, rows = self.request.output, len(memory.manifest.outputs.names) + len(memory.manifest.folders.names)
        shares = fork.Shares(min(fork.Shares.MOST, rows // _SHARE + 1))

        def some(numbers: Iterable[int]) -> Look:
            return look(output, memory, numbers, shares.count)

        worth = rows > _MANY and executor.workers(None) > 1
        other = fork.begin(lambda: codec.to_json(some(shares)), worth=worth)

        def seen() -> Survey:
            looks = [some(shares), codec.from_json(other(), Look)]
            if found := next((one.survey for one in looks if one.survey != Survey()), None):
                return found
            left = set(range(shares.count)).difference(*(one.shares for one in looks))  # a process may have been killed
            return some(left).survey

        self._seen = seen

    @cached_property
    def seen(self) -> Survey:
        """What became of the last build's outputs."""
        return self._seen()

    def told(self, name: str) -> Callable[[int], object]:
        """A function that tells of a stage: first how many steps it has, then 0 after each."""

        def step(total: int) -> None:
            if total:
                self.progress.stage(name, total)
            else:
                self.progress.step()

        return step


def _remembered(frame: Frame) -> Memory:
    """What the last build knew.

    Raises:
        DamagedManifestError: It is no good.
    """
    if frame.request.fresh:
        frame.state.forget()
        return Memory(None, engine())
    if warm := frame.session.memory(frame.state):
        return warm
    memory = Memory(frame.state.load(), engine())
    if memory.head is None:
        frame.state.clear()
    return memory


def _run(frame: Frame, memory: Memory) -> BuildReport:
    """Build with what is remembered."""
    frame.progress.stage("Reading", 0)
    frame.look_at(memory)
    found = frame.session.found(frame.request) or content.scan(frame.request.root)
    frame.clock.lap("look at files")
    if memory.head is not None and _nothing_changed(frame, memory, found):
        report = memory.head.summary.report()
        frame.clock.lap("compare")
    else:
        from generator.build.pipeline import changed  # the other half of the code, for which nothing has called so far

        report = changed(frame, memory, found)
    report.stages = frame.clock.stages
    return report


def _nothing_changed(frame: Frame, memory: Memory, found: content.Found) -> bool:
    """Whether all that a build depends on is as it was, and all that it made."""
    head, manifest = memory.head, memory.manifest
    return (
        head is not None
        and not (head.always or head.restless)
        and head.whole == frame.whole
        and head.holds(frame.now)
        and found.documents.same_files(manifest.documents)
        and found.files.same_files(manifest.files)
        and head.ledger == found.ledger
        and head.oddities == oddities(found)
        and frame.seen == Survey()
    )


def oddities(found: content.Found) -> bytes:
    """The digest of what is wrong with names and links."""
    return codec.of(found.problems, found.failed)

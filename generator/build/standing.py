"""A site as its last build left it, for questions about its plan."""

from __future__ import annotations

from collections.abc import Mapping

from generator import config, content, plan, site
from generator.build.books import audit, opened
from generator.build.engine import engine
from generator.build.front import build
from generator.build.gather import place_of
from generator.build.ground import ground_of
from generator.build.memory import Memory
from generator.build.request import BuildRequest
from generator.build.session import Session
from generator.cache.state import State, folder_of
from generator.ledger import Ledger
from generator.model.entry import Row, microseconds
from generator.model.site import StaticFile
from generator.permalinks import split_base
from generator.records import Record
from generator.theme import Survey, Templates, Theme, load


class Standing(Record, frozen=True):
    """What the last build remembers of a site; no article is read for it.

    Attributes:
        settings: Its settings.
        theme: Its theme.
        templates: Parses the theme's templates.
        rows: What is known of each article.
        files: All other files.
        survey: What is known of the theme's templates.
        memory: All that was remembered.
        books: The ledger.
        now: The clock of the request, in microseconds since 1970.
    """

    settings: config.Settings
    theme: Theme
    templates: Templates
    rows: Mapping[str, Row]
    files: tuple[StaticFile, ...]
    survey: Survey
    memory: Memory
    books: Ledger | None
    now: int

    @classmethod
    def of(cls, request: BuildRequest) -> Standing:
        """What the build of a request left; built once more where that remembers nothing."""
        settings = config.load(request.root, request.overrides)
        chosen = load(request.root, settings.theme, settings.language)
        state = State(request.state or folder_of(request.root, request.output))
        memory = Memory(state.load(), engine())
        if memory.head is None:
            build(request)
            memory = Memory(state.load(), engine())
        templates = Templates(chosen, settings.language, split_base(settings.base_url)[1])
        survey = memory.head.survey if memory.head else templates.survey()
        table = memory.manifest.files
        known = zip(table.names, table.blobs(), strict=True)
        files = tuple(StaticFile(name, place_of(name), digest) for name, digest in known if digest)
        books = opened(request, content.scan(request.root), Session())
        now = microseconds(request.now)
        return cls(settings, chosen, templates, memory.rows(), files, survey, memory, books, now)

    def resolved(self, more: Mapping[str, Row] | None = None) -> site.Resolved:
        """The site; with rows of articles that one imagines beside those that there are."""
        rows, terms = {**self.rows, **(more or {})}, site.Terms(self.settings)
        resolved = site.build(rows, self.files, self.settings, terms, lambda _: {})
        return audit(self.books, rows, rows, resolved, lambda _: {})[0]

    def ground(self, more: Mapping[str, Row] | None = None) -> plan.Ground:
        """The site ready to be planned whole; see `resolved`."""
        return ground_of(self.settings, self.theme, self.resolved(more), self.survey, self.now)

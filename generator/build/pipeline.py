"""The line of calls from files to files."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from generator import codec, config, content, executor, links, markup, plan, site, theme
from generator.build import checks, relink
from generator.build.engine import engine, intake
from generator.build.gather import Archive, gather
from generator.build.memory import Head, Left, Memory, Summary, outputs_table, owners, restless
from generator.build.request import BuildReport, BuildRequest, Progress, Silent
from generator.build.survey import Survey, intact, survey
from generator.build.write import Done, Work, Writer, compare, folders_table
from generator.cache.manifest import DamagedManifestError, Manifest
from generator.cache.packs import DamagedError
from generator.cache.state import State, folder_of
from generator.errors import Problem, warning
from generator.ingest import Intake
from generator.model.entry import ALWAYS
from generator.permalinks import split_base
from generator.press import Press
from generator.theme import Survey as TemplateSurvey
from generator.theme import Templates
from generator.writer import MARKER, Root


def build(request: BuildRequest, progress: Progress | None = None) -> BuildReport:
    """Build a site: what changed since the last build of the same output, or all of it.

    Problems in content are in the report, and what is sound is built; only what makes a build impossible is raised.

    Raises:
        SettingsError: `site.toml` is missing or wrong.
        ThemeError: The theme is missing or one of its templates fails.
        OutputError: The output folder is not ours, or the system refused to write.
    """
    progress = progress or Silent()
    settings = config.load(request.root, request.overrides)
    checks.refuse_overlap(request)
    chosen = theme.load(request.root, settings.theme, settings.language)
    state = State(request.state or folder_of(request.root, request.output))
    moment = state.hold(progress.waiting)
    try:
        work = _Build(request, progress, settings, chosen, state, moment)
        try:
            return work.run(work.remembered())
        except (DamagedError, DamagedManifestError):
            state.forget()
            report = work.run(Memory(None, engine()))
            note = warning("what earlier builds remembered was damaged, so everything was made again")
            report.problems = (note, *report.problems)
            return report
    finally:
        state.release()


@dataclass(slots=True)
class _Clock:
    """How long each stage took."""

    stages: dict[str, float] = field(default_factory=dict)
    began: float = field(default_factory=time.perf_counter)

    def lap(self, stage: str) -> None:
        """A stage is over."""
        now = time.perf_counter()
        self.stages[stage] = self.stages.get(stage, 0) + now - self.began
        self.began = now


@dataclass(frozen=True, slots=True)
class _News:
    """What a build found out, for the next one to remember."""

    archive: Archive
    resolved: site.Resolved
    planned: plan.Plan
    seen: Survey
    templates: TemplateSurvey


@dataclass
class _Build:
    """One build, holding the lock."""

    request: BuildRequest
    progress: Progress
    settings: config.Settings
    theme: theme.Theme
    state: State
    moment: int
    clock: _Clock = field(default_factory=_Clock)

    def remembered(self) -> Memory:
        """What the last build knew.

        Raises:
            DamagedManifestError: It is no good.
        """
        if self.request.fresh:
            self.state.forget()
            return Memory(None, engine())
        return Memory(self.state.load(), engine())

    def run(self, memory: Memory) -> BuildReport:
        """Build with what is remembered."""
        self.progress.stage("Reading", 0)
        found = content.scan(self.request.root)
        self.clock.lap("look at files")
        report = memory.report() if self._nothing_changed(memory, found) else self._changed(memory, found)
        self.clock.lap("remember")
        report.stages = self.clock.stages
        return report

    @cached_property
    def _intake(self) -> bytes:
        _, base_path = split_base(self.settings.base_url)
        flags = f"{self.request.drafts} {self.request.future} {base_path}".encode()
        return codec.digest(intake(self.settings), flags)

    @cached_property
    def _whole(self) -> bytes:
        request = self.request
        return codec.digest(self._intake, codec.of(self.settings, request.strict, request.keep), self.theme.digest)

    @cached_property
    def _now(self) -> int:
        return site.microseconds(self.request.now)

    def _nothing_changed(self, memory: Memory, found: content.Found) -> bool:
        """Whether all that a build depends on is as it was, and all that it made."""
        head, manifest = memory.head, memory.manifest
        return (
            head is not None
            and not head.restless
            and head.whole == self._whole
            and head.now <= self._now
            and (head.turn is None or self._now < head.turn)
            and found.documents.same_files(manifest.documents)
            and found.files.same_files(manifest.files)
            and head.oddities == _oddities(found)
            and intact(self.request.output, manifest.outputs, manifest.folders, head.ended)
        )

    def _changed(self, memory: Memory, found: content.Found) -> BuildReport:
        request, settings = self.request, self.settings
        if memory.head is None or memory.head.intake != self._intake:
            markup.known_extensions(settings.markup)
            memory.forget_documents()
        templates = self._survey_theme(memory)
        view = site.View(request.now, request.drafts, request.future)
        taken = Intake(request.root, settings, view, self.state.folder)
        archive = gather(found, memory, taken, executor.workers(request.jobs), self._told("Articles"))
        self.clock.lap("read articles")
        resolved = self._resolve(archive, memory, taken.terms)
        self.clock.lap("put in order")
        left = memory.left()
        seen, known = self._look(memory, left)
        self.clock.lap("look at output")
        ground = self._ground(resolved, templates)
        planned = plan.make(ground, known)
        work = compare(planned, left, seen)
        self.clock.lap("plan")
        report = self._report(archive, resolved, planned, work, templates)
        if request.strict and report.exit_code(strict=True):
            report.stopped = True
            return report
        done = self._write(work, ground, seen, report)
        self.clock.lap("render and write")
        self._remember(memory, found, _News(archive, resolved, planned, seen, templates), done, report)
        return report

    def _survey_theme(self, memory: Memory) -> TemplateSurvey:
        """What is known of the theme's templates; parsed where the theme changed."""
        if memory.head is not None and memory.head.theme == self._theme_digest:
            return memory.head.survey
        return self._templates.survey()

    @cached_property
    def _theme_digest(self) -> bytes:
        settings = self.settings
        return codec.digest(self.theme.digest, f"{settings.language} {settings.base_url}".encode())

    @cached_property
    def _templates(self) -> Templates:
        _, base_path = split_base(self.settings.base_url)
        return Templates(self.theme, self.settings.language, base_path)

    def _lines(self, source: str) -> Mapping[str, int]:
        """The line of each front-matter key of a source, for messages."""
        try:
            parsed = content.parse((self.request.root / source).read_bytes(), source)
        except OSError:
            return {}
        return parsed.document.lines if parsed.document else {}

    def _resolve(self, archive: Archive, memory: Memory, terms: site.Terms) -> site.Resolved:
        resolved = site.build(archive.rows, archive.files, self.settings, terms, self._lines)
        _, base_path = split_base(self.settings.base_url)
        finder = links.Finder(self.request.root, resolved.site, base_path)
        relink.relink(archive, resolved, memory, finder)
        if resolved.vocabulary.stolen:
            rows = relink.salted(archive.rows, resolved.vocabulary.stolen)
            return site.build(rows, archive.files, self.settings, terms, self._lines)
        return resolved

    def _look(self, memory: Memory, left: dict[str, Left]) -> tuple[Survey, plan.Known]:
        """What became of the last build's outputs, and what the planner may rely on."""
        head, output = memory.head, self.request.output
        if not output.is_dir():
            return Survey(gone=set(left)), plan.Known()
        seen = survey(output, left, memory.manifest.folders, head.ended if head else 0)
        marks = memory.marks()
        for name in seen.gone | seen.altered:
            marks.pop(left[name].family, None)
        return seen, plan.Known(marks, owners(left), frozenset(head.contested if head else ()))

    def _ground(self, resolved: site.Resolved, templates: TemplateSurvey) -> plan.Ground:
        chosen = self.theme
        sections = tuple(group.term for group in resolved.site.sections)
        chrome = plan.Chrome(self.settings, chosen.needs, chosen.words, sections, resolved.vocabulary.stolen)
        assets = {name: (str(path), chosen.asset_digests[name]) for name, path in chosen.assets.items()}
        return plan.Ground(resolved.site, chrome, templates.digests, templates.stories, assets)

    def _report(
        self, archive: Archive, resolved: site.Resolved, planned: plan.Plan, work: Work, templates: TemplateSurvey
    ) -> BuildReport:
        paths = work.left.keys() | {output.path for output, _, _ in work.todo}
        published = [row for source, row in archive.rows.items() if row.entry and source not in resolved.lost]
        problems = {
            *self.theme.problems,
            *archive.problems,
            *(problem for row in archive.rows.values() for problem in row.problems),
            *resolved.problems,
            *planned.problems,
            *links.check(published, paths),
            *checks.dead_navigation(self.settings, paths),
            *checks.unknown_templates(resolved.site, templates.stories, self._lines),
        }
        return BuildReport(
            posts=len(resolved.site.posts),
            pages=len(resolved.site.pages),
            outputs=Counter({"files": len(paths)}),
            articles=(len(published), sum(row.quick for row in published)),
            rendered={output.path: reason for output, _, reason in work.todo},
            unpublished=resolved.site.unpublished,
            problems=_in_order(problems),
        )

    def _write(self, work: Work, ground: plan.Ground, seen: Survey, report: BuildReport) -> Done:
        request, whole = self.request, ground.site
        press = Press(
            root=request.root,
            target=request.output,
            drafts=None,
            store=self.state.folder,
            chrome=ground.chrome,
            theme=self.theme,
            entries=(*whole.posts, *whole.pages),
        )
        writer = Writer(request.output, press, executor.workers(request.jobs), self._told("Pages"))
        if not request.output.exists() and not request.output.is_symlink():
            done = writer.anew(work)
        else:
            done = writer.into_place(work, keep=lambda problems: request.keep and bool(report.exit_code() or problems))
        report.problems = _in_order({*report.problems, *done.problems})
        self._sweep(done, seen, report)
        report.written, report.removed = len(done.written), len(done.removed)
        report.unchanged = len(done.left) - len(done.written)
        report.costs = done.costs
        return done

    def _sweep(self, done: Done, seen: Survey, report: BuildReport) -> None:
        """Delete what is in the output and was never planned."""
        if self.request.keep and report.exit_code():
            return
        root = Root(self.request.output)
        if seen.first:
            root.sweep([*done.left, MARKER])
        elif seen.disturbed:
            root.tidy(seen.disturbed, {*done.left, MARKER})
        done.removed += root.removed

    def _remember(self, memory: Memory, found: content.Found, news: _News, done: Done, report: BuildReport) -> None:
        """Commit what was seen and done, for the next build."""
        rows, turns = news.archive.rows, [turn for row in news.archive.rows.values() for turn in row.turns]
        touched = {*done.written, *done.removed, *(f"{name}/x" for name in news.seen.disturbed)}
        ended = self.state.moment()
        head = Head(
            engine=engine(),
            intake=self._intake,
            whole=self._whole,
            started=self.moment,
            ended=ended,
            now=self._now,
            turn=min((turn for turn in turns if turn > self._now), default=None),
            restless=ALWAYS in turns or restless((found.documents, found.files), self.moment),
            oddities=_oddities(found),
            theme=self._theme_digest,
            survey=news.templates,
            contested=tuple(sorted(news.planned.contested)),
            lost=tuple(sorted(news.resolved.lost)),
            summary=Summary.of(report),
        )
        found.documents.blobs = [news.archive.blobs[name] for name in found.documents.names]
        outputs, groups = outputs_table(done.left, news.planned.marks)
        folders = folders_table(self.request.output, memory.manifest.folders, touched, done.left)
        self.state.save(Manifest(codec.to_json(head), found.documents, found.files, outputs, folders, groups))
        self.state.tidy(row.entry.spot for row in rows.values() if row.entry)

    def _told(self, name: str) -> Callable[[int], object]:
        def step(total: int) -> None:
            if total:
                self.progress.stage(name, total)
            else:
                self.progress.step()

        return step


def _oddities(found: content.Found) -> bytes:
    """The digest of what is wrong with names and links."""
    return codec.of(found.problems, found.failed)


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda p: (p.path or "", p.line or 0, p.cause)))

"""The line of calls from files to files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from generator import codec, content, executor, links, markup, plan, site
from generator.build import books, checks, embargo, relink, skeleton
from generator.build.amended import Amended, amended
from generator.build.engine import engine
from generator.build.front import Frame, oddities
from generator.build.gather import Archive, gather
from generator.build.ground import ground_of
from generator.build.kinds import kind_of, page_of
from generator.build.left import Outputs
from generator.build.memory import Head, Memory, Summary, overdue, restless
from generator.build.owners import Owners, Taken
from generator.build.promised import Promised
from generator.build.request import BuildReport
from generator.build.skeleton import Made
from generator.build.survey import Survey
from generator.build.write import Done, Work, Writer, compare, folders_table
from generator.cache.manifest import Manifest
from generator.errors import Problem
from generator.ingest import Intake
from generator.ledger import Kept
from generator.model.entry import ALWAYS
from generator.permalinks import out_path
from generator.press import Press
from generator.records import Record, replace
from generator.theme import Survey as TemplateSurvey
from generator.theme import Templates
from generator.writer import MARKER, Root


def changed(frame: Frame, memory: Memory, found: content.Found) -> BuildReport:
    """Build what changed; see front.build."""
    return _Build(frame, memory, found).run()


class _News(Record, frozen=True):
    """What a build found out, for the next one to remember.

    Attributes:
        broken: Links that lead nowhere.
    """

    archive: Archive
    resolved: site.Resolved
    kept: Kept
    planned: plan.Plan
    seen: Survey
    templates: TemplateSurvey
    broken: tuple[Problem, ...]


class _Build(Record, dict=True):
    """One build, holding the lock."""

    frame: Frame
    memory: Memory
    found: content.Found
    made: Made | None = None
    hidden: bool = False
    short: Amended | None = None

    def run(self) -> BuildReport:
        """From files to files."""
        frame, memory = self.frame, self.memory
        request, settings, lap = frame.request, frame.settings, frame.clock.lap
        late = () if request.future else overdue(memory, frame.now)
        if memory.head is None or memory.head.intake != frame.intake:
            markup.known_extensions(settings.markup)
            memory.forget_documents()
        templates = self._survey_theme()
        archive, resolved, kept = self._read()
        left = memory.left()
        ground = ground_of(settings, frame.theme, resolved, templates, frame.now)
        planned, seen = self._planned(ground, left)
        work = compare(planned, left, seen)
        lap("plan")
        broken = self._broken_links(archive, resolved, work, planned)
        news = _News(archive, resolved, kept, planned, seen, templates, broken)
        report = self._report(news, work)
        report.overdue = late
        if request.strict and report.exit_code(strict=True):
            report.stopped = True
            frame.session.forget()  # entries that it was lent are not as they are remembered
            return report
        report.reading = archive.costs
        done = self._write(work, ground, seen, report)
        lap("render and write")
        self._remember(news, done, report)
        lap("remember")
        return report

    def _read(self) -> tuple[Archive, site.Resolved, Kept]:
        """All articles, the site that they make, and what the ledger asks of it."""
        frame, request, lap = self.frame, self.frame.request, self.frame.clock.lap
        view = site.View(request.now, request.drafts, request.future)
        taken = Intake(request.root, frame.settings, view, frame.state.folder)
        if short := amended(frame, self.memory, self.found, taken, self._theme_digest):
            self.made, self.short, whole = short.made, short, short.made.resolved.site
            lap("read articles")
            return short.archive, short.made.resolved, Kept(whole.former, (), (), whole.gone)
        ledger = books.opened(request, self.found, frame.session)
        jobs = executor.workers(request.jobs)
        archive = gather(self.found, self.memory, taken, jobs, frame.told("Articles"), measure=request.profile)
        books.identify(ledger, archive, taken, jobs, had_none=self.memory.had_no_ledger)
        lap("read articles")
        resolved, kept = books.audit(
            ledger, archive.rows, archive.odd, self._resolve(archive, taken.terms), self._lines
        )
        if not kept.problems and not kept.vanished:
            made = Made.of(frame.settings, self._theme_digest, resolved, archive.rows.values(), Promised.of(ledger))
            self.made = made and replace(made, hidden=self.hidden)
        lap("put in order")
        return archive, resolved, kept

    def _survey_theme(self) -> TemplateSurvey:
        """What is known of the theme's templates; parsed where the theme changed."""
        head = self.memory.head
        if head is not None and head.theme == self._theme_digest:
            return head.survey
        return self._templates.survey()

    @cached_property
    def _theme_digest(self) -> bytes:
        settings = self.frame.settings
        return codec.digest(self.frame.theme.digest, f"{settings.language} {settings.base_url}".encode())

    @cached_property
    def _templates(self) -> Templates:
        """The theme's, compiled as far as an earlier build of this process used them."""
        session, frame = self.frame.session, self.frame
        if session.templates is None or session.templates[0] != self._theme_digest:
            made = Templates(frame.theme, frame.settings.language, frame.base_path)
            session.templates = (self._theme_digest, made)
        return session.templates[1]

    def _lines(self, source: str) -> Mapping[str, int]:
        """The line of each front-matter key of a source, for messages."""
        try:
            parsed = content.parse((self.frame.request.root / source).read_bytes(), source)
        except OSError:
            return {}
        return parsed.document.lines if parsed.document else {}

    def _resolve(self, archive: Archive, terms: site.Terms) -> site.Resolved:
        frame = self.frame
        resolved = site.build(archive.rows, archive.files, frame.settings, terms, self._lines)
        finder = links.Finder(frame.request.root, resolved.site, frame.base_path)
        relink.relink(archive, resolved, self.memory, finder)
        if resolved.vocabulary.stolen:
            rows = relink.salted(archive.rows, resolved.vocabulary.stolen)
            resolved = site.build(rows, archive.files, frame.settings, terms, self._lines)
        shown = embargo.withhold(resolved, archive, finder)
        self.hidden = shown is not resolved
        return shown

    def _planned(self, ground: plan.Ground, left: Outputs) -> tuple[plan.Plan, Survey]:
        """What is to be made, and what became of the last build's outputs.

        That is asked for last, since another process looks, and seldom makes a difference to the plan.
        """
        frame, head, lap = self.frame, self.memory.head, self.frame.clock.lap
        if not frame.request.output.is_dir():
            return plan.make(ground, plan.Known()), Survey(gone=set(left))
        marks, owners = self.memory.marks(), Owners(left, self.made.taken if self.made else None)
        known = plan.Known(marks, owners, frozenset(head.contested if head else ()))
        planned = plan.make(ground, known)
        lap("plan")
        seen = Survey() if frame.session.trusted else frame.seen
        lap("look at output")
        if lost := {left[name].family for name in seen.gone | seen.altered} - planned.planned:
            known.marks = {name: mark for name, mark in marks.items() if name not in lost}
            planned = plan.make(ground, known)
        return planned, seen

    def _broken_links(
        self, archive: Archive, resolved: site.Resolved, work: Work, planned: plan.Plan
    ) -> tuple[Problem, ...]:
        """Links that lead nowhere, or to what was withdrawn.

        Where every page is still there, only those are looked at that changed since, or led nowhere already.
        """
        head, rows, lost = self.memory.head, archive.rows, resolved.lost
        buried = _buried(planned)
        doubtful: Collection[str] = rows.keys()
        if head is not None and head.dead is not None and not work.gone and set(head.buried) == buried:
            doubtful = sorted(rows.keys() & archive.changed.union(head.dead))
        suspects = [rows[source] for source in doubtful if rows[source].entry and source not in lost]
        return tuple(links.check(suspects, work.paths, buried))

    def _report(self, news: _News, work: Work) -> BuildReport:
        archive, resolved = news.archive, news.resolved
        paths = work.paths
        off = resolved.lost.union(source for source in archive.odd if not archive.rows[source].entry)
        slow = len(archive.census.slow - off)
        published = len(archive.rows) - len(off)
        problems = {
            *self.frame.theme.problems,
            *archive.problems,
            *(problem for row in archive.odd_rows for problem in row.problems),
            *resolved.problems,
            *news.kept.told(allow_vanished=self.frame.request.allow_vanished),
            *news.planned.problems,
            *news.broken,
            *checks.dead_navigation(self.frame.settings, paths),
            *checks.dead_redirects(self.frame.settings, paths),
            *checks.unknown_templates(resolved.site, news.templates.stories, self._lines),
        }
        return BuildReport(
            posts=len(resolved.site.posts),
            pages=len(resolved.site.pages),
            outputs=Counter({"files": len(paths)}),
            articles=(published, published - slow),
            rendered={output.path: reason for output, _, reason in work.todo},
            unpublished=resolved.site.unpublished,
            problems=_in_order(problems),
        )

    def _write(self, work: Work, ground: plan.Ground, seen: Survey, report: BuildReport) -> Done:
        frame, request, whole = self.frame, self.frame.request, ground.site
        press = Press(
            root=request.root,
            target=request.output,
            drafts=None,
            store=frame.state.folder,
            chrome=ground.chrome,
            theme=frame.theme,
            templates=self._templates if frame.session.lasts else None,
            entries=whole.documents,
        )
        writer = Writer(request.output, press, executor.workers(request.jobs), frame.told("Pages"))
        writer.first, writer.ready = request.first, frame.progress.ready
        if not request.output.exists() and not request.output.is_symlink():
            done = writer.anew(work)
        else:
            done = writer.into_place(work, keep=lambda problems: request.keep and bool(report.exit_code() or problems))
        report.problems = _in_order({*report.problems, *done.problems})
        self._sweep(done, seen, report)
        report.written, report.removed = len(done.written), len(done.removed)
        report.unchanged = len(done.left) - len(done.written)
        report.costs = done.costs
        if request.profile:
            report.kinds = {output.path: (kind_of(output), page_of(output)) for output, _, _ in work.todo}
        return done

    def _sweep(self, done: Done, seen: Survey, report: BuildReport) -> None:
        """Delete what is in the output and was never planned."""
        if self.frame.request.keep and report.exit_code():
            return
        root = Root(self.frame.request.output)
        if seen.first:
            root.sweep([*done.left, MARKER])
        elif seen.disturbed:
            root.tidy(seen.disturbed, {*done.left, MARKER})
        done.removed += root.removed

    def _remember(self, news: _News, done: Done, report: BuildReport) -> None:
        """Commit what was seen and done, for the next build."""
        frame, found, rows, before = self.frame, self.found, news.archive.rows, self.memory.manifest
        turns = [turn for source in news.archive.census.turning for turn in rows[source].turns]
        turns += [] if news.planned.turn is None else [news.planned.turn]
        touched = {*done.written, *done.removed, *(f"{name}/x" for name in news.seen.disturbed)}
        head = Head(
            engine=engine(),
            intake=frame.intake,
            whole=frame.whole,
            started=frame.moment,
            ended=frame.state.moment(),
            now=frame.now,
            turn=min((turn for turn in turns if turn > frame.now), default=None),
            always=ALWAYS in turns,
            restless=restless((found.documents, found.files), found.ledger, frame.moment),
            oddities=oddities(found),
            theme=self._theme_digest,
            survey=news.templates,
            contested=tuple(sorted(news.planned.contested)),
            ledger=found.ledger,
            lost=tuple(sorted(news.resolved.lost)),
            dead=None if done.problems else tuple(sorted({problem.path or "" for problem in news.broken})),
            buried=tuple(sorted(_buried(news.planned))),
            summary=Summary.of(report),
        )
        found.documents.carry(before.documents, {name: codec.pack(rows[name]) for name in news.archive.changed})
        folders = folders_table(frame.request.output, before.folders, touched, done.left)
        found.files.carry(before.files, found.files.fresh)
        manifest = Manifest(codec.to_json(head), found.documents, found.files, before.outputs, folders, before.groups)
        manifest.base = before.base if self.short and self.short.small else b""
        made, census, documents = self.made, news.archive.census, found.documents
        manifest.skeleton = lambda: skeleton.pack(made, census, documents, Taken.of(done.left, folders.names))
        memory = Memory.of(manifest, head, rows, done.left, news.planned.marks)
        if self.short:
            memory.site, memory.census = made, census
        frame.session.keep(frame.state, memory, found)
        frame.state.tidy(news.archive.census.useful)


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda p: (p.path or "", p.line or 0, p.cause)))


def _buried(planned: plan.Plan) -> set[str]:
    """The paths at which something was withdrawn."""
    return set(map(out_path, planned.answers.gone))

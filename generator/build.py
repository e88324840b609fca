"""The pipeline: content → site → plan → bytes → output, and a report of what was done."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from generator import config, content, executor, links, markup, plan, site, theme
from generator.errors import ContentError, Problem, Severity, UsageError, worst
from generator.model.document import Document
from generator.model.site import Post, Site, Unpublished
from generator.model.views import BodyKey
from generator.permalinks import PathError, out_path, site_path, split_base
from generator.plan import Plan
from generator.plan.chrome import Chrome
from generator.render import Renderer
from generator.site.resolve import View
from generator.writer import MARKER, Root


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRequest:
    """What to build.

    Attributes:
        root: The site's folder.
        output: Where to write.
        now: The clock.
        overrides: Settings from the command line.
        drafts: Show drafts.
        future: Show scheduled posts.
        strict: Warnings fail, and any problem stops the build before it writes.
        keep: Delete nothing after an error, so that the last good page of a broken post stays; for previews.
        jobs: Processes; None for all cores.
    """

    root: Path
    output: Path
    now: dt.datetime
    overrides: Mapping[str, str] = field(default_factory=dict)
    drafts: bool = False
    future: bool = False
    strict: bool = False
    keep: bool = False
    jobs: int | None = None


@dataclass(slots=True, kw_only=True)
class BuildReport:
    """What a build did.

    Attributes:
        posts: Stories published.
        pages: Standing pages published.
        outputs: How many files the site has, by kind of view.
        written: Files whose bytes changed.
        unchanged: Files that were right already.
        removed: Files that are no longer planned.
        unpublished: What was read and is not on the site, and why.
        problems: All that is wrong, in the order of files.
        stopped: True where problems kept the build from writing at all.
    """

    posts: int = 0
    pages: int = 0
    outputs: Counter[str] = field(default_factory=Counter)
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    unpublished: tuple[Unpublished, ...] = ()
    problems: tuple[Problem, ...] = ()
    stopped: bool = False

    def exit_code(self, *, strict: bool = False) -> int:
        """0, or 1 with errors (when strict, warnings too)."""
        return worst(self.problems, strict=strict)


class Progress(Protocol):
    """Told how far a build is; the terminal draws a bar from it."""

    def stage(self, name: str, total: int) -> None:
        """A stage of `total` steps begins."""

    def step(self) -> None:
        """A step is done."""


class Silent:
    """Progress that nobody watches."""

    def stage(self, name: str, total: int) -> None:
        """Do nothing."""

    def step(self) -> None:
        """Do nothing."""


def build(request: BuildRequest, progress: Progress | None = None) -> BuildReport:
    """Build a site.

    Problems in content are in the report, and what is sound is built; only what makes a build impossible is raised.

    Raises:
        SettingsError: `site.toml` is missing or wrong.
        ThemeError: The theme is missing or one of its templates fails.
        OutputError: The output folder is not ours, or the system refused to write.
    """
    progress = progress or Silent()
    settings = config.load(request.root, request.overrides)
    markup.known_extensions(settings.markup)
    _refuse_overlap(request)
    _, base_path = split_base(settings.base_url)
    chosen = theme.load(request.root, settings.theme, settings.language)
    templates = theme.Templates(chosen, settings.language, base_path)

    progress.stage("Reading", 0)
    loaded = content.load(request.root)
    view = View(request.now, request.drafts, request.future)
    documents, strangers = _with_known_templates(loaded.documents, templates.story_names())
    resolved = site.build(documents, loaded.files, loaded.failed, settings, view)
    settled = _Settling(request, settings, chosen, resolved.bodies, progress).settle(resolved.site)

    problems = {*chosen.problems, *loaded.problems, *resolved.problems, *strangers, *settled.problems}
    report = BuildReport(
        posts=len(settled.chrome.site.posts),
        pages=len(settled.chrome.site.pages),
        outputs=Counter(type(output.view).__name__ for output in settled.plan.outputs),
        unpublished=settled.chrome.site.unpublished,
        problems=tuple(sorted(problems, key=lambda p: (p.path or "", p.line or 0, p.cause))),
    )
    if request.strict and report.exit_code(strict=True):
        report.stopped = True
        return report
    root = Root(request.output)
    lost = _write(root, settled.plan, Renderer(settled.chrome.view, templates, settled.fragments), progress)
    report.problems += tuple(lost)
    if not (request.keep and report.exit_code()):
        root.sweep([*(output.path for output in settled.plan.outputs), MARKER])
    report.written, report.unchanged, report.removed = len(root.written), root.unchanged, len(root.removed)
    return report


@dataclass(frozen=True, slots=True)
class _Settled:
    """A plan all of whose bodies could be rendered."""

    chrome: Chrome
    plan: Plan
    fragments: Mapping[BodyKey, markup.Fragment]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Settling:
    """Plans a site and renders its bodies; a body that cannot be rendered takes its post off the site."""

    request: BuildRequest
    settings: config.Settings
    theme: theme.Theme
    bodies: Mapping[str, str]
    progress: Progress
    fragments: dict[BodyKey, markup.Fragment] = field(default_factory=dict)

    def settle(self, current: Site) -> _Settled:
        """Plan again without what failed until all is sound: one pass, or two."""
        _, base_path = split_base(self.settings.base_url)
        failures: set[Problem] = set()
        while True:
            found = links.resolve(self.request.root, current, self.bodies, base_path)
            chrome = Chrome(current, self.settings, found, self.theme)
            planned = plan.make(chrome, self.request.root)
            self._render_bodies(planned, current, found)
            wanted = {key: self.fragments[key] for output in planned.outputs for key in output.bodies}
            notes = {problem for fragment in wanted.values() for problem in fragment.problems}
            errors = {problem for problem in notes if problem.severity is Severity.ERROR}
            failures |= errors
            if not errors:
                problems = (*failures, *notes, *planned.problems, *self._dead_ends(planned, current, found, wanted))
                return _Settled(chrome, planned, wanted, problems)
            current = site.without(current, {problem.path or "" for problem in errors}, self.settings)

    def _dead_ends(
        self, planned: Plan, current: Site, found: links.Links, bodies: Mapping[BodyKey, markup.Fragment]
    ) -> Iterator[Problem]:
        """Links of bodies, lead pictures and the navigation that lead nowhere, now that all pages are known."""
        met = {key.source: fragment.met for key, fragment in bodies.items()}
        for post in (*current.posts, *current.pages):
            if post.image:
                met[post.source] = met.get(post.source, frozenset()) | {post.image.src}
        paths = {output.path for output in planned.outputs}
        yield from links.check(found, paths, met)
        yield from _dead_navigation(self.settings, paths)

    def _render_bodies(self, planned: Plan, current: Site, found: links.Links) -> None:
        """Render the bodies that the plan needs and that are not rendered yet."""
        by_source = {post.source: post for post in (*current.posts, *current.pages)}
        wanted = dict.fromkeys(key for output in planned.outputs for key in output.bodies if key not in self.fragments)
        jobs = [self._job(by_source[key.source], found) for key in wanted]
        self.progress.stage("Articles", len(jobs))
        done = executor.run(markup.convert, jobs, executor.workers(self.request.jobs), done=self.progress.step)
        self.fragments.update(zip(wanted, done, strict=True))

    def _job(self, post: Post, found: links.Links) -> markup.Job:
        return markup.Job(
            source=post.source,
            line=post.body_line,
            body=self.bodies[post.source],
            identity=post.id,
            language=post.language,
            references=found.bodies[post.source],
            settings=self.settings.markup,
        )


def _dead_navigation(settings: config.Settings, paths: Collection[str]) -> Iterator[Problem]:
    """Entries of the navigation that lead to no page."""
    for entry in settings.navigation:
        if entry.url.startswith("/") and not _is_page(urlsplit(entry.url).path, paths):
            fix = "navigation begins at the site's own root, without the path of base_url"
            yield Problem(f"`navigation` has a link to {entry.url!r}, which is no page of the site", fix, config.NAME)


def _is_page(path: str, paths: Collection[str]) -> bool:
    try:
        decoded = site_path(path)
    except PathError:
        return False
    return out_path(decoded) in paths or out_path(f"{decoded.rstrip('/')}/") in paths


def _refuse_overlap(request: BuildRequest) -> None:
    """The output folder may not be, hold or lie in what the site is made from.

    Raises:
        UsageError: It would.
    """
    output, root = request.output.resolve(), request.root.resolve()
    sources = [root / name for name in ("content", "themes")]
    if output == root or root.is_relative_to(output) or any(output.is_relative_to(source) for source in sources):
        raise UsageError(
            Problem(f"the output folder {output} overlaps the site's own files", "choose another with --output DIR")
        )


def _with_known_templates(
    documents: Iterable[Document], names: Collection[str]
) -> tuple[list[Document], list[Problem]]:
    """Documents that name a template the theme lacks use the usual one, and are told."""
    known: list[Document] = []
    problems: list[Problem] = []
    for document in documents:
        template = document.front.template
        if template is None or template in names:
            known.append(document)
            continue
        fix = f"templates at hand: {', '.join(sorted(names))}"
        cause = f"the theme has no template {template!r}"
        problems.append(Problem(cause, fix, document.path, document.lines.get("template", 1)))
        known.append(replace(document, front=replace(document.front, template=None)))
    return known, problems


def _write(root: Root, planned: Plan, renderer: Renderer, progress: Progress) -> list[Problem]:
    """Render and write every output; problems of files that could not be copied."""
    problems: list[Problem] = []
    root.adopt()
    progress.stage("Pages", len(planned.outputs))
    for item in planned.outputs:
        try:
            root.write(item.path, renderer.render(item))
        except ContentError as error:
            problems.extend(error.problems)
        progress.step()
    return problems

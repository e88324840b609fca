"""What each file of a site is made from, and why a build made it: the plan, told to a person."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator import codec, content, plan
from generator.build.kinds import Role, Roles, kind_of
from generator.build.request import BuildReport, BuildRequest
from generator.build.standing import Standing
from generator.errors import Problem, UsageError, similar
from generator.model.entry import Entry, Row, microseconds
from generator.model.machine import CopyView, RobotsView
from generator.permalinks import out_path
from generator.plan import Output, Part
from generator.plan.subjects import Feed, Listing, News, Story
from generator.records import Record, replace

_CHROME = ("title", "description", "base_url", "language", "logo", "copyright", "navigation", "sections", "extra")
"""Settings that show on every page."""

_ARTICLE = ("timezone", "permalink", "markup")
"""Settings that decide what an article means by itself."""


class Explanation(Record, frozen=True):
    """All that one file of a site depends on.

    Attributes:
        path: Below the output folder.
        url: Its whole address.
        origin: What asks for it.
        kind: See kind_of.
        reason: Why the build rendered it; empty where it did not.
        templates: Its template, then all that this includes.
        texts: Files of the theme's texts.
        settings: Keys of site.toml.
        articles: Sources of the articles that it shows, by their role.
        files: Sources of the files that it holds or copies.
        parts: What would have it rendered again.
    """

    path: str
    url: str
    origin: str
    kind: str
    reason: str
    templates: tuple[str, ...]
    texts: tuple[str, ...]
    settings: tuple[str, ...]
    articles: tuple[tuple[Role, tuple[str, ...]], ...]
    files: tuple[str, ...]
    parts: tuple[Part, ...]


class Uses(Record, frozen=True):
    """All files that show a source.

    Attributes:
        source: The source.
        absence: Why it is not on the site; empty where it is.
        files: Paths of outputs by the role that it has in them; None where it is no article.
        rendered: Those of them that the build rendered, with the reasons.
    """

    source: str
    absence: str
    files: tuple[tuple[Role | None, tuple[str, ...]], ...]
    rendered: Mapping[str, str]


class Forecast(Record, frozen=True):
    """What one more story would have rendered.

    Attributes:
        like: Source of the story that it is like.
        changes: Kind of output, reason and how many, most first.
        dear: Templates of articles that show the site's newest stories, with their need (`latest:5`), so that all
            pages made with them change.
    """

    like: str
    changes: tuple[tuple[str, str, int], ...]
    dear: tuple[tuple[str, str], ...]

    @property
    def total(self) -> int:
        """How many files."""
        return sum(count for _, _, count in self.changes)


def reasons(rendered: Mapping[str, str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Paths of rendered files by reason, the most frequent reason first."""
    found: dict[str, list[str]] = {}
    for path, reason in sorted(rendered.items()):
        found.setdefault(reason, []).append(path)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple((reason, tuple(paths)) for reason, paths in ordered)


def forecast(request: BuildRequest) -> Forecast | None:
    """What a story like the newest one, but published now, would have rendered; None for a site without stories."""
    standing = Standing.of(request)
    ground = standing.ground()
    if not ground.site.posts:
        return None
    like = ground.site.posts[0]
    entry = _one_more(like, request.now.astimezone(standing.settings.zone))
    before = {output.path: output for output, _ in plan.make(ground, plan.Known()).outputs}
    after = plan.make(standing.ground({entry.source: Row(digest=b"", entry=entry)}), plan.Known())
    counts: Counter[tuple[str, str]] = Counter()
    for output, _ in after.outputs:
        if reason := _change(before.get(output.path), output):
            counts[kind_of(output), reason] += 1
    changes = tuple((kind, reason, count) for (kind, reason), count in counts.most_common())
    needs = {name: ground.chrome.need(name, "latest") for name in sorted({*ground.stories, "post", "page"})}
    dear = tuple((f"{name}.html", f"latest:{need}") for name, need in needs.items() if need)
    return Forecast(like.source, changes, dear)


def _one_more(like: Entry, now: dt.datetime) -> Entry:
    """The entry of a story like another, published now, or right after it where it is still to come."""
    url = f"{like.url.rstrip('/')}-one-more/"
    late = microseconds(now) <= like.when
    return replace(
        like,
        source=f"{content.FOLDER}/one-more.md",
        id=f"{like.id}-one-more",
        when=like.when + 1 if late else microseconds(now),
        day=like.day if late else now.date().isoformat(),
        modified=like.modified if late else now.isoformat("T", "seconds"),
        url=url,
        out_path=out_path(url),
        aliases=(),
        link=codec.digest(like.link),
        card=codec.digest(like.card),
        story=codec.digest(like.story),
    )


def _change(old: Output | None, new: Output) -> str:
    """Why an output would be rendered again; empty where it would not."""
    if old is None:
        return "new"
    was = dict(old.parts)
    return "; ".join(part for part, digest in new.parts if was.get(part) != digest)


def explain(request: BuildRequest, report: BuildReport, name: str) -> Explanation | Uses:
    """All that a file of the site depends on, or all files that depend on a source.

    Args:
        request: Of a build that has been done.
        report: Its report.
        name: A path in the output folder, a URL of the site or its path, or the path of a source.

    Raises:
        UsageError: No file of the site and no source has this name; with the nearest ones.
    """
    return _Explainer(request, report, Standing.of(request)).explain(name)


class _Explainer(Record, dict=True):
    request: BuildRequest
    report: BuildReport
    standing: Standing

    @cached_property
    def _ground(self) -> plan.Ground:
        return self.standing.ground()

    @cached_property
    def _outputs(self) -> dict[str, Output]:
        return {output.path: output for output, _ in plan.make(self._ground, plan.Known()).outputs}

    @cached_property
    def _roles(self) -> Roles:
        return Roles(self._ground)

    @cached_property
    def _sources(self) -> set[str]:
        return {*self.standing.rows, *(file.source for file in self.standing.files)}

    @cached_property
    def _theme(self) -> dict[str, frozenset[str]]:
        """Files of the theme by the template that they are part of."""
        closure, texts = self.standing.templates.closure, self._texts()
        return {name: frozenset([*closure(name), *texts]) for name in self._ground.templates}

    @cached_property
    def _theme_files(self) -> set[str]:
        assets = [CopyView(path) for path, _ in self._ground.assets.values()]
        return {name for names in self._theme.values() for name in names} | {self._copied(view) for view in assets}

    def explain(self, name: str) -> Explanation | Uses:
        wanted = list(dict.fromkeys(self._meanings(name)))
        for one in wanted:
            if one in self._outputs:
                return self._explanation(self._outputs[one])
            if one in self._sources or one in self._theme_files:
                return self._uses(one)
        near = similar(wanted[-1], {*self._outputs, *self._sources, *self._theme_files}, most=3)
        fix = f"did you mean {' or '.join(near)}?" if near else "give a path of the output folder, a URL or a source"
        raise UsageError(Problem(f"{name!r} is no file of the site, and no source of one", fix))

    def _meanings(self, name: str) -> Iterator[str]:
        """What a name may mean, as paths below the output folder or below the site's folder."""
        chrome = self._ground.chrome
        parts = urlsplit(name)
        if parts.scheme in ("http", "https"):
            if f"{parts.scheme}://{parts.netloc}" != chrome.origin:
                cause = f"{name!r} is an address of another site"
                raise UsageError(Problem(cause, f"this site's begin with {chrome.origin}{chrome.base_path}/"))
            name = parts.path or "/"
        elif not name.startswith("/"):
            yield name
        for root in (self.request.output, self.request.root):
            path = Path(name).absolute()
            if path.is_relative_to(root.absolute()):
                yield path.relative_to(root.absolute()).as_posix()
        name = unquote(name)
        if chrome.base_path and f"{name}/".startswith(f"{chrome.base_path}/"):
            name = name.removeprefix(chrome.base_path) or "/"
        name = name.lstrip("/")
        yield out_path(f"/{name.rstrip('/')}/" if name else "/")
        yield out_path(f"/{name}")

    def _explanation(self, output: Output) -> Explanation:
        chrome = self._ground.chrome
        address = f"/{output.path}"
        entries = self._roles.entries
        named = [(role, tuple([entries[n].source for n in numbers])) for role, numbers in self._roles.of(output)]
        return Explanation(
            path=output.path,
            url=chrome.absolute(address.removesuffix("index.html") if address.endswith("/index.html") else address),
            origin=output.origin,
            kind=kind_of(output),
            reason=self.report.rendered.get(output.path, ""),
            templates=tuple(self.standing.templates.closure(output.template)) if output.template else (),
            texts=self._texts() if output.template else (),
            settings=tuple(self._settings(output)),
            articles=tuple(named),
            files=tuple(self._files(output)),
            parts=tuple(part for part, _ in output.parts),
        )

    def _texts(self) -> tuple[str, ...]:
        """Files of the theme's texts that are read for the site's language."""
        language = self.standing.settings.language
        names = dict.fromkeys(("en", language.split("-")[0].lower(), language))
        found = [folder / "locales" / f"{name}.toml" for folder in self.standing.theme.folders for name in names]
        return tuple(f"themes/{path.parents[1].name}/locales/{path.name}" for path in found if path.is_file())

    def _settings(self, output: Output) -> Iterator[str]:
        parts = dict(output.parts)
        if parts.get(Part.SITE) == self._ground.frame:
            yield from _CHROME
        elif Part.SITE in parts:
            yield "base_url"
        match output.subject:
            case Story():
                yield from _ARTICLE
            case Listing():
                yield "page_size"
            case Feed():
                yield "feeds"
            case News():
                yield from ("title", "language", "news_sitemap")
            case RobotsView():
                yield "news_sitemap"

    def _files(self, output: Output) -> Iterator[str]:
        """What an output copies, or what of ours the article on it shows or links to."""
        if isinstance(output.subject, CopyView):
            yield self._copied(output.subject)
        elif isinstance(output.subject, Story):
            entry = self._roles.entries[output.subject.number]
            found = (*entry.references, *([entry.image] if entry.image else []))
            yield from dict.fromkeys(self._by_url[ref.url] for ref in found if ref.url in self._by_url)

    @cached_property
    def _by_url(self) -> dict[str, str]:
        return {self._ground.chrome.url(f"/{file.out_path}"): file.source for file in self._ground.site.files}

    def _copied(self, view: CopyView) -> str:
        """The source of a copy, or its place in the theme."""
        for folder in self.standing.theme.folders:
            if Path(view.file).is_relative_to(folder):
                return f"themes/{folder.name}/{Path(view.file).relative_to(folder).as_posix()}"
        return view.file

    def _uses(self, source: str) -> Uses:
        row = self.standing.rows.get(source)
        number = self._ground.numbers.get(source)
        found: dict[Role | None, list[str]] = {}
        for output in self._outputs.values():
            roles: list[Role | None] = [role for role, numbers in self._roles.of(output) if number in numbers]
            if source in self._theme.get(output.template or "", ()) or source in self._files(output):
                roles.append(None)
            for role in roles:
                found.setdefault(role, []).append(output.path)
        absence = "" if row is None or number is not None else row.absence or "clashes with another article"
        rendered = {path: self.report.rendered.get(path, "") for paths in found.values() for path in paths}
        files = tuple((role, tuple(sorted(found[role]))) for role in (*Role, None) if role in found)
        return Uses(source, absence, files, {path: reason for path, reason in rendered.items() if reason})

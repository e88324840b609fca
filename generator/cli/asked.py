"""What `dateline build` tells beside its summary, where one asks for it: --explain, --profile, --verify."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from generator import executor
from generator.build import BuildReport, BuildRequest
from generator.build.explain import Explanation, Forecast, Uses, explain, forecast, reasons
from generator.build.kinds import Role
from generator.build.profile import Profile, profile
from generator.build.verify import Difference, Verdict, verify
from generator.cache.state import FOLDER
from generator.cli import profile_page
from generator.cli.console import Bar, Console, counted, some
from generator.records import Record
from generator.writer import replace_file

EVERYTHING = "."
"""What `--explain` stands for where it stands alone."""

_DIFFERENCES = 20
_PATHS = 5
_SLOWEST = 15

_USES = {
    Role.ITSELF: "its own page",
    Role.NEWER: "pages that have it as the next newer story",
    Role.OLDER: "pages that have it as the next older story",
    Role.SECTION: "pages that show it as an earlier story of their section",
    Role.LATEST: "pages that show it as one of the newest stories",
    Role.LINKED: "pages of articles that link to it",
    Role.TARGET: "redirects that lead to it",
    Role.LISTED: "lists, archives and sitemaps that have it",
    Role.BLOCKS: "pages that show it as one of the newest of its section",
    Role.CARRIED: "feeds that carry it",
    Role.COUNTED: "indexes that count it",
    None: "files that are made with it, or show it, or are copies of it",
}


class Asked(Record, frozen=True, kw_only=True):
    """What was asked for.

    Attributes:
        verify: Compare with a clean build.
        explain: A path, or EVERYTHING; None where it was not asked for.
        profile: The file of the pictures, empty for the usual one; None where it was not asked for.
    """

    verify: bool
    explain: str | None
    profile: str | None


def answer(asked: Asked, request: BuildRequest, report: BuildReport, console: Console) -> int:
    """Print all that was asked for, `--quiet` or not; the exit code.

    Raises:
        UsageError: `--explain` names what is not there.
    """
    if report.stopped:
        return 0  # the report's own code says that nothing was written
    if asked.profile is not None:
        _print(_profiled(profile(report), request, asked.profile))
    if asked.explain is not None:
        _print(_explained(asked.explain, request, report, console))
    if not asked.verify:
        return 0
    with Bar(quiet=console.quiet) as bar:
        verdict = verify(request, bar)
    if verdict.differences:
        _print(_differing(verdict, console), err=True)
        return 1
    console.say(f"verified: {counted(verdict.files, 'file')} are what a clean build makes")
    return 0


def _print(lines: Iterator[str], *, err: bool = False) -> None:
    for line in lines:
        click.echo(line, err=err)


def _differing(verdict: Verdict, console: Console) -> Iterator[str]:
    found = verdict.differences
    verb = "is" if len(found) == 1 else "are"
    yield f"error: {counted(len(found), 'file')} {verb} not what a clean build makes; it makes {verdict.files:,}"
    shown = found if console.verbose else found[:_DIFFERENCES]
    for difference in shown:
        yield from _difference(difference)
    if len(shown) < len(found):
        yield f"  and {len(found) - len(shown):,} more; -v shows all"
    yield "  Unless the site was edited meanwhile, this is a fault of Dateline, or of an extension that reads what"
    yield "  Dateline cannot see. `dateline build --fresh` puts it right."


def _difference(difference: Difference) -> Iterator[str]:
    place = f":{difference.line}" if difference.line else ""
    yield f"  {difference.fault}: {difference.path}{place}"
    if difference.line:
        yield f"    here:        {difference.here or '(nothing)'}"
        yield f"    clean build: {difference.clean or '(nothing)'}"


def _explained(name: str, request: BuildRequest, report: BuildReport, console: Console) -> Iterator[str]:
    if name == EVERYTHING:
        yield from _rendered(report, console)
        if one_more := forecast(request):
            yield from _forecast(one_more)
        return
    found = explain(request, report, name)
    yield from _uses(found, console) if isinstance(found, Uses) else _explanation(found, console)


def _rendered(report: BuildReport, console: Console) -> Iterator[str]:
    """What was rendered and why, and how articles went through Markdown."""
    files = report.written + report.unchanged
    yield f"Rendered in this build: {len(report.rendered):,} of {counted(files, 'file')}"
    for reason, paths in reasons(report.rendered):
        yield f"  {counted(len(paths), 'file')}: {reason}"
        yield from (f"    {line}" for line in some(paths, _PATHS, whole=console.verbose))
    articles, quick = report.articles
    yield f"{quick:,} of {counted(articles, 'article')} took the quick way through Markdown"


def _forecast(found: Forecast) -> Iterator[str]:
    yield f"One more story like {found.like}, published now, would render {counted(found.total, 'file')}:"
    for kind, reason, count in found.changes:
        yield f"  {count:,} {kind}: {reason}"
    for template, need in found.dear:
        yield f"The theme's need {need} of {template} renders every page of that template with each new story;"
        yield "  neighbours and section-latest:N cost a few pages each"


def _explanation(found: Explanation, console: Console) -> Iterator[str]:
    yield found.path
    yield f"  address: {found.url}"
    yield f"  made for: {found.origin}"
    yield f"  made with: {found.kind}"
    why = f"rendered: {found.reason}" if found.reason else "not rendered, since nothing that it is made from changed"
    yield f"  in this build: {why}"
    lists: list[tuple[str, tuple[str, ...]]] = [
        ("template, and all that it includes", found.templates),
        ("texts of the theme", found.texts),
        ("settings in site.toml", (", ".join(found.settings),) if found.settings else ()),
        *found.articles,
        ("files", found.files),
        ("rendered again when one of these changes", found.parts),
    ]
    for title, lines in lists:
        if lines:
            yield f"  {title}:"
            yield from (f"    {line}" for line in some(lines, _DIFFERENCES, whole=console.verbose))


def _uses(found: Uses, console: Console) -> Iterator[str]:
    if found.absence:
        yield f"{found.source} is not on the site: {found.absence}"
        return
    paths = {path for _, paths in found.files for path in paths}
    yield f"{found.source} shows in {counted(len(paths), 'file')}; rendered in this build: {len(found.rendered):,}"
    for role, members in found.files:
        yield f"  {_USES[role]}:"
        lines = [f"{path}{_because(found.rendered.get(path, ''))}" for path in members]
        yield from (f"    {line}" for line in some(lines, _DIFFERENCES, whole=console.verbose))


def _because(reason: str) -> str:
    return f" (rendered: {reason})" if reason else ""


def _profiled(found: Profile, request: BuildRequest, file: str) -> Iterator[str]:
    jobs = executor.workers(request.jobs)
    yield f"Time on the wall: {found.wall:.2f} s"
    width = max(len(stage.name) for stage in found.stages)
    for stage in found.stages:
        yield f"  {stage.name:<{width}}  {stage.seconds:8.2f} s  {100 * stage.seconds / (found.wall or 1):3.0f}%"
    yield f"Processor time ({profile_page.note(jobs)}):"
    width = max(width, 12)
    yield f"  {'read':<{width}}  {found.reading:8.2f} s  {counted(found.read, 'article')}"
    yield f"  {'render':<{width}}  {found.rendering:8.2f} s  {counted(found.rendered, 'file')}"
    yield from _kinds(found)
    yield from _slowest(found)
    target = Path(file) if file else request.root / FOLDER / "profile.html"
    replace_file(target, profile_page.html(found, jobs).encode())
    yield f"Pictures: {target}"


def _kinds(found: Profile) -> Iterator[str]:
    if not found.kinds:
        yield "Nothing was rendered; --fresh with --profile measures every page"
        return
    yield "By kind:       files   seconds   ms each   slowest ms"
    for kind in found.kinds[:_SLOWEST]:
        each = 1000 * kind.seconds / kind.count
        yield f"  {kind.name:<12} {kind.count:6,}  {kind.seconds:8.2f}  {each:8.2f}  {1000 * kind.most:11.2f}"


def _slowest(found: Profile) -> Iterator[str]:
    if found.pages:
        yield "Slowest files, in milliseconds (the first of each process also compile templates):"
    for page in found.pages[:_SLOWEST]:
        yield f"  {1000 * page.seconds:8.2f}  {page.path} ({page.kind})"
    if found.articles:
        yield "Slowest articles, in milliseconds: reading, page"
    for article in found.articles[:_SLOWEST]:
        yield f"  {1000 * article.reading:8.2f}  {1000 * article.page:8.2f}  {article.source}"

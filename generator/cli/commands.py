"""Each command: its options, what it calls, what it says."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, ClassVar

import click

from generator import __version__
from generator.cli.options import BUILDING, COMMON, NOW, build_request, options

_kept: list[object] = []
"""What is left to the end of the process, since taking an archive apart takes longer than a small build."""

_asking = options(
    click.option(
        "--verify", is_flag=True, help="Then build afresh elsewhere and compare every byte; name what differs (exit 1)."
    ),
    click.option(
        "--explain",
        is_flag=False,
        flag_value=".",
        metavar="[PATH]",
        help="Tell why files were rendered; with PATH (a page's path or URL, or a source), all that it depends on.",
    ),
    click.option(
        "--profile",
        is_flag=False,
        flag_value="",
        metavar="[FILE]",
        help="Tell where the time went, with pictures in FILE (default: .dateline/profile.html).",
    ),
)


def _deploy() -> click.Command:
    from generator.cli.deploying import deploy

    return deploy


def _import() -> click.Command:
    from generator.cli.importing import import_

    return import_


class _Commands(click.Group):
    """The commands below, and two with many options, which are loaded when they are asked for."""

    _later: ClassVar = {"deploy": _deploy, "import": _import}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names."""
        return sorted([*super().list_commands(ctx), *self._later])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, if there is one."""
        load = self._later.get(cmd_name)
        return load() if load else super().get_command(ctx, cmd_name)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="`dateline COMMAND --help` tells more. A first site: dateline init news && cd news && dateline serve",
)
@click.version_option(__version__, "-V", "--version", message="dateline %(version)s")
def dateline() -> None:
    """Build a news site from articles in Markdown: dated posts, tag pages, feeds."""


@dateline.command()
@click.argument("directory", metavar="DIR")
@click.option("--title", help="The publication's name (default: made from DIR).")
@click.option("--ci", type=click.Choice(("github",)), help="Write a workflow too, which publishes the site.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but problems.")
def init(directory: str, title: str | None, ci: str | None, *, quiet: bool) -> int:
    """Begin a site in DIR: settings, a first page, folders. Nothing that is there is overwritten."""
    from generator import scaffold
    from generator.cli.console import Console

    console = Console(quiet=quiet)
    made = scaffold.init(Path(directory), title, ci or "")
    for name in made:
        console.say(f"made {Path(directory) / name}")
    console.say(f"Next: cd {directory} && dateline new 'My first story' && dateline serve")
    return 0


@dateline.command()
@click.argument("title")
@COMMON
@click.option("--date", metavar="DATE", help="First publication: 2026-11-23 or '2026-11-23 09:30' (default: now).")
@click.option("--section", metavar="NAME", help="Its section.")
@click.option("--tag", "tags", multiple=True, metavar="NAME", help="A tag; may be given several times.")
@click.option("--author", "authors", multiple=True, metavar="NAME", help="An author; may be given several times.")
@click.option("--language", metavar="TAG", help="Its language, where it is not the site's.")
@click.option("--draft", is_flag=True, help="Keep it back until `status: draft` is taken out.")
@NOW
def new(title: str, source: str, now: str | None, *, quiet: bool, verbose: bool, **values: Any) -> int:  # noqa: ARG001
    """Begin a post titled TITLE, with an id of its own, and print its file's name."""
    from generator import scaffold
    from generator.cli.console import instant

    path = scaffold.new(Path(source), title, instant(now), scaffold.NewPost(**values))
    click.echo(path)
    return 0


@dateline.command()
@COMMON
@BUILDING
@click.option("-D", "--drafts", is_flag=True, help="Publish drafts too.")
@click.option("-F", "--future", is_flag=True, help="Publish scheduled posts too.")
@click.option("--strict", is_flag=True, help="Warnings fail, and nothing is written where anything is wrong.")
@click.option(
    "--allow-vanished",
    is_flag=True,
    help="What was published and is gone without a word is a warning, not an error (see `dateline ledger`).",
)
@click.option("--fresh", is_flag=True, help="Forget what earlier builds remembered, and make every file again.")
@_asking
def build(source: str, now: str | None, *, quiet: bool, verbose: bool, **values: Any) -> int:
    """Build the site into output/: what changed since the last build, and what depends on it.

    A post with an error is left out and told; the others are built, and the exit code is 1.
    """
    from generator import build as pipeline
    from generator.cli.console import Bar, Console, instant

    console = Console(quiet=quiet, verbose=verbose)
    started = time.perf_counter()
    asked = {name: values.pop(name) for name in ("verify", "explain", "profile")}
    request = build_request(source, now=instant(now), profile=asked["profile"] is not None, **values)
    _kept[:] = [session := pipeline.Session()]
    with Bar(quiet=quiet) as bar:
        report = pipeline.build(request, bar, session)
    console.built(report, request, time.perf_counter() - started)
    code = report.exit_code(strict=request.strict)
    if all(value in (None, False) for value in asked.values()):
        return code
    from generator.cli.asked import Asked, answer  # what no plain build needs

    return max(code, answer(Asked(**asked), request, report, console))


@dateline.command()
@click.argument("action", type=click.Choice(["show", "record"]), default="show", metavar="[show|record]")
@COMMON
@BUILDING
def ledger(action: str, source: str, now: str | None, *, quiet: bool, verbose: bool, **values: Any) -> int:
    """Keep the book of what was published, content/ledger.jsonl.

    `show` builds the site and tells what is recorded and what has changed since. `record` writes it down: do so
    whenever you publish, and commit the file. From then on every address that a story had leads to it, its identity is
    fixed, and a build says what would break. Nothing recorded is ever taken out.
    """
    from generator.cli import account
    from generator.cli.console import Console, instant

    request = build_request(source, now=instant(now), **values)
    console = Console(quiet=quiet, verbose=verbose)
    return account.write_down(request, console) if action == "record" else account.show(request, console)


@dateline.command()
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@COMMON
@click.option("--write", is_flag=True, help="Write each id into its file, and touch nothing else in it.")
@NOW
def ids(paths: tuple[str, ...], source: str, now: str | None, *, quiet: bool, verbose: bool, write: bool) -> int:
    """List articles that write no id of their own, with the one that each has.

    PATH is an article or a folder of them (default: all). An article without an id is known by its path, or by its line
    in the ledger once it is published; one with an id may be moved and renamed as you like.
    """
    from generator.build import BuildRequest
    from generator.cli import account
    from generator.cli.console import Console, instant

    request = BuildRequest(root=Path(source), output=Path(source) / "output", now=instant(now))
    return account.identify(request, paths, Console(quiet=quiet, verbose=verbose), write=write)


@dateline.command()
@COMMON
@click.option("-o", "--output", metavar="DIR", help="The built site (default: output/ in the site).")
@click.option("-u", "--base-url", metavar="URL", help="The address it was built for, instead of site.toml's.")
@click.option("--external", is_flag=True, help="Ask other sites, too, whether links to them still lead somewhere.")
@click.option(
    "--external-days",
    type=click.IntRange(0, 365),
    default=7,
    metavar="N",
    help="How long another site's answer is good (default: 7 days).",
)
@click.option("--skip", multiple=True, metavar="RULE", help="A rule that is not to count; may be given several times.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "github")),
    default="text",
    help="For people, for programs, or as annotations of a workflow on GitHub.",
)
@click.option("--rules", is_flag=True, help="List the rules, and check nothing.")
@click.option("--strict", is_flag=True, help="Warnings fail.")
@click.option("--now", metavar="INSTANT", help="Check as if it were this instant: 2026-11-23T09:00:00+01:00.")
@click.option("-j", "--jobs", type=click.IntRange(1, 256), metavar="N", help="Processes (default: all cores).")
def check(source: str, form: str, *, rules: bool, strict: bool, **values: Any) -> int:
    """Check the built site: links, pages, feeds, sitemaps, structured data.

    Every breach of a rule is told with file, line and a way out. The exit code is 1 where one is an error. Build first;
    what was checked before and has not changed is not read again.
    """
    from generator.cli import checking
    from generator.cli.console import Bar, Console

    if rules:
        checking.rules()
        return 0
    from generator import check as checks

    console = Console(quiet=values.pop("quiet"), verbose=values.pop("verbose"))
    request = _check_request(source, **values)
    with Bar(quiet=console.quiet) as bar:
        report = checks.check(request, bar)
    checking.tell(report, form, console, strict=strict)
    return report.exit_code(strict=strict)


@dateline.command()
@COMMON
@BUILDING
@click.option("--against", metavar="DIR", help="A copy of what is public now (default: compare with the ledger).")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="For people or programs.")
@click.option("--html", "page", metavar="FILE", help="Write it to FILE as one page with pictures, too.")
def diff(source: str, now: str | None, against: str | None, form: str, page: str | None, **values: Any) -> int:
    """Tell what the next publication changes for readers and subscribers.

    Builds the site and compares it with the ledger, or with the folder that is public now: stories new, updated, moved,
    withdrawn; lists and files; what each feed sends. The exit code is 1 where a story vanished, would be sent a second
    time, or shows before its time; changes as such are none of that.
    """
    from generator import diff as differences
    from generator.cli import diff_page, differing
    from generator.cli.console import Console, instant
    from generator.writer import replace_file

    console = Console(quiet=values.pop("quiet"), verbose=values.pop("verbose"))
    public = differences.published(Path(against)) if against else None
    report = differences.diff(build_request(source, now=instant(now), **values), public)
    differing.tell(report, form, console)
    if page:
        replace_file(Path(page), diff_page.html(report).encode())
    return report.exit_code()


@dateline.command()
@COMMON
@click.option("-o", "--output", metavar="DIR", help="What was built (default: output/ in the site).")
@click.option("--days", type=click.IntRange(1, 365), default=30, metavar="N", help="How far to look (default: 30).")
@click.option("--limit", type=click.IntRange(0), default=0, metavar="N", help="The next N alone (default: all).")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "cron", "systemd", "github", "json")),
    default="text",
    help="A list, crontab lines, a timer and service, a workflow on GitHub, or for programs.",
)
@click.option("--timezone", metavar="NAME", help="Zone of the times (text: the site's; cron: this machine's).")
@click.option(
    "--command", default="dateline build", metavar="TEXT", help="What to run when it is time (default: dateline build)."
)
@click.option("--now", metavar="INSTANT", help="Look ahead from this instant: 2026-11-23T09:00:00+01:00.")
def schedule(source: str, output: str | None, now: str | None, form: str, **values: Any) -> int:
    """List when the site changes by itself, and write what builds it then.

    Scheduled posts appear, posts expire, updates and corrections dated ahead show: each with the first build after its
    instant. With `--format cron`, `systemd` or `github` the list becomes something that runs that build. Nothing is
    built by this command.
    """
    from generator import schedule as timing
    from generator.build import BuildRequest
    from generator.cli import timetable
    from generator.cli.console import Console, instant
    from generator.errors import worst

    console = Console(quiet=values["quiet"], verbose=values["verbose"])
    place = timetable.zone(values["timezone"])
    where = Path(output) if output else Path(source) / "output"
    request = BuildRequest(root=Path(source), output=where, now=instant(now))
    found = timing.find(request, values["days"], values["limit"] or None)
    timetable.tell(found, form, request.now, (request.root, values["command"], place), console)
    console.problems(found.problems)
    return worst(found.problems)


@dateline.command()
@COMMON
@BUILDING
@click.option("-D", "--drafts", is_flag=True, expose_value=False, help="Drafts always show here.")
@click.option("-F", "--future", is_flag=True, expose_value=False, help="Scheduled posts always show here.")
@click.option("--host", default="127.0.0.1", metavar="HOST", help="Address to listen on (default: this machine only).")
@click.option("-p", "--port", type=click.IntRange(0, 65535), default=8000, metavar="PORT", help="Port (default: 8000).")
@click.option("--open", "open_browser", is_flag=True, help="Open the site in a browser.")
def serve(source: str, host: str, port: int, now: str | None, **values: Any) -> int:
    """Preview the site: built again at each change, reloaded in the browser.

    Drafts and scheduled posts show, with a banner. The preview is built beside output/, which is left alone.
    """
    from generator import server
    from generator.cli.console import Announcer, Console, instant

    console = Console(quiet=values.pop("quiet"), verbose=values.pop("verbose"))
    tell = Announcer(console, lambda: instant(now))
    open_browser = values.pop("open_browser")
    values["output"] = values["output"] or str(Path(source) / ".dateline" / "preview")
    request = build_request(source, now=tell.clock(), drafts=True, future=True, keep=True, **values)
    server.serve(request, server.Address(host, port), tell, open_browser=open_browser)
    return 0


def _check_request(
    source: str, *, now: str | None, output: str | None, base_url: str | None, external_days: int, **values: Any
) -> Any:
    from generator.check import CheckRequest
    from generator.cli.console import instant
    from generator.embargo import kept_back

    clock = instant(now)
    built = build_request(source, now=clock, output=output, base_url=base_url, theme=None)
    return CheckRequest(
        root=built.root,
        output=built.output,
        now=clock,
        overrides=built.overrides,
        days=external_days,
        embargo=kept_back(built),
        **values,
    )

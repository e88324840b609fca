"""`dateline import`: its options, what it says, and the receipt as a file."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.options import COMMON, NOW, options

if TYPE_CHECKING:
    from generator.cli.console import Console
    from generator.errors import Problem
    from generator.importer import ImportReport

_SHOWN = 20
_TOLD = 50
"""Problems of single articles that the terminal shows; of a whole archive there may be thousands."""


def _columns(context: click.Context, option: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:  # noqa: ARG001
    """`--map Headline=title` as a table."""
    found = {}
    for pair in given:
        column, equals, key = pair.rpartition("=")
        if not (equals and column and key):
            raise click.BadParameter(f"{pair!r} is not COLUMN=KEY")
        found[column] = key
    return found


_given = options(
    click.option("--date", metavar="DATE", help="First publication, where the text has no date line."),
    click.option("--draft", is_flag=True, help="Import as drafts; a date is then not needed."),
    click.option("--language", metavar="TAG", help="The articles' language, where it is not the site's."),
    click.option("--section", metavar="NAME", help="The section they belong to."),
    click.option("--tag", "tags", multiple=True, metavar="NAME", help="A tag for them; may be given several times."),
    click.option("--source-name", metavar="NAME", help="Who published them first (default: the file's name)."),
    click.option(
        "--old-url",
        "old_urls",
        multiple=True,
        metavar="URL",
        help="The old site's address, where its articles were (default: as the sources say; - for none).",
    ),
    click.option(
        "--map",
        "columns",
        multiple=True,
        callback=_columns,
        metavar="COLUMN=KEY",
        help="What a column of a table is, where its name does not say (Headline=title); may be given several times.",
    ),
)
_chosen = options(
    click.option(
        "--only",
        multiple=True,
        metavar="WHAT",
        help="posts, pages or drafts, or a pattern of headlines and addresses; may be given several times.",
    ),
    click.option("--since", metavar="DATE", help="Posts of that day and later."),
    click.option("--limit", type=click.IntRange(1), metavar="N", help="The first N articles."),
    click.option("--into", metavar="FOLDER", help="Where posts go, below content/ (default: posts)."),
    click.option(
        "--similarity",
        type=click.FloatRange(0, 1),
        default=0.8,
        metavar="SHARE",
        help="Common phrases from which texts are nearly the same, 0 to 1 (default: 0.8; 0: do not look).",
    ),
    click.option("--skip-similar", is_flag=True, help="Leave out what is nearly the same as another article."),
)
_added = options(
    click.option(
        "--no-auto-tags",
        "auto_tags",
        flag_value=False,
        default=True,
        help="Leave articles without tags as they are (default: they get those of the site's that they name).",
    ),
    click.option("--suggest-tags", is_flag=True, help="Propose new tags: names that several articles are about."),
    click.option(
        "--accept-tag",
        "accepted_tags",
        multiple=True,
        metavar="NAME",
        help="Give this new tag to untagged articles that name it; may be given several times.",
    ),
    click.option("--fetch", is_flag=True, help="Bring feeds that are given by their address, or in a list of feeds."),
    click.option("--fetch-images", is_flag=True, help="Bring pictures from other hosts to content/images/."),
)
_told = options(
    click.option("--dry-run", is_flag=True, help="Tell what would be done, and write nothing."),
    click.option("--parity", metavar="FILE", help="The old site's sitemap, feed or list: which addresses would die?"),
    click.option(
        "--report",
        "reports",
        multiple=True,
        metavar="FILE",
        help="Write the receipt to FILE: .json, .html to look at, else text; may be given several times.",
    ),
    NOW,
    click.option("-j", "--jobs", type=click.IntRange(1, 256), metavar="N", help="Processes (default: all cores)."),
)


@click.command(name="import")
@click.argument("inputs", nargs=-1, required=True, metavar="PATH...")
@COMMON
@_given
@_chosen
@_added
@_told
def import_(inputs: tuple[str, ...], source: str, reports: tuple[str, ...], now: str | None, **values: Any) -> int:
    """Turn raw articles, or a whole blog, into posts.

    PATH is a file (text, a saved page, a blog's export, a feed, a table), a folder of files, another generator's site,
    with --fetch the address of a feed, or - for standard input. Importing the same again changes nothing; what changed
    since is brought up to date, but a file that a person has edited is never overwritten: the new text is laid beside.
    """
    from generator import importer
    from generator.cli.console import Bar, Console, instant

    console = Console(quiet=values.pop("quiet"), verbose=values.pop("verbose"))
    stdin = sys.stdin.buffer.read() if "-" in inputs else None
    parity = values.pop("parity")
    for name in reports:
        _check(Path(name), Path(source), (*inputs, *filter(None, (parity,))))
    request = importer.ImportRequest(
        root=Path(source),
        inputs=inputs,
        stdin=stdin,
        now=instant(now),
        parity=Path(parity) if parity else None,
        **values,
    )
    with Bar(quiet=console.quiet) as bar:
        report = importer.run(request, bar)
    _tell(report, console)
    for name in reports:
        _write(report, Path(name))
    return report.exit_code


_SITE = ("site.toml", "content", "themes", "output", ".dateline")
"""What a receipt must not replace, or lie in."""


def _check(file: Path, root: Path, inputs: Iterable[str]) -> None:
    """See that a receipt can be written, before anything is imported.

    Raises:
        UsageError: It cannot, or would replace what is not a receipt.
    """
    from generator.errors import Problem, UsageError

    real = file.resolve()
    ours = [(root / name).resolve() for name in _SITE]
    sources = [Path(name).resolve() for name in inputs if name != "-"]
    if not file.parent.is_dir():
        cause = "lies in no folder that there is"
    elif file.exists() and not file.is_file():
        cause = "is no file"
    elif any(real.is_relative_to(place) for place in ours):
        cause = "is among the site's own files"
    elif file.exists() and any(real.is_relative_to(place) for place in sources):
        cause = "is there already, among what is to be imported"
    else:
        return
    raise UsageError(Problem(f"--report {str(file)!r} {cause}", "name another file, such as report.html"))


def _tell(report: ImportReport, console: Console) -> None:
    for line in report.lines(None if console.verbose else _SHOWN):
        console.say(line)
    for line in summary(report, None if console.verbose else _SHOWN):
        console.say(line)
    console.problems(report.problems if console.verbose else _some(report, _TOLD))
    if report.dry:
        console.say("Nothing was written: this was a dry run")


def _some(report: ImportReport, most: int) -> Iterator[Problem]:
    """The first problems, errors before warnings, and how many there are beside them."""
    from itertools import chain, islice

    from generator.errors import Severity, warning

    errors = (problem for problem in report.problems if problem.severity is Severity.ERROR)
    others = (problem for problem in report.problems if problem.severity is not Severity.ERROR)
    yield from islice(chain(errors, others), most)
    if (total := report.tally.errors + report.tally.warnings) > most:
        yield warning(f"there are {total - most:,} more problems", "--report FILE lists them, and so does -v")


_SEE_REPORT = "; --report FILE tells each with its reason"


def summary(report: ImportReport, most: int | None) -> Iterator[str]:
    """What a person may want to act on, below the list of articles; no more than `most` lines of each kind."""
    from itertools import islice

    from generator.cli.console import counted

    yield from _sums(report, _SEE_REPORT if most is not None else "")
    if unresolved := len(report.unresolved):
        yield f"{counted(unresolved, 'link')} to the old site for which there is no article:"
        yield from (f"  {item.path}: {item.target} ({item.reason})" for item in islice(report.unresolved, most))
    if parity := report.parity:
        yield f"parity: {parity.total - parity.dead:,} of {parity.total:,} addresses answer"
        yield from (f"  {address}: {reason}" for address, reason in islice(parity.missing, most))
    if report.suggested:
        yield "tags that might be given; say yes with --accept-tag NAME:"
        yield from (f"  {tag}: {counted(number, 'article')}" for tag, number in report.suggested)
    if report.proposal:
        yield "lines for site.toml, by what came in:"
        yield from (f"  {line}" for line in report.proposal)


def _sums(report: ImportReport, more: str) -> Iterator[str]:
    """What came beside the articles, and what did not come."""
    from generator.cli.console import counted

    tally = report.tally
    if tally.skipped:
        kinds = ", ".join(f"{kind} ({number:,})" for kind, number in sorted(tally.skipped.items()))
        yield f"left out: {kinds}{more}"
    if tally.comments:
        yield f"{'would keep' if report.dry else 'kept'} {counted(tally.comments, 'comment')} in content/comments/"
    if tally.pictures:
        brought = "would bring" if report.dry else "brought"
        yield f"{brought} {counted(tally.pictures, 'picture')} to content/images/"
    if tally.remote:
        yield f"{counted(tally.remote, 'picture')} left where they are, named in the report; --fetch-images brings them"
    if tally.guessed and len(report.articles) > 1:
        yield f"{counted(tally.guessed, 'headline')} {'is' if tally.guessed == 1 else 'are'} a guess{more}"
    if tally.unkept:
        yield f"{tally.unkept:,} old {'address' if tally.unkept == 1 else 'addresses'} cannot be kept{more}"


def _write(report: ImportReport, file: Path) -> None:
    """The receipt as a file, by its suffix."""
    from generator.writer import replace_file

    if file.suffix.lower() == ".json":
        pieces = report.json_pieces()
    elif file.suffix.lower() in (".html", ".htm"):
        from generator.cli import import_page

        pieces = import_page.pieces(report)
    else:
        pieces = (f"{line}\n" for line in _whole(report))
    replace_file(file, (piece.encode("utf-8", "replace") for piece in pieces))


def _whole(report: ImportReport) -> Iterator[str]:
    """The receipt as text."""
    yield from report.lines(whole=True)
    yield from summary(report, None)
    yield from (str(problem) for problem in report.problems)
    for article in report.articles:
        for line in article.dropped:
            yield f"{article.source}:{line.line}: left out: {line.text!r} ({line.reason})"
        yield from (f"{article.source}: {url} {reason}" for url, reason in article.unkept)
        yield from (f"{article.source}: stays elsewhere: {url}" for url in article.pictures)
    yield from (f"{left.source}: left out: {left.kind} {left.name!r} ({left.reason})" for left in report.skipped)

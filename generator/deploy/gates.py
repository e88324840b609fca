"""What keeps a site from being published."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from urllib.parse import urlsplit

from generator import check, diff
from generator.deploy.publication import Publication
from generator.deploy.request import Accept
from generator.errors import Problem, Severity, UsageError

Stop = tuple[Accept | None, Problem]
"""Why a publication stops, and the name by which that is accepted; None where it cannot be."""

_NOWHERE = frozenset(("example.org", "example.com", "example.net"))
"""Hosts that nobody can have (RFC 2606, section 3); `dateline init` writes one of them."""


def of_address(base_url: str) -> None:
    """Refuse to publish a site whose pages and feeds would name an address where nobody finds it.

    Raises:
        UsageError: It has the address that `dateline init` wrote.
    """
    if urlsplit(base_url).hostname in _NOWHERE:
        cause = f"base_url is {base_url}, which is no address where readers find a site"
        fix = 'write its true address, such as base_url = "https://news.example"; or one for this place into its table'
        raise UsageError(Problem(cause, fix, "site.toml"))


def of_content(report: diff.Report, findings: Iterable[check.Finding], *, recorded: bool) -> list[Stop]:
    """What is wrong with the site that is to be published.

    Args:
        report: What it changes.
        findings: Of its check.
        recorded: Whether it will be written into the ledger, which takes nothing that breaks a promise in it.
    """
    broken = report.books.broken if recorded else ()
    return [*((None, _placed(problem)) for problem in broken), *_of_content(report, findings, broken)]


def _of_content(report: diff.Report, findings: Iterable[check.Finding], broken: Collection[Problem]) -> Iterator[Stop]:
    if not report.public:
        fix = "see whether all of content/ is there: a submodule, a folder of another disk"
        yield Accept.EMPTY, Problem("no story and no page is public, so that readers would find an empty site", fix)
    errors = [problem for problem in report.problems if problem.severity is Severity.ERROR and problem not in broken]
    if errors:
        cause = f"the build has errors, {len(errors)} in all; the first: {_placed(errors[0]).cause}"
        yield Accept.ERRORS, Problem(cause, errors[0].fix)
    if wrong := [found for found in findings if found.rule.severity is Severity.ERROR]:
        first = wrong[0].problem
        cause = f"`dateline check` finds errors, {len(wrong)} in all; the first: {first.place}: {first.cause}"
        yield Accept.CHECK, Problem(cause, first.fix)
    for problem in report.books.vanished:
        yield Accept.VANISHED, _placed(problem)
    for gate, cause, fix in report.wrongs():
        if not (broken and gate is diff.Gate.RESENT):  # which the ledger told in its own words
            yield Accept(gate.value), Problem(cause, fix)


def of_pages(report: diff.Report) -> list[Stop]:
    """Stories that readers would lose."""
    return [(Accept.VANISHED, Problem(cause, fix)) for cause, fix in report.vanished()]


def of_feeds(report: diff.Report) -> list[Stop]:
    """What subscribers would get a second time."""
    return [(Accept.RESENT, Problem(cause, fix)) for cause, fix in report.resent()]


def _placed(problem: Problem) -> Problem:
    """A problem whose cause says where it is."""
    return Problem(f"{problem.place}: {problem.cause}" if problem.path else problem.cause, problem.fix)


def of_work(publication: Publication, most: int) -> list[Stop]:
    """What is wrong with what is to be done."""
    count = len(publication.delete)
    if count <= most:
        return []
    cause = f"{count:,} files would be deleted, and at most {most:,} may be; the first: {publication.delete[0]}"
    return [(None, Problem(cause, f"look at them with --dry-run -v, then allow them with --max-deletes {count}"))]

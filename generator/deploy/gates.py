"""What keeps a site from being published."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from generator import check, diff
from generator.deploy.publication import Publication
from generator.deploy.request import Accept
from generator.errors import Problem, Severity

Stop = tuple[Accept | None, Problem]
"""Why a publication stops, and the name by which that is accepted; None where it cannot be."""


def of_content(report: diff.Report, findings: Iterable[check.Finding], accept: Collection[Accept]) -> list[Stop]:
    """What is wrong with the site that is to be published."""
    return [stop for stop in _of_content(report, findings) if stop[0] not in accept]


def _of_content(report: diff.Report, findings: Iterable[check.Finding]) -> Iterator[Stop]:
    if errors := [problem for problem in report.problems if problem.severity is Severity.ERROR]:
        yield (
            Accept.ERRORS,
            Problem(f"the build has errors, {len(errors)} in all; the first: {errors[0].cause}", errors[0].fix),
        )
    if broken := [found for found in findings if found.rule.severity is Severity.ERROR]:
        first = broken[0].problem
        cause = f"`dateline check` finds errors, {len(broken)} in all; the first: {first.place}: {first.cause}"
        yield Accept.CHECK, Problem(cause, first.fix)
    for problem in report.books.vanished:
        yield (
            Accept.VANISHED,
            Problem(f"{problem.place}: {problem.cause}" if problem.path else problem.cause, problem.fix),
        )
    for gate, cause, fix in report.wrongs():
        yield Accept(gate.value), Problem(cause, fix)


def of_work(publication: Publication, most: int) -> list[Stop]:
    """What is wrong with what is to be done."""
    count = len(publication.delete)
    if count <= most:
        return []
    cause = f"{count:,} files would be deleted, and at most {most:,} may be; the first: {publication.delete[0]}"
    return [(None, Problem(cause, f"look at them with --dry-run -v, then allow them with --max-deletes {count}"))]

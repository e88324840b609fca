"""What `dateline check` prints: for people, for programs, and as annotations of a workflow on GitHub."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

import click

from generator.check import RULES, CheckReport, Finding
from generator.cli.console import Console, counted
from generator.errors import Problem, Severity

_PLACES = 3


def rules() -> None:
    """Every rule on two lines."""
    for rule in RULES.values():
        click.echo(f"{rule.code}: {rule.severity}")
        click.echo(f"    {rule.sentence}")


def tell(report: CheckReport, form: str, console: Console, *, strict: bool) -> None:
    """Print a report as `--format` asks."""
    if form == "json":
        click.echo(_json(report, strict=strict))
    elif form == "github":
        for finding in report.findings:
            click.echo(_annotation(finding))
    else:
        _text(report, console)


def _text(report: CheckReport, console: Console) -> None:
    console.problems(_grouped(report.findings, whole=console.verbose))
    links = f", {counted(report.links, 'link')} to other sites" if report.links else ""
    anew = f"{report.parsed:,} of {report.read:,} read anew"
    console.say(f"Checked {counted(report.files, 'file')}{links}: {anew}{'' if report.findings else ', nothing wrong'}")
    if report.findings:
        errors, warnings = _counts(report)
        click.echo(f"{counted(errors, 'error')}, {counted(warnings, 'warning')}", err=True)


def _grouped(findings: Iterable[Finding], *, whole: bool) -> Iterator[Problem]:
    """One problem for each cause, errors first; where else it stands goes below it."""
    groups: dict[tuple[bool, str, str], list[Finding]] = {}
    for finding in findings:
        key = (finding.rule.severity is not Severity.ERROR, finding.rule.code, finding.problem.cause)
        groups.setdefault(key, []).append(finding)
    order = list(RULES)
    for key in sorted(groups, key=lambda key: (key[0], order.index(key[1]))):
        yield _group(groups[key], whole=whole)


def _group(findings: Sequence[Finding], *, whole: bool) -> Problem:
    first, *others = findings
    problem = first.problem
    lines = [f"{problem.fix} [{first.rule.code}]"]
    if others:
        shown = others if whole or len(others) <= _PLACES + 1 else others[:_PLACES]
        lines += [f"    also {finding.problem.place}" for finding in shown]
        if len(shown) < len(others):
            lines.append(f"    and in {len(others) - len(shown):,} more places; -v shows all")
    return Problem(problem.cause, "\n".join(lines), problem.path, problem.line, problem.severity)


def _counts(report: CheckReport) -> tuple[int, int]:
    errors = sum(finding.rule.severity is Severity.ERROR for finding in report.findings)
    return errors, len(report.findings) - errors


def _json(report: CheckReport, *, strict: bool) -> str:
    errors, warnings = _counts(report)
    return json.dumps(
        {
            "version": 1,
            "passed": report.exit_code(strict=strict) == 0,
            "files": report.files,
            "errors": errors,
            "warnings": warnings,
            "findings": [
                {
                    "rule": finding.rule.code,
                    "severity": finding.rule.severity,
                    "path": finding.problem.path,
                    "line": finding.problem.line,
                    "cause": finding.problem.cause,
                    "fix": finding.problem.fix,
                }
                for finding in report.findings
            ],
        },
        indent=2,
    )


def _annotation(finding: Finding) -> str:
    """A workflow command: `::error file=…,line=…,title=…::message`."""
    problem = finding.problem
    fields = {"file": problem.path or "", "line": str(problem.line or 1), "title": finding.rule.code}
    properties = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in fields.items())
    message = f"{problem.cause}; {problem.fix}" if problem.fix else problem.cause
    return f"::{problem.severity} {properties}::{_escaped(message)}"


def _escaped(text: str, more: str = "") -> str:
    """Percent-encoded as workflow commands want it: `%` and line ends, in properties `:` and `,` too."""
    for char in f"%\r\n{more}":
        text = text.replace(char, f"%{ord(char):02X}")
    return text

"""The receipt of an import as one page of HTML; no script, no other file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from markupsafe import Markup

from generator.errors import Problem, Severity
from generator.importer import Imported, ImportReport, Outcome

_MOST = 2_000
"""Articles, links and addresses that are listed; a page of all those of an archive would open nowhere."""

_STYLE = Markup("""
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1b1b; --soft: #595959; --line: #d0d0d0; --bad: #a3182c; }
@media (prefers-color-scheme: dark) { :root { --paper: #16181b; --ink: #ececec; --soft: #a9adb3; --line: #3a3e44;
  --bad: #ff8d9b; } }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.2; } h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.2rem 0 0; } p { margin: .2rem 0; } .soft { color: var(--soft); }
.bad { color: var(--bad); font-weight: 600; } a { color: inherit; }
table { border-collapse: collapse; } th, td { text-align: left; padding: .25rem 1.2rem .25rem 0;
  border-bottom: 1px solid var(--line); overflow-wrap: normal; } th { font-weight: 500; }
td.n, th.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; } .scroll { overflow-x: auto; }
article { border-bottom: 1px solid var(--line); padding-bottom: .8rem; } ul { margin: .3rem 0; padding-left: 1.2rem; }
summary { cursor: pointer; } pre { white-space: pre-wrap; margin: .3rem 0; font: .9rem/1.5 ui-monospace, monospace; }
""")
_HEAD = Markup(
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
    "<style>{style}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
)


def pieces(report: ImportReport) -> Iterator[str]:
    """The page, piece by piece."""
    title = "What would be imported" if report.dry else "What was imported"
    yield str(_HEAD.format(title=title, style=_STYLE))
    yield from map(str, _counts(report))
    yield from map(str, _general(report))
    yield from map(str, _articles(report))
    yield from map(str, _left(report))
    yield "</main>\n</body>\n</html>\n"


def _counts(report: ImportReport) -> Iterator[Markup]:
    """What came in, and what became of it."""
    tally = report.tally
    outcomes = [outcome for outcome in Outcome if any(key[1] == outcome for key in tally.articles)]
    head = Markup("").join(Markup('<th scope="col" class="n">{}</th>').format(outcome) for outcome in outcomes)
    yield Markup(
        '<div class="scroll"><table>\n<thead><tr><th scope="col">came in as</th>{}'
        '<th scope="col" class="n">all</th></tr></thead>\n<tbody>\n'
    ).format(head)
    for kind in dict.fromkeys(kind for kind, _ in sorted(tally.articles)):
        numbers = [tally.articles[kind, outcome.value] for outcome in outcomes]
        yield _row(kind if kind != "source" else "unreadable", [*numbers, sum(numbers)])
    blank = [""] * len(outcomes)
    for kind, number in sorted(tally.skipped.items()):
        yield _row(f"{kind} (left out)", [*blank, number])
    for name, number in (
        ("comments", tally.comments),
        ("pictures brought", tally.pictures),
        ("pictures that stay elsewhere", tally.remote),
        ("old addresses that cannot be kept", tally.unkept),
        ("headlines that are a guess", tally.guessed),
    ):
        if number:
            yield _row(name, [*blank, number])
    yield Markup("</tbody>\n</table></div>\n")


def _row(name: str, numbers: Iterable[int | str]) -> Markup:
    cell = Markup('<td class="n">{}</td>')
    cells = Markup("").join(cell.format(f"{number:,}" if isinstance(number, int) else number) for number in numbers)
    return Markup('<tr><th scope="row">{}</th>{}</tr>\n').format(name, cells)


def _general(report: ImportReport) -> Iterator[Markup]:
    """What a person may want to act on."""
    yield from _list("Problems of the whole", map(_problem, report.general))
    if report.parity:
        answered = report.parity.total - report.parity.dead
        yield Markup("<h2>The old site’s addresses</h2>\n<p>{} of {} answer on the new site.</p>\n").format(
            f"{answered:,}", f"{report.parity.total:,}"
        )
        yield from _list("", (f"{address}: {reason}" for address, reason in report.parity.missing))
    yield from _list("Headlines that are a guess", map(_guess, report.guessed))
    links = (f"{item.path}: {item.target} ({item.reason})" for item in report.unresolved)
    yield from _list("Links to the old site for which there is no article", links)
    yield from _list("Tags that might be given", (f"{tag}: {number} articles" for tag, number in report.suggested))
    if report.proposal:
        yield Markup("<h2>Lines for site.toml, by what came in</h2>\n<pre>{}</pre>\n").format(
            "\n".join(report.proposal)
        )


def _guess(item: Imported) -> Markup:
    """A headline, where it stands, and the lines that may be it."""
    others = item.guess.others if item.guess else ""
    return Markup('<strong>{}</strong> in {}<br><span class="soft">it may be {}</span>').format(
        item.title, item.path or item.source, others
    )


def _list(heading: str, lines: Iterable[str | Markup]) -> Iterator[Markup]:
    """A list under a heading, cut where it gets too long; nothing where it is empty."""
    lines = iter(lines)
    first = next(lines, None)
    if first is None:
        return
    if heading:
        yield Markup("<h2>{}</h2>\n").format(heading)
    yield Markup("<ul>\n<li>{}</li>\n").format(first)
    yield from (Markup("<li>{}</li>\n").format(line) for line in islice(lines, _MOST - 1))
    yield Markup("</ul>\n")
    if more := sum(1 for _ in lines):
        yield Markup('<p class="soft">and {} more; the report as JSON has all</p>\n').format(f"{more:,}")


def _problem(problem: Problem) -> Markup:
    bad = Markup(' class="bad"') if problem.severity is Severity.ERROR else ""
    line = f"line {problem.line}: " if problem.line else ""
    return Markup('<span{}>{}</span>: {}{}<br><span class="soft">{}</span>').format(
        bad, problem.severity, line, problem.cause, problem.fix
    )


def _articles(report: ImportReport) -> Iterator[Markup]:
    """Each article of which there is anything to say."""
    yield Markup("<h2>Articles</h2>\n")
    notable = (item for item in report.articles if item.outcome is not Outcome.UNCHANGED or item.problems)
    yield from map(_article, islice(notable, _MOST))
    if more := sum(1 for _ in notable):
        yield Markup('<p class="soft">and {} more; the report as JSON has all</p>\n').format(f"{more:,}")
    if same := report.tally.outcomes()[Outcome.UNCHANGED]:
        yield Markup('<p class="soft">{} as they were</p>\n').format(f"{same:,}")


def _article(item: Imported) -> Markup:
    bad = Markup(' class="bad"') if item.outcome is Outcome.FAILED else ""
    parts = [Markup("<article>\n<h3>{}</h3>\n").format(item.title or item.source)]
    parts.append(Markup("<p><span{}>{}</span> {}</p>\n").format(bad, item.outcome, item.path or ""))
    was = Markup(', was at <a href="{0}">{0}</a>').format(item.url) if item.url.startswith("http") else ""
    parts.append(
        Markup('<p class="soft">from {}{}{}</p>\n').format(item.source, was, f"; {item.note}" if item.note else "")
    )
    parts += _list("", map(_problem, item.problems))
    parts += _list("", (f"cannot answer at {url}: it {reason}" for url, reason in item.unkept))
    parts += _list("", (f"stays elsewhere: {url}" for url in item.pictures))
    if item.dropped:
        lines = "\n".join(f"{line.line}: {line.text}  — {line.reason}" for line in item.dropped)
        parts.append(
            Markup("<details>\n<summary>Left out: {}</summary>\n<pre>{}</pre>\n</details>\n").format(
                len(item.dropped), lines
            )
        )
    return Markup("").join([*parts, Markup("</article>\n")])


def _left(report: ImportReport) -> Iterator[Markup]:
    """What is no article."""
    lines = (f"{left.kind}: {left.name} ({left.reason})" for left in report.skipped)
    yield from _list("Left out", lines)

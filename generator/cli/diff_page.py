"""What the next publication changes, as one page of HTML with bars in it; no script, no other file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from generator.cli.differing import MEANING, line, parts, unseen
from generator.diff import Group, Report
from generator.errors import Severity

_STYLE = Markup("""
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1b1b; --soft: #595959; --line: #d0d0d0; --bar: #1f6fb2;
  --bad: #a3182c; }
@media (prefers-color-scheme: dark) { :root { --paper: #16181b; --ink: #ececec; --soft: #a9adb3; --line: #3a3e44;
  --bar: #6db3f2; --bad: #ff8d9b; } }
body { margin: 0 auto; max-width: 54rem; padding: 1.5rem 1rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.2; } h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; }
.soft { color: var(--soft); } .bad { color: var(--bad); font-weight: 600; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; color: var(--soft); }
th, td { text-align: left; padding: .25rem .8rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 500; width: 12rem; } td.n { text-align: right; width: 4rem; font-variant-numeric: tabular-nums; }
.bar { display: block; height: 1rem; min-width: 2px; border-radius: 2px; background: var(--bar);
  margin-top: .25rem; } .bar.worse { background: var(--bad); } li { margin: .2rem 0; }
table + table { margin-top: 1.5rem; } caption { padding-bottom: .25rem; }
ul { padding-left: 1.25rem; margin: .25rem 0; } details { border-bottom: 1px solid var(--line); padding: .35rem 0; }
summary { cursor: pointer; } h2 + .soft { margin: -.25rem 0 .5rem; }
@media (max-width: 30rem) { th { width: 7rem; } td.n { width: 2.5rem; } }
""")
_BAD = (Group.RESENT, Group.VANISHED)


def html(report: Report) -> str:
    """The page."""
    title = "What the next publication changes"
    body = [_errors(report), _bars(report), _sections(report), *(_stories(report, group) for group in Group)]
    body += [_files(report), _feeds(report)]
    against = f"{report.against}; {unseen(report)}" if report.unseen else report.against
    return str(
        Markup(
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n'
            "<style>{style}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
            '<p class="soft">Compared with {against}</p>\n{body}</main>\n</body>\n</html>\n'
        ).format(title=title, style=_STYLE, against=against, body=Markup("").join(body))
    )


def _errors(report: Report) -> Markup:
    found = [(cause, fix) for _, cause, fix in report.wrongs()]
    found += [
        (f"{problem.place}: {problem.cause}", problem.fix)
        for problem in report.problems
        if problem.severity is Severity.ERROR
    ]
    if not found:
        return Markup("<p>Nothing is wrong.</p>\n")
    row = Markup('<li>{}<br><span class="soft">{}</span></li>\n')
    rows = Markup("").join(row.format(cause, fix) for cause, fix in found)
    return Markup('<h2 id="wrong" class="bad">To be put right first</h2>\n<ul>\n{}</ul>\n').format(rows)


def _bars(report: Report) -> Markup:
    counts = [(str(group), len(report.of(group)), group in _BAD) for group in Group]
    return Markup('<h2 id="stories">Stories</h2>\n{}').format(_chart("Stories by what becomes of them", counts))


def _sections(report: Report) -> Markup:
    found = Counter(change.section or "no section" for change in report.changes)
    if len(found) < 2:
        return Markup("")
    return _chart("Changed stories by section", [(name, count, False) for name, count in found.most_common()])


def _chart(caption: str, rows: Sequence[tuple[str, int, bool]]) -> Markup:
    most = max((count for _, count, _ in rows), default=0) or 1
    row = Markup('<tr><th scope="row">{}</th><td class="n">{}</td><td aria-hidden="true">{}</td></tr>\n')
    bar = Markup('<span class="bar{}" style="width:{}%"></span>')
    made = [
        row.format(
            name, f"{count:,}", bar.format(" worse" if bad else "", f"{100 * count / most:.1f}") if count else ""
        )
        for name, count, bad in rows
    ]
    return Markup("<table>\n<caption>{}</caption>\n<tbody>\n{}</tbody>\n</table>\n").format(
        caption, Markup("").join(made)
    )


def _stories(report: Report, group: Group) -> Markup:
    found = report.of(group)
    if not found:
        return Markup("")
    head = Markup('<h2 id="{}">{}: {}</h2>\n<p class="soft">{}</p>\n')
    name = f"group-{group.replace('-', '')}"
    return head.format(name, group.capitalize(), len(found), MEANING[group]) + _list([line(item) for item in found])


def _files(report: Report) -> Markup:
    if not report.files:
        return Markup("")
    rows = [(kind, sum(counts.values()), False) for kind, counts in report.files.items()]
    chart = _chart("Files that are new, changed or gone", rows)
    dead = Markup("<p>Lists and feeds that are there no longer:</p>\n{}").format(_list(report.dead))
    return Markup('<h2 id="files">Other files</h2>\n{}{}').format(chart, dead if report.dead else "")


def _feeds(report: Report) -> Markup:
    if not report.feeds:
        return Markup("")
    alike: dict[tuple[tuple[str, tuple[str, ...]], ...], list[str]] = {}
    for feed in report.feeds:
        alike.setdefault(tuple(parts(feed)), []).append(feed.path)
    head = Markup(
        '<h2 id="feeds">Feeds</h2>\n<p class="soft">What subscribers get; feeds that change alike together</p>\n'
    )
    return head + Markup("").join(_feed(paths, changes) for changes, paths in alike.items())


def _feed(paths: Sequence[str], changes: Sequence[tuple[str, tuple[str, ...]]]) -> Markup:
    """Feeds that change in the same way: how many items, and behind that which."""
    counts = ", ".join(f"{len(titles):,} {what}" for what, titles in changes) or "other order"
    bad = Markup(' class="bad"') if any(what == "re-sent" for what, _ in changes) else Markup("")
    lines = [f"{what}: {title}" for what, titles in changes for title in titles]
    whole = Markup("<details>\n<summary>{}: <span{}>{}</span></summary>\n{}</details>\n")
    return whole.format(", ".join(paths), bad, counts, _list(lines))


def _list(lines: Sequence[str]) -> Markup:
    return Markup("<ul>\n{}</ul>\n").format(Markup("").join(Markup("<li>{}</li>\n").format(text) for text in lines))

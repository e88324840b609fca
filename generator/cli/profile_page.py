"""Where the time of a build went, as one page of HTML with pictures in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from generator.build.profile import Profile
from generator.records import Record

_WIDTH, _ROW, _BAR, _VALUE = 760, 26, 16, 90

_STYLE = Markup("""
:root { color-scheme: light dark; --paper: #fff; --ink: #1b1b1b; --soft: #595959; --line: #d0d0d0;
  --c0: #1f6fb2; --c1: #b3541e; --c2: #2b7d4f; --c3: #8a4fa3; --c4: #8c6d00; --c5: #b5305c; --c6: #4f6272; }
@media (prefers-color-scheme: dark) { :root { --paper: #16181b; --ink: #ececec; --soft: #a9adb3; --line: #3a3e44;
  --c0: #6db3f2; --c1: #f0975c; --c2: #6cc794; --c3: #c79ade; --c4: #d9b94a; --c5: #f086a8; --c6: #a3b5c4; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 54rem; padding: 1.5rem 1rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.2; } h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; }
p { margin: .5rem 0; max-width: 44rem; } .soft { color: var(--soft); }
.scroll { overflow-x: auto; } svg { display: block; width: 100%; min-width: 34rem; height: auto; }
svg text { fill: currentColor; font: 13px system-ui, sans-serif; }
summary { cursor: pointer; margin-top: .5rem; } table { border-collapse: collapse; font-size: .9rem; }
th, td { text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid var(--line); vertical-align: top;
  overflow-wrap: anywhere; }
td.n, th.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.key { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; list-style: none; padding: 0; margin: .5rem 0; }
.key i { display: inline-block; width: .8rem; height: .8rem; margin-right: .4rem; border-radius: 2px; }
.c0 { fill: var(--c0); background: var(--c0); } .c1 { fill: var(--c1); background: var(--c1); }
.c2 { fill: var(--c2); background: var(--c2); } .c3 { fill: var(--c3); background: var(--c3); }
.c4 { fill: var(--c4); background: var(--c4); } .c5 { fill: var(--c5); background: var(--c5); }
.c6 { fill: var(--c6); background: var(--c6); }
""")

_COLOURS = 7
_NUMBER = re.compile(r"[\d.,]+( m?s)?")


class _Row(Record, frozen=True):
    """A bar: its name, the lengths of its parts, what stands behind it, and its row of the table."""

    name: str
    parts: tuple[float, ...]
    value: str
    cells: tuple[str, ...]


class _Chart(Record, frozen=True):
    """A heading, bars, and the same as a table; `room` is the width for names, `key` names the parts of the bars."""

    name: str
    title: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[_Row, ...]
    room: int
    key: tuple[str, ...] = ()


def note(jobs: int) -> str:
    """Why processor time is not time on the wall."""
    if jobs == 1:
        return "processor time leaves out waiting for disks"
    return f"up to {jobs} processes work side by side, so this can be more than the time on the wall"


def html(found: Profile, jobs: int) -> str:
    """The page.

    Args:
        found: Where the time went.
        jobs: Processes that a build may use.
    """
    charts = [chart for chart in (_kinds(found), _pages(found), _articles(found)) if chart.rows]
    body = Markup("\n").join([_stages(found), *map(_figure, charts)])
    return str(
        Markup(
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            "<title>Where the time of a build went</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n"
            "<h1>Where the time of a build went</h1>\n<p>{wall} s on the wall. Processor time: {read} articles read in "
            "{reading} s, {rendered} files rendered in {rendering} s.</p>\n"
            '<p class="soft">Processor time: {note}. The first files of each process also pay for compiling '
            "templates.</p>\n{body}\n</main>\n</body>\n</html>\n"
        ).format(
            style=_STYLE,
            wall=f"{found.wall:.2f}",
            read=f"{found.read:,}",
            reading=f"{found.reading:.2f}",
            rendered=f"{found.rendered:,}",
            rendering=f"{found.rendering:.2f}",
            note=note(jobs),
            body=body,
        )
    )


def _stages(found: Profile) -> Markup:
    """One bar of all stages, with its key, which has the numbers."""
    whole, x, bars = found.wall or 1, 0.0, []
    for number, stage in enumerate(found.stages):
        width = _WIDTH * stage.seconds / whole
        value = f"{stage.name}: {stage.seconds:.2f} s, {100 * stage.seconds / whole:.0f}%"
        bars.append(_bar(x, 0, max(0.0, width - 1), 36, number, value))
        x += width
    key = Markup("").join(
        Markup('<li><i class="c{}"></i>{}: {} s ({}%)</li>').format(
            number % _COLOURS, stage.name, f"{stage.seconds:.2f}", f"{100 * stage.seconds / whole:.0f}"
        )
        for number, stage in enumerate(found.stages)
    )
    about = "; ".join(f"{stage.name} {stage.seconds:.2f} s" for stage in found.stages)
    return Markup('<section>\n<h2>Stages, by time on the wall</h2>\n{}\n<ul class="key">{}</ul>\n</section>').format(
        _svg("stages", "Stages, by time on the wall", about, 36, bars), key
    )


def _kinds(found: Profile) -> _Chart:
    rows = [
        _Row(
            kind.name,
            (kind.seconds,),
            _time(kind.seconds),
            (f"{kind.count:,}", _time(kind.seconds), _time(kind.seconds / kind.count), _time(kind.most), kind.path),
        )
        for kind in found.kinds
    ]
    columns = ("kind", "files", "all", "each", "slowest", "which is")
    about = "Processor time of all files that are made with each template, or written by Dateline itself."
    return _Chart("kinds", "Templates and other kinds of files", about, columns, tuple(rows), 160)


def _pages(found: Profile) -> _Chart:
    rows = [
        _Row(page.path, (page.seconds,), _time(page.seconds), (page.kind, _time(page.seconds))) for page in found.pages
    ]
    title = f"The slowest {len(rows)} files"
    about = "Processor time of rendering each file."
    return _Chart("pages", title, about, ("file", "kind", "rendering"), tuple(rows), 400)


def _articles(found: Profile) -> _Chart:
    rows = [
        _Row(
            article.source,
            (article.reading, article.page),
            _time(article.seconds),
            (_time(article.reading), _time(article.page), _time(article.seconds)),
        )
        for article in found.articles
    ]
    title = f"The slowest {len(rows)} articles"
    about = "Processor time of reading each article, its Markdown included, and of rendering its page."
    columns = ("article", "reading", "page", "both")
    return _Chart("articles", title, about, columns, tuple(rows), 400, ("reading", "page"))


def _figure(chart: _Chart) -> Markup:
    most = max((sum(row.parts) for row in chart.rows), default=0) or 1
    room = _WIDTH - chart.room - _VALUE
    marks: list[Markup] = []
    for index, row in enumerate(chart.rows):
        y, x = index * _ROW, float(chart.room)
        marks.append(_text(0, y, _shortened(row.name, chart.room), row.name))
        for number, part in enumerate(row.parts):
            width = room * part / most
            label = chart.key[number] if chart.key else row.name
            marks.append(_bar(x, y + 2, width, _BAR, number, f"{label}: {_time(part)}"))
            x += width
        marks.append(_text(x + 6, y, row.value))
    key = Markup("").join(Markup('<li><i class="c{}"></i>{}</li>').format(*item) for item in enumerate(chart.key))
    return Markup(
        '<section>\n<h2>{}</h2>\n<p class="soft">{}</p>\n{}{}\n<details>\n<summary>The same as a table</summary>\n{}\n'
        "</details>\n</section>"
    ).format(
        chart.title,
        chart.about,
        Markup('<ul class="key">{}</ul>\n').format(key) if key else "",
        _svg(chart.name, chart.title, f"{chart.about} The table below has all numbers.", _ROW * len(chart.rows), marks),
        _table(chart),
    )


def _svg(name: str, title: str, about: str, height: int, marks: Iterable[Markup]) -> Markup:
    return Markup(
        '<div class="scroll" tabindex="0" role="region" aria-label="{title}">'
        '<svg viewBox="0 0 {width} {height}" role="img" aria-labelledby="{name}-title {name}-desc">'
        '<title id="{name}-title">{title}</title><desc id="{name}-desc">{about}</desc>{marks}</svg></div>'
    ).format(name=name, title=title, about=about, width=_WIDTH, height=height, marks=Markup("").join(marks))


def _bar(x: float, y: float, width: float, height: float, colour: int, about: str) -> Markup:
    return Markup(
        '<rect class="c{}" x="{}" y="{}" width="{}" height="{}" rx="2"><title>{}</title></rect>'
    ).format(colour % _COLOURS, f"{x:.1f}", f"{y:.1f}", f"{width:.1f}", f"{height:.1f}", about)  # fmt: skip


def _text(x: float, y: float, text: str, whole: str = "") -> Markup:
    title = Markup("<title>{}</title>").format(whole) if whole and whole != text else ""
    return Markup('<text x="{}" y="{}">{}{}</text>').format(f"{x:.1f}", f"{y + 15:.1f}", text, title)


def _shortened(text: str, room: int) -> str:
    """The end of a name, which tells more than its beginning, as far as there is room."""
    most = int(room / 7.6)
    return text if len(text) <= most else f"…{text[1 - most :]}"


def _table(chart: _Chart) -> Markup:
    rows = [_cells("td", (row.name, *row.cells)) for row in chart.rows]
    head = _cells("th", chart.columns)
    return Markup("<table>\n<thead>{}</thead>\n<tbody>{}</tbody>\n</table>").format(head, Markup("\n").join(rows))


def _cells(tag: str, cells: Sequence[str]) -> Markup:
    number = Markup(' class="n"')
    made = [Markup("<{0}{1}>{2}</{0}>").format(tag, number if _NUMBER.fullmatch(cell) else "", cell) for cell in cells]
    return Markup("<tr>{}</tr>").format(Markup("").join(made))


def _time(seconds: float) -> str:
    return f"{1000 * seconds:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"

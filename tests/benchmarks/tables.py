"""The tables of the page, from the results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tests.benchmarks import results as kept
from tests.benchmarks.peers import BASELINE, OURS, PEERS
from tests.benchmarks.plot import duration
from tests.benchmarks.results import Results, Series
from tests.benchmarks.targets import GROWTH, LARGE, SMALL, TARGETS, Growth, growth, target_of
from tests.benchmarks.works import WORKS

Rows = list[Sequence[str]]
OPEN = "not measured yet"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown: the first column to the left, the others to the right."""
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))


def fraction(ratio: float | None) -> str:
    """A ratio as people say it: 0.58, 1/27."""
    if ratio is None:
        return "–"
    return f"1/{1 / ratio:.0f}" if 0 < ratio < 0.15 else f"{ratio:.2f}"


def conditions(results: Results) -> str:
    """Machines, versions and days of the series."""
    lines = []
    for machine in kept.machines(results.series):
        own = [series for series in results.series if series.machine == machine]
        days = sorted({series.day for series in own})
        what = ", ".join(f"{key} {value}" if key in ("memory", "Python") else value for key, value in _named(machine))
        lines.append(f"- {what}; {days[0]}" + (f" to {days[-1]}" if len(days) > 1 else ""))
    versions = sorted({(name, version) for series in results.series for name, version in series.versions.items()})
    told = dict.fromkeys(f"{PEERS[name].title.split(',')[0]} {version}" for name, version in versions if name in PEERS)
    return "\n".join([*lines, f"- {', '.join(told)}"])


def _named(machine: dict[str, str]) -> Iterator[tuple[str, str]]:
    for key, value in machine.items():
        yield key, f"{value} cores" if key == "cores" else value


def times(results: Results, posts: int) -> str:
    """Times and memory of one size, with targets."""
    head = ("", "Hugo", "Dateline", "ratio", "its range", "CPU ratio", "pairs", "wanted", "")
    rows: Rows = []
    for work, kind in WORKS.items():
        series = results.find(posts, work, OURS)
        if series:
            base = series.base()
            figures = [duration(base) if base else "–", duration(series.own())]
            rows.append([kind.title, *figures, *_ratios(series, "wall"), *_verdict(posts, work, "wall", series)])
    cold = results.find(posts, "cold", OURS)
    if cold:
        base = cold.base("memory")
        figures = [f"{base:.0f} MiB" if base else "–", f"{cold.own('memory'):.0f} MiB"]
        rows.append(["memory, cold", *figures, *_ratios(cold, "memory"), *_verdict(posts, "cold", "memory", cold)])
    return table(head, rows)


def _ratios(series: Series, figure: str) -> list[str]:
    ratios = series.ratios(figure)
    span = f"{fraction(min(ratios))} to {fraction(max(ratios))}" if ratios else "–"
    count = str(len(series.pairs)) + (f", {series.disturbed} disturbed" if series.disturbed else "")
    cpu = fraction(series.ratio("cpu")) if figure == "wall" else ""
    return [f"**{fraction(series.ratio(figure))}**", span, cpu, count]


def _verdict(posts: int, work: str, figure: str, series: Series) -> tuple[str, str]:
    target = target_of(posts, work, figure)
    if target is None:
        return "", ""
    reached = target.reached(series)
    words = f"≤ {fraction(target.ratio)}" + (f" and {target.seconds * 1000:.0f} ms" if target.seconds else "")
    return words, "–" if reached is None else "reached" if reached else "**missed**"


def targets(results: Results) -> str:
    """How many targets are reached, and which are not."""
    words = []
    for target in TARGETS:
        series = results.find(target.posts, target.work, OURS)
        reached = target.reached(series) if series else None
        if not reached:
            name = WORKS[target.work].title + (" (memory)" if target.figure == "memory" else "")
            words.append(f"{name} at {target.posts:,} posts: {'missed' if reached is False else OPEN}")
    for name, reached in _growth_targets(growth(results)):
        if not reached:
            words.append(f"{name}: {'missed' if reached is False else OPEN}")
    total = len(TARGETS) + 2
    return f"Targets reached: {total - len(words)} of {total}." + "".join(f"\n- {word}" for word in words)


def _growth_targets(rows: Sequence[Growth]) -> Iterator[tuple[str, bool | None]]:
    sizes = {row.posts: row for row in rows}
    cost = written = None
    if SMALL in sizes and LARGE in sizes:
        small, large = sizes[SMALL], sizes[LARGE]
        cost = large.wall <= GROWTH * small.wall
        written = None if None in (small.written, large.written) else small.written == large.written
    yield f"cost of a post at {LARGE:,} posts at most {GROWTH} times that at {SMALL:,}", cost
    yield f"as many files written for one new post at {LARGE:,} posts as at {SMALL:,}", written


def growing(results: Results) -> str:
    """What a post costs as the archive grows; empty where nothing was built cold."""
    rows = growth(results)
    if not rows:
        return ""
    head = ("posts", "cold, a post", "of the first", "CPU, a post", "memory, a post", "files written for one new post")
    return table(
        head,
        (
            [
                f"{row.posts:,}",
                f"{row.wall:.2f} ms",
                f"{row.wall / rows[0].wall:.2f}",
                f"{row.cpu:.2f} ms",
                f"{row.memory:.1f} KiB",
                "–" if row.written is None else f"{row.written:g}",
            ]
            for row in rows
        ),
    )


def others(results: Results, posts: int) -> str:
    """The other programs at one size, as multiples of Hugo; empty where none was measured."""
    names = [name for name in PEERS if name != BASELINE]
    works = [work for work in WORKS if any(results.find(posts, work, name) for name in names if name != OURS)]
    rows: Rows = []
    for name in names:
        found = {work: results.find(posts, work, name) for work in works}
        if any(found.values()):
            cold = found.get("cold")
            memory = f"{fraction(cold.ratio('memory'))} ({cold.own('memory'):.0f} MiB)" if cold else "–"
            rows.append([PEERS[name].title, *(_multiple(found[work]) for work in works), memory])
    return table(("", *(WORKS[work].title for work in works), "memory, cold"), rows) if works else ""


def _multiple(series: Series | None) -> str:
    if series is None:
        return "–"
    wrong = ", stale" if series.wrong else ""
    return f"{fraction(series.ratio())} ({duration(series.own())}{wrong})"


def outputs(results: Results, posts: int) -> str:
    """What each program wrote, kind by kind."""
    found = {output.program: output.counts for output in results.outputs if output.posts == posts}
    names = [name for name in PEERS if name in found]
    kinds = dict.fromkeys(kind for name in names for kind, count in found[name].items() if count)
    rows = ([kind, *(f"{found[name].get(kind, 0):,}" for name in names)] for kind in kinds)
    return table(("", *(PEERS[name].title for name in names)), rows)

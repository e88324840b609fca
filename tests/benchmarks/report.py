"""The page docs/performance.md: what stands between its two marks is made from the results, and so is its picture."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks import results as kept
from tests.benchmarks import tables
from tests.benchmarks.installing import CHECKOUT
from tests.benchmarks.peers import BASELINE, OURS, PEERS
from tests.benchmarks.plot import Bar, Panel, draw
from tests.benchmarks.results import Results
from tests.benchmarks.works import WORKS

DOCS = CHECKOUT / "docs"
PICTURE = "images/performance.svg"
BEGIN, END = "<!-- results: begin -->", "<!-- results: end -->"


def write(file: Path, docs: Path = DOCS) -> None:
    """Bring the page and its picture up to the results.

    Args:
        file: The results.
        docs: The folder of the page.

    Raises:
        SystemExit: There is nothing to report.
    """
    results = kept.load(file)
    if not results.series:
        raise SystemExit(f"there are no results in {file}: python -m tests.benchmarks run")
    page = docs / "performance.md"
    head, _, rest = page.read_text("utf-8").partition(BEGIN)
    page.write_text(f"{head}{BEGIN}\n\n{render(results)}\n\n{END}{rest.partition(END)[2]}", "utf-8")
    (docs / PICTURE).write_text(picture(results), "utf-8")


def render(results: Results) -> str:
    """The results as Markdown."""
    title = f"{PEERS[OURS].title}'s times beside {PEERS[BASELINE].title}'s"
    parts = [tables.conditions(results), f"![{title}]({PICTURE})", tables.targets(results)]
    sizes = results.sizes()
    for posts in reversed(sizes):
        if any(results.find(posts, work, OURS) for work in WORKS):
            parts += [f"### {posts:,} posts", tables.times(results, posts)]
    if rows := tables.growing(results):
        parts += ["### As the archive grows", rows]
    for posts in reversed(sizes):
        if rows := tables.others(results, posts):
            parts += [f"### Other programs, {posts:,} posts", rows]
    for posts in reversed(sizes):
        if any(output.posts == posts for output in results.outputs):
            parts += [f"### What was built, {posts:,} posts", tables.outputs(results, posts)]
    return "\n\n".join(parts)


def picture(results: Results) -> str:
    """The picture of the page."""
    panels = []
    for posts in reversed(results.sizes()):
        found = ((kind.title, results.find(posts, work, OURS)) for work, kind in WORKS.items())
        bars = [Bar(title, series.base(), series.own()) for title, series in found if series]
        if bars:
            panels.append(Panel(f"{posts:,} posts", bars))
    return draw(
        "Seconds of wall time, median of the runs; less is better", PEERS[BASELINE].title, PEERS[OURS].title, panels
    )

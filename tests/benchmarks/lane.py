"""The prose lane beside Python-Markdown: share taken, equality, cost. Run: python tests/benchmarks/lane.py FOLDER.

All Markdown files below the folder are read, front matter left out. Lane and engine take turns over the same pieces of
the collection, so that a busy machine slows both; the ratio counts. Processor time, without the reading of files.
"""

import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # runs from a checkout too

from generator import prose
from generator.config import Markup
from generator.markup import lane
from generator.markup.convert import Job, _Engine

T = TypeVar("T")
PIECE = 50
"""Documents that one of the two converts before the other has its turn."""


def bodies(folder: Path) -> list[str]:
    """The documents' Markdown, as the engine gets it."""
    texts = [path.read_text("utf-8") for path in sorted(folder.rglob("*.md"))]
    return [prose.MORE.sub("", re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)) for text in texts]


def timed(convert: Callable[[str], T], documents: list[str]) -> tuple[float, list[T]]:
    """Seconds of processor time, and what came out."""
    started = time.process_time()
    results = [convert(document) for document in documents]
    return time.process_time() - started, results


def main(folder: Path) -> None:
    """Print the table."""
    documents = bodies(folder)
    engine = _Engine(Markup())

    def by_engine(body: str) -> str:
        return engine.parse(Job("x.md", 1, body, "p1", "en", Markup()), body)[0]

    def by_lane(body: str) -> lane.Converted | None:
        return lane.convert(body, engine._slug, "-p1-")

    by_engine("# warm")
    by_lane("# warm")
    seconds = {"lane": 0.0, "engine": 0.0}
    taken = equal = 0
    for start in range(0, len(documents), PIECE):
        piece = documents[start : start + PIECE]
        cost, mine = timed(by_lane, piece)
        seconds["lane"] += cost
        cost, reference = timed(by_engine, piece)
        seconds["engine"] += cost
        taken += sum(result is not None for result in mine)
        equal += sum(result is not None and result.html == html for result, html in zip(mine, reference, strict=True))
    report(len(documents), taken, equal, seconds)


def report(count: int, taken: int, equal: int, seconds: dict[str, float]) -> None:
    """Figures for each document; `both` is what a build pays, the engine's share only where the lane steps aside."""
    per = {name: value / count * 1000 for name, value in seconds.items()}
    both = per["lane"] + per["engine"] * (count - taken) / count
    print(f"{count:,} documents, {taken:,} taken ({taken / count:.2%}), {equal:,} of these equal")
    print(f"lane {per['lane']:.3f} ms, Python-Markdown {per['engine']:.3f} ms, ratio {per['engine'] / per['lane']:.1f}")
    print(f"lane, then Python-Markdown for the rest: {both:.3f} ms each, ratio {per['engine'] / both:.1f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

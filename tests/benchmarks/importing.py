"""An import of many articles: time and memory. Run: python tests/benchmarks/importing.py COUNT.

An export of COUNT articles of 420 words, each with a link to another, is imported into an empty site, then once more,
then one new article into the full site. The export is in the format of the tests, whose reading costs next to nothing,
so that what is measured is the pipeline. Each import is a process of its own, so that its peak of memory is its own.
"""

import json
import multiprocessing
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # runs from a checkout too

import exports
from exports import HEAD, OLD
from support import NOW, SiteFixture

from generator.importer import ImportRequest, detect, run
from generator.importer.formats import raw_text

WORDS = [f"w{number}" for number in range(5000)]


def lines(first: int, count: int, total: int) -> Iterator[bytes]:
    """Articles as an export has them."""
    yield HEAD
    choose = random.Random(first)
    for number in range(first, first + count):
        other = choose.randrange(total)
        paragraphs = [" ".join(choose.choices(WORDS, k=60)) for _ in range(7)]
        values = {
            "title": f"Story {number}",
            "body": "\n\n".join([*paragraphs, f"See [more]({address(other)})."]),
            "date": f"2013-{number % 12 + 1:02}-05",
            "url": address(number),
            "identity": f"tag:old.example,2013:{number}",
            "tags": [WORDS[number % 50]],
        }
        yield json.dumps(values).encode() + b"\n"


def address(number: int) -> str:
    """Where an article was."""
    return f"{OLD}/2013/{number % 12 + 1:02}/story-{number}.html"


def measured(root: Path, export: Path) -> tuple[float, float, float, dict[str, int]]:
    """Seconds, seconds of processor time, MB at most, and what came of the articles."""
    detect.FORMATS = (exports, raw_text)  # type: ignore[assignment]
    started = time.perf_counter()
    report = run(ImportRequest(root=root, inputs=(str(export),), now=NOW))
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(usage.ru_utime + usage.ru_stime for usage in used)
    return time.perf_counter() - started, cpu, used[0].ru_maxrss / 1024, dict(report.tally.outcomes())


def main(count: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        root = SiteFixture(folder / "site").root
        whole, one = folder / "whole.jsonl", folder / "one.jsonl"
        with whole.open("wb") as file:
            file.writelines(lines(0, count, count))
        one.write_bytes(b"".join(lines(count, 1, count)))
        print(f"{count:,} articles, {whole.stat().st_size / 1e6:.0f} MB")
        print(f"{'import':<24}{'seconds':>9}{'CPU':>9}{'peak MB':>9}")
        steps = (("first", whole), ("the same again", whole), ("one more article", one), ("the same once more", one))
        for step, export in steps:
            with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
                seconds, cpu, peak, outcomes = pool.submit(measured, root, export).result()
            print(f"{step:<24}{seconds:>9.1f}{cpu:>9.1f}{peak:>9.0f}  {outcomes}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)

"""What a record costs beside a dataclass of the same fields: to declare one, and to make one.

Run: python tests/benchmarks/records.py [TIMES]
"""

import statistics
import sys
import time
import timeit
from dataclasses import dataclass

from generator.records import Record

_FIELDS = """
    source: str
    line: int
    tags: tuple = ()
    is_draft: bool = False
    section: str | None = None
    url: str = ""
"""
DATACLASS = f"@dataclass(frozen=True, slots=True)\nclass Value:{_FIELDS}"
RECORD = f"class Value(Record, frozen=True):{_FIELDS}"


def seconds(text: str) -> tuple[float, float]:
    """What it takes to declare a class and to make one value of it."""
    code, names = compile(text, "value", "exec"), {"Record": Record, "dataclass": dataclass, "__name__": "value"}
    started = time.perf_counter()
    exec(code, names)
    declared = time.perf_counter() - started
    return declared, timeit.timeit("Value('a.md', 1, ('x',))", globals=names, number=10_000) / 10_000


def main(times: int) -> None:
    """Alternate the two; print medians and their ratios."""
    pairs = [(seconds(DATACLASS), seconds(RECORD)) for _ in range(times)]
    for place, what in enumerate(("declare", "make")):
        old, new = (statistics.median(pair[side][place] for pair in pairs) for side in (0, 1))
        print(f"{what:8} dataclass {old * 1e6:8.2f} µs, record {new * 1e6:6.2f} µs: 1/{old / new:.0f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)

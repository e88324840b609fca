"""What `dateline --version` costs beside `python -c pass`, in turns.

Run: python tests/benchmarks/startup.py [TIMES]
"""

import statistics
import subprocess
import sys
import time


def seconds(arguments: list[str]) -> float:
    """Wall time of one run of Python."""
    started = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return time.perf_counter() - started


def main(times: int) -> None:
    """Alternate the two commands; print medians and the difference."""
    pairs = [(seconds(["-c", "pass"]), seconds(["-m", "generator", "--version"])) for _ in range(times)]
    bare, version = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"python -c pass      {bare * 1000:6.0f} ms")
    print(f"dateline --version  {version * 1000:6.0f} ms, {(version - bare) * 1000:.0f} ms more; wanted: at most 150")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)

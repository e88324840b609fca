"""What a build costs as the archive grows, per 1,000 posts. Run: python tests/benchmarks/scale.py 500 1000 2000.

The posts are made from a word list, the same at each run: 10 paragraphs, two links, a heading, three of 200 tags. Each
size is built twice, cold and with nothing changed, in a process of its own; the machine's speed cancels out in the last
column, which compares with the first size.
"""

import hashlib
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WORDS = ("harbour", "council", "tide", "bridge", "market", "school", "ferry", "night", "light", "paper", "water")


def pick(seed: str, count: int) -> list[str]:
    """Words that look random and never change."""
    digest = hashlib.sha256(seed.encode()).digest() * (count // 32 + 1)
    return [WORDS[byte % len(WORDS)] for byte in digest[:count]]


def write_site(root: Path, posts: int) -> None:
    """A site of that many posts, a day apart."""
    (root / "content/posts").mkdir(parents=True)
    (root / "site.toml").write_text('title = "Scale"\nbase_url = "https://example.org"\n')
    for number in range(posts):
        year, month, day = 2000 + number // 360, number // 30 % 12 + 1, number % 30 % 28 + 1
        paragraphs = [" ".join(pick(f"{number}.{part}", 55)).capitalize() + "." for part in range(10)]
        paragraphs[3] += f" See [this](https://example.org/{number})."
        paragraphs.insert(5, "## " + " ".join(pick(f"h{number}", 4)))
        tags = ", ".join(f"tag {int(hashlib.sha256(f'{number}.{k}'.encode()).hexdigest(), 16) % 200}" for k in range(3))
        head = f"title: Story {number}\ndate: {year}-{month:02}-{day:02} 08:00\nsection: News\ntags: [{tags}]"
        path = root / f"content/posts/story-{number}.md"
        path.write_text(f"---\n{head}\n---\n\n" + "\n\n".join(paragraphs) + "\n")


def build(root: Path) -> float:
    """Seconds of one build in a process of its own."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", "generator", "build", "-q", "-s", str(root)], check=True)
    return time.perf_counter() - started


def main(sizes: list[int]) -> None:
    """Print a row for each size."""
    print(" posts   cold s   again s   cold s per 1,000   of the first")
    first = 0.0
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            write_site(Path(folder), size)
            cold, again = build(Path(folder)), build(Path(folder))
        per = cold / size * 1000
        first = first or per
        print(f"{size:6,} {cold:8.1f} {again:9.1f} {per:18.2f} {per / first:14.2f}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"peak memory of the largest process: {peak:.0f} MiB")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [500, 1000, 2000])

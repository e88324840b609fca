"""An import of many articles: time and memory. Run: python tests/benchmarks/importing.py COUNT.

An export of WordPress with COUNT posts of 420 words, each with a link to another, is imported into an empty site, then
once more, then one new post into the full site, twice. Each import is a process of its own, so that its peak of memory
is its own.
"""

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

from support import NOW, SiteFixture

from generator.importer import ImportRequest, run

WORDS = [f"w{number}" for number in range(5000)]


OLD = "https://old.example"
HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Old</title><link>{OLD}</link><wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>{OLD}</wp:base_site_url>
"""
ITEM = """<item><title>Story {number}</title><link>{url}</link><guid isPermaLink="false">{old}/?p={number}</guid>
<content:encoded><![CDATA[{text}]]></content:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date>{date} 10:30:00</wp:post_date>
<wp:post_date_gmt>{date} 09:30:00</wp:post_date_gmt><wp:post_name>story-{number}</wp:post_name>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="post_tag" nicename="{tag}"><![CDATA[{tag}]]></category></item>
"""


def lines(first: int, count: int, total: int) -> Iterator[bytes]:
    """The export, piece by piece."""
    yield HEAD.encode()
    choose = random.Random(first)
    for number in range(first, first + count):
        paragraphs = [" ".join(choose.choices(WORDS, k=60)) for _ in range(7)]
        paragraphs.append(f'See <a href="{address(choose.randrange(total))}">more</a>.')
        text = "\n\n".join(f"<!-- wp:paragraph -->\n<p>{text}</p>\n<!-- /wp:paragraph -->" for text in paragraphs)
        date = f"2013-{number % 12 + 1:02}-05"
        yield ITEM.format(
            number=number, url=address(number), old=OLD, text=text, date=date, tag=WORDS[number % 50]
        ).encode()
    yield b"</channel></rss>\n"


def address(number: int) -> str:
    """Where a post was."""
    return f"{OLD}/2013/{number % 12 + 1:02}/05/story-{number}/"


def measured(root: Path, export: Path) -> tuple[float, float, float, dict[str, int]]:
    """Seconds, seconds of processor time, MB at most, and what came of the articles."""
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
        whole, one = folder / "whole.xml", folder / "one.xml"
        with whole.open("wb") as file:
            file.writelines(lines(0, count, count))
        one.write_bytes(b"".join(lines(count, 1, count)))
        print(f"{count:,} posts, {whole.stat().st_size / 1e6:.0f} MB")
        print(f"{'import':<24}{'seconds':>9}{'CPU':>9}{'peak MB':>9}")
        steps = (("first", whole), ("the same again", whole), ("one more post", one), ("the same once more", one))
        for step, export in steps:
            with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
                seconds, cpu, peak, outcomes = pool.submit(measured, root, export).result()
            print(f"{step:<24}{seconds:>9.1f}{cpu:>9.1f}{peak:>9.0f}  {outcomes}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)

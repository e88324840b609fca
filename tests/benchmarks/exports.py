"""A WordPress export of any size, made, read, imported. Run: python tests/benchmarks/exports.py N [--import FOLDER].

Tells the time and the peak of memory of reading it, as a stream whose items are thrown away, and, with a folder, of
an import into a new site there, and of the same import again. Each is a process of its own; memory is that of all
processes together, looked at four times a second (Linux).
"""

import argparse
import datetime as dt
import multiprocessing
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # runs from a checkout too

from generator.importer import ImportRequest, run
from generator.importer.articles import Article
from generator.importer.formats import wordpress
from generator.importer.sources import RawSource

WORDS = (
    *("harbour", "ferry", "council", "bridge", "lamp", "mole", "tide", "keeper", "school", "river", "mayor", "bread"),
    *("train", "clock", "winter", "market", "letter", "boat"),
)
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Large</title><link>https://large.example</link>
<wp:wxr_version>1.2</wp:wxr_version>
"""


VOCABULARY = [f"{one}{other}" for one in WORDS for other in WORDS]


def words(number: int, part: int, count: int) -> str:
    """A sentence of an item that no other has."""
    return " ".join(random.Random(number * 10 + part).choices(VOCABULARY, k=count))


def item(number: int) -> str:
    """A post of six paragraphs with a picture, a list, links and a comment."""
    day = dt.datetime(2005, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=number)
    other = f"https://large.example/{number * 31 % (number + 1)}/"
    body = "\n\n".join(
        f'{words(number, part, 60).capitalize()} <a href="{other}">{part}</a> &amp; <b>so on</b>.' for part in range(6)
    )
    return f"""<item><title>{words(number, 6, 6)} {number}</title><link>https://large.example/{number}/</link>
<dc:creator><![CDATA[ana]]></dc:creator><guid isPermaLink="false">https://large.example/?p={number}</guid>
<content:encoded><![CDATA[{body}

[caption width="300"]<img src="https://large.example/{number}.jpg" alt="" /> A picture[/caption]
<ul>
<li>{words(number, 7, 8)}</li>
</ul>]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_id>{number}</wp:post_id>
<wp:post_date>{day:%Y-%m-%d %H:%M:%S}</wp:post_date><wp:post_date_gmt>{day:%Y-%m-%d %H:%M:%S}</wp:post_date_gmt>
<wp:post_name>{number}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="category" nicename="town">Town</category>
<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>Bram</wp:comment_author>
<wp:comment_content>{words(number, 8, 20)}</wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment>
</item>
"""


def export(count: int) -> Iterator[str]:
    """The text of an export, a piece at a time."""
    yield HEAD
    for number in range(1, count + 1):
        yield item(number)
    yield "</channel></rss>\n"


def own(file: Path) -> int:
    """Read it; the number of articles."""
    source = RawSource(file.name, file.name, partial(file.open, "rb"))
    return sum(isinstance(found, Article) for found in wordpress.read(source))


def imported(file: Path, folder: Path) -> str:
    """Import it; what came of the articles."""
    now = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    report = run(ImportRequest(root=folder, inputs=(str(file),), now=now))
    return ", ".join(f"{number:,} {outcome}" for outcome, number in report.tally.outcomes().items() if number)


def held(pid: int) -> int:
    """Bytes of memory that a process and its children have, what they share counted each time; 0 once it is gone."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * resource.getpagesize() + sum(held(int(child)) for child in children)


def told(what: str, work: Callable[..., object], *given: Path) -> None:
    """Do something in a process of its own, and print a line on it."""
    before, started, peak = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter(), 0
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        done = pool.submit(work, *given)
        while not done.done():
            peak = max(peak, sum(map(held, pool._processes)))  # nobody else knows its number
            time.sleep(0.25)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    seconds = time.perf_counter() - started
    print(f"{what:<12}{seconds:>8.1f} s{cpu:>9.1f} s CPU{peak / 1024**2:>7.0f} MB   {done.result()}", flush=True)


def main(count: int, folder: Path | None) -> None:
    """Make, read and import."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "export.xml"
        with file.open("w", encoding="utf-8") as opened:
            opened.writelines(export(count))
        print(f"{count:,} items, {file.stat().st_size / 1e6:.0f} MB")
        told("read", own, file)
        if folder:
            folder.mkdir(parents=True)
            (folder / "site.toml").write_text('title = "Large"\nbase_url = "https://large.example"\n')
            told("imported", imported, file, folder)
            told("once more", imported, file, folder)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("items", type=int)
    parser.add_argument("--import", dest="folder", type=Path, help="a folder that is not there yet: import into it")
    given = parser.parse_args()
    main(given.items, given.folder)

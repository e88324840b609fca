"""A WordPress export of any size, made, read, imported. Run: python tests/benchmarks/exports.py N [--import FOLDER].

Tells the processor time of this process and the peak of memory of reading it, as a stream whose items are thrown
away, and, with a folder, of an import into a new site there.
"""

import argparse
import datetime as dt
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
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


def words(number: int, count: int) -> str:
    """A sentence that no other item has."""
    return " ".join(WORDS[(number * 7 + at * (number % 5 + 1)) % len(WORDS)] for at in range(count))


def item(number: int) -> str:
    """A post of six paragraphs with a picture, a list, links and a comment."""
    day = dt.datetime(2005, 1, 1, tzinfo=dt.UTC) + dt.timedelta(hours=number)
    other = f"https://large.example/{number * 31 % (number + 1)}/"
    body = "\n\n".join(
        f'{words(number + part, 60).capitalize()} <a href="{other}">{part}</a> &amp; <b>so on</b>.' for part in range(6)
    )
    return f"""<item><title>{words(number, 6)} {number}</title><link>https://large.example/{number}/</link>
<dc:creator><![CDATA[ana]]></dc:creator><guid isPermaLink="false">https://large.example/?p={number}</guid>
<content:encoded><![CDATA[{body}

[caption width="300"]<img src="https://large.example/{number}.jpg" alt="" /> A picture[/caption]
<ul>
<li>{words(number, 8)}</li>
</ul>]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_id>{number}</wp:post_id>
<wp:post_date>{day:%Y-%m-%d %H:%M:%S}</wp:post_date><wp:post_date_gmt>{day:%Y-%m-%d %H:%M:%S}</wp:post_date_gmt>
<wp:post_name>{number}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="category" nicename="town">Town</category>
<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>Bram</wp:comment_author>
<wp:comment_content>{words(number, 20)}</wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment>
</item>
"""


def export(count: int) -> Iterator[str]:
    """The text of an export, a piece at a time."""
    yield HEAD
    for number in range(1, count + 1):
        yield item(number)
    yield "</channel></rss>\n"


def peak() -> float:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def told(what: str, count: int, started: float) -> None:
    """Print a line of the result."""
    seconds = time.process_time() - started
    each = seconds / max(count, 1) * 1000
    print(f"{what}: {count:,} items in {seconds:.1f} s of processor time ({each:.2f} ms each), peak {peak():.0f} MB")


def main(count: int, folder: Path | None) -> None:
    """Make, read and import."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "export.xml"
        with file.open("w", encoding="utf-8") as opened:
            opened.writelines(export(count))
        print(f"export of {file.stat().st_size / 1024**2:.0f} MB; peak before reading {peak():.0f} MB")
        started = time.process_time()
        source = RawSource(file.name, file.name, lambda: file.open("rb"))
        told("read", sum(isinstance(found, Article) for found in wordpress.read(source)), started)
        if folder:
            folder.mkdir(parents=True)
            (folder / "site.toml").write_text('title = "Large"\nbase_url = "https://large.example"\n')
            started = time.process_time()
            now = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
            report = run(ImportRequest(root=folder, inputs=(str(file),), now=now, jobs=1))
            told("imported", len(report.articles), started)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("items", type=int)
    parser.add_argument("--import", dest="folder", type=Path, help="a folder that is not there yet: import into it")
    given = parser.parse_args()
    main(given.items, given.folder)

"""The corpus: a seed and a number give the same articles and pictures, byte for byte.

An article is the same for every program but for its front matter, which has the flavour that the program reads.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from tests.benchmarks.newsroom import PICTURES, Newsroom

SEED = 7
SECTIONS = ("politics", "business", "world", "science", "culture", "sport", "city", "opinion")
_SHARES = (20, 16, 16, 8, 12, 14, 9, 5)
_FIRST = dt.datetime(2015, 1, 1, 6, tzinfo=dt.UTC)
_SPAN = 3652 * 86_400
"""Seconds that the archive spans, ten years, whatever the number of articles."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article as its author means it."""

    title: str
    date: str
    slug: str
    author: str
    section: str
    tags: tuple[str, ...]
    summary: str
    body: str

    @property
    def path(self) -> str:
        """Its file: below the folder of articles, in the folder of its month."""
        return f"{self.date[:4]}/{self.date[5:7]}/{self.date[:10]}-{self.slug}.md"

    def with_text(self, mark: str) -> Article:
        """The article with one paragraph more, in front, that holds `mark`."""
        return replace(self, body=f"{mark} opening words.\n\n{self.body}")

    def with_title(self, mark: str) -> Article:
        """The article with a title that ends in `mark`; its URL stays."""
        return replace(self, title=f"{self.title} {mark}")


def articles(count: int, seed: int = SEED) -> Iterator[Article]:
    """The archive, oldest first."""
    newsroom = Newsroom(seed)
    for number in range(count):
        article = _article(newsroom, number, count)
        newsroom.slugs.append(article.slug)
        yield article


def newcomers(archive: int, count: int, seed: int = SEED) -> list[Article]:
    """Articles that come after an archive of so many; their texts do not depend on its size.

    Their tags are common ones, which an archive of a thousand articles has already: a new tag would be other work.
    """
    newsroom = Newsroom(seed)
    newsroom.random = Random(seed + 2)
    common = newsroom.tags.items[:25]
    fresh = [_article(newsroom, archive + k, archive) for k in range(count)]
    return [replace(article, tags=tuple(newsroom.random.sample(common, 3))) for article in fresh]


def _article(newsroom: Newsroom, number: int, count: int) -> Article:
    random = newsroom.random
    title = _title(newsroom)
    slug = f"{_slugify(title.replace('’', ''))[:48].strip('-')}-{number:05}"
    date = _date(int((number + random.random() * 0.98) * _SPAN / count))
    tags: list[str] = []
    wanted = random.choices([2, 3, 4, 5], [25, 35, 25, 15])[0]
    while len(tags) < wanted:
        tag = newsroom.tags.one(random)
        if tag not in tags:
            tags.append(tag)
    return Article(
        title=title,
        date=date,
        slug=slug,
        author=newsroom.authors[min(int(random.expovariate(1 / 14)), 39)],
        section=random.choices(SECTIONS, _SHARES)[0],
        tags=tuple(tags),
        summary=" ".join(newsroom.sentence(random.randint(18, 30))) + ".",
        body=newsroom.body(),
    )


def _title(newsroom: Newsroom) -> str:
    """Five to ten words; in some a colon, an apostrophe or quotation marks."""
    random = newsroom.random
    title = " ".join(newsroom.content.many(random, random.randint(5, 10))).capitalize()
    kind = random.random()
    if kind < 0.12:
        place = title.find(" ", len(title) // 3)
        return f"{title[:place]}:{title[place:]}"
    if kind < 0.24:
        start, _, end = title.rpartition(" ")
        return f"{start}’s {end}"
    if kind < 0.30:
        words = title.split(" ")
        words[2] = f"‘{words[2]}’"
        return " ".join(words)
    return title


def _date(seconds: int) -> str:
    """An instant of the archive on the clocks of New York, near enough."""
    instant = _FIRST + dt.timedelta(seconds=seconds)
    hours = 4 if 4 <= instant.month <= 10 else 5
    return instant.astimezone(dt.timezone(dt.timedelta(hours=-hours))).isoformat("T", "seconds")


def _slugify(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def render(article: Article, flavour: str) -> str:
    """The file of an article for one program: `base`, `hugo`, `pelican`, `jekyll` or `nikola`."""
    if flavour == "pelican":
        return (
            f"Title: {article.title}\nDate: {article.date}\nSlug: {article.slug}\nAuthor: {article.author}\n"
            f"Category: {article.section}\nTags: {', '.join(article.tags)}\nSummary: {article.summary}\n\n"
            f"{article.body}"
        )
    section = {
        "base": f"section: {article.section}",
        "hugo": f"categories: [{article.section}]",
        "jekyll": f"category: {article.section}",
        "nikola": f"category: {article.section}",
    }[flavour]
    summary = "description" if flavour == "nikola" else "summary"
    return (
        f"---\ntitle: {_quoted(article.title)}\ndate: {article.date}\nslug: {article.slug}\n"
        f"author: {_quoted(article.author)}\n{section}\ntags: [{', '.join(article.tags)}]\n"
        f"{summary}: {_quoted(article.summary)}\n---\n\n{article.body}"
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def pictures(seed: int = SEED) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of the pictures that articles show: small PNG files."""
    random = Random(seed + 1)
    for number in range(PICTURES):
        yield f"photo-{number:02}.png", _png(random, 48, 32)


def _png(random: Random, width: int, height: int) -> bytes:
    rows = b"".join(b"\0" + bytes(random.randrange(256) for _ in range(width * 3)) for _ in range(height))
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    data = zlib.compress(rows, level=0)  # what compression gives depends on the zlib at hand
    return b"\x89PNG\r\n\x1a\n" + header + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

"""Pages as people select and copy them: `tests/fixtures/raw/NAME.txt`, and what is right in them, `NAME.gold`.

A gold file has, for each article, `title`, `date`, `authors` and `tags`, an empty line and the text; a form feed parts
several. All places and people in them are invented.
"""

import datetime as dt
import json
import re
import time
import unicodedata
from collections import Counter
from dataclasses import dataclass

import pytest
from support import REPOSITORY

from generator.importer.formats import raw_text

PAGES = sorted((REPOSITORY / "tests/fixtures/raw").glob("*.txt"))


@dataclass(frozen=True)
class Gold:
    """What a reader finds in a page."""

    title: str
    date: str
    authors: list[str]
    tags: list[str]
    body: str


def gold(page):
    """The articles of a page."""
    found = []
    for part in page.with_suffix(".gold").read_text("utf-8").split("\f\n"):
        head, _, body = part.partition("\n\n")
        front = dict(line.split(": ", 1) for line in head.splitlines())
        lists = (json.loads(front[key]) for key in ("authors", "tags"))
        found.append(Gold(json.loads(front["title"]), front["date"], *lists, body))
    return found


def written(date):
    """A date as gold files have it."""
    return date.isoformat(" ", "minutes") if isinstance(date, dt.datetime) else str(date)


def words(text):
    """The words of a text, each character of Chinese and Japanese one, with how often they come."""
    plain = unicodedata.normalize("NFC", re.sub(r"\\(?=[^\w\s])", "", text)).casefold()
    return Counter(re.findall(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+", plain))


def likeness(one, other):
    """The F1 measure of two texts by words."""
    left, right = words(one), words(other)
    shared = sum((left & right).values())
    return 2 * shared / (left.total() + right.total())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_each_article_of_a_page_is_found(page):
    """As many articles as a reader sees, each with its headline and date, and nearly all of its words."""
    wanted, found = gold(page), raw_text.articles(page.read_text("utf-8"))
    assert [article.title for article in found] == [article.title for article in wanted]
    assert [written(article.date) for article in found] == [article.date for article in wanted]
    assert min(likeness(one.body, other.body) for one, other in zip(found, wanted, strict=True)) >= 0.9


def test_the_text_is_found_on_average():
    """Word for word, the texts are 0.97 alike on average, over at least forty pages in eleven languages."""
    scores = [
        likeness(article.body, right.body)
        for page in PAGES
        for article, right in zip(raw_text.articles(page.read_text("utf-8")), gold(page), strict=True)
    ]
    assert len(PAGES) >= 40
    assert len({page.stem.split("-")[0] for page in PAGES}) >= 11
    assert sum(scores) / len(scores) >= 0.97


def test_few_headlines_are_called_a_guess():
    """All headlines are right on these pages: of ten no more than one is called a guess."""
    told = [article.guess for page in PAGES for article in raw_text.articles(page.read_text("utf-8"))]
    assert 0 < sum(guess is not None for guess in told) <= len(told) / 10


@pytest.mark.parametrize("key", ["authors", "tags"])
def test_authors_and_tags_are_found(key):
    """Authors and tags are right in nineteen articles of twenty."""
    pairs = [
        (list(getattr(article, key)), getattr(right, key))
        for page in PAGES
        for article, right in zip(raw_text.articles(page.read_text("utf-8")), gold(page), strict=True)
    ]
    assert sum(found == wanted for found, wanted in pairs) / len(pairs) >= 0.95


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_line_of_a_page_is_read_or_told(page):
    """Each line of a page is in one of its posts or, word for word, in their reports; no line is in both."""
    text = page.read_text("utf-8")
    found = raw_text.articles(text)
    told = [entry.line for article in found for entry in article.dropped]
    assert len(told) == len(set(told))
    posts = words(" ".join(f"{article.title} {article.body}" for article in found))
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and number not in told:
            assert not words(line) - posts, line


HOSTILE = {
    "prose": "The harbour office said on Monday that the mole would be closed, and so on.\n\n",
    "one line": "word ",
    "one word": "x",
    "navigation": "Home\n",
    "short lines": "Some words\n",
    "dates": "9 May 2023\n",
    "heads": "A headline of five words\n9 May 2023\nThe harbour office said on Monday that it was so.\n",
    "feet": "Title of the day\nThe harbour office said on Monday.\nPosted by X at 2:33\n",
    "labels": "Tags:\na\n",
    "loose labels": "Categories Culture\n",
    "names alone": "Ada Lovelace\n",
    "hashtags": "#one #two\n",
    "comments": "3 comments:\n",
    "boxes": "Related posts\nRead more\nA headline\n",
    "crumbs": "a / " * 39 + "\n",
    "colons": "a: " * 60 + "\n",
    "digits": "1 " * 90 + "\n",
    "names": "By " + "A, " * 30 + "\n",
}


@pytest.mark.long
@pytest.mark.parametrize("family", HOSTILE)
def test_twice_the_text_takes_twice_the_time(family):
    """Whatever is repeated up to a megabyte, reading takes time in proportion to it."""
    taken = []
    for size in (500_000, 1_000_000):
        text = "9 May 2023\nA title of some words\n\n" + HOSTILE[family] * (size // len(HOSTILE[family]))
        begun = time.process_time()
        raw_text.articles(text)
        taken.append(time.process_time() - begun)
    assert taken[1] <= 2.5 * taken[0]

"""What blog pages say around articles, language by language.

Each file `LANGUAGE.toml` is one language, and another language is one file more. A key is a kind of phrase; its
phrases are parted by `|` or a line end. `#` stands for a number; `…` at an end for anything, ` …` with a blank for
further words. Phrases are found whatever their capitals, marks and punctuation, and in all languages at once: a German
page may say `Follow`.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

from generator.records import Record, fields

Phrases = tuple[str, ...]


class Tongue(Record, frozen=True, kw_only=True):
    """One language.

    Attributes:
        months: From January; spellings of one month in one text.
        weekdays: From Monday, likewise.
        published: Before a date.
        updated: Before the date of a change.
        after: Behind a year (Russian `г.`).
        at: Between a day and a time.
        clock: Behind a time (German `Uhr`).
        am: Before noon.
        pm: After noon.
        by: Before an author.
        beside: Before an author where a date is on the same line.
        section: Before a section, likewise.
        posted: Before the author in the foot of a post.
        between: Between that author and the time.
        joins: Between two authors.
        labels: Before tags, with a colon or on a line of their own.
        filed: Before tags, without a colon too.
        entries: The sentence of the page that tells when the article above it was posted, and by whom.
        comments: The line that begins the comments, or counts them.
        said: Behind a commenter's name.
        answers: What stands below a comment.
        buttons: What one can press on a page about the article.
        nav: What leads elsewhere on the site.
        also: Before the headline of another article, within an article.
        widgets: The heading of a box that is not the article.
        notices: Sentences of the site about itself.
        consent: What a notice about cookies says beside that word.
        credits: Before who made a picture.
        reading: How long it takes, how often it was seen.
        pager: What leads to the article before and after.
        cut: Where an article is cut off on a page of several.
        subject: Before what a mail is about.
        mail: Before what else stands in the head of a mail.
        titled: Before the headline in what reporters send.
        finis: Below an article, where its author says that it ends.
        forwards: What mails put before what they are about.
    """

    months: Phrases = ()
    weekdays: Phrases = ()
    published: Phrases = ()
    updated: Phrases = ()
    after: Phrases = ()
    at: Phrases = ()
    clock: Phrases = ()
    am: Phrases = ()
    pm: Phrases = ()
    by: Phrases = ()
    beside: Phrases = ()
    section: Phrases = ()
    posted: Phrases = ()
    between: Phrases = ()
    joins: Phrases = ()
    labels: Phrases = ()
    filed: Phrases = ()
    entries: Phrases = ()
    comments: Phrases = ()
    said: Phrases = ()
    answers: Phrases = ()
    buttons: Phrases = ()
    nav: Phrases = ()
    also: Phrases = ()
    widgets: Phrases = ()
    notices: Phrases = ()
    consent: Phrases = ()
    credits: Phrases = ()
    reading: Phrases = ()
    pager: Phrases = ()
    cut: Phrases = ()
    subject: Phrases = ()
    mail: Phrases = ()
    titled: Phrases = ()
    finis: Phrases = ()
    forwards: Phrases = ()


@cache
def tongues() -> dict[str, Tongue]:
    """Every language by its tag."""
    files = sorted((file for file in resources.files(__name__).iterdir() if file.name.endswith(".toml")), key=str)
    return {file.name.removesuffix(".toml"): _tongue(file.read_text("utf-8")) for file in files}


def _tongue(text: str) -> Tongue:
    return Tongue(**{key: _phrases(value) for key, value in tomllib.loads(text).items()})


def _phrases(text: str) -> Phrases:
    return tuple(phrase for part in re.split(r"[|\n]", text) if (phrase := part.strip()))


@cache
def every(kind: str) -> Phrases:
    """The phrases of one kind in all languages."""
    return tuple(dict.fromkeys(phrase for tongue in tongues().values() for phrase in getattr(tongue, kind)))


KINDS = tuple(spec.name for spec in fields(Tongue))

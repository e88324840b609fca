"""An article as a source tells it, made fit to be written: one spelling of text, dates and names that a build takes."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from generator import dates, languages, prose
from generator.content.text import legal
from generator.errors import Problem, warning
from generator.importer.addresses import host_of, is_absolute, slug_of
from generator.importer.articles import Article, Comment
from generator.model.document import Extra, Image
from generator.records import replace

_TITLE_OF_TEXT = 80
"""Characters of a headline that is made of a text's beginning."""

_IDENTITY = re.compile(r"(?!\d{1,4}$)[^\s\x00-\x1f<>\"'&\\]{1,300}")
_TEMPLATE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_PICTURE = re.compile(r"(?:https?://|(?!//)(?![A-Za-z][A-Za-z0-9+.-]*:))[^\x00-\x20<>\"\\?#][^\x00-\x1f<>\"\\]*", re.I)
_UNFIT = re.compile(r"[\s<>\"\\]")
_DEPTH = 12
"""Levels of `extra`; front matter takes twenty at most."""

_MANY = 2_000
"""Values of `extra`, and entries of a list of names."""


def normalised(article: Article) -> Article:
    """The same article, fit to be written; what could not be kept is among its problems."""
    problems: list[Problem] = list(article.problems)
    body = _text(article.body).strip("\n")
    image, identity, language = article.image, line(article.identity), (article.language or "").replace("_", "-")
    if image and not _PICTURE.fullmatch(image.src.strip()):
        problems.append(warning(f"has a lead picture with no usable address: {image.src[:100]!r}", "add it by hand"))
        image = None
    if identity and not _IDENTITY.fullmatch(identity):
        problems.append(
            warning(f"has an id that cannot be kept: {identity[:100]!r}", "readers of its feed may see it twice")
        )
        identity = ""
    return replace(
        article,
        title=line(article.title) or _made_title(article, body, problems),
        body=body,
        identity=identity,
        url=line(article.url),
        aliases=_names(article.aliases),
        date=_date(article.date, "date", problems),
        updated=_date(article.updated, "date of its last change", problems),
        expires=_date(article.expires, "date of its end", problems),
        canonical=address(article.canonical),
        summary=line(article.summary or "") or None,
        image=image and Image(*(line(text) for text in (image.src.strip(), image.alt, image.caption, image.credit))),
        authors=_names(article.authors),
        section=line(article.section or "") or None,
        tags=_names(article.tags),
        series=line(article.series or "") or None,
        language=language if languages.TAG.fullmatch(language) else None,
        template=article.template if article.template and _TEMPLATE.fullmatch(article.template) else None,
        extra=_extra(article.extra),
        comments=tuple(_comment(comment) for comment in article.comments),
        problems=tuple(problems),
    )


def line(text: str) -> str:
    """A text on one line, NFC, each run of blanks as one; case and quotation marks stay."""
    return " ".join(unicodedata.normalize("NFC", _legal(text)).split())


def _text(text: str) -> str:
    """A text of many lines, NFC, with LF at the end of each."""
    return unicodedata.normalize("NFC", _legal(text.replace("\r\n", "\n").replace("\r", "\n")))


def _legal(text: str) -> str:
    return str(legal(text)).replace("\ufeff", "")


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clean for name in names if (clean := line(name))))[:_MANY]


def address(url: str | None) -> str | None:
    """A whole address of the web, if it is one."""
    whole = url and line(url) == url and is_absolute(url) and host_of(url) and not _UNFIT.search(url)
    return url if whole else None


def _made_title(article: Article, body: str, problems: list[Problem]) -> str:
    """A headline for an article that has none: its text's first words, or what its address says."""
    first = prose.paragraphs(body, 1)
    title = prose.shorten(first[0], _TITLE_OF_TEXT) if first else line(re.sub("[-_]+", " ", slug_of(article.url)))
    if title:
        problems.append(warning("has no title; its first words became one", "write a better one"))
    return title


def _date(date: dt.datetime | dt.date | None, name: str, problems: list[Problem]) -> dt.datetime | dt.date | None:
    """A date as front matter can say it: whole seconds, an offset of whole minutes, a year of four digits."""
    if date is None:
        return None
    if isinstance(date, dt.datetime):
        date = date.replace(microsecond=0, fold=0)
        offset = date.utcoffset()
        if offset is not None and (offset.seconds % 60 or abs(offset) >= dt.timedelta(hours=15)):
            date = _as_utc(date)
        elif offset is not None:
            date = date.replace(tzinfo=dt.timezone(offset))
    if date is None or not dates.FIRST_YEAR <= date.year <= dates.LAST_YEAR:
        problems.append(warning(f"has a {name} that there is not", "correct it in the source, or in the post"))
        return None
    return date


def _as_utc(date: dt.datetime) -> dt.datetime | None:
    try:
        return date.astimezone(dt.UTC)
    except OverflowError:
        return None


def _comment(comment: Comment) -> Comment:
    return replace(
        comment,
        id=line(comment.id),
        parent=line(comment.parent),
        author=line(comment.author),
        date=_date(comment.date, "date", []),
        text=_text(comment.text).strip(),
        url=address(comment.url.strip()) or "",
    )


def _extra(extra: Extra) -> Extra:
    """What front matter can hold of it."""
    budget = iter(range(_MANY))
    return Extra(_plain(dict(extra), budget, 0) or {})  # type: ignore[arg-type]


def _plain(value: object, budget: Iterator[int], depth: int) -> object:
    """A value of texts, numbers, lists and tables; None where there is none, or too much."""
    if value is None or depth > _DEPTH or next(budget, None) is None:
        return None
    if isinstance(value, Mapping):
        found = {line(str(name)): _plain(item, budget, depth + 1) for name, item in value.items()}
        return {name: item for name, item in found.items() if name and item is not None} or None
    if isinstance(value, list | tuple):
        items = (_plain(item, budget, depth + 1) for item in value)
        return [item for item in items if item is not None] or None
    if isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    return _text(str(value)) or None

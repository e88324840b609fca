"""A row of a table, whatever its columns are called, as an article."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Mapping

from generator import languages
from generator.errors import ContentError, Problem, warning
from generator.importer import bodies, moments
from generator.importer.articles import Article, Item, Media, Skipped
from generator.importer.bodies import Body
from generator.importer.lines import fold
from generator.importer.raw import people
from generator.ledger import short_id
from generator.model.document import Extra, Image, Kind, Status
from generator.records import Record

NAMES = {
    "title": "title headline head post_title article_title titel titre titulo titolo baslik überschrift name",
    "date": "date published published_at published_on date_published publish_date publication_date pub_date pubdate "
    "post_date posted posted_at created created_at date_created datetime timestamp datum fecha data tarih",
    "updated": "updated updated_at modified modified_at date_modified last_modified date_updated post_modified",
    "html": "content_html body_html html html_content html_body rendered",
    "markdown": "content_md content_markdown body_md body_markdown markdown md",
    "text": "content_text body_text plain_text plaintext text_content",
    "body": "body content text article post post_content article_body story full_text description_full inhalt contenu "
    "contenido conteudo contenuto icerik",
    "summary": "summary excerpt description dek standfirst subtitle sub_title subheading teaser lead abstract "
    "post_excerpt untertitel",
    "authors": "authors author byline creator writer by author_name autor auteur autore yazar",
    "tags": "tags tag labels label keywords topics schlagworte etiquetas etiketler",
    "section": "section category categories rubrik rubrique seccion sezione",
    "url": "url link permalink uri href canonical_url page_url address source_url",
    "slug": "slug post_name",
    "id": "id guid uuid post_id article_id _id",
    "image": "image image_url featured_image lead_image thumbnail cover hero_image og_image feature_image picture",
    "image_alt": "image_alt alt image_caption feature_image_alt",
    "status": "status state post_status published_status visibility draft is_draft",
    "language": "language lang locale",
    "series": "series",
    "featured": "featured sticky pinned",
    "kind": "kind type post_type",
}
"""The keys that a column can be, and what tables call them; spelled without capitals, marks and blanks."""

NUMBERS = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})((?: \d{2}:\d{2}(?::\d{2})?)?)")
"""A date of which the first two numbers may be day and month, or month and day."""

_LISTS = re.compile(r"\s*[;|]\s*")
_NOT_PUBLIC = frozenset(
    {"draft", "private", "pending", "trash", "trashed", "hidden", "unpublished", "auto-draft", "password"}
)
_PUBLIC = frozenset({
    "publish", "published", "public", "live", "online", "posted", "active", "visible", "approved", "scheduled",
    "future", "veröffentlicht", "öffentlich", "publié", "publiée", "publicado", "publicada", "pubblicato",
    "gepubliceerd", "opublikowany", "publicerad", "yayınlandı", "yayında",
    "опубликовано", "منشور", "公開", "公開済み", "已发布", "공개",
})  # fmt: skip
_TRUE = frozenset({"1", "true", "yes", "y", "x"})


def normal(name: str) -> str:
    """A column's name as names are compared."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.strip())
    return re.sub(r"[\W_]+", "_", fold(apart)).strip("_")


_KEYS = {normal(name): key for key, names in NAMES.items() for name in names.split()}


def guess(names: Iterable[str]) -> dict[str, str]:
    """The key that each column is, by its name; of two with one key the first has it."""
    found: dict[str, str] = {}
    for name in names:
        key = _KEYS.get(normal(name))
        if key and key not in found.values():
            found[name] = key
    return found


def recognisable(names: Iterable[str]) -> bool:
    """Whether columns of these names can be articles: a headline or a body, and something else that is known."""
    keys = set(guess(names).values())
    return len(keys) >= 2 and bool(keys & {"title", "html", "markdown", "body", "text"})


class Columns(Record, frozen=True):
    """Which key each column is.

    Attributes:
        keys: By the column's name; the others go to `extra`.
        name: Of the source, by which bare numbers as ids are told apart from those of other tables.
        day_first: Whether `3/4/2020` is a day of April, where another date of the table says so.
    """

    keys: Mapping[str, str]
    name: str
    day_first: bool | None = None

    @classmethod
    def of(cls, names: Iterable[str], wanted: Mapping[str, str], source: str) -> Columns:
        """What the names say, and first what a person said of them.

        Raises:
            ContentError: A person named a key that there is not.
        """
        unknown = sorted(set(wanted.values()) - set(NAMES) - {"extra"})
        if unknown:
            cause = f"{unknown[0]!r} is no key that a column can be"
            raise ContentError(Problem(cause, f"use one of {', '.join(NAMES)}, or extra"))
        guessed = {name: key for name, key in guess(names).items() if key not in wanted.values()}
        return cls({**guessed, **wanted}, source)

    def article(self, row: Mapping[str, object], line: int) -> Item:
        """A row as an article; without a headline and a text it is passed over."""
        return _Row(self, row, line).item()


class _Row:
    """One row, taken apart by keys."""

    def __init__(self, columns: Columns, row: Mapping[str, object], line: int) -> None:
        self._columns = columns
        self._row = row
        self._line = line
        self._problems: list[Problem] = []
        self._values = {
            columns.keys[name]: value for name, value in row.items() if columns.keys.get(name, "extra") != "extra"
        }

    def item(self) -> Item:
        """The article."""
        body = self._body()
        title = bodies.one_line(self._text("title"))
        if not title and body.text:
            title = bodies.first_words(body.text)
            self._warn("has no headline; it was made from the first words", "write one into the post")
        if not title:
            return Skipped(
                "row", self._text("id") or f"line {self._line}", "it has neither a headline nor text", self._line
            )
        if any("\ufffd" in str(value) for value in self._row.values()):
            self._warn("has letters that could not be read, marked with \ufffd", "put them in by hand, or export anew")
        image = self._text("image")
        section, more = self._section()
        return Article(
            title=title,
            body=body.text,
            kind=Kind.PAGE if self._text("kind").lower() == "page" else Kind.POST,
            identity=self._identity(),
            url=self._text("url"),
            slug=self._text("slug"),
            date=self._date("date"),
            updated=self._date("updated"),
            status=self._status(),
            summary=bodies.one_line(self._text("summary")) or None,
            image=Image(image, alt=self._text("image_alt")) if image else None,
            authors=self._list("authors"),
            section=section,
            tags=tuple(dict.fromkeys((*self._list("tags"), *more))),
            series=self._text("series") or None,
            featured=self._text("featured").lower() in _TRUE,
            language=self._language(),
            extra=self._extra(),
            media=(*body.media, *((Media(image),) if image else ())),
            line=self._line,
            digest=hashlib.sha256(json.dumps(self._row, sort_keys=True, default=str).encode()).hexdigest(),
            dropped=body.dropped,
            problems=(*self._problems, *body.problems),
        )

    def _warn(self, cause: str, fix: str) -> None:
        self._problems.append(warning(cause, fix, line=self._line))

    def _text(self, key: str) -> str:
        """A value on one line; a list or mapping is none."""
        value = self._values.get(key)
        if isinstance(value, bool):
            return "true" if value else ""
        return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""

    def _body(self) -> Body:
        url = self._text("url")
        html, markdown, text, any_form = (self._raw(key) for key in ("html", "markdown", "text", "body"))
        if html.strip():
            return bodies.from_html(html, url, self._line)
        if markdown.strip():
            return bodies.from_markdown(markdown)
        return bodies.from_text(text) if text.strip() else bodies.from_any(any_form, url, self._line)

    def _raw(self, key: str) -> str:
        value = self._values.get(key)
        return value if isinstance(value, str) else ""

    def _identity(self) -> str:
        """An id that is an address, or long, is one for all the world; another is one within its table."""
        value = self._text("id")
        if not value or ":" in value or len(value) >= 12:
            return value
        return short_id(f"{self._columns.name}:{value}")

    def _date(self, key: str) -> dt.datetime | dt.date | None:
        text = self._text(key)
        if not text:
            return None
        found = _epoch(text) or moments.read(text) or moments.read(self._ordered(text))
        if found is None:
            self._warn(
                f"{text[:60]!r} is no date that Dateline knows", "correct it in the table, or write it into the post"
            )
        return found

    def _ordered(self, text: str) -> str:
        """A date in numbers as ISO has it, by the order of the table's other dates; empty where nobody knows."""
        numbers = NUMBERS.fullmatch(text)
        if numbers is None or self._columns.day_first is None:
            return ""
        first, second, year, time = numbers.groups()
        day, month = (first, second) if self._columns.day_first else (second, first)
        return f"{year}-{int(month):02}-{int(day):02}{time}"

    def _status(self) -> Status:
        """Public where its status is a word for that, or there is none."""
        value = self._values.get("status")
        text = "false" if value is False else self._text("status").lower()
        if self._is_flag("draft"):
            return Status.DRAFT if text in _TRUE | {"draft"} else Status.PUBLISHED
        if text in _PUBLIC or text in _TRUE or not text:
            return Status.PUBLISHED
        if text not in _NOT_PUBLIC and text != "false":
            fix = "set its status, or leave the column out with --map NAME=extra"
            self._warn(f"has the status {text[:60]!r}, so it is a draft", fix)
        return Status.DRAFT

    def _is_flag(self, word: str) -> bool:
        """Whether the column of the status says by its name what its `true` means."""
        return any(key == "status" and word in normal(name) for name, key in self._columns.keys.items())

    def _list(self, key: str) -> tuple[str, ...]:
        """A list, whether it is one or text with `;`, `|` or commas between."""
        value = self._values.get(key)
        if key == "authors" and isinstance(value, str):
            return tuple(dict.fromkeys(name for part in _LISTS.split(value) for name in people.split(part)))
        parts: list[object] = list(value) if isinstance(value, list) else _parted(self._text(key))
        names = (part.get("name", "") if isinstance(part, dict) else part for part in parts)
        return tuple(
            dict.fromkeys(
                name for part in names if isinstance(part, str | int) and (name := " ".join(str(part).split()))
            )
        )

    def _section(self) -> tuple[str | None, tuple[str, ...]]:
        """The first category; further ones are tags."""
        first, *more = self._list("section") or ("",)
        return first or None, tuple(more)

    def _language(self) -> str | None:
        tag = self._text("language").replace("_", "-")
        return tag if languages.TAG.fullmatch(tag) else None

    def _extra(self) -> Extra:
        """What has no key, by the column's name."""
        kept = {name: value for name, value in self._row.items() if self._columns.keys.get(name, "extra") == "extra"}
        return Extra({name: value for name, value in kept.items() if name and value not in (None, "", [], {})})


def _parted(text: str) -> list[object]:
    parts = _LISTS.split(text) if _LISTS.search(text) else re.split(r"\s*,\s*", text)
    return [part.lstrip("#") for part in parts]


def _epoch(text: str) -> dt.datetime | None:
    """Seconds or milliseconds since 1970, of this century or the last decades of the one before."""
    if not re.fullmatch(r"\d{9,10}(?:\.\d+)?|\d{12,13}", text):
        return None
    seconds = float(text) / (1000 if len(text) >= 12 and "." not in text else 1)
    return dt.datetime.fromtimestamp(int(seconds), dt.UTC)

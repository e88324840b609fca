"""What a request asks of every article, checked: what it is given, and which are imported at all."""

from __future__ import annotations

import datetime as dt
import re
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from generator import content, dates, languages
from generator.errors import Problem, UsageError
from generator.importer.addresses import host_of
from generator.importer.articles import Article, Wanted
from generator.importer.linking import NO_SITE
from generator.importer.report import ImportRequest
from generator.model.document import Kind, Status
from generator.permalinks import segment_fault
from generator.records import Record

_KINDS = {"posts": "post", "pages": "page", "drafts": "draft"}
INTO = "posts"


def wanted(request: ImportRequest, site_language: str) -> Wanted:
    """What the request says of every article.

    Raises:
        UsageError: The date or the language is none.
    """
    language = request.language
    if language is not None and not languages.TAG.fullmatch(language):
        raise UsageError(Problem(f"--language is no language tag: {language!r}", "use a tag such as en, tr or pt-BR"))
    return Wanted(
        date=_date(request.date, "--date"),
        draft=request.draft,
        language=language if language != site_language else None,
        section=request.section,
        tags=tuple(" ".join(tag.split()) for tag in request.tags),
    )


def _date(text: str | None, option: str) -> dt.datetime | dt.date | None:
    try:
        return dates.parse(text) if text is not None else None
    except ValueError as error:
        raise UsageError(Problem(f"{option} {error}", "write 2026-11-23 or '2026-11-23 09:30'")) from error


def into(request: ImportRequest) -> str:
    """The folder below `content/` for posts.

    Raises:
        UsageError: It is not one that a build would publish.
    """
    if request.into is None:
        return INTO
    path = Path(request.into).as_posix().strip("/").removeprefix(f"{content.FOLDER}/")
    parts = path.split("/")
    outside = request.into.startswith(("/", "~"))
    if outside or any(segment_fault(part) or part.startswith(("_", ".")) for part in parts) or parts[0] == "pages":
        cause = f"--into is no folder for posts below {content.FOLDER}/: {request.into!r}"
        raise UsageError(Problem(cause, "name one such as posts/archive"))
    return path


def old_urls(request: ImportRequest) -> tuple[str, ...]:
    """The addresses of the old site.

    Raises:
        UsageError: One is none.
    """
    for url in request.old_urls:
        if url != NO_SITE and not host_of(url):
            cause = f"--old-url is no address of a site: {url!r}"
            raise UsageError(Problem(cause, "write it as https://blog.example, or - where there is none"))
    return request.old_urls


OTHER_KIND = "--only names other kinds"
OTHER_NAME = "--only names others"
"""Why an article is not asked for."""


class Sieve(Record, frozen=True):
    """Which articles are imported.

    Attributes:
        kinds: `post`, `page`, `draft`; none for all.
        patterns: Of headlines and addresses, in small letters; none for all.
        since: The first instant.
        zone: In which a bare day begins.
    """

    kinds: frozenset[str]
    patterns: tuple[str, ...]
    since: dt.datetime | None
    zone: ZoneInfo

    @classmethod
    def of(cls, request: ImportRequest, zone: ZoneInfo) -> Sieve:
        """What a request lets through.

        Raises:
            UsageError: `--since` is no date.
        """
        since = _date(request.since, "--since")
        return cls(
            frozenset(_KINDS[word] for word in request.only if word in _KINDS),
            tuple(word.casefold() for word in request.only if word not in _KINDS),
            dates.resolve(since, zone) if since else None,
            zone,
        )

    def reason(self, article: Article) -> str | None:
        """Why an article is left out; None where it is not."""
        if self.kinds and kind_of(article) not in self.kinds:
            return OTHER_KIND
        if self.patterns and not any(map(self._matches, self._texts(article))):
            return OTHER_NAME
        if self.since and article.kind is Kind.POST:
            if article.date is None:
                return "it has no date, and --since asks for one"
            if dates.resolve(article.date, self.zone) < self.since:
                return "it is older than --since"
        return None

    def _texts(self, article: Article) -> tuple[str, ...]:
        try:
            path = urlsplit(article.url).path
        except ValueError:
            path = ""
        return tuple(text.casefold() for text in (article.title, article.url, path) if text)

    def _matches(self, text: str) -> bool:
        return any(
            fnmatchcase(text, pattern if re.search(r"[*?\[]", pattern) else f"*{pattern}*") for pattern in self.patterns
        )


def kind_of(article: Article) -> str:
    """In the receipt: `page`, `draft` or `post`."""
    if article.kind is Kind.PAGE:
        return "page"
    return "draft" if article.status is Status.DRAFT else "post"

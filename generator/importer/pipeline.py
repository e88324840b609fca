"""From inputs to posts, one source after the other; a bad one does not stop the others."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator import config, dates, languages
from generator.errors import DatelineError, Problem, UsageError
from generator.importer import detect, sources
from generator.importer.articles import Article, Wanted, front_matter
from generator.importer.report import Imported, ImportReport, ImportRequest, Outcome
from generator.importer.sources import RawSource, Unread
from generator.importer.write import Archive
from generator.ledger import short_id
from generator.model.document import Source
from generator.permalinks import slugify


def run(request: ImportRequest) -> ImportReport:
    """Import every source of a request.

    Raises:
        UsageError: The request itself, or `site.toml`, is wrong. Faults of a source are in the report.
    """
    importer = _Importer(request)
    return ImportReport(
        tuple(item for found in sources.read_all(request.inputs, request.stdin) for item in importer.take(found))
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """An article on its way: the source and its number there."""

    source: RawSource
    index: int
    article: Article

    @property
    def sha256(self) -> str:
        return self.article.digest or self.source.sha256

    @property
    def identity(self) -> str:
        return self.article.identity or short_id(f"{self.sha256}:{self.index}")

    def result(self, outcome: Outcome, path: str | None, note: str, *problems: Problem) -> Imported:
        place = self.source.place
        return Imported(
            source=place,
            outcome=outcome,
            path=path,
            title=self.article.title,
            encoding=_encoding(self.source),
            note=note,
            dropped=self.article.dropped,
            problems=tuple(problem.at(place) for problem in (*self.article.problems, *problems)),
        )


class _Importer:
    """A request made ready: its values read, the site's articles known."""

    def __init__(self, request: ImportRequest) -> None:
        settings = config.load(request.root)
        self._wanted = _wanted(request, settings.language)
        self._language = request.language or settings.language
        self._retrieved = request.now.astimezone(settings.zone).date()
        self._source_name = request.source_name
        self._archive = Archive(request.root)

    def take(self, found: RawSource | Unread) -> list[Imported]:
        """What came of one source."""
        if isinstance(found, Unread):
            return [Imported(source=found.place, outcome=Outcome.FAILED, problems=(found.problem,))]
        try:
            articles = [item for item in detect.choose(found).read(found) if isinstance(item, Article)]
        except DatelineError as error:
            problems = tuple(problem.at(found.place) for problem in error.problems)
            return [Imported(source=found.place, outcome=Outcome.FAILED, encoding=_encoding(found), problems=problems)]
        return [self._place(_Found(found, index, article)) for index, article in enumerate(articles)]

    def _place(self, found: _Found) -> Imported:
        source = Source(self._source_name or found.source.name, retrieved=self._retrieved, sha256=found.sha256)
        post = front_matter(found.article, found.identity, source, self._wanted)
        if post.date is None and (known := self._archive.path_of(found.identity)):
            there = self._archive.document(known)
            post = replace(post, date=there.front.date if there else None)
        elif post.date is None and not self._wanted.draft:
            return found.result(Outcome.FAILED, None, "", _NO_DATE)
        slug = slugify(found.article.title, post.language or self._language)
        try:
            placed = self._archive.put(post, found.article.body, slug)
        except OSError as error:
            cause = f"its post cannot be written: {error.strerror or error}: {error.filename}"
            return found.result(Outcome.FAILED, None, "", Problem(cause, "check space, permissions and path"))
        return found.result(placed.outcome, placed.path, placed.note, *placed.problems)


def _encoding(source: RawSource) -> str | None:
    """The encoding of a source that was read as text."""
    try:
        return source.decoded.encoding if "decoded" in vars(source) else None
    except DatelineError:
        return None


_NO_DATE = Problem(
    "has no date line at its top",
    "give the date with --date 2026-11-23, import it with --draft, or write a line such as 23 November 2026 above "
    "the text",
)


def _wanted(request: ImportRequest, site_language: str) -> Wanted:
    """What the request says, checked.

    Raises:
        UsageError: The date or the language is none.
    """
    language = request.language
    if language is not None and not languages.TAG.fullmatch(language):
        raise UsageError(Problem(f"--language is no language tag: {language!r}", "use a tag such as en, tr or pt-BR"))
    try:
        date = dates.parse(request.date) if request.date is not None else None
    except ValueError as error:
        raise UsageError(Problem(f"--date {error}", "write 2026-11-23 or '2026-11-23 09:30'")) from error
    return Wanted(
        date=date,
        draft=request.draft,
        language=language if language != site_language else None,
        section=request.section,
        tags=tuple(" ".join(tag.split()) for tag in request.tags),
    )

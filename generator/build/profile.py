"""Where the time of a build went: by stage, by kind of output, by page and by article."""

from __future__ import annotations

from generator.build.request import BuildReport
from generator.records import Record

SLOWEST = 30
"""Pages and articles that are named."""


class Stage(Record, frozen=True):
    """A stage of the build; seconds on the wall."""

    name: str
    seconds: float


class Kind(Record, frozen=True):
    """All outputs of a kind; processor seconds of all, and of the slowest, which is `path`."""

    name: str
    count: int
    seconds: float
    most: float
    path: str


class Page(Record, frozen=True):
    """A rendered file; processor seconds."""

    path: str
    kind: str
    seconds: float


class Article(Record, frozen=True):
    """An article; processor seconds of reading it (front matter and Markdown) and of rendering its page."""

    source: str
    reading: float
    page: float

    @property
    def seconds(self) -> float:
        """Both."""
        return self.reading + self.page


class Profile(Record, frozen=True):
    """Where the time went.

    Attributes:
        stages: In order.
        kinds: The dearest first.
        pages: The slowest SLOWEST.
        articles: The slowest SLOWEST.
        read: How many articles were read.
        reading: Processor seconds of that.
        rendered: How many files were rendered.
        rendering: Processor seconds of that.
    """

    stages: tuple[Stage, ...]
    kinds: tuple[Kind, ...]
    pages: tuple[Page, ...]
    articles: tuple[Article, ...]
    read: int
    reading: float
    rendered: int
    rendering: float

    @property
    def wall(self) -> float:
        """Seconds on the wall from the beginning of the build to its end."""
        return sum(stage.seconds for stage in self.stages)


def profile(report: BuildReport) -> Profile:
    """Where the time of a build went that was asked to measure it (`BuildRequest.profile`)."""
    pages = [Page(path, report.kinds[path][0], seconds) for path, seconds in report.costs.items()]
    pages.sort(key=lambda page: (-page.seconds, page.path))
    articles = _articles(report)
    return Profile(
        stages=tuple(Stage(name, seconds) for name, seconds in report.stages.items()),
        kinds=_kinds(pages),
        pages=tuple(pages[:SLOWEST]),
        articles=tuple(articles[:SLOWEST]),
        read=len(report.reading),
        reading=sum(report.reading.values()),
        rendered=len(pages),
        rendering=sum(page.seconds for page in pages),
    )


def _kinds(pages: list[Page]) -> tuple[Kind, ...]:
    """Pages, the slowest first, by kind."""
    found: dict[str, list[Page]] = {}
    for page in pages:
        found.setdefault(page.kind, []).append(page)
    kinds = [
        Kind(name, len(members), sum(page.seconds for page in members), members[0].seconds, members[0].path)
        for name, members in found.items()
    ]
    return tuple(sorted(kinds, key=lambda kind: (-kind.seconds, kind.name)))


def _articles(report: BuildReport) -> list[Article]:
    """Articles that were read or rendered, the slowest first."""
    rendering = {report.kinds[path][1]: seconds for path, seconds in report.costs.items() if report.kinds[path][1]}
    articles = [
        Article(source, report.reading.get(source, 0.0), rendering.get(source, 0.0))
        for source in report.reading.keys() | rendering.keys()
    ]
    return sorted(articles, key=lambda article: (-article.seconds, article.source))

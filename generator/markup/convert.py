"""One article's Markdown to HTML, with Python-Markdown: one instance a process, a cap in time for each article."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from generator import prose
from generator.config import Markup
from generator.errors import Problem, SettingsError, warning
from generator.executor import OutOfTimeError, recursion_limit, time_limit
from generator.markup import html, lane, plain
from generator.model.site import Reference
from generator.permalinks import slugify
from generator.records import Record, replace

if TYPE_CHECKING:
    from markdown import Markdown


class Heading(Record, frozen=True):
    """A heading of an article; `level` as in the page, `id` its anchor."""

    level: int
    id: str
    title: str


class Job(Record, frozen=True):
    """All that a rendering depends on.

    Attributes:
        source: The document's path, for messages.
        line: Line of that file on which the body begins.
        body: Markdown.
        identity: The post's id, which keeps its footnotes apart from others' on one page.
        language: BCP 47 tag; heading ids follow its letters.
        settings: `[markup]`.
    """

    source: str
    line: int
    body: str
    identity: str
    language: str
    settings: Markup


class Fragment(Record, frozen=True):
    """A rendered body.

    Attributes:
        html: Clean by the site's settings; addresses as the author wrote them, see `relinked`.
        toc: Its headings in order.
        met: Addresses that it holds, as the author wrote them.
        problems: What was found; an error means that the body must not be published.
        quick: The prose lane made it.
        plain: Cleaning it for a feed would change nothing; see `plain.is_plain`.
    """

    html: str
    toc: tuple[Heading, ...] = ()
    met: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    quick: bool = False
    plain: bool = False


_DEEP = re.compile(r"^(?:[ \t]{0,3}(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))){51}", re.MULTILINE)
"""Over 50 quotes and lists in one another. Python-Markdown would silently stop where its caller's own depth has it."""

_FRAMES = 900


def convert(job: Job) -> Fragment:
    """Render one body. Never raises for what an article holds; see Fragment.problems."""
    try:
        with time_limit(job.settings.time_limit), recursion_limit(_FRAMES):
            return _convert(job)
    except OutOfTimeError:
        cause = f"takes more than {job.settings.time_limit:g} seconds to render, so it is left out"
        fix = "look for long runs of brackets, < or *; or raise `time_limit` under [markup] in site.toml"
    except RecursionError:
        cause, fix = "nests lists or quotes too deep to render, so it is left out", "flatten them"
    _engine.cache_clear()  # a parser that was interrupted remembers where it stood, `reset()` notwithstanding
    return Fragment("", problems=(Problem(cause, fix, job.source, job.line),))


def known_extensions(settings: Markup) -> None:
    """Check that every extension of the settings loads.

    Raises:
        SettingsError: One does not.
    """
    try:
        _engine(settings)
    except (ImportError, TypeError, AttributeError, ValueError) as error:
        raise SettingsError(
            Problem(
                f"`markup.extensions` names an extension that cannot be loaded: {error}",
                "check its name, and install the package that brings it",
                "site.toml",
            )
        ) from error


def _convert(job: Job) -> Fragment:
    engine, body = _engine(job.settings), prose.MORE.sub("", job.body) if "<!--" in job.body else job.body
    made = engine.quick(job, body)
    if made and (fragment := _untouched(made)):
        return fragment
    raw, headings = (made.html, _found(made)) if made else engine.parse(job, body)
    problems: tuple[Problem, ...] = ()
    text = html.demoted(aligned := html.aligned(raw))
    if text is not aligned:
        headings = [replace(heading, level=min(heading.level + 1, 6)) for heading in headings]
    if job.settings.raw_html != "allow":
        if removed := html.removed(text):
            names = ", ".join(f"{name}>" if name.startswith("<") else name for name in removed)
            line = _line_of(job, removed)
            problems = (
                warning(
                    f"has HTML that was left out: {names}",
                    'delete it, or, if you trust every author, set raw_html = "allow" under [markup] in site.toml',
                    job.source,
                    line,
                ),
            )
        text = html.clean(text)
    met, harmless = html.addresses(text), plain.is_plain(text)
    text = html.scrollable_tables(text, job.language)
    return Fragment(text, tuple(headings), met, problems, made is not None, harmless)


def _untouched(made: lane.Converted) -> Fragment | None:
    """The fragment of a document to which nothing is to be done; None where there may be."""
    if not made.simple or any(anchor.level == 1 for anchor in made.headings):
        return None
    addresses = plain.well_nested(made.html)
    if addresses is None:
        return None
    return Fragment(made.html, tuple(_found(made)), html.unescaped(addresses), quick=True, plain=True)


def _found(made: lane.Converted) -> list[Heading]:
    return [Heading(anchor.level, anchor.id, anchor.title) for anchor in made.headings]


def relinked(text: str, references: Iterable[Reference]) -> str:
    """A fragment's HTML with the addresses of this site where they lead, and its pictures' sizes."""
    known = {reference.written: reference for reference in references}
    return html.rewrite(text, known)[0] if known else text


def _line_of(job: Job, names: Iterable[str]) -> int:
    """The first line that holds one of `names`."""
    body = entities.unescape(job.body).lower()
    at = min((found for name in names if (found := body.find(name)) >= 0), default=0)
    return job.line + body.count("\n", 0, at)


class _Engine:
    """Python-Markdown set up once for a site, with the prose lane before it where that gives the same bytes.

    Where there is a lane, its extensions are known and load; then Python-Markdown waits for an article that needs it.
    """

    def __init__(self, settings: Markup) -> None:
        self.language = "en"
        self._settings = settings
        self._has_lane = lane.fits(settings.extensions)
        if not self._has_lane:
            self.markdown  # noqa: B018  # an extension that cannot be loaded is told before any article is read

    @cached_property
    def markdown(self) -> Markdown:
        """The parser."""
        from markdown import Markdown  # 20 ms that few edits need

        names = list(self._settings.extensions)
        config: Mapping[str, Any] = {name: {"slugify": self._slugify} for name in names if _short(name) == "toc"}
        made = Markdown(extensions=names, extension_configs=config, output_format="html")
        if self._settings.raw_html == "escape":
            made.preprocessors.deregister("html_block")
            made.inlinePatterns.deregister("html")
        return made

    def quick(self, job: Job, body: str) -> lane.Converted | None:
        """What the lane makes of an article."""
        self.language = job.language
        return lane.convert(body, self._slug, _separator(job)) if self._has_lane else None

    def parse(self, job: Job, body: str) -> tuple[str, list[Heading]]:
        """HTML and headings by Python-Markdown; no headings without the `toc` extension."""
        self.language = job.language
        if _DEEP.search(job.body):
            raise RecursionError
        self.markdown.reset()
        for extension in self.markdown.registeredExtensions:
            if type(extension).__name__ == "FootnoteExtension":
                extension.setConfig("SEPARATOR", _separator(job))
                extension.setConfig("BACKLINK_TITLE", "↩ {}")
        text = self.markdown.convert(body)
        return text, _headings(getattr(self.markdown, "toc_tokens", []))

    def _slug(self, text: str) -> str:
        return self._slugify(text, "-")

    def _slugify(self, text: str, _separator: str) -> str:
        return slugify(entities.unescape(re.sub(r"<[^>]*>", "", text)), self.language, limit=80)


def _separator(job: Job) -> str:
    """What stands in the ids of an article's footnotes, so that two articles can share a page."""
    return f"-{re.sub(r'[^A-Za-z0-9]+', '-', job.identity)}-"


def _headings(tokens: list[dict[str, Any]]) -> list[Heading]:
    found: list[Heading] = []
    for token in tokens:
        found.append(Heading(token["level"], token["id"], entities.unescape(token["name"])))
        found.extend(_headings(token["children"]))
    return found


def _short(name: str) -> str:
    return name.removeprefix("markdown.extensions.")


@lru_cache(maxsize=4)
def _engine(settings: Markup) -> _Engine:
    return _Engine(settings)

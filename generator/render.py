"""One planned Output to bytes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from generator import feeds, markup
from generator.errors import ContentError, OutputError, Problem, ThemeError, VanishedError
from generator.library import Library
from generator.model.machine import (
    CopyView,
    FeedView,
    MachineView,
    NewsView,
    OpmlView,
    RedirectView,
    RobotsView,
    SitemapView,
    StyleView,
)
from generator.model.notices import NoticeView, WithdrawnView
from generator.model.views import ListView, PostView, SiteView, View
from generator.plan import Composer, Output
from generator.plan.subjects import CorrectionFeed, Feed, Listing, Story
from generator.records import Record

if TYPE_CHECKING:
    from generator.theme import Templates


_FEEDS = {"rss": feeds.rss, "atom": feeds.atom, "json": feeds.json_feed}


class Renderer(Record):
    """Renders the outputs of one site.

    Attributes:
        root: The site's folder, for files that are copied.
        site: The chrome that every page gets.
        templates: The theme's.
        composer: Makes the views.
        library: Has the bodies.
    """

    root: Path
    site: SiteView
    templates: Templates
    composer: Composer
    library: Library
    _last: tuple[object, list[str]] | None = None

    def render(self, output: Output) -> bytes:
        """The file's bytes.

        Raises:
            ThemeError: A template failed, or does not exist.
            ContentError: A file that is to be copied may not be read.
            VanishedError: It is not there any more.
            OutputError: The system failed to read it.
            DamagedError: A record is not what was written.
        """
        view = self.composer.view(output.subject)
        if output.template is not None:
            return self._page(output, output.template, view).encode()
        if isinstance(view, CopyView):
            return self._read(view, output.origin)
        return self._machine(output, view).encode()

    def _page(self, output: Output, template: str, view: View | NoticeView | MachineView) -> str:
        values: dict[str, object] = {"site": self.site, "page": view}
        if isinstance(output.subject, Story):
            values.update(self._written(output.subject.number))
        elif isinstance(output.subject, Listing):
            author = output.subject.author
            values.update({"content": "", "toc": ()} if author is None else self._written(author))
            values["structured_data"] = ""
        if isinstance(view, PostView) or (isinstance(view, ListView) and view.author):
            values["structured_data"] = feeds.StructuredData(view, self.site)
        try:
            return self.templates.render(template, values)
        except ThemeError as error:
            raise ThemeError(
                *(Problem(f"{p.cause} (for {output.origin})", p.fix, p.path, p.line) for p in error.problems)
            ) from error

    def _written(self, number: int) -> dict[str, object]:
        """The text of a document: the one place where HTML enters a page unescaped, cleaned by generator.markup."""
        from markupsafe import Markup

        body = self.library.body(number)
        content = markup.relinked(body.html, self.library.entries[number].references)
        return {"content": Markup(content), "toc": body.toc}

    def _machine(self, output: Output, view: View | NoticeView | MachineView) -> str:
        match view:
            case FeedView() if isinstance(output.subject, Feed | CorrectionFeed):
                return _FEEDS[output.subject.format](view, self._bodies(output.subject, view))
            case OpmlView():
                return feeds.opml(view)
            case StyleView():
                return feeds.STYLE
            case SitemapView() | NewsView():
                return feeds.sitemap(view) if isinstance(view, SitemapView) else feeds.news(view)
            case RobotsView():
                return feeds.robots(view)
            case RedirectView() | WithdrawnView():
                return feeds.redirect(view) if isinstance(view, RedirectView) else feeds.tombstone(view, self.site)
            case _:
                raise TypeError(f"no renderer for {type(view).__name__}")

    def _bodies(self, feed: Feed | CorrectionFeed, view: FeedView) -> list[str]:
        """Articles for a feed, the same for all of its formats, which mostly come one after the other."""
        if isinstance(feed, CorrectionFeed):
            return [""] * len(view.items)
        key = (feed.posts, feed.brief)
        if self._last is None or self._last[0] != key:
            both = zip(feed.posts, view.items, strict=True)
            made = ["" if number in feed.brief else self._safe(number, item.url) for number, item in both]
            self._last = key, made
        return self._last[1]

    def _safe(self, number: int, url: str) -> str:
        body, references = self.library.body(number), self.library.entries[number].references
        return markup.feed_safe(body.html, url, references, is_plain=body.plain)

    def _read(self, view: CopyView, origin: str) -> bytes:
        try:
            return (self.root / view.file).read_bytes()
        except FileNotFoundError:
            raise VanishedError.of(view.file) from None
        except PermissionError as error:
            raise ContentError(Problem(f"cannot be read: {error.strerror}", "check its permissions", origin)) from error
        except OSError as error:
            cause = f"{origin} cannot be read: {error.strerror}"
            raise OutputError(Problem(cause, "this is the system's fault: try again")) from error

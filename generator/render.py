"""One planned Output to bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator import feeds
from generator.errors import ContentError, Problem, ThemeError
from generator.markup import Fragment, feed_safe
from generator.model.machine import CopyView, FeedView, MachineView, RedirectView, RobotsView, SitemapView
from generator.model.views import BodyKey, PostView, SiteView, View
from generator.plan.output import Output

if TYPE_CHECKING:
    from generator.theme import Templates


@dataclass(slots=True)
class Renderer:
    """Renders the outputs of one site.

    Attributes:
        site: The chrome that every page gets.
        templates: The theme's.
        fragments: Rendered bodies.
    """

    site: SiteView
    templates: Templates
    fragments: Mapping[BodyKey, Fragment]

    def render(self, output: Output) -> bytes:
        """The file's bytes.

        Raises:
            ThemeError: A template failed, or does not exist.
            ContentError: A file that is to be copied cannot be read.
        """
        view = output.view
        if output.template is not None:
            return self._page(output.template, view, output.origin).encode()
        if isinstance(view, CopyView):
            return _read(view, output.origin)
        return self._machine(view).encode()

    def _page(self, template: str, view: View | MachineView, origin: str) -> str:
        values: dict[str, object] = {"site": self.site, "page": view}
        if isinstance(view, PostView):
            from markupsafe import Markup

            fragment = self.fragments[view.body]
            # The one place where HTML enters a page unescaped: cleaned by generator.markup.
            values.update(content=Markup(fragment.html), toc=fragment.toc)
        try:
            return self.templates.render(template, values)
        except ThemeError as error:
            raise ThemeError(
                *(Problem(f"{p.cause} (for {origin})", p.fix, p.path, p.line) for p in error.problems)
            ) from error

    def _machine(self, view: View | MachineView) -> str:
        match view:
            case FeedView():
                return feeds.rss(view, {item.body: self._feed_body(item.body, item.url) for item in view.items})
            case SitemapView():
                return feeds.sitemap(view)
            case RobotsView():
                return feeds.robots(view)
            case RedirectView():
                return feeds.redirect(view)
            case _:
                raise TypeError(f"no renderer for {type(view).__name__}")

    def _feed_body(self, key: BodyKey, url: str) -> str:
        return feed_safe(self.fragments[key].html, url)


def _read(view: CopyView, origin: str) -> bytes:
    try:
        return Path(view.file).read_bytes()
    except OSError as error:
        raise ContentError(Problem(f"cannot be read: {error.strerror}", "check its permissions", origin)) from error

"""The next and the previous article of each article, which Pelican leaves to plugins."""

from typing import Any

from pelican import signals


def link(generator: Any) -> None:
    """Set both on every article; they come newest first."""
    articles = generator.articles
    for newer, article, older in zip([None, *articles[:-1]], articles, [*articles[1:], None], strict=True):
        article.next_article, article.prev_article = newer, older


def register() -> None:
    """Pelican's entry point for plugins."""
    signals.article_generator_finalized.connect(link)

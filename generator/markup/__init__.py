"""Markdown to Fragment(html, toc, problems). The only door to markdown, and to nh3."""

from generator.markup.convert import Fragment, Heading, Job, convert, known_extensions, relinked
from generator.markup.html import absolute, feed_safe

__all__ = ["Fragment", "Heading", "Job", "absolute", "convert", "feed_safe", "known_extensions", "relinked"]

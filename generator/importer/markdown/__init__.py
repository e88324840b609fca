"""HTML from anyone to the Markdown of a post.

    HTML ─trees→ elements ─read→ blocks of runs (values) ─write→ Markdown, or by as_html what that cannot hold

`read` lets in what it knows, so nothing that runs can pass; `write` and `inline` escape, so that no character of the
text is markup. Between them are values: what is found in HTML and what is made of it do not know each other.
"""

from generator.importer.markdown.convert import Converted, convert, convert_element, plain_lines, plain_text

__all__ = ["Converted", "convert", "convert_element", "plain_lines", "plain_text"]

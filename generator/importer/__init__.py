"""Raw articles to posts: what a publisher has saved becomes `content/posts/2023/05/slug.md`, once.

    inputs ─sources→ bytes ─decode→ text ─detect→ format ─formats→ Articles ─articles→ front matter, Markdown
      ─write→ a file, unless it is there

A new source format is one file in `formats/` and one line in its list. `decode` is the only door to charset_normalizer.
"""

from generator.importer.pipeline import run
from generator.importer.report import Imported, ImportReport, ImportRequest, Outcome

__all__ = ["ImportReport", "ImportRequest", "Imported", "Outcome", "run"]

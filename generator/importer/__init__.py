"""Raw articles to posts: what a publisher has saved becomes `content/posts/2023/05/slug.md`, once.

    inputs ─sources→ bytes ─detect→ format ─reading→ Items ─normal→ Articles fit to be written   one at a time
      ─desk→ names, place, addresses, pictures, links, comments ─place→ a file, unless it is there
    at the end ─pipeline→ links that had to wait; report

    archive   the site's articles by id, by address, by phrase: what every new one is held against
    linking   where addresses of the old site lead; relink finds them in Markdown, addresses compares them

A new source format is one file in `formats/` and one line in its list. `decode` is the only door to charset_normalizer.
"""

from generator.importer.pipeline import run
from generator.importer.report import Imported, ImportReport, ImportRequest, Outcome

__all__ = ["ImportReport", "ImportRequest", "Imported", "Outcome", "run"]

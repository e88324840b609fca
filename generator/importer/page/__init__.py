"""One saved web page as one article: what the page says of itself, and the part of it that is the article.

charset    bytes to text, by what the page declares and what its bytes are
linked     JSON-LD
items      microdata and RDFa Lite
metadata   headline, dates, authors and the rest, from every place where pages say them
prose      which element holds the article, and what within it does not belong to it
bylines    authors as a page shows them
labels     section and tags as links show them
headline   the headline as the page shows it
trimming   headline, date, byline and buttons at the ends of the text
article    the line of calls
"""

from generator.importer.page.article import article

__all__ = ["article"]

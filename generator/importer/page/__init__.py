"""A saved web page as its article: what the page says of itself, and the part of it that is the article.

charset    bytes to text, by what the page declares and what its bytes are
linked     JSON-LD
items      microdata and RDFa Lite
metadata   headline, dates, authors and the rest, from every place where pages say them
prose      which element holds the article, and what within it does not belong to it
bylines    authors as a page shows them
labels     section and tags as links show them
headline   the headline as the page shows it
trimming   headline, date, byline and buttons at the ends of the text
lead       the lead picture
article    the line of calls
posts      a page that shows several whole posts
saved      bytes to one of these
"""

from generator.importer.page.saved import Saved

__all__ = ["Saved"]

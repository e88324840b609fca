"""Views for machines to text: feeds, the list of feeds, sitemaps, robots.txt, redirects.

text       what XML may hold; dates as the formats want them
rss        RSS 2.0
atom       Atom 1.0
jsonfeed   JSON Feed 1.1
opml       the list of all feeds
sitemap    sitemaps, the news sitemap and robots.txt
structured the data in pages of stories, as JSON-LD
pages      redirects, tombstones, and the style sheet that makes a feed readable in a browser

No time of building stands anywhere, so equal content gives equal bytes.
"""

from generator.feeds.atom import atom
from generator.feeds.jsonfeed import json_feed
from generator.feeds.opml import opml
from generator.feeds.pages import STYLE, redirect, tombstone
from generator.feeds.rss import rss
from generator.feeds.sitemap import news, robots, sitemap
from generator.feeds.structured import StructuredData

__all__ = [
    "STYLE",
    "StructuredData",
    "atom",
    "json_feed",
    "news",
    "opml",
    "redirect",
    "robots",
    "rss",
    "sitemap",
    "tombstone",
]

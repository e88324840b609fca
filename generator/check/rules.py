"""The rules by which an output folder is judged: one row each, in the order in which they are listed and documented.

Numbers are those of the project's list of publishing rules, so that tests can tell that none was forgotten; a rule
without one is about links and pages. docs/check.md has the same rows, and a test compares.
"""

from __future__ import annotations

from generator.errors import Severity
from generator.records import Record

E, W = Severity.ERROR, Severity.WARNING


class Rule(Record, frozen=True):
    """What must hold.

    Attributes:
        code: Its name, for people and machines; it stays.
        severity: How much a breach weighs.
        numbers: In the list of publishing rules.
        sentence: What must hold.
        fix: The way out, where it does not.
    """

    code: str
    severity: Severity
    numbers: tuple[int, ...]
    sentence: str
    fix: str


_TABLE = (
    Rule("file-irregular", E, (), "The output holds regular files only",
         "replace the link or device by the file itself"),
    Rule("file-unreadable", E, (), "Every file can be read", "check its permissions and the disk"),
    Rule("file-name", E, (), "Every file's name is UTF-8", "rename the file"),
    Rule("file-size", E, (), "No page or feed is above 50 MB", "split it, or leave out full texts"),
    Rule("embargo-leak", E, (), "Nothing of an article that is off the site is in any file",
         "build anew; if it stays, take it out of what shows it: the theme, the settings, a file of the site"),
    Rule("embargo-quoted", W, (), "An article on the site does not say what a scheduled one is to say",
         "take it out, or keep that article back as well; if it is meant so, leave it"),
    Rule("page-encoding", E, (1,), "Pages are UTF-8", "save the template or asset as UTF-8"),
    Rule("page-size", W, (35,), "A page is at most 1 MB", "move data and pictures into files of their own"),
    Rule("page-depth", W, (), "A page can be read to its end", "close elements; browsers give up on deep nesting too"),
    Rule("page-title", E, (), "A page has one title that is not empty", "give the template one <title>"),
    Rule("page-lang", E, (), "A page says its language", 'write <html lang="…">; screen readers choose a voice by it'),
    Rule("page-h1", W, (), "A page has one h1 that is not empty", "make the headline, and nothing else, the h1"),
    Rule("page-canonical", W, (51,), "A page names its canonical address once, in full",
         'write <link rel="canonical" href="https://…"> once'),
    Rule("page-id-unique", E, (), "No id stands twice in a page", "rename one; links with # reach the first only"),
    Rule("image-alt", E, (), "Every picture has a text for those who do not see it",
         'write alt="…", or alt="" where the picture only decorates'),
    Rule("image-unreadable", W, (), "A picture is one of the kind that its name says",
         "save it anew, or name it by its kind"),
    Rule("image-large", W, (), "A picture is at most 2 MB", "save a smaller one; 2,000 pixels across are enough"),
    Rule("image-place", W, (), "A picture does not tell where it was taken",
         "save it without its Exif data; a source may be found by it"),
    Rule("image-insecure", W, (), "A page by https takes nothing by http",
         "use https, or a copy of your own; browsers block or warn"),
    Rule("link-empty", E, (), "A link has an address", "give it one, or take the link away"),
    Rule("link-name", W, (), "A link has a text, or a picture with one", "write what the link leads to"),
    Rule("link-malformed", E, (), "An address can be read", "write it anew; blanks and brackets are percent-encoded"),
    Rule("link-target", E, (), "A link within the site leads to a file",
         "mend the address, or add an alias to the moved page"),
    Rule("link-case", E, (), "A link is written like its file, capitals included",
         "write it as the file's name is; most hosts tell capitals apart"),
    Rule("link-anchor", E, (), "A link with # leads to an id of its page",
         "mend the part behind #, or give the place that id"),
    Rule("link-redirect", W, (), "A link does not go through a redirect of ours", "link to the final address"),
    Rule("link-withdrawn", W, (), "A link does not lead to what was withdrawn or has expired",
         "take the link out, or link to what took its place"),
    Rule("asset-target", E, (), "Pictures, scripts and styles are there", "add the file, or mend its address"),
    Rule("redirect-target", E, (), "A redirect leads to a page", "mend the alias's target"),
    Rule("redirect-chain", E, (), "A redirect leads to its end at once", "lead it to the final address"),
    Rule("redirect-loop", E, (), "Redirects do not go in circles", "take one of them away"),
    Rule("canonical-agrees", E, (51,), "One page has one address everywhere",
         "use the canonical address, character for character, in og:url, structured data, sitemaps and feeds"),
    Rule("discovery-missing", W, (36,), "A page names a feed where the site has one",
         'write <link rel="alternate" type="application/rss+xml" title="…" href="https://…">'),
    Rule("discovery-link", E, (36,), "A page's link to a feed has its right type and whole address",
         "write the feed's own type, and its address with https://"),
    Rule("discovery-title", W, (36,), "A page's feeds have titles that differ", "name each by what it carries"),
    Rule("data-json", E, (45,), "Structured data is JSON", "let a program write it; the tojson filter does"),
    Rule("data-escape", E, (49,), "Structured data has no bare < in it", "write \\u003c; the tojson filter does"),
    Rule("data-article", W, (45,), "An article's data has headline, dates, author, and the image that others show",
         "add what is missing"),
    Rule("data-headline", E, (46,), "An article's data has the headline that is shown", "use the same text for both"),
    Rule("data-date", E, (46,), "Dates in data are ISO 8601 with offset, and no change comes before publication",
         "write 2026-11-23T09:00:00+01:00"),
    Rule("data-date-shown", W, (46,), "Dates in data are those that are shown", "use the same instant for both"),
    Rule("data-author", W, (47,), "Authors in data are a list of persons, each with a bare name and a url",
         'write "author": [{"@type": "Person", "name": "Ana Flores", "url": "https://…"}]'),
    Rule("data-image", E, (48,), "Pictures in data have whole addresses and are there",
         "write https:// and the right path"),
    Rule("data-image-size", W, (48,), "Pictures in data have 50,000 pixels or more", "give a larger picture"),
    Rule("data-live", E, (50,), "A live blog's data has its start, end and updates",
         "give coverageStartTime, coverageEndTime, and each update its headline, date and text"),
    Rule("xml-wellformed", E, (1, 2, 3, 4), "Feeds and sitemaps are well-formed XML",
         "escape text where it is written"),
    Rule("xml-encoding", E, (1,), "Feeds and sitemaps are UTF-8 and say so",
         'write <?xml version="1.0" encoding="UTF-8"?>'),
    Rule("xml-doctype", E, (3,), "Feeds and sitemaps have no DOCTYPE and no entities of their own", "take it away"),
    Rule("json-parse", E, (29,), "Files of JSON can be read", "let a program write it"),
    Rule("feed-size", E, (33, 35), "A feed is at most 1 MB", "carry fewer stories, or summaries"),
    Rule("feed-large", W, (33, 35), "A feed is at most 512 KB", "carry fewer stories; some readers stop at 512 KB"),
    Rule("feed-self", E, (13, 29, 37), "A feed names its own address once",
         "give it one self link (feed_url in JSON), equal to the feed's address"),
    Rule("feed-hub", E, (32, 37), "A hub is a whole address, and JSON names its type", "write https://…"),
    Rule("feed-id", E, (7, 21, 22, 30), "Every item has one permanent id",
         "make it from the story, never from its place"),
    Rule("feed-id-unique", E, (7, 22, 30), "No two items of a feed have one id", "give each story an id of its own"),
    Rule("feed-date", E, (10, 24, 31), "Dates in feeds are written as the format wants",
         "RSS: Mon, 23 Nov 2026 09:00:00 +0100; Atom and JSON Feed: 2026-11-23T09:00:00+01:00"),
    Rule("feed-future", W, (11,), "No date in a feed is to come", "publish with the story's date; check the clock"),
    Rule("feed-language", E, (19, 31), "A feed's language is a tag", "write a tag such as en-us"),
    Rule("feed-plain", W, (16, 26, 30), "Titles and summaries in feeds are plain text", "take out tags and entities"),
    Rule("feed-relative", E, (14,), "Feeds have whole addresses only", "write https:// and the host"),
    Rule("feed-unsafe", E, (17,), "Texts in feeds have nothing that runs",
         "clean the HTML; readers drop it or the item"),
    Rule("feed-frame", W, (17,), "Texts in feeds have no frames", "put a link or picture in its place"),
    Rule("feed-media", E, (38,), "Media RSS has url, and medium or type, in its namespace",
         "the namespace is http://search.yahoo.com/mrss/, with the slash"),
    Rule("feed-podcast", E, (38,), "A podcast has language, author, image, category and explicit",
         "add what Apple's directory asks for"),
    Rule("rss-channel", E, (5,), "RSS is version 2.0, with one channel that has title, link and description", "add it"),
    Rule("rss-item", E, (6,), "An item has a title or a description", "give it one"),
    Rule("rss-guid", E, (7, 8), "A guid is a whole address, or says isPermaLink=\"false\" and is no small number",
         'write isPermaLink="false" and a urn:uuid: address'),
    Rule("rss-contact", W, (12,), "author, managingEditor and webMaster hold an e-mail address",
         "write a@example.org (Name), or use dc:creator for a name"),
    Rule("rss-order", W, (15, 19), "description comes before content:encoded, and items after the rest of the channel",
         "change their order; some readers take the first text"),
    Rule("rss-enclosure", E, (18,), "An item has one enclosure at most, with whole url, type and length",
         "write length=\"0\" where the size is unknown"),
    Rule("rss-image", W, (20,), "A channel's image is GIF, JPEG or PNG, with the channel's title and link",
         "use the channel's own title and link"),
    Rule("atom-fields", E, (21, 27), "A feed and its entries have id, title and updated once, others at most once",
         "add what is missing, take away what is double"),
    Rule("atom-author", E, (23,), "A feed, or each of its entries, has an author",
         "name the publication as author of the feed"),
    Rule("atom-updated", W, (24,), "A feed is as new as its newest entry", "make updated that of the newest entry"),
    Rule("atom-link", E, (25,), "An entry without text has a link, and no two alternates are alike",
         'add rel="alternate"'),
    Rule("atom-text", E, (26,), "Texts are what their type says",
         'type="html" is escaped HTML; type="xhtml" is one div'),
    Rule("atom-person", E, (28,), "A person has a name, and an e-mail address that is one",
         "write the bare address into email"),
    Rule("json-fields", E, (29, 31, 32), "JSON Feed 1.1 has version, title, items, addresses and authors as it says",
         "see jsonfeed.org/version/1.1"),
    Rule("json-item", E, (30, 32), "An item of a JSON Feed has a text, and attachments with url and type",
         "add content_html or content_text"),
    Rule("opml-fields", E, (), "OPML has a version, a head, and an xmlUrl for each feed", "add it"),
    Rule("sitemap-loc", E, (39,), "A sitemap has whole addresses of this site", "write base_url before the path"),
    Rule("sitemap-unique", E, (39,), "A sitemap names each address once", "take the second away"),
    Rule("sitemap-page", E, (39,), "A sitemap names pages that a search engine may keep",
         "leave out redirects, pages with noindex and pages whose canonical address is another"),
    Rule("sitemap-date", E, (39,), "lastmod is a W3C date", "write 2026-11-23 or 2026-11-23T09:00:00+01:00"),
    Rule("sitemap-size", E, (39, 40), "A sitemap has at most 50,000 addresses, 1,000 news and 50 MB",
         "split it under an index"),
    Rule("sitemap-empty", W, (44,), "A sitemap is never empty", "keep the newest story's address in it"),
    Rule("news-fields", E, (40, 41, 42), "News has its namespace, name, language, date and title, once for an address",
         "see Google's page on news sitemaps"),
    Rule("news-name", E, (41,), "The publication has one name in all news", "write it as the site shows it"),
    Rule("news-age", W, (42,), "News is at most two days old", "leave out older stories, or their news:news"),
    Rule("news-title", E, (43,), "The title of news is the page's headline",
         "use the headline alone, without the publication's name"),
    Rule("external-gone", E, (), "A link to another site is answered",
         "link to another source, or to an archive's copy"),
    Rule("external-moved", W, (), "A link to another site leads there at once", "link to the new address"),
    Rule("external-unsure", W, (), "A link to another site can be checked", "look at it by hand, or check again later"),
)  # fmt: skip

RULES = {rule.code: rule for rule in _TABLE}

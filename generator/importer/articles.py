"""One article as a source tells it, and the front matter and Markdown that it becomes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import BinaryIO

from generator.content.text import MAX_BYTES
from generator.errors import Problem
from generator.model.document import Extra, FrontMatter, Image, Kind, Source, Status
from generator.records import Record, field


class Dropped(Record, frozen=True):
    """A line of a source that the post does not have as it was.

    Attributes:
        line: Its 1-based number in the source.
        text: Verbatim.
        reason: Why, and what became of it.
    """

    line: int
    text: str
    reason: str


class Rival(Record, frozen=True):
    """A line of a source that may be the headline in place of the one that was taken.

    Attributes:
        line: Its 1-based number in the source.
        text: As it would stand in the post.
    """

    line: int
    text: str


class Guess(Record, frozen=True):
    """A headline that may be another line.

    Attributes:
        line: Where the source has the one that was taken, 1-based.
        rivals: The lines that may be it, likeliest first; at least one.
    """

    line: int
    rivals: tuple[Rival, ...]

    @property
    def others(self) -> str:
        """The rivals as a sentence names them: `'Bridge closes' (line 14) or 'Mole open' (line 3)`."""
        *named, last = [f"{rival.text[:100]!r} (line {rival.line})" for rival in self.rivals]
        return f"{', '.join(named)} or {last}" if named else last


class Comment(Record, frozen=True, kw_only=True):
    """What a reader wrote below an article on its old site.

    Attributes:
        id: The old system's; empty where it has none.
        parent: The `id` of the comment that it answers; empty for none.
        author: As shown, plain text.
        date: When it was written.
        text: Plain text.
        url: The author's own site; may be empty.
    """

    id: str = ""
    parent: str = ""
    author: str = ""
    date: dt.datetime | dt.date | None = None
    text: str = ""
    url: str = ""


class Media(Record, frozen=True):
    """A picture or other file that an article shows.

    Attributes:
        address: As the article's body and `image` name it.
        open: Gives its bytes where the source brings them along; None where they are on the web alone.
        original: Where the web has it in its full size; empty where `address` is that already.
    """

    address: str
    open: Callable[[], BinaryIO] | None = None
    original: str = ""


class Article(Record, frozen=True, kw_only=True):
    """What a format reads from a source; nothing of the site is in it yet.

    Addresses in `body` and `image` are as the source has them, made absolute where the source says against what; the
    pipeline turns those of other imported articles into links between posts.

    Attributes:
        title: The headline, plain text on one line.
        body: Markdown.
        kind: A dated post or a standing page.
        identity: The old system's permanent id (a feed's guid); empty: one is made from the source's bytes.
        url: Where it was public: absolute, or a path from the old site's root; empty where it was not.
        aliases: Other old addresses of it, like `url`.
        slug: The last part of its old address, where the source says it apart from `url`.
        date: As the source says it; a bare day, or a time of your site's zone, where it names no zone.
        updated: Last change that the source tells; ignored where it is not after `date`.
        status: Withheld in the source (private, password, trashed) is a draft here, with a Problem that says so.
        summary: The standfirst as plain text, where there is one.
        image: The lead picture.
        authors: From bylines.
        section: Its one main category.
        tags: From labels.
        series: It is part of.
        featured: Sticky or in front on the old site.
        expires: When it was to leave the old site.
        canonical: Where the original is, if it was first published elsewhere.
        language: Where the source says it.
        template: Never from a source that is not trusted; of other generators' content alone.
        extra: What has no key of ours, kept for the theme.
        comments: Below it, in order.
        media: What it shows.
        place: The file within the source (a folder, an archive), as messages name it; empty: the source itself.
        line: Where it begins there, 1-based, if it is one of several of a table; None: nothing is gained by it.
        digest: SHA-256, hexadecimal, of the part of the source that is this article; empty: of the whole source.
        dropped: By line.
        guess: Where the headline is one.
        problems: With the source's lines, not yet its name.
    """

    title: str
    body: str
    kind: Kind = Kind.POST
    identity: str = ""
    url: str = ""
    aliases: tuple[str, ...] = ()
    slug: str = ""
    date: dt.datetime | dt.date | None = None
    updated: dt.datetime | dt.date | None = None
    status: Status = Status.PUBLISHED
    summary: str | None = None
    image: Image | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    tags: tuple[str, ...] = ()
    series: str | None = None
    featured: bool = False
    expires: dt.datetime | dt.date | None = None
    canonical: str | None = None
    language: str | None = None
    template: str | None = None
    extra: Extra = field(default_factory=Extra)
    comments: tuple[Comment, ...] = ()
    media: tuple[Media, ...] = ()
    place: str = ""
    line: int | None = None
    digest: str = ""
    dropped: tuple[Dropped, ...] = ()
    guess: Guess | None = None
    problems: tuple[Problem, ...] = ()


class Skipped(Record, frozen=True):
    """Something of a source that becomes no article, so that the receipt counts all that came in.

    Attributes:
        kind: In the source's own word: `attachment`, `nav_menu_item`, `revision`.
        name: What it is called there.
        reason: Why it is left out.
        line: 1-based, where the source has lines.
        fix: Where it is an article, and cannot be imported, the way out: that is an error. Empty: nothing is lost.
    """

    kind: str
    name: str
    reason: str
    line: int | None = None
    fix: str = ""


def too_long(kind: str, name: str, text: str, line: int | None = None) -> Skipped | None:
    """Something whose text is longer than any article: seen before work on it takes many times the memory."""
    if len(text) <= MAX_BYTES:
        return None
    reason = f"its text has {len(text):,} characters; an article may have {MAX_BYTES:,}"
    return Skipped(kind, name, reason, line, "copy its text into several files, and import those")


class SiteFound(Record, frozen=True, kw_only=True):
    """What a source tells of the site that it comes from; proposed to the publisher as `site.toml`.

    Attributes:
        permalink: In the words of our own pattern, where it can be said in them.
        feed: Site path at which programs of its kind have the feed of all posts, from their documentation.
    """

    title: str = ""
    description: str = ""
    base_url: str = ""
    language: str = ""
    timezone: str = ""
    permalink: str = ""
    feed: str = ""


Item = Article | Skipped | SiteFound
"""What a format finds in a source."""


class Wanted(Record, frozen=True, kw_only=True):
    """What the person who imports says of every article."""

    date: dt.datetime | dt.date | None = None
    draft: bool = False
    language: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()


def front_matter(article: Article, identity: str, source: Source, wanted: Wanted) -> FrontMatter:
    """The article's front matter; its own date comes before the one that is wanted."""
    return FrontMatter(
        title=article.title,
        date=article.date or wanted.date,
        id=identity,
        section=wanted.section or article.section,
        tags=tuple(dict.fromkeys((*wanted.tags, *article.tags))),
        authors=article.authors,
        summary=article.summary,
        image=article.image,
        updated=article.updated,
        status=Status.DRAFT if wanted.draft else article.status,
        featured=article.featured,
        expires=article.expires,
        canonical=article.canonical,
        series=article.series,
        language=wanted.language or article.language,
        template=article.template,
        extra=article.extra,
        source=source,
    )

"""Blogger: the export that its settings gave until 2024 (`blog-*.xml`), and today's Takeout (`feed.atom`, in its zip).

Both are Atom with one entry for each post, page and comment; the first has settings and templates among them, and tells
kinds by a category, the second by elements of its own. An entry's id is the one that the blog's own feed has.
Comments stand anywhere, so a file is read twice: for the comments, then for the rest.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator
from typing import TYPE_CHECKING

from generator.errors import ContentError, Problem, warning
from generator.importer import archives, bodies, moments, xmlfile
from generator.importer.addresses import is_absolute
from generator.importer.articles import Article, Comment, Item, Media, SiteFound, Skipped, too_long
from generator.importer.formats import paging
from generator.importer.sources import RawSource
from generator.model.document import Kind, Status
from generator.records import replace

if TYPE_CHECKING:
    from generator.trees import Element

NAME = "Blogger export"

_ENTRY_KIND = re.compile(r"kind#(\w+)$")
_FEED = re.compile(r"(?:^|/)Blogger/Blogs/[^/]+/feed\.atom$|^feed\.atom$", re.IGNORECASE)
_SIGNS = (b"www.blogger.com", b"tag:blogger.com,1999:blog-", b"schemas.google.com/blogger/")
_HOST = re.compile(
    r"^https?://(?:[\w-]+\.)*(?:blogspot\.com|bp\.blogspot\.com|googleusercontent\.com|ggpht\.com)/", re.IGNORECASE
)
_SIZE_PART = re.compile(r"/(?:[swh]\d{1,4}(?:-[a-z0-9-]+)*)/(?=[^/]+$)")
_SIZE_END = re.compile(r"=(?:[swh]\d{1,4}(?:-[a-z0-9-]+)*)$")
_MORE = re.compile(r"<a\s+name=[\"']more[\"']\s*(?:/>|>\s*(?:</a>)?)", re.IGNORECASE)
_LINK = re.compile(r"\bhref=[\"'](https?://[\w.-]+)(/\d{4}/\d\d/[^\"'?#\s]+\.html)", re.IGNORECASE)
_MANY = 500
"""Hosts, and links to each, that are looked at for the blog's own."""

_SETTING = re.compile(r"\.settings\.BLOG_(\w+)$")
_SHOWN = 200
"""Characters of a comment that is left out, in the report."""

_NOBODY = frozenset({"", "unknown", "anonymous", "noreply@blogger.com"})
_TITLE_WORDS = 60


def recognises(source: RawSource) -> bool:
    """Whether it is a feed of Blogger's, or an archive that has one."""
    if archives.is_archive(source):
        return bool(_feeds(source))
    whole = source.head.replace(b"\0", b"")  # UTF-16 has them
    head = whole[:8_192]
    return b"<feed" in head and any(sign in head for sign in _SIGNS) and b"<entry" in whole


def _feeds(source: RawSource) -> list[str]:
    try:
        return [name for name in archives.opened(source).names() if _FEED.search(name)]
    except ContentError:
        return []


def read(source: RawSource) -> Iterator[Item]:
    """The posts and pages of a blog, or of every blog of an archive.

    Raises:
        ContentError: It is no XML, or declares entities.
    """
    if not archives.is_archive(source):
        yield from paging.read(source, _page)
        return
    archive = archives.opened(source)
    pictures = {name.rpartition("/")[2]: name for name in archive.names() if "/Albums/" in name}
    for name in _feeds(source):
        for item in _Blog(archive.source(name), pictures).items():
            yield _brought(item, archive, pictures, archive.place(name)) if isinstance(item, Article) else item


def _page(source: RawSource, _number: int) -> Generator[Item, None, str]:
    """An export, or a page of the blog's own feed, which is of the same form; the address of the next page."""
    blog = _Blog(source, {})
    yield from blog.items()
    return blog.following


def _brought(article: Article, archive: archives.Archive, pictures: dict[str, str], place: str) -> Article:
    """An article whose pictures are opened from the archive where that has them."""
    media = tuple(
        replace(item, open=archive.opener(pictures[name]))
        if (name := item.address.partition("?")[0].rpartition("/")[2]) in pictures
        else item
        for item in article.media
    )
    return replace(article, media=media, place=place)


class _Blog:
    """One feed.

    Attributes:
        following: The address of its next page; an export has none.
    """

    def __init__(self, source: RawSource, pictures: dict[str, str]) -> None:
        self._source = source
        self._pictures = pictures
        self._comments: dict[str, list[Comment]] = defaultdict(list)
        self._settings: dict[str, str] = {}
        self._home = ""
        self.following = ""
        self._paths: set[str] = set()
        self._linked: dict[str, list[str]] = defaultdict(list)

    def items(self) -> Iterator[Item]:
        """What the feed holds."""
        for entry in xmlfile.elements(self._source, "entry"):
            self._hear(entry)
        yield from self._head()
        self._paths.clear()
        yield from xmlfile.items(self._source, self._item, "entry")
        for comment in (comment for comments in self._comments.values() for comment in comments):
            words = f"{comment.author}: {comment.text}"[:_SHOWN]
            yield Skipped("comment", words, "its post is not in the export, or was left out")

    def _head(self) -> Iterator[SiteFound]:
        """The blog itself, from what stands before the first entry."""
        from generator import trees

        title = ""
        for child in xmlfile.elements(self._source, "title", "link", "entry"):
            name = trees.local(child)
            if name == "entry" or trees.local(child.getparent()) == "entry":
                break
            if name == "link" and child.get("rel") == "alternate":
                self._home = (child.get("href") or "").rstrip("/")
            elif name == "link" and child.get("rel") == "next":
                self.following = child.get("href") or ""
            elif name == "title":
                title = trees.text(child)
        self._home = self._home or self._linked_home()
        told = self._settings.get
        yield SiteFound(
            title=title or told("NAME", ""),
            description=told("DESCRIPTION", ""),
            base_url=self._home,
            language=told("LOCALE", "").replace("_", "-"),
            timezone=told("TIME_ZONE", ""),
            permalink="/{year}/{month}/{slug}.html",
            feed="/feeds/posts/default",
        )

    def _linked_home(self) -> str:
        """The host at which most links find the path of a post of this blog: the newer export does not name it."""
        found = {home: len(self._paths.intersection(paths)) for home, paths in self._linked.items()}
        best = max(found, key=lambda home: found[home], default="")
        return best if found.get(best) else ""

    def _note(self, entry: Element) -> None:
        """Note where a post was, and where its links lead."""
        from generator import trees

        if path := trees.field(entry, "filename"):
            self._paths.add(path)
            for home, linked in _LINK.findall(trees.field(entry, "content")):
                if len(self._linked) < _MANY and len(self._linked[home.lower()]) < _MANY:
                    self._linked[home.lower()].append(linked)

    def _hear(self, entry: Element) -> None:
        """Keep an entry that is a comment."""
        from generator import trees
        from generator.importer.markdown import plain_lines

        self._note(entry)
        if named := _SETTING.search(trees.field(entry, "id")):
            self._settings[named[1]] = trees.field(entry, "content")
        if _kind(entry) != "comment" or _is_withheld(entry):
            return
        parent = trees.field(entry, "parent")
        reply = trees.first(entry, "in-reply-to")
        parent = parent or (reply.get("ref") if reply is not None else "") or ""
        answered = trees.field(entry, "inReplyTo") or _related(entry)
        author = trees.first(entry, "author")
        self._comments[parent].append(
            Comment(
                id=trees.field(entry, "id"),
                parent=answered,
                author=trees.field(author, "name") if author is not None else "",
                date=moments.read(trees.field(entry, "published")),
                text=plain_lines(trees.field(entry, "content")),
                url=trees.field(author, "uri") if author is not None else "",
            )
        )

    def _item(self, entry: Element) -> Item | None:
        from generator import trees

        kind = _kind(entry)
        title = " ".join(trees.field(entry, "title").split())
        if kind == "comment":
            if not _is_withheld(entry):
                return None
            return Skipped("comment", trees.field(entry, "content")[:_SHOWN], "it was not shown", trees.line(entry))
        if kind not in ("post", "page"):
            return Skipped(kind or "entry", title or trees.field(entry, "id"), "no article", trees.line(entry))
        return self._article(entry, kind, title)

    def _article(self, entry: Element, kind: str, title: str) -> Article | Skipped:
        from generator import trees
        from generator.importer.markdown import convert, plain_text

        line, identity = trees.line(entry), trees.field(entry, "id")
        html = trees.field(entry, "content") or trees.field(entry, "summary")
        if left := too_long(kind, title, html, line):
            return left
        url = _address(entry)
        found = convert(_MORE.sub('<hr data-more="">', html), url if "://" in url else self._home, line=line)
        problems = list(found.problems)
        if not title:
            words = plain_text(html)
            if not words and not found.body:
                return Skipped(kind, identity, "has neither headline nor text", line)
            title = _beginning(words) or identity
            problems.append(
                warning("has no headline, so its first words became one", "give it a better one", line=line)
            )
        status, reasons = _status(entry, line)
        enclosed = _enclosed(entry)
        published = trees.field(entry, "published")
        date = moments.read(published)
        if published and date is None:
            problems.append(
                warning(f"has a date that there is not: {published!r}", "give the post its date", line=line)
            )
        return Article(
            title=plain_text(title),
            body=bodies.with_files(found.body, enclosed),
            kind=Kind.PAGE if kind == "page" else Kind.POST,
            identity=identity,
            url=url if status is Status.PUBLISHED else "",
            date=date,
            status=status,
            summary=trees.field(entry, "metaDescription") or None,
            authors=_authors(entry),
            tags=_labels(entry),
            comments=_in_order(self._comments.pop(identity, [])),
            media=tuple(Media(address, original=original(address)) for address in (*found.media, *enclosed)),
            digest=hashlib.sha256(f"{identity}\n{title}\n{published}\n{html}".encode()).hexdigest(),
            dropped=found.dropped,
            problems=(*problems, *reasons),
        )


def original(address: str) -> str:
    """Where a picture of Blogger's has its full size; empty where it has that already, or is not Blogger's."""
    if not _HOST.match(address):
        return ""
    full = _SIZE_END.sub("=s0", _SIZE_PART.sub("/s1600/", address))
    return full if full != address else ""


def _kind(entry: Element) -> str:
    """`post`, `page`, `comment`, `settings`, `template`, in lower case."""
    from generator import trees

    if own := trees.field(entry, "type"):
        return own.lower()
    for category in entry.iterchildren("{*}category"):
        if found := _ENTRY_KIND.search(category.get("term") or ""):
            return found[1].lower()
    identity = trees.field(entry, "id")
    return "post" if re.search(r"\.post-\d+$", identity) else "page" if re.search(r"\.page-\d+$", identity) else ""


def _is_withheld(entry: Element) -> bool:
    """Whether a comment was not shown."""
    from generator import trees

    status = trees.field(entry, "status").upper()
    return status not in ("", "LIVE") or bool(trees.field(entry, "trashed"))


def _status(entry: Element, line: int) -> tuple[Status, list[Problem]]:
    """Published, or a draft with the reason, where that is not plain."""
    from generator import trees

    status = trees.field(entry, "status").upper()
    control = trees.first(entry, "control")
    is_draft = control is not None and trees.field(control, "draft") == "yes"
    if trees.field(entry, "trashed") or "TRASHED" in status:
        reason = warning("was in the trash, so it is a draft", "delete it, or set its status", line=line)
        return Status.DRAFT, [reason]
    if is_draft or status == "DRAFT":
        return Status.DRAFT, []
    if status in ("", "LIVE", "SCHEDULED", "PUBLISHED"):
        return Status.PUBLISHED, []
    reason = warning(f"has the status {status!r}, so it is a draft", "set its status", line=line)
    return Status.DRAFT, [reason]


def _address(entry: Element) -> str:
    """Where it was public: its own link, or the path that the Takeout gives."""
    from generator import trees

    for link in entry.iterchildren("{*}link"):
        if link.get("rel") == "alternate" and link.get("href"):
            return str(link.get("href"))
    return trees.field(entry, "filename")


def _enclosed(entry: Element) -> tuple[str, ...]:
    """The addresses of sound and films that go with a post, as a podcast has them; the two exports tell them apart."""
    links = [link.get("href") for link in entry.iterchildren("{*}link") if link.get("rel") == "enclosure"]
    links += [part.get("url") or part.get("href") for part in entry.iterchildren("{*}enclosure")]
    return tuple(dict.fromkeys(link for link in links if link and is_absolute(link)))


def _related(entry: Element) -> str:
    """The comment that a comment of the older export answers."""
    for link in entry.iterchildren("{*}link"):
        found = re.search(r"/feeds/(\d+)/(\d+)/comments/default/(\d+)$", link.get("href") or "")
        if link.get("rel") == "related" and found:
            return f"tag:blogger.com,1999:blog-{found[1]}.post-{found[3]}"
    return ""


def _authors(entry: Element) -> tuple[str, ...]:
    from generator import trees

    names = [trees.field(author, "name") for author in entry.iterchildren("{*}author")]
    return tuple(dict.fromkeys(name for name in names if name.lower() not in _NOBODY))


def _labels(entry: Element) -> tuple[str, ...]:
    terms = (
        " ".join((category.get("term") or "").split())
        for category in entry.iterchildren("{*}category")
        if not (category.get("scheme") or "").endswith("#kind")
    )
    return tuple(dict.fromkeys(term for term in terms if term))


def _beginning(words: str) -> str:
    if len(words) <= _TITLE_WORDS:
        return words
    return words[:_TITLE_WORDS].rpartition(" ")[0].rstrip(",;:–—-") + "…"


def _in_order(comments: Iterable[Comment]) -> tuple[Comment, ...]:
    return tuple(sorted(comments, key=lambda comment: str(comment.date or "")))

"""What the items of a WordPress export may name before it comes: attachments, authors, categories, reusable blocks.

A first pass over the export finds it: a few words for each, and no article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from generator.importer import xmlfile
from generator.importer.articles import SiteFound
from generator.importer.sources import RawSource
from generator.records import Record, field

if TYPE_CHECKING:
    from generator.trees import Element

_LEVELS = 10
"""Categories above a category that are followed."""

_BLOCK = 100_000
"""Characters of a reusable block that are kept in memory; one of so many is put nowhere."""

_UPLOADS = "wp-content/uploads"
"""Where WordPress keeps files, below its own address."""

_ORIGIN = re.compile(r"https?://[^/]+")


class Attachment(Record, frozen=True):
    """A file of the old site, as articles show it."""

    url: str
    title: str
    alt: str
    caption: str


class Known(Record):
    """What the first pass found.

    Attributes:
        site: The site itself.
        attachments: By id.
        children: Ids of attachments by the post that they hang on.
        authors: Names by login.
        parents: Name and parent of each category, by its slug.
        blocks: Reusable blocks by id, HTML.
    """

    site: SiteFound = field(default_factory=SiteFound)
    attachments: dict[str, Attachment] = field(default_factory=dict)
    children: dict[str, list[str]] = field(default_factory=dict)
    authors: dict[str, str] = field(default_factory=dict)
    parents: dict[str, tuple[str, str]] = field(default_factory=dict)
    blocks: dict[str, str] = field(default_factory=dict)

    def path(self, slug: str, name: str) -> list[str]:
        """A category and those above it, the uppermost first."""
        found = [name]
        for _ in range(_LEVELS):
            above = self.parents.get(slug, ("", ""))[1]
            if not above or above not in self.parents:
                break
            slug = above
            found.insert(0, self.parents[slug][0])
        return found


def survey(files: Iterable[RawSource]) -> Known:
    """The first pass, over all files of an export."""
    known, head = Known(), dict[str, str]()
    links: list[str] = []
    for file in files:
        head = _head(file, known) | head
        base = head.get("base_blog_url") or head.get("link", "")
        for item in xmlfile.elements(file, "item"):
            _survey_item(item, known, links, base.rstrip("/"))
    known.site = SiteFound(
        title=plain(head.get("title", "")),
        description=plain(head.get("description", "")),
        base_url=head.get("link") or head.get("base_blog_url", ""),
        language=head.get("language", ""),
        permalink=_pattern(links),
        feed="/feed/",
    )
    return known


def _head(source: RawSource, known: Known) -> dict[str, str]:
    """What stands before the first item: words on the site, authors, categories."""
    from generator import trees

    head: dict[str, str] = {}
    texts = ("title", "link", "description", "language", "base_blog_url")
    for element in xmlfile.elements(source, "item", "author", "category", *texts):
        name = trees.local(element)
        if name == "item" or trees.local(element.getparent()) == "item":
            break
        if name == "author":
            known.authors[trees.field(element, "author_login")] = plain(trees.field(element, "author_display_name"))
        elif name == "category":
            slug = trees.field(element, "category_nicename")
            known.parents[slug] = (plain(trees.field(element, "cat_name")), trees.field(element, "category_parent"))
        elif trees.local(element.getparent()) == "channel":
            head.setdefault(name, trees.text(element))
    return head


def _survey_item(item: Element, known: Known, links: list[str], base: str) -> None:
    from generator import trees

    kind, number = trees.field(item, "post_type"), trees.field(item, "post_id")
    if kind == "attachment":
        told = metas(item)
        known.attachments[number] = Attachment(
            url=trees.field(item, "attachment_url") or _file(told.get("_wp_attached_file", ""), base),
            title=plain(trees.field(item, "title")),
            alt=told.get("_wp_attachment_image_alt", ""),
            caption=plain(encoded(item, "excerpt")),
        )
        known.children.setdefault(trees.field(item, "post_parent"), []).append(number)
    elif kind == "wp_block":
        known.blocks[number] = encoded(item, "content")[:_BLOCK]
    elif kind == "guest-author":
        told = metas(item)
        known.authors[told.get("cap-user_login", "")] = told.get("cap-display_name") or plain(
            trees.field(item, "title")
        )
    elif kind in ("post", "") and len(links) < 200 and trees.field(item, "status") in ("publish", ""):
        links.append(f"{trees.field(item, 'link')} {trees.field(item, 'post_date')} {trees.field(item, 'post_name')}")


def _file(name: str, base: str) -> str:
    """The address of an attachment that only says its file (`_wp_attached_file`)."""
    if not name or name.startswith(("http://", "https://")):
        return name
    return f"{base}/{_UPLOADS}/{name.lstrip('/')}" if base else ""


def _pattern(posts: list[str]) -> str:
    """The permalink pattern of a site, in our words; empty where its posts follow none that we have."""
    found: set[str] = set()
    for post in posts:
        link, _, rest = post.partition(" ")
        date, _, rest = rest.partition(" ")
        slug = rest.rpartition(" ")[2]
        path = _ORIGIN.sub("", link)
        if not slug or not path or len(date) != 10 or date.startswith("0000"):
            continue
        year, month, day = date.split("-")
        for part, name in ((slug, "slug"), (year, "year"), (month, "month"), (day, "day")):
            path = re.sub(rf"(?<=/){re.escape(part)}(?=/|\.|$)", f"{{{name}}}", path, count=1)
        found.add(path)
    pattern = found.pop() if len(found) == 1 else ""
    return pattern if pattern.count("{slug}") == 1 and not re.search(r"\?|\{(?!slug|year|month|day)", pattern) else ""


def plain(text: str) -> str:
    """A text that may be HTML, on one line."""
    from generator.importer.markdown import plain_text

    return plain_text(text)


def encoded(item: Element, what: str) -> str:
    """`content:encoded` or `excerpt:encoded`, which differ by their namespaces alone."""
    for child in item.iterchildren("{*}encoded"):
        if what in str(child.tag).partition("}")[0]:
            return child.text or ""
    return ""


def metas(item: Element) -> dict[str, str]:
    """What plugins and WordPress itself keep with an item; of several values the last."""
    return dict(_pairs(item))


def values_of(item: Element, key: str) -> tuple[str, ...]:
    """Every value of one key, each once."""
    return tuple(dict.fromkeys(value for name, value in _pairs(item) if name == key and value))


def _pairs(item: Element) -> Iterator[tuple[str, str]]:
    from generator import trees

    for meta in item.iterchildren("{*}postmeta"):
        yield trees.field(meta, "meta_key"), trees.field(meta, "meta_value")

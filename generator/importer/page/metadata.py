"""What a page says of its article, most trusted first: JSON-LD, Open Graph, microdata, the look."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from generator import languages, trees
from generator.importer import datelines, moments
from generator.importer.lines import same
from generator.importer.page import linked
from generator.importer.page import words as phrases
from generator.importer.page.items import Items
from generator.records import Record
from generator.trees import Element

_DATES = (
    "article:published_time", "og:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "date",
    "dc.date.issued", "dcterms.created", "dcterms.issued", "dc.date", "dcterms.date", "pubdate", "publishdate",
    "publish-date", "publish_date", "publication_date", "article_date_original", "cxenseparse:recs:publishtime",
    "displaydate", "originalpublicationdate", "timestamp", "created", "datecreated",
)  # fmt: skip
_CHANGES = ("article:modified_time", "og:updated_time", "datemodified", "lastmod", "dcterms.modified", "last-modified")
_AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl")
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")
_ADDRESS_DATE = re.compile(r"/(?P<y>19[5-9]\d|20\d\d)[/-](?P<m>\d{1,2})[/-](?P<d>\d{1,2})(?:[/-]|$)")
_DATE_CLASS = re.compile(
    r"(?:^|[\s_:-])(?:published|date|datum|fecha|tarih|pubdate|timestamp|dateline|dt-published)", re.I
)
_HEAD_CLASS = re.compile(r"(?:^|[\s_-])(?:byline|meta|info|post-?footer|postmeta|entry-?meta|posted|submitted)", re.I)
_DECK_CLASS = re.compile(
    r"(?:^|[\s_-])(?:standfirst|subtitle|sub-?title|deck|dek|subhead|subheadline|teaser|lede?|chapeau|vorspann|kicker-text"
    r"|article-?summary|entry-summary|spot|bajada|sommario|catenaccio)(?:$|[\s_-])",
    re.I,
)
_QUOTES = frozenset({"blockquote", "q", "cite", "figure", "figcaption", "caption"})
_LONGEST = 500
"""Characters of a page's `title` that are looked at."""

_BY = re.compile(r"^(?:by|von|par|por|di)\s[^\d,|]{3,60},\s", re.IGNORECASE)
"""The author before a date: `von Ada Lund, 9.5.2023`."""

BETWEEN = re.compile(r"\s+[|–—·»«•:]+\s+|\s+-+\s+|\s+::\s+|:\s+")
"""What stands between a headline and the name of a site."""


class Metadata(Record, frozen=True, kw_only=True):
    """What was found; empty where nothing was."""

    title: str = ""
    date: dt.datetime | dt.date | None = None
    updated: dt.datetime | dt.date | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    tags: tuple[str, ...] = ()
    summary: str = ""
    image: str = ""
    language: str | None = None
    url: str = ""


class Head:
    """A page's own words about itself.

    Attributes:
        url: Its address; empty where it does not say.
        base: Against which its addresses are read.
        items: What its elements say.
    """

    def __init__(self, root: Element, before: str, items: Items) -> None:
        self.root = root
        self.items = items
        self._marked = items.article
        self._metas: dict[str, list[str]] = defaultdict(list)
        for meta in root.iter("meta"):
            name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
            if items.is_own(meta) and (value := " ".join((meta.get("content") or "").split())):
                self._metas[name.strip().lower()].append(value)
        self.url = self._own_address(before)
        written = next((base.get("href") for base in root.iter("base") if base.get("href")), "")
        self.base = _joined(self.url, written) if written else self.url
        self._node = linked.article(root, self.url)

    def _own_address(self, before: str) -> str:
        links = [
            link.get("href") or "" for link in self.root.iter("link") if "canonical" in (link.get("rel") or "").split()
        ]
        saved = _SAVED_FROM.search(before)
        candidates = [*links, self.meta("og:url"), saved[1] if saved else "", self.meta("twitter:url")]
        return next((url.strip() for url in candidates if _is_article_address(url)), "")

    def meta(self, *names: str) -> str:
        """The first value of the first of these names that has one."""
        return next((self._metas[name][0] for name in names if name in self._metas), "")

    def metas(self, *names: str) -> list[str]:
        """Every value of these names."""
        return [value for name in names for value in self._metas.get(name, [])]

    @cached_property
    def site_name(self) -> str:
        """What the page calls its site."""
        publisher = linked.names(self._node.get("publisher")) or linked.names(self._marked.get("publisher"))
        return self.meta("og:site_name", "application-name") or (publisher[0] if publisher else "")

    def claims(self) -> Metadata:
        """All that the head says, without a look at the page."""
        node = self._node
        headline = linked.texts(node.get("headline")) or linked.texts(node.get("name"))
        return Metadata(
            title=_plain(headline[0]) if headline else self._shared_title(),
            date=_first_date([*linked.texts(node.get("datePublished")), *self.metas(*_DATES)]),
            updated=_first_date([*self._texts("dateModified", *_CHANGES)]),
            authors=self._authors(),
            section=next(iter(self._texts("articleSection", "article:section")), None),
            tags=self._tags(),
            summary=_plain(self.meta("og:description", "description", "twitter:description") or self._marked_deck()),
            image=self._image(),
            language=self._language(),
            url=self.url,
        )

    def _texts(self, key: str, *names: str) -> list[str]:
        """What is said under a key of schema.org and under names of `meta`, most trusted first."""
        return [*linked.texts(self._node.get(key)), *self.metas(*names), *linked.texts(self._marked.get(key))]

    def marked(self, *keys: str) -> list[str]:
        """What elements say of the article under these keys."""
        return [text for key in keys for text in linked.texts(self._marked.get(key))]

    def marked_title(self) -> str:
        """The headline by an element that is no heading."""
        return next(iter(self.marked("headline", "name")), "")[:_LONGEST]

    def marked_dates(self) -> list[dt.datetime | dt.date]:
        """The days that elements say of the article."""
        found = (moments.read(text) for text in self.marked("datePublished", "dateCreated"))
        return [moment for moment in found if moment]

    def _marked_deck(self) -> str:
        return next(iter(self.marked("description", "alternativeHeadline")), "")

    def _shared_title(self) -> str:
        title = self.meta("og:title", "twitter:title", "dc.title", "parsely-title")
        return without_site(_plain(title[:_LONGEST]), self.site_name)

    def title_parts(self, least: int = 8) -> list[str]:
        """Parts of the page's `title` that may be the headline: all after a sign, and all before one."""
        title = _plain(next((trees.text(title)[:_LONGEST] for title in self.root.iter("title")), ""))
        cuts = list(BETWEEN.finditer(title))
        return [
            part
            for part in (title, *(title[cut.end() :] for cut in cuts), *(title[: cut.start()] for cut in cuts))
            if len(part) >= least
        ]

    def page_title(self) -> str:
        """The page's `title`, without the name of its site."""
        title = next((trees.text(title)[:_LONGEST] for title in self.root.iter("title")), "")
        return without_site(_plain(title), self.site_name, guess=True)

    def _authors(self) -> tuple[str, ...]:
        named = linked.names(self._node.get("author")) or linked.names(self._node.get("creator"))
        written = self.metas(*_AUTHORS)
        shown = [value for value in written if any(map(self.is_shown, people(value)))]
        sources = (named, shown, linked.names(self._marked.get("author")))
        return next(filter(None, map(self._people, sources)), ())

    def unseen_authors(self) -> tuple[str, ...]:
        """Authors whom the head alone names: where the page shows others, the name is that of an account."""
        return self._people(self.metas(*_AUTHORS))

    def _people(self, named: Iterable[str]) -> tuple[str, ...]:
        found = [name for value in named for name in people(value)]
        return tuple(dict.fromkeys(name for name in found if not same(name, self.site_name)))

    def is_shown(self, words: str) -> bool:
        """Whether the page shows these words."""
        return words.casefold() in self._text

    @cached_property
    def _text(self) -> str:
        """The words of the page below its head."""
        shown = [element for body in self.root.iter("body") for element in trees.elements(body)]
        parts = ((element.text if element.tag not in ("script", "style") else "", element.tail) for element in shown)
        return " ".join(" ".join(part or "" for pair in parts for part in pair).split()).casefold()

    def _tags(self) -> tuple[str, ...]:
        keywords = linked.names(self._node.get("keywords")) or self.metas("article:tag", "parsely-tags")
        keywords = keywords or self.metas("news_keywords") or self.marked("keywords")
        found = [part.strip() for value in keywords for part in re.split(r"[,;]", value)]
        return tuple(dict.fromkeys(tag for tag in found if 0 < len(tag) <= 60 and "://" not in tag))

    def _image(self) -> str:
        url = linked.address(self._node.get("image")) or self.meta("og:image", "og:image:url", "twitter:image")
        url = url or linked.address(self._marked.get("image")) or linked.address(self._marked.get("thumbnailUrl"))
        return _joined(self.base, url) if url else ""

    def _language(self) -> str | None:
        html = self.root.get("lang") or self.root.get("xml:lang") or ""
        for tag in (*self._texts("inLanguage"), html, self.meta("og:locale")):
            clean = tag.strip().replace("_", "-")
            if languages.TAG.fullmatch(clean):
                return clean
        return None


def _is_article_address(url: str) -> bool:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _joined(base: str, url: str) -> str:
    try:
        return urljoin(base, url.strip())
    except ValueError:
        return ""


def _plain(text: str) -> str:
    """Words of a head, where some put markup or references into the values."""
    from generator.importer.markdown import plain_text

    return plain_text(text) if "&" in text or "<" in text else text


def _first_date(values: Iterable[str]) -> dt.datetime | dt.date | None:
    return next((found for value in values if (found := moments.read(value))), None)


def people(text: str) -> list[str]:
    """Names of a byline, or of a value that should be one; an address is no name."""
    bare = phrases.without_note(" ".join(text.split()))
    if not bare or "://" in bare or "@" in bare or len(bare) > 200 or bare.startswith(("#", "/")):
        return []
    return list(phrases.credited(bare) or phrases.names(bare)) or ([bare] if len(bare) <= 60 else [])


def without_site(title: str, site: str, *, guess: bool = False) -> str:
    """A title without the name of its site at either end; with `guess`, also without a short last part."""
    cuts = list(BETWEEN.finditer(title))
    for cut in reversed(cuts):
        if site and same(title[cut.end() :], site):
            return title[: cut.start()].strip()
    for cut in cuts:
        if site and same(title[: cut.start()], site):
            return title[cut.end() :].strip()
    strong = [cut for cut in cuts if cut[0].strip() != ":"]
    if guess and strong and len(title[strong[-1].end() :]) <= max(30, len(title) * 0.4):
        return title[: strong[-1].start()].strip()
    return title


def dates_shown(
    elements: Sequence[Element], close: Collection[Element], language: str | None = None
) -> Iterator[dt.datetime | dt.date]:
    """Dates that a page shows, those of the article's part of it first.

    Args:
        elements: In the order in which they are asked.
        close: Those around headline and text.
        language: Of the page; it says whether `9/5/2023` is in May, where the page's other days do not.
    """
    shown = [(element, phrases.brief(element) if len(element) < 6 else "") for element in elements]
    day_first = _day_first([words for _, words in shown[:2_000]], language)
    for is_close in (True, False):
        part = [(element, words) for element, words in shown if (element in close) is is_close]
        yield from _dates_of(part, day_first=day_first)


def _dates_of(shown: Sequence[tuple[Element, str]], *, day_first: bool | None) -> Iterator[dt.datetime | dt.date]:
    """Dates of elements with their words.

    Those marked as such first: `time`, microdata, classes. Then lines that are a date, then what is marked and has a
    date among other words, then lines that have nothing beside a date that a head has not, and last what is marked as a
    change: some themes mark so the only date that they show.
    """
    marked: list[dt.datetime | dt.date] = []
    lines: list[dt.datetime | dt.date] = []
    heads: list[dt.datetime | dt.date] = []
    loose: list[dt.datetime | dt.date] = []
    changes: list[dt.datetime | dt.date] = []
    for element, words in shown:
        written = [element.get("datetime"), element.get("content"), element.get("title")]
        names = " ".join(element.get(name) or "" for name in ("itemprop", "property", "class", "id"))
        is_change = re.search("modified|updated", names, re.IGNORECASE) and "published" not in names.lower().split()
        is_marked = element.tag in ("time", "abbr") or "datePublished" in names or _DATE_CLASS.search(names)
        if (is_marked or is_change) and (found := _first_date(value for value in (*written, words) if value)):
            (changes if is_change else marked).append(found)
        elif is_change or _is_in_text(element):
            continue
        elif 0 < len(words) <= 120 and (line := date_within(words, day_first=day_first)):
            lines.append(line)
        elif 0 < len(words) <= 80 and (begun := _date_before(words, day_first=day_first)):
            loose.append(begun)
        elif (is_marked or _HEAD_CLASS.search(names)) and (day := _among(element, words, day_first=day_first)):
            loose.append(day)
        elif told := phrases.told(words, day_first=day_first):
            heads.append(told)
    yield from (*marked, *lines, *loose, *heads, *changes)


def _is_in_text(element: Element) -> bool:
    """Whether an element is a link within a paragraph, or of a quotation or a caption: the article tells of its day."""
    if any(around.tag in _QUOTES for around in itertools.chain((element,), element.iterancestors())):
        return True
    around = element.getparent()
    return element.tag == "a" and around is not None and around.tag == "p" and len(phrases.brief(around)) > 120


def _among(element: Element, words: str, *, day_first: bool | None) -> dt.date | None:
    """The date among the first words of an element."""
    beginning = (words or " ".join((element.text or "").split()))[: datelines.LONGEST]
    found, _ = datelines.told(beginning, day_first=day_first)
    return found.date.day if found else None


def _day_first(lines: Sequence[str], language: str | None) -> bool | None:
    """Whether days in numbers put the day first, as the others of the page say, or its language does."""
    if (said := datelines.order(lines)) is not None:
        return said
    return True if language and not language.lower().startswith("en") else None


def date_within(words: str, *, day_first: bool | None = None) -> dt.date | None:
    """The date of a line that is one, or whose part between bars or behind its author is; rather none of a change."""
    changed = None
    for part in re.split(r"\s*[|·•/]\s+|\n|\s+(?:by|von|par|por|di)\s+", _BY.sub("", words)):
        clean = " ".join(part.split())
        if 6 <= len(clean) <= datelines.LONGEST and (found := datelines.read(clean, day_first=day_first)) and found.day:
            if not found.updated:
                return found.day
            changed = changed or found.day
    told = datelines.told(words, day_first=day_first)[0] if changed else None
    return told.date.day if told else changed


def _date_before(words: str, *, day_first: bool | None = None) -> dt.date | None:
    """The date with which a line begins that is no sentence: `9 May 2023 Ada Lund on ferries`."""
    found = None if words.endswith((".", "!", "?", "。")) else datelines.told(words, day_first=day_first)[0]
    return found.date.day if found and not words[: found.start].strip(" |·•–—-(") else None


def date_in(url: str) -> dt.date | None:
    """The day in an address such as `/2023/05/09/`."""
    found = _ADDRESS_DATE.search(url)
    try:
        return dt.date(int(found["y"]), int(found["m"]), int(found["d"])) if found else None
    except ValueError:
        return None


def deck_shown(elements: Iterable[Element]) -> Element | None:
    """The standfirst that a page shows."""
    for element in elements:
        if _DECK_CLASS.search(element.get("class") or "") or element.get("itemprop") in (
            "description",
            "alternativeHeadline",
        ):
            words = trees.text(element)
            if 20 <= len(words) <= 500 and next(element.iter("script", "style"), None) is None:
                return element
    return None

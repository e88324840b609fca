"""Structured data of stories and standing pages: schema.org in JSON-LD (developers.google.com, "Article").

All of it follows from the page's own view, so it is as new as the page, and no time of building is in it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator import codec, languages
from generator.model.cards import AuthorView, ImageView, Link
from generator.model.views import ListView, PageKind, PostView, SiteView

Thing = dict[str, Any]


class StructuredData:
    """A page's data, made where a template writes it out: ready for `<script type="application/ld+json">`."""

    __slots__ = ("_page", "_site")

    def __init__(self, page: PostView | ListView, site: SiteView) -> None:
        self._page, self._site = page, site

    def __html__(self) -> str:
        return structured(self._page, self._site)

    __str__ = __html__


def structured(page: PostView | ListView, site: SiteView) -> str:
    """The JSON-LD of a page, of which nothing can end the script that it stands in."""
    if isinstance(page, ListView):
        found = _of_author(page, page.author, site) if page.author else {}
        return _safe(codec.to_json({"@context": "https://schema.org", **found}).decode())
    make: Callable[[PostView, SiteView], Thing] = _article if page.head.kind is PageKind.POST else _standing
    whole = {"@context": "https://schema.org", "@graph": [make(page, site), _trail(page, site)]}
    return _safe(codec.to_json(whole).decode())


def _safe(json: str) -> str:
    """JSON in which no character means something to HTML, or ends a line of JavaScript."""
    json = json.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return json.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _article(page: PostView, site: SiteView) -> Thing:
    card, head = page.card, page.head
    publisher = _publisher(site)
    found: Thing = {
        "@type": "NewsArticle",
        "headline": card.title,
        "mainEntityOfPage": head.canonical,
        "url": head.canonical,
        "datePublished": languages.iso(card.date),
        "dateModified": languages.iso(page.modified),
        "author": [_person(author, page, site) for author in card.authors] or [publisher],
        "publisher": publisher,
        "description": head.description,
        "inLanguage": card.language,
        "isAccessibleForFree": True,
    }
    if card.image:
        found["image"] = [_image(card.image, site)]
    if card.section:
        found["articleSection"] = card.section.label
    if page.tags:
        found["keywords"] = [tag.label for tag in page.tags]
    if notes := [note for note in page.corrections if note.kind != "update"]:
        found["correction"] = [
            {"@type": "CorrectionComment", "text": note.text, "datePublished": languages.iso(note.date)}
            for note in notes
        ]
    return found


def _of_author(page: ListView, author: AuthorView, site: SiteView) -> Thing:
    """An author's own page (developers.google.com, "Profile page")."""
    person = _profile(author, site)
    if author.summary:
        person["description"] = author.summary
    return {
        "@type": "ProfilePage",
        "url": page.head.canonical,
        "inLanguage": page.head.language,
        "mainEntity": person,
    }


def _standing(page: PostView, site: SiteView) -> Thing:
    return {
        "@type": "WebPage",
        "name": page.card.title,
        "url": page.head.canonical,
        "description": page.head.description,
        "inLanguage": page.head.language,
        "isPartOf": {"@type": "WebSite", "name": site.title, "url": site.origin + site.home_url},
        "publisher": _publisher(site),
    }


def _trail(page: PostView, site: SiteView) -> Thing:
    """From the front page to this one."""
    section = page.card.section
    above = [Link(site.title, site.home_url), *([section] if section else [])]
    items = [(link.label, _absolute(link.url, site)) for link in above] + [(page.card.title, page.head.canonical)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": url}
            for number, (name, url) in enumerate(items, 1)
        ],
    }


def _publisher(site: SiteView) -> Thing:
    found: Thing = {"@type": "Organization", "name": site.title, "url": site.origin + site.home_url}
    if site.logo:
        found["logo"] = {"@type": "ImageObject", "url": _absolute(site.logo, site)}
    return found


def _person(author: Link, page: PostView, site: SiteView) -> Thing:
    """An author, with what the author's own file says where there is one."""
    if said := next((said for said in page.authors if said.name == author.label), None):
        return _profile(said, site)
    found: Thing = {"@type": "Person", "name": author.label}
    return {**found, "url": _absolute(author.url, site)} if author.url else found


def _profile(author: AuthorView, site: SiteView) -> Thing:
    found: Thing = {"@type": "Person", "name": author.name}
    if author.url:
        found["url"] = _absolute(author.url, site)
    if author.links:
        found["sameAs"] = [link.url for link in author.links]
    if author.image:
        found["image"] = _image(author.image, site)
    return found


def _image(image: ImageView, site: SiteView) -> Thing:
    found: Thing = {"@type": "ImageObject", "url": _absolute(image.src, site)}
    if image.width and image.height:
        found.update(width=image.width, height=image.height)
    if image.caption:
        found["caption"] = image.caption
    return found


def _absolute(url: str, site: SiteView) -> str:
    return site.origin + url if url.startswith("/") else url

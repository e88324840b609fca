"""RSS 2.0 with the Advisory Board's profile. Rules 5 to 20, 35, 37 and 38."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from generator import trees
from generator.check import moments
from generator.check.facts import Facts, Kind, Role
from generator.check.gather import Gatherer, small, whole
from generator.trees import Element

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
MEDIA = "{http://search.yahoo.com/mrss/}"
_ALMOST_MEDIA = re.compile(r"\{https?://search\.yahoo\.com/mrss/?\}")
_CONTACT = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+( \(.*\))?")
_PODCAST = ("author", "image", "category", "explicit")


def read(root: Element, raw: bytes) -> Facts:
    """The facts of an RSS feed."""
    out = Gatherer(Kind.RSS)
    out.size(raw)
    if root.get("version") != "2.0":
        out.add("rss-channel", trees.line(root), f"the version is {root.get('version')!r}, not '2.0'")
    channels = trees.children(root, "channel")
    if len(channels) != 1:
        out.add("rss-channel", trees.line(root), f"the feed has {len(channels)} channels")
    for channel in channels[:1]:
        _channel(channel, out)
        for item in trees.children(channel, "item"):
            _item(item, out)
    _extensions(root, out)
    return out.facts()


def _channel(channel: Element, out: Gatherer) -> None:
    _required(channel, out)
    for title in trees.children(channel, "title"):
        out.plain(trees.text(title), trees.line(title))
    for link in trees.children(channel, "link"):
        out.address(Role.HOME, trees.text(link), trees.line(link))
    for language in trees.children(channel, "language"):
        out.language(trees.text(language), trees.line(language))
    for name in ("pubDate", "lastBuildDate"):
        for date in trees.children(channel, name):
            out.moment(trees.text(date), trees.line(date), moments.rfc822)
    _contact(channel, "managingEditor", out)
    _contact(channel, "webMaster", out)
    _self(channel, out)
    _order(channel, out)
    for image in trees.children(channel, "image"):
        _image(channel, image, out)


def _required(channel: Element, out: Gatherer) -> None:
    """Rule 5."""
    for name in ("title", "link", "description"):
        found = trees.children(channel, name)
        if not found or not trees.text(found[0]):
            out.add("rss-channel", trees.line(found[0] if found else channel), f"the channel has no {name}")


def _self(channel: Element, out: Gatherer) -> None:
    links = trees.children(channel, f"{ATOM}link")
    own = [link for link in links if link.get("rel") == "self"]
    if len(own) != 1:
        line = trees.line(own[1] if own else channel)
        out.add("feed-self", line, f'the channel has {len(own) or "no"} atom:link{"s" if own else ""} with rel="self"')
    for link in own[:1]:
        out.link(Role.SELF, link.get("href") or "", trees.line(link))
        if not whole(link.get("href") or ""):
            out.add("feed-self", trees.line(link), f"the self link {link.get('href')!r} is no whole address")
    for link in links:
        if link.get("rel") == "hub" and not whole(link.get("href") or ""):
            out.add("feed-hub", trees.line(link), f"the hub {link.get('href')!r} is no whole address")


def _order(channel: Element, out: Gatherer) -> None:
    """Rule 19: nothing of the channel itself after its first item."""
    items = False
    for child in trees.children(channel):
        items = items or child.tag == "item"
        if items and child.tag != "item":
            out.add("rss-order", trees.line(child), f"{trees.local(child)} of the channel comes after an item")


def _image(channel: Element, image: Element, out: Gatherer) -> None:
    for name in ("title", "link"):
        if _first(image, name) != _first(channel, name):
            out.add("rss-image", trees.line(image), f"the image's {name} is not the channel's")
    url = _first(image, "url")
    out.link(Role.ASSET, url, trees.line(image))
    try:
        path = urlsplit(url).path.lower()
    except ValueError:
        path = ""
    if not whole(url) or not path.endswith((".gif", ".jpg", ".jpeg", ".png")):
        out.add("rss-image", trees.line(image), f"the image {url!r} is no GIF, JPEG or PNG with a whole address")


def _first(element: Element, name: str) -> str:
    found = trees.children(element, name)
    return trees.text(found[0]) if found else ""


def _contact(element: Element, name: str, out: Gatherer) -> None:
    for person in trees.children(element, name):
        if not _CONTACT.fullmatch(trees.text(person)):
            out.add("rss-contact", trees.line(person), f"{name} holds no e-mail address: {trees.text(person)!r}")


def _item(item: Element, out: Gatherer) -> None:
    line = trees.line(item)
    if not _first(item, "title") and not _first(item, "description"):
        out.add("rss-item", line, "an item has no title and no description")
    for title in trees.children(item, "title"):
        out.plain(trees.text(title), trees.line(title))
    for link in trees.children(item, "link"):
        out.address(Role.ITEM, trees.text(link), trees.line(link))
    for date in trees.children(item, "pubDate"):
        out.moment(trees.text(date), trees.line(date), moments.rfc822)
    _contact(item, "author", out)
    _guid(item, out)
    _texts(item, out)
    _enclosures(item, out)


def _guid(item: Element, out: Gatherer) -> None:
    guids = trees.children(item, "guid")
    if len(guids) != 1:
        out.add(
            "feed-id",
            trees.line(guids[1] if guids else item),
            f"an item has {len(guids) or 'no'} guid{'s' * bool(guids)}",
        )
    for guid in guids[:1]:
        text, line = trees.text(guid), trees.line(guid)
        out.identity(text, line)
        if small(text):
            out.add("rss-guid", line, f"the guid {text!r} is a number that other feeds have too")
        elif text and guid.get("isPermaLink", "true").lower() != "false" and not whole(text):
            out.add("rss-guid", line, f'the guid {text!r} is no address, and does not say isPermaLink="false"')


def _texts(item: Element, out: Gatherer) -> None:
    """Rules 14, 15 and 17."""
    names = [child.tag for child in trees.children(item, "description", CONTENT)]
    for child in trees.children(item, "description", CONTENT):
        out.markup(trees.text(child), trees.line(child))
    if "description" in names and CONTENT in names and names.index(CONTENT) < names.index("description"):
        out.add("rss-order", trees.line(item), "an item's content:encoded comes before its description")


def _enclosures(item: Element, out: Gatherer) -> None:
    enclosures = trees.children(item, "enclosure")
    if len(enclosures) > 1:
        out.add("rss-enclosure", trees.line(enclosures[1]), "an item has a second enclosure")
    for enclosure in enclosures:
        url, length, kind = (enclosure.get(name) or "" for name in ("url", "length", "type"))
        line = trees.line(enclosure)
        out.link(Role.ASSET, url, line)
        if not whole(url):
            out.add("rss-enclosure", line, f"the enclosure's url {url!r} is not whole")
        elif not re.fullmatch(r"[0-9]+", length):
            out.add("rss-enclosure", line, f"the enclosure's length {length!r} is no number of bytes")
        elif not re.fullmatch(r"[\w.+-]+/[\w.+-]+", kind):
            out.add("rss-enclosure", line, f"the enclosure's type {kind!r} is no media type")


def _extensions(root: Element, out: Gatherer) -> None:
    """Rule 38: Media RSS, and podcasts."""
    for element in trees.elements(root):
        if not element.tag.startswith("{http"):
            continue
        name = trees.local(element)
        if _ALMOST_MEDIA.match(element.tag) and not element.tag.startswith(MEDIA):
            out.add("feed-media", trees.line(element), f"media:{name} is in the wrong namespace")
        elif element.tag == f"{MEDIA}content":
            out.link(Role.ASSET, element.get("url") or "", trees.line(element))
            if not element.get("url") or not (element.get("medium") or element.get("type")):
                out.add("feed-media", trees.line(element), "media:content lacks url, or medium and type")
    channel = root.find("channel")
    if channel is None or root.find(f".//{ITUNES}*") is None:
        return
    lacking = [f"itunes:{name}" for name in _PODCAST if channel.find(f"{ITUNES}{name}") is None]
    lacking += ["language"] if channel.find("language") is None else []
    if lacking:
        out.add("feed-podcast", trees.line(channel), f"the podcast lacks {', '.join(lacking)}")

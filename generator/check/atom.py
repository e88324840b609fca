"""Atom, RFC 4287. Rules 21 to 28, 35 and 37."""

from __future__ import annotations

import re
from collections import Counter

from generator import trees
from generator.check import moments
from generator.check.facts import Facts, Kind, Role
from generator.check.gather import Gatherer, absolute, whole
from generator.trees import Element

NAMESPACE = "{http://www.w3.org/2005/Atom}"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_ONCE = ("id", "title", "updated")
_AT_MOST_ONCE = ("content", "summary", "published", "rights", "generator", "icon", "logo", "subtitle")
_TEXTS = ("title", "subtitle", "summary", "rights", "content")
_EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+")


def read(root: Element, raw: bytes) -> Facts:
    """The facts of an Atom feed."""
    out = Gatherer(Kind.ATOM)
    out.size(raw)
    _common(root, out, Role.HOME)
    entries = _children(root, "entry")
    dates = [date for entry in entries if (date := _entry(entry, out)) is not None]
    _newest(root, dates, out)
    if not _children(root, "author"):
        for entry in entries:
            if not _children(entry, "author"):
                out.add("atom-author", trees.line(entry), "an entry has no author, and neither has the feed")
                break
        if not entries:
            out.add("atom-author", trees.line(root), "the feed has no author")
    _self(root, out)
    return out.facts()


def _children(element: Element, *names: str) -> list[Element]:
    return trees.children(element, *(f"{NAMESPACE}{name}" for name in names))


def _common(element: Element, out: Gatherer, role: Role) -> None:
    """What holds for a feed and for an entry alike."""
    _counted(element, out)
    for identity in _children(element, "id"):
        if trees.text(identity) and not absolute(trees.text(identity)):
            out.add("feed-id", trees.line(identity), f"the id {trees.text(identity)!r} is no absolute address")
    for date in _children(element, "updated", "published"):
        out.moment(trees.text(date), trees.line(date), moments.rfc3339)
    for text in _children(element, *_TEXTS):
        _text(text, out)
    _linked(element, out, role)


def _counted(element: Element, out: Gatherer) -> None:
    """Rules 21 and 27."""
    what = trees.local(element)
    counts = Counter(trees.local(child) for child in trees.children(element) if child.tag.startswith(NAMESPACE))
    for name in _ONCE:
        if counts[name] != 1:
            out.add("atom-fields", trees.line(element), f"the {what} has {counts[name] or 'no'} {name}")
    for name in _AT_MOST_ONCE:
        if counts[name] > 1:
            out.add("atom-fields", trees.line(element), f"the {what} has {counts[name]} elements {name}")


def _linked(element: Element, out: Gatherer, role: Role) -> None:
    """Its persons and links."""
    for person in _children(element, "author", "contributor"):
        _person(person, out)
    for link in _children(element, "link"):
        if link.get("rel", "alternate") == "alternate":
            out.link(role, link.get("href") or "", trees.line(link))
        elif link.get("rel") == "enclosure":
            out.link(Role.ASSET, link.get("href") or "", trees.line(link))
        if not whole(link.get("href") or ""):
            out.add("feed-relative", trees.line(link), f"the address {link.get('href')!r} is not whole")


def _entry(entry: Element, out: Gatherer) -> int | None:
    """When it was changed."""
    _common(entry, out, Role.ITEM)
    for identity in _children(entry, "id")[:1]:
        out.identity(trees.text(identity), trees.line(identity))
    alternates = [link for link in _children(entry, "link") if link.get("rel", "alternate") == "alternate"]
    if not alternates and not _children(entry, "content"):
        out.add("atom-link", trees.line(entry), "an entry has no content and no alternate link")
    kinds = Counter((link.get("type"), link.get("hreflang")) for link in alternates)
    if any(count > 1 for count in kinds.values()):
        out.add("atom-link", trees.line(alternates[1]), "an entry has two alternate links of one type and language")
    for date in _children(entry, "updated")[:1]:
        try:
            return moments.rfc3339(trees.text(date))
        except moments.BadDateError:
            return None  # told already
    return None


def _newest(root: Element, dates: list[int], out: Gatherer) -> None:
    for date in _children(root, "updated")[:1]:
        try:
            when = moments.rfc3339(trees.text(date))
        except moments.BadDateError:
            return
        if dates and when != max(dates):
            out.add("atom-updated", trees.line(date), "the feed's updated is not that of its newest entry")


def _self(root: Element, out: Gatherer) -> None:
    own = [link for link in _children(root, "link") if link.get("rel") == "self"]
    if len(own) != 1:
        line = trees.line(own[1] if own else root)
        out.add("feed-self", line, f'the feed has {len(own) or "no"} link{"s" if own else ""} with rel="self"')
    for link in own[:1]:
        out.link(Role.SELF, link.get("href") or "", trees.line(link))


def _text(element: Element, out: Gatherer) -> None:
    kind, line = element.get("type", "text"), trees.line(element)
    name = trees.local(element)
    if kind == "html":
        if trees.children(element):
            out.add("atom-text", line, f"{name} of type html holds elements; its HTML must be escaped")
        out.markup(trees.text(element), line)
    elif kind == "xhtml":
        inner = trees.children(element)
        if len(inner) != 1 or inner[0].tag != f"{_XHTML}div":
            out.add("atom-text", line, f"{name} of type xhtml is no single div of XHTML")
        else:
            out.markup(trees.inner(element), line)
    elif kind == "text":
        if trees.children(element):
            out.add("atom-text", line, f"{name} of type text holds elements")
        else:
            out.plain(trees.text(element), line, name)


def _person(person: Element, out: Gatherer) -> None:
    names = [trees.text(name) for name in _children(person, "name")]
    if len(names) != 1 or not names[0]:
        out.add("atom-person", trees.line(person), "a person has no name, or more than one")
    elif _EMAIL.search(names[0]):
        out.add("atom-person", trees.line(person), f"a person's name holds an e-mail address: {names[0]!r}")
    for email in _children(person, "email"):
        if not _EMAIL.fullmatch(trees.text(email)):
            out.add("atom-person", trees.line(email), f"{trees.text(email)!r} is no e-mail address")

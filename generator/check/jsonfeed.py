"""JSON Feed 1.1. Rules 29 to 33, and those that hold for all feeds. Lines are those where a text stands first."""

from __future__ import annotations

import json
from typing import Any

from generator.check import jsontext, moments
from generator.check.facts import Facts, Found, Kind, Role
from generator.check.gather import Gatherer, whole

VERSION = "https://jsonfeed.org/version/1.1"


def read(raw: bytes) -> Facts:
    """The facts of a file of JSON, which need not be a feed."""
    try:
        data = jsontext.load(raw.decode("utf-8-sig"))
    except (jsontext.BadJSONError, UnicodeDecodeError) as error:
        line = error.line if isinstance(error, jsontext.BadJSONError) else raw[: error.start].count(b"\n") + 1
        return Facts(found=(Found("json-parse", line, "the file is no JSON in UTF-8"),))
    if not _is_feed(data):
        return Facts()
    return _Feed(data, raw).facts()


def _is_feed(data: Any) -> bool:
    if not isinstance(data, dict):
        return False
    return "jsonfeed.org" in str(data.get("version", "")) or (
        "items" in data and bool({"feed_url", "home_page_url"} & set(data))
    )


class _Feed:
    """Walks one feed; keeps where it is in the text, so that each item's values are sought from its beginning on."""

    def __init__(self, data: dict[str, Any], raw: bytes) -> None:
        self._data = data
        self._text = raw.decode("utf-8-sig")
        self._at = 0
        self._out = Gatherer(Kind.JSON)
        self._out.size(raw)

    def facts(self) -> Facts:
        """Walk, and sum up."""
        self._top()
        items = self._data.get("items")
        for item in items if isinstance(items, list) else ():
            self._item(item)
        return self._out.facts()

    def _line(self, value: object = None) -> int:
        """The line where a value stands, from the present item on; else the item's own."""
        at = self._at
        if value is not None:
            for written in (json.dumps(value, ensure_ascii=False), json.dumps(value)):
                if (place := self._text.find(written, self._at)) >= 0:
                    at = place
                    break
        return self._text.count("\n", 0, at) + 1

    def _add(self, code: str, cause: str, value: object = None) -> None:
        self._out.add(code, self._line(value), cause)

    def _top(self) -> None:
        data = self._data
        if data.get("version") != VERSION:
            self._add("json-fields", f"the version is {data.get('version')!r}, not {VERSION!r}", data.get("version"))
        for name in ("title", "home_page_url", "feed_url"):
            if not isinstance(data.get(name), str) or not data[name].strip():
                self._add("feed-self" if name == "feed_url" else "json-fields", f"the feed has no {name}")
        if not isinstance(data.get("items"), list):
            self._add("json-fields", "the feed has no list of items")
        self._linked(data, (("feed_url", Role.SELF), ("home_page_url", Role.HOME)))
        if isinstance(data.get("title"), str):
            self._out.plain(data["title"], self._line(data["title"]))
        if data.get("next_url") is not None and data.get("next_url") == data.get("feed_url"):
            self._add("json-fields", "next_url is the feed's own address")
        self._hubs(data.get("hubs"))
        self._shared(data)

    def _linked(self, data: dict[str, Any], keys: tuple[tuple[str, Role], ...]) -> None:
        for name, role in keys:
            if isinstance(url := data.get(name), str) and url.strip():
                self._out.address(role, url, self._line(url))

    def _hubs(self, hubs: Any) -> None:
        for hub in hubs if isinstance(hubs, list) else ():
            if not isinstance(hub, dict) or not hub.get("type") or not whole(str(hub.get("url", ""))):
                self._add(
                    "feed-hub", "a hub lacks its type or whole url", hub.get("url") if isinstance(hub, dict) else hub
                )

    def _shared(self, data: dict[str, Any]) -> None:
        """What holds for the feed and for an item."""
        if "author" in data:
            self._add("json-fields", "author is of version 1; 1.1 has the list authors")
        authors = data.get("authors", [])
        for author in authors if isinstance(authors, list) else [None]:
            if not isinstance(author, dict) or not any(author.get(name) for name in ("name", "url", "avatar")):
                self._add("json-fields", "an author has no name, url or avatar")
        if "language" in data:
            self._out.language(str(data["language"]), self._line(data["language"]))
        for key in data:
            if key.startswith("_") and "." in key:
                self._add("json-fields", f"the extension {key!r} has a dot in its name", key)

    def _item(self, item: Any) -> None:
        if not isinstance(item, dict):
            self._add("json-item", "an item is no object")
            return
        identity = item.get("id")
        if isinstance(identity, str):
            place = self._text.find(json.dumps(identity, ensure_ascii=False), self._at)
            self._at = place if place >= 0 else self._at
            self._out.identity(identity, self._line())
        else:
            self._add("feed-id", "an item has no id, or one that is no text")
        if not item.get("content_html") and not item.get("content_text"):
            self._add("json-item", "an item has no content_html and no content_text")
        self._texts(item)
        self._addresses(item)
        self._shared(item)
        self._at += 1

    def _texts(self, item: dict[str, Any]) -> None:
        for name in ("title", "summary"):
            if isinstance(value := item.get(name), str):
                self._out.plain(value, self._line(value), name)
        if isinstance(html := item.get("content_html"), str):
            line = self._line(html)
            self._out.markup(" ".join(html.splitlines()), line)
        for name in ("date_published", "date_modified"):
            if name in item:
                self._out.moment(str(item[name]), self._line(item[name]), moments.rfc3339)

    def _addresses(self, item: dict[str, Any]) -> None:
        self._linked(item, (("url", Role.ITEM), ("image", Role.ASSET), ("banner_image", Role.ASSET)))
        attachments = item.get("attachments", [])
        for attachment in attachments if isinstance(attachments, list) else [None]:
            if not isinstance(attachment, dict) or not attachment.get("url") or not attachment.get("mime_type"):
                self._add("json-item", "an attachment has no url or no mime_type")
            else:
                self._out.link(Role.ASSET, str(attachment["url"]), self._line(attachment["url"]))

"""The site beside another output folder: pages, feeds, other files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.check.items import Item, Words, items, words
from generator.check.survey import read, survey
from generator.diff.report import Change, FeedChange, Group
from generator.model.ledger import Item as Story
from generator.permalinks import out_path

_AWAY = ("redirect", "gone")
"""Kinds of pages that stand where a story was."""

_KINDS = {"redirect": "redirects", "gone": "tombstones", "story": "stories"}
_FEEDS = (".xml", ".json", ".rss", ".atom")


class Folder:
    """An output folder, each file opened when it is asked for; `beside` are files in it that are not of the site."""

    def __init__(self, path: Path, beside: Collection[str] = ()) -> None:
        self.path = path
        self.files = survey(path).files.difference(beside)
        self._words: dict[str, Words | None] = {}

    def bytes(self, name: str) -> bytes:
        """A file's bytes; none where it cannot be read."""
        try:
            return read(self.path / name)[0] if name in self.files else b""
        except OSError:
            return b""

    def words(self, name: str) -> Words | None:
        """The words of a page; None where there is none."""
        if name not in self._words:
            self._words[name] = words(self.bytes(name)) if name in self.files and name.endswith(".html") else None
        return self._words[name]

    @cached_property
    def feeds(self) -> Mapping[str, list[Item]]:
        """Items of each feed."""
        found = {name: items(name, self.bytes(name)) for name in sorted(self.files) if name.endswith(_FEEDS)}
        return {name: list_ for name, list_ in found.items() if list_ is not None}


class Comparison:
    """Two folders, the one that is public now and the one that is to be.

    Args:
        before: What is public now.
        after: What was built.
        public: What readers find in it, each with its other addresses.
        sections: Of each id.
        gone: Addresses of what was taken back in the open.

    Attributes:
        resent: Stories that feeds send a second time, by address, once feeds were asked for.
    """

    def __init__(
        self,
        before: Folder,
        after: Folder,
        public: Mapping[str, Story],
        sections: Mapping[str, str],
        gone: Collection[str],
    ) -> None:
        self._before, self._after = before, after
        self._public, self._sections, self._gone = public, sections, gone
        self._changed = {name for name in before.files & after.files if before.bytes(name) != after.bytes(name)}
        self._stories = {out_path(story.url): identity for identity, story in public.items()}
        self.resent: dict[str, Change] = {}

    def changes(self) -> Iterator[Change]:
        """What became of each story."""
        left: set[str] = set()
        for identity, story in self._public.items():
            path, section = out_path(story.url), self._sections.get(identity, "")
            old = self._before.words(path) if path in self._changed or path not in self._before.files else None
            if path in self._before.files and path not in self._changed:
                continue
            if old is not None and old.kind not in _AWAY:
                now = self._after.words(path)
                if now and (now.text, now.title) != (old.text, old.title):
                    yield Change(Group.UPDATED, story.url, story.title, section)
                continue
            former = [url for url in story.aliases if self._is_story(out_path(url))]
            left.update(map(out_path, former))
            group = Group.MOVED if former else Group.NEW
            yield Change(group, story.url, story.title, section, former[0] if former else "")
        yield from self._missing(left)

    def _is_story(self, path: str) -> bool:
        found = self._before.words(path)
        return found is not None and found.kind not in _AWAY

    def _missing(self, left: set[str]) -> Iterator[Change]:
        """Stories that were public and have no page of their own any more."""
        for path in sorted(self._before.files - self._stories.keys() - left):
            if path in self._after.files and path not in self._changed:
                continue
            found = self._before.words(path)
            if found is None or found.kind != "story":
                continue
            url = address(path)
            now = self._after.words(path)
            if now and now.kind == "redirect":
                yield Change(Group.MOVED, unquote(urlsplit(now.target).path), found.title, old=url)
            elif path in self._gone:
                yield Change(Group.WITHDRAWN, url, found.title)
            elif path not in self._after.files:
                yield Change(Group.VANISHED, url, found.title)

    def feeds(self) -> Iterator[FeedChange]:
        """What changes for subscribers, feed by feed."""
        for name, now in self._after.feeds.items():
            if name in self._before.feeds and name in self._changed:
                found = self._feed(name, self._before.feeds[name], now)
                if found != FeedChange(name):
                    yield found

    def _feed(self, name: str, before: list[Item], now: list[Item]) -> FeedChange:
        old, new = {item.guid: item for item in before}, {item.guid: item for item in now}
        added = [item for item in now if item.guid not in old]
        again = [item for item in added if self._was_sent(item, before)]
        for item in again:
            self._note(item)
        last = max((at for at, item in enumerate(now) if item.guid in old), default=len(now))
        fresh = [item for at, item in enumerate(now) if item in added and item not in again and at < last]
        fresh += [item for item in now[last + 1 :] if item in added and item not in again and not self._stood(item)]
        updated = [item for item in now if item.guid in old and _seen(item) != _seen(old[item.guid])]
        resent = {item.url for item in again}
        dropped = [item for item in before if item.guid not in new and item.url not in resent]
        return FeedChange(name, _titles(fresh), _titles(updated), _titles(dropped), _titles(again))

    def _note(self, item: Item) -> None:
        """Remember the story that is sent again; a correction of it, at a place of its page, is none."""
        whole = "" if "#" in item.url else _path(item.url)
        below = [whole, *(whole[at + 1 :] for at, letter in enumerate(whole) if letter == "/")]  # of `base_url`'s path
        for path in below:
            if identity := self._stories.get(path):
                story = self._public[identity]
                self.resent[story.url] = Change(Group.RESENT, story.url, story.title, self._sections.get(identity, ""))
                return

    def _was_sent(self, item: Item, before: list[Item]) -> bool:
        """Whether subscribers had an item that is new to its feed: under another guid, or with an earlier date."""
        urls = {_path(item.url), *self._former.get(_path(item.url), ())}
        if any(_path(other.url) in urls and other.guid != item.guid for other in before):
            return True
        old, now = self._before.words(_path(item.url)), self._after.words(_path(item.url))
        return bool(old and now and old.kind == now.kind == "story" and old.date and old.date != now.date)

    def _stood(self, item: Item) -> bool:
        """Whether a story was public already; at the end of a feed, it comes back as others went."""
        return any(self._is_story(path) for path in (_path(item.url), *self._former.get(_path(item.url), ())))

    @cached_property
    def _former(self) -> Mapping[str, tuple[str, ...]]:
        return {out_path(story.url): tuple(map(out_path, story.aliases)) for story in self._public.values()}

    def dead(self) -> list[str]:
        """Addresses of lists and feeds that are there no longer, in order."""
        gone = self._before.files - self._after.files - self._stories.keys()
        return sorted(address(name) for name in gone if self._kind(name) in ("feeds", "lists"))

    def files(self) -> dict[str, dict[str, int]]:
        """How many other files are new, changed or gone, by kind."""
        found: dict[str, Counter[str]] = {}
        old, new = self._before.files - self._after.files, self._after.files - self._before.files
        for what, names in (("new", new), ("changed", self._changed), ("gone", old)):
            for name in names - self._stories.keys():
                if (kind := self._kind(name)) != "stories":  # told one by one
                    found.setdefault(kind, Counter())[what] += 1
        return {kind: dict(counts) for kind, counts in sorted(found.items())}

    def _kind(self, name: str) -> str:
        if name in self._after.feeds or name in self._before.feeds:
            return "feeds"
        if name.endswith(".html"):
            found = self._after.words(name) or self._before.words(name)
            return _KINDS.get(found.kind if found else "", "lists")
        return "sitemaps" if "sitemap" in name else "other files"


def address(name: str) -> str:
    """The site path of a file of the output."""
    return f"/{name.removesuffix('index.html')}" if f"/{name}".endswith("/index.html") else f"/{name}"


def _path(url: str) -> str:
    return out_path(unquote(urlsplit(url).path) or "/")


def _seen(item: Item) -> tuple[str, str, str]:
    return item.title, item.updated, item.words


def _titles(found: list[Item]) -> tuple[str, ...]:
    return tuple(item.title or item.url for item in found)

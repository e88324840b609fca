"""The file of a ledger as items, or all that is wrong with it; what is wrong is never written over."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain

from generator import codec
from generator.errors import LedgerError, Problem
from generator.ledger.merging import MARK, VERSION, unite
from generator.model.ledger import LEDGER, Item
from generator.permalinks import PathError, site_path
from generator.records import Record

codec.reader_of(Item)

_HEAD = f'{{"{MARK}":'.encode()
_CONFLICT = re.compile(rb"(<<<<<<<|>>>>>>>|\|\|\|\|\|\|\|)( |$)|=======$")
_SHOWN = 20
_AGAIN = "get the line back from version control; `dateline ledger record` writes the file, people seldom should"


class Ledger(Record, frozen=True, dict=True):
    """What a site has published.

    Attributes:
        items: By id.
        data: The file's bytes.
    """

    items: Mapping[str, Item]
    data: bytes = b""

    @cached_property
    def by_source(self) -> Mapping[str, tuple[Item, ...]]:
        """Items by the file that they came from."""
        found: dict[str, list[Item]] = defaultdict(list)
        for item in self.items.values():
            found[item.source].append(item)
        return {source: tuple(items) for source, items in found.items()}

    @cached_property
    def _lines(self) -> Mapping[str, int]:
        """The first line of each item."""
        found: dict[str, int] = {}
        for number, line in enumerate(self.data.split(b"\n"), 1):
            if line.strip() and not line.startswith(_HEAD):
                found.setdefault(codec.from_json(line, Item).id, number)
        return found

    def line(self, identity: str) -> int | None:
        """Where an item stands in the file, for messages."""
        return self._lines.get(identity)


def read(data: bytes) -> Ledger:
    """The ledger of a file's bytes; several lines of one item are united.

    Raises:
        LedgerError: With every line that is broken; or the file is of a newer Dateline.
    """
    data = data.removeprefix(b"\xef\xbb\xbf")
    items = _quick(data)
    if items is None:
        items = _slow(data)
    found = {item.id: item for item in items}
    if len(found) < len(items):
        groups: dict[str, list[Item]] = defaultdict(list)
        for item in items:
            groups[item.id].append(item)
        found = {identity: unite(group) for identity, group in groups.items()}
    return Ledger(found, data)


def _quick(data: bytes) -> list[Item] | None:
    """The items of a file in which nothing is out of the ordinary; else None."""
    head, _, rest = data.partition(b"\n")
    if head.rstrip() != codec.to_json({MARK: VERSION}) or _HEAD in rest:
        return None
    try:
        items = codec.from_lines(rest, Item)
    except codec.CodecError:
        return None
    return items if all(map(_is_path, _urls(items))) else None


def _urls(items: Iterable[Item]) -> Iterator[str]:
    return chain((item.url for item in items), chain.from_iterable(item.aliases for item in items))


def _slow(data: bytes) -> list[Item]:
    """The items of any file, line by line.

    Raises:
        LedgerError: As for `read`.
    """
    lines = [(number, line.rstrip()) for number, line in enumerate(data.split(b"\n"), 1)]
    lines = [(number, line) for number, line in lines if line]
    if newer := [problem for number, line in lines if line.startswith(_HEAD) for problem in _version(line, number)]:
        raise LedgerError(*newer[:1])
    conflicts = [_conflict(line, number) for number, line in lines if _CONFLICT.match(line)]
    if conflicts:
        raise LedgerError(*conflicts[:_SHOWN])
    problems: list[Problem] = []
    if not any(line.startswith(_HEAD) for _, line in lines):
        first = codec.to_json({MARK: VERSION}).decode()
        fix = f"get the file back from version control, or, if nothing else is wrong, put {first} on a line of its own"
        problems.append(Problem("does not say which version of the ledger it is", fix, LEDGER, 1))
    items = []
    for number, line in lines:
        if not line.startswith(_HEAD):
            try:
                items.append(_item(line))
            except (codec.CodecError, PathError) as error:
                problems.append(Problem(f"has a broken line: {error}", _AGAIN, LEDGER, number))
    if problems:
        raise LedgerError(*problems[:_SHOWN])
    return items


def items(lines: Iterable[bytes]) -> list[Item] | None:
    """The items of some lines; None where one is the first line of a ledger, or broken."""
    try:
        return [_item(line) for line in lines]
    except (codec.CodecError, PathError):
        return None


def each_line(ledger: Ledger) -> Iterator[tuple[bytes, str]]:
    """Each line with its item's id; that says which version the ledger is has none."""
    for line in ledger.data.split(b"\n"):
        if line.strip():
            yield line, "" if line.startswith(_HEAD) else codec.from_json(line, Item).id


def _item(line: bytes) -> Item:
    item = codec.from_json(line, Item)
    for url in item.urls:
        if not _is_path(url):
            raise PathError(f"{url!r} is no address of a page as ledgers have it")
    return item


def _is_path(url: str) -> bool:
    try:
        return site_path(url) == url
    except PathError:
        return False


def _conflict(line: bytes, number: int) -> Problem:
    mark = line.decode("utf-8", "replace").split(" ")[0]
    fix = (
        "delete the lines that begin with <<<<<<<, |||||||, ======= and >>>>>>>, and keep all others: two lines of one "
        "item do no harm; with `content/ledger.jsonl merge=union` in .gitattributes git does that by itself"
    )
    return Problem(f"has a conflict that a merge left: {mark}", fix, LEDGER, number)


def _version(line: bytes, number: int) -> Iterator[Problem]:
    """What is wrong with a line that says the version."""
    try:
        version = codec.from_json(line, dict[str, int])[MARK]
    except codec.CodecError as error:
        yield Problem(f"has a broken line: {error}", _AGAIN, LEDGER, number)
        return
    if version > VERSION:
        cause = f"is a ledger of version {version}, and this Dateline knows version {VERSION} only"
        yield Problem(cause, "install the Dateline that wrote it, or a newer one", LEDGER, number)
    elif version < 1:
        yield Problem(f"has a version that no Dateline wrote: {version}", _AGAIN, LEDGER, number)

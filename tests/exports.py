"""A format of exports for tests: a JSON text a line, each an item as the importer knows it."""

import base64
import datetime as dt
import io
import json
from functools import partial

from generator.importer.articles import Article, Comment, Media, SiteFound, Skipped
from generator.model.document import Extra, Image, Kind, Status

NAME = "export for tests"
HEAD = b'{"export": "for tests"}\n'


def recognises(source):
    """By its first line."""
    return source.head.startswith(HEAD)


def read(source):
    """Its items, one at a time; a line `!` is where it breaks."""
    with source.open() as file:
        file.readline()
        for line in file:
            yield _item(json.loads(line))


def export(*items):
    """The bytes of an export."""
    return HEAD + b"".join(json.dumps(item).encode() + b"\n" for item in items)


def _item(values):
    if "skipped" in values:
        return Skipped(values["skipped"], values["name"], values["reason"])
    if "site" in values:
        return SiteFound(**values["site"])
    values = dict(values)
    for name, reader in _READERS.items():
        if name in values:
            values[name] = reader(values[name])
    return Article(**{"title": "", "body": "", **values})


def _date(text):
    return dt.datetime.fromisoformat(text) if len(text) > 10 else dt.date.fromisoformat(text)


def _media(items):
    return tuple(
        Media(
            item["address"],
            partial(io.BytesIO, base64.b64decode(item["data"])) if "data" in item else None,
            item.get("original", ""),
        )
        for item in items
    )


def _comments(items):
    return tuple(Comment(**{**item, "date": _date(item["date"]) if "date" in item else None}) for item in items)


_READERS = {
    "date": _date,
    "updated": _date,
    "kind": Kind,
    "status": Status,
    "tags": tuple,
    "authors": tuple,
    "aliases": tuple,
    "image": lambda values: Image(**values),
    "extra": Extra,
    "media": _media,
    "comments": _comments,
}

"""A format of exports for tests: a JSON text a line, each an item of the importer; and a blog that moves in."""

import base64
import datetime as dt
import io
import json
import sys
from functools import partial
from pathlib import Path

from support import NOW, SiteFixture

from generator import content
from generator.importer import ImportRequest, detect, run
from generator.importer.articles import Article, Comment, Media, SiteFound, Skipped
from generator.importer.formats import raw_text
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
        return Skipped(values["skipped"], values["name"], values["reason"], values.get("line"), values.get("fix", ""))
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


OLD = "https://old.example"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def text(word, sentences=12):
    """A body that is like no other."""
    return "\n\n".join(
        f"The {word} number {n} was seen by {word}er {n * 7} near {word} street." for n in range(sentences)
    )


def article(name, day="2013-10-05", **values):
    """An article of the old blog."""
    return {
        "title": name.capitalize(),
        "body": text(name),
        "date": day,
        "url": f"{OLD}/{day[:4]}/{day[5:7]}/{name}.html",
        "identity": f"tag:old.example,2013:{name}",
        **values,
    }


class Move:
    """A site, and exports beside it."""

    def __init__(self, folder: Path) -> None:
        self.site = SiteFixture(folder / "site")
        self.folder = folder

    def run(self, *items, **values):
        """Import an export with these items; the report."""
        file = self.folder / "export.jsonl"
        file.write_bytes(export(*items))
        return run(ImportRequest(root=self.site.root, inputs=(str(file),), **{"now": NOW, "jobs": 1, **values}))

    def outcomes(self, *items, **values):
        """What became of each."""
        return [item.outcome.value for item in self.run(*items, **values).articles]

    def files(self):
        """Every file of the site but its settings and output."""
        found = (path for path in self.site.root.rglob("*") if path.is_file() and path.name != "site.toml")
        return {
            path.relative_to(self.site.root).as_posix(): path.read_bytes()
            for path in found
            if not {"output", ".dateline"} & set(path.parts)
        }

    def document(self, path):
        """A post, read."""
        return content.parse((self.site.root / path).read_bytes(), path).document

    def body(self, path):
        """Its text."""
        return self.document(path).body


def move(folder, monkeypatch):
    """A site with nothing in it, and the importer with the format of this module."""
    monkeypatch.setattr(detect, "FORMATS", (sys.modules[__name__], raw_text))
    return Move(folder)

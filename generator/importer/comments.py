"""What readers wrote below an article on its old site: data beside the content, never published by itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from generator import content
from generator.importer.articles import Comment
from generator.importer.place import make_folder
from generator.ledger import short_id
from generator.model.document import FrontMatter
from generator.records import Record
from generator.writer import replace_file

FOLDER = f"{content.FOLDER}/comments"


class Filed(Record, frozen=True):
    """Where comments are now.

    Attributes:
        path: Their file.
        edited: A person has edited it, so that it was kept as it is.
    """

    path: str
    edited: bool = False


def file(root: Path, post: FrontMatter, comments: tuple[Comment, ...], *, dry: bool) -> Filed:
    """Write the comments of a post, unless a person has edited them.

    Raises:
        OSError: The system refused.
    """
    identity = post.id or ""
    year = f"{post.date.year:04}" if post.date else "undated"
    path = f"{FOLDER}/{year}/_{identity if identity.isalnum() and len(identity) == 12 else short_id(identity)}.json"
    values = {"post": identity, "title": post.title, "comments": [_plain(comment) for comment in comments]}
    data = _data(values)
    try:
        there = (root / path).read_bytes()
    except FileNotFoundError:
        there = b""
    if there and there != data and not _untouched(there):
        return Filed(path, edited=True)
    if there != data and not dry:
        make_folder(root, path)
        replace_file(root / path, data)
    return Filed(path)


def _plain(comment: Comment) -> dict[str, str]:
    found = {
        "id": comment.id,
        "parent": comment.parent,
        "author": comment.author,
        "date": comment.date.isoformat() if comment.date else "",
        "url": comment.url,
        "text": comment.text,
    }
    return {name: value for name, value in found.items() if value}


def _data(values: dict[str, Any]) -> bytes:
    return (json.dumps({**values, "written": _mark(values)}, ensure_ascii=False, indent=1) + "\n").encode()


def _mark(values: dict[str, Any]) -> str:
    return short_id(json.dumps(values, ensure_ascii=False, sort_keys=True))


def _untouched(data: bytes) -> bool:
    """Whether a file is as an import wrote it."""
    try:
        values = json.loads(data)
        return bool(values.pop("written", "") == _mark(values))
    except (ValueError, AttributeError, TypeError, RecursionError):
        return False

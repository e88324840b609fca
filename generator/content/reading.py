"""One article, read from its bytes."""

from __future__ import annotations

from generator.content import fields, matter
from generator.content.text import decode
from generator.content.tree import FOLDER
from generator.errors import ContentError, Problem, Severity
from generator.model.document import Document, Kind
from generator.records import Record, replace

_KINDS = {f"{FOLDER}/pages/": Kind.PAGE, f"{FOLDER}/authors/": Kind.AUTHOR}
"""What an article in a certain folder is; elsewhere it is a post."""


class Parsed(Record, frozen=True):
    """One article read: the document, unless a problem is an error, and what was found."""

    document: Document | None
    problems: tuple[Problem, ...]


def parse(data: bytes, path: str) -> Parsed:
    """An article from its bytes; `path` is relative to the site and says where it lies."""
    problems: list[Problem] = []
    try:
        text, problems = decode(data)
        found = matter.read(text)
    except ContentError as error:
        problems = [*problems, *error.problems]
        return Parsed(None, tuple(problem.at(path) for problem in problems))
    kind = next((kind for folder, kind in _KINDS.items() if path.startswith(folder)), Kind.POST)
    front, faults = fields.read(found.values, found.lines, kind)
    problems = [replace(problem, path=path) for problem in (*problems, *faults)]
    if any(problem.severity is Severity.ERROR for problem in problems):
        return Parsed(None, tuple(problems))
    return Parsed(Document(path, kind, front, found.body, found.body_line, dict(found.lines)), tuple(problems))

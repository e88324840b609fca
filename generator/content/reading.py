"""One article, read from its bytes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.content import fields, matter
from generator.content.text import decode
from generator.content.tree import FOLDER
from generator.errors import ContentError, Problem, Severity
from generator.model.document import Document, Kind


@dataclass(frozen=True, slots=True)
class Parsed:
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
    front, faults = fields.read(found.values, found.lines)
    problems = [replace(problem, path=path) for problem in (*problems, *faults)]
    if any(problem.severity is Severity.ERROR for problem in problems):
        return Parsed(None, tuple(problems))
    kind = Kind.PAGE if path.startswith(f"{FOLDER}/pages/") else Kind.POST
    return Parsed(Document(path, kind, front, found.body, found.body_line, dict(found.lines)), tuple(problems))

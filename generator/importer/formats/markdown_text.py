"""A text in Markdown: its head is read, what follows stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator import prose
from generator.importer import datelines
from generator.importer.articles import Article
from generator.importer.bodies import from_markdown
from generator.importer.lines import Line, split
from generator.importer.sources import RawSource
from generator.records import Record, field

NAME = "Markdown"

_ENDINGS = (".md", ".markdown")
_HEADING = re.compile(r" {0,3}#{1,6}(?=[ \t])")
_MAIN = re.compile(r" {0,3}#[ \t]")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*")
_ATTRIBUTES = re.compile(r"\{:?\s*[#.][^{}]*\}$")
_SENTENCE = re.compile(r"[.!?…:;,。！？：]$")
_BLOCK = re.compile(r"    |\t| {0,3}(?:[>|<`~!]|\[[^\]]*\]:|[-*+][ \t]|\d+[.)][ \t]|(?:[-*_][ \t]*){3,}$)")
_NAMED = re.compile(r"title:[ \t]+(?=\S)", re.IGNORECASE)

_LONGEST = 200
"""Characters of a line that is a headline without saying so."""

_ABOVE = 10
"""Filled lines that may stand above the one heading of the first level, if it is to be the headline."""


def recognises(source: RawSource) -> bool:
    """Whether its name says so: the text alone would pass for a raw one."""
    return source.name.lower().endswith(_ENDINGS)


def read(source: RawSource) -> Iterator[Article]:
    """The one article of a file.

    Raises:
        ContentError: It is no text.
    """
    lines = list(split(source.decoded.text))
    head = _Head(lines, _only_heading(lines))
    body = from_markdown("\n".join(line.raw for line in head.read()))
    yield Article(
        title=head.title,
        body=body.text,
        date=head.date.moment if head.date else None,
        authors=head.authors,
        dropped=tuple(line.drop(f"is the {what}") for line, what in head.taken),
    )


class _Head(Record):
    """The lines above the text: a headline, a date, a byline, each once and in any order.

    Attributes:
        lines: Of the whole file.
        main: The place of the one heading of the first level; see `_only_heading`.
        taken: What the text does not have, and what it is.
    """

    lines: list[Line]
    main: int | None
    title: str = ""
    date: datelines.DateLine | None = None
    authors: tuple[str, ...] = ()
    taken: list[tuple[Line, str]] = field(default_factory=list)

    def read(self) -> list[Line]:
        """Take them; the lines that are left."""
        at = 0
        while at < len(self.lines):
            used = self._take(at) if self.lines[at].text else 1
            if not used:
                break
            at += used
        if not self.title and self.main is not None and self._take_title(self.main):
            return [*self.lines[at : self.main], *self.lines[self.main + 1 :]]
        return self.lines[at:]

    def _take(self, at: int) -> int:
        """Take what begins at a line; how many lines that was."""
        line = self.lines[at]
        if self._take_title(at):
            return 2 if self._is_underlined(at) else 1
        plain = line.text.strip("*_ ")
        if not self.date and (date := datelines.read(plain)) and date.day and not date.updated:
            self.date = date
            self.taken.append((line, "date"))
            return 1
        if not self.authors and (authors := _byline(plain)):
            self.authors = authors
            self.taken.append((line, "byline"))
            return 1
        return 0

    def _take_title(self, at: int) -> bool:
        title = "" if self.title else prose.inline_text(self._headline(at))
        if title:
            self.title = title
            self.taken.append((self.lines[at], "headline"))
        return bool(title)

    def _headline(self, at: int) -> str:
        """The words of a heading, a line `Title: …` or a lone line that is no sentence; empty where it is none."""
        line = self.lines[at]
        if mark := _HEADING.match(line.raw):
            if self.main not in (None, at):
                return ""
            return _ATTRIBUTES.sub("", _unclosed(line.raw[mark.end() :].strip())).strip()
        if named := _NAMED.match(line.text):
            return line.text[named.end() :]
        if self._is_underlined(at):
            return line.text
        alone = self.main is None and (at + 1 == len(self.lines) or not self.lines[at + 1].text)
        dated = datelines.read(line.text.strip("*_ ")) or _byline(line.text.strip("*_ "))
        lone = alone and len(line.text) <= _LONGEST and not _SENTENCE.search(line.text)
        return line.text if lone and not dated and not _BLOCK.match(line.raw) else ""

    def _is_underlined(self, at: int) -> bool:
        """Whether a line is a heading by the one below it."""
        below = self.lines[at + 1].raw if at + 1 < len(self.lines) else ""
        return bool(_UNDERLINE.fullmatch(below)) and not _BLOCK.match(self.lines[at].raw)


def _only_heading(lines: list[Line]) -> int | None:
    """The place of the heading of the first level near the beginning, outside of code, if there is no other."""
    fence, found = "", []
    for at, line in enumerate(lines):
        if mark := _FENCE.match(line.raw):
            fence = mark[1] if not fence else "" if mark[1].startswith(fence) else fence
        elif not fence and _MAIN.match(line.raw):
            found.append(at)
    near = len(found) == 1 and sum(line.text != "" for line in lines[: found[0]]) <= _ABOVE
    return found[0] if near else None


def _unclosed(text: str) -> str:
    """A heading without the signs that close it: `Bridge` of `Bridge ##`."""
    rest = text.rstrip("#")
    return rest.rstrip() if rest.endswith((" ", "\t")) else text


def _byline(text: str) -> tuple[str, ...]:
    from generator.importer.raw import people

    return people.byline(text)

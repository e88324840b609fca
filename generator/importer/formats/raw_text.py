"""Raw text as copied from a blog page: date line, headline (repeated), standfirst, paragraphs, comment line."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass, field

from generator.errors import ContentError, Problem, warning
from generator.importer import datelines, furniture, plain
from generator.importer.articles import Article, Dropped
from generator.importer.lines import Line, altered, same, split
from generator.importer.sources import RawSource

NAME = "raw text"

LONGEST_TITLE = 250
"""Characters of a headline; a longer first line is a paragraph."""

LONGEST_SUMMARY = 400
"""Characters of a standfirst; a longer first paragraph is just that."""


def recognises(source: RawSource) -> bool:  # noqa: ARG001
    """Any text will do."""
    return True


def read(source: RawSource) -> tuple[Article, ...]:
    """The one article of a text.

    Raises:
        ContentError: There is no headline.
    """
    return articles(source.decoded.text)


def articles(text: str) -> tuple[Article, ...]:
    """As `read`, of the text itself."""
    reading = _Reading()
    body = reading.foot(reading.below_standfirst(reading.head(reading.comments(list(split(text))))))
    blocks = plain.blocks(line.text for line in body)
    if not blocks:
        reading.problems.append(warning("has a headline and no text", "check that the whole article was saved", line=1))
    first = plain.text_of(blocks[0]) if blocks and isinstance(blocks[0], plain.Paragraph) else ""
    return (
        Article(
            title=reading.title,
            body=plain.markdown(blocks),
            date=reading.date,
            summary=first if 0 < len(first) <= LONGEST_SUMMARY else None,
            authors=tuple(dict.fromkeys(reading.authors)),
            tags=tuple(dict.fromkeys(reading.tags)),
            dropped=tuple(sorted(reading.dropped, key=lambda item: item.line)),
            problems=tuple(reading.problems),
        ),
    )


@dataclass(slots=True)
class _Reading:
    """What was found so far; each step takes lines and hands on those that are left."""

    title: str = ""
    date: dt.date | None = None
    authors: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def comments(self, lines: list[Line]) -> list[Line]:
        """What comes before the line of comments; that line and all below it are dropped."""
        self.dropped.extend(entry for line in lines if (entry := altered(line)))
        filled = [index for index, line in enumerate(lines) if line.text]
        for index in filled[1:]:
            line = lines[index]
            found = furniture.comment_line(line.text, last=index == filled[-1])
            if found:
                self.dropped.append(line.drop("the line of comments"))
                self._below(lines[index + 1 :], found)
                return lines[:index]
        return lines

    def _below(self, lines: list[Line], found: furniture.CommentLine) -> None:
        for line in lines:
            if line.text and not (found.none and self._take_mark(line)):
                self.dropped.append(line.drop("below the line of comments"))

    def head(self, lines: list[Line]) -> list[Line]:
        """Date line, headline and its repeats, byline.

        Raises:
            ContentError: No line is a headline.
        """
        taken = itertools.takewhile(lambda line: not line.text or self._take_of_head(line), lines)
        end = sum(1 for _ in taken)
        if not self.title:
            raise ContentError(
                Problem("has no headline", "put it on a line of its own above the text, below the date", line=1),
                *self.problems,
            )
        return lines[end:]

    def below_standfirst(self, lines: list[Line]) -> list[Line]:
        """What is left when a byline or the date stands below the first paragraph."""
        standfirst = list(itertools.takewhile(lambda line: line.text, lines))
        rest = lines[len(standfirst) :]
        taken = itertools.takewhile(lambda line: not line.text or self._take_below_standfirst(line), rest)
        return [*standfirst, *rest[:1], *rest[sum(1 for _ in taken) :]]

    def _take_below_standfirst(self, line: Line) -> bool:
        if found := datelines.read(line.text):
            return self._take_date(line, found)
        authors = furniture.byline(line.text) or furniture.posted_by(line.text)
        if authors:
            self._credit(line, authors)
        return bool(authors)

    def _take_of_head(self, line: Line) -> bool:
        """Whether a line belongs to the head; then it is dealt with."""
        if found := datelines.read(line.text):
            return self._take_date(line, found)
        if not self.title:
            return self._take_title(line)
        if same(line.text, self.title):
            self.dropped.append(line.drop("the headline again"))
            return True
        if authors := furniture.byline(line.text):
            self._credit(line, authors)
            return True
        return self._take_mark(line)

    def _take_title(self, line: Line) -> bool:
        if len(line.text) > LONGEST_TITLE:
            cause = f"begins with a line of {len(line.text)} characters, where a headline belongs"
            raise ContentError(Problem(cause, "put the headline on a line of its own above it", line=line.number))
        self.title = line.text
        return True

    def _take_date(self, line: Line, found: datelines.DateLine) -> bool:
        """A first date, the same again, or one that is none; another one below the headline is text."""
        if found.day is None:
            self.dropped.append(line.drop("a date that there is not"))
            cause = f"{line.text!r} reads as a date, but there is no such day"
            self.problems.append(warning(cause, "correct it in the source, or in the post", line=line.number))
        elif self.date is None:
            self.date = found.day
            self.dropped.append(line.drop("read as the date"))
            if found.contradicts:
                cause = f"{line.text!r} names another weekday than that day has"
                self.problems.append(warning(cause, "check the date in the post", line=line.number))
        elif found.day != self.date and self.title:
            return False
        else:
            self.dropped.append(line.drop("the date again" if found.day == self.date else "a second date"))
        return True

    def _take_mark(self, line: Line) -> bool:
        """Whether a line is a label, an author's mark or a button; then it is dealt with."""
        tags = furniture.labels(line.text)
        if tags is not None:
            self.tags.extend(tags)
            self.dropped.append(line.drop("read as tags"))
        elif authors := furniture.posted_by(line.text):
            self._credit(line, authors)
        elif furniture.is_button(line.text):
            self.dropped.append(line.drop("a button of the page"))
        else:
            return False
        return True

    def _credit(self, line: Line, authors: tuple[str, ...]) -> None:
        self.authors.extend(authors)
        self.dropped.append(line.drop("read as the byline"))

    def foot(self, lines: list[Line]) -> list[Line]:
        """What comes before the labels, the author's mark and the buttons at the end."""
        end = len(lines)
        while end and (not lines[end - 1].text or self._take_mark(lines[end - 1])):
            end -= 1
        return lines[:end]

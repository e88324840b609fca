"""The ends of an article's text: headline, date, byline and buttons are known already, or the page's."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Iterator
from functools import partial

from generator.importer import datelines
from generator.importer.lines import same
from generator.importer.markdown import inline
from generator.importer.markdown.values import Block, Break, Figure, Heading, Inline, Paragraph, Picture, Rule, Run
from generator.importer.page import words as phrases
from generator.importer.page.metadata import Metadata
from generator.records import replace

LONGEST = 300
"""Characters of a line that may be one of these."""

_HEAD = 5
"""Blocks in which headline and byline are."""

_HEAD_MOST = 15
"""Blocks of a head whose parts are told apart by its design."""

_HEAD_SIZE = 200
"""Characters of them, but for the standfirst."""

_TITLE = 150
"""Characters of a headline."""

_KICKER = 60
"""Characters of a line above the headline, or beside the byline."""

_ENDS = (".", "!", "?", "”", "“", '"')
_DATE_PART = re.compile(r"[0-9]{1,4}|[0-9]{1,2}[:.][0-9]{2}")
_BETWEEN = frozenset("·•|/–—-")
_SIGNS = re.compile(r"[\s·•|/,;:–—()-]+")


def completed(found: Metadata, blocks: list[Block]) -> Metadata:
    """Date and authors from the first lines of the text, where nothing else told them."""
    for block in blocks[:3]:
        for line in _lines(block):
            day = datelines.read(line) if found.date is None else None
            if day and day.day:
                found = replace(found, date=day.day)
            names = () if found.authors or len(line) > LONGEST else phrases.credited(line)
            if names:
                found = replace(found, authors=names)
    return found


def headline(blocks: list[Block], found: Metadata) -> str:
    """The line right above the first date or byline of a head; empty where there is none."""
    lines = [line for block in blocks[:3] for line in _lines(block)][:_HEAD]
    dated = next((at for at, line in enumerate(lines) if _credit_reason(line, found)), 0)
    told = lines[dated - 1] if dated else ""
    return told if len(told) <= _TITLE and not told.endswith(_ENDS[:1]) else ""


def trim(
    blocks: list[Block], found: Metadata, others: tuple[str, ...] = (), framed: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """Take such lines off both ends; each line, and what it is.

    Args:
        blocks: The text, which is changed.
        found: What is known of the article.
        others: The headline in other words.
        framed: Addresses of what frames showed: a link to one is text.
    """
    titles = (found.title, *others)
    is_headed = any(_says(block, titles) for block in blocks[:_HEAD])
    yield from _above(blocks, titles)
    yield from _head(blocks, found, titles)
    if is_headed:
        yield from _imprint(blocks, found)
    while blocks and isinstance(blocks[0], Rule):
        blocks.pop(0)
    while blocks and not _is_framed(blocks[-1], framed) and (taken := list(_cut_end(blocks, found))):
        yield from taken


def _above(blocks: list[Block], titles: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Take the short lines above the headline, where it is a heading and nothing else is above it; pictures stay."""
    at = next((at for at, block in enumerate(blocks[:_HEAD]) if _says(block, titles)), 0)
    before = [(block, " ".join(_lines(block))) for block in blocks[:at] if not _is_shown(block)]
    if all(isinstance(block, Paragraph | Heading | Rule) and _is_line(words) for block, words in before):
        for block, words in before:
            blocks.remove(block)
            yield words, "above the headline"


def _head(blocks: list[Block], found: Metadata, titles: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Take headline, date and byline, and buttons; below the standfirst, date and byline alone."""
    at, reason_of = 0, partial(_head_reason, found=found, titles=titles)
    is_below = False
    while at < min(len(blocks), _HEAD):
        taken = list(_cut(blocks, at, reason_of))
        yield from taken
        if not taken:
            if is_below and not _is_shown(blocks[at]):
                break
            is_below = is_below or not _is_shown(blocks[at])
            reason_of = partial(_credit_reason, found=found) if is_below else reason_of
            at += 1


def _imprint(blocks: list[Block], found: Metadata) -> Iterator[tuple[str, str]]:
    """Take the few short lines between a headline and its date or byline, and counts below it; a text must follow."""
    words = [" ".join(_lines(block)) for block in blocks[:_HEAD_MOST]]
    end = next((at for at, text in enumerate(words) if _is_text(blocks[at], text, found)), len(words))
    last = max((at for at in range(end) if words[at] and _credit_reason(words[at], found)), default=-1)
    size = sum(len(text) for text in words[: last + 1] if not same(text, found.summary))
    if end == len(words) or size > _HEAD_SIZE:
        return
    while 0 <= last < end - 1 and words[last + 1].isdecimal():
        last += 1
    blocks[: last + 1] = [block for block in blocks[: last + 1] if _is_picture(block)]
    for text in filter(None, words[: last + 1]):
        yield text, "the standfirst" if same(text, found.summary) else "date and byline"


def _is_text(block: Block, words: str, found: Metadata) -> bool:
    """Whether a block is none of the short lines of a head; the standfirst is one where it is known."""
    if isinstance(block, Paragraph | Heading) and len(words) >= 20 and same(words, found.summary):
        return False
    return not (isinstance(block, Paragraph) and _is_line(words))


def _is_line(words: str) -> bool:
    return len(words) <= _KICKER and not words.endswith(_ENDS)


def _says(block: Block, titles: tuple[str, ...]) -> bool:
    return isinstance(block, Heading) and any(same(" ".join(_lines(block)), title) for title in titles)


def _is_shown(block: Block) -> bool:
    return isinstance(block, Figure) or _is_picture(block)


def _is_picture(block: Block) -> bool:
    return isinstance(block, Paragraph) and any(isinstance(item, Picture) for item in block.inlines)


def _is_framed(block: Block, framed: Collection[str]) -> bool:
    return isinstance(block, Paragraph) and any(isinstance(item, Run) and item.href in framed for item in block.inlines)


def _lines(block: Block) -> list[str]:
    """The lines of a block of text; a heading is one."""
    if not isinstance(block, Paragraph | Heading):
        return []
    lines: list[list[Inline]] = [[]]
    for item in block.inlines:
        if isinstance(item, Break):
            lines.append([])
        else:
            lines[-1].append(item)
    found = [inline.text_of(line) for line in lines]
    return [" ".join(found)] if isinstance(block, Heading) else found


def _cut(blocks: list[Block], at: int, reason_of: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Take the first lines of a block that have a reason to go."""
    block = blocks[at]
    lines = _lines(block)
    reasons = _with_between(lines, [reason_of(line) if 0 < len(line) <= LONGEST else "" for line in lines[:_HEAD_MOST]])
    gone = len(list(itertools.takewhile(bool, reasons)))
    yield from zip(lines, reasons[:gone], strict=False)
    if gone and gone == len(lines):
        blocks.pop(at)
    elif gone and isinstance(block, Paragraph):
        block.inlines[:] = inline.settle(_after_breaks(block, gone))


def _with_between(lines: list[str], reasons: list[str]) -> list[str]:
    """Reasons of the lines of a head, which has the headline: also for short ones above others that have one."""
    if "the headline again" not in reasons:
        return reasons
    last = max(at for at, reason in enumerate(reasons) if reason)
    return [
        reason or ("beside the headline" if at < last and _is_line(line) else "")
        for at, (line, reason) in enumerate(zip(lines, reasons, strict=False))
    ]


def _after_breaks(block: Paragraph, count: int) -> list[Inline]:
    """What follows the first breaks of a paragraph."""
    items = list(block.inlines)
    for _ in range(count):
        items = items[next(at for at, item in enumerate(items) if isinstance(item, Break)) + 1 :]
    return items


def _cut_end(blocks: list[Block], found: Metadata) -> Iterator[tuple[str, str]]:
    if isinstance(blocks[-1], Rule):
        blocks.pop()
        yield "", "a rule at the end"
        return
    lines = _lines(blocks[-1])
    words = " ".join(lines)
    reason = _foot_reason(words) if words and len(words) <= LONGEST else ""
    reason = "about the author" if len(blocks) > 2 and phrases.is_about(words, found.authors) else reason
    if reason or (isinstance(blocks[-1], Heading) and len(blocks) > 1):
        blocks.pop()
        yield words, reason or "a heading without text"


def _head_reason(words: str, found: Metadata, titles: tuple[str, ...]) -> str:
    """Why a first line is no text of the article."""
    if any(same(words, title) for title in titles):
        return "the headline again"
    is_of_page = phrases.is_button(words) or words in _BETWEEN
    return _credit_reason(words, found) or ("a button of the page" if is_of_page else "")


def _credit_reason(words: str, found: Metadata) -> str:
    """Why a line is a date or byline."""
    if (line := datelines.read(words)) and line.day:
        return "the date"
    if phrases.credited(words) or any(same(words, author) for author in found.authors):
        return "the byline"
    return "date and byline" if _is_imprint(words, found) or phrases.told(words, day_first=None) else ""


def _is_imprint(words: str, found: Metadata) -> bool:
    """Whether a line has a name or a date of the article, and hardly anything else."""
    if len(words) > 140 or words.endswith(_ENDS):
        return False
    rest = words
    for author in found.authors:
        rest = rest.replace(author, " ")
    named = rest != words
    left = [word for word in _SIGNS.split(rest) if word]
    numbers = [word for word in left if _DATE_PART.fullmatch(word)]
    dated = found.date is not None and str(found.date.year) in numbers and len(numbers) > 1
    others = [word for word in left if word not in numbers]
    return (named and len(others) <= 5 and (dated or len(others) <= 2)) or (dated and len(others) <= 4)


def _foot_reason(words: str) -> str:
    if phrases.is_labels(words):
        return "read as tags"
    if phrases.is_entry(words):
        return "the date"
    return "a button of the page" if phrases.is_button(words) or phrases.credited(words) else ""

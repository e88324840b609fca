"""XML exports as streams: mended on the way, an element at a time, what is wrong told where it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from generator.errors import ContentError, Problem, warning
from generator.importer.articles import Article, Item, Skipped
from generator.importer.mending import Mended
from generator.importer.sources import RawSource
from generator.model.document import Status
from generator.records import replace

if TYPE_CHECKING:
    from generator.trees import Element

_CUT_OFF = "Premature end"


def elements(source: RawSource, *names: str) -> Iterator[Element]:
    """Every element of these names, each freed when the next is asked for.

    Raises:
        ContentError: It is no XML, or declares entities.
    """
    for element, _ in _stream(source, names):
        yield element


def items(source: RawSource, read: Callable[[Element], Item | None], *names: str) -> Iterator[Item]:
    """What `read` makes of each element, with warnings where the file is not well-formed.

    Raises:
        ContentError: It is no XML, or declares entities.
    """
    found = 0
    waiting: list[tuple[int, str]] = []
    for element, faults in _stream(source, names):
        waiting += faults
        last = _last_line(element) if waiting else 0
        item = read(element)
        if isinstance(item, Article) and waiting:
            item, waiting = _warned(item, waiting, last)
        elif isinstance(item, Skipped) and item.fix:  # which is told by itself
            waiting = [fault for fault in waiting if fault[0] > last or _CUT_OFF in fault[1]]
        if item is not None:
            found += 1
            yield item
    if waiting and found:
        line, cause = waiting[0]
        yield Skipped("end", source.name, f"the file is not well-formed ({cause}), so something may be missing", line)
    if not found:
        raise ContentError(Problem("holds no article", "check that it is the whole export"))


def _stream(source: RawSource, names: tuple[str, ...]) -> Iterator[tuple[Element, list[tuple[int, str]]]]:
    from generator import trees

    with source.open() as file:
        mended = Mended(file)
        stream = trees.Stream(mended, *names)
        told = 0
        try:
            for element in stream:
                mends = [(mend.line, mend.cause) for mend in mended.found[told:]]
                told = len(mended.found)
                yield element, [*mends, *stream.faults()]
        except trees.UnreadableError as error:
            problem = Problem(f"cannot be read as XML: {error.cause}", "make the export again", line=error.line)
            raise ContentError(problem) from error


def _last_line(element: Element) -> int:
    """The line on which what an element holds ends; the reader is some way ahead of it."""
    from generator import trees

    return max(trees.line(part) + str(part.text or "").count("\n") for part in trees.elements(element))


def _warned(article: Article, faults: list[tuple[int, str]], last: int) -> tuple[Article, list[tuple[int, str]]]:
    """An article with the faults up to its last line, and the others; what is cut off must not be published."""
    own = [(line, cause) for line, cause in faults if line <= last or _CUT_OFF in cause]
    if not own:
        return article, faults
    line, cause = own[0]
    more = f", and {len(own) - 1} more" if len(own) > 1 else ""
    problem = warning(
        f"the export is not well-formed here: {cause}{more}", "compare the post with its source", line=line
    )
    is_cut = any(_CUT_OFF in cause for _, cause in own)
    status = Status.DRAFT if is_cut else article.status
    return replace(article, status=status, problems=(*article.problems, problem)), [
        fault for fault in faults if fault not in own
    ]

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
        item = read(element)
        if isinstance(item, Article) and waiting:
            item, waiting = _warned(item, waiting), []
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


def _warned(article: Article, faults: list[tuple[int, str]]) -> Article:
    """An article by which the file is broken; what is cut off in the middle must not be published."""
    line, cause = faults[0]
    more = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
    problem = warning(
        f"the export is not well-formed here: {cause}{more}", "compare the post with its source", line=line
    )
    is_cut = any(_CUT_OFF in cause for _, cause in faults)
    return replace(
        article,
        status=Status.DRAFT if is_cut else article.status,
        problems=(*article.problems, problem),
    )

"""Which line is the headline: one whose words the text takes up, that stands at a date, that is repeated."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from generator.importer.lines import same
from generator.importer.raw import doubts, looks, people
from generator.importer.raw.chunks import Chunk
from generator.importer.raw.traits import MADE_OF_PAGE, Kind, Trait
from generator.importer.raw.weights import Weights
from generator.importer.raw.zones import Opening
from generator.records import Record

_ANSWER = re.compile(r"^(?:[^:：]{1,40}:\s)?(?=re:\s)", re.IGNORECASE)
"""What may stand before `Re:` in the head of an answer."""


class Choice(Record, frozen=True):
    """The line that is the headline.

    Attributes:
        at: Its index.
        rivals: Where it is a guess, the lines that may be it in its place, likeliest first; else none.
    """

    at: int
    rivals: tuple[int, ...] = ()


def repeats(found: Sequence[Trait]) -> Counter[str]:
    """How often each line stands on a page."""
    lines = (trait.text for trait in found if 0 < len(trait.text) <= looks.LONGEST)
    return Counter(looks.folded(_ANSWER.sub("", text)) for text in lines)


def choose(
    found: Sequence[Trait], often: Counter[str], start: int, opening: Opening, end: int, chunk: Chunk
) -> Choice | None:
    """The headline of the article within `[start, end)`, or None.

    Args:
        found: The lines of the page.
        often: As of `repeats`.
        start: The first line that may be it.
        opening: Where the text begins.
        end: Behind the text.
        chunk: The article, and the page around it.
    """
    candidates = _candidates(found, start, opening.text, end)
    if not candidates:
        return None
    page = Weights(found, often, start, opening, end)
    best = page.above(page.ranked(candidates, chunk.title)[0])
    title = _first_of(found, candidates, best)
    if not doubts.is_guess(found, page, best):
        return Choice(title)
    whole = Weights(found, often, chunk.start, opening, chunk.end)
    return Choice(title, doubts.rivals(found, page, whole, title, range(chunk.start, chunk.end)))


def _first_of(found: Sequence[Trait], candidates: list[int], best: int) -> int:
    """The first of the lines that say the same, where between them and the best one nothing but text of a head is.

    The last of them, where the page stands between, and no paragraph.
    """
    title = found[best].text
    again = [at for at in candidates if at > best and found[at].kind is Kind.SHORT and same(found[at].text, title)]
    lines = found[best + 1 : again[-1]] if again else ()
    article = any(trait.head or trait.within or (trait.kind is Kind.PROSE and trait.mass >= 80) for trait in lines)
    if any(trait.kind in MADE_OF_PAGE for trait in lines) and not article:
        return again[-1]
    between = {Kind.BLANK, Kind.PROSE, Kind.DATE, Kind.BYLINE, Kind.READING, Kind.CREDIT, Kind.TAGS}
    for at in candidates:
        if at < best and same(found[at].text, found[best].text):
            other = (trait for trait in found[at:best] if not same(trait.text, found[best].text))
            if all(trait.kind in between or len(people.names(trait.text)) > 1 for trait in other):
                return at
    return best


def _candidates(found: Sequence[Trait], start: int, text: int, end: int) -> list[int]:
    """Lines of the head that may be the headline: those above the text, and those before it is well under way."""
    lines = [at for at in range(start, text) if found[at].mass > 1 and not looks.is_part(found, at)]
    lines = [at for at in lines if not (looks.is_row(found[at]) or looks.is_table(found, at))]
    lines = [at for at in lines if not found[at].text.startswith("> ")]  # of somebody else
    out = [at for at in lines if found[at].kind is Kind.SHORT or _is_short_prose(found[at]) or _is_film(found, at)]
    size = 0
    for at in range(text, end):
        trait = found[at]
        room = {Kind.PROSE: 0, Kind.SHORT: 700 if _is_headed(found, at) else 120}.get(trait.kind, -1)
        if size <= room and len(trait.text) <= looks.LONGEST and not looks.is_part(found, at):
            out.append(at)
        size += trait.mass if trait.kind in (Kind.PROSE, Kind.BULLET) else 0
        if size > 700 or len(out) >= 400:
            break
    return out


def _is_short_prose(trait: Trait) -> bool:
    """Whether a line is a headline's length, and the look of a sentence may be all that makes it text."""
    return trait.kind is Kind.PROSE and trait.mass <= looks.LONG


def _is_film(found: Sequence[Trait], at: int) -> bool:
    """Whether `Video: Mole closed` is the headline and not the way to another article: a date stands right below it."""
    dated = at + 1 < len(found) and (found[at + 1].kind is Kind.DATE or found[at + 1].within is not None)
    return found[at].kind is Kind.ALSO and dated and re.search(r"[:：]\s?\S", found[at].text) is not None


def _is_headed(found: Sequence[Trait], at: int) -> bool:
    """Whether a date or byline stands right above or below a line."""
    return any(found[other].head for other in (at - 1, at + 1) if 0 <= other < len(found))

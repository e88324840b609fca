"""Several articles in one file that is no page: what parts them, or how each begins."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from generator.importer.raw import heads, looks
from generator.importer.raw.forms import wires
from generator.importer.raw.traits import MADE_OF_PAGE, Kind, Trait

_RULER = re.compile(r"(?:([-–—=_*~#+━─═■◆])\s?)(?:\1\s?){2,}|NNNN|ZCZC.{0,40}")
"""A line that parts what is above it from what is below."""

_LONGEST = 40
"""Characters of a line that counts articles: `1 of 3 documents`."""

_HEAD = 8
"""Lines of an article's head, at most."""

_LABELS = 3
"""Lines above a headline that belong to its article: a code, a section, the time."""

_MENU = 4
"""Lines of a page that show that a text is one."""

_OF_PAGE = MADE_OF_PAGE - {Kind.NUMBER, Kind.NOTICE, Kind.READING, Kind.CONTENTS}

_TEXT = 100
"""How much text (`traits.mass`) an article has at least."""


def starts(found: Sequence[Trait]) -> dict[int, int | None]:
    """Where articles begin, and their headlines; nothing where there are not at least two."""
    filled = [at for at, trait in enumerate(found) if trait.kind is not Kind.BLANK]
    is_letter = sum(found[at].named for at in filled) == 1  # whose subject is its headline
    if is_letter or sum(found[at].kind in _OF_PAGE for at in filled) >= _MENU:
        return {}
    out = _sent(found, filled) or _parted(found, filled) or _coded(found, filled)
    is_page = any(found[at].kind in MADE_OF_PAGE for at in filled)
    return out or ({} if is_page else _signed(found, filled))


def merged(
    found: Sequence[Trait], starts: dict[int, int | None], others: Mapping[int, int | None]
) -> dict[int, int | None]:
    """Where articles begin by one way or another: those of `others` that begin no text that one of `starts` does."""
    if not starts:
        return dict(others)
    texts = {_first(found, start) for start in starts}
    more = {start: title for start, title in others.items() if _first(found, start) not in texts}
    return dict(sorted({**more, **starts}.items()))


def _first(found: Sequence[Trait], start: int) -> int:
    """The first paragraph below a line."""
    return next((at for at in range(start, len(found)) if found[at].kind is Kind.PROSE), len(found))


def _sent(found: Sequence[Trait], filled: Sequence[int]) -> dict[int, int | None]:
    """Pieces of an agency, each of which names a place and the agency below its headline."""
    out: dict[int, int | None] = {}
    for place, at in enumerate(filled):
        if not wires.names_agency(found[at].text):
            continue
        above = filled[max(0, place - 3) : place]
        title = next((other for other in reversed(above) if looks.is_full(found[other])), None)
        if title is not None:
            out[_top(found, title)] = title
    return out if len(out) > 1 and _are_texts(found, list(out)) else {}


def _top(found: Sequence[Trait], title: int) -> int:
    """The first of the lines right above a headline that belong to its head."""
    at = title
    while at and title - at < _LABELS and found[at - 1].kind not in (Kind.BLANK, Kind.PROSE) and found[at - 1].mass:
        at -= 1
    return at


def _parted(found: Sequence[Trait], filled: Sequence[int]) -> dict[int, int | None]:
    """Articles between rulers, or below lines that count them, each with a headline, and a date or who wrote it."""
    edges = [place for place, at in enumerate(filled) if _RULER.fullmatch(found[at].text)]
    edges = sorted({*edges, *_counts(found, filled)})
    out: dict[int, int | None] = {}
    others: dict[int, int | None] = {}
    for one, other in itertools.pairwise([-1, *edges, len(filled)]):
        piece = filled[one + 1 : other]
        if _text(found, piece) < _TEXT:
            continue
        head = list(itertools.takewhile(lambda at: found[at].kind is not Kind.PROSE, piece[:_HEAD]))
        is_titled = any(looks.is_full(found[at]) for at in [*head, piece[0]])
        if is_titled and any(_is_head(found, at) for at in piece[: len(head) + 1]):
            out[filled[max(0, one)]] = None
        elif is_titled and one >= 0:
            others[filled[one]] = None
    return dict(sorted({**out, **others}.items())) if len(out) > 1 else {}


def _counts(found: Sequence[Trait], filled: Sequence[int]) -> Iterator[int]:
    """The places of lines that differ in nothing but a number, which counts them."""
    alike: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for place, at in enumerate(filled):
        text = found[at].text
        is_short = len(text) <= _LONGEST and not found[at].ends and found[at].kind is not Kind.DATE
        if is_short and (number := re.search(r"\d{1,3}", text)):
            alike[text[: number.start()] + text[number.end() :]].append((int(number[0]), place))
    for again in alike.values():
        if len(again) > 1 and [number for number, _ in again] == list(range(1, len(again) + 1)):
            yield from (place for _, place in again)


def _is_head(found: Sequence[Trait], at: int) -> bool:
    """Whether a line tells when an article was written, or by whom; a text may begin so."""
    trait = found[at]
    return looks.heads(trait) or trait.begins is not None or bool(heads.authors(found, at, range(0)))


def _coded(found: Sequence[Trait], filled: Sequence[int]) -> dict[int, int | None]:
    """Pieces of an agency: above each stands a code, and each has text."""
    codes = [
        at
        for at in filled
        if found[at].kind is Kind.NUMBER and wires.is_code(found[at].text) and (at == 0 or not found[at - 1].text)
    ]
    ends = [*codes[1:], len(found)]
    starts = [at for at, end in zip(codes, ends, strict=False) if _is_piece(found, range(at, end))]
    return dict.fromkeys(starts) if len(starts) > 1 else {}


def _is_piece(found: Sequence[Trait], lines: range) -> bool:
    """Whether a piece has a headline above its text."""
    head = itertools.takewhile(lambda at: found[at].kind is not Kind.PROSE, lines)
    is_titled = any(looks.is_full(found[at]) and not found[at].ends for at in head)
    return is_titled and _text(found, lines) >= _TEXT


def _signed(found: Sequence[Trait], filled: Sequence[int]) -> dict[int, int | None]:
    """Articles that each begin with a headline, a name that no other has, and text, where no head has a date."""
    out: dict[int, int | None] = {}
    names: set[str] = set()
    for place in range(len(filled) - 2):
        title, name, text = (found[at] for at in filled[place : place + 3])
        is_text = text.kind is Kind.PROSE or (text.kind is Kind.SHORT and text.ends)
        if not (is_text and name.kind in (Kind.SHORT, Kind.BYLINE)):
            continue
        person = name.people or ((name.text,) if name.kind is Kind.SHORT and heads.is_person(name.text) else ())
        if person and looks.is_full(title) and not names & set(person):
            out[filled[place]] = filled[place]
            names |= set(person)
    return out if len(out) > 1 and _are_texts(found, list(out)) else {}


def _are_texts(found: Sequence[Trait], starts: Sequence[int]) -> bool:
    """Whether each article has text."""
    ends = [*starts[1:], len(found)]
    return all(_text(found, range(start, end)) >= _TEXT for start, end in zip(starts, ends, strict=True))


def _text(found: Sequence[Trait], lines: Sequence[int]) -> int:
    return sum(found[at].mass for at in lines if found[at].kind is Kind.PROSE)

"""Several articles in one file that is no page: rulers part them, or each begins with its headline and who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.importer.raw import heads, looks, wires
from generator.importer.raw.traits import MADE_OF_PAGE, Kind, Trait

_RULER = re.compile(r"(?:([-=_*~#+━─═■◆])\s?)(?:\1\s?){2,}|NNNN|ZCZC.{0,40}")
"""A line that parts what is above it from what is below."""

_HEAD = 6
"""Lines of an article's head, at most."""

_TEXT = 200
"""How much text (`traits.mass`) an article has at least."""


def starts(found: Sequence[Trait]) -> dict[int, int | None]:
    """Where articles begin, and their headlines; nothing where there are not at least two."""
    filled = [at for at, trait in enumerate(found) if trait.kind is not Kind.BLANK]
    ruled = _ruled(found, filled)
    is_page = any(found[at].kind in MADE_OF_PAGE for at in filled)
    return ruled or _coded(found, filled) or ({} if is_page else _signed(found, filled))


def is_ruler(text: str) -> bool:
    """Whether a line is none but parts what is above it from what is below."""
    return _RULER.fullmatch(text) is not None


def _ruled(found: Sequence[Trait], filled: Sequence[int]) -> dict[int, int | None]:
    """Articles between rulers: each piece that has text begins with a headline, and has a date or who wrote it."""
    out: dict[int, int | None] = {}
    for piece in _pieces(found, filled):
        if _text(found, piece) < _TEXT:
            continue
        head = [at for at in piece[:_HEAD] if found[at].kind is not Kind.PROSE]
        title = next((at for at in head if looks.is_full(found[at])), None)
        if title is None or not any(_is_head(found, at) for at in piece[: _HEAD + 1]):
            return {}
        out[piece[0]] = None
    return out if len(out) > 1 else {}


def _coded(found: Sequence[Trait], filled: Sequence[int]) -> dict[int, int | None]:
    """Pieces of an agency: above each stands a code, and each has text."""
    codes = [at for at in filled if wires.is_code(found[at].text) and (at == 0 or not found[at - 1].text)]
    ends = [*codes[1:], len(found)]
    starts = [at for at, end in zip(codes, ends, strict=False) if _text(found, range(at, end)) >= _TEXT]
    return dict.fromkeys(starts) if len(starts) > 1 else {}


def _pieces(found: Sequence[Trait], filled: Sequence[int]) -> Iterator[list[int]]:
    piece: list[int] = []
    for at in filled:
        if is_ruler(found[at].text):
            yield piece
            piece = []
        else:
            piece.append(at)
    yield piece


def _is_head(found: Sequence[Trait], at: int) -> bool:
    """Whether a line tells when an article was written, or by whom; a text may begin so."""
    trait = found[at]
    return looks.heads(trait) or trait.begins is not None or bool(heads.authors(found, at, range(0)))


def _signed(found: Sequence[Trait], filled: Sequence[int]) -> dict[int, int | None]:
    """Articles that each begin with a headline, a name that no other has, and text, where no head has a date."""
    out: dict[int, int | None] = {}
    names: set[str] = set()
    for place in range(len(filled) - 2):
        title, name, text = (found[at] for at in filled[place : place + 3])
        person = name.people or ((name.text,) if name.kind is Kind.SHORT and heads.is_person(name.text) else ())
        is_text = text.kind is Kind.PROSE or (text.kind is Kind.SHORT and text.ends)
        if person and is_text and looks.is_full(title) and not names & set(person):
            out[filled[place]] = filled[place]
            names |= set(person)
    return out if len(out) > 1 and _are_texts(found, list(out)) else {}


def _are_texts(found: Sequence[Trait], starts: Sequence[int]) -> bool:
    """Whether each article has text, and no article is one to which others are pointed at beside it."""
    ends = [*starts[1:], len(found)]
    return all(_text(found, range(start, end)) >= _TEXT for start, end in zip(starts, ends, strict=True))


def _text(found: Sequence[Trait], lines: Sequence[int]) -> int:
    return sum(found[at].mass for at in lines if found[at].kind is Kind.PROSE)

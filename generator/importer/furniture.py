"""Lines that a blog page puts around an article: bylines, labels, the line of comments, buttons."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.importer.lines import fold

_NO_COMMENTS = re.compile(r"(?:no|0) comments?|(?:keine|0) kommentare?|(?:hic )?yorum yok|0 yorum")
_COMMENTS = re.compile(
    r"[0-9]{1,6} (?:comments?|kommentare?|yorum)|(?:comments?|kommentare?|yorumlar)(?: ?\([0-9]{1,6}\)| ?: ?[0-9]{1,6})"
)
_BUTTONS = re.compile(
    r"email this ?blogthis!.*|(?:share|teilen|paylas)(?: (?:this|to|on|auf|bei) .{1,40})?|newer posts?|older posts?"
    r"|post a comment|kommentar veroffentlichen|yorum gonder|subscribe to:? post comments \(atom\)"
)
_LABELS = re.compile(r"(?:labels|tags|filed under|schlagwörter|stichwörter|etiketler)\s*:\s*(.*)", re.IGNORECASE)
_POSTED = re.compile(
    r"(?:posted by|written by|eingestellt von|gepostet von|verfasst von|veröffentlicht von|gönderen|yazan)"
    r"\s*:?\s+(\S.{0,80}?)"
    r"(?:,?\s+(?:at|on|um|am|zaman|saat)\b:?\s.*)?",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:by|von)\s*:?\s+(.{2,80})", re.IGNORECASE)
_AND = re.compile(r"\s*,\s*|\s+(?:and|und|ve|&)\s+")
_PARTICLES = frozenset(
    {"al", "bin", "da", "de", "del", "den", "der", "di", "dos", "el", "la", "le", "van", "von", "zu"}
)


@dataclass(frozen=True, slots=True)
class CommentLine:
    """The line that tells how many comments there are; `none` where what follows cannot be comments."""

    none: bool


def comment_line(text: str, *, last: bool) -> CommentLine | None:
    """Read `No comments:` or `3 Kommentare:`; without its colon only as the last line of a text."""
    if len(text) > 40 or not (last or text.endswith(":")):
        return None
    folded = fold(text).rstrip(": ")
    if _NO_COMMENTS.fullmatch(folded):
        return CommentLine(none=True)
    return CommentLine(none=False) if _COMMENTS.fullmatch(folded) else None


def is_button(text: str) -> bool:
    """Whether a line is what a blog page offers to press."""
    return len(text) <= 200 and _BUTTONS.fullmatch(fold(text)) is not None


def labels(text: str) -> tuple[str, ...] | None:
    """The tags of `Labels: a, b`; None for any other line."""
    match = _LABELS.fullmatch(text)
    return tuple(tag for part in match[1].split(",") if (tag := part.strip())) if match else None


def posted_by(text: str) -> tuple[str, ...]:
    """The authors of `Posted by Ada Lovelace at 2:33 PM`, else nobody."""
    match = _POSTED.fullmatch(text)
    return _people(match[1]) if match else ()


def byline(text: str) -> tuple[str, ...]:
    """The authors of `By Ada Lovelace and Alan Turing`, else nobody; only names make a byline."""
    match = _BYLINE.fullmatch(text)
    return _people(match[1]) if match else ()


def _people(text: str) -> tuple[str, ...]:
    """The names of a list; none at all where one of them cannot be a name."""
    people = [part.strip() for part in _AND.split(text.rstrip(":"))]
    return tuple(people) if all(map(_is_name, people)) else ()


def _is_name(text: str) -> bool:
    words = text.split()
    return 0 < len(words) <= 5 and words[-1][0].isupper() and all(map(_is_name_part, words))


def _is_name_part(word: str) -> bool:
    """A capitalised word, an initial, a particle; a full stop only after up to three letters (`J.`, `Dr.`)."""
    if word in _PARTICLES:
        return True
    bare = word.replace(".", "").replace("'", "").replace("’", "").replace("-", "")
    return word[0].isupper() and bare.isalpha() and (not word.endswith(".") or len(bare) <= 3)

"""What a line says by its words: each phrase of each language is a sign of one kind, looked up and not searched for."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import defaultdict
from functools import cache, lru_cache

from generator.importer.lines import fold
from generator.importer.tongues import every
from generator.records import Record

LONGEST = 160
"""Characters of the longest line that is asked for a sign; a notice of a site may have twice as many."""

_LONGEST_NOTICE = 800
_COOKIE = re.compile(r"(?<![^\W_])cookies?(?![^\W_a-z])|javascript|クッキー|쿠키|çerez|куки", re.IGNORECASE)

KINDS = (
    *("comments", "answers", "widgets", "reading", "pager", "notices", "nav", "buttons", "cut", "also", "credits"),
    *("entries", "labels", "filed", "by", "posted", "published", "updated", "said"),
)
"""The first that has a phrase has it."""

_ENTRY = 40
"""Characters of an entry of a menu that goes on as it likes (`Back to …`)."""

_PRESSED = frozenset({"nav", "buttons", "widgets", "pager", "also", "cut", "answers"})
"""Kinds whose phrases do not end with a full stop."""

_COUNTED = frozenset({"buttons", "answers", "comments"})
"""Kinds whose phrases have a count behind them."""

_LONG = frozenset({"entries", "notices", "pager"})
"""Kinds whose phrases begin sentences, too."""

_NUMBER = re.compile(r"\d+(?:[.,\u00a0 ]\d+)*(?:[km](?!\w))?")
_COUNT = re.compile(r"\s?[(\[:–-]\s?(#)(?:\s?[)\]])?")


@lru_cache(maxsize=1_024)
def key(text: str) -> str:
    """A line as phrases are compared: folded, a number as `#`, without punctuation at its ends."""
    folded = _COUNT.sub(r" \1", _NUMBER.sub("#", fold(text).replace("’", "'")))
    return " ".join(_bare(folded).split())


def _bare(text: str) -> str:
    start, end = 0, len(text)
    while start < end and _outside(text[start]):
        start += 1
    while end > start and _outside(text[end - 1]):
        end -= 1
    return text[start:end]


def _outside(char: str) -> bool:
    return char not in "#@" and unicodedata.category(char)[0] in "PSZC"


class _Open(Record, frozen=True):
    """A phrase with anything at its end or its beginning, and perhaps something that must follow."""

    kind: str
    fixed: str
    then: str
    words: bool

    def begins(self, text: str) -> bool:
        rest = text[len(self.fixed) :]
        if not text.startswith(self.fixed) or self.then not in rest:
            return False
        return not self.words or not rest or not rest[0].isalnum()


@cache
def _exact() -> dict[str, str]:
    found: dict[str, str] = {}
    for kind in KINDS:
        for phrase in every(kind):
            if "…" not in phrase and (folded := key(phrase)):
                found.setdefault(folded, kind)
    return found


@cache
def _beginnings() -> dict[str, tuple[_Open, ...]]:
    """Phrases that go on, by their first two characters, or the only one."""
    found: dict[str, list[_Open]] = defaultdict(list)
    for kind in KINDS:
        for phrase in every(kind):
            fixed, dots, then = phrase.partition("…")
            folded = key(fixed)
            if dots and (len(folded) > 1 or not folded.isascii()):
                found[folded[:2]].append(_Open(kind, folded, key(then.strip(" …")), fixed.endswith(" ")))
    return {first: tuple(phrases) for first, phrases in found.items()}


@cache
def _endings() -> tuple[tuple[str, str], ...]:
    phrases = ((kind, phrase) for kind in KINDS for phrase in every(kind))
    return tuple((kind, key(phrase.strip("…"))) for kind, phrase in phrases if phrase.startswith("…"))


@cache
def phrases(kind: str) -> frozenset[str]:
    """The keys of a kind's phrases that have no open end."""
    return frozenset(folded for phrase in every(kind) if "…" not in phrase and (folded := key(phrase)))


@cache
def _consent() -> re.Pattern[str]:
    phrases = sorted((fold(phrase) for phrase in every("consent")), key=len, reverse=True)
    return re.compile("|".join(re.escape(phrase) for phrase in phrases))


def asks_consent(text: str) -> bool:
    """Whether a line is a notice about cookies; they are called so in every language."""
    folded = fold(text) if len(text) <= _LONGEST_NOTICE and _COOKIE.search(text) else ""
    return bool(folded) and _consent().search(folded) is not None


def exact(text: str) -> str | None:
    """The kind of which a whole line is a phrase."""
    return _exact().get(key(text)) if len(text) <= LONGEST else None


@lru_cache(maxsize=64)
def sign(text: str) -> str | None:
    """The kind of a line by a phrase that it is or begins with; `Related: …` by what stands before the colon."""
    if len(text) > 2 * LONGEST:
        return None
    found = key(text)
    whole = _exact().get(found) or _counted(found)
    if whole or not found:
        return None if whole in _PRESSED and _is_sentence(text) else whole
    head, colon, _ = text.partition("：" if "：" in text else ":")
    for kind in ("also", "pager", "credits", "reading", "updated"):
        if colon and key(head) in phrases(kind):
            return kind
    first, part, _ = re.sub(r"\s[·|•]\s", "|", text).partition("|")
    if part and (called := _exact().get(key(first))) in ("buttons", "reading", "pager", "nav"):
        return called
    return _begun(found, text) or _ended(found, text)


def _counted(found: str) -> str | None:
    """The kind of a phrase that has its count behind it: `Recommend (3)`."""
    word = found.removesuffix(" #")
    kind = _exact().get(word) if word != found and len(word) > 3 else None
    return kind if kind in _COUNTED else None


def _is_sentence(text: str) -> bool:
    return text.endswith((".", "。")) and not text.endswith("..")


def _begun(found: str, text: str) -> str | None:
    sentence = text.endswith((".", "。", "!", "?")) and len(text) > 40
    beginnings = _beginnings()
    for phrase in (*beginnings.get(found[:2], ()), *beginnings.get(found[:1], ())):
        if phrase.kind == "nav" and len(text) > _ENTRY:
            continue
        if phrase.begins(found) and (phrase.kind in _LONG or (len(text) <= LONGEST and not sentence)):
            return phrase.kind
        if phrase.kind in ("credits", "reading") and len(text) <= LONGEST and phrase.begins(found) and ":" in text:
            return phrase.kind
    return None


def _ended(found: str, text: str) -> str | None:
    if len(text) > LONGEST:
        return None
    for kind, phrase in _endings():
        if len(text) > 80 and kind != "notices":
            continue
        if found.endswith(phrase) and (kind != "said" or text.rstrip().endswith((":", "：", "...", "…"))):
            return kind
    return None


def after(text: str, kind: str) -> str | None:
    """What follows a phrase of a kind at a line's beginning: behind a colon, or as the next words."""
    known = phrases(kind)
    head, colon, rest = text.partition("：" if "：" in text else ":")
    if colon and key(head) in known:
        return rest.strip()
    words = text.split(" ")
    for count in range(min(4, len(words) - 1), 0, -1):
        if key(" ".join(words[:count])) in known:
            return " ".join(words[count:]).strip()
    return None


def only(text: str, kinds: frozenset[str]) -> bool:
    """Whether a line is nothing but several phrases of the kinds, one after the other: `Home About Contact`."""
    words = key(re.sub(r"[|·•›»/]", " ", text)).split(" ")
    if len(words) < 2 or len(text) > 2 * LONGEST or _is_sentence(text):
        return False
    at = found = 0
    while at < len(words):
        count = next((n for n in range(min(5, len(words) - at), 0, -1) if _part(words[at : at + n]) in kinds), 0)
        if not count:
            return False
        at += count
        found += 1
    return found > 2 or (found == 2 and (len(words) > 2 or bool(re.search(r"[|·•›»/]", text))))


def together(text: str) -> bool:
    """Whether a line is words that ran together: `HomeNewsAbout us`."""
    if len(text) > LONGEST or re.search(r"[,.;:?]", text):
        return False
    seams = sum(one.islower() and other.isupper() for one, other in itertools.pairwise(text.replace("!", "")))
    return seams >= 3 and seams >= text.count(" ")


def menu(text: str) -> bool:
    """Whether a line begins and ends as menus do: `Home News Sport Contact`, `首页新闻体育联系我们`."""
    words = text.split(" ")
    if len(text) > LONGEST or re.search(r"[,.;:!?]", text) or any(word[:1].islower() for word in words):
        return False
    if len(words) >= 4:
        ends = ([" ".join(words[:count]) for count in (1, 2)], [" ".join(words[-count:]) for count in (1, 2)])
    else:
        lengths = range(2, min(9, len(text))) if len(words) == 1 and not text.isascii() else ()
        ends = ([text[:count] for count in lengths], [text[-count:] for count in lengths])
    return all(any(exact(part) == "nav" for part in parts) for parts in ends)


def _part(words: list[str]) -> str | None:
    return _exact().get(" ".join(words).strip(",;-"))

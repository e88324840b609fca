"""What a line looks like by itself and with those beside it: a headline, a name, a label, a standfirst."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from generator.importer.lines import fold
from generator.importer.raw import people, signs
from generator.importer.raw.traits import INSIDE, Kind, Trait

LONGEST = 250
"""Characters of a headline; a longer line is a paragraph."""

LONG = 140
"""How much text (`traits.mass`) a headline is, but for few."""

_ARTICLES = frozenset(
    {"the", "a", "an", "der", "die", "das", "ein", "eine", "les", "une", "los", "las", "una", "il", "gli"}
)
"""Words with which a headline begins, and no name."""

_STOP = re.compile(r"(?<!\.)\.$|[。…]$")

_GAP = re.compile(r"\S {2,}(?=\S)")

_NUMBERED = re.compile(r"(?:\b(?:nr|no|nº|n°)\.?|№|#)\s?\d[\d/.-]*$", re.IGNORECASE)
"""The end of what is one of many: `Press release No. 47/2023`."""

_COUNTED = re.compile(r"(\D{0,12}?)\d{1,2}\s?[.:)|–—-]\s")
_SAID = re.compile(r"(?<=[.!?…])\s(?:[\"“„”][^\"“„”]*[^\"“„”.!?…][\"“”]|«[^«»]*[^«».!?…]»)$")
"""What somebody said, at the end of a headline, behind a full stop: `The mole is closed. "For good"`."""

_QUOTE = re.compile(r"[\"“„”][^\"“„”]+[\"“”]|[«»][^«»]+[«»]|['‘‚][^'‘‚]+['’]")

_FACT = re.compile(r"[^\W\d][^\s:：.!?]{0,30}\s?[:：]\s?\S")

_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_PIECES = re.compile(rf"[{_CJK}]{{1,4}}(?: [{_CJK}]{{1,4}}){{3,}}")
"""A menu in scripts without blanks."""

_RESULT = re.compile(r"\b\d{1,3}\s?[:–-]\s?\d{1,3}\s?\(\d{1,3}\s?[:–-]\s?\d{1,3}[^()]*\)$")

_LENGTH = re.compile(r"\d{1,2}:\d{2}")
"""How long a film is, below what it is called."""

_WORD = re.compile(rf"[{_CJK}]+|[^\W_]+")


def words(text: str) -> list[str]:
    """What two texts can share: beginnings of words, and pairs of characters where there are no blanks."""
    found: list[str] = []
    for word in _WORD.findall(fold(text)):
        if re.match(f"[{_CJK}]", word):
            found += [word[at : at + 2] for at in range(max(1, len(word) - 1))]
        elif len(word) >= 4 or word.isdigit():
            found.append(word[:5])
    return found


def like(trait: Trait) -> bool:
    """Whether a line has the look of a headline."""
    text = trait.text
    if trait.kind not in (Kind.SHORT, Kind.PROSE) or len(text) > LONGEST or trait.mass < 2 or is_row(trait):
        return False
    if text.startswith((",", ";", ".", ":", ")")) or text.endswith((",", "、", ";", ":", "：", "(", "[", "/")):
        return False
    return trait.kind is Kind.SHORT or not is_sentence(trait)


def is_full(trait: Trait) -> bool:
    """Whether a line has the look of a headline, and more words than a name or a section."""
    return like(trait) and len(trait.text.split()) > 3


def is_sentence(trait: Trait) -> bool:
    """Whether a line has the look of a sentence of the text: a full stop, or a headline's length twice."""
    return trait.mass > LONG or bool(_STOP.search(trait.text)) or is_several(trait.text)


def is_several(text: str) -> bool:
    """Whether a line is several sentences; what somebody said is one, from its first character or at its end."""
    return INSIDE.search(_SAID.sub("", text)) is not None and _QUOTE.fullmatch(text) is None


def is_part(found: Sequence[Trait], at: int) -> bool:
    """Whether a line is a part of a sentence that is printed on several, or the headline above a teaser."""
    below = next((trait for trait in found[at + 1 : at + 3] if trait.kind is not Kind.BLANK), None)
    return found[at].torn or (below is not None and (below.torn or below.teaser))


def is_row(trait: Trait) -> bool:
    """Whether a line is made of cells, parted by tabs or gaps: a menu, or a row of a table."""
    raw = trait.line.raw.strip()
    if raw.count("\t") >= 2 or ("  " in raw and len(_GAP.findall(raw)) >= 4):
        return True
    return trait.text[:1] >= "\u3040" and _PIECES.fullmatch(trait.text) is not None


def is_table(found: Sequence[Trait], at: int) -> bool:
    """Whether a line has cells, parted by a tab, as the one above or below it has: a table, or a score."""
    return _has_cells(found[at]) and any(map(_has_cells, _near(found, at, 1)))


def _has_cells(trait: Trait) -> bool:
    raw = trait.line.raw.strip()
    return "\t" in raw[max(0, raw.find(trait.text[:8])) :]  # none behind what a field of a mail is called


def has_article(text: str) -> bool:
    """Whether a text begins as `The Lantern` does, and no person's name."""
    return fold(text.split(" ")[0]) in _ARTICLES


def is_signed(trait: Trait) -> bool:
    """Whether a line says who wrote it, whatever else it says: `By Ada Lund Follow her on Sundays`."""
    rest = signs.after(trait.text, "by")
    return trait.kind is Kind.BYLINE or (rest is not None and people.is_name(" ".join(rest.split()[:2])))


def is_listing(text: str) -> bool:
    """Whether a line is three words or more, each by itself: `boats, bridges, divers`; or a result: `27:24 (15:9)`."""
    parts = re.split(r"\s?[,،、;|·•/]\s?", text)
    return _RESULT.search(text) is not None or (len(parts) >= 3 and all(0 < len(part.split()) <= 2 for part in parts))


def is_about(trait: Trait, name: str) -> bool:
    """Whether a line is a sentence that says of someone who that is: `Ada Lund is a reporter at the Post.`."""
    return trait.text.startswith(f"{name} ") and trait.text[len(name) + 1].islower() and bool(_STOP.search(trait.text))


def is_label(trait: Trait) -> bool:
    """Whether a line has too few words for a headline: a name, a source, a section, perhaps with its number."""
    text = _NUMBERED.sub("", trait.text)
    return trait.kind is Kind.SHORT and (trait.mass < 24 or text != trait.text) and len(text.split()) <= 3


def counted(text: str) -> str:
    """With what a line begins that is one of several with a number each, `Part 1: Boats`; empty for any other line."""
    match = _COUNTED.match(text)
    return f"{fold(match[1])}#" if match else ""


def is_fact(found: Sequence[Trait], at: int) -> bool:
    """Whether a line is a fact among others, each with what it is called: `Place: Ellery`, `Boats: 2`."""
    if not _FACT.match(found[at].text):
        return False
    return sum(trait.kind is Kind.SHORT and _FACT.match(trait.text) is not None for trait in _near(found, at, 4)) > 1


def is_menu(found: Sequence[Trait], at: int) -> bool:
    """Whether a line is one of two near each other that are capitalised words alone: `Boats Tides Scores`."""
    return _is_capitalised(found[at].text) and any(_is_capitalised(trait.text) for trait in _near(found, at, 3))


def _near(found: Sequence[Trait], at: int, count: int) -> list[Trait]:
    """Up to so many lines above a line and as many below it, blank ones not counted."""
    above = [trait for trait in reversed(found[max(0, at - 3 * count) : at]) if trait.text]
    below = [trait for trait in found[at + 1 : at + 3 * count + 1] if trait.text]
    return above[:count] + below[:count]


def _is_capitalised(text: str) -> bool:
    words = text.split()
    if len(words) < 5 or text.isupper() or re.search(r"[^\w\s&]", text):
        return False
    return all(word[0].isupper() or not word[0].isalpha() for word in words)


def is_in_capitals(trait: Trait, below: Trait) -> bool:
    """Whether a short line is mostly capitals, and the one below it is not: `HARBOUR NOTES OF MAY (2)`."""
    return trait.kind is Kind.SHORT and trait.mass < 24 and _is_upper(trait.text) and not _is_upper(below.text)


def _is_upper(text: str) -> bool:
    letters = [char for char in text if char.upper() != char.lower()]
    return sum(map(str.isupper, letters)) * 3 > len(letters) * 2


def is_named(trait: Trait) -> bool:
    """Whether a line has the look of a person's name."""
    if has_article(trait.text):
        return False
    return 1 <= trait.text.count(" ") <= 3 and people.is_name(trait.text) and trait.mass < 24


def heads(trait: Trait) -> bool:
    """Whether a line has a date or who wrote it, among other words too."""
    return trait.head or trait.within is not None


def is_standfirst(trait: Trait) -> bool:
    """Whether a line may stand between headline and date: a standfirst, or a name."""
    return trait.ends or trait.mass >= 40 or is_named(trait)


def folded(text: str) -> str:
    """A text as two of them are held against each other."""
    return " ".join(fold(text).split())


def in_lists(found: Sequence[Trait], lines: Sequence[int]) -> frozenset[int]:
    """Those of some lines that are in lists of other articles, each with its day: headline, date, headline, date."""
    pairs = {
        place
        for place, (one, other) in enumerate(itertools.pairwise(lines))
        if like(found[one]) and found[other].kind is Kind.DATE
    }
    rows = (place for place in pairs if place - 2 in pairs or place + 2 in pairs)
    return frozenset(
        lines[place] for place in rows if place + 2 in pairs or not _leads_on(found, lines[place + 2 : place + 4])
    )


def _leads_on(found: Sequence[Trait], lines: Sequence[int]) -> bool:
    """Whether an article begins right below a date, and no other line of a page."""
    return not lines or any(found[at].head or found[at].kind is Kind.PROSE for at in lines)


def is_longer(found: Sequence[Trait], often: Counter[str], at: int, lines: Sequence[int]) -> bool:
    """Whether a line is another one and the name of the site: `Bridge closes - The Notebook`; or the way to it."""
    text = folded(found[at].text)
    others = (folded(found[other].text) for other in lines[:60] if other != at)
    return any(
        (text.startswith(other) and re.match(r"\s(?:--|[-–—|:·«»])\s", text[len(other) :]))
        or (text.endswith(other) and _leads(text.removesuffix(other).rstrip(), often))
        for other in others
        if len(other) > 8
    )


def _leads(text: str, often: Counter[str]) -> bool:
    """Whether what stands on a line before a headline is the name of the site, or a way to it: `Home/Boats/`."""
    return text.endswith(("/", ">", "›", "»")) or (text.endswith(tuple("-–—|:·")) and text.rstrip(" -–—|:·") in often)


def is_pictured(lines: Sequence[Trait], place: int) -> bool:
    """Whether a line is what is said in a picture's place, with the same and who made it below; or is the one below."""
    pairs = (lines[at : at + 2] for at in (place - 1, place) if at >= 0)
    return any(
        len(pair) > 1 and pair[1].kind is Kind.CREDIT and pair[1].text.startswith(pair[0].text) for pair in pairs
    )


def is_film(lines: Sequence[Trait], place: int) -> bool:
    """Whether the line below is the length of a film, and no time: there is no day beside it."""
    length, beside = [*lines[place + 1 : place + 3], None, None][:2]
    is_time = beside is not None and beside.kind is Kind.DATE
    return length is not None and _LENGTH.fullmatch(length.text) is not None and not is_time

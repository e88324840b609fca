"""Who wrote it: the names in a byline, or nobody where a line only begins like one."""

from __future__ import annotations

import re
from functools import cache

from generator.importer.lines import fold
from generator.importer.raw import signs
from generator.importer.tongues import every

LONGEST = 120
"""Characters of the longest byline."""

_PARTICLES = frozenset(
    {
        *("abu", "af", "al", "av", "ben", "bin", "bint", "da", "de", "del", "della", "dello", "den", "der", "di", "do"),
        *("dos", "du", "e", "el", "ibn", "la", "le", "ten", "ter", "van", "von", "y", "zu"),
    }
)

_ROLES = frozenset(
    {
        *("writer", "editor", "reporter", "correspondent", "contributor", "columnist", "photographer", "news", "staff"),
        *("redakteur", "redakteurin", "korrespondent", "korrespondentin", "redaktion", "journaliste", "correspondant"),
        *(
            "корреспондент",
            "журналист",
            "журналистка",
            "редактор",
            "обозреватель",
            "記者",
            "记者",
            "صحفي",
            "مراسل",
            "محرر",
        ),
        *("merkezi", "redactor", "redactora", "periodista", "corresponsal", "redattore", "muhabiri", "editoru"),
    }
)
"""With what a line ends that says what the one does who is named before it."""


_SECTION = re.compile(r"^[^/|·•.:!?]{1,40}\s[/|·•]\s")
"""What may stand before a byline."""


_REPORTER = re.compile(
    r"[〔（(【\[]\w{0,6}[記记]者\s?([^\W\d_]{2,4}(?:、[^\W\d_]{2,4})*)[／/]\w{2,6}[報报][導道][〕）)】\]]"
)
"""A line in brackets that says who reports, and from where."""


_DID = re.compile(r"\s\(([^\W\d_][^()\d]{1,23})\)")
"""What one of several did, behind the name: `Ada Lund (words) and Bo Berg (photos)`."""


@cache
def _parting() -> re.Pattern[str]:
    """What stands between two authors; a single letter of a script without capitals is too often part of a name."""
    joins = "|".join(re.escape(word) for word in every("joins") if word.isalpha() and (word.isascii() or len(word) > 1))
    return re.compile(rf"\s*[,،、;&/・]\s*|\s+(?:{joins}|и|і)\s+", re.IGNORECASE)


def posted(text: str) -> tuple[str, ...]:
    """The authors of `Posted by ada at 2:33 PM`, whatever they call themselves."""
    text = _SECTION.sub("", text)
    rest = signs.after(text, "posted") if len(text) <= LONGEST else None
    if not rest or (re.search(r"[.!?。]$", rest) and len(rest) > 40):
        return ()
    words = rest.split("，")[0].split(" ")  # behind it stands what one does
    end = next((at for at in range(1, len(words)) if _is_time(words, at)), len(words))
    found = tuple(part for part in split(" ".join(words[:end])) if is_name(part) or len(part.split()) <= 2)
    people = tuple(part for part in found if not is_role(part)) or found
    return people if all(0 < len(part.split()) <= 5 and any(map(str.isalpha, part)) for part in people) else ()


def _is_time(words: list[str], at: int) -> bool:
    """Whether from a word on a time is told; a capital among small letters is a name's (`Yann Le Goff`)."""
    if words[at][0].isupper() and any(word[1:].islower() for word in words):
        return False
    joined = fold(words[at]).rstrip(":")
    between = {fold(phrase).rstrip(":") for phrase in every("between")}
    return joined in between or fold(" ".join(words[at : at + 2])).rstrip(":") in between or words[at][0].isdigit()


def byline(text: str) -> tuple[str, ...]:
    """The authors of `By Ada Lovelace and Alan Turing`; only names make a byline."""
    if reporter := _REPORTER.fullmatch(text):
        return split(reporter[1])
    if shared := _shared(text):
        return shared
    text = re.sub(r"^By(?=[A-Z][a-z]+\s[A-Z])", "By ", text)  # a page may hold the word apart by its looks
    rest = signs.after(_once(text), "by") if len(text) <= LONGEST else None
    if not rest:
        return ()
    if rest == rest.upper() == rest.lower() and " " not in rest and rest[0] < "\u3040" and ":" not in text:
        return ()  # a word behind a verb: `books that she wrote`
    rest = re.split(r"\s[|–—·•(]\s?|\s-\s", rest)[0]
    found = names(rest) or _at_outlet(rest)
    people = tuple(name for name in found if not is_role(name)) or tuple(name for name in found if " " in name)
    return tuple(name for name in people if " " in name) or people  # a single word beside names is where they wrote


def _shared(text: str) -> tuple[str, ...]:
    """The authors of a line of names, each with what they did; not of parties, which have capitals."""
    did = _DID.findall(text) if len(text) <= LONGEST else ()
    if len(did) < 2 or any(word[0].isupper() for word in did):
        return ()
    people = names(_DID.sub("", text))
    return people if len(people) == len(did) and all(" " in name for name in people) else ()


def _at_outlet(text: str) -> tuple[str, ...]:
    """The author of `Ada Lund, g4 Ellery and Northern Coast`, with the outlet behind it, mostly in capitals."""
    name, _, outlet = text.partition(", ")
    words = outlet.split()
    is_outlet = words and 2 * sum(word[0].isupper() for word in words) >= len(words) and not text.endswith(".")
    return (name,) if is_outlet and " " in name and is_name(name) else ()


def _once(text: str) -> str:
    """`By Ada Lund` of `Ada Lund By Ada Lund`, where a name stands at the author's picture, too."""
    words = text.split(" ")
    half = len(words) // 2
    return " ".join(words[half:]) if half and words[:half] == words[half + 1 :] else text


def split(text: str) -> tuple[str, ...]:
    """The parts of `Ada Lovelace, Alan Turing and Grace Hopper`, whatever they are."""
    return tuple(name for part in _parting().split(text) if (name := part.strip(" :")))


def beside(text: str) -> tuple[str, ...]:
    """The author of `by ada`, beside a date, where a line is a byline anyway."""
    rest = signs.after(text, "beside")
    words = rest.split() if rest else []
    return (" ".join(words),) if 0 < len(words) <= 3 and all(word.isalnum() for word in words) else ()


def names(text: str) -> tuple[str, ...]:
    """The names of a list; none at all where one of them cannot be a name."""
    people = split(text.rstrip(":.").strip())
    return people if people and all(is_name(name) or is_role(name) for name in people) else ()


def is_role(text: str) -> bool:
    """Whether a text is what somebody does, or for whom: `Staff Writer`."""
    return fold(text.rpartition(" ")[2]) in _ROLES


def at_work(text: str) -> tuple[str, ...]:
    """The name in `Ada Lund Senior Staff Writer`, all in capitalised words."""
    words = text.split()
    if not 3 < len(words) <= 6 or not is_role(text) or not all(map(is_name, words)):
        return ()
    return (" ".join(words[:2]),)


def is_name(text: str) -> bool:
    """Whether a text has the look of a name: up to five words, capitalised where the script has capitals."""
    words = text.split()
    if not 0 < len(words) <= (2 if "\u3040" <= text[0] <= "\u9fff" else 5) or not all(map(_is_part, words)):
        return False
    if len(words) > 1 and text.isupper() and any(len(word) == 1 for word in words):  # an initial has a full stop
        return False
    return words[-1][0].isupper() or not _has_case(words[-1])


def _is_part(word: str) -> bool:
    """A capitalised word, an initial, a particle; a full stop only after up to three letters (`J.`, `Dr.`)."""
    if word in _PARTICLES:
        return True
    bare = re.sub(r"[.'’\-·]", "", word.strip('"“”'))
    if not bare.isalpha():
        return False
    if not _has_case(word):
        return len(bare) <= 12
    return word.lstrip('"“”')[0].isupper() and (not word.endswith(".") or len(bare) <= 3)


def _has_case(word: str) -> bool:
    return word.upper() != word.lower()

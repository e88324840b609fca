"""Tags of template languages in bodies: found, paired and turned into what they mean, in one pass."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from urllib.parse import quote

from generator.errors import Problem, warning
from generator.records import Record, field

_PLAYERS = {
    "youtube": "https://www.youtube.com/watch?v={}",
    "vimeo": "https://vimeo.com/{}",
    "instagram": "https://www.instagram.com/p/{}/",
    "gist": "https://gist.github.com/{}",
    "tweet": "https://x.com/i/status/{}",
    "twitter": "https://x.com/i/status/{}",
    "x": "https://x.com/i/status/{}",
}

_MORE = re.compile(r"<!--\s*more\s*-->", re.IGNORECASE)

Target = Callable[[str], str | None]
"""The address of an article, by its file or whatever names it there; None where there is none."""


def with_more(body: str) -> str:
    """A body whose mark of where the summary ends is as ours is."""
    return _MORE.sub("<!-- more -->", body)


class Tag(Record, frozen=True):
    """A tag of a template language in a body.

    Attributes:
        name: `youtube`.
        given: Arguments without a name.
        named: Arguments by name.
        inner: What stands between it and its closing tag; None where it has none.
        arguments: As written.
    """

    name: str
    given: tuple[str, ...] = ()
    named: Mapping[str, str] = field(default_factory=dict)
    inner: str | None = None
    arguments: str = ""

    def value(self, *names: str) -> str:
        """The first named argument that there is, else the first one without a name."""
        return next((self.named[name] for name in names if name in self.named), self.given[0] if self.given else "")


def player(tag: Tag) -> str | None:
    """The address of a film or a message of another site; None for any other tag."""
    base = _PLAYERS.get(tag.name.lower())
    if base is None or not (identity := "/".join(tag.given) or tag.value("id", "video_id", "src")):
        return None
    return identity if identity.startswith("https://") else base.format(quote(identity, safe="/"))


_ARGUMENT = re.compile(
    r"(?:(?P<name>[\w-]+)\s*[=:]\s*)?(?:\"(?P<double>(?:[^\"\\]|\\.)*)\"|`(?P<raw>[^`]*)`|'(?P<single>[^']*)'|(?P<bare>[^\s,\"'`]+))"
)


def tag(name: str, arguments: str, inner: str | None = None) -> Tag:
    """A tag, its arguments read: `"a" b key="c" key=d`."""
    given: list[str] = []
    named: dict[str, str] = {}
    for found in _ARGUMENT.finditer(arguments):
        value = next(text for part in ("double", "raw", "single", "bare") if (text := found[part]) is not None)
        value = re.sub(r"\\(.)", r"\1", value) if found["double"] is not None else value
        if found["name"]:
            named[found["name"]] = value
        else:
            given.append(value)
    return Tag(name, tuple(given), named, inner, arguments)


class Kept:
    """Tags that mean nothing here: they stay in the text, and are told."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._names: dict[str, int] = {}

    def note(self, name: str) -> None:
        """One was met."""
        self._names[name] = self._names.get(name, 0) + 1

    def problems(self) -> tuple[Problem, ...]:
        """One for each name."""
        return tuple(
            warning(
                f"has the {self._what} `{name}`{f' {count} times' if count > 1 else ''}, which stays in the text",
                "replace it by Markdown or HTML in the post",
            )
            for name, count in self._names.items()
        )


class Token(Record, frozen=True):
    """A tag as it stands in a text.

    Attributes:
        start: Of its first character.
        end: After its last one.
        name: Its own, or that of the tag which it closes; empty: it closes whichever is open.
        arguments: As written.
        closes: It ends another tag.
        text: What is literal in it; None for a tag.
    """

    start: int
    end: int
    name: str
    arguments: str = ""
    closes: bool = False
    text: str | None = None


Meaning = Callable[[Tag], str | None]
"""The Markdown of a tag; None where it means nothing, and stays."""


def expand(text: str, tokens: list[Token], verbatim: frozenset[str], meaning: Meaning) -> str:
    """A text with its tags replaced by what they mean.

    Args:
        text: A body.
        tokens: Its tags, in order.
        verbatim: Names of tags between which and their closing ones nothing is a tag.
        meaning: Asked of each tag; of one with a closing tag first with what stands between.
    """
    closers = _pairs(tokens, verbatim)
    frames: list[tuple[int, list[str]]] = [(-1, [])]
    at = index = 0
    while index < len(tokens):
        token, closer = tokens[index], closers.get(index)
        parts = frames[-1][1]
        parts.append(text[at : token.start])
        at = token.end
        if token.text is not None:
            parts.append(token.text)
        elif closer is not None and token.name in verbatim:
            end = tokens[closer]
            parts.append(_paired(text, token, end, text[token.end : end.start], meaning))
            at, index = end.end, closer
        elif closer is not None:
            frames.append((index, []))
        elif index == closers.get(frames[-1][0]):
            opener, inner = frames.pop()
            frames[-1][1].append(_paired(text, tokens[opener], token, "".join(inner), meaning))
        else:
            whole = text[token.start : token.end]
            found = None if token.closes else meaning(tag(token.name, token.arguments))
            parts.append(whole if found is None else found)
        index += 1
    return "".join([*frames[0][1], text[at:]])


def _paired(text: str, opener: Token, closer: Token, inner: str, meaning: Meaning) -> str:
    found = meaning(tag(opener.name, opener.arguments, inner))
    if found is not None:
        return found
    return text[opener.start : opener.end] + inner + text[closer.start : closer.end]


def _pairs(tokens: list[Token], verbatim: frozenset[str]) -> dict[int, int]:
    """The closing tag of each tag that has one; pairs lie within one another or apart."""
    ends = _ends(tokens, verbatim)
    pairs: dict[int, int] = {}
    waiting = _Open()
    number = 0
    while number < len(tokens):
        token = tokens[number]
        if token.closes:
            if (opener := waiting.close(token.name)) is not None:
                pairs[opener] = number
        elif token.text is None and number in ends:
            pairs[number] = number = ends[number]
        elif token.text is None:
            waiting.open(token.name, number)
        number += 1
    return pairs


def _ends(tokens: list[Token], verbatim: frozenset[str]) -> dict[int, int]:
    """The next closing tag of its name, for each tag whose inside is verbatim."""
    found: dict[int, int] = {}
    next_end: dict[str, int] = {}
    for number in range(len(tokens) - 1, -1, -1):
        token = tokens[number]
        if token.closes:
            next_end[token.name] = number
        elif token.name in verbatim and token.name in next_end:
            found[number] = next_end[token.name]
    return found


class _Open:
    """Tags that wait for their closing ones."""

    def __init__(self) -> None:
        self._tags: list[tuple[str, int]] = []
        self._count: Counter[str] = Counter()

    def open(self, name: str, number: int) -> None:
        self._tags.append((name, number))
        self._count[name] += 1

    def close(self, name: str) -> int | None:
        """The tag that a closing one of this name ends, the last one for an empty name; those after it end nowhere."""
        if not (self._count[name] if name else self._tags):
            return None
        while True:
            last, number = self._tags.pop()
            self._count[last] -= 1
            if not name or last == name:
                return number

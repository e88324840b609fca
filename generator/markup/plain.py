"""HTML that cleaning leaves as it is, known without a parser.

The prose lane, and mostly Python-Markdown too, make paragraphs, headings, lists and quotes of known tags, well nested,
with addresses of the usual forms. `is_plain` says so of a text, or that it does not know. Its contract is that nh3
gives a plain text back to the byte, kept by a differential test (tests/unit/test_plain.py); where a rule can be strict
or clever it is strict: a text that is not plain costs 0.1 ms.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

_TAG = re.compile("<[^<>]*+>")
_REFERENCE = re.compile("&(?!(?:amp|lt|gt);)")
"""A character reference that a serializer would write otherwise, or a bare ampersand."""

_CONTROLS = bytes({*range(32), 127} - {*b"\t\n"})
_ODD = {
    b"\xc2": re.compile(b"\xc2[\x80-\xa0]"),
    b"\xed": re.compile(b"\xed[\xa0-\xbf]"),
    b"\xef": re.compile(b"\xef(?:\xb7[\x90-\xaf]|\xbb\xbf|\xbf[\xbe\xbf])"),
}
"""In UTF-8: C1 controls and the no-break space (written `&nbsp;`); surrogates; byte order marks and noncharacters."""

_WORDS = r'[^"<>&\n]*+(?:&amp;[^"<>&\n]*+)*+'
_PATH = r"(?:[A-Za-z0-9/._~?#%=+,;!$()*@'-]|&amp;)"
_LABEL = r"[a-z0-9]+(?:-[a-z0-9]+)*+"
_WHOLE = rf"https?://(?:{_LABEL}\.)++[a-z]{{2,20}}(?:/(?:{_PATH}|:)*+)?"
_ADDRESS = rf"(?:{_WHOLE}|id:[A-Za-z0-9](?:{_PATH}|:)*+|(?!//){_PATH}++)"
"""A whole address of the web with a name of plain letters, an `id:` of ours, or what has no scheme."""

_IN_FEEDS = re.compile(
    r"""<(?:(?P<kept>h[1-6]|code)\ (?:id|class)="[^"]*"
      | (?P<before>a\ href|img\ alt="[^"]*"\ src)="(?P<url>[^"]*)"
        (?P<more>(?:\ title="[^"]*")?(?:\ width="[^>]*+)?))""",
    re.VERBOSE,
)
_WITH_VALUES = re.compile("<[a-z0-9]++ [^<>]*+>")
_HELD = re.compile(r'<(?:a href|img alt="[^"]*" src)="([^"]*)"')
is_whole = re.compile(_WHOLE).fullmatch
"""Whether an address, as it stands in HTML, is a whole one that needs no second look."""

_NAMES = {
    "p": "p", "em": "e", "strong": "s", "code": "c", "a": "a", "ul": "d", "ol": "n", "li": "l", "blockquote": "q",
    "pre": "f", "h1": "u", "h2": "v", "h3": "w", "h4": "x", "h5": "y", "h6": "z",
}  # fmt: skip
"""A letter for each tag; a capital closes it."""

_BARE = {
    **{f"<{name}>": letter for name, letter in _NAMES.items() if name != "a"},
    **{f"</{name}>": letter.upper() for name, letter in _NAMES.items()},
    "<br>": "b",
    "<hr>": "r",
}
_WITH_ATTRIBUTES = re.compile(
    rf"""<(?:a\ href="{_ADDRESS}"(?:\ title="{_WORDS}")?
      | img\ alt="{_WORDS}"\ src="{_ADDRESS}"(?:\ title="{_WORDS}")?(?:\ width="[0-9]{{1,6}}"\ height="[0-9]{{1,6}}")?
      | h[1-6]\ id="[a-z0-9_-]++"
      | ol\ start="[0-9]{{1,9}}"
      | code\ class="[A-Za-z0-9_\#+-]++")>""",
    re.VERBOSE,
)


_INLINE = re.compile("i|b|cC|eE|sS|aA")
_LINK_IN_LINK = re.compile("a[^A]*a")
_DEEPEST = 4
"""Inline elements within each other."""

_BLOCKS = "pP|uU|vV|wW|xX|yY|zZ|r|fF|d(?:l(?:pP)?L)++D|n(?:l(?:pP)?L)++N"
_NESTED = re.compile(f"(?:{_BLOCKS}|q(?:{_BLOCKS})*+Q)*+")


@lru_cache(maxsize=4)  # asked about once for each thing that is to be done with a text
def is_plain(text: str) -> bool:
    """Whether `text` is surely harmless, well formed and written as nh3 writes it."""
    if not text.startswith("<") or "<pre>\n" in text:  # a line feed there is no content to HTML
        return False
    if "&" in text and _REFERENCE.search(text):
        return False
    return _has_plain_tags(text) and _has_plain_characters(text)


def well_nested(text: str) -> list[str] | None:
    """The addresses of a text that the lane made of paragraphs, headings, lists, quotes and code; None if not plain.

    Its tags are the lane's own and well nested, since what an author wrote is escaped; so only values are looked at.
    """
    if ("&" in text and _REFERENCE.search(text)) or not _has_plain_characters(text):
        return None
    tags = _WITH_VALUES.findall(text)
    if not all(map(_WITH_ATTRIBUTES.fullmatch, tags)):
        return None
    return [held[1] for held in map(_HELD.match, tags) if held]


def _has_plain_tags(text: str) -> bool:
    tags = _TAG.findall(text)
    if not len(tags) == text.count("<") == text.count(">"):
        return False
    letters = "".join([_BARE.get(tag) or _letter(tag) for tag in tags])
    if "a" in letters and _LINK_IN_LINK.search(letters):
        return False
    for _ in range(_DEEPEST):
        letters, done = _INLINE.subn("", letters)
        if not done:
            break
    return _NESTED.fullmatch(letters) is not None


def _letter(tag: str) -> str:
    """The letter of a tag with attributes; a question mark, which fits nowhere, where they are not known."""
    return _NAMES.get(tag[1:].split(" ", 1)[0], "i") if _WITH_ATTRIBUTES.fullmatch(tag) else "?"


def _has_plain_characters(text: str) -> bool:
    data = text.encode("utf-8", "surrogatepass")
    return len(data.translate(None, _CONTROLS)) == len(data) and not any(
        first in data and odd.search(data) for first, odd in _ODD.items()
    )


def addresses(text: str) -> list[str]:
    """Every address of a plain text, as it stands in HTML."""
    return _HELD.findall(text) if '="' in text else []


def in_feed(text: str, absolute: Callable[[str], str | None], size: Callable[[str, str], str]) -> str | None:
    """A plain text without ids and classes, each address made absolute; None where one of them is not a plain one.

    Args:
        text: The text.
        absolute: Gives the whole address for one that the author wrote.
        size: Gives the attributes by which a picture of that address and with those attributes gets its size.
    """
    lost = False

    def tag(match: re.Match[str]) -> str:
        nonlocal lost
        kept, before, written, more = match.groups()
        if kept:
            return f"<{kept}"
        address = written.replace("&amp;", "&")
        url = (absolute(address) or "").replace("&", "&amp;")
        lost = lost or not is_whole(url)
        return f'<{before}="{url}"{more}{size(address, match[0]) if before[0] == "i" else ""}'

    made = _IN_FEEDS.sub(tag, text)
    return None if lost else made

"""One paragraph's text to HTML: code, escapes, links, pictures, breaks, and what `emphasis` does with the rest.

The steps run in the order of Python-Markdown's inline patterns (inlinepatterns.build_inlinepatterns, by priority):
code 190, escapes 180, footnote references 175, links 160, pictures 150, addresses in angle brackets 120, breaks 100,
entities 80, emphasis 60. As there, whatever a step makes is put aside and leaves a token of STX and ETX, so later
steps see a character in its place that is neither blank nor letter.
"""

from __future__ import annotations

import re

from generator.markup.lane.emphasis import DoubtError, emphasised
from generator.records import Record, field

_MARKS = ("[", "*", "_", "&", "`", "\\", "<", ">")
_AMPERSAND = re.compile(r"&(?![0-9a-z]+;)", re.IGNORECASE)
_CODE = re.compile(r"(?<!`)`([^`]+)`(?!`)")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPABLE = frozenset("\\`*_{}[]()>#+-.!|")
_NOTE = re.compile(r"\[\^([^\[\]]*)\]")
_TOKEN = re.compile("\x02([0-9]+)\x03")


def _target(name: str) -> str:
    """The pattern of an address and perhaps a title, in parentheses, where LinkInlineProcessor.getLink ends as we do.

    It counts parentheses and looks for quotes, so an address has no blank, quote or bracket, and parentheses only in
    pairs, not nested; a title has plain blanks only (others would become blanks) and no quote at its beginning.
    """
    word = r"""[^\s()<>"'\[\]\x02]"""
    title = r"""[^\s"'()\[\]<>\x02](?:[^\s"()\[\]<>\x02]++|[ ])*+"""
    return rf"""\((?P<{name}>(?:{word}++|\({word}*+\))*+)(?:[ ]+"(?P<{name}_title>{title})")?\)"""


_LINK = re.compile(
    rf"""\[(?P<text>[^\[\]<]*)\](?:{_target("to")}|(?P<word>(?!\()))
       | \[!\[(?P<alt>[^\[\]<]*)\]{_target("source")}\]{_target("around")}""",
    re.VERBOSE,
)
_BRACKET = re.compile(r"[\[\]]")
_MOST_ODD = 8
"""Brackets in one paragraph that open nothing; a bound, since each is looked at to the paragraph's end."""

_ADDRESS = re.compile(r"""<(https?://[^\s<>\[\]"'`\\\x02]+)>""")


class Notes(Record):
    """The footnotes of a document.

    Attributes:
        separator: What stands between `fn` or `fnref` and the note's name in an id.
        numbers: The number of each note, by its name.
        used: The notes that have been referred to.
    """

    separator: str
    numbers: dict[str, int]
    used: set[str] = field(default_factory=set)


def escape(text: str) -> str:
    """`text` for an element's content; an entity is left as it is (serializers._escape_cdata)."""
    if "&" in text:
        text = _AMPERSAND.sub("&amp;", text)
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def attribute(text: str) -> str:
    """`text` for an attribute's value in double quotes (serializers._escape_attrib_html)."""
    return escape(text).replace('"', "&quot;")


def inline(text: str, notes: Notes | None = None, *, strict: bool = False, tail: str = "") -> str:
    """The HTML of one paragraph's text.

    Args:
        text: Markdown.
        notes: Where references to footnotes lead; without, they are a doubt.
        strict: See `emphasised`.
        tail: HTML to put at the end, a neighbour of the text's last character.

    Raises:
        DoubtError: Something in it is not simple.
    """
    for mark in _MARKS:  # eight searches for a character cost a fifth of one for any of eight
        if mark in text:
            return _Scope(notes, strict=strict).render(text, tail)
    if "\n" in text and "  \n" in text:
        return _Scope(notes, strict=strict).render(text, tail)
    return text + tail


class _Scope:
    """What was put aside while one paragraph is rendered."""

    def __init__(self, notes: Notes | None, *, strict: bool) -> None:
        self._notes = notes
        self._strict = strict
        self._aside: list[str] = []

    def render(self, text: str, tail: str) -> str:
        if "`" in text:
            text = self._code(text)
        if "\\" in text:
            text = _ESCAPE.sub(self._escaped, text)
        if "[" in text:
            if "[^" in text:
                text = self._references(text)
            text = self._links(text)
        if "<" in text:
            text = self._addresses(text)
        if tail:
            text += self._put(tail)
        return self._words(text)

    def _put(self, html: str) -> str:
        self._aside.append(html)
        return f"\x02{len(self._aside) - 1}\x03"

    def _words(self, text: str) -> str:
        """Breaks and emphasis; then what was put aside comes back."""
        if "\n" in text and "  \n" in text:
            text = self._breaks(text)
        text = escape(text)
        if "*" in text or "_" in text:
            text = emphasised(text, strict=self._strict)
        return _TOKEN.sub(lambda match: self._aside[int(match[1])], text) if self._aside else text

    def _code(self, text: str) -> str:
        """Spans between single backticks; where all runs are single, each pairs with the next (find_code_spans)."""
        if "\\" in text:
            raise DoubtError
        text = _CODE.sub(lambda match: self._put(f"<code>{_verbatim(match[1].strip())}</code>"), text)
        if "`" in text:
            raise DoubtError
        return text

    def _escaped(self, match: re.Match[str]) -> str:
        r"""A backslash and what it protects; before another character it is a backslash (EscapeInlineProcessor)."""
        return self._put(escape(match[1])) if match[1] in _ESCAPABLE else match[0]

    def _references(self, text: str) -> str:
        text = _NOTE.sub(self._reference, text)
        if "[^" in text:
            raise DoubtError
        return text

    def _reference(self, match: re.Match[str]) -> str:
        """A footnote's number; one that is unknown, or met again, changes more than its own place."""
        notes, name = self._notes, match[1]
        if notes is None or name not in notes.numbers or name in notes.used:
            raise DoubtError
        notes.used.add(name)
        return self._put(
            f'<sup id="fnref{notes.separator}{name}">'
            f'<a class="footnote-ref" href="#fn{notes.separator}{name}">{notes.numbers[name]}</a></sup>'
        )

    def _links(self, text: str) -> str:
        """Put links and pictures aside; a word in brackets stays, and so does a bracket without its fellow."""
        parts, at, odd = [], 0, 0
        while (start := text.find("[", at)) >= 0:
            match = _LINK.match(text, start)
            if match is None:
                odd += 1
                if odd > _MOST_ODD or _may_link(text, start):
                    raise DoubtError
                parts.append(text[at : start + 1])
                at = start + 1
            else:
                parts.append(self._linked(text[at:start], match))
                at = match.end()
        return "".join(parts) + text[at:]

    def _linked(self, before: str, match: re.Match[str]) -> str:
        if match["word"] is not None:
            return before + match[0]
        picture = before.endswith("!")
        return (before[:-1] if picture else before) + self._put(self._link(match, picture=picture))

    def _link(self, match: re.Match[str], *, picture: bool) -> str:
        """Attributes stand in alphabetical order (serializers._serialize_html)."""
        text, alt = match.group("text", "alt")
        if alt is None:
            return _picture(text, match, "to") if picture else f"<a{_href(match, 'to')}>{self._words(text)}</a>"
        if picture:
            raise DoubtError
        return f"<a{_href(match, 'around')}>{_picture(alt, match, 'source')}</a>"

    def _addresses(self, text: str) -> str:
        """Addresses in angle brackets; any other `<` must be one that nothing can follow from, before a blank."""
        text = _ADDRESS.sub(lambda match: self._put(f'<a href="{attribute(match[1])}">{escape(match[1])}</a>'), text)
        if re.search("<(?! )", text):
            raise DoubtError
        return text

    def _breaks(self, text: str) -> str:
        """Two blanks at a line's end; the serializer puts a line feed after `<br>` (PrettifyTreeprocessor.run)."""
        head, *rest = text.split("  \n")
        for line in rest:
            if not line or line[0].isspace():  # a tail of blanks only is replaced by the line feed
                raise DoubtError
            head += self._put("<br>\n") + line
        return head


def _may_link(text: str, start: int) -> bool:
    """Whether the bracket at `start` has a fellow with a parenthesis behind it (LinkInlineProcessor.getText)."""
    depth = 0
    for match in _BRACKET.finditer(text, start):
        depth += 1 if match[0] == "[" else -1
        if not depth:
            return text.startswith("(", match.end())
    return False


def _href(match: re.Match[str], name: str) -> str:
    return f' href="{attribute(match[name])}"{_title(match, name)}'


def _title(match: re.Match[str], name: str) -> str:
    title: str | None = match[f"{name}_title"]
    if title is None:
        return ""
    if title.endswith(" "):
        raise DoubtError
    return f' title="{attribute(title)}"'


def _picture(alt: str, match: re.Match[str], name: str) -> str:
    if "\x02" in alt:
        raise DoubtError
    return f'<img alt="{attribute(alt)}" src="{attribute(match[name])}"{_title(match, name)}>'


def _verbatim(text: str) -> str:
    """Code: every ampersand is escaped, also that of an entity (util.code_escape)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

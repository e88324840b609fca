"""XML as exporters really write it, made well-formed on its way to the reader.

Reading on after an error, libxml2 loses text: a CDATA section with a control character, and every `&lt;` behind any
error. So what can be mended without a doubt is mended before (characters that XML forbids, entities of HTML, bare
ampersands), and XML's own entities are handed on as numbers, which are never lost.
"""

from __future__ import annotations

import re
from html.entities import html5
from typing import TYPE_CHECKING

from generator.content.text import MAX_BYTES
from generator.errors import ContentError, Problem, warning
from generator.importer.decode import decode, mended
from generator.records import Record

if TYPE_CHECKING:
    from generator.trees import Readable

_PIECE = 1 << 16
_TAIL = 40
"""Bytes held back, so that no sign is cut in two."""

_BEGIN, _END = b"<![CDATA[", b"]]>"
_CONTROLS = bytes({*range(32)} - {*b"\t\n\r"})
_OWN = ((b"&lt;", b"&#60;"), (b"&gt;", b"&#62;"), (b"&amp;", b"&#38;"), (b"&quot;", b"&#34;"), (b"&apos;", b"&#39;"))
_REFERENCE = re.compile(rb"&(?:#(?:[0-9]{1,7}|[xX][0-9a-fA-F]{1,6});|[A-Za-z][A-Za-z0-9]{1,31};)?")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_MOST = 20
_LONGEST = 5 * MAX_BYTES
"""Bytes of a text: more than four for each character of the longest article, so that it is known to be too long."""


class Mend(Record, frozen=True):
    """What was mended, and on which line."""

    line: int
    cause: str


class Mended:
    """A file as bytes from its beginning, mended.

    Attributes:
        found: The first things that were mended so far.
    """

    def __init__(self, file: Readable) -> None:
        self._file = file
        self._rest = b""
        self._line = 1
        self._in_data = False
        self._run = 0
        self._is_wide: bool | None = None
        self.found: list[Mend] = []

    def read(self, size: int = -1, /) -> bytes:  # noqa: ARG002  # as files have it
        """The next bytes, as many as are at hand.

        Raises:
            ContentError: It declares entities, which may be bombs or lead out of the file.
        """
        while True:
            piece = self._file.read(_PIECE)
            if self._is_wide is None:
                self._is_wide = piece.startswith(_WIDE)
            if self._is_wide:
                return piece
            whole = self._rest + piece
            end = _whole_signs(whole) if piece else len(whole)
            now, self._rest = whole[:end], whole[end:]
            if (mended := self._mended(now)) or not piece:  # nothing would be the end
                return mended

    def _mended(self, piece: bytes) -> bytes:
        parts: list[bytes] = []
        at = 0
        while at < len(piece):
            sign = _END if self._in_data else _BEGIN
            end = piece.find(sign, at)
            stop = len(piece) if end < 0 else end + len(sign)
            parts.append(self._part(piece[at:stop]))
            if end >= 0:
                self._in_data = not self._in_data
            at = stop
        return b"".join(parts)

    def _part(self, part: bytes) -> bytes:
        """What stands within CDATA, or between two of them."""
        clean = self._bounded(part)
        whole, clean = clean, clean.translate(None, _CONTROLS)
        if len(clean) != len(whole):
            at = next(at for at, byte in enumerate(part) if byte in _CONTROLS)
            self._tell(at, part, "a control character was mended")
        if not self._in_data:
            if b"<!ENTITY" in clean:
                raise ContentError(Problem("declares entities, which no export does", "make the export again"))
            for own, number in _OWN:
                clean = clean.replace(own, number)
            whole = clean
            clean = _REFERENCE.sub(lambda found: self._reference(found, whole), clean)
        self._line += part.count(b"\n")
        return clean

    def _bounded(self, part: bytes) -> bytes:
        """A part without what is beyond the longest text, so that one element cannot fill the memory."""
        if self._in_data:
            before, self._run = self._run, 0 if part.endswith(_END) else self._run + len(part)
            bounded = part if before + len(part) <= _LONGEST else part[len(part.removesuffix(_END)) :]
        else:
            first = part.find(b"<")
            text = len(part) if first < 0 else first
            before, self._run = self._run, self._run + text if first < 0 else len(part) - part.rfind(b"<")
            bounded = part if before + text <= _LONGEST else part[text:]
        if len(bounded) < len(part) and before <= _LONGEST:
            self._tell(0, part, "a text longer than any article was cut")
        return bounded

    def _reference(self, found: re.Match[bytes], whole: bytes) -> bytes:
        sign = found[0]
        if sign.startswith(b"&#"):
            number = int(sign[3:-1], 16) if sign[2:3] in b"xX" else int(sign[2:-1])
            if _is_character(number):
                return sign
            self._tell(found.start(), whole, "a reference to no character was mended")
            return b""
        self._tell(found.start(), whole, "an ampersand or entity that XML does not have was mended")
        if len(sign) > 1 and (text := html5.get(sign[1:].decode("ascii"))):
            return b"".join(b"&#%d;" % ord(char) for char in text)
        return b"&#38;" + sign[1:]

    def _tell(self, at: int, part: bytes, cause: str) -> None:
        if len(self.found) < _MOST:
            self.found.append(Mend(self._line + part.count(b"\n", 0, at), cause))


def _whole_signs(piece: bytes) -> int:
    """The end of what can be mended before more is read: a sign that may go on waits."""
    end = max(len(piece) - _TAIL, 0)
    end -= len(piece[max(end - 2, 0) : end]) - len(piece[max(end - 2, 0) : end].rstrip(b"]"))  # of an end of CDATA
    begins = [at for sign in (b"&", b"<") if (at := piece.rfind(sign, max(end - _TAIL, 0), end)) >= 0]
    return min(begins, default=end)


def _is_character(number: int) -> bool:
    """Whether XML has a character of this number (XML 1.0, production 2)."""
    if number < 32:
        return number in (9, 10, 13)
    return number < 0xD800 or 0xE000 <= number < 0xFFFE or 0x10000 <= number < 0x110000


def whole_utf8(data: bytes) -> tuple[bytes, tuple[Problem, ...]]:
    """UTF-8 of which some bytes are broken, with a mark for each, and a warning; all else as it is.

    What a program wrote is UTF-8 where half of what is not ASCII is sound; a person's text may be in another encoding.
    """
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if found := mended(data, error.start, share=1):
            return found.text.encode(), found.problems
    return data, ()


def text_of(data: bytes) -> tuple[str, tuple[Problem, ...]]:
    """The text of what should be UTF-8, as JSON should, and a warning where it is not.

    Raises:
        ContentError: It is no text.
    """
    whole, faults = whole_utf8(data)
    found = decode(whole)
    if faults or found.encoding.startswith("utf"):
        return found.text, faults
    cause = f"is not UTF-8, and was read as {found.encoding}"
    return found.text, (warning(cause, "compare its letters with the source"),)

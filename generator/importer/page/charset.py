"""Bytes of a web page to text: a mark decides, then what is plainly UTF-8, then what the page declares."""

from __future__ import annotations

import codecs
import re

from generator.errors import ContentError, Problem
from generator.importer.decode import Decoded, decode, mended

_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})|<\?xml[^>]{0,80}encoding=[\"']([A-Za-z0-9_.:-]{2,40})",
    re.IGNORECASE,
)
_BEGINNING = 8_192
"""Bytes in which a page declares its encoding: browsers look at 1,024, saving tools put notes before."""

_AS_BROWSERS = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
"""Encodings that browsers read as a larger one (WHATWG Encoding, section 4.2), by Python's names."""


def text_of(data: bytes) -> Decoded:
    """The text of a page.

    Raises:
        ContentError: It is no text.
    """
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(data)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        first = error.start
    declared = _declared(data)
    if declared in ("", "utf-8") and (found := mended(data, first)):
        return found
    if declared and declared != "utf-8":
        text = data.decode(declared, "replace")
        if text.count("\ufffd") * 100 < len(text):
            return Decoded(text, declared)
    return decode(data)


def _declared(data: bytes) -> str:
    """The first encoding that a page names and may have, by Python's name for it; of two UTF-8 is the later."""
    names = [_known((found[1] or found[2]).decode("ascii")) for found in _DECLARED.finditer(data[:_BEGINNING])]
    return min(filter(None, names), key=lambda name: name == "utf-8", default="")


def _known(written: str) -> str:
    """Python's name for an encoding of bytes; empty where it is none."""
    try:
        name = codecs.lookup(written).name
        "".encode(name)
    except (LookupError, ValueError, TypeError):
        return ""
    return "" if name.startswith("utf-16") else _AS_BROWSERS.get(name, name)


def refuse_binary(data: bytes) -> None:
    """Check that bytes can be a page.

    Raises:
        ContentError: They cannot.
    """
    if b"\0" in data[:1024] and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise ContentError(Problem("is no text", "save the page as HTML, and import that"))

"""Bytes to text, whatever they were saved as. The only door to charset_normalizer."""

from __future__ import annotations

import re
import unicodedata

from generator.errors import ContentError, Problem, warning
from generator.records import Record

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
"""Byte order marks, longest first, and the codec that reads and removes each (Unicode 15.0, table 23-6)."""

_OTHER_SCRIPTS = (
    *("cp1251", "koi8_r", "cp1253", "cp1255", "cp1256"),
    *("cp932", "euc_jp", "euc_kr", "gb18030", "big5"),
)
_WORD = re.compile(r"[^\W\d_]+")
_TURKISH = re.compile("[abcçdefgğhıijklmnoöprsştuüvyzâîû]+", re.IGNORECASE)
_ICELANDIC = re.compile("[aábdðeéfghiíjklmnoóprstuúvxyýþæö]+", re.IGNORECASE)
_SOFT_G = re.compile("(?:^|[^aeıioöuüâîû])ğ")
_THORN_END = re.compile("þ(?:$|[^aáeéiíjoórsuúvyýæö])")
_BROKEN_SHARE = 10
"""One broken byte in so many characters that are not ASCII, and it is UTF-8 all the same."""

_RESAVE = "save it as UTF-8 text, and import that; a picture or a program is no article"


class Decoded(Record, frozen=True):
    """The text of a source, line ends as they were, the name of the encoding as Python knows it, and what is wrong."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, *, mend: bool = False) -> Decoded:
    """Read bytes as text; `mend` marks a few broken bytes of UTF-8, for who tells the problem.

    Raises:
        ContentError: They are no text, or in no encoding that is known; with the offset of the first such byte.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _marked(data, codec)
    if b"\0" in data:
        return _unmarked_utf16(data)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if mend and (found := mended(data, error.start)):
            return found
        if _nearly_utf8(data):
            raise _refusal(data, error.start, "is UTF-8 but for one byte or more") from error
        return _legacy(data, error.start)


def _marked(data: bytes, codec: str) -> Decoded:
    try:
        return Decoded(data.decode(codec), codec)
    except UnicodeDecodeError as error:
        # The codec of UTF-8 counts from behind the mark.
        offset = error.start + 3 if codec == "utf-8-sig" else error.start
        raise _refusal(data, offset, f"begins as {codec.removesuffix('-sig').upper()}, but is not") from error


def _refusal(data: bytes, offset: int, cause: str) -> ContentError:
    """An error that names the byte at `offset` of `data`."""
    place = f"byte 0x{data[offset]:02X} at offset {offset}" if offset < len(data) else f"it ends at offset {offset}"
    return ContentError(Problem(f"{cause}: {place}", _RESAVE, line=data.count(b"\n", 0, offset) + 1))


def _unmarked_utf16(data: bytes) -> Decoded:
    """UTF-16 without a mark, known by blanks and line ends, which the wrong byte order does not have."""
    readable = sum(0x20 <= byte < 0x7F or byte in b"\t\n\r" for byte in data)
    candidates = []
    if data.count(0) >= len(data) * 0.2 or readable < len(data) * 0.7:  # else it is ASCII with a NUL in it
        for codec in ("utf-16-le", "utf-16-be"):
            text = data.decode(codec, "replace")
            if common := sum(text.count(char) for char in " \n\r"):
                candidates.append((common, codec, text))
    if not candidates:
        raise _refusal(data, data.index(0), "is no text")
    _, codec, text = max(candidates)
    if "\ufffd" in text or any(unicodedata.category(char) in ("Cc", "Cn") and char not in "\t\n\r" for char in text):
        raise _refusal(data, data.index(0), "is no text")
    return Decoded(text, codec)


def mended(data: bytes, first: int, share: int = _BROKEN_SHARE) -> Decoded | None:
    """UTF-8 with a few broken bytes, the first at an offset, which become question marks; None where it is not.

    Args:
        data: The bytes.
        first: Where the first broken one is.
        share: So many characters that are not ASCII must be sound for each broken place.
    """
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    good = sum(char > "\x7f" for char in text) - broken
    if not good or broken * share > max(good, share):
        return None
    cause = f"is UTF-8 with {broken} broken places, the first at offset {first}; they are marked with \ufffd"
    line = data.count(b"\n", 0, first) + 1
    return Decoded(text, "utf-8", (warning(cause, "correct the words in the post", line=line),))


def _nearly_utf8(data: bytes) -> bool:
    """Whether most of what is not ASCII is UTF-8: then another encoding would only garble it."""
    text = data.decode("utf-8", "surrogateescape")
    broken = sum("\udc80" <= char <= "\udcff" for char in text)
    return sum(char > "\x7f" for char in text) - broken >= broken


def _legacy(data: bytes, offset: int) -> Decoded:
    """One byte or two a letter: by the share of letters beyond ASCII, a Western encoding or that of another script."""
    controls = sum(byte < 0x20 and byte not in b"\t\n\r\f" for byte in data)
    if controls > len(data) * 0.02 + 1:
        raise _refusal(data, offset, "is no text")
    beyond = sum(byte > 0x7F for byte in data)
    letters = sum(byte | 0x20 in range(0x61, 0x7B) for byte in data)
    if beyond <= letters:
        return _western(data)
    from charset_normalizer import from_bytes  # 40 ms, and most articles are UTF-8

    best = from_bytes(data, cp_isolation=list(_OTHER_SCRIPTS), enable_fallback=False).best()
    if best is None:
        raise _refusal(data, offset, "is in no encoding that Dateline knows")
    return _strict(data, best.encoding)


def _western(data: bytes) -> Decoded:
    """Windows-1252 or Windows-1254, which differ in six letters; Latin-1 and Latin-5 are their subsets.

    Words that only one of Icelandic and Turkish can spell decide; without any, Turkish names are likelier.
    """
    text = data.decode("cp1252", "replace")
    if not re.search("[ÐÝÞðýþ]", text) or b"\x8e" in data or b"\x9e" in data:
        return _strict(data, "cp1252")
    icelandic = turkish = 0
    for word in _WORD.findall(text):
        if re.search("[ÐÝÞðýþ]", word):
            as_icelandic, as_turkish = _is_icelandic(word), _is_turkish(_other_letters(word))
            icelandic += as_icelandic and not as_turkish
            turkish += as_turkish and not as_icelandic
    return _strict(data, "cp1254" if turkish >= icelandic else "cp1252")


def _other_letters(word: str) -> str:
    """A word read as Windows-1252, as Windows-1254 reads it."""
    return word.translate(str.maketrans("ÐÝÞðýþ", "ĞİŞğış"))


def _is_turkish(word: str) -> bool:
    small = word.replace("I", "ı").replace("İ", "i").lower()
    return bool(_TURKISH.fullmatch(small)) and not _SOFT_G.search(small)


def _is_icelandic(word: str) -> bool:
    small = word.lower()
    return bool(_ICELANDIC.fullmatch(small)) and not small.startswith("ð") and not _THORN_END.search(small)


def _strict(data: bytes, codec: str) -> Decoded:
    try:
        return Decoded(data.decode(codec), codec)
    except UnicodeDecodeError as error:
        raise _refusal(data, error.start, f"is nearly {codec}, but for one byte or more") from error

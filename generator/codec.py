"""Records as bytes and back, and digests of them. Beside config the only door to msgspec; nothing is ever pickled.

JSON for what holds dates, since it keeps their offsets; MessagePack for the rest. Front matter's `extra` may hold what
neither knows (tuples, dates, numbers that remember how they were written), so it travels as tagged tables.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from generator.model.document import Extra, TextFloat

T = TypeVar("T")

DIGEST = 12
"""Bytes of a digest: two values with one digest are not to be expected in the life of an archive."""


class CodecError(ValueError):
    """Bytes that are not what they should be."""


def digest(*parts: bytes) -> bytes:
    """A short digest of some bytes, each part apart from the next."""
    return hashlib.sha256(b"".join([x for part in parts for x in (len(part).to_bytes(4), part)])).digest()[:DIGEST]


def joined(parts: list[bytes]) -> bytes:
    """The digest of digests, all of one length."""
    return hashlib.sha256(b"".join(parts)).digest()[:DIGEST]


def of(*values: object) -> bytes:
    """The digest of values that `to_json` can write."""
    return hashlib.sha256(_JSON.encode(values)).digest()[:DIGEST]


def to_json(value: object) -> bytes:
    """A value of records, texts, numbers, dates and Extra as JSON."""
    return _JSON.encode(value)


def from_json(data: bytes, kind: type[T]) -> T:
    """The value of that type.

    Raises:
        CodecError: The bytes are not one.
    """
    try:
        reader = _READERS.get(kind) or msgspec.json.Decoder(kind, dec_hook=_read)
        return reader.decode(data)  # type: ignore[no-any-return]
    except (msgspec.MsgspecError, ValueError, TypeError) as error:
        raise CodecError(str(error)) from error


def from_lines(data: bytes, kind: type[T]) -> list[T]:
    """The values of a file with one JSON text a line; `reader_of` must know their type.

    Raises:
        CodecError: A line is none.
    """
    try:
        return _READERS[kind].decode_lines(data)
    except (msgspec.MsgspecError, ValueError, TypeError) as error:
        raise CodecError(str(error)) from error


def reader_of(kind: type) -> None:
    """Have `from_json` keep a decoder for a type that is read often."""
    _READERS[kind] = msgspec.json.Decoder(kind, dec_hook=_read)


def pack(value: object) -> bytes:
    """A value without dates as MessagePack."""
    return _PACKER.encode(value)


def put(record: object, **values: object) -> None:
    """Fill in fields of a frozen record whose maker left them for later."""
    for name, value in values.items():
        msgspec.structs.force_setattr(record, name, value)  # type: ignore[arg-type]


class Unpacker:
    """Reads MessagePack of one type."""

    def __init__(self, kind: Any) -> None:
        self._decoder = msgspec.msgpack.Decoder(kind)
        self._many = msgspec.msgpack.Decoder(list[kind])

    def __call__(self, data: bytes | memoryview) -> Any:
        """The value.

        Raises:
            CodecError: The bytes are not one.
        """
        try:
            return self._decoder.decode(data)
        except (msgspec.MsgspecError, ValueError, TypeError) as error:
            raise CodecError(str(error)) from error

    def all(self, data: bytes, count: int) -> list[Any]:
        """So many values that stand one after the other; see `__call__`."""
        try:
            values: list[Any] = self._many.decode(b"\xdd" + count.to_bytes(4) + data)
        except (msgspec.MsgspecError, ValueError, TypeError) as error:
            raise CodecError(str(error)) from error
        return values


def _write(value: object) -> object:
    if isinstance(value, Extra):
        return {"m": [[key, _plain(item)] for key, item in value.items()]}
    raise TypeError(type(value).__name__)


def _plain(value: object) -> object:
    """A value of `extra`, tagged where JSON would lose its type."""
    if isinstance(value, float) and type(value) is not float:
        return {"f": str(value)}
    if value is None or isinstance(value, str | bool | float):
        return value
    if isinstance(value, int):
        return {"i": str(value)}
    if isinstance(value, Mapping):
        return _write(value if isinstance(value, Extra) else Extra(value))
    if isinstance(value, list | tuple):
        return {"l": [_plain(item) for item in value]}
    for tag, kind in _DATES.items():
        if type(value) is kind:
            return {tag: value.isoformat()}
    raise TypeError(type(value).__name__)


_DATES: dict[str, type[dt.datetime] | type[dt.date] | type[dt.time]] = {"w": dt.datetime, "d": dt.date, "t": dt.time}


def _read(kind: type, value: Any) -> object:
    if kind is not Extra:
        raise TypeError(kind.__name__)
    return _value(value)


def _value(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    [(tag, inner)] = value.items()
    match tag:
        case "m":
            return Extra({key: _value(item) for key, item in inner})
        case "l":
            return tuple(_value(item) for item in inner)
        case "f":
            return TextFloat(inner)
        case "i":
            return int(inner)
        case _:
            return _DATES[tag].fromisoformat(inner)


_JSON = msgspec.json.Encoder(enc_hook=_write)
_PACKER = msgspec.msgpack.Encoder()
_READERS: dict[type, msgspec.json.Decoder[Any]] = {}

"""FrontMatter to a file's text: our order of keys, defaults left out, dates as authors would write them."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

from generator.model.document import FrontMatter
from generator.records import Record, asdict, fields


def dump(front: FrontMatter, body: str) -> str:
    """The text of an article file: YAML front matter in our order, a blank line, the body."""
    from generator.content import formats  # PyYAML, which reading seldom needs

    return formats.write(values_of(front), body)


def values_of(front: FrontMatter) -> dict[str, Any]:
    """Front matter as the plain values that are written, what is at its default left out."""
    values = {}
    for spec in fields(FrontMatter):
        value = _plain(getattr(front, spec.name))
        if value is not False and value not in (None, "", [], {}) and (spec.name, value) != ("status", "published"):
            values[spec.name] = value
    return values


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        items = asdict(value)
        return {key: _plain(item) for key, item in items.items() if item not in (None, "")}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return _scalar(value)


def _scalar(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return Stamp(value.isoformat("T" if value.tzinfo else " ", "seconds"))
    if isinstance(value, dt.date):
        return Stamp(value.isoformat())
    if isinstance(value, float) and math.isfinite(value):
        return Number(str(value))
    return str(value) if isinstance(value, str | float | dt.time) else value


class Stamp(str):
    """A date, which YAML shall not quote."""

    __slots__ = ()


class Number(str):
    """A number as it was written."""

    __slots__ = ()

"""What follows from a language tag: dates in words, the direction of writing. The only door to Babel."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import lru_cache
from typing import Any


def iso(value: dt.date) -> str:
    """A value for `<time datetime>`: RFC 3339, to the second, or the bare day."""
    return value.isoformat("T", "seconds") if isinstance(value, dt.datetime) else value.isoformat()


def format_date(value: dt.date, style: str, language: str) -> str:
    """A date in words: `short`, `medium`, `long`, `full`, or a CLDR pattern."""
    day = value.date() if isinstance(value, dt.datetime) else value
    return _format("date", day, style, language)


def format_time(value: dt.datetime, language: str) -> str:
    """Hours and minutes."""
    return _format("time", value.time().replace(second=0), "short", language)


@lru_cache(maxsize=20_000)
def _format(kind: str, value: Any, style: str, language: str) -> str:
    from babel import dates  # 50 ms

    locale = _locale(language)
    formatted = (
        dates.format_date(value, style, locale) if kind == "date" else dates.format_time(value, style, locale=locale)
    )
    return str(formatted)


@lru_cache(maxsize=64)
def _locale(language: str) -> Any:
    """The best locale that Babel knows for a language tag; English where it knows none."""
    from babel import Locale, UnknownLocaleError

    for tag in (language, language.split("-")[0], "en"):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    raise AssertionError(language)


TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""A language tag, as far as its form goes (RFC 5646)."""

_RTL = frozenset("ar arc azb ckb dv fa he ks lrc mzn nqo pnb ps sd syr ug ur yi".split())  # noqa: SIM905  # a list to read
_RTL_SCRIPTS = frozenset({"adlm", "arab", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa"})


@lru_cache(maxsize=256)
def direction(language: str) -> str:
    """`rtl` for what is written from right to left, else `ltr`; a script in the tag (`az-Arab`, `ar-Latn`) decides."""
    primary, *rest = language.lower().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    return "rtl" if (script in _RTL_SCRIPTS if script else primary in _RTL) else "ltr"


@lru_cache(maxsize=256)
def locale_of(language: str) -> str:
    """A language as `og:locale` has it (ogp.me): with the territory where most people speak it, `en_US` for `en`."""
    from babel.core import get_global  # as late as `_format` does

    primary, *rest = language.split("-")
    named = next((part for part in rest if len(part) == 2 and part.isalpha()), "")
    if not named:
        script = [part.title() for part in rest if len(part) == 4 and part.isalpha()]
        likely = get_global("likely_subtags")
        found = likely.get("_".join([primary.lower(), *script])) or likely.get(primary.lower(), "")
        named = next((part for part in str(found).split("_")[1:] if len(part) == 2), "")
    return f"{primary.lower()}_{named.upper()}" if named else primary.lower()


@lru_cache(maxsize=256)
def of_news(language: str) -> str:
    """A language as news sitemaps write it: two or three letters, but `zh-cn` and `zh-tw` for Chinese.

    The source is developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap.
    """
    primary, *rest = language.lower().split("-")
    if primary != "zh":
        return primary
    return "zh-tw" if {"hant", "tw", "hk", "mo"} & set(rest) and "hans" not in rest else "zh-cn"


def alphabetical(text: str) -> str:
    """A sort key: letters without case and marks, so that É stands beside E."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()

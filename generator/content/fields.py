"""Plain values to FrontMatter: each key read by one function, every fault told with its line."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from generator import dates, languages
from generator.content import keys
from generator.content.text import legal
from generator.errors import Problem, Severity
from generator.model.document import (
    Correction,
    CorrectionKind,
    Extra,
    FrontMatter,
    Image,
    Kind,
    Profile,
    Source,
    Status,
)
from generator.permalinks import PathError, is_feed_name, segment_fault, site_path
from generator.records import fields


class FieldError(ValueError):
    """A value cannot be used.

    Attributes:
        fix: The way out.
    """

    def __init__(self, cause: str, fix: str = "") -> None:
        super().__init__(cause)
        self.fix = fix


def read(
    values: Mapping[str, Any], lines: Mapping[str, int], kind: Kind = Kind.POST
) -> tuple[FrontMatter, list[Problem]]:
    """Front matter from plain values, and every problem found; keys with an error are left at their default."""
    problems: list[Problem] = []
    read_values: dict[str, Any] = {}
    for key, raw in values.items():
        value, line = legal(raw), lines.get(key)
        name = "authors" if key == "author" else key
        reader = _READERS.get(name)
        if reader is None:
            problems.append(keys.unknown(key, line, kind, _READERS))
        elif value is None:
            continue
        elif not keys.belongs(name, kind):
            problems.append(keys.misplaced(key, line, kind))
        elif key == "author" and values.get("authors") is not None:
            problems.append(Problem("has both `author` and `authors`", "keep `authors`", line=line))
        else:
            try:
                read_values[name] = reader(value)
            except FieldError as error:
                problems.append(Problem(f"`{key}` {error}", error.fix, line=line))
    problems += _lacking(read_values, problems, lines, kind)
    return FrontMatter(**read_values), problems


def _lacking(
    found: Mapping[str, Any], problems: list[Problem], lines: Mapping[str, int], kind: Kind
) -> Iterator[Problem]:
    """What front matter lacks."""
    if "title" not in found and not any("`title`" in problem.cause for problem in problems):
        cause, fix = "has no title", "add a line such as title: What happened"
        if kind is Kind.AUTHOR:
            cause, fix = "has no title, which is the author's name", "add a line such as title: Ana Flores"
        yield Problem(cause, fix, line=lines.get("title", min(lines.values(), default=1)))
    if "part" in found and "series" not in found:
        cause = "`part` says nothing without `series`, so it is not used"
        yield Problem(cause, "name the series too", line=lines.get("part"), severity=Severity.WARNING)


def _scalar(value: Any) -> str:
    """Any single value as the text that was written."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int | float | dt.date | dt.time):
        return str(value)
    raise FieldError(f"must be text, not {_kind(value)}", "write it on one line, or quote it")


def _kind(value: Any) -> str:
    return "a list" if isinstance(value, list) else "a table of keys" if isinstance(value, dict) else "empty"


def _line(value: Any) -> str:
    """Text of one line."""
    text = " ".join(_scalar(value).split())
    if not text:
        raise FieldError("is empty", "fill it in, or delete the line")
    return text


def _texts(value: Any) -> tuple[str, ...]:
    """A list of texts; one text is a list of one, commas part several."""
    items = value if isinstance(value, list) else [value] if isinstance(value, dict) else _scalar(value).split(",")
    out: list[str] = []
    for item in items:
        if item is None:
            continue
        if isinstance(item, list | dict):
            raise FieldError(f"has {_kind(item)} where a text belongs", "write a plain list: [one, two]")
        text = " ".join(_scalar(item).split())
        if text and text not in out:
            out.append(text)
    return tuple(out)


def _authors(value: Any) -> tuple[str, ...]:
    """Names; a comma belongs to the name, so several authors are a list."""
    return _texts(value if isinstance(value, list) else [value])


def _date(value: Any) -> dt.datetime | dt.date:
    if isinstance(value, dt.date):
        value = value.isoformat(" ") if isinstance(value, dt.datetime) else value.isoformat()
    try:
        return dates.parse(_scalar(value))
    except ValueError as error:
        if isinstance(error, FieldError):
            raise
        raise FieldError(str(error), "write 2026-11-23, 2026-11-23 09:30 or 2026-11-23T09:30:00+01:00") from error


def _flag(value: Any) -> bool:
    text = _scalar(value)
    if text.lower() not in ("true", "false"):
        raise FieldError(f"must be true or false, not {text!r}")
    return text.lower() == "true"


def _whole(least: int, most: int) -> Callable[[Any], int]:
    def read_one(value: Any) -> int:
        text = _scalar(value).strip()
        if not re.fullmatch(r"[-+]?[0-9]{1,6}", text) or not least <= int(text) <= most:
            raise FieldError(f"must be a whole number from {least} to {most}, not {text!r}")
        return int(text)

    return read_one


def _pinned(value: Any) -> bool | dt.datetime | dt.date:
    """Whether, or until when."""
    if _scalar(value).lower() in ("true", "false"):
        return _flag(value)
    try:
        return _date(value)
    except FieldError as error:
        cause = f"must be true, false, or the date until which it holds, not {_scalar(value)!r}"
        raise FieldError(cause, error.fix) from error


def _id(value: Any) -> str:
    text = _scalar(value).strip()
    if not re.fullmatch(r"[^\s\x00-\x1f<>\"'&\\]{1,300}", text) or re.fullmatch(r"\d{1,4}", text):
        raise FieldError(
            f"is no identity: {text!r}",
            "use letters, digits and . _ : / -, but not 1 to 4 digits alone; `dateline new` makes one",
        )
    return text


def _slug(value: Any) -> str:
    text = _line(value)
    if "/" in text:
        raise FieldError(f"is one part of a URL, without slashes: {text!r}", "use `permalink` for a whole path")
    fault = "has a percent sign, which URLs read as an escape" if "%" in text else segment_fault(text)
    if fault:
        raise FieldError(fault, "use letters, digits and hyphens, or leave it out")
    return text


def _path(value: Any) -> str:
    text = _line(value)
    try:
        return site_path(text)
    except PathError as error:
        fix = "write a path from the site's root, such as /2023/05/story/"
        raise FieldError(f"{text!r} {error}", fix) from error


def _aliases(value: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_alias(item) for item in _texts(value if isinstance(value, list) else [value])))


def _alias(value: Any) -> str:
    path = _path(value)
    if is_feed_name(path):
        fix = "lead an old feed to the new one below [redirects] in site.toml"
        raise FieldError(
            f"{path!r} would be a page of HTML under the name of a feed, which no reader of feeds takes", fix
        )
    return path


def _url(value: Any) -> str:
    text = _scalar(value).strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc or re.search(r"[\s<>\"\\]", text):
        raise FieldError(f"is no whole web address: {text!r}", "begin it with https://")
    return text


def _language(value: Any) -> str:
    text = _scalar(value).strip().replace("_", "-")
    if not languages.TAG.fullmatch(text):
        raise FieldError(f"is no language tag: {text!r}", "use a tag such as en, tr or pt-BR")
    return text


def _template(value: Any) -> str:
    text = _scalar(value).strip()
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", text):
        raise FieldError(f"is no template's name: {text!r}", "name a file of the theme without .html")
    return text


def _one_of(kind: type[Status] | type[CorrectionKind]) -> Callable[[Any], Any]:
    def read_one(value: Any) -> Any:
        text = _scalar(value).strip().lower()
        if text not in list(kind):
            raise FieldError(f"is {text!r}; it can be {', '.join(kind)}")
        return kind(text)

    return read_one


def _table(value: Any, readers: Mapping[str, Callable[[Any], Any]], needs: tuple[str, ...]) -> dict[str, Any]:
    """A nested table, each of its keys read by its own function."""
    if not isinstance(value, dict):
        raise FieldError(f"must have the keys {', '.join(readers)}", "indent them below it, one a line")
    out = {}
    for key, item in value.items():
        if key not in readers:
            raise FieldError(f"has the unknown key `{key}`", f"known are {', '.join(readers)}")
        if item is not None:
            try:
                out[key] = readers[key](item)
            except FieldError as error:
                raise FieldError(f"has a fault: `{key}` {error}", error.fix) from error
    if missing := [key for key in needs if key not in out]:
        raise FieldError(f"lacks `{missing[0]}`", f"add {missing[0]}: below it")
    return out


def _src(value: Any) -> str:
    text = _scalar(value).strip()
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", text)
    if (
        not text
        or text.startswith(("//", "?", "#"))
        or (scheme and scheme[1].lower() not in ("http", "https"))
        or re.search(r"[\x00-\x1f<>\"\\]", text)
    ):
        raise FieldError(f"is no picture's address: {text!r}", "name a file beside the article, or /images/name.jpg")
    return text


def _optional_line(value: Any) -> str:
    return " ".join(_scalar(value).split())


def _image(value: Any) -> Image:
    if isinstance(value, str):
        return Image(_src(value))
    plain = _optional_line
    return Image(**_table(value, {"src": _src, "alt": plain, "caption": plain, "credit": plain}, ("src",)))


def _corrections(value: Any) -> tuple[Correction, ...]:
    if not isinstance(value, list):
        raise FieldError("must be a list of notes with date, kind and text", "begin each note with a hyphen")
    readers = {"date": _date, "kind": _one_of(CorrectionKind), "text": _line}
    out = []
    for number, item in enumerate(value, 1):
        try:
            out.append(Correction(**_table(item, readers, ("date", "kind", "text"))))
        except FieldError as error:
            raise FieldError(f"note {number} {error}", error.fix) from error
    return tuple(out)


def _links(value: Any) -> tuple[Profile, ...]:
    """Places elsewhere, each with its label; a plain address is labelled with its host."""
    found = []
    for number, item in enumerate(value if isinstance(value, list) else [value], 1):
        try:
            if isinstance(item, dict):
                found.append(Profile(**_table(item, {"label": _line, "url": _url}, ("label", "url"))))
            else:
                url = _url(item)
                found.append(Profile(urlsplit(url).netloc.removeprefix("www."), url))
        except FieldError as error:
            raise FieldError(f"link {number} {error}", error.fix) from error
    return tuple(found)


def _email(value: Any) -> str:
    """An address that HTML's own forms would take (html.spec.whatwg.org, "valid email address")."""
    text = _scalar(value).strip().removeprefix("mailto:")
    label = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    if len(text) > 254 or not re.fullmatch(rf"[A-Za-z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{label}(?:\.{label})+", text):
        raise FieldError(f"is no e-mail address: {text!r}", "write it plainly: ana@example.org")
    return text


def _source(value: Any) -> Source:
    if isinstance(value, str):
        return Source(name=_line(value))
    plain = _optional_line
    readers: dict[str, Callable[[Any], Any]] = {
        "name": plain, "url": _url, "author": plain, "retrieved": _day, "sha256": plain, "licence": plain,
        "written": plain,
    }  # fmt: skip
    return Source(**_table(value, readers, ()))


def _day(value: Any) -> dt.date:
    date = _date(value)
    return date.date() if isinstance(date, dt.datetime) else date


def _extra(value: Any) -> Extra:
    if not isinstance(value, dict):
        raise FieldError("must be a table of keys", "indent your own keys below `extra:`")
    return Extra(value)


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "title": _line,
    "date": _date,
    "id": _id,
    "slug": _slug,
    "permalink": _path,
    "aliases": _aliases,
    "section": _line,
    "tags": _texts,
    "authors": _authors,
    "summary": _line,
    "image": _image,
    "updated": _date,
    "corrections": _corrections,
    "status": _one_of(Status),
    "expires": _date,
    "featured": _flag,
    "weight": _whole(-99, 99),
    "pinned": _pinned,
    "series": _line,
    "part": _whole(1, 9999),
    "language": _language,
    "links": _links,
    "email": _email,
    "canonical": _url,
    "template": _template,
    "source": _source,
    "extra": _extra,
}

KEYS = tuple(spec.name for spec in fields(FrontMatter))
"""Every key, in the order in which files are written."""

if set(KEYS) != set(_READERS):  # pragma: no cover  # a field without a reader would pass unread
    raise AssertionError(set(KEYS) ^ set(_READERS))

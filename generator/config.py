"""`site.toml`: read and checked once, key by key, so that every mistake is told in one run.

Every setting is a field of `Settings`, `Markup` or `Feeds`; docs/settings.md documents each, and a test compares.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, get_type_hints
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import msgspec

from generator import languages
from generator.errors import Problem, SettingsError
from generator.model.document import Extra
from generator.permalinks import PathError, Pattern, collision_key, href, segment_fault, site_path

NAME = "site.toml"
RAW_HTML = ("clean", "allow", "escape")
ARCHIVES = ("day", "month", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """`[markup]`.

    Attributes:
        extensions: Names of Python-Markdown extensions.
        raw_html: What happens to HTML in an article: `clean`, `allow` or `escape`.
        time_limit: Seconds of processor time that one article may take.
    """

    extensions: tuple[str, ...] = ("extra", "sane_lists", "toc")
    raw_html: str = "clean"
    time_limit: float = 10.0


FEED_FORMATS = ("rss", "atom", "json")
FEED_CONTENT = ("full", "summary")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeds:
    """`[feeds]`.

    Attributes:
        items: Stories in a feed.
        formats: Of each feed, in order of preference; some of FEED_FORMATS.
        content: `full`, or `summary`.
        hubs: WebSub hubs, which tell subscribers of news at once.
        id: The permanent identity of the site's feeds; made from the host where empty.
    """

    items: int = 30
    formats: tuple[str, ...] = FEED_FORMATS
    content: str = "full"
    hubs: tuple[str, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NavigationEntry:
    """`[[navigation]]`: a link beside the sections."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A site's settings. Meanings and defaults: docs/settings.md."""

    title: str
    base_url: str
    description: str = ""
    language: str = "en"
    timezone: str = "UTC"
    theme: str = "broadsheet"
    permalink: str = "/{year}/{month}/{slug}/"
    page_size: int = 20
    archive: str = "day"
    author_lists: bool = True
    news_sitemap: bool = True
    corrections: bool = True
    logo: str = ""
    copyright: str = ""
    sections: Mapping[str, str] = field(default_factory=dict)
    navigation: tuple[NavigationEntry, ...] = ()
    markup: Markup = field(default_factory=Markup)
    feeds: Feeds = field(default_factory=Feeds)
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def pattern(self) -> Pattern:
        """The permalink pattern."""
        return Pattern.parse(self.permalink)

    @property
    def theme_extra(self) -> Extra:
        """`[extra]`, frozen for the theme."""
        return Extra(self.extra)


def load(root: Path, overrides: Mapping[str, str] | None = None) -> Settings:
    """Read `site.toml` of the site at `root`.

    Args:
        root: The site's folder.
        overrides: Settings from the command line, which win.

    Raises:
        SettingsError: With every problem of the file.
    """
    path = root / NAME
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise SettingsError(
            Problem(
                f"there is no {NAME} in {root.resolve()}",
                "run `dateline init DIR` to begin a site, or name its folder with --source DIR",
            )
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(Problem(f"cannot be read: {error}", "save it as UTF-8 text", NAME)) from error
    return parse(text, overrides)


def parse(text: str, overrides: Mapping[str, str] | None = None) -> Settings:
    """Settings from the text of a `site.toml`; see `load`.

    Raises:
        SettingsError: With every problem of the text.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else text.rstrip().count("\n") + 1
        cause = re.sub(r" ?\(at .*\)$", "", str(error))
        raise SettingsError(Problem(f"is not TOML: {cause}", "see https://toml.io", NAME, line)) from error
    except (RecursionError, ValueError) as error:  # Python refuses whole numbers of more than 4,300 digits
        raise SettingsError(Problem("nests too deep, or has an endless number", "flatten or quote it", NAME)) from error
    table.update(overrides or {})
    reader = _Reader(text, overrides or {})
    values = reader.read(Settings, table, "")
    if reader.problems:
        raise SettingsError(*reader.problems)
    return Settings(**values)


class _Reader:
    """Turns tables into field values and gathers problems."""

    def __init__(self, text: str, overrides: Mapping[str, str]) -> None:
        self.text = text
        self.overrides = overrides
        self.problems: list[Problem] = []

    def read(self, kind: type, table: Mapping[str, Any], prefix: str) -> dict[str, Any]:
        types = get_type_hints(kind)
        known = [spec.name for spec in fields(kind)]
        for key in table:
            if key not in known:
                self._unknown(prefix + key, known, prefix)
        values = {}
        for key in known:
            if key in table:
                value = self._value(types[key], table[key], prefix + key)
                if value is not None:
                    values[key] = value
            elif not prefix and key in ("title", "base_url"):
                example = {"title": 'title = "The Daily"', "base_url": 'base_url = "https://example.org"'}[key]
                self.problems.append(Problem(f"`{key}` is missing", f"add a line such as {example}", NAME, 1))
        return values

    def _value(self, kind: Any, raw: Any, key: str) -> Any:
        """One converted and checked value; None where a problem was noted."""
        if kind in (Markup, Feeds):
            if not isinstance(raw, dict):
                return self._fault(key, f"must be a table, [{key}]", "")
            return kind(**self.read(kind, raw, f"{key}."))
        if key == "navigation":
            self._unknown_entries(raw)
        if isinstance(raw, str) and re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", raw):
            return self._fault(key, "has a control character", "delete it")
        try:
            value = msgspec.convert(raw, kind)
        except msgspec.ValidationError as error:
            return self._fault(
                key, f"has the wrong kind of value: {_plain(error)}", "see docs/settings.md for an example"
            )
        check = _CHECKS.get(key)
        if check and (fault := check(value)):
            return self._fault(key, *fault)
        return value.rstrip("/") if key == "base_url" else value

    def _unknown_entries(self, raw: Any) -> None:
        known = [spec.name for spec in fields(NavigationEntry)]
        for entry in raw if isinstance(raw, list) else ():
            for key in entry if isinstance(entry, dict) else ():
                if key not in known:
                    self._unknown(f"navigation.{key}", known, "navigation.")

    def _fault(self, key: str, cause: str, fix: str) -> None:
        if key in self.overrides:
            self.problems.append(Problem(f"--{key.replace('_', '-')} {cause}", fix))
        else:
            self.problems.append(Problem(f"`{key}` {cause}", fix, NAME, self._line(key)))

    def _unknown(self, key: str, known: list[str], prefix: str) -> None:
        near = difflib.get_close_matches(key.removeprefix(prefix), known, 1)
        fix = f"did you mean `{prefix}{near[0]}`?" if near else "remove it; your own values belong under [extra]"
        self.problems.append(Problem(f"`{key}` is not a setting", fix, NAME, self._line(key)))

    def _line(self, key: str) -> int | None:
        """The line that sets `key` (`table.key` below `[table]`)."""
        table, _, name = key.rpartition(".")
        quote, current = "[\"']?", ""
        plain = rf"\s*{quote}{re.escape(name)}{quote}\s*[=.]"
        dotted = rf"\s*{quote}{re.escape(table)}{quote}\s*(\.\s*{quote}{re.escape(name)}{quote}\s*=|=\s*{{)"
        for number, line in enumerate(self.text.splitlines(), 1):
            if header := re.match(r"\s*\[+\s*([^\]]+?)\s*\]+", line):
                current = header[1]
                if current == key:
                    return number
            elif re.match(plain if current == table else dotted if not current else r"(?!)", line):
                return number
        return None


def _plain(error: msgspec.ValidationError) -> str:
    """The library's message in words of TOML."""
    text = re.sub(r" - at `?\$\[(\d+)\].*", lambda match: f" in entry {int(match[1]) + 1}", str(error).lower())
    text = re.sub(r" - at .*", "", text).rstrip(".").replace("object missing required field", "lacks")
    for ours, theirs in (
        ("text", "`str`"),
        ("a whole number", "`int`"),
        ("a number", "`float`"),
        ("true or false", "`bool`"),
        ("a list", "`array`"),
        ("a table", "`object`"),
    ):
        text = text.replace(theirs, ours)
    return text.replace("`", "")


Fault = tuple[str, str]


def _check_base_url(value: str) -> Fault | None:
    example = 'such as "https://example.org"'
    try:
        parts = urlsplit(value)
        sound = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 1) > 0
        path = parts.path.rstrip("/")
        sound = sound and not re.search(r"[\s<>\"\\?#]", value) and href(site_path(path), "").rstrip("/") == path
    except ValueError:  # PathError is one too
        sound = False
    if not sound:
        return "must be the site's whole address, with http or https", example
    return ("would publish a name or password", example) if "@" in parts.netloc else None


def _check_timezone(value: str) -> Fault | None:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        return f"names no time zone: {value!r}", 'use a name such as "Europe/London"'
    return None


def _check_language(value: str) -> Fault | None:
    if not languages.TAG.fullmatch(value):
        return f"is no language tag: {value!r}", 'use a tag such as "en", "tr" or "pt-BR"'
    return None


def _check_logo(value: str) -> Fault | None:
    sound = re.fullmatch(r"(/|https?://[^\s<>\"\\/]+/)[^\s<>\"\\]*", value) and not value.startswith("//")
    return None if sound or not value else (f"leads to no picture: {value!r}", "begin it with / or https://")


def _check_permalink(value: str) -> Fault | None:
    try:
        Pattern.parse(value)
    except PathError as error:
        return str(error), 'such as "/{year}/{month}/{slug}/"'
    return None


def _check_theme(value: str) -> Fault | None:
    if segment_fault(value):
        return f"must be the name of a folder below themes/, not {value!r}", 'such as "broadsheet"'
    return None


def _check_sections(value: Mapping[str, str]) -> Fault | None:
    seen: dict[str, str] = {}
    for slug, name in value.items():
        if segment_fault(slug):
            return f"has a name that cannot be part of a URL: {slug!r}", 'use slug = "Name"'
        if not name.strip():
            return f"has no name for {slug!r}", f'write {slug} = "Name"'
        other = seen.setdefault(collision_key(slug), slug)
        if other != slug:
            return f"has {other!r} and {slug!r}, which some systems take for one", "rename one of them"
    return None


def _check_navigation(value: tuple[NavigationEntry, ...]) -> Fault | None:
    for entry in value:
        if not re.match(r"/(?!/)|https?://|mailto:|tel:|#", entry.url):
            return f"has a URL that leads nowhere: {entry.url!r}", "begin it with / or https://"
    return None


def _positive(most: float) -> Callable[[float], Fault | None]:
    def check(value: float) -> Fault | None:
        return None if 0 < value <= most else (f"must be above 0 and at most {most}, not {value}", "")

    return check


def _check_extensions(value: tuple[str, ...]) -> Fault | None:
    bad = [name for name in value if not re.fullmatch(r"[A-Za-z_][\w.:]*", name)]
    return (f"has a name that is no extension: {bad[0]!r}", "") if bad else None


def _one_of(known: tuple[str, ...]) -> Callable[[str], Fault | None]:
    def check(value: str) -> Fault | None:
        return None if value in known else (f"must be one of {', '.join(known)}, not {value!r}", "")

    return check


def _check_formats(value: tuple[str, ...]) -> Fault | None:
    if unknown := [name for name in value if name not in FEED_FORMATS]:
        return f"knows {', '.join(FEED_FORMATS)}, not {unknown[0]!r}", ""
    if not value or len(set(value)) < len(value):
        return "must name at least one format, and none twice", 'such as ["rss", "atom"]'
    return None


def _check_hubs(value: tuple[str, ...]) -> Fault | None:
    bad = [url for url in value if not re.fullmatch(r"https?://[^\s<>\"\\/]+(/[^\s<>\"\\]*)?", url)]
    return (f"has a hub that is no web address: {bad[0]!r}", "begin it with https://") if bad else None


def _check_feed_id(value: str) -> Fault | None:
    sound = re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"\\]+", value) or not value
    return None if sound else (f"is no identity: {value!r}", 'such as "urn:uuid:..." or "tag:example.org,2026:news"')


def _not_blank(value: str) -> Fault | None:
    return None if value.strip() else ("must not be empty", "")


_CHECKS: Mapping[str, Callable[[Any], Fault | None]] = {
    "title": _not_blank,
    "base_url": _check_base_url,
    "language": _check_language,
    "timezone": _check_timezone,
    "theme": _check_theme,
    "permalink": _check_permalink,
    "logo": _check_logo,
    "page_size": _positive(1000),
    "archive": _one_of(ARCHIVES),
    "sections": _check_sections,
    "navigation": _check_navigation,
    "markup.extensions": _check_extensions,
    "markup.raw_html": _one_of(RAW_HTML),
    "markup.time_limit": _positive(3600),
    "feeds.items": _positive(1000),
    "feeds.formats": _check_formats,
    "feeds.content": _one_of(FEED_CONTENT),
    "feeds.hubs": _check_hubs,
    "feeds.id": _check_feed_id,
}

"""`site.toml`: read and checked once, key by key, so that every mistake is told in one run.

Every setting is a field of `Settings`, `Markup` or `Feeds`; docs/settings.md documents each, and a test compares.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_type_hints
from zoneinfo import ZoneInfo

import msgspec

from generator.config import hosting
from generator.config.checks import CHECKS, FEED_FORMATS
from generator.config.hosting import Deploy
from generator.config.lines import line_of, unreadable
from generator.errors import Problem, SettingsError, similar
from generator.model.document import Extra
from generator.permalinks import Pattern
from generator.records import Record, field, fields

NAME = "site.toml"


class Markup(Record, frozen=True, kw_only=True):
    """`[markup]`.

    Attributes:
        extensions: Names of Python-Markdown extensions.
        raw_html: What happens to HTML in an article: `clean`, `allow` or `escape`.
        time_limit: Seconds of processor time that one article may take.
    """

    extensions: tuple[str, ...] = ("extra", "sane_lists", "toc")
    raw_html: str = "clean"
    time_limit: float = 10.0


class Feeds(Record, frozen=True, kw_only=True):
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


class NavigationEntry(Record, frozen=True, kw_only=True):
    """`[[navigation]]`: a link beside the sections."""

    label: str
    url: str


class Settings(Record, frozen=True, kw_only=True):
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
    redirects: Mapping[str, str] = field(default_factory=dict)
    markup: Markup = field(default_factory=Markup)
    feeds: Feeds = field(default_factory=Feeds)
    deploy: Mapping[str, Deploy] = field(default_factory=dict)
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
    except NotADirectoryError:
        fix = f"name the site's folder with --source DIR, the one that holds {NAME}"
        raise SettingsError(Problem(f"{root} is a file, no folder", fix)) from None
    except OSError as error:
        fix = f"check its permissions; {NAME} is a file of text"
        raise SettingsError(Problem(f"cannot be read: {error.strerror}", fix, NAME)) from error
    except UnicodeDecodeError as error:
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
        raise SettingsError(unreadable(text, str(error)).at(NAME)) from error
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
        if kind in (Markup, Feeds) or key == "deploy":
            if not isinstance(raw, dict):
                return self._fault(key, f"must be a table, [{key}]", "")
            return self._targets(raw) if key == "deploy" else kind(**self.read(kind, raw, f"{key}."))
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
        check = CHECKS.get(re.sub(r"^deploy\.[^.]*\.", "deploy.", key))
        if check and (fault := check(value)):
            return self._fault(key, *fault)
        return value.rstrip("/") if key == "base_url" else value

    def _targets(self, tables: Mapping[str, Any]) -> dict[str, Deploy]:
        """The places to publish to, by name."""
        found = {}
        for name, table in tables.items():
            key = f"deploy.{name}"
            if not isinstance(table, dict):
                self._fault(key, f"must be a table, [{key}]", "see docs/deploy.md")
                continue
            before = len(self.problems)
            values = self.read(Deploy, table, f"{key}.")
            if len(self.problems) == before:
                for cause, fix in hosting.faults(name, table):
                    self._fault(key, cause, fix)
            if len(self.problems) == before:
                found[name] = Deploy(**values)
        return found

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
            self.problems.append(Problem(f"`{key}` {cause}", fix, NAME, line_of(self.text, key)))

    def _unknown(self, key: str, known: list[str], prefix: str) -> None:
        near = similar(key.removeprefix(prefix), known)
        fix = f"did you mean `{prefix}{near[0]}`?" if near else "remove it; your own values belong under [extra]"
        self.problems.append(Problem(f"`{key}` is not a setting", fix, NAME, line_of(self.text, key)))


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

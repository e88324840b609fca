"""What sources tell of the old site, as lines that a publisher may put into `site.toml`. Nothing is written there."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from generator import config
from generator.config import Settings
from generator.errors import Problem, SettingsError, warning
from generator.importer.articles import SiteFound
from generator.importer.normal import line
from generator.permalinks import split_base

_KEYS = ("title", "base_url", "description", "language", "timezone", "permalink")


def lines(sites: Iterable[SiteFound], settings: Settings, root: Path) -> tuple[str, ...]:
    """The settings of the old site that the new one has otherwise, each as the first source says it.

    A line that would stand beside one that `site.toml` has already says so: two of one key are an error.
    """
    found: dict[str, str] = {}
    written = _written(root)
    for site in sites:
        for key in _KEYS:
            value = line(getattr(site, key))
            if value and key not in found and value != getattr(settings, key) and _is_valid(key, value):
                instead = f"  # instead of {_quoted(str(written[key]))}" if key in written else ""
                found[key] = f"{key} = {_quoted(value)}{instead}"
    return tuple(_in_order(found))


def sections(used: Collection[tuple[str, str]], settings: Settings) -> tuple[str, ...]:
    """The sections of articles, as slug and name, that `site.toml` does not have beside those that it has."""
    if not settings.sections:
        return ()
    slugs = {slug: slug if re.fullmatch(r"[A-Za-z0-9_-]+", slug) else _quoted(slug) for slug, _ in used}
    return tuple(f"{slugs[slug]} = {_quoted(name)}  # below [sections]" for slug, name in sorted(used))


def redirects(sites: Iterable[SiteFound], settings: Settings) -> tuple[str, ...]:
    """Where the old site's feed leads, to which readers have subscribed, if the new one has none at its address."""
    from generator.plan.chrome import FORMATS  # for the few imports that are of a whole site

    files = [FORMATS[name].file for name in settings.feeds.formats]
    old = sorted({site.feed for site in sites} - {"", *settings.redirects, *(f"/{file}" for file in files)})
    return tuple(f'{_quoted(feed)} = "/{files[0]}"  # below [redirects]' for feed in old)


def again(sites: Iterable[SiteFound], settings: Settings) -> Problem | None:
    """That addresses were kept against a base URL that the proposal would change."""
    bases = (line(site.base_url) for site in sites)
    base = next((base for base in bases if base and _is_valid("base_url", base)), None)
    below = split_base(base)[1] if base else ""
    if not below or split_base(settings.base_url)[1]:
        return None
    cause = f"the old site was below {below}, so the addresses that were kept begin with it"
    fix = f"if you set base_url as proposed, import once more before you build, which takes {below} off them"
    return warning(cause, fix)


def _written(root: Path) -> dict[str, Any]:
    """What `site.toml` says itself, apart from what holds anyway."""
    try:
        return tomllib.loads((root / config.NAME).read_text("utf-8-sig"))
    except (OSError, ValueError):  # it was good a moment ago
        return {}


def _in_order(found: dict[str, str]) -> Iterator[str]:
    return (found[key] for key in _KEYS if key in found)


def _is_valid(key: str, value: str) -> bool:
    """Whether `site.toml` may say it."""
    given = {"title": "T", "base_url": "https://example.org", key: value}
    try:
        config.parse("".join(f"{name} = {_quoted(text)}\n" for name, text in given.items()))
    except SettingsError:
        return False
    return True


def _quoted(text: str) -> str:
    """A text as TOML writes it, which is as JSON does but for U+007F."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")

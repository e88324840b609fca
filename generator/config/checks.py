"""What must hold of single settings, beside their kinds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from generator import languages
from generator.config import hosting
from generator.config.hosting import Fault, one_of
from generator.permalinks import PathError, Pattern, collision_key, href, out_path, segment_fault, site_path

RAW_HTML = ("clean", "allow", "escape")
ARCHIVES = ("day", "month", "none")
FEED_FORMATS = ("rss", "atom", "json")
FEED_CONTENT = ("full", "summary")


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


def _check_redirects(value: Mapping[str, str]) -> Fault | None:
    seen: dict[str, str] = {}
    for path in (*value, *value.values()):
        try:
            whole = site_path(path)
        except PathError as error:
            return f"has the address {path!r}, which {error}", "write paths from the site's root, such as /town/"
        if not path.startswith("/"):
            return f"has the address {path!r}, which is no path from the site's root", f"write /{whole.lstrip('/')}"
        if path in value and (other := seen.setdefault(collision_key(out_path(whole)), path)) != path:
            return f"has {other!r} and {path!r}, at which the same file would answer", "take one of them out"
    for new in value.values():
        whole = site_path(new)
        if not seen.keys().isdisjoint(collision_key(out_path(path)) for path in (whole, f"{whole.rstrip('/')}/")):
            return f"leads to {new!r}, which leads on itself", "lead it to the last address"
    return None


def _check_navigation(value: tuple[Any, ...]) -> Fault | None:
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


CHECKS: Mapping[str, Callable[[Any], Fault | None]] = {
    "title": _not_blank,
    "base_url": _check_base_url,
    "language": _check_language,
    "timezone": _check_timezone,
    "theme": _check_theme,
    "permalink": _check_permalink,
    "logo": _check_logo,
    "page_size": _positive(1000),
    "archive": one_of(ARCHIVES),
    "sections": _check_sections,
    "navigation": _check_navigation,
    "redirects": _check_redirects,
    "markup.extensions": _check_extensions,
    "markup.raw_html": one_of(RAW_HTML),
    "markup.time_limit": _positive(3600),
    "feeds.items": _positive(1000),
    "feeds.formats": _check_formats,
    "feeds.content": one_of(FEED_CONTENT),
    "feeds.hubs": _check_hubs,
    "feeds.id": _check_feed_id,
    **hosting.CHECKS,
    "deploy.base_url": _check_base_url,
}

"""For nginx: what to include in a `server` block whose `root` is the site's folder."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.deploy import headers
from generator.deploy.hosts.values import FINGERPRINT, Rules, lines


def files(rules: Rules) -> dict[str, bytes]:
    """The file, beside the site."""
    return {"/nginx.conf": lines(_all(rules))}


def _all(rules: Rules) -> Iterator[str]:
    yield "# Made by Dateline. Include it in a server block: include .../current/host/nginx.conf;"
    yield "index index.html;"
    yield "absolute_redirect off;"
    yield "etag on;"
    yield from _types(rules)
    yield from _packed(rules)
    yield from _headers(rules)
    yield from _hidden()
    yield from _feeds(rules)
    yield from _caching(rules)
    yield from _pages(rules)
    yield from (f'location = {_text(old)} {{ return 301 "{new}"; }}' for old, new in rules.redirects)
    for url, page in rules.gone:
        yield from _gone(rules, url, page)


def _types(rules: Rules) -> Iterator[str]:
    """Types by suffix. The charset is told apart, since nginx adds it to the types that it is named."""
    bare = {kind.partition(";")[0] for kind in [*rules.types.values(), *dict(rules.feeds).values()] if ";" in kind}
    yield "charset utf-8;"
    if spoken := sorted(bare - {"text/html"}):  # nginx names text/html by itself
        yield f"charset_types {' '.join(spoken)};"
    yield "default_type application/octet-stream;"
    yield "types {"
    yield from (f"    {kind.partition(';')[0]} {suffix};" for suffix, kind in rules.types.items())
    yield "}"


def _packed(rules: Rules) -> Iterator[str]:
    if "gz" in rules.packed:
        yield "gzip_static on;"
        yield "gzip_vary on;"


def _headers(rules: Rules) -> Iterator[str]:
    """Said once, for no location below has headers of its own; what a variable holds is decided there."""
    yield f'set $dateline_cache "{rules.short}";'
    yield "add_header Cache-Control $dateline_cache;"
    yield from (f'add_header {name} "{value}" always;' for name, value in rules.security)


def _caching(rules: Rules) -> Iterator[str]:
    yield f'location ~ "{FINGERPRINT}" {{ set $dateline_cache "{headers.FOREVER}"; }}'
    yield f'location = "{rules.base_path}/feed.css" {{ }}'
    if rules.suffixes:
        lasting = "|".join(map(re.escape, rules.suffixes))
        yield f'location ~* "\\.({lasting})$" {{ set $dateline_cache "{headers.LASTING}"; }}'


def _feeds(rules: Rules) -> Iterator[str]:
    for name, kind in rules.feeds:
        yield f'location ~ "/{re.escape(name)}$" {{ types {{ }} default_type {kind.partition(";")[0]}; }}'


def _pages(rules: Rules) -> Iterator[str]:
    if rules.not_found:
        yield f"error_page 404 {rules.base_path}/404.html;"
        yield f"error_page 410 {rules.base_path}/404.html;"
    if rules.bare:
        yield f"location {rules.base_path}/ {{"
        yield "    if (-f $request_filename.html) { rewrite ^(.*)$ $1.html last; }"
        yield "}"


def _hidden() -> Iterator[str]:
    """Nothing hidden is ever asked for by a reader; a certificate's proof is."""
    yield 'location ~ "/\\.(?!well-known/)" { return 404; }'


def _gone(rules: Rules, url: str, page: str) -> Iterator[str]:
    if page and "$" not in page:  # which nginx would take for a variable
        inner = f"{rules.base_path}/{page}"
        yield f"location = {_text(url)} {{ error_page 410 {_text(inner)}; return 410; }}"
    else:
        yield f"location = {_text(url)} {{ return 410; }}"


def _text(url: str) -> str:
    """A decoded path in quotation marks."""
    return '"' + url.replace("\\", "\\\\").replace('"', '\\"') + '"'

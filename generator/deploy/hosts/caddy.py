"""For Caddy: what to import into a site's block, after its `root`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.deploy import headers
from generator.deploy.hosts.values import FINGERPRINT, Rules, lines


def files(rules: Rules) -> dict[str, bytes]:
    """The file, beside the site."""
    return {"/Caddyfile": lines(_all(rules))}


def _all(rules: Rules) -> Iterator[str]:
    yield "# Made by Dateline. Import it into a site's block: import .../current/host/Caddyfile"
    yield "header {"
    yield from (f"    {name} {_text(value)}" for name, value in rules.security)
    yield "}"
    yield from _caching(rules)
    yield from _types(rules)
    yield "@dateline_hidden {"
    yield "    path_regexp /[.]"
    yield f"    not path {rules.base_path}/.well-known/*"
    yield "}"
    yield "error @dateline_hidden 404"
    yield from _table("moved", rules.redirects)
    yield from ["redir @dateline_moved {dateline_moved} 301"] if rules.redirects else []
    yield from _table("gone", [(url, "gone") for url, _ in rules.gone])
    yield from ["error @dateline_gone 410"] if rules.gone else []
    yield from _errors(rules)
    if rules.bare:
        yield "try_files {path} {path}.html"
    yield "file_server {"
    if rules.packed:
        yield f"    precompressed {' '.join(headers.ENCODINGS[ending] for ending in rules.packed)}"
    yield "}"


def _table(name: str, rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """A matcher of some addresses, which are compared as they are, and what each stands for."""
    found = [f"    {_text(key)} {_text(value)}" for key, value in rows]
    if found:
        yield f"map {{http.request.orig_uri.path}} {{dateline_{name}}} {{"
        yield from found
        yield '    default ""'
        yield "}"
        yield f'@dateline_{name} expression `{{dateline_{name}}} != ""`'


def _caching(rules: Rules) -> Iterator[str]:
    """Three kinds of files, none in two of them."""
    lasting = f"(?i)[.]({'|'.join(map(re.escape, rules.suffixes))})$" if rules.suffixes else "^$"
    brief = f"/({'|'.join(re.escape(name) for name, _ in rules.feeds)}|feed[.]css)$"
    yield f"@dateline_forever path_regexp {FINGERPRINT}"
    yield "@dateline_lasting {"
    yield f"    path_regexp {lasting}"
    yield f"    not path_regexp {FINGERPRINT}"
    yield f"    not path_regexp {brief}"
    yield "}"
    yield "@dateline_brief {"
    yield f"    not path_regexp {lasting}"
    yield f"    not path_regexp {FINGERPRINT}"
    yield "}"
    yield f"@dateline_feed path_regexp {brief}"
    for which, value in (
        ("forever", headers.FOREVER),
        ("lasting", headers.LASTING),
        ("brief", rules.short),
        ("feed", rules.short),
    ):
        yield f"header @dateline_{which} Cache-Control {_text(value)}"


def _types(rules: Rules) -> Iterator[str]:
    """By suffix, but for feeds: of two headers that fit one file, Caddy does not say which one counts."""
    names = "|".join(re.escape(name) for name, _ in rules.feeds)
    for suffix, kind in rules.types.items():
        if suffix != "html":
            yield f"@dateline_{suffix} {{"
            yield f"    path_regexp (?i)[.]{suffix}$"
            yield from [f"    not path_regexp /({names})$"] if names else []
            yield "}"
            yield f"header @dateline_{suffix} Content-Type {_text(kind)}"
    for number, (name, kind) in enumerate(rules.feeds):
        yield f"@dateline_feed{number} path_regexp /{re.escape(name)}$"
        yield f"header @dateline_feed{number} Content-Type {_text(kind)}"


def _errors(rules: Rules) -> Iterator[str]:
    if not rules.not_found:
        return
    page = f"{rules.base_path}/404.html"
    yield "handle_errors {"
    yield "    header Cache-Control no-cache"
    yield '    header Content-Type "text/html; charset=utf-8"'
    yield from (f"    header {name} {_text(value)}" for name, value in rules.security)
    yield "    @dateline_taken expression `{http.error.status_code} == 410`"
    yield "    handle @dateline_taken {"
    yield f"        try_files {{path}} {{path}}index.html {{path}}.html {page}"
    yield "        file_server"
    yield "    }"
    yield "    handle {"
    yield f"        rewrite * {page}"
    yield "        file_server"
    yield "    }"
    yield "}"


def _text(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'

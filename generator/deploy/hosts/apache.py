"""For Apache: `.htaccess` at the top of the site. It needs `AllowOverride All`, mod_rewrite, mod_headers, mod_mime."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.deploy import headers
from generator.deploy.hosts.values import FINGERPRINT, Rules, lines


def files(rules: Rules) -> dict[str, bytes]:
    """The file, in the site."""
    return {".htaccess": lines(_all(rules))}


def _all(rules: Rules) -> Iterator[str]:
    yield "# Made by Dateline."
    yield "DirectoryIndex index.html"
    yield "Options -Indexes -MultiViews"
    yield "FileETag MTime Size"
    if rules.not_found:
        yield from (f"ErrorDocument {status} {rules.base_path}/404.html" for status in (404, 410))
    yield from (f'AddType "{kind}" .{suffix}' for suffix, kind in rules.types.items())
    yield from (f'<Files "{name}">\n    ForceType "{kind}"\n</Files>' for name, kind in rules.feeds)
    yield from _headers(rules)
    yield "RewriteEngine On"
    yield f"RewriteBase {rules.base_path}/"
    yield r"RewriteRule (^|/)\.(?!well-known/) - [R=404,L]"
    for old, new in rules.redirects:
        yield f"RewriteRule {_pattern(rules, old)} {_target(new)} [R=301,L,NE]"
    yield from (f"RewriteRule {_pattern(rules, url)} - [R=410,L]" for url, _ in rules.gone)
    if rules.bare:
        yield "RewriteCond %{REQUEST_FILENAME}.html -f"
        yield "RewriteRule ^(.+)$ $1.html [L]"


def _headers(rules: Rules) -> Iterator[str]:
    yield from (f'Header always set {name} "{value}"' for name, value in rules.security)
    yield f'Header set Cache-Control "{rules.short}"'
    if rules.suffixes:
        yield f'<FilesMatch "(?i)\\.({"|".join(map(re.escape, rules.suffixes))})$">'
        yield f'    Header set Cache-Control "{headers.LASTING}"'
        yield "</FilesMatch>"
    brief = "|".join([*(re.escape(name) for name, _ in rules.feeds), r"feed\.css"])
    yield f'<FilesMatch "^({brief})$">'
    yield f'    Header set Cache-Control "{rules.short}"'
    yield "</FilesMatch>"
    yield f'<FilesMatch "{FINGERPRINT}">'
    yield f'    Header set Cache-Control "{headers.FOREVER}"'
    yield "</FilesMatch>"


def _pattern(rules: Rules, url: str) -> str:
    """One address, without its first slash, as Apache compares it in a folder."""
    path = url.removeprefix(f"{rules.base_path}/")
    return f"^{''.join(map(_letter, path))}$"


def _letter(char: str) -> str:
    return char if char.isalnum() or not char.isascii() else f"\\x{ord(char):02x}"


def _target(url: str) -> str:
    """An encoded address, in which a percent sign must not be taken for something found before."""
    return url.replace("%", "\\%")

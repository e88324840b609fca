"""For Netlify, and hosts that read its files: `_redirects` and `_headers`, at the top of the site."""

from __future__ import annotations

from collections.abc import Iterator

from generator.deploy import headers
from generator.deploy.hosts.values import Rules, lines


def files(rules: Rules) -> dict[str, bytes]:
    """Both files; redirects win over the pages that lead on by themselves."""
    return {"_redirects": lines(_redirects(rules, force="!")), "_headers": lines(_headers(rules))}


def cloudflare(rules: Rules) -> dict[str, bytes]:
    """Both files for Cloudflare Pages, where redirects always win and 410 cannot be said."""
    moved = (f"{way} {new} 301" for old, new in rules.redirects for way in rules.spelled(old))
    return {"_redirects": lines(moved), "_headers": lines(_headers(rules))}


def _redirects(rules: Rules, force: str) -> Iterator[str]:
    yield from (f"{way} {new} 301{force}" for old, new in rules.redirects for way in rules.spelled(old))
    for url, page in rules.gone:
        shown = f"{rules.base_path}/{page or '404.html'}"
        yield from (f"{way} {rules.coded(shown)} 410{force}" for way in rules.spelled(url))


def _headers(rules: Rules) -> Iterator[str]:
    yield "/*"
    yield from (f"  {name}: {value}" for name, value in rules.security)
    for name, kind in rules.feeds:
        for depth in sorted({path.count("/") for path, _ in rules.named if path.rpartition("/")[2] == name}):
            yield f"{rules.base_path}/{''.join(f':folder{number}/' for number in range(depth))}{name}"
            yield f"  Content-Type: {kind}"
    for folder in rules.fingerprinted:
        yield f"{rules.base_path}/{folder}/*"
        yield f"  Cache-Control: {headers.FOREVER}"

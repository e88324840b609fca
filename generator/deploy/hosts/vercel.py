"""For Vercel: `vercel.json`, at the top of the site."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from generator.deploy import headers
from generator.deploy.hosts.values import FINGERPRINT, Rules

_MEANT = re.compile(r"[*+?:(){}\\]")
"""What means something in a `source` there; one that is no pattern makes Vercel refuse the whole file."""


def files(rules: Rules) -> dict[str, bytes]:
    """The file. A redirect there wins over the page that leads on by itself; 410 cannot be said."""
    ways = ((way, new) for old, new in rules.redirects for way in rules.spelled(old))
    moved = [{"source": _MEANT.sub(r"\\\g<0>", way), "destination": new, "statusCode": 301} for way, new in ways]
    body: dict[str, Any] = {"headers": list(_headers(rules)), "redirects": moved}
    if rules.bare:
        body["cleanUrls"] = True
    return {"vercel.json": (json.dumps(body, indent=2) + "\n").encode()}


def _headers(rules: Rules) -> Iterator[dict[str, Any]]:
    yield _rule("/(.*)", [*rules.security, ("Cache-Control", rules.short)])
    if rules.suffixes:
        yield _rule(f"/(.*\\.(?:{'|'.join(map(re.escape, rules.suffixes))}))", [("Cache-Control", headers.LASTING)])
    yield _rule(f"/(.*{FINGERPRINT.removesuffix('$')})", [("Cache-Control", headers.FOREVER)])
    for name, kind in rules.feeds:
        yield _rule(f"/(.*/)?{re.escape(name)}", [("Content-Type", kind), ("Cache-Control", rules.short)])


def _rule(source: str, pairs: list[tuple[str, str]]) -> dict[str, Any]:
    return {"source": source, "headers": [{"key": name, "value": value} for name, value in pairs]}

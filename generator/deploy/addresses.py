"""Addresses that are no pages any more: where they lead, or that they are gone."""

from __future__ import annotations

from generator import diff
from generator.deploy.hosts import Addresses
from generator.model.ledger import State
from generator.permalinks import collision_key, out_path


def addresses(report: diff.Report) -> Addresses:
    """What moved and what was taken back in the open. The one place where either comes in."""
    public = report.books.public
    moved = {url: item.url for item in public for url in item.aliases}
    taken = {_key(item.url) for item in public} | {_key(url) for url in moved}
    gone = {_url(path) for path in report.gone}
    gone |= {url for item in report.books.after.values() if item.state is State.WITHDRAWN for url in item.urls}
    return Addresses(moved, {url for url in gone if _key(url) not in taken})


def _url(path: str) -> str:
    """The site path of an output path."""
    if path == "index.html" or path.endswith("/index.html"):
        return f"/{path.removesuffix('index.html')}"
    return f"/{path.removesuffix('.html')}"


def _key(url: str) -> str:
    return collision_key(out_path(url))

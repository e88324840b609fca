"""A site and the book of what it published, as a test keeps them."""

from __future__ import annotations

from typing import Any

from support import NOW, SiteFixture

from generator import ledger
from generator.build import BuildRequest
from generator.build.record import Account, record
from generator.model.ledger import LEDGER, Item


def request(site: SiteFixture, **options: Any) -> BuildRequest:
    """A build as SiteFixture does it."""
    return BuildRequest(**{"root": site.root, "output": site.output, "now": NOW, "jobs": 1, **options})


def keep(site: SiteFixture, **options: Any) -> Account:
    """Record what is public."""
    return record(request(site, **options))


def items(site: SiteFixture) -> dict[str, Item]:
    """What is recorded, by title."""
    known = ledger.read((site.root / LEDGER).read_bytes()).items
    return {item.title: item for item in known.values()}


def guids(site: SiteFixture) -> dict[str, str]:
    """The identities in the site's feed, by title."""
    parts = [part.partition("</item>")[0] for part in site.page("feed.xml").split("<item>")[1:]]
    return {part.split("<title>")[1].split("<")[0]: part.split("<guid")[1].split(">")[1] for part in parts}

"""All that a place is to have: the site's files, files for its host, and compressed copies."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from generator.config import Deploy
from generator.deploy.digests import Known
from generator.deploy.headers import ENCODINGS, Headers, Stage, headers, stage, suffix
from generator.deploy.place import Place
from generator.deploy.publication import Item
from generator.errors import DeployError, Problem
from generator.records import replace

_TEXTS = frozenset(
    ("html", "htm", "css", "js", "mjs", "txt", "md", "csv", "vtt", "ics", "xml", "xsl", "rss", "atom", "opml", "svg")
) | frozenset(("json", "jsonld", "geojson", "map", "webmanifest"))
_WORTH = 1_000
"""Bytes from which on a file is worth compressing: what fits into one packet is as quick as it is."""


def listing(
    output: Path, files: Mapping[str, Known], host_files: Mapping[str, bytes], place: Place, settings: Deploy
) -> list[Item]:
    """All that a place is to have, in order.

    Args:
        output: The built site.
        files: Its files.
        host_files: What the host reads, by name; those with a `/` before their name go beside the site.
        place: Where it all goes.
        settings: The place's.
    """
    found = list(_site(output, files, place, settings))
    for name, data in host_files.items():
        found.append(_host_file(name, data, place))
    taken: dict[str, Item] = {}
    for item in found:
        if item.path in taken:
            cause = f"the site has a file {item.path.removeprefix(place.site)!r}, and so has the host's setting"
            raise DeployError(Problem(cause, "delete it from content/, or take `host_files` or `compress` out"))
        taken[item.path] = item
    return list(taken.values())


def _site(output: Path, files: Mapping[str, Known], place: Place, settings: Deploy) -> Iterator[Item]:
    packers = [_PACKERS[name]() for name in settings.compress]
    for name, known in files.items():
        said = headers(name, settings.max_age)
        item = Item(
            path=f"{place.site}{name}",
            name=name,
            digest=known.digest,
            headers=said,
            stage=stage(name),
            make=(output / name).read_bytes,
            mark=said.mark if place.headers else "",
        )
        yield item
        if suffix(name) in _TEXTS and known.stamp[0] >= _WORTH:
            yield from (_packed(item, ending, pack, place) for ending, pack in packers)


def _packed(item: Item, ending: str, pack: Callable[[bytes], bytes], place: Place) -> Item:
    said = Headers(item.headers.type, item.headers.cache, ENCODINGS[ending])
    return replace(
        item,
        path=f"{item.path}.{ending}",
        name="",
        digest=f"{ending}-{item.digest}",
        headers=said,
        make=lambda: pack(item.data()),
        mark=said.mark if place.headers else "",
    )


def _gzip() -> tuple[str, Callable[[bytes], bytes]]:
    return "gz", partial(gzip.compress, compresslevel=9, mtime=0)


def _brotli() -> tuple[str, Callable[[bytes], bytes]]:
    try:
        import brotli
    except ImportError:
        fix = "pip install brotli, or take it out of `compress`"
        raise DeployError(Problem("`compress` names brotli, which is not installed", fix)) from None
    return "br", partial(brotli.compress, quality=11)


_PACKERS = {"gzip": _gzip, "brotli": _brotli}
PACKED = {"gzip": "gz", "brotli": "br"}
"""Suffixes of compressed copies."""


def _host_file(name: str, data: bytes, place: Place) -> Item:
    outside = name.startswith("/")
    said = Headers("text/plain; charset=utf-8", "no-store")
    return Item(
        path=f"{place.beside}{name[1:]}" if outside else f"{place.site}{name}",
        name="",
        digest=hashlib.sha256(data).hexdigest(),
        headers=said,
        stage=Stage.ASSET,
        make=lambda: data,
        mark=said.mark if place.headers else "",
    )

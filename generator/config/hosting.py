"""`[deploy.NAME]`: a place to which a site is published."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from generator.records import Record

Fault = tuple[str, str]
"""What is wrong with a setting, and the way out."""

KINDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "folder": (("path",), ("releases", "sample")),
    "files": (("path",), ()),
    "ssh": (("host", "path"), ("port", "ssh_config", "releases", "sample")),
    "git": ((), ("remote", "branch", "history", "cname")),
    "bucket": (("url",), ("endpoint", "region", "sample")),
}
"""Of each kind of place, the keys that it must have and those that it may have, beside those that all have."""

LIVE = ("folder", "ssh", "bucket")
"""Kinds of places where readers see what was published at once."""

RELEASED = ("folder", "ssh", "git")
"""Kinds of places that keep former states."""

HOST_FILES = ("nginx", "caddy", "apache", "netlify", "cloudflare", "vercel")
COMPRESSION = ("gzip", "brotli")
_ROOMY = ("folder", "ssh")
_BESIDE = ("nginx", "caddy")
_OWN = {key for needed, more in KINDS.values() for key in (*needed, *more)}


class Deploy(Record, frozen=True, kw_only=True):
    """A place to publish to. Meanings: docs/deploy.md.

    Attributes:
        kind: One of KINDS.
        path: Folder, on this machine or on the host.
        host: Of ssh: `name` or `user@name`.
        port: Of ssh; 0 for what ssh's own settings say.
        ssh_config: A file of settings for ssh, in the site's folder or elsewhere.
        releases: How many to keep.
        remote: A git remote of the site's own repository, or an address.
        branch: The branch that is published.
        history: Whether the branch keeps what was before.
        cname: The site's own domain on GitHub Pages.
        url: `s3://bucket/prefix`, `gs://…` or `az://…`.
        endpoint: Of an S3 that is not Amazon's.
        region: Of an S3.
        host_files: For which hosts to write redirects and headers; some of HOST_FILES.
        compress: What to put beside text files; some of COMPRESSION.
        max_age: Seconds for which pages and feeds may be kept by a cache.
        csp: The policy for content; made from the pages where empty.
        linger: Seconds for which assets stay that no page loads any more.
        max_deletes: Files that one publication may delete.
        sample: Addresses that are asked after a publication, where readers see it at once.
        after: A command to run after a publication, in words.
        ledger: Whether a publication is written into the ledger.
        base_url: The site's address there, where it is another than the site's own.
    """

    kind: str
    path: str = ""
    host: str = ""
    port: int = 0
    ssh_config: str = ""
    releases: int = 5
    remote: str = "origin"
    branch: str = "gh-pages"
    history: bool = True
    cname: str = ""
    url: str = ""
    endpoint: str = ""
    region: str = ""
    host_files: tuple[str, ...] = ()
    compress: tuple[str, ...] = ()
    max_age: int = 60
    csp: str = ""
    linger: int = 3600
    max_deletes: int = 256
    sample: int = 5
    after: tuple[str, ...] = ()
    ledger: bool = True
    base_url: str = ""


def faults(name: str, table: Mapping[str, Any]) -> Iterator[Fault]:
    """What is wrong with a place whose keys are right one by one."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", name):
        yield f"has a name that is no word: {name!r}", "use letters, digits and hyphens, such as [deploy.production]"
    kind = table.get("kind")
    if kind is None:
        yield "has no `kind`", f'add a line such as kind = "folder"; known are {", ".join(KINDS)}'
        return
    needed, more = KINDS[kind]
    for key in needed:
        if not table.get(key):
            yield f"has no `{key}`, which a place of the kind {kind!r} needs", "see docs/deploy.md"
    for key in sorted(_OWN & table.keys() - {*needed, *more}):
        yield f"has `{key}`, which a place of the kind {kind!r} does not know", "take it out; see docs/deploy.md"
    beside = [wanted for wanted in table.get("host_files", ()) if wanted in _BESIDE]
    if beside and kind not in _ROOMY:
        yield f"wants files for {beside[0]}, which only a folder or ssh has a place for", "take it out of `host_files`"


def one_of(known: tuple[str, ...]) -> Callable[[str], Fault | None]:
    """A check that a text is one of some."""

    def check(value: str) -> Fault | None:
        return None if value in known else (f"must be one of {', '.join(known)}, not {value!r}", "")

    return check


def _some_of(known: tuple[str, ...]) -> Callable[[tuple[str, ...]], Fault | None]:
    def check(value: tuple[str, ...]) -> Fault | None:
        if unknown := [name for name in value if name not in known]:
            return f"knows {', '.join(known)}, not {unknown[0]!r}", ""
        return None if len(set(value)) == len(value) else ("names one twice", "")

    return check


def _within(least: int, most: int) -> Callable[[int], Fault | None]:
    def check(value: int) -> Fault | None:
        return None if least <= value <= most else (f"must be from {least} to {most}, not {value}", "")

    return check


def _check_host(value: str) -> Fault | None:
    sound = re.fullmatch(r"([\w.-]+@)?[\w\[\]:.%-]+", value) and not value.startswith("-")
    return None if sound else (f"is no host for ssh: {value!r}", 'such as "example.org" or "news@example.org"')


def _check_path(value: str) -> Fault | None:
    bad = value.startswith("-") or re.search(r"[\x00-\x1f\x7f]", value)
    return (f"cannot be used: {value!r}", "name a folder") if bad else None


def _check_word(value: str) -> Fault | None:
    sound = re.fullmatch(r"[\w.@/+-]+", value) and not value.startswith("-") and ".." not in value
    return None if sound else (f"is no name for git: {value!r}", 'such as "gh-pages"')


def _check_remote(value: str) -> Fault | None:
    if value.startswith("-") or re.search(r"[\x00-\x1f\x7f]", value) or "::" in value:
        return f"is no remote of git: {value!r}", 'such as "origin"'
    return _no_secret(value)


def _check_url(value: str) -> Fault | None:
    if not re.fullmatch(r"(s3|gs|az)://[^\s?#]+", value):
        return f"is no bucket: {value!r}", 'such as "s3://bucket/folder", "gs://bucket" or "az://container"'
    return _no_secret(value)


def _check_endpoint(value: str) -> Fault | None:
    if value and not re.fullmatch(r"https?://[^\s?#]+", value):
        return f"is no web address: {value!r}", "begin it with https://"
    return _no_secret(value)


def _no_secret(value: str) -> Fault | None:
    """Secrets belong into the environment."""
    try:
        secret = "://" in value and urlsplit(value).password is not None
    except ValueError:
        secret = True
    return ("has a password in it", "keep secrets in the environment; see docs/deploy.md") if secret else None


def _check_cname(value: str) -> Fault | None:
    sound = re.fullmatch(r"([A-Za-z0-9-]+\.)+[A-Za-z0-9-]+", value) or not value
    return None if sound else (f"is no domain: {value!r}", 'such as "news.example.org"')


def _one_line(value: str) -> Fault | None:
    return ("has a quotation mark or a line end", "leave it out") if re.search(r'["\r\n\\$]', value) else None


CHECKS: Mapping[str, Callable[[Any], Fault | None]] = {
    "deploy.kind": one_of(tuple(KINDS)),
    "deploy.path": _check_path,
    "deploy.host": _check_host,
    "deploy.ssh_config": _check_path,
    "deploy.port": _within(0, 65535),
    "deploy.releases": _within(1, 1000),
    "deploy.remote": _check_remote,
    "deploy.branch": _check_word,
    "deploy.cname": _check_cname,
    "deploy.url": _check_url,
    "deploy.endpoint": _check_endpoint,
    "deploy.host_files": _some_of(HOST_FILES),
    "deploy.compress": _some_of(COMPRESSION),
    "deploy.max_age": _within(0, 31_536_000),
    "deploy.csp": _one_line,
    "deploy.linger": _within(0, 31_536_000),
    "deploy.max_deletes": _within(0, 10_000_000),
    "deploy.sample": _within(0, 1000),
}

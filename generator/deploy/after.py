"""Once readers see the site: ask for it as they do, tell those who wait for news, run the publisher's own command."""

from __future__ import annotations

import hashlib
import http.client
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode, urlsplit

from generator import __version__
from generator.config import Settings
from generator.deploy import programs
from generator.deploy.headers import Stage, is_feed, suffix
from generator.deploy.publication import Item
from generator.errors import DeployError, Problem, Severity
from generator.permalinks import href, split_base
from generator.records import Record

_TIMEOUT = 20.0
_TRIES = 4
_MOST = 50_000_000
"""Bytes of an answer that are read."""
_SILENT = "gives no answer"
_FIX = "look whether the host serves this place, and whether a cache has to be emptied"
_SERVE = (
    "let your web server serve this place under that address, as docs/deploy.md says; "
    "`sample = 0` in the place's table asks for nothing"
)
_AGENT = f"Dateline/{__version__} (look at a site just published)"


class Answer(Record, frozen=True):
    """What a host said; `fault` tells why it said nothing."""

    status: int = 0
    type: str = ""
    body: bytes = b""
    location: str = ""
    fault: str = ""


def sample(send: Sequence[Item], items: Sequence[Item], count: int) -> list[Item]:
    """What to ask for: first what was sent, of each kind; then what was there."""
    found: dict[str, Item] = {}
    for several in (send, items):
        by_stage = [[item for item in several if item.name and item.stage is stage] for stage in reversed(Stage)]
        for rank in range(count):
            for group in by_stage:
                if rank < len(group) and len(found) < count:
                    found.setdefault(group[rank].name, group[rank])
    return list(found.values())


def url_of(settings: Settings, name: str) -> str:
    """The address at which readers find a file."""
    origin, base = split_base(settings.base_url)
    path = name.removesuffix("index.html") if f"/{name}".endswith("/index.html") else name
    return origin + href(f"/{path}", base)


def look_back(
    settings: Settings, wanted: Sequence[Item], sleep: Callable[[float], object], *, first: bool
) -> list[Problem]:
    """Ask for some files at the public address; each that is not what was published is a problem.

    Args:
        settings: The site's.
        wanted: What to ask for.
        sleep: Waits some seconds.
        first: Nothing was ever published there, so that no server may serve it yet: a warning, without waiting.
    """
    wrong = _wrong(settings, wanted, sleep, first=first)
    weight = Severity.WARNING if first and _all_silent(wrong, wanted) else Severity.ERROR
    if len(wrong) == len(wanted) > 1 and len(silent := {fault for fault in wrong.values() if _SILENT in fault}) == 1:
        return [Problem(f"{settings.base_url} {silent.pop()}", _SERVE, severity=weight)]
    return [Problem(f"{url_of(settings, name)} {fault}", _FIX, severity=weight) for name, fault in wrong.items()]


def _all_silent(wrong: Mapping[str, str], wanted: Sequence[Item]) -> bool:
    return len(wrong) == len(wanted) and all(fault.startswith(_SILENT) for fault in wrong.values())


def _wrong(
    settings: Settings, wanted: Sequence[Item], sleep: Callable[[float], object], *, first: bool
) -> dict[str, str]:
    """What is wrong with some files at the public address, by name; asked again after some seconds, as caches lag."""
    wrong = {item.name: "" for item in wanted}
    for number in range(_TRIES):
        if number:
            sleep(2.0**number)
        asked = [item for item in wanted if item.name in wrong]
        found = {item.name: _fault(ask(url_of(settings, item.name)), item) for item in asked}
        wrong = {name: fault for name, fault in found.items() if fault}
        if not wrong or (first and _all_silent(wrong, wanted)):
            break
    return wrong


def _fault(answer: Answer, item: Item) -> str:
    """What is wrong with an answer; empty where nothing is."""
    if answer.fault:
        return f"{_SILENT}: {answer.fault}"
    if answer.status != 200:
        return f"answers with status {answer.status}"
    if hashlib.sha256(answer.body).hexdigest() != item.digest:
        return "does not show what was published"
    told, ours = (text.partition(";")[0].strip().lower() for text in (answer.type, item.headers.type))
    if told != ours and (is_feed(item.name) or suffix(item.name) in ("html", "css", "js")):
        return f"has the type {told or 'none'!r} and should have {ours!r}"
    return ""


def ask(url: str, data: bytes | None = None) -> Answer:
    """GET an address, or POST to it; redirects are not followed."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    headers = {"User-Agent": _AGENT, "Cache-Control": "no-cache", "Accept-Encoding": "identity"}
    if data is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection = kind(parts.hostname or "", parts.port, timeout=_TIMEOUT)
        try:
            connection.request("GET" if data is None else "POST", path, data, headers)
            said = connection.getresponse()
            location = said.headers.get("location", "")
            return Answer(said.status, said.headers.get("content-type", ""), said.read(_MOST), location)
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(fault=str(getattr(error, "strerror", None) or error) or type(error).__name__)


class Told(Record):
    """Who was told of which feed, and who did not listen."""

    done: list[tuple[str, str]]
    problems: list[Problem]


def tell_hubs(settings: Settings, send: Sequence[Item], sleep: Callable[[float], object], *, first: bool) -> Told:
    """Tell each WebSub hub of each feed whose bytes changed, once the new ones answer (W3C, WebSub, section 7)."""
    told = Told([], [])
    feeds = [item for item in send if is_feed(item.name)] if settings.feeds.hubs else []
    wrong = _wrong(settings, feeds, sleep, first=first)
    weight = Severity.WARNING if first and _all_silent(wrong, feeds) else Severity.ERROR
    for item in feeds:
        url = url_of(settings, item.name)
        if fault := wrong.get(item.name):
            told.problems.append(Problem(f"no hub was told: {url} {fault}", _FIX, severity=weight))
            continue
        for hub in settings.feeds.hubs:
            answer = ask(hub, urlencode({"hub.mode": "publish", "hub.url": url, "hub.topic": url}).encode())
            if 200 <= answer.status < 300:
                told.done.append((hub, url))
            else:
                cause = f"{hub} did not take the news of {url}: {answer.fault or f'status {answer.status}'}"
                told.problems.append(Problem(cause, "subscribers learn of it when they ask next"))
    return told


def run_command(words: Sequence[str], urls: Sequence[str]) -> None:
    """Run the publisher's own command; it reads the addresses that changed, one a line.

    Raises:
        DeployError: It failed.
    """
    try:
        programs.run(words, "".join(f"{url}\n" for url in urls).encode())
    except programs.FailedError as error:
        raise DeployError(Problem(f"`after` failed with exit code {error.code}: {error}", "run it by hand")) from error
    except OSError as error:
        cause = f"`after` cannot be run: {error.strerror or error}"
        raise DeployError(Problem(cause, "mend it in site.toml")) from error

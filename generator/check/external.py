"""Links to other sites: each asked once, politely, and not again for some days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from threading import Event
from typing import Protocol
from urllib.parse import urlsplit

from generator import fetch
from generator.check.across import Site
from generator.check.facts import Found, Role
from generator.check.memory import Answers
from generator.fetch import Answer
from generator.records import Record

AT_ONCE = 8
"""Hosts that are asked at a time; each is asked one question after the other."""

PAUSE = 0.5
"""Seconds between two questions to one host."""

PATIENCE = 30.0
"""Seconds of a `Retry-After` that are waited for."""

_ASKED = frozenset({Role.LINK, Role.ASSET, Role.HOME, Role.PICTURE})
_GONE = frozenset({404, 410})
_LATER = frozenset({429, 503})


class Progress(Protocol):
    """Told how far this is."""

    def stage(self, name: str, total: int) -> None:
        """A stage of `total` steps begins."""

    def step(self) -> None:
        """A step is done."""


class Asked(Record):
    """What to go by, and how many addresses there were.

    Attributes:
        answers: What other sites said before.
        now: Seconds since 1970.
        days: How long an answer is good.
        private: Hosts of this machine may be asked; for tests.
    """

    answers: Answers
    now: int
    days: int
    private: bool = False
    count: int = 0

    def fresh(self, url: str) -> Answer | None:
        """The answer of before, where it is good still."""
        when, status, moved = self.answers.known.get(url, (0, 0, ""))
        return Answer(status, moved) if status and 0 <= self.now - when < self.days * 86_400 else None

    def keep(self, url: str, answer: Answer) -> None:
        """Remember an answer, unless it says to come back later."""
        if answer.status and answer.status not in _LATER:
            self.answers.known[url] = (self.now, answer.status, answer.moved)


def look(site: Site, asked: Asked, progress: Progress) -> Iterator[tuple[str, Found]]:
    """Every link to another site that does not lead where it should, at each place where it stands."""
    stands = _places(site)
    asked.count = len(stands)
    answers = {url: answer for url in stands if (answer := asked.fresh(url)) is not None}
    hosts: dict[str, list[str]] = defaultdict(list)
    for url in stands:
        if url not in answers:
            hosts[urlsplit(url).netloc.lower()].append(url)
    progress.stage("Asking", sum(map(len, hosts.values())))
    private = asked.private or _is_private(site.places.base_url)
    try:
        for url, answer in _ask_all(hosts, private=private):
            progress.step()
            answers[url] = answer
            asked.keep(url, answer)
    finally:
        asked.answers.save()
    for url, places in stands.items():
        found = _judge(url, answers[url])
        if found:
            for name, line in places:
                yield name, Found(found[0], line, found[1])


def _ask_all(hosts: dict[str, list[str]], *, private: bool) -> Iterator[tuple[str, Answer]]:
    """What all hosts say, as it comes in; Ctrl-C waits for no more than the questions that are under way."""
    stop = Event()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            asking = [pool.submit(_ask_host, urls, stop, private=private) for urls in hosts.values()]
            for done in as_completed(asking):
                yield from done.result()
        finally:
            stop.set()
            pool.shutdown(cancel_futures=True)


def _places(site: Site) -> dict[str, list[tuple[str, int]]]:
    """Where each address of another site stands."""
    stands: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for name, facts in site.facts.items():
        for link in facts.links:
            if link.role in _ASKED:
                place = site.lead(name, link)
                if not place.inside and not place.fault and place.url.startswith(("http://", "https://")):
                    stands[place.url].append((name, link.line))
    return stands


def _is_private(base_url: str) -> bool:
    """Whether the site itself lives on this machine, so that its neighbours may be asked."""
    host = urlsplit(base_url).hostname or ""
    try:
        return not fetch.public(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _ask_host(urls: list[str], stop: Event, *, private: bool) -> list[tuple[str, Answer]]:
    """One host's addresses, with a pause between two; ends early once nobody wants to know any more."""
    told: list[tuple[str, Answer]] = []
    for number, url in enumerate(urls):
        if number and stop.wait(PAUSE):
            break
        answer = fetch.ask(url, private=private)
        if answer.status in _LATER and 0 < answer.wait <= PATIENCE and not stop.wait(answer.wait):
            answer = fetch.ask(url, private=private)
        told.append((url, answer))
        if answer.wait > PATIENCE and answer.status in _LATER:
            told += [(rest, Answer(fault="its host asked to be left alone")) for rest in urls[number + 1 :]]
            break
    return told


def _judge(url: str, answer: Answer) -> tuple[str, str] | None:
    if answer.status in _GONE:
        return "external-gone", f"{url} is gone: its host answers {answer.status}"
    if answer.status >= 500 or answer.status in _LATER:
        return "external-unsure", f"{url} cannot be checked: its host answers {answer.status}"
    if not answer.status:
        return "external-unsure", f"{url} cannot be checked: {answer.fault}"
    if answer.moved:
        return "external-moved", f"{url} has moved to {answer.moved}"
    return None

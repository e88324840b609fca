"""A check from beginning to end: look, read what changed, compare, sum up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from generator import codec, config, executor, images
from generator.cache import stamps
from generator.cache.stamps import Stamp
from generator.check import across, embargo, external, pictures, reading
from generator.check.embargo import Embargo
from generator.check.facts import Facts, Found, Role
from generator.check.memory import Answers, Known, Memory, same, unpack
from generator.check.places import Places
from generator.check.rules import RULES, Rule
from generator.check.survey import read, refused, survey
from generator.errors import Problem, UsageError, worst
from generator.records import Record, field

_PIXELS = 50_000


class CheckRequest(Record, frozen=True, kw_only=True):
    """What to check.

    Attributes:
        root: The site's folder.
        output: The built site.
        now: The clock.
        overrides: Settings from the command line.
        skip: Codes of rules that do not count.
        external: Ask other sites whether links to them still lead somewhere.
        days: How long an answer of another site is good.
        private: Ask hosts on this machine and its networks too; for tests.
        jobs: Processes; None for all cores.
        embargo: What must not show.
    """

    root: Path
    output: Path
    now: dt.datetime
    embargo: Embargo = field(default_factory=Embargo)
    overrides: Mapping[str, str] = field(default_factory=dict)
    skip: Collection[str] = ()
    external: bool = False
    days: int = 7
    private: bool = False
    jobs: int | None = None


class Finding(Record, frozen=True):
    """A breach of a rule, and where it is."""

    rule: Rule
    problem: Problem


class CheckReport(Record, frozen=True, kw_only=True):
    """What a check found.

    Attributes:
        findings: By file and line.
        files: Files of the output.
        read: Pages, feeds and sitemaps among them.
        parsed: Those that were parsed in this check, since they were not known.
        links: Addresses of other sites that were looked at.
    """

    findings: tuple[Finding, ...]
    files: int
    read: int
    parsed: int
    links: int = 0

    def exit_code(self, *, strict: bool = False) -> int:
        """0, or 1 with errors (when strict, warnings too)."""
        return worst((finding.problem for finding in self.findings), strict=strict)


class Progress(Protocol):
    """Told how far a check is."""

    def stage(self, name: str, total: int) -> None:
        """A stage of `total` steps begins."""

    def step(self) -> None:
        """A step is done."""


def check(request: CheckRequest, progress: Progress) -> CheckReport:
    """Check a built site.

    Raises:
        UsageError: There is no output, a rule to be skipped is none, or `site.toml` is wrong.
    """
    settings = config.load(request.root, request.overrides)
    if unknown := sorted(set(request.skip) - RULES.keys()):
        raise UsageError(Problem(f"there is no rule {unknown[0]!r}", "`dateline check --rules` lists them"))
    if not request.output.is_dir():
        raise UsageError(
            Problem(f"there is no folder {request.output}", "run `dateline build` first, or name one with --output DIR")
        )
    seen = survey(request.output)
    memory = Memory(request.root, request.output)
    memory.load()
    known, failed, parsed = _read(request, seen.readable, memory, progress)
    progress.stage("Comparing", 0)
    facts = {name: unpack(item.facts) for name, item in known.items()}
    site = across.Site(Places(settings.base_url, seen.files), facts, int(request.now.timestamp()))
    found = [*seen.found, *failed, *across.look(site), *_small_pictures(site, request.output)]
    found += [(name, item) for name, one in facts.items() for item in one.found]
    jobs = executor.workers(request.jobs)
    found += pictures.look(request.root, request.output, seen.files)
    found += embargo.seek(request.embargo, request.root, request.output, sorted(seen.files), jobs)
    links = 0
    if request.external:
        asked = external.Asked(Answers(request.root), site.now, request.days, request.private)
        told = list(external.look(site, asked, progress))
        links, found = asked.count, [*found, *told]
    memory.save(known)
    return CheckReport(
        findings=tuple(_findings(found, request)), files=len(seen.files), read=len(known), parsed=parsed, links=links
    )


Failed = list[tuple[str, Found]]


def _read(
    request: CheckRequest, names: list[str], memory: Memory, progress: Progress
) -> tuple[dict[str, Known], Failed, int]:
    """The facts of each file, those that could not be read, and how many were parsed."""
    moment = memory.moment()
    known: dict[str, Known] = {}
    failed: Failed = []
    fresh: list[tuple[str, bytes]] = []
    for name in names:
        old = memory.known.get(name)
        if old is not None and same(_stamp(request.output / name), old):
            known[name] = old
        else:
            fresh.append((name, old.digest if old else b""))
    progress.stage("Reading", len(fresh))
    parsed = 0
    jobs = executor.workers(request.jobs)
    for (name, _), result in zip(fresh, executor.stream(_facts, Desk(request.output), fresh, jobs), strict=True):
        progress.step()
        if isinstance(result, Found):
            failed.append((name, result))
            continue
        stamp, digest, facts = result
        parsed += facts is not None
        stamp = stamp if stamps.at_rest(stamp, moment) else stamps.NONE
        known[name] = Known(stamp, digest, memory.known[name].facts if facts is None else facts)
    return {name: known[name] for name in names if name in known}, failed, parsed


def _stamp(path: Path) -> Stamp:
    try:
        return stamps.of(path.lstat())
    except OSError:
        return stamps.NONE


class Desk(Record, frozen=True):
    """What a process that reads needs to know."""

    output: Path

    def open(self, number: int) -> None:
        """Begin."""

    def flush(self) -> None:
        """Nothing is kept back."""

    def close(self) -> None:
        """End."""


def _facts(desk: Desk, item: tuple[str, bytes]) -> tuple[Stamp, bytes, bytes | None] | Found:
    """A file's stamp, digest and packed facts; None in place of the facts where the digest is the known one."""
    name, before = item
    try:
        raw, status = read(desk.output / name)
    except OSError as error:
        return refused(error)
    digest = codec.digest(name.encode(), raw)
    return stamps.of(status), digest, None if digest == before else codec.pack(reading.read(name, raw))


def _small_pictures(site: across.Site, output: Path) -> Iterator[tuple[str, Found]]:
    """Rule 48: pictures in data that are too small."""
    sizes: dict[str, tuple[int, int] | None] = {}
    for name, facts in site.facts.items():
        for link in facts.links:
            if link.role is not Role.PICTURE or not (file := site.lead(name, link).file):
                continue
            if file not in sizes:
                sizes[file] = images.size(output / file)
            size = sizes[file]
            if size and size[0] * size[1] < _PIXELS:
                cause = f"the picture {link.url!r} in data has {size[0]} × {size[1]} pixels"
                yield name, Found("data-image-size", link.line, cause)


def _findings(found: list[tuple[str, Found]], request: CheckRequest) -> Iterator[Finding]:
    """As problems with their places, in order."""
    output, root = request.output.resolve(), request.root.resolve()
    top = output.relative_to(root).as_posix() if output.is_relative_to(root) else output.as_posix()
    for name, item in sorted(found, key=lambda pair: (pair[0], pair[1].line, pair[1].code, pair[1].cause)):
        if item.code not in request.skip:
            rule = RULES[item.code]
            place = name.removeprefix("/") if name.startswith("/") else f"{top}/{name}"
            yield Finding(rule, Problem(item.cause, rule.fix, place, item.line or None, rule.severity))


__all__ = ["CheckReport", "CheckRequest", "Facts", "Finding", "check"]

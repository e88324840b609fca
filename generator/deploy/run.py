"""A publication from beginning to end: build, check, compare, plan, send, show, look back."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from generator import check, config, diff
from generator.build import record
from generator.config import LIVE, RELEASED, Deploy, Settings
from generator.deploy import after, digests, gates, hosts, log, owed, places
from generator.deploy.addresses import addresses
from generator.deploy.headers import Stage, is_feed, suffix
from generator.deploy.hosts.policy import policy
from generator.deploy.listing import PACKED, listing
from generator.deploy.place import Claim, Clock, Place
from generator.deploy.publication import Item, Manifest, Publication, Stored, plan
from generator.deploy.request import DeployReport, DeployRequest, Past, Progress
from generator.embargo import kept_back
from generator.errors import DatelineError, Problem, UsageError
from generator.model.ledger import LEDGER
from generator.permalinks import split_base
from generator.records import Record, replace

_CHUNK = 200
"""Files after which the place notes what it has, so that a publication that is cut off goes on from there."""
_FEEDS = 100
"""Feeds that are fetched to be compared, those of the whole site first."""
_PAGES = 256
"""Pages that go and are looked at; more are told by their number (`max_deletes`)."""
_STAGES = {Stage.ASSET: "Assets", Stage.NEW: "New pages", Stage.PAGE: "Pages", Stage.FEED: "Feeds"}


def deploy(request: DeployRequest, progress: Progress) -> DeployReport:
    """Build a site and publish it.

    Raises:
        UsageError: `site.toml` names no such place, or no address of the site.
        DeployError: The place could not be published to; readers see the old site as a whole or, where the place knows
            no switch, pages that are each old or new as a whole with all that they load.
    """
    return _Deploy.of(request, progress).run()


class _Deploy(Record):
    """One publication."""

    request: DeployRequest
    progress: Progress
    name: str
    chosen: Deploy
    settings: Settings
    place: Place

    @classmethod
    def of(cls, request: DeployRequest, progress: Progress) -> _Deploy:
        root = request.build.root
        settings = config.load(root, request.build.overrides)
        name, chosen = places.chosen(settings.deploy, request.name)
        overrides = {**({"base_url": chosen.base_url} if chosen.base_url else {}), **request.build.overrides}
        # What vanished is for the gates to tell, which know by which name it is accepted.
        request = replace(request, build=replace(request.build, overrides=overrides, allow_vanished=True))
        settings = config.load(root, overrides)
        gates.of_address(settings.base_url)
        place = places.opened(root, name, chosen, Clock(request.build.now.timestamp(), request.sleep))
        return cls(request, progress, name, chosen, settings, place)

    @property
    def now(self) -> float:
        """In seconds since 1970."""
        return self.request.build.now.timestamp()

    def run(self) -> DeployReport:
        report = DeployReport(name=self.name, title=self.place.title)
        try:
            self._judge(report)
            if not report.stopped:
                self._carry_out(report, self._items(report))
        finally:
            self.place.close()
        return report

    def _carry_out(self, report: DeployReport, items: Sequence[Item]) -> None:
        if self.request.dry_run:
            self._plan(report, items)
            return
        self.place.lock(Claim(self.request.owner, self.now), force=self.request.break_lock)
        try:
            publication = self._plan(report, items)
            if report.stopped:
                return
            if not publication.empty:
                report.release = self._publish(publication)
        finally:
            self.place.unlock()
        report.done = True
        try:
            self._after(report, items)
        except KeyboardInterrupt:
            raise KeyboardInterrupt("readers see the new site; `dateline deploy` does the rest") from None

    def _judge(self, report: DeployReport) -> None:
        """Build, check and compare; note what must not be published."""
        build = self.request.build
        against, beside = places.public(build.root, self.chosen)
        self.progress.stage("Building", 0)
        report.changes = diff.diff(build, against, beside)
        asked = check.CheckRequest(
            root=build.root,
            output=build.output,
            now=build.now,
            overrides=build.overrides,
            jobs=build.jobs,
            embargo=kept_back(build),
        )
        report.findings = check.check(asked, self.progress).findings
        self._stop(report, gates.of_content(report.changes, report.findings, recorded=self.chosen.ledger))

    def _stop(self, report: DeployReport, stops: Iterable[gates.Stop]) -> None:
        """Note what keeps the site from being published, apart from what was accepted; each once."""
        for name, problem in stops:
            if name is None or name not in self.request.accept:
                report.stopped.append((name, problem))
            elif (name, problem) not in report.accepted:
                report.accepted.append((name, problem))

    def _items(self, report: DeployReport) -> list[Item]:
        """All that the place is to have."""
        build, found = self.request.build, digests.look(self.request.build.root, self.request.build.output)
        report.left_out = found.left_out
        made = {**self.place.own, **(self._host_files(found) if self.chosen.host_files else {})}
        return listing(build.output, found.files, made, self.place, self.chosen)

    def _host_files(self, found: digests.Found) -> dict[str, bytes]:
        """What the host reads, in its own words."""
        frames = self.settings.markup.raw_html == "allow"
        rules = hosts.Rules(
            addresses=addresses(self.request.build),
            names=found.files.keys(),
            base_path=split_base(self.settings.base_url)[1],
            policy=self.chosen.csp or policy(found.files.values(), frames=frames),
            max_age=self.chosen.max_age,
            packed=tuple(PACKED[name] for name in self.chosen.compress),
        )
        return hosts.files(self.chosen.host_files, rules)

    def _plan(self, report: DeployReport, items: Sequence[Item]) -> Publication:
        there = self.place.look({item.path: item for item in items})
        publication = plan(items, there, self.now, self.chosen.linger)
        most = self.request.max_deletes
        self._stop(report, gates.of_work(publication, self.chosen.max_deletes if most is None else most))
        report.publication = publication
        if report.changes and report.changes.against == LEDGER:
            self._compare_gone(report.changes, publication)
            self._stop(report, gates.of_pages(report.changes))
            self._compare_feeds(report, publication)
        return publication

    def _compare_gone(self, changes: diff.Report, publication: Publication) -> None:
        """Look at what goes: whether stories are among the pages, whatever became of the ledger; and which feeds."""
        site = self.place.site
        gone = [path for path in publication.delete if path.startswith(site)]
        paths = [path for path in gone if suffix(path) == "html"][:_PAGES]
        pages = {path.removeprefix(site): data for path, data in self.place.read(paths).items()} if paths else {}
        diff.compare_gone(changes, pages, [path.removeprefix(site) for path in gone if is_feed(path)])

    def _compare_feeds(self, report: DeployReport, publication: Publication) -> None:
        """Compare feeds that change with those that subscribers have, where the whole site was not compared."""
        assert report.changes is not None
        feeds = [item for item in publication.send if is_feed(item.name) and item.path in publication.before]
        if not feeds:
            return
        feeds.sort(key=lambda item: (item.path.count("/"), item.path))
        paths = {item.path: item.name for item in feeds[:_FEEDS]}
        live = {paths[path]: data for path, data in self.place.read(list(paths)).items()}
        report.changes.against += f" and the feeds at {self.place.title}"
        report.changes.feeds = diff.subscribed(report.changes.books, self.request.build.output, live)
        self._stop(report, gates.of_feeds(report.changes))

    def _publish(self, publication: Publication) -> str:
        """Do what is to be done; the name of the release."""
        place, done, root = self.place, dict[str, Stored](), self.request.build.root
        owed.note(root, self.name, (owed.read(root, self.name) or owed.Owed()).and_of(publication, place.site))
        place.begin(publication)
        for stage, items in publication.stages():
            self.progress.stage(_STAGES[stage], len(items))
            for chunk in _chunks(items):
                done.update(place.put(chunk, self.progress.step))
                if len(chunk) == _CHUNK:
                    place.note(Manifest({**publication.before, **publication.kept, **done}))
        place.verify(done)
        place.delete(publication.delete)
        return place.activate(Manifest({**publication.kept, **publication.lingering, **done}))

    def _after(self, report: DeployReport, items: Sequence[Item]) -> None:
        """What follows once readers see the site; what fails here is told, and undoes nothing."""
        assert report.changes is not None
        assert report.publication is not None
        if self.chosen.ledger:
            with _noting(report):
                record.write(self.request.build.root, report.changes.books)
        root = self.request.build.root
        left, work = owed.read(root, self.name), report.publication
        if left is not None:
            new = {item.name for item in work.send}
            older = [item for item in items if item.name in left.sent and item.name not in new]
            report.made_up = len(older) if work.empty else 0
            self._run_command(report, [*left.sent, *left.gone])
            self._look_back(report, [*work.send, *older], items)
        log.add(root, log.entry(report, self.request.build.now))
        if left is not None:
            owed.settle(root, self.name, left)

    def _run_command(self, report: DeployReport, names: Sequence[str]) -> None:
        if self.chosen.after:
            with _noting(report):
                after.run_command(self.chosen.after, [after.url_of(self.settings, name) for name in names])

    def _look_back(self, report: DeployReport, sent: Sequence[Item], items: Sequence[Item]) -> None:
        """Ask for the site as readers do, and tell hubs of news; where readers see it at once."""
        if self.chosen.kind not in LIVE:
            return
        self.progress.stage("Looking", 0)
        sleep, first = self.request.sleep, not (report.publication and report.publication.before)
        wanted = after.sample(sent, items, self.chosen.sample)
        report.notes += after.look_back(self.settings, wanted, sleep, first=first)
        told = after.tell_hubs(self.settings, sent, sleep, first=first)
        report.told, report.notes = told.done, [*report.notes, *told.problems]


@contextmanager
def _noting(report: DeployReport) -> Iterator[None]:
    """Note what fails, and go on."""
    try:
        yield
    except DatelineError as error:
        report.notes += error.problems


def _chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    for at in range(0, len(items), _CHUNK):
        yield items[at : at + _CHUNK]


def past(root: Path, name: str, now: float) -> Past:
    """What was published to a place.

    Raises:
        UsageError: `site.toml` names no such place.
    """
    name, chosen = places.chosen(config.load(root).deploy, name)
    place = places.opened(root, name, chosen, Clock(now, time.sleep))
    try:
        return Past(place.title, place.releases(), log.read(root, name))
    finally:
        place.close()


def roll_back(request: DeployRequest, steps: int) -> str:
    """Show readers a former state of the site, and run the publisher's command; the name of its release.

    Raises:
        UsageError: The place has no such release, or keeps none.
        DeployError: The command failed; readers see the former state all the same.
    """
    root, now = request.build.root, request.build.now.timestamp()
    settings = config.load(root)
    name, chosen = places.chosen(settings.deploy, request.name)
    if chosen.kind not in RELEASED:
        fix = "bring back the former state of content/ from version control, then run `dateline deploy`"
        raise UsageError(Problem(f"a place of the kind {chosen.kind!r} keeps no former states to go back to", fix))
    place = places.opened(root, name, chosen, Clock(now, request.sleep))
    try:
        place.lock(Claim(request.owner, now), force=request.break_lock)
        releases = place.releases()
        current = next((at for at, release in enumerate(releases) if release.current), None)
        if current is None or not 0 <= current + steps < len(releases):
            kept = len(releases) - 1 - (current or 0) if releases else 0
            fix = "`dateline deploy --list` shows what there is"
            older = "release" if kept == 1 else "releases"
            raise UsageError(Problem(f"{place.title} has {kept} {older} older than the one that readers see", fix))
        wanted = releases[current + steps].name
        paths = place.roll_back(wanted)
    finally:
        place.unlock()
        place.close()
    log.add(root, {"when": request.build.now.isoformat(), "place": name, "rolled_back_to": wanted})
    if chosen.after:
        settings = replace(settings, base_url=chosen.base_url or settings.base_url)
        names = [path.removeprefix(place.site) for path in paths if path.startswith(place.site)]
        shown = [path for path in names if path.rpartition(".")[0] not in names]  # no compressed copies
        after.run_command(chosen.after, [after.url_of(settings, path) for path in shown])
    return wanted

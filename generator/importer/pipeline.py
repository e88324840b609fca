"""From inputs to posts: one article after the other, so that an export may be larger than the memory.

Links between articles are put in twice: when an article is written, those to articles that are known by then; at the
end, in the files that wait for one, the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from generator import config, executor, fetch
from generator.cache.state import FOLDER, State
from generator.errors import Problem, warning
from generator.importer import parity, proposal, reading, sources
from generator.importer.addresses import host_of
from generator.importer.archive import Archive
from generator.importer.articles import Article, SiteFound, Skipped
from generator.importer.desk import Desk, Waiting
from generator.importer.keywords import Keywords
from generator.importer.linking import Linker, OldSite
from generator.importer.normal import normalised
from generator.importer.pictures import LARGEST, Pictures
from generator.importer.place import Placer, refused
from generator.importer.reading import Found, Read, Unfit
from generator.importer.relink import Spot, relinked
from generator.importer.report import (
    NOT_ASKED_FOR,
    Imported,
    ImportReport,
    ImportRequest,
    Left,
    Outcome,
    Progress,
    Unresolved,
)
from generator.importer.spool import Spool
from generator.importer.wanted import OTHER_KIND, OTHER_NAME, Sieve, into, old_urls, wanted


def run(request: ImportRequest, progress: Progress | None = None) -> ImportReport:
    """Import every source of a request.

    Raises:
        UsageError: The request itself, or `site.toml`, is wrong. Faults of a source are in the report.
    """
    progress = progress or _Silent()
    with _alone(request, progress):
        importer = _Importer(request, progress)
        importer.take_all()
        importer.link()
        importer.conclude()
    return importer.report


@contextmanager
def _alone(request: ImportRequest, progress: Progress) -> Iterator[None]:
    """Keep other imports out of the site: two would give one name to two articles. One that writes nothing may look."""
    config.load(request.root)
    if request.dry_run:
        yield
        return
    lock = State(request.root / FOLDER / "import")
    lock.hold(partial(progress.waiting, "import"))
    try:
        yield
    finally:
        lock.release()


class _Silent:
    """Nobody looks on."""

    def stage(self, name: str, total: int) -> None:
        """See Progress."""

    def step(self) -> None:
        """See Progress."""

    def waiting(self, what: str = "build") -> None:
        """See Progress."""


class _Importer:
    """A request made ready: its values read, the site's articles known.

    Attributes:
        report: What came of it so far.
    """

    def __init__(self, request: ImportRequest, progress: Progress) -> None:
        settings = config.load(request.root)
        self.report = ImportReport(dry=request.dry_run)
        self._request = request
        self._progress = progress
        self._sieve = Sieve.of(request, settings.zone)
        self._old_site = OldSite(old_urls(request))
        if request.parity:
            parity.validate(request.parity)
        asked = wanted(request, settings.language)
        folder = into(request)
        self._archive = Archive(request.root, settings, executor.workers(request.jobs), remember=not request.dry_run)
        self._linker = Linker(self._archive, self._old_site)
        self._placer = Placer(self._archive, folder, dry=request.dry_run)
        bring = partial(fetch.bring, most=LARGEST, private=False) if request.fetch_images else None
        pictures = Pictures(request.root, bring, dry=request.dry_run)
        self._keywords = Keywords() if request.suggest_tags else None
        self._desk = Desk(request, asked, self._linker, self._placer, pictures)
        self._waiting: Spool[Waiting] = Spool(Waiting)
        self._taken = 0
        self._absent, self._picture = 0, ""
        self._fits = not self._sieve.patterns  # a kind may be missing any day
        self._hostless = False

    def take_all(self) -> None:
        """Every source, until there are as many articles as are wanted."""
        self._progress.stage("Importing", 0)
        bring = sources.bring if self._request.fetch else None
        found = sources.read_all(self._request.inputs, self._request.stdin, self._request.columns, bring)
        for item in reading.read_all(found, executor.workers(self._request.jobs)):
            if self._is_enough():
                return
            self._take(item)

    def _is_enough(self) -> bool:
        return self._request.limit is not None and self._taken >= self._request.limit

    def _take(self, found: Read) -> None:
        if isinstance(found, Unfit):
            self._refuse(found)
        elif isinstance(found.item, Skipped):
            self._pass_over(found.source.place, found.item)
        elif isinstance(found.item, SiteFound):
            self._old_site.learn(found.item.base_url, site=True)
            if found.item not in self.report.sites:
                self.report.sites.append(found.item)
        else:
            self._progress.step()
            try:
                self._take_article(found, found.item)
            except Exception as error:  # noqa: BLE001  # one article's fault, or ours with it, is not the others'
                self._give_up(found, found.item, error)

    def _pass_over(self, place: str, item: Skipped) -> None:
        """Note what is no article; one that is, and cannot be imported, is an error."""
        if not item.fix:
            self.report.leave(Left(place, item.kind, item.name, item.reason))
            return
        place = f"{place}/{item.name}" if item.kind == "file" else place
        what = "" if item.kind == "file" or item.name == f"line {item.line}" else f"{item.kind} {item.name[:100]!r} "
        fault = Problem(f"{what}cannot be imported: {item.reason}", item.fix, place, item.line)
        kind = item.kind if item.kind in ("post", "page") else ""
        self.report.take(Imported(source=place, outcome=Outcome.FAILED, kind=kind, title=item.name, problems=(fault,)))

    def _give_up(self, found: Found, article: Article, error: Exception) -> None:
        place = article.place or found.source.place
        cause = f"{article.title[:200]!r} cannot be imported: {type(error).__name__}: {error}"[:500]
        fault = Problem(cause, "this is a fault of Dateline; please report it", place)
        self.report.take(Imported(source=place, outcome=Outcome.FAILED, title=article.title, problems=(fault,)))

    def _refuse(self, unfit: Unfit) -> None:
        item = Imported(source=unfit.place, outcome=Outcome.FAILED, encoding=unfit.encoding, problems=unfit.problems)
        self.report.take(item)

    def _take_article(self, found: Found, raw: Article) -> None:
        article = normalised(raw)
        for url in (article.url, *article.aliases):
            self._old_site.learn(url)
        self._hostless = self._hostless or article.url.startswith("/")
        reason = self._sieve.reason(article)
        self._fits = self._fits or reason not in (OTHER_KIND, OTHER_NAME)
        if reason:
            self.report.leave(Left(found.source.place, NOT_ASKED_FOR, article.title or article.url, reason))
            return
        self._taken += 1
        result = self._desk.take(found, article)
        self.report.take(result.item)
        self.report.tally.comments += result.item.comments
        self.report.tally.pictures += result.pictures
        bases = (self._archive.settings.base_url, *(site.base_url for site in self.report.sites))
        hosts = {host_of(base) for base in bases if host_of(base)}
        absent = [picture for picture in result.item.pictures if host_of(picture) in hosts]
        self._absent += len(absent)
        self._picture = next(iter(absent), "") or self._picture
        if result.waiting:
            self._waiting.append(result.waiting)
        if self._keywords:
            self._keywords.learn(article.title, article.body)

    def link(self) -> None:
        """Put in the links that had to wait, and note those for which there is no article."""
        self._progress.stage("Linking", len(self._waiting))
        for waiting in self._waiting:
            self._progress.step()
            if any(self._target(waiting, target) for target in waiting.targets):
                self._link_one(waiting)
            for target in waiting.targets:
                lead = self._linker.lead(target, waiting.base, waiting.path)
                if lead.own:
                    self.report.unresolved.append(Unresolved(waiting.path, target, lead.reason))

    def _target(self, waiting: Waiting, target: str) -> str | None:
        lead = self._linker.lead(target, waiting.base, waiting.path)
        return None if lead.whole else lead.target

    def _link_one(self, waiting: Waiting) -> None:
        if self._request.dry_run or not waiting.ours:
            return

        def answer(spot: Spot) -> str | None:
            return None if spot.picture else self._target(waiting, spot.target)

        there = self._archive.document(waiting.path)
        try:
            if there is not None:
                self._placer.relink(waiting.path, relinked(there.body.strip("\n"), answer))
        except OSError as error:
            self.report.blame(refused(error).at(waiting.path))

    def conclude(self) -> None:
        """What is told of the whole."""
        report, request = self.report, self._request
        settings, names = self._archive.settings, self._archive.names
        report.proposal = (
            *proposal.lines(report.sites, settings, request.root),
            *proposal.sections(tuple(names.sections()), settings),
            *proposal.redirects(report.sites, settings),
        )
        self._tell_nothing()
        if report.tally.came and (told := proposal.again(report.sites, settings)):
            report.blame(told)
        self._tell_clashes()
        self._tell_absent()
        if cause := self._missed():
            fix = "name the old site with --old-url https://…, and import again"
            report.blame(warning(f"no source says on which host the old site was, so {cause}", fix))
        if self._keywords:
            report.suggested = self._keywords.best(self._archive.tags)
        if request.parity:
            report.parity = parity.check(request.parity, self._reason())
            if report.parity.dead:
                cause = f"{report.parity.dead} of {report.parity.total} addresses of the old site have no answer"
                fix = "the report lists them; give the articles they belong to an alias, or let them go"
                report.blame(warning(cause, fix, str(request.parity)))

    def _tell_nothing(self) -> None:
        """That no article came, or none that was asked for."""
        report, asked = self.report, " ".join(self._request.only)[:100]
        if not report.tally.came and not report.tally.errors:
            fix = "check what you have named; docs/importing.md tells what can be read"
            report.blame(Problem("nothing was imported: there is no article", fix))
        elif report.tally.came and not self._fits:
            left = report.tally.skipped[NOT_ASKED_FOR]
            fix = "name words of a headline or an address, or posts, pages, drafts; --report FILE lists all articles"
            report.blame(Problem(f"nothing was imported: of {left:,} articles none fits --only {asked}", fix))

    def _tell_clashes(self) -> None:
        """A list and an article that want one address: a build would refuse the list."""
        for kind, name, place in self._archive.names.lists():
            number = self._archive.at_place(place)
            if number is not None and self._archive.is_public(number):
                cause = f"the {kind} {name!r} has its list at {place}, where {self._archive.path(number)} is"
                fix = f"give the {kind} another name, or the article another permalink and an alias"
                self.report.blame(warning(cause, fix))

    def _tell_absent(self) -> None:
        """Pictures at addresses that may be the new site's, which does not have them."""
        if self._absent:
            cause = f"pictures lie on the old site alone ({self._absent:,}), such as {self._picture[:300]}"
            fix = "bring them with --fetch-images while it is there, or copy them below content/ with their paths"
            self.report.blame(warning(cause, fix))

    def _missed(self) -> str:
        """What comes of nobody's saying where the old site was; empty where somebody does."""
        if self._linker.homeless:
            return "links or pictures that begin with a slash lead nowhere"
        if self._hostless and not self._old_site.base and not self._request.old_urls:
            return "links to it by its whole address are not known as such, and stay as they are"
        return ""

    def _reason(self) -> Callable[[str], str | None]:
        places = self._archive.names.places()
        return lambda address: self._linker.reason(address, places)

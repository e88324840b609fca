"""A program's site on the disk: laid out from the corpus, edited as newsrooms edit, put back as it was."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks import corpus, newsroom, words
from tests.benchmarks.corpus import Article
from tests.benchmarks.peers import PEERS, SITES, Peer

NEWCOMERS = 64
"""New posts that a series of runs can publish."""

Checks = Mapping[str, str]
"""Files below the output, and what each must hold after a build."""


@dataclass(frozen=True, slots=True)
class Archive:
    """What all sites of one size have in common.

    Attributes:
        posts: How many articles.
        edited: The article that is edited, from the middle of the archive.
        older: The one before it, whose page has its title.
    """

    posts: int
    edited: Article
    older: Article
    newcomers: tuple[Article, ...]


@dataclass(slots=True)
class Worksite:
    """One program's site of one size.

    Attributes:
        name: The program's key in `PEERS`.
        folder: The site.
        archive: What is in it.
        settled: Whether its last build met all that was done to it.
    """

    name: str
    folder: Path
    archive: Archive
    settled: bool = field(default=False, init=False)
    _text: str = field(default="", init=False)
    _title: str = field(default="", init=False)

    @property
    def peer(self) -> Peer:
        """The program's row."""
        return PEERS[self.name]

    @property
    def output(self) -> Path:
        """Where its builds write."""
        return self.folder / self.peer.output

    def environment(self) -> dict[str, str]:
        """Variables for its processes: those of this process, one locale, and the program's own.

        Python may keep its compiled modules, as where a program is installed; else it compiles them in each run.
        """
        own = {key: value.replace("{site}", str(self.folder)) for key, value in self.peer.environment.items()}
        usual = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        return {**usual, "LC_ALL": "C.UTF-8", **own}

    def edit_text(self, mark: str) -> Checks:
        """Change the body of the edited article."""
        self._text = mark
        self._write_edited()
        return {page(self.archive.edited): mark}

    def edit_title(self, mark: str) -> Checks:
        """Change its title, which stands on the page of its neighbour too."""
        self._title = mark
        self._write_edited()
        return {page(self.archive.edited): mark, page(self.archive.older): mark}

    def publish(self, number: int) -> Checks:
        """Add an article, newer than all others; those that were added before stay."""
        article = self.archive.newcomers[number]
        self._write(article)
        return {page(article): article.body[:20], "index.html": f"articles/{article.slug}/"}

    def edit_template(self, mark: str) -> Checks:
        """Change the template of all article pages."""
        own = SITES / self.peer.site / self.peer.template
        text = own.read_text("utf-8").replace('class="post"', f'class="post {mark}"')
        (self.folder / self.peer.template).write_text(text, "utf-8")
        return {page(self.archive.edited): mark, page(self.archive.older): mark}

    @property
    def aside(self) -> Path:
        """Where old output waits to be deleted."""
        return self.folder.with_name(f"{self.folder.name}-old")

    def clean(self) -> None:
        """Move output and caches away.

        Not deleted: ext4 passes over the inodes of files that were deleted in the last seconds, one after the other,
        so that the next program to create thousands would pay for it.
        """
        self.aside.mkdir(exist_ok=True)
        for name in (self.peer.output, *self.peer.caches):
            place = self.folder / name
            if place.exists():
                place.rename(self.aside / f"{time.time_ns()}-{place.name}")

    def restore(self) -> None:
        """Undo all edits, those of a run that was broken off too."""
        self.settled = False
        self._text = self._title = ""
        shutil.copytree(SITES / self.peer.site, self.folder, dirs_exist_ok=True)
        self._write_edited()
        for article in self.archive.newcomers:
            self.file(article).unlink(missing_ok=True)

    def file(self, article: Article) -> Path:
        """Where an article lies."""
        path = Path(article.path)
        return self.folder / self.peer.articles / (path.name if self.peer.flat else path)

    def _write_edited(self) -> None:
        article = self.archive.edited
        if self._text:
            article = article.with_text(self._text)
        self._write(article.with_title(self._title) if self._title else article)

    def _write(self, article: Article) -> None:
        file = self.file(article)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(corpus.render(article, self.peer.flavour), "utf-8")


def page(article: Article) -> str:
    """An article's page, below the output of any program."""
    return f"articles/{article.slug}/index.html"


def archive_of(posts: int) -> Archive:
    """The archive of so many articles; the texts are made and dropped again."""
    wanted = {posts // 2 - 1, posts // 2}
    older, edited = (article for number, article in enumerate(corpus.articles(posts)) if number in wanted)
    return Archive(posts, edited, older, tuple(corpus.newcomers(posts, NEWCOMERS)))


def lay_out(root: Path, archive: Archive, names: Iterable[str]) -> dict[str, Worksite]:
    """The sites of some programs below `root/work`; one that lies there already is put back as it was."""
    sites = {name: Worksite(name, root / "work" / str(archive.posts) / name, archive) for name in names}
    new = [site for site in sites.values() if not _is_laid_out(site)]
    for site in new:
        shutil.rmtree(site.folder, ignore_errors=True)
        _write_common(site)
    if new:
        _write_articles(archive.posts, new)
    for site in sites.values():
        site.restore()
        _stamp_file(site).write_text(_stamp(site))
    return sites


def _write_common(site: Worksite) -> None:
    static = site.folder / site.peer.static
    (static / "images").mkdir(parents=True)
    for name, data in corpus.pictures():
        (static / "images" / name).write_bytes(data)
    shutil.copy(SITES / "shared/style.css", static)
    link = site.peer.modules(site.folder.parents[2])
    if link:
        (site.folder / "node_modules").symlink_to(link)


def _write_articles(posts: int, sites: list[Worksite]) -> None:
    """All articles, each rendered once for a flavour."""
    flavours = {site.peer.flavour for site in sites}
    for article in corpus.articles(posts):
        texts = {flavour: corpus.render(article, flavour) for flavour in flavours}
        for site in sites:
            file = site.file(article)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(texts[site.peer.flavour], "utf-8")


def _stamp_file(site: Worksite) -> Path:
    return site.folder.with_name(f"{site.name}.stamp")


def _is_laid_out(site: Worksite) -> bool:
    file = _stamp_file(site)
    return site.folder.is_dir() and file.is_file() and file.read_text() == _stamp(site)


def _stamp(site: Worksite) -> str:
    """A digest of all that a site is made from, so that a change of any makes it anew."""
    files = [Path(str(module.__file__)) for module in (corpus, newsroom, words)]
    files += sorted(path for path in (SITES / site.peer.site).rglob("*") if path.is_file())
    digest = hashlib.sha256(repr(site.peer).encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()

"""What readers are not to see: articles that are off the site, with the files that they alone have."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from generator import codec, config, content, links, prose, site
from generator.build.gather import place_of
from generator.build.recall import Recall
from generator.build.request import BuildRequest
from generator.errors import ContentError
from generator.ledger import derived_id
from generator.model.archive import Site
from generator.model.document import Document, Status
from generator.model.entry import Row, crossed, microseconds
from generator.model.site import Absence, Post, StaticFile, Unpublished
from generator.permalinks import split_base
from generator.records import Record, replace

_INDEX = "/index.md"


class Hidden(Record, frozen=True):
    """An article that is off the site.

    Attributes:
        document: As written.
        post: What it would be.
        why: Why it is not.
        files: Sources of the files that no article on the site uses: beside it, where it is a folder of its own, or
            named by it.
    """

    document: Document
    post: Post
    why: Absence
    files: tuple[str, ...]


class Backstage(Record, frozen=True):
    """A site seen from behind.

    Attributes:
        hidden: Articles that are off the site.
        public: Sources of all others, such as have errors included.
        files: Sources of all other files.
    """

    hidden: tuple[Hidden, ...]
    public: tuple[str, ...]
    files: tuple[str, ...]


def backstage(request: BuildRequest) -> Backstage:
    """What is hidden at the request's instant. Nothing is built; what the last build knew of a file at rest is used."""
    return _Search(request).backstage()


class _Search:
    """Looks through a site."""

    def __init__(self, request: BuildRequest) -> None:
        self._root = request.root
        self._recall = Recall.of(request)
        self._settings = config.load(request.root, request.overrides)
        self._terms, self._view = site.Terms(self._settings), site.View(request.now)
        self._names = tuple(self._recall.found.files.names)
        places = tuple(StaticFile(name, place_of(name)) for name in self._names)
        self._finder = links.Finder(request.root, Site(files=places), split_base(self._settings.base_url)[1])
        self._used: set[str] = set()
        self._now = microseconds(request.now)

    def backstage(self) -> Backstage:
        """All that is to be known."""
        candidates = list(self._recall.sources(self._maybe_hidden))
        found = [item for source in candidates if (item := self._look(source))]
        seen, rows = {*candidates}, self._recall.memory.rows()
        shown = {name for source, row in rows.items() if source not in seen for name in row.lookups}
        self._used |= {file.source for file in self._finder.files.values() if shown & {*links.names_of_file(file)}}
        hidden = tuple(replace(item, files=tuple(self._files(item))) for item in found)
        off = {item.document.path for item in hidden}
        public = tuple(source for source in self._recall.found.documents.names if source not in off)
        return Backstage(hidden, public, self._names)

    def _maybe_hidden(self, row: Row) -> bool:
        head = self._recall.memory.head
        was = head is None or row.entry is None or row.entry.banner != ""
        return was or (head is not None and crossed(row.turns, head.now, self._now))

    def _look(self, source: str) -> Hidden | None:
        """An article that is hidden; the files of one that is not are noted."""
        document = _document(self._root, source)
        if document is None:
            return None
        with suppress(ContentError):
            result = site.resolve(
                document, self._settings, self._terms, self._view, document.front.id or derived_id(document.path)
            )
            if isinstance(result, Unpublished):
                post = self._as_if(document)
                return Hidden(document, post, result.why, ()) if post else None
        self._used.update(self._named(document))
        return None

    def _as_if(self, document: Document) -> Post | None:
        """What a document would be if it were on the site."""
        shown = replace(document, front=replace(document.front, status=Status.PUBLISHED, expires=None))
        view = replace(self._view, drafts=True, future=True)
        if document.front.date is None:
            shown = replace(shown, front=replace(shown.front, status=document.front.status))
        with suppress(ContentError):
            post = site.resolve(
                shown, self._settings, self._terms, view, document.front.id or derived_id(document.path)
            )
            return post if isinstance(post, Post) else None
        return None

    def _files(self, item: Hidden) -> Iterator[str]:
        path = item.document.path
        folder = path.removesuffix(_INDEX[1:]) if path.endswith(_INDEX) else None
        named = self._named(item.document) - self._used
        for name in self._names:
            if name in named or (folder and name.startswith(folder)):
                yield name

    def _named(self, document: Document) -> set[str]:
        """Files that an article names."""
        targets = [mention.target for mention in prose.references(document.body)]
        targets += [document.front.image.src] if document.front.image else []
        found = (self._finder.file_of(document.path, target) for target in targets)
        return {name for name in found if name}


def contents(root: Path, names: tuple[str, ...]) -> dict[str, tuple[int, bytes]]:
    """Size and digest of each file, but for such as are empty or cannot be read."""
    found = {}
    for name in names:
        with suppress(OSError):
            if data := (root / name).read_bytes():
                found[name] = len(data), codec.digest(data)
    return found


def _document(root: Path, source: str) -> Document | None:
    try:
        return content.parse((root / source).read_bytes(), source).document
    except OSError:
        return None

"""One article on its way to a file: names, place, addresses, pictures, links, comments; what came of it as a value."""

from __future__ import annotations

from collections.abc import Iterator

from generator.errors import Problem, warning
from generator.importer import comments, likeness, place, speech
from generator.importer.addresses import key, slug_of
from generator.importer.archive import known_of
from generator.importer.articles import Article, Guess, Wanted, front_matter
from generator.importer.linking import Kept, Linker
from generator.importer.normal import address
from generator.importer.pictures import Pictures, Shown
from generator.importer.place import Place, Placed, Placer
from generator.importer.reading import Found
from generator.importer.relink import Spot, relinked
from generator.importer.report import Imported, ImportRequest, Outcome
from generator.importer.tagging import Tagger
from generator.importer.wanted import kind_of
from generator.ledger import short_id
from generator.model.document import Document, FrontMatter, Image, Kind, Source, Status
from generator.permalinks import slugify
from generator.records import Record, field, replace


class Waiting(Record, frozen=True):
    """A post with links that lead nowhere yet.

    Attributes:
        path: Its file.
        base: The address that it had.
        targets: The links.
        ours: The file is as an import wrote it, so that links may be put in.
    """

    path: str
    base: str
    targets: tuple[str, ...]
    ours: bool


class Result(Record, frozen=True):
    """What came of an article.

    Attributes:
        item: For the receipt.
        waiting: Its links that had to wait.
        pictures: Files that were written.
    """

    item: Imported
    waiting: Waiting | None = None
    pictures: int = 0


class _Met(Record):
    """What was met on the way through one article."""

    waits: dict[str, None] = field(default_factory=dict)
    remote: dict[str, None] = field(default_factory=dict)


class Desk:
    """Takes articles in, one after the other.

    Args:
        request: What is asked of all of them.
        wanted: The same, checked.
        linker: Addresses of the old site.
        placer: Finds places, and writes.
        pictures: Brings files.
    """

    def __init__(
        self, request: ImportRequest, wanted: Wanted, linker: Linker, placer: Placer, pictures: Pictures
    ) -> None:
        self._request = request
        self._wanted = wanted
        self._linker = linker
        self._placer = placer
        self._pictures = pictures
        self._archive = archive = linker.archive
        self._language = request.language or archive.settings.language
        self._retrieved = request.now.astimezone(archive.settings.zone).date()
        self._tagger = Tagger(archive.tags) if request.auto_tags else None
        self._accepted = Tagger(request.accepted_tags)

    def take(self, found: Found, article: Article) -> Result:
        """Bring an article to its place."""
        article = replace(article, status=Status.DRAFT) if self._wanted.draft else article
        article = self._spoken(found, article)
        sha256 = article.digest or found.source.sha256
        identity = article.identity or short_id(f"{sha256}:{found.index}")
        number = self._archive.number(identity)
        if number is not None and self._archive.is_fresh(number):
            return self._twice(found, article, self._archive.path(number))
        post = self._named(front_matter(article, identity, self._source(found, article, sha256), self._wanted))
        same = number is not None and not article.identity
        if number is not None and same and post.date is None:
            there = self._archive.document(self._archive.path(number))
            post = replace(post, date=there.front.date if there else None)
        if fault := _fault(post, found, article, known=same):
            return Result(_item(found, article, Placed(Outcome.FAILED, None, problems=(fault,))))
        slug = slugify(article.slug or slug_of(article.url) or article.title, post.language or self._language)
        alike = not article.identity
        where = self._placer.find(post, article.body, article.kind, slug, alike=alike)
        return self._write(found, article, self._like_before(post, article, where), where)

    def _spoken(self, found: Found, article: Article) -> Article:
        """A text that does not say its language, with that which its words tell, where the site has another."""
        silent = found.encoding and not _is_one_of_many(article) and not (article.language or self._request.language)
        tag = speech.another(article.body, self._language) if silent else None
        if tag is None:
            return article
        cause = f"is in another language than the site, by its words: the post says `language: {tag}`"
        told = warning(cause, f"if that is wrong, import it with --language {self._language}")
        return replace(article, language=tag, problems=(*article.problems, told))

    def _source(self, found: Found, article: Article, sha256: str) -> Source:
        url = address(next(self._linker.old(article), "")) or "" if article.url else ""
        file = Source(found.source.name)
        name = self._request.source_name or ("" if file.publisher else file.name)  # no folder's: it reads as a name
        return Source(name, url=url, retrieved=self._retrieved, sha256=sha256)

    def _twice(self, found: Found, article: Article, path: str) -> Result:
        cause = f"is in this import twice, by its id; the first is {path}"
        fix = "import the sources one by one, if the later one is the better"
        return Result(_item(found, article, Placed(Outcome.KEPT, path, "it came twice", (warning(cause, fix),))))

    def _named(self, post: FrontMatter) -> FrontMatter:
        """The post with its names as the site spells them."""
        names = self._archive.names
        return replace(
            post,
            section=post.section and names.spelled("section", post.section),
            tags=names.all_spelled("tag", post.tags),
            authors=names.all_spelled("author", post.authors),
            series=post.series and names.spelled("series", post.series),
        )

    def _like_before(self, post: FrontMatter, article: Article, where: Place) -> FrontMatter:
        """The post with what it has from an earlier import: its id, and the tags that were found in its text."""
        there = where.there.front if where.there else None
        if there and there.id:
            post = replace(post, id=there.id)
        if article.tags or self._tagger is None:
            return post
        accepted = self._accepted.tags(article.title, article.body)
        found = there.tags if there else self._tagger.tags(article.title, article.body)
        return replace(post, tags=self._archive.names.all_spelled("tag", (*post.tags, *found, *accepted)))

    def _write(self, found: Found, article: Article, post: FrontMatter, where: Place) -> Result:
        identity = post.id or ""
        kept = self._linker.kept(article, Document(where.path, article.kind, post, article.body), identity)
        post = replace(post, permalink=kept.permalink, aliases=kept.aliases)
        phrases = likeness.phrases(article.body) if self._request.similarity > 0 else set()
        sample = likeness.sample(phrases)
        twin = self._twin(phrases, sample, identity)
        if twin and self._request.skip_similar:
            return Result(_item(found, article, Placed(Outcome.KEPT, twin, "it holds nearly the same text"), kept))
        shown, met = self._pictures.of(article), _Met()
        body = self._linked(article, where.path, shown, met)
        post = replace(post, image=post.image and self._picture(post.image, article, shown, met))
        try:
            placed = self._placer.put(post, body, where)
            told = [*shown.problems, *_told(where, kept, twin), *self._file(article, post, placed)]
        except OSError as error:
            return Result(_item(found, article, Placed(Outcome.FAILED, None, problems=(place.refused(error),)), kept))
        placed = replace(placed, problems=(*placed.problems, *told))
        if placed.outcome is not Outcome.FAILED:
            document = Document(where.path, article.kind, post, body)
            url = self._archive.url_of(document, identity)
            known = known_of(document, url, self._linker.old(article), sample)
            self._archive.add(known)
            self._placer.make_way(known)
        return Result(_item(found, article, placed, kept, met), _waiting(article, placed, met), shown.written)

    def _file(self, article: Article, post: FrontMatter, placed: Placed) -> list[Problem]:
        """Keep the comments below an article.

        Raises:
            OSError: The system refused.
        """
        if not article.comments or placed.outcome is Outcome.FAILED:
            return []
        filed = comments.file(self._request.root, post, article.comments, dry=self._request.dry_run)
        cause = f"has comments in {filed.path} that were edited by hand, so they were kept"
        return [warning(cause, "delete that file to import them afresh")] if filed.edited else []

    def _twin(self, phrases: set[int], sample: tuple[int, ...], identity: str) -> str | None:
        """Another article with nearly the same text."""
        own = self._archive.number(identity)
        for number in self._archive.near.near(sample)[:3]:
            if number != own:
                there = self._archive.document(self._archive.path(number))
                if there and likeness.share(phrases, likeness.phrases(there.body)) >= self._request.similarity:
                    return self._archive.path(number)
        return None

    def _linked(self, article: Article, path: str, shown: Shown, met: _Met) -> str:
        """The body with its addresses as the new site has them."""
        originals = {key(media.address): media.original for media in article.media}

        def answer(spot: Spot) -> str | None:
            if spot.picture:
                return self._shown(spot.target, originals, article, shown, met)
            lead = self._linker.lead(spot.target, article.url, path)
            if new := shown.new(spot.target) or shown.new(lead.whole):
                return new
            if lead.whole:
                met.waits[lead.whole] = None
            return lead.target

        return relinked(article.body, answer)

    def _shown(self, target: str, originals: dict[str, str], article: Article, shown: Shown, met: _Met) -> str | None:
        """The new address of a picture: it came along, is the site's already, or is fetched; else it is noted."""
        lead = self._linker.picture(target, article.url)
        if new := shown.new(target) or shown.new(lead.whole):
            return new
        if not lead.whole:
            return lead.target
        new = self._pictures.fetched(lead.whole, originals.get(key(lead.whole), ""), article, shown)
        if new is None:
            met.remote[lead.whole] = None
        return new or lead.target

    def _picture(self, image: Image, article: Article, shown: Shown, met: _Met) -> Image:
        originals = {key(media.address): media.original for media in article.media}
        return replace(image, src=self._shown(image.src, originals, article, shown, met) or image.src)


_NO_DATE = Problem(
    "has no date line at its top",
    "give the date with --date 2026-11-23, import it with --draft, or write a line such as 23 November 2026 above "
    "the text",
)
_UNDATED = Problem("has no date", "give the date with --date 2026-11-23, or import it with --draft")
_EMPTY = Problem("has neither title nor text", "nothing is lost; import it again once it has one")


def _fault(post: FrontMatter, found: Found, article: Article, *, known: bool) -> Problem | None:
    """Why an article cannot be a post."""
    if not post.title:
        return _EMPTY
    needs_date = article.kind is Kind.POST and post.status is not Status.DRAFT and not known
    if post.date is not None or not needs_date:
        return None
    return _NO_DATE if found.encoding and not _is_one_of_many(article) else _UNDATED


def _is_one_of_many(article: Article) -> bool:
    """Whether an article is a part of its source: of an export, a feed, a table."""
    return bool(article.identity or article.url or article.digest)


def _told(where: Place, kept: Kept, twin: str | None) -> list[Problem]:
    """What a person should look at."""
    told = [
        warning(
            f"had the address {address}, which {path} has, so it got another",
            "give one of them an alias, or delete one if they are the same story",
        )
        for address, path in kept.takers
    ]
    if where.taken:
        told.append(place.another_story(where.taken))
    if twin and twin != where.path:
        told.append(warning(f"has nearly the same text as {twin}, so both are there", "delete one of them"))
    return told


def _waiting(article: Article, placed: Placed, met: _Met) -> Waiting | None:
    """The links of a post that lead nowhere yet."""
    if not met.waits or placed.path is None:
        return None
    return Waiting(placed.path, article.url, tuple(met.waits), placed.outcome is not Outcome.KEPT)


def _item(
    found: Found, article: Article, placed: Placed, kept: Kept | None = None, met: _Met | None = None
) -> Imported:
    """What came of an article, for the receipt."""
    source = article.place or found.source.place
    guess = article.guess if placed.outcome not in (Outcome.KEPT, Outcome.FAILED) else None
    told = (*article.problems, *_guessed(article.title, guess), *placed.problems)
    return Imported(
        source=source,
        outcome=placed.outcome,
        kind=kind_of(article),
        path=placed.path,
        title=article.title,
        url=article.url,
        encoding=found.encoding,
        note=placed.note,
        unkept=kept.unkept if kept else (),
        pictures=tuple(met.remote) if met else (),
        comments=len(article.comments) if placed.outcome is not Outcome.FAILED else 0,
        dropped=article.dropped,
        guess=guess,
        problems=tuple(_told_of(article, problem).at(source) for problem in told),
    )


def _guessed(title: str, guess: Guess | None) -> Iterator[Problem]:
    """That a post's headline may be another line."""
    if guess:
        cause = f"has a headline that is a guess: {title[:100]!r}; it may be {guess.others}"
        yield warning(cause, "if another is right, write it as title in the post", line=guess.line)


def _told_of(article: Article, problem: Problem) -> Problem:
    """A problem that names its article, where nothing else tells it from the others of an export."""
    if problem.line is not None or problem.path or not _is_one_of_many(article):
        return problem
    cause = f"{article.title[:100]!r} {problem.cause}" if article.title else problem.cause
    return replace(problem, cause=cause, line=article.line)

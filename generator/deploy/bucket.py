"""Object storage: S3 and what speaks like it, Google Cloud Storage, Azure. The only door to obstore.

Objects are replaced one by one, so order counts: assets, pages, feeds, deletions. Each has its type and caching. The
store's own ETag tells whether an object is the one that we put. Secrets come from the environment or the platform,
which obstore asks itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from generator.config import Deploy
from generator.deploy import programs
from generator.deploy.place import STALE, Claim, Clock, Release, Step, is_dead
from generator.deploy.publication import Item, Manifest, Publication, Stored
from generator.errors import DeployError, Problem, UsageError

if TYPE_CHECKING:
    from obstore.store import ObjectStore

_MANIFEST, _LOCK = ".dateline/manifest.json", ".dateline/lock.json"
_NEXT = "next "
"""How the manifest notes what is about to be put, so that a publication that was cut off can tell what it did."""
_TRIES = 5
_PATIENCE = "180s"
"""For one request; what is large goes up in parts of some 5 MB."""
_AT_ONCE, _PARTS_AT_ONCE = 8, 2

_ASKED_LAST = ("http://169.254.", "http://metadata")
"""Where machines in a cloud get their credentials from."""

T = TypeVar("T")


def opened(settings: Deploy) -> ObjectStore:
    """The store of a bucket.

    Raises:
        UsageError: obstore is not installed, or refuses the settings.
    """
    try:
        from obstore.store import from_url
    except ImportError:
        fix = "install Dateline with its extra: pip install '.[deploy]'"
        raise UsageError(Problem("publishing to a bucket needs the library obstore", fix)) from None
    given = {"endpoint": settings.endpoint, "region": settings.region} if settings.url.startswith("s3:") else {}
    config: Any = {key: value for key, value in given.items() if value}
    plain: Any = {"allow_http": settings.endpoint.startswith("http:"), "timeout": _PATIENCE}
    try:
        return from_url(settings.url, config=config, client_options=plain, retry_config={"max_retries": 0})
    except Exception as error:  # the library raises what it likes
        cause = f"{settings.url} cannot be used: {_plain(str(error))}"
        raise UsageError(Problem(cause, "see docs/deploy.md for what must be in the environment")) from error


def _plain(said: str) -> str:
    """What the library says, without the inside of its errors and without secrets."""
    return programs.redacted(said.partition("\n\nDebug source")[0])


class Bucket:
    """See Place.

    Args:
        settings: The place's.
        clock: What time it is, and how to wait.
        store: The store.
    """

    site = ""
    beside: str | None = None
    headers = True
    own: Mapping[str, bytes] = MappingProxyType({})

    def __init__(self, settings: Deploy, clock: Clock, store: ObjectStore) -> None:
        self.title = settings.url
        self._clock, self._store = clock, store
        self._claim: Claim | None = None
        self._coming: dict[str, Stored] = {}

    def _tried(self, work: Callable[[], T]) -> T:
        """Do something at the store; what may be a passing fault is tried again, ever more slowly.

        Raises:
            DeployError: It failed for good.
            FileNotFoundError: There is no such object.
        """
        from obstore import exceptions

        final = (exceptions.PermissionDeniedError, exceptions.UnauthenticatedError, exceptions.InvalidPathError)
        for number in range(1, _TRIES + 1):
            try:
                return work()
            except (exceptions.AlreadyExistsError, exceptions.PreconditionError):
                raise
            except exceptions.BaseError as error:
                if number == _TRIES or isinstance(error, final):
                    raise self._failed(str(error)) from error
                self._clock.sleep(0.5 * 2.0 ** (number - 1))
        raise AssertionError

    def _failed(self, said: str) -> DeployError:
        """What to say where something failed for good."""
        if any(host in said for host in _ASKED_LAST):
            cause = "there are no credentials in the environment, and this machine is none of the cloud's"
            fix = "docs/deploy.md says under Secrets which variables to set; `dateline deploy` goes on where it stopped"
            return DeployError(Problem(f"{self.title}: {cause}", fix))
        fix = "check name, credentials and connection; `dateline deploy` goes on where it stopped"
        return DeployError(Problem(f"{self.title}: {_plain(said)}", fix))

    def _get(self, path: str) -> tuple[bytes, Any]:
        """An object's bytes, and what the store says of it; nothing where there is none."""
        import obstore

        try:
            found = self._tried(lambda: obstore.get(self._store, path))
            return bytes(found.bytes()), found.meta
        except FileNotFoundError:
            return b"", None

    def _put(self, path: str, data: bytes, said: Mapping[str, str], mode: Any = "overwrite") -> str:
        """Put an object; its tag."""
        import obstore

        how: Any = {"attributes": dict(said), "mode": mode, "max_concurrency": _PARTS_AT_ONCE}
        done = self._tried(lambda: obstore.put(self._store, path, data, **how))
        return _tag(done)

    # --- who may

    def lock(self, claim: Claim, *, force: bool) -> None:
        """See Place."""
        from obstore import exceptions

        try:
            self._put(_LOCK, claim.dump(), _PRIVATE, "create")
        except exceptions.AlreadyExistsError:
            data, meta = self._get(_LOCK)
            holder = Claim.load(data)
            if holder == claim:  # of which we heard nothing, since the answer was lost
                self._claim = claim
                return
            heard = meta["last_modified"].timestamp() if meta else 0.0
            stale = self._clock.now - heard > STALE
            if not (force or stale or is_dead(holder, claim)):
                raise holder.refused(self._clock.now) from None
            try:
                version = {key: meta[key] for key in ("e_tag", "version") if meta[key]} if meta else "create"
                self._put(_LOCK, claim.dump(), _PRIVATE, version)
            except (exceptions.PreconditionError, exceptions.AlreadyExistsError):
                raise holder.refused(self._clock.now) from None
        self._claim = claim

    def unlock(self) -> None:
        """See Place."""
        import obstore

        if self._claim is not None:
            self._claim = None
            with suppress(DeployError):  # a lock that stays is told from a live one by its age
                self._tried(lambda: obstore.delete(self._store, _LOCK))

    def close(self) -> None:
        """See Place."""

    # --- what is there

    def _listed(self) -> dict[str, str]:
        """Every object with its tag."""
        import obstore

        def ask() -> dict[str, str]:
            pages = obstore.list(self._store, chunk_size=1000)
            return {one["path"]: _tag(one) for page in pages for one in page}

        return self._tried(ask)

    def look(self, items: Mapping[str, Item]) -> dict[str, Stored]:
        """See Place."""
        known = Manifest.load(self._get(_MANIFEST)[0]).files
        there = self._listed()
        wanted = known.keys() | items.keys()
        return {path: _seen(items.get(path), known.get(path), tag) for path, tag in there.items() if path in wanted}

    def read(self, paths: Sequence[str]) -> dict[str, bytes]:
        """See Place."""
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            found = zip(paths, pool.map(self._get, paths), strict=True)
            return {path: data for path, (data, meta) in found if meta}

    # --- what is done

    def begin(self, publication: Publication) -> None:
        """See Place: what is about to be put is noted first."""
        self._coming = {item.path: Stored("", item.mark, _NEXT + item.digest) for item in publication.send}
        self.note(Manifest(dict(publication.before)))

    def put(self, items: Sequence[Item], step: Step) -> dict[str, Stored]:
        """See Place."""

        def send(item: Item) -> Stored:
            said = {"Content-Type": item.headers.type, "Cache-Control": item.headers.cache}
            if item.headers.encoding:
                said["Content-Encoding"] = item.headers.encoding
            return Stored(item.digest, item.mark, self._put(item.path, item.data(), said))

        found = {}
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            work = [pool.submit(send, item) for item in items]
            try:
                for item, one in zip(items, work, strict=True):
                    found[item.path] = one.result()
                    step()
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
        return found

    def note(self, manifest: Manifest) -> None:
        """See Place; what is still to come is noted as such, and the lock is renewed."""
        if self._claim is not None:
            self._put(_LOCK, self._claim.dump(), _PRIVATE)
        coming = {
            path: stored
            for path, stored in self._coming.items()
            if manifest.files.get(path, stored).digest != stored.tag.removeprefix(_NEXT)
        }
        self._put(_MANIFEST, Manifest({**manifest.files, **coming}).dump(), _PRIVATE)

    def verify(self, stored: Mapping[str, Stored]) -> None:
        """See Place."""
        there = self._listed() if stored else {}
        if wrong := sorted(path for path, one in stored.items() if there.get(path) != one.tag):
            cause = f"{self.title}: not all objects are what was put there, {len(wrong)} differ; the first: {wrong[0]}"
            raise DeployError(Problem(cause, "run `dateline deploy` again; nothing was deleted"))

    def delete(self, paths: Sequence[str]) -> None:
        """See Place."""
        import obstore

        for at in range(0, len(paths), 1000):
            self._tried(lambda some=list(paths[at : at + 1000]): obstore.delete(self._store, some))  # type: ignore[misc]

    def activate(self, manifest: Manifest) -> str:
        """See Place."""
        self.note(manifest)
        return ""

    # --- what was

    def releases(self) -> list[Release]:
        """See Place."""
        return []

    def roll_back(self, release: str) -> list[str]:  # noqa: ARG002
        """See Place: it keeps nothing to go back to."""
        return []


_PRIVATE = {"Content-Type": "application/json", "Cache-Control": "no-store"}


def _tag(said: Any) -> str:
    """The ETag of an object, without the quotes that some stores leave out in lists."""
    return (said["e_tag"] or "").strip('"')


def _seen(item: Item | None, stored: Stored | None, tag: str) -> Stored:
    """What is known of an object."""
    if stored is None:
        return Stored("", tag=tag)
    if stored.tag.strip('"') == tag and stored.digest:
        return stored
    if item and (stored.tag, stored.mark) == (_NEXT + item.digest, item.mark) and _is(item, tag):
        return Stored(item.digest, item.mark, tag)
    return Stored("", stored.mark, tag, stored.gone)


def _is(item: Item, tag: str) -> bool:
    """Whether a tag is the one that S3 gives to a file: the MD5 of its bytes."""
    return tag == hashlib.md5(item.data(), usedforsecurity=False).hexdigest()

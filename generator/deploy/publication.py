"""What is to be done so that a place has what a site is: values, worked out from digests alone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence

from generator import codec
from generator.deploy.headers import Headers, Stage, stage
from generator.errors import DeployError, Problem
from generator.records import Record, field, replace
from generator.writer import folders_of


class Item(Record, frozen=True):
    """A file that the place is to have.

    Attributes:
        path: Below the place's root.
        name: Below the site's root, as readers ask for it; empty for what they never see.
        digest: SHA-256 in hexadecimal, or something else that tells its bytes from others.
        headers: What the host says of it.
        stage: When it goes up.
        make: Gives its bytes.
        mark: Tells the headers from others, at a place that keeps headers with its files.
    """

    path: str
    name: str
    digest: str
    headers: Headers
    stage: Stage
    make: Callable[[], bytes]
    mark: str = ""

    def data(self) -> bytes:
        """Its bytes.

        Raises:
            DeployError: They are no longer what they were when the site was looked at.
        """
        try:
            data = self.make()
        except OSError as error:
            raise _moving(self.name or self.path) from error
        if len(self.digest) == 64 and hashlib.sha256(data).hexdigest() != self.digest:
            raise _moving(self.name or self.path)
        return data


def _moving(name: str) -> DeployError:
    cause = f"{name} changed while it was being published"
    return DeployError(Problem(cause, "let the other build end, then run `dateline deploy` again"))


class Stored(Record, frozen=True):
    """A file that the place has.

    Attributes:
        digest: Of what was put there; empty where that is not known, or no longer so.
        mark: Of the headers with which it was put there.
        tag: What the place itself says of the file, so that a change behind our back shows.
        gone: When the site ceased to have it, in seconds since 1970; None for what it has.
    """

    digest: str = ""
    mark: str = ""
    tag: str = ""
    gone: float | None = None


class Manifest(Record):
    """What a place has, as it is kept there.

    Attributes:
        files: By path.
        release: Its name, where the place keeps releases.
        version: Of this format.
    """

    files: dict[str, Stored] = field(default_factory=dict)
    release: str = ""
    version: int = 1

    def dump(self) -> bytes:
        """As a file."""
        return codec.to_json(Manifest(dict(sorted(self.files.items())), self.release)) + b"\n"

    @classmethod
    def load(cls, data: bytes) -> Manifest:
        """From a file; an empty one where that is damaged, of another version, or names what no place could have."""
        try:
            found = codec.from_json(data, cls)
        except codec.CodecError:
            return cls()
        return found if found.version == 1 and all(map(sound, found.files)) else cls()


def differing(one: Manifest, other: Manifest) -> list[str]:
    """Files that two states of a place do not share."""
    states = [{path: stored.digest for path, stored in manifest.files.items()} for manifest in (one, other)]
    return sorted({path for path, _ in states[0].items() ^ states[1].items()})


def sound(path: str) -> bool:
    """Whether a path stays below its root."""
    parts = path.split("/")
    return "\0" not in path and "\\" not in path and not any(part in ("", ".", "..") for part in parts)


class Publication(Record, frozen=True):
    """What is to be done.

    Attributes:
        send: What goes up, in this order.
        kept: What is there already and right.
        lingering: What the site has no longer, and some page that a reader holds open may still load.
        delete: What goes, after all else.
        before: What was there.
    """

    send: tuple[Item, ...]
    kept: Mapping[str, Stored]
    lingering: Mapping[str, Stored]
    delete: tuple[str, ...]
    before: Mapping[str, Stored]

    @property
    def empty(self) -> bool:
        """Whether the place is right as it is."""
        return not self.send and not self.delete and all(self.before.get(p) == s for p, s in self.lingering.items())

    def stages(self) -> Iterable[tuple[Stage, Sequence[Item]]]:
        """What goes up, stage by stage."""
        for which in Stage:
            if items := [item for item in self.send if item.stage is which]:
                yield which, items


def plan(items: Iterable[Item], there: Mapping[str, Stored], now: float, linger: float) -> Publication:
    """What is to be done.

    Args:
        items: All that the place is to have.
        there: What it has.
        now: In seconds since 1970.
        linger: Seconds for which assets stay that the site has no longer.
    """
    wanted = {item.path: item for item in items}
    send = [_ranked(item, there) for item in wanted.values() if not _same(item, there.get(item.path))]
    kept = {path: replace(there[path], gone=None) for path, item in wanted.items() if _same(item, there.get(path))}
    folders, lingering, delete = folders_of(wanted), dict[str, Stored](), list[str]()
    for path, stored in sorted(there.items()):
        if path in wanted:
            continue
        since = now if stored.gone is None else stored.gone
        in_the_way = path in folders or not wanted.keys().isdisjoint(folders_of([path]))
        if stage(path) is Stage.ASSET and now - since < linger and not in_the_way:
            lingering[path] = replace(stored, gone=since)
        else:
            delete.append(path)
    send.sort(key=lambda item: (item.stage, item.path))
    return Publication(tuple(send), kept, lingering, tuple(delete), dict(there))


def _ranked(item: Item, there: Mapping[str, Stored]) -> Item:
    """A page that is new goes up before those that lead to it."""
    return replace(item, stage=Stage.NEW) if item.stage is Stage.PAGE and item.path not in there else item


def _same(item: Item, stored: Stored | None) -> bool:
    return stored is not None and (stored.digest, stored.mark) == (item.digest, item.mark)

"""What is to follow once readers see the site, noted before they do: a run that is broken off leaves it to the next."""

from __future__ import annotations

from pathlib import Path

from generator import codec
from generator.cache.state import FOLDER, ready
from generator.deploy.publication import Publication
from generator.records import Record
from generator.writer import replace_file


class Owed(Record, frozen=True):
    """Files for which nothing has followed yet, as readers ask for them.

    Attributes:
        sent: What is new or other than it was.
        gone: What was deleted.
    """

    sent: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    def and_of(self, work: Publication, site: str) -> Owed:
        """This, and what a publication adds to it; `site` is where below the place's root the site lies."""
        sent = {*self.sent, *(item.name for item in work.send if item.name)}
        gone = {*self.gone, *(path.removeprefix(site) for path in work.delete)} - sent
        return Owed(tuple(sorted(sent)), tuple(sorted(gone)))


def _file(root: Path, place: str) -> Path:
    return root / FOLDER / f"deploy-{place}.owed"


def read(root: Path, place: str) -> Owed | None:
    """What publications to a place left; None where all has followed."""
    try:
        return codec.from_json(_file(root, place).read_bytes(), Owed)
    except (OSError, codec.CodecError):
        return None


def note(root: Path, place: str, owed: Owed) -> None:
    """Remember it."""
    ready(root / FOLDER)
    replace_file(_file(root, place), codec.to_json(owed))


def settle(root: Path, place: str, owed: Owed) -> None:
    """Forget it, unless another publication has added to it meanwhile."""
    if read(root, place) == owed:
        _file(root, place).unlink(missing_ok=True)

"""Files of a place on this machine."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.deploy.place import Claim
from generator.deploy.publication import Stored
from generator.errors import DeployError, Problem


@contextmanager
def telling(place: Path) -> Iterator[None]:
    """Turn an OSError into a DeployError that names the path."""
    try:
        yield
    except OSError as error:
        where = error.filename2 or error.filename or place
        cause = f"cannot publish to {where}: {error.strerror or error}"
        raise DeployError(Problem(cause, "check space and permissions; readers see what they saw before")) from error


def claimed(lock: Path, claim: Claim, now: float) -> int:
    """Lock a file for this process, and say in it who has it; the open file. The lock dies with its process.

    Raises:
        DeployError: Someone else has it.
    """
    file = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
    if not locked(file):
        holder = Claim.load(os.read(file, 4096))
        os.close(file)
        raise holder.refused(now)
    os.truncate(file, 0)
    os.pwrite(file, claim.dump(), 0)
    return file


def moment(now: float, before: Stored | None) -> int:
    """When the bytes of a file changed, in whole seconds since 1970; later than those before."""
    last = int(before.tag.partition("-")[0]) // 1_000_000_000 if before and before.tag else 0
    return max(int(now), last + 1)


def seen(path: str, stored: Stored) -> Stored | None:
    """A file as it is; None where there is none."""
    try:
        status = os.lstat(path)
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    mark = tag(status)
    if mark == stored.tag:
        return stored
    data = Path(path).read_bytes()
    same = hashlib.sha256(data).hexdigest() == stored.digest
    return Stored(stored.digest if same else "", stored.mark, mark, stored.gone)


def found(top: Path, paths: Iterable[str]) -> dict[str, bytes]:
    """Files of a folder; those that are not there are left out."""
    data = {}
    for path in paths:
        with suppress(OSError):
            data[path] = (top / path).read_bytes()
    return data


def tag(status: os.stat_result) -> str:
    """Tells a version of a file from others, by time and size."""
    return f"{status.st_mtime_ns}-{status.st_size}"


def folder_of(path: str, made: set[str]) -> None:
    """Make the folder of a file, once."""
    folder = path.rpartition("/")[0]
    if folder not in made:
        Path(folder).mkdir(parents=True, exist_ok=True)
        made.add(folder)


def link(source: str, target: str) -> None:
    """Let a file be in two releases; a copy with its times where the file system knows no hard links."""
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK):
            raise
        shutil.copy2(source, target)


def create(path: str, data: bytes, seconds: int) -> str:
    """Write a new file with a modification time of ours; its tag."""
    with Path(path).open("xb") as file:
        file.write(data)
    os.utime(path, (seconds, seconds))
    return tag(os.lstat(path))


def locked(file: int) -> bool:
    """Lock a file for this process; False where another has it. A lock dies with its process."""
    try:
        import fcntl
    except ImportError:  # pragma: no cover  # Windows
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

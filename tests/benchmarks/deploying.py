"""How long it takes to find out that nothing changed, at each kind of place, and how long the first publication takes.

Run: python -m tests.benchmarks.deploying [FILES]

The build, the check and the comparison before it are not part of this. ssh and S3 are servers on this machine, so the
network costs nothing; programs that are not installed fail.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent)]

from hosting import sshd  # noqa: E402
from stores import s3  # noqa: E402

from generator.config import Deploy  # noqa: E402
from generator.deploy import digests, places  # noqa: E402
from generator.deploy.listing import listing  # noqa: E402
from generator.deploy.place import Claim, Clock, Place  # noqa: E402
from generator.deploy.publication import Manifest, Publication, plan  # noqa: E402


def site(root: Path, files: int) -> Path:
    """A folder of so many pages of some 6 KB, none like another."""
    output = root / "output"
    for number in range(files):
        page = output / f"{2000 + number % 20}/{number % 12 + 1:02}/story-{number}/index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"<!doctype html><title>{number}</title><style>p {{}}</style>" + f"<p>Words {number}. " * 400)
    return output


def find_out(root: Path, output: Path, place: Place, settings: Deploy) -> Publication:
    """What a publication does until it knows what is to be done."""
    found = digests.look(root, output)
    items = listing(output, found.files, dict(place.own), place, settings)
    return plan(items, place.look({item.path: item for item in items}), time.time(), 3600)


def send(place: Place, work: Publication) -> None:
    """What it does then."""
    place.begin(work)
    done = place.put(work.send, lambda: None)
    place.verify(done)
    place.activate(Manifest({**work.kept, **done}))


def measured(what: Callable[[], object]) -> float:
    """Seconds that something takes."""
    started = time.perf_counter()
    what()
    return time.perf_counter() - started


def kinds(scratch: Path, stack: ExitStack) -> Iterator[Deploy]:
    """One place of each kind."""
    yield Deploy(kind="folder", path=str(scratch / "folder"))
    yield Deploy(kind="files", path=str(scratch / "files"))
    subprocess.run(["git", "init", "-q", "--bare", str(scratch / "git")], check=True)
    yield Deploy(kind="git", remote=str(scratch / "git"))
    (scratch / "sshd").mkdir()
    config = stack.enter_context(sshd(scratch / "sshd")).config
    yield Deploy(kind="ssh", host="loopback", path=str(scratch / "ssh"), ssh_config=str(config))
    os.environ.update(AWS_ACCESS_KEY_ID="key", AWS_SECRET_ACCESS_KEY="word")
    store = stack.enter_context(s3())
    yield Deploy(kind="bucket", url="s3://news", endpoint=store.endpoint, region="us-east-1")


def main(files: int) -> None:
    """Print a line for each kind of place."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        root, scratch = Path(name) / "site", Path(name)
        output = site(root, files)
        time.sleep(0.1)  # so that the files are at rest, as after a build
        print(f"{files:,} files; seconds: first publication, nothing changed (median of 5)")
        for settings in kinds(scratch, stack):
            place = places.opened(root, "bench", settings, Clock(time.time(), time.sleep))
            place.lock(Claim("bench", time.time()), force=False)
            first = measured(
                lambda place=place, settings=settings: send(place, find_out(root, output, place, settings))
            )
            assert find_out(root, output, place, settings).empty
            again = [
                measured(lambda place=place, settings=settings: find_out(root, output, place, settings))
                for _ in range(5)
            ]
            place.unlock()
            place.close()
            print(f"  {settings.kind:<8} {first:8.2f} {sorted(again)[2]:8.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)

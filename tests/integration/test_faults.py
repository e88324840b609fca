"""Goal R5: a full disk, a failing one, a forbidden file, too many open files: told by name, and no file is harmed."""

import os
import random
import shutil
import subprocess
from pathlib import Path

import faults
import pytest
from conftest import absent
from faults import MAKES, READS, REMOVES, SETTLES, WRITES, Stage
from processes import gathering

ERRORS = {
    **dict.fromkeys(WRITES, ("ENOSPC", "EIO", "EDQUOT")),
    **dict.fromkeys(MAKES, ("ENOSPC", "EIO", "EACCES", "EROFS")),
    **dict.fromkeys(REMOVES, ("EACCES", "EIO")),
    **dict.fromkeys(SETTLES, ("EIO", "ENOSPC")),
    **dict.fromkeys(READS, ("EIO",)),
    "openat": ("EMFILE", "ENFILE", "EACCES", "EIO"),
    "newfstatat": ("EACCES", "EIO"),
}
PLACES = {"output": 12, "content": 6, "themes": 4, ".dateline": 5}
"""Where calls of a build fail, and how many of them in every run of the tests."""


@pytest.fixture(scope="module")
def failing(tmp_path_factory):
    """A stage, and the points at which its build can fail."""
    stage = Stage(tmp_path_factory.mktemp("faults"), 10, 1)
    return stage, faults.record(stage, tuple(ERRORS))


def _assert_told(point, what, ended):
    """A failure is told to a person, with the path that it was about."""
    assert "Traceback" not in ended.err, f"{what}: {ended.err}"
    assert ended.code in (1, 2), f"{what}: exit code {ended.code}"
    top, _, below = point.path.partition("/")
    place = str(Path(point.path).parent) if below and top in ("content", "themes") else top
    assert place in ended.err, f"{what}: no word of {place} in {ended.err!r}"


def _assert_true(stage, point, what):
    """Success is claimed for a whole new site alone, and never where a page could not be written."""
    found = faults.difference(stage.new, faults.tree(stage.output))
    assert not found, f"{what}: exit code 0, yet {found[0]}"
    needed = point.call in (*WRITES, *SETTLES, "rename", "renameat", "renameat2")
    assert not (needed and point.path.startswith("output/")), f"{what}: exit code 0"


def _fail_at(failing, place, seed, count):
    """Let builds fail at points for one place of the site, each time from the same state."""
    stage, points = failing
    choose = random.Random(seed)
    here = [point for point in points if point.path.split("/")[0] == place]
    with gathering() as one:
        for point in faults.sample(here, count, seed):
            # A post that may not be read is left out and told, as any with an error is; all else stops the build.
            errors = [error for error in ERRORS[point.call] if place != "content" or error != "EACCES"]
            error = choose.choice(errors)
            stage.reset()
            with one():
                _fail(stage, point, error)


def _fail(stage, point, error):
    with stage.start(tracer=faults.inject(point, f"error={error}")) as process:
        ended = process.wait()
    what = f"{error} at {point}"
    stage.assert_whole(what)
    if ended.code:
        _assert_told(point, what, ended)
    else:
        _assert_true(stage, point, what)
    if point.call not in REMOVES:
        stage.assert_tidy(what)
    stage.assert_heals(what)


@pytest.mark.parametrize("half", range(2))
@pytest.mark.parametrize("place", PLACES)
def test_an_error_of_the_system(failing, place, half):
    """One call that fails ends the build with a word about the path, or matters not at all; no file is harmed."""
    _fail_at(failing, place, half, PLACES[place] // 2)


FOLDERS = ["content", "content/posts", "themes/tiny/templates", "themes/tiny/assets"]


@pytest.mark.parametrize("error", ["EACCES", "EIO"])
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_that_cannot_be_read(failing, folder, error):
    """A folder of sources that the system will not show is no empty one: nothing that it holds goes off the site."""
    stage, points = failing
    first = next(point for point in points if point.call == "openat" and point.path == folder)
    stage.reset()
    _fail(stage, first, error)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 105))
@pytest.mark.parametrize("place", PLACES)
def test_errors_of_the_system(failing, place, seed):
    """The same, a hundred times."""
    _fail_at(failing, place, seed, 5)


class Disk:
    """A disk of its own, in memory, whose size can be set."""

    def __init__(self, folder):
        self.folder = folder
        self._mount("size=64m")

    def _mount(self, options):
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(self.folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            absent(f"a disk of a given size cannot be had here: {done.stderr.strip()}")

    def used(self):
        """Its pages in use."""
        found = os.statvfs(self.folder)
        return found.f_blocks - found.f_bfree

    def leave(self, pages):
        """Make it so small that so many pages are free; None for plenty."""
        size = os.sysconf("SC_PAGE_SIZE")
        self._mount(f"remount,size={64 << 20 if pages is None else (self.used() + pages) * size}")


@pytest.fixture(scope="module")
def disk(tmp_path_factory):
    """A stage on a disk of its own, and the disk."""
    if not shutil.which("mount") or os.geteuid() != 0:
        absent("only root can mount a disk of a given size")
    folder = tmp_path_factory.mktemp("disk")
    disk = Disk(folder)
    yield disk, Stage(folder, 10, 1)
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _fill(disk, part, *, built):
    """Build with some part of the room that the build needs."""
    room, stage = disk
    stage.reset(built=built)
    before = room.used()
    stage.build()
    needed = max(room.used() - before, 3)
    stage.reset(built=built)
    pages = int(needed * part)
    room.leave(pages)
    try:
        with stage.start() as process:
            ended = process.wait()
    finally:
        room.leave(None)
    what = f"{pages} of {needed} pages of disk free"
    if ended.code == 0:  # the room of files that went was enough
        assert faults.difference(stage.new, faults.tree(stage.output)) == [], what
    else:
        assert "Traceback" not in ended.err, (what, ended.err)
        assert "output" in ended.err or ".dateline" in ended.err, (what, ended.err)
    assert built or ended.code, f"{what}: exit code 0"
    stage.assert_whole(what, built=built)
    stage.assert_heals(what)


@pytest.mark.parametrize(("part", "built"), [(0, True), (0.4, False), (0.8, True)])
def test_the_disk_is_full(disk, part, built):
    """A disk that fills up while a site is built ends the build; the files of before stand."""
    _fill(disk, part, built=built)


@pytest.mark.long
@pytest.mark.parametrize("built", [True, False])
@pytest.mark.parametrize("part", [0.05, 0.2, 0.5, 0.7, 0.95])
def test_the_disk_is_full_at_ten_sizes(disk, part, built):
    """The same for rebuilds and first builds, with more and more room."""
    _fill(disk, part, built=built)


@pytest.mark.parametrize("limit", ["ulimit -f 2", "ulimit -f 8", "ulimit -n 7", "ulimit -n 9"])
def test_a_limit_of_the_shell(failing, limit):
    """Files may not grow, or not many be open: a build that cannot be done is not half done."""
    stage, _ = failing
    stage.reset()
    with stage.start(limit=limit) as process:
        ended = process.wait()
    if ended.code == 0:
        assert faults.difference(stage.new, faults.tree(stage.output)) == [], limit
    assert "Traceback" not in ended.err, (limit, ended.err)
    stage.assert_whole(limit)
    stage.assert_heals(limit)

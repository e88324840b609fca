"""A bad cache is an empty cache: whatever happens to a file of it, the site is right, with one warning at most."""

import os
import shutil
import subprocess
import sys
from random import Random

import histories
import pytest
from desk import STATE, Desk, traces, tree
from editing import EDITS
from support import REPOSITORY
from town import town

from generator.errors import Severity


def flip(path, dice):
    """Some bits change."""
    data = bytearray(path.read_bytes())
    for _ in range(dice.choice((1, 1, 8)) if data else 0):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    path.write_bytes(data)


def cut(path, dice):
    """The end is lost."""
    os.truncate(path, dice.randrange(path.stat().st_size + 1))


def empty(path, dice):
    """The file is empty."""
    path.write_bytes(b"")


def zero(path, dice):
    """A stretch is zeros, as after a loss of power."""
    data = path.read_bytes()
    start = dice.randrange(len(data) + 1)
    end = dice.randrange(start, len(data) + 1)
    path.write_bytes(data[:start] + bytes(end - start) + data[end:])


def append(path, dice):
    """Something stands behind the end."""
    with path.open("ab") as file:
        file.write(dice.randbytes(dice.choice((1, 40))))


def retype(path, dice):
    """Another text stands there, or a database of SQLite that is none."""
    path.write_bytes(dice.choice((b"Hello.\n", b"{}", b"SQLite format 3\0" + dice.randbytes(4096), b"\0" * 64)))


def reversion(path, dice):
    """Its head names another version."""
    data = bytearray(path.read_bytes())
    digits = [at for at, byte in enumerate(data[:64]) if 48 <= byte <= 57] or [*range(min(len(data), 64))]
    for at in digits[:1]:
        data[at] = 57 if data[at] != 57 else 48
    path.write_bytes(data)


def remove(path, dice):
    """The file is lost."""
    path.unlink()


def folder(path, dice):
    """A folder is in its place."""
    path.unlink()
    path.mkdir()
    if dice.random() < 0.5:
        (path / "inner").write_bytes(b"x")


def dangle(path, dice):
    """A link that leads nowhere is in its place."""
    path.unlink()
    path.symlink_to("nowhere/at/all")


def close(path, dice):
    """Nobody may read or write it."""
    path.chmod(0)


def swap(path, dice):
    """It has changed places with another file."""
    other = dice.choice([file for file in sorted(path.parent.rglob("*")) if file.is_file()])
    data = path.read_bytes()
    path.write_bytes(other.read_bytes())
    other.write_bytes(data)


HARMS = [flip, flip, flip, cut, cut, empty, zero, append, retype, reversion, remove, folder, dangle, swap]
if os.geteuid():
    HARMS.append(close)


def files(desk):
    """All that a build remembers, file by file."""
    return sorted(path for path in (desk.root / STATE).rglob("*") if path.is_file())


def check(desk, said):
    """Two builds: the clean output, its problems and one warning at most; then nothing to do and nothing to say."""
    want, clean = histories.CLEANED.of(desk)
    first = desk.build()
    assert not first.error, said
    more = [p for p in first.report.problems if (p.path, p.line, p.cause) not in want.problems]
    assert len(more) <= 1, (said, more)
    assert all(problem.severity is Severity.WARNING for problem in more), (said, more)
    assert want.problems <= first.problems, said
    assert tree(desk.output) == clean, said
    before = traces(desk.output)
    again = desk.build()
    assert (again.problems, again.rendered, again.report.written) == (want.problems, set(), 0), said
    assert traces(desk.output) == before, said


def damages(folder, seed, count):
    """Damage after damage to one site; between them, sometimes, an edit, or one file as it was some builds ago."""
    dice, desk, older = Random(seed), Desk(folder / "site", town()), {}
    desk.build()
    for number in range(count):
        if dice.random() < 0.6:
            older = {path: path.read_bytes() for path in files(desk)}
            EDITS[dice.choice(("edit_body", "retitle", "retag", "rename_article", "swap_pictures"))](desk, dice)
            desk.lay()
        if dice.random() < 0.3:
            desk.build()
        path, harm = dice.choice(files(desk)), dice.choice(HARMS)
        said = f"{seed}/{number}: {path.name}: {harm.__doc__}"
        if path in older and dice.random() < 0.15:
            said = f"{seed}/{number}: {path.name} as it was some builds ago"
            path.write_bytes(older[path])
        else:
            harm(path, dice)
        check(desk, said)


@pytest.mark.parametrize("seed", range(10))
def test_damage(tmp_path, seed):
    """Ten damages to the cache of one site."""
    damages(tmp_path, seed, 10)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10, 110))
def test_damage_long(tmp_path, seed):
    """Two thousand in all."""
    damages(tmp_path, seed, 20)


def test_a_manifest_of_another_version(tmp_path):
    """It is an empty one, and nothing to tell: what an upgrade does is no damage."""
    desk = Desk(tmp_path / "site", town())
    known = desk.build().problems
    path = next(path for path in files(desk) if path.name == "manifest")
    reversion(path, Random(0))
    again = desk.build()
    assert again.problems == known
    assert again.rendered


@pytest.mark.parametrize("harm", dict.fromkeys(HARMS), ids=lambda harm: harm.__name__)
def test_each_damage_to_each_file(tmp_path, harm):
    """Every kind of damage to every file; with sources unchanged, no file of the output is touched."""
    desk = Desk(tmp_path / "site", town())
    desk.build()
    for number in range(len(files(desk))):
        remembered = files(desk)
        path = remembered[number % len(remembered)]
        before = traces(desk.output)
        harm(path, Random(number))
        check(desk, f"{path.name}: {harm.__doc__}")
        assert traces(desk.output) == before, path.name


def test_file_in_place_of_a_folder(tmp_path):
    """A file where a folder of the cache should be is no reason to fail."""
    desk = Desk(tmp_path / "site", town())
    desk.build()
    for path in [path for path in (desk.root / STATE).iterdir() if path.is_dir()]:
        shutil.rmtree(path)
        path.write_bytes(b"x")
    check(desk, "files in place of folders")


def test_file_in_place_of_the_whole(tmp_path):
    """A file `.dateline` may be someone's own: it stays, and the message names it."""
    desk = Desk(tmp_path / "site", town())
    (desk.root / STATE).write_bytes(b"x")
    outcome = desk.build()
    assert f"ROOT/{STATE}" in outcome.error or outcome.wrote
    assert (desk.root / STATE).read_bytes() == b"x"


def test_other_versions_cache_is_left_behind(tmp_path):
    """What another version keeps beside ours in `.dateline` harms nothing."""
    desk = Desk(tmp_path / "site", town())
    (desk.root / STATE).mkdir()
    for name in ("state.db", "manifest.json", "fragments/0.pack"):
        (desk.root / STATE / name).parent.mkdir(exist_ok=True)
        (desk.root / STATE / name).write_bytes(b"{}")
    check(desk, "files of another version")


@pytest.mark.parametrize("harm", [flip, empty, folder, retype], ids=lambda harm: harm.__name__)
def test_command_after_a_damage(tmp_path, harm):
    """The command ends with 0 and says no more than a line or two; never a traceback."""
    desk = Desk(tmp_path / "site", town())
    command = [sys.executable, "-m", "generator", "build", "-s", str(desk.root), "--now", desk.now.isoformat()]
    for _ in range(2):
        done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
        assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
        assert done.stderr.count("warning:") <= 1, done.stderr
        for path in files(desk):
            harm(path, Random(1))

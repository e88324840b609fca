"""Goal R7: builds and a preview of one site at the same time neither fail nor harm each other."""

import random
import signal
import time

import faults
import pytest
from faults import Stage
from processes import gathering, within
from support import messages, post
from tiny import site

from generator import content
from generator.errors import VanishedError

SERIAL, PARALLEL = (10, 1), (80, 2)
WAITING = "waiting"
"""What a build says while another of the site runs."""


@pytest.fixture(scope="module")
def stages(tmp_path_factory):
    """A maker of stages; each is made once."""
    made = {}

    def make(kind):
        if kind not in made:
            made[kind] = Stage(tmp_path_factory.mktemp("concurrent"), *kind)
        return made[kind]

    return make


def _assert_done(process, what, seconds=60):
    ended = process.wait(seconds)
    assert ended.code == 0, f"{what}: exit code {ended.code}: {ended.err or ended.out}"


def _together(stage, offset, options=(), *, edited):
    """Two builds, the second begun some time after the first; the edit comes before both or between them."""
    what = f"{offset:.3f} s apart, edit {'before both' if edited else 'between'}"
    stage.reset(edited=edited)
    with stage.start() as first:
        time.sleep(offset)
        if not edited:
            stage.edit()
        with stage.start(*options) as second:
            _assert_done(first, f"first of two builds {what}")
            _assert_done(second, f"second of two builds {what}")
    return what


def _same_output(stages, kind, seed, count):
    stage = stages(kind)
    choose = random.Random(seed)
    with gathering() as one:
        for number in range(count):
            with one():
                what = _together(stage, choose.uniform(0, 0.4), edited=number % 2 == 0)
                found = faults.difference(stage.new, faults.tree(stage.output))
                assert not found, f"two builds {what}: {found[0]}"
                stage.assert_heals(what)


@pytest.mark.parametrize(("kind", "count"), [(SERIAL, 6), (PARALLEL, 4)])
def test_two_builds_at_once(stages, kind, count):
    """Two builds into one folder both end well, and the site is that of the later edit."""
    _same_output(stages, kind, 7, count)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 115))
def test_many_builds_at_once(stages, seed):
    """The same, 150 times."""
    _same_output(stages, SERIAL, seed, 6)
    _same_output(stages, PARALLEL, seed, 4)


@pytest.mark.parametrize("offset", [0, 0.15])
def test_a_build_afresh_beside_another(stages, offset):
    """A build that forgets what is remembered does not take it from under one that is at work."""
    stage = stages(SERIAL)
    what = _together(stage, offset, ["--fresh"], edited=True)
    found = faults.difference(stage.new, faults.tree(stage.output))
    assert not found, f"two builds, the second afresh, {what}: {found[0]}"


@pytest.mark.parametrize("offset", [0, 0.2])
def test_two_builds_into_two_folders(stages, offset):
    """Two builds of one site into folders of their own give the same site twice."""
    stage = stages(SERIAL)
    other = stage.root / "elsewhere"
    _together(stage, offset, ["--output", str(other)], edited=True)
    assert faults.difference(stage.new, faults.tree(stage.output)) == []
    assert faults.difference(stage.new, faults.tree(other)) == []


@pytest.fixture
def holding(stages):
    """A stage, and a maker of a build that holds it: for some seconds it stands still in the midst of writing."""
    stage = stages(SERIAL)
    points = faults.record(stage, ("rename", "renameat", "renameat2"))
    point = [point for point in points if point.path.startswith("output/")][5]

    def start(seconds):
        stage.reset()
        process = stage.start(tracer=faults.inject(point, f"delay_enter={seconds}s"))
        assert within(20, lambda: faults.difference(stage.old, faults.tree(stage.output))), process.printed()
        return process

    return stage, start


def test_the_second_build_says_that_it_waits(holding):
    """A build that finds another at work tells the person on standard error, waits, and then does its own work."""
    stage, start = holding
    with start(4) as first, stage.start() as second:
        assert second.heard(WAITING), second.printed()
        assert WAITING in second.printed()[1]
        assert first.running
        _assert_done(first, "the build that was waited for")
        _assert_done(second, "the build that waited")
    assert faults.difference(stage.new, faults.tree(stage.output)) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_build_that_waits_is_interrupted(holding, number):
    """Ctrl-C and SIGTERM end a build that waits at once; the other goes on."""
    stage, start = holding
    with start(4) as first, stage.start() as second:
        assert second.heard(WAITING), second.printed()
        second.send(number)
        ended = second.wait(3)
        assert ended.code == 128 + number, ended
        assert "Traceback" not in ended.err, ended.err
        _assert_done(first, "the build that was waited for")
    assert faults.difference(stage.new, faults.tree(stage.output)) == []


@pytest.mark.parametrize("waits", [True, False])
def test_the_lock_of_a_killed_build_is_free(holding, waits):
    """A build goes on at once when the one before it is killed, whether it waited already or comes later."""
    stage, start = holding
    with start(60) as first:
        if not waits:
            first.kill()
        with stage.start() as second:
            if waits:
                time.sleep(1)
                first.kill()
            _assert_done(second, "after a killed build", 15)
    assert faults.difference(stage.new, faults.tree(stage.output)) == []
    stage.assert_heals("after a lock was freed")


def _orphans(stages, moments):
    """Kill builds whose workers are begun, and build again beside the workers, should any be left."""
    stage = stages(PARALLEL)
    with gathering() as one:
        for moment in moments:
            stage.reset()
            with one(), stage.start() as first:
                within(20, lambda: first.children() or not first.running)
                time.sleep(moment)
                first.send(signal.SIGKILL)
                with stage.start() as second:
                    _assert_done(second, f"killed {moment:.3f} s after its first worker", 15)
                    found = faults.difference(stage.new, faults.tree(stage.output))
                    assert not found, found[0]


def test_workers_of_a_killed_build_hold_no_lock(stages):
    """Where only the first process of a build was killed, its workers do not keep the next build waiting."""
    _orphans(stages, (0, 0.01, 0.04))


@pytest.mark.long
def test_workers_of_many_killed_builds_hold_no_lock(stages):
    """The same, thirty times."""
    _orphans(stages, [number / 300 for number in range(30)])


def _beside_a_preview(stages, builds, seed):
    """Edit and build while a preview runs; both must show the last edit."""
    stage = stages(SERIAL)
    stage.reset()
    with stage.serve() as preview:
        assert preview.heard("Serving at"), preview.printed()
        wanted = faults.tree(stage.preview)
    choose = random.Random(seed)
    stage.reset(edited=False)
    with stage.serve() as preview:
        assert preview.heard("Serving at"), preview.printed()
        for number in range(builds):
            with stage.start() as build:
                time.sleep(choose.uniform(0, 0.4))
                if number == builds // 2:
                    stage.edit()
                _assert_done(build, f"build {number} beside a preview")
        stage.build()
        assert faults.difference(stage.new, faults.tree(stage.output)) == []
        same = within(10, lambda: not faults.difference(wanted, faults.tree(stage.preview)))
        assert same, faults.difference(wanted, faults.tree(stage.preview))[:3]
        preview.send(signal.SIGINT)
        assert preview.wait().code == 130, preview.printed()


@pytest.mark.parametrize("seed", range(2))
def test_builds_beside_a_preview(stages, seed):
    """A preview follows the edits while builds go on, and the builds go on as if it were not there."""
    _beside_a_preview(stages, 3, seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 105))
def test_many_builds_beside_a_preview(stages, seed):
    """The same, with ten builds each."""
    _beside_a_preview(stages, 10, seed)


@pytest.mark.parametrize("name", ["content/posts/gone.md", "content/notes.txt", "content/posts/old/gone.md"])
@pytest.mark.parametrize("times", [1, 9])
def test_a_source_goes_while_it_is_read(tmp_path, monkeypatch, name, times):
    """A file that is deleted between the look at its folder and the look into it was never there; if always, told."""
    whole = site(tmp_path / "site", {})
    left = [times]

    def look(path, *, scan=content.scan):
        if left[0] > 0:
            whole.add(name, post())
        found = scan(path)
        if left[0] > 0:
            (whole.root / name).unlink()
        left[0] -= 1
        return found

    monkeypatch.setattr(content, "scan", look)
    if times > 1:
        with pytest.raises(VanishedError, match=f"{name}: error: went while the site was being read"):
            whole.build()
        assert not whole.output.exists()
        return
    assert messages(whole.build()) == []
    built = whole.tree()
    assert not [path for path in built if "gone" in path or "notes" in path]
    whole.build(fresh=True)
    assert whole.tree() == built

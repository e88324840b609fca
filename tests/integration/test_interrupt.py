"""Goal R6: Ctrl-C and SIGTERM end a build at once, with all its processes and without harm."""

import random
import signal
import time

import faults
import pytest
from faults import Stage
from processes import gathering, within

SERIAL, PARALLEL = (10, 1), (80, 2)
SIGNALS = [(signal.SIGINT, True), (signal.SIGINT, False), (signal.SIGTERM, True), (signal.SIGTERM, False)]
"""Each with whether all processes get it: a terminal sends to all, `kill` and a service manager often to one."""

AT_ONCE = 3.0
"""Seconds that an end may take on a machine with other work; the goal is one, and what it took is recorded."""


@pytest.fixture(scope="module")
def stages(tmp_path_factory):
    """A maker of stages and of how long their builds take; each is made once."""
    made = {}

    def make(kind):
        if kind not in made:
            stage = Stage(tmp_path_factory.mktemp("interrupt"), *kind)
            stage.reset()
            made[kind] = stage, stage.build().seconds
        return made[kind]

    return make


def _end(process, number, *, group):
    """Send a signal and wait; how it ended, and how long after the signal."""
    process.send(number, group=group)
    sent = time.monotonic()
    ended = process.wait()
    took = time.monotonic() - sent
    left = process.survivors()
    assert not left, f"processes left after exit code {ended.code}: {left}; it said {ended.err!r}"
    assert took <= AT_ONCE, f"{took:.1f} s from the signal to the end"
    return ended, took


def _assert_ended_by(number, ended, what):
    assert ended.code == 128 + number, f"{what}: exit code {ended.code}, said {ended.err!r}"
    early = "/generator/" not in ended.err.replace("/generator/__main__.py", "")
    assert "Traceback" not in ended.err or early, f"{what}: {ended.err}"


def _interrupt(stages, kind, case, seed, count):
    """Interrupt builds at random moments; the longest time that one took to end."""
    stage, duration = stages(kind)
    number, group = case
    choose = random.Random(seed)
    slowest = 0.0
    with gathering() as one:
        for _ in range(count):
            stage.reset()
            moment = choose.uniform(0.15, 1) * duration
            what = f"{signal.Signals(number).name} to {'all' if group else 'one'} after {moment:.3f} s"
            with one(), stage.start() as process:
                time.sleep(moment)
                ended, took = _end(process, number, group=group)
                slowest = max(slowest, took)
                if ended.code != 0:  # it was done before
                    _assert_ended_by(number, ended, what)
                stage.assert_whole(what)
                stage.assert_heals(what)
    return slowest


@pytest.mark.parametrize("case", SIGNALS)
@pytest.mark.parametrize("kind", [SERIAL, PARALLEL])
def test_a_build_is_interrupted(stages, kind, case, record_property):
    """At any moment: exit code 130 or 143, at once, no process left, no traceback, whole files."""
    record_property("slowest", _interrupt(stages, kind, case, 6, 3))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 109))
@pytest.mark.parametrize("case", SIGNALS)
@pytest.mark.parametrize("kind", [SERIAL, PARALLEL])
def test_many_builds_are_interrupted(stages, kind, case, seed, record_property):
    """The same, 288 times."""
    record_property("slowest", _interrupt(stages, kind, case, seed, 4))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_build_with_workers_is_interrupted_while_they_work(stages, number):
    """Workers that are just begun, or in the midst of a page, end with the build."""
    stage, _ = stages(PARALLEL)
    with gathering() as one:
        for moment in (0, 0.002, 0.02):
            stage.reset()
            what = f"{signal.Signals(number).name} {moment} s after the first worker"
            with one(), stage.start() as process:
                within(20, lambda: process.children() or not process.running)
                time.sleep(moment)
                ended, _took = _end(process, number, group=False)
                if ended.code != 0:
                    _assert_ended_by(number, ended, what)
                stage.assert_whole(what)


@pytest.fixture(scope="module")
def previews(stages):
    """The stage of few posts, and what its preview looks like before and after the edit."""
    stage, _ = stages(SERIAL)
    stage.reset()
    with stage.serve() as process:
        assert process.heard("Serving at"), process.printed()
        new = faults.tree(stage.preview)
    stage.reset(edited=False)
    with stage.serve() as process:
        assert process.heard("Serving at"), process.printed()
        return stage, faults.tree(stage.preview), new


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("when", ["before", "idle", "at work"])
def test_a_preview_is_interrupted(previews, number, when):
    """A preview ends as a build does: while it is first built, while it waits, and while it is built again."""
    stage, old, new = previews
    stage.reset(edited=False)
    with stage.serve() as process:
        if when == "before":
            time.sleep(0.4)
        else:
            assert process.heard("Serving at"), process.printed()
        if when == "at work":
            process.send(signal.SIGSTOP, group=True)  # else it may build, and leave, what was half edited
            stage.edit()
            process.send(signal.SIGCONT, group=True)
            assert process.heard("Changed:"), process.printed()
        ended, _ = _end(process, number, group=True)
        _assert_ended_by(number, ended, when)
    found = faults.damage(
        old if when == "at work" else {}, old if when != "at work" else new, faults.tree(stage.preview)
    )
    assert not found, f"{when}: {found[0]}"

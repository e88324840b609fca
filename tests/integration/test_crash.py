"""Goal R3: a build killed at any moment leaves whole files, and the next build is as good as a clean one."""

import os
import random
import signal
import time

import faults
import pytest
from faults import Stage
from processes import gathering, within

SERIAL, PARALLEL = (10, 1), (80, 2)
"""Posts of a site and processes of a build: fewer posts are never given to workers."""


@pytest.fixture(scope="module")
def stages(tmp_path_factory):
    """A maker of stages, and of the points of their builds; each is made once."""
    made = {}

    def make(kind, *, built=True):
        if kind not in made:
            made[kind] = Stage(tmp_path_factory.mktemp("crash"), *kind)
        if (kind, built) not in made:
            made[kind, built] = faults.record(made[kind], built=built)
        return made[kind], made[kind, built]

    return make


def _kill_at(stages, kind, part, parts, count, *, built=True):
    """Kill builds of one share of a sample of points, each time from the same state."""
    stage, points = stages(kind, built=built)
    reached = 0
    share = faults.sample(points, count, seed=3)[part::parts]
    with gathering() as one:
        for point in share:
            stage.reset(built=built)
            with stage.start(tracer=faults.inject(point, "signal=SIGKILL")) as process:
                reached += process.wait_killed()
            with one():
                what = f"killed at {point}, {stage.jobs} jobs"
                stage.assert_whole(what, built=built)
                stage.assert_heals(what)
    assert reached >= len(share) / 2, f"only {reached} of {len(share)} points were reached"


@pytest.mark.parametrize("part", range(12))
def test_killed_at_a_system_call(stages, part):
    """A rebuild killed at a call that changes files leaves each file old or new, and heals."""
    _kill_at(stages, SERIAL, part, 12, 60)


@pytest.mark.parametrize("part", range(8))
def test_killed_at_a_system_call_with_workers(stages, part):
    """The same, where workers render."""
    _kill_at(stages, PARALLEL, part, 8, 24)


@pytest.mark.parametrize("part", range(4))
def test_the_first_build_killed_at_a_system_call(stages, part):
    """What stands of a site whose first build was killed is whole files."""
    _kill_at(stages, SERIAL, part, 4, 20, built=False)


@pytest.mark.long
@pytest.mark.parametrize("part", range(50))
def test_killed_at_many_system_calls(stages, part):
    """A thousand points, together with those at random times below."""
    _kill_at(stages, SERIAL, part, 50, 300)
    _kill_at(stages, PARALLEL, part, 50, 240)
    _kill_at(stages, SERIAL, part, 50, 240, built=False)


def _kill_sometime(stages, kind, seed, count, *, built=True):
    """Kill all processes of builds at random moments, each time from the same state."""
    stage, _ = stages(kind)
    choose = random.Random(seed)
    stage.reset(built=built)
    duration = stage.build().seconds
    for number in range(count):
        stage.reset(built=built)
        moment = choose.uniform(0.2, 1) * duration
        with stage.start() as process:
            time.sleep(moment)
            process.kill()
        what = f"kill {number} of seed {seed}, after {moment:.3f} s"
        stage.assert_whole(what, built=built)
        stage.assert_heals(what)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", [SERIAL, PARALLEL])
def test_killed_at_any_time(stages, kind, seed):
    """Every process killed at once, at no call in particular: a loss of work, not of files."""
    _kill_sometime(stages, kind, seed, 4 if kind == SERIAL else 2)


@pytest.mark.parametrize("seed", range(2))
def test_the_first_build_killed_at_any_time(stages, seed):
    """The same for a first build with workers: there is a whole site afterwards, or none."""
    _kill_sometime(stages, PARALLEL, seed, 2, built=False)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 120))
def test_killed_at_many_times(stages, seed):
    """The same, 240 times."""
    _kill_sometime(stages, SERIAL, seed, 6)
    _kill_sometime(stages, PARALLEL, seed, 6)


@pytest.mark.parametrize("part", range(2))
def test_killed_while_all_is_made_afresh(stages, part):
    """A build that forgets what earlier ones remembered may be killed as any other."""
    stage, _ = stages(SERIAL)
    points = faults.record(stage, faults.CHANGES, "--fresh")
    with gathering() as one:
        for point in faults.sample(points, 8, seed=3)[part::2]:
            stage.reset()
            with stage.start("--fresh", tracer=faults.inject(point, "signal=SIGKILL")) as process:
                process.wait_killed()
            with one():
                stage.assert_whole(f"killed at {point}, --fresh")
                stage.assert_heals(f"killed at {point}, --fresh")


def test_killed_again_and_again(stages):
    """Builds killed one after the other, each on what the last has left, add up to no harm."""
    stage, points = stages(SERIAL)
    stage.reset()
    for point in faults.sample(points, 10, seed=5):
        with stage.start(tracer=faults.inject(point, "signal=SIGKILL")) as process:
            process.wait_killed()
        stage.assert_whole(f"killed at {point} after others")
    stage.assert_heals("ten kills")


def _kill_a_worker(stages, seed, count):
    stage, _ = stages(PARALLEL)
    choose = random.Random(seed)
    for number in range(count):
        stage.reset()
        with stage.start() as process:
            within(20, lambda: process.children() or not process.running)
            time.sleep(choose.uniform(0, 0.05))
            for worker in process.children()[-1:]:
                os.kill(worker, signal.SIGKILL)
            ended = process.wait(30)
            assert process.survivors() == {}
        what = f"worker killed, number {number} of seed {seed}"
        assert ended.code in (0, 1), (what, ended)
        assert "Traceback" not in ended.err, (what, ended.err)
        assert ended.code == 0 or "worker" in ended.err, (what, ended.err)
        stage.assert_whole(what)
        stage.assert_heals(what)


@pytest.mark.parametrize("seed", range(5))
def test_a_worker_is_killed(stages, seed):
    """A worker that is ended from outside ends the build with a message, and nothing else."""
    _kill_a_worker(stages, seed, 2)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 110))
def test_many_workers_are_killed(stages, seed):
    """The same, fifty times."""
    _kill_a_worker(stages, seed, 5)


def test_workers_end_with_their_build(stages):
    """A build that is killed leaves no worker behind, which would keep memory and locks for ever."""
    stage, _ = stages(PARALLEL)
    for moment in (0, 0.01, 0.03):
        stage.reset()
        with stage.start() as process:
            assert within(20, lambda: process.children() or not process.running)
            time.sleep(moment)
            process.send(signal.SIGKILL)
            process.wait()
            assert process.survivors(3) == {}, f"{moment} s after the first worker had begun"

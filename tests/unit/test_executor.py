"""A process that works ahead."""

import os
import time

import pytest

from generator import executor
from generator.errors import OutputError


def counting(count):
    """Numbers, and by whom they were made."""
    for number in range(count):
        yield number, os.getpid()


def never_ending(folder):
    """A file and a number at a time."""
    for number in range(10**9):
        (folder / str(number)).touch()
        yield "x" * 1000


def unfit(count):
    """Numbers, then what no process can hand over."""
    yield from range(count)
    yield lambda: None
    yield "last"


def ended(_given):
    """It ends in the midst of its work."""
    yield from range(100)
    os._exit(1)


def test_values_come_in_order_from_another_process():
    """All values, in order, made elsewhere; at home where one process is all there may be."""
    made = list(executor.ahead(counting, 1000, 2))
    assert [number for number, _ in made] == list(range(1000))
    assert {pid for _, pid in made} not in ({os.getpid()}, set())
    assert list(executor.ahead(counting, 0, 2)) == []
    assert {pid for _, pid in executor.ahead(counting, 10, 1)} == {os.getpid()}


def test_who_stops_early_ends_it(tmp_path):
    """The process works a little ahead, no more, and is gone with who wanted its values."""
    values = executor.ahead(never_ending, tmp_path, 2)
    assert len(next(values)) == 1000
    time.sleep(0.2)
    assert len(list(tmp_path.iterdir())) < 1000
    values.close()
    before = len(list(tmp_path.iterdir()))
    time.sleep(0.1)
    assert len(list(tmp_path.iterdir())) == before


def test_values_that_cannot_be_handed_over():
    """They are made at home, none twice and none left out."""
    values = list(executor.ahead(unfit, 100, 2))
    assert values[:100] == list(range(100))
    assert values[100]() is None
    assert values[101:] == ["last"]


def test_a_process_that_is_ended_from_outside():
    """It is an error with a way out."""
    with pytest.raises(OutputError) as caught:
        list(executor.ahead(ended, None, 2))
    assert "--jobs 1" in str(caught.value)

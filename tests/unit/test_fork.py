"""A process beside this one."""

import os
import signal

import pytest

from generator import fork


@pytest.mark.parametrize("count", [1, 7, fork.Shares.MOST])
def test_each_share_is_given_out_once(count):
    """To this process or to the one beside it."""
    shares = fork.Shares(count)
    other = fork.begin(lambda: bytes(shares), worth=True)
    own = bytes(shares)
    assert sorted(own + other()) == list(range(count))
    assert not list(shares)


def test_another_process_does_it(monkeypatch):
    """Unless it is not worth one."""
    monkeypatch.setattr("threading.active_count", lambda: 1)  # another test may have left one that is ending
    for worth in (True, False):
        value = fork.begin(lambda: str(os.getpid()).encode(), worth=worth)
        assert (value() == str(os.getpid()).encode()) is not worth
        assert value() == value()


def test_a_process_that_is_killed():
    """What it should have done is done at home."""
    home = os.getpid()

    def work():
        if os.getpid() != home:
            os.kill(os.getpid(), signal.SIGKILL)
        return b"done"

    assert fork.begin(work, worth=True)() == b"done"

"""The equivalence suite proves something: a build with a fault of the usual kind is found out by it.

Each test plants one fault into the machinery of incremental builds (tests/planted.py) and says that a history shows it:
one of those that test_equivalence lives through without the fault and finds nothing. The clean builds with which it is
compared are made without the fault. A fault that shows in the first build of all would be no fault of incremental
builds, so it does not count.

The search begins with the history in which the fault was last seen, which is quick, and goes on through all others, so
that no test depends on one: should an edit come to mean another thing, a test is slow, but does not fail.
"""

from collections.abc import Iterator

import pytest
from histories import histories_find_a_difference
from planted import FAULTS, STILL
from planting import Fault, Walk, plant
from sweeps import SWEEPS


def walks(fault: Fault) -> Iterator[Walk]:
    """All histories of the ordinary run, the likeliest first."""
    yield fault.near
    yield from SWEEPS
    if not fault.still:
        yield from range(3000, 3025) if fault.lasting else range(100)


@pytest.mark.parametrize("fault", sorted(FAULTS, key=lambda fault: str(fault.near)), ids=lambda fault: fault.what)
def test_fault(fault, tmp_path, monkeypatch):
    """A history shows the fault."""
    if fault.still:
        plant(STILL, monkeypatch)
    plant(fault.edits, monkeypatch)
    assert histories_find_a_difference(walks(fault), tmp_path, lasting=fault.lasting)


@pytest.mark.parametrize("near", sorted({fault.near for fault in FAULTS if fault.lasting}, key=str))
def test_sound(near, tmp_path):
    """Without a fault there is nothing to find; test_equivalence says so of all but these histories of a preview."""
    assert not histories_find_a_difference([near], tmp_path, lasting=True)


def test_fault_that_is_none(monkeypatch):
    """A fault whose words the code does not have any more is told."""
    with pytest.raises(AssertionError, match="has not once 'no such words'; mend the planted fault"):
        plant(((plant, "no such words", ""),), monkeypatch)

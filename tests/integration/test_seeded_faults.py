"""The equivalence suite proves something: a build with a fault of the usual kind is found out by it.

Each test plants one fault into the incremental machinery and says that some history shows it.
"""

from histories import histories_find_a_difference

SEEDS = range(40)
"""Histories among which one must show the fault."""


def test_sound(tmp_path):
    """Without a fault there is nothing to find."""
    assert not histories_find_a_difference(range(3), tmp_path)

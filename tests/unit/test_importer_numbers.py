"""The table of numbers."""

from hypothesis import given
from hypothesis import strategies as st

from generator.importer.numbers import Numbers

KEYS = st.integers(0, 40) | st.integers(0, 2**64 - 1)
STEPS = st.lists(st.tuples(st.booleans(), KEYS, st.integers(0, 2**31 - 1)))


@given(STEPS)
def test_it_does_what_a_dict_does(steps):
    """Whatever is put in, in whatever order, is found as in a dict, and nothing else is."""
    table, plain = Numbers(), {}
    for first, key, value in steps:
        if first:
            table.setdefault(key, value)
            plain.setdefault(key, value)
        else:
            table[key] = plain[key] = value
        assert table.get(key) == plain[key]
    assert [table.get(key) for key in plain] == list(plain.values())
    assert all((table.get(key + 1) is None) == (key + 1 not in plain) for key in plain if key < 2**64 - 1)


def test_many_that_fall_on_one_place():
    """It grows many times over, and finds all of numbers that differ in a few bits only."""
    table = Numbers()
    for number in range(5_000):
        table[number << 20] = number
    assert [table.get(number << 20) for number in range(5_000)] == list(range(5_000))
    assert table.get(1) is None

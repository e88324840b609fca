"""The ledger as a value: whatever order merges leave its lines in, it says the same, and nothing is lost."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from generator import ledger
from generator.ledger import Nameless, derived_id, identities
from generator.ledger.reading import Ledger
from generator.model.ledger import UNSET, Item, Reason, State

URLS = st.sampled_from([f"/{name}/" for name in "abcdefgh"])
ITEMS = st.builds(
    Item,
    id=st.sampled_from(["one", "two", "three"]),
    url=URLS,
    aliases=st.lists(URLS, max_size=3, unique=True).map(tuple),
    date=st.none() | st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2030, 1, 1), timezones=st.just(dt.UTC)),  # noqa: DTZ001
    reason=st.just(UNSET)
    | st.builds(Reason, date=st.sampled_from("ab"), language=st.just("en"), text=st.text(max_size=3)),
    source=st.sampled_from(["content/posts/a.md", "content/posts/ö.md"]),
    state=st.sampled_from(list(State)),
    title=st.text(max_size=5),
)
LINES = st.lists(ITEMS, max_size=12)


def lines(items):
    """The lines of some items, without the first one."""
    return ledger.dump(items).splitlines(keepends=True)[1:]


def read(first, *others):
    """The items of a file of these lines."""
    return ledger.read(b"".join([ledger.dump([]), *first, *(line for part in others for line in part)])).items


@given(LINES, st.randoms(use_true_random=False))
def test_the_order_of_lines_and_doubles_say_nothing(items, dice):
    """Any order of lines, some of them twice or more, is one ledger."""
    shuffled = lines(items) * 2
    dice.shuffle(shuffled)
    assert read(shuffled) == read(lines(items))


@given(LINES, LINES)
def test_two_branches_lose_nothing(ours, theirs):
    """The lines of two branches together have every address of both, and the earliest date of each item."""
    both = read(lines(ours), lines(theirs))
    for item in (*ours, *theirs):
        assert {*item.urls} <= {*both[item.id].urls}
        assert item.date is None or both[item.id].date <= item.date
    assert both == read(lines(theirs), lines(ours))


@given(LINES)
def test_what_was_taken_back_keeps_its_latest_reason(items):
    """Of the lines of an item that none calls live, the latest reason stays."""
    for identity, item in read(lines(items)).items():
        reasons = [one.reason for one in items if one.id == identity and one.reason is not UNSET]
        if item.state is not State.LIVE and reasons:
            assert item.reason.date == max(reason.date for reason in reasons)


def test_a_line_without_a_reason_is_as_it_was():
    """Lines of most items, and of ledgers from before there were reasons, have no key for it."""
    line = b'{"aliases":[],"date":null,"id":"a","source":"","state":"withdrawn","title":"","url":"/a/"}\n'
    found = read([line])
    assert ledger.dump(found.values()).endswith(line)


@given(LINES)
def test_what_is_written_is_what_is_read(items):
    """A united ledger is written as lines that are read as the same, and written again as the same bytes."""
    known = read(lines(items))
    data = ledger.dump(known.values())
    assert ledger.read(data).items == known
    assert ledger.dump(ledger.read(data).items.values()) == data


@given(LINES, LINES)
def test_recording_forgets_nothing(before, public):
    """After any publication every address and every item that was recorded still is."""
    known = read(lines(before))
    after = ledger.recorded(known, public, {"two": ledger.Ending(State.WITHDRAWN)})
    for identity, item in known.items():
        assert {*item.urls} <= {*after[identity].urls}
        assert item.date is None or after[identity].date == item.date
    assert all(item.url not in item.aliases for item in after.values() if item.id in {new.id for new in public})


@given(
    LINES,
    st.lists(st.tuples(st.sampled_from("abcö"), st.lists(URLS, max_size=2)), max_size=4, unique_by=lambda it: it[0]),
    st.sets(st.sampled_from(["one", "two", "four"])),
)
def test_no_two_documents_get_one_id(items, found, named):
    """Whatever the ledger says, each document without an id gets one that nobody else has, whatever their order."""
    known = Ledger(read(lines(items)))
    sources = {name: f"content/posts/{name}.md" for name, _ in found}
    nameless = [Nameless(sources[name], derived_id(sources[name]), tuple(urls)) for name, urls in found]
    given_ids = identities(known, nameless, named, sources.values())
    assert given_ids.keys() == set(sources.values())
    assert len(set(given_ids.values())) == len(given_ids)
    assert named.isdisjoint(given_ids.values())
    assert identities(known, reversed(nameless), named, sources.values()) == given_ids

"""What is to be done is worked out from digests alone, and doing it gives what was wanted."""

from hypothesis import given
from hypothesis import strategies as st

from generator.deploy.headers import Headers, Stage, headers, stage
from generator.deploy.names import next_name
from generator.deploy.publication import Item, Manifest, Stored, plan, sound

NAMES = ("index.html", "a/index.html", "feed.xml", "sitemap.xml", "style.css", "b.png", "c.png", "d.html", "robots.txt")
STATES = st.dictionaries(st.sampled_from(NAMES), st.sampled_from("xyz"))
PLAIN = Headers("", "")


def items(state):
    """Files that a place is to have, each with its digest."""
    return [Item(name, name, digest, PLAIN, stage(name), lambda: b"") for name, digest in state.items()]


@given(STATES, STATES, st.integers(0, 200), st.integers(0, 100))
def test_doing_what_is_planned_gives_what_is_wanted(before, wanted, now, linger):
    """Kept, sent and lingering files are together what is wanted, and assets that went within their time."""
    there = {name: Stored(digest, gone=100.0 if digest == "z" else None) for name, digest in before.items()}
    work = plan(items(wanted), there, now, linger)
    after = {**{path: stored.digest for path, stored in work.kept.items()}, **{i.path: i.digest for i in work.send}}
    assert after == wanted
    assert set(work.kept).isdisjoint(item.path for item in work.send)
    assert set(work.delete) | set(work.lingering) == before.keys() - wanted.keys()
    for path, stored in work.lingering.items():
        assert stage(path) is Stage.ASSET
        assert now - stored.gone < linger


@given(STATES, STATES)
def test_what_pages_load_goes_up_first(before, wanted):
    """Assets go before pages, new pages before those that lead to them, and all before feeds and sitemaps."""
    there = {name: Stored(digest) for name, digest in before.items()}
    send = plan(items(wanted), there, 0, 0).send
    order = [item.stage for item in send]
    assert order == sorted(order)
    pages = {item.path for item in send if item.stage in (Stage.NEW, Stage.PAGE)}
    assert {item.path for item in send if item.stage is Stage.NEW} == pages - before.keys()


@given(STATES)
def test_what_is_right_is_left_alone(state):
    """A place that has what is wanted has nothing done to it."""
    assert plan(items(state), {name: Stored(digest) for name, digest in state.items()}, 0, 0).empty


def test_an_asset_that_comes_back_stays():
    """A file that lingered and is wanted again is kept, and is no longer on its way out."""
    work = plan(items({"b.png": "x"}), {"b.png": Stored("x", gone=5.0)}, 9, 100)
    assert (work.kept, work.send) == ({"b.png": Stored("x")}, ())


def test_other_headers_are_sent_where_a_place_keeps_them():
    """A file whose headers changed goes up again although its bytes are the same."""
    [item] = items({"b.png": "x"})
    assert plan([item], {"b.png": Stored("x", "old")}, 0, 0).send == (item,)


def test_stages():
    """Feeds and sitemaps announce; pages are pages; all else is loaded by them."""
    found = {name: stage(name) for name in NAMES}
    announcing = ("feed.xml", "sitemap.xml", "robots.txt")
    assert {name for name in NAMES if found[name] is Stage.FEED} == set(announcing)
    assert {name for name in NAMES if found[name] is Stage.PAGE} == {"index.html", "a/index.html", "d.html"}


def test_only_a_digest_makes_a_file_immutable():
    """A date in a name is no digest."""
    assert "immutable" in headers("x-0123456789abcdef.css", 60).cache
    assert "immutable" not in headers("photo-20261123.jpg", 60).cache
    assert "immutable" not in headers("photo-20261123123000.jpg", 60).cache


@given(STATES)
def test_a_manifest_comes_back_as_it_was(state):
    """What is written is what is read."""
    files = {name: Stored(digest, "m", "t", 1.5) for name, digest in state.items()}
    assert Manifest.load(Manifest(files, "r").dump()) == Manifest(files, "r")


def test_a_manifest_is_not_trusted():
    """One that is damaged, of another version, or leads out of its root, is an empty one."""
    for path in ("../x", "/etc/passwd", "a//b", "a/./b", "a\\b", "a\0b", ""):
        assert not sound(path)
        assert Manifest.load(Manifest({path: Stored("x")}).dump()).files == {}
    assert Manifest.load(b"{").files == Manifest.load(b'{"files":{"a":{}},"version":9}').files == {}
    assert Manifest.load(b'{"files":{"a":{}},"version":1}').files == {"a": Stored()}


@given(st.lists(st.integers(0, 3), max_size=8))
def test_each_release_has_a_later_name(steps):
    """Names of releases grow, also within a second and where the clock was put back."""
    names, now = [], 1_800_000_000
    for step in steps:
        now += step - 1
        names.append(next_name(now, names))
    assert names == sorted(set(names))

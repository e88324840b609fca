"""What leads the front page: what is pinned, what weighs more, what is newer; numbered pages know nothing of it."""

import datetime as dt
import re

import pytest
from support import NOW, SETTINGS, messages, post
from town import png

from generator import schedule


def paper(site, settings=SETTINGS, **keys):
    """Six stories of a section, a to f, the oldest first, with further keys by their letter."""
    files = {
        f"content/posts/{letter}.md": post(letter.upper(), f"2026-01-{day:02}", section="Town", **keys.get(letter, {}))
        for day, letter in enumerate("abcdef", 1)
    }
    return site({"site.toml": settings, "content/images/p.png": png(3, 2), **files})


def shown(built, name="index.html", level="h[23]"):
    """Letters of the stories of a page, in the order in which they stand."""
    return "".join(re.findall(rf'<{level}><a href="/2026/01/(\w)/', built.page(name)))


PICTURE = {"image": "/images/p.png"}


@pytest.mark.parametrize(
    ("keys", "first"),
    [
        ({}, "fe"),
        ({"c": PICTURE}, "cf"),
        ({"b": {"featured": "true"}, "c": PICTURE}, "bf"),
        ({"b": {"featured": "true"}, "c": {"weight": "2"}}, "cb"),
        ({"b": {"featured": "true", "weight": "0"}}, "fe"),
        ({"f": {"weight": "-1"}}, "ed"),
        ({"a": {"pinned": "true"}, "c": {"weight": "9"}}, "ac"),
        ({"a": {"pinned": "true"}, "d": {"pinned": "true"}}, "da"),
        ({"a": {"pinned": "true", "weight": "1"}, "d": {"pinned": "true"}}, "ad"),
        ({"a": {"pinned": "2026-11-23 09:00:01"}}, "af"),
        ({"a": {"pinned": "2026-11-23 09:00"}}, "fe"),
        ({"a": {"pinned": "false"}}, "fe"),
    ],
)
def test_what_leads(site, keys, first):
    """Pinned, then weight, then time; where nothing is asked for, the newest with a picture."""
    built = paper(site, **keys)
    assert messages(built.build()) == []
    assert shown(built)[:2] == first
    assert sorted(shown(built)) == list("abcdef")


def test_a_pinned_story_stands_first_wherever_it_is_in_time(site):
    """On the own URL of front page and section; elsewhere it keeps its place in time."""
    keys = {"a": {"pinned": "true", "tags": "[X]"}, "f": {"tags": "[X]"}}
    built = paper(site, f"{SETTINGS}page_size = 2\n", **keys)
    built.build()
    assert shown(built)[0] == "a"
    assert shown(built, "town/index.html") == "afe"
    assert "Pinned</span>" in built.page("town/index.html")
    for name in ("page/1/index.html", "town/page/1/index.html"):
        assert shown(built, name) == "ba"
    assert shown(built, "tags/x/index.html") == "fa"
    assert re.findall(r"<title>(\w)</title>", built.page("feed.xml")) == list("FEDCBA")
    assert shown(built, "town/index.html").count("a") == 1


def test_numbered_pages_do_not_change_with_a_pin(site):
    """To pin a story renders the front page and its section's, no more."""
    built = paper(site, f"{SETTINGS}page_size = 2\n")
    built.build()
    built.add("content/posts/a.md", post("A", "2026-01-01", section="Town", pinned="true"))
    assert set(built.build().rendered) == {"index.html", "town/index.html"}


def test_a_pin_ends_by_the_clock(site):
    """The first build after its instant unpins it, and the schedule says when."""
    built = paper(site, a={"pinned": "2026-11-24 12:00"})
    built.build()
    assert shown(built)[0] == "a"
    [event] = schedule.find(built.request(), 30).events
    assert (event.what, event.when) == (schedule.What.UNPINNED, dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC))
    assert set(built.build(now=NOW + dt.timedelta(days=2)).rendered) == {"index.html", "town/index.html"}
    assert shown(built)[0] == "f"


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"weight": "heavy"}, "`weight` must be a whole number from -99 to 99, not 'heavy'"),
        ({"weight": "100"}, "`weight` must be a whole number"),
        ({"pinned": "soon"}, "`pinned` must be true, false, or the date until which it holds, not 'soon'"),
    ],
)
def test_wrong_values(site, keys, words):
    """What is no number and no date is told."""
    assert words in messages(paper(site, a=keys).build())[0]

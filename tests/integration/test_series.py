"""Series: which part a story is, what comes before and after it, in the order in which they are to be read."""

import re

import pytest
from support import SETTINGS, messages, post


def part(number, day, **keys):
    """A part of a series, published on a day of January."""
    return post(f"Part {number}", f"2026-01-{day:02}", series="The Bridge", **keys)


def paper(site, *parts, settings=SETTINGS):
    """A site with some parts, each with its day and keys."""
    files = {f"content/posts/p{day:02}.md": part(day, day, **keys) for day, keys in parts}
    return site({"site.toml": settings, **files})


def place(built, day):
    """What a story's page says of its place, with the parts that it leads to."""
    page = built.page(f"2026/01/p{day:02}/index.html")
    box = re.search(r'<nav class="series".*?</nav>', page, re.DOTALL)[0]
    around = dict(re.findall(r'rel="(prev|next)" href="/2026/01/p(\d\d)/"', box))
    return re.search(r"Part \d+( of \d+)?(?=</)", box)[0], around


def test_each_part_says_which_it_is(site):
    """The oldest is the first; each leads to the one before and the one after, and all are listed."""
    built = paper(site, (3, {}), (1, {}), (2, {}))
    assert messages(built.build()) == []
    assert place(built, 1) == ("Part 1 of 3", {"next": "02"})
    assert place(built, 2) == ("Part 2 of 3", {"prev": "01", "next": "03"})
    assert place(built, 3) == ("Part 3 of 3", {"prev": "02"})
    box = built.page("2026/01/p02/index.html").partition('<nav class="series"')[2]
    assert re.findall(r'<li value="(\d)">(<b aria-current="page">)?', box) == [
        ("1", ""),
        ("2", '<b aria-current="page">'),
        ("3", ""),
    ]


def test_parts_that_say_which_they_are(site):
    """A number that is given counts; the others take those that are left, from the oldest on."""
    built = paper(site, (1, {}), (2, {"part": "1"}), (3, {}), (4, {"part": "6"}))
    assert messages(built.build()) == []
    assert [place(built, day)[0] for day in (2, 1, 3, 4)] == [f"Part {number} of 6" for number in (1, 2, 3, 6)]
    assert place(built, 4)[1] == {"prev": "03"}


def test_two_that_say_the_same(site):
    """The older one is that part, the other takes the next free number, and both are named in a warning."""
    built = paper(site, (1, {"part": "2"}), (2, {"part": "2"}), (3, {}))
    [message] = messages(built.build())
    assert message.startswith(
        "content/posts/p02.md: warning: says that it is part 2 of 'The Bridge', as does content/posts/p01.md"
    )
    assert [place(built, day)[0] for day in (2, 1, 3)] == ["Part 1 of 3", "Part 2 of 3", "Part 3 of 3"]


@pytest.mark.parametrize(
    ("line", "words"),
    [({"part": "0"}, "`part` must be a whole number from 1 to 9999"), ({"part": "two"}, "`part` must")],
)
def test_wrong_numbers(site, line, words):
    """A number that is none is told."""
    assert words in messages(paper(site, (1, line)).build())[0]


def test_part_without_a_series(site):
    """It says nothing, and that is told."""
    built = site({"content/posts/a.md": post(part="2")})
    assert "`part` says nothing without `series`" in messages(built.build())[0]


def test_the_list_is_in_the_order_of_reading(site):
    """It begins with the first part, page 1 too; the feed begins with the newest."""
    built = paper(site, *((day, {}) for day in range(1, 6)), settings=f"{SETTINGS}page_size = 2\n")
    built.build()

    def listed(name):
        return re.findall(r'<h2><a href="/2026/01/p(\d\d)/', built.page(f"series/the-bridge/{name}index.html"))

    assert listed("") == ["03", "04", "05"]
    assert listed("page/1/") == ["01", "02"]
    assert "Part 3</span>" in built.page("series/the-bridge/index.html")
    feed = built.page("series/the-bridge/feed.xml")
    assert re.findall(r"<link>https://example.org/2026/01/p(\d\d)/", feed) == ["05", "04", "03", "02", "01"]


def test_one_part_more(site):
    """In a short series it changes each part, which says how many there are; in a long one only the last."""
    built = paper(site, *((day, {}) for day in range(1, 12)))
    built.build()
    built.add("content/posts/p12.md", part(12, 12))
    rendered = built.build().rendered
    assert [f"2026/01/p{day:02}/index.html" in rendered for day in range(1, 13)] == [True] * 12
    built.add("content/posts/p13.md", part(13, 13))
    built.build()
    assert place(built, 2) == ("Part 2", {"prev": "01", "next": "03"})
    built.add("content/posts/p14.md", part(14, 14))
    rendered = built.build().rendered
    assert [day for day in range(1, 15) if f"2026/01/p{day:02}/index.html" in rendered] == [13, 14]


def test_other_parts_are_not_called_related(site):
    """They are in the box already, so what is related is something else."""
    built = paper(site, (1, {"tags": "[Sea]"}), (3, {"tags": "[Sea]"}))
    built.add("content/posts/other.md", post("Other", "2026-01-02", tags="[Sea]"))
    built.build()
    aside = built.page("2026/01/p03/index.html").partition('<aside class="more"')[2]
    assert re.findall(r'href="/2026/01/(\w+)/', aside) == ["other"]

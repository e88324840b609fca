"""Related stories look back only, weigh what is rare, and cost in proportion to what changed."""

import datetime as dt
import re

import pytest
from desk import clean_tree
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import SETTINGS, post
from tiny import THEME, TINY

from generator import codec, config
from generator.model.archive import Group, Site
from generator.model.entry import Entry, Spot
from generator.model.site import Term
from generator.plan import Chrome, Ground, related

NEEDS = {
    "themes/tiny/theme.toml": '[needs]\npost = ["related:3"]\n',
    "themes/tiny/templates/post.html": "<!doctype html>{{ page.card.title }}:"
    "{% for card in page.related %} {{ card.title }}{% endfor %}",
}
FIRST = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def story(number, **keys):
    """The story of a day; its title is its number."""
    return post(f'"{number:02}"', (FIRST + dt.timedelta(days=number)).isoformat(), **keys)


def paper(site, *keys, more=None):
    """A site whose stories, the oldest first, have these keys."""
    files = {f"content/posts/s{number:02}.md": story(number, **them) for number, them in enumerate(keys)}
    return site({**THEME, **NEEDS, "site.toml": TINY, **files, **(more or {})})


def shown(built, number):
    """Numbers of the stories that a story's page calls related, in their order."""
    text = built.page(f"2026/{(FIRST + dt.timedelta(days=number)).month:02}/s{number:02}/index.html")
    return [int(title) for title in re.findall(r"\d\d", text.partition(":")[2])]


def tags(*names):
    """Front matter with these tags."""
    return {"tags": f"[{', '.join(names)}]"}


def test_what_is_rare_weighs_more(site):
    """A story with which one shares a rare tag stands before newer ones with a common tag."""
    built = paper(site, tags("Ferry"), *[tags("Town")] * 9, tags("Ferry", "Town"))
    built.build()
    assert shown(built, 10) == [0, 9, 8]


def test_two_names_in_common_weigh_more_than_one(site):
    """Of stories with the same tag, the one that shares another stands first."""
    built = paper(site, tags("Sea", "Port"), tags("Sea"), tags("Port"), tags("Sea"), tags("Sea", "Port"))
    built.build()
    assert shown(built, 4) == [0, 3, 2]


def test_a_story_that_shares_nothing_but_its_section(site):
    """The section's latest stories stand where nothing nearer is."""
    built = paper(site, {"section": "Town"}, {"section": "Sport"}, {"section": "Town"}, {"section": "Town"}, {})
    built.build()
    assert shown(built, 3) == [2, 0]
    assert shown(built, 4) == []


def test_a_new_story_changes_no_older_page(site):
    """Publishing renders its own page and lists; nothing that looks back."""
    built = paper(site, *[tags("Sea", "Port") | {"section": "Town"}] * 6)
    built.build()
    built.add("content/posts/s06.md", story(6, **tags("Sea", "Port", "New"), section="Town"))
    pages = [path for path in built.build().rendered if re.fullmatch(r"2026/\d\d/s\d\d/index.html", path)]
    assert pages == ["2026/01/s06/index.html"]


def test_only_months_that_may_differ_are_looked_at(site, monkeypatch):
    """A new story has the related stories of its own month worked out, a tag on an old one those of later months."""
    looked = []
    of = related.Related.of

    def spy(self, place, count, **options):
        looked.append(place)
        return of(self, place, count, **options)

    monkeypatch.setattr(related.Related, "of", spy)
    built = paper(site, *[tags("Sea") if number % 2 else tags("Rail") for number in range(60)])
    built.build()
    assert len(looked) == 60
    looked.clear()
    built.add("content/posts/s60.md", story(60, **tags("Sea")))
    built.build()
    assert 0 < len(looked) < 30
    looked.clear()
    built.add("content/posts/s58.md", story(58, **tags("Else")))
    built.build()
    assert 0 < len(looked) < 30


def test_a_tag_of_an_old_story(site):
    """It changes the lists of later stories that have it, and an incremental build says what a clean one does."""
    built = paper(site, tags("Port"), tags("Sea"), *[{}] * 40, tags("Sea"))
    built.build()
    assert shown(built, 42) == [1]
    built.add("content/posts/s00.md", story(0, **tags("Port", "Sea")))
    rendered = built.build().rendered
    assert rendered["2026/02/s42/index.html"] == "changed: the stories related to it"
    assert shown(built, 42) == [1, 0]
    assert built.tree() == {name: data for name, data in clean_tree(built).items() if not name.endswith("/")}


NAMES = st.tuples(
    st.sets(st.sampled_from("abc")).map(sorted).map(tuple),
    st.sampled_from((None, None, "one", "two")),
    st.sampled_from((None, "town", "sport")),
)
"""Tags, series and section of a story."""


def ground(archive, first=0):
    """A ground of stories with these names, the oldest first."""
    entries = []
    for number, (names, series, section) in enumerate(archive, first):
        story = Entry(
            source=str(number), page=False, id=str(number), when=number, day="", modified="", url="", out_path="",
            section=section, tags=names, authors=(), series=series, aliases=(), template="post", banner="",
            canonical=None, spot=Spot(-1, 0, 0, 0), weight=0, card=codec.of(number),
        )  # fmt: skip
        entries.insert(0, story)

    def groups(has, names):
        found = [(name, tuple(entry for entry in entries if has(entry, name))) for name in names]
        return tuple(Group(term=Term(name, name, f"/{name}/"), posts=them) for name, them in found if them)

    site = Site(
        posts=tuple(entries),
        numbers={entry.source: number for number, entry in enumerate(entries)},
        sections=groups(lambda entry, name: entry.section == name, ("town", "sport")),
        tags=groups(lambda entry, name: name in entry.tags, "abc"),
        series=groups(lambda entry, name: entry.series == name, ("one", "two")),
    )
    return Ground(site, Chrome(config.parse(SETTINGS), {}, {}, (), {}), {}, (), {}, 0)


def stretches(archive, first=0):
    """Of stretches of three stories, the newest first: the digest with their own names, and what is related to them."""
    whole = ground(archive, first)
    finder = related.Related(whole, 2)
    for start in range(0, len(archive), 3):
        stop = min(start + 3, len(archive))
        own = [(p.source, p.tags, p.series, p.section) for p in whole.site.posts[start:stop]]
        found = [
            [near.source for near in finder.of(at, 2, apart=apart)]
            for at in range(start, stop)
            for apart in (False, True)
        ]
        yield (own, finder.over(start, stop)), found


@pytest.fixture
def narrow(monkeypatch):
    """Few stories of a name are looked at, so that rarity is all that is known of others."""
    monkeypatch.setattr(related, "WINDOW", 2)


@given(
    archive=st.lists(NAMES, min_size=8, max_size=20),
    place=st.integers(0, 99),
    tag=st.sampled_from("abc"),
    older=st.lists(NAMES, max_size=3),
)
@settings(deadline=None, max_examples=500, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_digest_tells_all(narrow, archive, place, tag, older):
    """Where a stretch has the same digest after a tag came or went, or old stories came, the same is related."""
    tags, *rest = archive[place % len(archive)]
    changed = [*older, *archive]
    changed[len(older) + place % len(archive)] = (tuple(sorted({*tags} ^ {tag})), *rest)
    pairs = zip(stretches(archive), stretches(changed, -len(older)), strict=False)
    for (mark, found), (mark_then, found_then) in pairs:
        assert mark != mark_then or found == found_then


@given(archive=st.lists(NAMES, min_size=1, max_size=18), more=st.lists(NAMES, max_size=6))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_comes_later_does_not_matter(narrow, archive, more):
    """The related stories of an archive are the same whatever is published after it, and all are older."""
    before, after = ground(archive), ground([*archive, *more])
    for place, story in enumerate(before.site.posts):
        found = related.Related(before, 2).of(place, 2, apart=False)
        assert found == related.Related(after, 2).of(place + len(more), 2, apart=False)
        assert all(other.when < story.when for other in found)

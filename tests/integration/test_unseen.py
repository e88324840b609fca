"""In a preview, lists mark what readers do not see yet, and the masthead bears the date of what they do."""

import re

import pytest
from support import messages, post

FILES = {
    "content/posts/seen.md": post("Seen", "2026-11-20 08:00", section="News"),
    "content/posts/draft.md": post("Held back", "2026-11-22 08:00", section="News", status="draft"),
    "content/posts/later.md": post("To come", "2027-01-09 08:00", section="News"),
}
LISTS = ("index.html", "news/index.html", "2026/11/index.html", "2027/01/index.html")


def marks(fixture, theme, *, preview):
    """Build, and find the marks on each list that there is."""
    assert messages(fixture.build(drafts=preview, future=preview, overrides={"theme": theme})) == []
    pages = {name: fixture.page(name) for name in LISTS if (fixture.output / name).exists()}
    return {name: re.findall(r">(Draft|Scheduled)</", page) for name, page in pages.items()}


@pytest.mark.parametrize("theme", ["broadsheet", "plain"])
def test_lists_of_a_preview_mark_what_readers_do_not_see(site, theme):
    """Front page, section and months say of a draft and a scheduled story what they are; published ones say nothing."""
    fixture = site(FILES)
    front, section, month, later = marks(fixture, theme, preview=True).values()
    assert set(front) == set(section) == {"Draft", "Scheduled"}
    assert (month, later) == (["Draft"], ["Scheduled"])
    assert marks(fixture, theme, preview=False) == {name: [] for name in LISTS[:3]}


def test_masthead_is_not_dated_by_the_future(site):
    """The date beside the name is that of the newest story that readers see, and none where they see none."""
    fixture = site(FILES)
    fixture.build(drafts=True, future=True)
    for name in LISTS[:2]:
        assert '<p class="ear"><time datetime="2026-11-20T08:00:00+00:00">' in fixture.page(name)
    fixture.remove("content/posts/seen.md")
    fixture.build(drafts=True, future=True)
    assert '<p class="ear"></p>' in fixture.page("index.html")

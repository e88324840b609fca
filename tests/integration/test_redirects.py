"""Old addresses of lists and feeds: readers are led on, and subscribers get what the new feed says."""

import re

import pytest
from checking import found
from checking import run as run_check
from support import NOW, REPOSITORY, SETTINGS, messages, post

from generator import config
from generator.errors import SettingsError
from generator.importer import ImportRequest, run

WORDPRESS = REPOSITORY / "tests/fixtures/import/wordpress/wxr-1.2.xml"

FEEDS = {"/old.xml": "/feed.xml", "/town/feed.xml": "/city/feed.xml", "/all.atom": "/atom.xml", "/x.json": "/feed.json"}
PAGES = {"/town/": "/city/", "/feed/": "/feed.xml", "/feeds/posts/default": "/atom.xml", "/a.html": "/tags/", "/b": "/"}


def led(site, redirects, **files):
    """A site with old addresses."""
    table = "".join(f'"{old}" = "{new}"\n' for old, new in redirects.items())
    stories = {"content/posts/a.md": post("A", section="City", tags="[Sea]"), **files}
    return site({"site.toml": f"{SETTINGS}[redirects]\n{table}", **stories})


def test_feeds_go_on_at_their_old_addresses(site):
    """With the bytes of the new one, in every build after a story came."""
    made = led(site, FEEDS)
    for number in range(3):
        made.add(f"content/posts/s{number}.md", post(f"Story {number}", section="City"))
        assert messages(made.build()) == []
        for old, new in FEEDS.items():
            assert made.page(old[1:]) == made.page(new[1:])
            assert f"Story {number}" in made.page(old[1:])


def test_the_feed_of_corrections_goes_on(site):
    """As any other."""
    note = "[{ date: 2026-02-01, kind: correction, text: It is 14. }]"
    files = {"content/posts/b.md": post("B", corrections=note)}
    made = led(site, {"/errata.xml": "/corrections/feed.xml"}, **files)
    assert messages(made.build()) == []
    assert made.page("errata.xml") == made.page("corrections/feed.xml")
    assert "It is 14." in made.page("errata.xml")


def test_check_takes_a_copy_for_the_feed_that_it_is(site):
    """At an old address a feed calls itself by its new one; what carries other stories is no copy of it."""
    made = led(site, FEEDS | {"/town/": "/city/"})
    made.build()
    assert found(run_check(made)) == []
    (made.output / "old.xml").write_text(re.sub("<item>.*</item>", "", made.page("feed.xml"), flags=re.DOTALL))
    assert ("feed-self", "old.xml") in [(rule, path) for rule, path, _ in found(run_check(made))]


def test_pages_lead_on(site):
    """By a page that no search engine keeps; none of them stands in a sitemap."""
    made = led(site, PAGES)
    assert messages(made.build()) == []
    for file, new in zip(
        ("town/index.html", "feed/index.html", "feeds/posts/default.html", "a.html", "b.html"),
        PAGES.values(),
        strict=True,
    ):
        page = made.page(file)
        assert f'content="0; url=https://example.org{new}"' in page
        assert 'content="noindex"' in page
    maps = "".join(data.decode() for name, data in made.tree().items() if name.startswith("sitemap"))
    assert "/city/" in maps
    assert "/town/" not in maps


def test_what_leads_nowhere_is_told(site):
    """All of it, in one build; all else is built."""
    made = led(site, {"/old/": "/nothing/", "/old.xml": "/city/", "/rss.xml": "/no.xml"})
    told = messages(made.build())
    assert [line.split("\n")[0] for line in told] == [
        "site.toml: error: `redirects` leads '/old/' to '/nothing/', which is no page and no feed of the site",
        "site.toml: error: `redirects` leads '/rss.xml' to '/no.xml', which is no page and no feed of the site",
        "site.toml: error: `redirects` leads the feed '/old.xml' to '/city/', which is no feed",
    ]
    assert "A" in made.page("city/index.html")


@pytest.mark.parametrize("old", ["/city/", "/2026/01/a/", "/feed.xml", "/plan.xml"])
def test_what_has_the_address_itself_keeps_it(site, old):
    """A list, a story, a feed or a file; the redirect is told to be without a place."""
    made = led(site, {old: "/feed.xml" if old.endswith("xml") and old != "/feed.xml" else "/atom.xml"})
    made.add("content/plan.xml", "<plan/>")
    plain = led(lambda files: site({**files, "content/plan.xml": "<plan/>"}), {})
    (told,) = messages(made.build())
    plain.build()
    assert f"the redirect from {old}" in told
    assert made.tree() == plain.tree()


def test_import_proposes_a_line_for_the_old_feed(site):
    """Until it is there; none where the address is the same."""
    made = led(site, {})
    request = ImportRequest(root=made.root, inputs=(str(WORDPRESS),), now=NOW, dry_run=True)
    line = '"/feed/" = "/feed.xml"  # below [redirects]'
    assert line in run(request).proposal
    made.add("site.toml", f"{SETTINGS}[redirects]\n{line}\n")
    assert line not in run(request).proposal
    assert messages(made.build()) == []


@pytest.mark.parametrize(
    ("table", "cause"),
    [
        ('"town" = "/city/"', "'town', which is no path from the site's root"),
        ('"/town/" = "city/"', "'city/', which is no path from the site's root"),
        ('"/../x" = "/"', "'/../x', which"),
        ('"/x?y=1" = "/"', "has a query or a fragment"),
        ('"/x/" = "https://elsewhere.example/"', "is a whole URL"),
        ('"/x/" = "/y/"\n"/X/" = "/y/"', "'/x/' and '/X/', at which the same file would answer"),
        ('"/x/" = "/y/"\n"/y/" = "/z/"', "leads to '/y/', which leads on itself"),
        ('"/x/" = "/y"\n"/Y/" = "/z/"', "leads to '/y', which leads on itself"),
        ('"/x/" = "/x/"', "leads to '/x/', which leads on itself"),
        ('"/x/" = 1', "has the wrong kind of value"),
    ],
)
def test_what_is_no_address(table, cause):
    """Is told with the line of the table."""
    with pytest.raises(SettingsError) as caught:
        config.parse(f"{SETTINGS}[redirects]\n{table}\n")
    (problem,) = caught.value.problems
    assert cause in problem.cause
    assert problem.line == 3

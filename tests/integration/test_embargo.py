"""What is embargoed is nowhere: not the story, not its address, not the files that it alone has."""

import datetime as dt

import pytest
from support import NOW, messages, post
from tiny import GOOD, site

SECRET = b"sentinel-5c21e0"
LATER = "2026-12-24 10:00"
STORY = "content/posts/later.md"
PICTURE = "content/images/secret.svg"
PICTURES = {
    PICTURE: b"<svg xmlns='http://www.w3.org/2000/svg'><!-- " + SECRET + b" --></svg>",
    "content/images/body.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><!-- " + SECRET + b" --></svg>",
    "content/report.pdf": b"%PDF " + SECRET,
}
BODY = "Text.\n\n![Body](../images/body.svg) and [the report](/report.pdf), [once more](../report.pdf#page=2).\n"


def hidden(**keys):
    """The story with its files, kept off the site by some front matter."""
    return {**PICTURES, STORY: post("Hush Sentinelville", body=BODY, image="../images/secret.svg", **keys)}


def leaks(built):
    """Outputs that tell of the story."""
    words = (SECRET, b"Sentinelville", b"later")
    return [name for name, data in built.tree().items() if any(word in data for word in words) or "later" in name]


@pytest.mark.parametrize(
    "keys",
    [{"date": LATER}, {"status": "draft"}, {"status": "withdrawn"}, {"expires": "2026-02-01"}],
    ids=lambda keys: " ".join(keys.values()),
)
def test_nothing_of_a_story_that_is_off_the_site(tmp_path, keys):
    """Neither it nor what only it uses, by its lead picture or in its body, is in any output.

    One that was withdrawn or has expired leaves its address alone, at which nothing of it is told; see test_withdrawn.
    """
    built = site(tmp_path / "site", hidden(**keys))
    assert messages(built.build()) == []
    found = leaks(built)
    gone = "withdrawn" in keys.values() or "expires" in keys
    assert found == (["2026/01/later/index.html"] if gone else [])
    assert not [name for name in found if SECRET in built.tree()[name] or b"Sentinelville" in built.tree()[name]]
    assert not (built.output / "images").exists()


def test_all_of_it_comes_at_its_instant_and_goes_with_it(tmp_path):
    """The clock passes the schedule: story and files come in the next build; its expiry: the address alone stays."""
    built = site(tmp_path / "site", hidden(date=LATER, expires="2026-12-26"))
    built.build()
    assert not leaks(built)
    report = built.build(now=NOW + dt.timedelta(days=32))
    assert messages(report) == []
    found = built.tree()
    assert {"images/secret.svg", "images/body.svg", "report.pdf"} <= found.keys()
    built.build(now=NOW + dt.timedelta(days=32), fresh=True)
    assert built.tree() == found
    built.build(now=NOW + dt.timedelta(days=40))
    assert leaks(built) == ["2026/12/later/index.html"]
    assert not any(SECRET in data or b"Sentinelville" in data for data in built.tree().values())


def test_what_others_use_stays(tmp_path):
    """A file that a published article names too, in its body, by its picture or by its address, is there."""
    built = site(tmp_path / "site", hidden(date=LATER))
    built.build()
    assert not (built.output / "report.pdf").exists()
    built.edit(GOOD, post("Good", body="![A](../images/body.svg) [b](/report.pdf)", image="/images/secret.svg"))
    assert messages(built.build()) == []
    assert {"images/secret.svg", "images/body.svg", "report.pdf"} <= built.tree().keys()
    built.edit(GOOD, post("Good"))
    built.build()
    assert not leaks(built)
    clean = built.tree()
    built.build(fresh=True)
    assert built.tree() == clean


def test_files_that_no_article_names_stay(tmp_path):
    """They are somebody's: a theme's, another site's."""
    built = site(tmp_path / "site", {**hidden(date=LATER), "content/logo.svg": b"<svg/>"})
    built.build()
    assert (built.output / "logo.svg").is_file()


def test_the_preview_shows_it(tmp_path):
    """Whoever asks to see scheduled stories sees their files."""
    built = site(tmp_path / "site", hidden(date=LATER))
    assert messages(built.build(future=True)) == []
    assert {"images/secret.svg", "images/body.svg", "report.pdf"} <= built.tree().keys()

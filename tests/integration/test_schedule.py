"""The site changes by itself at known instants: they are listed, put into timers, and a late build says so."""

import datetime as dt
import json
import os
import re
import subprocess
import time
from zoneinfo import ZoneInfo

import pytest
from conftest import require
from shell import dateline
from support import NOW, post

from generator import schedule
from generator.cli import timetable
from generator.schedule import Event, What

AT = "2026-11-23T09:00:00Z"
FILES = {
    "content/posts/soon.md": post("Soon", "2026-11-23 11:10:30"),
    "content/posts/gone.md": post("Gone", expires="2026-11-24 10:00"),
    "content/posts/noted.md": post(
        "Noted", updated="2026-11-26 08:00", corrections="[{date: 2026-11-25 08:00, kind: correction, text: No.}]"
    ),
    "content/posts/far.md": post("Far", "2027-03-01 10:00"),
    "content/posts/draft.md": post("Draft", "2026-11-24 10:00", status="draft"),
    "content/posts/old.md": post("Old"),
}


def told(site, *options):
    """What the command prints."""
    result = dateline("schedule", "-s", site.root, "--now", AT, *options)
    assert result.code == 0, result.err
    return result.out


@pytest.mark.parametrize("built", [False, True])
def test_what_is_to_come_is_listed_in_order(site, built):
    """Posts, expiry, corrections and updates show with what happens; drafts and what is too far ahead do not."""
    news = site(FILES)
    if built:
        time.sleep(2.1)  # until the files are at rest
        news.build()
    found = schedule.find(news.request(), 30)
    assert [(event.source.split("/")[-1], event.what) for event in found.events] == [
        ("soon.md", What.APPEARS),
        ("gone.md", What.EXPIRES),
        ("noted.md", What.CORRECTED),
        ("soon.md", What.AGED),
        ("noted.md", What.UPDATED),
    ]
    assert len(schedule.find(news.request(), 365).events) == 7
    assert "2026-11-23 11:10 +0000  in 2 h 10 min: content/posts/soon.md appears ('Soon')" in told(news)
    assert "and 4 more" in told(news, "--limit", "1")


@pytest.mark.parametrize("built", [False, True])
def test_news_grows_old(site, built):
    """A story leaves the news sitemap after 48 hours, when a build makes it anew; not where it is no news."""
    other = "https://other.example/x"
    made = site({
        "content/posts/new.md": post("New", "2026-11-22 08:00"),
        "content/posts/old.md": post("Old", "2026-11-21 08:59"),
        "content/posts/soon.md": post("Soon", "2026-11-23 12:00", expires="2026-11-24"),
        "content/posts/copy.md": post("Copy", "2026-11-22 08:00", canonical=other),
    })  # fmt: skip
    if built:
        time.sleep(2.1)  # until the files are at rest
        made.build()
    aged = [event for event in schedule.find(made.request(), 30).events if event.what is What.AGED]
    assert [(event.title, event.when) for event in aged] == [("New", dt.datetime(2026, 11, 24, 8, tzinfo=dt.UTC))]
    made.build(now=aged[0].when - dt.timedelta(seconds=1))
    assert "New" in made.page("sitemap-news.xml")
    made.build(now=aged[0].when)
    assert "New" not in made.page("sitemap-news.xml")
    made.edit("site.toml", 'title = "T"\nbase_url = "https://example.org"\nnews_sitemap = false\n')
    assert not [event for event in schedule.find(made.request(), 30).events if event.what is What.AGED]


def test_an_edit_after_the_build_counts(site):
    """What the last build knew of a file that was edited since is not believed."""
    news = site({"content/posts/a.md": post()})
    news.build()
    news.edit("content/posts/a.md", post(date="2026-11-24 10:00"))
    assert [event.what for event in schedule.find(news.request(), 30).events] == [What.APPEARS, What.AGED]


def test_the_formats_for_machines(site):
    """Each format holds each instant once, rounded up to what its clock knows."""
    news = site(FILES)
    cron = told(news, "--format", "cron", "--timezone", "Europe/Berlin")
    assert re.search(r"^11 12 23 11 \* cd \S+ && dateline build$", cron, re.MULTILINE)
    assert "OnCalendar=2026-11-23 11:11:00 UTC\n" in told(news, "--format", "systemd")
    assert '    - cron: "15 11 23 11 *"' in told(news, "--format", "github")
    events = json.loads(told(news, "--format", "json"))["events"]
    assert events[0]["when"] == "2026-11-23T11:10:30+00:00"
    assert events[0]["seconds"] == 7830


ODD = """make 'at-%H %n' "$HOME/x" && ./deploy --at=100% ; true"""


@pytest.mark.real
def test_systemd_takes_the_timer(site):
    """`systemd-analyze` finds nothing wrong with timer and service, and reads each instant as the one that is meant."""
    analyze = require("systemd-analyze", "systemd-analyze")
    news = site(FILES)
    written = told(news, "--format", "systemd", "--command", ODD).split("# dateline.")
    files = {f"dateline.{part.partition(chr(10))[0]}": part.partition("\n")[2] for part in written[1:]}
    assert files.keys() == {"dateline.timer", "dateline.service"}
    folder = news.root / "100% units"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text)
    verify = [analyze, "verify", "--man=no", "--recursive-errors=no", *(str(folder / name) for name in files)]
    done = subprocess.run(verify, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    events = schedule.find(news.request(), 30).events
    minutes = timetable.minutes(events)
    dates = [line.partition("=")[2] for line in files["dateline.timer"].splitlines() if line.startswith("OnCalendar")]
    command = [analyze, "calendar", "--base-time", "2026-11-23 09:00:00 UTC", *dates]
    zone = {**os.environ, "TZ": "UTC"}
    shown = subprocess.run(command, capture_output=True, text=True, check=True, env=zone)
    elapses = re.findall(r"Next elapse: \w+ (\S+ \S+) UTC", shown.stdout)
    assert elapses == [f"{minute:%Y-%m-%d %H:%M:%S}" for minute in minutes]


@pytest.mark.real
def test_cron_takes_the_crontab(site):
    """`crontab` reads every line, odd commands included, and a broken line would be told."""
    crontab = require("cron", "crontab")
    news = site(FILES)
    file = news.root / "crontab"
    for text, good in ((told(news, "--format", "cron", "--command", ODD), True), ("61 1 1 1 * true\n", False)):
        file.write_text(text)
        done = subprocess.run([crontab, "-n", str(file)], capture_output=True, text=True, check=False)
        assert (done.returncode == 0) == good, done


def test_a_command_is_written_as_cron_wants_it(site):
    """A percent sign, which is a line end to cron, is escaped."""
    assert r"make at-\%H" in told(site(FILES), "--format", "cron", "--command", "make at-%H")


def test_minutes_in_a_zone_that_puts_its_clock_back():
    """What is due in an hour that comes twice is built in its first, or once its second is over."""
    berlin = ZoneInfo("Europe/Berlin")
    for utc, shown in (("00:30", "02:30"), ("01:30", "03:00"), ("02:30", "03:30")):
        when = dt.datetime.fromisoformat(f"2026-10-25T{utc}:00Z")
        assert timetable.local(when, berlin).strftime("%H:%M") == shown
    spring = dt.datetime(2026, 3, 29, 1, 0, tzinfo=dt.UTC)
    assert timetable.local(spring, berlin).strftime("%H:%M") == "03:00"


def test_instants_are_rounded_up_and_never_twice():
    """A build never runs before the instant for which it is."""
    events = [Event(dt.datetime(2026, 1, 1, 9, 0, s, tzinfo=dt.UTC), "a", What.APPEARS, "") for s in (0, 1, 59)]
    assert [minute.minute for minute in timetable.minutes(events)] == [0, 1]
    assert [minute.minute for minute in timetable.minutes(events, 5)] == [0, 5]


def test_bad_input_is_told(site):
    """An unknown zone and a broken article are named, and what can be told is."""
    news = site({**FILES, "content/posts/bad.md": "---\ntitle: [\n---\n"})
    result = dateline("schedule", "-s", news.root, "--now", AT, "--timezone", "Mars/Base")
    assert result.code == 2
    assert "names no time zone: 'Mars/Base'" in result.err
    result = dateline("schedule", "-s", news.root, "--now", AT)
    assert result.code == 1
    assert "content/posts/bad.md:3" in result.err
    assert "soon.md appears" in result.out


def test_a_late_build_says_so_once(site):
    """A build that comes hours after its instant tells; the next one, and one in time, tell nothing."""
    news = site(FILES)
    assert news.build().overdue == ()
    late = NOW + dt.timedelta(hours=4, minutes=20, seconds=30)
    report = news.build(now=late)
    assert [item.source for item in report.overdue] == ["content/posts/soon.md"]
    assert report.problems == ()
    assert news.build(now=late).overdue == ()
    assert news.build(now=dt.datetime(2026, 11, 24, 10, 2, tzinfo=dt.UTC)).overdue == ()


def test_the_message_of_a_late_build(site):
    """It names how late, which story, and when; --strict does not mind."""
    news = site({"content/posts/soon.md": FILES["content/posts/soon.md"]})
    news.build()
    result = dateline("build", "-s", news.root, "--strict", "--now", "2026-11-23T13:20:30Z")
    assert result.code == 0
    assert "overdue by 2 h 10 min: content/posts/soon.md was due at 2026-11-23 11:10 +0000" in result.out

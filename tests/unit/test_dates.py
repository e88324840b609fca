"""Dates as authors write them, what they mean, and that the machine's own zone never matters."""

# ruff: noqa: DTZ001, E501  # naive times are the matter here; tables are read row by row

from __future__ import annotations

import datetime as dt
import random
import re
import time
import zoneinfo
from collections.abc import Iterator
from email.utils import format_datetime
from pathlib import Path

import pytest
import tiny
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support import messages, post

from generator import dates
from generator.feeds.text import rfc_822
from generator.permalinks import Pattern

UTC = dt.UTC
LAW = settings(max_examples=300, deadline=None)


def east(hours: int, minutes: int = 0) -> dt.timezone:
    """A fixed offset."""
    return dt.timezone(dt.timedelta(hours=hours, minutes=minutes))


WRITTEN = [
    ("2013-11-22", dt.date(2013, 11, 22)),
    ("2013-1-2", dt.date(2013, 1, 2)),
    (" 2013-11-22 ", dt.date(2013, 11, 22)),
    ("2024-02-29", dt.date(2024, 2, 29)),
    ("2013-11-22 5:00", dt.datetime(2013, 11, 22, 5)),
    ("2013-11-22 05:00:07", dt.datetime(2013, 11, 22, 5, 0, 7)),
    ("2013-11-22T05:00", dt.datetime(2013, 11, 22, 5)),
    ("2013-11-22t05:00:00.123456", dt.datetime(2013, 11, 22, 5)),
    ("2013-11-22 05:00:00,5", dt.datetime(2013, 11, 22, 5)),
    ("2013-11-22 5:00:00 +0000", dt.datetime(2013, 11, 22, 5, tzinfo=UTC)),
    ("2013-11-22T05:00:00Z", dt.datetime(2013, 11, 22, 5, tzinfo=UTC)),
    ("2013-11-22 05:00 UTC", dt.datetime(2013, 11, 22, 5, tzinfo=UTC)),
    ("2013-11-22 05:00 GMT", dt.datetime(2013, 11, 22, 5, tzinfo=UTC)),
    ("2013-11-22T05:00:00+01:00", dt.datetime(2013, 11, 22, 5, tzinfo=east(1))),
    ("2013-11-22T05:00:00 +1", dt.datetime(2013, 11, 22, 5, tzinfo=east(1))),
    ("2013-11-22T05:00:00+0545", dt.datetime(2013, 11, 22, 5, tzinfo=east(5, 45))),
    ("2013-11-22T05:00:00-03:30", dt.datetime(2013, 11, 22, 5, tzinfo=east(-3, -30))),
    ("2013-11-22T05:00:00-00:30", dt.datetime(2013, 11, 22, 5, tzinfo=east(0, -30))),
    ("1000-01-01", dt.date(1000, 1, 1)),
    ("9990-12-31T23:59:59-12:00", dt.datetime(9990, 12, 31, 23, 59, 59, tzinfo=east(-12))),
]
NO_DATES = [
    "", "yesterday", "2013", "2013-11", "22.11.2013", "11/22/2013", "2013/11/22", "20131122", "1385096400", "2013-11-22T",
    "2013-11-22T05", "2013-11-22 5:0", "2013-11-22 05:00 CET", "2013-11-22 05:00 Europe/Berlin", "2013-11-22 5pm",
    "2013-11-22 05:00:00 + 01:00", "Fri, 22 Nov 2013 05:00:00 +0000", "2013-W47-5", "2013-326", "2013-11-22 05:00:00Zulu",
    "2013-02-29", "1900-02-29", "2013-04-31", "2013-13-01", "2013-00-01", "2013-01-00", "0000-01-01", "0999-12-31", "9991-01-01",
    "2013-11-22 24:00", "2013-11-22 05:60", "2013-06-30 23:59:60", "2013-11-22 05:00+16:00", "2013-11-22 05:00+01:60",
    "-2013-11-22", "2013-11-22\n2013-11-23", "2013-111-2",
]  # fmt: skip


@pytest.mark.parametrize(("text", "meaning"), WRITTEN)
def test_date_as_written(text: str, meaning: dt.date) -> None:
    """A day, a local time or an instant, as the text says; fractions of a second fall away."""
    parsed = dates.parse(text)
    assert parsed == meaning
    assert type(parsed) is type(meaning)
    assert getattr(parsed, "tzinfo", None) == getattr(meaning, "tzinfo", None)


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date(text: str) -> None:
    """What is no date, or one that cannot be, is refused with a cause that shows what was written."""
    with pytest.raises(ValueError, match=r"^(is|has) ") as caught:
        dates.parse(text)
    assert repr(text) in str(caught.value)


@LAW
@given(st.text(max_size=40))
def test_any_text_is_a_date_or_an_error(text: str) -> None:
    """No text makes the reader of dates fail otherwise than by saying so."""
    try:
        parsed = dates.parse(text)
    except ValueError as error:
        assert repr(text) in str(error)
    else:
        assert dates.resolve(parsed, zoneinfo.ZoneInfo("Pacific/Apia")).tzinfo is not None


NEARLY = st.from_regex(
    r"[0-9]{4}-[0-2][0-9]-[0-4][0-9][T ][0-3][0-9]:[0-7][0-9]:[0-7][0-9]([+-][0-2][0-9]:[0-9]{2}|Z)?", fullmatch=True
)


@settings(max_examples=1_000, deadline=None)
@given(NEARLY)
@example("2024-02-29T24:00:00")
@example("2023-02-29T12:00:00-00:00")
@example("2024-02-29 12:00:00+15:59")
@example("2024-02-29 12:00:00+16:00")
def test_the_quick_way_reads_the_same(text: str) -> None:
    """A text that Python reads by itself means what our own rules make of it."""

    def by(form: re.Pattern[str]) -> tuple[str, ...]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(dates, "_INSTANT", form)
            try:
                return (repr(dates.parse(text)),)
            except ValueError as error:
                return "error", str(error)

    assert by(dates._INSTANT) == by(re.compile("(?!)"))


@LAW
@given(
    st.datetimes(
        dt.datetime(1000, 1, 1), dt.datetime(9990, 12, 31), timezones=st.none() | st.just(UTC) | st.just(east(-9, -30))
    )
)
def test_isoformat_round_trip(when: dt.datetime) -> None:
    """What Python writes is read back as the same, to the second."""
    assert dates.parse(when.isoformat()) == when.replace(microsecond=0)
    assert dates.parse(when.isoformat(" ", "seconds")) == when.replace(microsecond=0)


RESOLVED = [
    ("2026-01-02", "Europe/London", "2026-01-02T00:00:00+00:00"),
    ("2026-07-02", "Europe/London", "2026-07-02T00:00:00+01:00"),
    ("2026-07-02 10:00", "America/New_York", "2026-07-02T10:00:00-04:00"),
    ("2026-07-02 10:00 +0900", "America/New_York", "2026-07-02T10:00:00+09:00"),
    ("2026-07-02 10:00", "Asia/Kathmandu", "2026-07-02T10:00:00+05:45"),
    # Skipped: 02:30 does not exist on 29 March; the clock goes from 02:00 to 03:00.
    ("2026-03-29 02:30", "Europe/Berlin", "2026-03-29T03:30:00+02:00"),
    ("2026-10-04 02:15", "Australia/Lord_Howe", "2026-10-04T02:45:00+11:00"),
    # Twice: 02:30 on 25 October is the first, still in summer time.
    ("2026-10-25 02:30", "Europe/Berlin", "2026-10-25T02:30:00+02:00"),
    # A day that a country left out, and a midnight that a clock change skips.
    ("2011-12-30", "Pacific/Apia", "2011-12-31T00:00:00+14:00"),
    ("2018-11-04", "America/Sao_Paulo", "2018-11-04T01:00:00-02:00"),
    # Offsets with seconds, of local mean time: the clock's face stays.
    ("1850-05-01", "Pacific/Pago_Pago", "1850-05-01T00:00:00+12:37"),
    ("1900-01-01", "Europe/Paris", "1900-01-01T00:00:00+00:09"),
    ("1880-01-01 12:00", "Africa/Monrovia", "1880-01-01T12:00:00-00:43"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "zone", "instant"), RESOLVED)
def test_instant_in_the_sites_zone(text: str, zone: str, instant: str) -> None:
    """A day is its midnight, a naive time is local, and a clock change moves a time as documented."""
    assert dates.resolve(dates.parse(text), zoneinfo.ZoneInfo(zone)).isoformat() == instant


ZONES = sorted(zoneinfo.available_timezones() - {"localtime"})
NAIVE = st.datetimes(dt.datetime(1890, 1, 1), dt.datetime(2100, 1, 1)).map(lambda when: when.replace(microsecond=0))


def check_gap_and_fold(when: dt.datetime, zone: zoneinfo.ZoneInfo) -> None:
    """The law for one local time."""
    first, second = (when.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    before, after = first.utcoffset() or dt.timedelta(), second.utcoffset() or dt.timedelta()
    instant = dates.resolve(when, zone)
    offset = instant.utcoffset() or dt.timedelta()
    assert instant.replace(tzinfo=None) == (when + (after - before) if after > before else when)
    assert abs(instant - first) < dt.timedelta(minutes=1)
    assert offset.total_seconds() % 60 == 0
    assert instant.tzinfo == dt.timezone(offset)


@LAW
@given(NAIVE, st.sampled_from(ZONES))
def test_gap_and_fold_are_defined(when: dt.datetime, name: str) -> None:
    """Of a time that occurs twice the first is meant; one that never occurs is as much later as the clock was moved."""
    check_gap_and_fold(when, zoneinfo.ZoneInfo(name))


def _transitions(name: str) -> Iterator[dt.datetime]:
    """Local times near the clock changes of a zone in 2000 to 2030, every quarter of an hour around them."""
    zone = zoneinfo.ZoneInfo(name)
    day = dt.datetime(2000, 1, 1, tzinfo=UTC)
    while day.year < 2030:
        next_day = day + dt.timedelta(days=1)
        if day.astimezone(zone).utcoffset() != next_day.astimezone(zone).utcoffset():
            local = day.astimezone(zone).replace(tzinfo=None)
            yield from (local + dt.timedelta(minutes=15 * step) for step in range(-8, 105))
        day = next_day


@pytest.mark.parametrize(
    "name", ["Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Gaza"]
)
def test_gap_and_fold_around_every_clock_change(name: str) -> None:
    """The same law holds every quarter of an hour around every clock change of thirty years."""
    zone = zoneinfo.ZoneInfo(name)
    moments = list(_transitions(name))
    assert len(moments) > 500
    for when in moments:
        check_gap_and_fold(when, zone)


def _random_written(count: int) -> list[tuple[str, str]]:
    """Dates as written and a zone, the whole list of zones in turn."""
    choice = random.Random(14)
    out = []
    for number in range(count):
        when = dt.datetime(1950, 1, 1) + dt.timedelta(seconds=choice.randrange(100 * 365 * 86400))
        form = choice.choice(["%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S+05:30", "%Y-%m-%d %H:%M:%S -0800"])
        out.append((when.strftime(form), ZONES[number % len(ZONES)]))
    return out


MACHINES = ["UTC", "Pacific/Auckland", "America/St_Johns", "Asia/Kolkata", ":nonsense"]


@pytest.fixture
def machine_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Lets a test set TZ; the machine's own is back afterwards."""
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


@pytest.mark.filterwarnings("ignore")
def test_url_and_order_do_not_depend_on_the_machines_zone(machine_zone: pytest.MonkeyPatch) -> None:
    """2,000 dates over all zones give the same URLs in the same order whatever TZ says."""
    written = _random_written(2000)
    pattern = Pattern.parse("/{year}/{month}/{day}/{slug}/")
    seen = set()
    for machine in MACHINES:
        machine_zone.setenv("TZ", machine)
        time.tzset()
        instants = [dates.resolve(dates.parse(text), zoneinfo.ZoneInfo(zone)) for text, zone in written]
        urls = [pattern.expand(instant, f"s{n}", "", "x") for n, instant in enumerate(instants)]
        seen.add((tuple(urls), tuple(sorted(range(len(instants)), key=lambda n: (instants[n], n)))))
    assert len(seen) == 1


def test_a_site_is_the_same_to_the_byte_under_any_machine_zone(
    machine_zone: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One site, built under five values of TZ: every output file is the same."""
    files = {
        f"content/posts/p{n}.md": post(f"Story {n}", date=text)
        for n, (text, _) in enumerate(_random_written(60))
        if text < "2026"
    }
    trees = []
    for number, machine in enumerate(MACHINES):
        machine_zone.setenv("TZ", machine)
        time.tzset()
        fixture = tiny.site(tmp_path / f"site{number}", files, 'timezone = "America/Sao_Paulo"\n')
        assert messages(fixture.build()) == []
        trees.append(fixture.tree())
    assert all(tree == trees[0] for tree in trees)
    assert len(trees[0]) > 60


NAMED = [
    ("content/posts/2013-11-22-story.md", "2013/11/story/index.html"),
    ("content/posts/2013-11-22-story/index.md", "2013/11/story/index.html"),
    ("content/posts/2013-11-22-2014-01-01.md", "2013/11/2014-01-01/index.html"),
    ("content/posts/deep/er/2013-11-22-story.md", "2013/11/story/index.html"),
]


@pytest.mark.parametrize(("path", "page"), NAMED)
def test_date_in_the_files_name(tmp_path: Path, path: str, page: str) -> None:
    """A post without `date` has the day of its file's or folder's name, and the rest of the name as slug."""
    fixture = tiny.site(tmp_path / "site", {path: "---\ntitle: Named\n---\n\nText.\n"})
    assert messages(fixture.build()) == []
    assert "<h1>Named</h1>" in fixture.page(page)


def test_front_matter_wins_over_the_files_name(tmp_path: Path) -> None:
    """With both, `date` decides the day and the name gives the slug."""
    fixture = tiny.site(tmp_path / "site", {"content/posts/2013-11-22-story.md": post("Named", date="2014-05-06")})
    assert messages(fixture.build()) == []
    assert "2014/05/story/index.html" in fixture.tree()


def test_own_offset_decides_the_url(tmp_path: Path) -> None:
    """A story of 31 December in Tokyo is one of December, though it is already January in Auckland."""
    fixture = tiny.site(
        tmp_path / "site",
        {
            "content/posts/tokyo.md": post("Tokyo", date="2025-12-31T23:30:00+09:00"),
            "content/posts/local.md": post("Local", date="2025-12-31 23:30"),
        },
        'timezone = "Pacific/Auckland"\n',
    )
    assert messages(fixture.build()) == []
    tree = fixture.tree()
    assert "2025/12/tokyo/index.html" in tree
    assert "2025/12/local/index.html" in tree
    assert "<lastmod>2025-12-31T23:30:00+09:00</lastmod>" in fixture.page("sitemaps/2025-12.xml")
    assert "<lastmod>2025-12-31T23:30:00+13:00</lastmod>" in fixture.page("sitemaps/2025-12.xml")


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        ("2026-11-23 09:00", True), ("2026-11-23 09:01", False), ("2026-11-23T10:00:00+01:00", True),
        ("2026-11-23T10:00:00+00:00", False), ("2026-11-23", True), ("2026-11-24", False),
    ],
)  # fmt: skip
def test_schedule_is_a_matter_of_instants(tmp_path: Path, date: str, shown: bool) -> None:  # noqa: FBT001
    """At the very minute of its date a story is on the site, and not one minute before, whatever its offset."""
    fixture = tiny.site(tmp_path / "site", {"content/posts/s.md": post("Sooner", date=date)})
    assert messages(fixture.build()) == []
    assert any(b"Sooner" in data for data in fixture.tree().values()) is shown


def test_expiry_is_a_matter_of_instants(tmp_path: Path) -> None:
    """From the minute of `expires` on a story is nowhere."""
    fixture = tiny.site(
        tmp_path / "site",
        {
            "content/posts/gone.md": post("Gone", expires="2026-11-23T10:00:00+01:00"),
            "content/posts/still.md": post("Still", expires="2026-11-23T09:01:00+00:00"),
        },
    )
    assert messages(fixture.build()) == []
    assert not any(b"Gone" in data for data in fixture.tree().values())
    assert "2026/01/still/index.html" in fixture.tree()


@LAW
@given(st.datetimes(min_value=dt.datetime(1000, 1, 1)), st.integers(-23 * 60, 23 * 60))
def test_a_date_in_rss_is_what_the_standard_library_writes(moment: dt.datetime, offset: int) -> None:
    """RFC 822 with four digits for the year, for any offset of whole minutes."""
    zoned = moment.replace(tzinfo=dt.timezone(dt.timedelta(minutes=offset)))
    assert rfc_822(zoned) == format_datetime(zoned)

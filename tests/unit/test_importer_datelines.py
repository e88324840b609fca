"""Which lines are a date, and which day and time they mean."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.importer import datelines
from generator.importer.lines import fold
from generator.importer.tongues import tongues

MAY = dt.date(2023, 5, 9)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Tuesday, 9 May 2023", MAY),
        ("Tuesday 9th of May 2023", MAY),
        ("May 9, 2023", MAY),
        ("Tue, May 9th, 2023.", MAY),
        ("MAY 9 2023", MAY),
        ("9 May 2023 at 2:33 PM", MAY),
        ("Tuesday, May 9, 2023 - 14:33", MAY),
        ("Published on May 9, 2023", MAY),
        ("Date: 2023-05-09", MAY),
        ("2023-05-09", MAY),
        ("2023-05-09T14:33:00+03:00", MAY),
        ("2023/05/09", MAY),
        ("09.05.2023", MAY),
        ("9. 5. 2023", MAY),
        ("9. Mai 2023", MAY),
        ("Dienstag, den 9. Mai 2023", MAY),
        ("Dienstag, 9. Mai 2023, 14:33 Uhr", MAY),
        ("SAMSTAG, 5. OKTOBER 2013", dt.date(2013, 10, 5)),
        ("Sonnabend, 5. Okt. 2013", dt.date(2013, 10, 5)),
        ("1. März 2024", dt.date(2024, 3, 1)),
        ("1. Maerz 2024", dt.date(2024, 3, 1)),
        ("9 Mayıs 2023 Salı", MAY),
        ("9 MAYIS 2023 SALI", MAY),
        ("9 Mayıs 2023, Salı 14:33", MAY),
        ("Yayınlanma: 9 Mayıs 2023", MAY),
        ("18 ŞUBAT 2024", dt.date(2024, 2, 18)),
        ("30 Ağustos 1999", dt.date(1999, 8, 30)),
        ("29 February 2024", dt.date(2024, 2, 29)),
        ("mardi 9 mai 2023", MAY),
        ("Publié le 09/05/2023 à 14:33", MAY),
        ("1er août 2023", dt.date(2023, 8, 1)),
        ("martes, 9 de mayo de 2023", MAY),
        ("terça-feira, 9 de maio de 2023", MAY),
        ("Pubblicato il 9 maggio 2023 alle 14:33", MAY),
        ("dinsdag 9 mei 2023 om 14:33", MAY),
        ("9 maja 2023 r.", MAY),
        ("الثلاثاء، 9 أيار 2023", MAY),
        ("الثلاثاء ٩ مايو ٢٠٢٣", MAY),
        ("نُشر في 9 مايو، 2023", MAY),
        ("२१ मई २०२३", dt.date(2023, 5, 21)),
        ("更新日 令和5年5月9日（火曜日）", MAY),
        ("令和元年5月9日", dt.date(2019, 5, 9)),
        ("平成31年（2019年）4月30日", dt.date(2019, 4, 30)),
        ("2023（令和5）年5月9日", MAY),
        ("中華民國112年5月9日", MAY),
        ("發布日期：112-05-09", MAY),
        ("9 كانون الثاني 2023", dt.date(2023, 1, 9)),
        ("вторник, 9 мая 2023 г., 14:33", MAY),
        ("2023. május 9. kedd, 14:33", MAY),
        ("Ngày 9 tháng 5 năm 2023", MAY),
        ("9 tháng 5, 2023", MAY),
        ("вівторок, 9 травня 2023 р.", MAY),
        ("9 မေ 2023", MAY),
        ("2023年5月9日火曜日", MAY),
        ("2023年5月9日(火) 14:33", MAY),
        ("2023年5月9日 星期二", MAY),
        ("发布于2023年5月9日", MAY),
        ("2023년 5월 9일 화요일", MAY),
        ("25/12/2018", dt.date(2018, 12, 25)),
        ("October 06, 2018", dt.date(2018, 10, 6)),
        ("8/17/13", dt.date(2013, 8, 17)),
        ("17.7.11", dt.date(2011, 7, 17)),
        ("Posted on 8/17/13 11:04am", dt.date(2013, 8, 17)),
        ("Mittwoch, 17.7.85", dt.date(1985, 7, 17)),
        ("9 May ’23", MAY),
        ("May 9, '23", MAY),
        ("Last revised: May 9, 2023", MAY),
    ],
)
def test_date_lines(line, day):
    """Dates are read as each language prints them, and as ISO 8601, with what stands around them."""
    found = datelines.read(line)
    assert found is not None
    assert found.day == day
    assert not found.contradicts


@pytest.mark.parametrize(
    ("line", "moment"),
    [
        ("9 May 2023 at 2:33 PM", "2023-05-09T14:33"),
        ("May 9, 2023 2:33 PM EDT", "2023-05-09T14:33-04:00"),
        ("2023-05-09T14:33:00+03:00", "2023-05-09T14:33+03:00"),
        ("9. Mai 2023, 12:05 Uhr", "2023-05-09T12:05"),
        ("20/08/2022 10h15", "2022-08-20T10:15"),
        ("9 مايو 2023 2:33 م", "2023-05-09T14:33"),
        ("2023年5月9日 午後2時33分", "2023-05-09T14:33"),
        ("May 9, 2023 12:10 am", "2023-05-09T00:10"),
        ("14:33 09.05.2023", "2023-05-09T14:33"),
        ("2:33 p.m. EDT May 9, 2023", "2023-05-09T14:33-04:00"),
        ("8/17/13 11:04am", "2013-08-17T11:04"),
    ],
)
def test_times(line, moment):
    """A time with the date is read with it, and its zone where it is one."""
    assert datelines.read(line).moment.isoformat(timespec="minutes") == moment


@pytest.mark.parametrize("line", ["May 9, 2023 2:33 PM BST", "9 May 2023 25:00", "9 May 2023 2:33 PM QXZ"])
def test_times_that_are_none(line):
    """A time in what could be two zones, or that no clock shows, leaves the bare day."""
    assert datelines.find(line).date.moment == MAY


def test_dates_of_changes():
    """The date of a change is known as one."""
    for line in ("Updated: 9 May 2023", "Mis à jour le 09/05/2023", "Aktualisiert: 9.5.2023", "Обновлено 9 мая 2023"):
        assert datelines.read(line).updated


@pytest.mark.parametrize(
    "line",
    [
        "The bridge opened on 9 May 2023",
        "9 May 2023 was a Tuesday that nobody forgot",
        "On Tuesday, 9 May 2023, the bridge opened.",
        "Am 9. Mai 2023 wurde die Brücke eröffnet.",
        "Köprü 9 Mayıs 2023 günü açıldı.",
        "May 2023",
        "9 May",
        "5/9/2023",
        "9 Mai-Thai 2023",
        "Summer 9, 2023",
        "Windows 10 2023",
        "2023",
        "12.12.12",
        "8/7/13",
        "8.7.13",
        "Release 1.17.13",
        "1.2.17.13",
        "17/13/13",
        "1445/10/19 هـ",
        "10/112/05/09",
        "Tuesday",
        "March 3 2023 protesters",
        "",
    ],
)
def test_no_date_lines(line):
    """A sentence with a date in it, a part of a date and an ambiguous date are no date lines."""
    assert datelines.read(line) is None


@pytest.mark.parametrize(
    "line", ["31 February 2023", "29 Şubat 2023", "2023-13-01", "Montag, 31. April 2023", "0 May 2023"]
)
def test_impossible_days(line):
    """A line of the shape of a date without such a day is known as one, and gives no day."""
    found = datelines.read(line)
    assert found is not None
    assert found.day is None


def test_a_day_that_a_line_runs_into():
    """A name before a month, and a second day behind a year, are told from the date though nothing parts them."""
    assert datelines.find("The Lenn ObserverMay 9, 2023").date.day == MAY
    assert datelines.find("Ada Lund 9 mai 202310 mai 2023").date.day == MAY


days = st.dates(min_value=dt.date(1970, 1, 1), max_value=dt.date(2069, 12, 31))


@settings(deadline=None)
@given(days, st.booleans(), st.booleans(), days.filter(lambda day: day.day > 12))
def test_the_order_that_another_day_shows(day, day_first, short, clear):
    """A page with one day whose order is clear has all its days in that order, with years of two digits or four."""
    form = ("{0.day}/{0.month}/" if day_first else "{0.month}/{0.day}/") + ("{0:%y}" if short else "{0:%Y}")
    order = datelines.order([form.format(day), "Some words", form.format(clear)])
    assert order is day_first
    assert datelines.find(form.format(day), day_first=order).date.day == day


def test_the_order_that_words_show():
    """A day written out shows the order of the same day in numbers; days that speak for both leave it open."""
    assert datelines.order(["10/9/10", "Oct. 9, 2010 - 7:28 AM"]) is False
    assert datelines.order(["10/9/10", "10 September 2010"]) is True
    for lines in (
        [],
        ["10/9/10"],
        ["10/9/10", "4 June 2010"],
        ["10/17/10", "17/10/2010"],
        ["10/9/10", "9.10.2010", "10.9.2010"],
    ):
        assert datelines.order(lines) is None


def test_wrong_weekday():
    """A weekday that the day does not have is noticed."""
    assert datelines.read("Monday, 9 May 2023").contradicts


def test_no_word_means_two_months():
    """No spelling stands for two months or two weekdays in different languages."""
    for kind in ("months", "weekdays"):
        seen = {}
        for tongue in tongues().values():
            words = getattr(tongue, kind)
            assert len(words) in (0, 7 if kind == "weekdays" else 12)
            for number, spellings in enumerate(words):
                for word in spellings.split():
                    assert seen.setdefault(fold(word), number) == number


NAMED = sorted(name for name, tongue in tongues().items() if tongue.months)


@settings(deadline=None)
@given(
    st.dates(min_value=dt.date(1000, 1, 1), max_value=dt.date(2999, 12, 31)),
    st.sampled_from(NAMED),
    st.booleans(),
    st.sampled_from([str.upper, str.title, str.lower]),
)
def test_every_day_in_every_language(day, language, weekday, case):
    """Each day, written out in each language, is read as that day."""
    words = tongues()[language]
    text = f"{day.day} {words.months[day.month - 1].split()[0]} {day.year}"
    if weekday:
        text = f"{words.weekdays[day.weekday()].split()[0]}, {text}"
    found = datelines.read(case(text))
    assert found.day == day
    assert not found.contradicts


@settings(deadline=None)
@given(st.text(max_size=100))
def test_any_line_is_read(line):
    """No line breaks the reader."""
    datelines.read(line)


@pytest.mark.parametrize(
    "line",
    [
        "9. Mai 202310:22 Uhr",
        "May 9, 20233:22 pm",
        "2023-05-0910:22",
        "13/05/202314/05/2023",
        "5:03PMMay 9, 2023",
        "10:22May 9, 2023",
        "May, 9 2023",
        "May 9 ,2023",
        "2023. 5. 9.",
        "Mon, 8/5/2023",
    ],
)
def test_dates_that_run_into_others(line):
    """Words, times and other dates may stand right at a date; a weekday says which number is the day."""
    found = datelines.find(line)
    assert found
    assert found.date.day in (MAY, MAY.replace(day=8), MAY.replace(day=13))


@pytest.mark.parametrize(
    ("line", "day", "changed"),
    [
        ("Published May 9, 2023, updated May 12, 2023", 9, 12),
        ("Updated May 12, 2023 Published May 9, 2023", 9, 12),
        ("Updated May 12, 2023 | May 9, 2023", 9, 12),
        ("Updated May 12, 2023, closed since May 9, 2023", 12, None),
        ("Updated May 12, 2023 | Open again May 19, 2023", 12, None),
        ("May 9, 2023 | Updated May 2, 2023", 9, None),
        ("Updated May 12, 2023", 12, None),
        ("May 9, 2023", 9, None),
    ],
)
def test_which_of_two_dates_is_of_a_change(line, day, changed):
    """Words before each date say which is which; a change is no earlier than what is changed."""
    found, change = datelines.told(line)
    assert (found.date.day.day, change.day.day if change else None) == (day, changed)


def test_long_lines_say_which_number_is_the_day():
    """A day in a paragraph, too, says whether the page puts the day first."""
    assert datelines.order(["word " * 60 + "5/13/2023 word", "5/9/2023"]) is False


def test_a_count_may_run_into_a_date():
    """How often an article was liked stands before its day without a blank, where its time follows to the second."""
    found = datelines.find("32023.05.09 14:33:00")
    assert found and (found.date.day, found.date.time) == (MAY, dt.time(14, 33))
    assert datelines.find("32023.05.09") is None

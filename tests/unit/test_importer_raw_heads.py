"""Heads of pages as blogs and newspapers print them: which line is the headline, which day is the article's."""

import datetime as dt

import pytest

from generator.importer import datelines
from generator.importer.formats import raw_text

MAY = dt.date(2023, 5, 9)
TEXT = """\
Divers were called to the northern pier on Monday, after a fisherman had seen a crack as long as his arm.

The ferry will run every ten minutes until then, and nobody pays for it, says the council of the town.
"""


def read(text):
    """The one article of a text."""
    (article,) = raw_text.articles(text)
    return article


@pytest.mark.parametrize("year", ["2023", "23", "'23"])
def test_a_date_on_three_lines(year):
    """The day, the month and the year may stand on a line each."""
    article = read(f"Harbour notes\n\n« The tide is late\n\n9\nmay\n{year}\n\nThe pier has a crack\n\n{TEXT}")
    assert (article.title, article.date) == ("The pier has a crack", MAY)
    assert "may" not in article.body.splitlines()


def test_a_weekday_between_day_and_year():
    """`May 9 Tue 2023` is a day, and `May 9 in 2023` is none."""
    assert datelines.find("May 9 Tue 2023 14:33").date.moment == dt.datetime.combine(MAY, dt.time(14, 33))
    assert datelines.find("May 9 in 2023") is None


def test_the_day_that_stands_below_the_text():
    """A line that says when the article was published is its date and no text, though more of the page follows."""
    article = read(
        f"Home\nShop\nThe pier has a crack\nBy Ada Lund\n4 min read\n{TEXT * 5}\nPublished on May 9, 2023\n"
        "boats piers\nRead also\nThe tide is late\nMay 2, 2023\nThe mole is old\nMay 1, 2023\n"
    )
    assert article.date == MAY
    assert "Published" not in article.body


@pytest.mark.parametrize(
    ("title", "page"),
    [
        ("The winter programme is out", "News\n\nTITLE\n\n7 May 2023 By: Ada Lund\n\nDear friends of the pier,\n\n"),
        ("The northern pier has a crack", "Home\nSearch\n9 May 2023\nReport on fisherman No. 47/2023\nTITLE\n"),
        (
            "The northern pier has a crack",
            "News  Teams  Divers  Ferry  Council  Town\nNext: Ellery · 20 May 2023\n\n"
            "NEWS · 17 MAY\n\nTITLE\n\n9 May 2023 | 19:34\n\nTown of fishermen\t2\nCouncil of divers\t2\n\n",
        ),
        (
            "The northern pier has a crack",
            "Menu\n9 May 2023\nNews\nTITLE\nThe council asks for a report, and for a fence\n"
            "By ADA LUND\nThe northern pier on Monday after the divers were called (Photo Lund)\n",
        ),
        (
            "My kettle is no more",
            "Mud and tea\n\nMugs, ropes and a leaking roof in the marshes\n\n9 May 2023\n\nTITLE\n\n",
        ),
        ("FERRY GETS A PIER", "Harbour notes\n\nNORTHERN TOWN · 17TH OF MAY\n\nTITLE\n\n9 May 2023\n\n"),
    ],
    ids=["salutation", "number", "cells", "caption", "motto", "capitals"],
)
def test_lines_beside_a_headline(title, page):
    """A salutation, a number, cells, a caption and a motto are no headline; one in capitals is no name."""
    foot = f"\nPosted by Ada Lund\n\nArchive\n\n{title}\nThe tide is late\n"
    article = read(page.replace("TITLE", title) + TEXT + foot)
    assert (article.title, article.authors[-1].title()) == (title, "Ada Lund")


def test_a_headline_that_begins_as_a_menu_does():
    """An entry of a menu is short: what goes on after `Torna a` is a headline."""
    title = "Torna a suonare la campana del molo, era muta da quasi tre anni"
    assert read(f"Menu\nCerca\n9 maggio 2023\nCronaca\n{title}\ndi Ada Lund\n{TEXT}").title == title


def test_an_advertisement_below_a_box_within_the_text():
    """The text goes on below a box, though what somebody said ends it above, and an advertisement parts it below."""
    said = "— The boats are old, and so are we, says a fisherman who has seen many piers in his life."
    more = "The council has asked for a report by the end of the month, and for a fence on both sides of the pier."
    long = [
        f"{number}. {more} It is said that the boats may go on as they did before."
        for number in ("First", "Second", "Third")
    ]
    article = read(
        f"9 May 2023\n3 comments\nThe pier has a crack\nBy Ada Lund\n{TEXT * 5}\n{said}\nREAD ALSO\n"
        f"The tide is late\n2 May 2023\n"
        f"{long[0]}\nAdvertisement\n{long[1]}\nWhat the mayor says\n{long[2]}\n"
    )
    assert all(line in article.body for line in (said, *long))
    assert "tide" not in article.body


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("8 maggio 2023 di Ada Lund · Ultimo aggiornamento: 9 maggio 2023", ("Ada Lund",)),
        ("Ada Lund\n\nкорреспондент", ("Ada Lund",)),
        ("Ada Lund\nada@post.example", ("Ada Lund",)),
        ("ada_lund\n9 May 2023", ("ada_lund",)),
        ("9 May 2023\nAda Lund Senior Staff Writer", ("Ada Lund",)),
        ("〔記者林小舟、陳一帆／台南報導〕", ("林小舟", "陳一帆")),
        ("Interview: Ada Lund | Fotos: Bo Berg", ("Ada Lund",)),
        ("كتب قرأتها", ()),
        ("相簿 部落格 留言 名片\n9 May 2023", ()),
    ],
)
def test_who_wrote_it_at_the_headline(line, authors):
    """A name counts beside a date, above what one does or an address, in a reporter's brackets; a menu names nobody."""
    article = read(f"The northern pier has a crack\n\n{line}\n\n{TEXT * 2}")
    assert (article.title, article.authors) == ("The northern pier has a crack", authors)
    assert not authors or article.body.startswith("Divers")


@pytest.mark.parametrize(
    ("end", "authors"),
    [("Ada Lund", ("Ada Lund",)), ("Share Print Back", ()), ("GD Ellery", ()), ("The tide, of course", ())],
)
def test_who_signed_the_text(end, authors):
    """A name below the last sentence is the author's; buttons, a club and a verse are not."""
    article = read(f"The pier has a crack\n9 May 2023\n\n{TEXT * 2}\n{end}\n")
    assert article.authors == authors
    assert not authors or end not in article.body


def test_posted_in_a_section():
    """The section in which an article was posted is no part of who did it."""
    assert read(f"The pier has a crack\n9 May 2023\n{TEXT}\nPosted by night_ferry in Boats\n").authors == (
        "night_ferry",
    )


@pytest.mark.parametrize(
    "first",
    [
        "Mugs, ropes and a leaking roof in the marshes\n\n9 May 2023\n",
        "2:33 pm\n",
        "[New entries][Archive][Friends of the pier]\n",
        "Previous Entry Share Next Entry\n",
        "相簿 部落格 留言 名片\n",
        "Town of fishermen\t2\n\nCouncil of divers\t2\n",
    ],
)
def test_a_selection_that_begins_a_little_above_the_headline(first):
    """Who marks an article with the mouse may take along a line of the page above it."""
    assert read(f"{first}\nMy kettle is no more, friends\n\n{TEXT}").title == "My kettle is no more, friends"


def test_a_salutation_is_no_link_within_a_sentence():
    """A headline above a salutation and a text in small letters is a line by itself."""
    title = "Twelve kinds of rope, and which one stays"
    page = f"Menu\n9 May 2023\n{title}\nDear friends,\nthe summer is here. {TEXT}"
    assert read(page).title == title


def test_a_result_is_no_headline():
    """The result of a match stands above what is said of it."""
    title = "Divers see a crack in the pier"
    assert read(f"Northern Divers – Fisherman and Council 27:24 (15:9)\n\n{title}\n\n{TEXT}").title == title

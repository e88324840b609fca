"""Lists in raw text, and what a page puts between the paragraphs of an article."""

import datetime as dt

import pytest

from generator.importer.formats import raw_text

HEAD = "Keeper rows out while the ferry waits on Monday\n9 May 2023\n"
FIRST = "The keeper rowed out at dawn while the ferry waited, and nobody on the mole knew what for."
NEXT = "The ferry waited until noon, when the tide turned and took the keeper's hat to the other shore."
LAST = "He came back with two buckets of mussels, and the ferry left without a word from anyone."
FOOT = "Share\nFacebook\nTwitter\nRelated posts\nThe mole is closed\nAn old lamp for a new tower\n"


def read(text):
    """The one article of a text."""
    (article,) = raw_text.articles(text)
    return article


def reasons(article):
    """The lines of the report, with their reasons."""
    return {entry.text.strip(): entry.reason for entry in article.dropped}


@pytest.mark.parametrize("number", ["", "1. ", "1 "])
def test_the_contents_of_an_article_are_none_of_its_text(number):
    """Lines that stand again below, with text below each, are the contents; `Comments` in them ends nothing."""
    contents = [f"{number}Why he rowed", f"{number}What the ferry did", f"{number}Mussels", "Comments"]
    parts = f"Why he rowed\n\n{FIRST}\n\nWhat the ferry did\n\n{NEXT}\n\nMussels\n\n{LAST}\n\n"
    article = read(f"{HEAD}{FIRST}\n{NEXT}\nJump to:\n" + "\n".join(contents) + f"\n\n{parts}Comments\n\nAda\nNice.\n")
    assert article.body.count("Why he rowed") == 1
    assert article.body.count("What the ferry did") == 1
    assert article.body.endswith(LAST)


def test_a_menu_that_stands_twice_is_no_contents():
    """Lines that stand again without text between them are a menu, and end the text as ever."""
    menu = "Boats\nTides\nLamps and towers\nNotices\n"
    article = read(f"{menu}{HEAD}{FIRST}\n\n{NEXT}\n\n{LAST}\n\n{FOOT}{menu}")
    assert article.body.split("\n\n") == [FIRST, NEXT, LAST]
    assert "the contents of the article" not in reasons(article).values()


def test_the_card_of_a_recipe_below_other_recipes():
    """Where the headline stands again above a list, below ways to other pages, the text goes on with the card."""
    title = "Mussels in cider with too much garlic"
    others = "More mussels\nMussels with fog\nMussels on rye\nWhelks for eight\nSee all mussels »\n"
    card = f"{title}\nServes: 2\n▢ 1 kg mussels\n▢ 3 cloves of garlic\n▢ 1 bottle of cider\nSteam them in the cider.\n"
    article = read(f"{title}\n9 May 2023\n{FIRST}\n\n{NEXT} {LAST}\n\n{LAST} {FIRST} {NEXT}\n\n{others}{card}{FOOT}")
    assert "- 3 cloves of garlic" in article.body
    assert article.body.endswith("Steam them in the cider.")
    assert "Whelks" not in article.body


def test_the_rows_of_a_table_end_no_text():
    """Cells parted by tabs are a table, though they have strokes in them, and the text goes on below."""
    rows = "".join(f"{place}\tMole / {place}\tPier\t{30 - place} points\n" for place in range(1, 25))
    article = read(f"{HEAD}{FIRST}\n\nResults:\n\n{rows}\n{LAST}\n\n{FOOT}")
    assert "24 Mole / 24 Pier 6 points" in article.body
    assert article.body.endswith(LAST)


def test_what_a_recipe_takes_ends_no_text():
    """Lines that begin with an amount are a list; lines that are counted are not."""
    takes = "".join(f"{amount} g of seaweed {amount}\n" for amount in range(500, 100, -20))
    counted = "".join(f"{place} keepers who rowed out at dawn\n" for place in range(1, 22))
    assert read(f"{HEAD}{FIRST}\n\n{takes}\n{LAST}\n\n{FOOT}").body.endswith(LAST)
    assert "keepers who" not in read(f"{HEAD}{FIRST}\n\n{NEXT}\n\n{LAST}\n\n{counted}{FOOT}").body


@pytest.mark.parametrize("parts", ["9\nMAY\n2023", "9\nMay, 2023", "May\n9\n2023", "09\n\nmai\n\n2023"])
def test_a_date_on_several_lines(parts):
    """A day, a month and a year on a line each are a date."""
    headline = HEAD.partition("\n")[0]
    assert read(f"{parts}\n{headline}\n{FIRST}\n\n{NEXT}\n\n{LAST}").date == dt.date(2023, 5, 9)


def test_numbers_on_several_lines_are_no_date():
    """Numbers without a month between them are none."""
    headline = HEAD.partition("\n")[0]
    assert read(f"12\n9\n2023\n{headline}\n{FIRST}\n\n{NEXT}\n\n{LAST}").date is None


def test_a_paragraph_may_end_with_dots():
    """Below a paragraph, one that ends with dots goes on with the text; a line of a list of teasers does not."""
    dots = "He says that he will row out again as soon as somebody finds the hat..."
    assert read(f"{HEAD}{FIRST}\n\n{NEXT}\n\n{dots}\n\nBoats\nTides\nLamps\n{FOOT}").body.endswith(r"finds the hat...")


def test_captions_above_who_made_the_picture():
    """A line without an end above the credit of a picture is a caption, and so is its own beginning above it."""
    shown = "The keeper and his boat in the first light of Monday"
    bare = read(f"{HEAD}{FIRST}\n\n{shown}\n© Ada Lund\n\n{NEXT}\n\n{LAST}")
    twice = read(f"{HEAD}{FIRST}\n\n{shown}\n{shown}. Photo: Ada Lund\n\n{NEXT}\n\n{LAST}")
    assert bare.body == twice.body == "\n\n".join((FIRST, NEXT, LAST))


def test_a_heading_above_a_caption_stays():
    """A heading above a caption with words of its own is one of the text."""
    caption = "The mole at noon. Photo: Ada Lund"
    assert "What the ferry did" in read(f"{HEAD}{FIRST}\n\nWhat the ferry did\n\n{caption}\n\n{NEXT}\n\n{LAST}").body


def test_the_byline_once_more_is_no_text():
    """The author who is named above is told once; another who is named far within a text stays in it."""
    text = f"{HEAD}By Ada Lund\n{FIRST}\n\n" + f"{NEXT}\n\n{LAST}\n\n" * 5 + f"By Ada Lund\n\nBy Ben Osk\n\n{LAST}"
    assert "Ada Lund" not in read(text).body
    assert "By Ben Osk" in read(text).body


@pytest.mark.parametrize("advert", ["", "Advertisement\n"])
def test_a_box_within_a_text(advert):
    """Headlines of other articles below their heading are none of the text, which goes on; an advert may be above."""
    box = f"{advert}You may also like\nThe mole is closed\nAn old lamp for a new tower\n"
    article = read(f"{HEAD}{FIRST}\n\n{NEXT}\n\n{box}\n{LAST} {FIRST}\n\n{FOOT}")
    assert article.body.split("\n\n") == [FIRST, NEXT, f"{LAST} {FIRST}"]


def test_long_paragraphs_with_headings_go_on_below_a_box():
    """Below a box, three long paragraphs are the article's, though a heading stands above each."""
    long = [f"{line} {other}" for line, other in ((FIRST, NEXT), (NEXT, LAST), (LAST, FIRST))]
    below = "\n\n".join(f"Part {name}\n\n{text}" for name, text in zip(("one", "two", "three"), long, strict=True))
    above = "\n\n".join(long)
    article = read(f"{HEAD}{above}\n\nNewsletter\nEvery Monday\n\n{below}\n\n{FOOT}")
    assert (article.body.count(long[0]), article.body.count("Part")) == (2, 2)  # the first is taken for the box
    assert "Every Monday" not in article.body


def test_a_chronicle_by_the_hour_goes_on_below_a_box():
    """Below a box, paragraphs with a time above each are the article's."""
    hours = f"14:10\n{FIRST}\n\n12:30\n{NEXT}\n\n"
    box = "Latest news\nThe mole is closed\nAn old lamp\nWhelks\nA hat was found\nNobody's boat\n"
    article = read(f"{HEAD}{LAST}\n\n16:05\n{NEXT}\n\n15:20\n{FIRST}\n\n{box}{hours}{FOOT}")
    assert article.body.count(FIRST) == article.body.count(NEXT) == 2

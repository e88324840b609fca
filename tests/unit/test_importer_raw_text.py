"""Raw text as copied from a blog page: what is the article, and what is the page around it."""

import datetime as dt
import unicodedata
from html.parser import HTMLParser
from io import BytesIO

import markdown
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.errors import ContentError
from generator.importer import detect
from generator.importer.formats import raw_text
from generator.importer.sources import RawSource

MAY = dt.date(2023, 5, 9)
PAGE = """\
Tuesday, 9 May 2023

Harbour bridge closes for a week

Harbour  bridge closes for a WEEK




Divers found a crack in the northern pier.


By Zoë Núñez and J. R. van der Berg

Text.

Posted by Zoë Núñez at 2:33 PM
Labels: harbour, bridges

No comments:
"""


def read(text):
    """The one article of a text."""
    (article,) = raw_text.articles(text)
    return article


def source(text):
    """A raw file that holds the text."""
    return RawSource("raw.txt", "raw.txt", lambda: BytesIO(text.encode()))


def dropped(article):
    """Lines of the report: number and reason."""
    return [(item.line, item.reason) for item in article.dropped]


def test_a_page():
    """Date, headline, standfirst, authors and tags of a page are found, and each line around them is told."""
    article = read(PAGE)
    assert (article.title, article.date) == ("Harbour bridge closes for a week", MAY)
    assert article.summary == "Divers found a crack in the northern pier."
    assert article.body == "Divers found a crack in the northern pier.\n\nText."
    assert article.authors == ("Zoë Núñez", "J. R. van der Berg")
    assert article.tags == ("harbour", "bridges")
    assert dropped(article) == [
        (1, "read as the date"),
        (5, "the headline again"),
        (13, "read as the byline"),
        (17, "read as the byline"),
        (18, "read as tags"),
        (20, "the line of comments"),
    ]
    assert article.dropped[1].text == "Harbour  bridge closes for a WEEK"


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Zoë Núñez", ("Zoë Núñez",)),
        ("BY ZOË NÚÑEZ", ("ZOË NÚÑEZ",)),
        ("by J. R. van der Berg and Dr. Ada O’Neill-Smith", ("J. R. van der Berg", "Dr. Ada O’Neill-Smith")),
        ("Von Anna Müller und Jörg Weiß", ("Anna Müller", "Jörg Weiß")),
        ("Yazan: Ayşe Yılmaz", ("Ayşe Yılmaz",)),
        ("Posted by Ada Lovelace at 2:33 PM", ("Ada Lovelace",)),
        ("POSTED BY ADA LOVELACE AT 2:33 PM", ("ADA LOVELACE",)),
        ("Publié par Yann Le Goff à 21:47", ("Yann Le Goff",)),
        ("Eingestellt von Karl Am Ende um 14:33", ("Karl Am Ende",)),
        ("Geplaatst door Jan Op den Berg op 14:33", ("Jan Op den Berg",)),
        ("Eingestellt von Anna Müller um 14:33", ("Anna Müller",)),
        ("Gönderen Ayşe Yılmaz zaman: 14:33", ("Ayşe Yılmaz",)),
        ("Ada Lovelace By Ada Lovelace", ("Ada Lovelace",)),
        ("By Ada Lovelace, Staff Writer", ("Ada Lovelace",)),
        ("Written by Ada Lovelace,Staff Editor", ("Ada Lovelace",)),
        ("ByAda Lovelace", ("Ada Lovelace",)),
        ("作者：李安娜，渔夫", ("李安娜",)),
    ],
)
def test_bylines(line, authors):
    """A byline below the headline gives the authors."""
    article = read(f"9 May 2023\nTitle\n{line}\n\nText.")
    assert (article.authors, article.body) == (authors, "Text.")
    assert (3, "read as the byline") in dropped(article)


@pytest.mark.parametrize(
    "line", ["By the sea, all is well.", "By Monday it was over", "Von der Leyen warnt Athen", "By"]
)
def test_no_bylines(line):
    """A sentence that begins like a byline is text."""
    article = read(f"9 May 2023\nTitle\n\n{line}\n\nText.")
    assert (article.authors, article.summary) == ((), line)


@pytest.mark.parametrize(
    "line",
    ["No comments:", "3 comments:", "1 comment:", "Keine Kommentare:", "1 Kommentar:", "Yorum yok:", "HİÇ YORUM YOK:",
     "12 yorum:", "Comments (4):", "no comments"],
)  # fmt: skip
def test_comment_lines(line):
    """The line of comments is dropped in each language."""
    article = read(f"9 May 2023\nTitle\n\nText.\n\n{line}")
    assert article.body == "Text."
    assert (6, "the line of comments") in dropped(article)


def test_comments_go_to_the_report():
    """What follows the line of comments is not in the post but, word for word, in the report."""
    article = read("9 May 2023\nTitle\n\nText.\n\n2 comments:\n\nAnon said:\n\tFirst!\nTags: spam\n")
    assert (article.body, article.tags) == ("Text.", ())
    assert [item.text for item in article.dropped][-4:] == ["2 comments:", "Anon said:", "\tFirst!", "Tags: spam"]


def test_labels_below_an_empty_line_of_comments():
    """Where there are no comments, what stands below their line belongs to the article."""
    article = read("9 May 2023\nTitle\n\nText.\n\nNo comments:\nLabels: a, b\nPost a comment\n")
    assert article.tags == ("a", "b")


@pytest.mark.parametrize(
    "line", ["No comments from the palace.", "3 comments stood out", "There were 3 comments:", "No comments, he said"]
)
def test_no_comment_lines(line):
    """A sentence about comments stays in the text, and so does all that follows."""
    assert read(f"9 May 2023\nTitle\n\n{line}\n\nMore.").body == f"{line}\n\nMore."


def test_dates_in_the_text_stay():
    """Only the head of a text has its date: one in a sentence, or a day as a heading, is text."""
    article = read("9 May 2023\nTitle\n\nThe year:\n\n1 March 2023\n\nNothing.\n\nOn 2 April 2023 more.")
    assert article.date == MAY
    assert "1 March 2023\n\nNothing.\n\nOn 2 April 2023 more." in article.body
    assert read("Title\n\nText of 9 May 2023.").date is None


def test_the_date_may_follow_the_headline():
    """A date line below the headline is the date; another day right below it is told, one below text is text."""
    article = read("Title\nMay 9, 2023\n9.5.2023\n\n10 May 2023\n\nText.\n\n11 May 2023\n\nMore text.")
    assert (article.title, article.date, article.body) == ("Title", MAY, "Text.\n\n11 May 2023\n\nMore text.")
    assert dropped(article) == [(2, "read as the date"), (3, "the date again"), (5, "a second date")]


PROSE = "The harbour office said on Monday that the northern mole would be closed until the divers had looked at it."


def test_the_day_of_the_visit_is_not_the_date():
    """A date in the head of the page gives way to one below the headline, and both are told."""
    article = read(f"logo\n28 November 2026\nMole closed\n\n{PROSE}\n\n22.02.2022\nMole closed\nMole closed\n\n{PROSE}")
    assert (article.title, article.date) == ("Mole closed", dt.date(2022, 2, 22))
    assert [reason for line, reason in dropped(article) if line in (2, 7)] == ["a second date", "read as the date"]


SENTENCES = (
    "The northern mole has been closed for a week, and nobody may walk to the lamp, the harbour office said on Monday.",
    "Divers found a crack below the third stone from the end, as long as a boat and as wide as the hand of a child.",
    "The lamp will be lit by the keeper, who lives on the mole and has been given a rope and a whistle.",
    "Whoever has left a boat at the inner wall is asked to fetch it before the weekend, when the crane is to come.",
)


def test_a_date_among_other_words_below_a_long_head():
    """A day that stands among words of the page, far below the headline, is read where nothing nearer is."""
    buttons = "Share Tweet Print Email Save Facebook Pinterest LinkedIn Reddit WhatsApp Telegram Bookmark Like"
    buttons = buttons.replace(" ", "\n")
    head = f"The Lenn Observer\nMole closed for a week\nAda Lund\n{buttons}"
    head += "\nViewpoint of the whole of our crew May 9, 2023 seen by all"
    article = read("\n\n".join((head, *SENTENCES)))
    assert (article.title, article.date) == ("Mole closed for a week", MAY)
    assert "Viewpoint" not in article.body


def test_the_only_day_of_a_page():
    """A day far above a headline is the article's where the page has no other; not that of the visit at its top."""
    menu = "Keepers\nBoats\nLamps\nRopes\nBells\nOars\nPumps\nFloats\n"
    head = "The Lenn Observer\nNews\nIssue\nMay 9, 2023\n" + menu + "Northern mole closed for a week"
    page = "\n\n".join((head, *SENTENCES))
    assert (read(page).title, read(page).date) == ("Northern mole closed for a week", MAY)
    assert read(page.replace("Boats\n", "Boats\nMay 10, 2023\n")).date is None
    assert read(page.replace("May 9, 2023\n", "").replace("The Lenn", "May 9, 2023\nThe Lenn")).date is None


def test_what_a_film_is_called_is_no_headline():
    """A line above the length of a film gives way to the headline, though the text has more of its words."""
    films = (
        "Northern mole closed, the harbour office said on Monday\n02:27\nDivers found a crack below the stone\n01:16"
    )
    head = f"Nobody out there but a keeper\nAda Lund\nThe Lenn\n9 May 2023\n{films}"
    article = read("\n\n".join((head, *SENTENCES)))
    assert article.title == "Nobody out there but a keeper"


def test_the_date_of_a_wire():
    """A dateline gives the date where nothing better does and it has a year; without one it is told, not guessed."""
    assert read(f"Mole closed\n\nELLERY, May 9, 2023 (AP) — {PROSE}").date == MAY
    assert read(f"10 May 2023\nMole closed\n\nELLERY, May 9, 2023 (AP) — {PROSE}").date == dt.date(2023, 5, 10)
    article = read(f"Mole closed\n\nELLERY, May 9 (AP) — {PROSE}")
    assert article.date is None
    assert "no year" in article.problems[0].cause
    assert article.body.startswith("ELLERY, May 9 (AP) —")


def test_several_articles():
    """A front page is several posts; one below the same day's date line has that date, and comments are no post."""
    page = (
        f"9 May 2023\nMole closed\n{PROSE}\nPosted by Ada at 2:33 PM\n2 comments:\n"
        f"Ferry late again\n{PROSE}\nPosted by Ada at 1:00 PM\nNo comments:\n"
        f"8 May 2023\nSwans come back\n{PROSE}\nPosted by Tom at 9:00 AM\n"
    )
    found = raw_text.articles(page)
    assert [(article.title, article.date.day) for article in found] == [
        ("Mole closed", 9),
        ("Ferry late again", 9),
        ("Swans come back", 8),
    ]
    talk = f"Posted by Ada at 2:33 PM\n1 comment:\nOld Tom said...\n10 May 2023\nWhat a day\n{PROSE}\n"
    assert len(raw_text.articles(f"9 May 2023\nMole closed\n{PROSE}\n{talk}")) == 1


def test_a_chronicle_is_one_article():
    """Days as headings within a text do not part it."""
    more = "In spring it was closed for the second time, and nobody asked why any more."
    page = f"9 May 2023\nA year of moles\n{PROSE}\n\n1 March 2023\n\n{more}\n\n2 April 2023\n\nIt was opened again."
    (article,) = raw_text.articles(page)
    assert "1 March 2023" in article.body


def test_the_order_of_day_and_month():
    """What is either of two days in English is a date in a text of another language, and where that calls it one."""
    french = (
        "Le bureau du port a dit lundi que la digue serait fermée jusqu’à ce que les plongeurs aient vu ses pieds. " * 2
    )
    assert read(f"5/9/2023\nLa digue est fermée\n\n{french}").date == dt.date(2023, 9, 5)
    article = read(f"5/9/2023\nMole closed\n\n{PROSE} {PROSE}")
    assert (article.title, article.date) == ("Mole closed", None)
    assert read(f"17/8/13\n5/9/13\nMole closed\n\n{PROSE} {PROSE}").date == dt.date(2013, 9, 5)
    assert read(f"8/17/13\n5/9/13\nMole closed\n\n{PROSE} {PROSE}").date == dt.date(2013, 5, 9)
    assert read(f"Publié le 5/9/2023\nMole closed\n\n{PROSE} {PROSE}").date == dt.date(2023, 9, 5)


@pytest.mark.parametrize(
    "line", ["الثلاثاء ١٩ شوال ١٤٤٤ هـ - ٩ مايو ٢٠٢٣", "نُشر: 14:33-9 مايو 2023 م ـ 19 شوّال 1444 هـ"]
)
def test_a_day_by_two_calendars(line):
    """A day by the Islamic calendar beside the other one is the same day."""
    assert (
        str(read(f"{line}\nThe harbour bridge closes\nText about the harbour bridge, and more.").date)[:10]
        == "2023-05-09"
    )


def test_impossible_and_doubtful_dates():
    """A day that there is not is never the headline or the date; a wrong weekday is told."""
    article = read("31 February 2023\nTitle\nText.")
    assert (article.title, article.date) == ("Title", None)
    assert "no such day" in article.problems[0].cause
    article = read("0000-00-00\nTitle\nText.")
    assert (article.title, article.date, len(article.problems)) == ("Title", None, 1)
    article = read("Monday, 9 May 2023\nTitle\nText.")
    assert article.date == MAY
    assert "another weekday" in article.problems[0].cause


def test_long_first_paragraph_is_no_summary():
    """A first paragraph that is no standfirst is not made a summary."""
    assert read("9 May 2023\nTitle\n\n" + "word " * 100).summary is None


def test_characters():
    """Letters are composed, blanks plain, invisible characters gone and told; joiners and curly quotes stay."""
    article = read("9 May 2023\nTitle\n\nC\u0327a\u00a0“b”\u200b\x07 \u0645\u06cc\u200c\u062e.\x0b\u2028Next\tline")
    assert article.body == "Ça “b” \u0645\u06cc\u200c\u062e.\n\nNext line"
    assert dropped(article)[-1] == (4, "the line without its invisible characters (U+0007, U+200B)")


@pytest.mark.parametrize("text", ["", "\n\n", "9 May 2023", "\ufeff\u200b\n", "31 April 2023\n", "word " * 60])
def test_no_headline(text):
    """A text without a headline is an error with a way out."""
    with pytest.raises(ContentError) as raised:
        read(text)
    assert "headline" in raised.value.problems[0].cause
    assert raised.value.problems[0].fix


def test_headline_only():
    """An article without text is told."""
    assert "no text" in read("9 May 2023\nTitle").problems[0].cause


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<?xml version='1.0'?><plist>", "XML"),
        ("---\ntitle: x\n---\n", "front matter"),
        ("{\\rtf1\\ansi", "Rich Text"),
        ("%PDF-1.4", "PDF"),
    ],
)
def test_other_formats_are_refused(text, kind):
    """A source of another kind is an error, not a post full of markup."""
    with pytest.raises(ContentError, match=kind):
        detect.choose(source(text))


def test_raw_text_is_chosen():
    """Anything else is raw text, a rule at its beginning too."""
    assert detect.choose(source("---\n\n9 May 2023\n")).NAME == "raw text"


class _Text(HTMLParser):
    parts: list[str]

    def handle_data(self, data):
        self.parts.append(data)


def _rendered(body):
    reader = _Text()
    reader.parts = []
    reader.feed(markdown.markdown(body, extensions=["extra", "sane_lists"]))
    reader.close()
    return _words("".join(reader.parts))


def _words(text):
    return " ".join(unicodedata.normalize("NFC", text).split())


LINES = [
    "", "", "", "9 May 2023", "31 February 2023", "10. Mai 2023", "Title", "title", "By Ada Lovelace", "Labels: a, b",
    "No comments:", "2 Kommentare:", "Posted by Ada at 2:33 PM", "• point", "- point", "- ", "•", "# x", "1. y",
    "Email This BlogThis! Share to X", "A sentence, 9 May 2023.", "\ufeff", "a\u200bb", "\u00a0", "x\x07y", "***",
    "---", "Tags:",
    "long words in a line that goes on and on, so that it may have been wrapped by hand", "word " * 30, "“quoted”",
]  # fmt: skip
texts = st.lists(st.sampled_from(LINES) | st.text(st.characters(exclude_categories=["Cs"]), max_size=20), max_size=15)


@settings(deadline=None)
@given(texts, st.sampled_from(["\n", "\r\n", "\r", "\n\n"]))
@example(["9 May 2023", "Title", "Text", "Title", "Tags: x", "No comments:", "spam", "Title"], "\n")
def test_every_line_is_in_the_post_or_in_the_report(lines, end):
    """No line of a source vanishes: it is read in the post, or stands verbatim in the report."""
    text = end.join(lines)
    try:
        found = raw_text.articles(text)
    except ContentError:
        return
    post = {_words(article.title) for article in found}
    body = " ".join(_rendered(article.body) for article in found)
    told = {line for article in found for item in article.dropped for line in item.text.split("\n")}
    for line in text.splitlines():
        clean = _words(line)
        unmarked = (
            clean.lstrip("•‣◦▪●∙") if clean[:1] in "•‣◦▪●∙" else clean[2:] if clean[:2] in ("- ", "* ") else clean
        )
        assert line in told or clean in post or clean in body or _words(unmarked) in body


@settings(deadline=None)
@given(texts)
def test_reading_is_a_function_of_the_text(lines):
    """A text is read alike each time, and whatever its line ends are."""
    found = []
    for end in ("\n", "\n", "\r\n", "\r"):
        try:
            articles = raw_text.articles(end.join(line.replace("\r", "").replace("\n", "") for line in lines))
        except ContentError as error:
            found.append(str(error))
        else:
            found.append([(post.title, post.date, post.body, post.authors, post.tags) for post in articles])
    assert found.count(found[0]) == 4


def test_a_sentence_torn_at_its_links_is_one():
    """Where links stand on lines of their own, the sentences around them are whole, and short lines of verse stay."""
    long = f"The ferry runs to a timetable that is drawn by hand, {'by and by, ' * 6}and it hangs in the room at"
    text = f"Ferry\n9 May 2023\n{long}\nNorthgate\n, where it is read.\nNobody can.\n\nthe sea\nand the tide\nand me"
    assert read(text).body == f"{long} Northgate, where it is read.\n\nNobody can.\n\nthe sea\nand the tide\nand me"


KEEPER = "\n\n".join(
    f"The keeper rowed out for the {word} time on Monday, said the harbour office, and the ferry waited."
    for word in ("first", "second", "third", "fourth")
)


@pytest.mark.parametrize(
    "line",
    [
        "Direkt zum Inhalt",
        "Zur Navigation springen",
        "Aller directement au contenu",
        "Saltar a la navegación",
        "Vai al contenuto principale",
        "Ir para a navegação",
        "İçeriğe geç",
        "Перейти к содержимому",
        "本文へスキップします",
        "본문 바로가기",
        "跳转到内容",
        "تخطي إلى المحتوى",
        "HomeNewsHarbourAbout us",
        "Home News Harbour Contact",
        "News\tHarbour\tSport\tArchive",
    ],
)
def test_a_way_past_the_menu_is_no_headline(line):
    """What leads past a menu, or is one, is not the headline, though it is the first line of a page without a date."""
    article = read(f"{line}\n\nThe mole is closed\n\nA crack was found on Sunday by two divers from the coast.\n")
    assert article.title == "The mole is closed"


def test_the_name_of_the_page_is_a_headline():
    """Where a browser's title came along as the first line, it is one, though a menu stands right below it."""
    menu = "Login\n\nLogin\n\nRopes by Knot and Daughter\n\nThe ferry\n"
    text = f"Keeper rows out while the ferry waits\n\n{menu}{KEEPER}"
    assert read(f"{text}\n\n9 May 2023").title == "Keeper rows out while the ferry waits"


def test_a_list_of_dated_headlines_begins_no_article():
    """Headlines with their days, one below the other within a text, are a list of other articles."""
    others = "".join(f"{word} of the four keepers came ashore\n{day} April 2023\n" for day, word in enumerate("ABC", 1))
    text = f"Keeper rows out while the ferry waits on Monday\n9 May 2023\n{KEEPER}\n\n{others}\n"
    article = read(text + KEEPER.replace("keeper", "cook"))
    assert (article.title, article.date) == ("Keeper rows out while the ferry waits on Monday", MAY)
    assert "The cook rowed out for the fourth time" in article.body


def test_comments_with_headlines_are_no_articles():
    """Below a long article without a day and the line of comments, headlines with days are those of readers."""
    rows = "\n\n".join(KEEPER.replace("keeper", who) for who in ("keeper", "cook", "baker", "smith"))
    said = "".join(f"I rowed out myself on day {day}\n{day} April 2023 at 14:33\n{rows}\n{rows}\n" for day in (1, 2, 3))
    assert "I rowed" not in read(f"Four of them row out\n\n{rows}\n\n12 comments\n{said}").body


def test_the_day_of_the_page_in_its_foot():
    """A day that the foot of the page calls its own is the date, where there is no other, and not below comments."""
    rows = "\n\n".join(KEEPER.replace("keeper", who) for who in ("keeper", "cook", "baker", "smith", "clerk"))
    foot = f"{rows}\n\nRelated articles\nFerry\nImprint\n\n"
    assert str(read(f"Keeper rows out\n\n{foot}[Stand: 09.05.2023, 05:02 Uhr]").date) == "2023-05-09 05:02:00"
    for text in (foot, f"{KEEPER}\n\n"):
        assert read(f"Keeper rows out\n\n{text}2 comments\nAda\nPosted on 9 May 2023").date is None


def test_what_is_said_of_the_author_is_no_text():
    """A last paragraph that says what its author does goes to the report; one in which the author acts stays."""
    head = f"Keeper rows out\nBy Ada Lovelace\n9 May 2023\n\n{KEEPER}"
    article = read(f"{head}\n\nAda Lovelace is a reporter at the harbour, and has been since it was a pond.")
    assert article.body == KEEPER
    assert (13, "about the author") in dropped(article)
    assert read(f"{head}\n\n“Row,” said Ada Lovelace, and was rowed.").body.endswith("was rowed.")


def test_a_name_with_what_it_does_is_no_headline():
    """A line with a name and an office above the date is none, though the text has all of its words."""
    text = "The harbour paper is rowed to its readers, and gulls read it first.\n\n"
    text += "Ada Lovelace is its executive editor; in March she rows out as its keeper, too, for want of another.\n\n"
    text += "Nobody has written to the paper to complain, since letters would have to be rowed back against the tide."
    found = read(f"Keeper rows out in March\n\nOn the air\n\nADA LOVELACE, Executive Editor\n9 May 2023\n\n{text}")
    assert found.title == "Keeper rows out in March"


MOLE = "\n\n".join(SENTENCES)


def test_what_a_date_or_a_menu_interrupts_is_no_text():
    """A notice or a teaser above the head is none of the text, so that the headline is below it; a standfirst stays."""
    notice = "Readers who row to our office on a Sunday get the paper for nothing, and tea.\n\n"
    teaser = "The keeper and the cook\n\nNobody has seen the cook of the ferry since the wind went round at noon.\n\n"
    teaser += "Whoever meets the cook is asked to say that the soup has been waiting since March.\n\n"
    head = "No lamp for the keeper\n9 May 2023\n\n"
    for above in (teaser, f"{notice}{teaser}"):
        assert read(f"Home\nContact\n{above}Home\nBoats\n\n{head}{MOLE}").title == "No lamp for the keeper"
    standfirst = "The keeper rows in the dark, and says that the gulls know the way."
    article = read(f"No lamp for the keeper\n\n{standfirst}\n\n9 May 2023\n\n{MOLE}")
    assert (article.title, article.body) == ("No lamp for the keeper", f"{standfirst}\n\n{MOLE}")


def test_a_headline_may_be_a_sentence():
    """A headline that ends with a full stop is one above the date and the text, too."""
    menu = "Home\nBoats\nContact\nOn the air all night\n\n"
    assert read(f"{menu}The keeper gets a rope.\n9 May 2023\n\n{MOLE}").title == "The keeper gets a rope."


def test_a_line_of_which_the_text_knows_nothing_is_of_the_page():
    """A slogan above the headline, or a site's name said twice, gives way to the line whose words the text has."""
    headline = "Nobody with a boat may go out there before the crane has come and gone again\n"
    for page in ("News to read aloud in bed\n", "Lanterns and Lemons\nLanterns and Lemons\nGardens\nTeapots\n"):
        assert read(f"Home\nContact\n{page}{headline}9 May 2023\n\n{MOLE}").title == headline.strip()


def test_a_date_below_a_headline_is_that_of_the_line_above():
    """A picture's caption below the date is no headline, though the text has more of its words."""
    head = "Why nobody may walk to the lamp by night\n9 May 2023\nThe northern mole and its third stone on Monday\n"
    assert read(f"Home\nContact\n{head}\n{MOLE}").title == "Why nobody may walk to the lamp by night"


@pytest.mark.parametrize(
    "line",
    [
        "Répondre à cet article",
        "3 messages de forum",
        "Caracteres en el artículo: 2.1k Tiempo aproximado de lectura: 4 mins.",
        "Enlace de publicación: https://ada.example/2023/05/09/bridge/",
        "Boats at Noon is a reader-supported publication. For all posts, consider becoming a free or paid subscriber.",
        "Comments: Our rules",
        "全文完",
    ],
)
def test_what_sites_print_below_a_text_is_no_text(line):
    """Lines that the programs behind many sites print below each article are dropped."""
    text = "The bridge over the Ell is closed until the autumn, and the ferry is late on all days but Sundays. "
    assert line not in read(f"9 May 2023\nThe bridge is closed\n\n{text}\n\n{text * 2}\n\n{line}\n").body


def test_a_day_in_small_letters_is_no_part_of_a_sentence():
    """A date below a headline is one in languages that write its weekday small, too, whoever stands beside it."""
    text = (
        "Depuis l'été, trois barrières ferment le chemin qui longe la rivière à Montreil. Personne ne sait qui les a "
        "mises là, et la mairie moins encore que les autres, dit-elle."
    )
    article = read(
        f"À qui est le chemin qui longe la rivière ?\nmardi 9 mai 2023, par La section des rives\n{text}\n{text}"
    )
    assert (article.title, article.date) == ("À qui est le chemin qui longe la rivière ?", dt.date(2023, 5, 9))


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n\n\n"])
def test_facts_are_no_headline(gap):
    """What is called something line by line is a list of facts, however far apart its lines are."""
    facts = ["Einsatzort: Ellersee und Bootshaus", "Dauer: 2 Stunden", "Boote: Ella 1, Ella 2", "Helfer: neun"]
    text = "Am Nachmittag fuhren neun Helfer auf den Ellersee, und das Ruderboot lag am Abend wieder am Bootshaus."
    lines = [
        "Ein Ruderboot ohne Ruder",
        "Veröffentlicht am 10. Mai 2023",
        "Datum: 9. Mai 2023, 14:33",
        *facts,
        text,
        text,
    ]
    article = read(gap.join(lines))
    assert (article.title, article.date) == ("Ein Ruderboot ohne Ruder", dt.date(2023, 5, 10))


def test_a_date_below_the_headline_rather_than_that_of_the_page():
    """The day of a visit, further above the headline, is not that of the article, which stands below a name."""
    text = "The bridge over the Ell is closed until the autumn, and the ferry is late on all days but Sundays. " * 3
    head = "4 February 2025\nNews\nSport\nThe bridge over the Ell is closed\n41\nada_l\n9 May 2023, 14:33"
    assert str(read(f"{head}\n\n{text}\n\n{text}").date) == "2023-05-09 14:33:00"

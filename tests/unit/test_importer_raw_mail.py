"""Press releases and mails that were pasted whole: the subject is a headline, the rest of a mail's head is none."""

import datetime as dt

import pytest

from generator.importer.formats import raw_text

TEXT = """
The council of Ellery opened a bus line on Monday. It runs every ten minutes between the harbour and the school.

“We waited nine years for this,” said the mayor, who took the first bus, and paid for it.
"""


def read(head):
    """The article of a text with this head."""
    (article,) = raw_text.articles(f"{head}\n{TEXT}")
    return article


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Subject: New bus line 14", "New bus line 14"),
        ("Subject: Fwd: Press release: New bus line 14", "New bus line 14"),
        ("Betreff: AW: Pressemitteilung – Neue Buslinie 14", "Neue Buslinie 14"),
        ("From: The press office <press@ellery.example>\nSubject: RE: New bus line 14", "New bus line 14"),
        ("De : La mairie\nObjet : Une ligne de bus pour le port", "Une ligne de bus pour le port"),
        ("Kimden: Basın bürosu\nKonu: Limana yeni otobüs hattı", "Limana yeni otobüs hattı"),
        ("Subject: Re-opening of the bus line", "Re-opening of the bus line"),
        ("件名：港へ新しいバス路線", "港へ新しいバス路線"),
    ],
)
def test_the_subject_is_a_headline(head, title):
    """What a mail is about is its headline, without that word and without what mails put before it."""
    article = read(head)
    assert article.title == title
    assert article.body.startswith("The council of Ellery")


def test_when_it_was_sent_is_its_date():
    """The head of a mail gives the date; who sent it, and to whom, is told in the report and not published."""
    article = read(
        "From: The press office\nSent: Tuesday, March 5, 2024\nTo: news@talbote.example\nSubject: New bus line 14"
    )
    assert (article.title, article.date, article.authors) == ("New bus line 14", dt.date(2024, 3, 5), ())
    assert [(item.line, item.reason) for item in article.dropped] == [
        (1, "the head of a mail"),
        (2, "read as the date"),
        (3, "the head of a mail"),
    ]


def test_a_headline_below_the_head_is_the_headline():
    """A press release has a headline of its own, below the words that let it out."""
    own = "New bus line 14 joins the harbour and the school"
    article = read(f"Subject: Press release: Bus\n\nFOR IMMEDIATE RELEASE\nMarch 5, 2024\n\n{own}")
    assert (article.title, article.date) == (own, dt.date(2024, 3, 5))


def test_fields_within_a_text_are_text():
    """A recipe or a listing has lines with colons, too: only a subject makes a mail."""
    article = read("A bus line for the harbour\n\nFrom: the harbour\nTo: the school")
    assert article.title == "A bus line for the harbour"
    assert "To: the school" in article.body

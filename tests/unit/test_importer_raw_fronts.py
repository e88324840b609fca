"""A blog's front page copied whole: as many articles as it has, each with its own date, wherever that stands."""

import datetime as dt

import pytest

from generator.importer.formats import raw_text

DAYS = (dt.date(2023, 5, 9), dt.date(2023, 5, 2), dt.date(2023, 4, 24))
POSTS = (
    (
        "The lamp goes out at four",
        "For eleven years the lamp on the mole went out at six. Now it goes out at four, and nobody will say why.",
        "I asked the harbour office. They sent me to the keeper, who sent me to the office.",
    ),
    (
        "A hat in the nets",
        "It was brown and it had a feather in it. The nets had been out since Saturday, so it could be anyone's.",
        "I have put it on the windowsill of the shop. If it is yours, come before noon.",
    ),
    (
        "Whelks",
        "Because nobody bought them. That is the whole reason, but people keep asking, so here it is in writing.",
        "I still eat them. I have one every Sunday with vinegar, and I think of all of you.",
    ),
)
PAGE = "The Tide Table\nNotes from a small harbour\nHome\nAbout\n{posts}Older posts\nSearch\nArchives\nMay 2023\n"
FORMS = {
    "a date below the text, above the line of comments": "{title}\n\n{text}\n\n{day:%B %d, %Y}\nLeave a comment\n\n",
    "a date below the text, above tags": "{title}\n\n{text}\n\n{day:%B %d, %Y}  14 notes\n#mole #lamp\n",
    "a sentence of the page": "{title}\n1 Reply\n{text}\nThis entry was posted in Boats on {day:%B %d, %Y} by Wynn.\n",
    "who submitted it": "{title}\nSubmitted by wynn on {day:%d %B %Y} - 14:33\n{text}\n\nTags: mole lamp\n",
    "the day above": "{day:%B %d, %Y}\n\n{title}\n\n{text}\n\nPosted at 06:42 PM in Boats | Comments (3)\n",
    "details": "{title}\nDetails\nWritten by Ada Lund\nPublished: {day:%d %B %Y}\nHits: 92\n{text}\n",
}


@pytest.mark.parametrize("form", FORMS)
def test_all_articles_of_a_front_page(form):
    """Whatever form its posts have, a front page is all of them, though the headline of one is a single word."""
    posts = "".join(
        FORMS[form].format(title=title, text="\n\n".join(text), day=day)
        for day, (title, *text) in zip(DAYS, POSTS, strict=True)
    )
    found = raw_text.articles(PAGE.format(posts=posts))
    assert [article.title for article in found] == [title for title, *_ in POSTS]
    assert [str(article.date)[:10] for article in found] == [str(day) for day in DAYS]
    assert all(article.body.endswith(text[-1]) for article, (_, *text) in zip(found, POSTS, strict=True))


def test_an_article_with_a_dated_comment_is_one():
    """Below the line of comments, what readers wrote and when is no article."""
    title, *text = POSTS[0]
    said = "".join(f"Ada\n{day:%B %d, %Y}\nNobody told me either, and I live next to it.\nReply\n" for day in DAYS)
    found = raw_text.articles(f"{title}\nMay 9, 2023\n" + "\n\n".join(text) + f"\n\n3 comments\n{said}")
    assert [article.title for article in found] == [title]


def test_the_hours_of_one_day_are_one_article():
    """Below a headline and its day, heads that are hours of that day are parts of a chronicle."""
    hours = "".join(
        f"9 May 2023, {hour}:20\n{title}\n{' '.join(text)}\n\n"
        for hour, (title, *text) in zip((18, 17, 15), POSTS, strict=True)
    )
    lead = "The mole is closed, the lamp is out, and the ferry has left without its hat."
    (article,) = raw_text.articles(f"Fog over the harbour, hour by hour\n9 May 2023, 18:25\n{lead}\n\n{hours}")
    assert article.title == "Fog over the harbour, hour by hour"
    assert POSTS[2][2] in article.body

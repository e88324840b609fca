"""Headlines that are a guess: which are told as such, and which lines may be it."""

from hypothesis import given
from hypothesis import strategies as st

from generator.errors import ContentError
from generator.importer.formats import raw_text

TEXT = (
    "The harbour office closed the old swing bridge on Monday after divers found a crack in its northern pier.",
    "Ferries carry bicycles without a fee until the swing bridge opens again, the harbour office said.",
)
DATED = ("The Quay Notebook", "Swing bridge closes for a week", "9 May 2023", "By Ada Lund", *TEXT)
UNDATED = (
    "The Quay Notebook", "Ferries and bicycles", "Home", "News", "Contact", "Our harbour office", "More from the quay",
    *TEXT, "Swing bridge closed after divers found crack", "Privacy", "Imprint",
)  # fmt: skip


def guess(*lines):
    """What is told of the headline of a text."""
    (article,) = raw_text.articles("\n\n".join(lines))
    return article.guess


def test_a_headline_at_the_date_is_sure():
    """One whose words the text has, with the date and the byline below it, is told as it is."""
    assert guess(*DATED) is None


def test_a_headline_that_is_the_only_line_is_sure():
    """Above a text there is nothing but one line: whatever it says, no other line can be it."""
    assert guess("Quite something else", *TEXT) is None


def test_a_headline_without_a_date_is_a_guess():
    """Where no line stands at a date or byline, the next lines at the text are named, and those of the whole page."""
    (article,) = raw_text.articles("\n\n".join(UNDATED))
    found = {rival.text: rival.line for rival in article.guess.rivals}
    assert article.title in UNDATED
    assert found["Swing bridge closed after divers found crack"] == 2 * UNDATED.index(TEXT[1]) + 3
    assert {"Ferries and bicycles", "Our harbour office"} & found.keys() - {article.title}
    assert article.title not in found
    assert article.guess.line == 2 * UNDATED.index(article.title) + 1


def test_what_says_the_same_is_no_rival():
    """A standfirst right below a headline, and the headline with the site's name, make it no guess."""
    standfirst = "Divers found a crack in the pier of the swing bridge, and the harbour office closed it"
    again = "Swing bridge closes for a week - The Quay Notebook"
    assert guess(again, *DATED[:2], standfirst, *DATED[2:]) is None


LINES = st.sampled_from(
    [*DATED, *UNDATED, "", "Home | News | Contact", "3 comments:", "Tags: bridges, ferries", "Read more", "1 May 2023"]
)


@given(st.lists(LINES, min_size=1, max_size=25))
def test_rivals_are_lines_of_the_text(lines):
    """Whatever a text is, rivals are few, differ, stand where they are said to stand, and are not the headline."""
    try:
        articles = raw_text.articles("\n".join(lines))
    except ContentError:
        return
    for article in articles:
        if article.guess:
            texts = [rival.text for rival in article.guess.rivals]
            assert 1 <= len(texts) == len(set(texts)) <= 4
            assert article.title not in texts
            assert lines[article.guess.line - 1] == article.title
            assert [lines[rival.line - 1] for rival in article.guess.rivals] == texts

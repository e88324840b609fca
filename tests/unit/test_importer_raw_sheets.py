"""Several articles in one file that is no page: a folder of pieces, a database's answer, a day of an agency."""

import pytest

from generator.importer.formats import raw_text

GATE = (
    "The gate that opens by itself",
    "Every evening at six the gate of the allotments opens, and nobody has ever seen anybody open it. The society has "
    "discussed the matter at four annual meetings.\n\nThe likeliest cause is a goat with an expression that the "
    "chairman calls thoughtful.",
)
FERRY = (
    "A ferry without a river",
    "When the Lenn was moved a mile to the east, nobody told the ferryman. His grandson has the licence still, "
    "and renews it every year.\n\n“The day they move it back, I am ready,” he says, and the boat is painted, too.",
)
FORMS = {
    "rulers": ("{title}\n\nby Ada Lund\n\n{text}\n\n", "=" * 30 + "\n\n"),
    "counts": (
        "{number} of 2 DOCUMENTS\n\nThe Ellery Post\n\nMay {number}, 2023\n\n{title}\n\nLENGTH: 60 words\n\n{text}\n\n",
        "",
    ),
    "names": ("{title}\n{name}\n{text}\n", ""),
    "codes": ("MNS011{number} 4 SOC 0210\n{title}\n\nEllery, 9 May 2023 (Meridian).- {text}\n\n", ""),
    "places": ("LOCAL\n{title}\nEllery, May 9 (MNS) -- {text}\n\n", ""),
    "fields": ("---- {number} ----\nHED: {title}\nBY: Ada Lund\nRUN: {number} May 2023\n\n{text}\n\n", ""),
}


@pytest.mark.parametrize("form", FORMS)
def test_each_article_of_a_file_is_found(form):
    """Whatever parts them, each has its headline and its text."""
    piece, between = FORMS[form]
    pieces = (
        piece.format(title=title, text=text, number=number, name=name)
        for number, (name, (title, text)) in enumerate(zip(("Ada Lund", "Ben Marr"), (GATE, FERRY), strict=True), 1)
    )
    found = raw_text.articles(between.join(pieces))
    assert [article.title for article in found] == [GATE[0], FERRY[0]]
    for article, (_, text) in zip(found, (GATE, FERRY), strict=True):
        assert article.body.replace("\\", "").endswith(text)


def test_scenes_between_rulers_are_one_article():
    """A ruler within an article parts nothing: what follows has no head of its own."""
    text = f"{GATE[1]}\n\n* * *\n\n{FERRY[1]}"
    (article,) = raw_text.articles(f"{GATE[0]}\nby Ada Lund\nMay 9, 2023\n\n{text}")
    assert article.body.endswith(FERRY[1])


def test_a_letter_between_articles():
    """Beside articles with heads, a piece below a ruler may have a headline only, and no day of another."""
    letter = "Letter: Who turned the bench around?\n\nSir, on Tuesday I found that it faces the bins. I ask you to " + (
        "find out who turned it, and whether it may be turned back before the summer, when I mean to sit on it again."
    )
    pieces = [f"{title}\nBy Ada Lund\nMay 9, 2023\n\n{text}" for title, text in (GATE, FERRY)]
    found = raw_text.articles("\n\n* * *\n\n".join([*pieces, letter]))
    assert [article.title for article in found] == [GATE[0], FERRY[0], "Letter: Who turned the bench around?"]
    assert found[2].date is None

"""The date of a copied page, where its line says more: it is found, and no other date of the page is taken for it."""

import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.importer import page
from generator.importer.formats import raw_text
from generator.importer.raw.layout import dateline

MAY = dt.date(2023, 5, 9)
TITLE = "Northern mole closes for a week"
TEXT = (
    "The harbour master of Ellery closed the northern mole on Monday after divers found a crack in one of its piers, "
    "and he expects the work on it to take a week.",
    "Ferries run from the old quay until then, the company said, and the fishermen will bring their catch to the "
    "market by cart, as they did before the mole was built.",
    "Nobody was hurt when the crack was found, but the council wants to know why it had not been seen in the spring.",
)
ABOVE = ("Friday, November 22, 2024", "Home", "News", "Contact", "Search")
RELATED = ("Related posts", "Old quay closed for the winter", "April 2, 2023", "Boats", "Posted on March 3, 2022")
COMMENTS = ("2 comments", "Ada", "June 1, 2023 at 10:00 am", "Good.", "Bob", "June 2, 2023 at 11:00 am", "Bad.")
HEADS = [
    "By Ada Lund | May 9, 2023 | News",
    "Posted on 9 May 2023 in News by Ada Lund | 3 comments",
    "Posted in Harbour, Ferries on May 9, 2023 at 10:22 am by Ada Lund",
    "Published 10:22, 9 May 2023 Updated 11:30, 10 May 2023",
    "Updated: May 10, 2023 | Published: May 9, 2023",
    "Updated on May 10, 2023 by Ada Lund, originally published May 9, 2023",
    "5 min read · May 9, 2023",
    "May 9, 2023 by Ada Lund Leave a Comment",
    "May 9, 2023 / Ada Lund / 3 Comments",
    "May 9, 2023 - Harbour, Ferries - Tagged: bell, old church",
    "May 9, 2023 | By Ada Lund | Filed in: Harbour and Ferries.",
    "Date: May 9, 2023 | Author: Ada Lund | Category: Harbour",
    "Category: Harbour Date: May 9, 2023",
    "Boats and tides | May 9, 2023 | Ada Lund",
    "News [Tuesday, 9 May 2023]",
    "Ada Lund @adalund May 9, 2023 @ 10:22 am",
    "Ada LundMay 9, 2023Harbour3 Comments",
    "This entry was posted on Tuesday, May 9th, 2023 at 10:22 am and is filed under Harbour, Ferries. You can follow "
    "any responses to this entry through the RSS 2.0 feed. You can leave a response, or trackback from your own site.",
    "9. Mai 2023 von Jana Dahl Kommentar hinterlassen",
    "9. Mai 202310. Mai 2023 Jana Dahl Boote, Brücke, Fähren, Fischer, Glocke, Hafen, Kirche, Nordmole, alter Kai, "
    "Pfeiler und Risse, Rat im Frühjahr, Winterstürme, Fang des Tages, Marktkarren, Leute von der Küste",
    "Veröffentlicht in Hafen am 9. Mai 2023 von Jana Dahl",
    "Dieser Beitrag wurde am 9. Mai 2023 von Jana Dahl in Hafen veröffentlicht. Schlagworte: Glocke, Kirche.",
    "Publié dans Port le 9 mai 2023 par Jeanne Dol",
    "Mis à jour le 10 mai 2023 | Publié le 9 mai 2023",
    "Port et pêche / Publié le 09 mai 2023 à 10h22",
    "Publicado el 9 mayo, 2023 en Puerto por Juana Díaz",
    "Martes, 9 mayo 2023, 10:22 | Actualizado 11:30h.",
    "Esta entrada fue publicada en Puerto el 9 mayo, 2023 por Juana Díaz.",
    "Publicado em: 9 de maio de 2023 | Porto",
    "Publicado em 09/05/2023 às 10h22 - Atualizado em 10/05/2023 às 11h30",
    "Pubblicato da Gianna Doria in Porto il 9 maggio 2023",
    "9 Mayıs 2023 3 dakika okuma süresi",
    "Güncelleme: 10 Mayıs 2023 11:30 | Yayınlanma: 9 Mayıs 2023",
    "بقلم ليلى حداد | 9 مايو 2023 | الميناء",
    "آخر تحديث: 10 مايو 2023 | نشر: 9 مايو 2023",
    "Порт и паромы | 9 мая 2023 | Жанна Дорина",
    "Опубликовано 9 мая 2023 автором Жанна Дорина",
    "Запись опубликована 9 мая 2023 автором Жанна Дорина в рубрике Порт.",
    "更新日: 2023年5月10日 公開日: 2023年5月9日",
    "来源:港口日报 2023-05-09 10:22",
    "更新时间:2023-05-10 发布时间:2023-05-09",
    "Publicerat i Hamn den 9 maj 2023 av Jana Dahl",
    "9 mei 2023 door Jana Dam Laat een reactie achter",
]
FEET = [head for head in HEADS if "@" not in head and "LundMay" not in head]


def read(*lines):
    """The one article of some lines of a page."""
    (article,) = raw_text.articles("\n\n".join(lines) + "\n")
    return article


def day(article):
    """The day of an article, whatever the time."""
    return article.date.date() if isinstance(article.date, dt.datetime) else article.date


def is_read(article, line):
    """Whether an article has its date from a line, which is none of its text, and told word by word."""
    assert article.title == TITLE
    assert day(article) == MAY
    assert line not in article.body.replace("\\", "")
    return (line, "read as the date") in [(entry.text, entry.reason) for entry in article.dropped]


@pytest.mark.parametrize("head", HEADS)
def test_the_line_of_a_date_may_say_more(head):
    """Byline, section, tags, counts, buttons, a change: neither the visit, other posts nor comments give the date."""
    assert is_read(read(*ABOVE, TITLE, head, *TEXT, *RELATED, *COMMENTS), head)


@pytest.mark.parametrize("foot", FEET)
def test_a_date_may_be_below_the_text(foot):
    """So where the line is right below the text, and before other posts and comments."""
    assert is_read(read(*ABOVE, TITLE, *TEXT, *TEXT, foot, *RELATED, *COMMENTS), foot)


PARTS = ("May 9, 2023", "By Ada Lund", "Harbour", "3 comments", "5 min read", "Share", "Updated May 12, 2023")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(PARTS[1:]), unique=True, max_size=4).flatmap(
        lambda parts: st.permutations([*parts, PARTS[0]])
    ),
    st.sampled_from([" | ", " · ", " • ", " – ", " / "]),
)
def test_parts_of_a_head_in_any_order(parts, bar):
    """Whatever a head has beside its date, in whatever order: the date is the same, and the line told in full."""
    head = bar.join(parts)
    article = read(*ABOVE, TITLE, head, *TEXT, *TEXT, *RELATED, *COMMENTS)
    assert is_read(article, head)
    assert article.updated == (dt.date(2023, 5, 12) if PARTS[-1] in parts else None)


@pytest.mark.parametrize(
    "lines",
    [
        ("On May 9, 2023, the harbour master closed the mole for a week.", *TEXT),
        ("May 9, 2023 was a bad day for the fishermen of Ellery, and the council knows it.", *TEXT),
        ("Posted on May 9, 2023, the notice says that the mole is closed until the summer.", *TEXT),
        (TEXT[0], "March 2, 2021: a first crack", TEXT[1], "April 3, 2022: a second one", TEXT[2]),
        (TEXT[0], "— Ellery Port (@elleryport) May 9, 2023", *TEXT[1:]),
        (*TEXT, "Harbour festival on May 9, 2030"),
        (*TEXT, "Source: Harbour Almanac, May 9, 2013"),
        (*TEXT, "Ada Lund, Northern mole closes, Ellery Post, May 9, 2013, page 3"),
        (
            *TEXT,
            "Ada",
            "June 1, 2023 at 10:00 am",
            "Good.",
            "Reply",
            "Bob",
            "June 2, 2023 at 11:00 am",
            "Bad.",
            "Reply",
        ),
        (*TEXT, "Ada | June 1, 2023 at 10:00 am | Reply", "Good.", "Bob | June 2, 2023 at 11:00 am | Reply", "Bad."),
        (*TEXT, "A post shared by Ellery Port (@elleryport) on May 9, 2023 at 7:30am"),
    ],
)
def test_other_dates_of_a_page_are_not_taken(lines):
    """Of sentences, captions, sources, other posts, comments; a page without a date of its own has none."""
    assert read(*ABOVE, TITLE, *lines, *RELATED).date is None


def test_a_line_far_above_may_call_its_date_one():
    """Of the days above the text that which is called one is the article's, not that of the visit."""
    pressed = ("Share", "Facebook", "Twitter", "Email", "Print", "Save", "Listen")
    head = "Published May 9, 2023"
    assert is_read(read("Home", "News", ABOVE[0], *ABOVE[1:], head, *pressed, TITLE, *TEXT, *RELATED), head)


def test_a_date_that_is_nearer_to_the_headline():
    """A line that begins with a date goes before a line that is one, further below."""
    head = (
        "Ada Lund, The Post 8:42 a.m. May 9, 2023 Video Keywords harbour officials ban ferries and boats in Ellery bay"
    )
    assert is_read(read(TITLE, head, "Some tell of cracks", "June 3, 2023", *TEXT), head)


def test_a_change_is_told_beside_the_date():
    """`Published … Updated …` on one line gives both."""
    article = read(TITLE, "Published May 9, 2023 | Updated May 12, 2023", *TEXT)
    assert (article.date, article.updated) == (MAY, dt.date(2023, 5, 12))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("May 9, 2023 The harbour master closed the mole.", MAY),
        ("(9. Mai 2023) Der Hafenmeister hat die Mole gesperrt.", MAY),
        ("2023年5月9日 - 港長は橋を閉鎖した。", MAY),
        ("May 9, 2023 was a bad day.", None),
        ("On May 9, 2023 Ellery closed the mole.", None),
        ("Le 9 mai 2023 Ellery a fermé le pont.", None),
        ("2023年5月9日港長は橋を閉鎖した。", None),
    ],
)
def test_a_date_before_the_first_sentence(text, found):
    """A date with which a text begins is the article's where the first sentence begins behind it."""
    date, _ = dateline(text)
    assert (date.date.day if date else None) == found


@pytest.mark.parametrize(
    "head", [head for head in HEADS if not head.startswith(("Boats", "News", "Martes", "9. Mai 202310", "Ada LundMay"))]
)
def test_the_line_of_a_date_on_a_saved_page(head):
    """A saved page that marks no date has it in such a line, before that of the visit, and it is none of the text."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in itertools.chain(TEXT, TEXT))
    (article,) = page.Saved(
        f"<!doctype html><meta charset=utf-8><title>{TITLE}</title><div>{ABOVE[0]}</div><div><h1>{TITLE}</h1>"
        f"<div>{head}</div><div>{text}</div></div><div><h3>{RELATED[0]}</h3><p>{RELATED[2]}</p></div>".encode()
    ).articles()
    assert day(article) == MAY


def test_a_quotation_gives_a_saved_page_no_date():
    """Who said something, and when, is not who wrote the article, and when."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in itertools.chain(TEXT, TEXT))
    quotation = "<blockquote><div>No crack was seen.</div><div>Ada Lund | May 9, 2013</div></blockquote>"
    (article,) = page.Saved(f"<h1>{TITLE}</h1><div>{quotation}{text}</div>".encode()).articles()
    assert article.date is None

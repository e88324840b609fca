"""Forms of text that are no copy of a page: printed papers, text browsers, mails, manuscripts, wires, forums."""

import datetime as dt
import textwrap

import lxml.html
import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import ContentError
from generator.importer.formats import raw_text
from generator.importer.lines import split
from generator.importer.raw.forms import wrapped

MAY = dt.date(2023, 5, 9)
PARTS = (
    "The northern mole of Ellery has stood for ninety years, and on Monday a diver put his whole arm into it. He found "
    "a crack, two crabs and the key of a bicycle that nobody has asked for since.",
    "The council will meet on Thursday to hear what the repair may cost. Until then the ferry runs every ten minutes, "
    "and nobody pays for it, because the man who sells the tickets lives on the mole.",
    "He has been given a rope and a whistle. He says that he would rather have been given a boat, but that he is in no "
    "position to complain, as long as somebody rows his bread across.",
)
TEXT = "\n\n".join(PARTS)
TITLE = "The mole of Ellery has a crack"


def read(text):
    """The one article of a text."""
    (article,) = raw_text.articles(text)
    return article


def plain(body):
    """The words of a body, as a reader sees them."""
    return " ".join(lxml.html.fromstring(f"<div>{markdown.markdown(body)}</div>").text_content().split())


def column(text, width=34):
    """A text as a press sets it: in a column, with words parted at line ends."""
    out = [""]
    for word in text.split():
        line = f"{out[-1]} {word}".strip()
        room = width - len(out[-1]) - 2
        if len(line) <= width:
            out[-1] = line
        elif room > 3 and len(word) > room + 3 and word.isalpha() and word.islower():
            out[-1] += f" {word[: room - 1]}-"
            out.append(word[room - 1 :])
        else:
            out.append(word)
    return "\n".join(out)


@pytest.mark.parametrize("width", [34, 60, 72])
def test_a_column_is_read_as_paragraphs(width):
    """Each paragraph of a column is one again, and each word is whole."""
    article = read(f"{TITLE}\n\nBy Ada Lund\nMay 9, 2023\n\n" + "\n\n".join(column(part, width) for part in PARTS))
    assert (article.title, article.date, article.authors) == (TITLE, MAY, ("Ada Lund",))
    assert article.body == TEXT


def test_paragraphs_that_begin_deeper():
    """Where no blank line parts paragraphs, the first line of each is indented."""
    text = "\n".join(textwrap.fill(part, 62, initial_indent="     ") for part in PARTS)
    assert read(f"          {TITLE.upper()}\n\n          by Ada Lund\n\n{text}").body == TEXT


def test_running_heads_are_no_text():
    """The name of a paper with the number of the page stands within a sentence, which goes on below it."""
    one, *rest = column(PARTS[0]).split("\n")[::-1]
    halves = ("\n".join(rest[::-1]), one)
    pages = (f"HARBOUR NOTES | {TITLE[:9]} | 12", f"HARBOUR NOTES | {TITLE[:9]} | 13")
    others = "\n\n".join(map(column, PARTS[1:]))
    article = read(f"{pages[0]}\n\n{TITLE}\n\nBy Ada Lund\n\n{halves[0]}\n\n{pages[1]}\n\n{halves[1]}\n\n{others}")
    assert article.body == TEXT
    assert [item.text for item in article.dropped if item.reason == "a running head"] == list(pages)


def test_posts_with_their_days_are_no_running_heads():
    """Lines that differ in their day are dates, and no heads of pages."""
    posts = "".join(
        f"{title}\n\nNotes | Ada Lund | {day} May 2023\n\n{TEXT}\n\n"
        for day, title in ((9, TITLE), (8, "A ferry for all"))
    )
    assert [str(article.date) for article in raw_text.articles(posts)] == ["2023-05-09", "2023-05-08"]


def test_words_printed_large_are_no_text():
    """What stands between two paragraphs, and in one of them too, is told in the report."""
    article = read(
        f"{TITLE}\nMay 9, 2023\n\n{PARTS[0]}\n\n“He would rather have been given a boat”\n\n" + "\n\n".join(PARTS[1:])
    )
    assert article.body == TEXT
    assert "words that the text has, too" in {item.reason for item in article.dropped}


def test_what_a_text_browser_prints():
    """Numbers of links, fields and the list of addresses are none of a page."""
    text = textwrap.indent("\n\n".join(textwrap.fill(part, 68) for part in PARTS), "   ").replace("diver", "[6]diver")
    links = "\n".join(f"   {number}. https://ellery.example/{number}" for number in range(1, 9))
    article = read(
        f"   #[1]alternate\n\n[2]Harbour Notes\n\n     * [3]Home\n     * [4]About\n\n{TITLE}\n\n"
        f"   Posted on May 9, 2023 by [5]Ada Lund\n\n{text}\n\n   Posted in [7]Boats | [8]3 Comments\n\n"
        f"   Name ______________________\n\nReferences\n\n   Visible links\n{links}\n"
    )
    assert (article.title, article.date, article.authors) == (TITLE, MAY, ("Ada Lund",))
    assert article.body == TEXT


def test_what_is_written_into_a_forum():
    """Marks go, pictures go, and the thread is named by its answers."""
    article = read(
        f"Harbour forum\n\nkeeper\nPosted: 9 May 2023, 14:33\nJoined: 2 September 2008\nPosts: 1184\n\n"
        f"[b][size=150]{TITLE}[/size][/b]\n\n{PARTS[0]}\n\n[img]https://ellery.example/mole.jpg[/img]\n\n"
        f"[i]{PARTS[1]}[/i]\n\n{PARTS[2]}\n\ncook\nSubject: Re: {TITLE}\nPosted: 10 May 2023, 9:12\nPosts: 2\nGood!\n\n"
        f"ferryman\nPosted: 11 May 2023, 8:30\nPosts: 7\nNo!\n"
    )
    assert (article.title, str(article.date)) == (TITLE, "2023-05-09 14:33:00")
    assert article.body.startswith(TEXT)


def test_a_mail_that_was_passed_on():
    """Marks before each line, the heads of both mails and what stands between them are none of the article."""
    inner = textwrap.fill(PARTS[0], 64) + "\n\n" + "\n\n".join(textwrap.fill(part, 64) for part in PARTS[1:])
    quoted = textwrap.indent(f"{TITLE}\nBy Ada Lund\nMay 7, 2023\n\n{inner}", "> ", lambda _: True)
    article = read(
        "From: Nora\nTo: Walt\nSubject: Fwd: Fw: you will like this\nDate: Tue, 9 May 2023 21:14\n\nDad, read this!\n\n"
        f"---------- Forwarded message ----------\nFrom: Ed\nDate: Mon, May 8, 2023\nSubject: Fw: you will like this\n"
        f"To: Nora\n\n{quoted}\n"
    )
    assert (article.title, article.date, article.authors) == (TITLE, dt.date(2023, 5, 7), ("Ada Lund",))
    assert article.body == TEXT


def test_a_letter_to_many():
    """The subject that stands below again, the greeting and other sections are none of the article."""
    article = read(
        f"From: Harbour Notes\nSubject: [Harbour Notes #48] {TITLE}\nDate: 9 May 2023\n\nHello again!\n\n"
        f"***\n\n{TITLE.upper()}\n\nby Ada Lund\n\n{TEXT}\n\n***\n\nELSEWHERE\n\n- A map of lost keys\n- Soup\n"
    )
    assert (article.title, article.authors, article.body) == (TITLE.upper(), ("Ada Lund",), TEXT)


def test_a_manuscript():
    """What it calls its headline is that; other fields, the sender above and notes below the end are none of it."""
    article = read(
        f"Ada Lund       about 120 words\n12 Mole Road       Rights\n\nTitle:\t{TITLE}\nBy:\tAda Lund\nWords:\t120\n"
        f"Date:\t9 May 2023\nFor:\tHarbour Notes\n\n{TEXT}\n\nENDS\n\nI can cut it to ninety, if I must. Pictures?\n"
    )
    assert (article.title, article.date, article.authors, article.body) == (TITLE, MAY, ("Ada Lund",), TEXT)


def test_a_book_is_not_called_the_headline():
    """The title of a book among other facts below a headline is no headline."""
    facts = "Title: Under the pier\nAuthor: Ben Marr\nPages: 212"
    article = read(f"Review: A book about what lies below the mole of Ellery\nMay 9, 2023\n\n{facts}\n\n{TEXT}")
    assert article.title == "Review: A book about what lies below the mole of Ellery"


def test_a_wire():
    """Codes, marks, and what is for editors are none of a wire."""
    text = "\n".join(textwrap.fill(part, 64, initial_indent="   ") for part in PARTS)
    article = read(
        f"ZCZC MNS0417\nr n BC-MOLE-2NDLD   05-09 0312\n^{TITLE}\n^Eds: UPDATES with whistle\n^By ADA LUND=\n"
        f"^Meridian News Service=\n\n{text}\nMNS-05-09-23 0915EST\nNNNN\n"
    )
    assert (article.title, article.authors, article.body) == (TITLE, ("ADA LUND",), TEXT)


def test_a_wire_of_numbers_and_keywords():
    """An agency numbers a piece, names its keywords, ends the headline with a sign, and says last when it was sent."""
    article = read(
        f"kna0231 3 vm 244 kna 0418\n\nMole/Harbour/Ellery/\n{TITLE} =\n\n{TEXT}\n\nkna sra yynd 091418 May 23\n"
    )
    assert (article.title, article.date.date()) == (TITLE, MAY)
    assert plain(article.body) == " ".join(PARTS)


@pytest.mark.parametrize(
    "form", ["[09/05/2023 08:14:{:02}] {}: {}", "9.5.23, 8:{:02} - {}: {}", "5/9/23, 8:{:02} PM - {}: {}"]
)
def test_an_article_in_a_chat(form):
    """Of what a messenger saves, the one message that has an article is read; the others are in the report."""
    said = [form.format(at, "Aunt Lu", text) for at, text in enumerate(("Have you seen this?", "Who is that diver?"))]
    article = read(
        f"{said[0]}\n{form.format(3, 'Aunt Lu', f'*{TITLE}*')}\n\nBy Ada Lund\n\n{TEXT}\n{said[1]}\n{said[0]}\n"
    )
    assert (article.title, article.authors) == (TITLE, ("Ada Lund",))
    assert plain(article.body) == " ".join(PARTS)
    assert {text for dropped in article.dropped for text in said if dropped.text == text} == set(said)


def test_a_chat_without_an_article_stays():
    """Nobody's message is taken for one where none has most of the text."""
    said = [f"[09/05/2023 08:14:{at:02}] Aunt Lu: {part}" for at, part in enumerate(PARTS)]
    assert plain(read(f"{TITLE}\n\n" + "\n\n".join(said)).body).count("Aunt Lu") == len(PARTS)


def test_what_somebody_else_said_is_no_headline():
    """A line that is quoted above the text gives way to the subject."""
    head = f"From: Ada Lund <ada@ellery.example>\nSubject: {TITLE}\nDate: Tue, 9 May 2023\n\n"
    assert read(f"{head}Ben wrote:\n> Is the mole of Ellery closed?\n\n{TEXT}").title == TITLE


def test_a_menu_is_no_column():
    """Lines of a menu that happen to fill a width stay lines."""
    menu = "Boats and ferries\nMoles and piers in town\nCrabs, keys and bicycles\nThe council of Ellery\n" * 6
    lines = list(split(menu + TEXT))
    assert wrapped.undone(lines) == lines


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.lists(st.sampled_from(["mole", "crack", "ferry", "rope", "the", "of", "and", "is", "whistle"]), min_size=30),
        min_size=2,
        max_size=4,
    ),
    st.integers(30, 90),
)
def test_no_word_is_lost_in_a_column(parts, width):
    """Whatever a column says, its words are those of the lines."""
    text = "\n\n".join(textwrap.fill(" ".join(words).capitalize() + ".", width) for words in parts)
    found = wrapped.undone(list(split(text)))
    assert " ".join(line.text for line in found).split() == text.split()


def test_a_caption_of_several_lines():
    """What stands by itself above who made a picture is its caption."""
    caption = "The mole of Ellery at noon, with\nthe diver and one of his crabs.\nPHOTO: BEN MARR"
    assert read(f"{TITLE}\nMay 9, 2023\n\n{PARTS[0]}\n\n{caption}\n\n" + "\n\n".join(PARTS[1:])).body == TEXT


def test_a_standfirst_above_who_wrote_it():
    """A headline of which the text has no word is one above a standfirst, a name and a day."""
    deck = "A diver finds two crabs and the key of a bicycle below the northern mole of Ellery"
    article = read(f"Home\nContact\nCULTURE\n\nWhat no fisherman would tell\n\n{deck}\nAda Lund\nMay 9, 2023\n\n{TEXT}")
    assert (article.title, article.summary) == ("What no fisherman would tell", deck)


@pytest.mark.parametrize("end", ["-30-", "# # #", "ENDS", "(Ende)", "FIN"])
def test_what_stands_below_the_end_is_told(end):
    """Below the mark of the end stands what is for editors, and no text."""
    article = read(
        f"{TITLE}\nMay 9, 2023\n\n{TEXT}\n\n{end}\n\nFor more, ask at the harbour office, at any tide but low.\n"
    )
    assert article.body == TEXT
    assert (article.dropped[-1].reason, article.dropped[-1].line) == ("what stands below the end", 12)


def test_a_scene_ends_no_article():
    """Below a line without words as much text may follow as stands above it."""
    article = read(f"{TITLE}\nMay 9, 2023\n\n{PARTS[0]}\n\n{PARTS[1]}\n\n# # #\n\n{PARTS[2]}")
    assert article.body.endswith(PARTS[2])


def test_marks_of_markdown():
    """A text that is Markdown, though its file does not say so, is read without marks, and the report has its lines."""
    text = TEXT.replace("diver", "[diver](https://ellery.example/diver)").replace("two crabs", "**two crabs**")
    picture = "![The mole](mole.jpg)"
    article = read(f"# {TITLE}\n\n*by Ada Lund*\n\n9 May 2023\n\n{picture}\n\n{text}\n\n<!-- TODO: the key -->\n")
    assert (article.title, article.authors, article.date, article.body) == (TITLE, ("Ada Lund",), MAY, TEXT)
    assert {picture, "<!-- TODO: the key -->"} <= {item.text for item in article.dropped}


def test_a_line_in_bold_of_a_messenger():
    """Stars around a whole line are none of it, and what an app adds is no text."""
    article = read(
        f"*{TITLE}*\n\nBy Ada Lund\n9 May 2023\n\n{TEXT}\n\n_Read it all in our app:_\nhttps://ellery.example/app\n"
    )
    assert (article.title, article.body) == (TITLE, TEXT)


def test_the_parts_of_a_wire_are_one():
    """Where a piece was sent in parts, the end of one and the head of the next are none of it."""
    article = read(
        f"ZCZC MNS0417\n\n   {TITLE}\n\n   By ADA LUND\n\n   ELLERY, May 9, 2023 (MNS) - {PARTS[0]}\n   (MORE)\n"
        f"MNS0417 05/09/23 1921 GMT\n\nNNNN\nZCZC MNS0418\n:BC-MOLE, 1st add\n   XXX asked for since.\n   {PARTS[1]}\n"
        f"   {PARTS[2]}\n   (END)\nMNS0418 05/09/23 1924 GMT\n\nNNNN\n"
    )
    assert (article.title, article.date) == (TITLE, MAY)
    assert article.body == f"ELLERY, May 9, 2023 (MNS) - {TEXT}"


def test_notes_to_editors_are_no_text():
    """Short lines on end below the text, among them one of a foot, are none of it."""
    notes = "(620 characters)\nPicture: mole.jpg, photo: Ben Marr\nCaption: The mole at noon\nplease do not cut, Ulli"
    assert read(f"{TITLE}\n\nBy Ada Lund\nMay 9, 2023\n\n{TEXT}\n\n{notes}\n").body == TEXT


def test_a_headline_on_two_lines():
    """In a column a headline may have several lines, and the heads of pages only gaps between their parts."""
    head, foot = "12   HARBOUR NOTES   SPRING", "SPRING   HARBOUR NOTES   13"
    columns = "\n\n".join(map(column, PARTS))
    article = read(f"{head}\n\nThe mole of Ellery\nhas a crack\n\nBy Ada Lund\n\n{columns}\n\n{foot}\n")
    assert (article.title, article.body) == (TITLE, TEXT)


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Ada Lund, harbour reporter", ("Ada Lund",)),
        ('By Ada "Tide" Lund', ('Ada "Tide" Lund',)),
    ],
)
def test_bylines_of_papers(line, authors):
    """What somebody does may stand behind a name, and what one is called within it."""
    assert read(f"{TITLE}\n{line}\nMay 9, 2023\n\n{TEXT}").authors == authors


def test_lines_that_begin_with_capitals_are_a_paragraph():
    """Three full lines that end as a sentence does are one, though none begins in the middle of a sentence."""
    deck = "For Forty Years Rosa Almond Has\nHeard When A Bell Is Out Of Tune\nAnd Listens To Her Whole Town."
    article = read(f"{TITLE}\n\n{deck}\n\nBy Ada Lund\nMay 9, 2023\n\n" + "\n\n".join(map(column, PARTS)))
    assert article.summary == deck.replace("\n", " ")


FORMS = """\

9 May 2023|By Ada Lund|From: Nora|Subject: Fwd: The mole|Date: 9 May 2023|Title: x|HED: y|LENGTH: 60 words|12|ENDS
> a quoted line of some words|>|[1]Home|[2]Boats and [3]ferries|1. https://ellery.example/|Name ____________|-30-|--
[b]in bold[/b]|[img]a.jpg[/img]|# x|## y|**z**|![p](q.jpg)|*a whole line in bold*|<!-- n -->|-----|* * *
^slug|^Eds: x|XXX words.|(MORE)|NNNN|ZCZC A0123|12 / NOTES / May|NOTES / May / 13|the mole, she said, was
""".replace("\n", "|").split("|")
FORMS += [TITLE, *column(PARTS[0]).split("\n"), *PARTS]


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(FORMS), max_size=30))
def test_every_line_of_a_form_is_in_the_post_or_in_the_report(lines):
    """Whatever a form does to lines, each is read in the post, or stands verbatim in the report."""
    try:
        found = raw_text.articles("\n".join(lines))
    except ContentError:
        return
    post = " ".join(f"{article.title} {plain(article.body)}" for article in found)
    told = {line for article in found for item in article.dropped for line in item.text.split("\n")}
    for line in lines:
        words = " ".join(line.split())
        unmarked = words.lstrip("*-• ").rpartition(": ")[2]  # what stands before a headline is no part of it
        assert line in told or words in post or unmarked in post


def test_a_typescript_with_a_blank_line_below_each():
    """Where a blank line stands below each line, paragraphs are parted by more of them."""
    typed = "\n\n\n".join(textwrap.fill(part, 58).replace("\n", "\n\n") for part in PARTS)
    assert read(f"{TITLE}\n\nBy Ada Lund\n\nMay 9, 2023\n\n\n{typed}").body == TEXT


def test_a_post_of_a_newsgroup():
    """Other fields of a head are none of the article, either."""
    head = (
        f"From: ada@ellery.example\nNewsgroups: ellery.mole\nSubject: {TITLE}\nDate: 9 May 2023 14:33:00 GMT\nLines: 12"
    )
    article = read(f"{head}\nMessage-ID: <4711@ellery.example>\n\n{TEXT}\n\n--\nAda Lund, keeper of the lamp\n")
    assert (article.title, str(article.date)[:10], article.body) == (TITLE, "2023-05-09", TEXT)

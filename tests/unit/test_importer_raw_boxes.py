"""What a page puts above, within and below a text: boxes, captions, forms, calls; and where the headline is then."""

import datetime as dt

import pytest

from generator.importer.formats import raw_text
from generator.importer.raw import reading, zones

MAY = dt.date(2023, 5, 9)
TITLE = "The northern pier has a crack"
FIRST = (
    "Divers were called to the northern pier on Monday, after a fisherman had seen a crack as long as his arm. "
    "The council had it closed within the hour, and the ferry has left from the mole since then."
)
SECOND = "The ferry will run every ten minutes until the summer, and nobody pays for it, says the council of the town."
THIRD = (
    "Nobody knows how old the crack is. The oldest of the fishermen says that he has seen it before, when he was a boy "
    "and the pier was new, and that nobody believed him then, either."
)
FISHERMEN = "Fishermen stand on the northern pier, on Monday morning."
TEXT = [FIRST, SECOND, THIRD, *(f"{number}. {SECOND} {FIRST}" for number in ("Fourth", "Fifth", "Sixth"))]


def read(*lines):
    """The one article of some lines."""
    (article,) = raw_text.articles("\n".join(lines))
    return article


def page(*lines, text=TEXT):
    """The one article of a page with a menu, a headline with its date, and a text, below which lines stand."""
    return read("Home", "Search", "Boats", "Tides", TITLE, "By Ada Lund", "9 May 2023", *text, *lines)


@pytest.mark.parametrize("heading", ["Related content", "Related stories"])
def test_a_box_of_dated_articles_within_a_text(heading):
    """What has a headline, a date and a few words below the heading of a box is no article of a page that has one."""
    box = [heading, *(f"The {thing} is late\n2 May 2023\nWhat they say of it." for thing in ("tide", "ship"))]
    article = page(text=[*TEXT[:3], *box, *TEXT[3:]])
    assert (article.title, article.date) == (TITLE, MAY)
    assert [line for line in article.body.splitlines() if line] == TEXT


@pytest.mark.parametrize(
    ("first", "head"),
    [("Latest news", [TITLE, "By Ada Lund", "9 May 2023", "Share"]), ("Home", ["9 May 2023", "Boats", TITLE])],
)
def test_dated_articles_above_the_headline(first, head):
    """Below the heading of a box, and above another head, articles of a short paragraph are what a page leads to."""
    said = "The council was told of it on Monday, and it will tell of it next week."
    teasers = [f"The {thing} is late\n{day} May 2023\n{said}" for thing, day in (("tide", 3), ("ship", 2))]
    assert read(first, *teasers, *head, *TEXT[:3]).title == TITLE


@pytest.mark.parametrize("foot", ["Posted by Ada Lund at 2:33 PM", "Tags: boats", "", "By Ada Lund", "Read more"])
@pytest.mark.parametrize("texts", [[SECOND] * 3, [FIRST, SECOND, SECOND]])
def test_short_articles_of_a_front_page(foot, texts):
    """A blog's front page may be headed as a box is, and have articles of a short paragraph."""
    days = [f"The {thing} is late\n{day} May 2023" for thing, day in (("tide", 9), ("ship", 8), ("moon", 7))]
    posts = [f"{head}\n{text}\n{foot}" for head, text in zip(days, texts, strict=True)]
    assert len(raw_text.articles("\n".join(["Latest posts", *posts]))) == 3


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (
            ["Why the mole is shut", "Copy link", "Why the mole is shut"],
            [
                "On divers, fishermen and a ferry that nobody pays",
                "Ada Lund",
                "9 May 2023",
                "Share",
                "Why the mole is shut",
            ],
        ),
        (
            ["Ada Lund", "Keeper of a small ferry, who walks slowly", "Diary of 9 May 2023"],
            ["Ada Lund", "Keeper of a small ferry, who walks slowly", "Why the mole is shut", ""],
        ),
        (
            [
                "Why the mole is shut",
                "A storm, a rope and a day of rain",
                "Ada Lund, with words of others",
                "9 May 2023",
            ],
            ["Divers of today", "Share on Facebook"],
        ),
        (
            ["Boats", "Why the mole is shut", "Boats", "Why the mole is shut", "Ada Lund", "Harbour and town reporter"],
            ["9 May 2023", "37", "A fisherman on the northern pier", "Photo: Bo Berg"],
        ),
        (
            ["Columns", "The mayor is wrong", "By Bo Berg"],
            ["Why the mole is shut. “It is all too late”", "today at 12:34, boats", "By Ada Lund"],
        ),
        (["Boats", "Why the mole is shut", "9 May 2023"], ["Share", "Hugh Monday Senior Harbour Editor"]),
    ],
    ids=["standfirst", "about", "button", "picture", "said", "work"],
)
def test_lines_that_look_like_the_headline(above, below):
    """Neither is a standfirst, what is said of the author, a button, a picture's line nor what the author does."""
    article = read("Home", "Search", *above, *below, *TEXT)
    assert article.title.startswith("Why the mole is shut")


def test_authors_and_what_each_did():
    """Names with what each did in brackets are a byline; candidates with their parties are none."""
    assert read(TITLE, "Ada Lund (words) and Bo Berg (photos)", "9 May 2023", *TEXT).authors == ("Ada Lund", "Bo Berg")
    assert read(TITLE, "Ada Lund (Labour) and Bo Berg (Greens)", *TEXT).authors == ()


def test_sentences_that_are_broken_at_their_commas():
    """A diary that breaks its sentences into lines is text from its first line on."""
    lines = [
        "今朝は港に出て、",
        "船を二隻見ました。",
        "",
        "ところが、",
        "桟橋に行くと",
        "ひびが入っていて、",
        "もう渡れません。",
    ]
    article = read("ホーム", "港の日記", "渡れない桟橋の話", "2023-05-09 21:48:10", "", *lines)
    assert article.title == "渡れない桟橋の話"
    assert all(line in article.body for line in lines)


@pytest.mark.parametrize(
    "lines",
    [
        ["IMAGE SOURCE,BO BERG", "Image caption,", "The pier was built by hand"],
        [FISHERMEN, FISHERMEN, "BO BERG"],
        [FISHERMEN, f"{FISHERMEN}B. BERG"],
        ["", "Stand with the free press", "Our pages cost nothing, for many take part in them.", "Support us", ""],
        ["", "Type your mail...", "Subscribe", ""],
        ["READ MORE", "The ship is late", "The tide is high"],
    ],
    ids=["called", "twice", "signed", "call", "form", "more"],
)
def test_what_stands_between_paragraphs(lines):
    """Captions, boxes, calls and forms between two paragraphs are none of the text."""
    article = page(text=[*TEXT[:2], *lines, *TEXT[2:]])
    assert [line for line in article.body.splitlines() if line] == TEXT


def test_a_box_whose_lines_the_menu_has():
    """Four short lines of which the menu has one are a box; the last of them heads what is below it."""
    article = page(
        text=[*TEXT[:2], "Most seen", "Boats", "The ship is late", "All is late", "What divers do", *TEXT[2:]]
    )
    assert [line for line in article.body.splitlines() if line] == [*TEXT[:2], "What divers do", *TEXT[2:]]


def test_lines_without_an_end_that_are_text():
    """Four short lines that no menu has stay in a text, and a line that is there twice stays once."""
    names = ["The Mole", "The Gannet", "Old Tom", "A Boat without a name"]
    said = "“I have seen this crack before, and nobody believed me then.”"
    assert all(name in page(text=[*TEXT[:2], *names, *TEXT[2:]]).body for name in names)
    assert page(text=[*TEXT[:2], said, said, *TEXT[2:]]).body.count(said) == 1


@pytest.mark.parametrize(
    "lines",
    [
        ["Subscribe now", "Ada Lund", "Reporter of the harbour, who has written of moles and piers for many a year."],
        ["Follow the harbour on Facebook, Twitter and Instagram. Have you seen a crack? Write to us."],
        [
            "Print (3)",
            "Show comments 12",
            "All of it was free, and it will be so for as long as we can bear it, says the editor.",
        ],
    ],
    ids=["author", "networks", "counts"],
)
def test_what_stands_below_a_text(lines):
    """What is said of the author, where to follow the page, and buttons with their counts end a text."""
    assert [line for line in page(*lines).body.splitlines() if line] == TEXT


def test_a_sentence_of_the_page_above_and_below_a_text():
    """A page may say of itself the same above and below each text; a text that was copied twice stays."""
    said = "This is the diary of one of us, and none of it was read by the editors."
    article = page(said, "All of us are called by name", text=[TEXT[0], said, *TEXT[1:]])
    assert [line for line in article.body.splitlines() if line] == TEXT
    assert TEXT[-1] in page(*TEXT).body


def test_the_outlet_below_the_byline():
    """A name of up to three words below the byline, and a line below buttons of a head, are of the page."""
    article = read("Home", "Search", TITLE, "9 May 2023", "Share", "By Ada Lund", "Harbour Notes", *TEXT)
    assert article.body.startswith(FIRST)
    article = read("Home", "Search", TITLE, SECOND, "Print", "Comments of readers", "9 May 2023", *TEXT)
    assert "Comments of" not in article.body


def test_a_headline_of_sentences_below_a_text():
    """A headline of several sentences is none of the text above it, where its date is right below."""
    found = reading.Page.of(
        "\n".join(["Our boat is late.", SECOND, "The few. The brave. The divers?", "9 May 2023"])
    ).found
    assert not zones.opening(found, 0, len(found)).late


def test_who_wrote_it_as_the_page_says_elsewhere():
    """A name by itself tells where a longer one begins; who is told of twice wrote it; teasers' authors did not."""
    assert read(TITLE, "Opinion de Ada Lund", "9 May 2023", *TEXT, "", "Ada Lund").authors == ("Ada Lund",)
    told = ["Ada Lund", "Teacher at a small school, hiker, sailor"]
    assert read("Home", *told, "Diary of 9 May 2023", *told, TITLE, "", *TEXT).authors == ("Ada Lund",)
    assert page("Tags: boats", "By Bo Berg", text=TEXT).authors == ("Ada Lund",)
    teasers = ["Tags: boats", "What the mayor says of the tide and of the mole", "By Bo Berg"]
    assert read("Home", "9 May 2023", TITLE, *TEXT, *teasers).authors == ()


def test_what_stands_in_a_head_beside_the_headline():
    """A line above who made a picture and the headline again is the picture's, and one with a time tells no more."""
    lines = ["The mayor of the town: “It was never new”.", "Photo: Bo Berg", TITLE]
    assert read("Home", TITLE, *lines, "By Ada Lund", "9 May 2023", *TEXT).body.startswith(FIRST)
    assert read("Home", TITLE, "today at 12:34, Boats", "By Ada Lund", *TEXT).body.startswith(FIRST)


def test_labels_that_run_into_what_they_call():
    """Some themes hide the blank behind a label: each of two such labels on a line has its tags."""
    article = page("CategoriesBoats TagsTides, Piers")
    assert article.tags == ("Boats", "Tides", "Piers")
    assert [line for line in article.body.splitlines() if line] == TEXT


def test_a_byline_with_the_outlet():
    """Whose paper it is may stand behind the author; a sentence that begins so is none."""
    assert read(TITLE, "9 May 2023", "By Ada Lund, g4 Ellery e Região — Ellery", *TEXT).authors == ("Ada Lund",)
    assert read(TITLE, "9 May 2023", "By Ada Lund, who was there when it was shut", *TEXT).authors == ()


def test_the_way_on_within_a_text():
    """What stands several times in a text, once right above a paragraph, leads to no other article below it."""
    article = page(text=[TEXT[0], "Read also", *TEXT[1:3], "Read also", "What divers say", *TEXT[3:]])
    assert "What divers say" in article.body
    article = page(text=[*TEXT[:3], "Read also", "What divers say", *TEXT[3:]])
    assert "What divers say" not in article.body


def test_a_picture_between_the_paragraphs_below_a_box():
    """Who made a picture parts no paragraphs of a text that goes on below a box."""
    more = ["Photo: Bo Berg", f"A seventh. {FIRST}", "What divers say", f"An eighth. {FIRST}"]
    box = ["Most read", "1", "The tide is late", "2", "The ship is late"]
    article = page(text=[*TEXT, *TEXT[3:5], *box, f"A sixth. {SECOND} {SECOND}", *more])
    assert "An eighth" in article.body


def test_buttons_and_a_picture_between_headline_and_standfirst():
    """However many buttons or a picture stand below a headline: it is at its standfirst, the author and the date."""
    buttons = ["Share", "Facebook", "X", "Copy link", "12", "3 min read", "Save", "Listen now", "00:00", "04:12"]
    said = "Divers and fishermen of the northern pier say what the council was told"
    picture = ["An old rope on a mole", "An old rope on a mole in the rain. Photo: Bo Berg / Ellery Post"]
    for lines in (buttons, picture):
        assert read("Home", "Boats", TITLE, *lines, said, "By Ada Lund", "9 May 2023", *TEXT).title == TITLE


def test_labels_between_a_menu_and_the_headline():
    """Where labels stand between a menu and a headline, it is the first line below the page, and no standfirst is."""
    title = "What fishermen say of the old mole"
    page = ["Home", "News", "Town", title, "Share", "A view of the northern pier from the ferry", *TEXT]
    assert read("Login", "Search", *page).title == title


def test_the_way_to_an_article_above_its_headline():
    """A line that is a section, a colon and the headline below it is the way there, however much it says."""
    title = "After a hundred years the northern pier is shut"
    picture = "Hugh Monday on the old mole. By Monday all of it is over. Photo: Bo Berg"
    page = ["Start", "Local", "Ellery", f"Ellery: {title}", title, picture, "Boats in Ellery", title, "9 May 2023"]
    said = "In Ellery the council met on Monday, and all of Ellery was there to hear of it."
    assert read("Ellery", "Login", *page, "By Ada Lund", said, *TEXT).title == title
